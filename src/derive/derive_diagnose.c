/* The slip of a claim of which only the numbers are known: first the stage's own twins, whose slips are
 * known, then the repairs by numbers. */
#include "derive/derive_evidence.h"

#include "base/status.h"
#include "slips/repairs_numbers.h"

#include <math.h>
#include <string.h>

/* Matrices for the gradient at a point: NULL for the blocks it is not differentiated by. */
static gsl_matrix **gradient_new(const hg_point *at, hg_arena *arena)
{
	gsl_matrix **g = HG_NEWS(arena, at->nblocks, gsl_matrix *);
	for (size_t b = 0; g && b < at->nblocks; b++) {
		if (!at->block[b].wrt)
			continue;
		const gsl_matrix *x = at->block[b].x;
		double *store = HG_NEWS(arena, x->size1 * x->size2, double);
		g[b] = HG_NEW(arena, gsl_matrix);
		if (!store || !g[b])
			return NULL;
		*g[b] = gsl_matrix_view_array(store, x->size1, x->size2).matrix;
	}
	return g;
}

/* Alike but for rounding: 1e-9 of the entry, or 1e-13 of the largest one. */
static bool alike(const hg_verdict *v, gsl_matrix *const g[])
{
	double largest = 0;
	for (size_t k = 0; k < v->nentries; k++)
		largest = fmax(largest, isfinite(v->entry[k].claimed) ? fabs(v->entry[k].claimed) : 0);
	for (size_t k = 0; k < v->nentries; k++) {
		const hg_entry *e = &v->entry[k];
		double a = e->claimed, b = gsl_matrix_get(g[e->block], e->i, e->j);
		bool near = isfinite(a) && fabs(a - b) <= 1e-9 * fabs(a) + 1e-13 * largest;
		if (!near && a != b && !(isnan(a) && isnan(b)))
			return false;
	}
	return true;
}

/* Is the claim the twin, at every point? */
static hg_status is_twin(const hg_trials *trials, const hg_twin *twin, hg_arena *arena, bool *is)
{
	*is = true;
	hg_mark mark = hg_arena_mark(arena);
	for (size_t k = 0; *is && k < trials->n; k++) {
		const hg_point *at = trials->trial[k].at;
		const gsl_matrix **x = HG_NEWS(arena, at->nblocks, const gsl_matrix *);
		gsl_matrix **g = gradient_new(at, arena);
		if (!x || !g)
			return HG_ENOMEM;
		for (size_t b = 0; b < at->nblocks; b++)
			x[b] = at->block[b].x;
		*is = twin->g.value(x, twin->g.params, g) == 0 && alike(trials->trial[k].verdict, g);
		hg_arena_release(arena, mark);
	}
	return HG_OK;
}

/* One block of a trial as the repairs want it. */
static hg_status shot_of(const hg_trial *trial, size_t block, hg_arena *arena, hg_shot *shot)
{
	const hg_point *at = trial->at;
	const size_t rows = at->block[block].x->size1, cols = at->block[block].x->size2;
	hg_known *known = HG_NEWS(arena, at->nblocks, hg_known);
	gsl_matrix *m = HG_NEWS(arena, 3, gsl_matrix);
	double *value = HG_NEWS(arena, 3 * rows * cols, double);
	if (!known || !m || !value)
		return HG_ENOMEM;
	for (size_t b = 0; b < at->nblocks; b++)
		known[b] = (hg_known){at->block[b].name, at->block[b].x};
	for (size_t k = 0; k < 3; k++)
		m[k] = gsl_matrix_view_array(value + k * rows * cols, rows, cols).matrix;
	for (size_t k = 0; k < trial->verdict->nentries; k++) {
		const hg_entry *e = &trial->verdict->entry[k];
		if (e->block != block)
			continue;
		gsl_matrix_set(&m[0], e->i, e->j, e->claimed);
		gsl_matrix_set(&m[1], e->i, e->j, e->numerical);
		gsl_matrix_set(&m[2], e->i, e->j, e->kind <= HG_FLAT ? e->abserr : NAN);
	}
	*shot = (hg_shot){.claimed = &m[0], .numerical = &m[1], .abserr = &m[2],
	                  .nknown = at->nblocks, .known = known,
	                  .samples = (double)at->block[0].x->size2,
	                  .outputs = (double)at->block[at->nblocks - 1].x->size1};
	return HG_OK;
}

static hg_status by_numbers(const hg_trials *trials, hg_arena *arena, hg_numbers_found *found)
{
	size_t n = 0;
	for (size_t k = 0; k < trials->n; k++)
		n += trials->trial[k].at->nblocks;
	hg_shot *shot = HG_NEWS(arena, n, hg_shot);
	if (!shot)
		return HG_ENOMEM;
	n = 0;
	for (size_t k = 0; k < trials->n; k++)
		for (size_t b = 0; b < trials->trial[k].at->nblocks; b++)
			if (trials->trial[k].at->block[b].wrt)
				HG_TRY(shot_of(&trials->trial[k], b, arena, &shot[n++]));
	return hg_diagnose_numbers(shot, n, arena, found);
}

static void add_slip(hg_finding *finding, hg_slip_found *slip, const hg_slip_found *found)
{
	for (size_t k = 0; k < finding->nslips; k++)
		if (!strcmp(slip[k].id, found->id))
			return;
	slip[finding->nslips++] = *found;
}

hg_status hg_diagnose_trials(const hg_trials *trials, hg_arena *arena, hg_finding *finding)
{
	hg_numbers_found numbers;
	HG_TRY(by_numbers(trials, arena, &numbers));
	finding->evidence.ratio = numbers.ratio;
	finding->evidence.pattern = numbers.pattern;

	hg_slip_found *slip = HG_NEWS(arena, trials->of->ntwins + numbers.nslips + 1, hg_slip_found);
	if (!slip)
		return HG_ENOMEM;
	finding->slip = slip;
	for (size_t k = 0; k < trials->of->ntwins; k++) {
		const hg_twin *twin = &trials->of->twin[k];
		bool is = false;
		if (strcmp(twin->stage, trials->stage->name) == 0)
			HG_TRY(is_twin(trials, twin, arena, &is));
		if (is)
			add_slip(finding, slip, &(hg_slip_found){.id = twin->slip, .repaired = trials->stage->formula});
	}
	for (size_t k = 0; k < numbers.nslips; k++)
		add_slip(finding, slip, &numbers.slip[k]);
	return HG_OK;
}
