/* tanh_bce: hidden tanh, sigmoid output, binary cross-entropy. One sample (a column x), then m of them.
 *
 *   z1 = W1 x + b1      a1 = tanh(z1)      z2 = W2 a1 + b2      t = a2 = s(z2) = 1 / (1 + e^-z2)
 *   L  = sum over the outputs of -y log t - (1 - y) log(1 - t)
 *
 *   tanh = sinh / cosh,  tanh' = (cosh cosh - sinh sinh) / cosh^2 = 1 - tanh^2          quotient rule
 *
 *   dL/da2 = -y/a2 + (1 - y)/(1 - a2)           = (a2 - y) / (a2 (1 - a2))
 *   dL/dz2 = dL/da2 * s'(z2),    s' = s (1 - s)  = a2 - y
 *   dL/dW2_ok = dL/dz2_o * a1_k                 dL/db2_o = dL/dz2_o
 *   dL/da1_j  = sum_o dL/dz2_o W2_oj            a1_j reaches every output
 *   dL/dz1_j  = dL/da1_j * (1 - a1_j^2)         the square on a1, not on the bracket
 *   dL/dW1_jk = dL/dz1_j * x_k                  dL/db1_j = dL/dz1_j
 *
 * The batch: X, Y, Z1 .. A2 have a column for each sample, J = 1/m sum of L, dZ means m dJ/dZ. A product with
 * a transpose on the right sums over the samples; 1 is the column of m ones.
 *
 *   dA2 = (A2 - Y) / (A2 o (1 - A2))            dZ2 = A2 - Y
 *   dW2 = 1/m dZ2 A1^T                          db2 = 1/m dZ2 1
 *   dA1 = W2^T dZ2                              dZ1 = dA1 o (1 - A1 o A1)
 *   dW1 = 1/m dZ1 X^T                           db1 = 1/m dZ1 1
 */
#include "network_affine.h"

static double bce_by_a(double a, double y) { return (a - y) / (a * (1 - a)); }
static double residual(double a, double y) { return a - y; }
static double one_less_square(double a) { return 1 - a * a; }

static void dA2(const net *n, gsl_matrix *g) { net_map2(bce_by_a, n->A2, n->Y, g); }
static void dZ2(const net *n, gsl_matrix *g) { net_map2(residual, n->A2, n->Y, g); }
static void dZ1(const net *n, gsl_matrix *g) { net_through(one_less_square, n->A1, n, g); }

static const network tanh_bce = {&net_tanh, &net_sigmoid_bce, dA2, dZ2, affine_dA1, dZ1};
#define THIS tanh_bce

/* One sample, entry by entry. */
static double dL_da2(const net *n, size_t o, UNUSED size_t k)
{
	double a = net_at(n->A2, o), y = net_at(n->Y, o);
	return -y / a + (1 - y) / (1 - a);
}

static double dL_dz2(const net *n, size_t o, UNUSED size_t k) { return net_at(n->A2, o) - net_at(n->Y, o); }

static double dL_dz1(const net *n, size_t j, UNUSED size_t k)
{
	return net_at(n->dA1, j) * (1 - net_at(n->A1, j) * net_at(n->A1, j));
}

static const hg_stage stage[] = {
	NET_BATCH("dA2", A2, NULL, "dA_2 = \\frac{A_2 - Y}{A_2 \\odot (1 - A_2)}", dA2),
	NET_BATCH("dZ2", Z2, NULL, "dZ_2 = A_2 - Y", dZ2),
	AFFINE_2,
	NET_BATCH("dZ1", Z1, "dA1", "dZ_1 = W_2^T dZ_2 \\odot (1 - A_1^2)", dZ1),
	AFFINE_1,
	NET_SAMPLE("dL_da2", A2, NULL, "\\partial L/\\partial a_2 = -\\frac{y}{a_2} + \\frac{1 - y}{1 - a_2}",
	           dL_da2),
	NET_SAMPLE("dL_dz2", Z2, NULL, "\\partial L/\\partial z_2 = a_2 - y", dL_dz2),
	AFFINE_2_SAMPLE,
	NET_SAMPLE("dL_dz1", Z1, "dA1", "\\partial L/\\partial z_{1,j} = da_{1,j} (1 - a_{1,j}^2)", dL_dz1),
	AFFINE_1_SAMPLE,
};

/* What a tired hand writes instead. */
static double upside_down(double a, double y) { return (a - y) * a * (1 - a); }
static double minus(double a, double y) { return y - a; }
static double without_y(double a, UNUSED double y) { return a; }
static double square_outside(double a) { return (1 - a) * (1 - a); }
static double no_square(double a) { return 1 - a; }
static double itself(double a) { return a; }
static double as_sigmoid(double a) { return a * (1 - a); }

static void dA2_inverted(const net *n, gsl_matrix *g) { net_map2(upside_down, n->A2, n->Y, g); }
static void dZ2_minus(const net *n, gsl_matrix *g) { net_map2(minus, n->A2, n->Y, g); }
static void dZ2_without_y(const net *n, gsl_matrix *g) { net_map2(without_y, n->A2, n->Y, g); }
static void dZ1_square(const net *n, gsl_matrix *g) { net_through(square_outside, n->A1, n, g); }
static void dZ1_no_square(const net *n, gsl_matrix *g) { net_through(no_square, n->A1, n, g); }
static void dZ1_of_z(const net *n, gsl_matrix *g) { net_through(one_less_square, n->Z1, n, g); }
static void dZ1_value(const net *n, gsl_matrix *g) { net_through(itself, n->A1, n, g); }
static void dZ1_sigmoid(const net *n, gsl_matrix *g) { net_through(as_sigmoid, n->A1, n, g); }
static void dZ1_is_dA1(const net *n, gsl_matrix *g) { gsl_matrix_memcpy(g, n->dA1); }

static double dL_da2_term(const net *n, size_t o, UNUSED size_t k)
{
	return -net_at(n->Y, o) / net_at(n->A2, o);
}

static double dL_dz2_of_z(const net *n, size_t o, UNUSED size_t k)
{
	return net_at(n->Z2, o) - net_at(n->Y, o);
}

static double dL_dz1_square(const net *n, size_t j, UNUSED size_t k)
{
	return net_at(n->dA1, j) * (1 - net_at(n->A1, j)) * (1 - net_at(n->A1, j));
}

static const hg_twin twin[] = {
	{"dA2", "inverted-factor", "dA_2 = (A_2 - Y) \\odot A_2 \\odot (1 - A_2)", NET_CLAIM(dA2_inverted)},
	{"dA2", "wrong-left-side", "dA_2 = A_2 - Y", NET_CLAIM(dZ2)},
	{"dZ2", "sign", "dZ_2 = Y - A_2", NET_CLAIM(dZ2_minus)},
	{"dZ2", "lost-term", "dZ_2 = A_2", NET_CLAIM(dZ2_without_y)},
	{"dZ1", "square-moved", "dZ_1 = W_2^T dZ_2 \\odot (1 - A_1)^2", NET_CLAIM(dZ1_square)},
	{"dZ1", "lost-square", "dZ_1 = W_2^T dZ_2 \\odot (1 - A_1)", NET_CLAIM(dZ1_no_square)},
	{"dZ1", "wrong-variable", "dZ_1 = W_2^T dZ_2 \\odot (1 - Z_1^2)", NET_CLAIM(dZ1_of_z)},
	{"dZ1", "value-for-derivative", "dZ_1 = W_2^T dZ_2 \\odot A_1", NET_CLAIM(dZ1_value)},
	{"dZ1", "wrong-activation", "dZ_1 = W_2^T dZ_2 \\odot A_1 \\odot (1 - A_1)", NET_CLAIM(dZ1_sigmoid)},
	{"dZ1", "lost-factor", "dZ_1 = W_2^T dZ_2", NET_CLAIM(dZ1_is_dA1)},
	{"dL_da2", "lost-term", "\\partial L/\\partial a_2 = -\\frac{y}{a_2}", NET_ENTRY(dL_da2_term)},
	{"dL_dz2", "wrong-variable", "\\partial L/\\partial z_2 = z_2 - y", NET_ENTRY(dL_dz2_of_z)},
	{"dL_dz1", "square-moved", "\\partial L/\\partial z_{1,j} = da_{1,j} (1 - a_{1,j})^2",
	 NET_ENTRY(dL_dz1_square)},
	AFFINE_TWINS,
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at) { return net_point(&THIS, k, rng, at); }

const hg_derivation hg_derivation_tanh_bce = {
	"tanh_bce", "hidden tanh, sigmoid output, cross-entropy",
	stage, COUNT(stage), twin, COUNT(twin), NET_POINTS, point,
};
