/* What the files of the MathML writer share. */
#ifndef HG_REPORT_MATHML_PARTS_H
#define HG_REPORT_MATHML_PARTS_H

#include "report/mathml.h"

typedef struct hg_mathml {
	hg_markup *m;
	const hg_mathml_mark *mark; /* NULL: none, or already shown */
	bool between;               /* the next minus stands between two terms, not before one */
} hg_mathml;

void hg_mathml_row(hg_mathml *w, const hg_expr *e);  /* one element, whatever e is */
void hg_mathml_node(hg_mathml *w, const hg_expr *e); /* without its indices, brackets and mark */
/* With its indices, and a sign behind the upper ones; NULL: none. */
void hg_mathml_indexed(hg_mathml *w, const hg_expr *e, const char *sign);
void hg_mathml_name(hg_mathml *w, const hg_expr *e); /* letter or word with its accents, without indices */
void hg_mathml_operator(hg_mathml *w, const char *sign);
/* A bracket. It grows around what is tall; elsewhere it must not try to, browsers then leave gaps beside it. */
void hg_mathml_fence(hg_mathml *w, const char *sign, bool tall);
bool hg_mathml_is_tall(const hg_expr *e);
void hg_mathml_fenced(hg_mathml *w, const hg_expr *e, bool fence); /* in brackets, unless it has them */
bool hg_mathml_is_sum(const hg_expr *e);

void hg_mathml_sum(hg_mathml *w, const hg_expr *e);
void hg_mathml_product(hg_mathml *w, const hg_expr *e);
void hg_mathml_big(hg_mathml *w, const hg_expr *e, const char *sign);
void hg_mathml_list(hg_mathml *w, hg_expr *const *kid, size_t n, const char *open, const char *close);
void hg_mathml_call(hg_mathml *w, const hg_expr *e);
void hg_mathml_derivative(hg_mathml *w, const hg_expr *e);
void hg_mathml_derivative_operator(hg_mathml *w, const hg_expr *e);
/* base and script inside one element, as in <msup>; a script of one sign where there is no expression. */
void hg_mathml_scripted(hg_mathml *w, const char *element, const hg_expr *base, const hg_expr *script,
                        const char *sign);

#endif
