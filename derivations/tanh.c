/* tanh: the hyperbolic tangent.
 *
 *   t(z)  = (e^z - e^-z) / (e^z + e^-z)
 *   t'(z) = [(e^z + e^-z)(e^z + e^-z) - (e^z - e^-z)(e^z - e^-z)] / (e^z + e^-z)^2      quotient rule
 *         = 1 - [(e^z - e^-z) / (e^z + e^-z)]^2
 *         = 1 - t(z)^2
 */
#include "draw.h"
#include "scalar.h"
#include <math.h>

static double dt(double z) { return 1 - tanh(z) * tanh(z); }

/* What a tired hand writes instead. */
static double square_outside(double z) { return (1 - tanh(z)) * (1 - tanh(z)); }
static double no_square(double z) { return 1 - tanh(z); }
static double of_z(double z) { return 1 - z * z; }
static double as_sigmoid(double z) { return tanh(z) * (1 - tanh(z)); }
static double plus(double z) { return tanh(z) * tanh(z) - 1; }
static double square_alone(double z) { return -tanh(z) * tanh(z); }
static double exponent(double z) { return 4 / ((exp(z) + exp(z)) * (exp(z) + exp(z))); }

static const hg_stage stage[] = {
	{.name = "dt", .wrt = "z", .formula = "\\tanh'(z) = 1 - \\tanh^2(z)", .f = SCALAR(tanh), .g = SLOPE(dt)},
};

static const hg_twin twin[] = {
	{"dt", "square-moved", "\\tanh'(z) = (1 - \\tanh(z))^2", SLOPE(square_outside)},
	{"dt", "lost-square", "\\tanh'(z) = 1 - \\tanh(z)", SLOPE(no_square)},
	{"dt", "wrong-variable", "\\tanh'(z) = 1 - z^2", SLOPE(of_z)},
	{"dt", "wrong-activation", "\\tanh'(z) = \\tanh(z)(1 - \\tanh(z))", SLOPE(as_sigmoid)},
	{"dt", "value-for-derivative", "\\tanh'(z) = \\tanh(z)", SLOPE(tanh)},
	{"dt", "sign", "\\tanh'(z) = \\tanh^2(z) - 1", SLOPE(plus)},
	{"dt", "lost-term", "\\tanh'(z) = -\\tanh^2(z)", SLOPE(square_alone)},
	{"dt", "exponent-sign", "\\tanh'(z) = \\frac{4}{(e^z + e^z)^2}", SLOPE(exponent)},
};

/* Beyond 8 the doubles near 1 lie too far apart for 1 - tanh(z)^2 to keep six digits. */
static const double ladder[] = {0.613, -0.287, 1.385, -2.719, 2, -2, 5, -5, 8, -8, 1e-3, -1e-7};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	return draw_ladder(at, "z", ladder, COUNT(ladder), k, 1, rng);
}

const hg_derivation hg_derivation_tanh = {
	"tanh", "the hyperbolic tangent",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
