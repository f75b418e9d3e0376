/* sigmoid: the logistic function.
 *
 *   s(z)  = 1 / (1 + e^-z)
 *   s'(z) = -(1 + e^-z)^-2 * (-e^-z)              power rule, then the inside
 *         = e^-z / (1 + e^-z)^2
 *         = s(z) * e^-z / (1 + e^-z)
 *         = s(z) (1 - s(z))                       since e^-z / (1 + e^-z) = 1 - s(z)
 */
#include "draw.h"
#include "scalar.h"
#include <math.h>

static double s(double z) { return 1 / (1 + exp(-z)); }
static double ds(double z) { return s(z) * (1 - s(z)); }

/* What a tired hand writes instead. */
static double sign(double z) { return s(z) * (s(z) - 1); }
static double value(double z) { return s(z); }
static double one_factor(double z) { return 1 - s(z); }
static double of_z(double z) { return z * (1 - z); }
static double squared(double z) { return s(z) * (1 - s(z) * s(z)); }
static double no_square(double z) { return exp(-z) / (1 + exp(-z)); }
static double exponent(double z) { return exp(z) / ((1 + exp(-z)) * (1 + exp(-z))); }
static double difference(double z) { return s(z) - (1 - s(z)); }
static double as_tanh(double z) { return 1 - s(z) * s(z); }

static const hg_stage stage[] = {
	{"ds", "\\sigma'(z) = \\sigma(z)(1 - \\sigma(z))", "z", SCALAR(s), SLOPE(ds)},
};

static const hg_twin twin[] = {
	{"ds", "sign", "\\sigma'(z) = \\sigma(z)(\\sigma(z) - 1)", SLOPE(sign)},
	{"ds", "value-for-derivative", "\\sigma'(z) = \\sigma(z)", SLOPE(value)},
	{"ds", "lost-factor", "\\sigma'(z) = 1 - \\sigma(z)", SLOPE(one_factor)},
	{"ds", "wrong-variable", "\\sigma'(z) = z(1 - z)", SLOPE(of_z)},
	{"ds", "extra-square", "\\sigma'(z) = \\sigma(z)(1 - \\sigma(z)^2)", SLOPE(squared)},
	{"ds", "lost-square", "\\sigma'(z) = \\frac{e^{-z}}{1 + e^{-z}}", SLOPE(no_square)},
	{"ds", "exponent-sign", "\\sigma'(z) = \\frac{e^{z}}{(1 + e^{-z})^2}", SLOPE(exponent)},
	{"ds", "sum-for-product", "\\sigma'(z) = \\sigma(z) - (1 - \\sigma(z))", SLOPE(difference)},
	{"ds", "wrong-activation", "\\sigma'(z) = 1 - \\sigma(z)^2", SLOPE(as_tanh)},
};

/* Beyond z = 20, 1 - s(z) has no digits left in doubles, and below 40 the ladder goes down as far as one likes. */
static const double ladder[] = {-40, -38, -36.7, -30, -20, -10, -5, -2, 2, 5, 10, 15};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	return draw_ladder(at, "z", ladder, COUNT(ladder), k, 2, rng);
}

const hg_derivation hg_derivation_sigmoid = {
	"sigmoid", "the logistic function", stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
