/* A gradient claimed entry by entry, as a formula with indices has it; and what such formulas are made of. */
#ifndef DERIVATIONS_ENTRIES_H
#define DERIVATIONS_ENTRIES_H

#include "handgrad.h"

typedef double entry_of(const gsl_matrix *const x[], size_t i, size_t j);

typedef struct entries {
	entry_of *of;
	size_t block; /* of the point: the gradient is by its entries */
} entries;

int entries_gradient(const gsl_matrix *const x[], void *params, gsl_matrix *const g[]);

#define BY_ENTRY(fn, by) {.value = entries_gradient, .params = &(entries){fn, by}}

/* Head of the formula for the entry i, j; it may use the blocks x. */
#define ENTRY(name) static double name(UNUSED const gsl_matrix *const x[], UNUSED size_t i, UNUSED size_t j)

/* sum_ij a_ij b_ij */
double inner(const gsl_matrix *a, const gsl_matrix *b);

/* log sum_k e^z_k over row i, over column j: shifted by the largest z so that nothing overflows. */
double log_sum_exp_row(const gsl_matrix *z, size_t i);
double log_sum_exp_column(const gsl_matrix *z, size_t j);

#endif
