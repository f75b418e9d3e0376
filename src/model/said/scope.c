/* How far a sum of a definition reaches: \sum_i y_i log a_i + (1 - y_i) log(1 - a_i) means both terms, for outside
 * of the sum its letter would mean nothing. */
#include "model/said/sums.h"

static bool is_letter(const hg_expr *e, hg_str letter) { return e->op == HG_OP_NAME && !e->nindex && hg_str_equal(e->name, letter); }

const hg_expr *hg_sum_letter(const hg_expr *sum)
{
	const hg_expr *c = sum->nkids > 1 ? sum->kid[1] : NULL;
	if (c && c->op == HG_OP_COMPARE)
		c = c->kid[0];
	return c && c->op == HG_OP_NAME && !c->nindex ? c : NULL;
}

static hg_str letter_of(const hg_expr *sum)
{
	const hg_expr *letter = hg_sum_letter(sum);
	return letter ? letter->name : (hg_str){0};
}

/* Does it index something in e, outside of a sum of its own? */
static bool indexes(const hg_expr *e, hg_str letter)
{
	if (e->op == HG_OP_SUM && hg_str_equal(letter_of(e), letter))
		return false;
	for (size_t i = 0; i < e->nindex; i++)
		if (is_letter(e->index[i].e, letter) || indexes(e->index[i].e, letter))
			return true;
	if (e->op == HG_OP_SLICE)
		for (size_t i = 1; i < e->nkids; i++)
			if (is_letter(e->kid[i], letter))
				return true;
	for (size_t i = 0; e->op == HG_OP_LIST && i < e->nkids; i++)
		if (is_letter(e->kid[i], letter))
			return true;
	for (size_t i = 0; i < e->nkids; i++)
		if (indexes(e->kid[i], letter))
			return true;
	return false;
}

/* The sum a term ends with: -(1/m) \\sum_i ... */
static hg_expr *last_sum(hg_expr *e)
{
	while ((e->op == HG_OP_NEG || (e->op == HG_OP_PRODUCT && e->glue[e->nkids - 2] != HG_GLUE_DIV)) && !e->bracketed)
		e = e->op == HG_OP_NEG ? e->kid[0] : e->kid[e->nkids - 1];
	return e->op == HG_OP_SUM && !e->bracketed && !e->kid[0]->bracketed ? e : NULL;
}

const hg_expr *hg_sum_reach(const hg_expr *e, hg_arena *arena)
{
	if (e->op != HG_OP_SUM_OF)
		return e;
	hg_expr *first = hg_expr_copy(arena, e->kid[0]), *sum = first ? last_sum(first) : NULL;
	hg_str letter = sum ? letter_of(sum) : (hg_str){0};
	size_t n = 1; /* the terms the sum reaches */
	while (n < e->nkids && letter.n && indexes(e->kid[n], letter))
		n++;
	hg_expr *body = n > 1 ? hg_expr_new(arena, HG_OP_SUM_OF, e->span, n) : NULL;
	hg_expr *rest = n < e->nkids ? hg_expr_new(arena, HG_OP_SUM_OF, e->span, e->nkids - n + 1) : NULL;
	if (!body || (n < e->nkids && !rest))
		return e;
	body->kid[0] = sum->kid[0];
	for (size_t i = 1; i < n; i++)
		body->kid[i] = e->kid[i];
	sum->kid[0] = (hg_expr *)hg_sum_reach(body, arena); /* a sum within the sum reaches as far */
	if (!rest)
		return first;
	rest->kid[0] = first;
	for (size_t i = n; i < e->nkids; i++)
		rest->kid[i - n + 1] = e->kid[i];
	return rest;
}
