/* hg_derive on records made up here: what it does with mistakes that no twin foresaw, and with functions that
 * fail. */
#include "../trap.h"

#include "derive/derive.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <string.h>

enum { POINTS = 6 };

static hg_arena *arena;
static hg_report report;

static void open_arena(void)
{
	gsl_set_error_handler_off();
	arena = hg_arena_new();
}

static void close_arena(void) { hg_arena_free(arena); }

/* ---- a function z -> f(z), its slope, points away from the kink ---------------------------------------- */

typedef struct curve {
	double (*of)(double);
} curve;

static int curve_value(const gsl_matrix *const x[], void *params, double *f)
{
	*f = ((const curve *)params)->of(gsl_matrix_get(x[0], 0, 0));
	return 0;
}

static int curve_slope(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	gsl_matrix_set(g[0], 0, 0, ((const curve *)params)->of(gsl_matrix_get(x[0], 0, 0)));
	return 0;
}

static int fails(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	(void)x, (void)params, (void)g;
	return 1;
}

static hg_status apart(size_t k, gsl_rng *rng, hg_point *at)
{
	static const double z[POINTS] = {2.385, -0.634, 1.287, -3.719, 0.731, -1.13};
	gsl_matrix *x;
	(void)rng;
	hg_status status = hg_point_add(at, "z", 1, 1, &x);
	if (status == HG_OK)
		gsl_matrix_set(x, 0, 0, z[k]);
	return status;
}

static hg_status no_memory(size_t k, gsl_rng *rng, hg_point *at)
{
	return k < 3 ? apart(k, rng, at) : HG_ENOMEM;
}

static hg_status for_another_stage(size_t k, gsl_rng *rng, hg_point *at)
{
	at->stages = "another";
	return apart(k, rng, at);
}

static double relu(double z) { return z > 0 ? z : 0; }
static double step(double z) { return z > 0; }
static double late_step(double z) { return z > 0.3; }
static double minus_step(double z) { return z > 0 ? -1 : 0; }
static double bent(double z) { return step(z) + 0.01 * sin(7 * z) + 0.3; }
static double nan_below(double z) { return z > 0 ? z : NAN; }
static double infinite(double z) { return z > 0 ? INFINITY : 0; }

#define CURVE(f)  {.value = curve_value, .params = &(curve){f}}
#define SLOPE(df) {.value = curve_slope, .params = &(curve){df}}

static hg_finding *derive(const hg_stage *stage, size_t nstages,
                          hg_status (*point)(size_t, gsl_rng *, hg_point *))
{
	hg_derivation d = {.name = "made_up", .title = "", .stage = stage, .nstages = nstages, .npoints = POINTS,
	                   .point = point};
	ck_assert_int_eq(hg_derive(&d, NULL, arena, &report), HG_OK);
	ck_assert_uint_eq(report.nfindings, nstages);
	return report.finding;
}

START_TEST(right_is_right)
{
	const hg_stage stage = {.name = "s", .wrt = "z", .formula = "", .f = CURVE(relu), .g = SLOPE(step)};
	const hg_finding *f = derive(&stage, 1, apart);
	ck_assert(f->status == HG_S_AGREES);
	ck_assert_uint_eq(f->evidence.points, POINTS);
	ck_assert_ptr_null(f->evidence.grid);
	ck_assert_int_eq(hg_report_exit_code(&report), 0);
}
END_TEST

/* Right at every point, and the branch is at the wrong place: only the way from one to the next can see
 * it. */
START_TEST(a_path_sees_what_no_point_does)
{
	const hg_stage stage = {.name = "s", .wrt = "z", .formula = "", .f = CURVE(relu), .g = SLOPE(late_step)};
	const hg_finding *f = derive(&stage, 1, apart);
	ck_assert(f->status == HG_S_DISAGREES);
	ck_assert_ptr_nonnull(strstr(f->evidence.entry, "path"));
	ck_assert_double_eq_tol(f->evidence.yours - f->evidence.numerical, 0.3, 1e-6);
	ck_assert_uint_eq(f->nslips, 0);
}
END_TEST

START_TEST(a_slip_no_twin_foresaw_is_named_by_the_numbers)
{
	const hg_stage stage = {.name = "s", .wrt = "z", .formula = "", .f = CURVE(relu), .g = SLOPE(minus_step)};
	const hg_finding *f = derive(&stage, 1, apart);
	ck_assert(f->status == HG_S_DISAGREES);
	ck_assert_str_eq(f->slip[0].id, "sign");
	ck_assert_double_eq_tol(f->evidence.ratio, -1, 1e-9);
	ck_assert_ptr_nonnull(f->evidence.meaning);
	ck_assert_ptr_nonnull(f->evidence.grid);
}
END_TEST

START_TEST(what_nothing_explains_has_no_name)
{
	const hg_stage stage = {.name = "s", .wrt = "z", .formula = "", .f = CURVE(relu), .g = SLOPE(bent)};
	const hg_finding *f = derive(&stage, 1, apart);
	ck_assert(f->status == HG_S_DISAGREES);
	ck_assert_uint_eq(f->nslips, 0);
	ck_assert_double_nan(f->evidence.ratio);
}
END_TEST

START_TEST(a_wrong_stage_above_is_the_root)
{
	const hg_stage stages[] = {
		{.name = "one", .wrt = "z", .formula = "", .f = CURVE(relu), .g = SLOPE(minus_step)},
		{.name = "two", .wrt = "z", .formula = "", .f = CURVE(relu), .g = SLOPE(step), .uses = "one"},
		{.name = "three", .wrt = "z", .formula = "", .f = CURVE(relu), .g = SLOPE(minus_step), .uses = "one"},
		{.name = "four", .wrt = "z", .formula = "", .f = CURVE(relu), .g = SLOPE(minus_step),
		 .uses = "three"},
		{.name = "five", .wrt = "z", .formula = "", .f = CURVE(relu), .g = SLOPE(minus_step), .uses = "two"},
	};
	const hg_finding *f = derive(stages, 5, apart);
	ck_assert_ptr_null(f[0].inherited_from);
	ck_assert(f[1].status == HG_S_AGREES && !f[1].inherited_from);
	ck_assert_str_eq(f[2].inherited_from, "made_up.one");
	ck_assert_str_eq(f[3].inherited_from, "made_up.one");
	ck_assert_ptr_null(f[4].inherited_from);
}
END_TEST

START_TEST(no_value_is_no_verdict)
{
	const hg_stage stages[] = {
		{.name = "nan", .wrt = "z", .formula = "", .f = CURVE(nan_below), .g = SLOPE(step)},
		{.name = "infinite", .wrt = "z", .formula = "", .f = CURVE(infinite), .g = SLOPE(step)},
	};
	const hg_finding *f = derive(stages, 1, apart);
	ck_assert(f->status == HG_S_CANNOT_TELL);
	ck_assert_ptr_nonnull(f->reason);
	ck_assert_int_eq(hg_report_exit_code(&report), 2);
	ck_assert(derive(stages + 1, 1, apart)->status == HG_S_CANNOT_TELL);
}
END_TEST

START_TEST(a_stage_without_points_is_not_right)
{
	const hg_stage stage = {.name = "s", .wrt = "z", .formula = "", .f = CURVE(relu), .g = SLOPE(step)};
	const hg_finding *f = derive(&stage, 1, for_another_stage);
	ck_assert(f->status == HG_S_CANNOT_TELL);
	ck_assert(!f->has_evidence);
	ck_assert_ptr_nonnull(f->reason);
}
END_TEST

START_TEST(trouble_is_passed_up)
{
	const hg_stage broken = {.name = "s", .wrt = "z", .formula = "", .f = CURVE(relu), .g = {.value = fails}};
	const hg_stage fine = {.name = "s", .wrt = "z", .formula = "", .f = CURVE(relu), .g = SLOPE(step)};
	hg_derivation d = {.name = "made_up", .title = "", .stage = &broken, .nstages = 1, .npoints = POINTS,
	                   .point = apart};
	ck_assert_int_eq(hg_derive(&d, NULL, arena, &report), HG_EFUNC);
	d.stage = &fine;
	d.point = no_memory;
	ck_assert_int_eq(hg_derive(&d, NULL, arena, &report), HG_ENOMEM);
	ck_assert_int_eq(hg_derive_twin(&d, 0, NULL, arena, &report), HG_EINVAL);
	hg_settings absurd = {.rtol = NAN};
	d.point = apart;
	ck_assert_int_eq(hg_derive(&d, &absurd, arena, &report), HG_EINVAL);
}
END_TEST

START_TEST(names_are_found)
{
	for (size_t k = 0; k < hg_nderivations; k++)
		ck_assert_ptr_eq(hg_derivation_find(hg_str_of(hg_derivations[k]->name)), hg_derivations[k]);
	ck_assert_ptr_null(hg_derivation_find(HG_STR("sigmoidal")));
	ck_assert_ptr_null(hg_derivation_find(HG_STR("")));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("derive");
	TCase *tcase = tcase_create("derive");
	TRAP(tcase);
	tcase_add_checked_fixture(tcase, open_arena, close_arena);
	tcase_add_test(tcase, right_is_right);
	tcase_add_test(tcase, a_path_sees_what_no_point_does);
	tcase_add_test(tcase, a_slip_no_twin_foresaw_is_named_by_the_numbers);
	tcase_add_test(tcase, what_nothing_explains_has_no_name);
	tcase_add_test(tcase, a_wrong_stage_above_is_the_root);
	tcase_add_test(tcase, no_value_is_no_verdict);
	tcase_add_test(tcase, a_stage_without_points_is_not_right);
	tcase_add_test(tcase, trouble_is_passed_up);
	tcase_add_test(tcase, names_are_found);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
