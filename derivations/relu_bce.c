#include "network_affine.h"

static double bce_by_a(double a, double y) { return (a - y) / (a * (1 - a)); }
static double residual(double a, double y) { return a - y; }
static double step(double z) { return z > 0; }

static void dA2(const net *n, gsl_matrix *g) { net_map2(bce_by_a, n->A2, n->Y, g); }
static void dZ2(const net *n, gsl_matrix *g) { net_map2(residual, n->A2, n->Y, g); }
static void dZ1(const net *n, gsl_matrix *g) { net_through(step, n->Z1, n, g); }

static const network relu_bce = {&net_relu, &net_sigmoid_bce, dA2, dZ2, affine_dA1, dZ1};
#define THIS relu_bce

/* One sample, entry by entry. */
static double dL_da2(const net *n, size_t o, UNUSED size_t k)
{
	double a = net_at(n->A2, o), y = net_at(n->Y, o);
	return -y / a + (1 - y) / (1 - a);
}

static double dL_dz2(const net *n, size_t o, UNUSED size_t k) { return net_at(n->A2, o) - net_at(n->Y, o); }

static double dL_dz1(const net *n, size_t j, UNUSED size_t k)
{
	return net_at(n->Z1, j) > 0 ? net_at(n->dA1, j) : 0;
}

static const hg_stage stage[] = {
	NET_BATCH("dA2", A2, NULL, "dA_2 = \\frac{A_2 - Y}{A_2 \\odot (1 - A_2)}", dA2),
	NET_BATCH("dZ2", Z2, NULL, "dZ_2 = A_2 - Y", dZ2),
	AFFINE_2,
	NET_BATCH("dZ1", Z1, "dA1", "dZ_1 = W_2^T dZ_2 \\odot 1\\{Z_1 > 0\\}", dZ1),
	AFFINE_1,
	NET_SAMPLE("dL_da2", A2, NULL, "\\partial L/\\partial a_2 = -\\frac{y}{a_2} + \\frac{1 - y}{1 - a_2}",
	           dL_da2),
	NET_SAMPLE("dL_dz2", Z2, NULL, "\\partial L/\\partial z_2 = a_2 - y", dL_dz2),
	AFFINE_2_SAMPLE,
	NET_SAMPLE("dL_dz1", Z1, "dA1", "\\partial L/\\partial z_{1,j} = da_{1,j} 1\\{z_{1,j} > 0\\}", dL_dz1),
	AFFINE_1_SAMPLE,
};

/* What a tired hand writes instead. */
static double half_denominator(double a, double y) { return (a - y) / a; }
static double minus(double a, double y) { return y - a; }
static double times_slope(double a, double y) { return (a - y) * a * (1 - a); }
static double inactive(double z) { return z < 0; }
static double late(double z) { return z > 1; }
static double relu(double z) { return z > 0 ? z : 0; }

static void dA2_half(const net *n, gsl_matrix *g) { net_map2(half_denominator, n->A2, n->Y, g); }
static void dZ2_minus(const net *n, gsl_matrix *g) { net_map2(minus, n->A2, n->Y, g); }
static void dZ2_of_z(const net *n, gsl_matrix *g) { net_map2(residual, n->Z2, n->Y, g); }
static void dZ2_extra(const net *n, gsl_matrix *g) { net_map2(times_slope, n->A2, n->Y, g); }
static void dZ2_is_dA2(const net *n, gsl_matrix *g) { gsl_matrix_memcpy(g, n->dA2); }
static void dZ1_is_dA1(const net *n, gsl_matrix *g) { gsl_matrix_memcpy(g, n->dA1); }
static void dZ1_inactive(const net *n, gsl_matrix *g) { net_through(inactive, n->Z1, n, g); }
static void dZ1_late(const net *n, gsl_matrix *g) { net_through(late, n->Z1, n, g); }
static void dZ1_value(const net *n, gsl_matrix *g) { net_through(relu, n->Z1, n, g); }

static double dL_da2_inside(const net *n, size_t o, UNUSED size_t k)
{
	double a = net_at(n->A2, o), y = net_at(n->Y, o);
	return -y / a - (1 - y) / (1 - a);
}

static double dL_dz2_other(const net *n, size_t o, UNUSED size_t k)
{
	return 1 - net_at(n->A2, o) - net_at(n->Y, o);
}

static double dL_dz1_sum(const net *n, size_t j, UNUSED size_t k)
{
	return net_at(n->dA1, j) + step(net_at(n->Z1, j));
}

static const hg_twin twin[] = {
	{"dA2", "lost-factor", "dA_2 = \\frac{A_2 - Y}{A_2}", NET_CLAIM(dA2_half)},
	{"dA2", "wrong-left-side", "dA_2 = A_2 - Y", NET_CLAIM(dZ2)},
	{"dZ2", "sign", "dZ_2 = Y - A_2", NET_CLAIM(dZ2_minus)},
	{"dZ2", "wrong-variable", "dZ_2 = Z_2 - Y", NET_CLAIM(dZ2_of_z)},
	{"dZ2", "extra-factor", "dZ_2 = (A_2 - Y) \\odot A_2 \\odot (1 - A_2)", NET_CLAIM(dZ2_extra)},
	{"dZ2", "lost-chain-factor", "dZ_2 = dA_2", NET_CLAIM(dZ2_is_dA2)},
	{"dZ1", "lost-factor", "dZ_1 = W_2^T dZ_2", NET_CLAIM(dZ1_is_dA1)},
	{"dZ1", "relu-derivative", "dZ_1 = W_2^T dZ_2 \\odot 1\\{Z_1 < 0\\}", NET_CLAIM(dZ1_inactive)},
	{"dZ1", "relu-derivative", "dZ_1 = W_2^T dZ_2 \\odot 1\\{Z_1 > 1\\}", NET_CLAIM(dZ1_late)},
	{"dZ1", "value-for-derivative", "dZ_1 = W_2^T dZ_2 \\odot A_1", NET_CLAIM(dZ1_value)},
	{"dL_da2", "lost-chain-factor", "\\partial L/\\partial a_2 = -\\frac{y}{a_2} - \\frac{1 - y}{1 - a_2}",
     NET_ENTRY(dL_da2_inside)},
	{"dL_dz2", "complement", "\\partial L/\\partial z_2 = 1 - a_2 - y", NET_ENTRY(dL_dz2_other)},
	{"dL_dz1", "sum-for-product", "\\partial L/\\partial z_{1,j} = da_{1,j} + 1\\{z_{1,j} > 0\\}",
	 NET_ENTRY(dL_dz1_sum)},
	AFFINE_TWINS,
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at) { return net_point(&THIS, k, rng, at); }

const hg_derivation hg_derivation_relu_bce = {
	"relu_bce", "hidden ReLU, sigmoid output, cross-entropy",
	stage, COUNT(stage), twin, COUNT(twin), NET_POINTS, point,
};
