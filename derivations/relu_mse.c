/* relu_mse: hidden ReLU, identity output, squared error. One sample (a column x), then m of them.
 *
 *   z1 = W1 x + b1      a1 = max(z1, 0)      z2 = W2 a1 + b2      yhat = a2 = z2
 *   L  = |a2 - y|^2 = sum over the outputs of (a2_o - y_o)^2
 *
 *   dL/da2 = 2 (a2 - y)                         power rule; the inside has slope 1
 *   dL/dz2 = dL/da2 * 1                         the identity
 *   dL/dW2_ok = dL/dz2_o * a1_k                 dL/db2_o = dL/dz2_o
 *   dL/da1_j  = sum_o dL/dz2_o W2_oj            a1_j reaches every output
 *   dL/dz1_j  = dL/da1_j * 1{z1_j > 0}          ReLU passes or blocks
 *   dL/dW1_jk = dL/dz1_j * x_k                  dL/db1_j = dL/dz1_j
 *
 * The batch: X, Y, Z1 .. A2 have a column for each sample, J = 1/m sum of L, dZ means m dJ/dZ. A product with
 * a transpose on the right sums over the samples; 1 is the column of m ones.
 *
 *   dA2 = 2 (A2 - Y)                            dZ2 = dA2
 *   dW2 = 1/m dZ2 A1^T                          db2 = 1/m dZ2 1
 *   dA1 = W2^T dZ2                              dZ1 = dA1 o 1{Z1 > 0}
 *   dW1 = 1/m dZ1 X^T                           db1 = 1/m dZ1 1
 */
#include "network_affine.h"

static double square_by_a(double a, double y) { return 2 * (a - y); }
static double step(double z) { return z > 0; }

static void dA2(const net *n, gsl_matrix *g) { net_map2(square_by_a, n->A2, n->Y, g); }
static void dZ2(const net *n, gsl_matrix *g) { gsl_matrix_memcpy(g, n->dA2); }
static void dZ1(const net *n, gsl_matrix *g) { net_through(step, n->Z1, n, g); }

static const network relu_mse = {&net_relu, &net_identity_mse, dA2, dZ2, affine_dA1, dZ1};
#define THIS relu_mse

/* One sample, entry by entry. */
static double dL_da2(const net *n, size_t o, UNUSED size_t k)
{
	return 2 * (net_at(n->A2, o) - net_at(n->Y, o));
}

static double dL_dz2(const net *n, size_t o, size_t k) { return dL_da2(n, o, k) * 1; }

static double dL_dz1(const net *n, size_t j, UNUSED size_t k)
{
	return net_at(n->Z1, j) > 0 ? net_at(n->dA1, j) : 0;
}

static const hg_stage stage[] = {
	NET_BATCH("dA2", A2, NULL, "dA_2 = 2 (A_2 - Y)", dA2),
	NET_BATCH("dZ2", Z2, "dA2", "dZ_2 = dA_2", dZ2),
	AFFINE_2,
	NET_BATCH("dZ1", Z1, "dA1", "dZ_1 = W_2^T dZ_2 \\odot 1\\{Z_1 > 0\\}", dZ1),
	AFFINE_1,
	NET_SAMPLE("dL_da2", A2, NULL, "\\partial L/\\partial a_2 = 2 (a_2 - y)", dL_da2),
	NET_SAMPLE("dL_dz2", Z2, "dL_da2", "\\partial L/\\partial z_2 = 2 (a_2 - y) \\cdot 1", dL_dz2),
	AFFINE_2_SAMPLE,
	NET_SAMPLE("dL_dz1", Z1, "dA1", "\\partial L/\\partial z_{1,j} = da_{1,j} 1\\{z_{1,j} > 0\\}", dL_dz1),
	AFFINE_1_SAMPLE,
};

/* What a tired hand writes instead. */
static double without_2(double a, double y) { return a - y; }
static double minus(double a, double y) { return 2 * (y - a); }
static double still_squared(double a, double y) { return (a - y) * (a - y); }
static double through_sigmoid(double a, double y) { return 2 * (a - y) * a * (1 - a); }
static double always(double z) { return z > 0 ? 1 : -1; }

static void dA2_without_2(const net *n, gsl_matrix *g) { net_map2(without_2, n->A2, n->Y, g); }
static void dA2_minus(const net *n, gsl_matrix *g) { net_map2(minus, n->A2, n->Y, g); }
static void dA2_value(const net *n, gsl_matrix *g) { net_map2(still_squared, n->A2, n->Y, g); }
static void dZ2_sigmoid(const net *n, gsl_matrix *g) { net_map2(through_sigmoid, n->A2, n->Y, g); }
static void dZ1_sign(const net *n, gsl_matrix *g) { net_through(always, n->Z1, n, g); }
static void dZ1_is_dA1(const net *n, gsl_matrix *g) { gsl_matrix_memcpy(g, n->dA1); }

static double dL_da2_half(const net *n, size_t o, UNUSED size_t k)
{
	return net_at(n->A2, o) - net_at(n->Y, o);
}

static double dL_dz2_of_a1(const net *n, size_t o, size_t k) { return dL_da2(n, o, k) * net_at(n->Z2, o); }
static double dL_dz1_all(const net *n, size_t j, UNUSED size_t k) { return net_at(n->dA1, j); }

static const hg_twin twin[] = {
	{"dA2", "constant-factor", "dA_2 = A_2 - Y", NET_CLAIM(dA2_without_2)},
	{"dA2", "sign", "dA_2 = 2 (Y - A_2)", NET_CLAIM(dA2_minus)},
	{"dA2", "value-for-derivative", "dA_2 = (A_2 - Y)^2", NET_CLAIM(dA2_value)},
	{"dZ2", "extra-factor", "dZ_2 = dA_2 \\odot A_2 \\odot (1 - A_2)", NET_CLAIM(dZ2_sigmoid)},
	{"dZ1", "relu-derivative", "dZ_1 = W_2^T dZ_2 \\odot sign(Z_1)", NET_CLAIM(dZ1_sign)},
	{"dZ1", "lost-factor", "dZ_1 = W_2^T dZ_2", NET_CLAIM(dZ1_is_dA1)},
	{"dL_da2", "constant-factor", "\\partial L/\\partial a_2 = a_2 - y", NET_ENTRY(dL_da2_half)},
	{"dL_dz2", "extra-factor", "\\partial L/\\partial z_2 = 2 (a_2 - y) z_2", NET_ENTRY(dL_dz2_of_a1)},
	{"dL_dz1", "lost-factor", "\\partial L/\\partial z_{1,j} = da_{1,j}", NET_ENTRY(dL_dz1_all)},
	AFFINE_TWINS,
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at) { return net_point(&THIS, k, rng, at); }

const hg_derivation hg_derivation_relu_mse = {
	"relu_mse", "hidden ReLU, identity output, squared error",
	stage, COUNT(stage), twin, COUNT(twin), NET_POINTS, point,
};
