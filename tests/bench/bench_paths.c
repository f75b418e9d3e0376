/* The path test: no false alarm on right gradients, and thresholds of ReLU that are off by far less than any test at a
 * point could see: bench_paths [paths per regime]. */
#include "regimes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { REGIME_RELU = 16 };

static const int right[] = {0, 3, 5, 7, 9, 11, 13, 14, 15, 16, 17}; /* eleven regimes */

static const double shifts[] = {1e-1, 1e-2, 1e-4, 1e-6, 1e-8, 0};

typedef struct claim {
	const problem *p;
	double shift, factor;
} claim;

static int value(const gsl_matrix *const x[], void *params, double *f)
{
	*f = problem_value(((claim *)params)->p, x[0]->data[0]);
	return 0;
}

static double preactivation(const problem *p, int i, double x)
{
	double z = p->b1[p->row];
	for (int j = 0; j < INPUTS; j++)
		z += (j == p->column ? x : p->W1[p->row][j]) * p->X[i][j];
	return z;
}

static double output_slope(const problem *p, int i, double x)
{
	double z2 = p->b2;
	for (int h = 0; h < HIDDEN; h++) {
		double z = p->b1[h];
		for (int j = 0; j < INPUTS; j++)
			z += (h == p->row && j == p->column ? x : p->W1[h][j]) * p->X[i][j];
		z2 += p->W2[h] * fmax(z, 0);
	}
	return 1 / (1 + exp(-z2)) - p->Y[i];
}

/* ReLU' that wakes up too early: 1 where z > -shift. */
static double shifted(const claim *c, double x)
{
	const problem *p = c->p;
	double sum = 0;
	for (int i = 0; i < BATCH; i++)
		sum +=
		    output_slope(p, i, x) * p->W2[p->row] * (preactivation(p, i, x) > -c->shift) * p->X[i][p->column];
	return sum / BATCH;
}

static int gradient(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const claim *c = params;
	const double at = x[0]->data[0];
	g[0]->data[0] = c->factor * (c->shift > 0 ? shifted(c, at) : problem_gradient(c->p, at));
	return 0;
}

static hg_entry walk(claim c, double a, double b)
{
	const hg_function f = {.value = value, .params = &c};
	const hg_gradient g = {.value = gradient, .params = &c};
	hg_point from = {0}, to = {0};
	gsl_matrix *x, *y;
	hg_entry e;
	if (hg_point_add(&from, "x", 1, 1, &x) || hg_point_add(&to, "x", 1, 1, &y))
		exit(3);
	x->data[0] = a;
	y->data[0] = b;
	if (hg_check_path(&f, &g, &from, &to, NULL, &e) != HG_OK)
		exit(3);
	hg_point_clear(&from);
	hg_point_clear(&to);
	return e;
}

static hg_outcome pointwise(claim c)
{
	const hg_function f = {.value = value, .params = &c};
	const hg_gradient g = {.value = gradient, .params = &c};
	hg_point at = {0};
	gsl_matrix *x;
	hg_verdict *v;
	if (hg_point_add(&at, "x", 1, 1, &x))
		exit(3);
	x->data[0] = c.p->x;
	if (hg_check(&f, &g, &at, NULL, &v) != HG_OK)
		exit(3);
	const hg_outcome o = v->outcome;
	hg_verdict_free(v);
	hg_point_clear(&at);
	return o;
}

static long false_alarms(int regime, long n, long *found)
{
	uint64_t state = 99 + (uint64_t)regime;
	long alarms = 0, undecided = 0;
	double resolution = 0;
	*found = 0;
	for (long k = 0; k < n; k++) {
		problem p;
		problem_draw(regime, &state, &p);
		double a = p.x - random_uniform(&state, 0.3, 0.7), b = p.x + random_uniform(&state, 0.3, 0.7);
		if (regime == 5) {
			a = fmax(a, 0.01);
			b = fmin(b, 0.99);
		}
		const hg_entry e = walk((claim){&p, 0, 1}, a, b);
		alarms += e.outcome == HG_DISAGREES;
		undecided += e.outcome == HG_CANNOT_TELL;
		if (e.outcome == HG_DISAGREES)
			printf("  false: %s: %.17g along the claim, %.17g +- %.3g\n", regimes[regime].name, e.claimed,
			       e.numerical, e.abserr);
		if (e.outcome == HG_AGREES && e.reason == HG_WITHIN_BOUND)
			resolution = fmax(resolution, e.resolution);
		*found += walk((claim){&p, 0, 1 + 1e-10}, a, b).outcome == HG_DISAGREES;
	}
	printf("%-30s %6ld paths, %ld false, %ld undecided, resolution at worst %.1e, 1e-10 found in %.1f %%\n",
	       regimes[regime].name, n, alarms, undecided, resolution, 100 * (double)*found / (double)n);
	return alarms;
}

static int thresholds(long n)
{
	int failed = 0;
	for (size_t s = 0; s < sizeof shifts / sizeof *shifts; s++) {
		uint64_t state = 5;
		long by_path = 0, by_point = 0;
		for (long k = 0; k < n; k++) {
			problem p;
			problem_draw(REGIME_RELU, &state, &p);
			by_path += walk((claim){&p, shifts[s], 1}, p.x - 2, p.x + 2).outcome == HG_DISAGREES;
			by_point += pointwise((claim){&p, shifts[s], 1}) == HG_DISAGREES;
		}
		const double path = 100 * (double)by_path / (double)n;
		const bool met = shifts[s] > 0 ? path >= 97 : by_path == 0;
		printf("ReLU' threshold off by %-6g: path %5.1f %%, point %5.1f %%%s\n", shifts[s], path,
		       100 * (double)by_point / (double)n, met ? "" : "   NOT MET");
		failed += !met;
	}
	return failed;
}

int main(int argc, char **argv)
{
	const long n = argc > 1 ? strtol(argv[1], NULL, 10) : 100;
	long alarms = 0, found;
	for (size_t r = 0; r < sizeof right / sizeof *right; r++)
		alarms += false_alarms(right[r], n, &found);
	return thresholds(n) + (alarms != 0);
}
