/* A tree as MathML Core, ready for a browser without a script: presentation elements only, the font does the rest. */
#ifndef HG_REPORT_MATHML_H
#define HG_REPORT_MATHML_H

#include "lang/statement.h"
#include "report/markup.h"

/* A stretch of the source to be shown as marked: the term that is wrong. Where no term is that small, the smallest
 * one around it is marked. */
typedef struct hg_mathml_mark {
	hg_span span;
	const char *class, *label; /* of the mrow around it; label is read out by a screen reader */
} hg_mathml_mark;

typedef enum hg_mathml_display { HG_MATHML_INLINE, HG_MATHML_BLOCK } hg_mathml_display;

/* <math> with left, relation and right; left or right may be NULL. The mark (NULL: none) is looked for on the right. */
void hg_mathml_relation(hg_markup *m, hg_mathml_display display, const hg_expr *left, hg_rel rel, const hg_expr *right,
                        const hg_mathml_mark *mark);

/* <math> with one expression. */
void hg_mathml_formula(hg_markup *m, hg_mathml_display display, const hg_expr *e, const hg_mathml_mark *mark);

#endif
