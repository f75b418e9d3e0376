/* Series cut off, iterations on small matrices, tables. */
#include "solvers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

double solver_exponential_series_slope(double x, const double c[]) { return c[0] * exp(c[0] * x) + c[1]; }

double solver_exponential_series(double x, double tolerance, const double c[])
{
	double term = 1, sum = 1;
	for (int k = 1; k < 400 && fabs(term) > tolerance; k++)
		sum += term *= c[0] * x / k;
	return sum + c[1] * x;
}

double solver_alternating_series_slope(double x, const double c[]) { return 1 / (1 + x) + c[0]; }

double solver_alternating_series(double x, double tolerance, const double c[])
{
	double power = x, sum = x;
	for (int k = 2; k < 4000 && fabs(power / k) > tolerance; k++) {
		power *= -x;
		sum += power / k;
	}
	return sum + c[0] * x;
}

/* tan x = x / (1 - x^2 / (3 - x^2 / (5 - ...))), by Lentz */
double solver_continued_fraction_slope(double x, const double c[]) { return (1 + tan(x) * tan(x)) * c[0]; }

double solver_continued_fraction(double x, double tolerance, const double c[])
{
	double f = 1e-30, C = f, D = 0, delta = 0;
	for (int k = 0; k < 200 && fabs(delta - 1) > tolerance; k++) {
		const double a = k == 0 ? x : -x * x, b = 2 * k + 1;
		D = 1 / (b + a * D);
		C = b + a / C;
		f *= delta = C * D;
	}
	return c[0] * f;
}

/* ---- symmetric matrices of three: A + x B ----------------------------------------------------------------------- */

typedef double matrix[3][3];

static void matrix_at(double x, const double c[], matrix a)
{
	const matrix at0 = {{4, c[0], c[1]}, {c[0], 5, c[2]}, {c[1], c[2], 7}}, by_x = {{1, 0.5, 0}, {0.5, 0.3, c[3]}, {0, c[3], 0.4}};
	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 3; j++)
			a[i][j] = at0[i][j] + x * by_x[i][j];
}

static double form(const double u[], const double v[], const matrix a)
{
	double sum = 0;
	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 3; j++)
			sum += u[i] * a[i][j] * v[j];
	return sum;
}

/* u' B v, where A(x + 1) - A(x) = B */
static double form_by_x(const double u[], const double v[], const double c[])
{
	matrix at0, at1;
	matrix_at(0, c, at0);
	matrix_at(1, c, at1);
	for (int i = 0; i < 9; i++)
		(&at1[0][0])[i] -= (&at0[0][0])[i];
	return form(u, v, at1);
}

static double largest_of(double x, double tolerance, int most, const double c[], double v[3])
{
	matrix a;
	double value = 0, before = 1;
	matrix_at(x, c, a);
	v[0] = v[1] = v[2] = 1 / sqrt(3);
	for (int k = 0; k < most && fabs(value - before) > tolerance; k++) {
		double w[3] = {0}, size = 0;
		for (int i = 0; i < 3; i++) {
			for (int j = 0; j < 3; j++)
				w[i] += a[i][j] * v[j];
			size += w[i] * w[i];
		}
		before = value;
		value = sqrt(size);
		for (int i = 0; i < 3; i++)
			v[i] = w[i] / value;
	}
	return value;
}

double solver_power_iteration_slope(double x, const double c[])
{
	double v[3];
	largest_of(x, -1, 3000, c, v);
	return form_by_x(v, v, c);
}

double solver_power_iteration(double x, double tolerance, const double c[])
{
	double v[3];
	return largest_of(x, tolerance, 3000, c, v);
}

static const double right_side[3] = {1, -2, 1.5};

static void relax(double x, double tolerance, int most, const double c[], double y[3])
{
	matrix a;
	double change = 1;
	matrix_at(x, c, a);
	y[0] = y[1] = y[2] = 0;
	for (int k = 0; k < most && change > tolerance; k++) {
		change = 0;
		for (int i = 0; i < 3; i++) {
			const double before = y[i];
			double rest = right_side[i];
			for (int j = 0; j < 3; j++)
				rest -= j == i ? 0 : a[i][j] * y[j];
			y[i] = rest / a[i][i];
			change = fmax(change, fabs(y[i] - before));
		}
	}
}

static double slope_of_system(double x, const double c[])
{
	double y[3];
	relax(x, -1, 500, c, y);
	return -form_by_x(y, y, c);
}

static double dot(const double u[], const double v[]) { return u[0] * v[0] + u[1] * v[1] + u[2] * v[2]; }

double solver_gauss_seidel_slope(double x, const double c[]) { return slope_of_system(x, c); }
double solver_conjugate_gradients_slope(double x, const double c[]) { return slope_of_system(x, c); }

double solver_gauss_seidel(double x, double tolerance, const double c[])
{
	double y[3];
	relax(x, tolerance, 500, c, y);
	return dot(y, right_side);
}

double solver_conjugate_gradients(double x, double tolerance, const double c[])
{
	matrix a;
	double y[3] = {0}, r[3], p[3], rr;
	matrix_at(x, c, a);
	memcpy(r, right_side, sizeof r);
	memcpy(p, r, sizeof p);
	rr = dot(r, r);
	for (int k = 0; k < 20 && sqrt(rr) > tolerance; k++) {
		double ap[3];
		for (int i = 0; i < 3; i++)
			ap[i] = dot(a[i], p);
		const double step = rr / dot(p, ap), before = rr;
		for (int i = 0; i < 3; i++) {
			y[i] += step * p[i];
			r[i] -= step * ap[i];
		}
		rr = dot(r, r);
		for (int i = 0; i < 3; i++)
			p[i] = r[i] + rr / before * p[i];
	}
	return dot(y, right_side);
}

/* The mean that arithmetic and geometric ones of x and 1 + c0 meet in: M = a pi / (4 K), its slope by a converged difference
 * of the iteration's own derivative. */
double solver_geometric_mean_slope(double x, const double c[])
{
	double a = x, b = 1 + c[0], da = 1, db = 0;
	for (int k = 0; k < 40; k++) {
		const double g = sqrt(a * b), dg = (da * b + a * db) / (2 * g);
		a = (a + b) / 2, da = (da + db) / 2;
		b = g, db = dg;
	}
	return da;
}

double solver_geometric_mean(double x, double tolerance, const double c[])
{
	double a = x, b = 1 + c[0];
	for (int k = 0; k < 40 && fabs(a - b) > tolerance; k++) {
		const double g = sqrt(a * b);
		a = (a + b) / 2;
		b = g;
	}
	return a;
}

/* ---- tables -------------------------------------------------------------------------------------------------------- */

static double tabled(double x, const double c[]) { return sin(c[0] * x) + exp(-c[1] * x); }
static double tabled_slope(double x, const double c[]) { return c[0] * cos(c[0] * x) - c[1] * exp(-c[1] * x); }

double solver_cubic_table_slope(double x, const double c[]) { return tabled_slope(x, c); }

/* Four neighbours of a table fine enough: the error is 3/128 h^4 |f''''| */
double solver_cubic_table(double x, double tolerance, const double c[])
{
	const double h = pow(20 * tolerance, 0.25), k = floor(x / h), t = x / h - k;
	const double f0 = tabled((k - 1) * h, c), f1 = tabled(k * h, c), f2 = tabled((k + 1) * h, c), f3 = tabled((k + 2) * h, c);
	return -t * (t - 1) * (t - 2) / 6 * f0 + (t + 1) * (t - 1) * (t - 2) / 2 * f1 - (t + 1) * t * (t - 2) / 2 * f2 +
	       (t + 1) * t * (t - 1) / 6 * f3;
}

double solver_decimal_text_slope(double x, const double c[]) { return tabled_slope(x, c); }

/* Written to a file by another program with so many digits, and read again. */
double solver_decimal_text(double x, double tolerance, const double c[])
{
	char text[40];
	snprintf(text, sizeof text, "%.*f", (int)rint(-log10(tolerance)), tabled(x, c));
	return strtod(text, NULL);
}
