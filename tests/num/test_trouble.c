/* What goes wrong around the engine: functions that fail or lie, memory that runs out, threads, rounding modes that do
 * not arrive. A status or an honest verdict, never a crash, never a change to the caller's data. */
#include "../trap.h"

#include "handgrad.h"

#include <fenv.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

/* ---- memory that runs out: the n-th allocation fails --------------------------------------------------- */

static long allocations_left = -1; /* negative: no end of them */

static bool granted(void) { return allocations_left < 0 || allocations_left-- > 0; }

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);

void *__wrap_malloc(size_t size) { return granted() ? __real_malloc(size) : NULL; }
void *__wrap_calloc(size_t n, size_t size) { return granted() ? __real_calloc(n, size) : NULL; }
void *__wrap_realloc(void *p, size_t size) { return granted() ? __real_realloc(p, size) : NULL; }

/* ---- f(W, b) = sum_j log cosh(sum_i W_ij + b_j), with all that can be wrong about it ------------------- */

typedef struct trouble {
	enum { NOTHING, FAILS, NOT_A_NUMBER, INFINITE, FAILS_NEARBY, OWN_ROUNDING } value;
	enum { HONEST, LIES, LIES_AT_ONE_ENTRY, POKE_FAILS, NO_MEMORY } poke;
	enum { RIGHT, ONE_WRONG, WRITES_NOTHING, CLAIM_FAILS } claim;
	long drops;
} trouble;

static double column(const gsl_matrix *const x[], size_t j)
{
	double z = gsl_matrix_get(x[1], 0, j);
	for (size_t i = 0; i < x[0]->size1; i++)
		z += gsl_matrix_get(x[0], i, j);
	return z;
}

static int value(const gsl_matrix *const x[], void *params, double *f)
{
	const trouble *t = params;
	const int mode = fegetround();
	if (t->value == FAILS || (t->value == FAILS_NEARBY && gsl_matrix_get(x[0], 0, 0) > 0.5))
		return 1;
	if (t->value == OWN_ROUNDING)
		fesetround(FE_TONEAREST);
	*f = t->value == NOT_A_NUMBER ? NAN : t->value == INFINITE ? INFINITY : 0;
	for (size_t j = 0; j < x[0]->size2; j++)
		*f += log(cosh(column(x, j)));
	if (t->value == OWN_ROUNDING)
		fesetround(mode);
	return 0;
}

static int claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const trouble *t = params;
	if (t->claim == CLAIM_FAILS)
		return 1;
	for (size_t b = 0; b < 2 && t->claim != WRITES_NOTHING; b++)
		for (size_t i = 0; g[b] && i < g[b]->size1; i++)
			for (size_t j = 0; j < g[b]->size2; j++)
				gsl_matrix_set(g[b], i, j,
				               tanh(column(x, j)) * (t->claim == ONE_WRONG && b == 1 && j == 2 ? 2 : 1));
	return 0;
}

typedef struct kept {
	trouble *t;
	double f, z[8];
} kept;

static void *keep(const gsl_matrix *const x[], void *params)
{
	trouble *t = params;
	if (t->poke == NO_MEMORY)
		return NULL;
	static kept k;
	k = (kept){.t = t};
	for (size_t j = 0; j < x[0]->size2; j++)
		k.z[j] = column(x, j);
	value(x, params, &k.f);
	return &k;
}

static const double *the_point; /* W, 3 x 4, then b, 1 x 4 */

static int poke(void *self, size_t block, size_t i, size_t j, double at, double *f)
{
	const kept *k = self;
	const double here = the_point[block == 0 ? i * 4 + j : 12 + j], z = k->z[j];
	const bool lies =
	    k->t->poke == LIES || (k->t->poke == LIES_AT_ONE_ENTRY && block == 0 && i == 1 && j == 1);
	if (k->t->poke == POKE_FAILS)
		return 1;
	*f = k->f + log(cosh(z + (lies ? 2 : 1) * (at - here))) - log(cosh(z));
	return 0;
}

static void drop(void *self) { ((kept *)self)->t->drops++; }

static hg_point make_point(void)
{
	hg_point at = {0};
	gsl_matrix *W = NULL, *b = NULL;
	static double all[16];
	if (hg_point_add(&at, "W", 3, 4, &W) || hg_point_add(&at, "b", 1, 4, &b))
		return at;
	for (size_t k = 0; k < 16; k++)
		all[k] = 0.4 * sin(2.385 * (double)k + 1);
	memcpy(W->data, all, 12 * sizeof *all);
	memcpy(b->data, all + 12, 4 * sizeof *all);
	the_point = all;
	return at;
}

static hg_status run(trouble *t, bool with_poke, const hg_settings *settings, hg_verdict **v)
{
	const hg_function f = {value, with_poke ? keep : NULL, with_poke ? poke : NULL, with_poke ? drop : NULL,
	                       t};
	const hg_gradient g = {claim, t};
	hg_point at = make_point();
	const hg_status status = at.nblocks == 2 ? hg_check(&f, &g, &at, settings, v) : HG_ENOMEM;
	hg_point_clear(&at);
	return status;
}

static hg_outcome outcome(trouble t, bool with_poke, unsigned long *pokes)
{
	hg_verdict *v;
	ck_assert_int_eq(run(&t, with_poke, NULL, &v), HG_OK);
	const hg_outcome o = v->outcome;
	if (pokes)
		*pokes = v->pokes;
	ck_assert_int_eq(t.drops, with_poke && t.poke != NO_MEMORY);
	hg_verdict_free(v);
	return o;
}

START_TEST(values_that_cannot_be_had_are_no_verdict)
{
	static const int kinds[] = {FAILS, NOT_A_NUMBER, INFINITE};
	for (size_t k = 0; k < 3; k++) {
		trouble t = {.value = (int)kinds[k]};
		hg_verdict *v;
		ck_assert_int_eq(run(&t, false, NULL, &v), HG_OK);
		ck_assert_uint_eq(v->cannot_tell, 16);
		for (size_t e = 0; e < v->nentries; e++)
			ck_assert(v->entry[e].class == HG_DOMAIN && v->entry[e].reason == HG_NO_DERIVATIVE);
		hg_verdict_free(v);
	}
	ck_assert(outcome((trouble){.value = FAILS_NEARBY}, false, NULL) ==
	          HG_AGREES); /* smaller steps avoid it */
}
END_TEST

START_TEST(a_claim_that_fails_is_a_status_and_one_that_writes_nothing_disagrees)
{
	trouble fails = {.claim = CLAIM_FAILS}, nothing = {.claim = WRITES_NOTHING};
	hg_verdict *v = (hg_verdict *)&fails;
	ck_assert_int_eq(run(&fails, false, NULL, &v), HG_EFUNC);
	ck_assert_ptr_null(v);
	ck_assert_int_eq(run(&nothing, false, NULL, &v), HG_OK);
	ck_assert_uint_eq(v->disagree, 16);
	ck_assert(v->reason == HG_CLAIM_NOT_FINITE);
	hg_verdict_free(v);
}
END_TEST

START_TEST(a_poke_is_used_and_a_lying_one_is_found)
{
	unsigned long pokes;
	ck_assert(outcome((trouble){.poke = HONEST}, true, &pokes) == HG_AGREES);
	ck_assert_uint_gt(pokes, 100);
	ck_assert(outcome((trouble){.poke = HONEST, .claim = ONE_WRONG}, true, NULL) == HG_DISAGREES);
	ck_assert(outcome((trouble){.poke = LIES}, true, NULL) == HG_AGREES);
	ck_assert(outcome((trouble){.poke = LIES, .claim = ONE_WRONG}, true, NULL) == HG_DISAGREES);
	ck_assert(outcome((trouble){.poke = LIES_AT_ONE_ENTRY}, true, NULL) == HG_AGREES);
	ck_assert(outcome((trouble){.poke = POKE_FAILS}, true, NULL) == HG_AGREES);
	ck_assert(outcome((trouble){.poke = NO_MEMORY}, true, &pokes) == HG_AGREES);
	ck_assert_uint_eq(pokes, 0);
}
END_TEST

/* The poke lies at one entry in favour of a wrong claim there. */
static int bribed_claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	int failed = claim(x, params, g);
	gsl_matrix_set(g[0], 1, 1, 2 * gsl_matrix_get(g[0], 1, 1));
	return failed;
}

START_TEST(a_poke_that_vouches_for_a_wrong_claim_is_found)
{
	trouble t = {.poke = LIES_AT_ONE_ENTRY};
	const hg_function f = {value, keep, poke, drop, &t};
	const hg_gradient g = {bribed_claim, &t};
	hg_point at = make_point();
	hg_verdict *v;
	ck_assert_int_eq(hg_check(&f, &g, &at, NULL, &v), HG_OK);
	ck_assert_uint_eq(v->disagree, 1);
	ck_assert_uint_eq(v->worst, 5);
	hg_verdict_free(v);
	hg_point_clear(&at);
}
END_TEST

START_TEST(a_budget_ends_the_work_honestly)
{
	for (size_t limit = 1; limit < 400; limit += 7) {
		trouble t = {.claim = ONE_WRONG};
		const hg_settings few = {.max_evaluations = limit};
		hg_verdict *v;
		ck_assert_int_eq(run(&t, false, &few, &v), HG_OK);
		ck_assert_uint_le(v->evaluations + v->pokes, limit);
		ck_assert_uint_eq(v->agree + v->disagree + v->cannot_tell, 16);
		ck_assert_uint_le(v->disagree, 1);
		if (v->evaluations == limit)
			ck_assert_uint_gt(v->cannot_tell, 0);
		hg_verdict_free(v);
	}
}
END_TEST

START_TEST(every_allocation_may_fail)
{
	trouble t = {.claim = ONE_WRONG};
	hg_status status = HG_ENOMEM;
	long n = 0;
	for (; status == HG_ENOMEM && n < 1000; n++) {
		hg_verdict *v = NULL;
		allocations_left = n;
		status = run(&t, true, NULL, &v);
		allocations_left = -1;
		ck_assert((status == HG_OK) == (v != NULL));
		hg_verdict_free(v);
	}
	ck_assert_int_eq(status, HG_OK);
	ck_assert_int_gt(n, 10);
}
END_TEST

START_TEST(every_allocation_of_a_path_and_a_message_may_fail)
{
	trouble t = {0};
	const hg_function f = {.value = value, .params = &t};
	const hg_gradient g = {claim, &t};
	hg_point a = make_point(), b = make_point();
	hg_verdict *v;
	hg_entry e;
	hg_status status = HG_ENOMEM;
	char *message = NULL;
	for (size_t k = 0; k < 12; k++)
		b.block[0].x->data[k] += 1;
	for (long n = 0; status == HG_ENOMEM; n++) {
		allocations_left = n;
		status = hg_check_path(&f, &g, &a, &b, NULL, &e);
		allocations_left = -1;
	}
	ck_assert_int_eq(status, HG_OK);
	ck_assert(e.outcome == HG_AGREES);
	ck_assert_int_eq(hg_check(&f, &g, &a, NULL, &v), HG_OK);
	for (long n = 0; !message; n++) {
		allocations_left = n;
		message = hg_verdict_message(v, &a, "g");
		allocations_left = -1;
		ck_assert_int_lt(n, 20);
	}
	free(message);
	hg_verdict_free(v);
	hg_point_clear(&a);
	hg_point_clear(&b);
}
END_TEST

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
	Suite *suite = suite_create("trouble");
	TCase *tc = tcase_create("trouble");
	TRAP(tc);
	tcase_add_test(tc, values_that_cannot_be_had_are_no_verdict);
	tcase_add_test(tc, a_claim_that_fails_is_a_status_and_one_that_writes_nothing_disagrees);
	tcase_add_test(tc, a_poke_is_used_and_a_lying_one_is_found);
	tcase_add_test(tc, a_poke_that_vouches_for_a_wrong_claim_is_found);
	tcase_add_test(tc, a_budget_ends_the_work_honestly);
	tcase_add_test(tc, every_allocation_may_fail);
	tcase_add_test(tc, every_allocation_of_a_path_and_a_message_may_fail);
	tcase_add_test(tc, without_the_probe_noise_is_estimated_and_said_to_be);
	tcase_add_test(tc, noise_that_nobody_hears_never_convicts);
	tcase_add_test(tc, rounding_mode_and_error_handler_are_as_before);
	tcase_add_test(tc, views_and_their_surroundings_are_left_alone);
	tcase_add_test(tc, threads_do_not_meet);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
