/* Roots y of y + c0 sin y + c1 y^3 / 9 = x, and what is made of them. */
#include "solvers.h"

#include <gsl/gsl_roots.h>
#include <math.h>

static double F(double y, double x, const double c[]) { return y + 0.8 * c[0] * sin(y) + c[1] * y * y * y / 9 - x; }
static double F_y(double y, const double c[]) { return 1 + 0.8 * c[0] * cos(y) + c[1] * y * y / 3; }
static double use(double y, const double c[]) { return cos(y) + c[2] * y; }

static double converged(double x, const double c[])
{
	double y = x;
	for (int k = 0; k < 100; k++)
		y -= F(y, x, c) / F_y(y, c);
	return y;
}

static double slope(double x, const double c[])
{
	const double y = converged(x, c);
	return (-sin(y) + c[2]) / F_y(y, c);
}

#define SLOPE(name) \
	double solver_##name##_slope(double x, const double c[]) { return slope(x, c); }
SLOPE(newton_cold)
SLOPE(newton_residual)
SLOPE(chord)
SLOPE(bisection)
SLOPE(regula_falsi)
SLOPE(brent)
SLOPE(secant)
SLOPE(relaxed)

double solver_newton_cold(double x, double tolerance, const double c[])
{
	double y = 0.5, step = 1;
	for (int k = 0; k < 100 && fabs(step) > tolerance; k++)
		y -= step = F(y, x, c) / F_y(y, c);
	return use(y, c);
}

double solver_newton_residual(double x, double tolerance, const double c[])
{
	double y = x;
	for (int k = 0; k < 100 && fabs(F(y, x, c)) > tolerance; k++)
		y -= F(y, x, c) / F_y(y, c);
	return use(y, c);
}

double solver_chord(double x, double tolerance, const double c[])
{
	const double slope0 = F_y(x / 2, c) + 0.5;
	double y = x, step = 1;
	for (int k = 0; k < 1000 && fabs(step) > tolerance; k++)
		y -= step = F(y, x, c) / slope0;
	return use(y, c);
}

double solver_bisection(double x, double tolerance, const double c[])
{
	double a = -0.1, b = 3.3;
	while (b - a > tolerance) {
		const double m = (a + b) / 2;
		*(F(m, x, c) < 0 ? &a : &b) = m;
	}
	return use((a + b) / 2, c);
}

double solver_regula_falsi(double x, double tolerance, const double c[])
{
	double a = -0.1, b = 3.3, fa = F(a, x, c), fb = F(b, x, c), m = a, before = b;
	int side = 0;
	for (int k = 0; k < 200 && fabs(m - before) > tolerance; k++) { /* Illinois: a side that stays counts half */
		before = m;
		m = (fa * b - fb * a) / (fa - fb);
		const double fm = F(m, x, c);
		if (fm * fb > 0) {
			b = m, fb = fm;
			fa /= side == -1 ? 2 : 1;
			side = -1;
		} else {
			a = m, fa = fm;
			fb /= side == 1 ? 2 : 1;
			side = 1;
		}
	}
	return use(m, c);
}

typedef struct root {
	double x;
	const double *c;
} root;

static double F_of(double y, void *params)
{
	const root *r = params;
	return F(y, r->x, r->c);
}

double solver_brent(double x, double tolerance, const double c[])
{
	root r = {x, c};
	gsl_function f = {F_of, &r};
	gsl_root_fsolver *s = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
	gsl_root_fsolver_set(s, &f, -0.1, 3.3);
	for (int k = 0; k < 100; k++) {
		gsl_root_fsolver_iterate(s);
		if (gsl_root_test_interval(gsl_root_fsolver_x_lower(s), gsl_root_fsolver_x_upper(s), tolerance, 0) == 0)
			break;
	}
	const double y = gsl_root_fsolver_root(s);
	gsl_root_fsolver_free(s);
	return use(y, c);
}

double solver_secant(double x, double tolerance, const double c[])
{
	double a = x, b = x / 2, fa = F(a, x, c), fb = F(b, x, c);
	for (int k = 0; k < 100 && fabs(b - a) > tolerance && fa != fb; k++) {
		const double next = b - fb * (b - a) / (fb - fa);
		a = b, fa = fb, b = next, fb = F(b, x, c);
	}
	return use(b, c);
}

double solver_relaxed(double x, double tolerance, const double c[])
{
	double y = 0, step = 1;
	for (int k = 0; k < 2000 && fabs(step) > tolerance; k++)
		y -= step = 0.3 * F(y, x, c);
	return use(y, c);
}

/* y = x + c0 sin(y) / 2, Kepler's equation */
static double kepler_of(double x, const double c[])
{
	double y = x;
	for (int k = 0; k < 100; k++)
		y -= (y - 0.7 * c[0] * sin(y) - x) / (1 - 0.7 * c[0] * cos(y));
	return y;
}

double solver_fixed_point_slope(double x, const double c[])
{
	const double y = kepler_of(x, c);
	return (-sin(y) + c[2]) / (1 - 0.7 * c[0] * cos(y));
}

double solver_fixed_point(double x, double tolerance, const double c[])
{
	double y = x, step = 1;
	for (int k = 0; k < 2000 && fabs(step) > tolerance; k++)
		y += step = x + 0.7 * c[0] * sin(y) - y;
	return use(y, c);
}

double solver_steffensen_slope(double x, const double c[]) { return solver_fixed_point_slope(x, c); }

double solver_steffensen(double x, double tolerance, const double c[])
{
	double y = x, step = 1;
	for (int k = 0; k < 50 && fabs(step) > tolerance; k++) {
		const double one = x + 0.7 * c[0] * sin(y), two = x + 0.7 * c[0] * sin(one), bend = two - 2 * one + y;
		if (bend == 0)
			break;
		y += step = -(one - y) * (one - y) / bend;
	}
	return use(y, c);
}

/* The least value of y^4 / 4 + c0 y^2 / 2 - x y over y, whose slope is -y there. */
static double energy(double y, double x, const double c[]) { return y * y * y * y / 4 + c[0] * y * y / 2 - x * y; }

double solver_golden_section_slope(double x, const double c[])
{
	double y = 1;
	for (int k = 0; k < 100; k++)
		y -= (y * y * y + c[0] * y - x) / (3 * y * y + c[0]);
	return -y;
}

double solver_golden_section(double x, double tolerance, const double c[])
{
	const double g = 0.6180339887498949;
	double a = 0, b = 2, p = b - g * (b - a), q = a + g * (b - a), fp = energy(p, x, c), fq = energy(q, x, c);
	while (b - a > sqrt(tolerance)) {
		if (fp < fq) {
			b = q, q = p, fq = fp;
			p = b - g * (b - a), fp = energy(p, x, c);
		} else {
			a = p, p = q, fp = fq;
			q = a + g * (b - a), fq = energy(q, x, c);
		}
	}
	return fmin(fp, fq);
}
