#include "claim/solve.h"
#include "model/said/kinds.h"

static bool is_number(const hg_expr *e, double value) { return e->op == HG_OP_NUM && e->number == value; }

/* dL/dW, grad_w L, dW, delta. */
static bool is_derivative(hg_doc_model *model, const hg_expr *e)
{
	hg_ref ref;
	bool name = e->op == HG_OP_NAME || e->op == HG_OP_POW || e->op == HG_OP_SLICE;
	return (e->op == HG_OP_DERIV && e->nkids == 2) || (name && hg_is_gradient(model, e, &ref));
}

static bool is_composed(const hg_expr *e)
{
	return e->op == HG_OP_NEG || e->op == HG_OP_TRANSPOSE || e->op == HG_OP_FRAC || e->op == HG_OP_PRODUCT || e->op == HG_OP_SUM_OF || e->op == HG_OP_BOX;
}

static hg_expr *wrap(hg_arena *arena, hg_op op, const hg_expr *a, const hg_expr *b)
{
	hg_expr *e = a ? hg_expr_new(arena, op, a->span, b ? 2 : 1) : NULL;
	if (!e)
		return NULL;
	e->kid[0] = (hg_expr *)a;
	if (b)
		e->kid[1] = (hg_expr *)b;
	if (op == HG_OP_PRODUCT && !(e->glue = HG_NEWS(arena, 1, hg_glue)))
		return NULL;
	return e;
}

/* e under the inverse of op, which it may begin with itself. */
static const hg_expr *undone(hg_arena *arena, hg_op op, const hg_expr *e) { return e->op == op ? e->kid[0] : wrap(arena, op, e, NULL); }

/* 2 (a b) over 2 is a b. */
static const hg_expr *divided(hg_arena *arena, const hg_expr *e, const hg_expr *by)
{
	bool same = e->op == HG_OP_PRODUCT && e->nkids == 2 && e->glue[0] != HG_GLUE_DIV && hg_expr_equal(e->kid[0], by);
	return same ? e->kid[1] : wrap(arena, HG_OP_FRAC, e, by);
}

/* What the terms but one add up to, with the other sign. */
static const hg_expr *other_terms(hg_arena *arena, const hg_expr *sum, size_t but)
{
	if (sum->nkids == 2)
		return undone(arena, HG_OP_NEG, sum->kid[!but]);
	hg_expr *e = hg_expr_new(arena, HG_OP_SUM_OF, sum->span, sum->nkids - 1);
	for (size_t i = 0, n = 0; e && i < sum->nkids; i++)
		if (i != but && !(e->kid[n++] = (hg_expr *)undone(arena, HG_OP_NEG, sum->kid[i])))
			return NULL;
	return e;
}

/* The place of the one kid that holds a derivative; of a product the others are numbers. nkids: there is no such one. */
static size_t place_of_derivative(hg_doc_model *model, const hg_expr *e)
{
	size_t found = e->nkids;
	for (size_t i = 0; i < e->nkids; i++) {
		const hg_expr *k = e->kid[i];
		bool holds = is_derivative(model, k) || is_composed(k);
		if (holds && found < e->nkids)
			return e->nkids;
		if (holds)
			found = i;
		else if (e->op == HG_OP_PRODUCT && (!hg_expr_numeric(k) || (found < e->nkids && e->glue[i - 1] == HG_GLUE_NONE))) /* db 2 may be db_2 */
			return e->nkids;
		if (e->op == HG_OP_PRODUCT && i && e->glue[i - 1] == HG_GLUE_DIV)
			return e->nkids;
	}
	return found;
}

/* One step outward; false: it cannot be taken. */
static bool step(hg_doc_model *model, const hg_expr **left, const hg_expr **right, hg_solved *how, hg_arena *arena)
{
	const hg_expr *l = *left, *r = *right;
	size_t at = 0;
	switch (l->op) {
	case HG_OP_BOX:
		break;
	case HG_OP_NEG:
	case HG_OP_TRANSPOSE:
		r = undone(arena, l->op, r);
		break;
	case HG_OP_FRAC:
		if (!hg_expr_numeric(l->kid[1]))
			return false;
		r = wrap(arena, HG_OP_PRODUCT, l->kid[1], r);
		break;
	case HG_OP_PRODUCT:
		at = place_of_derivative(model, l);
		for (size_t i = 0; r && at < l->nkids && i < l->nkids; i++)
			r = i == at ? r : divided(arena, r, l->kid[i]);
		break;
	case HG_OP_SUM_OF:
		while (at < l->nkids && !is_derivative(model, l->kid[at]) && !(is_composed(l->kid[at]) && hg_expr_has(l->kid[at], HG_OP_DERIV)))
			at++;
		if (at == l->nkids || !is_number(r, 0))
			return false;
		r = other_terms(arena, l, at);
		*how = HG_SOLVED_ZERO;
		break;
	default:
		return false;
	}
	if (!r || at >= l->nkids)
		return false;
	*left = l->kid[at];
	*right = r;
	return true;
}

hg_solved hg_solve_for_derivative(hg_doc_model *model, const hg_expr **left, const hg_expr **right, hg_arena *arena)
{
	enum { MOST_STEPS = 8 };
	const hg_expr *l = *left, *r = *right;
	hg_solved how = HG_SOLVED;
	if (is_derivative(model, l))
		return HG_SOLVED_NOT;
	int steps = 0;
	while (!is_derivative(model, l) && steps++ < MOST_STEPS && step(model, &l, &r, &how, arena))
		;
	if (!is_derivative(model, l) && is_derivative(model, *right) && (is_composed(*left) || (*left)->op == HG_OP_SUM || (*left)->op == HG_OP_CALL)) { /* R = D */
		l = *right;
		r = *left;
	}
	if (!is_derivative(model, l) || hg_expr_has(r, HG_OP_ELLIPSIS))
		return HG_SOLVED_NOT;
	*left = l;
	*right = r;
	return how;
}
