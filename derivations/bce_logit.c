/* bce_logit: binary cross-entropy of a sigmoid, as a function of z.
 *
 *   a = s(z) = 1 / (1 + e^-z),   L = -y log a - (1 - y) log(1 - a)
 *
 *   dL/dz = dL/da * da/dz
 *         = (a - y) / (a (1 - a)) * a (1 - a)           both links by themselves: bce, sigmoid
 *         = a - y
 *
 * and over a batch, one column for each of the m samples, J = 1/m sum of L: dJ/dZ = 1/m (A - Y).
 *
 * In numbers, log(1 - a) loses the digits of 1 - a when a is near 1; z still has them. From the definition
 *
 *   -log a = log(1 + e^-z),   -log(1 - a) = log(1 + e^z) = z + log(1 + e^-z)
 *   L      = log(1 + e^-z) + (1 - y) z = log(1 + e^z) - y z
 *   a - y  = (1 - y) s(z) - y s(-z)                     since s(-z) = 1 - s(z)
 */
#include "draw.h"
#include "scalar.h"
#include <math.h>

static double s(double z) { return 1 / (1 + exp(-z)); }

static double L(double z, double y)
{
	return z > 0 ? log1p(exp(-z)) + (1 - y) * z : log1p(exp(z)) - y * z;
}

static double dL(double z, double y) { return (1 - y) * s(z) - y * s(-z); }

/* What a tired hand writes instead. */
static double sign(double z, double y) { return y - s(z); }
static double of_z(double z, double y) { return z - y; }
static double both_links(double z, double y) { return (s(z) - y) * s(z) * (1 - s(z)); }
static double first_link(double z, double y) { return (s(z) - y) / (s(z) * (1 - s(z))); }
static double no_label(double z, UNUSED double y) { return s(z); }
static double other(double z, double y) { return 1 - s(z) - y; }
static double exponent(double z, double y) { return s(-z) - y; }

static const hg_stage stage[] = {
	{.name = "dz", .wrt = "z", .formula = "\\frac{dL}{dz} = a - y", .f = PAIR(L), .g = PARTIAL(dL)},
	{.name = "dZ", .wrt = "z", .formula = "\\frac{dJ}{dZ} = \\frac{1}{m} (A - Y)",
     .f = MEAN_PAIR(L), .g = MEAN_PARTIAL(dL), .uses = "dz"},
};

static const hg_twin twin[] = {
	{"dz", "sign", "\\frac{dL}{dz} = y - a", PARTIAL(sign)},
	{"dz", "wrong-variable", "\\frac{dL}{dz} = z - y", PARTIAL(of_z)},
	{"dz", "extra-factor", "\\frac{dL}{dz} = (a - y) a (1 - a)", PARTIAL(both_links)},
	{"dz", "lost-chain-factor", "\\frac{dL}{dz} = \\frac{a - y}{a (1 - a)}", PARTIAL(first_link)},
	{"dz", "lost-term", "\\frac{dL}{dz} = a", PARTIAL(no_label)},
	{"dz", "complement", "\\frac{dL}{dz} = 1 - a - y", PARTIAL(other)},
	{"dz", "exponent-sign", "\\frac{dL}{dz} = \\frac{1}{1 + e^z} - y", PARTIAL(exponent)},
	{"dZ", "missing-mean", "\\frac{dJ}{dZ} = A - Y", PARTIAL(dL)},
};

/* One sample by itself, ordinary values first, then saturation right and wrong; then batches. */
static const double ladder[][2] = {
	{0.238, 0.731}, {-1.614, 0.127}, {2.871, 0.542}, {0.613, 1}, {-0.287, 0}, {2, 1}, {-2, 1}, {5, 0},
	{-5, 0}, {10, 1}, {-10, 1}, {20, 1}, {-20, 0}, {30, 0}, {-30, 1}, {-36.7, 0}, {38, 0}, {-40, 0},
	{40, 0}, {-40, 1},
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	if (k < COUNT(ladder)) {
		TRY(draw_value(at, "z", ladder[k][0]));
		return draw_value(at, "y", ladder[k][1]);
	}
	return draw_labelled(at, "z", NORMAL, 1.5, k - COUNT(ladder), rng);
}

const hg_derivation hg_derivation_bce_logit = {
	"bce_logit", "binary cross-entropy of a sigmoid, by its argument",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
