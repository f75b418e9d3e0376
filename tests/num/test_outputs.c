/* Functions of several outputs: random ones, of any size. Each output is judged as it would be alone; right claims are
 * never refused, and one wrong entry, wherever it is, is found and named. */
#include "../trap.h"

#include "network.h"

static int value_alone(const gsl_matrix *const x[], void *params, double *f)
{
	const network *w = params;
	double at[MOST];
	flat(w, x, at);
	*f = output(w, w->alone, at);
	return 0;
}

static int slope_alone(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const network *w = params;
	double at[MOST];
	flat(w, x, at);
	for (size_t b = 0, k = 0; b < w->blocks; b++)
		for (size_t i = 0; i < x[b]->size1 * x[b]->size2; i++, k++)
			if (g[b])
				g[b]->data[i] = slope(w, w->alone, k, at);
	return 0;
}

START_TEST(right_jacobians_agree_and_one_wrong_entry_is_named)
{
	for (uint64_t seed = 0; seed < 300; seed++) {
		network w;
		hg_point at = draw(seed, &w);
		const hg_jacobian J = {.value = slopes, .params = &w};
		hg_jacobian_verdict *v = judged(&w, &at, &J);
		ck_assert_msg(v->outcome == HG_AGREES && v->disagree + v->cannot_tell == 0, "seed %lu", (unsigned long)seed);
		const size_t n = v->output[0]->nentries;
		hg_jacobian_verdict_free(v);
		plant(&w, n, seed);
		w.values = 0;
		v = judged(&w, &at, &J);
		ck_assert_msg(v->outcome == HG_DISAGREES && v->disagree == 1 && v->worst == w.wrong_output, "seed %lu", (unsigned long)seed);
		const hg_verdict *row = v->output[v->worst];
		ck_assert_uint_eq(row->worst, w.wrong_entry);
		const size_t block = row->entry[row->worst].block;
		for (size_t b = 0; b < w.blocks; b++) {
			const hg_verdict part = hg_verdict_of_block(row, b);
			ck_assert(part.outcome == (b == block ? HG_DISAGREES : at.block[b].wrt ? HG_AGREES : HG_CANNOT_TELL));
			ck_assert_uint_eq(part.nentries, at.block[b].wrt ? w.rows[b] * w.columns[b] : 0);
		}
		hg_jacobian_verdict_free(v);
		hg_point_clear(&at);
	}
}
END_TEST

static bool same(double a, double b) { return a == b || (isnan(a) && isnan(b)); }

static void compare_with_alone(network *w, hg_point *at, const hg_verdict *together, unsigned long *dearest)
{
	hg_verdict *alone;
	ck_assert_int_eq(hg_check(&(hg_function){.value = value_alone, .params = w}, &(hg_gradient){slope_alone, w}, at, NULL,
	                          &alone), HG_OK);
	ck_assert_uint_eq(alone->nentries, together->nentries);
	ck_assert_uint_eq(alone->worst, together->worst);
	for (size_t k = 0; k < alone->nentries; k++) {
		const hg_entry *a = &alone->entry[k], *t = &together->entry[k];
		ck_assert_msg(same(a->numerical, t->numerical) && same(a->abserr, t->abserr) && a->outcome == t->outcome &&
		                  a->reason == t->reason && a->kind == t->kind && same(a->claimed, t->claimed),
		              "output %zu, entry %zu: %.17g +- %g alone, %.17g +- %g together", w->alone, k, a->numerical, a->abserr,
		              t->numerical, t->abserr);
	}
	if (alone->evaluations > *dearest)
		*dearest = alone->evaluations;
	hg_verdict_free(alone);
}

/* Bit by bit the verdict of hg_check(), for little more than one output costs. */
START_TEST(each_output_is_judged_as_it_would_be_alone)
{
	for (uint64_t seed = 1000; seed < 1060; seed++) {
		network w;
		hg_point at = draw(seed, &w);
		unsigned long dearest = 0;
		size_t n = 0;
		for (size_t b = 0; b < w.blocks; b++)
			n += at.block[b].wrt ? w.rows[b] * w.columns[b] : 0;
		if (seed % 3)
			plant(&w, n, seed);
		hg_jacobian_verdict *v = judged(&w, &at, &(hg_jacobian){.value = slopes, .params = &w});
		for (w.alone = 0; w.alone < w.m; w.alone++)
			compare_with_alone(&w, &at, v->output[w.alone], &dearest);
		ck_assert_msg(v->evaluations <= 3 * dearest, "seed %lu: %lu evaluations for %zu outputs, %lu for one",
		              (unsigned long)seed, v->evaluations, w.m, dearest);
		hg_jacobian_verdict_free(v);
		hg_point_clear(&at);
	}
}
END_TEST

/* ---- sparsity -------------------------------------------------------------------------------------------- */

static hg_point draw_band(uint64_t seed, network *w)
{
	gsl_matrix *x;
	hg_point at = {0};
	hg_point_clear(&(hg_point){0});
	hg_point first = draw(seed, w);
	hg_point_clear(&first);
	w->blocks = 1;
	w->m = w->n = w->rows[0] = MOST;
	w->columns[0] = 1;
	w->wrong_output = w->m;
	w->band = (long)below(3);
	ck_assert_int_eq(hg_point_add(&at, "x", MOST, 1, &x), HG_OK);
	for (size_t k = 0; k < MOST; k++)
		x->data[k] = uniform(-2, 2);
	for (size_t o = 0; o < MOST; o++)
		for (size_t k = 0; k < MOST; k++)
			w->A[o][k] = uniform(-1, 1);
	return at;
}

START_TEST(a_band_costs_as_many_columns_as_it_is_wide)
{
	for (uint64_t seed = 0; seed < 100; seed++) {
		network w;
		hg_point at = draw_band(seed, &w);
		hg_jacobian_verdict *v = judged(&w, &at, &(hg_jacobian){.value = slopes, .params = &w});
		ck_assert(v->outcome == HG_AGREES);
		const unsigned long dense = v->evaluations;
		hg_jacobian_verdict_free(v);
		w.values = 0;
		v = judged(&w, &at, &(hg_jacobian){slopes, depends, &w});
		ck_assert(v->outcome == HG_AGREES);
		ck_assert_msg(w.phi == 2 || v->evaluations < dense / 2, "seed %lu: %lu of %lu", (unsigned long)seed, v->evaluations, dense);
		hg_jacobian_verdict_free(v);
		plant(&w, MOST, seed);
		w.values = 0;
		v = judged(&w, &at, &(hg_jacobian){slopes, depends, &w});
		ck_assert_msg(v->outcome == HG_DISAGREES && v->disagree == 1 && v->worst == w.wrong_output &&
		                  v->output[v->worst]->worst == w.wrong_entry, "seed %lu", (unsigned long)seed);
		hg_jacobian_verdict_free(v);
		hg_point_clear(&at);
	}
}
END_TEST

/* The caller's zeros are believed no further than a direction shows. */
static bool depends_too_little(void *params, size_t o, size_t block, size_t i, size_t j)
{
	const network *w = params;
	return !(o == w->wrong_output && i == w->wrong_entry) && depends(params, o, block, i, j);
}

START_TEST(a_zero_said_wrongly_is_found)
{
	for (uint64_t seed = 0; seed < 100; seed++) {
		network w;
		hg_point at = draw_band(seed, &w);
		state = seed;
		w.wrong_output = w.wrong_entry = below(MOST);
		w.phi = seed % 2 ? 0 : 3;
		w.factor = 0; /* the claim says 0 as well */
		hg_jacobian_verdict *v = judged(&w, &at, &(hg_jacobian){slopes, depends_too_little, &w});
		ck_assert_msg(v->outcome == HG_DISAGREES && v->disagree == 1 && v->worst == w.wrong_output &&
		                  v->output[v->worst]->worst == w.wrong_entry, "seed %lu", (unsigned long)seed);
		hg_jacobian_verdict_free(v);
		w.factor = 1; /* the claim knows better */
		v = NULL;
		w.values = 0;
		v = judged(&w, &at, &(hg_jacobian){slopes, depends_too_little, &w});
		ck_assert(v->outcome == HG_AGREES);
		hg_jacobian_verdict_free(v);
		hg_point_clear(&at);
	}
}
END_TEST

/* ---- outputs that cannot be told, functions that fail ------------------------------------------------------- */

static int three_outputs(const gsl_matrix *const x[], void *params, gsl_vector *y)
{
	const double t = x[0]->data[0];
	(void)params;
	gsl_vector_set(y, 0, sin(t));
	gsl_vector_set(y, 1, log(t - 5)); /* outside of its domain */
	gsl_vector_set(y, 2, fabs(t - 0.7));
	return 0;
}

static int three_slopes(const gsl_matrix *const x[], void *params, gsl_matrix *const J[])
{
	const double t = x[0]->data[0];
	(void)params;
	gsl_matrix_set(J[0], 0, 0, cos(t));
	gsl_matrix_set(J[0], 1, 0, 1 / (t - 5));
	gsl_matrix_set(J[0], 2, 0, t > 0.7);
	return 0;
}

START_TEST(an_output_without_a_derivative_costs_the_others_nothing)
{
	hg_point at = {0};
	gsl_matrix *x;
	hg_jacobian_verdict *v;
	ck_assert_int_eq(hg_point_add(&at, "t", 1, 1, &x), HG_OK);
	x->data[0] = 0.7;
	ck_assert_int_eq(hg_check_jacobian(&(hg_vector_function){three_outputs, 3, NULL}, &(hg_jacobian){.value = three_slopes}, &at,
	                                   NULL, &v), HG_OK);
	ck_assert(v->outcome == HG_CANNOT_TELL && v->agree == 1 && v->cannot_tell == 2);
	ck_assert(v->output[0]->outcome == HG_AGREES);
	ck_assert(v->output[1]->entry[0].kind == HG_DOMAIN);
	ck_assert(v->output[2]->entry[0].reason == HG_AT_KINK);
	char *message = hg_jacobian_message(v, &at, "J");
	ck_assert_msg(strstr(message, "of J") && strstr(message, "of 3 outputs, 2: cannot tell"), "%s", message);
	free(message);
	hg_jacobian_verdict_free(v);
	ck_assert_int_eq(hg_check_jacobian(&(hg_vector_function){three_outputs, 0, NULL}, &(hg_jacobian){.value = three_slopes}, &at,
	                                   NULL, &v), HG_ESIZE);
	ck_assert_int_eq(hg_check_jacobian(NULL, &(hg_jacobian){.value = three_slopes}, &at, NULL, &v), HG_EINVAL);
	hg_point_clear(&at);
}
END_TEST

/* ---- the list ------------------------------------------------------------------------------------------------ */

START_TEST(all_entries_are_listed)
{
	network w;
	hg_point at = draw(5, &w);
	w.wrong_output = 0;
	w.offset = 1;
	hg_jacobian_verdict *v = judged(&w, &at, &(hg_jacobian){.value = slopes, .params = &w});
	char *list = hg_verdict_list(v->output[0], &at);
	size_t lines = 0, wrong = 0;
	for (const char *p = list; (p = strchr(p, '\n')); p++)
		lines++;
	for (const char *p = list; (p = strstr(p, "  disagrees: ")); p++)
		wrong++;
	ck_assert_uint_eq(lines, 1 + v->output[0]->nentries);
	ck_assert_uint_eq(wrong, 1);
	for (size_t k = 0; k < v->output[0]->nentries; k++) {
		char claimed[64];
		snprintf(claimed, sizeof claimed, " %+.16e ", v->output[0]->entry[k].claimed);
		ck_assert_ptr_nonnull(strstr(list, claimed));
	}
	free(list);
	hg_jacobian_verdict_free(v);
	hg_point_clear(&at);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("outputs");
	TCase *tc = tcase_create("outputs");
	TRAP(tc);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, right_jacobians_agree_and_one_wrong_entry_is_named);
	tcase_add_test(tc, each_output_is_judged_as_it_would_be_alone);
	tcase_add_test(tc, a_band_costs_as_many_columns_as_it_is_wide);
	tcase_add_test(tc, a_zero_said_wrongly_is_found);
	tcase_add_test(tc, an_output_without_a_derivative_costs_the_others_nothing);
	tcase_add_test(tc, all_entries_are_listed);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
