/* What a user's file says of the three headers, in the words that C11 and C++11 share; headers.py compiles it as either. */
#include <handgrad-gsl.h>

#include <handgrad-check.h>

#include <math.h>

static int value(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = sin(gsl_matrix_get(x[0], 0, 0));
	return 0;
}

static int slope(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	(void)params;
	gsl_matrix_set(g[0], 0, 0, cos(gsl_matrix_get(x[0], 0, 0)));
	return 0;
}

static int values(const gsl_matrix *const x[], void *params, gsl_vector *y)
{
	(void)params;
	gsl_vector_set(y, 0, sin(gsl_matrix_get(x[0], 0, 0)));
	return 0;
}

static bool depends(void *params, size_t output, size_t block, size_t i, size_t j)
{
	return params || output == 0 || block + i + j > 0;
}

static int product(const gsl_matrix *const x[], const gsl_matrix *const v[], void *params, gsl_matrix *const p[])
{
	(void)params;
	gsl_matrix_set(p[0], 0, 0, -sin(gsl_matrix_get(x[0], 0, 0)) * gsl_matrix_get(v[0], 0, 0));
	return 0;
}

static int float_value(const float x[], size_t n, void *params, float *f)
{
	(void)params;
	*f = n > 0 ? x[0] : 0;
	return 0;
}

static int float_slope(const float x[], size_t n, void *params, float g[])
{
	(void)params;
	g[0] = n > 0 && x[0] > 0 ? 1.0f : 1.0f;
	return 0;
}

START_TEST(sine_has_the_slope_cosine)
{
	hg_point at = {0, NULL, NULL, NULL};
	const hg_function f = {value, NULL, NULL, NULL, NULL};
	const hg_gradient g = {slope, NULL};
	hg_verdict *v;
	gsl_matrix *x;
	ck_assert_int_eq(hg_point_add(&at, "x", 1, 1, &x), HG_OK);
	gsl_matrix_set(x, 0, 0, 0.3);
	hg_ck_assert_gradient(&f, &g, &at, NULL);
	ck_assert_int_eq(hg_check(&f, &g, &at, NULL, &v), HG_OK);
	ck_assert_str_eq(hg_class_text(v->entry[0].kind), "smooth");
	hg_verdict_free(v);
	gsl_function_fdf one = {NULL, NULL, NULL, NULL};
	hg_adapted c;
	ck_assert_int_eq(hg_adapt_fdf(&one, 0.3, &c), HG_EINVAL);
	hg_adapted_clear(&c);
	hg_ck_assert_path(&f, &g, &at, &at, NULL);
	hg_ck_assert_derivation(NULL, NULL);
	const hg_vector_function y = {values, 1, NULL};
	const hg_jacobian J = {slope, depends, NULL};
	const hg_product p = {product, NULL};
	const float half = 0.5f;
	hg_jacobian_verdict *all;
	hg_ck_assert_jacobian(&y, &J, &at, NULL);
	hg_ck_assert_direction(&f, &g, &at, NULL);
	hg_ck_assert_hessian(&f, &g, &J, &at, NULL);
	hg_ck_assert_hessian_vector(&f, &g, &p, &at, NULL, NULL);
	hg_ck_assert_floats(float_value, float_slope, NULL, &half, 1, NULL);
	ck_assert_int_eq(hg_check_jacobian(&y, &J, &at, NULL, &all), HG_OK);
	ck_assert(hg_verdict_of_block(all->output[0], 0).outcome == HG_AGREES);
	hg_jacobian_verdict_free(all);
	hg_point_clear(&at);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("language");
	TCase *tc = tcase_create("language");
	tcase_add_test(tc, sine_has_the_slope_cosine);
	suite_add_tcase(suite, tc);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
