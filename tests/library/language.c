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
