/* The engine in company: rounding modes that do not arrive or are not the usual one, error handlers, views into larger
 * matrices, threads. Never a change to the caller's data. */
#include "trouble.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_log.h>
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
		              hg_class_text(v->entry[0].kind));
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

/* ---- functions that use GSL, whose handler aborts by default --------------------------------------------- */

/* Steps as long as x leave the domain of the logarithm, where GSL calls its handler. */
static int gsl_log(const gsl_matrix *const x[], void *params, double *f)
{
	*(unsigned long *)params += gsl_matrix_get(x[0], 0, 0) <= 0;
	*f = gsl_sf_log(gsl_matrix_get(x[0], 0, 0));
	return 0;
}

static int gsl_log_claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	(void)params;
	if (gsl_matrix_get(x[0], 0, 0) < 0.05)
		GSL_ERROR("not so near to 0", GSL_EDOM);
	gsl_matrix_set(g[0], 0, 0, 1 / gsl_matrix_get(x[0], 0, 0));
	return 0;
}

/* Everything that asks the caller's functions, at x and at y. */
static void ask_everything(unsigned long *outside, double x, double y)
{
	const hg_function f = {.value = gsl_log, .params = outside};
	const hg_gradient g = {gsl_log_claim, NULL};
	hg_point at = {0}, to = {0};
	gsl_matrix *a, *b;
	hg_verdict *v;
	hg_entry e;
	if (hg_point_add(&at, "x", 1, 1, &a) || hg_point_add(&to, "x", 1, 1, &b))
		return;
	gsl_matrix_set(a, 0, 0, x);
	gsl_matrix_set(b, 0, 0, y);
	if (!hg_differentiate(&f, &at, NULL, &v)) {
		hg_compare(&g, &at, NULL, v);
		hg_verdict_free(v);
	}
	if (!hg_check(&f, &g, &at, NULL, &v))
		hg_verdict_free(v);
	hg_check_path(&f, &g, &at, &to, NULL, &e);
	hg_point_clear(&at);
	hg_point_clear(&to);
}

static void some_handler(const char *reason, const char *file, int line, int gsl_errno)
{
	ck_abort_msg("the caller's handler was called: %s, %s:%d, %d", reason, file, line, gsl_errno);
}

START_TEST(functions_may_leave_the_domain_of_gsl)
{
	gsl_error_handler_t *handlers[] = {NULL, some_handler};
	for (size_t k = 0; k < 2; k++) {
		unsigned long outside = 0;
		gsl_set_error_handler(handlers[k]);
		ask_everything(&outside, 0.06, 0.5);
		ask_everything(&outside, 0.02, -0.5); /* here the claim calls GSL's handler too */
		ck_assert_uint_gt(outside, 0);
		ck_assert(gsl_set_error_handler(NULL) == handlers[k]);
	}
}
END_TEST

static void *ask_in_a_thread(void *unused)
{
	unsigned long outside = 0;
	for (int again = 0; again < 50; again++)
		ask_everything(&outside, 0.06, 0.5);
	return unused;
}

START_TEST(the_handler_comes_back_when_the_last_thread_is_done)
{
	pthread_t thread[4];
	gsl_set_error_handler(some_handler);
	for (size_t k = 0; k < 4; k++)
		ck_assert_int_eq(pthread_create(&thread[k], NULL, ask_in_a_thread, NULL), 0);
	for (size_t k = 0; k < 4; k++)
		pthread_join(thread[k], NULL);
	ck_assert(gsl_set_error_handler(NULL) == some_handler);
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
	hg_block blocks[] = {{.name = "W", .x = &W.matrix, .wrt = true}, {.name = "b", .x = &b.matrix, .wrt = true}};
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
		ck_assert_int_eq(memcmp(&entry[k], &alone, offsetof(hg_entry, kind)), 0); /* what follows ends in padding */
		ck_assert(entry[k].kind == alone.kind && entry[k].outcome == alone.outcome && entry[k].reason == alone.reason);
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
	tcase_add_test(tc, functions_may_leave_the_domain_of_gsl);
	tcase_add_test(tc, the_handler_comes_back_when_the_last_thread_is_done);
	tcase_add_test(tc, views_and_their_surroundings_are_left_alone);
	tcase_add_test(tc, threads_do_not_meet);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
