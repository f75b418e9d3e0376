/* gradient_step: one step of gradient descent lowers J as first order predicts. Logistic
 * regression on m samples.
 *
 *   A = s(W X + b 1^T),   J(W, b) = 1/m sum of -y log a - (1 - y) log(1 - a)
 *   G_W = dJ/dW = 1/m (A - Y) X^T,   G_b = dJ/db = 1/m (A - Y) 1              bce_logit, affine
 *
 * Both are updated together, from gradients taken at the same place: after a step of rate r
 *
 *   phi(r)  = J(W - r G_W, b - r G_b)
 *   phi'(r) = -<G_W(there), G_W> - <G_b(there), G_b>                          chain rule: one term for each
 *   phi'(0) = -|G_W|^2 - |G_b|^2 <= 0                                         there is here: J falls
 */
#include "draw.h"
#include <gsl/gsl_blas.h>
#include <math.h>

enum { X, W, B, RATE, Y }; /* the blocks */

/* Weights, bias and their gradient at one place of the descent. */
typedef struct place {
	gsl_matrix *W, *b, *A, *G_W, *G_b;
} place;

static void place_free(place *p)
{
	gsl_matrix_free(p->W);
	gsl_matrix_free(p->b);
	gsl_matrix_free(p->A);
	gsl_matrix_free(p->G_W);
	gsl_matrix_free(p->G_b);
}

static int place_new(const gsl_matrix *const x[], place *p)
{
	size_t n = x[W]->size1, k = x[W]->size2, m = x[X]->size2;
	*p = (place){.W = gsl_matrix_alloc(n, k), .b = gsl_matrix_alloc(n, 1), .A = gsl_matrix_alloc(n, m),
	             .G_W = gsl_matrix_alloc(n, k), .G_b = gsl_matrix_alloc(n, 1)};
	if (p->W && p->b && p->A && p->G_W && p->G_b)
		return 0;
	place_free(p);
	return 1;
}

/* W X + b 1^T, in A. */
static void scores(const gsl_matrix *const x[], place *p)
{
	for (size_t j = 0; j < p->A->size1; j++)
		for (size_t i = 0; i < p->A->size2; i++)
			gsl_matrix_set(p->A, j, i, gsl_matrix_get(p->b, j, 0));
	gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1, p->W, x[X], 1, p->A);
}

/* G_W = 1/m (A - Y) X^T, G_b = 1/m (A - Y) 1 */
static void gradient(const gsl_matrix *const x[], place *p)
{
	double m = (double)x[X]->size2;
	scores(x, p);
	for (size_t j = 0; j < p->A->size1; j++) {
		double sum = 0;
		for (size_t i = 0; i < p->A->size2; i++) {
			double *a = gsl_matrix_ptr(p->A, j, i);
			*a = 1 / (1 + exp(-*a)) - gsl_matrix_get(x[Y], j, i);
			sum += *a;
		}
		gsl_matrix_set(p->G_b, j, 0, sum / m);
	}
	gsl_blas_dgemm(CblasNoTrans, CblasTrans, 1 / m, p->A, x[X], 0, p->G_W);
}

/* x - r g */
static void step(gsl_matrix *x, double r, const gsl_matrix *g)
{
	for (size_t j = 0; j < x->size1; j++)
		for (size_t k = 0; k < x->size2; k++)
			*gsl_matrix_ptr(x, j, k) -= r * gsl_matrix_get(g, j, k);
}

/* Here, with its gradient; and there, after the step. */
static int walk(const gsl_matrix *const x[], place *here, place *there)
{
	double r = gsl_matrix_get(x[RATE], 0, 0);
	if (place_new(x, here))
		return 1;
	if (place_new(x, there)) {
		place_free(here);
		return 1;
	}
	gsl_matrix_memcpy(here->W, x[W]);
	gsl_matrix_memcpy(here->b, x[B]);
	gradient(x, here);
	gsl_matrix_memcpy(there->W, here->W);
	gsl_matrix_memcpy(there->b, here->b);
	step(there->W, r, here->G_W);
	step(there->b, r, here->G_b);
	return 0;
}

static int phi(const gsl_matrix *const x[], void *params, double *f)
{
	place here, there;
	(void)params;
	if (walk(x, &here, &there))
		return 1;
	scores(x, &there);
	*f = 0;
	for (size_t j = 0; j < there.A->size1; j++)
		for (size_t i = 0; i < there.A->size2; i++) {
			double z = gsl_matrix_get(there.A, j, i), y = gsl_matrix_get(x[Y], j, i);
			*f += (z > 0 ? (1 - y) * z : -y * z) + log1p(exp(-fabs(z)));
		}
	*f /= (double)x[X]->size2;
	place_free(&here);
	place_free(&there);
	return 0;
}

static double inner(const gsl_matrix *a, const gsl_matrix *b)
{
	double sum = 0;
	for (size_t j = 0; j < a->size1; j++)
		for (size_t k = 0; k < a->size2; k++)
			sum += gsl_matrix_get(a, j, k) * gsl_matrix_get(b, j, k);
	return sum;
}

/* A prediction of phi' from the two places. */
typedef double prediction(const gsl_matrix *const x[], place *here, place *there);

typedef struct claim {
	prediction *of;
} claim;

static int predict(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const claim *c = params;
	place here, there;
	if (walk(x, &here, &there))
		return 1;
	gradient(x, &there);
	gsl_matrix_set(g[RATE], 0, 0, c->of(x, &here, &there));
	place_free(&here);
	place_free(&there);
	return 0;
}

#define PREDICTION(name)                                                                                     \
	static double name(UNUSED const gsl_matrix *const x[], UNUSED place *here, UNUSED place *there)

PREDICTION(first_order) { return -inner(here->G_W, here->G_W) - inner(here->G_b, here->G_b); }
PREDICTION(along) { return -inner(there->G_W, here->G_W) - inner(there->G_b, here->G_b); }

/* What a tired hand writes instead. */
PREDICTION(uphill) { return -first_order(x, here, there); }
PREDICTION(length) { return -sqrt(-first_order(x, here, there)); }
PREDICTION(weights_only) { return -inner(here->G_W, here->G_W); }
PREDICTION(sum_of_samples) { return first_order(x, here, there) * (double)x[X]->size2; }
PREDICTION(at_the_end) { return -inner(there->G_W, there->G_W) - inner(there->G_b, there->G_b); }

/* W first, and then b by a gradient taken at the new W. */
PREDICTION(one_after_the_other)
{
	double weights = inner(there->G_W, here->G_W);
	gsl_matrix_memcpy(here->W, there->W);
	gradient(x, here);
	return -weights - inner(there->G_b, here->G_b);
}

#define CLAIM(fn) {.value = predict, .params = &(claim){fn}}

static const hg_stage stage[] = {
	{.name = "here", .wrt = "r", .formula = "\\phi'(0) = -\\|G_W\\|^2 - \\|G_b\\|^2", .f = {.value = phi},
     .g = CLAIM(first_order)},
	{.name = "there", .wrt = "r",
	 .formula = "\\phi'(r) = -\\langle G_W(r), G_W \\rangle - \\langle G_b(r), G_b \\rangle",
     .f = {.value = phi}, .g = CLAIM(along)},
};

static const hg_twin twin[] = {
	{"here", "sign", "\\phi'(0) = \\|G_W\\|^2 + \\|G_b\\|^2", CLAIM(uphill)},
	{"here", "lost-square", "\\phi'(0) = -\\sqrt{\\|G_W\\|^2 + \\|G_b\\|^2}", CLAIM(length)},
	{"here", "lost-term", "\\phi'(0) = -\\|G_W\\|^2", CLAIM(weights_only)},
	{"here", "missing-mean", "\\phi'(0) = -m (\\|G_W\\|^2 + \\|G_b\\|^2)", CLAIM(sum_of_samples)},
	{"there", "wrong-variable", "\\phi'(r) = -\\|G_W\\|^2 - \\|G_b\\|^2", CLAIM(first_order)},
	{"there", "extra-square", "\\phi'(r) = -\\|G_W(r)\\|^2 - \\|G_b(r)\\|^2", CLAIM(at_the_end)},
	{"there", "stale-weights", "W \\leftarrow W - r G_W, \\ b \\leftarrow b - r G_b(new\\ W)",
	 CLAIM(one_after_the_other)},
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	static const double rate[] = {0, 0, 0.731, 0.0613, 1.385};
	static const struct shape {
		size_t k, n, m;
		const char *label;
	} shapes[] = {
		{3, 2, 5, "batch 5"}, {4, 3, 2, "batch 2"}, {3, 1, 5, "batch 5, one output"}, {3, 2, 1, "one sample"},
	};
	const struct shape *s = &shapes[k % COUNT(shapes)];
	gsl_matrix *x;
	double r = rate[k % COUNT(rate)];
	at->label = s->label;
	at->stages = r > 0 ? "there" : "here";
	TRY(draw_block(at, "X", s->k, s->m, NORMAL, 0.8, rng, &x));
	TRY(draw_block(at, "W", s->n, s->k, NORMAL, 0.5, rng, &x));
	TRY(draw_block(at, "b", s->n, 1, NORMAL, 0.5, rng, &x));
	TRY(draw_value(at, "r", r));
	return draw_block(at, "Y", s->n, s->m, HARD, 1, rng, &x);
}

const hg_derivation hg_derivation_gradient_step = {
	"gradient_step", "one step of gradient descent",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
