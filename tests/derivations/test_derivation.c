/* One derivation, named on the command line: its claims agree, its twins are refused and named, its points are such
 * that a wrong shape cannot hide. */
#include "judge/derive.h"
#include "judge/slips.h"
#include "../trap.h"

#include <gsl/gsl_errno.h>
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
		ck_assert_msg(f->status == HG_S_AGREES, "%s %s at %s (%s): %.17g claimed, %.17g +- %.1e numerical; %s", f->id,
		              hg_finding_status_text(f->status), f->evidence.entry, f->evidence.point, f->evidence.yours,
		              f->evidence.numerical, f->evidence.abserr, hg_reason_text(f->evidence.reason));
		ck_assert_uint_eq(f->nslips, 0);
		ck_assert(f->evidence.max_rel < 1e-6 && f->evidence.resolution < 1e-6);
	}
	ck_assert_uint_eq(report.power.planted, tried->ntwins);
	ck_assert_uint_eq(report.power.refused, tried->ntwins);
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

START_TEST(every_twin_is_refused)
{
	hg_arena *arena = hg_arena_new();
	for (size_t k = 0; k < tried->ntwins; k++) {
		const hg_twin *twin = &tried->twin[k];
		hg_report report;
		ck_assert_msg(hg_slip_find(hg_str_of(twin->slip)) != NULL, "%s is no slip", twin->slip);
		ck_assert_int_eq(hg_derive_twin(tried, k, &seed, arena, &report), HG_OK);
		ck_assert_uint_eq(report.nfindings, 1);
		ck_assert_msg(report.finding[0].status == HG_S_DISAGREES, "%s with %s: %s", twin->stage, twin->slip,
		              hg_finding_status_text(report.finding[0].status));
	}
	hg_arena_free(arena);
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
	tcase_add_test(tcase, every_twin_is_refused);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
