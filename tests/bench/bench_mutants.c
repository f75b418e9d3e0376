/* Does the engine kill wrong gradients? One weight of a two-layer network, 3-4-1 with five samples, tanh or ReLU, and
 * what hand-written backpropagation gets wrong: bench_mutants [groups]. A mutant is killed in a group when one of its
 * ten random points says "disagrees". Fails when a mutant survives too often, or an equivalent one is ever refused. */
#include "regimes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { POINTS = 10 };

enum { REGIME_TANH = 15, REGIME_RELU = 16 };

typedef enum mutant {
	RIGHT,
	SINGLE_PRECISION, /* equivalent */
	NO_MEAN,
	ONE_TOO_FEW,
	LAST_SKIPPED,
	FIRST_TWICE,
	SIGN,
	TWICE,
	HALF,
	NO_W2,
	NEXT_W2,
	NO_SLOPE,
	VALUE_FOR_SLOPE,
	SQUARE_OUTSIDE,
	COMPLEMENT,
	NEXT_INPUT,
	NO_INPUT,
	NEXT_SAMPLE,
	NO_LABEL,
	SQUARED_ERROR,
	EXTRA_SLOPE,
	NO_BIAS,
	NO_BIAS2,
	OTHER_UNIT,
	UPDATED_W2,
	GUARDED,
	DECAY,
	LARGE_ONLY,
	PPM,
	PPB,
	PP100B,
	NMUTANTS
} mutant;

static const struct {
	const char *name;
	double
	    per_point; /* killed in at least so many per cent of the points, where that is asked; 0: by group */
} mutants[NMUTANTS] = {
    [RIGHT] = {"right", 0},
    [SINGLE_PRECISION] = {"right, in single precision", 0},
    [NO_MEAN] = {"mean missing", 0},
    [ONE_TOO_FEW] = {"divided by m - 1", 0},
    [LAST_SKIPPED] = {"last sample skipped", 0},
    [FIRST_TWICE] = {"first sample twice", 0},
    [SIGN] = {"sign", 0},
    [TWICE] = {"factor 2", 0},
    [HALF] = {"factor 1/2", 0},
    [NO_W2] = {"W2 missing", 0},
    [NEXT_W2] = {"W2 of the next unit", 0},
    [NO_SLOPE] = {"slope of the activation missing", 0},
    [VALUE_FOR_SLOPE] = {"value for the slope", 0},
    [SQUARE_OUTSIDE] = {"square outside the bracket", 0},
    [COMPLEMENT] = {"1 - a for a", 0},
    [NEXT_INPUT] = {"input of the next column", 0},
    [NO_INPUT] = {"input missing", 0},
    [NEXT_SAMPLE] = {"input of the next sample", 0},
    [NO_LABEL] = {"label missing", 0},
    [SQUARED_ERROR] = {"error squared", 0},
    [EXTRA_SLOPE] = {"sigma' too many", 0},
    [NO_BIAS] = {"b1 forgotten", 0},
    [NO_BIAS2] = {"b2 forgotten", 0},
    [OTHER_UNIT] = {"slope of another unit", 0},
    [UPDATED_W2] = {"W2 after its update", 0},
    [GUARDED] = {"1e-8 in a denominator", 0},
    [DECAY] = {"weight decay of 1e-4 too many", 0},
    [LARGE_ONLY] = {"1e-4 off where z > 1", 0},
    [PPM] = {"factor 1 + 1e-6", 0},
    [PPB] = {"factor 1 + 1e-9", 99},
    [PP100B] = {"factor 1 + 1e-11", 0},
};

typedef struct claim {
	const problem *p;
	mutant kind;
} claim;

static double sigma(double z) { return 1 / (1 + exp(-z)); }

static double unit(const problem *p, mutant kind, int i, int h, double x)
{
	double z = kind == NO_BIAS ? 0 : p->b1[h];
	for (int j = 0; j < INPUTS; j++)
		z += (h == p->row && j == p->column ? x : p->W1[h][j]) * p->X[i][j];
	return z;
}

static double activation(const problem *p, double z)
{
	return p->regime == REGIME_RELU ? fmax(z, 0) : tanh(z);
}

static double slope(const problem *p, mutant kind, double z)
{
	const double a = activation(p, z);
	if (kind == NO_SLOPE)
		return 1;
	if (kind == VALUE_FOR_SLOPE)
		return a;
	if (p->regime == REGIME_RELU)
		return z > 0;
	return kind == SQUARE_OUTSIDE ? (1 - a) * (1 - a) : 1 - a * a;
}

static double sample(const problem *p, mutant kind, int i, double x)
{
	const int next = (p->row + 1) % HIDDEN;
	double z2 = kind == NO_BIAS2 ? 0 : p->b2;
	for (int h = 0; h < HIDDEN; h++)
		z2 += p->W2[h] * activation(p, unit(p, kind, i, h, x));
	double a2 = sigma(z2), dz2 = a2 - (kind == NO_LABEL ? 0 : p->Y[i]),
	       w2 = p->W2[kind == NEXT_W2 ? next : p->row];
	const double z = unit(p, kind, i, kind == OTHER_UNIT ? next : p->row, x);
	if (kind == COMPLEMENT)
		dz2 = 1 - a2 - p->Y[i];
	if (kind == SQUARED_ERROR)
		dz2 *= dz2;
	if (kind == EXTRA_SLOPE)
		dz2 *= a2 * (1 - a2);
	if (kind == GUARDED) /* by way of da2, as the lecture has it */
		dz2 = (a2 - p->Y[i]) / (a2 * (1 - a2) + 1e-8) * a2 * (1 - a2);
	if (kind == UPDATED_W2)
		w2 -= 0.01 * dz2 * activation(p, unit(p, kind, i, p->row, x));
	double g = dz2 * (kind == NO_W2 ? 1 : w2) * slope(p, kind, z);
	if (kind == LARGE_ONLY && z > 1)
		g *= 1 + 1e-4;
	const double *in = p->X[kind == NEXT_SAMPLE ? (i + 1) % BATCH : i];
	return kind == NO_INPUT ? g : g * in[kind == NEXT_INPUT ? (p->column + 1) % INPUTS : p->column];
}

static double mutate(const problem *p, mutant kind, double x)
{
	double sum = 0;
	for (int i = 0; i < BATCH - (kind == LAST_SKIPPED); i++)
		sum += sample(p, kind, i, x) * (kind == FIRST_TWICE && i == 0 ? 2 : 1);
	sum /= kind == NO_MEAN ? 1 : kind == ONE_TOO_FEW ? BATCH - 1 : BATCH;
	switch (kind) {
	case SINGLE_PRECISION:
		return (float)sum;
	case SIGN:
		return -sum;
	case TWICE:
		return 2 * sum;
	case HALF:
		return sum / 2;
	case DECAY:
		return sum + 1e-4 * x;
	case PPM:
		return sum * (1 + 1e-6);
	case PPB:
		return sum * (1 + 1e-9);
	case PP100B:
		return sum * (1 + 1e-11);
	default:
		return sum;
	}
}

/* No mutant of this network at all: the same numbers. */
static bool equivalent(mutant kind, int regime)
{
	return kind <= SINGLE_PRECISION || (kind == SQUARE_OUTSIDE && regime == REGIME_RELU);
}

static int value(const gsl_matrix *const x[], void *params, double *f)
{
	*f = problem_value(((claim *)params)->p, x[0]->data[0]);
	return 0;
}

static int gradient(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const claim *c = params;
	g[0]->data[0] = mutate(c->p, c->kind, x[0]->data[0]);
	return 0;
}

static bool refused(const problem *p, mutant kind)
{
	claim c = {p, kind};
	const hg_function f = {.value = value, .params = &c};
	const hg_gradient g = {.value = gradient, .params = &c};
	hg_point at = {0};
	gsl_matrix *x;
	hg_verdict *v;
	if (hg_point_add(&at, "w", 1, 1, &x) != HG_OK)
		exit(3);
	x->data[0] = p->x;
	if (hg_check(&f, &g, &at, NULL, &v) != HG_OK)
		exit(3);
	const bool no = v->outcome == HG_DISAGREES;
	hg_verdict_free(v);
	hg_point_clear(&at);
	return no;
}

static int measure(int regime, mutant kind, long groups)
{
	uint64_t state = 4711 + (uint64_t)regime;
	long killed = 0, points = 0;
	for (long g = 0; g < groups; g++) {
		long here = 0;
		for (int k = 0; k < POINTS; k++) {
			problem p;
			problem_draw(regime, &state, &p);
			here += refused(&p, kind);
		}
		killed += here > 0;
		points += here;
	}
	const double by_group = 100 * (double)killed / (double)groups,
	             by_point = 10 * (double)points / (double)groups;
	bool met = equivalent(kind, regime) ? killed == 0 : kind == PP100B || by_group >= 99.6;
	if (regime == REGIME_TANH)
		met = met && by_point >= mutants[kind].per_point;
	printf("%-6s %-34s killed at %6.2f %% of the points, in %6.2f %% of the groups%s\n",
	       regime == REGIME_TANH ? "tanh" : "ReLU", mutants[kind].name, by_point, by_group,
	       met ? "" : "   NOT MET");
	return !met;
}

int main(int argc, char **argv)
{
	const long groups = argc > 1 ? strtol(argv[1], NULL, 10) : 20;
	int failed = 0;
	for (int regime = REGIME_TANH; regime <= REGIME_RELU; regime++)
		for (mutant kind = RIGHT; kind < NMUTANTS; kind++)
			failed += measure(regime, kind, groups);
	return failed != 0;
}
