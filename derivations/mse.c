/* mse: squared error, for one entry and for a batch with one column for each of the m samples.
 *
 *   l(yhat, y) = (yhat - y)^2
 *   dl/dyhat   = 2 (yhat - y) * 1                        power rule, then the inside
 *
 *   J       = 1/m |Yhat - Y|^2 = 1/m tr((Yhat - Y)^T (Yhat - Y))
 *   dJ/dYhat = 2/m (Yhat - Y)                            entry by entry
 */
#include "draw.h"
#include "scalar.h"

static double l(double a, double y) { return (a - y) * (a - y); }
static double dl(double a, double y) { return 2 * (a - y); }

/* What a tired hand writes instead. */
static double without_2(double a, double y) { return a - y; }
static double minus(double a, double y) { return 2 * (y - a); }
static double still_squared(double a, double y) { return (a - y) * (a - y); }
static double one_term(double a, UNUSED double y) { return 2 * a; }
static double of_sum(double a, double y) { return 2 * (a + y); }

static int dJ_two_means(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	scalar_mean_slope(x, params, g);
	return gsl_matrix_scale(g[0], 1.0 / (double)x[0]->size2);
}

static const hg_stage stage[] = {
	{.name = "dyhat", .wrt = "yhat", .formula = "\\frac{dl}{d\\hat{y}} = 2 (\\hat{y} - y)", .f = PAIR(l),
     .g = PARTIAL(dl)},
	{.name = "dYhat", .wrt = "yhat", .formula = "\\frac{dJ}{d\\hat{Y}} = \\frac{2}{m} (\\hat{Y} - Y)",
     .f = MEAN_PAIR(l), .g = MEAN_PARTIAL(dl)},
};

static const hg_twin twin[] = {
	{"dyhat", "constant-factor", "\\frac{dl}{d\\hat{y}} = \\hat{y} - y", PARTIAL(without_2)},
	{"dyhat", "sign", "\\frac{dl}{d\\hat{y}} = 2 (y - \\hat{y})", PARTIAL(minus)},
	{"dyhat", "value-for-derivative", "\\frac{dl}{d\\hat{y}} = (\\hat{y} - y)^2", PARTIAL(still_squared)},
	{"dyhat", "lost-term", "\\frac{dl}{d\\hat{y}} = 2 \\hat{y}", PARTIAL(one_term)},
	{"dyhat", "sign", "\\frac{dl}{d\\hat{y}} = 2 (\\hat{y} + y)", PARTIAL(of_sum)},
	{"dYhat", "missing-mean", "\\frac{dJ}{d\\hat{Y}} = 2 (\\hat{Y} - Y)", PARTIAL(dl)},
	{"dYhat", "extra-mean", "\\frac{dJ}{d\\hat{Y}} = \\frac{2}{m^2} (\\hat{Y} - Y)", {.value = dJ_two_means, .params = &(scalar){.two = dl}}},
	{"dYhat", "constant-factor", "\\frac{dJ}{d\\hat{Y}} = \\frac{1}{m} (\\hat{Y} - Y)", MEAN_PARTIAL(without_2)},
};

/* Single values, tiny and huge ones among them, then batches. */
static const double ladder[][2] = {
	{2.385, 0.731}, {-0.634, 1.127}, {0.287, -3.719}, {7.11, 7.06}, {2.385e-3, 0.731e-3}, {-6.34e2, 1.127e3},
	{1.0003, 1}, {0.731, 2.385}, {-5.25, -1.33}, {3.1e-6, -2.7e-6}, {0, 0.613}, {0.613, 0},
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	static const size_t batch[] = {5, 2, 1};
	static const char *const label[] = {"batch 5", "batch 2", "batch 1"};
	gsl_matrix *a, *y;
	if (k < COUNT(ladder)) {
		TRY(draw_value(at, "yhat", ladder[k][0]));
		return draw_value(at, "y", ladder[k][1]);
	}
	k -= COUNT(ladder);
	at->label = label[k % 3];
	TRY(draw_block(at, "yhat", 3 + k % 2, batch[k % 3], NORMAL, 1, rng, &a));
	return draw_block(at, "y", 3 + k % 2, batch[k % 3], NORMAL, 1, rng, &y);
}

const hg_derivation hg_derivation_mse = {
	"mse", "squared error",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
