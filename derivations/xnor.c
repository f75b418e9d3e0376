/* xnor: a network of two inputs, two hidden units and one output, worked with numbers by hand.
 *
 *   W1 = [ 20  20 ]   b1 = [ -30 ]   W2 = [ 20  20 ]   b2 = -10   s(z) = 1 / (1 + e^-z) for both layers
 *        [-20 -20 ]        [  10 ]
 *
 *    x1  x2 | z1 = 20 x1 + 20 x2 - 30 | -20 x1 - 20 x2 + 10 | a1 = s(z1)     | z2 = 20 a1_1 + 20 a1_2 - 10
 *     0   0 | -30                     |  10                 | s(-30), s(10)  | near  10, a2 near 1
 *     0   1 | -10                     | -10                 | s(-10), s(-10) | near -10, a2 near 0
 *     1   0 | -10                     | -10                 | s(-10), s(-10) | near -10, a2 near 0
 *     1   1 |  10                     | -30                 | s(10), s(-30)  | near  10, a2 near 1
 *    -1  -1 | -70                     |  50                 | s(-70), s(50)  | near  10, a2 near 1
 *
 * The first hidden unit is AND, the second NOR, the output OR of both: XNOR. With -1 for 0 it is not.
 *
 * These are values, not gradients. A value V is the gradient of F(S) = sum_ji S_ji V_ji by S, so the same
 * check holds the table above against the forward pass: at S = 0 every digit of V is in the differences.
 */
#include "draw.h"
#include <gsl/gsl_blas.h>
#include <math.h>

enum { X, S1, S2 }; /* the blocks: S1 has the shape of the hidden layer, S2 of the output */
typedef enum value { Z1, A1, Z2, A2 } value;

static double s(double z) { return 1 / (1 + exp(-z)); }

/* Z = W A + b 1^T, with W row by row. */
static void layer(double *W, double *b, const gsl_matrix *A, gsl_matrix *Z)
{
	gsl_matrix_const_view w = gsl_matrix_const_view_array(W, Z->size1, 2);
	for (size_t j = 0; j < Z->size1; j++)
		for (size_t i = 0; i < Z->size2; i++)
			gsl_matrix_set(Z, j, i, b[j]);
	gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1, &w.matrix, A, 1, Z);
}

static void squash(gsl_matrix *Z)
{
	for (size_t j = 0; j < Z->size1; j++)
		for (size_t i = 0; i < Z->size2; i++)
			gsl_matrix_set(Z, j, i, s(gsl_matrix_get(Z, j, i)));
}

/* The forward pass as far as the value asked for. */
static void forward(value of, const gsl_matrix *x, gsl_matrix *hidden, gsl_matrix *out)
{
	layer((double[]){20, 20, -20, -20}, (double[]){-30, 10}, x, hidden);
	if (of >= A1)
		squash(hidden);
	if (of >= Z2)
		layer((double[]){20, 20}, (double[]){-10}, hidden, out);
	if (of >= A2)
		squash(out);
}

static int F(const gsl_matrix *const x[], void *params, double *f)
{
	value of = *(value *)params;
	gsl_matrix *hidden = gsl_matrix_alloc(2, x[X]->size2), *out = gsl_matrix_alloc(1, x[X]->size2);
	int failed = !hidden || !out;
	if (!failed) {
		forward(of, x[X], hidden, out);
		const gsl_matrix *v = of < Z2 ? hidden : out, *weight = of < Z2 ? x[S1] : x[S2];
		*f = 0;
		for (size_t j = 0; j < v->size1; j++)
			for (size_t i = 0; i < v->size2; i++)
				*f += gsl_matrix_get(weight, j, i) * gsl_matrix_get(v, j, i);
	}
	gsl_matrix_free(hidden);
	gsl_matrix_free(out);
	return failed;
}

/* The table, worked by hand. */
static const struct row {
	double x1, x2, z1[2];
} table[] = {
	{0, 0, {-30, 10}}, {0, 1, {-10, -10}}, {1, 0, {-10, -10}}, {1, 1, {10, -30}}, {-1, -1, {-70, 50}},
};

static const struct row *row_of(const gsl_matrix *x, size_t i)
{
	for (size_t k = 0; k < COUNT(table); k++)
		if (table[k].x1 == gsl_matrix_get(x, 0, i) && table[k].x2 == gsl_matrix_get(x, 1, i))
			return &table[k];
	return NULL;
}

/* Entry j of a value for one row of the table. */
typedef double hand(const struct row *r, size_t j);

typedef struct claim {
	hand *of;
	int block;
} claim;

static int by_hand(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const claim *c = params;
	for (size_t i = 0; i < x[X]->size2; i++) {
		const struct row *r = row_of(x[X], i);
		for (size_t j = 0; r && j < g[c->block]->size1; j++)
			gsl_matrix_set(g[c->block], j, i, c->of(r, j));
		if (!r)
			return 1;
	}
	return 0;
}

static double z1(const struct row *r, size_t j) { return r->z1[j]; }
static double a1(const struct row *r, size_t j) { return s(r->z1[j]); }
static double z2(const struct row *r, UNUSED size_t j) { return 20 * a1(r, 0) + 20 * a1(r, 1) - 10; }
static double a2(const struct row *r, size_t j) { return s(z2(r, j)); }

/* What a tired hand writes instead. */
static double z1_no_bias(const struct row *r, size_t j) { return r->z1[j] - (j == 0 ? -30 : 10); }
static double z1_slipped(const struct row *r, size_t j) { return r->z1[j] == 10 ? 30 : r->z1[j]; }
static double a1_exponent(const struct row *r, size_t j) { return 1 / (1 + exp(r->z1[j])); }
static double a1_relu(const struct row *r, size_t j) { return fmax(r->z1[j], 0); }
static double z2_slipped(const struct row *r, size_t j) { return z2(r, j) > 0 ? 30 : z2(r, j); }
static double z2_of_z1(const struct row *r, UNUSED size_t j) { return 20 * r->z1[0] + 20 * r->z1[1] - 10; }
static double a2_is_z2(const struct row *r, size_t j) { return z2(r, j); }
static double a2_other(const struct row *r, size_t j) { return 1 - a2(r, j); }

#define VALUE(of) {.value = F, .params = &(value){of}}
#define HAND(fn, block) {.value = by_hand, .params = &(claim){fn, block}}

static const hg_stage stage[] = {
	{.name = "z1", .wrt = "S1", .formula = "z_1 = W_1 x + b_1", .f = VALUE(Z1), .g = HAND(z1, S1)},
	{.name = "a1", .wrt = "S1", .formula = "a_1 = \\sigma(z_1)", .f = VALUE(A1), .g = HAND(a1, S1),
	 .uses = "z1"},
	{.name = "z2", .wrt = "S2", .formula = "z_2 = 20 a_{1,1} + 20 a_{1,2} - 10", .f = VALUE(Z2),
	 .g = HAND(z2, S2),
     .uses = "a1"},
	{.name = "a2", .wrt = "S2", .formula = "a_2 = \\sigma(z_2)", .f = VALUE(A2), .g = HAND(a2, S2),
	 .uses = "z2"},
};

static const hg_twin twin[] = {
	{"z1", "lost-term", "z_1 = W_1 x", HAND(z1_no_bias, S1)},
	{"z1", "arithmetic", "-20 \\cdot 0 - 20 \\cdot 0 + 10 = 30", HAND(z1_slipped, S1)},
	{"a1", "exponent-sign", "a_1 = \\frac{1}{1 + e^{z_1}}", HAND(a1_exponent, S1)},
	{"a1", "wrong-activation", "a_1 = \\max(z_1, 0)", HAND(a1_relu, S1)},
	{"z2", "arithmetic", "20 \\cdot 0 + 20 \\cdot 1 - 10 = 30", HAND(z2_slipped, S2)},
	{"z2", "wrong-variable", "z_2 = 20 z_{1,1} + 20 z_{1,2} - 10", HAND(z2_of_z1, S2)},
	{"a2", "wrong-left-side", "a_2 = 20 a_{1,1} + 20 a_{1,2} - 10", HAND(a2_is_z2, S2)},
	{"a2", "complement", "a_2 = 1 - \\sigma(z_2)", HAND(a2_other, S2)},
};

/* The four rows of the truth table at once, each row and the -1 row by itself, three at a time. */
static hg_status point(size_t k, UNUSED gsl_rng *rng, hg_point *at)
{
	size_t m = k == 0 ? 4 : k <= 5 ? 1 : 3, first = k == 0 ? 0 : k <= 5 ? k - 1 : k - 6;
	gsl_matrix *x, *zero;
	at->label = k == 0 ? "the truth table" : m == 1 ? "one row" : "three rows";
	TRY(hg_point_add(at, "X", 2, m, &x));
	for (size_t i = 0; i < m; i++) {
		gsl_matrix_set(x, 0, i, table[first + i].x1);
		gsl_matrix_set(x, 1, i, table[first + i].x2);
	}
	TRY(hg_point_add(at, "S1", 2, m, &zero));
	return hg_point_add(at, "S2", 1, m, &zero);
}

const hg_derivation hg_derivation_xnor = {
	"xnor", "a network of 2, 2 and 1 units with weights of 20, by hand",
	stage, COUNT(stage), twin, COUNT(twin), 9, point,
};
