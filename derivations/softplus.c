/* softplus: the smooth rectified linear unit, and its curvature.
 *
 *   f(z)   = log(1 + e^z)
 *   f'(z)  = 1 / (1 + e^z) * e^z                    the logarithm, then the inside
 *          = 1 / (1 + e^-z) = s(z)
 *   f''(z) = s'(z) = s(z) (1 - s(z))                sigmoid
 *
 * In numbers: log(1 + e^z) = z + log(1 + e^-z), which does not overflow for large z.
 */
#include "draw.h"
#include "scalar.h"
#include <math.h>

static double f(double z) { return z > 0 ? z + log1p(exp(-z)) : log1p(exp(z)); }
static double s(double z) { return 1 / (1 + exp(-z)); }
static double ds(double z) { return s(z) * s(-z); }

/* What a tired hand writes instead. */
static double sign(double z) { return -s(z); }
static double no_inside(double z) { return 1 / (1 + exp(z)); }
static double of_relu(double z) { return z > 0; }
static double inside_alone(double z) { return exp(z); }
static double exponent(double z) { return exp(-z) / (1 + exp(z)); }
static double ds_sign(double z) { return -ds(z); }
static double ds_squared(double z) { return s(z) * (1 - s(z) * s(z)); }
static double ds_one_factor(double z) { return s(-z); }

static const hg_stage stage[] = {
	{.name = "df", .wrt = "z", .formula = "f'(z) = \\frac{1}{1 + e^{-z}}", .f = SCALAR(f), .g = SLOPE(s)},
	{.name = "d2f", .wrt = "z", .formula = "f''(z) = \\sigma(z)(1 - \\sigma(z))", .f = SCALAR(s),
	 .g = SLOPE(ds), .uses = "df"},
};

static const hg_twin twin[] = {
	{"df", "sign", "f'(z) = -\\sigma(z)", SLOPE(sign)},
	{"df", "lost-chain-factor", "f'(z) = \\frac{1}{1 + e^z}", SLOPE(no_inside)},
	{"df", "value-for-derivative", "f'(z) = \\log(1 + e^z)", SLOPE(f)},
	{"df", "wrong-activation", "f'(z) = 1\\{z > 0\\}", SLOPE(of_relu)},
	{"df", "lost-factor", "f'(z) = e^z", SLOPE(inside_alone)},
	{"df", "exponent-sign", "f'(z) = \\frac{e^{-z}}{1 + e^z}", SLOPE(exponent)},
	{"d2f", "sign", "f''(z) = \\sigma(z)(\\sigma(z) - 1)", SLOPE(ds_sign)},
	{"d2f", "value-for-derivative", "f''(z) = \\sigma(z)", SLOPE(s)},
	{"d2f", "extra-square", "f''(z) = \\sigma(z)(1 - \\sigma(z)^2)", SLOPE(ds_squared)},
	{"d2f", "lost-factor", "f''(z) = 1 - \\sigma(z)", SLOPE(ds_one_factor)},
};

/* Ordinary values, then far to both sides: above 20 the doubles near 1 lie too far apart for s to show its slope. */
static const double ladder[] = {2.385, -0.634, 0.287, -3.719, -2, 2, -5, 5, -10, 10, 15, -20, -30, -36.7, -38};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	return draw_ladder(at, "z", ladder, COUNT(ladder), k, 2, rng);
}

const hg_derivation hg_derivation_softplus = {
	"softplus", "softplus, its slope and its curvature",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
