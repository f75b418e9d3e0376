#include "spread.h"
#include <math.h>

double spread_about(const gsl_vector *x, double mu)
{
	double sum = 0;
	for (size_t i = 0; i < x->size; i++)
		sum += (gsl_vector_get(x, i) - mu) * (gsl_vector_get(x, i) - mu);
	return sum / (double)x->size;
}

spread spread_of(const gsl_vector *x)
{
	double sum = 0;
	for (size_t i = 0; i < x->size; i++)
		sum += gsl_vector_get(x, i);
	double mean = sum / (double)x->size;
	return (spread){mean, sqrt(spread_about(x, mean) + SPREAD_EPS)};
}
