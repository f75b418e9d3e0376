/* One entry of W1, b1, W2 or b2 changed: what moves is one row of Z1 (or of Z2), and of the samples only those whose
 * unit answers. O(n2 m) operations instead of a forward pass, and no cancellation between two nearly equal losses. */
#include "network.h"
#include <stdlib.h>

enum { SLOPE1 = NET_BLOCKS, TAIL2, MATRICES }; /* beside the blocks: g1'(Z1), and what the last layer keeps of Z2 */

typedef struct kept {
	const network *of;
	double J, per; /* the value unchanged; J = per * sum of L */
	gsl_matrix x[MATRICES];
	double *dz, *da, *z, *w, *y; /* of the samples that move: room for m each */
	size_t *sample;
	double store[];
} kept;

static double *row(const kept *k, size_t block, size_t i) { return k->x[block].data + i * k->x[block].tda; }

static size_t entries(const gsl_matrix *x) { return x->size1 * x->size2; }

static kept *kept_new(const gsl_matrix *const x[])
{
	const gsl_matrix *shape[MATRICES];
	size_t n = 0, m = x[NET_X]->size2;
	for (size_t b = 0; b < MATRICES; b++) {
		shape[b] = x[b < NET_BLOCKS ? b : b == SLOPE1 ? NET_Z1 : NET_Z2];
		n += entries(shape[b]);
	}
	kept *k = malloc(sizeof *k + (n + 5 * m) * sizeof(double) + m * sizeof(size_t));
	if (!k)
		return NULL;
	double *at = k->store;
	for (size_t b = 0; b < MATRICES; at += entries(shape[b++]))
		k->x[b] = gsl_matrix_view_array(at, shape[b]->size1, shape[b]->size2).matrix;
	k->dz = at;
	k->da = at + m;
	k->z = at + 2 * m;
	k->w = at + 3 * m;
	k->y = at + 4 * m;
	k->sample = (size_t *)(at + 5 * m);
	return k;
}

void *net_keep(const gsl_matrix *const x[], void *params)
{
	const net_cut *cut = params;
	kept *k = kept_new(x);
	if (!k || net_value(x, params, &k->J)) {
		free(k);
		return NULL;
	}
	gsl_matrix *own[NET_BLOCKS];
	for (size_t b = 0; b < NET_BLOCKS; b++) {
		own[b] = &k->x[b];
		gsl_matrix_memcpy(own[b], x[b]);
	}
	k->of = cut->of;
	net_forward(k->of, own);
	net_map(k->of->hidden->slope, own[NET_Z1], &k->x[SLOPE1]);
	net_map(k->of->last->keep, own[NET_Z2], &k->x[TAIL2]);
	k->per = 1 / (double)own[NET_X]->size2;
	if (k->of->last->over == MEAN_OF_OUTPUTS)
		k->per /= (double)own[NET_Z2]->size1;
	return k;
}

void net_drop(void *k) { free(k); }

/* The change of the sum of L over output row o, when its z moves by scale * da at n samples. */
static double change_of_row(const kept *k, size_t o, size_t n, double scale)
{
	const double *z = row(k, NET_Z2, o), *w = row(k, TAIL2, o), *y = row(k, NET_Y, o);
	for (size_t i = 0; i < n; i++) {
		size_t s = k->sample[i];
		k->dz[i] = scale * k->da[i];
		k->z[i] = z[s];
		k->w[i] = w[s];
		k->y[i] = y[s];
	}
	return k->of->last->change(n, k->z, k->w, k->y, k->dz);
}

/* Keeps of da only the samples that move; how many. */
static size_t moving(const kept *k, const double *da)
{
	size_t n = 0;
	for (size_t s = 0; s < k->x[NET_X].size2; s++) {
		k->da[n] = da[s];
		k->sample[n] = s;
		n += da[s] != 0;
	}
	return n;
}

/* Unit j of the hidden layer: its z moves by d, times input k where k is given. */
static double change_below(const kept *k, size_t j, double d, const double *input)
{
	double change = 0;
	size_t m = k->x[NET_X].size2, n2 = k->x[NET_Z2].size1;
	for (size_t s = 0; s < m; s++)
		k->dz[s] = input ? d * input[s] : d;
	k->of->hidden->change(m, row(k, NET_Z1, j), row(k, SLOPE1, j), k->dz, k->da);
	size_t n = moving(k, k->da);
	for (size_t o = 0; o < n2; o++)
		change += change_of_row(k, o, n, row(k, NET_W2, o)[j]);
	return change;
}

/* Output o: its z moves by d, times the activation of a unit where one is given. */
static double change_above(const kept *k, size_t o, double d, const double *unit)
{
	size_t m = k->x[NET_X].size2;
	for (size_t s = 0; !unit && s < m; s++)
		k->dz[s] = 1;
	return change_of_row(k, o, moving(k, unit ? unit : k->dz), d);
}

int net_poke(void *kept_at_x, size_t block, size_t i, size_t j, double t, double *f)
{
	const kept *k = kept_at_x;
	if (block < NET_W1 || block > NET_b2)
		return 1;
	double d = t - row(k, block, i)[j], change = 0;
	switch (block) {
	case NET_W1:
		change = change_below(k, i, d, row(k, NET_X, j));
		break;
	case NET_b1:
		change = change_below(k, i, d, NULL);
		break;
	case NET_W2:
		change = change_above(k, i, d, row(k, NET_A1, j));
		break;
	case NET_b2:
		change = change_above(k, i, d, NULL);
		break;
	default:
		return 1;
	}
	*f = k->J + k->per * change;
	return 0;
}
