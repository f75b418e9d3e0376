/* kl: the Kullback-Leibler divergence of two distributions over classes, by either of them, by the scores of either;
 * one column for each sample, the sum over all of them.
 *
 *   D = sum_k p_k log(p_k / q_k)
 *   dD/dq_k = -p_k / q_k
 *   dD/dp_k = log(p_k / q_k) + 1                                product rule: p_k * 1/p_k = 1
 *
 *   q = softmax(z),  dq_k/dz_j = q_k (1{k = j} - q_j),  sum_k p_k = 1:
 *   dD/dz_j = sum_k -p_k / q_k * q_k (1{k = j} - q_j) = q_j - p_j
 *
 *   p = softmax(u) instead:
 *   dD/du_j = sum_k (log(p_k / q_k) + 1) p_k (1{k = j} - p_j)
 *           = p_j (log(p_j / q_j) - D)                          the ones cancel
 */
#include "draw.h"
#include "entries.h"
#include <math.h>

enum { Z, U, Q, P }; /* the blocks: scores, then distributions, each with columns that add up to 1 */

#define AT(of) gsl_matrix_get(of, i, j)

/* log of the softmax of column j */
static double log_softmax(const gsl_matrix *z, size_t i, size_t j) { return AT(z) - log_sum_exp_column(z, j); }
static double q(const gsl_matrix *const x[], size_t i, size_t j) { return exp(log_softmax(x[Z], i, j)); }
static double p(const gsl_matrix *const x[], size_t i, size_t j) { return exp(log_softmax(x[U], i, j)); }

/* Which of p and q comes from its scores. */
typedef enum form { FREE, OF_Z, OF_U } form;

static double log_p(const gsl_matrix *const x[], form by, size_t i, size_t j)
{
	return by == OF_U ? log_softmax(x[U], i, j) : log(AT(x[P]));
}

static double log_q(const gsl_matrix *const x[], form by, size_t i, size_t j)
{
	return by == OF_Z ? log_softmax(x[Z], i, j) : log(AT(x[Q]));
}

static double divergence(const gsl_matrix *const x[], form by, size_t j)
{
	double sum = 0;
	for (size_t i = 0; i < x[P]->size1; i++)
		sum += (by == OF_U ? p(x, i, j) : AT(x[P])) * (log_p(x, by, i, j) - log_q(x, by, i, j));
	return sum;
}

static int D(const gsl_matrix *const x[], void *params, double *f)
{
	*f = 0;
	for (size_t j = 0; j < x[P]->size2; j++)
		*f += divergence(x, *(const form *)params, j);
	return 0;
}

#define DIVERGENCE(by) {.value = D, .params = &(form){by}}

static double log_ratio(const gsl_matrix *const x[], form by, size_t i, size_t j)
{
	return log_p(x, by, i, j) - log_q(x, by, i, j);
}

ENTRY(dQ) { return -AT(x[P]) / AT(x[Q]); }
ENTRY(dP) { return log_ratio(x, FREE, i, j) + 1; }
ENTRY(dZ) { return q(x, i, j) - AT(x[P]); }
ENTRY(dU) { return p(x, i, j) * (log_ratio(x, OF_U, i, j) - divergence(x, OF_U, j)); }

/* What a tired hand writes instead. */
ENTRY(dQ_plus) { return AT(x[P]) / AT(x[Q]); }
ENTRY(dQ_upside_down) { return -AT(x[Q]) / AT(x[P]); }
ENTRY(dQ_no_p) { return -1 / AT(x[Q]); }
ENTRY(dP_one_term) { return log_ratio(x, FREE, i, j); }
ENTRY(dP_upside_down) { return 1 - log_ratio(x, FREE, i, j); }
ENTRY(dZ_sign) { return AT(x[P]) - q(x, i, j); }
ENTRY(dZ_diagonal) { return AT(x[P]) * (q(x, i, j) - 1); }
ENTRY(dZ_of_z) { return AT(x[Z]) - AT(x[P]); }
ENTRY(dZ_value) { return q(x, i, j); }
ENTRY(dU_diagonal) { return p(x, i, j) * (1 - p(x, i, j)) * (log_ratio(x, OF_U, i, j) + 1); }
ENTRY(dU_one_term) { return p(x, i, j) * log_ratio(x, OF_U, i, j); }
ENTRY(dU_no_p) { return log_ratio(x, OF_U, i, j) - divergence(x, OF_U, j); }
ENTRY(dU_ones) { return dU(x, i, j) + p(x, i, j); }

static const hg_stage stage[] = {
	{.name = "dQ", .wrt = "Q", .formula = "\\frac{\\partial D}{\\partial q_k} = -\\frac{p_k}{q_k}",
	 .f = DIVERGENCE(FREE), .g = BY_ENTRY(dQ, Q)},
	{.name = "dP", .wrt = "P", .formula = "\\frac{\\partial D}{\\partial p_k} = \\log \\frac{p_k}{q_k} + 1",
	 .f = DIVERGENCE(FREE), .g = BY_ENTRY(dP, P)},
	{.name = "dZ", .wrt = "Z", .formula = "\\frac{\\partial D}{\\partial z_j} = q_j - p_j",
	 .f = DIVERGENCE(OF_Z), .g = BY_ENTRY(dZ, Z), .uses = "dQ"},
	{.name = "dU", .wrt = "U",
	 .formula = "\\frac{\\partial D}{\\partial u_j} = p_j (\\log \\frac{p_j}{q_j} - D)", .f = DIVERGENCE(OF_U),
	 .g = BY_ENTRY(dU, U), .uses = "dP"},
};

#define BY(letter) "\\frac{\\partial D}{\\partial " letter "} = "

static const hg_twin twin[] = {
	{"dQ", "sign", BY("q_k") "\\frac{p_k}{q_k}", BY_ENTRY(dQ_plus, Q)},
	{"dQ", "inverted-factor", BY("q_k") "-\\frac{q_k}{p_k}", BY_ENTRY(dQ_upside_down, Q)},
	{"dQ", "lost-factor", BY("q_k") "-\\frac{1}{q_k}", BY_ENTRY(dQ_no_p, Q)},
	{"dP", "lost-term", BY("p_k") "\\log \\frac{p_k}{q_k}", BY_ENTRY(dP_one_term, P)},
	{"dP", "inverted-factor", BY("p_k") "\\log \\frac{q_k}{p_k} + 1", BY_ENTRY(dP_upside_down, P)},
	{"dZ", "sign", BY("z_j") "p_j - q_j", BY_ENTRY(dZ_sign, Z)},
	{"dZ", "lost-term", BY("z_j") "-\\frac{p_j}{q_j} q_j (1 - q_j)", BY_ENTRY(dZ_diagonal, Z)},
	{"dZ", "wrong-variable", BY("z_j") "z_j - p_j", BY_ENTRY(dZ_of_z, Z)},
	{"dZ", "lost-term", BY("z_j") "q_j", BY_ENTRY(dZ_value, Z)},
	{"dU", "lost-term", BY("u_j") "(\\log \\frac{p_j}{q_j} + 1) p_j (1 - p_j)", BY_ENTRY(dU_diagonal, U)},
	{"dU", "lost-term", BY("u_j") "p_j \\log \\frac{p_j}{q_j}", BY_ENTRY(dU_one_term, U)},
	{"dU", "lost-factor", BY("u_j") "\\log \\frac{p_j}{q_j} - D", BY_ENTRY(dU_no_p, U)},
	{"dU", "extra-term", BY("u_j") "p_j (\\log \\frac{p_j}{q_j} + 1 - D)", BY_ENTRY(dU_ones, U)},
};

/* Entries strictly between 0 and 1, every column divided by its sum. */
static hg_status draw_distribution(hg_point *at, const char *name, size_t rows, size_t cols, gsl_rng *rng)
{
	gsl_matrix *x;
	TRY(draw_block(at, name, rows, cols, SOFT, 1, rng, &x));
	for (size_t j = 0; j < cols; j++) {
		gsl_vector_view column = gsl_matrix_column(x, j);
		double sum = 0;
		for (size_t i = 0; i < rows; i++)
			sum += gsl_matrix_get(x, i, j);
		gsl_vector_scale(&column.vector, 1 / sum);
	}
	return HG_OK;
}

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	static const size_t batch[] = {5, 2, 1};
	size_t rows = 3 + k % 2, cols = batch[k % 3];
	gsl_matrix *x;
	TRY(draw_block(at, "Z", rows, cols, NORMAL, 1, rng, &x));
	TRY(draw_block(at, "U", rows, cols, NORMAL, 1, rng, &x));
	TRY(draw_distribution(at, "Q", rows, cols, rng));
	return draw_distribution(at, "P", rows, cols, rng);
}

const hg_derivation hg_derivation_kl = {
	"kl", "the divergence of two distributions, by either and by their scores",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
