/* What following a claim would do, and how the difference quotients run towards the derivative it misses. */
#include "judge/derive_evidence.h"

#include "base/status.h"

#include <math.h>

enum { CURVE_POINTS = 41 }; /* steps 2^0, 2^-1 ... of the entry's own scale */

/* A copy of the point's blocks that may be moved about; NULL: out of memory. */
static gsl_matrix **blocks_copy(const hg_point *at, hg_arena *arena)
{
	gsl_matrix **x = HG_NEWS(arena, at->nblocks, gsl_matrix *);
	for (size_t b = 0; x && b < at->nblocks; b++) {
		const gsl_matrix *from = at->block[b].x;
		double *store = HG_NEWS(arena, from->size1 * from->size2, double);
		x[b] = HG_NEW(arena, gsl_matrix);
		if (!store || !x[b])
			return NULL;
		*x[b] = gsl_matrix_view_array(store, from->size1, from->size2).matrix;
		gsl_matrix_memcpy(x[b], from);
	}
	return x;
}

static double value_at(const hg_function *f, gsl_matrix *const x[])
{
	double y = NAN;
	return f->value((const gsl_matrix *const *)x, f->params, &y) == 0 ? y : NAN;
}

/* The value after x = x - rate * slope, with the claimed or with the numerical slopes. */
static double after_step(const hg_trials *trials, const hg_trial *at, double rate, bool claimed, gsl_matrix **x)
{
	for (size_t k = 0; k < at->verdict->nentries; k++) {
		const hg_entry *e = &at->verdict->entry[k];
		*gsl_matrix_ptr(x[e->block], e->i, e->j) -= rate * (claimed ? e->claimed : e->numerical);
	}
	double y = value_at(&trials->stage->f, x);
	for (size_t b = 0; b < at->at->nblocks; b++)
		gsl_matrix_memcpy(x[b], at->at->block[b].x);
	return y;
}

static const char *meaning(const hg_trials *trials, const hg_trial *at, gsl_matrix **x, hg_arena *arena)
{
	const double rate = 0.1, before = value_at(&trials->stage->f, x);
	double yours = after_step(trials, at, rate, true, x), right = after_step(trials, at, rate, false, x);
	if (!isfinite(before) || !isfinite(yours) || !isfinite(right))
		return NULL;
	return hg_arena_print(arena, "a step of %g against it takes the function from %.6g to %.6g; "
	                             "against the numerical gradient, to %.6g", rate, before, yours, right);
}

static hg_status curve_of(const hg_trials *trials, const hg_trial *at, gsl_matrix **x, hg_arena *arena,
                          const hg_curve **out)
{
	const hg_entry *e = &at->verdict->entry[at->verdict->worst];
	hg_curve *curve = HG_NEW(arena, hg_curve);
	double *value = HG_NEWS(arena, 3 * CURVE_POINTS, double);
	if (!curve || !value)
		return HG_ENOMEM;
	*curve = (hg_curve){0, value, value + CURVE_POINTS, value + 2 * CURVE_POINTS};
	double *cell = gsl_matrix_ptr(x[e->block], e->i, e->j), here = *cell, scale = here != 0 ? fabs(here) : 1;
	for (int k = 0; k < CURVE_POINTS; k++) {
		volatile double up = here + ldexp(scale, -k), down = here - ldexp(scale, -k);
		*cell = up;
		double high = value_at(&trials->stage->f, x);
		*cell = down;
		double low = value_at(&trials->stage->f, x);
		*cell = here;
		double difference = fabs((high - low) / (up - down) - e->claimed);
		if (!isfinite(difference))
			continue;
		curve->step[curve->n] = (up - down) / 2;
		curve->difference[curve->n] = difference;
		curve->bound[curve->n++] = e->abserr;
	}
	*out = curve;
	return HG_OK;
}

hg_status hg_picture_of(const hg_trials *trials, const hg_trial *shown, hg_arena *arena, hg_evidence *e)
{
	gsl_matrix **x = blocks_copy(shown->at, arena);
	if (!x)
		return HG_ENOMEM;
	if (shown->verdict->outcome == HG_DISAGREES)
		e->meaning = meaning(trials, shown, x, arena);
	return curve_of(trials, shown, x, arena, &e->curve);
}
