/* sigmoid_bce: hidden sigmoid, sigmoid outputs, cross-entropy averaged over the K outputs. One sample, then m
 * of them.
 *
 *   z1 = W1 x + b1      a1 = s(z1)      z2 = W2 a1 + b2      yhat = a2 = s(z2)      s(z) = 1 / (1 + e^-z)
 *   L  = 1/K sum over the outputs of -y log yhat - (1 - y) log(1 - yhat)
 *
 *   dL/da2 = 1/K (-y/a2 + (1 - y)/(1 - a2))     = 1/K (a2 - y) / (a2 (1 - a2))
 *   dL/dz2 = dL/da2 * a2 (1 - a2)               = 1/K (a2 - y)
 *   dL/dW2_ok = dL/dz2_o * a1_k                 dL/db2_o = dL/dz2_o
 *   dL/da1_j  = sum_o dL/dz2_o W2_oj            a1_j reaches every output
 *   dL/dz1_j  = dL/da1_j * a1_j (1 - a1_j)
 *   dL/dW1_jk = dL/dz1_j * x_k                  dL/db1_j = dL/dz1_j
 *
 * The batch: X, Y, Z1 .. A2 have a column for each sample, J = 1/m sum of L, dZ means m dJ/dZ. A product with
 * a transpose on the right sums over the samples; 1 is the column of m ones.
 *
 *   dA2 = 1/K (A2 - Y) / (A2 o (1 - A2))        dZ2 = 1/K (A2 - Y)
 *   dW2 = 1/m dZ2 A1^T                          db2 = 1/m dZ2 1
 *   dA1 = W2^T dZ2                              dZ1 = dA1 o A1 o (1 - A1)
 *   dW1 = 1/m dZ1 X^T                           db1 = 1/m dZ1 1
 */
#include "network_affine.h"

static double bce_by_a(double a, double y) { return (a - y) / (a * (1 - a)); }
static double residual(double a, double y) { return a - y; }
static double slope(double a) { return a * (1 - a); }
static double K(const net *n) { return (double)n->A2->size1; }

static void dA2(const net *n, gsl_matrix *g)
{
	net_map2(bce_by_a, n->A2, n->Y, g);
	gsl_matrix_scale(g, 1 / K(n));
}

static void dZ2(const net *n, gsl_matrix *g)
{
	net_map2(residual, n->A2, n->Y, g);
	gsl_matrix_scale(g, 1 / K(n));
}

static void dZ1(const net *n, gsl_matrix *g) { net_through(slope, n->A1, n, g); }

static const network sigmoid_bce = {&net_sigmoid, &net_sigmoid_bce_mean, dA2, dZ2, affine_dA1, dZ1};
#define THIS sigmoid_bce

/* One sample, entry by entry. */
static double dL_da2(const net *n, size_t o, UNUSED size_t k)
{
	double a = net_at(n->A2, o), y = net_at(n->Y, o);
	return (-y / a + (1 - y) / (1 - a)) / K(n);
}

static double dL_dz2(const net *n, size_t o, UNUSED size_t k)
{
	return (net_at(n->A2, o) - net_at(n->Y, o)) / K(n);
}

static double dL_dz1(const net *n, size_t j, UNUSED size_t k)
{
	return net_at(n->dA1, j) * slope(net_at(n->A1, j));
}

static const hg_stage stage[] = {
	NET_BATCH("dA2", A2, NULL, "dA_2 = \\frac{1}{K} \\frac{A_2 - Y}{A_2 \\odot (1 - A_2)}", dA2),
	NET_BATCH("dZ2", Z2, NULL, "dZ_2 = \\frac{1}{K} (A_2 - Y)", dZ2),
	AFFINE_2,
	NET_BATCH("dZ1", Z1, "dA1", "dZ_1 = W_2^T dZ_2 \\odot A_1 \\odot (1 - A_1)", dZ1),
	AFFINE_1,
	NET_SAMPLE("dL_da2", A2, NULL,
               "\\partial L/\\partial a_2 = \\frac{1}{K} (-\\frac{y}{a_2} + \\frac{1 - y}{1 - a_2})", dL_da2),
	NET_SAMPLE("dL_dz2", Z2, NULL, "\\partial L/\\partial z_2 = \\frac{1}{K} (a_2 - y)", dL_dz2),
	AFFINE_2_SAMPLE,
	NET_SAMPLE("dL_dz1", Z1, "dA1", "\\partial L/\\partial z_{1,j} = da_{1,j} a_{1,j} (1 - a_{1,j})", dL_dz1),
	AFFINE_1_SAMPLE,
};

/* What a tired hand writes instead. */
static double complement(double a) { return (1 - a) * (1 - a); }
static double itself(double a) { return a; }

static void dA2_no_K(const net *n, gsl_matrix *g) { net_map2(bce_by_a, n->A2, n->Y, g); }
static void dZ2_no_K(const net *n, gsl_matrix *g) { net_map2(residual, n->A2, n->Y, g); }
static void dZ2_of_z(const net *n, gsl_matrix *g) { net_map2(residual, n->Z2, n->Y, g); }
static void dZ2_is_dA2(const net *n, gsl_matrix *g) { gsl_matrix_memcpy(g, n->dA2); }
static void dZ1_other(const net *n, gsl_matrix *g) { net_through(complement, n->A1, n, g); }
static void dZ1_value(const net *n, gsl_matrix *g) { net_through(itself, n->A1, n, g); }
static void dZ1_is_dA1(const net *n, gsl_matrix *g) { gsl_matrix_memcpy(g, n->dA1); }

static double dL_da2_no_K(const net *n, size_t o, size_t k) { return dL_da2(n, o, k) * K(n); }
static double dL_dz2_no_K(const net *n, size_t o, size_t k) { return dL_dz2(n, o, k) * K(n); }

static double dL_dz1_value(const net *n, size_t j, UNUSED size_t k)
{
	return net_at(n->dA1, j) * net_at(n->A1, j);
}

static const hg_twin twin[] = {
	{"dA2", "constant-factor", "dA_2 = \\frac{A_2 - Y}{A_2 \\odot (1 - A_2)}", NET_CLAIM(dA2_no_K)},
	{"dZ2", "constant-factor", "dZ_2 = A_2 - Y", NET_CLAIM(dZ2_no_K)},
	{"dZ2", "wrong-variable", "dZ_2 = Z_2 - Y", NET_CLAIM(dZ2_of_z)},
	{"dZ2", "lost-chain-factor", "dZ_2 = dA_2", NET_CLAIM(dZ2_is_dA2)},
	{"dZ1", "complement", "dZ_1 = W_2^T dZ_2 \\odot (1 - A_1) \\odot (1 - A_1)", NET_CLAIM(dZ1_other)},
	{"dZ1", "value-for-derivative", "dZ_1 = W_2^T dZ_2 \\odot A_1", NET_CLAIM(dZ1_value)},
	{"dZ1", "lost-factor", "dZ_1 = W_2^T dZ_2", NET_CLAIM(dZ1_is_dA1)},
	{"dL_da2", "constant-factor", "\\partial L/\\partial a_2 = -\\frac{y}{a_2} + \\frac{1 - y}{1 - a_2}",
     NET_ENTRY(dL_da2_no_K)},
	{"dL_dz2", "constant-factor", "\\partial L/\\partial z_2 = a_2 - y", NET_ENTRY(dL_dz2_no_K)},
	{"dL_dz1", "value-for-derivative", "\\partial L/\\partial z_{1,j} = da_{1,j} a_{1,j}",
	 NET_ENTRY(dL_dz1_value)},
	AFFINE_TWINS,
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at) { return net_point(&THIS, k, rng, at); }

const hg_derivation hg_derivation_sigmoid_bce = {
	"sigmoid_bce", "hidden sigmoid, sigmoid outputs, cross-entropy averaged over them",
	stage, COUNT(stage), twin, COUNT(twin), NET_POINTS, point,
};
