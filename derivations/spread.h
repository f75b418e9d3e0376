/* What normalisation divides by: of n numbers the mean mu, and sqrt(v + eps) with v the mean of (x - mu)^2. */
#ifndef DERIVATIONS_SPREAD_H
#define DERIVATIONS_SPREAD_H

#include <gsl/gsl_vector.h>

#define SPREAD_EPS 1e-3

typedef struct spread {
	double mean, deviation;
} spread;

spread spread_of(const gsl_vector *x);
double spread_about(const gsl_vector *x, double mu); /* the mean of (x - mu)^2 */

#endif
