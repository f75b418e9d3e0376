/* Repairs of a gradient of numbers: a right gradient is spoiled by an own formula, the slip must be named; a right one
 * and one spoiled in no way we know must not be. */
#include "../trap.h"

#include "slips/repairs_numbers.h"

#include <gsl/gsl_rng.h>
#include <math.h>
#include <string.h>

enum { SHOTS = 4, MOST = 6 };

static hg_arena *arena;
static hg_shot shot[SHOTS];
static hg_known known[SHOTS][5];
static gsl_matrix *all[SHOTS][8];

static gsl_matrix *drawn(size_t r, size_t c, double low, double high, gsl_rng *rng)
{
	gsl_matrix *m = gsl_matrix_alloc(r, c);
	for (size_t i = 0; i < r; i++)
		for (size_t j = 0; j < c; j++)
			gsl_matrix_set(m, i, j, low + (high - low) * gsl_rng_uniform(rng));
	return m;
}

/* Shots of units x samples: 3 x 2, 4 x 5, 2 x 7, 3 x 3, with Z1, A1 = sigma(Z1), W2 (one output), an input X. */
static void draw(void)
{
	static const size_t rows[SHOTS] = {3, 4, 2, 3}, samples[SHOTS] = {2, 5, 7, 3};
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	arena = hg_arena_new();
	for (size_t k = 0; k < SHOTS; k++) {
		size_t r = rows[k], m = samples[k];
		gsl_matrix *z = drawn(r, m, -2, 2, rng), *a = gsl_matrix_alloc(r, m), *abserr = gsl_matrix_alloc(r, m);
		for (size_t i = 0; i < r; i++)
			for (size_t j = 0; j < m; j++)
				gsl_matrix_set(a, i, j, 1 / (1 + exp(-gsl_matrix_get(z, i, j))));
		gsl_matrix_set_all(abserr, 1e-11);
		gsl_matrix *own[8] = {z, a, drawn(1, r, -1, 1, rng), drawn(2, m, -1, 1, rng), drawn(r, m, -3, 3, rng), abserr,
		                      gsl_matrix_alloc(r, m)};
		memcpy(all[k], own, sizeof own);
		gsl_matrix_memcpy(own[6], own[4]);
		const char *names[] = {"Z1", "A1", "W2", "X"};
		for (size_t n = 0; n < 4; n++)
			known[k][n] = (hg_known){names[n], own[n]};
		shot[k] = (hg_shot){.claimed = own[6], .numerical = own[4], .abserr = abserr, .nknown = 4, .known = known[k],
		                    .samples = (double)m, .outputs = 1};
	}
	gsl_rng_free(rng);
}

static void clear(void)
{
	for (size_t k = 0; k < SHOTS; k++)
		for (size_t n = 0; n < 7; n++)
			gsl_matrix_free(all[k][n]);
	hg_arena_free(arena);
}

typedef double spoil_fn(const hg_shot *s, double d, double z, double a, double w, size_t i, size_t j);

/* claimed = spoil(numerical): the slip found first, or "" */
static const char *first_slip_after(spoil_fn *spoil, hg_numbers_found *found)
{
	for (size_t k = 0; k < SHOTS; k++)
		for (size_t i = 0; i < shot[k].claimed->size1; i++)
			for (size_t j = 0; j < shot[k].claimed->size2; j++)
				gsl_matrix_set(all[k][6], i, j,
				               spoil(&shot[k], gsl_matrix_get(all[k][4], i, j), gsl_matrix_get(all[k][0], i, j),
				                     gsl_matrix_get(all[k][1], i, j), gsl_matrix_get(all[k][2], 0, i), i, j));
	ck_assert_int_eq(hg_diagnose_numbers(shot, SHOTS, arena, found), HG_OK);
	return found->nslips ? found->slip[0].id : "";
}

#define SPOIL(name, value)                                                                                   \
	static double name(const hg_shot *s, double d, double z, double a, double w, size_t i, size_t j)           \
	{                                                                                                          \
		(void)s, (void)z, (void)a, (void)w, (void)i, (void)j;                                                  \
		return value;                                                                                          \
	}

SPOIL(nothing, d)
SPOIL(noise_within_bound, d + 5e-12)
SPOIL(opposite, -d)
SPOIL(doubled, 2 * d)
SPOIL(summed, s->samples * d)
SPOIL(averaged_twice, d / s->samples)
SPOIL(without_slope, d / (a * (1 - a)))
SPOIL(without_weight, d / w)
SPOIL(with_weight, d * w)
SPOIL(square_outside, d * (1 - a) * (1 - a) / (1 - a * a))
SPOIL(as_tanh, d * (1 - a * a) / (a * (1 - a)))
SPOIL(value, d / (1 - a))
SPOIL(exponent, d * exp(2 * z))
SPOIL(before_for_after, d * (z * (1 - z)) / (a * (1 - a)))
SPOIL(opposite_without_weight, -d / w)
SPOIL(unknown, d + 0.1 * sin(3 * z) + (double)i)
SPOIL(second_row, i == 1 ? 1.7 * d + 0.1 : d)
SPOIL(inactive, z > 0 ? d : d + 1)

START_TEST(a_spoiled_gradient_is_named)
{
	static const struct {
		spoil_fn *spoil;
		const char *slip, *words;
	} want[] = {
		{opposite, "sign", "-yours"},
		{doubled, "constant-factor", "1/2 yours"},
		{summed, "missing-mean", "1/m yours"},
		{averaged_twice, "extra-mean", "m yours"},
		{without_slope, "lost-factor", "yours \u2299 A1 \u2299 (1 - A1)"},
		{without_weight, "lost-factor", "yours \u2299 W2"},
		{with_weight, "extra-factor", "yours without W2"},
		{square_outside, "square-moved", "yours with (1 - A1^2) for (1 - A1)^2"},
		{as_tanh, "wrong-activation", "yours with A1 \u2299 (1 - A1) for (1 - A1^2)"},
		{exponent, "exponent-sign", "yours with e^-Z1 for e^Z1"},
		{before_for_after, "wrong-variable", "yours with sigma'(Z1) for Z1 \u2299 (1 - Z1)"},
		{opposite_without_weight, "lost-factor", "-yours \u2299 W2"},
	};
	for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
		hg_numbers_found found;
		ck_assert_str_eq(first_slip_after(want[k].spoil, &found), want[k].slip);
		ck_assert_str_eq(found.slip[0].repaired, want[k].words);
	}
}
END_TEST

/* Dividing by a known matrix of zeros gives infinity, which agrees with nothing. */
START_TEST(a_known_matrix_of_zeros_explains_nothing)
{
	hg_numbers_found found;
	for (size_t k = 0; k < SHOTS; k++) {
		gsl_matrix_set_zero(all[k][0]);
		gsl_matrix_set_zero(all[k][1]);
		ck_assert(!hg_shot_agrees(&shot[k], 0, 0, INFINITY));
	}
	ck_assert_str_eq(first_slip_after(second_row, &found), "");
}
END_TEST

START_TEST(two_slips_at_once_are_both_named)
{
	hg_numbers_found found;
	first_slip_after(opposite_without_weight, &found);
	ck_assert_str_eq(found.slip[0].id, "lost-factor");
	ck_assert_str_eq(found.slip[0].with, "sign");
}
END_TEST

START_TEST(other_explanations_stand_behind)
{
	hg_numbers_found found;
	ck_assert_str_eq(first_slip_after(value, &found), "value-for-derivative");
	bool lost = false;
	for (size_t k = 0; k < found.nslips; k++)
		lost |= !strcmp(found.slip[k].id, "lost-factor");
	ck_assert(lost);
}
END_TEST

START_TEST(a_right_gradient_has_no_slip_and_no_pattern)
{
	hg_numbers_found found;
	ck_assert_str_eq(first_slip_after(nothing, &found), "");
	ck_assert_ptr_null(found.pattern);
	ck_assert_str_eq(first_slip_after(noise_within_bound, &found), "");
	ck_assert_ptr_null(found.pattern);
}
END_TEST

START_TEST(what_nothing_explains_has_no_name)
{
	hg_numbers_found found;
	ck_assert_str_eq(first_slip_after(unknown, &found), "");
	ck_assert_str_eq(first_slip_after(second_row, &found), "");
}
END_TEST

START_TEST(the_pattern_says_which_entries)
{
	static const struct {
		spoil_fn *spoil;
		const char *pattern;
	} want[] = {
		{opposite, "every wrong entry is the numerical one with the opposite sign"},
		{doubled, "every wrong entry is twice the numerical one"},
		{summed, "every entry is m times the numerical one, m being the number of samples"},
		{second_row, "only row 2 is wrong"},
		{inactive, "wrong exactly where Z1 is not positive"},
	};
	for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
		hg_numbers_found found;
		first_slip_after(want[k].spoil, &found);
		ck_assert_str_eq(found.pattern ? found.pattern : "none", want[k].pattern);
	}
}
END_TEST

START_TEST(entries_without_a_bound_decide_nothing)
{
	hg_numbers_found found;
	for (size_t k = 0; k < SHOTS; k++)
		gsl_matrix_set(all[k][5], 0, 0, NAN);
	ck_assert_str_eq(first_slip_after(opposite, &found), "sign");
	for (size_t k = 0; k < SHOTS; k++)
		gsl_matrix_set_all(all[k][5], NAN);
	ck_assert_str_eq(first_slip_after(opposite, &found), "");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("repairs of numbers");
	TCase *tcase = tcase_create("numbers");
	TRAP(tcase);
	tcase_add_checked_fixture(tcase, draw, clear);
	tcase_add_test(tcase, a_spoiled_gradient_is_named);
	tcase_add_test(tcase, a_known_matrix_of_zeros_explains_nothing);
	tcase_add_test(tcase, two_slips_at_once_are_both_named);
	tcase_add_test(tcase, other_explanations_stand_behind);
	tcase_add_test(tcase, a_right_gradient_has_no_slip_and_no_pattern);
	tcase_add_test(tcase, what_nothing_explains_has_no_name);
	tcase_add_test(tcase, the_pattern_says_which_entries);
	tcase_add_test(tcase, entries_without_a_bound_decide_nothing);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
