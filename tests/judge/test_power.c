/* Points that can see nothing must be warned of, ordinary ones must not. */
#include "../trap.h"

#include "slips/power.h"
#include "slips/repairs_numbers.h"

#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { X, Y, W1, B1, W2, Z1, A1, Z2, A2, BLOCKS };

static hg_arena *arena;
static hg_point point;
static gsl_matrix *x[BLOCKS];

static void fill(gsl_matrix *a, double low, double high, gsl_rng *rng)
{
	for (size_t i = 0; i < a->size1; i++)
		for (size_t j = 0; j < a->size2; j++)
			gsl_matrix_set(a, i, j, low + (high - low) * gsl_rng_uniform(rng));
}

/* A ReLU network n0-n1-n2 with m samples, high entropy everywhere. */
static void draw(size_t n0, size_t n1, size_t n2, size_t m)
{
	static const char *const names[] = {"X", "Y", "W1", "b1", "W2", "Z1", "A1", "Z2", "A2"};
	const size_t rows[] = {n0, n2, n1, n1, n2, n1, n1, n2, n2}, cols[] = {m, m, n0, 1, n1, m, m, m, m};
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	arena = hg_arena_new();
	point = (hg_point){0};
	for (size_t k = 0; k < BLOCKS; k++) {
		ck_assert_int_eq(hg_point_add(&point, names[k], rows[k], cols[k], &x[k]), HG_OK);
		fill(x[k], -1.7, 1.9, rng);
	}
	for (size_t i = 0; i < n1; i++)
		for (size_t j = 0; j < m; j++)
			gsl_matrix_set(x[A1], i, j, fmax(gsl_matrix_get(x[Z1], i, j), 0));
	fill(x[A2], 0.1, 0.9, rng);
	gsl_rng_free(rng);
}

static void clear(void)
{
	hg_point_clear(&point);
	hg_arena_free(arena);
}

static bool warned_of(const char *code)
{
	hg_power power = {0};
	ck_assert_int_eq(hg_power_of_points(&point, 1, arena, &power), HG_OK);
	for (size_t k = 0; k < power.nblind; k++)
		if (!strncmp(power.blind[k], code, strlen(code)) && power.blind[k][strlen(code)] == ':')
			return true;
	return false;
}

START_TEST(an_ordinary_point_is_not_blind)
{
	hg_power power = {0};
	draw(3, 4, 2, 5);
	ck_assert_int_eq(hg_power_of_points(&point, 1, arena, &power), HG_OK);
	ck_assert_msg(power.nblind == 0, "%s", power.nblind ? power.blind[0] : "");
	clear();
}
END_TEST

static void set_all(gsl_matrix *a, double v) { gsl_matrix_set_all(a, v); }

static void equal_columns(gsl_matrix *a, double v)
{
	(void)v;
	for (size_t i = 0; i < a->size1; i++)
		for (size_t j = 0; j < a->size2; j++)
			gsl_matrix_set(a, i, j, gsl_matrix_get(a, i, 0));
}

static void equal_rows(gsl_matrix *a, double v)
{
	(void)v;
	for (size_t i = 0; i < a->size1; i++)
		for (size_t j = 0; j < a->size2; j++)
			gsl_matrix_set(a, i, j, gsl_matrix_get(a, 0, j));
}

static void clear_row(gsl_matrix *a, double v)
{
	for (size_t j = 0; j < a->size2; j++)
		gsl_matrix_set(a, 1, j, v);
}

static void copy_labels(gsl_matrix *a, double v)
{
	(void)v;
	gsl_matrix_memcpy(a, x[Y]);
}

START_TEST(every_degenerate_point_is_warned_of)
{
	static const struct {
		const char *code;
		int block;
		void (*spoil)(gsl_matrix *a, double v);
		double v;
	} cases[] = {
		{"unit-weights", W2, set_all, 1},      {"equal-weights", W2, set_all, 0.3},  {"zero-weights", W1, set_all, 0},
		{"equal-units", W1, equal_rows, 0},    {"saturated-units", A2, set_all, 1},  {"saturated-units", A1, set_all, -1},
		{"all-units-active", Z1, set_all, 2},  {"all-units-inactive", Z1, set_all, -2}, {"zero-activation", A1, set_all, 0},
		{"half-activation", A2, set_all, 0.5}, {"zero-exponent", Z2, set_all, 0},    {"zero-input", X, clear_row, 0},
		{"unit-input", X, set_all, 1},         {"equal-samples", X, equal_columns, 0}, {"one-label", Y, set_all, 0},
		{"one-label", Y, set_all, 1},          {"zero-bias", B1, set_all, 0},        {"zero-error", A2, copy_labels, 0},
	};
	for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
		draw(3, 4, 2, 5);
		ck_assert_msg(!warned_of(cases[k].code), "%s without cause", cases[k].code);
		cases[k].spoil(x[cases[k].block], cases[k].v);
		ck_assert_msg(warned_of(cases[k].code), "no %s", cases[k].code);
		clear();
	}
}
END_TEST

/* A function of one number: at t = 0 every slope of tanh is 1, e^t and e^-t are the same. */
START_TEST(a_number_that_is_zero_is_warned_of)
{
	gsl_matrix *t;
	draw(3, 4, 2, 5);
	ck_assert_int_eq(hg_point_add(&point, "t", 1, 1, &t), HG_OK);
	gsl_matrix_set(t, 0, 0, 0.731);
	ck_assert(!warned_of("zero-exponent"));
	gsl_matrix_set(t, 0, 0, 0);
	ck_assert(warned_of("zero-exponent"));
	clear();
}
END_TEST

START_TEST(sizes_are_looked_at)
{
	draw(3, 4, 2, 1);
	ck_assert(warned_of("one-sample"));
	clear();
	draw(4, 4, 2, 5);
	ck_assert(warned_of("equal-sizes"));
	ck_assert(!warned_of("symmetric-weights"));
	gsl_matrix_set_identity(x[W1]);
	ck_assert(warned_of("symmetric-weights"));
	clear();
}
END_TEST

START_TEST(one_point_that_sees_is_enough)
{
	hg_point both[2];
	hg_power power = {0};
	draw(3, 4, 2, 5);
	hg_arena *first = arena;
	both[0] = point;
	draw(3, 4, 2, 5);
	gsl_matrix_set_all(x[W2], 1);
	both[1] = point;
	ck_assert_int_eq(hg_power_of_points(both, 2, arena, &power), HG_OK);
	ck_assert_uint_eq(power.nblind, 0);
	ck_assert_int_eq(hg_power_of_points(both, 0, arena, &power), HG_OK);
	ck_assert_uint_eq(power.nblind, 0);
	clear();
	hg_point_clear(&both[0]);
	hg_arena_free(first);
}
END_TEST

/* A gradient of m samples: with m = 1 a planted 1/m is not refused, with m = 5 everything is. */
START_TEST(planted_slips_are_counted)
{
	hg_power one = {0}, five = {0};
	for (size_t m = 1; m <= 5; m += 4) {
		draw(3, 4, 2, m);
		gsl_matrix *abserr = gsl_matrix_calloc(4, m);
		const hg_known known[] = {{"Z1", x[Z1]}};
		const hg_shot shot = {.claimed = x[A1], .numerical = x[Z1], .abserr = abserr, .nknown = 1, .known = known,
		                      .samples = (double)m, .outputs = 2};
		ck_assert_int_eq(hg_power_of_numbers(&shot, 1, m == 1 ? &one : &five), HG_OK);
		gsl_matrix_free(abserr);
		clear();
	}
	ck_assert_uint_gt(five.planted, 20);
	ck_assert_uint_eq(five.refused, five.planted);
	ck_assert_uint_eq(one.planted - one.refused, 2);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("power");
	TCase *tcase = tcase_create("points");
	TRAP(tcase);
	tcase_add_test(tcase, an_ordinary_point_is_not_blind);
	tcase_add_test(tcase, every_degenerate_point_is_warned_of);
	tcase_add_test(tcase, a_number_that_is_zero_is_warned_of);
	tcase_add_test(tcase, sizes_are_looked_at);
	tcase_add_test(tcase, one_point_that_sees_is_enough);
	tcase_add_test(tcase, planted_slips_are_counted);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
