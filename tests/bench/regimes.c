#include "regimes.h"

#include <math.h>
#include <quadmath.h>

typedef __float128 quad;

enum { SIGMA, SIGMA_TAIL, SIGMA_FAR, TANH, TANH_FAR, BCE, BCE_EDGE, LOGIT, LOGIT_FAR, STABLE, STABLE_FAR, RELU, RELU_NEAR,
       MSE, MSE_SIGMA, NET, NET_RELU, NET_KINK, NET_SCALED, NET_TINY, NET_OFFSET, NET_SATURATED, NET_FLOAT };

const struct regime regimes[NREGIMES] = {
    [SIGMA] = {"sigma", true},
    [SIGMA_TAIL] = {"sigma, |z| 5-30", false},
    [SIGMA_FAR] = {"sigma, |z| 30-40", false},
    [TANH] = {"tanh", true},
    [TANH_FAR] = {"tanh, |z| 5-20", false},
    [BCE] = {"BCE of t", true},
    [BCE_EDGE] = {"BCE of t, 1e-14 to 1e-2 from 0 or 1", false},
    [LOGIT] = {"BCE of z, naive", true},
    [LOGIT_FAR] = {"BCE of z, naive, |z| 20-40", false},
    [STABLE] = {"BCE of z, stable", true},
    [STABLE_FAR] = {"BCE of z, stable, |z| 20-40", false},
    [RELU] = {"ReLU", true},
    [RELU_NEAR] = {"ReLU, 1e-12 to 1e-3 from the kink", false},
    [MSE] = {"MSE, linear", true},
    [MSE_SIGMA] = {"MSE, sigma", true},
    [NET] = {"net, tanh", true},
    [NET_RELU] = {"net, ReLU", true},
    [NET_KINK] = {"net, ReLU, kink within 1e-7", false},
    [NET_SCALED] = {"net, tanh, W1 of 1e6", false},
    [NET_TINY] = {"net, tanh, gradient of 1e-12", false},
    [NET_OFFSET] = {"net, tanh, J + 1e8", false},
    [NET_SATURATED] = {"net, tanh, saturated", false},
    [NET_FLOAT] = {"net, tanh, in float32", false},
};

uint64_t random_next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15U;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
	return z ^ (z >> 31);
}

double random_uniform(uint64_t *state, double a, double b)
{
	return a + (b - a) * (((double)(random_next(state) >> 11) + 0.5) * 0x1p-53);
}

double random_gaussian(uint64_t *state)
{
	const double radius = sqrt(-2 * log(random_uniform(state, 0, 1)));
	return radius * cos(2 * M_PI * random_uniform(state, 0, 1));
}

static double sign(uint64_t *state) { return random_next(state) & 1 ? 1 : -1; }

/* ---- drawing ---------------------------------------------------------------------------------------------------- */

static void draw_net(uint64_t *s, problem *p)
{
	const bool mse = p->regime == MSE || p->regime == MSE_SIGMA;
	for (int i = 0; i < BATCH; i++) {
		for (int j = 0; j < INPUTS; j++)
			p->X[i][j] = random_gaussian(s);
		p->Y[i] = p->regime == MSE ? random_gaussian(s) : mse ? random_uniform(s, 0, 1) : (double)(random_next(s) & 1);
	}
	for (int h = 0; h < HIDDEN; h++) {
		for (int j = 0; j < INPUTS; j++)
			p->W1[h][j] = random_gaussian(s);
		p->b1[h] = 0.3 * random_gaussian(s);
		p->W2[h] = random_gaussian(s);
	}
	p->b2 = 0.3 * random_gaussian(s);
	p->row = mse ? 0 : (int)(random_next(s) % HIDDEN);
	p->column = (int)(random_next(s) % INPUTS);
}

/* Moves the kink of the unit whose weight is varied to a distance of 1e-10 to 1e-7. */
static void place_kink(uint64_t *s, problem *p)
{
	const double *x = p->X[random_next(s) % BATCH], away = sign(s) * pow(10, random_uniform(s, -10, -7));
	double z = 0;
	for (int j = 0; j < INPUTS; j++)
		z += p->W1[p->row][j] * x[j];
	p->b1[p->row] = -(z + away * x[p->column]);
}

static void scale(double factor, double of_inputs, double of_output, problem *p)
{
	for (int h = 0; h < HIDDEN; h++) {
		p->W2[h] *= of_output;
		for (int j = 0; j < INPUTS; j++)
			p->W1[h][j] *= factor;
	}
	for (int i = 0; i < BATCH; i++)
		for (int j = 0; j < INPUTS; j++)
			p->X[i][j] *= of_inputs;
}

static void round_to_float(problem *p)
{
	for (int i = 0; i < BATCH; i++)
		for (int j = 0; j < INPUTS; j++)
			p->X[i][j] = (float)p->X[i][j];
	for (int h = 0; h < HIDDEN; h++) {
		for (int j = 0; j < INPUTS; j++)
			p->W1[h][j] = (float)p->W1[h][j];
		p->b1[h] = (float)p->b1[h];
		p->W2[h] = (float)p->W2[h];
	}
	p->b2 = (float)p->b2;
}

static double scalar_point(uint64_t *s, problem *p)
{
	static const double labels[] = {0, 1, 0.3};
	double t;
	switch (p->regime) {
	case SIGMA: return 2 * random_gaussian(s);
	case SIGMA_TAIL: return sign(s) * random_uniform(s, 5, 30);
	case SIGMA_FAR: return sign(s) * random_uniform(s, 30, 40);
	case TANH: return 1.5 * random_gaussian(s);
	case TANH_FAR: return sign(s) * random_uniform(s, 5, 20);
	case BCE:
		p->y = labels[random_next(s) % 3];
		return random_uniform(s, 0.01, 0.99);
	case BCE_EDGE:
		p->y = labels[random_next(s) % 3];
		t = pow(10, random_uniform(s, -14, -2));
		return random_next(s) & 1 ? t : 1 - t;
	case LOGIT:
	case STABLE:
		p->y = (double)(random_next(s) & 1);
		return 3 * random_gaussian(s);
	case LOGIT_FAR:
	case STABLE_FAR:
		p->y = (double)(random_next(s) & 1);
		return sign(s) * random_uniform(s, 20, 40);
	case RELU:
		do
			t = random_gaussian(s);
		while (fabs(t) < 1e-3);
		return t;
	default: /* RELU_NEAR */
		p->offset = random_next(s) & 1 ? 0 : random_gaussian(s);
		return sign(s) * pow(10, random_uniform(s, -12, -3));
	}
}

void problem_draw(int regime, uint64_t *s, problem *p)
{
	*p = (problem){.regime = regime};
	if (regime < MSE) {
		p->x = scalar_point(s, p);
		return;
	}
	draw_net(s, p);
	if (regime == NET_KINK)
		place_kink(s, p);
	else if (regime == NET_SCALED)
		scale(1e6, 1e-6, 1, p);
	else if (regime == NET_TINY)
		scale(1, 1, 1e-12, p);
	else if (regime == NET_OFFSET)
		p->offset = 1e8;
	else if (regime == NET_SATURATED)
		scale(10, 1, 1, p);
	else if (regime == NET_FLOAT)
		round_to_float(p);
	p->x = p->W1[p->row][p->column];
}

/* ---- values, in double and in float -------------------------------------------------------------------------- */

static bool rectified(const problem *p) { return p->regime == NET_RELU || p->regime == NET_KINK; }

static double sigma(double z) { return 1 / (1 + exp(-z)); }

static double bce(double t, double y) { return y == 1 ? -log(t) : y == 0 ? -log(1 - t) : -(y * log(t) + (1 - y) * log(1 - t)); }

static double weight(const problem *p, int h, int j, double x)
{
	return h == p->row && j == p->column ? x : p->W1[h][j];
}

static double linear(const problem *p, int i, int h, double bias, double x)
{
	double z = bias;
	for (int j = 0; j < INPUTS; j++)
		z += weight(p, h, j, x) * p->X[i][j];
	return z;
}

static double mse_value(const problem *p, double x)
{
	double sum = 0;
	for (int i = 0; i < BATCH; i++) {
		double z = linear(p, i, 0, p->b2, x), r = (p->regime == MSE ? z : sigma(z)) - p->Y[i];
		sum += r * r;
	}
	return sum / BATCH + p->offset;
}

static double output(const problem *p, int i, double x)
{
	double z2 = p->b2;
	for (int h = 0; h < HIDDEN; h++) {
		double z = linear(p, i, h, p->b1[h], x);
		z2 += p->W2[h] * (rectified(p) ? fmax(z, 0) : tanh(z));
	}
	return z2;
}

static double net_value(const problem *p, double x)
{
	double sum = 0;
	for (int i = 0; i < BATCH; i++) {
		const double t = sigma(output(p, i, x)), y = p->Y[i];
		sum -= y * log(t) + (1 - y) * log(1 - t);
	}
	return sum / BATCH + p->offset;
}

static float net_value_float(const problem *p, float x)
{
	float sum = 0;
	for (int i = 0; i < BATCH; i++) {
		float z2 = (float)p->b2;
		for (int h = 0; h < HIDDEN; h++) {
			float z = (float)p->b1[h];
			for (int j = 0; j < INPUTS; j++)
				z += (h == p->row && j == p->column ? x : (float)p->W1[h][j]) * (float)p->X[i][j];
			z2 += (float)p->W2[h] * tanhf(z);
		}
		const float t = 1 / (1 + expf(-z2)), y = (float)p->Y[i];
		sum -= y * logf(t) + (1 - y) * logf(1 - t);
	}
	return sum / BATCH;
}

double problem_value(const problem *p, double x)
{
	switch (p->regime) {
	case SIGMA: case SIGMA_TAIL: case SIGMA_FAR: return sigma(x);
	case TANH: case TANH_FAR: return tanh(x);
	case BCE: case BCE_EDGE: return bce(x, p->y);
	case LOGIT: case LOGIT_FAR: {
		const double t = sigma(x);
		return -(p->y * log(t) + (1 - p->y) * log(1 - t));
	}
	case STABLE: case STABLE_FAR: return fmax(x, 0) - x * p->y + log1p(exp(-fabs(x)));
	case RELU: case RELU_NEAR: return fmax(x, 0) + p->offset;
	case MSE: case MSE_SIGMA: return mse_value(p, x);
	case NET_FLOAT: return net_value_float(p, (float)x);
	default: return net_value(p, x);
	}
}

/* ---- the hand derivation, as homework has it --------------------------------------------------------------- */

static double mse_gradient(const problem *p, double x)
{
	double sum = 0;
	for (int i = 0; i < BATCH; i++) {
		const double z = linear(p, i, 0, p->b2, x), a = sigma(z);
		sum += p->regime == MSE ? 2 * (z - p->Y[i]) * p->X[i][p->column]
		                        : 2 * (a - p->Y[i]) * a * (1 - a) * p->X[i][p->column];
	}
	return sum / BATCH;
}

static double net_gradient(const problem *p, double x)
{
	double sum = 0;
	for (int i = 0; i < BATCH; i++) {
		const double z = linear(p, i, p->row, p->b1[p->row], x), a = tanh(z);
		const double prime = rectified(p) ? z > 0 : 1 - a * a;
		sum += (sigma(output(p, i, x)) - p->Y[i]) * p->W2[p->row] * prime * p->X[i][p->column];
	}
	return sum / BATCH;
}

double problem_gradient(const problem *p, double x)
{
	const double s = sigma(x), t = tanh(x);
	switch (p->regime) {
	case SIGMA: case SIGMA_TAIL: case SIGMA_FAR: return s * (1 - s);
	case TANH: case TANH_FAR: return 1 - t * t;
	case BCE: case BCE_EDGE: return (x - p->y) / (x * (1 - x));
	case LOGIT: case LOGIT_FAR: case STABLE: case STABLE_FAR: return s - p->y;
	case RELU: case RELU_NEAR: return x > 0;
	case MSE: case MSE_SIGMA: return mse_gradient(p, x);
	default: return net_gradient(p, x);
	}
}

/* ---- the truth ---------------------------------------------------------------------------------------------------- */

static quad sigma_q(quad z)
{
	const quad e = expq(-fabsq(z));
	return z >= 0 ? 1 / (1 + e) : e / (1 + e);
}

static quad sigma_prime_q(quad z)
{
	const quad e = expq(-fabsq(z));
	return e / ((1 + e) * (1 + e));
}

static quad linear_q(const problem *p, int i, int h, quad bias, quad x)
{
	quad z = bias;
	for (int j = 0; j < INPUTS; j++)
		z += (h == p->row && j == p->column ? x : (quad)p->W1[h][j]) * (quad)p->X[i][j];
	return z;
}

static quad mse_truth(const problem *p, quad x)
{
	quad sum = 0;
	for (int i = 0; i < BATCH; i++) {
		const quad z = linear_q(p, i, 0, p->b2, x);
		sum += p->regime == MSE ? 2 * (z - p->Y[i]) * p->X[i][p->column]
		                        : 2 * (sigma_q(z) - p->Y[i]) * sigma_prime_q(z) * p->X[i][p->column];
	}
	return sum / BATCH;
}

static quad net_truth(const problem *p, quad x)
{
	quad sum = 0;
	for (int i = 0; i < BATCH; i++) {
		quad z2 = p->b2, slope = 0;
		for (int h = 0; h < HIDDEN; h++) {
			const quad z = linear_q(p, i, h, p->b1[h], x), c = coshq(z);
			z2 += p->W2[h] * (rectified(p) ? fmaxq(z, 0) : tanhq(z));
			if (h == p->row)
				slope = p->W2[h] * (rectified(p) ? (quad)(z > 0) : 1 / (c * c)) * p->X[i][p->column];
		}
		const quad y = p->Y[i];
		sum += (-y * sigma_q(-z2) + (1 - y) * sigma_q(z2)) * slope;
	}
	return sum / BATCH;
}

double problem_truth(const problem *p, double x)
{
	const quad q = x, y = p->y, c = coshq(q);
	switch (p->regime) {
	case SIGMA: case SIGMA_TAIL: case SIGMA_FAR: return (double)sigma_prime_q(q);
	case TANH: case TANH_FAR: return (double)(1 / (c * c));
	case BCE: case BCE_EDGE: return (double)((q - y) / (q * (1 - q)));
	case LOGIT: case LOGIT_FAR: case STABLE: case STABLE_FAR: return (double)(-y * sigma_q(-q) + (1 - y) * sigma_q(q));
	case RELU: case RELU_NEAR: return x > 0;
	case MSE: case MSE_SIGMA: return (double)mse_truth(p, q);
	default: return (double)net_truth(p, q);
	}
}
