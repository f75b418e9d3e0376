/* batch_norm: batch normalisation. X has a row for each component k and a column for each of the m samples; D = dF/dY
 * comes from above.
 *
 *   mu_k = 1/m sum_i x_ki,   v_k = 1/m sum_i (x_ki - mu_k)^2,   h_ki = (x_ki - mu_k) / sqrt(v_k + eps)
 *   y_ki = gamma_k h_ki + beta_k,   F = sum_ki d_ki y_ki as in affine
 *
 *   dbeta_k  = sum_i d_ki                          dgamma_k = sum_i d_ki h_ki
 *   dh_ki    = d_ki gamma_k
 *   dv_k     = sum_i dh_ki (x_ki - mu_k) * (-1/2) (v_k + eps)^(-3/2)
 *   dmu_k    = sum_i -dh_ki / sqrt(v_k + eps) + dv_k * 1/m sum_i -2 (x_ki - mu_k)
 *   dx_ki    = dh_ki / sqrt(v_k + eps) + dv_k * 2/m (x_ki - mu_k) + dmu_k * 1/m     three ways from x to F
 *
 * and in one line, since the sum of x - mu is 0:
 *   dx_ki    = gamma_k / (m sqrt(v_k + eps)) (m d_ki - sum_l d_kl - h_ki sum_l d_kl h_kl)
 *
 * Each stage cuts the graph at what it is differentiated by: H, v and mu are then blocks of their own.
 */
#include "draw.h"
#include "entries.h"
#include "spread.h"
#include <math.h>

enum { X, GAMMA, BETA, H, VAR, MU, D }; /* the blocks */

#define AT(block) gsl_matrix_get(x[block], i, j)
#define OF(block) gsl_matrix_get(x[block], i, 0)

static double m(const gsl_matrix *const x[]) { return (double)x[X]->size2; }

static spread of_row(const gsl_matrix *const x[], size_t i)
{
	gsl_vector_const_view row = gsl_matrix_const_row(x[X], i);
	return spread_of(&row.vector);
}

static double h(const gsl_matrix *const x[], size_t i, size_t j)
{
	spread s = of_row(x, i);
	return (AT(X) - s.mean) / s.deviation;
}

/* v about the mu of the block */
static double v_of_mu(const gsl_matrix *const x[], size_t i)
{
	gsl_vector_const_view row = gsl_matrix_const_row(x[X], i);
	return spread_about(&row.vector, OF(MU));
}

/* The normalised value where the graph is cut at H, at v, at mu. */
ENTRY(h_free) { return AT(H); }
ENTRY(h_of_v) { return (AT(X) - OF(MU)) / sqrt(OF(VAR) + SPREAD_EPS); }
ENTRY(h_of_mu) { return (AT(X) - OF(MU)) / sqrt(v_of_mu(x, i) + SPREAD_EPS); }

static int F(const gsl_matrix *const x[], void *params, double *f)
{
	entry_of *const *normalised = params;
	*f = 0;
	for (size_t i = 0; i < x[D]->size1; i++)
		for (size_t j = 0; j < x[D]->size2; j++)
			*f += AT(D) * (OF(GAMMA) * (*normalised)(x, i, j) + OF(BETA));
	return 0;
}

#define CUT(at) {.value = F, .params = &(entry_of *){at}}

/* sum_j of(i, j) over the samples */
static double over_samples(const gsl_matrix *const x[], size_t i, entry_of *of)
{
	double sum = 0;
	for (size_t j = 0; j < x[D]->size2; j++)
		sum += of(x, i, j);
	return sum;
}

ENTRY(d) { return AT(D); }
ENTRY(dh) { return AT(D) * OF(GAMMA); }
ENTRY(d_times_h) { return AT(D) * h(x, i, j); }
ENTRY(centred) { return AT(X) - OF(MU); }
ENTRY(dh_centred) { return dh(x, i, j) * centred(x, i, j); }

ENTRY(dbeta) { return over_samples(x, i, d); }
ENTRY(dgamma) { return over_samples(x, i, d_times_h); }

static double dv_at(const gsl_matrix *const x[], size_t i, double v)
{
	return -over_samples(x, i, dh_centred) / 2 * pow(v + SPREAD_EPS, -1.5);
}

ENTRY(dv) { return dv_at(x, i, OF(VAR)); }

ENTRY(dmu_straight) { return -over_samples(x, i, dh) / sqrt(v_of_mu(x, i) + SPREAD_EPS); }
ENTRY(dmu_by_v) { return -2 * dv_at(x, i, v_of_mu(x, i)) * over_samples(x, i, centred) / m(x); }
ENTRY(dmu) { return dmu_straight(x, i, j) + dmu_by_v(x, i, j); }

/* The three ways from x to F, at the mu and v of X itself. */
ENTRY(dx_by_h) { return dh(x, i, j) / of_row(x, i).deviation; }
ENTRY(dx_by_v) { return -h(x, i, j) * OF(GAMMA) * dgamma(x, i, j) / of_row(x, i).deviation / m(x); }
ENTRY(dx_by_mu) { return -over_samples(x, i, dh) / of_row(x, i).deviation / m(x); }
ENTRY(dx) { return dx_by_h(x, i, j) + dx_by_v(x, i, j) + dx_by_mu(x, i, j); }

ENTRY(dx_in_one_line)
{
	double inside = m(x) * AT(D) - over_samples(x, i, d) - h(x, i, j) * over_samples(x, i, d_times_h);
	return OF(GAMMA) / (m(x) * of_row(x, i).deviation) * inside;
}

/* What a tired hand writes instead. */
ENTRY(dbeta_first) { return OF(D); }
ENTRY(dbeta_mean) { return dbeta(x, i, j) / m(x); }
ENTRY(d_times_x) { return AT(D) * AT(X); }
ENTRY(dgamma_of_x) { return over_samples(x, i, d_times_x); }
ENTRY(dgamma_first) { return OF(D) * h(x, i, 0); }
ENTRY(dv_sign) { return -dv(x, i, j); }
ENTRY(dv_no_half) { return 2 * dv(x, i, j); }
ENTRY(dv_power) { return dv(x, i, j) * (OF(VAR) + SPREAD_EPS); }
ENTRY(dmu_sign) { return dmu_by_v(x, i, j) - dmu_straight(x, i, j); }
ENTRY(dx_no_v) { return dx_by_h(x, i, j) + dx_by_mu(x, i, j); }
ENTRY(dx_no_mu) { return dx_by_h(x, i, j) + dx_by_v(x, i, j); }
ENTRY(dx_mu_whole) { return dx_no_mu(x, i, j) + m(x) * dx_by_mu(x, i, j); }
ENTRY(line_no_gamma) { return dx(x, i, j) / OF(GAMMA); }
ENTRY(line_no_m) { return dx_in_one_line(x, i, j) * m(x); }
ENTRY(line_plus) { return dx_no_v(x, i, j) - dx_by_v(x, i, j); }

#define STAGE(id, by, latex, cut, fn, block)                                                                 \
	{.name = id, .wrt = by, .formula = latex, .f = CUT(cut), .g = BY_ENTRY(fn, block)}

static const hg_stage stage[] = {
	STAGE("dbeta", "beta", "d\\beta_k = \\sum_i d_{ki}", h, dbeta, BETA),
	STAGE("dgamma", "gamma", "d\\gamma_k = \\sum_i d_{ki} \\hat{x}_{ki}", h, dgamma, GAMMA),
	STAGE("dH", "H", "d\\hat{x}_{ki} = d_{ki} \\gamma_k", h_free, dh, H),
	STAGE("dv", "v", "dv_k = -\\frac{1}{2} \\sum_i d\\hat{x}_{ki} (x_{ki} - \\mu_k) (v_k + \\epsilon)^{-3/2}", h_of_v,
	      dv, VAR),
	STAGE("dmu", "mu",
	      "d\\mu_k = -\\sum_i \\frac{d\\hat{x}_{ki}}{\\sqrt{v_k + \\epsilon}} - \\frac{2}{m} dv_k \\sum_i (x_{ki} - \\mu_k)",
	      h_of_mu, dmu, MU),
	STAGE("dX", "X",
	      "dx_{ki} = \\frac{d\\hat{x}_{ki}}{\\sqrt{v_k + \\epsilon}} + \\frac{2}{m} dv_k (x_{ki} - \\mu_k) + "
	      "\\frac{1}{m} d\\mu_k",
	      h, dx, X),
	STAGE("dX_line", "X",
	      "dx_{ki} = \\frac{\\gamma_k}{m \\sqrt{v_k + \\epsilon}} (m d_{ki} - \\sum_l d_{kl} - \\hat{x}_{ki} "
	      "\\sum_l d_{kl} \\hat{x}_{kl})",
	      h, dx_in_one_line, X),
};

static const hg_twin twin[] = {
	{"dbeta", "missing-sum-samples", "d\\beta_k = d_{k1}", BY_ENTRY(dbeta_first, BETA)},
	{"dbeta", "extra-mean", "d\\beta_k = \\frac{1}{m} \\sum_i d_{ki}", BY_ENTRY(dbeta_mean, BETA)},
	{"dgamma", "wrong-variable", "d\\gamma_k = \\sum_i d_{ki} x_{ki}", BY_ENTRY(dgamma_of_x, GAMMA)},
	{"dgamma", "lost-factor", "d\\gamma_k = \\sum_i d_{ki}", BY_ENTRY(dbeta, GAMMA)},
	{"dgamma", "missing-sum-samples", "d\\gamma_k = d_{k1} \\hat{x}_{k1}", BY_ENTRY(dgamma_first, GAMMA)},
	{"dH", "lost-factor", "d\\hat{x}_{ki} = d_{ki}", BY_ENTRY(d, H)},
	{"dv", "sign", "dv_k = \\frac{1}{2} \\sum_i d\\hat{x}_{ki} (x_{ki} - \\mu_k) (v_k + \\epsilon)^{-3/2}",
	 BY_ENTRY(dv_sign, VAR)},
	{"dv", "constant-factor", "dv_k = -\\sum_i d\\hat{x}_{ki} (x_{ki} - \\mu_k) (v_k + \\epsilon)^{-3/2}",
	 BY_ENTRY(dv_no_half, VAR)},
	{"dv", "lost-factor", "dv_k = -\\frac{1}{2} \\sum_i d\\hat{x}_{ki} (x_{ki} - \\mu_k) (v_k + \\epsilon)^{-1/2}",
	 BY_ENTRY(dv_power, VAR)},
	{"dmu", "lost-term", "d\\mu_k = -\\sum_i \\frac{d\\hat{x}_{ki}}{\\sqrt{v_k + \\epsilon}}",
	 BY_ENTRY(dmu_straight, MU)},
	{"dmu", "sign",
	 "d\\mu_k = \\sum_i \\frac{d\\hat{x}_{ki}}{\\sqrt{v_k + \\epsilon}} - \\frac{2}{m} dv_k \\sum_i (x_{ki} - \\mu_k)",
	 BY_ENTRY(dmu_sign, MU)},
	{"dX", "lost-term", "dx_{ki} = \\frac{d\\hat{x}_{ki}}{\\sqrt{v_k + \\epsilon}}", BY_ENTRY(dx_by_h, X)},
	{"dX", "lost-term", "dx_{ki} = \\frac{d\\hat{x}_{ki}}{\\sqrt{v_k + \\epsilon}} + \\frac{1}{m} d\\mu_k",
	 BY_ENTRY(dx_no_v, X)},
	{"dX", "lost-term",
	 "dx_{ki} = \\frac{d\\hat{x}_{ki}}{\\sqrt{v_k + \\epsilon}} + \\frac{2}{m} dv_k (x_{ki} - \\mu_k)",
	 BY_ENTRY(dx_no_mu, X)},
	{"dX", "missing-mean",
	 "dx_{ki} = \\frac{d\\hat{x}_{ki}}{\\sqrt{v_k + \\epsilon}} + \\frac{2}{m} dv_k (x_{ki} - \\mu_k) + d\\mu_k",
	 BY_ENTRY(dx_mu_whole, X)},
	{"dX_line", "lost-factor", "dx_{ki} = \\frac{1}{m \\sqrt{v_k + \\epsilon}} (\\ldots)",
	 BY_ENTRY(line_no_gamma, X)},
	{"dX_line", "missing-mean", "dx_{ki} = \\frac{\\gamma_k}{\\sqrt{v_k + \\epsilon}} (\\ldots)",
	 BY_ENTRY(line_no_m, X)},
	{"dX_line", "sign", "dx_{ki} = \\ldots (m d_{ki} - \\sum_l d_{kl} + \\hat{x}_{ki} \\sum_l d_{kl} \\hat{x}_{kl})",
	 BY_ENTRY(line_plus, X)},
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	static const size_t batch[] = {5, 7, 6};
	size_t rows = 3 + k % 2, cols = batch[k % 3];
	gsl_matrix *x;
	TRY(draw_block(at, "X", rows, cols, NORMAL, 1.5, rng, &x));
	gsl_matrix_add_constant(x, 0.75);
	TRY(draw_block(at, "gamma", rows, 1, SOFT, 1, rng, &x));
	gsl_matrix_add_constant(x, 0.25);
	TRY(draw_block(at, "beta", rows, 1, NORMAL, 1, rng, &x));
	TRY(draw_block(at, "H", rows, cols, NORMAL, 1, rng, &x));
	TRY(draw_block(at, "v", rows, 1, SOFT, 1, rng, &x));
	TRY(draw_block(at, "mu", rows, 1, NORMAL, 1, rng, &x));
	return draw_block(at, "D", rows, cols, NORMAL, 1, rng, &x);
}

const hg_derivation hg_derivation_batch_norm = {
	"batch_norm", "batch normalisation, by stages and in one line",
	stage, COUNT(stage), twin, COUNT(twin), 24, point,
};
