/* The activations and losses of the networks, each with its change when z moves by dz, free of cancellation:
 * the difference f(z + dz) - f(z) written so that nothing nearly equal is subtracted. */
#include "network.h"
#include <math.h>

static double logistic(double z) { return 1 / (1 + exp(-z)); }

/* ---- hidden activations -------------------------------------------------------------------------------- */

static double relu(double z) { return z > 0 ? z : 0; }

static double step(double z) { return z > 0; }

static void relu_change(size_t n, const double *z, const double *slope, const double *dz, double *da)
{
	(void)slope;
	for (size_t i = 0; i < n; i++) {
		double to = z[i] + dz[i];
		da[i] = z[i] > 0 ? (to > 0 ? dz[i] : -z[i]) : (to > 0 ? to : 0);
	}
}

static double sech2(double z) { return 1 / (cosh(z) * cosh(z)); }

/* tanh(z + d) - tanh(z) = (1 - a^2) tanh(d) / (1 + a tanh(d)); far away, where this may be 0/0, nothing
 * cancels. */
static void tanh_change(size_t n, const double *z, const double *slope, const double *dz, double *da)
{
	for (size_t i = 0; i < n; i++) {
		double a = tanh(z[i]), d = tanh(dz[i]);
		da[i] = fabs(dz[i]) < 1 ? slope[i] * d / (1 + a * d) : tanh(z[i] + dz[i]) - a;
	}
}

static double logistic_slope(double z) { return logistic(z) * logistic(-z); }

/* s(z + d) - s(z) = s(z) s(-z) / (1/e + s(z)) with e = e^d - 1, which may be 0 or infinite */
static void logistic_change(size_t n, const double *z, const double *slope, const double *dz, double *da)
{
	for (size_t i = 0; i < n; i++)
		da[i] = slope[i] / (1 / expm1(dz[i]) + logistic(z[i]));
}

const activation net_relu = {relu, step, relu_change};
const activation net_tanh = {tanh, sech2, tanh_change};
const activation net_sigmoid = {logistic, logistic_slope, logistic_change};

/* ---- last layers with their loss ----------------------------------------------------------------------- */

static double identity(double z) { return z; }
static double square(double a, double y) { return (a - y) * (a - y); }
static double square_of_logistic(double z, double y) { return square(logistic(z), y); }

/* (r + d)^2 - r^2 = d (2 r + d) */
static double square_change(size_t n, const double *z, const double *w, const double *y, const double *dz)
{
	double sum = 0;
	(void)w;
	for (size_t i = 0; i < n; i++)
		sum += dz[i] * (2 * (z[i] - y[i]) + dz[i]);
	return sum;
}

static double tail(double z) { return logistic(-fabs(z)); } /* the smaller of s(z) and s(-z) */

static double square_of_logistic_change(size_t n, const double *z, const double *w, const double *y,
                                        const double *dz)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++) {
		double a = z[i] > 0 ? 1 - w[i] : w[i];
		double da = w[i] * (1 - w[i]) / (1 / expm1(dz[i]) + a);
		sum += da * (2 * (a - y[i]) + da);
	}
	return sum;
}

static double cross_entropy(double t, double y)
{
	return (y > 0 ? -y * log(t) : 0) - (y < 1 ? (1 - y) * log1p(-t) : 0);
}

/* -y log s(z) - (1 - y) log(1 - s(z)) = log(1 + e^z) - y z */
static double cross_entropy_of_z(double z, double y)
{
	return (z > 0 ? z * (1 - y) : -y * z) + log1p(exp(-fabs(z)));
}

/* e^x - 1 for |x| < 1/32. */
static double small_expm1(double x)
{
	double p = 1. / 40320;
	p = p * x + 1. / 5040;
	p = p * x + 1. / 720;
	p = p * x + 1. / 120;
	p = p * x + 1. / 24;
	p = p * x + 1. / 6;
	p = p * x + 0.5;
	return x + x * x * p;
}

/* log(1 + w (e^x - 1)) for x not small. */
static double log_mix(double w, double x)
{
	return x < 30 ? log1p(w * expm1(x)) : x + log(w + (1 - w) * exp(-x));
}

enum { BLOCK = 32, LANES = 4 };

/* log of the product of the 1 + u_i, for small u: a product less 1 grows as p + u + p u. */
static double log_product(size_t n, const double *u)
{
	double p[LANES] = {0};
	for (size_t i = 0; i + LANES <= n; i += LANES)
		for (size_t k = 0; k < LANES; k++)
			p[k] += u[i + k] + p[k] * u[i + k];
	for (size_t i = n - n % LANES; i < n; i++)
		p[0] += u[i] + p[0] * u[i];
	double low = p[0] + p[1] + p[0] * p[1], high = p[2] + p[3] + p[2] * p[3];
	return log1p(low + high + low * high);
}

/* With w = s(-|z|), which is at most 1/2, and x = dz for z < 0, -dz for z > 0,
 *   log(1 + e^(z + dz)) - log(1 + e^z) = (dz if z > 0) + log(1 + w (e^x - 1)).
 * Where a whole block of samples moves little, it shares one logarithm. */
static double cross_entropy_of_block(size_t n, const double *z, const double *w, const double *y,
                                     const double *dz)
{
	double sum = 0, furthest = 0, x[BLOCK];
	for (size_t i = 0; i < n; i++) {
		x[i] = z[i] > 0 ? -dz[i] : dz[i];
		furthest = fabs(dz[i]) > furthest ? fabs(dz[i]) : furthest;
		sum += ((z[i] > 0) - y[i]) * dz[i];
	}
	if (!(furthest < 0.03125)) {
		for (size_t i = 0; i < n; i++)
			sum += log_mix(w[i], x[i]);
		return sum;
	}
	for (size_t i = 0; i < n; i++)
		x[i] = w[i] * small_expm1(x[i]);
	return sum + log_product(n, x);
}

static double cross_entropy_change(size_t n, const double *z, const double *w, const double *y,
                                   const double *dz)
{
	double sum = 0;
	for (size_t i = 0; i < n; i += BLOCK)
		sum += cross_entropy_of_block(n - i < BLOCK ? n - i : BLOCK, z + i, w + i, y + i, dz + i);
	return sum;
}

const output net_sigmoid_bce = {
	LABELS, logistic, cross_entropy_of_z, cross_entropy, tail, cross_entropy_change, SUM_OF_OUTPUTS,
};
const output net_sigmoid_bce_mean = {
	LABELS, logistic, cross_entropy_of_z, cross_entropy, tail, cross_entropy_change, MEAN_OF_OUTPUTS,
};
const output net_identity_mse = {
	TARGETS, identity, square, square, identity, square_change, SUM_OF_OUTPUTS,
};
const output net_sigmoid_mse = {
	TARGETS, logistic, square_of_logistic, square, tail, square_of_logistic_change, SUM_OF_OUTPUTS,
};
