/* What of a step's value some entries of its operands reach: the parts of the others stay as they are. */
#include "eval/kernels.h"

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }
static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

/* The smallest part that holds both; none has no rows. */
static hg_cut both(hg_cut a, hg_cut b)
{
	if (!a.rows || !b.rows)
		return a.rows ? a : b;
	const size_t row = smaller(a.row, b.row), col = smaller(a.col, b.col);
	return (hg_cut){b.node, row, col, larger(a.row + a.rows, b.row + b.rows) - row, larger(a.col + a.cols, b.col + b.cols) - col};
}

/* A row, a column or a number is repeated along the other. */
static hg_cut spread(hg_cut whole, hg_cut c, hg_shape from)
{
	if (from.rows == whole.rows)
		whole.row = c.row, whole.rows = c.rows;
	if (from.cols == whole.cols)
		whole.col = c.col, whole.cols = c.cols;
	return whole;
}

static hg_cut within_part(const hg_step *s, hg_cut whole, hg_cut c)
{
	const size_t top = larger(c.row, (size_t)s->p), bottom = smaller(c.row + c.rows, (size_t)s->p + whole.rows);
	const size_t left = larger(c.col, (size_t)s->q), right = smaller(c.col + c.cols, (size_t)s->q + whole.cols);
	if (top >= bottom || left >= right)
		return (hg_cut){.node = whole.node};
	return (hg_cut){whole.node, top - (size_t)s->p, left - (size_t)s->q, bottom - top, right - left};
}

/* What the part c of operand k reaches. */
static hg_cut from_operand(const hg_step *s, hg_cut whole, size_t k, hg_cut c, hg_step *const *at)
{
	const bool rows = s->op == HG_TAPE_SUM_ROWWISE || s->op == HG_TAPE_SOFTMAX_ROWS || (s->op == HG_TAPE_MATMUL && !k);
	const bool cols = s->op == HG_TAPE_SUM_COLWISE || s->op == HG_TAPE_SOFTMAX_COLS || (s->op == HG_TAPE_MATMUL && k);
	if (rows)
		whole.row = c.row, whole.rows = c.rows;
	else if (cols)
		whole.col = c.col, whole.cols = c.cols;
	else if (s->op == HG_TAPE_TRANSPOSE)
		return (hg_cut){whole.node, c.col, c.row, c.cols, c.rows};
	else if (s->op == HG_TAPE_PART)
		return within_part(s, whole, c);
	else if ((s->op >= HG_TAPE_FN && s->op <= HG_TAPE_SELECT))
		return spread(whole, c, at[s->arg[k]]->shape);
	return whole;
}

hg_cut hg_step_reached(const hg_step *s, hg_node node, const hg_plan *before, hg_step *const *at)
{
	const hg_cut whole = {node, 0, 0, s->shape.rows, s->shape.cols};
	hg_cut reached = {.node = node};
	for (size_t k = 0; k < s->nargs; k++) {
		const size_t slot = at[s->arg[k]]->slot;
		if (slot < before->n && before->step[slot].node == s->arg[k])
			reached = both(reached, from_operand(s, whole, k, before->step[slot], at));
	}
	return reached;
}
