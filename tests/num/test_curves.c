/* Functions of one number: smooth, kinked, stepped, noisy, and paths from one point to another. */
#include "curve.h"

#include "num/line.h"

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }
static double sigmoid_prime(double x) { return sigmoid(x) * (1 - sigmoid(x)); }
static double tanh_prime(double x) { return 1 - tanh(x) * tanh(x); }
static double relu(double x) { return x > 0 ? x : 0; }
static double relu_prime(double x) { return x > 0; }
static double cube(double x) { return x * x * x; }
static double cube_prime(double x) { return 3 * x * x; }
static double inverse(double x) { return 1 / x; }
static double absolute(double x) { return fabs(x); }
static double step(double x) { return x >= 0; }
static double zero(double x) { return 0 * x; }
static double half(double x) { return 0.5 + 0 * x; }
static double fifty(double x) { return 50 + 0 * x; }
static double not_a_number(double x) { return NAN * x; }
static double roughly(double x) { return floor(1000 * sin(x)) / 1000; }

static const struct {
	double (*f)(double), (*d)(double);
} smooth[] = {{sigmoid, sigmoid_prime},
              {tanh, tanh_prime},
              {relu, relu_prime},
              {cube, cube_prime},
              {exp, exp},
              {sin, cos},
              {log, inverse}};

static const double points[] = {0.31, 1.7, 2.385};

START_TEST(right_derivatives_agree_and_wrong_ones_do_not)
{
	for (size_t k = 0; k < sizeof smooth / sizeof *smooth; k++) {
		for (size_t p = 0; p < sizeof points / sizeof *points; p++) {
			hg_entry e = check_at(smooth[k].f, smooth[k].d, 1, points[p], NULL);
			ck_assert_msg(e.outcome == HG_AGREES, "function %zu at %g: %s", k, points[p],
			              hg_reason_text(e.reason));
			ck_assert_double_lt(e.resolution, 1e-8);
			ck_assert_double_le(fabs(e.claimed - e.numerical), e.abserr);
			ck_assert(check_at(smooth[k].f, smooth[k].d, 1 + 1e-6, points[p], NULL).reason ==
			          HG_OUTSIDE_BOUND);
			ck_assert(check_at(smooth[k].f, smooth[k].d, -1, points[p], NULL).outcome == HG_DISAGREES);
			ck_assert(check_at(smooth[k].f, smooth[k].d, NAN, points[p], NULL).reason == HG_CLAIM_NOT_FINITE);
		}
	}
}
END_TEST

/* A unit that is off, its kink just inside the widest step: the place where it wakes up is no step of a staircase. */
static double sleeping(double x) { return 7.5 + log1p(exp(relu(x) - 1)); }
static double sleeping_prime(double x) { return x > 0 ? sigmoid(x - 1) : 0; }

START_TEST(a_flat_piece_may_end_anywhere)
{
	for (int k = 0; k < 4000; k++) {
		const double at = -pow(10, -2.5 + k / 1333.0);
		hg_entry e = check_at(sleeping, sleeping_prime, 1, at, NULL);
		ck_assert_msg(e.outcome == HG_AGREES, "at %.17g: %s, %s", at, hg_class_text(e.kind),
		              hg_reason_text(e.reason));
	}
}
END_TEST

/* cos, computed so that at 0.5 it is off in the same way in every rounding mode; only close by its noise is heard. */
static double rough_cos(double x)
{
	const volatile double big = 1e6 + x;
	return cos(x) + (x == 0.5 ? 2e-10 : big - 1e6 - x);
}

static double wrong_cos(double x) { return cos(x) + 2e-10; }

START_TEST(a_claim_off_by_its_own_rounding_is_not_called_wrong)
{
	ck_assert(check_at(sin, wrong_cos, 1, 0.5, NULL).outcome == HG_DISAGREES);
	if (hg_rounding_works())
		ck_assert(check_at(sin, rough_cos, 1, 0.5, NULL).outcome == HG_AGREES);
}
END_TEST

START_TEST(a_tolerance_is_granted_and_named)
{
	const hg_settings loose = {.rtol = 1e-3};
	ck_assert(check_at(sin, cos, 1 + 1e-4, 0.3, &loose).reason == HG_WITHIN_RTOL);
	ck_assert(check_at(sin, cos, 1 + 1e-2, 0.3, &loose).outcome == HG_DISAGREES);
	ck_assert(check_at(sin, cos, 1, 0.3, &loose).reason == HG_WITHIN_BOUND);
}
END_TEST

START_TEST(what_has_no_derivative_gets_no_verdict)
{
	ck_assert(check_at(relu, half, 1, 0, NULL).reason == HG_AT_KINK);
	ck_assert(check_at(absolute, zero, 1, 0, NULL).kind == HG_KINK);
	ck_assert(check_at(absolute, fifty, 1, 0, NULL).reason == HG_OUTSIDE_SLOPES);
	ck_assert(check_at(step, zero, 1, 0, NULL).outcome == HG_CANNOT_TELL);
	ck_assert(check_at(roughly, cos, 1, 0.3, NULL).outcome == HG_CANNOT_TELL);
	if (hg_rounding_works()) /* not under valgrind: there rounded values are noise */
		ck_assert(check_at(roughly, cos, 1, 0.3, NULL).kind == HG_STAIRCASE);
	ck_assert(check_at(log, inverse, 1, -1, NULL).kind == HG_DOMAIN);
	ck_assert(check_at(not_a_number, zero, 1, 1, NULL).kind == HG_DOMAIN);
	ck_assert(check_at(cube, cube_prime, 1, 0, NULL).reason == HG_BOTH_ZERO);
	hg_entry e = check_at(relu, half, 1, 0, NULL);
	ck_assert_double_eq_tol(e.left, 0, 1e-9);
	ck_assert_double_eq_tol(e.right, 1, 1e-9);
}
END_TEST

/* ---- paths ---------------------------------------------------------------------------------------------- */

/* relu(x - s) with the threshold of the claim at 0: right at every point but between 0 and s. */
static int hinge(const gsl_matrix *const x[], void *params, double *f)
{
	*f = relu(gsl_matrix_get(x[0], 0, 0) - *(double *)params);
	return 0;
}

static int hinge_claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	(void)params;
	gsl_matrix_set(g[0], 0, 0, gsl_matrix_get(x[0], 0, 0) > 0);
	return 0;
}

static int stair(const gsl_matrix *const x[], void *params, double *f)
{
	*f = *(double *)params + (gsl_matrix_get(x[0], 0, 0) > 0);
	return 0;
}

static hg_entry path_of(hg_function f, hg_gradient g, double from, double to)
{
	hg_point a = {0}, b = {0};
	gsl_matrix *x, *y;
	hg_entry e;
	ck_assert_int_eq(hg_point_add(&a, "x", 1, 1, &x), HG_OK);
	ck_assert_int_eq(hg_point_add(&b, "x", 1, 1, &y), HG_OK);
	gsl_matrix_set(x, 0, 0, from);
	gsl_matrix_set(y, 0, 0, to);
	ck_assert_int_eq(hg_check_path(&f, &g, &a, &b, NULL, &e), HG_OK);
	hg_point_clear(&a);
	hg_point_clear(&b);
	return e;
}

START_TEST(a_path_sees_a_threshold_that_is_off)
{
	double exact = 0, off = 1e-8;
	curve wrong = {sin, cos, 1 + 1e-9}, right = {sin, cos, 1}, flat = {zero, zero, 1};
	hg_gradient threshold = {.value = hinge_claim};
	ck_assert(path_of((hg_function){.value = hinge, .params = &exact}, threshold, -1.3, 2.1).outcome ==
	          HG_AGREES);
	ck_assert(path_of((hg_function){.value = hinge, .params = &off}, threshold, -1.3, 2.1).outcome ==
	          HG_DISAGREES);
	ck_assert(path_of((hg_function){.value = stair, .params = &exact},
	                  (hg_gradient){.value = curve_claim, .params = &flat}, -1.3, 2.1)
	              .kind
	          == HG_JUMP);
	hg_function sine = {.value = curve_value, .params = &right};
	ck_assert(path_of(sine, (hg_gradient){.value = curve_claim, .params = &right}, -1.3, 0.4).outcome ==
	          HG_AGREES);
	ck_assert(path_of(sine, (hg_gradient){.value = curve_claim, .params = &wrong}, -1.3, 0.4).outcome ==
	          HG_DISAGREES);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("curves");
	TCase *tc = tcase_create("curves");
	TRAP(tc);
	tcase_add_test(tc, right_derivatives_agree_and_wrong_ones_do_not);
	tcase_add_test(tc, a_flat_piece_may_end_anywhere);
	tcase_add_test(tc, a_claim_off_by_its_own_rounding_is_not_called_wrong);
	tcase_add_test(tc, a_tolerance_is_granted_and_named);
	tcase_add_test(tc, what_has_no_derivative_gets_no_verdict);
	tcase_add_test(tc, a_path_sees_a_threshold_that_is_off);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
