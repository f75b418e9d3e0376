/* Macros of a document: \newcommand with arguments and a default, \def, \DeclareMathOperator, \let. One budget per
 * document for what they expand to, so that a bomb of ten lines costs no more than ten lines. */
#ifndef HG_LANG_MACRO_H
#define HG_LANG_MACRO_H

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
	size_t expansions, produced; /* spent of the budget of the document: uses, and bytes they gave */
	bool exhausted;              /* the budget is gone: later uses are unknown commands, with a note */
} hg_macros;

/* Takes in the definition written in `span` (\newcommand{\pd}[2]{...}); what is no definition is left alone. A later
 * definition of a name replaces the earlier one. */
hg_status hg_macro_read(hg_macros *macros, hg_str text, hg_span span, hg_arena *arena);
const hg_macro *hg_macro_find(const hg_macros *macros, hg_str name);

#endif
