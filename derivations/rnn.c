/* rnn: a recurrent network over 3 steps with a free start h_0, and backpropagation through time. The columns of X and
 * Y are the steps; e_t is a disturbance of step t, by which dz_t is found.
 *
 *   z_t = W x_t + U h_{t-1} + b + e_t,   h_t = tanh(z_t),   L = 1/2 sum_t |h_t - y_t|^2
 *
 *   h_t reaches L by its own term and by all later steps through z_{t+1}:
 *   dh_t = (h_t - y_t) + U^T dz_{t+1},   dz_4 = 0
 *   dz_t = dh_t o (1 - h_t^2)
 *   dW   = sum_t dz_t x_t^T      dU = sum_t dz_t h_{t-1}^T      db = sum_t dz_t      one term for each step,
 *   dh_0 = U^T dz_1                                             since W, U, b are the same in all
 */
#include "draw.h"
#include <math.h>

enum { X, W, U, B, H0, E, Y }; /* the blocks */
enum { STEPS = 3, MOST = 4 };

#define GET(block, row, column) gsl_matrix_get(x[block], row, column)

/* Step t is column t - 1 of X, E and Y. */
typedef struct pass {
	double h[STEPS + 1][MOST], dh[STEPS + 1][MOST], dz[STEPS + 2][MOST];
	size_t n;
} pass;

static void forward(const gsl_matrix *const x[], pass *p)
{
	p->n = x[W]->size1;
	for (size_t i = 0; i < p->n; i++)
		p->h[0][i] = GET(H0, i, 0);
	for (size_t t = 1; t <= STEPS; t++)
		for (size_t i = 0; i < p->n; i++) {
			double z = GET(B, i, 0) + GET(E, i, t - 1);
			for (size_t k = 0; k < x[X]->size1; k++)
				z += GET(W, i, k) * GET(X, k, t - 1);
			for (size_t k = 0; k < p->n; k++)
				z += GET(U, i, k) * p->h[t - 1][k];
			p->h[t][i] = tanh(z);
		}
}

static int L(const gsl_matrix *const x[], void *params, double *f)
{
	pass p;
	(void)params;
	forward(x, &p);
	*f = 0;
	for (size_t t = 1; t <= STEPS; t++)
		for (size_t i = 0; i < p.n; i++)
			*f += (p.h[t][i] - GET(Y, i, t - 1)) * (p.h[t][i] - GET(Y, i, t - 1)) / 2;
	return 0;
}

/* Ways to go wrong on the way back. */
typedef enum way { RIGHT, NO_FUTURE, LAST_ALONE, NO_SLOPE, NO_SQUARE, NOT_TURNED, MINUS } way;

/* From the last step to the first: dz of a step is known before dh of the one before it. */
static void backward(const gsl_matrix *const x[], way by, pass *p)
{
	for (size_t i = 0; i < p->n; i++)
		p->dz[STEPS + 1][i] = 0;
	for (size_t t = STEPS; t >= 1; t--)
		for (size_t i = 0; i < p->n; i++) {
			double h = p->h[t][i], own = h - GET(Y, i, t - 1), later = 0;
			for (size_t k = 0; by != NO_FUTURE && k < p->n; k++)
				later += (by == NOT_TURNED ? GET(U, i, k) : GET(U, k, i)) * p->dz[t + 1][k];
			p->dh[t][i] = (by == MINUS ? -own : by == LAST_ALONE && t < STEPS ? 0 : own) + later;
			p->dz[t][i] = p->dh[t][i] * (by == NO_SLOPE ? 1 : by == NO_SQUARE ? 1 - h : 1 - h * h);
		}
}

typedef double from_pass(const gsl_matrix *const x[], const pass *p, size_t i, size_t j);

typedef struct claim {
	from_pass *of;
	size_t block;
	way by;
} claim;

static int gradient(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const claim *c = params;
	pass p;
	forward(x, &p);
	backward(x, c->by, &p);
	for (size_t i = 0; i < g[c->block]->size1; i++)
		for (size_t j = 0; j < g[c->block]->size2; j++)
			gsl_matrix_set(g[c->block], i, j, c->of(x, &p, i, j));
	return 0;
}

#define CLAIM(...) {.value = gradient, .params = &(claim){__VA_ARGS__}}
#define FROM_PASS(name)                                                                                      \
	static double name(UNUSED const gsl_matrix *const x[], const pass *p, size_t i, UNUSED size_t j)

FROM_PASS(dz) { return p->dz[j + 1][i]; }

FROM_PASS(dW)
{
	double sum = 0;
	for (size_t t = 1; t <= STEPS; t++)
		sum += p->dz[t][i] * GET(X, j, t - 1);
	return sum;
}

FROM_PASS(dU)
{
	double sum = 0;
	for (size_t t = 1; t <= STEPS; t++)
		sum += p->dz[t][i] * p->h[t - 1][j];
	return sum;
}

FROM_PASS(db)
{
	double sum = 0;
	for (size_t t = 1; t <= STEPS; t++)
		sum += p->dz[t][i];
	return sum;
}

FROM_PASS(dh0)
{
	double sum = 0;
	for (size_t k = 0; k < p->n; k++)
		sum += GET(U, k, i) * p->dz[1][k];
	return sum;
}

/* What a tired hand writes instead. */
FROM_PASS(dW_last) { return p->dz[STEPS][i] * GET(X, j, STEPS - 1); }
FROM_PASS(dU_last) { return p->dz[STEPS][i] * p->h[STEPS - 1][j]; }
FROM_PASS(dU_same_step)
{
	double sum = 0;
	for (size_t t = 1; t <= STEPS; t++)
		sum += p->dz[t][i] * p->h[t][j];
	return sum;
}
FROM_PASS(db_last) { return p->dz[STEPS][i]; }
FROM_PASS(db_mean) { return db(x, p, i, j) / STEPS; }
FROM_PASS(dh0_not_turned)
{
	double sum = 0;
	for (size_t k = 0; k < p->n; k++)
		sum += GET(U, i, k) * p->dz[1][k];
	return sum;
}
FROM_PASS(dh0_no_U) { return p->dz[1][i]; }

static const hg_stage stage[] = {
	{.name = "dz", .wrt = "E", .formula = "dz_t = (h_t - y_t + U^T dz_{t+1}) \\odot (1 - h_t^2)", .f = {.value = L},
	 .g = CLAIM(dz, E, RIGHT)},
	{.name = "dW", .wrt = "W", .formula = "dW = \\sum_t dz_t x_t^T", .f = {.value = L}, .g = CLAIM(dW, W, RIGHT),
	 .uses = "dz"},
	{.name = "dU", .wrt = "U", .formula = "dU = \\sum_t dz_t h_{t-1}^T", .f = {.value = L},
	 .g = CLAIM(dU, U, RIGHT), .uses = "dz"},
	{.name = "db", .wrt = "b", .formula = "db = \\sum_t dz_t", .f = {.value = L}, .g = CLAIM(db, B, RIGHT),
	 .uses = "dz"},
	{.name = "dh0", .wrt = "h0", .formula = "dh_0 = U^T dz_1", .f = {.value = L}, .g = CLAIM(dh0, H0, RIGHT),
	 .uses = "dz"},
};

static const hg_twin twin[] = {
	{"dz", "lost-term", "dz_t = (h_t - y_t) \\odot (1 - h_t^2)", CLAIM(dz, E, NO_FUTURE)},
	{"dz", "lost-term", "dz_t = U^T dz_{t+1} \\odot (1 - h_t^2)", CLAIM(dz, E, LAST_ALONE)},
	{"dz", "lost-factor", "dz_t = h_t - y_t + U^T dz_{t+1}", CLAIM(dz, E, NO_SLOPE)},
	{"dz", "lost-square", "dz_t = (h_t - y_t + U^T dz_{t+1}) \\odot (1 - h_t)", CLAIM(dz, E, NO_SQUARE)},
	{"dz", "missing-transpose", "dz_t = (h_t - y_t + U dz_{t+1}) \\odot (1 - h_t^2)", CLAIM(dz, E, NOT_TURNED)},
	{"dz", "sign", "dz_t = (y_t - h_t + U^T dz_{t+1}) \\odot (1 - h_t^2)", CLAIM(dz, E, MINUS)},
	{"dW", "missing-sum-samples", "dW = dz_3 x_3^T", CLAIM(dW_last, W, RIGHT)},
	{"dW", "lost-term", "dW = \\sum_t ((h_t - y_t) \\odot (1 - h_t^2)) x_t^T", CLAIM(dW, W, NO_FUTURE)},
	{"dW", "lost-factor", "dW = \\sum_t dh_t x_t^T", CLAIM(dW, W, NO_SLOPE)},
	{"dU", "wrong-layer", "dU = \\sum_t dz_t h_t^T", CLAIM(dU_same_step, U, RIGHT)},
	{"dU", "missing-sum-samples", "dU = dz_3 h_2^T", CLAIM(dU_last, U, RIGHT)},
	{"dU", "lost-term", "dU = \\sum_t ((h_t - y_t) \\odot (1 - h_t^2)) h_{t-1}^T", CLAIM(dU, U, NO_FUTURE)},
	{"db", "missing-sum-samples", "db = dz_3", CLAIM(db_last, B, RIGHT)},
	{"db", "extra-mean", "db = \\frac{1}{3} \\sum_t dz_t", CLAIM(db_mean, B, RIGHT)},
	{"dh0", "missing-transpose", "dh_0 = U dz_1", CLAIM(dh0_not_turned, H0, RIGHT)},
	{"dh0", "lost-factor", "dh_0 = dz_1", CLAIM(dh0_no_U, H0, RIGHT)},
	{"dh0", "sign", "dh_0 = -U^T dz_1", CLAIM(dh0, H0, MINUS)},
};

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	size_t n = k % 2 ? 4 : 2;
	gsl_matrix *x;
	at->label = "3 steps; U is square";
	TRY(draw_block(at, "X", 5, STEPS, NORMAL, 1, rng, &x));
	TRY(draw_block(at, "W", n, 5, NORMAL, 0.4, rng, &x));
	TRY(draw_block(at, "U", n, n, NORMAL, 0.6, rng, &x));
	TRY(draw_block(at, "b", n, 1, NORMAL, 0.5, rng, &x));
	TRY(draw_block(at, "h0", n, 1, NORMAL, 0.7, rng, &x));
	TRY(draw_block(at, "E", n, STEPS, NORMAL, 0.3, rng, &x));
	return draw_block(at, "Y", n, STEPS, NORMAL, 1, rng, &x);
}

const hg_derivation hg_derivation_rnn = {
	"rnn", "a recurrent network over three steps, backpropagation through time",
	stage, COUNT(stage), twin, COUNT(twin), 24, point,
};
