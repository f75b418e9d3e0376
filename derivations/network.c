#include "network.h"
#include <gsl/gsl_blas.h>
#include <math.h>
#include <stdlib.h>

enum { ROOM = 9 }; /* matrices of a pass: Z1 A1 Z2 A2, their four gradients, the column of ones */

typedef struct pass {
	net n;
	gsl_matrix own[ROOM];
	double store[];
} pass;

/* The matrices of a pass, in the memory behind it; those of the forward pass as they are at the point. */
static pass *pass_new(const gsl_matrix *const x[])
{
	size_t n1 = x[NET_Z1]->size1, n2 = x[NET_Z2]->size1, m = x[NET_X]->size2;
	pass *p = malloc(sizeof *p + (4 * n1 + 4 * n2 + 1) * m * sizeof(double));
	if (!p)
		return NULL;
	double *at = p->store;
	for (size_t i = 0; i < ROOM; i++) {
		size_t rows = i < 4 ? n1 : i < 8 ? n2 : 1;
		p->own[i] = gsl_matrix_view_array(at, i < 8 ? rows : m, i < 8 ? m : 1).matrix;
		at += rows * m;
	}
	gsl_matrix *o = p->own;
	p->n = (net){.m = (double)m, .X = x[NET_X], .Y = x[NET_Y], .W1 = x[NET_W1], .b1 = x[NET_b1],
	             .W2 = x[NET_W2], .b2 = x[NET_b2], .Z1 = o, .A1 = o + 1, .dZ1 = o + 2, .dA1 = o + 3,
	             .Z2 = o + 4, .A2 = o + 5,
	             .dZ2 = o + 6, .dA2 = o + 7, .one = o + 8};
	gsl_matrix_set_all(p->n.one, 1);
	gsl_matrix_memcpy(p->n.Z1, x[NET_Z1]);
	gsl_matrix_memcpy(p->n.A1, x[NET_A1]);
	gsl_matrix_memcpy(p->n.Z2, x[NET_Z2]);
	gsl_matrix_memcpy(p->n.A2, x[NET_A2]);
	return p;
}

/* Z = W A + b 1^T. */
static void affine(const gsl_matrix *W, const gsl_matrix *A, const gsl_matrix *b, gsl_matrix *Z)
{
	for (size_t i = 0; i < Z->size1; i++)
		for (size_t j = 0; j < Z->size2; j++)
			gsl_matrix_set(Z, i, j, gsl_matrix_get(b, i, 0));
	gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1, W, A, 1, Z);
}

/* The forward pass below the cut; what is above it stays as it is. */
static void forward(const network *of, enum net_block cut, const net *n)
{
	if (cut < NET_Z1)
		affine(n->W1, n->X, n->b1, n->Z1);
	if (cut < NET_A1)
		net_map(of->hidden->value, n->Z1, n->A1);
	if (cut < NET_Z2)
		affine(n->W2, n->A1, n->b2, n->Z2);
	if (cut < NET_A2)
		net_map(of->last->value, n->Z2, n->A2);
}

void net_forward(const network *of, enum net_block cut, gsl_matrix *const x[])
{
	net n = {.X = x[NET_X], .W1 = x[NET_W1], .b1 = x[NET_b1], .W2 = x[NET_W2], .b2 = x[NET_b2],
	         .Z1 = x[NET_Z1], .A1 = x[NET_A1], .Z2 = x[NET_Z2], .A2 = x[NET_A2]};
	forward(of, cut, &n);
}

/* m J. From Z2 on where it may be: log(1 - a) would lose the digits of a that z still has. */
static double loss(const output *last, enum net_block cut, const net *n)
{
	const gsl_matrix *from = cut < NET_A2 ? n->Z2 : n->A2;
	double (*L)(double, double) = cut < NET_A2 ? last->loss_of_z : last->loss_of_a, sum = 0;
	for (size_t i = 0; i < from->size1; i++)
		for (size_t j = 0; j < from->size2; j++)
			sum += L(gsl_matrix_get(from, i, j), gsl_matrix_get(n->Y, i, j));
	return last->over == MEAN_OF_OUTPUTS ? sum / (double)from->size1 : sum;
}

int net_value(const gsl_matrix *const x[], void *params, double *f)
{
	const net_cut *cut = params;
	pass *p = pass_new(x);
	if (!p)
		return 1;
	forward(cut->of, cut->at, &p->n);
	*f = loss(cut->of->last, cut->at, &p->n);
	if (cut->at < NET_Z1)
		*f /= p->n.m;
	free(p);
	return 0;
}

int net_gradient(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const net_claim *to = params;
	const network *of = to->of;
	for (enum net_block by = NET_W1; by < NET_BLOCKS; by++) {
		if (!g[by])
			continue;
		pass *p = pass_new(x);
		if (!p)
			return 1;
		forward(of, by, &p->n);
		of->dA2(&p->n, p->n.dA2);
		of->dZ2(&p->n, p->n.dZ2);
		of->dA1(&p->n, p->n.dA1);
		of->dZ1(&p->n, p->n.dZ1);
		if (to->batch)
			to->batch(&p->n, g[by]);
		for (size_t j = 0; to->entry && j < g[by]->size1; j++)
			for (size_t k = 0; k < g[by]->size2; k++)
				gsl_matrix_set(g[by], j, k, to->entry(&p->n, j, k));
		free(p);
	}
	return 0;
}

void net_map(double (*fn)(double), const gsl_matrix *a, gsl_matrix *g)
{
	for (size_t i = 0; i < g->size1; i++)
		for (size_t j = 0; j < g->size2; j++)
			gsl_matrix_set(g, i, j, fn(gsl_matrix_get(a, i, j)));
}

void net_map2(double (*fn)(double, double), const gsl_matrix *a, const gsl_matrix *b, gsl_matrix *g)
{
	for (size_t i = 0; i < g->size1; i++)
		for (size_t j = 0; j < g->size2; j++)
			gsl_matrix_set(g, i, j, fn(gsl_matrix_get(a, i, j), gsl_matrix_get(b, i, j)));
}

void net_through(double (*slope)(double), const gsl_matrix *x, const net *n, gsl_matrix *g)
{
	net_map(slope, x, g);
	gsl_matrix_mul_elements(g, n->dA1);
}
