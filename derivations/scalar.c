#include "scalar.h"

static double at(const scalar *s, const gsl_matrix *const x[], size_t i, size_t j)
{
	double a = gsl_matrix_get(x[0], i, j);
	return s->one ? s->one(a) : s->two(a, gsl_matrix_get(x[1], i, j));
}

int scalar_value(const gsl_matrix *const x[], void *params, double *f)
{
	*f = 0;
	for (size_t i = 0; i < x[0]->size1; i++)
		for (size_t j = 0; j < x[0]->size2; j++)
			*f += at(params, x, i, j);
	return 0;
}

int scalar_slope(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	for (size_t i = 0; g[0] && i < x[0]->size1; i++)
		for (size_t j = 0; j < x[0]->size2; j++)
			gsl_matrix_set(g[0], i, j, at(params, x, i, j));
	return 0;
}

int scalar_mean(const gsl_matrix *const x[], void *params, double *f)
{
	int failed = scalar_value(x, params, f);
	*f /= (double)x[0]->size2;
	return failed;
}

int scalar_mean_slope(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	scalar_slope(x, params, g);
	return g[0] ? gsl_matrix_scale(g[0], 1.0 / (double)x[0]->size2) : 0;
}
