/* The engine in company: rounding modes that do not arrive or are not the usual one, error handlers, views into larger
 * matrices, threads. Never a change to the caller's data. */
#include "trouble.h"

#include <gsl/gsl_errno.h>
#include <pthread.h>

START_TEST(without_the_probe_noise_is_estimated_and_said_to_be)
{
	trouble right = {.value = OWN_ROUNDING}, wrong = {.value = OWN_ROUNDING, .claim = ONE_WRONG};
	hg_verdict *v;
	ck_assert_int_eq(run(&right, false, NULL, &v), HG_OK);
	ck_assert(v->outcome == HG_AGREES && !v->probe_works);
	hg_verdict_free(v);
	ck_assert_int_eq(run(&wrong, false, NULL, &v), HG_OK);
	ck_assert_uint_eq(v->disagree, 1);
	hg_verdict_free(v);
}
END_TEST

/* Cancellation that nobody hears: in single precision, and deaf to the rounding mode. */
static int deaf(const gsl_matrix *const x[], void *params, double *f)
{
	const int mode = fegetround();
	fesetround(FE_TONEAREST);
	const volatile float big = 4000, s = sinf((float)gsl_matrix_get(x[0], 0, 0)), sum = big + s;
	*f = *(double *)params * (sum - big);
	fesetround(mode);
	return 0;
}

static int deaf_claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	gsl_matrix_set(g[0], 0, 0, *(double *)params * cos(gsl_matrix_get(x[0], 0, 0)));
	return 0;
}

START_TEST(noise_that_nobody_hears_never_convicts)
{
	size_t deaf_points = 0;
	double scale = 1;
	const hg_function f = {.value = deaf, .params = &scale};
	const hg_gradient g = {deaf_claim, &scale};
	for (int k = 0; k < 400; k++) {
		hg_point at = {0};
		gsl_matrix *x;
		hg_verdict *v;
		ck_assert_int_eq(hg_point_add(&at, "x", 1, 1, &x), HG_OK);
		gsl_matrix_set(x, 0, 0, 0.017 * k - 3);
		ck_assert_int_eq(hg_check(&f, &g, &at, NULL, &v), HG_OK);
		ck_assert_msg(v->outcome != HG_DISAGREES, "at %g: %g claimed, %g +- %g (%s)", x->data[0],
		              v->entry[0].claimed, v->entry[0].numerical, v->entry[0].abserr,
		              hg_class_text(v->entry[0].class));
		deaf_points += !v->probe_works;
		hg_verdict_free(v);
		hg_point_clear(&at);
	}
	ck_assert_uint_gt(deaf_points, 350);
}
END_TEST

START_TEST(rounding_mode_and_error_handler_are_as_before)
{
	static const int modes[] = {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO, FE_TONEAREST};
	for (size_t k = 0; k < 4; k++) {
		trouble ways[] = {{0}, {.value = FAILS}, {.claim = CLAIM_FAILS}, {.poke = LIES}};
		for (size_t w = 0; w < 4; w++) {
			hg_verdict *v;
			gsl_error_handler_t *before = gsl_set_error_handler_off(), *after;
			gsl_set_error_handler(before);
			fesetround(modes[k]);
			run(&ways[w], w == 3, NULL, &v);
			const int mode = fegetround();
			fesetround(FE_TONEAREST);
			ck_assert_int_eq(mode, modes[k]);
			after = gsl_set_error_handler_off();
			ck_assert(after == before);
			gsl_set_error_handler(after);
			hg_verdict_free(v);
		}
	}
}
END_TEST

START_TEST(views_and_their_surroundings_are_left_alone)
{
	gsl_matrix *all = gsl_matrix_alloc(6, 9), *copy = gsl_matrix_alloc(6, 9);
	trouble t = {0};
	const hg_function f = {.value = value, .params = &t};
	const hg_gradient g = {claim, &t};
	hg_verdict *v;
	for (size_t k = 0; k < 54; k++)
		all->data[k] = cos(1.7 * (double)k) / 3;
	gsl_matrix_memcpy(copy, all);
	gsl_matrix_view W = gsl_matrix_submatrix(all, 1, 2, 3, 4), b = gsl_matrix_submatrix(all, 5, 1, 1, 4);
	hg_block blocks[] = {{"W", &W.matrix, true}, {"b", &b.matrix, true}};
	const hg_point at = {.nblocks = 2, .block = blocks};
	ck_assert_int_eq(hg_check(&f, &g, &at, NULL, &v), HG_OK);
	ck_assert(v->outcome == HG_AGREES);
	ck_assert_int_eq(memcmp(all->data, copy->data, 54 * sizeof(double)), 0);
	hg_verdict_free(v);
	gsl_matrix_free(all);
	gsl_matrix_free(copy);
}
END_TEST

/* ---- threads: the same bytes as alone ------------------------------------------------------------------ */

enum { THREADS = 4 };

static void *in_a_thread(void *result)
{
	hg_verdict *v;
	trouble t = {.claim = ONE_WRONG};
	const hg_function f = {.value = value, .params = &t};
	const hg_gradient g = {claim, &t};
	hg_point at = {0};
	gsl_matrix *W, *b;
	*(hg_entry *)result = (hg_entry){0};
	for (int again = 0; again < 20; again++) {
		if (hg_point_add(&at, "W", 3, 4, &W) || hg_point_add(&at, "b", 1, 4, &b))
			return NULL;
		for (size_t k = 0; k < 12; k++)
			W->data[k] = 0.1 * (double)k;
		if (hg_check(&f, &g, &at, NULL, &v))
			return NULL;
		*(hg_entry *)result = v->entry[v->worst];
		hg_verdict_free(v);
		hg_point_clear(&at);
	}
	return NULL;
}

START_TEST(threads_do_not_meet)
{
	pthread_t thread[THREADS];
	hg_entry entry[THREADS], alone;
	in_a_thread(&alone);
	ck_assert(alone.outcome == HG_DISAGREES);
	for (size_t k = 0; k < THREADS; k++)
		ck_assert_int_eq(pthread_create(&thread[k], NULL, in_a_thread, &entry[k]), 0);
	for (size_t k = 0; k < THREADS; k++) {
		pthread_join(thread[k], NULL);
		ck_assert_int_eq(memcmp(&entry[k], &alone, offsetof(hg_entry, class)), 0); /* what follows ends in padding */
		ck_assert(entry[k].class == alone.class && entry[k].outcome == alone.outcome && entry[k].reason == alone.reason);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("manners");
	TCase *tc = tcase_create("manners");
	TRAP(tc);
	tcase_add_test(tc, without_the_probe_noise_is_estimated_and_said_to_be);
	tcase_add_test(tc, noise_that_nobody_hears_never_convicts);
	tcase_add_test(tc, rounding_mode_and_error_handler_are_as_before);
	tcase_add_test(tc, views_and_their_surroundings_are_left_alone);
	tcase_add_test(tc, threads_do_not_meet);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
