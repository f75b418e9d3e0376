/* sigmoid_mse: hidden sigmoid, sigmoid output, squared error. One sample (a column x), then m of them.
 *
 *   z1 = W1 x + b1      a1 = s(z1)      z2 = W2 a1 + b2      yhat = a2 = s(z2)      s(z) = 1 / (1 + e^-z)
 *   L  = |a2 - y|^2 = sum over the outputs of (a2_o - y_o)^2
 *
 *   dL/da2 = 2 (a2 - y)                         power rule; the inside has slope 1
 *   dL/dz2 = dL/da2 * a2 (1 - a2)               s' = s (1 - s); nothing cancels here
 *   dL/dW2_ok = dL/dz2_o * a1_k                 dL/db2_o = dL/dz2_o
 *   dL/da1_j  = sum_o dL/dz2_o W2_oj            a1_j reaches every output
 *   dL/dz1_j  = dL/da1_j * a1_j (1 - a1_j)
 *   dL/dW1_jk = dL/dz1_j * x_k                  dL/db1_j = dL/dz1_j
 *
 * The batch: X, Y, Z1 .. A2 have a column for each sample, J = 1/m sum of L, dZ means m dJ/dZ. A product with
 * a transpose on the right sums over the samples; 1 is the column of m ones.
 *
 *   dA2 = 2 (A2 - Y)                            dZ2 = dA2 o A2 o (1 - A2)
 *   dW2 = 1/m dZ2 A1^T                          db2 = 1/m dZ2 1
 *   dA1 = W2^T dZ2                              dZ1 = dA1 o A1 o (1 - A1)
 *   dW1 = 1/m dZ1 X^T                           db1 = 1/m dZ1 1
 */
#include "network_affine.h"

static double square_by_a(double a, double y) { return 2 * (a - y); }
static double slope(double a) { return a * (1 - a); }

static void dA2(const net *n, gsl_matrix *g) { net_map2(square_by_a, n->A2, n->Y, g); }

static void dZ2(const net *n, gsl_matrix *g)
{
	net_map(slope, n->A2, g);
	gsl_matrix_mul_elements(g, n->dA2);
}

static void dZ1(const net *n, gsl_matrix *g) { net_through(slope, n->A1, n, g); }

static const network sigmoid_mse = {&net_sigmoid, &net_sigmoid_mse, dA2, dZ2, affine_dA1, dZ1};
#define THIS sigmoid_mse

/* One sample, entry by entry. */
static double dL_da2(const net *n, size_t o, UNUSED size_t k)
{
	return 2 * (net_at(n->A2, o) - net_at(n->Y, o));
}

static double dL_dz2(const net *n, size_t o, size_t k) { return dL_da2(n, o, k) * slope(net_at(n->A2, o)); }

static double dL_dz1(const net *n, size_t j, UNUSED size_t k)
{
	return net_at(n->dA1, j) * slope(net_at(n->A1, j));
}

static const hg_stage stage[] = {
	NET_BATCH("dA2", A2, NULL, "dA_2 = 2 (A_2 - Y)", dA2),
	NET_BATCH("dZ2", Z2, "dA2", "dZ_2 = dA_2 \\odot A_2 \\odot (1 - A_2)", dZ2),
	AFFINE_2,
	NET_BATCH("dZ1", Z1, "dA1", "dZ_1 = W_2^T dZ_2 \\odot A_1 \\odot (1 - A_1)", dZ1),
	AFFINE_1,
	NET_SAMPLE("dL_da2", A2, NULL, "\\partial L/\\partial a_2 = 2 (a_2 - y)", dL_da2),
	NET_SAMPLE("dL_dz2", Z2, "dL_da2", "\\partial L/\\partial z_2 = 2 (a_2 - y) a_2 (1 - a_2)", dL_dz2),
	AFFINE_2_SAMPLE,
	NET_SAMPLE("dL_dz1", Z1, "dA1", "\\partial L/\\partial z_{1,j} = da_{1,j} a_{1,j} (1 - a_{1,j})", dL_dz1),
	AFFINE_1_SAMPLE,
};

/* What a tired hand writes instead. */
static double without_2(double a, double y) { return a - y; }
static double as_with_bce(double a, double y) { return a - y; }
static double value(double a, double y) { return 2 * (a - y) * a; }
static double itself(double a) { return a; }
static double as_tanh(double a) { return 1 - a * a; }
static double squared(double a) { return a * (1 - a * a); }
static double difference(double a) { return a - (1 - a); }

static void dA2_without_2(const net *n, gsl_matrix *g) { net_map2(without_2, n->A2, n->Y, g); }
static void dZ2_as_bce(const net *n, gsl_matrix *g) { net_map2(as_with_bce, n->A2, n->Y, g); }
static void dZ2_is_dA2(const net *n, gsl_matrix *g) { gsl_matrix_memcpy(g, n->dA2); }
static void dZ2_value(const net *n, gsl_matrix *g) { net_map2(value, n->A2, n->Y, g); }
static void dZ1_value(const net *n, gsl_matrix *g) { net_through(itself, n->A1, n, g); }
static void dZ1_of_z(const net *n, gsl_matrix *g) { net_through(slope, n->Z1, n, g); }
static void dZ1_tanh(const net *n, gsl_matrix *g) { net_through(as_tanh, n->A1, n, g); }
static void dZ1_squared(const net *n, gsl_matrix *g) { net_through(squared, n->A1, n, g); }
static void dZ1_difference(const net *n, gsl_matrix *g) { net_through(difference, n->A1, n, g); }
static void dZ1_is_dA1(const net *n, gsl_matrix *g) { gsl_matrix_memcpy(g, n->dA1); }

static double dL_da2_minus(const net *n, size_t o, size_t k) { return -dL_da2(n, o, k); }
static double dL_dz2_lost(const net *n, size_t o, size_t k) { return dL_da2(n, o, k); }

static double dL_dz1_of_z(const net *n, size_t j, UNUSED size_t k)
{
	return net_at(n->dA1, j) * slope(net_at(n->Z1, j));
}

static const hg_twin twin[] = {
	{"dA2", "constant-factor", "dA_2 = A_2 - Y", NET_CLAIM(dA2_without_2)},
	{"dZ2", "wrong-left-side", "dZ_2 = A_2 - Y", NET_CLAIM(dZ2_as_bce)},
	{"dZ2", "lost-factor", "dZ_2 = dA_2", NET_CLAIM(dZ2_is_dA2)},
	{"dZ2", "value-for-derivative", "dZ_2 = dA_2 \\odot A_2", NET_CLAIM(dZ2_value)},
	{"dZ1", "value-for-derivative", "dZ_1 = W_2^T dZ_2 \\odot A_1", NET_CLAIM(dZ1_value)},
	{"dZ1", "wrong-variable", "dZ_1 = W_2^T dZ_2 \\odot Z_1 \\odot (1 - Z_1)", NET_CLAIM(dZ1_of_z)},
	{"dZ1", "wrong-activation", "dZ_1 = W_2^T dZ_2 \\odot (1 - A_1^2)", NET_CLAIM(dZ1_tanh)},
	{"dZ1", "extra-square", "dZ_1 = W_2^T dZ_2 \\odot A_1 \\odot (1 - A_1^2)", NET_CLAIM(dZ1_squared)},
	{"dZ1", "sum-for-product", "dZ_1 = W_2^T dZ_2 \\odot (A_1 - (1 - A_1))", NET_CLAIM(dZ1_difference)},
	{"dZ1", "lost-factor", "dZ_1 = W_2^T dZ_2", NET_CLAIM(dZ1_is_dA1)},
	{"dL_da2", "sign", "\\partial L/\\partial a_2 = -2 (a_2 - y)", NET_ENTRY(dL_da2_minus)},
	{"dL_dz2", "lost-factor", "\\partial L/\\partial z_2 = 2 (a_2 - y)", NET_ENTRY(dL_dz2_lost)},
	{"dL_dz1", "wrong-variable", "\\partial L/\\partial z_{1,j} = da_{1,j} z_{1,j} (1 - z_{1,j})",
	 NET_ENTRY(dL_dz1_of_z)},
	AFFINE_TWINS,
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at) { return net_point(&THIS, k, rng, at); }

const hg_derivation hg_derivation_sigmoid_mse = {
	"sigmoid_mse", "hidden sigmoid, sigmoid output, squared error",
	stage, COUNT(stage), twin, COUNT(twin), NET_POINTS, point,
};
