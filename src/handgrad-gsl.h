/* handgrad-gsl.h — the functions that GSL's minimizers and fits take, and plain arrays of doubles, as handgrad takes them:
 *
 *     hg_adapted c;
 *     if (hg_adapt_multimin(&fdf, x, &c) == HG_OK)
 *         status = hg_check(&c.f, &c.g, &c.at, NULL, &verdict);
 *     hg_adapted_clear(&c);
 *
 * The point has one block called "x": a column, of an array a row. Each function below returns HG_OK, HG_EINVAL where a
 * function is missing, or HG_ENOMEM; hg_adapted_clear() is due in every case. An hg_adapted must not be moved or copied,
 * and what it was made of must live as long. A status of GSL that is not GSL_SUCCESS means: outside of the domain. */
#ifndef HANDGRAD_GSL_H
#define HANDGRAD_GSL_H

#include <gsl/gsl_math.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_multimin.h>
#include <handgrad-outputs.h>
#include <math.h>
#include <stdlib.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Value and gradient of n numbers; non-zero: not there. */
typedef int hg_array_value(const double x[], size_t n, void *params, double *f);
typedef int hg_array_gradient(const double x[], size_t n, void *params, double g[]);

/* The same in floats. */
typedef int hg_floats_value(const float x[], size_t n, void *params, float *f);
typedef int hg_floats_gradient(const float x[], size_t n, void *params, float g[]);

typedef struct hg_adapted {
	hg_function f; /* and its gradient, or ... */
	hg_gradient g;
	hg_vector_function y; /* ... of a fit, the residuals and their Jacobian */
	hg_jacobian J;
	hg_point at;
	void *of; /* the structure of GSL */
	hg_array_value *array_value;
	hg_array_gradient *array_gradient;
	hg_floats_value *floats_value;
	hg_floats_gradient *floats_gradient;
	float *floats; /* room for the point and the gradient */
	void *params;
} hg_adapted;

static inline void hg_adapted_clear(hg_adapted *c)
{
	hg_point_clear(&c->at);
	free(c->floats);
	c->floats = NULL;
}

/* The block, a column of n, and nothing else yet. */
static inline hg_status hg_adapted_begin_(hg_adapted *c, void *of, size_t rows, size_t columns, gsl_matrix **x)
{
	const hg_adapted none = {{NULL, NULL, NULL, NULL, NULL}, {NULL, NULL}, {NULL, 0, NULL}, {NULL, NULL, NULL},
	                         {0, NULL, NULL, NULL}, NULL, NULL, NULL, NULL, NULL, NULL, NULL};
	*c = none;
	c->of = of;
	c->f.params = c->g.params = c;
	return hg_point_add(&c->at, "x", rows, columns, x);
}

static inline hg_status hg_adapted_vector_(hg_adapted *c, void *of, const gsl_vector *at)
{
	gsl_matrix *x;
	const hg_status status = hg_adapted_begin_(c, of, at->size, 1, &x);
	if (status == HG_OK)
		gsl_matrix_set_col(x, 0, at);
	return status;
}

/* ---- gsl_multimin_function_fdf: df is the claim ------------------------------------------------------------------- */

static inline int hg_multimin_value_(const gsl_matrix *const x[], void *params, double *f)
{
	const gsl_multimin_function_fdf *of = (const gsl_multimin_function_fdf *)((const hg_adapted *)params)->of;
	const gsl_vector_const_view v = gsl_matrix_const_column(x[0], 0);
	*f = of->f(&v.vector, of->params);
	return 0;
}

static inline int hg_multimin_gradient_(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const gsl_multimin_function_fdf *of = (const gsl_multimin_function_fdf *)((const hg_adapted *)params)->of;
	const gsl_vector_const_view v = gsl_matrix_const_column(x[0], 0);
	gsl_vector_view to = gsl_matrix_column(g[0], 0);
	of->df(&v.vector, of->params, &to.vector);
	return 0;
}

/* The gradient that fdf gives, which the minimizers use in most steps; NaN where its f is not that of f. */
static inline int hg_multimin_both_(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const gsl_multimin_function_fdf *of = (const gsl_multimin_function_fdf *)((const hg_adapted *)params)->of;
	const gsl_vector_const_view v = gsl_matrix_const_column(x[0], 0);
	gsl_vector_view to = gsl_matrix_column(g[0], 0);
	double f = GSL_NAN;
	of->fdf(&v.vector, of->params, &f, &to.vector);
	if (gsl_fcmp(f, of->f(&v.vector, of->params), 1e-9) != 0)
		gsl_matrix_set_all(g[0], GSL_NAN);
	return 0;
}

static inline hg_status hg_adapt_multimin(gsl_multimin_function_fdf *fdf, const gsl_vector *x, hg_adapted *c)
{
	const hg_status status = hg_adapted_vector_(c, fdf, x);
	c->f.value = hg_multimin_value_;
	c->g.value = hg_multimin_gradient_;
	return status != HG_OK ? status : fdf->f && fdf->df ? HG_OK : HG_EINVAL;
}

/* The same with what fdf gives for the claim. */
static inline hg_status hg_adapt_multimin_both(gsl_multimin_function_fdf *fdf, const gsl_vector *x, hg_adapted *c)
{
	const hg_status status = hg_adapt_multimin(fdf, x, c);
	c->g.value = hg_multimin_both_;
	return status != HG_OK ? status : fdf->fdf ? HG_OK : HG_EINVAL;
}

/* ---- gsl_function_fdf: one variable ----------------------------------------------------------------------------------- */

static inline int hg_fdf_value_(const gsl_matrix *const x[], void *params, double *f)
{
	const gsl_function_fdf *of = (const gsl_function_fdf *)((const hg_adapted *)params)->of;
	*f = of->f(gsl_matrix_get(x[0], 0, 0), of->params);
	return 0;
}

static inline int hg_fdf_slope_(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const gsl_function_fdf *of = (const gsl_function_fdf *)((const hg_adapted *)params)->of;
	gsl_matrix_set(g[0], 0, 0, of->df(gsl_matrix_get(x[0], 0, 0), of->params));
	return 0;
}

static inline hg_status hg_adapt_fdf(gsl_function_fdf *fdf, double at, hg_adapted *c)
{
	gsl_matrix *x;
	const hg_status status = hg_adapted_begin_(c, fdf, 1, 1, &x);
	c->f.value = hg_fdf_value_;
	c->g.value = hg_fdf_slope_;
	if (status == HG_OK)
		gsl_matrix_set(x, 0, 0, at);
	return status != HG_OK ? status : fdf->f && fdf->df ? HG_OK : HG_EINVAL;
}

/* ---- gsl_multifit_nlinear_fdf: all residuals, and their Jacobian, for hg_check_jacobian() ------------------------------- */

static inline int hg_multifit_value_(const gsl_matrix *const x[], void *params, gsl_vector *y)
{
	const gsl_multifit_nlinear_fdf *of = (const gsl_multifit_nlinear_fdf *)((const hg_adapted *)params)->of;
	const gsl_vector_const_view v = gsl_matrix_const_column(x[0], 0);
	return of->f(&v.vector, of->params, y);
}

static inline int hg_multifit_jacobian_(const gsl_matrix *const x[], void *params, gsl_matrix *const J[])
{
	const gsl_multifit_nlinear_fdf *of = (const gsl_multifit_nlinear_fdf *)((const hg_adapted *)params)->of;
	const gsl_vector_const_view v = gsl_matrix_const_column(x[0], 0);
	return of->df(&v.vector, of->params, J[0]);
}

static inline hg_status hg_adapt_multifit(gsl_multifit_nlinear_fdf *fdf, const gsl_vector *x, hg_adapted *c)
{
	const hg_status status = hg_adapted_vector_(c, fdf, x);
	c->y.value = hg_multifit_value_;
	c->y.noutputs = fdf->n;
	c->J.value = hg_multifit_jacobian_;
	c->y.params = c->J.params = c;
	return status != HG_OK ? status : fdf->f && fdf->df && fdf->n && fdf->p == x->size ? HG_OK : HG_EINVAL;
}

/* ---- arrays ---------------------------------------------------------------------------------------------------------- */

static inline int hg_array_value_(const gsl_matrix *const x[], void *params, double *f)
{
	const hg_adapted *c = (const hg_adapted *)params;
	return c->array_value(x[0]->data, x[0]->size2, c->params, f);
}

static inline int hg_array_gradient_(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const hg_adapted *c = (const hg_adapted *)params;
	return c->array_gradient(x[0]->data, x[0]->size2, c->params, g[0]->data);
}

static inline hg_status hg_adapt_array(hg_array_value *f, hg_array_gradient *g, void *params, const double at[], size_t n,
                                       hg_adapted *c)
{
	gsl_matrix *x;
	const hg_status status = hg_adapted_begin_(c, NULL, 1, n, &x);
	c->f.value = hg_array_value_;
	c->g.value = hg_array_gradient_;
	c->array_value = f;
	c->array_gradient = g;
	c->params = params;
	for (size_t k = 0; status == HG_OK && k < n; k++)
		gsl_matrix_set(x, 0, k, at[k]);
	return status != HG_OK ? status : f && g ? HG_OK : HG_EINVAL;
}

/* The same of floats: set .single in the settings. */
static inline int hg_floats_value_(const gsl_matrix *const x[], void *params, double *f)
{
	const hg_adapted *c = (const hg_adapted *)params;
	const size_t n = x[0]->size2;
	float value = NAN;
	for (size_t k = 0; k < n; k++)
		c->floats[k] = (float)x[0]->data[k];
	const int status = c->floats_value(c->floats, n, c->params, &value);
	*f = value;
	return status;
}

static inline int hg_floats_gradient_(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const hg_adapted *c = (const hg_adapted *)params;
	const size_t n = x[0]->size2;
	for (size_t k = 0; k < n; k++) {
		c->floats[k] = (float)x[0]->data[k];
		c->floats[n + k] = NAN;
	}
	const int status = c->floats_gradient(c->floats, n, c->params, c->floats + n);
	for (size_t k = 0; k < n; k++)
		g[0]->data[k] = c->floats[n + k];
	return status;
}

static inline hg_status hg_adapt_floats(hg_floats_value *f, hg_floats_gradient *g, void *params, const float at[], size_t n,
                                        hg_adapted *c)
{
	gsl_matrix *x;
	const hg_status status = hg_adapted_begin_(c, NULL, 1, n, &x);
	c->f.value = hg_floats_value_;
	c->g.value = hg_floats_gradient_;
	c->floats_value = f;
	c->floats_gradient = g;
	c->params = params;
	for (size_t k = 0; status == HG_OK && k < n; k++)
		gsl_matrix_set(x, 0, k, at[k]);
	if (status != HG_OK || !f || !g)
		return status != HG_OK ? status : HG_EINVAL;
	c->floats = (float *)calloc(2 * n, sizeof *c->floats);
	return c->floats ? HG_OK : HG_ENOMEM;
}

#ifdef __cplusplus
}
#endif
#endif
