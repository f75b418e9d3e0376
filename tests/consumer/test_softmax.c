/* Somebody else's project: softmax with cross-entropy, L = log sum_j exp z_j - z_k summed over the columns of Z, and
 * dL/dZ = softmax(Z) - Y. With -DWRONG it forgets Y in one column, and the test must say so. */
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

int main(void)
{
	Suite *suite = suite_create("softmax");
	TCase *tc = tcase_create("gradient");
	tcase_add_test(tc, softmax_has_the_gradient_of_the_lecture);
	suite_add_tcase(suite, tc);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
