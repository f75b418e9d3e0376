/* A shape by the names of its axes, perhaps not known yet. */
#ifndef HG_MODEL_SYM_H
#define HG_MODEL_SYM_H

#include "model/building.h"
#include "model/shape/letters.h"

typedef struct hg_sym {
	unsigned r, c;
	hg_var *leaf; /* not yet known: this variable, to be given a shape by what stands beside it */
	bool turned;  /* it is transposed */
	bool constant;
	bool data;
} hg_sym;

bool hg_sym_known(hg_sym a);
hg_sym hg_sym_turned(hg_sym a);
/* Gives the open variable of a its axes: those the document declares, else these. */
hg_sym hg_sym_assign(hg_shaper *s, hg_sym a, unsigned r, unsigned c);
hg_sym hg_sym_same(hg_shaper *s, hg_sym a, hg_sym b); /* two things that must have the same shape */

/* What the rows and columns of an expression count; gives its open names their axes on the way. */
hg_sym hg_sym_of(hg_shaper *s, const hg_expr *e);

/* A product: a number in front of data is a weight, (out x in) left of a column, (in x out) right of a row. */
hg_sym hg_sym_times(hg_shaper *s, hg_sym a, hg_sym b, hg_glue glue, bool entrywise);

void hg_sym_join(hg_shaper *s, hg_sym a, hg_sym b);            /* axes of what is added to be one */
bool hg_is_declared(const hg_shaper *s, const hg_expr *e);     /* a name, or minus a name, that the document gives a shape */
void hg_sym_close(hg_shaper *s, hg_sym declared, hg_sym other);
hg_sym hg_sym_reduced(hg_shaper *s, const hg_expr *call, hg_sym a); /* plain.c: what a sum over the axis it names leaves; over both, a number */

/* forms.c */
bool hg_form_of_vector(hg_shaper *s, const hg_expr *product, size_t i); /* x^T A x at factor i, */
bool hg_form_take(hg_shaper *s, hg_sym x, hg_sym a);                    /* ... which gives A its shape; false: that of x is no column's, or A has one */
hg_var *hg_form_weight(hg_shaper *s, const hg_expr *product, size_t i); /* M of E^T M E, where E is a sum; it is known as the matrix of a form, too */

#endif
