#include "corpus.h"

#include "regimes.h"

#include <float.h>
#include <math.h>
#include <quadmath.h>
#include <string.h>

typedef __float128 quad;

#define RELU(x)   ((x) > 0 ? (x) : 0)
#define ON(x)     ((x) > 0 ? 1 : 0)
#define SQUARE(x) ((x) * (x))
#define SIGMA(x)  (1 / (1 + EXP(-(x))))
#define DSIGMA(x) (EXP(-ABS(x)) / SQUARE(1 + EXP(-ABS(x))))
#define DTANH(x)  (4 * EXP(-2 * ABS(x)) / SQUARE(1 + EXP(-2 * ABS(x))))
#define PHI(x)    (ERFC(-(x) / ROOT2) / 2)
#define BELL(x)   (EXP(-(x) * (x) / 2) / ROOT2PI)
#define NAME2(a, b) a##b
#define NAME1(a, b) NAME2(a, b)
#define HERE(kind)  NAME1(kind, __LINE__)

/* ---- f in double and in float ------------------------------------------------------------------------------------ */

#define EXP FN(exp)
#define EXPM1 FN(expm1)
#define LOG FN(log)
#define LOG1P FN(log1p)
#define TANH FN(tanh)
#define ERFC FN(erfc)
#define SQRT FN(sqrt)
#define SIN FN(sin)
#define COS FN(cos)
#define ABS FN(fabs)
#define C7    N(0.7)
#define ROOT2 SQRT(N(2))

#define FN(of) of
#define N(c)  (c)
#define CURVE(name, domain, value, ...) static double HERE(f)(double x) { return value; }
#include "corpus.def"
#undef CURVE
#undef FN
#undef N

#define FN(of) of##f
#define N(c)  ((float)(c))
#define CURVE(name, domain, value, ...)                                                                      \
	static float HERE(s)(float x) { return value; }                                                          \
	static double HERE(single)(double x) { return HERE(s)((float)x); }
#include "corpus.def"
#undef CURVE
#undef FN
#undef N

/* ---- f' and its slips in binary128 --------------------------------------------------------------------------------- */

#define FN(of) of##q
#define N(c)  ((quad)(c))
#define ROOT2PI sqrtq(2 * M_PIq)
#define CURVE(name, domain, value, truth, ...)                                                               \
	static double HERE(d)(double at)                                                                         \
	{                                                                                                        \
		const quad x = at;                                                                                   \
		return (double)(truth);                                                                              \
	}                                                                                                        \
	static void HERE(slips)(double at, double out[MOST_SLIPS])                                               \
	{                                                                                                        \
		const quad x = at, all[] = {__VA_ARGS__};                                                            \
		for (size_t k = 0; k < MOST_SLIPS; k++)                                                              \
			out[k] = k < sizeof all / sizeof *all ? (double)all[k] : NAN;                                    \
	}
#include "corpus.def"
#undef CURVE

const curve curves[] = {
#define CURVE(name, domain, ...) {#name, domain, HERE(f), HERE(single), HERE(d), HERE(slips)},
#include "corpus.def"
#undef CURVE
};

const size_t ncurves = sizeof curves / sizeof *curves;

/* ---- points and variants ---------------------------------------------------------------------------------------- */

const char *const variants[NVARIANTS] = {"as written", "float32", "noisy 1e-9", "f + 1e6", "loss x 1e-7", "loss x 1e7"};

/* Noise that is a function of x, as a solver's tolerance or a table makes it. */
static double hash_noise(double x)
{
	uint64_t bits;
	memcpy(&bits, &x, sizeof bits);
	return random_uniform(&bits, -1, 1);
}

double curve_factor(variant v) { return v == SMALL ? 1e-7 : v == LARGE ? 1e7 : 1; }

double curve_value(const curve *c, variant v, double x)
{
	switch (v) {
	case SINGLE: return c->single(x);
	case NOISY: return c->f(x) * (1 + 1e-9 * hash_noise(x));
	case OFFSET: return c->f(x) + 1e6;
	default: return curve_factor(v) * c->f(x);
	}
}

double curve_point(const curve *c, points where, uint64_t *state)
{
	const double side = random_next(state) & 1 ? 1 : -1;
	double size;
	switch (c->domain) {
	case SHARE:
		if (where == TYPICAL)
			return random_uniform(state, 0.02, 0.98);
		size = pow(10, random_uniform(state, -8, log10(0.5)));
		return side > 0 ? size : 1 - size;
	case POSITIVE:
		return where == TYPICAL ? random_uniform(state, 0.05, 3) : pow(10, random_uniform(state, -8, log10(316)));
	default:
		return where == TYPICAL ? random_uniform(state, -3, 3) : side * pow(10, random_uniform(state, -8, log10(316)));
	}
}

bool is_wrong(const curve *c, double x, double claim)
{
	const double truth = c->d(x), off = fabs(claim - truth);
	return isfinite(claim) && off > 0.01 * fabs(truth) && off * fmax(fabs(x), 1) > DBL_EPSILON / 2 * fabs(c->f(x));
}
