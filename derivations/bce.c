/* bce: binary cross-entropy as a function of the prediction t.
 *
 *   L(t, y) = -y log t - (1 - y) log(1 - t)
 *   dL/dt   = -y / t - (1 - y) * (-1) / (1 - t)         the inside of log(1 - t) gives -1
 *           = -y / t + (1 - y) / (1 - t)
 *           = (-y (1 - t) + (1 - y) t) / (t (1 - t))
 *           = (t - y) / (t (1 - t))
 *
 * and over a batch, one column for each of the m samples,
 *
 *   J     = 1/m sum_ij L(T_ij, Y_ij)
 *   dJ/dT = 1/m (T - Y) / (T o (1 - T))                 entry by entry
 */
#include "draw.h"
#include "scalar.h"
#include <math.h>

static double L(double t, double y)
{
	return (y > 0 ? -y * log(t) : 0) - (y < 1 ? (1 - y) * log1p(-t) : 0);
}

static double dL(double t, double y) { return (t - y) / (t * (1 - t)); }

/* What a tired hand writes instead. */
static double sign(double t, double y) { return (y - t) / (t * (1 - t)); }
static double no_inside(double t, double y) { return -y / t - (1 - y) / (1 - t); }
static double one_term(double t, UNUSED double y) { return -y / t; }
static double half_denominator(double t, double y) { return (t - y) / t; }
static double by_z(double t, double y) { return t - y; }
static double upside_down(double t, double y) { return t * (1 - t) / (t - y); }
static double of_y(double t, double y) { return (t - y) / (t * (1 - y)); }

static int dJ_more_mean(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	scalar_mean_slope(x, params, g);
	return gsl_matrix_scale(g[0], 1.0 / (double)x[0]->size2);
}

static const hg_stage stage[] = {
	{.name = "dt", .wrt = "t", .formula = "\\frac{dL}{dt} = \\frac{t - y}{t(1 - t)}", .f = PAIR(L),
	 .g = PARTIAL(dL)},
	{.name = "dT", .wrt = "t", .formula = "\\frac{dJ}{dT} = \\frac{1}{m} \\frac{T - Y}{T \\odot (1 - T)}",
     .f = MEAN_PAIR(L), .g = MEAN_PARTIAL(dL), .uses = "dt"},
};

static const hg_twin twin[] = {
	{"dt", "sign", "\\frac{dL}{dt} = \\frac{y - t}{t(1 - t)}", PARTIAL(sign)},
	{"dt", "lost-chain-factor", "\\frac{dL}{dt} = -\\frac{y}{t} - \\frac{1 - y}{1 - t}", PARTIAL(no_inside)},
	{"dt", "lost-term", "\\frac{dL}{dt} = -\\frac{y}{t}", PARTIAL(one_term)},
	{"dt", "lost-factor", "\\frac{dL}{dt} = \\frac{t - y}{t}", PARTIAL(half_denominator)},
	{"dt", "wrong-left-side", "\\frac{dL}{dt} = t - y", PARTIAL(by_z)},
	{"dt", "inverted-factor", "\\frac{dL}{dt} = \\frac{t(1 - t)}{t - y}", PARTIAL(upside_down)},
	{"dt", "wrong-variable", "\\frac{dL}{dt} = \\frac{t - y}{t(1 - y)}", PARTIAL(of_y)},
	{"dT", "missing-mean", "\\frac{dJ}{dT} = \\frac{T - Y}{T \\odot (1 - T)}", PARTIAL(dL)},
	{"dT", "extra-mean", "\\frac{dJ}{dT} = \\frac{1}{m^2} \\frac{T - Y}{T \\odot (1 - T)}",
	 {.value = dJ_more_mean, .params = &(scalar){.two = dL}}},
};

/* One sample by itself, ordinary values first, then towards the two poles; then batches. */
static const double ladder[][2] = {
	{0.238, 0.731}, {0.614, 0.127}, {0.871, 0.542}, {0.1, 1}, {0.1, 0}, {0.9, 1}, {0.9, 0}, {1e-2, 1},
	{1e-2, 0}, {0.99, 1}, {0.99, 0}, {1e-4, 1}, {0.9999, 0}, {1e-7, 1}, {1 - 1e-6, 0}, {1e-10, 1}, {1e-14, 1},
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	if (k < COUNT(ladder)) {
		at->label = ladder[k][0] < 0.5 ? "t near 0" : "t near 1";
		TRY(draw_value(at, "t", ladder[k][0]));
		return draw_value(at, "y", ladder[k][1]);
	}
	return draw_labelled(at, "t", SOFT, 1, k - COUNT(ladder), rng);
}

const hg_derivation hg_derivation_bce = {
	"bce", "binary cross-entropy, by the prediction",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
