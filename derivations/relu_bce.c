#include "network_affine.h"

static double slope_of_bce(double a, double y) { return (a - y) / (a * (1 - a)); }
static double residual(double a, double y) { return a - y; }
static double active(double z) { return z > 0; }

static void dA2(const net *n, gsl_matrix *g) { net_map2(slope_of_bce, n->A2, n->Y, g); }
static void dZ2(const net *n, gsl_matrix *g) { net_map2(residual, n->A2, n->Y, g); }

static void dZ1(const net *n, gsl_matrix *g)
{
	net_map(active, n->Z1, g);
	gsl_matrix_mul_elements(g, n->dA1);
}

static const network net_relu_bce = {&net_relu, &net_sigmoid_bce, dA2, dZ2, affine_dA1, dZ1};
#define THIS net_relu_bce

/* One sample, entry by entry. */
static double dL_da2(const net *n, size_t o, UNUSED size_t k)
{
	double a = gsl_matrix_get(n->A2, o, 0), y = gsl_matrix_get(n->Y, o, 0);
	return -y / a + (1 - y) / (1 - a);
}

static double dL_dz2(const net *n, size_t o, UNUSED size_t k)
{
	return gsl_matrix_get(n->A2, o, 0) - gsl_matrix_get(n->Y, o, 0);
}

static double dL_dz1(const net *n, size_t j, UNUSED size_t k)
{
	return gsl_matrix_get(n->Z1, j, 0) > 0 ? gsl_matrix_get(n->dA1, j, 0) : 0;
}

static const hg_stage stage[] = {
	NET_BATCH("dA2", A2, "dA_2 = \\frac{A_2 - Y}{A_2 \\odot (1 - A_2)}", dA2),
	NET_BATCH("dZ2", Z2, "dZ_2 = A_2 - Y", dZ2),
	NET_BATCH("dW2", W2, "dW_2 = \\frac{1}{m} dZ_2 A_1^T", affine_dW2),
	NET_BATCH("db2", b2, "db_2 = \\frac{1}{m} \\sum_i dz_2^{(i)}", affine_db2),
	NET_BATCH("dA1", A1, "dA_1 = W_2^T dZ_2", affine_dA1),
	NET_BATCH("dZ1", Z1, "dZ_1 = W_2^T dZ_2 \\odot 1\\{Z_1 > 0\\}", dZ1),
	NET_BATCH("dW1", W1, "dW_1 = \\frac{1}{m} dZ_1 X^T", affine_dW1),
	NET_BATCH("db1", b1, "db_1 = \\frac{1}{m} \\sum_i dz_1^{(i)}", affine_db1),
	NET_SAMPLE("dL_da2", A2, "\\partial L/\\partial a_2 = -\\frac{y}{a_2} + \\frac{1 - y}{1 - a_2}", dL_da2),
	NET_SAMPLE("dL_dz2", Z2, "\\partial L/\\partial z_2 = a_2 - y", dL_dz2),
	NET_SAMPLE("dL_dW2", W2, "\\partial L/\\partial W_{2,ok} = dz_{2,o} a_{1,k}", affine_dL_dW2),
	NET_SAMPLE("dL_db2", b2, "\\partial L/\\partial b_{2,o} = dz_{2,o}", affine_dL_db2),
	NET_SAMPLE("dL_da1", A1, "\\partial L/\\partial a_{1,j} = \\sum_o dz_{2,o} W_{2,oj}", affine_dL_da1),
	NET_SAMPLE("dL_dz1", Z1, "\\partial L/\\partial z_{1,j} = da_{1,j} 1\\{z_{1,j} > 0\\}", dL_dz1),
	NET_SAMPLE("dL_dW1", W1, "\\partial L/\\partial W_{1,jk} = dz_{1,j} x_k", affine_dL_dW1),
	NET_SAMPLE("dL_db1", b1, "\\partial L/\\partial b_{1,j} = dz_{1,j}", affine_dL_db1),
};

/* What a tired hand writes instead. */
static double minus(double a, double y) { return y - a; }
static double half_denominator(double a, double y) { return (a - y) / a; }
static double times_slope(double a, double y) { return (a - y) * a * (1 - a); }
static double inactive(double z) { return z < 0; }
static double of_active(double z) { return z > 0 ? z : 0; }
static double step_at_one(double z) { return z > 1; }

static void dA2_half(const net *n, gsl_matrix *g) { net_map2(half_denominator, n->A2, n->Y, g); }
static void dA2_by_z(const net *n, gsl_matrix *g) { net_map2(residual, n->A2, n->Y, g); }
static void dZ2_minus(const net *n, gsl_matrix *g) { net_map2(minus, n->A2, n->Y, g); }
static void dZ2_of_z(const net *n, gsl_matrix *g) { net_map2(residual, n->Z2, n->Y, g); }
static void dZ2_extra(const net *n, gsl_matrix *g) { net_map2(times_slope, n->A2, n->Y, g); }
static void dZ2_no_slope(const net *n, gsl_matrix *g) { gsl_matrix_memcpy(g, n->dA2); }
static void dZ1_no_slope(const net *n, gsl_matrix *g) { gsl_matrix_memcpy(g, n->dA1); }

static void through(double (*slope)(double), const net *n, gsl_matrix *g)
{
	net_map(slope, n->Z1, g);
	gsl_matrix_mul_elements(g, n->dA1);
}

static void dZ1_inactive(const net *n, gsl_matrix *g) { through(inactive, n, g); }
static void dZ1_value(const net *n, gsl_matrix *g) { through(of_active, n, g); }
static void dZ1_late(const net *n, gsl_matrix *g) { through(step_at_one, n, g); }

static double dL_da2_no_inside(const net *n, size_t o, UNUSED size_t k)
{
	double a = gsl_matrix_get(n->A2, o, 0), y = gsl_matrix_get(n->Y, o, 0);
	return -y / a - (1 - y) / (1 - a);
}

static double dL_dz2_complement(const net *n, size_t o, UNUSED size_t k)
{
	return 1 - gsl_matrix_get(n->A2, o, 0) - gsl_matrix_get(n->Y, o, 0);
}

static double dL_dz1_sum(const net *n, size_t j, UNUSED size_t k)
{
	return gsl_matrix_get(n->dA1, j, 0) + active(gsl_matrix_get(n->Z1, j, 0));
}

static const hg_twin twin[] = {
	{"dA2", "lost-factor", "dA_2 = \\frac{A_2 - Y}{A_2}", NET_CLAIM(dA2_half)},
	{"dA2", "wrong-left-side", "dA_2 = A_2 - Y", NET_CLAIM(dA2_by_z)},
	{"dZ2", "sign", "dZ_2 = Y - A_2", NET_CLAIM(dZ2_minus)},
	{"dZ2", "wrong-variable", "dZ_2 = Z_2 - Y", NET_CLAIM(dZ2_of_z)},
	{"dZ2", "extra-factor", "dZ_2 = (A_2 - Y) \\odot A_2 \\odot (1 - A_2)", NET_CLAIM(dZ2_extra)},
	{"dZ2", "lost-chain-factor", "dZ_2 = dA_2", NET_CLAIM(dZ2_no_slope)},
	{"dZ1", "lost-factor", "dZ_1 = W_2^T dZ_2", NET_CLAIM(dZ1_no_slope)},
	{"dZ1", "relu-derivative", "dZ_1 = W_2^T dZ_2 \\odot 1\\{Z_1 < 0\\}", NET_CLAIM(dZ1_inactive)},
	{"dZ1", "value-for-derivative", "dZ_1 = W_2^T dZ_2 \\odot A_1", NET_CLAIM(dZ1_value)},
	{"dZ1", "relu-derivative", "dZ_1 = W_2^T dZ_2 \\odot 1\\{Z_1 > 1\\}", NET_CLAIM(dZ1_late)},
	{"dL_da2", "lost-chain-factor", "\\partial L/\\partial a_2 = -\\frac{y}{a_2} - \\frac{1 - y}{1 - a_2}",
     NET_ENTRY(dL_da2_no_inside)},
	{"dL_dz2", "complement", "\\partial L/\\partial z_2 = 1 - a_2 - y", NET_ENTRY(dL_dz2_complement)},
	{"dL_dz1", "sum-for-product", "\\partial L/\\partial z_{1,j} = da_{1,j} + 1\\{z_{1,j} > 0\\}",
     NET_ENTRY(dL_dz1_sum)},
	AFFINE_TWINS,
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at) { return net_point(&THIS, k, rng, at); }

const hg_derivation hg_derivation_relu_bce = {
	"relu_bce", "hidden ReLU, sigmoid output, cross-entropy", stage, COUNT(stage), twin, COUNT(twin), NET_POINTS,
	point,
};
