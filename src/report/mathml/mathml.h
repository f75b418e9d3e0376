/* A formula as it was written, as MathML Core: set from the tokens of the source, so that nothing is rearranged; ready for
 * a browser without a script: presentation elements only, the font does the rest. */
#ifndef HG_REPORT_MATHML_H
#define HG_REPORT_MATHML_H

#include "lang/token.h"
#include "report/markup.h"

/* A stretch of the source to be shown as marked: the term that is wrong. Where no part of the formula is that small, the
 * smallest one around it is marked. */
typedef struct hg_mathml_mark {
	hg_span span;
	const char *class, *label; /* of the mrow around it; label is read out by a screen reader */
} hg_mathml_mark;

typedef struct hg_formula {
	hg_str text;             /* what the spans of the tokens lie in */
	const hg_tokens *tokens; /* paired (hg_tokens_match) */
	const hg_macros *macros; /* a command of these names is what they say, and no sign; NULL: none */
	hg_arena *arena;
} hg_formula;

/* <math> with the tokens [from, to). Marks that meet show the first only. */
void hg_mathml_write(hg_markup *m, const hg_formula *formula, size_t from, size_t to, const hg_mathml_mark *mark, size_t nmarks);

/* The end of the row that begins with token `from`, at most `end`: the index of the ROW token that ends it, or end. */
size_t hg_formula_row(const hg_formula *formula, size_t from, size_t end);

#endif
