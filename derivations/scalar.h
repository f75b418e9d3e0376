/* Functions of one variable, applied to every entry of a matrix: the sum of f(x_ij), or of f(x_ij, y_ij)
 * where a second block of the same shape stands beside the first. A 1 x 1 matrix is the function of the
 * textbook. */
#ifndef DERIVATIONS_SCALAR_H
#define DERIVATIONS_SCALAR_H

#include "handgrad.h"

typedef struct scalar {
	double (*one)(double x);
	double (*two)(double x, double y);
} scalar;

int scalar_value(const gsl_matrix *const x[], void *params, double *f);
int scalar_slope(const gsl_matrix *const x[], void *params, gsl_matrix *const g[]);

/* The same over the number of columns: the mean over a batch. */
int scalar_mean(const gsl_matrix *const x[], void *params, double *f);
int scalar_mean_slope(const gsl_matrix *const x[], void *params, gsl_matrix *const g[]);

/* The function s(x), the slope claimed for it; l(x, y) and its slope by x. */
#define SCALAR(s)  {.value = scalar_value, .params = &(scalar){.one = (s)}}
#define SLOPE(ds)  {.value = scalar_slope, .params = &(scalar){.one = (ds)}}
#define PAIR(l)    {.value = scalar_value, .params = &(scalar){.two = (l)}}
#define PARTIAL(d) {.value = scalar_slope, .params = &(scalar){.two = (d)}}

/* J = 1/m sum of l over a batch; dJ = 1/m dl. */
#define MEAN_PAIR(l)    {.value = scalar_mean, .params = &(scalar){.two = (l)}}
#define MEAN_PARTIAL(d) {.value = scalar_mean_slope, .params = &(scalar){.two = (d)}}

#endif
