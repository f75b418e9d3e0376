/* attention: scaled dot products, as papers write it: queries, keys and values are rows, m queries of size d look at n
 * keys; D = dF/dO comes from above.
 *
 *   S = Q K^T / sqrt d,   p_ij = e^s_ij / sum_k e^s_ik,   O = P V,   F = sum_ie d_ie o_ie as in affine
 *
 *   dV_je = sum_i p_ij d_ie                              dV = P^T D
 *   dP_ij = sum_e d_ie v_je                              dP = D V^T
 *   dS_ij = sum_k dP_ik p_ik (1{k = j} - p_ij)           the Jacobian of softmax, row by row
 *         = p_ij (dP_ij - sum_k p_ik dP_ik)
 *   dQ    = dS K / sqrt d                                dK = dS^T Q / sqrt d
 */
#include "draw.h"
#include "entries.h"
#include <math.h>

enum { Q, K, V, S, P, D }; /* the blocks: S and P stand for themselves where the graph is cut there */

#define GET(block, row, column) gsl_matrix_get(x[block], row, column)

static double root_d(const gsl_matrix *const x[]) { return sqrt((double)x[Q]->size2); }

/* The scores of the queries, as a matrix of their own. */
static void scores(const gsl_matrix *const x[], gsl_matrix *s)
{
	for (size_t i = 0; i < s->size1; i++)
		for (size_t j = 0; j < s->size2; j++) {
			double sum = 0;
			for (size_t k = 0; k < x[Q]->size2; k++)
				sum += GET(Q, i, k) * GET(K, j, k);
			gsl_matrix_set(s, i, j, sum / root_d(x));
		}
}

/* Where the graph is cut. */
typedef enum cut { AT_P, AT_S, ABOVE } cut;

/* P: the block, or the softmax of the rows of S: the block, or Q K^T / sqrt d. NULL: out of memory. */
static gsl_matrix *weights(const gsl_matrix *const x[], cut at)
{
	gsl_matrix *p = gsl_matrix_alloc(x[P]->size1, x[P]->size2);
	if (!p)
		return NULL;
	if (at == ABOVE)
		scores(x, p);
	else
		gsl_matrix_memcpy(p, x[at == AT_S ? S : P]);
	if (at == AT_P)
		return p;
	for (size_t i = 0; i < p->size1; i++) {
		double log_sum = log_sum_exp_row(p, i);
		for (size_t j = 0; j < p->size2; j++)
			gsl_matrix_set(p, i, j, exp(gsl_matrix_get(p, i, j) - log_sum));
	}
	return p;
}

ENTRY(dP) /* also what P is multiplied by in F = sum_ij p_ij dP_ij */
{
	double sum = 0;
	for (size_t e = 0; e < x[V]->size2; e++)
		sum += GET(D, i, e) * GET(V, j, e);
	return sum;
}

static int F(const gsl_matrix *const x[], void *params, double *f)
{
	gsl_matrix *p = weights(x, *(const cut *)params);
	*f = 0;
	for (size_t i = 0; p && i < p->size1; i++)
		for (size_t j = 0; j < p->size2; j++)
			*f += gsl_matrix_get(p, i, j) * dP(x, i, j);
	gsl_matrix_free(p);
	return p == NULL;
}

#define CUT(at) {.value = F, .params = &(cut){at}}

/* A claim from P, entry by entry. */
typedef double from_weights(const gsl_matrix *const x[], const gsl_matrix *p, size_t i, size_t j);

typedef struct claim {
	from_weights *of;
	cut at;
	size_t block;
} claim;

static int gradient(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const claim *c = params;
	gsl_matrix *p = weights(x, c->at);
	for (size_t i = 0; p && i < g[c->block]->size1; i++)
		for (size_t j = 0; j < g[c->block]->size2; j++)
			gsl_matrix_set(g[c->block], i, j, c->of(x, p, i, j));
	gsl_matrix_free(p);
	return p == NULL;
}

#define CLAIM(...) {.value = gradient, .params = &(claim){__VA_ARGS__}}
#define FROM_P(name)                                                                                         \
	static double name(UNUSED const gsl_matrix *const x[], UNUSED const gsl_matrix *p, size_t i, size_t j)

FROM_P(dV)
{
	double sum = 0;
	for (size_t q = 0; q < p->size1; q++)
		sum += gsl_matrix_get(p, q, i) * GET(D, q, j);
	return sum;
}

static double mean_of_dP(const gsl_matrix *const x[], const gsl_matrix *p, size_t i)
{
	double sum = 0;
	for (size_t k = 0; k < p->size2; k++)
		sum += gsl_matrix_get(p, i, k) * dP(x, i, k);
	return sum;
}

FROM_P(dS) { return gsl_matrix_get(p, i, j) * (dP(x, i, j) - mean_of_dP(x, p, i)); }

/* sum_k dS_ik K_kj, sum_k dS_ki Q_kj, with what stands for dS. */
static double by_keys(from_weights *ds, const gsl_matrix *const x[], const gsl_matrix *p, size_t i, size_t j)
{
	double sum = 0;
	for (size_t k = 0; k < p->size2; k++)
		sum += ds(x, p, i, k) * GET(K, k, j);
	return sum;
}

static double by_queries(from_weights *ds, const gsl_matrix *const x[], const gsl_matrix *p, size_t i, size_t j)
{
	double sum = 0;
	for (size_t k = 0; k < p->size1; k++)
		sum += ds(x, p, k, i) * GET(Q, k, j);
	return sum;
}

FROM_P(dQ) { return by_keys(dS, x, p, i, j) / root_d(x); }
FROM_P(dK) { return by_queries(dS, x, p, i, j) / root_d(x); }

/* What a tired hand writes instead. */
FROM_P(dV_sign) { return -dV(x, p, i, j); }
FROM_P(dV_of_S)
{
	double sum = 0;
	for (size_t q = 0; q < p->size1; q++)
		sum += GET(S, q, i) * GET(D, q, j);
	return sum;
}
FROM_P(dV_one_query) { return gsl_matrix_get(p, 0, i) * GET(D, 0, j); }
FROM_P(dP_sign) { return -dP(x, i, j); }
FROM_P(dP_one_value) { return GET(D, i, 0) * GET(V, j, 0); }
FROM_P(dS_no_mean) { return gsl_matrix_get(p, i, j) * dP(x, i, j); }
FROM_P(dS_diagonal) { return gsl_matrix_get(p, i, j) * (1 - gsl_matrix_get(p, i, j)) * dP(x, i, j); }
FROM_P(dS_no_p) { return dP(x, i, j) - mean_of_dP(x, p, i); }
FROM_P(dS_columns)
{
	double sum = 0;
	for (size_t k = 0; k < p->size1; k++)
		sum += gsl_matrix_get(p, k, j) * dP(x, k, j);
	return gsl_matrix_get(p, i, j) * (dP(x, i, j) - sum);
}
FROM_P(dP_for_dS) { return dP(x, i, j); }
FROM_P(dQ_no_root) { return by_keys(dS, x, p, i, j); }
FROM_P(dQ_d) { return dQ(x, p, i, j) / root_d(x); }
FROM_P(dQ_of_dP) { return by_keys(dP_for_dS, x, p, i, j) / root_d(x); }
FROM_P(dQ_no_mean) { return by_keys(dS_no_mean, x, p, i, j) / root_d(x); }
FROM_P(dK_no_root) { return by_queries(dS, x, p, i, j); }
FROM_P(dK_of_dP) { return by_queries(dP_for_dS, x, p, i, j) / root_d(x); }
FROM_P(dK_sign) { return -dK(x, p, i, j); }
FROM_P(dP_right) { return dP(x, i, j); }

static const hg_stage stage[] = {
	{.name = "dV", .wrt = "V", .formula = "dV = P^T dO", .f = CUT(ABOVE), .g = CLAIM(dV, ABOVE, V)},
	{.name = "dP", .wrt = "P", .formula = "dP = dO V^T", .f = CUT(AT_P), .g = CLAIM(dP_right, AT_P, P)},
	{.name = "dS", .wrt = "S",
	 .formula = "dS_{ij} = P_{ij} (dP_{ij} - \\sum_k P_{ik} dP_{ik})", .f = CUT(AT_S), .g = CLAIM(dS, AT_S, S),
	 .uses = "dP"},
	{.name = "dQ", .wrt = "Q", .formula = "dQ = \\frac{1}{\\sqrt{d}} dS K", .f = CUT(ABOVE),
	 .g = CLAIM(dQ, ABOVE, Q), .uses = "dS"},
	{.name = "dK", .wrt = "K", .formula = "dK = \\frac{1}{\\sqrt{d}} dS^T Q", .f = CUT(ABOVE),
	 .g = CLAIM(dK, ABOVE, K), .uses = "dS"},
};

static const hg_twin twin[] = {
	{"dV", "sign", "dV = -P^T dO", CLAIM(dV_sign, ABOVE, V)},
	{"dV", "wrong-variable", "dV = S^T dO", CLAIM(dV_of_S, ABOVE, V)},
	{"dV", "lost-term", "dV_{je} = P_{1j} dO_{1e}", CLAIM(dV_one_query, ABOVE, V)},
	{"dP", "sign", "dP = -dO V^T", CLAIM(dP_sign, AT_P, P)},
	{"dP", "lost-term", "dP_{ij} = dO_{i1} V_{j1}", CLAIM(dP_one_value, AT_P, P)},
	{"dS", "lost-term", "dS = P \\odot dP", CLAIM(dS_no_mean, AT_S, S)},
	{"dS", "lost-term", "dS = P \\odot (1 - P) \\odot dP", CLAIM(dS_diagonal, AT_S, S)},
	{"dS", "lost-factor", "dS_{ij} = dP_{ij} - \\sum_k P_{ik} dP_{ik}", CLAIM(dS_no_p, AT_S, S)},
	{"dS", "wrong-axis", "dS_{ij} = P_{ij} (dP_{ij} - \\sum_k P_{kj} dP_{kj})", CLAIM(dS_columns, AT_S, S)},
	{"dS", "lost-chain-factor", "dS = dO V^T", CLAIM(dP_for_dS, AT_S, S)},
	{"dQ", "lost-factor", "dQ = dS K", CLAIM(dQ_no_root, ABOVE, Q)},
	{"dQ", "extra-square", "dQ = \\frac{1}{d} dS K", CLAIM(dQ_d, ABOVE, Q)},
	{"dQ", "lost-chain-factor", "dQ = \\frac{1}{\\sqrt{d}} dP K", CLAIM(dQ_of_dP, ABOVE, Q)},
	{"dQ", "lost-term", "dQ = \\frac{1}{\\sqrt{d}} (P \\odot dP) K", CLAIM(dQ_no_mean, ABOVE, Q)},
	{"dK", "lost-factor", "dK = dS^T Q", CLAIM(dK_no_root, ABOVE, K)},
	{"dK", "lost-chain-factor", "dK = \\frac{1}{\\sqrt{d}} dP^T Q", CLAIM(dK_of_dP, ABOVE, K)},
	{"dK", "sign", "dK = -\\frac{1}{\\sqrt{d}} dS^T Q", CLAIM(dK_sign, ABOVE, K)},
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	static const struct {
		size_t m, n, d, e;
		const char *stages, *label;
	} shapes[] = {
		{3, 5, 4, 2, NULL, NULL}, {2, 6, 3, 5, NULL, NULL}, {4, 7, 2, 3, NULL, NULL},
		{3, 5, 4, 1, "dV dS dQ dK", "values of size 1"},
	};
	const size_t m = shapes[k % 4].m, n = shapes[k % 4].n, d = shapes[k % 4].d, e = shapes[k % 4].e;
	gsl_matrix *x;
	at->label = shapes[k % 4].label;
	at->stages = shapes[k % 4].stages;
	TRY(draw_block(at, "Q", m, d, NORMAL, 1, rng, &x));
	TRY(draw_block(at, "K", n, d, NORMAL, 1, rng, &x));
	TRY(draw_block(at, "V", n, e, NORMAL, 1, rng, &x));
	TRY(draw_block(at, "S", m, n, NORMAL, 1, rng, &x));
	TRY(draw_block(at, "P", m, n, SOFT, 1, rng, &x));
	return draw_block(at, "D", m, e, NORMAL, 1, rng, &x);
}

const hg_derivation hg_derivation_attention = {
	"attention", "one head of attention, by values, weights, scores, queries and keys",
	stage, COUNT(stage), twin, COUNT(twin), 24, point,
};
