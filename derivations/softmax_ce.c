/* softmax_ce: softmax of the columns of Z, then cross-entropy with one-hot labels. One sample (a column
 * z), then m of them.
 *
 *   a_i = e^z_i / S,   S = sum_k e^z_k,   L = -sum_i y_i log a_i,   sum_i y_i = 1
 *
 *   da_i/dz_j = (1{i = j} e^z_i S - e^z_i e^z_j) / S^2                 quotient rule
 *             = a_i (1{i = j} - a_j)
 *   so that for a weighted sum c^T a:   d(c^T a)/dz_j = a_j (c_j - c^T a)
 *
 *   dL/da_i   = -y_i / a_i
 *   dL/dz_j   = sum_i -y_i / a_i * a_i (1{i = j} - a_j)
 *             = -y_j + a_j sum_i y_i
 *             = a_j - y_j
 *
 *   J = 1/m sum of L over the columns:   dJ/dZ = 1/m (A - Y)
 */
#include "draw.h"
#include "entries.h"
#include <math.h>

enum { Z, C, A, Y }; /* the blocks: C are the weights of the weighted sum, A stands for itself in dL/dA */

/* J = 1/m sum over the columns of log S - y^T z */
static int cost(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = 0;
	for (size_t i = 0; i < x[Z]->size2; i++) {
		double log_S = log_sum_exp_column(x[Z], i);
		for (size_t k = 0; k < x[Z]->size1; k++)
			*f += gsl_matrix_get(x[Y], k, i) * (log_S - gsl_matrix_get(x[Z], k, i));
	}
	*f /= (double)x[Z]->size2;
	return 0;
}

/* sum_i c^T a */
static int weighted(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = 0;
	for (size_t i = 0; i < x[Z]->size2; i++) {
		double log_S = log_sum_exp_column(x[Z], i);
		for (size_t k = 0; k < x[Z]->size1; k++)
			*f += gsl_matrix_get(x[C], k, i) * exp(gsl_matrix_get(x[Z], k, i) - log_S);
	}
	return 0;
}

/* sum of L as a function of A alone */
static int loss_of_a(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = 0;
	for (size_t k = 0; k < x[A]->size1; k++)
		for (size_t i = 0; i < x[A]->size2; i++)
			if (gsl_matrix_get(x[Y], k, i) > 0)
				*f -= gsl_matrix_get(x[Y], k, i) * log(gsl_matrix_get(x[A], k, i));
	return 0;
}

#define AT(of) gsl_matrix_get(of, i, j)

/* a_ij, the softmax of column j of Z; c^T a there. */
static double a(const gsl_matrix *const x[], size_t i, size_t j)
{
	return exp(AT(x[Z]) - log_sum_exp_column(x[Z], j));
}

static double mean_value(const gsl_matrix *const x[], size_t j)
{
	double sum = 0;
	for (size_t k = 0; k < x[Z]->size1; k++)
		sum += gsl_matrix_get(x[C], k, j) * a(x, k, j);
	return sum;
}

static double samples(const gsl_matrix *const x[]) { return (double)x[Z]->size2; }

ENTRY(dZ) { return (a(x, i, j) - AT(x[Y])) / samples(x); }
ENTRY(jacobian) { return a(x, i, j) * (AT(x[C]) - mean_value(x, j)); }
ENTRY(dA) { return -AT(x[Y]) / AT(x[A]); }

/* What a tired hand writes instead. */
ENTRY(dZ_sum) { return a(x, i, j) - AT(x[Y]); }
ENTRY(dZ_minus) { return (AT(x[Y]) - a(x, i, j)) / samples(x); }
ENTRY(dZ_of_z) { return (AT(x[Z]) - AT(x[Y])) / samples(x); }
ENTRY(dZ_value) { return a(x, i, j) / samples(x); }
ENTRY(dZ_slope) { return (a(x, i, j) - AT(x[Y])) * a(x, i, j) * (1 - a(x, i, j)) / samples(x); }
ENTRY(diagonal) { return a(x, i, j) * (1 - a(x, i, j)) * AT(x[C]); }
ENTRY(jacobian_minus) { return a(x, i, j) * (mean_value(x, j) - AT(x[C])); }
ENTRY(jacobian_no_a) { return AT(x[C]) - mean_value(x, j); }
ENTRY(dA_plus) { return AT(x[Y]) / AT(x[A]); }
ENTRY(dA_bce) { return (AT(x[A]) - AT(x[Y])) / (AT(x[A]) * (1 - AT(x[A]))); }

/* Softmax over the samples instead of over the classes. */
ENTRY(dZ_wrong_axis)
{
	return (exp(AT(x[Z]) - log_sum_exp_row(x[Z], i)) - AT(x[Y])) / samples(x);
}

static const hg_stage stage[] = {
	{.name = "jacobian", .wrt = "Z",
	 .formula = "\\frac{\\partial (c^T a)}{\\partial z_j} = a_j (c_j - c^T a)",
     .f = {.value = weighted}, .g = BY_ENTRY(jacobian, Z)},
	{.name = "dA", .wrt = "A", .formula = "\\frac{\\partial L}{\\partial a_i} = -\\frac{y_i}{a_i}",
     .f = {.value = loss_of_a}, .g = BY_ENTRY(dA, A)},
	{.name = "dZ", .wrt = "Z", .formula = "\\frac{\\partial J}{\\partial Z} = \\frac{1}{m} (A - Y)",
     .f = {.value = cost}, .g = BY_ENTRY(dZ, Z)},
};

static const hg_twin twin[] = {
	{"jacobian", "lost-term", "\\frac{\\partial (c^T a)}{\\partial z_j} = a_j (1 - a_j) c_j",
	 BY_ENTRY(diagonal, Z)},
	{"jacobian", "sign", "\\frac{\\partial (c^T a)}{\\partial z_j} = a_j (c^T a - c_j)",
	 BY_ENTRY(jacobian_minus, Z)},
	{"jacobian", "lost-factor", "\\frac{\\partial (c^T a)}{\\partial z_j} = c_j - c^T a",
	 BY_ENTRY(jacobian_no_a, Z)},
	{"dA", "sign", "\\frac{\\partial L}{\\partial a_i} = \\frac{y_i}{a_i}", BY_ENTRY(dA_plus, A)},
	{"dA", "extra-term", "\\frac{\\partial L}{\\partial a_i} = \\frac{a_i - y_i}{a_i (1 - a_i)}",
	 BY_ENTRY(dA_bce, A)},
	{"dZ", "missing-mean", "\\frac{\\partial J}{\\partial Z} = A - Y", BY_ENTRY(dZ_sum, Z)},
	{"dZ", "sign", "\\frac{\\partial J}{\\partial Z} = \\frac{1}{m} (Y - A)", BY_ENTRY(dZ_minus, Z)},
	{"dZ", "wrong-variable", "\\frac{\\partial J}{\\partial Z} = \\frac{1}{m} (Z - Y)", BY_ENTRY(dZ_of_z, Z)},
	{"dZ", "lost-term", "\\frac{\\partial J}{\\partial Z} = \\frac{1}{m} A", BY_ENTRY(dZ_value, Z)},
	{"dZ", "extra-factor", "\\frac{\\partial J}{\\partial Z} = \\frac{1}{m} (A - Y) \\odot A \\odot (1 - A)",
     BY_ENTRY(dZ_slope, Z)},
	{"dZ", "wrong-axis", "\\frac{\\partial J}{\\partial Z} = \\frac{1}{m} (softmax(Z^T)^T - Y)",
	 BY_ENTRY(dZ_wrong_axis, Z)},
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	static const struct shape {
		size_t times, n, m;
		double scale;
		const char *label;
	} shapes[] = {
		{12, 3, 5, 1, "batch 5"}, {8, 4, 2, 1, "batch 2"},      {8, 3, 1, 1, "one sample"},
		{3, 3, 5, 2, "near saturation"}, {3, 3, 5, 1e-3, "values x 1e-3"},
	};
	const struct shape *s = shapes;
	gsl_matrix *x, *a;
	for (; k >= s->times; s++)
		k -= s->times;
	at->label = s->label;
	TRY(draw_block(at, "Z", s->n, s->m, NORMAL, s->scale, rng, &x));
	TRY(draw_block(at, "C", s->n, s->m, NORMAL, 1, rng, &a));
	TRY(draw_block(at, "A", s->n, s->m, SOFT, 1, rng, &a));
	return draw_block(at, "Y", s->n, s->m, ONE_HOT, 1, rng, &x);
}

const hg_derivation hg_derivation_softmax_ce = {
	"softmax_ce", "softmax and cross-entropy",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
