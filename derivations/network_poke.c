/* One entry of one block changed: what moves is one row of Z1 (or of Z2) or one entry of it, and of the
 * samples only those whose unit answers. O(n2 m) operations for W1 and b1, O(m) for W2 and b2, O(n2) for Z1
 * and A1, instead of a forward pass, and no cancellation between two nearly equal losses. */
#include "network.h"
#include <stdlib.h>

/* Beside the blocks: g1'(Z1), and what the last layer keeps of Z2. */
enum { SLOPE1 = NET_BLOCKS, TAIL2, MATRICES };

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
	net_forward(k->of, cut->at, own);
	net_map(k->of->hidden->slope, own[NET_Z1], &k->x[SLOPE1]);
	net_map(k->of->last->keep, own[NET_Z2], &k->x[TAIL2]);
	k->per = cut->at < NET_Z1 ? 1 / (double)own[NET_X]->size2 : 1;
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

/* The outputs, when unit j gives da more at n samples. */
static double change_of_unit(const kept *k, size_t j, size_t n)
{
	double change = 0;
	for (size_t o = 0; o < k->x[NET_Z2].size1; o++)
		change += change_of_row(k, o, n, row(k, NET_W2, o)[j]);
	return change;
}

/* z of hidden unit j moves by d, times an input where one is given. */
static double change_of_weight_1(const kept *k, size_t j, double d, const double *input)
{
	size_t m = k->x[NET_X].size2;
	for (size_t s = 0; s < m; s++)
		k->dz[s] = input ? d * input[s] : d;
	k->of->hidden->change(m, row(k, NET_Z1, j), row(k, SLOPE1, j), k->dz, k->da);
	return change_of_unit(k, j, moving(k, k->da));
}

/* z of output o moves by d, times the activation of a unit where one is given. */
static double change_of_weight_2(const kept *k, size_t o, double d, const double *unit)
{
	for (size_t s = 0; !unit && s < k->x[NET_X].size2; s++)
		k->dz[s] = 1;
	return change_of_row(k, o, moving(k, unit ? unit : k->dz), d);
}

/* One entry of Z1, A1, Z2 or A2, at one sample. */
static double change_of_entry(const kept *k, size_t block, size_t i, size_t sample, double d)
{
	k->da[0] = d;
	k->sample[0] = sample;
	if (block == NET_Z1)
		k->of->hidden->change(1, row(k, NET_Z1, i) + sample, row(k, SLOPE1, i) + sample, &d, k->da);
	if (block < NET_Z2)
		return change_of_unit(k, i, 1);
	if (block == NET_Z2)
		return change_of_row(k, i, 1, 1);
	const double a = row(k, NET_A2, i)[sample], y = row(k, NET_Y, i)[sample];
	return k->of->last->loss_of_a(a + d, y) - k->of->last->loss_of_a(a, y);
}

int net_poke(void *kept_at_x, size_t block, size_t i, size_t j, double t, double *f)
{
	const kept *k = kept_at_x;
	if (block < NET_W1 || block > NET_A2)
		return 1;
	double d = t - row(k, block, i)[j], change;
	switch (block) {
	case NET_W1:
		change = change_of_weight_1(k, i, d, row(k, NET_X, j));
		break;
	case NET_b1:
		change = change_of_weight_1(k, i, d, NULL);
		break;
	case NET_W2:
		change = change_of_weight_2(k, i, d, row(k, NET_A1, j));
		break;
	case NET_b2:
		change = change_of_weight_2(k, i, d, NULL);
		break;
	default:
		change = change_of_entry(k, block, i, j, d);
	}
	*f = k->J + k->per * change;
	return 0;
}
