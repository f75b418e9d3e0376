/* Fourteen points where checkers are confidently wrong: seven real kinks, which have to be named whatever is claimed,
 * and seven smooth points or edges, whose true derivative has to be accepted and a wrong one not. */
#include "handgrad.h"

#include <gsl/gsl_deriv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct spot {
	const char *name;
	double (*f)(double x);
	double x, truth; /* NaN: has none */
} spot;

static double relu(double x) { return x > 0 ? x : 0; }
static double leaky(double x) { return x > 0 ? x : 0.01 * x; }
static double hinge(double x) { return relu(1 - x); }
static double step(double x) { return x >= 0; }
static double small_kink(double x) { return 10 * x + 0.1 * fabs(x); }
static double cusp(double x) { return sqrt(fabs(x)); }
static double cube(double x) { return x * x * x; }
static double signed_square(double x) { return x * fabs(x); }
static double tanh_less_x(double x) { return tanh(x) - x; }
static double relu_square(double x) { return relu(x) * relu(x); }
static double bce(double p) { return -log(p); }

static const spot spots[] = {
    {"|x| at 0", fabs, 0, NAN},         {"relu at 0", relu, 0, NAN},
    {"leaky relu at 0", leaky, 0, NAN}, {"hinge at 1", hinge, 1, NAN},
    {"step at 0", step, 0, NAN},        {"10x + 0.1|x| at 0", small_kink, 0, NAN},
    {"sqrt|x| at 0", cusp, 0, NAN},     {"x^3 at 0", cube, 0, 0},
    {"x|x| at 0", signed_square, 0, 0}, {"tanh(x) - x at 0", tanh_less_x, 0, 0},
    {"relu^2 at 0", relu_square, 0, 0}, {"relu at 1e-7", relu, 1e-7, 1},
    {"log at 1e-7", log, 1e-7, 1e7},    {"BCE at p = 1e-8", bce, 1e-8, -1e8},
};

enum { NSPOTS = sizeof spots / sizeof *spots };

/* Claims to try at a kink: the slopes, their mean, and nonsense. */
static const double claims[] = {0, 0.5, 1, -1, 0.01, 10, 10.1, 9.9, 0.505};

typedef struct claim {
	const spot *at;
	double value;
} claim;

static int value(const gsl_matrix *const x[], void *params, double *f)
{
	*f = ((claim *)params)->at->f(x[0]->data[0]);
	return 0;
}

static int claimed(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	(void)x;
	g[0]->data[0] = ((claim *)params)->value;
	return 0;
}

static hg_entry check(const spot *at, double of)
{
	claim c = {at, of};
	const hg_function f = {.value = value, .params = &c};
	const hg_gradient g = {.value = claimed, .params = &c};
	hg_point point = {0};
	gsl_matrix *x;
	hg_verdict *v;
	if (hg_point_add(&point, "x", 1, 1, &x) != HG_OK)
		exit(3);
	x->data[0] = at->x;
	if (hg_check(&f, &g, &point, NULL, &v) != HG_OK)
		exit(3);
	const hg_entry e = v->entry[0];
	hg_verdict_free(v);
	hg_point_clear(&point);
	return e;
}

/* Named: no claim is accepted, and the mean of the slopes, which two-sided differences show, is not decided. */
static bool named(const spot *at)
{
	for (size_t k = 0; k < sizeof claims / sizeof *claims; k++) {
		const hg_entry e = check(at, claims[k]);
		if (e.outcome == HG_AGREES || (e.kind != HG_KINK && e.kind != HG_JUMP && e.kind != HG_UNRESOLVED))
			return false;
	}
	return true;
}

static bool cleared(const spot *at)
{
	return check(at, at->truth).outcome == HG_AGREES &&
	       check(at, at->truth + fmax(1, fabs(at->truth))).outcome == HG_DISAGREES;
}

static double along(double x, void *params) { return ((const spot *)params)->f(x); }

static bool gsl_clears(const spot *at, double *d, double *abserr)
{
	spot copy = *at;
	const gsl_function f = {.function = along, .params = &copy};
	gsl_deriv_central(&f, at->x, 1e-8, d, abserr);
	return fabs(at->truth - *d) <= *abserr; /* false for NaN: it cannot name a kink */
}

int main(void)
{
	int ours = 0, gsl = 0;
	printf("%-20s %-34s %s\n", "", "handgrad", "gsl_deriv_central, h = 1e-8");
	for (int k = 0; k < NSPOTS; k++) {
		const spot *at = &spots[k];
		const bool kink = isnan(at->truth), right = kink ? named(at) : cleared(at);
		const hg_entry e = check(at, kink ? 0.5 : at->truth);
		double d, abserr;
		const bool theirs = gsl_clears(at, &d, &abserr);
		ours += right;
		gsl += theirs;
		printf("%-20s %-7s %-11s %-14s %g +- %.1e%s\n", at->name,
		       right ? (kink ? "named" : "cleared") : "MISSED", hg_outcome_text(e.outcome),
		       hg_class_text(e.kind), d, abserr, theirs ? "" : "  missed");
	}
	printf("%d of %d, and %d\n", ours, NSPOTS, gsl);
	return ours != NSPOTS;
}
