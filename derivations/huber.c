/* huber: a square near 0 and a straight line further out, which meet with the same slope.
 *
 *   r = yhat - y
 *   l = { r^2 / 2             for |r| <= d
 *       { d (|r| - d / 2)     for |r| > d
 *
 *   dl/dyhat = { r            for |r| <= d          since dr/dyhat = 1
 *              { d sign(r)    for |r| > d
 *            = max(-d, min(r, d))
 *
 *   J = 1/m sum of l over a batch, one column for each of the m samples:   dJ/dYhat = 1/m max(-d, min(R, d))
 *
 * At |r| = d the slope is continuous, and only the curvature jumps.
 */
#include "draw.h"
#include "scalar.h"
#include <math.h>

static const double d = 1.25;

static double l(double yhat, double y)
{
	double r = fabs(yhat - y);
	return r <= d ? r * r / 2 : d * (r - d / 2);
}

static double dl(double yhat, double y)
{
	double r = yhat - y;
	return fabs(r) <= d ? r : copysign(d, r);
}

/* What a tired hand writes instead. */
static double sign(double yhat, double y) { return -dl(yhat, y); }
static double no_sign(double yhat, double y) { return fmin(yhat - y, d); }
static double no_d(double yhat, double y)
{
	return fabs(yhat - y) <= d ? yhat - y : copysign(1, yhat - y);
}
static double twice(double yhat, double y) { return fabs(yhat - y) <= d ? 2 * (yhat - y) : dl(yhat, y); }
static double with_r(double yhat, double y)
{
	return fabs(yhat - y) <= d ? yhat - y : d * (yhat - y);
}
static double of_yhat(double yhat, UNUSED double y) { return fabs(yhat) <= d ? yhat : copysign(d, yhat); }

static const hg_stage stage[] = {
	{.name = "dyhat", .wrt = "yhat",
	 .formula = "\\frac{dl}{d\\hat{y}} = \\max(-\\delta, \\min(\\hat{y} - y, \\delta))", .f = PAIR(l),
	 .g = PARTIAL(dl)},
	{.name = "dYhat", .wrt = "yhat",
	 .formula = "\\frac{dJ}{d\\hat{Y}} = \\frac{1}{m} \\max(-\\delta, \\min(\\hat{Y} - Y, \\delta))",
	 .f = MEAN_PAIR(l), .g = MEAN_PARTIAL(dl), .uses = "dyhat"},
};

static const hg_twin twin[] = {
	{"dyhat", "sign", "\\frac{dl}{d\\hat{y}} = -\\max(-\\delta, \\min(\\hat{y} - y, \\delta))", PARTIAL(sign)},
	{"dyhat", "lost-factor", "\\frac{dl}{d\\hat{y}} = r \\text{ or } \\text{sign}(r)", PARTIAL(no_d)},
	{"dyhat", "lost-factor", "\\frac{dl}{d\\hat{y}} = \\min(\\hat{y} - y, \\delta)", PARTIAL(no_sign)},
	{"dyhat", "constant-factor", "\\frac{dl}{d\\hat{y}} = 2 r \\text{ or } \\delta \\text{sign}(r)",
	 PARTIAL(twice)},
	{"dyhat", "extra-factor", "\\frac{dl}{d\\hat{y}} = r \\text{ or } \\delta |r| \\text{sign}(r)",
	 PARTIAL(with_r)},
	{"dyhat", "value-for-derivative", "\\frac{dl}{d\\hat{y}} = l(\\hat{y}, y)", PARTIAL(l)},
	{"dyhat", "lost-term", "\\frac{dl}{d\\hat{y}} = \\max(-\\delta, \\min(\\hat{y}, \\delta))", PARTIAL(of_yhat)},
	{"dYhat", "missing-mean", "\\frac{dJ}{d\\hat{Y}} = \\max(-\\delta, \\min(\\hat{Y} - Y, \\delta))",
	 PARTIAL(dl)},
	{"dYhat", "sign", "\\frac{dJ}{d\\hat{Y}} = \\frac{1}{m} \\max(-\\delta, \\min(Y - \\hat{Y}, \\delta))",
	 MEAN_PARTIAL(sign)},
};

/* Single values on the square and on both lines, some close to where they meet; then batches. */
static const double ladder[][2] = {
	{2.385, 0.731}, {-0.634, 1.127}, {0.287, -3.719}, {7.11, 7.06}, {0.613, 0.238}, {-0.631, -0.127},
	{1.26, 0.02}, {0.02, 1.26}, {1.28, 0.02}, {0.02, 1.28}, {-6.34e2, 1.127e3}, {3.1e-6, -2.7e-6},
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	gsl_matrix *x;
	if (k < COUNT(ladder)) {
		TRY(draw_value(at, "yhat", ladder[k][0]));
		return draw_value(at, "y", ladder[k][1]);
	}
	k -= COUNT(ladder);
	size_t rows = 3 + k % 2, m = k % 3 == 0 ? 5 : k % 3;
	TRY(draw_block(at, "yhat", rows, m, NORMAL, 1.5, rng, &x));
	return draw_block(at, "y", rows, m, NORMAL, 1, rng, &x);
}

const hg_derivation hg_derivation_huber = {
	"huber", "the Huber loss",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
