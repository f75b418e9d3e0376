/* handgrad-check.h — gradients as assertions of a Check test:
 *
 *     hg_ck_assert_gradient(&f, &gradient, &point, NULL);
 *
 * fails with the message the command prints, unless every entry agrees to the resolution wanted. What cannot be told
 * fails too, and says why: a test should stand where it can tell. Each assertion has a form that ends in _as and takes
 * first what the message calls the gradient. Those of GSL's structures need handgrad-gsl.h included before. */
#ifndef HANDGRAD_CHECK_H
#define HANDGRAD_CHECK_H

#include <check.h>
#include <handgrad-outputs.h>
#include <stdio.h>
#include <stdlib.h>

enum { HG_CK_MESSAGE_ = 4096 };

/* Writes why the claim does not agree; false where it does. */
static inline bool hg_ck_verdict_refutes_(hg_status status, hg_verdict *verdict, const hg_point *at, const char *name,
                                          char *why)
{
	if (status != HG_OK) {
		snprintf(why, HG_CK_MESSAGE_, "%s: %s", name, hg_status_text(status));
		return true;
	}
	const bool refuted = verdict->outcome != HG_AGREES;
	char *message = refuted ? hg_verdict_message(verdict, at, name) : NULL;
	if (refuted)
		snprintf(why, HG_CK_MESSAGE_, "%s", message ? message : hg_status_text(HG_ENOMEM));
	free(message);
	hg_verdict_free(verdict);
	return refuted;
}

static inline bool hg_ck_refutes_(const hg_function *f, const hg_gradient *g, const hg_point *at,
                                  const hg_settings *settings, const char *name, char *why)
{
	hg_verdict *verdict = NULL;
	const hg_status status = hg_check(f, g, at, settings, &verdict);
	return hg_ck_verdict_refutes_(status, verdict, at, name, why);
}

/* The same along the segment between two points. */
static inline bool hg_ck_path_refutes_(const hg_function *f, const hg_gradient *g, const hg_point *from, const hg_point *to,
                                       const hg_settings *settings, const char *name, char *why)
{
	hg_entry e;
	const hg_status status = hg_check_path(f, g, from, to, settings, &e);
	if (status != HG_OK)
		snprintf(why, HG_CK_MESSAGE_, "%s: %s", name, hg_status_text(status));
	else if (e.outcome != HG_AGREES)
		snprintf(why, HG_CK_MESSAGE_, "%s: %s along the path: it adds up to %.9g, the function changes by %.9g (uncertain by %.1g); %s",
		         name, hg_outcome_text(e.outcome), e.claimed, e.numerical, e.abserr, hg_reason_text(e.reason));
	return status != HG_OK || e.outcome != HG_AGREES;
}

/* The same along one random direction in each block. */
static inline bool hg_ck_direction_refutes_(const hg_function *f, const hg_gradient *g, const hg_point *at,
                                            const hg_settings *settings, const char *name, char *why)
{
	hg_verdict *verdict = NULL;
	const hg_status status = hg_check_direction(f, g, at, settings, &verdict);
	return hg_ck_verdict_refutes_(status, verdict, at, name, why);
}

/* The same for a Jacobian, or a Hessian as the Jacobian of a gradient that is looked at first. */
static inline bool hg_ck_outputs_refute_(hg_status status, hg_jacobian_verdict *verdict, const hg_point *at, const char *name,
                                         char *why)
{
	const bool refuted = status != HG_OK || verdict->outcome != HG_AGREES;
	char *message = status == HG_OK && refuted ? hg_jacobian_message(verdict, at, name) : NULL;
	if (status != HG_OK)
		snprintf(why, HG_CK_MESSAGE_, "%s: %s", name, hg_status_text(status));
	else if (refuted)
		snprintf(why, HG_CK_MESSAGE_, "%s", message ? message : hg_status_text(HG_ENOMEM));
	free(message);
	hg_jacobian_verdict_free(verdict);
	return refuted;
}

static inline bool hg_ck_jacobian_refutes_(const hg_vector_function *f, const hg_jacobian *J, const hg_point *at,
                                           const hg_settings *settings, const char *name, char *why)
{
	hg_jacobian_verdict *verdict = NULL;
	const hg_status status = hg_check_jacobian(f, J, at, settings, &verdict);
	return hg_ck_outputs_refute_(status, verdict, at, name, why);
}

static inline bool hg_ck_hessian_refutes_(const hg_function *f, const hg_gradient *g, const hg_jacobian *H, const hg_point *at,
                                          const hg_settings *settings, const char *name, char *why)
{
	hg_jacobian_verdict *verdict = NULL;
	if (hg_ck_refutes_(f, g, at, settings, "the gradient", why))
		return true;
	const hg_status status = hg_check_hessian(g, H, at, settings, &verdict);
	return hg_ck_outputs_refute_(status, verdict, at, name, why);
}

static inline bool hg_ck_product_refutes_(const hg_function *f, const hg_gradient *g, const hg_product *product,
                                          const hg_point *at, const gsl_matrix *const v[], const hg_settings *settings,
                                          const char *name, char *why)
{
	hg_verdict *verdict = NULL;
	if (hg_ck_refutes_(f, g, at, settings, "the gradient", why))
		return true;
	const hg_status status = hg_check_hessian_vector(g, product, at, v, settings, &verdict);
	return hg_ck_verdict_refutes_(status, verdict, at, name, why);
}

/* The same for a record: every stage at every point, and every twin refused. */
static inline bool hg_ck_derivation_refutes_(const hg_derivation *of, const hg_settings *settings, char *why)
{
	char *message = NULL;
	const hg_status status = hg_check_derivation(of, settings, &message);
	if (status != HG_OK || message)
		snprintf(why, HG_CK_MESSAGE_, "%s", message ? message : hg_status_text(status));
	const bool refuted = status != HG_OK || message;
	free(message);
	return refuted;
}

#define HG_CK_ASSERT_(refutes)                                                                               \
	do {                                                                                                     \
		char hg_ck_why_[HG_CK_MESSAGE_];                                                                     \
		if (refutes)                                                                                         \
			ck_abort_msg("%s", hg_ck_why_);                                                                  \
	} while (0)

#define hg_ck_assert_gradient_as(name, f, g, point, settings)                                                \
	HG_CK_ASSERT_(hg_ck_refutes_((f), (g), (point), (settings), (name), hg_ck_why_))
#define hg_ck_assert_gradient(f, g, point, settings) hg_ck_assert_gradient_as(#g, f, g, point, settings)

#define hg_ck_assert_path_as(name, f, g, from, to, settings)                                                 \
	HG_CK_ASSERT_(hg_ck_path_refutes_((f), (g), (from), (to), (settings), (name), hg_ck_why_))
#define hg_ck_assert_path(f, g, from, to, settings) hg_ck_assert_path_as(#g, f, g, from, to, settings)

#define hg_ck_assert_direction_as(name, f, g, point, settings)                                               \
	HG_CK_ASSERT_(hg_ck_direction_refutes_((f), (g), (point), (settings), (name), hg_ck_why_))
#define hg_ck_assert_direction(f, g, point, settings) hg_ck_assert_direction_as(#g, f, g, point, settings)

#define hg_ck_assert_jacobian_as(name, f, J, point, settings)                                                \
	HG_CK_ASSERT_(hg_ck_jacobian_refutes_((f), (J), (point), (settings), (name), hg_ck_why_))
#define hg_ck_assert_jacobian(f, J, point, settings) hg_ck_assert_jacobian_as(#J, f, J, point, settings)

#define hg_ck_assert_hessian_as(name, f, g, H, point, settings)                                              \
	HG_CK_ASSERT_(hg_ck_hessian_refutes_((f), (g), (H), (point), (settings), (name), hg_ck_why_))
#define hg_ck_assert_hessian(f, g, H, point, settings) hg_ck_assert_hessian_as(#H, f, g, H, point, settings)

#define hg_ck_assert_hessian_vector_as(name, f, g, product, point, v, settings)                              \
	HG_CK_ASSERT_(hg_ck_product_refutes_((f), (g), (product), (point), (v), (settings), (name), hg_ck_why_))
#define hg_ck_assert_hessian_vector(f, g, product, point, v, settings)                                       \
	hg_ck_assert_hessian_vector_as(#product, f, g, product, point, v, settings)

#define hg_ck_assert_derivation(record, settings)                                                            \
	HG_CK_ASSERT_(hg_ck_derivation_refutes_((record), (settings), hg_ck_why_))

#ifdef HANDGRAD_GSL_H
static inline bool hg_ck_adapted_refutes_(hg_status status, hg_adapted *c, const hg_settings *settings, const char *name,
                                          char *why)
{
	bool refuted = status != HG_OK;
	if (refuted)
		snprintf(why, HG_CK_MESSAGE_, "%s: %s", name, hg_status_text(status));
	else
		refuted = hg_ck_refutes_(&c->f, &c->g, &c->at, settings, name, why);
	hg_adapted_clear(c);
	return refuted;
}

/* df and fdf: minimizers use both. */
static inline bool hg_ck_multimin_refutes_(gsl_multimin_function_fdf *fdf, const gsl_vector *x, const hg_settings *settings,
                                           const char *name, char *why)
{
	hg_adapted c;
	char both[256];
	snprintf(both, sizeof both, "%s (by fdf)", name);
	return hg_ck_adapted_refutes_(hg_adapt_multimin(fdf, x, &c), &c, settings, name, why) ||
	       hg_ck_adapted_refutes_(hg_adapt_multimin_both(fdf, x, &c), &c, settings, both, why);
}

static inline bool hg_ck_fdf_refutes_(gsl_function_fdf *fdf, double x, const hg_settings *settings, const char *name, char *why)
{
	hg_adapted c;
	return hg_ck_adapted_refutes_(hg_adapt_fdf(fdf, x, &c), &c, settings, name, why);
}

static inline bool hg_ck_multifit_refutes_(gsl_multifit_nlinear_fdf *fdf, const gsl_vector *x, const hg_settings *settings,
                                           const char *name, char *why)
{
	hg_adapted c;
	hg_jacobian_verdict *verdict = NULL;
	hg_status status = hg_adapt_multifit(fdf, x, &c);
	if (status == HG_OK)
		status = hg_check_jacobian(&c.y, &c.J, &c.at, settings, &verdict);
	const bool refuted = hg_ck_outputs_refute_(status, verdict, &c.at, name, why);
	hg_adapted_clear(&c);
	return refuted;
}

static inline bool hg_ck_array_refutes_(hg_array_value *f, hg_array_gradient *g, void *params, const double x[], size_t n,
                                        const hg_settings *settings, const char *name, char *why)
{
	hg_adapted c;
	return hg_ck_adapted_refutes_(hg_adapt_array(f, g, params, x, n, &c), &c, settings, name, why);
}

static inline bool hg_ck_floats_refute_(hg_floats_value *f, hg_floats_gradient *g, void *params, const float x[], size_t n,
                                        const hg_settings *settings, const char *name, char *why)
{
	hg_adapted c;
	const hg_settings none = {0, 0, 0, 0, 0, 0, true};
	hg_settings single = settings ? *settings : none;
	single.single = true;
	return hg_ck_adapted_refutes_(hg_adapt_floats(f, g, params, x, n, &c), &c, &single, name, why);
}

#define hg_ck_assert_multimin_as(name, fdf, x, settings)                                                     \
	HG_CK_ASSERT_(hg_ck_multimin_refutes_((fdf), (x), (settings), (name), hg_ck_why_))
#define hg_ck_assert_multimin(fdf, x, settings) hg_ck_assert_multimin_as(#fdf, fdf, x, settings)

#define hg_ck_assert_fdf_as(name, fdf, x, settings)                                                          \
	HG_CK_ASSERT_(hg_ck_fdf_refutes_((fdf), (x), (settings), (name), hg_ck_why_))
#define hg_ck_assert_fdf(fdf, x, settings) hg_ck_assert_fdf_as(#fdf, fdf, x, settings)

#define hg_ck_assert_multifit_as(name, fdf, x, settings)                                                     \
	HG_CK_ASSERT_(hg_ck_multifit_refutes_((fdf), (x), (settings), (name), hg_ck_why_))
#define hg_ck_assert_multifit(fdf, x, settings) hg_ck_assert_multifit_as(#fdf, fdf, x, settings)

#define hg_ck_assert_array_as(name, f, g, params, x, n, settings)                                            \
	HG_CK_ASSERT_(hg_ck_array_refutes_((f), (g), (params), (x), (n), (settings), (name), hg_ck_why_))
#define hg_ck_assert_array(f, g, params, x, n, settings) hg_ck_assert_array_as(#g, f, g, params, x, n, settings)

#define hg_ck_assert_floats_as(name, f, g, params, x, n, settings)                                           \
	HG_CK_ASSERT_(hg_ck_floats_refute_((f), (g), (params), (x), (n), (settings), (name), hg_ck_why_))
#define hg_ck_assert_floats(f, g, params, x, n, settings) hg_ck_assert_floats_as(#g, f, g, params, x, n, settings)
#endif

#endif
