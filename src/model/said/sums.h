/* Sums: how far they reach, what one sample adds to them, what the letter counts that they go up to. */
#ifndef HG_MODEL_SUMS_H
#define HG_MODEL_SUMS_H

#include "model/model.h"

/* scope.c: a sum reaches over the terms after it in which its letter still stands. */
const hg_expr *hg_sum_reach(const hg_expr *e, hg_arena *arena);

/* term.c: what one sample adds to a cost, and the sum it is taken from, NULL where there is none; NULL: no such term. */
const hg_expr *hg_sample_term(hg_doc_model *model, const hg_expr *cost, const hg_expr **sum);

/* The letter a sum binds; NULL. */
const hg_expr *hg_sum_letter(const hg_expr *sum);

/* The sum that goes up to this letter; NULL: it is no size. samples.c */
const hg_expr *hg_model_sized(const hg_doc_model *model, const hg_expr *name);

#endif
