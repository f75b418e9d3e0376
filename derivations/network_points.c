/* The points every network of two layers is tried at. */
#include "network_affine.h"
#include <gsl/gsl_blas.h>
#include <math.h>

static const char batch[] = "dA2 dZ2 dW2 db2 dA1 dZ1 dW1 db1", above[] = "dA2 dZ2 dW2 db2 dA1";

/* Sizes pairwise different, so that every missing transpose is a wrong shape; labels of every kind; `reach`
 * is how far the outputs z2 may go, `least` how small an entry of a gradient may be beside the largest. */
static const struct kind {
	size_t times, n0, n1, n2, m;
	law label;
	double scale_X, scale_W1, scale_W2, reach, least;
	const char *stages, *text;
} kinds[] = {
	{6, 3, 4, 2, 5, HARD, 1, 1, 1, 6, 3e-3, batch, "batch 5"},
	{3, 4, 3, 2, 5, SOFT, 1, 1, 1, 6, 3e-3, batch, "batch 5, soft labels"},
	{5, 4, 5, 3, 2, HARD, 1, 1, 1, 6, 3e-3, batch, "batch 2"},
	{3, 3, 4, 1, 5, HARD, 1, 1, 1, 6, 3e-3, batch, "batch 5, one output"},
	{1, 3, 4, 2, 5, ZEROS, 1, 1, 1, 6, 3e-3, batch, "batch 5, all labels 0"},
	{1, 3, 4, 2, 5, ONES, 1, 1, 1, 6, 3e-3, batch, "batch 5, all labels 1"},
	{1, 3, 4, 2, 5, SOFT, 1, 1e-2, 1, 6, 3e-3, batch, "first weights x 1e-2"},
	{1, 3, 4, 2, 5, SOFT, 1, 1, 1e-3, 6, 3e-3, above, "second weights x 1e-3"},
	{2, 3, 4, 2, 5, HARD, 1e-3, 1e3, 1, 6, 3e-3, batch, "inputs x 1e-3, their weights x 1e3"},
	{1, 3, 2, 4, 5, HARD, 1, 1, 2, 8, 1e-4, batch, "batch 5, near saturation"},
	{7, 3, 4, 2, 1, SOFT, 1, 1, 1, 6, 3e-3, NULL, "one sample"},
	{3, 3, 4, 2, 1, HARD, 1, 1, 1, 6, 3e-3, NULL, "one sample, hard labels"},
};

/* No unit nearer to the kink than 1/25 of the furthest; some on, some off; no unit and no output saturated
 * more than is meant. */
static bool tame(const gsl_matrix *Z1, const gsl_matrix *Z2, double reach)
{
	double low, high, furthest = 0, nearest = INFINITY;
	for (size_t i = 0; i < Z1->size1; i++)
		for (size_t j = 0; j < Z1->size2; j++) {
			double z = fabs(gsl_matrix_get(Z1, i, j));
			furthest = fmax(furthest, z);
			nearest = fmin(nearest, z);
		}
	gsl_matrix_minmax(Z1, &low, &high);
	if (!(low < 0 && high > 0 && nearest > 0.04 * furthest && furthest < 4))
		return false;
	gsl_matrix_minmax(Z2, &low, &high);
	return fmax(-low, high) < reach;
}

/* Is no entry so small by accident that the rounding of J would hide it? Exact zeros are no accident. */
static bool even(const gsl_matrix *g, double least)
{
	double largest = 0, smallest = INFINITY;
	for (size_t i = 0; i < g->size1; i++)
		for (size_t j = 0; j < g->size2; j++) {
			double size = fabs(gsl_matrix_get(g, i, j));
			largest = fmax(largest, size);
			smallest = size > 0 ? fmin(smallest, size) : smallest;
		}
	return smallest >= least * largest;
}

/* The same of the gradients claimed by every block. */
static bool balanced(const network *of, gsl_matrix *const x[], double least)
{
	claim *const claims[NET_BLOCKS] = {[NET_W1] = affine_dW1, [NET_b1] = affine_db1, [NET_W2] = affine_dW2,
	                                   [NET_b2] = affine_db2, [NET_Z1] = of->dZ1,    [NET_A1] = affine_dA1,
	                                   [NET_Z2] = of->dZ2};
	bool all = true;
	for (size_t b = 0; all && b < NET_BLOCKS; b++) {
		gsl_matrix *g[NET_BLOCKS] = {NULL};
		net_claim by = {of, claims[b], NULL};
		if (!claims[b])
			continue;
		g[b] = gsl_matrix_alloc(x[b]->size1, x[b]->size2);
		if (!g[b])
			return true;
		net_gradient((const gsl_matrix *const *)x, &by, g);
		all = even(g[b], least);
		gsl_matrix_free(g[b]);
	}
	return all;
}

/* Every block drawn anew, and what follows from it. */
static void draw_all(const network *of, const struct kind *d, gsl_matrix *const x[], gsl_rng *rng)
{
	const double bias = fmin(1, d->scale_W1);
	draw_entries(x[NET_X], NORMAL, d->scale_X, rng);
	draw_entries(x[NET_Y], of->last->y == LABELS ? d->label : NORMAL, 1, rng);
	draw_entries(x[NET_W1], NORMAL, d->scale_W1, rng);
	draw_entries(x[NET_b1], NORMAL, bias, rng);
	draw_entries(x[NET_W2], NORMAL, d->scale_W2, rng);
	draw_entries(x[NET_b2], NORMAL, d->scale_W2, rng);
	net_forward(of, NET_X, x);
}

/* Draws until the point is a good one, which takes about ten times; the limit is there for the sake of an
 * end. */
hg_status net_point(const network *of, size_t k, gsl_rng *rng, hg_point *at)
{
	const struct kind *d = kinds;
	for (; k >= d->times; d++)
		k -= d->times;
	at->label = d->text;
	at->stages = d->stages;

	const struct {
		const char *name;
		size_t rows, cols;
	} block[NET_BLOCKS] = {
		[NET_X] = {"X", d->n0, d->m},   [NET_Y] = {"Y", d->n2, d->m},   [NET_W1] = {"W1", d->n1, d->n0},
		[NET_b1] = {"b1", d->n1, 1},    [NET_W2] = {"W2", d->n2, d->n1}, [NET_b2] = {"b2", d->n2, 1},
		[NET_Z1] = {"Z1", d->n1, d->m}, [NET_A1] = {"A1", d->n1, d->m}, [NET_Z2] = {"Z2", d->n2, d->m},
		[NET_A2] = {"A2", d->n2, d->m},
	};
	gsl_matrix *x[NET_BLOCKS];
	for (size_t b = 0; b < NET_BLOCKS; b++)
		TRY(hg_point_add(at, block[b].name, block[b].rows, block[b].cols, &x[b]));
	for (int tries = 0; tries < 10000; tries++) {
		draw_all(of, d, x, rng);
		if (tame(x[NET_Z1], x[NET_Z2], d->reach) && balanced(of, x, d->least))
			break;
	}
	return HG_OK;
}
