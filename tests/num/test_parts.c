/* The engine's parts: the tables as algebra, the bound on kinks, the noise, the sizes. */
#include "../trap.h"

#include "num/constants.h"
#include "num/fit.h"
#include "num/line.h"
#include "num/point.h"
#include "num/say.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const hg_stencil *const stencils[] = {&hg_stencil_wide, &hg_stencil_right, &hg_stencil_sharp,
                                             &hg_stencil_quick, &hg_stencil_lean};

enum { NSTENCILS = sizeof stencils / sizeof *stencils };

START_TEST(polynomials_are_orthonormal_over_the_nodes)
{
	const hg_stencil *s = stencils[_i];
	for (int k = 0; k < s->n; k++)
		for (int l = 0; l < s->n; l++) {
			double sum = 0;
			for (int j = 0; j < s->n; j++)
				sum += s->q[k][j] * s->q[l][j];
			ck_assert_double_eq_tol(sum, k == l, 1e-14);
		}
}
END_TEST

START_TEST(nodes_lie_on_the_grid_outermost_first)
{
	const hg_stencil *s = stencils[_i];
	for (int j = 0; j < s->n; j++) {
		ck_assert_double_eq(s->u[j] * s->grid, rint(s->u[j] * s->grid));
		ck_assert(fabs(s->u[j]) <= 1 && (s->sides == 2 || s->u[j] > 0));
		if (j > 0)
			ck_assert_double_le(fabs(s->u[j]), fabs(s->u[j - 1]));
		if (s->sides == 2 && j % 2)
			ck_assert_double_eq(s->u[j], -s->u[j - 1]);
	}
}
END_TEST

/* A fit of degree K differentiates and evaluates every monomial up to K exactly. */
START_TEST(moments_are_those_of_the_derivative)
{
	const hg_stencil *s = stencils[_i];
	for (int K = 1; K < s->n; K++)
		for (int p = 0; p <= K; p++) {
			double slope = 0, value = 0;
			for (int k = 0; k <= K; k++) {
				double a = 0;
				for (int j = 0; j < s->n; j++)
					a += s->q[k][j] * pow(s->u[j], p);
				slope += a * s->slope[k];
				value += a * s->value[k];
			}
			ck_assert_double_eq_tol(slope, p == 1, 1e-13 * s->slope_l1[K]);
			ck_assert_double_eq_tol(value, p == 0, 1e-13 * s->value_l1[K]);
		}
}
END_TEST

START_TEST(norms_are_those_of_the_weights)
{
	const hg_stencil *s = stencils[_i];
	for (int K = 0; K < s->n; K++) {
		double l1 = 0, l2 = 0;
		for (int j = 0; j < s->n; j++) {
			double w = 0;
			for (int k = 0; k <= K; k++)
				w += s->slope[k] * s->q[k][j];
			l1 += fabs(w);
			l2 += w * w;
		}
		ck_assert_double_eq_tol(s->slope_l1[K], l1, 1e-12 * (1 + l1));
		ck_assert_double_eq_tol(s->slope_l2[K], sqrt(l2), 1e-12 * (1 + l1));
	}
}
END_TEST

START_TEST(the_rule_integrates_polynomials)
{
	const hg_rule *r = &hg_clenshaw_curtis;
	for (int p = 0; p < HG_RULE_NODES; p++) {
		double full = 0, half = 0;
		for (int k = 0; k < HG_RULE_NODES; k++) {
			full += r->full[k] * pow(r->node[k], p);
			half += r->half[k] * pow(r->node[k], p);
		}
		ck_assert_double_eq_tol(full, 1.0 / (p + 1), 1e-15);
		if (p <= HG_RULE_NODES / 2)
			ck_assert_double_eq_tol(half, 1.0 / (p + 1), 1e-15);
	}
	ck_assert_double_eq(r->node[0], 1);
	ck_assert_double_eq(r->node[HG_RULE_NODES - 1], 0); /* both ends: a closed rule */
}
END_TEST

/* ---- one kink of any size, anywhere in the window, stays within the bound ------------------------------ */

static double kink_at;

static double kink(void *self, double t)
{
	(void)self;
	return fabs(t - kink_at);
}

START_TEST(a_kink_in_the_window_stays_within_the_bound)
{
	const hg_stencil *s = stencils[_i];
	const hg_line line = {.value = kink, .x = 0, .probed = true};
	for (kink_at = 1e-4; s->sides == 2 && kink_at < 1.05; kink_at += 2e-4) {
		hg_line here = line;
		hg_fit fit;
		here.f = kink_at;
		ck_assert(hg_fit_find(&here, s, HG_BOTH, 1, &fit));
		ck_assert_msg(fabs(fit.slope + 1) <= fit.abserr / FIT_SAFETY * 1.01, "kink at %g: %g +- %g", kink_at,
		              fit.slope, fit.abserr);
	}
}
END_TEST

/* ---- noise --------------------------------------------------------------------------------------------- */

static double cancelling(void *self, double t)
{
	(void)self;
	return (1e6 + sin(t)) - 1e6;
}

static double deaf(void *self, double t)
{
	(void)self;
	return (double)(float)(rint(sin(t) * 1e5) * 0x1p-16);
}

START_TEST(the_processor_tells_the_noise)
{
	hg_line line = {.value = cancelling, .x = 0.7};
	if (!hg_rounding_works()) /* under valgrind, for one */
		return;
	ck_assert_int_eq(hg_line_probe(&line), 0);
	ck_assert_double_ge(line.spread, 0.3 * 1e6 * DBL_EPSILON);
	ck_assert_double_le(line.spread, 3 * 1e6 * DBL_EPSILON);
}
END_TEST

START_TEST(residuals_tell_noise_from_kinks)
{
	hg_line noisy = {.value = deaf, .x = 0.7}, kinked = {.value = kink, .x = 0.7},
	        smooth = {.value = cancelling, .x = 0.7};
	kink_at = 0.7;
	ck_assert_double_gt(hg_line_residual(&noisy), 0x1p-18);
	ck_assert_double_lt(hg_line_residual(&kinked), 1e-15);
	ck_assert_double_lt(hg_line_residual(&smooth), 1e-8);
}
END_TEST

/* ---- sizes and numbers --------------------------------------------------------------------------------- */

START_TEST(sizes_that_overflow_are_refused)
{
	static const size_t wild[][2] = {{0, 3},
	                                 {3, 0},
	                                 {(size_t)1 << 32, (size_t)1 << 32},
	                                 {(size_t)1 << 31, (size_t)1 << 30},
	                                 {((size_t)1 << 61) + 1, 1},
	                                 {HG_MOST_ENTRIES, 2},
	                                 {(size_t)-1, (size_t)-1}};
	for (size_t k = 0; k < sizeof wild / sizeof *wild; k++) {
		ck_assert_int_eq(hg_size_check(wild[k][0], wild[k][1]), HG_ESIZE);
		ck_assert_ptr_null(hg_matrix_new(wild[k][0], wild[k][1]));
	}
	ck_assert_int_eq(hg_size_check(HG_MOST_ROWS, 1), HG_OK);
	ck_assert_int_eq(hg_size_check(1, HG_MOST_ENTRIES), HG_OK);
}
END_TEST

static const char *number(double value, double abserr, double other)
{
	static char text[64];
	hg_buf buf = {0};
	hg_say_number(value, other, abserr, &buf);
	snprintf(text, sizeof text, "%.*s", (int)buf.n, buf.p);
	hg_buf_free(&buf);
	return text;
}

START_TEST(numbers_show_the_digits_that_matter)
{
	ck_assert_str_eq(number(1.0 / 3, 1e-10, 1.0 / 3), "+0.333333");
	ck_assert_str_eq(number(1.0 / 3, 0.1, 0.7), "+0.333333");
	ck_assert_str_eq(number(1 + 1e-9, 1e-12, 1), "+1.0000000010");
	ck_assert_str_eq(number(1 + 1e-9, 1e-6, 1), "+1.00000000");
	ck_assert_str_eq(number(-1.5e-9, 0, 1.5e-9), "-1.50000e-09");
	ck_assert_str_eq(number(NAN, INFINITY, 1), "NaN");
	ck_assert_str_eq(number(0, 1e-10, 0), " 0");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("parts");
	TCase *tc = tcase_create("parts");
	TRAP(tc);
	tcase_add_loop_test(tc, polynomials_are_orthonormal_over_the_nodes, 0, NSTENCILS);
	tcase_add_loop_test(tc, nodes_lie_on_the_grid_outermost_first, 0, NSTENCILS);
	tcase_add_loop_test(tc, moments_are_those_of_the_derivative, 0, NSTENCILS);
	tcase_add_loop_test(tc, norms_are_those_of_the_weights, 0, NSTENCILS);
	tcase_add_loop_test(tc, a_kink_in_the_window_stays_within_the_bound, 0, NSTENCILS);
	tcase_add_test(tc, the_rule_integrates_polynomials);
	tcase_add_test(tc, the_processor_tells_the_noise);
	tcase_add_test(tc, residuals_tell_noise_from_kinks);
	tcase_add_test(tc, sizes_that_overflow_are_refused);
	tcase_add_test(tc, numbers_show_the_digits_that_matter);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
