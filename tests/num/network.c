#include "network.h"

#include <check.h>
#include <stdlib.h>

static double phi(int kind, double x)
{
	switch (kind) {
	case 0: return tanh(x);
	case 1: return x * x / 2;
	case 2: return fmax(x - 0.3, 0);
	default: return exp(x / 2);
	}
}

static double phi_prime(int kind, double x)
{
	switch (kind) {
	case 0: return 1 - tanh(x) * tanh(x);
	case 1: return x;
	case 2: return x > 0.3;
	default: return exp(x / 2) / 2;
	}
}

bool within(const network *w, size_t o, size_t k) { return w->band < 0 || labs((long)o - (long)k) <= w->band; }

void flat(const network *w, const gsl_matrix *const x[], double to[])
{
	for (size_t b = 0; b < w->blocks; b++)
		for (size_t i = 0; i < x[b]->size1; i++)
			for (size_t j = 0; j < x[b]->size2; j++)
				*to++ = gsl_matrix_get(x[b], i, j);
}

double inner(const network *w, const double x[])
{
	double s = 0;
	for (size_t k = 0; k < w->n; k++)
		s += w->c[k] * x[k];
	return s;
}

double output(const network *w, size_t o, const double x[])
{
	double y = w->band < 0 ? w->B[o] * sin(inner(w, x)) : 0;
	for (size_t k = 0; k < w->n; k++)
		if (within(w, o, k))
			y += w->A[o][k] * phi(w->phi, x[k]);
	return y;
}

double slope(const network *w, size_t o, size_t k, const double x[])
{
	double s = w->band < 0 ? w->B[o] * w->c[k] * cos(inner(w, x)) : 0;
	if (within(w, o, k))
		s += w->A[o][k] * phi_prime(w->phi, x[k]);
	return o == w->wrong_output && k == w->wrong_entry ? s * w->factor + w->offset : s;
}

int values(const gsl_matrix *const x[], void *params, gsl_vector *y)
{
	network *w = params;
	double at[MOST];
	flat(w, x, at);
	w->values++;
	for (size_t o = 0; o < w->m; o++)
		gsl_vector_set(y, o, output(w, o, at));
	return 0;
}

int slopes(const gsl_matrix *const x[], void *params, gsl_matrix *const J[])
{
	const network *w = params;
	double at[MOST];
	flat(w, x, at);
	for (size_t o = 0; o < w->m; o++)
		for (size_t b = 0, k = 0; b < w->blocks; b++)
			for (size_t i = 0; i < x[b]->size1 * x[b]->size2; i++, k++)
				if (J[b])
					gsl_matrix_set(J[b], o, i, slope(w, o, k, at));
	return 0;
}

bool depends(void *params, size_t o, size_t block, size_t i, size_t j)
{
	const network *w = params;
	size_t k = i * w->columns[block] + j;
	for (size_t b = 0; b < block; b++)
		k += w->rows[b] * w->columns[b];
	return within(w, o, k);
}

uint64_t state;

static uint64_t next(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15U;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
	return z ^ (z >> 31);
}

double uniform(double low, double high) { return low + (high - low) * (double)(next() >> 11) * 0x1p-53; }
size_t below(size_t n) { return next() % n; }

/* The last block of several is not differentiated by; the claim is right. */
hg_point draw(uint64_t seed, network *w)
{
	static const char *const names[] = {"W1", "b1", "W2"};
	hg_point at = {0};
	state = seed * 7919 + 1;
	*w = (network){.blocks = 1 + below(3), .band = -1, .phi = (int)below(4), .factor = 1};
	w->m = 1 + below(MOST);
	w->wrong_output = w->m;
	for (size_t b = 0; b < w->blocks; b++) {
		gsl_matrix *x;
		w->rows[b] = 1 + below(4);
		w->columns[b] = 1 + below(2);
		w->n += w->rows[b] * w->columns[b];
		ck_assert_int_eq(hg_point_add(&at, names[b], w->rows[b], w->columns[b], &x), HG_OK);
		for (size_t k = 0; k < w->rows[b] * w->columns[b]; k++)
			x->data[k] = uniform(-2, 2);
		at.block[b].wrt = b == 0 || b + 1 < w->blocks;
	}
	for (size_t o = 0; o < w->m; o++) {
		w->B[o] = uniform(-1, 1);
		for (size_t k = 0; k < w->n; k++) {
			w->A[o][k] = uniform(-1, 1);
			w->c[k] = uniform(-1, 1);
		}
	}
	return at;
}

hg_jacobian_verdict *judged(network *w, hg_point *at, const hg_jacobian *J)
{
	hg_jacobian_verdict *v;
	ck_assert_int_eq(hg_check_jacobian(&(hg_vector_function){values, w->m, w}, J, at, NULL, &v), HG_OK);
	ck_assert_uint_eq(v->noutputs, w->m);
	ck_assert_uint_eq(v->evaluations, w->values);
	ck_assert_uint_eq(v->agree + v->disagree + v->cannot_tell, w->m * v->output[0]->nentries);
	return v;
}

void plant(network *w, size_t nentries, uint64_t seed)
{
	state = seed + 12345;
	w->wrong_output = below(w->m);
	w->wrong_entry = below(nentries);
	w->factor = seed % 2 ? -1 : 1.001;
	w->offset = 1e-3;
}
