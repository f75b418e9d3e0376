#include "finding/picture.h"

#include "base/status.h"

#include <math.h>

enum { STEPS = 23 }; /* two to a decade */

static hg_status fill_grid(const hg_verdict *v, const hg_point *at, hg_arena *arena, const hg_grid **grid)
{
	size_t block = v->entry[v->worst].block;
	const gsl_matrix *x = at->block[block].x;
	size_t n = x->size1 * x->size2;
	hg_grid *g = HG_NEW(arena, hg_grid);
	if (!g)
		return HG_ENOMEM;
	*g = (hg_grid){.name = hg_arena_print(arena, "%s", at->block[block].name), .rows = x->size1, .cols = x->size2,
	               .claimed = HG_NEWS(arena, n, double), .numerical = HG_NEWS(arena, n, double),
	               .abserr = HG_NEWS(arena, n, double)};
	if (!g->name || !g->claimed || !g->numerical || !g->abserr)
		return HG_ENOMEM;
	for (size_t k = 0; k < v->nentries; k++) {
		const hg_entry *e = &v->entry[k];
		if (e->block != block)
			continue;
		g->claimed[e->i * x->size2 + e->j] = e->claimed;
		g->numerical[e->i * x->size2 + e->j] = e->numerical;
		g->abserr[e->i * x->size2 + e->j] = e->abserr;
	}
	*grid = g;
	return HG_OK;
}

/* f with one entry of the point set to t; NaN where it cannot be computed. */
static double value_at(const hg_function *f, const gsl_matrix *const *x, double *entry, double t)
{
	double before = *entry, value = NAN;
	*entry = t;
	if (f->value(x, f->params, &value) != 0)
		value = NAN;
	*entry = before;
	return value;
}

hg_status hg_picture_curve(const hg_function *f, const hg_entry *worst, const hg_point *at, hg_arena *arena,
                           const hg_curve **curve)
{
	hg_curve *c = HG_NEW(arena, hg_curve);
	const gsl_matrix **x = HG_NEWS(arena, at->nblocks, const gsl_matrix *);
	if (!c || !x)
		return HG_ENOMEM;
	*c = (hg_curve){0, HG_NEWS(arena, STEPS, double), HG_NEWS(arena, STEPS, double), HG_NEWS(arena, STEPS, double)};
	if (!c->step || !c->difference || !c->bound)
		return HG_ENOMEM;
	for (size_t b = 0; b < at->nblocks; b++)
		x[b] = at->block[b].x;
	double *entry = gsl_matrix_ptr(at->block[worst->block].x, worst->i, worst->j), middle = *entry;
	double size = fmax(fabs(middle), 1);
	for (int k = 0; k < STEPS; k++) {
		double right = middle + size * pow(10, -1 - 0.5 * k), left = middle - (right - middle);
		double quotient = (value_at(f, x, entry, right) - value_at(f, x, entry, left)) / (right - left);
		if (!isfinite(quotient) || !isfinite(worst->claimed))
			continue;
		c->step[c->n] = right - middle;
		c->difference[c->n] = fabs(worst->claimed - quotient);
		c->bound[c->n++] = worst->abserr;
	}
	*curve = c->n ? c : *curve;
	return HG_OK;
}

hg_status hg_picture_fill(const hg_function *f, const hg_verdict *verdict, const hg_point *at, hg_arena *arena,
                          hg_evidence *evidence)
{
	if (!verdict->nentries)
		return HG_OK;
	HG_TRY(fill_grid(verdict, at, arena, &evidence->grid));
	return hg_picture_curve(f, &verdict->entry[verdict->worst], at, arena, &evidence->curve);
}
