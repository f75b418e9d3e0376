#include "num/walk.h"

#include "num/point.h"

#include <fenv.h>
#include <math.h>
#include <stdlib.h>

hg_status hg_walk_open(const hg_function *f, const hg_point *at, size_t limit, hg_walk *walk)
{
	*walk = (hg_walk){.f = f, .at = at, .limit = limit};
	walk->x = calloc(at->nblocks, sizeof *walk->x);
	for (size_t b = 0; walk->x && b < at->nblocks; b++) {
		walk->x[b] = hg_matrix_new(at->block[b].x->size1, at->block[b].x->size2);
		if (!walk->x[b]) {
			hg_walk_close(walk);
			return HG_ENOMEM;
		}
	}
	if (!walk->x)
		return HG_ENOMEM;
	hg_walk_home(walk);
	if (f->keep && f->poke)
		walk->kept = f->keep((const gsl_matrix *const *)walk->x, f->params);
	return HG_OK;
}

void hg_walk_forget(hg_walk *walk)
{
	if (walk->kept && walk->f->drop)
		walk->f->drop(walk->kept);
	walk->kept = NULL;
}

void hg_walk_close(hg_walk *walk)
{
	hg_walk_forget(walk);
	for (size_t b = 0; walk->x && b < walk->at->nblocks; b++)
		gsl_matrix_free(walk->x[b]);
	free(walk->x);
	*walk = (hg_walk){0};
}

void hg_walk_home(hg_walk *walk)
{
	for (size_t b = 0; b < walk->at->nblocks; b++)
		hg_matrix_copy(walk->x[b], walk->at->block[b].x);
}

static bool may_evaluate(hg_walk *walk)
{
	if (walk->limit && walk->evaluations + walk->pokes >= walk->limit)
		walk->spent = true;
	return !walk->spent;
}

double hg_walk_value(hg_walk *walk)
{
	double f = NAN;
	if (!may_evaluate(walk))
		return NAN;
	walk->evaluations++;
	return walk->f->value((const gsl_matrix *const *)walk->x, walk->f->params, &f) == 0 && isfinite(f) ? f
	                                                                                                   : NAN;
}

static double value_along(void *self, double t)
{
	hg_along *along = self;
	hg_walk *walk = along->walk;
	double *cell = walk->x[along->block]->data + along->i * walk->x[along->block]->tda + along->j;
	const double here = *cell;
	*cell = t;
	const double f = hg_walk_value(walk);
	*cell = here;
	return f;
}

static double poke_along(void *self, double t)
{
	hg_along *along = self;
	hg_walk *walk = along->walk;
	double f = NAN;
	if (!may_evaluate(walk))
		return NAN;
	walk->pokes++;
	int failed = walk->f->poke(walk->kept, along->block, along->i, along->j, t, &f);
	return !failed && isfinite(f) ? f : NAN;
}

hg_line hg_along_line(hg_along *along)
{
	const gsl_matrix *x = along->walk->at->block[along->block].x;
	return (hg_line){.value = along->by == HG_BY_POKE ? poke_along : value_along,
	                 .self = along,
	                 .x = x->data[along->i * x->tda + along->j],
	                 .scale = along->walk->at->block[along->block].scale};
}

/* The place is the same in every rounding mode: only the function is to feel it. */
static double ray_value(void *self, double t)
{
	const hg_ray *ray = self;
	const double *u = ray->u;
	const int mode = fegetround();
	fesetround(FE_TONEAREST);
	for (size_t b = 0; b < ray->walk->at->nblocks; b++) {
		const gsl_matrix *from = ray->walk->at->block[b].x;
		gsl_matrix *x = ray->walk->x[b];
		if (!ray->walk->at->block[b].wrt)
			continue;
		for (size_t i = 0; i < x->size1; i++)
			for (size_t j = 0; j < x->size2; j++)
				x->data[i * x->tda + j] = from->data[i * from->tda + j] + t * *u++;
	}
	fesetround(mode);
	return hg_walk_value(ray->walk);
}

hg_line hg_ray_line(hg_ray *ray) { return (hg_line){.value = ray_value, .self = ray}; }
