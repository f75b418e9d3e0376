#include "entries.h"
#include <gsl/gsl_vector.h>
#include <math.h>

int entries_gradient(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const entries *e = params;
	gsl_matrix *into = g[e->block];
	for (size_t i = 0; into && i < into->size1; i++)
		for (size_t j = 0; j < into->size2; j++)
			gsl_matrix_set(into, i, j, e->of(x, i, j));
	return 0;
}

double inner(const gsl_matrix *a, const gsl_matrix *b)
{
	double sum = 0;
	for (size_t i = 0; i < a->size1; i++)
		for (size_t j = 0; j < a->size2; j++)
			sum += gsl_matrix_get(a, i, j) * gsl_matrix_get(b, i, j);
	return sum;
}

static double log_sum_exp(const gsl_vector *z)
{
	double top = gsl_vector_max(z), sum = 0;
	for (size_t k = 0; k < z->size; k++)
		sum += exp(gsl_vector_get(z, k) - top);
	return top + log(sum);
}

double log_sum_exp_row(const gsl_matrix *z, size_t i)
{
	gsl_vector_const_view row = gsl_matrix_const_row(z, i);
	return log_sum_exp(&row.vector);
}

double log_sum_exp_column(const gsl_matrix *z, size_t j)
{
	gsl_vector_const_view column = gsl_matrix_const_column(z, j);
	return log_sum_exp(&column.vector);
}
