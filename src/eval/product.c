/* What a product means is decided by the shapes: a number times anything, a matrix product, or entry by entry. One
 * level, left to right, so that W^T (T - Y) o R X^T is ((W^T (T - Y)) o R) X^T; where that does not fit, any
 * bracketing that does. */
#include "eval/eval.h"

enum { MAX_FACTORS = 16, MAX_FREE_FACTORS = 7 };

static bool same_shape(hg_shape a, hg_shape b) { return a.rows == b.rows && a.cols == b.cols; }

static hg_node inner(hg_eval *ev, hg_node a, hg_node b)
{
	return hg_tape_unary(ev->tape, HG_TAPE_SUM, hg_tape_binary(ev->tape, HG_TAPE_MUL, a, b));
}

/* a (x) b where hands draw the sign of the entrywise product: two different vectors along one axis. Of vectors along two axes,
 * and of x with itself, it is the outer product. */
static bool outer_sign_for_entries(hg_node a, hg_node b, hg_shape s, hg_shape t)
{
	bool columns = s.cols == 1 && t.cols == 1 && s.raxis && s.raxis == t.raxis, rows = s.rows == 1 && t.rows == 1 && s.caxis && s.caxis == t.caxis;
	return a != b && same_shape(s, t) && (columns || rows);
}

hg_node hg_eval_multiply(hg_eval *ev, hg_glue glue, hg_node a, hg_node b)
{
	hg_tape *tape = ev->tape;
	hg_shape s = hg_tape_shape(tape, a), t = hg_tape_shape(tape, b);
	bool scalar = hg_tape_is_scalar(tape, a) || hg_tape_is_scalar(tape, b);
	if (glue == HG_GLUE_DIV)
		return hg_tape_binary(tape, HG_TAPE_DIV, a, b);
	if (scalar)
		return hg_tape_binary(tape, HG_TAPE_MUL, a, b);
	switch (glue) {
	case HG_GLUE_ODOT:
	case HG_GLUE_CIRC:
		if (!ev->code && !same_shape(s, t)) /* in formulas nobody spreads a column over a row */
			return HG_NODE_NONE;
		return hg_tape_binary(tape, HG_TAPE_MUL, a, b);
	case HG_GLUE_AT:
		return hg_tape_binary(tape, HG_TAPE_MATMUL, a, b);
	case HG_GLUE_OTIMES:
		if (outer_sign_for_entries(a, b, s, t))
			return hg_tape_binary(tape, HG_TAPE_MUL, a, b);
		if (s.cols == 1 && t.cols == 1)
			return hg_tape_binary(tape, HG_TAPE_MATMUL, a, hg_tape_unary(tape, HG_TAPE_TRANSPOSE, b));
		if (s.rows == 1 && t.rows == 1)
			return hg_tape_binary(tape, HG_TAPE_MATMUL, hg_tape_unary(tape, HG_TAPE_TRANSPOSE, a), b);
		return same_shape(s, t) ? hg_tape_binary(tape, HG_TAPE_MUL, a, b) : hg_tape_binary(tape, HG_TAPE_KRON, a, b);
	case HG_GLUE_STAR:
		if (same_shape(s, t) || (ev->code && hg_tape_broadcasts(tape, a, b)))
			return hg_tape_binary(tape, HG_TAPE_MUL, a, b);
		if (ev->code && !ev->loose_code)
			return HG_NODE_NONE;
		break;
	default:
		break;
	}
	if (s.cols == t.rows)
		return hg_tape_binary(tape, HG_TAPE_MATMUL, a, b);
	ev->minds |= same_shape(s, t) ? HG_MINDS_INNER : 0;
	if (same_shape(s, t))
		return ev->inner_products && (s.cols == 1 || s.rows == 1) ? inner(ev, a, b) : hg_tape_binary(tape, HG_TAPE_MUL, a, b);
	return HG_NODE_NONE;
}

typedef struct factors {
	size_t n;
	hg_node node[MAX_FACTORS];
	hg_glue glue[MAX_FACTORS]; /* between i and i + 1 */
} factors;

static hg_node left_to_right(hg_eval *ev, const factors *f)
{
	hg_node value = f->node[0];
	for (size_t i = 1; i < f->n && value >= 0; i++)
		value = hg_eval_multiply(ev, f->glue[i - 1], value, f->node[i]);
	return value;
}

/* Runs of factors without an entrywise sign first, then these. */
static hg_node runs_first(hg_eval *ev, const factors *f)
{
	factors runs = {.n = 0};
	for (size_t i = 0; i < f->n;) {
		hg_node run = f->node[i++];
		while (i < f->n && f->glue[i - 1] != HG_GLUE_ODOT && f->glue[i - 1] != HG_GLUE_CIRC && run >= 0)
			run = hg_eval_multiply(ev, f->glue[i - 1], run, f->node[i]), i++;
		if (run < 0)
			return run;
		runs.node[runs.n++] = run;
		if (i < f->n)
			runs.glue[runs.n - 1] = f->glue[i - 1];
	}
	return left_to_right(ev, &runs);
}

/* Any bracketing that fits, the later splits first: these are nearest to left to right. */
static hg_node any_bracketing(hg_eval *ev, const factors *f, size_t from, size_t to)
{
	if (to - from == 1)
		return f->node[from];
	for (size_t split = to - 1; split > from; split--) {
		if (f->glue[split - 1] == HG_GLUE_DIV && to - split > 1)
			continue;
		hg_node a = any_bracketing(ev, f, from, split), b = a < 0 ? a : any_bracketing(ev, f, split, to);
		hg_node product = b < 0 ? b : hg_eval_multiply(ev, f->glue[split - 1], a, b);
		if (product >= 0)
			return product;
	}
	return HG_NODE_NONE;
}

hg_node hg_eval_product(hg_eval *ev, const hg_expr *e)
{
	factors f = {.n = e->nkids};
	if (e->nkids > MAX_FACTORS)
		return hg_eval_fail(ev, e, HG_CAUSE_TOO_MANY_FACTORS);
	for (size_t i = 0; i < e->nkids; i++) {
		f.node[i] = hg_eval_expr(ev, e->kid[i]);
		if (f.node[i] < 0)
			return f.node[i];
		f.glue[i] = i + 1 < e->nkids ? e->glue[i] : HG_GLUE_NONE;
		ev->minds |= f.glue[i] == HG_GLUE_ODOT || f.glue[i] == HG_GLUE_CIRC ? HG_MINDS_ENTRYWISE : 0;
	}
	hg_node value = ev->hadamard_last ? runs_first(ev, &f) : left_to_right(ev, &f);
	if (value < 0)
		value = runs_first(ev, &f);
	if (value < 0 && f.n <= MAX_FREE_FACTORS)
		value = any_bracketing(ev, &f, 0, f.n);
	return value < 0 ? hg_eval_misfit(ev, e, HG_CAUSE_FACTORS_MISFIT) : value;
}
