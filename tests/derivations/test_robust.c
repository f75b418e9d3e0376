/* What must not matter does not: the seed, the scale of the loss, a second run; and a poke is the value.
 * test_robust [SEEDS [SAMPLE]]: all seeds below SEEDS, or so many of them, evenly from one that $HG_SAMPLE or the clock says. */
#include "../trap.h"

#include "base/buf.h"
#include "derive/derive.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static unsigned long seeds = 20, sample = 20, first;

/* Everything a report says, as text. */
static void write_report(const hg_report *report, hg_buf *out)
{
	hg_buf_print(out, "%s %lu, power %zu of %zu\n", report->title, report->seed, report->power.refused,
	             report->power.planted);
	for (size_t i = 0; i < report->nfindings; i++) {
		const hg_finding *f = &report->finding[i];
		const hg_evidence *e = &f->evidence;
		hg_buf_print(out, "%s %s %s %s %a %a %a %a %a %a %zu %lu %s %s %s\n", f->id,
		             hg_finding_status_text(f->status), e->entry, e->point, e->yours, e->numerical, e->abserr,
		             e->max_abs, e->max_rel, e->resolution, e->points, e->evaluations,
		             e->pattern ? e->pattern : "", e->meaning ? e->meaning : "",
		             f->nslips ? f->slip[0].id : "");
	}
}

static void all_agree(const hg_derivation *d, unsigned long seed, const char *how)
{
	hg_arena *arena = hg_arena_new();
	hg_settings settings = {.seed = seed};
	hg_report report;
	ck_assert_int_eq(hg_derive(d, &settings, arena, &report), HG_OK);
	for (size_t i = 0; i < report.nfindings; i++) {
		const hg_finding *f = &report.finding[i];
		const hg_evidence *e = &f->evidence;
		ck_assert_msg(f->status == HG_S_AGREES, "%s, %s, seed %lu: %s at %s (%s): %.17g, %.17g +- %.1e",
		              f->id, how, seed, hg_finding_status_text(f->status), e->entry, e->point, e->yours,
		              e->numerical, e->abserr);
	}
	ck_assert_msg(report.power.refused == d->ntwins, "%s, %s, seed %lu: a twin passed", d->name, how, seed);
	hg_arena_free(arena);
}

START_TEST(no_seed_changes_a_verdict)
{
	for (unsigned long k = 0; k < sample; k++)
		all_agree(hg_derivations[_i], (first + k * seeds / sample) % seeds, "as it is");
}
END_TEST

START_TEST(two_runs_say_the_same)
{
	hg_buf said[2] = {{0}};
	for (int run = 0; run < 2; run++) {
		hg_arena *arena = hg_arena_new();
		hg_report report;
		ck_assert_int_eq(hg_derive(hg_derivations[_i], NULL, arena, &report), HG_OK);
		write_report(&report, &said[run]);
		for (size_t k = 0; k < hg_derivations[_i]->ntwins; k++) {
			ck_assert_int_eq(hg_derive_twin(hg_derivations[_i], k, NULL, arena, &report), HG_OK);
			write_report(&report, &said[run]);
		}
		hg_arena_free(arena);
	}
	ck_assert(said[0].n > 0 && said[0].n == said[1].n && !memcmp(said[0].p, said[1].p, said[0].n));
	hg_buf_free(&said[0]);
	hg_buf_free(&said[1]);
}
END_TEST

/* ---- the loss in other units --------------------------------------------------------------------------- */

typedef struct scaled {
	double by;
	size_t nblocks;
	const hg_function *f;
	const hg_gradient *g;
} scaled;

static int scaled_value(const gsl_matrix *const x[], void *params, double *f)
{
	const scaled *s = params;
	int failed = s->f->value(x, s->f->params, f);
	*f *= s->by;
	return failed;
}

static int scaled_gradient(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const scaled *s = params;
	int failed = s->g->value(x, s->g->params, g);
	for (size_t b = 0; b < s->nblocks; b++)
		if (g[b])
			gsl_matrix_scale(g[b], s->by);
	return failed;
}

static size_t blocks_of(const hg_derivation *d)
{
	hg_point at = {0};
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	ck_assert_int_eq(d->point(0, rng, &at), HG_OK);
	size_t n = at.nblocks;
	gsl_rng_free(rng);
	hg_point_clear(&at);
	return n;
}

START_TEST(the_unit_of_the_loss_does_not_matter)
{
	const size_t nblocks = blocks_of(hg_derivations[_i]);
	static const double units[] = {1e-7, 1e7};
	const hg_derivation *d = hg_derivations[_i];
	for (size_t u = 0; u < 2; u++) {
		hg_arena *arena = hg_arena_new();
		hg_stage *stage = HG_NEWS(arena, d->nstages, hg_stage);
		hg_twin *twin = HG_NEWS(arena, d->ntwins, hg_twin);
		scaled *of = HG_NEWS(arena, d->nstages + d->ntwins, scaled);
		for (size_t s = 0; s < d->nstages; s++) {
			of[s] = (scaled){units[u], nblocks, &d->stage[s].f, &d->stage[s].g};
			stage[s] = d->stage[s];
			stage[s].f = (hg_function){.value = scaled_value, .params = &of[s]};
			stage[s].g = (hg_gradient){.value = scaled_gradient, .params = &of[s]};
		}
		for (size_t t = 0; t < d->ntwins; t++) {
			of[d->nstages + t] = (scaled){units[u], nblocks, NULL, &d->twin[t].g};
			twin[t] = d->twin[t];
			twin[t].g = (hg_gradient){.value = scaled_gradient, .params = &of[d->nstages + t]};
		}
		hg_derivation other = *d;
		other.stage = stage;
		other.twin = twin;
		all_agree(&other, 7, units[u] < 1 ? "loss x 1e-7" : "loss x 1e7");
		hg_arena_free(arena);
	}
}
END_TEST

/* ---- pokes --------------------------------------------------------------------------------------------- */

/* Near and far, across kinks, into saturation and past it. */
static const double moves[] = {1e-9, -1e-9, 1e-4, -1e-4, 0.03, -0.03, 0.3, -0.3,
                               2,    -2,    40,   -40,   1e3,  -1e3,  1e5, -1e5};

/* Entry k of block b, moved. */
static void poke_is_value(const hg_stage *stage, hg_point *at, const gsl_matrix *const x[], void *kept,
                          size_t b, size_t k)
{
	gsl_matrix *block = at->block[b].x;
	const double here = block->data[k];
	double J, poked, whole;
	ck_assert_int_eq(stage->f.value(x, stage->f.params, &J), 0);
	for (size_t m = 0; m < sizeof moves / sizeof *moves; m++) {
		const double t = here + moves[m];
		ck_assert_int_eq(stage->f.poke(kept, b, k / block->size2, k % block->size2, t, &poked), 0);
		block->data[k] = t;
		stage->f.value(x, stage->f.params, &whole);
		block->data[k] = here;
		if (isfinite(whole) || isfinite(poked))
			ck_assert_msg(fabs(poked - whole) <= 4e-14 * (fabs(J) + fabs(whole) + fabs(moves[m])),
			              "%s, %s[%zu] moved by %g: %.17g poked, %.17g", stage->name, at->block[b].name, k,
			              moves[m], poked, whole);
	}
	stage->f.poke(kept, b, k / block->size2, k % block->size2, here, &poked);
	ck_assert_msg(fabs(poked - J) <= 1e-15 * fabs(J), "%s: %.17g unmoved, %.17g", stage->name, poked, J);
}

static void pokes_are_values(const hg_stage *stage, hg_point *at)
{
	const gsl_matrix *x[16];
	for (size_t b = 0; b < at->nblocks; b++)
		x[b] = at->block[b].x;
	void *kept = stage->f.keep(x, stage->f.params);
	ck_assert_ptr_nonnull(kept);
	for (size_t b = 0; b < at->nblocks; b++)
		for (size_t k = 0; !strcmp(at->block[b].name, stage->wrt) && k < x[b]->size1 * x[b]->size2; k++)
			poke_is_value(stage, at, x, kept, b, k);
	stage->f.drop(kept);
}

START_TEST(a_poke_is_the_value)
{
	const hg_derivation *d = hg_derivations[_i];
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	for (size_t k = 0; k < d->npoints; k++) {
		hg_point at = {0};
		gsl_rng_set(rng, 100 + k);
		ck_assert_int_eq(d->point(k, rng, &at), HG_OK);
		for (size_t s = 0; s < d->nstages; s++)
			if (d->stage[s].f.keep && at.label && !strchr(at.label, 'x'))
				pokes_are_values(&d->stage[s], &at);
		hg_point_clear(&at);
	}
	gsl_rng_free(rng);
}
END_TEST

int main(int argc, char **argv)
{
	if (argc > 1)
		sample = seeds = strtoul(argv[1], NULL, 10);
	if (argc > 2) {
		const char *given = getenv("HG_SAMPLE");
		first = (given ? strtoul(given, NULL, 10) : (unsigned long)time(NULL)) % seeds;
		sample = strtoul(argv[2], NULL, 10);
		printf("HG_SAMPLE=%lu takes this sample again\n", first);
	}
	if (sample < 1 || sample > seeds)
		return 1;
	gsl_set_error_handler_off();
	Suite *suite = suite_create("robust");
	TCase *tcase = tcase_create("robust");
	TRAP(tcase);
	tcase_set_timeout(tcase, 1200);
	tcase_add_loop_test(tcase, no_seed_changes_a_verdict, 0, (int)hg_nderivations);
	tcase_add_loop_test(tcase, two_runs_say_the_same, 0, (int)hg_nderivations);
	tcase_add_loop_test(tcase, the_unit_of_the_loss_does_not_matter, 0, (int)hg_nderivations);
	tcase_add_loop_test(tcase, a_poke_is_the_value, 0, (int)hg_nderivations);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
