/* A scalar function of one entry, and its claimed derivative, for the tests of the engine. */
#ifndef TESTS_NUM_CURVE_H
#define TESTS_NUM_CURVE_H

#include "../trap.h"

#include "handgrad.h"

#include <math.h>

static unsigned long curve_evaluations; /* of the last check */

typedef struct curve {
	double (*f)(double), (*d)(double);
	double factor;
} curve;

static inline int curve_value(const gsl_matrix *const x[], void *params, double *f)
{
	*f = ((curve *)params)->f(gsl_matrix_get(x[0], 0, 0));
	return 0;
}

static inline int curve_claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	curve *c = params;
	gsl_matrix_set(g[0], 0, 0, c->factor * c->d(gsl_matrix_get(x[0], 0, 0)));
	return 0;
}

static inline hg_entry check_at(double (*f)(double), double (*d)(double), double factor, double at,
                         const hg_settings *settings)
{
	curve c = {f, d, factor};
	hg_function function = {.value = curve_value, .params = &c};
	hg_gradient gradient = {.value = curve_claim, .params = &c};
	hg_point point = {0};
	gsl_matrix *x;
	hg_verdict *v;
	ck_assert_int_eq(hg_point_add(&point, "x", 1, 1, &x), HG_OK);
	gsl_matrix_set(x, 0, 0, at);
	ck_assert_int_eq(hg_check(&function, &gradient, &point, settings, &v), HG_OK);
	ck_assert_uint_eq(v->nentries, 1);
	ck_assert(v->outcome == v->entry[0].outcome);
	hg_entry entry = v->entry[0];
	curve_evaluations = v->evaluations;
	hg_verdict_free(v);
	hg_point_clear(&point);
	return entry;
}

#endif
