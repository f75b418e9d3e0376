/* gaussian_nll: the negative log likelihood of a normal distribution, by its mean, its deviation and the logarithm of
 * its variance. Y has a column for each of the m samples, a row for each component k.
 *
 *   L_i = sum_k log(2 pi)/2 + log s_k + (y_ki - mu_k)^2 / (2 s_k^2),   J = 1/m sum_i L_i
 *
 *   dJ/dmu_k = 1/m sum_i -(y_ki - mu_k) / s_k^2                     power rule, then the inside
 *   dJ/ds_k  = 1/s_k - 1/m sum_i (y_ki - mu_k)^2 / s_k^3
 *
 *   with v = log s^2, so that log s = v/2 and 1/s^2 = e^-v:
 *   dJ/dv_k  = 1/2 - 1/m sum_i (y_ki - mu_k)^2 e^-v_k / 2
 */
#include "draw.h"
#include "entries.h"
#include <math.h>

enum { Y, MU, SIGMA, V }; /* the blocks */

#define OF(block) gsl_matrix_get(x[block], i, 0)

/* 1/m sum_i (y_ki - mu_k)^power, of row i */
static double moment(const gsl_matrix *const x[], size_t i, int power)
{
	double sum = 0;
	for (size_t j = 0; j < x[Y]->size2; j++) {
		double r = gsl_matrix_get(x[Y], i, j) - OF(MU);
		sum += power == 1 ? r : r * r;
	}
	return sum / (double)x[Y]->size2;
}

static int J(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = 0;
	for (size_t i = 0; i < x[Y]->size1; i++)
		*f += log(2 * M_PI) / 2 + log(OF(SIGMA)) + moment(x, i, 2) / (2 * OF(SIGMA) * OF(SIGMA));
	return 0;
}

static int J_of_v(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = 0;
	for (size_t i = 0; i < x[Y]->size1; i++)
		*f += (log(2 * M_PI) + OF(V) + moment(x, i, 2) * exp(-OF(V))) / 2;
	return 0;
}

static double m(const gsl_matrix *const x[]) { return (double)x[Y]->size2; }
static double cube(double s) { return s * s * s; }

ENTRY(dmu) { return -moment(x, i, 1) / (OF(SIGMA) * OF(SIGMA)); }
ENTRY(ds) { return 1 / OF(SIGMA) - moment(x, i, 2) / cube(OF(SIGMA)); }
ENTRY(dv) { return (1 - moment(x, i, 2) * exp(-OF(V))) / 2; }

/* What a tired hand writes instead. */
ENTRY(dmu_sign) { return -dmu(x, i, j); }
ENTRY(dmu_sum) { return dmu(x, i, j) * m(x); }
ENTRY(dmu_no_variance) { return -moment(x, i, 1); }
ENTRY(dmu_deviation) { return -moment(x, i, 1) / OF(SIGMA); }
ENTRY(dmu_twice) { return 2 * dmu(x, i, j); }
ENTRY(dmu_first) { return (OF(MU) - OF(Y)) / (OF(SIGMA) * OF(SIGMA)) / m(x); }
ENTRY(ds_one_term) { return -moment(x, i, 2) / cube(OF(SIGMA)); }
ENTRY(ds_plus) { return 1 / OF(SIGMA) + moment(x, i, 2) / cube(OF(SIGMA)); }
ENTRY(ds_half) { return 1 / OF(SIGMA) - moment(x, i, 2) / cube(OF(SIGMA)) / 2; }
ENTRY(ds_square) { return 1 / OF(SIGMA) - moment(x, i, 2) / (OF(SIGMA) * OF(SIGMA)); }
ENTRY(ds_sum) { return ds(x, i, j) * m(x); }
ENTRY(dv_exponent) { return (1 - moment(x, i, 2) * exp(OF(V))) / 2; }
ENTRY(dv_one_term) { return -moment(x, i, 2) * exp(-OF(V)) / 2; }
ENTRY(dv_no_half) { return 1 - moment(x, i, 2) * exp(-OF(V)); }
ENTRY(dv_no_minus) { return (1 + moment(x, i, 2) * exp(-OF(V))) / 2; }

static const hg_stage stage[] = {
	{.name = "dmu", .wrt = "mu",
	 .formula = "\\frac{\\partial J}{\\partial \\mu_k} = -\\frac{1}{m} \\sum_i \\frac{y_{ki} - \\mu_k}{\\sigma_k^2}",
	 .f = {.value = J}, .g = BY_ENTRY(dmu, MU)},
	{.name = "dsigma", .wrt = "sigma",
	 .formula = "\\frac{\\partial J}{\\partial \\sigma_k} = \\frac{1}{\\sigma_k} - \\frac{1}{m} \\sum_i "
	            "\\frac{(y_{ki} - \\mu_k)^2}{\\sigma_k^3}",
	 .f = {.value = J}, .g = BY_ENTRY(ds, SIGMA)},
	{.name = "dv", .wrt = "v",
	 .formula = "\\frac{\\partial J}{\\partial v_k} = \\frac{1}{2} - \\frac{1}{2m} \\sum_i (y_{ki} - \\mu_k)^2 "
	            "e^{-v_k}",
	 .f = {.value = J_of_v}, .g = BY_ENTRY(dv, V)},
};

#define DMU    "\\frac{\\partial J}{\\partial \\mu_k} = "
#define DSIGMA "\\frac{\\partial J}{\\partial \\sigma_k} = "
#define DV     "\\frac{\\partial J}{\\partial v_k} = "
#define SUM(of) "\\frac{1}{m} \\sum_i " of

static const hg_twin twin[] = {
	{"dmu", "sign", DMU SUM("\\frac{y_{ki} - \\mu_k}{\\sigma_k^2}"), BY_ENTRY(dmu_sign, MU)},
	{"dmu", "missing-mean", DMU "-\\sum_i \\frac{y_{ki} - \\mu_k}{\\sigma_k^2}", BY_ENTRY(dmu_sum, MU)},
	{"dmu", "lost-factor", DMU SUM("(\\mu_k - y_{ki})"), BY_ENTRY(dmu_no_variance, MU)},
	{"dmu", "lost-square", DMU SUM("\\frac{\\mu_k - y_{ki}}{\\sigma_k}"), BY_ENTRY(dmu_deviation, MU)},
	{"dmu", "constant-factor", DMU SUM("\\frac{2 (\\mu_k - y_{ki})}{\\sigma_k^2}"), BY_ENTRY(dmu_twice, MU)},
	{"dmu", "missing-sum-samples", DMU "\\frac{1}{m} \\frac{\\mu_k - y_{k1}}{\\sigma_k^2}",
	 BY_ENTRY(dmu_first, MU)},
	{"dsigma", "lost-term", DSIGMA "-" SUM("\\frac{(y_{ki} - \\mu_k)^2}{\\sigma_k^3}"),
	 BY_ENTRY(ds_one_term, SIGMA)},
	{"dsigma", "sign", DSIGMA "\\frac{1}{\\sigma_k} + " SUM("\\frac{(y_{ki} - \\mu_k)^2}{\\sigma_k^3}"),
	 BY_ENTRY(ds_plus, SIGMA)},
	{"dsigma", "constant-factor", DSIGMA "\\frac{1}{\\sigma_k} - " SUM("\\frac{(y_{ki} - \\mu_k)^2}{2 \\sigma_k^3}"),
	 BY_ENTRY(ds_half, SIGMA)},
	{"dsigma", "lost-factor", DSIGMA "\\frac{1}{\\sigma_k} - " SUM("\\frac{(y_{ki} - \\mu_k)^2}{\\sigma_k^2}"),
	 BY_ENTRY(ds_square, SIGMA)},
	{"dsigma", "missing-mean", DSIGMA "\\sum_i (\\frac{1}{\\sigma_k} - \\frac{(y_{ki} - \\mu_k)^2}{\\sigma_k^3})",
	 BY_ENTRY(ds_sum, SIGMA)},
	{"dv", "exponent-sign", DV "\\frac{1}{2} - " SUM("\\frac{1}{2} (y_{ki} - \\mu_k)^2 e^{v_k}"),
	 BY_ENTRY(dv_exponent, V)},
	{"dv", "lost-term", DV "-" SUM("\\frac{1}{2} (y_{ki} - \\mu_k)^2 e^{-v_k}"), BY_ENTRY(dv_one_term, V)},
	{"dv", "constant-factor", DV "1 - " SUM("(y_{ki} - \\mu_k)^2 e^{-v_k}"), BY_ENTRY(dv_no_half, V)},
	{"dv", "sign", DV "\\frac{1}{2} + " SUM("\\frac{1}{2} (y_{ki} - \\mu_k)^2 e^{-v_k}"),
	 BY_ENTRY(dv_no_minus, V)},
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	static const size_t batch[] = {5, 2, 1, 7};
	size_t rows = 2 + k % 3 + (k % 4 == 1), m = batch[k % 4];
	gsl_matrix *x;
	if (rows == m)
		rows++;
	TRY(draw_block(at, "y", rows, m, NORMAL, 1.5, rng, &x));
	TRY(draw_block(at, "mu", rows, 1, NORMAL, 1, rng, &x));
	TRY(draw_block(at, "sigma", rows, 1, SOFT, 1, rng, &x));
	gsl_matrix_add_constant(x, 0.25);
	return draw_block(at, "v", rows, 1, NORMAL, 1, rng, &x);
}

const hg_derivation hg_derivation_gaussian_nll = {
	"gaussian_nll", "the log likelihood of a normal distribution, by mean, deviation and log variance",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
