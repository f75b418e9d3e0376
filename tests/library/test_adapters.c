/* GSL's structures and plain arrays through the adapters: right ones agree, wrong ones do not, and the message has the name
 * it was given. */
#include "../trap.h"

#include "handgrad-gsl.h"

#include "asserted.h"

#include <math.h>

/* ---- multimin: f = sum k (x_k - k)^4 + x_0 x_1 ---------------------------------------------------------------------- */

static double wrong_by; /* what the claims are off by, relative */
static double fdf_by;   /* and the value or the gradient of fdf alone */

static double quartic(const gsl_vector *x, void *params)
{
	double f = gsl_vector_get(x, 0) * gsl_vector_get(x, 1);
	for (size_t k = 0; k < x->size; k++)
		f += (double)(k + 1) * pow(gsl_vector_get(x, k) - (double)k, 4);
	return *(double *)params * f;
}

static void quartic_df(const gsl_vector *x, void *params, gsl_vector *g)
{
	for (size_t k = 0; k < x->size; k++)
		gsl_vector_set(g, k, (1 + wrong_by) * *(double *)params * ((k < 2 ? gsl_vector_get(x, 1 - k) : 0) +
		                     4 * (double)(k + 1) * pow(gsl_vector_get(x, k) - (double)k, 3)));
}

static void quartic_fdf(const gsl_vector *x, void *params, double *f, gsl_vector *g)
{
	*f = quartic(x, params) + (fdf_by < 0 ? 1e-3 : 0);
	quartic_df(x, params, g);
	if (fdf_by > 0)
		gsl_vector_scale(g, 1 + fdf_by);
}

START_TEST(multimin)
{
	double scale = 0.7, at[] = {0.3, 1.9, -0.4, 2.2, 8, 8};
	gsl_multimin_function_fdf fdf = {quartic, quartic_df, quartic_fdf, 3, &scale};
	gsl_vector_view x = gsl_vector_view_array_with_stride(at, 2, 3);
	wrong_by = fdf_by = 0;
	AGREES(hg_ck_multimin_refutes_(&fdf, &x.vector, NULL, "quartic", why));
	hg_ck_assert_multimin(&fdf, &x.vector, NULL);
	wrong_by = 1e-3;
	REFUSED(hg_ck_multimin_refutes_(&fdf, &x.vector, NULL, "quartic", why), "disagrees: quartic is not");
	wrong_by = 0;
	fdf_by = 1e-3;
	REFUSED(hg_ck_multimin_refutes_(&fdf, &x.vector, NULL, "quartic", why), "disagrees: quartic (by fdf)");
	fdf_by = -1; /* its value is not that of f */
	REFUSED(hg_ck_multimin_refutes_(&fdf, &x.vector, NULL, "quartic", why), "quartic (by fdf)");
	fdf.df = NULL;
	REFUSED(hg_ck_multimin_refutes_(&fdf, &x.vector, NULL, "quartic", why), hg_status_text(HG_EINVAL));
}
END_TEST

/* ---- one variable ----------------------------------------------------------------------------------------------------- */

static double tangent(double x, void *params)
{
	(void)params;
	return tan(x);
}

static double tangent_df(double x, void *params)
{
	(void)params;
	return (1 + wrong_by) * (1 + tan(x) * tan(x));
}

START_TEST(fdf_of_one_variable)
{
	gsl_function_fdf fdf = {.f = tangent, .df = tangent_df};
	wrong_by = 0;
	AGREES(hg_ck_fdf_refutes_(&fdf, 0.4, NULL, "tan", why));
	hg_ck_assert_fdf(&fdf, -0.9, NULL);
	wrong_by = 1e-4;
	REFUSED(hg_ck_fdf_refutes_(&fdf, 0.4, NULL, "tan", why), "disagrees: tan is not");
	fdf.f = NULL;
	REFUSED(hg_ck_fdf_refutes_(&fdf, 0.4, NULL, "tan", why), hg_status_text(HG_EINVAL));
}
END_TEST

/* ---- a fit: r_i = a exp(-l t_i) + b, one row of the Jacobian wrong ---------------------------------------------------- */

enum { POINTS = 7 };
static size_t wrong_row;

static int decay(const gsl_vector *x, void *params, gsl_vector *r)
{
	for (size_t i = 0; i < POINTS; i++)
		gsl_vector_set(r, i, gsl_vector_get(x, 0) * exp(-gsl_vector_get(x, 1) * 0.3 * (double)i) + gsl_vector_get(x, 2));
	return params ? GSL_EDOM : GSL_SUCCESS;
}

static int decay_df(const gsl_vector *x, void *params, gsl_matrix *J)
{
	(void)params;
	for (size_t i = 0; i < POINTS; i++) {
		const double t = 0.3 * (double)i, e = exp(-gsl_vector_get(x, 1) * t);
		gsl_matrix_set(J, i, 0, e);
		gsl_matrix_set(J, i, 1, -gsl_vector_get(x, 0) * t * e * (i == wrong_row ? 1 + 1e-3 : 1));
		gsl_matrix_set(J, i, 2, 1);
	}
	return GSL_SUCCESS;
}

START_TEST(multifit)
{
	gsl_multifit_nlinear_fdf fdf = {.f = decay, .df = decay_df, .n = POINTS, .p = 3};
	double at[] = {2.5, 1.2, 0.8};
	const gsl_vector_view x = gsl_vector_view_array(at, 3);
	wrong_row = POINTS;
	AGREES(hg_ck_multifit_refutes_(&fdf, &x.vector, NULL, "J", why));
	hg_ck_assert_multifit(&fdf, &x.vector, NULL);
	for (wrong_row = 1; wrong_row < POINTS; wrong_row++) {
		char words[64];
		snprintf(words, sizeof words, "disagrees: output %zu of J", wrong_row + 1);
		REFUSED(hg_ck_multifit_refutes_(&fdf, &x.vector, NULL, "J", why), words);
	}
	fdf.params = at; /* decay() fails then */
	REFUSED(hg_ck_multifit_refutes_(&fdf, &x.vector, NULL, "J", why), "cannot tell: output 1 of J");
	fdf.df = NULL; /* GSL then takes differences of its own: there is nothing to check */
	REFUSED(hg_ck_multifit_refutes_(&fdf, &x.vector, NULL, "J", why), hg_status_text(HG_EINVAL));
}
END_TEST

/* ---- arrays -------------------------------------------------------------------------------------------------------------- */

static int norm(const double x[], size_t n, void *params, double *f)
{
	(void)params;
	*f = 0;
	for (size_t k = 0; k < n; k++)
		*f = hypot(*f, x[k]);
	return 0;
}

static int norm_df(const double x[], size_t n, void *params, double g[])
{
	double f;
	norm(x, n, params, &f);
	for (size_t k = 0; k < n; k++)
		g[k] = (1 + (k == 3 ? wrong_by : 0)) * x[k] / f;
	return 0;
}

START_TEST(arrays)
{
	const double x[] = {0.4, -1.3, 2.2, 0.7, -0.1};
	wrong_by = 0;
	AGREES(hg_ck_array_refutes_(norm, norm_df, NULL, x, 5, NULL, "norm", why));
	hg_ck_assert_array(norm, norm_df, NULL, x, 5, NULL);
	wrong_by = 1e-3;
	REFUSED(hg_ck_array_refutes_(norm, norm_df, NULL, x, 5, NULL, "norm", why), "x[1,4]");
	REFUSED(hg_ck_array_refutes_(norm, NULL, NULL, x, 5, NULL, "norm", why), hg_status_text(HG_EINVAL));
	REFUSED(hg_ck_array_refutes_(norm, norm_df, NULL, x, 0, NULL, "norm", why), hg_status_text(HG_ESIZE));
}
END_TEST

/* ---- floats ---------------------------------------------------------------------------------------------------------------- */

static int float_norm(const float x[], size_t n, void *params, float *f)
{
	(void)params;
	*f = 0;
	for (size_t k = 0; k < n; k++)
		*f = hypotf(*f, x[k]);
	return 0;
}

static int float_norm_df(const float x[], size_t n, void *params, float g[])
{
	float f;
	float_norm(x, n, params, &f);
	for (size_t k = 0; k < n; k++)
		g[k] = (float)(1 + (k == 3 ? wrong_by : 0)) * x[k] / f;
	return 0;
}

START_TEST(floats)
{
	const float x[] = {0.4F, -1.3F, 2.2F, 0.7F, -0.1F};
	wrong_by = 0;
	AGREES(hg_ck_floats_refute_(float_norm, float_norm_df, NULL, x, 5, NULL, "norm", why));
	hg_ck_assert_floats(float_norm, float_norm_df, NULL, x, 5, NULL);
	wrong_by = 0.05;
	REFUSED(hg_ck_floats_refute_(float_norm, float_norm_df, NULL, x, 5, NULL, "norm", why), "x[1,4]");
	REFUSED(hg_ck_floats_refute_(float_norm, NULL, NULL, x, 5, NULL, "norm", why), hg_status_text(HG_EINVAL));
}
END_TEST

/* ---- directions, Jacobians, Hessians: those of the norm --------------------------------------------------------------------- */

static double hessian_wrong_by;

static int norm_ddf(const gsl_matrix *const x[], void *params, gsl_matrix *const H[])
{
	const gsl_matrix *v = x[0];
	const size_t n = v->size2;
	double f;
	norm(v->data, n, params, &f);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			gsl_matrix_set(H[0], i, j, ((i == j) - v->data[i] * v->data[j] / f / f) / f + (i == 1 && j == 2 ? hessian_wrong_by : 0));
	return 0;
}

static int norm_ddf_times(const gsl_matrix *const x[], const gsl_matrix *const v[], void *params, gsl_matrix *const p[])
{
	const size_t n = x[0]->size2;
	double H[25];
	gsl_matrix_view view = gsl_matrix_view_array(H, n, n);
	gsl_matrix *const to[] = {&view.matrix};
	norm_ddf(x, params, to);
	for (size_t i = 0; i < n; i++) {
		p[0]->data[i] = 0;
		for (size_t j = 0; j < n; j++)
			p[0]->data[i] += H[i * n + j] * gsl_matrix_get(v[0], 0, j);
	}
	return 0;
}

static int norm_as_vector(const gsl_matrix *const x[], void *params, gsl_vector *y)
{
	return norm(x[0]->data, x[0]->size2, params, gsl_vector_ptr(y, 0));
}

static int norm_jacobian(const gsl_matrix *const x[], void *params, gsl_matrix *const J[])
{
	return norm_df(x[0]->data, x[0]->size2, params, J[0]->data);
}

START_TEST(second_derivatives)
{
	hg_adapted c;
	const double x[] = {0.4, -1.3, 2.2, 0.7, -0.1};
	const hg_jacobian H = {.value = norm_ddf};
	const hg_product p = {.value = norm_ddf_times};
	wrong_by = hessian_wrong_by = 0;
	ck_assert_int_eq(hg_adapt_array(norm, norm_df, NULL, x, 5, &c), HG_OK);
	hg_ck_assert_hessian(&c.f, &c.g, &H, &c.at, NULL);
	hg_ck_assert_hessian_vector(&c.f, &c.g, &p, &c.at, NULL, NULL);
	AGREES(hg_ck_hessian_refutes_(&c.f, &c.g, &H, &c.at, NULL, "H", why));
	AGREES(hg_ck_product_refutes_(&c.f, &c.g, &p, &c.at, NULL, NULL, "Hv", why));
	hessian_wrong_by = 1e-3;
	REFUSED(hg_ck_hessian_refutes_(&c.f, &c.g, &H, &c.at, NULL, "H", why), "disagrees: output 2 of H");
	REFUSED(hg_ck_product_refutes_(&c.f, &c.g, &p, &c.at, NULL, NULL, "Hv", why), "disagrees: Hv");
	wrong_by = 1; /* a Hessian is held against the gradient, so that comes first */
	REFUSED(hg_ck_hessian_refutes_(&c.f, &c.g, &H, &c.at, NULL, "H", why), "disagrees: the gradient");
	hg_adapted_clear(&c);
}
END_TEST

START_TEST(directions_and_jacobians)
{
	hg_adapted c;
	const double x[] = {0.4, -1.3, 2.2, 0.7, -0.1};
	const hg_vector_function y = {norm_as_vector, 1, NULL};
	const hg_jacobian J = {.value = norm_jacobian};
	wrong_by = 0;
	ck_assert_int_eq(hg_adapt_array(norm, norm_df, NULL, x, 5, &c), HG_OK);
	hg_ck_assert_direction(&c.f, &c.g, &c.at, NULL);
	hg_ck_assert_jacobian(&y, &J, &c.at, NULL);
	AGREES(hg_ck_direction_refutes_(&c.f, &c.g, &c.at, NULL, "norm", why));
	wrong_by = 1;
	REFUSED(hg_ck_direction_refutes_(&c.f, &c.g, &c.at, NULL, "norm", why), "disagrees: norm");
	REFUSED(hg_ck_jacobian_refutes_(&y, &J, &c.at, NULL, "J", why), "disagrees: output 1 of J");
	hg_adapted_clear(&c);
}
END_TEST

/* ---- a path -------------------------------------------------------------------------------------------------- */

static int half_df(const double x[], size_t n, void *params, double g[])
{
	norm_df(x, n, params, g);
	for (size_t k = 0; k < n; k++)
		g[k] /= 2;
	return 0;
}

START_TEST(paths)
{
	hg_adapted from, to;
	const double a[] = {0.5, 1}, b[] = {2, -1};
	wrong_by = 0;
	ck_assert_int_eq(hg_adapt_array(norm, norm_df, NULL, a, 2, &from), HG_OK);
	ck_assert_int_eq(hg_adapt_array(norm, norm_df, NULL, b, 2, &to), HG_OK);
	AGREES(hg_ck_path_refutes_(&from.f, &from.g, &from.at, &to.at, NULL, "norm", why));
	hg_ck_assert_path(&from.f, &from.g, &from.at, &to.at, NULL);
	wrong_by = -2; /* of entry 3 alone: two are as they were */
	AGREES(hg_ck_path_refutes_(&from.f, &from.g, &from.at, &to.at, NULL, "norm", why));
	from.array_gradient = half_df;
	REFUSED(hg_ck_path_refutes_(&from.f, &from.g, &from.at, &to.at, NULL, "norm", why), "norm: disagrees along the path");
	hg_adapted_clear(&from);
	hg_adapted_clear(&to);
}
END_TEST

START_TEST(names_are_ones_own)
{
	hg_adapted c;
	const double x[] = {0.4, -1.3, 2.2, 0.7};
	wrong_by = 1;
	ck_assert_int_eq(hg_adapt_array(norm, norm_df, NULL, x, 4, &c), HG_OK);
	hg_ck_assert_gradient_as("the gradient of the norm", &c.f, &c.g, &c.at, NULL);
}
END_TEST

/* Run by the next test: fails, with the name in its message. */
static Suite *named(void)
{
	Suite *suite = suite_create("named");
	TCase *tc = tcase_create("named");
	tcase_add_test(tc, names_are_ones_own);
	suite_add_tcase(suite, tc);
	return suite;
}

START_TEST(an_assertion_says_the_name_it_was_given)
{
	SRunner *runner = srunner_create(named());
	srunner_set_fork_status(runner, CK_FORK);
	srunner_run_all(runner, CK_SILENT);
	ck_assert_int_eq(srunner_ntests_failed(runner), 1);
	TestResult **failed = srunner_failures(runner);
	const char *message = tr_msg(failed[0]);
	ck_assert_msg(strstr(message, "disagrees: the gradient of the norm") != NULL, "%s", message);
	free(failed);
	srunner_free(runner);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("adapters");
	TCase *tc = tcase_create("adapters");
	TRAP(tc);
	tcase_add_test(tc, multimin);
	tcase_add_test(tc, fdf_of_one_variable);
	tcase_add_test(tc, multifit);
	tcase_add_test(tc, arrays);
	tcase_add_test(tc, floats);
	tcase_add_test(tc, second_derivatives);
	tcase_add_test(tc, directions_and_jacobians);
	tcase_add_test(tc, paths);
	tcase_add_test(tc, an_assertion_says_the_name_it_was_given);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
