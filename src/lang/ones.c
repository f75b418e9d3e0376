#include "lang/ones.h"

#include <string.h>

static const hg_expr *inside(const hg_expr *e)
{
	while (e->op == HG_OP_BOX || e->op == HG_OP_BRACE)
		e = e->kid[0];
	return e;
}

static bool is_ones(const hg_expr *e)
{
	e = inside(e);
	bool one = (e->op == HG_OP_NAME || e->op == HG_OP_NUM) && hg_str_is(e->name, "1");
	bool sized = e->nindex == 1 && !e->index[0].sup && e->index[0].e->op == HG_OP_NAME;
	return one && ((e->accent & (HG_BOLD | HG_BLACKBOARD | HG_VEC)) || sized);
}

/* Turned, a plain 1 can be nothing else: 1^T v. */
static bool is_row_of_ones(const hg_expr *e)
{
	e = inside(e);
	if (e->op == HG_OP_TRANSPOSE && inside(e->kid[0])->op == HG_OP_NUM && hg_str_is(inside(e->kid[0])->name, "1"))
		return true;
	bool power = e->op == HG_OP_POW && e->kid[1]->op == HG_OP_NAME && hg_str_is(e->kid[1]->name, HG_L_TRANSPOSED);
	return (e->op == HG_OP_TRANSPOSE || power) && is_ones(e->kid[0]);
}

static hg_expr *leaf(hg_arena *arena, hg_op op, hg_str name, hg_span span)
{
	hg_expr *e = hg_expr_new(arena, op, span, 0);
	if (e) {
		e->name = name;
		e->digits = -1;
	}
	return e;
}

static hg_expr *keyword(hg_arena *arena, hg_str word, hg_expr *value)
{
	hg_expr *e = value ? hg_expr_new(arena, HG_OP_KWARG, value->span, 1) : NULL;
	if (e) {
		e->word = word;
		e->kid[0] = value;
	}
	return e;
}

/* kids [from, to) of a product, as one. */
static hg_expr *part(hg_arena *arena, const hg_expr *product, size_t from, size_t to)
{
	if (to == from + 1)
		return product->kid[from];
	hg_span span = {product->kid[from]->span.at, product->kid[to - 1]->span.at + product->kid[to - 1]->span.n - product->kid[from]->span.at};
	hg_expr *e = hg_expr_new(arena, HG_OP_PRODUCT, span, to - from);
	if (!e)
		return NULL;
	memcpy(e->kid, product->kid + from, (to - from) * sizeof *e->kid);
	memcpy(e->glue, product->glue + from, (to - from - 1) * sizeof *e->glue);
	return e;
}

/* sum(of, axis=..., keepdims=True) */
static hg_expr *added(hg_arena *arena, hg_expr *of, int axis)
{
	hg_expr *e = of ? hg_expr_new(arena, HG_OP_CALL, of->span, 4) : NULL, *number;
	if (!e)
		return NULL;
	e->kid[0] = leaf(arena, HG_OP_NAME, HG_STR(HG_L_SUM), of->span);
	e->kid[1] = of;
	e->kid[2] = keyword(arena, HG_STR(HG_W_AXIS), number = leaf(arena, HG_OP_NUM, axis ? HG_STR("1") : HG_STR("0"), of->span));
	e->kid[3] = keyword(arena, HG_STR(HG_W_KEEPDIMS), leaf(arena, HG_OP_NAME, HG_STR(HG_W_TRUE), of->span));
	if (!e->kid[0] || !e->kid[2] || !e->kid[3])
		return NULL;
	number->number = axis;
	return e;
}

static bool joined(const hg_expr *product, size_t i)
{
	hg_glue g = product->glue[i];
	return g == HG_GLUE_NONE || g == HG_GLUE_CDOT || g == HG_GLUE_AT || g == HG_GLUE_DOT;
}

static bool has_name(const hg_expr *product, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (product->kid[i]->op != HG_OP_NUM && product->kid[i]->op != HG_OP_FRAC)
			return true;
	return false;
}

/* Puts one node where kids [from, to) stood. */
static void put(hg_expr *product, size_t from, size_t to, hg_expr *one)
{
	size_t gone = to - from - 1;
	product->kid[from] = one;
	for (size_t i = from + 1; i + gone < product->nkids; i++)
		product->kid[i] = product->kid[i + gone];
	for (size_t i = from; i + gone + 1 < product->nkids; i++)
		product->glue[i] = product->glue[i + gone];
	product->nkids -= gone;
}

/* Behind a bracket, with no sign between, a plain 1 multiplies nothing: (P - Y) 1. */
static bool is_last_one(const hg_expr *e, size_t i)
{
	return i && i + 1 == e->nkids && e->glue[i - 1] == HG_GLUE_NONE && e->kid[i - 1]->bracketed && e->kid[i]->op == HG_OP_NUM &&
	       !e->kid[i]->bracketed && !e->kid[i]->nindex && hg_str_is(e->kid[i]->name, "1");
}

bool hg_ones_take(hg_expr *e, hg_arena *arena)
{
	for (size_t i = 0; e->op == HG_OP_PRODUCT && i < e->nkids; i++) {
		bool before = i && joined(e, i - 1), after = i + 1 < e->nkids && joined(e, i);
		if ((is_ones(e->kid[i]) || is_last_one(e, i)) && before && has_name(e, 0, i)) {
			hg_expr *sum = added(arena, part(arena, e, 0, i), 1);
			if (!sum)
				return false;
			put(e, 0, i + 1, sum);
			i = 0;
		} else if (is_row_of_ones(e->kid[i]) && after && has_name(e, i + 1, e->nkids)) {
			hg_expr *rest = part(arena, e, i + 1, e->nkids), *sum;
			if (!rest || !hg_ones_take(rest, arena) || !(sum = added(arena, rest, 0)))
				return false;
			put(e, i, e->nkids, sum);
		} else if ((is_ones(e->kid[i]) && after) || (is_row_of_ones(e->kid[i]) && before)) {
			size_t from = before ? i - 1 : i;
			put(e, from, from + 2, e->kid[before ? i - 1 : i + 1]);
			i = from;
		}
	}
	if (e->op == HG_OP_PRODUCT && e->nkids == 1) {
		bool bracketed = e->bracketed;
		*e = *e->kid[0];
		e->bracketed = bracketed;
	}
	return true;
}
