/* conv1d: convolution along one axis as networks have it (the kernel not turned round), and pooling by the larger of
 * two. X has a signal of n values in each of its m columns, w has K values; D = dF/dY comes from above.
 *
 *   y_ij = sum_k w_k x_{i+k,j} + b,   i = 0 .. n - K,   F = sum_ij d_ij y_ij as in affine
 *   dw_k  = sum_ij d_ij x_{i+k,j}
 *   db    = sum_ij d_ij
 *   dx_lj = sum_k d_{l-k,j} w_k                  x_l is in y_i where i + k = l; no term where l - k lies outside
 *
 *   p_ij = max(x_{2i,j}, x_{2i+1,j}),   F = sum_ij d_ij p_ij over the whole pairs
 *   dx_lj = d_ij where x_l is the larger of its pair i, 0 where it is not
 *
 * Where two values of a pair are equal there is no derivative: no point is near one.
 */
#include "draw.h"
#include "entries.h"
#include <math.h>

enum { X, W, B, D }; /* the blocks */

#define GET(block, row, column) gsl_matrix_get(x[block], row, column)

static int convolved(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = 0;
	for (size_t i = 0; i < x[D]->size1; i++)
		for (size_t j = 0; j < x[D]->size2; j++) {
			double y = GET(B, 0, 0);
			for (size_t k = 0; k < x[W]->size1; k++)
				y += GET(W, k, 0) * GET(X, i + k, j);
			*f += GET(D, i, j) * y;
		}
	return 0;
}

static size_t pairs(const gsl_matrix *const x[]) { return x[X]->size1 / 2; }

static int pooled(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = 0;
	for (size_t i = 0; i < pairs(x); i++)
		for (size_t j = 0; j < x[D]->size2; j++)
			*f += GET(D, i, j) * fmax(GET(X, 2 * i, j), GET(X, 2 * i + 1, j));
	return 0;
}

/* sum_ij d_ij x_{i+k,j} over the first m samples */
static double against_signal(const gsl_matrix *const x[], size_t k, size_t m)
{
	double sum = 0;
	for (size_t i = 0; i < x[D]->size1; i++)
		for (size_t j = 0; j < m; j++)
			sum += GET(D, i, j) * GET(X, i + k, j);
	return sum;
}

ENTRY(dw) { return against_signal(x, i, x[D]->size2); }

ENTRY(db)
{
	double sum = 0;
	for (size_t row = 0; row < x[D]->size1; row++)
		for (size_t column = 0; column < x[D]->size2; column++)
			sum += GET(D, row, column);
	return sum;
}

/* d_{l,j}, 0 outside; l may be "negative" */
static double padded(const gsl_matrix *const x[], size_t l, size_t j) { return l < x[D]->size1 ? GET(D, l, j) : 0; }

ENTRY(dx)
{
	double sum = 0;
	for (size_t k = 0; k < x[W]->size1; k++)
		sum += padded(x, i - k, j) * GET(W, k, 0);
	return sum;
}

static double other_of_pair(const gsl_matrix *const x[], size_t i, size_t j) { return GET(X, i ^ 1, j); }

ENTRY(dpool)
{
	return i / 2 < pairs(x) && GET(X, i, j) > other_of_pair(x, i, j) ? GET(D, i / 2, j) : 0;
}

/* What a tired hand writes instead. */
ENTRY(dw_first) { return against_signal(x, i, 1); }
ENTRY(dw_turned) { return against_signal(x, x[W]->size1 - 1 - i, x[D]->size2); }
ENTRY(dw_mean) { return dw(x, i, j) / (double)x[D]->size2; }
ENTRY(db_one_signal)
{
	double sum = 0;
	for (size_t row = 0; row < x[D]->size1; row++)
		sum += GET(D, row, 0);
	return sum;
}
ENTRY(db_mean) { return db(x, i, j) / (double)x[D]->size2; }
ENTRY(dx_turned)
{
	double sum = 0;
	for (size_t k = 0; k < x[W]->size1; k++)
		sum += padded(x, i + k + 1 - x[W]->size1, j) * GET(W, k, 0);
	return sum;
}
ENTRY(dx_no_edge) { return i + 1 < x[W]->size1 || i >= x[D]->size1 ? 0 : dx(x, i, j); }
ENTRY(dx_first) { return padded(x, i, j) * GET(W, 0, 0); }
ENTRY(dpool_both) { return i / 2 < pairs(x) ? GET(D, i / 2, j) : 0; }
ENTRY(dpool_smaller) { return dpool_both(x, i, j) - dpool(x, i, j); }
ENTRY(dpool_value) { return dpool(x, i, j) * GET(X, i, j); }

static const hg_stage stage[] = {
	{.name = "dw", .wrt = "w", .formula = "dw_k = \\sum_{ij} d_{ij} x_{i+k,j}", .f = {.value = convolved},
	 .g = BY_ENTRY(dw, W)},
	{.name = "db", .wrt = "b", .formula = "db = \\sum_{ij} d_{ij}", .f = {.value = convolved},
	 .g = BY_ENTRY(db, B)},
	{.name = "dx", .wrt = "X", .formula = "dx_{lj} = \\sum_k d_{l-k,j} w_k", .f = {.value = convolved},
	 .g = BY_ENTRY(dx, X)},
	{.name = "dpool", .wrt = "X", .formula = "dx_{lj} = d_{ij} 1\\{x_{lj} = p_{ij}\\}", .f = {.value = pooled},
	 .g = BY_ENTRY(dpool, X)},
};

static const hg_twin twin[] = {
	{"dw", "missing-sum-samples", "dw_k = \\sum_i d_{i1} x_{i+k,1}", BY_ENTRY(dw_first, W)},
	{"dw", "wrong-index", "dw_k = \\sum_{ij} d_{ij} x_{i+K-1-k,j}", BY_ENTRY(dw_turned, W)},
	{"dw", "extra-mean", "dw_k = \\frac{1}{m} \\sum_{ij} d_{ij} x_{i+k,j}", BY_ENTRY(dw_mean, W)},
	{"db", "missing-sum-samples", "db = \\sum_i d_{i1}", BY_ENTRY(db_one_signal, B)},
	{"db", "extra-mean", "db = \\frac{1}{m} \\sum_{ij} d_{ij}", BY_ENTRY(db_mean, B)},
	{"dx", "wrong-index", "dx_{lj} = \\sum_k d_{l-K+1+k,j} w_k", BY_ENTRY(dx_turned, X)},
	{"dx", "lost-term", "dx_{lj} = d_{lj} w_0", BY_ENTRY(dx_first, X)},
	{"dx", "lost-term", "dx_{lj} = \\sum_k d_{l-k,j} w_k \\text{ inside, 0 near the ends}", BY_ENTRY(dx_no_edge, X)},
	{"dpool", "lost-factor", "dx_{lj} = d_{ij}", BY_ENTRY(dpool_both, X)},
	{"dpool", "complement", "dx_{lj} = d_{ij} 1\\{x_{lj} \\neq p_{ij}\\}", BY_ENTRY(dpool_smaller, X)},
	{"dpool", "value-for-derivative", "dx_{lj} = d_{ij} p_{ij} 1\\{x_{lj} = p_{ij}\\}", BY_ENTRY(dpool_value, X)},
};

static bool has_ties(const gsl_matrix *signals)
{
	for (size_t i = 0; i + 1 < signals->size1; i += 2)
		for (size_t j = 0; j < signals->size2; j++)
			if (fabs(gsl_matrix_get(signals, i, j) - gsl_matrix_get(signals, i + 1, j)) < 0.05)
				return true;
	return false;
}

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	static const struct {
		size_t n, K, m;
		const char *label;
	} shapes[] = {{7, 3, 2, "batch 2"}, {8, 4, 3, "batch 3"}, {6, 2, 4, "batch 4"}};
	const size_t n = shapes[k % 3].n, K = shapes[k % 3].K, m = shapes[k % 3].m;
	gsl_matrix *x;
	at->label = shapes[k % 3].label;
	TRY(draw_block(at, "X", n, m, NORMAL, 1, rng, &x));
	while (has_ties(x))
		draw_entries(x, NORMAL, 1, rng);
	TRY(draw_block(at, "w", K, 1, NORMAL, 1, rng, &x));
	TRY(draw_block(at, "b", 1, 1, NORMAL, 1, rng, &x));
	return draw_block(at, "D", n - K + 1, m, NORMAL, 1, rng, &x);
}

const hg_derivation hg_derivation_conv1d = {
	"conv1d", "convolution along one axis, and pooling by the larger of two",
	stage, COUNT(stage), twin, COUNT(twin), 24, point,
};
