/* A claim about matrices, entry by entry. */
#include "../trap.h"

#include "handgrad.h"
#include "num/line.h"

#include <fenv.h>
#include <math.h>
#include <string.h>

/* f = sum_ij (A x B)_ij^2 / 2, so that df/dx = A^T (A x B) B^T is easily got wrong. */
static int quadratic(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = 0;
	for (size_t i = 0; i < x[0]->size1; i++)
		for (size_t j = 0; j < x[2]->size2; j++) {
			double s = 0;
			for (size_t k = 0; k < x[1]->size1; k++)
				for (size_t l = 0; l < x[1]->size2; l++)
					s += gsl_matrix_get(x[0], i, k) * gsl_matrix_get(x[1], k, l) * gsl_matrix_get(x[2], l, j);
			*f += s * s / 2;
		}
	return 0;
}

static int quadratic_claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	ck_assert_ptr_null(g[0]);
	ck_assert_ptr_nonnull(g[1]);
	for (size_t k = 0; k < x[1]->size1; k++)
		for (size_t l = 0; l < x[1]->size2; l++) {
			double sum = 0;
			for (size_t i = 0; i < x[0]->size1; i++)
				for (size_t j = 0; j < x[2]->size2; j++) {
					double s = 0;
					for (size_t p = 0; p < x[1]->size1; p++)
						for (size_t q = 0; q < x[1]->size2; q++)
							s += gsl_matrix_get(x[0], i, p) * gsl_matrix_get(x[1], p, q) *
							     gsl_matrix_get(x[2], q, j);
					sum += s * gsl_matrix_get(x[0], i, k) * gsl_matrix_get(x[2], l, j);
				}
			gsl_matrix_set(g[1], k, l, sum * (params && k == 1 && l == 2 ? 1.01 : 1));
		}
	return 0;
}

static hg_point quadratic_point(void)
{
	hg_point point = {0};
	const size_t size[][2] = {{2, 3}, {3, 4}, {4, 2}};
	const char *const name[] = {"A", "X", "B"};
	for (size_t b = 0; b < 3; b++) {
		gsl_matrix *m;
		ck_assert_int_eq(hg_point_add(&point, name[b], size[b][0], size[b][1], &m), HG_OK);
		for (size_t k = 0; k < size[b][0] * size[b][1]; k++)
			m->data[k] = sin(2.385 * (double)(k + 1) + (double)b);
		point.block[b].wrt = b == 1;
	}
	return point;
}

START_TEST(every_entry_is_judged_and_the_wrong_one_named)
{
	hg_point point = quadratic_point();
	hg_function f = {.value = quadratic};
	hg_gradient right = {.value = quadratic_claim}, wrong = {.value = quadratic_claim, .params = &point};
	hg_verdict *v;
	ck_assert_int_eq(hg_check(&f, &right, &point, NULL, &v), HG_OK);
	ck_assert_uint_eq(v->nentries, 12);
	ck_assert_uint_eq(v->agree, 12);
	ck_assert(v->outcome == HG_AGREES);
	hg_verdict_free(v);
	ck_assert_int_eq(hg_check(&f, &wrong, &point, NULL, &v), HG_OK);
	ck_assert_uint_eq(v->disagree, 1);
	ck_assert_uint_eq(v->worst, 6);
	ck_assert_uint_eq(v->entry[6].i, 1);
	ck_assert_uint_eq(v->entry[6].j, 2);
	ck_assert_double_eq_tol(v->max_rel, 0.01 / 1.01, 1e-9);
	hg_verdict_free(v);
	hg_point_clear(&point);
}
END_TEST

START_TEST(a_second_claim_costs_no_evaluation)
{
	hg_point point = quadratic_point();
	hg_function f = {.value = quadratic};
	hg_gradient right = {.value = quadratic_claim}, wrong = {.value = quadratic_claim, .params = &point};
	hg_verdict *v;
	ck_assert_int_eq(hg_differentiate(&f, &point, NULL, &v), HG_OK);
	unsigned long spent = v->evaluations;
	ck_assert_int_eq(hg_compare(&wrong, &point, NULL, v), HG_OK);
	ck_assert(v->outcome == HG_DISAGREES);
	ck_assert_int_eq(hg_compare(&right, &point, NULL, v), HG_OK);
	ck_assert(v->outcome == HG_AGREES);
	ck_assert_uint_eq(v->evaluations, spent);
	hg_verdict_free(v);
	hg_point_clear(&point);
}
END_TEST

START_TEST(no_seed_changes_a_verdict)
{
	hg_point point = quadratic_point();
	hg_function f = {.value = quadratic};
	hg_gradient claims[] = {{.value = quadratic_claim}, {.value = quadratic_claim, .params = &point}};
	for (unsigned long seed = 0; seed < 1000; seed++)
		for (size_t k = 0; k < 2; k++) {
			const hg_settings settings = {.seed = seed * seed};
			hg_verdict *v;
			ck_assert_int_eq(hg_check(&f, &claims[k], &point, &settings, &v), HG_OK);
			ck_assert_uint_eq(v->agree, 12 - k);
			ck_assert_uint_eq(v->disagree, k);
			hg_verdict_free(v);
		}
	hg_point_clear(&point);
}
END_TEST

START_TEST(a_message_names_the_entry_and_the_numbers)
{
	hg_point point = quadratic_point();
	hg_function f = {.value = quadratic};
	hg_gradient right = {.value = quadratic_claim}, wrong = {.value = quadratic_claim, .params = &point};
	hg_verdict *v;
	ck_assert_int_eq(hg_check(&f, &wrong, &point, NULL, &v), HG_OK);
	char *message = hg_verdict_message(v, &point, "dX");
	ck_assert_ptr_nonnull(strstr(message, "disagrees: dX is not what differentiation gives\n  --> dX: 1 of 12 entries\n"));
	ck_assert_ptr_nonnull(strstr(message, "= checked   at 1 point, steps of about"));
	ck_assert_ptr_nonnull(strstr(message, "= worst at  X[2,3]"));
	ck_assert_ptr_nonnull(strstr(message, "= pattern   yours / numerical = 1.01 wherever they differ"));
	free(message);
	ck_assert_int_eq(hg_compare(&right, &point, NULL, v), HG_OK);
	message = hg_verdict_message(v, &point, "dX");
	ck_assert_ptr_nonnull(strstr(message, "dX agrees to 1"));
	ck_assert_ptr_nonnull(strstr(message, " digits at 1 point\n"));
	free(message);
	hg_verdict_free(v);
	hg_point_clear(&point);
}
END_TEST

START_TEST(inputs_and_rounding_mode_are_as_before)
{
	hg_point point = quadratic_point();
	hg_function f = {.value = quadratic};
	hg_gradient right = {.value = quadratic_claim};
	double before[12];
	hg_verdict *v;
	memcpy(before, point.block[1].x->data, sizeof before);
	fesetround(FE_UPWARD);
	ck_assert_int_eq(hg_check(&f, &right, &point, NULL, &v), HG_OK);
	ck_assert_int_eq(fegetround(), FE_UPWARD);
	fesetround(FE_TONEAREST);
	ck_assert(v->outcome == HG_AGREES);
	ck_assert_int_eq(memcmp(before, point.block[1].x->data, sizeof before), 0);
	hg_verdict_free(v);
	hg_point_clear(&point);
}
END_TEST

/* f = 1 + 1e-5 sum sin x_j of the first 30 entries + sum |x_j - 1e-7| of the last 10. The first are certified at once but
 * not sharply, which uses up what is allowed for sharpening; the last need the full scan all the same. */
static int mixed(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = 1;
	for (size_t j = 0; j < 40; j++)
		*f += j < 30 ? 1e-5 * sin(gsl_matrix_get(x[0], 0, j)) : fabs(gsl_matrix_get(x[0], 0, j) - 1e-7);
	return 0;
}

static int mixed_claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	for (size_t j = 0; j < 40; j++)
		gsl_matrix_set(g[0], 0, j,
		               j < 30    ? 1e-5 * cos(gsl_matrix_get(x[0], 0, j))
		               : j == 39 ? *(double *)params
		                         : -1);
	return 0;
}

START_TEST(no_entry_goes_unjudged)
{
	hg_point point = {0};
	gsl_matrix *x;
	hg_verdict *v;
	double last = -1;
	hg_function f = {.value = mixed};
	hg_gradient g = {.value = mixed_claim, .params = &last};
	ck_assert_int_eq(hg_point_add(&point, "x", 1, 40, &x), HG_OK);
	for (size_t j = 0; j < 30; j++)
		gsl_matrix_set(x, 0, j, 0.1 * (double)j);
	ck_assert_int_eq(hg_check(&f, &g, &point, NULL, &v), HG_OK);
	ck_assert(v->outcome == HG_AGREES);
	for (size_t k = 0; k < v->nentries; k++)
		ck_assert(isfinite(v->entry[k].claimed) && v->entry[k].abserr > 0);
	hg_verdict_free(v);
	last = 1;
	ck_assert_int_eq(hg_check(&f, &g, &point, NULL, &v), HG_OK);
	ck_assert_uint_eq(v->disagree, 1);
	ck_assert_uint_eq(v->worst, 39);
	hg_verdict_free(v);
	hg_point_clear(&point);
}
END_TEST

START_TEST(unusable_arguments_are_refused)
{
	hg_point point = quadratic_point(), none = {0};
	hg_function f = {.value = quadratic}, no_f = {0};
	hg_gradient g = {.value = quadratic_claim};
	hg_settings bad = {.rtol = NAN};
	hg_verdict *v;
	gsl_matrix *x;
	ck_assert_int_eq(hg_check(&f, &g, &point, NULL, NULL), HG_EINVAL);
	ck_assert_int_eq(hg_check(&no_f, &g, &point, NULL, &v), HG_EINVAL);
	ck_assert_int_eq(hg_check(&f, NULL, &point, NULL, &v), HG_EINVAL);
	ck_assert_int_eq(hg_check(&f, &g, &none, NULL, &v), HG_EINVAL);
	ck_assert_int_eq(hg_check(&f, &g, &point, &bad, &v), HG_EINVAL);
	ck_assert_ptr_null(v);
	point.block[1].wrt = false;
	ck_assert_int_eq(hg_check(&f, &g, &point, NULL, &v), HG_EINVAL);
	ck_assert_int_eq(hg_point_add(&point, "empty", 0, 3, &x), HG_ESIZE);
	ck_assert_int_eq(hg_point_add(&point, "huge", (size_t)1 << 32, (size_t)1 << 32, &x), HG_ESIZE);
	ck_assert_int_eq(hg_point_add(&point, "huge", ((size_t)1 << 61) + 1, 1, &x), HG_ESIZE);
	ck_assert_ptr_null(x);
	hg_point_clear(&point);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("check");
	TCase *tc = tcase_create("check");
	TRAP(tc);
	tcase_add_test(tc, every_entry_is_judged_and_the_wrong_one_named);
	tcase_add_test(tc, a_second_claim_costs_no_evaluation);
	tcase_add_test(tc, no_seed_changes_a_verdict);
	tcase_add_test(tc, a_message_names_the_entry_and_the_numbers);
	tcase_add_test(tc, inputs_and_rounding_mode_are_as_before);
	tcase_add_test(tc, no_entry_goes_unjudged);
	tcase_add_test(tc, unusable_arguments_are_refused);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
