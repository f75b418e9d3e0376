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
static double exponent(double z) { return exp(z) / ((1 + exp(-z)) * (1 + exp(-z))); }
static double difference(double z) { return s(z) - (1 - s(z)); }
static double as_tanh(double z) { return 1 - s(z) * s(z); }

static const hg_stage stage[] = {
	{.name = "ds", .wrt = "z", .formula = "\\sigma'(z) = \\sigma(z)(1 - \\sigma(z))", .f = SCALAR(s),
	 .g = SLOPE(ds)},
};

static const hg_twin twin[] = {
	{"ds", "sign", "\\sigma'(z) = \\sigma(z)(\\sigma(z) - 1)", SLOPE(sign)},
	{"ds", "value-for-derivative", "\\sigma'(z) = \\sigma(z)", SLOPE(value)},
	{"ds", "lost-factor", "\\sigma'(z) = 1 - \\sigma(z)", SLOPE(one_factor)},
	{"ds", "wrong-variable", "\\sigma'(z) = z(1 - z)", SLOPE(of_z)},
	{"ds", "extra-square", "\\sigma'(z) = \\sigma(z)(1 - \\sigma(z)^2)", SLOPE(squared)},
	{"ds", "exponent-sign", "\\sigma'(z) = \\frac{e^{z}}{(1 + e^{-z})^2}", SLOPE(exponent)},
	{"ds", "sum-for-product", "\\sigma'(z) = \\sigma(z) - (1 - \\sigma(z))", SLOPE(difference)},
	{"ds", "wrong-activation", "\\sigma'(z) = 1 - \\sigma(z)^2", SLOPE(as_tanh)},
};

/* Ordinary values, then saturation. Below 0 it may go as far as one likes; above 20 the doubles near 1 lie
 * too far apart for 1 - s(z) to keep six digits. */
static const double ladder[] = {2.385, -0.634, 0.287, -3.719, -2,  2,     -5,  5,
                                -10,   10,     15,    -20,    -30, -36.7, -38, -40};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	return draw_ladder(at, "z", ladder, COUNT(ladder), k, 2, rng);
}

const hg_derivation hg_derivation_sigmoid = {
	"sigmoid", "the logistic function",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
