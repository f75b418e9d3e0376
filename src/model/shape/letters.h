/* Inside the inference of shapes: the letters of sums and entries, and the axes they count along. */
#ifndef HG_MODEL_LETTERS_H
#define HG_MODEL_LETTERS_H

#include "model/model.h"

enum { HG_MAX_SUM_LETTERS = 8 };

typedef struct hg_letter_axis {
	hg_str name;
	unsigned axis;
	bool row; /* seen on a row */
} hg_letter_axis;

typedef struct hg_shaper {
	hg_doc_model *model;
	const hg_local *local; /* the layer's letter */
	hg_letter_axis letter[HG_MAX_SUM_LETTERS];
	size_t nletters;
	bool data, sample_sum, divides_by_count, bare_sum;
	bool of_loss;       /* what it is computed from, if nothing computes that, are data: predictions and labels */
	bool code;          /* the equation is of code */
	bool vector_weight; /* a lower-case w alone: one output */
	int depth;
} hg_shaper;

unsigned hg_shaper_axis(hg_shaper *s); /* a new one */
unsigned hg_axis_new(hg_doc_model *model);                /* axes.c; the last one again where there are too many */
unsigned hg_axis_now(const hg_doc_model *model, unsigned axis); /* what it was found to be */
bool hg_axis_join(hg_doc_model *model, unsigned a, unsigned b); /* one axis from now on; false: two, for the document names them apart */
void hg_axis_close(hg_doc_model *model, unsigned axis); /* counts one thing alone, unless the document gives it a size */
bool hg_code_counts_rows(hg_doc_model *model); /* code_axes.c: its gradients are sums over axis 0 alone, so that samples are rows */
bool hg_gradient_is_summed(hg_doc_model *model, const hg_var *v); /* code_axes.c: in code, over the first axis: db = dz.sum(axis=0) */
void hg_model_declared(hg_doc_model *model);              /* the shapes that the document declares, kept with their variables */
/* The axis a letter counts along, which becomes `wanted` if it is not known. */
unsigned hg_letter_count(hg_shaper *s, const hg_expr *e, unsigned wanted);
unsigned hg_letter_axis_or_new(hg_shaper *s, const hg_expr *e);
bool hg_letter_is_sample(hg_shaper *s, const hg_expr *e);
bool *hg_letter_row(hg_shaper *s, const hg_expr *e); /* is it seen on a row? NULL: not a letter of the sum */

/* A letter counts what it counts on a name whose shape is known, wherever that stands in e. */
void hg_letter_learn(hg_shaper *s, const hg_expr *letter, const hg_expr *e);
bool hg_letter_counts_samples(hg_shaper *s, const hg_expr *letter, const hg_expr *e); /* n of yhat_{n,i} in e */
bool hg_marks_sample(const hg_expr *e, const hg_expr *letter); /* x^{(i)} */
bool hg_letter_on_weight(hg_doc_model *m, hg_str letter, const hg_expr *e); /* then it counts units */

#endif
