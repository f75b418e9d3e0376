/* What following a claim would do. */
#include "derive/derive_evidence.h"

#include "base/status.h"

#include <math.h>

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

enum side { CLAIMED, NUMERICAL };

/* The value after x = x - rate * slope, with the claimed or with the numerical slopes. */
static double after_step(const hg_trials *trials, const hg_trial *at, double rate, enum side along,
                         gsl_matrix **x)
{
	for (size_t k = 0; k < at->verdict->nentries; k++) {
		const hg_entry *e = &at->verdict->entry[k];
		*gsl_matrix_ptr(x[e->block], e->i, e->j) -= rate * (along == CLAIMED ? e->claimed : e->numerical);
	}
	double y = value_at(&trials->stage->f, x);
	for (size_t b = 0; b < at->at->nblocks; b++)
		gsl_matrix_memcpy(x[b], at->at->block[b].x);
	return y;
}

hg_status hg_meaning_of(const hg_trials *trials, const hg_trial *shown, hg_arena *arena,
                        const char **meaning)
{
	const double rate = 0.1;
	gsl_matrix **x = blocks_copy(shown->at, arena);
	if (!x)
		return HG_ENOMEM;
	double before = value_at(&trials->stage->f, x);
	double yours = after_step(trials, shown, rate, CLAIMED, x);
	double right = after_step(trials, shown, rate, NUMERICAL, x);
	if (!isfinite(before) || !isfinite(yours) || !isfinite(right))
		return HG_OK;
	*meaning = hg_arena_print(arena, "a step of %g against it takes the function from %.6g to %.6g; "
	                                 "against the numerical gradient, to %.6g", rate, before, yours, right);
	return *meaning ? HG_OK : HG_ENOMEM;
}
