/* layer_norm: normalisation over the n components of each sample, with its mean (layer norm) and without (RMS norm). X
 * has a column for each sample; D = dF/dY comes from above.
 *
 *   mu_i = 1/n sum_k x_ki,   s_i = sqrt(1/n sum_k (x_ki - mu_i)^2 + eps),   h_ki = (x_ki - mu_i) / s_i
 *   y_ki = gamma_k h_ki + beta_k,   F = sum_ki d_ki y_ki as in affine
 *
 *   dbeta_k = sum_i d_ki,   dgamma_k = sum_i d_ki h_ki
 *
 *   With g_ki = gamma_k d_ki:
 *   dh_ki/dx_li = 1/s_i (1{k = l} - 1/n - 1/n h_ki h_li)
 *   dx_li       = sum_k g_ki dh_ki/dx_li = 1/s_i (g_li - 1/n sum_k g_ki - h_li 1/n sum_k g_ki h_ki)
 *
 *   RMS: r_i = sqrt(1/n sum_k x_ki^2 + eps),   y_ki = gamma_k x_ki / r_i,   dr_i/dx_li = x_li / (n r_i)
 *   dx_li       = g_li / r_i - x_li / (n r_i^3) sum_k g_ki x_ki
 */
#include "draw.h"
#include "entries.h"
#include "spread.h"
#include <math.h>

enum { X, GAMMA, BETA, D }; /* the blocks */

#define AT(block) gsl_matrix_get(x[block], i, j)
#define OF(block) gsl_matrix_get(x[block], i, 0)

static double n(const gsl_matrix *const x[]) { return (double)x[X]->size1; }

static spread of_column(const gsl_matrix *const x[], size_t j)
{
	gsl_vector_const_view column = gsl_matrix_const_column(x[X], j);
	return spread_of(&column.vector);
}

static double s(const gsl_matrix *const x[], size_t j) { return of_column(x, j).deviation; }
static double h(const gsl_matrix *const x[], size_t i, size_t j) { return (AT(X) - of_column(x, j).mean) / s(x, j); }

static double r(const gsl_matrix *const x[], size_t j)
{
	gsl_vector_const_view column = gsl_matrix_const_column(x[X], j);
	return sqrt(spread_about(&column.vector, 0) + SPREAD_EPS);
}

static int layer(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = 0;
	for (size_t i = 0; i < x[X]->size1; i++)
		for (size_t j = 0; j < x[X]->size2; j++)
			*f += AT(D) * (OF(GAMMA) * h(x, i, j) + OF(BETA));
	return 0;
}

static int rms(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = 0;
	for (size_t i = 0; i < x[X]->size1; i++)
		for (size_t j = 0; j < x[X]->size2; j++)
			*f += AT(D) * OF(GAMMA) * AT(X) / r(x, j);
	return 0;
}

/* Sums over the samples of a component, means over the components of a sample. */
static double over_samples(const gsl_matrix *const x[], size_t i, entry_of *of)
{
	double sum = 0;
	for (size_t j = 0; j < x[X]->size2; j++)
		sum += of(x, i, j);
	return sum;
}

static double mean(const gsl_matrix *const x[], size_t j, entry_of *of)
{
	double sum = 0;
	for (size_t i = 0; i < x[X]->size1; i++)
		sum += of(x, i, j);
	return sum / n(x);
}

ENTRY(d) { return AT(D); }
ENTRY(d_times_h) { return AT(D) * h(x, i, j); }
ENTRY(d_times_x) { return AT(D) * AT(X); }
ENTRY(g) { return OF(GAMMA) * AT(D); }
ENTRY(g_times_h) { return g(x, i, j) * h(x, i, j); }
ENTRY(g_times_x) { return g(x, i, j) * AT(X); }

ENTRY(dbeta) { return over_samples(x, i, d); }
ENTRY(dgamma) { return over_samples(x, i, d_times_h); }
ENTRY(dx) { return (g(x, i, j) - mean(x, j, g) - h(x, i, j) * mean(x, j, g_times_h)) / s(x, j); }
ENTRY(dx_rms) { return g(x, i, j) / r(x, j) - AT(X) * mean(x, j, g_times_x) / pow(r(x, j), 3); }

/* What a tired hand writes instead. */
ENTRY(dbeta_first) { return OF(D); }
ENTRY(dbeta_mean) { return dbeta(x, i, j) / (double)x[X]->size2; }
ENTRY(dgamma_first) { return OF(D) * h(x, i, 0); }
ENTRY(dgamma_of_x) { return over_samples(x, i, d_times_x); }
ENTRY(dx_no_h) { return (g(x, i, j) - mean(x, j, g)) / s(x, j); }
ENTRY(dx_no_mean) { return (g(x, i, j) - h(x, i, j) * mean(x, j, g_times_h)) / s(x, j); }
ENTRY(dx_alone) { return g(x, i, j) / s(x, j); }
ENTRY(dx_no_s) { return dx(x, i, j) * s(x, j); }
ENTRY(dx_no_gamma) { return (AT(D) - mean(x, j, d) - h(x, i, j) * mean(x, j, d_times_h)) / s(x, j); }
ENTRY(dx_of_samples)
{
	double m = (double)x[X]->size2;
	return (g(x, i, j) - over_samples(x, i, g) / m - h(x, i, j) * over_samples(x, i, g_times_h) / m) / s(x, j);
}
ENTRY(rms_alone) { return g(x, i, j) / r(x, j); }
ENTRY(rms_plus) { return g(x, i, j) / r(x, j) + AT(X) * mean(x, j, g_times_x) / pow(r(x, j), 3); }
ENTRY(rms_no_square) { return g(x, i, j) / r(x, j) - AT(X) * mean(x, j, g_times_x) / r(x, j); }
ENTRY(rms_of_layer) { return dx(x, i, j); }

static const hg_stage stage[] = {
	{.name = "dbeta", .wrt = "beta", .formula = "d\\beta_k = \\sum_i d_{ki}", .f = {.value = layer},
	 .g = BY_ENTRY(dbeta, BETA)},
	{.name = "dgamma", .wrt = "gamma", .formula = "d\\gamma_k = \\sum_i d_{ki} h_{ki}", .f = {.value = layer},
	 .g = BY_ENTRY(dgamma, GAMMA)},
	{.name = "dX", .wrt = "X",
	 .formula = "dx_{li} = \\frac{1}{s_i} (g_{li} - \\frac{1}{n} \\sum_k g_{ki} - \\frac{1}{n} h_{li} \\sum_k g_{ki} h_{ki})",
	 .f = {.value = layer}, .g = BY_ENTRY(dx, X)},
	{.name = "dX_rms", .wrt = "X",
	 .formula = "dx_{li} = \\frac{g_{li}}{r_i} - \\frac{x_{li}}{n r_i^3} \\sum_k g_{ki} x_{ki}", .f = {.value = rms},
	 .g = BY_ENTRY(dx_rms, X)},
};

static const hg_twin twin[] = {
	{"dbeta", "missing-sum-samples", "d\\beta_k = d_{k1}", BY_ENTRY(dbeta_first, BETA)},
	{"dbeta", "extra-mean", "d\\beta_k = \\frac{1}{m} \\sum_i d_{ki}", BY_ENTRY(dbeta_mean, BETA)},
	{"dgamma", "missing-sum-samples", "d\\gamma_k = d_{k1} h_{k1}", BY_ENTRY(dgamma_first, GAMMA)},
	{"dgamma", "wrong-variable", "d\\gamma_k = \\sum_i d_{ki} x_{ki}", BY_ENTRY(dgamma_of_x, GAMMA)},
	{"dgamma", "lost-factor", "d\\gamma_k = \\sum_i d_{ki}", BY_ENTRY(dbeta, GAMMA)},
	{"dX", "lost-term", "dx_{li} = \\frac{1}{s_i} (g_{li} - \\frac{1}{n} \\sum_k g_{ki})", BY_ENTRY(dx_no_h, X)},
	{"dX", "lost-term", "dx_{li} = \\frac{1}{s_i} (g_{li} - \\frac{1}{n} h_{li} \\sum_k g_{ki} h_{ki})",
	 BY_ENTRY(dx_no_mean, X)},
	{"dX", "lost-term", "dx_{li} = \\frac{1}{s_i} g_{li}", BY_ENTRY(dx_alone, X)},
	{"dX", "lost-factor", "dx_{li} = g_{li} - \\frac{1}{n} \\sum_k g_{ki} - \\frac{1}{n} h_{li} \\sum_k g_{ki} h_{ki}",
	 BY_ENTRY(dx_no_s, X)},
	{"dX", "lost-factor", "dx_{li} = \\frac{1}{s_i} (d_{li} - \\frac{1}{n} \\sum_k d_{ki} - \\ldots)",
	 BY_ENTRY(dx_no_gamma, X)},
	{"dX", "wrong-axis", "dx_{li} = \\frac{1}{s_i} (g_{li} - \\frac{1}{m} \\sum_j g_{lj} - \\ldots)",
	 BY_ENTRY(dx_of_samples, X)},
	{"dX_rms", "lost-term", "dx_{li} = \\frac{g_{li}}{r_i}", BY_ENTRY(rms_alone, X)},
	{"dX_rms", "sign", "dx_{li} = \\frac{g_{li}}{r_i} + \\frac{x_{li}}{n r_i^3} \\sum_k g_{ki} x_{ki}",
	 BY_ENTRY(rms_plus, X)},
	{"dX_rms", "lost-factor", "dx_{li} = \\frac{g_{li}}{r_i} - \\frac{x_{li}}{n r_i} \\sum_k g_{ki} x_{ki}",
	 BY_ENTRY(rms_no_square, X)},
	{"dX_rms", "wrong-activation", "dx_{li} \\text{ of layer norm}", BY_ENTRY(rms_of_layer, X)},
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	static const size_t batch[] = {3, 2, 1};
	size_t rows = 4 + k % 2, cols = batch[k % 3];
	gsl_matrix *x;
	if (cols == 1)
		at->stages = "dX dX_rms";
	TRY(draw_block(at, "X", rows, cols, NORMAL, 1.5, rng, &x));
	gsl_matrix_add_constant(x, 0.75);
	TRY(draw_block(at, "gamma", rows, 1, SOFT, 1, rng, &x));
	gsl_matrix_add_constant(x, 0.25);
	TRY(draw_block(at, "beta", rows, 1, NORMAL, 1, rng, &x));
	return draw_block(at, "D", rows, cols, NORMAL, 1, rng, &x);
}

const hg_derivation hg_derivation_layer_norm = {
	"layer_norm", "normalisation over the components of a sample, layer norm and RMS norm",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
