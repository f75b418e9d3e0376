/* One derivation, named on the command line: its claims agree, its twins are refused and named, its points
 * are such that a wrong shape cannot hide. */
#include "../trap.h"

#include "derive/derive.h"
#include "slips/slips.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const hg_derivation *tried;
static const hg_settings seed = {.seed = 7};

START_TEST(every_claim_agrees)
{
	hg_arena *arena = hg_arena_new();
	hg_report report;
	ck_assert_int_eq(hg_derive(tried, &seed, arena, &report), HG_OK);
	ck_assert_uint_eq(report.nfindings, tried->nstages);
	for (size_t i = 0; i < report.nfindings; i++) {
		const hg_finding *f = &report.finding[i];
		const hg_evidence *e = &f->evidence;
		ck_assert_msg(f->status == HG_S_AGREES, "%s %s at %s (%s): %.17g claimed, %.17g +- %.1e; %s",
		              f->id, hg_finding_status_text(f->status), e->entry, e->point, e->yours, e->numerical,
		              e->abserr, hg_reason_text(e->reason));
		ck_assert_uint_eq(f->nslips, 0);
		ck_assert_ptr_null(f->inherited_from);
		ck_assert(f->evidence.max_rel < 1e-6 && f->evidence.resolution < 1e-6);
		ck_assert(f->evidence.points >= 4);
	}
	ck_assert_uint_eq(report.power.planted, tried->ntwins);
	ck_assert_uint_eq(report.power.refused, tried->ntwins);
	for (size_t k = 0; k < report.power.nblind; k++)
		ck_abort_msg("the points are blind: %s", report.power.blind[k]);
	hg_arena_free(arena);
}
END_TEST

START_TEST(every_stage_has_a_twin)
{
	for (size_t s = 0; s < tried->nstages; s++) {
		size_t twins = 0;
		for (size_t k = 0; k < tried->ntwins; k++)
			twins += !strcmp(tried->twin[k].stage, tried->stage[s].name);
		ck_assert_msg(twins > 0, "no twin stands against %s: is its check vacuous?", tried->stage[s].name);
	}
}
END_TEST

/* The command would say so too: each twin, claimed in earnest, disagrees, and its slip is the first one
 * named. */
START_TEST(every_twin_is_refused_and_named)
{
	hg_arena *arena = hg_arena_new();
	for (size_t k = 0; k < tried->ntwins; k++) {
		const hg_twin *twin = &tried->twin[k];
		hg_report report;
		ck_assert_msg(hg_slip_find(hg_str_of(twin->slip)) != NULL, "%s is no slip", twin->slip);
		ck_assert_int_eq(hg_derive_twin(tried, k, &seed, arena, &report), HG_OK);
		ck_assert_uint_eq(report.nfindings, 1);
		const hg_finding *f = report.finding;
		ck_assert_msg(f->status == HG_S_DISAGREES, "%s with %s: %s", twin->stage, twin->slip,
		              hg_finding_status_text(f->status));
		ck_assert_msg(f->nslips > 0 && !strcmp(f->slip[0].id, twin->slip), "%s with %s is called %s",
		              twin->stage, twin->slip, f->nslips ? f->slip[0].id : "nothing");
		ck_assert_ptr_nonnull(f->evidence.entry);
		ck_assert_ptr_nonnull(f->evidence.grid);
		ck_assert(f->evidence.curve != NULL || !isfinite(f->evidence.yours));
		ck_assert(!(fabs(f->evidence.yours - f->evidence.numerical) <= f->evidence.abserr));
	}
	hg_arena_free(arena);
}
END_TEST

static hg_status point_at(size_t k, hg_point *point)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	gsl_rng_set(rng, k + 1);
	hg_status status = tried->point(k, rng, point);
	gsl_rng_free(rng);
	return status;
}

static bool is_square(const hg_point *point) { return point->label && strstr(point->label, "square"); }

/* Of each block of a point of several sizes: rows and columns differ, or the point is meant to be square. */
START_TEST(points_let_no_shape_hide)
{
	for (size_t k = 0; k < tried->npoints; k++) {
		hg_point point = {0};
		ck_assert_int_eq(point_at(k, &point), HG_OK);
		for (size_t b = 0; b < point.nblocks; b++) {
			const gsl_matrix *x = point.block[b].x;
			ck_assert_msg(x->size1 != x->size2 || x->size1 == 1 || is_square(&point), 
			              "%s is %zu x %zu at point %zu", point.block[b].name, x->size1, x->size2, k);
			for (size_t i = 0; i < x->size1 * x->size2; i++)
				ck_assert(isfinite(x->data[i]));
		}
		hg_point_clear(&point);
	}
}
END_TEST

START_TEST(points_are_the_same_when_drawn_again)
{
	for (size_t k = 0; k < tried->npoints; k++) {
		hg_point a = {0}, b = {0};
		ck_assert_int_eq(point_at(k, &a), HG_OK);
		ck_assert_int_eq(point_at(k, &b), HG_OK);
		ck_assert_uint_eq(a.nblocks, b.nblocks);
		for (size_t i = 0; i < a.nblocks; i++) {
			ck_assert_str_eq(a.block[i].name, b.block[i].name);
			ck_assert(gsl_matrix_equal(a.block[i].x, b.block[i].x));
		}
		hg_point_clear(&a);
		hg_point_clear(&b);
	}
}
END_TEST

/* Names are those of blocks; what a stage uses stands above it. */
START_TEST(stages_name_what_there_is)
{
	hg_point point = {0};
	ck_assert_int_eq(point_at(0, &point), HG_OK);
	for (size_t s = 0; s < tried->nstages; s++) {
		const hg_stage *stage = &tried->stage[s];
		size_t blocks = 0, above = 0;
		for (size_t b = 0; b < point.nblocks; b++)
			blocks += !strcmp(stage->wrt, point.block[b].name);
		for (size_t u = 0; stage->uses && u < s; u++)
			above += !strcmp(stage->uses, tried->stage[u].name);
		ck_assert_msg(blocks == 1, "%s is differentiated by %s", stage->name, stage->wrt);
		ck_assert_msg(above == (stage->uses != NULL), "%s uses %s", stage->name,
		              stage->uses ? stage->uses : "");
		ck_assert_ptr_nonnull(stage->formula);
	}
	hg_point_clear(&point);
}
END_TEST

int main(int argc, char **argv)
{
	tried = argc == 2 ? hg_derivation_find(hg_str_of(argv[1])) : NULL;
	if (!tried) {
		fprintf(stderr, "usage: %s DERIVATION\n", argv[0]);
		return 2;
	}
	gsl_set_error_handler_off();
	Suite *suite = suite_create(tried->name);
	TCase *tcase = tcase_create("derivation");
	TRAP(tcase);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, every_claim_agrees);
	tcase_add_test(tcase, every_stage_has_a_twin);
	tcase_add_test(tcase, every_twin_is_refused_and_named);
	tcase_add_test(tcase, points_let_no_shape_hide);
	tcase_add_test(tcase, points_are_the_same_when_drawn_again);
	tcase_add_test(tcase, stages_name_what_there_is);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
