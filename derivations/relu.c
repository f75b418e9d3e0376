/* relu: the rectified linear unit.
 *
 *   r(z)  = max(z, 0) = { z for z > 0
 *                       { 0 for z < 0
 *   r'(z) = { 1 for z > 0
 *           { 0 for z < 0
 *
 * At 0 there is a slope on each side and no derivative: 0, 1 and 1/2 are conventions. Here it is 0.
 */
#include "draw.h"
#include "scalar.h"
#include <math.h>

static double r(double z) { return fmax(z, 0); }
static double dr(double z) { return z > 0; }

/* What a tired hand writes instead. */
static double sign(double z) { return z > 0 ? 1 : -1; }
static double inactive(double z) { return z < 0; }
static double always(UNUSED double z) { return 1; }
static double late(double z) { return z > 1; }
static double of_sigmoid(double z) { return 1 / (2 + exp(z) + exp(-z)); }

static const hg_stage stage[] = {
	{.name = "dr", .wrt = "z", .formula = "ReLU'(z) = 1\\{z > 0\\}", .f = SCALAR(r), .g = SLOPE(dr)},
};

static const hg_twin twin[] = {
	{"dr", "relu-derivative", "ReLU'(z) = sign(z)", SLOPE(sign)},
	{"dr", "relu-derivative", "ReLU'(z) = 1\\{z < 0\\}", SLOPE(inactive)},
	{"dr", "relu-derivative", "ReLU'(z) = 1", SLOPE(always)},
	{"dr", "relu-derivative", "ReLU'(z) = 1\\{z > 1\\}", SLOPE(late)},
	{"dr", "value-for-derivative", "ReLU'(z) = ReLU(z)", SLOPE(r)},
	{"dr", "wrong-activation", "ReLU'(z) = \\sigma(z)(1 - \\sigma(z))", SLOPE(of_sigmoid)},
};

/* Both sides, far from the kink and nearer and nearer. */
static const double ladder[] = {2.385, -0.634, 0.287, -3.719, 0.1,   -0.1,   1e-3,  -1e-3,
                                1e-7,  -1e-7,  1e-9,  -1e-9,  1e-12, -1e-12, 38.21, -38.21};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	return draw_ladder(at, "z", ladder, COUNT(ladder), k, 2, rng);
}

const hg_derivation hg_derivation_relu = {
	"relu", "the rectified linear unit",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
