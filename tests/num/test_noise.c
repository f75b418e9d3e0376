/* Noise that no rounding mode moves: in the claim, in the function, and in functions so small or so fast that it hides them.
 * Nobody is refused for what it hides, and what it does not hide is found. */
#include "curve.h"

#include <float.h>
#include <stdint.h>
#include <string.h>

static double speed, noise, size;

/* Between -1 and 1, by all bits of the place. */
static double hash_of(double x)
{
	uint64_t h;
	memcpy(&h, &x, sizeof h);
	h = (h ^ (h >> 29)) * 0xbf58476d1ce4e5b9U;
	h = (h ^ (h >> 32)) * 0x94d049bb133111ebU;
	return ldexp((double)(h >> 11), -52) - 1;
}

/* ---- in the claim ------------------------------------------------------------------------------------------ */

static double lens(double x) { return (1 - cos(x)) / x / x; }
static double lens_cancelling(double x) { return (sin(x) * x * x - (1 - cos(x)) * 2 * x) / (x * x * x * x); }
static double lens_even(double x) { return 2 * sin(x / 2) * sin(x / 2) / x / x; }
static double lens_exactly(double x) { return -x / 12 + x * x * x / 180; }

START_TEST(a_claim_whose_terms_cancel_is_rough_and_not_wrong)
{
	for (double x = 1e-6; x < 1e-2; x *= 1.7) {
		const hg_entry e = check_at(lens_even, lens_cancelling, 1, x, NULL);
		ck_assert_msg(check_at(lens, lens_cancelling, 1, x, NULL).outcome != HG_DISAGREES, "at %g", x);
		ck_assert_msg(e.outcome != HG_DISAGREES, "at %g, off %g times the bound", x, fabs(e.claimed - e.numerical) / e.abserr);
		ck_assert(check_at(lens_even, lens_exactly, 1, x, NULL).outcome == HG_AGREES);
		ck_assert_msg(check_at(lens_even, lens_exactly, -1, x, NULL).outcome == HG_DISAGREES, "sign, at %g", x);
	}
}
END_TEST

/* The claim of a rectifier jumps where its unit begins, which makes it uneven at one place and no more. */
static double hinge(double x) { return x > 0 ? x * (2 + sin(x)) : -0.3 * x; }
static double hinge_prime(double x) { return x > 0 ? 2 + sin(x) + x * cos(x) : -0.3; }

START_TEST(a_kink_beside_the_point_excuses_no_claim)
{
	for (double x = 1e-9; x < 1e-4; x *= 1.9) {
		ck_assert_msg(check_at(hinge, hinge_prime, 1, x, NULL).outcome != HG_DISAGREES, "at %g", x);
		ck_assert_msg(check_at(hinge, hinge_prime, 2, x, NULL).outcome == HG_DISAGREES, "twice, at %g", x);
	}
}
END_TEST

/* ---- in the function --------------------------------------------------------------------------------------- */

static double wave(double x) { return (cos(speed * x) + 1.4) * (1 + noise * hash_of(x)); }
static double wave_prime(double x) { return -speed * sin(speed * x); }

START_TEST(a_wave_under_noise_is_looked_for_where_it_is_claimed)
{
	int found = 0, tried = 0;
	for (speed = 1e3; speed < 1e15; speed *= 7)
		for (noise = 1e-12; noise < 1e-6; noise *= 30)
			for (double phase = 0.3; phase < 3; phase += 0.5) {
				const double x = phase / speed;
				ck_assert_msg(check_at(wave, wave_prime, 1, x, NULL).outcome != HG_DISAGREES, "%g x, noise %g, phase %g", speed,
				              noise, phase);
				const hg_outcome wrong = check_at(wave, wave_prime, -1, x, NULL).outcome;
				ck_assert_msg(wrong != HG_AGREES, "sign, %g x, noise %g, phase %g", speed, noise, phase);
				found += wrong == HG_DISAGREES;
				tried++;
			}
	ck_assert_int_gt(2 * found, tried);
}
END_TEST

/* Differences a multiple of the wave's length apart see none of it, at one scale. */
START_TEST(a_wave_missed_by_chance_under_noise_is_met_again)
{
	const hg_function f = {.value = curve_value, .params = &(curve){wave, wave_prime, 1}};
	noise = 1e-9;
	for (speed = 2e5; speed < 4e7; speed *= 1.03)
		for (double at = 0.0187; at < 3; at *= 1.7) {
			hg_point point = {0};
			gsl_matrix *x;
			hg_verdict *v;
			ck_assert_int_eq(hg_point_add(&point, "x", 1, 1, &x), HG_OK);
			gsl_matrix_set(x, 0, 0, at);
			ck_assert_int_eq(hg_differentiate(&f, &point, NULL, &v), HG_OK);
			const hg_entry e = v->entry[0];
			ck_assert_msg(!(fabs(e.numerical - wave_prime(at)) > e.abserr), "%g x at %g: %g +- %g, and it is %g", speed, at, e.numerical,
			              e.abserr, wave_prime(at));
			hg_verdict_free(v);
			hg_point_clear(&point);
		}
}
END_TEST

/* ---- so small that it hides the function ------------------------------------------------------------------------ */

static double hidden(double x) { return 1e8 + size / x; }
static double hidden_prime(double x) { return -size / x / x; }

START_TEST(what_is_lost_beside_a_large_value_convicts_nobody)
{
	for (size = 1e-60; size < 1e-20; size *= 1e4)
		for (double x = size * 1e12; x < 1e-3; x *= 1e3)
			ck_assert_msg(check_at(hidden, hidden_prime, 1, x, NULL).outcome != HG_DISAGREES, "%g / %g", size, x);
	size = 3;
	ck_assert(check_at(hidden, hidden_prime, 2, 0.5, NULL).outcome == HG_DISAGREES);
}
END_TEST

/* ---- a solver that fits its last step to the end ------------------------------------------------------------------ */

/* y' = x cos(t) y by Heun's rule with steps as long as its error allows: the value has kinks of almost nothing, no jumps. */
static double fitted(double x)
{
	double t = 0, y = 1;
	while (t < 2) {
		const double bend = fabs(x * sin(t)) + fabs(x * cos(t)) * fabs(x * cos(t)) + 0.3;
		const double h = fmin(cbrt(noise / bend), 2 - t), k = x * cos(t) * y;
		y += h / 2 * (k + x * cos(t + h) * (y + h * k));
		t += h;
	}
	return y;
}

static double fitted_prime(double x) { return sin(2) * exp(x * sin(2)); }

START_TEST(kinks_of_a_solver_show_its_tolerance)
{
	int refused = 0, tried = 0;
	for (noise = 1e-8; noise < 3e-7; noise *= 10)
		for (double x = 0.3; x < 2.7; x += 0.6) {
			refused += check_at(fitted, fitted_prime, 1, x, NULL).outcome == HG_DISAGREES;
			tried++;
			ck_assert(check_at(fitted, fitted_prime, 1.1, x, NULL).outcome == HG_DISAGREES);
		}
	ck_assert_msg(refused == 0, "%d of %d", refused, tried);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("noise");
	TCase *tc = tcase_create("noise");
	TRAP(tc);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, a_claim_whose_terms_cancel_is_rough_and_not_wrong);
	tcase_add_test(tc, a_kink_beside_the_point_excuses_no_claim);
	tcase_add_test(tc, a_wave_under_noise_is_looked_for_where_it_is_claimed);
	tcase_add_test(tc, a_wave_missed_by_chance_under_noise_is_met_again);
	tcase_add_test(tc, what_is_lost_beside_a_large_value_convicts_nobody);
	tcase_add_test(tc, kinks_of_a_solver_show_its_tolerance);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
