/* Gradients of a project as tests of it. First, softmax with cross-entropy, L = log sum_j exp z_j - z_k summed over the columns of Z, and
 * dL/dZ = softmax(Z) - Y. With -DWRONG the gradient forgets Y in one column, and the test must say so. */
#include <handgrad-gsl.h> /* before handgrad-check.h, which then knows GSL's minimizers */

#include <handgrad-check.h>
#include <math.h>

static int loss(const gsl_matrix *const x[], void *params, double *f)
{
	const gsl_matrix *Z = x[0], *Y = params;
	*f = 0;
	for (size_t j = 0; j < Z->size2; j++) {
		double sum = 0;
		for (size_t i = 0; i < Z->size1; i++) {
			sum += exp(gsl_matrix_get(Z, i, j));
			*f -= gsl_matrix_get(Y, i, j) * gsl_matrix_get(Z, i, j);
		}
		*f += log(sum);
	}
	return 0;
}

static int dZ(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const gsl_matrix *Z = x[0], *Y = params;
	for (size_t j = 0; j < Z->size2; j++) {
		double sum = 0;
		for (size_t i = 0; i < Z->size1; i++)
			sum += exp(gsl_matrix_get(Z, i, j));
		for (size_t i = 0; i < Z->size1; i++) {
			double y = gsl_matrix_get(Y, i, j);
#ifdef WRONG
			y = j == 1 ? 0 : y;
#endif
			gsl_matrix_set(g[0], i, j, exp(gsl_matrix_get(Z, i, j)) / sum - y);
		}
	}
	return 0;
}

START_TEST(softmax_has_the_gradient_of_the_lecture)
{
	hg_point at = {0};
	gsl_matrix *Z, *Y = gsl_matrix_calloc(3, 4);
	ck_assert_int_eq(hg_point_add(&at, "Z", 3, 4, &Z), HG_OK);
	for (size_t k = 0; k < 12; k++)
		Z->data[k] = 2 * sin(2.385 * (double)k + 0.4);
	for (size_t j = 0; j < 4; j++)
		gsl_matrix_set(Y, (2 * j + 1) % 3, j, 1);
	const hg_function f = {.value = loss, .params = Y};
	const hg_gradient gradient = {.value = dZ, .params = Y};
	hg_ck_assert_gradient(&f, &gradient, &at, NULL);
	hg_point_clear(&at);
	gsl_matrix_free(Y);
}
END_TEST

/* A function as GSL's minimizers take it: Rosenbrock's, f = (1 - u)^2 + 100 (v - u^2)^2. */
static double banana(const gsl_vector *x, void *params)
{
	const double u = gsl_vector_get(x, 0), v = gsl_vector_get(x, 1);
	(void)params;
	return (1 - u) * (1 - u) + 100 * (v - u * u) * (v - u * u);
}

static void banana_df(const gsl_vector *x, void *params, gsl_vector *g)
{
	const double u = gsl_vector_get(x, 0), v = gsl_vector_get(x, 1);
	(void)params;
	gsl_vector_set(g, 0, -2 * (1 - u) - 400 * u * (v - u * u));
	gsl_vector_set(g, 1, 200 * (v - u * u));
}

static void banana_fdf(const gsl_vector *x, void *params, double *f, gsl_vector *g)
{
	*f = banana(x, params);
	banana_df(x, params, g);
}

START_TEST(the_minimizer_gets_the_right_gradient)
{
	gsl_multimin_function_fdf fdf = {banana, banana_df, banana_fdf, 2, NULL};
	double start[] = {-1.2, 0.9};
	const gsl_vector_view x = gsl_vector_view_array(start, 2);
	hg_ck_assert_multimin(&fdf, &x.vector, NULL);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("gradients");
	TCase *tc = tcase_create("gradient");
	tcase_add_test(tc, softmax_has_the_gradient_of_the_lecture);
	tcase_add_test(tc, the_minimizer_gets_the_right_gradient);
	suite_add_tcase(suite, tc);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
