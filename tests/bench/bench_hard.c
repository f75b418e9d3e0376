/* Where differences are hard: features narrower than the distance of the differences, fits of peaks, functions computed to a
 * tolerance: bench_hard [PLACES]. Fails where a right claim is refused, a claim without the feature passes, or a fit is not
 * judged. */
#include "handgrad.h"
#include "regimes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 5;

static double any(double low, double high) { return random_uniform(&state, low, high); }

typedef struct tally {
	size_t right, refused, open, wrong, passed;
} tally;

static void print(const char *name, const tally *t)
{
	printf("%-34s right %7zu refused %3zu open %6.2f %% | wrong %7zu passed %3zu\n", name, t->right, t->refused,
	       t->right ? 100 * (double)t->open / (double)t->right : 0, t->wrong, t->passed);
}

static double seen_tolerance; /* by the last check, of the function */

/* ---- one entry ------------------------------------------------------------------------------------------------- */

typedef struct curve {
	double (*f)(const struct curve *c, double x);
	double centre, width, height; /* of the feature, or what a solver needs */
	double tolerance;
	int kind;
	double claimed;
} curve;

static int value(const gsl_matrix *const x[], void *params, double *f)
{
	const curve *c = params;
	*f = c->f(c, x[0]->data[0]);
	return 0;
}

static int claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	(void)x;
	g[0]->data[0] = ((const curve *)params)->claimed;
	return 0;
}

static hg_entry judge(curve *c, double x, double claimed)
{
	gsl_matrix_view m = gsl_matrix_view_array(&x, 1, 1);
	hg_block block = {.name = "x", .x = &m.matrix, .wrt = true};
	hg_verdict *v;
	c->claimed = claimed;
	if (hg_check(&(hg_function){.value = value, .params = c}, &(hg_gradient){claim, c}, &(hg_point){.nblocks = 1, .block = &block},
	             NULL, &v) != HG_OK)
		exit(3);
	const hg_entry e = v->entry[0];
	seen_tolerance = v->tolerance;
	hg_verdict_free(v);
	return e;
}

static void count(curve *c, double x, double slope, double wrong, tally *t)
{
	const hg_entry e = judge(c, x, slope);
	const double seen = seen_tolerance;
	const hg_entry off = judge(c, x, wrong);
	t->right++;
	t->refused += e.outcome == HG_DISAGREES;
	t->open += e.outcome == HG_CANNOT_TELL;
	t->wrong++;
	t->passed += off.outcome == HG_AGREES;
	if (e.outcome == HG_DISAGREES || off.outcome == HG_AGREES)
		printf("! kind %d at %.17g, centre %.17g, width %.3g, height %.3g, tolerance %.3g: right %.17g, wrong %.17g, numerical %.17g +- %.3g, %s, step %.3g, tolerance seen %.3g\n",
		       c->kind, x, c->centre, c->width, c->height, c->tolerance, slope, wrong, e.numerical, e.abserr,
		       hg_class_text(e.kind), e.step, seen);
}

/* ---- narrow features on something wide ---------------------------------------------------------------------------- */

enum { BELL, LORENTZ, SECH, WAVELET, STEP_, DOUBLET, FEATURES };
static const char *const feature_names[FEATURES] = {"bell", "Lorentz line", "sech^2", "wavelet, odd", "smooth step", "doublet"};

static double shape(int kind, double u)
{
	switch (kind) {
	case BELL: return exp(-u * u / 2);
	case LORENTZ: return 1 / (1 + u * u);
	case SECH: return 1 / (cosh(u) * cosh(u));
	case WAVELET: return u * exp(-u * u / 2);
	case STEP_: return tanh(u);
	default: return exp(-(u - 1) * (u - 1)) - exp(-(u + 1) * (u + 1));
	}
}

static double shape_slope(int kind, double u)
{
	switch (kind) {
	case BELL: return -u * exp(-u * u / 2);
	case LORENTZ: return -2 * u / (1 + u * u) / (1 + u * u);
	case SECH: return -2 * tanh(u) / (cosh(u) * cosh(u));
	case WAVELET: return (1 - u * u) * exp(-u * u / 2);
	case STEP_: return 1 - tanh(u) * tanh(u);
	default: return -2 * (u - 1) * exp(-(u - 1) * (u - 1)) + 2 * (u + 1) * exp(-(u + 1) * (u + 1));
	}
}

static double wide(double x) { return sin(x / 3) + x / 5; }
static double wide_slope(double x) { return cos(x / 3) / 3 + 0.2; }

static double bumped(const curve *c, double x) { return wide(x) + c->height * shape(c->kind, (x - c->centre) / c->width); }

static bool try_features(size_t places)
{
	bool met = true;
	for (int kind = 0; kind < FEATURES; kind++) {
		tally t = {0};
		for (size_t k = 0; k < places; k++) {
			curve c = {.f = bumped, .kind = kind, .centre = any(-1, 1) * pow(10, any(-1, 4))};
			c.height = pow(10, any(-6, 0));
			c.width = fmax(1, fabs(c.centre)) * pow(10, any(-7, -0.5));
			const double x = c.centre + any(-1.5, 1.5) * c.width, extra = c.height / c.width * shape_slope(kind, (x - c.centre) / c.width);
			if (c.width < 1e-10 * fabs(c.centre) / c.height || fabs(extra) < 0.05 * c.height / c.width)
				continue; /* lost among the doubles there, or flat by itself */
			count(&c, x, wide_slope(x) + extra, wide_slope(x), &t);
		}
		print(feature_names[kind], &t);
		met = met && !t.refused && !t.passed;
	}
	return met;
}

/* ---- functions computed to a tolerance ------------------------------------------------------------------------------- */

enum { NEWTON, SECANT, BISECT, FIXED, ADAPTIVE_SUM, ADAPTIVE_ODE, SERIES, SOLVERS };
static const char *const solver_names[SOLVERS] = {"Newton", "secant", "bisection", "fixed point", "adaptive quadrature",
                                                  "adaptive ODE", "series cut off"};

/* y with y + sin(y) / 2 = x, or what each makes of it. */
static double root_of(double x, double tolerance, int kind)
{
	double a = x - 1, b = x + 1, y = x, step = 1;
	switch (kind) {
	case NEWTON:
		for (int k = 0; k < 60 && fabs(step) > tolerance; k++)
			y += step = (x - y - sin(y) / 2) / (1 + cos(y) / 2);
		return y;
	case FIXED:
		for (int k = 0; k < 400 && fabs(step) > tolerance; k++)
			y += step = x - sin(y) / 2 - y;
		return y;
	case BISECT:
		while (b - a > tolerance)
			*(((a + b) / 2 + sin((a + b) / 2) / 2 < x) ? &a : &b) = (a + b) / 2;
		return (a + b) / 2;
	default: {
		double fa = a + sin(a) / 2 - x, fb = b + sin(b) / 2 - x;
		for (int k = 0; k < 60 && fabs(fb) > tolerance && fa != fb; k++) {
			const double next = b - fb * (b - a) / (fb - fa);
			a = b, fa = fb, b = next, fb = next + sin(next) / 2 - x;
		}
		return b;
	}
	}
}

static double simpson(double x, double a, double b, double fa, double fm, double fb, double tolerance, int depth)
{
	const double m = (a + b) / 2, l = (a + m) / 2, r = (m + b) / 2;
	const double fl = exp(-x * l * l), fr = exp(-x * r * r);
	const double whole = (b - a) / 6 * (fa + 4 * fm + fb), halves = (b - a) / 12 * (fa + 4 * fl + 2 * fm + 4 * fr + fb);
	if (depth == 0 || fabs(halves - whole) < 15 * tolerance)
		return halves;
	return simpson(x, a, m, fa, fl, fm, tolerance / 2, depth - 1) + simpson(x, m, b, fm, fr, fb, tolerance / 2, depth - 1);
}

/* y' = x cos(t) y, y(0) = 1, at t = 2: exp(x sin 2), by the rule of Bogacki and Shampine. */
static double ode(double x, double tolerance)
{
	double t = 0, y = 1, h = 0.1;
	while (t < 2) {
		h = fmin(h, 2 - t);
		const double k1 = x * cos(t) * y, k2 = x * cos(t + h / 2) * (y + h / 2 * k1);
		const double k3 = x * cos(t + 0.75 * h) * (y + 0.75 * h * k2), next = y + h * (2 * k1 + 3 * k2 + 4 * k3) / 9;
		const double k4 = x * cos(t + h) * next, err = h * fabs(-5 * k1 / 72 + k2 / 12 + k3 / 9 - k4 / 8);
		if (err <= tolerance || h < 1e-6) {
			t += h;
			y = next;
		}
		h *= fmin(3, fmax(0.2, 0.9 * cbrt(tolerance / fmax(err, 1e-300))));
	}
	return y;
}

static double solved(const curve *c, double x)
{
	switch (c->kind) {
	case ADAPTIVE_SUM: return simpson(x, 0, 2, 1, exp(-x), exp(-4 * x), c->tolerance, 30);
	case ADAPTIVE_ODE: return ode(x, c->tolerance);
	case SERIES: {
		double term = 1, sum = 1;
		for (int k = 1; fabs(term) > c->tolerance; k++)
			sum += term *= x / k;
		return sum;
	}
	default: return cos(root_of(x, c->tolerance, c->kind));
	}
}

static double solved_slope(const curve *c, double x)
{
	switch (c->kind) {
	case ADAPTIVE_SUM: { /* of int_0^2 exp(-x t^2) dt = sqrt(pi / x) / 2 erf(2 sqrt x) */
		const double s = sqrt(x);
		return -sqrt(M_PI) / 4 / x / s * erf(2 * s) + exp(-4 * x) / x;
	}
	case ADAPTIVE_ODE: return sin(2) * exp(x * sin(2));
	case SERIES: return exp(x);
	default: {
		const double y = root_of(x, 1e-15, NEWTON);
		return -sin(y) / (1 + cos(y) / 2);
	}
	}
}

static bool try_solvers(size_t places)
{
	bool met = true;
	for (int kind = 0; kind < SOLVERS; kind++) {
		tally t = {0};
		for (int e = -12; e <= -6; e++)
			for (size_t k = 0; k < places / 20 + 3; k++) {
				curve c = {.f = solved, .kind = kind, .tolerance = pow(10, e)};
				if (kind == ADAPTIVE_ODE && e < -10)
					continue;
				const double x = any(0.3, 2.7), slope = solved_slope(&c, x);
				count(&c, x, slope, 1.1 * slope, &t);
			}
		print(solver_names[kind], &t);
		met = met && !t.refused && !t.passed;
	}
	return met;
}

int main(int argc, char **argv)
{
	const size_t places = argc > 1 ? strtoul(argv[1], NULL, 10) : 100;
	const bool features = try_features(places), solvers = try_solvers(places);
	return !(features && solvers);
}
