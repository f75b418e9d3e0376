#include "num/walk.h"

#include "base/status.h"
#include "num/constants.h"
#include "num/point.h"

#include <fenv.h>
#include <math.h>
#include <stdlib.h>

static hg_status open(const hg_point *at, const hg_settings *settings, hg_walk *walk)
{
	walk->at = at;
	walk->limit = settings->max_evaluations;
	walk->single = settings->single;
	walk->memo.width = walk->noutputs;
	walk->y = calloc(walk->noutputs, sizeof *walk->y);
	walk->x = calloc(at->nblocks, sizeof *walk->x);
	bool complete = walk->x && walk->y;
	for (size_t b = 0; complete && b < at->nblocks; b++) {
		walk->x[b] = hg_matrix_new(at->block[b].x->size1, at->block[b].x->size2);
		complete = walk->x[b] != NULL;
	}
	if (!complete) {
		hg_walk_close(walk);
		return HG_ENOMEM;
	}
	hg_walk_home(walk);
	return HG_OK;
}

hg_status hg_walk_open(const hg_function *f, const hg_point *at, const hg_settings *settings, hg_walk *walk)
{
	*walk = (hg_walk){.f = f, .noutputs = 1};
	HG_TRY(open(at, settings, walk));
	if (f->keep && f->poke)
		walk->kept = f->keep((const gsl_matrix *const *)walk->x, f->params);
	return HG_OK;
}

hg_status hg_walk_open_map(const hg_vector_function *map, const hg_point *at, const hg_settings *settings, hg_walk *walk)
{
	*walk = (hg_walk){.map = map, .noutputs = map->noutputs};
	return open(at, settings, walk);
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
	free(walk->y);
	hg_memo_free(&walk->memo);
	*walk = (hg_walk){0};
}

void hg_walk_home(hg_walk *walk)
{
	for (size_t b = 0; b < walk->at->nblocks; b++) {
		gsl_matrix *x = walk->x[b];
		hg_matrix_copy(x, walk->at->block[b].x);
		for (size_t k = 0; walk->single && k < x->size1 * x->size2; k++)
			x->data[k] = (float)x->data[k];
	}
}

static bool may_evaluate(hg_walk *walk)
{
	if (walk->limit && walk->evaluations + walk->pokes >= walk->limit)
		walk->spent = true;
	return !walk->spent;
}

double hg_walk_value(hg_walk *walk)
{
	const gsl_matrix *const *x = (const gsl_matrix *const *)walk->x;
	int failed;
	for (size_t o = 0; o < walk->noutputs; o++)
		walk->y[o] = NAN;
	if (!may_evaluate(walk))
		return NAN;
	walk->evaluations++;
	if (walk->map) {
		gsl_vector y = {.size = walk->noutputs, .stride = 1, .data = walk->y};
		failed = walk->map->value(x, walk->map->params, &y);
	} else {
		failed = walk->f->value(x, walk->f->params, walk->y);
	}
	for (size_t o = 0; o < walk->noutputs; o++)
		if (failed || !isfinite(walk->y[o]))
			walk->y[o] = NAN;
	return walk->y[walk->output];
}

/* ---- lines ---------------------------------------------------------------------------------------------- */

size_t hg_line_of_direction(const hg_walk *walk, size_t direction, long block)
{
	return 1 + direction * (walk->at->nblocks + 1) + (size_t)(block + 1);
}

size_t hg_line_of_entry(const hg_walk *walk, size_t k) { return hg_line_of_direction(walk, DIRECTIONS, -1) + k; }

/* The value at t of a line: remembered, or asked for where `move` leads. */
static double value_on(hg_walk *walk, size_t line, double t, void (*move)(void *self, double t), void *self)
{
	const hg_spot spot = {line, t, fegetround()};
	const bool remember = line && walk->noutputs > 1;
	const double *known = remember ? hg_memo_find(&walk->memo, spot) : NULL;
	walk->asked++;
	if (known)
		return known[walk->output];
	move(self, t);
	const double f = hg_walk_value(walk);
	if (remember && !walk->spent)
		hg_memo_add(&walk->memo, spot, walk->y);
	return f;
}

static double rounded(const hg_walk *walk, double t) { return walk->single ? (float)t : t; }

static double *cell_of(const hg_along *along)
{
	return along->walk->x[along->block]->data + along->i * along->walk->x[along->block]->tda + along->j;
}

static void move_along(void *self, double t)
{
	const hg_along *along = self;
	*cell_of(along) = rounded(along->walk, t);
}

static double value_along(void *self, double t)
{
	hg_along *along = self;
	const double here = *cell_of(along), f = value_on(along->walk, along->line, t, move_along, along);
	*cell_of(along) = here;
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
	walk->asked++;
	int failed = walk->f->poke(walk->kept, along->block, along->i, along->j, rounded(walk, t), &f);
	return !failed && isfinite(f) ? f : NAN;
}

hg_line hg_along_line(hg_along *along)
{
	return (hg_line){.value = along->by == HG_BY_POKE ? poke_along : value_along,
	                 .self = along,
	                 .x = *cell_of(along),
	                 .scale = along->walk->at->block[along->block].scale,
	                 .single = along->walk->single};
}

/* Places are the same in every rounding mode: only the function is to feel it. */
static int into_nearest(void)
{
	const int mode = fegetround();
	fesetround(FE_TONEAREST);
	return mode;
}

static void move_abreast(void *self, double t)
{
	const hg_abreast *a = self;
	const int mode = into_nearest();
	for (size_t k = 0; k < a->n; k++) {
		const hg_entry *e = &a->entry[a->member[k]];
		const hg_block *block = &a->walk->at->block[e->block];
		gsl_matrix *x = a->walk->x[e->block];
		double *cell = x->data + e->i * x->tda + e->j;
		*cell = rounded(a->walk, *cell + (t - 1) * hg_unit_of(*cell, block->scale));
	}
	fesetround(mode);
}

static double value_abreast(void *self, double t)
{
	hg_abreast *a = self;
	const double f = value_on(a->walk, a->line, t, move_abreast, a);
	for (size_t k = 0; k < a->n; k++) {
		const hg_entry *e = &a->entry[a->member[k]];
		const gsl_matrix *from = a->walk->at->block[e->block].x;
		gsl_matrix *x = a->walk->x[e->block];
		x->data[e->i * x->tda + e->j] = rounded(a->walk, from->data[e->i * from->tda + e->j]);
	}
	return f;
}

hg_line hg_abreast_line(hg_abreast *abreast)
{
	return (hg_line){.value = value_abreast, .self = abreast, .x = 1, .single = abreast->walk->single};
}

static void move_ray(void *self, double t)
{
	const hg_ray *ray = self;
	const double *u = ray->u;
	const int mode = into_nearest();
	for (size_t b = 0; b < ray->walk->at->nblocks; b++) {
		const gsl_matrix *from = ray->walk->at->block[b].x;
		gsl_matrix *x = ray->walk->x[b];
		if (!ray->walk->at->block[b].wrt)
			continue;
		for (size_t i = 0; i < x->size1; i++)
			for (size_t j = 0; j < x->size2; j++)
				x->data[i * x->tda + j] = rounded(ray->walk, rounded(ray->walk, from->data[i * from->tda + j]) + t * *u++);
	}
	fesetround(mode);
}

static double ray_value(void *self, double t)
{
	hg_ray *ray = self;
	return value_on(ray->walk, ray->line, t, move_ray, ray);
}

hg_line hg_ray_line(hg_ray *ray) { return (hg_line){.value = ray_value, .self = ray, .single = ray->walk->single}; }
