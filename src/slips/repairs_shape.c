/* Repairs of what shapes are about: sums over samples, axes, transposes, the order and the kind of products. */
#include "slips/repairs_edit.h"

static bool sums(const hg_expr *e) { return hg_calls(e, HG_FN_SUM_OVER) || hg_calls(e, HG_FN_MEAN); }

static hg_expr *keyword(hg_repairer *r, const char *word, hg_expr *value)
{
	hg_expr *e = value ? hg_expr_new(r->arena, HG_OP_KWARG, (hg_span){0}, 1) : NULL;
	if (e) {
		e->kid[0] = value;
		e->word = hg_str_of(word);
	}
	return e;
}

/* np.sum(e, axis=axis, keepdims=True) */
static hg_expr *summed(hg_repairer *r, const hg_expr *e, unsigned axis)
{
	hg_expr *call = hg_expr_new(r->arena, HG_OP_CALL, e->span, 4);
	hg_expr *f = hg_make_name(r, HG_L_SUM_OF_CODE), *a = keyword(r, HG_W_AXIS, hg_make_number(r, axis));
	hg_expr *k = keyword(r, HG_W_KEEPDIMS, hg_make_name(r, HG_W_TRUE));
	if (!call || !f || !a || !k)
		return NULL;
	call->kid[0] = f;
	call->kid[1] = (hg_expr *)e;
	call->kid[2] = a;
	call->kid[3] = k;
	return call;
}

/* The index that counts samples in names such as z^{(i)}: NULL if there is none. */
static const hg_expr *sample_index(const hg_expr *e)
{
	for (size_t k = 0; k < e->nindex; k++)
		if (e->index[k].style == HG_INDEX_PAREN && e->index[k].e->op == HG_OP_NAME)
			return e->index[k].e;
	for (size_t k = 0; k < e->nkids; k++) {
		const hg_expr *found = sample_index(e->kid[k]);
		if (found)
			return found;
	}
	return NULL;
}

/* \sum_{i} e */
static hg_expr *summed_over(hg_repairer *r, const hg_expr *e, const hg_expr *index)
{
	return hg_make_two(r, HG_OP_SUM, e, index);
}

static bool has_sum(const hg_expr *e)
{
	if (sums(e) || e->op == HG_OP_SUM)
		return true;
	for (size_t k = 0; k < e->nkids; k++)
		if (has_sum(e->kid[k]))
			return true;
	return false;
}

static bool in_sum(const hg_spot *at)
{
	for (; at->up; at = at->up)
		if (sums(at->up->e) || at->up->e->op == HG_OP_SUM)
			return true;
	return false;
}

/* A line that sums somewhere else has not lost its sum. */
void hg_repair_missing_sum(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	if (!hg_is_factor(at) || e->op == HG_OP_NUM || hg_is_mean_factor(r, e) || hg_is_count(r, e))
		return;
	if (has_sum(e) || in_sum(at))
		return;
	const hg_expr *index = sample_index(e);
	if (index)
		hg_propose(r, at, summed_over(r, e, index), e->span, 1);
	for (unsigned axis = 2; r->claim->batch && axis-- > 0;)
		hg_propose(r, at, summed(r, e, axis), e->span, 1);
}

void hg_repair_wrong_axis(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	if (!sums(e))
		return;
	bool named = false;
	for (size_t k = 1; k < e->nkids; k++)
		if (e->kid[k]->op == HG_OP_KWARG && hg_str_is(e->kid[k]->word, HG_W_AXIS) && e->kid[k]->kid[0]->op == HG_OP_NUM) {
			double axis = e->kid[k]->kid[0]->number;
			hg_expr *other = keyword(r, HG_W_AXIS, hg_make_number(r, 1 - axis));
			hg_propose(r, at, hg_with_kid(r, e, k, other), e->kid[k]->span, 1);
			named = true;
		}
	for (unsigned axis = 0; !named && axis < 2; axis++)
		hg_propose(r, at, summed(r, e->kid[1], axis), e->span, 1);
}

/* ---- transposes -------------------------------------------------------------------------------------------------- */

static bool may_be_turned(const hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	if (!hg_is_factor(at) || e->op == HG_OP_TRANSPOSE || e->op == HG_OP_NUM || hg_is_count(r, e))
		return false;
	return e->op == HG_OP_NAME || hg_known_name(r, e) || e->op == HG_OP_CALL || e->op == HG_OP_INDICATOR || e->bracketed || !at->up;
}

void hg_repair_missing_transpose(hg_repairer *r, const hg_spot *at)
{
	if (may_be_turned(r, at))
		hg_propose(r, at, hg_make_one(r, HG_OP_TRANSPOSE, at->e), at->e->span, 1);
}

void hg_repair_extra_transpose(hg_repairer *r, const hg_spot *at)
{
	if (at->e->op == HG_OP_TRANSPOSE && !hg_in_derivative(at))
		hg_propose(r, at, at->e->kid[0], at->e->span, 1);
	else if (hg_calls(at->e, HG_FN_TRANSPOSE_OF))
		hg_propose(r, at, at->e->kid[1], at->e->span, 1);
}

/* ---- products ---------------------------------------------------------------------------------------------------- */

/* Does it stand below? */
static bool divides(const hg_expr *product, size_t k) { return k > 0 && product->glue[k - 1] == HG_GLUE_DIV; }

/* Neighbours change places; a factor goes from one end to the other. */
void hg_repair_product_order(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	if (hg_calls(e, HG_FN_DOT) && e->nkids > 2)
		hg_propose(r, at, hg_with_kids_swapped(r, e, 1, 2), e->span, 1);
	if (e->op != HG_OP_PRODUCT)
		return;
	for (size_t k = 0; k + 1 < e->nkids; k++)
		if (e->kid[k]->op != HG_OP_NUM && !hg_is_mean_factor(r, e->kid[k]) && !divides(e, k) && !divides(e, k + 1))
			hg_propose(r, at, hg_with_kids_swapped(r, e, k, k + 1), hg_span_of_kids(e, k, k + 1), 1);
	size_t first = hg_is_mean_factor(r, e->kid[0]) || e->kid[0]->op == HG_OP_NUM, last = e->nkids - 1;
	if (last >= first + 2 && !divides(e, last) && !divides(e, first)) {
		hg_expr *lead = e->kid[first], *tail = e->kid[last];
		hg_glue glue = e->glue[first], back = e->glue[last - 1];
		hg_propose(r, at, hg_with_factor(r, hg_without_kids(r, e, first, 1), last, lead, glue, glue), lead->span, 2);
		hg_propose(r, at, hg_with_factor(r, hg_without_kids(r, e, last, 1), first, tail, back, back), tail->span, 2);
		hg_propose(r, at, hg_with_kids_swapped(r, e, first, last), hg_span_of_kids(e, first, last), 2);
	}
}

static bool elementwise(const hg_repairer *r, hg_glue glue)
{
	return glue == HG_GLUE_ODOT || glue == HG_GLUE_CIRC || (r->code && glue == HG_GLUE_STAR);
}

/* np.dot(a, b) as a * b, and the reverse; a b as a o b, and the reverse. */
void hg_repair_product_kind(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	if (hg_calls(e, HG_FN_DOT) && e->nkids > 2)
		hg_propose(r, at, hg_make_product(r, e->kid[1], HG_GLUE_STAR, e->kid[2]), e->span, 1);
	if (hg_calls(e, HG_FN_MULTIPLY) && e->nkids > 2)
		hg_propose(r, at, hg_make_product(r, e->kid[1], HG_GLUE_AT, e->kid[2]), e->span, 1);
	if (e->op != HG_OP_PRODUCT)
		return;
	for (size_t k = 0; k + 1 < e->nkids; k++) {
		if (e->glue[k] == HG_GLUE_DIV || e->kid[k]->op == HG_OP_NUM || hg_is_mean_factor(r, e->kid[k]))
			continue;
		hg_glue matrix = r->code ? HG_GLUE_AT : HG_GLUE_NONE, entries = r->code ? HG_GLUE_STAR : HG_GLUE_ODOT;
		hg_glue other = elementwise(r, e->glue[k]) ? matrix : entries;
		hg_propose(r, at, hg_with_glue(r, e, k, other), hg_span_of_kids(e, k, k + 1), 1);
	}
}
