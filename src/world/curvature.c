/* Second derivatives in a world: d2f/dx dy of a number f, by differences of eighth order along both. */
#include "world/world.h"

#include <math.h>

enum { REACH = HG_SECOND_REACH, MOST_PAIRS = 64 };

typedef struct two {
	hg_tape *tape;
	hg_node to;
	hg_cut by[2];
	hg_plan plan[2];
} two;

static double *entry_of(const two *t, size_t side, size_t i)
{
	const hg_cut *c = &t->by[side];
	return gsl_matrix_ptr(hg_tape_value(t->tape, c->node), c->row + i / c->cols, c->col + i % c->cols);
}

static double value_now(const two *t)
{
	hg_tape_play(t->tape, &t->plan[0]);
	hg_tape_play(t->tape, &t->plan[1]);
	return hg_tape_value(t->tape, t->to)->data[0];
}

/* sum_k w_k f(x + k hx, y + k hy): the curvature along that direction; y may be NULL. */
static double along(const two *t, double *x, double hx, double *y, double hy)
{
	double ax = *x, ay = y ? *y : 0, sum = 0;
	for (int k = -REACH; k <= REACH; k++) {
		*x = ax + k * hx;
		if (y)
			*y = ay + k * hy;
		sum += hg_second_weights[k < 0 ? -k : k] * value_now(t);
	}
	*x = ax;
	if (y)
		*y = ay;
	return sum;
}

/* Of two entries the difference of the curvatures along both diagonals is four times the mixed one. */
static double by_steps(const two *t, double *x, double *y, double share)
{
	double hx = share * hg_second_step(*x), hy = share * hg_second_step(*y);
	if (x == y)
		return along(t, x, hx, NULL, 0) / (hx * hx);
	return (along(t, x, hx, y, hy) - along(t, x, hx, y, -hy)) / (4 * hx * hy);
}

/* NaN where half the steps say otherwise: a kink lies between. */
static double entry(const two *t, double *x, double *y)
{
	double whole = by_steps(t, x, y, 1), half = by_steps(t, x, y, 0.5);
	return hg_second_agree(whole, half) ? whole : NAN;
}

static bool is_vector(hg_shape s) { return s.rows == 1 || s.cols == 1; }

/* n x k of the entries of two vectors; of one of them, where the other is a number. */
static hg_shape shape_of(hg_shape a, hg_shape b)
{
	if (b.rows * b.cols == 1)
		return a;
	if (a.rows * a.cols == 1)
		return b;
	return (hg_shape){a.rows * a.cols, b.rows * b.cols, a.rows > 1 ? a.raxis : a.caxis, b.rows > 1 ? b.raxis : b.caxis};
}

hg_node hg_scene_curvature(hg_eval *ev, const hg_expr *e)
{
	hg_scene *scene = ev->self;
	const hg_expr *inner = hg_eval_bare(ev, e->kid[0]);
	two t = {.tape = scene->world->tape};
	hg_shape shape[2];
	const hg_var *v[2];
	if (inner->op != HG_OP_DERIV || inner->nkids < 2 || e->nkids < 2)
		return hg_eval_fail(ev, e, HG_CAUSE_DERIVATIVE_OF_DERIVATIVE);
	if (!hg_scene_cut(ev, inner->kid[1], &t.by[0], &shape[0], &v[0]) || !hg_scene_cut(ev, e->kid[1], &t.by[1], &shape[1], &v[1]) ||
	    !hg_scene_target(ev, inner->kid[0], inner->kid[1], v[0], &t.to))
		return HG_NODE_NONE;
	size_t n = t.by[0].rows * t.by[0].cols, k = t.by[1].rows * t.by[1].cols;
	if (!hg_tape_is_scalar(t.tape, t.to) || !is_vector(shape[0]) || !is_vector(shape[1]) || n * k > MOST_PAIRS)
		return hg_eval_fail(ev, e, HG_CAUSE_DERIVATIVE_OF_DERIVATIVE);
	for (size_t s = 0; s < 2; s++)
		if (hg_tape_plan(t.tape, t.by[s].node, t.to, ev->arena, &t.plan[s]) != HG_OK)
			return hg_eval_fail(ev, e, HG_CAUSE_OUT_OF_MEMORY);
	if (hg_plan_has(&t.plan[0], t.by[1].node) || hg_plan_has(&t.plan[1], t.by[0].node)) /* the one is computed from the other */
		return hg_eval_fail(ev, e, HG_CAUSE_DERIVATIVE_OF_DERIVATIVE);
	double *all = HG_NEWS(ev->arena, n * k, double);
	if (!all)
		return hg_eval_fail(ev, e, HG_CAUSE_OUT_OF_MEMORY);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < k; j++) {
			all[i * k + j] = n == k && j < i && entry_of(&t, 0, 0) == entry_of(&t, 1, 0) ? all[j * k + i] : entry(&t, entry_of(&t, 0, i), entry_of(&t, 1, j));
		}
	value_now(&t);
	for (size_t i = 0; i < n * k; i++)
		if (!isfinite(all[i]))
			return hg_eval_fail(ev, e, HG_CAUSE_DERIVATIVE_OF_DERIVATIVE);
	ev->differenced = true;
	return hg_tape_leaf(t.tape, shape_of(shape[0], shape[1]), all);
}
