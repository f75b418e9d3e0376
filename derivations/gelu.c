/* gelu: the Gaussian error linear unit, and the form with tanh that is computed in its place.
 *
 *   g(z)  = z P(z),  P the distribution function of N(0, 1), P'(z) = p(z) = e^(-z^2/2) / sqrt(2 pi)
 *   g'(z) = P(z) + z p(z)                                   product rule
 *
 *   h(z)  = z/2 (1 + tanh u),  u = c (z + b z^3),  c = sqrt(2/pi),  b = 0.044715
 *   u'    = c (1 + 3 b z^2)
 *   h'(z) = 1/2 (1 + tanh u) + z/2 (1 - tanh^2 u) u'        product rule, then the inside
 *
 * In numbers: 1/2 (1 + tanh u) = s(2u) with s the logistic function, and 1 - tanh^2 u = 4 s(2u) s(-2u).
 */
#include "draw.h"
#include "scalar.h"
#include <math.h>

static double p(double z) { return exp(-z * z / 2) / sqrt(2 * M_PI); }
static double P(double z) { return erfc(-z / M_SQRT2) / 2; }

static double g(double z) { return z * P(z); }
static double dg(double z) { return P(z) + z * p(z); }

static const double b = 0.044715;

static double s(double z) { return 1 / (1 + exp(-z)); }
static double u(double z) { return sqrt(2 / M_PI) * (z + b * z * z * z); }
static double du(double z) { return sqrt(2 / M_PI) * (1 + 3 * b * z * z); }

/* 1 - tanh^2 u */
static double slope_of_tanh(double z) { return 4 * s(2 * u(z)) * s(-2 * u(z)); }

static double h(double z) { return z * s(2 * u(z)); }
static double dh(double z) { return s(2 * u(z)) + z / 2 * slope_of_tanh(z) * du(z); }

/* What a tired hand writes instead. */
static double one_term(double z) { return P(z); }
static double other_term(double z) { return z * p(z); }
static double no_z(double z) { return P(z) + p(z); }
static double minus(double z) { return P(z) - z * p(z); }
static double density_for_distribution(double z) { return p(z) + z * p(z); }
static double exponent(double z) { return P(z) + z * exp(z * z / 2) / sqrt(2 * M_PI); }
static double slope_of_relu(double z) { return z > 0; }
static double h_one_term(double z) { return s(2 * u(z)); }
static double h_no_inside(double z) { return s(2 * u(z)) + z / 2 * slope_of_tanh(z); }
static double h_no_square(double z) { return s(2 * u(z)) + z / 2 * (1 - tanh(u(z))) * du(z); }
static double h_no_3(double z)
{
	return s(2 * u(z)) + z / 2 * slope_of_tanh(z) * sqrt(2 / M_PI) * (1 + b * z * z);
}

static const hg_stage stage[] = {
	{.name = "dg", .wrt = "z", .formula = "g'(z) = \\Phi(z) + z \\phi(z)", .f = SCALAR(g), .g = SLOPE(dg)},
	{.name = "dh", .wrt = "z",
	 .formula = "h'(z) = \\frac{1}{2} (1 + \\tanh u) + \\frac{z}{2} (1 - \\tanh^2 u) "
	            "\\sqrt{2/\\pi} (1 + 3 \\cdot 0.044715 z^2)",
	 .f = SCALAR(h), .g = SLOPE(dh)},
};

static const hg_twin twin[] = {
	{"dg", "lost-term", "g'(z) = \\Phi(z)", SLOPE(one_term)},
	{"dg", "lost-term", "g'(z) = z \\phi(z)", SLOPE(other_term)},
	{"dg", "lost-factor", "g'(z) = \\Phi(z) + \\phi(z)", SLOPE(no_z)},
	{"dg", "sign", "g'(z) = \\Phi(z) - z \\phi(z)", SLOPE(minus)},
	{"dg", "wrong-variable", "g'(z) = \\phi(z) + z \\phi(z)", SLOPE(density_for_distribution)},
	{"dg", "exponent-sign", "g'(z) = \\Phi(z) + z \\frac{e^{z^2/2}}{\\sqrt{2 \\pi}}", SLOPE(exponent)},
	{"dg", "value-for-derivative", "g'(z) = z \\Phi(z)", SLOPE(g)},
	{"dg", "wrong-activation", "g'(z) = 1\\{z > 0\\}", SLOPE(slope_of_relu)},
	{"dh", "lost-term", "h'(z) = \\frac{1}{2} (1 + \\tanh u)", SLOPE(h_one_term)},
	{"dh", "lost-chain-factor", "h'(z) = \\frac{1}{2} (1 + \\tanh u) + \\frac{z}{2} (1 - \\tanh^2 u)",
	 SLOPE(h_no_inside)},
	{"dh", "lost-square", "h'(z) = \\frac{1}{2} (1 + \\tanh u) + \\frac{z}{2} (1 - \\tanh u) u'",
	 SLOPE(h_no_square)},
	{"dh", "constant-factor",
	 "h'(z) = \\frac{1}{2} (1 + \\tanh u) + \\frac{z}{2} (1 - \\tanh^2 u) \\sqrt{2/\\pi} (1 + 0.044715 z^2)",
	 SLOPE(h_no_3)},
};

/* Both sides, far from -0.75, where the slope vanishes, and nearer to it. */
static const double ladder[] = {2.385, -0.634, 0.287, -3.719, -2, 2, -5, 5, -0.74, -0.77, 0.01, -0.01, 7.5, -6};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	return draw_ladder(at, "z", ladder, COUNT(ladder), k, 1.5, rng);
}

const hg_derivation hg_derivation_gelu = {
	"gelu", "the Gaussian error linear unit, exact and with tanh",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
