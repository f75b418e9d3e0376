/* What a caller may say of a function, and what is said to him: tolerances, sizes, many entries at once. */
#include "curve.h"

#include <string.h>

/* ---- functions computed to a tolerance ---------------------------------------------------------------------- */

static double tolerance, share; /* of the solver; e of Kepler's equation */
static enum { FIXED_POINT, SERIES } method;

/* E = M + e sin E, to the tolerance: by iteration, or as a series of Bessel functions. */
static double kepler(double M)
{
	double E = M, step;
	for (int k = 0; k < 1000 && method == FIXED_POINT; k++) {
		E += step = M + share * sin(E) - E;
		if (fabs(step) < tolerance)
			break;
	}
	for (int k = 1; k < 400 && method == SERIES; k++) {
		E += step = 2.0 / k * jn(k, k * share) * sin(k * M);
		if (fabs(step) < tolerance)
			break;
	}
	return E;
}

static double radius(double M) { return cos(kepler(M)); }

static double radius_prime(double M)
{
	double E = M;
	for (int k = 0; k < 2000; k++)
		E = M + share * sin(E);
	return -sin(E) / (1 - share * cos(E));
}

START_TEST(a_function_computed_to_a_tolerance_convicts_nobody)
{
	method = _i ? SERIES : FIXED_POINT;
	for (tolerance = 1e-12; tolerance < 1e-5; tolerance *= 10)
		for (int k = 0; k < 20; k++) {
			share = 0.1 + 0.027 * k;
			const double M = 0.2 + 0.123 * k;
			hg_entry e = check_at(radius, radius_prime, 1, M, NULL);
			ck_assert_msg(e.outcome != HG_DISAGREES, "tolerance %g, e = %g, M = %g: %.12g claimed, %.12g +- %g", tolerance,
			              share, M, e.claimed, e.numerical, e.abserr);
			e = check_at(radius, radius_prime, 1.1, M, NULL);
			ck_assert_msg(e.outcome == HG_DISAGREES || (_i && e.outcome != HG_AGREES), "tolerance %g, e = %g, M = %g: 10 %% off passes", tolerance, share, M);
		}
}
END_TEST

START_TEST(a_tolerance_said_is_believed)
{
	const hg_settings said = {.ftol = 1e-7, .resolution = 1e-3};
	method = FIXED_POINT;
	tolerance = 1e-8;
	share = 0.5;
	for (double M = 0.3; M < 2.9; M += 0.1)
		ck_assert(check_at(radius, radius_prime, 1, M, &said).outcome == HG_AGREES);
	ck_assert(check_at(sin, cos, 1 + 1e-9, 0.4, NULL).outcome == HG_DISAGREES);
	ck_assert(check_at(sin, cos, 1 + 1e-9, 0.4, &said).outcome == HG_AGREES);
}
END_TEST

/* An error as smooth as the function, as of a fixed number of steps: a right slope is off by another share at each place. A
 * factor that is wrong, or a constant too many, is not; and a function that is said to be exact is. */
static double with_error(double x) { return sin(x) + x * x / 3 + tolerance * (sin(2.3 * x) + cos(1.1 * x)); }
static double without_error(double x) { return cos(x) + 2 * x / 3; }
static double shifted(double x) { return without_error(x) + tolerance; }
static double exact(double x) { return sin(x) + x * x / 3; }

START_TEST(a_smooth_error_is_told_from_a_slip)
{
	const hg_settings said = {.ftol = 1e-16};
	for (double x = 0.2; x < 3; x += 0.17)
		for (tolerance = 1e-10; tolerance < 5e-7; tolerance *= 10) {
			const hg_entry e = check_at(with_error, without_error, 1, x, NULL);
			ck_assert_msg(e.outcome != HG_DISAGREES, "to %g at %g", tolerance, x);
			ck_assert(e.outcome == HG_AGREES || (e.reason == HG_WITHIN_TOLERANCE && isfinite(e.resolution)));
			ck_assert_msg(check_at(exact, without_error, 1 + tolerance, x, NULL).outcome == HG_DISAGREES, "factor, %g", x);
			ck_assert_msg(check_at(exact, shifted, 1, x, NULL).outcome == HG_DISAGREES, "constant, %g", x);
		}
	tolerance = 1e-8;
	ck_assert(check_at(with_error, without_error, 1, 0.7, &said).outcome == HG_DISAGREES);
}
END_TEST

/* ---- settings ------------------------------------------------------------------------------------------------ */

static double off_by(double x) { return cos(x) + 1e-4; }

START_TEST(an_absolute_difference_is_granted)
{
	const hg_settings granted = {.atol = 1e-3}, less = {.atol = 1e-5};
	ck_assert(check_at(sin, off_by, 1, 0.4, NULL).outcome == HG_DISAGREES);
	ck_assert(check_at(sin, off_by, 1, 0.4, &less).outcome == HG_DISAGREES);
	ck_assert(check_at(sin, off_by, 1, 0.4, &granted).reason == HG_WITHIN_RTOL);
}
END_TEST

/* Two lengths of 1e-12, in a function of what is far smaller than 1. */
static int wave(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = sin(1e12 * x[0]->data[0]) * cos(1e12 * x[0]->data[1]);
	return 0;
}

static int wave_claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const double a = 1e12 * x[0]->data[0], b = 1e12 * x[0]->data[1];
	g[0]->data[0] = 1e12 * cos(a) * cos(b) * *(double *)params;
	g[0]->data[1] = -1e12 * sin(a) * sin(b);
	return 0;
}

START_TEST(a_typical_size_may_be_said)
{
	double right = 1, wrong = 1 + 1e-6;
	const hg_function f = {.value = wave};
	const hg_gradient g = {wave_claim, &right}, off = {wave_claim, &wrong};
	hg_point at = {0};
	gsl_matrix *x;
	hg_verdict *v;
	ck_assert_int_eq(hg_point_add(&at, "x", 1, 2, &x), HG_OK);
	x->data[0] = 0.7e-12;
	x->data[1] = 0.4e-12;
	at.block[0].scale = 1e-12;
	ck_assert_int_eq(hg_check(&f, &g, &at, NULL, &v), HG_OK);
	ck_assert(v->outcome == HG_AGREES && v->resolution < 1e-9);
	ck_assert_uint_lt(v->evaluations, 150);
	hg_verdict_free(v);
	ck_assert_int_eq(hg_check(&f, &off, &at, NULL, &v), HG_OK);
	ck_assert_uint_eq(v->disagree, 1);
	hg_verdict_free(v);
	at.block[0].scale = -1;
	ck_assert_int_eq(hg_check(&f, &g, &at, NULL, &v), HG_EINVAL);
	hg_point_clear(&at);
}
END_TEST

/* ---- many entries -------------------------------------------------------------------------------------------- */

typedef struct chain {
	size_t wrong; /* the entry claimed wrongly */
	double times;
	unsigned long values, gradients;
} chain;

static int chain_value(const gsl_matrix *const x[], void *params, double *f)
{
	const double *a = x[0]->data;
	const size_t n = x[0]->size1 * x[0]->size2;
	((chain *)params)->values++;
	*f = 0;
	for (size_t i = 0; i + 1 < n; i++)
		*f += 100 * (a[i + 1] - a[i] * a[i]) * (a[i + 1] - a[i] * a[i]) + (1 - a[i]) * (1 - a[i]);
	return 0;
}

static int chain_claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	chain *c = params;
	const double *a = x[0]->data;
	const size_t n = x[0]->size1 * x[0]->size2;
	c->gradients++;
	gsl_matrix_set_zero(g[0]);
	for (size_t i = 0; i + 1 < n; i++) {
		g[0]->data[i] += -400 * a[i] * (a[i + 1] - a[i] * a[i]) - 2 * (1 - a[i]);
		g[0]->data[i + 1] += 200 * (a[i + 1] - a[i] * a[i]);
	}
	g[0]->data[c->wrong] *= c->times;
	return 0;
}

static hg_point chain_point(size_t rows, size_t columns)
{
	hg_point at = {0};
	gsl_matrix *x;
	ck_assert_int_eq(hg_point_add(&at, "x", rows, columns, &x), HG_OK);
	for (size_t i = 0; i < rows * columns; i++)
		x->data[i] = 1.4 * sin(1.3 * (double)i + 0.2);
	return at;
}

START_TEST(a_thousand_smooth_entries_cost_six_evaluations_each)
{
	hg_point at = chain_point(40, 50);
	for (int k = 0; k < 2; k++) {
		chain c = {.wrong = 777, .times = k ? 1.01 : 1};
		hg_verdict *v;
		ck_assert_int_eq(hg_check(&(hg_function){.value = chain_value, .params = &c},
		                          &(hg_gradient){chain_claim, &c}, &at, NULL, &v), HG_OK);
		ck_assert_uint_eq(v->disagree, (size_t)k);
		ck_assert_uint_eq(v->cannot_tell, 0);
		ck_assert_msg(v->evaluations <= 6 * v->nentries, "%g an entry", (double)v->evaluations / (double)v->nentries);
		hg_verdict_free(v);
	}
	hg_point_clear(&at);
}
END_TEST

START_TEST(a_direction_sees_one_wrong_entry_of_very_many)
{
	hg_point at = chain_point(400, 250);
	const hg_settings coarse = {.resolution = 1e-4};
	for (int k = 0; k < 2; k++) {
		chain c = {.wrong = 31415, .times = k ? -1 : 1};
		hg_verdict *v;
		ck_assert_int_eq(hg_check_direction(&(hg_function){.value = chain_value, .params = &c},
		                                    &(hg_gradient){chain_claim, &c}, &at, &coarse, &v), HG_OK);
		ck_assert_uint_eq(v->nentries, 1);
		ck_assert(v->outcome == (k ? HG_DISAGREES : HG_AGREES));
		ck_assert(k || (c.values <= 16 && c.gradients <= 100));
		ck_assert(!k || (v->entry[0].i == 31415 / 250 && v->entry[0].j == 31415 % 250));
		ck_assert(!k || fabs(v->entry[0].claimed / v->entry[0].numerical + 1) < 1e-2);
		hg_verdict_free(v);
	}
	hg_point_clear(&at);
}
END_TEST

/* ---- words ------------------------------------------------------------------------------------------------------ */

static double rounded(double x) { return (double)(float)(sin(x) + 2); }

static char *message_of(double (*f)(double), double (*d)(double), double factor, double x)
{
	curve c = {f, d, factor};
	hg_point at = {0};
	gsl_matrix *m;
	hg_verdict *v;
	ck_assert_int_eq(hg_point_add(&at, "x", 1, 1, &m), HG_OK);
	m->data[0] = x;
	ck_assert_int_eq(hg_check(&(hg_function){.value = curve_value, .params = &c},
	                          &(hg_gradient){curve_claim, &c}, &at, NULL, &v), HG_OK);
	char *message = hg_verdict_message(v, &at, "d");
	hg_verdict_free(v);
	hg_point_clear(&at);
	ck_assert_ptr_nonnull(message);
	return message;
}

static void says(char *message, const char *words)
{
	ck_assert_msg(strstr(message, words) != NULL, "no \"%s\" in: %s", words, message);
	free(message);
}

START_TEST(what_was_certified_and_which_setting_would_do_is_said)
{
	char *message = message_of(rounded, cos, 1, 0.4);
	double would = 0;
	const char *setting = strstr(message, ".resolution = ");
	ck_assert_msg(setting && strstr(message, "1e-06 was wanted"), "%s", message);
	ck_assert_int_eq(sscanf(setting, ".resolution = %lg", &would), 1);
	free(message);
	ck_assert(check_at(rounded, cos, 1, 0.4, &(hg_settings){.resolution = would}).outcome == HG_AGREES);
	says(message_of(sin, cos, 1 + 1e-8, 0.4), ".ftol");
}
END_TEST

static int half_dead(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = 3 + sin(x[0]->data[0]) + fmax(x[0]->data[1], 0);
	return 0;
}

static int half_dead_claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	(void)params;
	g[0]->data[0] = cos(x[0]->data[0]);
	g[0]->data[1] = x[0]->data[1] > 0;
	return 0;
}

START_TEST(an_agreement_says_what_it_shows_nothing_of)
{
	hg_point at = {0};
	gsl_matrix *x;
	hg_verdict *v;
	ck_assert_int_eq(hg_point_add(&at, "x", 1, 2, &x), HG_OK);
	x->data[1] = -0.4;
	ck_assert_int_eq(hg_check(&(hg_function){.value = half_dead}, &(hg_gradient){.value = half_dead_claim}, &at, NULL, &v), HG_OK);
	ck_assert_uint_eq(v->zeros, 1);
	says(hg_verdict_message(v, &at, "d"), "1 of 2 entries: zero against zero");
	hg_verdict_free(v);
	hg_point_clear(&at);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("settings");
	TCase *tc = tcase_create("settings");
	TRAP(tc);
	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, a_function_computed_to_a_tolerance_convicts_nobody, 0, 2);
	tcase_add_test(tc, a_tolerance_said_is_believed);
	tcase_add_test(tc, a_smooth_error_is_told_from_a_slip);
	tcase_add_test(tc, an_absolute_difference_is_granted);
	tcase_add_test(tc, a_typical_size_may_be_said);
	tcase_add_test(tc, a_thousand_smooth_entries_cost_six_evaluations_each);
	tcase_add_test(tc, a_direction_sees_one_wrong_entry_of_very_many);
	tcase_add_test(tc, what_was_certified_and_which_setting_would_do_is_said);
	tcase_add_test(tc, an_agreement_says_what_it_shows_nothing_of);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
