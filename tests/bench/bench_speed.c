/* Every entry of the ReLU network judged with its bound, beside the loop of two evaluations that everybody writes:
 * bench_speed [n0 n1 n2 m [alone]]. The same function, the same BLAS, the same run; `alone` leaves out the loop, for
 * timing the whole process. */
#include "handgrad.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

extern const hg_derivation hg_derivation_relu_bce;

enum { BLOCKS = 10, NAIVE_SAMPLE = 300 };

static const char *const names[BLOCKS] = {"X", "Y", "W1", "b1", "W2", "b2", "Z1", "A1", "Z2", "A2"};

static const hg_stage *stage_of(const char *name)
{
	for (size_t s = 0; s < hg_derivation_relu_bce.nstages; s++)
		if (!strcmp(hg_derivation_relu_bce.stage[s].name, name))
			return &hg_derivation_relu_bce.stage[s];
	exit(3);
}

/* The four claims of the page, each for its block. */
static int all_four(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	static const char *const claims[BLOCKS] = {[2] = "dW1", [3] = "db1", [4] = "dW2", [5] = "db2"};
	(void)params;
	for (size_t b = 0; b < BLOCKS; b++) {
		gsl_matrix *one[BLOCKS] = {0};
		if (!claims[b])
			continue;
		one[b] = g[b];
		const hg_gradient *claim = &stage_of(claims[b])->g;
		if (claim->value(x, claim->params, one))
			return 1;
	}
	return 0;
}

static hg_point draw(const size_t n[4], gsl_rng *rng)
{
	const size_t rows[BLOCKS] = {n[0], n[2], n[1], n[1], n[2], n[2], n[1], n[1], n[2], n[2]};
	const size_t cols[BLOCKS] = {n[3], n[3], n[0], 1, n[1], 1, n[3], n[3], n[3], n[3]};
	hg_point at = {0};
	for (size_t b = 0; b < BLOCKS; b++) {
		gsl_matrix *x;
		if (hg_point_add(&at, names[b], rows[b], cols[b], &x) != HG_OK)
			exit(3);
		at.block[b].wrt = b >= 2 && b <= 5;
		const double spread = b == 0 ? 1 : b == 2 ? 1 / sqrt((double)n[0]) : b == 4 ? 1 / sqrt((double)n[1]) : 0.1;
		for (size_t k = 0; k < rows[b] * cols[b]; k++)
			x->data[k] = b == 1 ? (double)gsl_rng_uniform_int(rng, 2) : spread * gsl_ran_gaussian(rng, 1);
	}
	return at;
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Seconds an entry by (f(x + h) - f(x - h)) / 2h, whole evaluations, on some of the entries of W1. */
static double naive(const hg_function *f, hg_point *at)
{
	const gsl_matrix *x[BLOCKS];
	double up, down, sum = 0;
	for (size_t b = 0; b < BLOCKS; b++)
		x[b] = at->block[b].x;
	gsl_matrix *W1 = at->block[2].x;
	const size_t entries = W1->size1 * W1->size2, n = entries < NAIVE_SAMPLE ? entries : NAIVE_SAMPLE;
	const double start = now();
	for (size_t k = 0; k < n; k++) {
		double *w = &W1->data[k * (entries / n)], here = *w;
		*w = here + 1e-5;
		f->value(x, f->params, &up);
		*w = here - 1e-5;
		f->value(x, f->params, &down);
		*w = here;
		sum += (up - down) / 2e-5;
	}
	return isfinite(sum) ? (now() - start) / (double)n : NAN;
}

enum company { BESIDE_THE_LOOP, ALONE };

static int run(const size_t n[4], enum company company)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	hg_point at = draw(n, rng);
	const hg_function *f = &stage_of("dW1")->f;
	const hg_gradient g = {.value = all_four};
	hg_verdict *v;
	const double start = now();
	if (hg_check(f, &g, &at, NULL, &v) != HG_OK)
		exit(3);
	const double ours = now() - start, entries = (double)v->nentries;
	printf("(%zu,%zu,%zu,%zu) %7zu entries %9.2f ms %7.0f ns/entry %6.1f pokes/entry %5lu values; %zu agree, %zu disagree, "
	       "%zu cannot tell",
	       n[0], n[1], n[2], n[3], v->nentries, 1e3 * ours, 1e9 * ours / entries, (double)v->pokes / entries,
	       v->evaluations, v->agree, v->disagree, v->cannot_tell);
	if (company == BESIDE_THE_LOOP) {
		const double each = naive(f, &at);
		printf("; naive %9.0f ns/entry, %.0f times", 1e9 * each, each * entries / ours);
	}
	printf("\n");
	const int failed = v->outcome == HG_DISAGREES;
	hg_verdict_free(v);
	hg_point_clear(&at);
	gsl_rng_free(rng);
	return failed;
}

int main(int argc, char **argv)
{
	static const size_t sizes[][4] = {{20, 32, 1, 64}, {64, 128, 1, 128}, {784, 64, 1, 64}};
	size_t own[4];
	int failed = 0;
	if (argc >= 5) {
		for (int k = 0; k < 4; k++)
			own[k] = strtoul(argv[k + 1], NULL, 10);
		return run(own, argc > 5 ? ALONE : BESIDE_THE_LOOP);
	}
	for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
		failed += run(sizes[k], BESIDE_THE_LOOP);
	return failed != 0;
}
