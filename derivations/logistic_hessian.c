/* logistic_hessian: gradient and Hessian of logistic regression. X has a column for each of the m samples.
 *
 *   a_i = s(w^T x_i),   J(w) = 1/m sum_i -y_i log a_i - (1 - y_i) log(1 - a_i)
 *   dJ/dw_j = 1/m sum_i (a_i - y_i) x_ji                                     bce_logit, affine
 *           g = 1/m X (a - y)
 *
 *   d2J/dw_j dw_k = 1/m sum_i da_i/dw_k x_ji = 1/m sum_i a_i (1 - a_i) x_ki x_ji
 *           H = 1/m X S X^T,   S = diag(a_i (1 - a_i))
 *
 * A Hessian is the derivative of the gradient: for any direction v, H v is the gradient of v^T g(w), and v^T H v >= 0
 * since S is positive: J is convex.
 */
#include "draw.h"
#include "entries.h"
#include <math.h>

enum { X, W, V, Y }; /* the blocks */

static double s(double z) { return 1 / (1 + exp(-z)); }
static double m(const gsl_matrix *const x[]) { return (double)x[X]->size2; }

/* w^T x_i, v^T x_i */
static double along(const gsl_matrix *const x[], int vector, size_t i)
{
	double sum = 0;
	for (size_t k = 0; k < x[X]->size1; k++)
		sum += gsl_matrix_get(x[vector], k, 0) * gsl_matrix_get(x[X], k, i);
	return sum;
}

static double a(const gsl_matrix *const x[], size_t i) { return s(along(x, W, i)); }

static double of_sample(const gsl_matrix *const x[], size_t i)
{
	double z = along(x, W, i), y = gsl_matrix_get(x[Y], 0, i);
	return z > 0 ? log1p(exp(-z)) + (1 - y) * z : log1p(exp(z)) - y * z;
}

static int J(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = 0;
	for (size_t i = 0; i < x[X]->size2; i++)
		*f += of_sample(x, i) / m(x);
	return 0;
}

/* v^T g = 1/m sum_i (a_i - y_i) v^T x_i */
static int slope_along_v(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = 0;
	for (size_t i = 0; i < x[X]->size2; i++)
		*f += (a(x, i) - gsl_matrix_get(x[Y], 0, i)) * along(x, V, i) / m(x);
	return 0;
}

/* A sum over the samples, weight_i x_ji. */
typedef double weight_of(const gsl_matrix *const x[], size_t i);

static int weighted_samples(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	weight_of *const *of = params;
	gsl_matrix_set_zero(g[W]);
	for (size_t i = 0; i < x[X]->size2; i++)
		for (size_t j = 0; j < x[X]->size1; j++)
			*gsl_matrix_ptr(g[W], j, 0) += (*of)(x, i) * gsl_matrix_get(x[X], j, i);
	return 0;
}

#define SAMPLES(weight) {.value = weighted_samples, .params = &(weight_of *){weight}}
#define WEIGHT(name)    static double name(const gsl_matrix *const x[], size_t i)

WEIGHT(residual) { return (a(x, i) - gsl_matrix_get(x[Y], 0, i)) / m(x); }
WEIGHT(curvature) { return a(x, i) * (1 - a(x, i)) * along(x, V, i) / m(x); }

/* What a tired hand writes instead. */
WEIGHT(residual_sign) { return -residual(x, i); }
WEIGHT(residual_sum) { return residual(x, i) * m(x); }
WEIGHT(residual_slope) { return residual(x, i) * a(x, i) * (1 - a(x, i)); }
WEIGHT(residual_no_label) { return a(x, i) / m(x); }
WEIGHT(curvature_sign) { return -curvature(x, i); }
WEIGHT(curvature_sum) { return curvature(x, i) * m(x); }
WEIGHT(curvature_of_squares) { return along(x, V, i) / m(x); }
WEIGHT(curvature_value) { return a(x, i) * along(x, V, i) / m(x); }
WEIGHT(curvature_squared) { return a(x, i) * (1 - a(x, i) * a(x, i)) * along(x, V, i) / m(x); }
WEIGHT(curvature_of_y) { return a(x, i) * (1 - gsl_matrix_get(x[Y], 0, i)) * along(x, V, i) / m(x); }
WEIGHT(curvature_twice) { return a(x, i) * (1 - a(x, i)) * curvature(x, i); }
WEIGHT(curvature_first) { return i == 0 ? curvature(x, i) : 0; }

static const hg_stage stage[] = {
	{.name = "g", .wrt = "w", .formula = "\\nabla J = \\frac{1}{m} X (a - y)", .f = {.value = J},
	 .g = SAMPLES(residual)},
	{.name = "Hv", .wrt = "w", .formula = "\\nabla^2 J v = \\frac{1}{m} X S X^T v,\\ S = diag(a (1 - a))",
	 .f = {.value = slope_along_v}, .g = SAMPLES(curvature), .uses = "g"},
};

static const hg_twin twin[] = {
	{"g", "sign", "\\nabla J = \\frac{1}{m} X (y - a)", SAMPLES(residual_sign)},
	{"g", "missing-mean", "\\nabla J = X (a - y)", SAMPLES(residual_sum)},
	{"g", "extra-factor", "\\nabla J = \\frac{1}{m} X S (a - y)", SAMPLES(residual_slope)},
	{"g", "lost-term", "\\nabla J = \\frac{1}{m} X a", SAMPLES(residual_no_label)},
	{"Hv", "sign", "\\nabla^2 J v = -\\frac{1}{m} X S X^T v", SAMPLES(curvature_sign)},
	{"Hv", "missing-mean", "\\nabla^2 J v = X S X^T v", SAMPLES(curvature_sum)},
	{"Hv", "lost-factor", "\\nabla^2 J v = \\frac{1}{m} X X^T v", SAMPLES(curvature_of_squares)},
	{"Hv", "value-for-derivative", "\\nabla^2 J v = \\frac{1}{m} X diag(a) X^T v", SAMPLES(curvature_value)},
	{"Hv", "extra-square", "\\nabla^2 J v = \\frac{1}{m} X diag(a (1 - a^2)) X^T v", SAMPLES(curvature_squared)},
	{"Hv", "wrong-variable", "\\nabla^2 J v = \\frac{1}{m} X diag(a (1 - y)) X^T v", SAMPLES(curvature_of_y)},
	{"Hv", "extra-factor", "\\nabla^2 J v = \\frac{1}{m} X S^2 X^T v", SAMPLES(curvature_twice)},
	{"Hv", "missing-sum-samples", "\\nabla^2 J v = \\frac{1}{m} a_1 (1 - a_1) x_1 x_1^T v",
	 SAMPLES(curvature_first)},
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	static const size_t batch[] = {5, 2, 6};
	size_t rows = 3 + k % 2, cols = batch[k % 3];
	gsl_matrix *x;
	TRY(draw_block(at, "X", rows, cols, NORMAL, 1, rng, &x));
	TRY(draw_block(at, "w", rows, 1, NORMAL, 1, rng, &x));
	TRY(draw_block(at, "v", rows, 1, NORMAL, 1, rng, &x));
	return draw_block(at, "y", 1, cols, HARD, 1, rng, &x);
}

const hg_derivation hg_derivation_logistic_hessian = {
	"logistic_hessian", "logistic regression, its gradient and its Hessian along a direction",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
