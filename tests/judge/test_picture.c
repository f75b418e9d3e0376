#include "derive/derive.h"
#include "finding/picture.h"
#include "../trap.h"

#include <math.h>
#include <string.h>

/* Every wrong twin of every derivation comes with its pictures, and they show what the evidence says. */
START_TEST(twins_have_pictures)
{
	const hg_derivation *d = hg_derivations[_i];
	for (size_t k = 0; k < d->ntwins; k++) {
		hg_arena *arena = hg_arena_new();
		hg_report r;
		ck_assert_int_eq(hg_derive_twin(d, k, NULL, arena, &r), HG_OK);
		const hg_evidence *e = &r.finding->evidence;
		ck_assert_msg(r.finding->status == HG_S_DISAGREES && e->grid, "%s.%s", d->name, d->twin[k].slip);
		ck_assert_msg(e->curve || !isfinite(e->yours), "%s.%s: yours %g", d->name, d->twin[k].slip, e->yours);
		bool found = false;
		for (size_t i = 0; i < e->grid->rows * e->grid->cols; i++)
			found |= e->grid->claimed[i] == e->yours && e->grid->numerical[i] == e->numerical;
		ck_assert(found || !(e->yours == e->yours));
		double off = fabs(e->yours - e->numerical), nearest = INFINITY;
		for (size_t i = 0; e->curve && i < e->curve->n; i++) {
			ck_assert(e->curve->step[i] > 0 && e->curve->bound[i] == e->abserr);
			ck_assert(i == 0 || e->curve->step[i] < e->curve->step[i - 1]);
			nearest = fmin(nearest, fabs(e->curve->difference[i] / off - 1));
		}
		ck_assert_msg(!e->curve || !(off > 1e-6) || nearest < 1e-3, "%s.%s: nearest %g", d->name, d->twin[k].slip, nearest);
		hg_arena_free(arena);
	}
}
END_TEST

static int cube(const gsl_matrix *const x[], void *params, double *f)
{
	double t = gsl_matrix_get(x[0], 0, 1);
	(void)params;
	*f = t * t * t;
	return t > 2.05; /* no value there: those steps are left out */
}

static int claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	(void)params;
	gsl_matrix_set_zero(g[0]);
	gsl_matrix_set(g[0], 0, 1, 2 * pow(gsl_matrix_get(x[0], 0, 1), 2)); /* 2 t^2 where 3 t^2 is right */
	return 0;
}

START_TEST(point_is_as_it_was)
{
	hg_point at = {0};
	gsl_matrix *x;
	ck_assert_int_eq(hg_point_add(&at, "x", 2, 3, &x), HG_OK);
	at.block[0].wrt = true;
	gsl_matrix_set_all(x, 0.1);
	gsl_matrix_set(x, 0, 1, 2.0);
	hg_function f = {.value = cube};
	hg_gradient g = {.value = claim};
	hg_verdict *v;
	hg_arena *arena = hg_arena_new();
	hg_evidence e = {0};
	ck_assert_int_eq(hg_check(&f, &g, &at, NULL, &v), HG_OK);
	ck_assert_int_eq(v->outcome, HG_DISAGREES);
	ck_assert_int_eq(hg_picture_fill(&f, v, &at, arena, &e), HG_OK);
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < 3; j++)
			ck_assert(gsl_matrix_get(x, i, j) == (i == 0 && j == 1 ? 2.0 : 0.1));
	ck_assert(e.grid->rows == 2 && e.grid->cols == 3 && strcmp(e.grid->name, "x") == 0);
	ck_assert_double_eq_tol(e.grid->claimed[1], 8, 1e-12);
	ck_assert_double_eq_tol(e.grid->numerical[1], 12, 1e-6);
	ck_assert_uint_gt(e.curve->n, 5);
	ck_assert(e.curve->step[0] < 0.05); /* the larger steps leave the domain */
	ck_assert_double_eq_tol(e.curve->difference[4], 4, 1e-3);
	hg_verdict_free(v);
	hg_point_clear(&at);
	hg_arena_free(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("picture");
	TCase *tc = tcase_create("fill");
	TRAP(tc);
	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, twins_have_pictures, 0, (int)hg_nderivations);
	tcase_add_test(tc, point_is_as_it_was);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
