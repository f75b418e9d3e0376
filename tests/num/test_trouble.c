/* Functions that fail or lie, memory that runs out: a status or an honest verdict, never a crash. */
#include "trouble.h"

#include "handgrad-outputs.h"

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

/* ---- what may be wrong -------------------------------------------------------------------------------- */

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
	static const unsigned kinds[] = {FAILS, NOT_A_NUMBER, INFINITE};
	for (size_t k = 0; k < 3; k++) {
		trouble t = {.value = kinds[k]};
		hg_verdict *v;
		ck_assert_int_eq(run(&t, false, NULL, &v), HG_OK);
		ck_assert_uint_eq(v->cannot_tell, 16);
		for (size_t e = 0; e < v->nentries; e++)
			ck_assert(v->entry[e].kind == HG_DOMAIN && v->entry[e].reason == HG_NO_DERIVATIVE);
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

static int two_values(const gsl_matrix *const x[], void *params, gsl_vector *y)
{
	(void)params;
	gsl_vector_set(y, 0, sin(gsl_matrix_get(x[0], 0, 0)) + gsl_matrix_get(x[0], 0, 1));
	gsl_vector_set(y, 1, gsl_matrix_get(x[0], 0, 1) * gsl_matrix_get(x[0], 0, 1));
	return 0;
}

static int two_rows(const gsl_matrix *const x[], void *params, gsl_matrix *const J[])
{
	(void)params;
	gsl_matrix_set(J[0], 0, 0, cos(gsl_matrix_get(x[0], 0, 0)));
	gsl_matrix_set(J[0], 0, 1, 1);
	gsl_matrix_set(J[0], 1, 0, 0);
	gsl_matrix_set(J[0], 1, 1, 2 * gsl_matrix_get(x[0], 0, 1));
	return 0;
}

static bool lower(void *params, size_t output, size_t block, size_t i, size_t j)
{
	(void)params;
	return output <= block + i + j;
}

/* The gradient cos x_0, 2 x_1 has the Hessian diag(-sin x_0, 2). */
static int slopes_of_two(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	(void)params;
	gsl_matrix_set(g[0], 0, 0, cos(gsl_matrix_get(x[0], 0, 0)));
	gsl_matrix_set(g[0], 0, 1, 2 * gsl_matrix_get(x[0], 0, 1));
	return 0;
}

static int times_two(const gsl_matrix *const x[], const gsl_matrix *const v[], void *params, gsl_matrix *const p[])
{
	(void)params;
	gsl_matrix_set(p[0], 0, 0, -sin(gsl_matrix_get(x[0], 0, 0)) * gsl_matrix_get(v[0], 0, 0));
	gsl_matrix_set(p[0], 0, 1, 2 * gsl_matrix_get(v[0], 0, 1));
	return 0;
}

/* A place that cannot be remembered is asked for again: the verdict is the same. */
START_TEST(every_allocation_of_a_jacobian_and_a_product_may_fail)
{
	hg_point at = {0};
	gsl_matrix *x;
	ck_assert_int_eq(hg_point_add(&at, "x", 1, 2, &x), HG_OK);
	x->data[0] = 0.4;
	x->data[1] = 1.3;
	hg_status status = HG_ENOMEM;
	for (long n = 0; n < 150; n++) {
		hg_jacobian_verdict *v = (hg_jacobian_verdict *)&at;
		allocations_left = n;
		status = hg_check_jacobian(&(hg_vector_function){two_values, 2, NULL}, &(hg_jacobian){two_rows, lower, NULL}, &at, NULL, &v);
		allocations_left = -1;
		ck_assert((status == HG_OK) == (v != NULL));
		ck_assert(!v || (v->agree == 4 && v->outcome == HG_AGREES));
		hg_jacobian_verdict_free(v);
	}
	ck_assert_int_eq(status, HG_OK);
	for (long n = 0; n < 150; n++) {
		hg_verdict *v = (hg_verdict *)&at;
		allocations_left = n;
		status = hg_check_hessian_vector(&(hg_gradient){.value = slopes_of_two}, &(hg_product){.value = times_two}, &at, NULL, NULL, &v);
		allocations_left = -1;
		ck_assert((status == HG_OK) == (v != NULL));
		ck_assert(!v || v->outcome == HG_AGREES);
		hg_verdict_free(v);
	}
	ck_assert_int_eq(status, HG_OK);
	hg_point_clear(&at);
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
	tcase_add_test(tc, every_allocation_of_a_jacobian_and_a_product_may_fail);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
