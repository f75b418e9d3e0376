/* Places where differences are confidently wrong: features narrower than the stencil, saturated values, singularities
 * close by, sizes at the ends of a double, functions that remember. No right claim is refused, no wrong one passes. */
#include "curve.h"

#include "num/line.h"

#include <float.h>

/* What the curves below are made of. */
static double width, centre, height, offset, scale;

static hg_outcome outcome(double (*f)(double), double (*d)(double), double factor, double at)
{
	return check_at(f, d, factor, at, NULL).outcome;
}

/* ---- narrow features ----------------------------------------------------------------------------------- */

static double back(double x) { return sin(x) + x * x / 5; }
static double back_prime(double x) { return cos(x) + 2 * x / 5; }

static double line(double x) { return 0.1 + height * exp(-(x - centre) * (x - centre) / width / width / 2); }

static double line_prime(double x)
{
	return -height * (x - centre) / width / width * exp(-(x - centre) * (x - centre) / width / width / 2);
}

static double peak(double x)
{
	const double u = (x - centre) / width;
	return back(x) + height * exp(-u * u / 2);
}

static double peak_prime(double x)
{
	const double u = (x - centre) / width;
	return back_prime(x) - height * u / width * exp(-u * u / 2);
}

static double wiggle(double x) /* odd about its centre: the value there does not show it */
{
	const double u = (x - centre) / width;
	return back(x) + height * u * exp(-u * u / 2);
}

static double wiggle_prime(double x)
{
	const double u = (x - centre) / width;
	return back_prime(x) + height * (1 - u * u) / width * exp(-u * u / 2);
}

typedef struct tally {
	int cases, right_refused, right_open, wrong_passed;
} tally;

static void try_narrow(double (*f)(double), double (*d)(double), double at, tally *t)
{
	const hg_outcome right = outcome(f, d, 1, at);
	t->cases++;
	t->right_refused += right == HG_DISAGREES;
	t->right_open += right == HG_CANNOT_TELL;
	t->wrong_passed += outcome(f, back_prime, 1, at) == HG_AGREES;
}

START_TEST(a_feature_narrower_than_the_stencil_is_seen)
{
	static const double heights[] = {1, 1e-3, 1e-6};
	tally t = {0};
	for (width = 0.3; width > 1e-7; width /= 3)
		for (int h = 0; h < 3; h++)
			for (int k = 0; k < 24; k++) {
				height = heights[h];
				centre = (k % 2 ? 1 : -1) * pow(3, k / 3.0 - 4) * 1.37;
				if (width < 1e-9 * fabs(centre) / height) /* lost among the doubles there */
					continue;
				try_narrow(peak, peak_prime, centre + 0.8 * width, &t);
				try_narrow(wiggle, wiggle_prime, centre, &t);
			}
	ck_assert_int_gt(t.cases, 1000);
	ck_assert_int_eq(t.right_refused, 0);
	ck_assert_int_eq(t.wrong_passed, 0);
	ck_assert_msg(t.right_open <= t.cases / 20, "%d of %d left open", t.right_open, t.cases);
}
END_TEST

/* A line at 656 nm, a year, a time stamp: large numbers with a peak of everyday width. */
START_TEST(everyday_peaks_are_judged)
{
	static const double peaks[][2] = {{656.28, 0.1}, {1083, 0.03}, {1.7e9, 60}, {3012.4, 1.3}, {1969.5, 0.5}, {1296.68, 0.02}};
	for (size_t k = 0; k < sizeof peaks / sizeof *peaks; k++) {
		centre = peaks[k][0];
		width = peaks[k][1];
		height = 2;
		const double at = centre + 0.6 * width;
		ck_assert_msg(outcome(line, line_prime, 1, at) == HG_AGREES, "at %g", centre);
		ck_assert_msg(outcome(line, line_prime, -1, at) == HG_DISAGREES, "at %g", centre);
		ck_assert_msg(outcome(line, line_prime, 0, at) == HG_DISAGREES, "at %g", centre);
	}
}
END_TEST

/* ---- zero against zero --------------------------------------------------------------------------------- */

static double zero(double x) { return 0 * x; }
static double saturated(double z) { return -log(1 - 1 / (1 + exp(-z))); }
static double saturated_prime(double z) { return 1 / (1 + exp(-z)); }
static double clamped(double x) { return -log(fmax(x, 1e-12)); }
static double dead(double x) { return 7.5 + fmax(x - 1, 0); }

START_TEST(zero_agrees_with_zero_only_where_the_bound_is_small)
{
	for (double z = 34; z < 36.74; z += 0.01) {
		ck_assert_msg(outcome(saturated, zero, 1, z) != HG_AGREES, "at %g", z);
		ck_assert_msg(outcome(saturated, saturated_prime, 1, z) != HG_DISAGREES, "at %g", z);
	}
	ck_assert(check_at(clamped, zero, 1, 2.7e-13, NULL).reason == HG_BOTH_ZERO);
	ck_assert(check_at(dead, zero, 1, -0.3, NULL).reason == HG_BOTH_ZERO);
	ck_assert(check_at(dead, zero, 1, -1e-7, NULL).reason == HG_BOTH_ZERO);
}
END_TEST

/* ---- sizes ----------------------------------------------------------------------------------------------- */

static double sized(double x) { return scale * (sin(x) + x * x); }
static double sized_prime(double x) { return scale * (cos(x) + 2 * x); }

START_TEST(every_size_of_the_function_is_alike)
{
	for (int e = -300; e <= 300; e += 10) {
		scale = pow(10, e);
		ck_assert_msg(outcome(sized, sized_prime, 1, 0.7) == HG_AGREES, "x 1e%d", e);
		ck_assert_msg(outcome(sized, sized_prime, 1 + 1e-6, 0.7) == HG_DISAGREES, "x 1e%d", e);
		ck_assert_msg(outcome(sized, zero, 1, 0.7) == HG_DISAGREES, "x 1e%d", e);
	}
}
END_TEST

/* Coulomb's and Lennard-Jones' energy in SI units: x of 1e-10, nothing of order 1 nearby. */
static double coulomb(double r) { return 2.307e-28 / r; }
static double coulomb_prime(double r) { return -2.307e-28 / (r * r); }
static double argon(double r) { return 6.6e-21 * (pow(3.4e-10 / r, 12) - pow(3.4e-10 / r, 6)); }
static double argon_prime(double r) { return 6.6e-21 * (-12 * pow(3.4e-10 / r, 12) + 6 * pow(3.4e-10 / r, 6)) / r; }

START_TEST(units_of_the_parameters_do_not_hide_a_derivative)
{
	ck_assert(outcome(coulomb, coulomb_prime, 1, 1e-10) == HG_AGREES);
	ck_assert(outcome(coulomb, coulomb_prime, 1.01, 1e-10) == HG_DISAGREES);
	ck_assert(outcome(argon, argon_prime, 1, 3.9e-10) == HG_AGREES);
	ck_assert(outcome(argon, argon_prime, 1.01, 3.2e-10) == HG_DISAGREES);
}
END_TEST

/* ---- singularities and tips ------------------------------------------------------------------------------ */

static double logarithm(double x) { return offset + log(fabs(x)); }
static double pole(double x) { return offset + 1 / x; }
static double inverse(double x) { return 1 / x; }
static double pole_prime(double x) { return -1 / (x * x); }
static double cone(double x) { return offset + hypot(x, height); }
static double cone_prime(double x) { return x / hypot(x, height); }

START_TEST(a_singularity_close_by_is_not_noise)
{
	static const double offsets[] = {0, 1, 1e8};
	for (size_t o = 0; o < 3; o++)
		for (double x = 0.1; x > 1e-13; x /= 3) {
			offset = offsets[o];
			ck_assert_msg(outcome(logarithm, inverse, 1, x) != HG_DISAGREES, "log at %g + %g", x, offset);
			ck_assert_msg(outcome(pole, pole_prime, 1, x) != HG_DISAGREES, "pole at %g + %g", x, offset);
			ck_assert(offset != 0 || outcome(logarithm, inverse, 1, x) == HG_AGREES);
		}
}
END_TEST

static double wave(double x) { return sin(scale * x) * cos(scale * x + 0.4); }
static double wave_prime(double x) { return scale * cos(2 * scale * x + 0.4); }

START_TEST(a_wave_faster_than_any_step_is_not_noise)
{
	for (scale = 1; scale < 1e140; scale *= 30)
		for (double phase = -2; phase < 2; phase += 0.37)
			for (offset = 0; offset < 2; offset++) {
				const double x = offset / 4 + phase / scale;
				ck_assert_msg(scale * DBL_EPSILON * fabs(x) > 1e-3 || outcome(wave, wave_prime, 1, x) != HG_DISAGREES,
				              "%g x at %g", scale, x);
			}
}
END_TEST

/* A few ulps high, many times in one step: its slope is more than its noise over such a step would be. */
static double faint(double x) { return offset + height * sin(2 * x + width); }
static double faint_prime(double x) { return 2 * height * cos(2 * x + width); }

START_TEST(a_wave_hidden_in_the_noise_far_out_convicts_nobody)
{
	offset = 1e8;
	for (height = 1e-9; height < 3e-7; height *= 1.5)
		for (width = 0; width < 3; width += 0.1)
			for (double x = 17; x < 2000; x *= 2.3)
				ck_assert_msg(outcome(faint, faint_prime, 1, x) != HG_DISAGREES, "wave of %g at %g", height, x);
}
END_TEST

START_TEST(a_tip_hidden_in_the_noise_convicts_nobody)
{
	for (offset = 0; offset < 1e11; offset = offset * 100 + 1)
		for (height = 1e-2; height > 1e-13; height /= 7)
			for (double t = -2; t < 2; t += 0.31)
				ck_assert_msg(outcome(cone, cone_prime, 1, t * height) != HG_DISAGREES, "tip of %g at %g, offset %g", height,
				              t * height, offset);
}
END_TEST

/* ---- at 0 exactly ------------------------------------------------------------------------------------------ */

static double root(double x) { return sqrt(x); }
static double cusp(double x) { return sqrt(fabs(x)); }
static double relu(double x) { return fmax(x, 0); }
static double power(double x) { return pow(fabs(x), 1.5); }

START_TEST(a_kink_at_zero_costs_little)
{
	static double (*const kinks[])(double) = {fabs, relu, root, cusp, power};
	for (size_t k = 0; k < sizeof kinks / sizeof *kinks; k++) {
		ck_assert(outcome(kinks[k], fabs, 1, 0) == HG_CANNOT_TELL || kinks[k] == power);
		ck_assert_msg(curve_evaluations <= 300, "curve %zu: %lu evaluations", k, curve_evaluations);
	}
	ck_assert(check_at(fabs, exp, 3, 0, NULL).reason == HG_OUTSIDE_SLOPES);
	for (height = 1e-2; height > 1e-12; height /= 10) /* no kink, if one looks closely */
		ck_assert_msg(outcome(cone, cone_prime, 1, 0) == HG_AGREES, "tip of %g", height);
}
END_TEST

/* ---- functions that are not of x alone ---------------------------------------------------------------------- */

static double memory;
static int calls;

static double average(double x) { return memory = 0.9 * memory + 0.1 * sin(x); }
static double alternating(double x) { return sin(x) + 1e-3 * (calls++ % 2); }
static double drifting(double x) { return sin(x) + 1e-9 * calls++; }

static double previous(double x)
{
	const double before = memory;
	memory = sin(x);
	return before;
}

static double worn(double x) { return sin(x) + 1e-3 * (calls++ > 40); }

START_TEST(a_function_that_remembers_is_said_to)
{
	static double (*const odd[])(double) = {average, alternating, drifting, previous, worn};
	for (size_t k = 0; k < sizeof odd / sizeof *odd; k++) {
		memory = calls = 0;
		ck_assert_msg(check_at(odd[k], cos, 1, 0.7, NULL).reason == HG_NOT_OF_X_ALONE, "curve %zu", k);
	}
}
END_TEST

/* ---- what was certified -------------------------------------------------------------------------------------- */

static double claimed_slope;
static double claim(double x) { return claimed_slope + 0 * x; }

/* A claim that passes lies within the resolution stated of the truth, wherever within the bound it lies. */
START_TEST(the_resolution_stated_holds_for_the_claim)
{
	offset = 3e4;
	int passed = 0;
	for (double x = -3; x < 3; x += 0.013)
		for (int k = -12; k <= 12; k++) {
			scale = 1;
			claimed_slope = sized_prime(x) * (1 + k * 4e-12);
			const hg_entry e = check_at(sized, claim, 1, x, NULL);
			if (e.outcome != HG_AGREES || e.reason == HG_BOTH_ZERO)
				continue;
			passed++;
			ck_assert_msg(fabs(claimed_slope - sized_prime(x)) <=
			                  e.resolution * fmax(fabs(claimed_slope), fabs(e.numerical)) * (1 + 1e-9) + 4 * DBL_EPSILON,
			              "at %g, off by %d", x, k);
		}
	ck_assert_int_gt(passed, 100);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("honest");
	TCase *tc = tcase_create("honest");
	TRAP(tc);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, a_feature_narrower_than_the_stencil_is_seen);
	tcase_add_test(tc, everyday_peaks_are_judged);
	tcase_add_test(tc, zero_agrees_with_zero_only_where_the_bound_is_small);
	tcase_add_test(tc, every_size_of_the_function_is_alike);
	tcase_add_test(tc, units_of_the_parameters_do_not_hide_a_derivative);
	tcase_add_test(tc, a_singularity_close_by_is_not_noise);
	tcase_add_test(tc, a_wave_faster_than_any_step_is_not_noise);
	tcase_add_test(tc, a_wave_hidden_in_the_noise_far_out_convicts_nobody);
	tcase_add_test(tc, a_tip_hidden_in_the_noise_convicts_nobody);
	tcase_add_test(tc, a_kink_at_zero_costs_little);
	tcase_add_test(tc, a_function_that_remembers_is_said_to);
	tcase_add_test(tc, the_resolution_stated_holds_for_the_claim);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
