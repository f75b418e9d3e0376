/* Macros of a document: \newcommand with arguments and a default, \def, \DeclareMathOperator, \let. One budget per
 * document for what they expand to, so that a bomb of ten lines costs no more than ten lines. */
#ifndef HG_LANG_MACRO_H
#define HG_LANG_MACRO_H

#include "base/buf.h"
#include "base/limits.h"
#include "text/source.h"

enum { HG_MACRO_ARGS = 9 };

typedef struct hg_macro {
	hg_str name;     /* without backslash */
	size_t nargs;
	bool has_default;/* of the first argument */
	bool is_operator;/* \DeclareMathOperator: the body is the name of a function */
	hg_str fallback, body;
} hg_macro;

typedef struct hg_macros {
	size_t n, room;
	hg_macro *at;
	hg_budget *budget; /* expansions, tokens made by them, definitions */
	bool exhausted;    /* the budget is gone: later uses are unknown commands */
	hg_limit refused;  /* the first limit that was reached, where `refusal` is not empty: */
	hg_span refusal;   /* what it kept from being defined, or used */
} hg_macros;

/* Takes in the definition that starts at text[at] (\newcommand{\pd}[2]{...}) and says where it ends. A later definition
 * of a name replaces the earlier one, but for \providecommand; what is no definition, and one too many, is passed over. */
hg_status hg_macro_read(hg_macros *macros, hg_str text, hg_span span, hg_arena *arena, size_t *past);
/* LaTeX with every use of a macro replaced by what it comes to, definitions and comments left out: what is understood
 * where the macros are not. What there is no budget for stays as it is. */
hg_status hg_macros_expand(hg_macros *macros, hg_str latex, hg_arena *arena, hg_buf *out);

const hg_macro *hg_macro_find(const hg_macros *macros, hg_str name); /* NULL: none */

#endif
