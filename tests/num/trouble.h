/* A function with all that can be wrong about it, for the tests of what goes wrong around the engine. */
#ifndef TESTS_NUM_TROUBLE_H
#define TESTS_NUM_TROUBLE_H

#include "../trap.h"

#include "handgrad.h"

#include <fenv.h>
#include <math.h>
#include <string.h>

/* f(W, b) = sum_j log cosh(sum_i W_ij + b_j) */
typedef struct trouble {
	enum { NOTHING, FAILS, NOT_A_NUMBER, INFINITE, FAILS_NEARBY, OWN_ROUNDING } value;
	enum { HONEST, LIES, LIES_AT_ONE_ENTRY, POKE_FAILS, NO_MEMORY } poke;
	enum { RIGHT, ONE_WRONG, WRITES_NOTHING, CLAIM_FAILS } claim;
	long drops;
} trouble;

static double column(const gsl_matrix *const x[], size_t j)
{
	double z = gsl_matrix_get(x[1], 0, j);
	for (size_t i = 0; i < x[0]->size1; i++)
		z += gsl_matrix_get(x[0], i, j);
	return z;
}

static int value(const gsl_matrix *const x[], void *params, double *f)
{
	const trouble *t = params;
	const int mode = fegetround();
	if (t->value == FAILS || (t->value == FAILS_NEARBY && gsl_matrix_get(x[0], 0, 0) > 0.5))
		return 1;
	if (t->value == OWN_ROUNDING)
		fesetround(FE_TONEAREST);
	*f = t->value == NOT_A_NUMBER ? NAN : t->value == INFINITE ? INFINITY : 0;
	for (size_t j = 0; j < x[0]->size2; j++)
		*f += log(cosh(column(x, j)));
	if (t->value == OWN_ROUNDING)
		fesetround(mode);
	return 0;
}

static int claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const trouble *t = params;
	if (t->claim == CLAIM_FAILS)
		return 1;
	for (size_t b = 0; b < 2 && t->claim != WRITES_NOTHING; b++)
		for (size_t i = 0; g[b] && i < g[b]->size1; i++)
			for (size_t j = 0; j < g[b]->size2; j++)
				gsl_matrix_set(g[b], i, j,
				               tanh(column(x, j)) * (t->claim == ONE_WRONG && b == 1 && j == 2 ? 2 : 1));
	return 0;
}

typedef struct kept {
	trouble *t;
	double f, z[8];
} kept;

static void *keep(const gsl_matrix *const x[], void *params)
{
	trouble *t = params;
	if (t->poke == NO_MEMORY)
		return NULL;
	static kept k;
	k = (kept){.t = t};
	for (size_t j = 0; j < x[0]->size2; j++)
		k.z[j] = column(x, j);
	value(x, params, &k.f);
	return &k;
}

static const double *the_point; /* W, 3 x 4, then b, 1 x 4 */

static int poke(void *self, size_t block, size_t i, size_t j, double at, double *f)
{
	const kept *k = self;
	const double here = the_point[block == 0 ? i * 4 + j : 12 + j], z = k->z[j];
	const bool lies =
	    k->t->poke == LIES || (k->t->poke == LIES_AT_ONE_ENTRY && block == 0 && i == 1 && j == 1);
	if (k->t->poke == POKE_FAILS)
		return 1;
	*f = k->f + log(cosh(z + (lies ? 2 : 1) * (at - here))) - log(cosh(z));
	return 0;
}

static void drop(void *self) { ((kept *)self)->t->drops++; }

static hg_point make_point(void)
{
	hg_point at = {0};
	gsl_matrix *W = NULL, *b = NULL;
	static double all[16];
	if (hg_point_add(&at, "W", 3, 4, &W) || hg_point_add(&at, "b", 1, 4, &b))
		return at;
	for (size_t k = 0; k < 16; k++)
		all[k] = 0.4 * sin(2.385 * (double)k + 1);
	memcpy(W->data, all, 12 * sizeof *all);
	memcpy(b->data, all + 12, 4 * sizeof *all);
	the_point = all;
	return at;
}

static hg_status run(trouble *t, bool with_poke, const hg_settings *settings, hg_verdict **v)
{
	const hg_function f = {value, with_poke ? keep : NULL, with_poke ? poke : NULL, with_poke ? drop : NULL,
	                       t};
	const hg_gradient g = {claim, t};
	hg_point at = make_point();
	const hg_status status = at.nblocks == 2 ? hg_check(&f, &g, &at, settings, v) : HG_ENOMEM;
	hg_point_clear(&at);
	return status;
}

#endif
