/* Integrals of exp(c0 sin(x t)) + c1 cos(3 t), t from 0 to 2, and differential equations. */
#include "solvers.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_odeiv2.h>
#include <math.h>

enum { MOST_STEPS = 20000 };

typedef struct problem {
	double x;
	const double *c;
} problem;

static double integrand(double t, void *params)
{
	const problem *p = params;
	return exp(p->c[0] * sin(p->x * t)) + p->c[1] * cos(3 * t);
}

static double integrand_slope(double t, void *params)
{
	const problem *p = params;
	return exp(p->c[0] * sin(p->x * t)) * p->c[0] * t * cos(p->x * t);
}

static double by_gauss(double (*f)(double t, void *params), problem *p, size_t n)
{
	gsl_function g = {f, p};
	gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc(n);
	const double sum = gsl_integration_glfixed(&g, 0, 2, table);
	gsl_integration_glfixed_table_free(table);
	return sum;
}

static double slope(double x, const double c[]) { return by_gauss(integrand_slope, &(problem){x, c}, 64); }

#define SLOPE(name) \
	double solver_##name##_slope(double x, const double c[]) { return slope(x, c); }
SLOPE(adaptive_simpson)
SLOPE(qag)
SLOPE(cquad)
SLOPE(trapezia_doubled)
SLOPE(romberg)
SLOPE(gauss_rising)

static double simpson(problem *p, double a, double b, double fa, double fm, double fb, double tolerance, int depth)
{
	const double m = (a + b) / 2, fl = integrand((a + m) / 2, p), fr = integrand((m + b) / 2, p);
	const double whole = (b - a) / 6 * (fa + 4 * fm + fb), halves = (b - a) / 12 * (fa + 4 * fl + 2 * fm + 4 * fr + fb);
	if (depth == 0 || fabs(halves - whole) < 15 * tolerance)
		return halves + (halves - whole) / 15;
	return simpson(p, a, m, fa, fl, fm, tolerance / 2, depth - 1) + simpson(p, m, b, fm, fr, fb, tolerance / 2, depth - 1);
}

double solver_adaptive_simpson(double x, double tolerance, const double c[])
{
	problem p = {x, c};
	return simpson(&p, 0, 2, integrand(0, &p), integrand(1, &p), integrand(2, &p), tolerance, 30);
}

double solver_qag(double x, double tolerance, const double c[])
{
	problem p = {x, c};
	gsl_function f = {integrand, &p};
	gsl_integration_workspace *w = gsl_integration_workspace_alloc(200);
	double sum = 0, error;
	gsl_integration_qag(&f, 0, 2, tolerance, 0, 200, GSL_INTEG_GAUSS15, w, &sum, &error);
	gsl_integration_workspace_free(w);
	return sum;
}

double solver_cquad(double x, double tolerance, const double c[])
{
	problem p = {x, c};
	gsl_function f = {integrand, &p};
	gsl_integration_cquad_workspace *w = gsl_integration_cquad_workspace_alloc(100);
	double sum = 0, error;
	size_t n;
	gsl_integration_cquad(&f, 0, 2, tolerance, 0, w, &sum, &error, &n);
	gsl_integration_cquad_workspace_free(w);
	return sum;
}

static double trapezia(problem *p, int pieces)
{
	double sum = (integrand(0, p) + integrand(2, p)) / 2;
	for (int k = 1; k < pieces; k++)
		sum += integrand(2.0 * k / pieces, p);
	return sum * 2 / pieces;
}

double solver_trapezia_doubled(double x, double tolerance, const double c[])
{
	problem p = {x, c};
	double now = trapezia(&p, 4), before = now + 1;
	for (int n = 8; n <= 1 << 14 && fabs(now - before) > tolerance; n *= 2) {
		before = now;
		now = trapezia(&p, n);
	}
	return now;
}

double solver_romberg(double x, double tolerance, const double c[])
{
	problem p = {x, c};
	double row[16] = {trapezia(&p, 1)}, before = row[0] + 1;
	int k = 0;
	while (++k < 16) {
		double up = row[0], four = 1;
		row[0] = trapezia(&p, 1 << k);
		for (int j = 1; j <= k; j++) {
			const double next = row[j];
			four *= 4;
			row[j] = row[j - 1] + (row[j - 1] - up) / (four - 1);
			up = next;
		}
		if (fabs(row[k] - before) <= tolerance)
			return row[k];
		before = row[k];
	}
	return before;
}

double solver_gauss_rising(double x, double tolerance, const double c[])
{
	problem p = {x, c};
	double now = by_gauss(integrand, &p, 2), before = now + 1;
	for (size_t n = 3; n < 64 && fabs(now - before) > tolerance; n++) {
		before = now;
		now = by_gauss(integrand, &p, n);
	}
	return now;
}

/* ---- y' = -x y + cos t, y(0) = c0, at t = 2 ------------------------------------------------------------------- */

static double rate(double t, double y, double x) { return -x * y + cos(t); }

/* y = (x cos t + sin t) / (1 + x^2) + (c0 - x / (1 + x^2)) exp(-x t) */
static double slope_of_linear(double x, const double c[])
{
	const double t = 2, s = 1 + x * x, e = exp(-x * t);
	const double by_s = (cos(t) * s - 2 * x * (x * cos(t) + sin(t))) / (s * s);
	return by_s - (s - 2 * x * x) / (s * s) * e - t * (c[0] - x / s) * e;
}

double solver_bogacki_shampine_slope(double x, const double c[]) { return slope_of_linear(x, c); }
double solver_dormand_prince_slope(double x, const double c[]) { return slope_of_linear(x, c); }
double solver_runge_kutta_halved_slope(double x, const double c[]) { return slope_of_linear(x, c); }

double solver_bogacki_shampine(double x, double tolerance, const double c[])
{
	double t = 0, y = c[0], h = 0.05;
	for (int k = 0; t < 2; k++) {
		if (k > MOST_STEPS)
			return NAN;
		h = fmin(h, 2 - t);
		const double k1 = rate(t, y, x), k2 = rate(t + h / 2, y + h / 2 * k1, x), k3 = rate(t + 0.75 * h, y + 0.75 * h * k2, x);
		const double next = y + h * (2 * k1 + 3 * k2 + 4 * k3) / 9, k4 = rate(t + h, next, x);
		const double error = h * fabs(-5 * k1 / 72 + k2 / 12 + k3 / 9 - k4 / 8);
		if (error <= tolerance || h < 1e-6) {
			t += h;
			y = next;
		}
		h *= fmin(4, fmax(0.2, 0.9 * cbrt(tolerance / fmax(error, 1e-300))));
	}
	return y;
}

double solver_dormand_prince(double x, double tolerance, const double c[])
{
	double t = 0, y = c[0], h = 0.1;
	for (int k = 0; t < 2; k++) {
		if (k > MOST_STEPS)
			return NAN;
		h = fmin(h, 2 - t);
		const double k1 = rate(t, y, x), k2 = rate(t + h / 5, y + h * k1 / 5, x);
		const double k3 = rate(t + 0.3 * h, y + h * (3 * k1 / 40 + 9 * k2 / 40), x);
		const double k4 = rate(t + 0.8 * h, y + h * (44 * k1 / 45 - 56 * k2 / 15 + 32 * k3 / 9), x);
		const double k5 = rate(t + 8 * h / 9, y + h * (19372 * k1 / 6561 - 25360 * k2 / 2187 + 64448 * k3 / 6561 - 212 * k4 / 729), x);
		const double k6 = rate(t + h, y + h * (9017 * k1 / 3168 - 355 * k2 / 33 + 46732 * k3 / 5247 + 49 * k4 / 176 - 5103 * k5 / 18656), x);
		const double next = y + h * (35 * k1 / 384 + 500 * k3 / 1113 + 125 * k4 / 192 - 2187 * k5 / 6784 + 11 * k6 / 84);
		const double k7 = rate(t + h, next, x);
		const double error = h * fabs(71 * k1 / 57600 - 71 * k3 / 16695 + 71 * k4 / 1920 - 17253 * k5 / 339200 + 22 * k6 / 525 - k7 / 40);
		if (error <= tolerance || h < 1e-6) {
			t += h;
			y = next;
		}
		h *= fmin(5, fmax(0.2, 0.9 * pow(tolerance / fmax(error, 1e-300), 0.2)));
	}
	return y;
}

double solver_runge_kutta_halved(double x, double tolerance, const double c[])
{
	double now = c[0], before = 1e300;
	for (int n = 4; n < 1 << 12 && fabs(now - before) > tolerance; n *= 2) {
		const double h = 2.0 / n;
		double y = c[0];
		for (int k = 0; k < n; k++) {
			const double t = k * h, k1 = rate(t, y, x), k2 = rate(t + h / 2, y + h / 2 * k1, x);
			const double k3 = rate(t + h / 2, y + h / 2 * k2, x), k4 = rate(t + h, y + h * k3, x);
			y += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
		}
		before = now;
		now = y;
	}
	return now;
}

/* y' = x y (1 - y / 3), y(0) = c0 / 2, at t = 2, by GSL's drivers */
static int growth(double t, const double y[], double dy[], void *params)
{
	(void)t;
	*dy = *(const double *)params * y[0] * (1 - y[0] / 3);
	return GSL_SUCCESS;
}

static double slope_of_growth(double x, const double c[])
{
	const double e = exp(-2 * x), q = 6 / c[0] - 1, s = 1 + q * e;
	return 3 * 2 * q * e / (s * s);
}

static double grown(double x, double tolerance, const double c[], const gsl_odeiv2_step_type *type)
{
	gsl_odeiv2_system system = {growth, NULL, 1, &x};
	gsl_odeiv2_driver *d = gsl_odeiv2_driver_alloc_y_new(&system, type, 0.1, tolerance, tolerance);
	double t = 0, y = c[0] / 2;
	gsl_odeiv2_driver_set_nmax(d, MOST_STEPS);
	const int status = gsl_odeiv2_driver_apply(d, &t, 2, &y);
	gsl_odeiv2_driver_free(d);
	return status ? NAN : y;
}

double solver_rkf45_slope(double x, const double c[]) { return slope_of_growth(x, c); }
double solver_rkf45(double x, double tolerance, const double c[]) { return grown(x, tolerance, c, gsl_odeiv2_step_rkf45); }
double solver_multistep_slope(double x, const double c[]) { return slope_of_growth(x, c); }
double solver_multistep(double x, double tolerance, const double c[]) { return grown(x, tolerance, c, gsl_odeiv2_step_rk8pd); }
