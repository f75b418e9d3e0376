/* Sums and products over an index, or over everything. */
#include "eval/eval.h"

enum { MOST_WRITTEN = 12 }; /* steps that somebody numbers and writes out */

/* The index of a sum: `i`, `i = 1`, `k != i`, `i in S`; NULL where none is written. */
static const hg_expr *index_of(const hg_expr *e, const hg_expr **condition)
{
	*condition = NULL;
	if (e->nkids < 2)
		return NULL;
	const hg_expr *c = e->kid[1];
	if (c->op == HG_OP_COMPARE) {
		if (!hg_str_is(c->word, "=") && !hg_str_is(c->word, HG_W_IN))
			*condition = c;
		c = c->kid[0];
	}
	return c->op == HG_OP_NAME && !c->nindex ? c : NULL;
}

/* sum over the axis written below: \sum_{axis=1} */
static const hg_expr *axis_below(const hg_expr *e)
{
	const hg_expr *c = e->nkids > 2 ? e->kid[1] : NULL;
	return c && c->op == HG_OP_NAME && hg_str_is(c->name, HG_W_AXIS) ? e->kid[2] : NULL;
}

/* The sum of the derivatives is the derivative of the sum. */
static hg_node sum_of_derivatives(hg_eval *ev, const hg_expr *e)
{
	const hg_expr *d = e->kid[0];
	hg_expr *outer = hg_expr_new(ev->arena, HG_OP_DERIV, e->span, d->nkids), *sum = hg_expr_new(ev->arena, HG_OP_SUM, e->span, 1);
	if (!outer || !sum)
		return HG_NODE_NONE;
	outer->word = d->word;
	sum->kid[0] = d->kid[0];
	outer->kid[0] = sum;
	for (size_t i = 1; i < d->nkids; i++)
		outer->kid[i] = d->kid[i];
	return ev->deriv(ev, outer);
}

static hg_node over_everything(hg_eval *ev, const hg_expr *e, const hg_expr *axis)
{
	if (e->kid[0]->op == HG_OP_DERIV && !axis && e->kid[0]->kid[0]->op != HG_OP_NAME)
		return sum_of_derivatives(ev, e);
	hg_node x = hg_eval_expr(ev, e->kid[0]);
	if (x < 0)
		return x;
	hg_tape_op op = HG_TAPE_SUM;
	if (axis)
		op = axis->op == HG_OP_NUM && axis->number == 0 ? HG_TAPE_SUM_COLWISE : HG_TAPE_SUM_ROWWISE;
	return hg_tape_unary(ev->tape, op, x);
}

static hg_expr *number(hg_eval *ev, hg_span span, double value)
{
	hg_expr *e = hg_expr_new(ev->arena, HG_OP_NUM, span, 0);
	const char *text = e ? hg_arena_print(ev->arena, "%.0f", value) : NULL;
	if (!text)
		return NULL;
	e->name = hg_str_of(text);
	e->number = value;
	e->digits = -1;
	return e;
}

/* The tree with a number for the letter; where that makes an index of numbers alone, its value: a_{t-1} is a_2 for t = 3. */
static hg_expr *with_number(hg_eval *ev, const hg_expr *e, hg_str letter, double value)
{
	if (e->op == HG_OP_NAME && !e->nindex && hg_str_equal(e->name, letter))
		return number(ev, e->span, value);
	hg_expr *copy = hg_expr_copy(ev->arena, e);
	for (size_t i = 0; copy && i < copy->nkids; i++)
		if (!(copy->kid[i] = with_number(ev, e->kid[i], letter, value)))
			return NULL;
	for (size_t i = 0; copy && i < copy->nindex; i++) {
		hg_expr *index = with_number(ev, e->index[i].e, letter, value);
		const hg_expr *a = index && index->op == HG_OP_SUM_OF && index->nkids == 2 ? index->kid[0] : NULL, *b = a ? index->kid[1] : NULL;
		const bool less = b && b->op == HG_OP_NEG;
		b = less ? b->kid[0] : b;
		if (a && a->op == HG_OP_NUM && b->op == HG_OP_NUM)
			index = number(ev, index->span, a->number + (less ? -b->number : b->number));
		copy->index[i].e = index;
		if (!index)
			return NULL;
	}
	return copy;
}

/* From a number to a number of names that differ by their numbers, e_1 and e_2: term by term, each with its own put in. */
static hg_node by_numbers(hg_eval *ev, const hg_expr *e, const hg_expr *index)
{
	const hg_expr *lower = e->nkids > 3 ? e->kid[2] : NULL, *upper = lower ? e->kid[3] : NULL;
	if (!upper || lower->op != HG_OP_NUM || upper->op != HG_OP_NUM || lower->digits >= 0 || upper->digits >= 0 || upper->number - lower->number > MOST_WRITTEN)
		return HG_NODE_NONE;
	hg_node total = HG_NODE_NONE;
	for (double k = lower->number; k <= upper->number; k++) {
		const hg_expr *body = with_number(ev, e->kid[0], index->name, k);
		hg_node term = body ? hg_eval_expr(ev, body) : HG_NODE_NONE;
		total = term < 0 || k <= lower->number ? term : hg_tape_binary(ev->tape, e->op == HG_OP_SUM ? HG_TAPE_ADD : HG_TAPE_MUL, total, term);
		if (total < 0)
			return total;
	}
	return total;
}

hg_node hg_eval_sum(hg_eval *ev, const hg_expr *e)
{
	const hg_expr *condition, *index = index_of(e, &condition), *axis = axis_below(e);
	if (axis || !index) {
		if (e->op == HG_OP_PROD || (e->nkids > 1 && !axis))
			return hg_eval_fail(ev, e, HG_CAUSE_SUM_INDEX);
		return over_everything(ev, e, axis);
	}
	hg_local letter = {.name = index->name, .node = HG_NODE_NONE, .first = !ev->code, .axis = HG_AXIS_OPEN, .outer = ev->local};
	size_t n = 0, first = 0;
	if (!ev->range(ev, e, index->name, &n, &first, &letter.axis))
		return hg_eval_fail(ev, e, HG_CAUSE_SUM_LENGTH);
	hg_node total = hg_tape_number(ev->tape, e->op == HG_OP_SUM ? 0 : 1);
	ev->local = &letter;
	for (size_t i = first; i < n && total >= 0; i++) {
		letter.index = i;
		hg_node term = hg_eval_expr(ev, e->kid[0]), when = term >= 0 && condition ? hg_eval_expr(ev, condition) : term;
		if (term >= 0 && condition && when >= 0)
			term = hg_tape_binary(ev->tape, HG_TAPE_MUL, when, term);
		bool start = i == first;
		total = term < 0 || when < 0 ? HG_NODE_NONE
		        : start ? term
		                : hg_tape_binary(ev->tape, e->op == HG_OP_SUM ? HG_TAPE_ADD : HG_TAPE_MUL, total, term);
	}
	ev->local = letter.outer;
	const hg_cause trouble = ev->trouble;
	const hg_expr *at = ev->at;
	if (total < 0 && !condition) {
		ev->trouble = HG_CAUSE_NONE;
		total = by_numbers(ev, e, index);
		if (total < 0)
			ev->trouble = trouble, ev->at = at;
	}
	return total < 0 ? hg_eval_fail(ev, e, HG_CAUSE_SUM_TERMS) : total;
}
