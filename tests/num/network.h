/* A random function of several outputs with its Jacobian, of which one entry may be claimed wrongly. */
#ifndef TESTS_NUM_NETWORK_H
#define TESTS_NUM_NETWORK_H

#include "handgrad-outputs.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { MOST = 24 };

/* y_o = sum_k A_ok phi(x_k) + B_o sin(c . x), with phi one of a few; where `band` >= 0 only for |o - k| <= band and with
 * B = 0. The claim is right but for one entry. */
typedef struct network {
	size_t m, n, blocks;
	size_t rows[3], columns[3];
	double A[MOST][MOST], B[MOST], c[MOST];
	long band;
	int phi;
	size_t wrong_output, wrong_entry;
	double factor, offset; /* the wrong entry is claimed times this, and this more */
	unsigned long values;
	size_t alone; /* the output looked at by itself */
} network;

bool within(const network *w, size_t o, size_t k);
void flat(const network *w, const gsl_matrix *const x[], double to[]);
double inner(const network *w, const double x[]);
/* One output, one entry of the Jacobian as claimed, at the numbers of the blocks one after the other. */
double output(const network *w, size_t o, const double x[]);
double slope(const network *w, size_t o, size_t k, const double x[]);
int values(const gsl_matrix *const x[], void *params, gsl_vector *y);
int slopes(const gsl_matrix *const x[], void *params, gsl_matrix *const J[]);
bool depends(void *params, size_t o, size_t block, size_t i, size_t j);
double uniform(double low, double high);
size_t below(size_t n);
hg_point draw(uint64_t seed, network *w);
hg_jacobian_verdict *judged(network *w, hg_point *at, const hg_jacobian *J);
void plant(network *w, size_t nentries, uint64_t seed);

extern uint64_t state; /* of the numbers drawn */

#endif
