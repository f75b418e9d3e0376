/* Any smooth function and any error of at most the tolerance: smooth, stepwise, in pieces. */
#include "solvers.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static double exactly(double x, const double c[]) { return exp(-c[0] * x) + c[1] * sin(2 * x) + c[2] * x; }
static double slope(double x, const double c[]) { return -c[0] * exp(-c[0] * x) + 2 * c[1] * cos(2 * x) + c[2]; }

#define SLOPE(name) \
	double solver_##name##_slope(double x, const double c[]) { return slope(x, c); }
SLOPE(saw)
SLOPE(stairs)
SLOPE(broken_line)
SLOPE(wave)
SLOPE(ripple)
SLOPE(chirp)
SLOPE(pieces)

/* Between -1 and 1, of the k-th piece; the same in every rounding mode. */
static double chance(double k, double salt)
{
	uint64_t h;
	memcpy(&h, &salt, sizeof h);
	h += (uint64_t)(int64_t)k * 0x9e3779b97f4a7c15U;
	h = (h ^ (h >> 31)) * 0xbf58476d1ce4e5b9U;
	h = (h ^ (h >> 29)) * 0x94d049bb133111ebU;
	return (double)(h >> 11) * 0x1p-52 - 1;
}

/* Pieces of 0.003 to 3, by c3. */
static double length(const double c[]) { return pow(10, 3 * (c[3] - 0.2) - 2.5); }

double solver_saw(double x, double tolerance, const double c[])
{
	const double t = x / length(c);
	return exactly(x, c) + tolerance * (t - floor(t) - 0.5);
}

double solver_stairs(double x, double tolerance, const double c[])
{
	return exactly(x, c) + tolerance * chance(floor(x / length(c)), c[0]);
}

double solver_broken_line(double x, double tolerance, const double c[])
{
	const double t = x / length(c), k = floor(t);
	return exactly(x, c) + tolerance * (chance(k, c[0]) * (k + 1 - t) + chance(k + 1, c[0]) * (t - k));
}

double solver_wave(double x, double tolerance, const double c[]) { return exactly(x, c) + tolerance * sin(x / length(c) + c[0]); }

/* as smooth as the function itself */
double solver_ripple(double x, double tolerance, const double c[])
{
	return exactly(x, c) + tolerance * (sin(3 * c[3] * x + 7 * c[0]) + cos(4 * c[1] * x)) / 2;
}

double solver_chirp(double x, double tolerance, const double c[]) { return exactly(x, c) + tolerance * sin(x * x * 9 * c[3] / length(c)); }

/* a polynomial of its own on every piece */
double solver_pieces(double x, double tolerance, const double c[])
{
	const double t = x / length(c), k = floor(t), u = 2 * (t - k) - 1;
	return exactly(x, c) +
	       tolerance * (chance(k, 1) + chance(k, 2) * u + chance(k, 3) * u * u + chance(k, 4) * u * u * u) / 4;
}
