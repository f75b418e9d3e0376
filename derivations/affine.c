/* affine: Z = W X + b 1^T, one column for each of the m samples; D = dF/dZ comes from above.
 *
 *   z_ji = sum_k W_jk x_ki + b_j
 *   dF/dW_jk = sum_i D_ji dz_ji/dW_jk = sum_i D_ji x_ki              dW = D X^T
 *   dF/db_j  = sum_i D_ji * 1                                        db = D 1, the row sums
 *   dF/dx_ki = sum_j D_ji W_jk                                       dX = W^T D
 *
 * Whatever F is, its change is sum_ji D_ji dz_ji; so F(Z) = sum_ji D_ji z_ji stands for all of them. With
 * sizes pairwise different a forgotten transpose has the wrong shape; the square stages are where only the
 * numbers can tell.
 */
#include "draw.h"
#include <gsl/gsl_blas.h>

enum { X, W, B, D }; /* the blocks */

static int F(const gsl_matrix *const x[], void *params, double *f)
{
	const gsl_matrix *d = x[D];
	gsl_matrix *z = gsl_matrix_alloc(d->size1, d->size2);
	(void)params;
	if (!z)
		return 1;
	for (size_t j = 0; j < z->size1; j++)
		for (size_t i = 0; i < z->size2; i++)
			gsl_matrix_set(z, j, i, gsl_matrix_get(x[B], j, 0));
	gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1, x[W], x[X], 1, z);
	gsl_matrix_mul_elements(z, d);
	*f = 0;
	for (size_t j = 0; j < z->size1; j++)
		for (size_t i = 0; i < z->size2; i++)
			*f += gsl_matrix_get(z, j, i);
	gsl_matrix_free(z);
	return 0;
}

/* g = s A B, either of them transposed. */
typedef struct product {
	CBLAS_TRANSPOSE_t turn_a;
	int a;
	CBLAS_TRANSPOSE_t turn_b;
	int b, into;
	double s;
} product;

static int multiply(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const product *p = params;
	return gsl_blas_dgemm(p->turn_a, p->turn_b, p->s, x[p->a], x[p->b], 0, g[p->into]);
}

static int row_sums(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	(void)params;
	for (size_t j = 0; j < x[D]->size1; j++) {
		double sum = 0;
		for (size_t i = 0; i < x[D]->size2; i++)
			sum += gsl_matrix_get(x[D], j, i);
		gsl_matrix_set(g[B], j, 0, sum);
	}
	return 0;
}

/* What a tired hand writes instead. */
static int column_sums(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	(void)params;
	for (size_t i = 0; i < g[B]->size1; i++) {
		double sum = 0;
		for (size_t j = 0; j < x[D]->size1; j++)
			sum += gsl_matrix_get(x[D], j, i);
		gsl_matrix_set(g[B], i, 0, sum);
	}
	return 0;
}

static int first_sample(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	(void)params;
	for (size_t j = 0; j < x[D]->size1; j++)
		gsl_matrix_set(g[B], j, 0, gsl_matrix_get(x[D], j, 0));
	return 0;
}

static int mean_of_row(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	row_sums(x, params, g);
	return gsl_matrix_scale(g[B], 1.0 / (double)x[D]->size2);
}

static int mean_of_outer(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	multiply(x, params, g);
	return gsl_matrix_scale(g[W], 1.0 / (double)x[D]->size2);
}

#define N CblasNoTrans
#define T CblasTrans
#define PRODUCT(...) {.value = multiply, .params = &(product){__VA_ARGS__}}

static const hg_stage stage[] = {
	{.name = "dW", .wrt = "W", .formula = "dW = dZ X^T", .f = {.value = F}, .g = PRODUCT(N, D, T, X, W, 1)},
	{.name = "db", .wrt = "b", .formula = "db = \\sum_i dz^{(i)}", .f = {.value = F},
	 .g = {.value = row_sums}},
	{.name = "dX", .wrt = "X", .formula = "dX = W^T dZ", .f = {.value = F}, .g = PRODUCT(T, W, N, D, X, 1)},
	{.name = "dW_square", .wrt = "W", .formula = "dW = dZ X^T", .f = {.value = F},
	 .g = PRODUCT(N, D, T, X, W, 1)},
	{.name = "db_square", .wrt = "b", .formula = "db = \\sum_i dz^{(i)}", .f = {.value = F},
     .g = {.value = row_sums}},
	{.name = "dX_square", .wrt = "X", .formula = "dX = W^T dZ", .f = {.value = F},
	 .g = PRODUCT(T, W, N, D, X, 1)},
};

static const hg_twin twin[] = {
	{"dW", "sign", "dW = -dZ X^T", PRODUCT(N, D, T, X, W, -1)},
	{"dW", "extra-mean", "dW = \\frac{1}{m} dZ X^T",
	 {.value = mean_of_outer, .params = &(product){N, D, T, X, W, 1}}},
	{"db", "missing-sum-samples", "db = dz^{(1)}", {.value = first_sample}},
	{"db", "extra-mean", "db = \\frac{1}{m} \\sum_i dz^{(i)}", {.value = mean_of_row}},
	{"dX", "sign", "dX = -W^T dZ", PRODUCT(T, W, N, D, X, -1)},
	{"dX", "constant-factor", "dX = 2 W^T dZ", PRODUCT(T, W, N, D, X, 2)},
	{"dW_square", "missing-transpose", "dW = dZ X", PRODUCT(N, D, N, X, W, 1)},
	{"dW_square", "product-order", "dW = X^T dZ", PRODUCT(T, X, N, D, W, 1)},
	{"dW_square", "extra-transpose", "dW = dZ^T X^T", PRODUCT(T, D, T, X, W, 1)},
	{"dW_square", "wrong-index", "dW = X dZ^T", PRODUCT(N, X, T, D, W, 1)},
	{"db_square", "wrong-axis", "db = \\sum_j dz_j", {.value = column_sums}},
	{"dX_square", "missing-transpose", "dX = W dZ", PRODUCT(N, W, N, D, X, 1)},
	{"dX_square", "product-order", "dX = dZ W^T", PRODUCT(N, D, T, W, X, 1)},
	{"dX_square", "wrong-variable", "dX = X^T dZ", PRODUCT(T, X, N, D, X, 1)},
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	static const struct shape {
		size_t times, n, k, m;
		double scale;
		const char *stages, *label;
	} shapes[] = {
		{12, 3, 4, 5, 1, "dW db dX", "batch 5"},
		{8, 4, 3, 2, 1, "dW db dX", "batch 2"},
		{4, 2, 3, 1, 1, "dX", "one sample"},
		{2, 3, 4, 5, 1e-3, "dW db dX", "batch 5, values x 1e-3"},
		{2, 3, 4, 5, 1e3, "dW db dX", "batch 5, values x 1e3"},
		{6, 3, 3, 3, 1, "dW_square db_square dX_square", "square"},
	};
	const struct shape *s = shapes;
	gsl_matrix *x;
	for (; k >= s->times; s++)
		k -= s->times;
	at->label = s->label;
	at->stages = s->stages;
	TRY(draw_block(at, "X", s->k, s->m, NORMAL, s->scale, rng, &x));
	TRY(draw_block(at, "W", s->n, s->k, NORMAL, s->scale, rng, &x));
	TRY(draw_block(at, "b", s->n, 1, NORMAL, s->scale, rng, &x));
	return draw_block(at, "D", s->n, s->m, NORMAL, 1, rng, &x);
}

const hg_derivation hg_derivation_affine = {
	"affine", "an affine layer, by its weights, its bias and its input",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
