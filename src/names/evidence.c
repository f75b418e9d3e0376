/* What the statements of a document show of its letters. */
#include "names/evidence_walk.h"
#include "names/customs.h"
#include "names/declared.h"

/* A logarithm, a norm, the square of a difference: what losses are made of. */
static bool is_lossy(const hg_expr *e)
{
	const hg_expr *f = e->op == HG_OP_CALL ? e->kid[0] : NULL;
	bool log = f && f->op == HG_OP_NAME && hg_fn_find(f->name) == HG_FN_LOG;
	bool square = e->op == HG_OP_POW && e->kid[1]->op == HG_OP_NUM && e->kid[1]->number == 2 && e->kid[0]->op == HG_OP_SUM_OF;
	if (log || square || e->op == HG_OP_NORM)
		return true;
	for (size_t i = 0; i < e->nkids; i++)
		if (is_lossy(e->kid[i]))
			return true;
	return false;
}

static bool has(const hg_expr *e, hg_op op)
{
	bool found = e->op == op;
	for (size_t i = 0; i < e->nkids && !found; i++)
		found = has(e->kid[i], op);
	return found;
}

static bool holds(const hg_expr *e, const hg_expr *part)
{
	bool found = hg_expr_equal(e, part);
	for (size_t i = 0; !found && i < e->nkids; i++)
		found = holds(e->kid[i], part);
	return found;
}

/* L(w, b) or a sum of many terms: the cost of a function's choice, not a function by itself. */
static bool is_cost(const hg_expr *left, const hg_expr *right)
{
	return left->op != HG_OP_CALL || left->nkids > 2 || has(right, HG_OP_SUM) || has(right, HG_OP_NORM) || !holds(right, left->kid[1]);
}

/* More than numbers, and more than the length of something. */
static bool has_name(const hg_expr *e)
{
	if (e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME && hg_str_is(e->kid[0]->name, HG_W_LENGTH))
		return false;
	if (e->op == HG_OP_NAME)
		return true;
	for (size_t i = 0; i < e->nkids; i++)
		if (has_name(e->kid[i]))
			return true;
	return false;
}

/* r of a step r g or -r g; false: it is none. */
static bool is_step(hg_seeing *w, const hg_expr *e)
{
	bool gradient;
	const hg_expr *step = hg_seen_bare(e);
	bool minus = e->op == HG_OP_NEG, product = step->op == HG_OP_PRODUCT;
	const hg_expr *rate = product && step->kid[0]->op != HG_OP_NAME ? step->kid[step->nkids - 1] : product ? step->kid[0] : NULL;
	if (rate && rate->op == HG_OP_NAME && !rate->nindex)
		hg_seen_mark(w, hg_seen_letter(w, rate, &gradient), HG_SEEN_STEP);
	return minus || product;
}

/* Delta w = -r g. */
static void see_change(hg_seeing *w, const hg_expr *left, const hg_expr *right)
{
	bool gradient;
	if (left->op != HG_OP_PRODUCT || left->nkids != 2 || left->kid[1]->op != HG_OP_NAME || left->kid[0]->op != HG_OP_NAME ||
	    !hg_str_is(left->kid[0]->name, HG_L_CHANGE) || !is_step(w, right))
		return;
	hg_seen_mark(w, hg_seen_letter(w, left->kid[1], &gradient), HG_SEEN_UPDATED);
}

/* w in w - r g, and r. */
static bool is_update(hg_seeing *w, size_t left, const hg_expr *right)
{
	bool gradient;
	right = hg_seen_bare(right);
	if (right->op != HG_OP_SUM_OF || right->nkids != 2 || hg_seen_letter(w, hg_seen_bare(right->kid[0]), &gradient) != left || gradient)
		return false;
	return is_step(w, right->kid[1]);
}

static bool is_affine(const hg_expr *e)
{
	e = hg_seen_bare(e);
	return e->op == HG_OP_SUM_OF || e->op == HG_OP_PRODUCT || e->op == HG_OP_SUM || hg_seen_calls(e, HG_FN_DOT);
}

/* The sum of (1/m) sum_i l_i; NULL: it is no sum of one name. */
static const hg_expr *added_up(const hg_expr *e)
{
	e = hg_seen_bare(e);
	if (e->op == HG_OP_SUM)
		return hg_seen_bare(e->kid[0])->op == HG_OP_NAME ? e : NULL;
	const hg_expr *found = NULL;
	for (size_t i = 0; (e->op == HG_OP_PRODUCT || e->op == HG_OP_FRAC) && i < e->nkids && !found; i++)
		found = added_up(e->kid[i]);
	return found;
}

static void add_total(hg_seeing *w, size_t letter, const hg_expr *sum)
{
	bool gradient;
	size_t term = hg_seen_letter(w, hg_seen_bare(sum->kid[0]), &gradient);
	const hg_expr *over = hg_seen_bound(sum);
	hg_seen_pair(w, HG_PAIR_TOTAL, letter, term);
	if (over)
		hg_seen_pair(w, HG_PAIR_ADDED_OVER, term, hg_seen_letter(w, over, &gradient));
}

/* n and d of W \in R^{n x d}: no values of the document's equations. */
static void sizes(hg_seeing *w, size_t owner, const hg_expr *e)
{
	bool gradient;
	if (e->op == HG_OP_NAME) {
		size_t letter = hg_seen_letter(w, e, &gradient);
		hg_seen_mark(w, letter, HG_SEEN_SIZE);
		hg_seen_pair(w, HG_PAIR_SIZE, owner, letter);
		hg_seen_indices(w, letter, e);
	}
	for (size_t i = 0; i < e->nkids; i++)
		sizes(w, owner, e->kid[i]);
}

/* x = [x_1, x_2]: written by its own entries. */
static bool is_of_own_entries(hg_seeing *w, size_t letter, const hg_expr *e)
{
	bool gradient;
	e = hg_seen_bare(e);
	if (e->op == HG_OP_NAME && e->nindex && hg_seen_letter(w, e, &gradient) == letter)
		return true;
	bool array = e->op == HG_OP_MATRIX || e->op == HG_OP_LIST;
	for (size_t i = 0; array && i < e->nkids; i++)
		if (is_of_own_entries(w, letter, e->kid[i]))
			return true;
	return false;
}

static void equation(hg_seeing *w, const hg_expr *left, const hg_side *side, bool first)
{
	bool gradient, equal = side->rel == HG_REL_EQ || side->rel == HG_REL_DEFINED || side->rel == HG_REL_ASSIGN;
	left = hg_seen_bare(left);
	const hg_expr *named = left->op == HG_OP_CALL ? left->kid[0] : left;
	size_t letter = named->op == HG_OP_NAME ? hg_seen_letter(w, named, &gradient) : HG_NO_LETTER;
	w->defines = w->lossy = w->loss = false;
	see_change(w, left, side->e);
	if (named->op == HG_OP_NAME && letter == HG_NO_LETTER && equal && left->op != HG_OP_CALL && (named->accent & HG_HAT))
		w->defines = has_name(side->e);
	if (letter != HG_NO_LETTER && !gradient && equal) {
		bool update = is_update(w, letter, side->e), signal = left->op == HG_OP_NAME && (hg_custom_of(w->seen->letter[letter].name) & HG_MAY_FIXED);
		w->defines = !update && has_name(side->e) && !is_of_own_entries(w, letter, side->e);
		w->lossy = w->defines && is_lossy(side->e) && is_cost(left, side->e);
		unsigned is = w->seen->letter[letter].where;
		w->loss = (signal && w->defines) || (w->defines && ((is & HG_SEEN_TARGET) || (w->lossy && !(is & HG_SEEN_USED))) && !(is & (HG_SEEN_VARIABLE | HG_SEEN_GRADIENT)));
		const hg_expr *total = w->defines && !update ? added_up(side->e) : NULL;
		if (total)
			add_total(w, letter, total);
		if (w->defines && hg_seen_bare(side->e)->op == HG_OP_NAME)
			hg_seen_pair(w, HG_PAIR_SAME, letter, hg_seen_letter(w, hg_seen_bare(side->e), &gradient));
		if (update)
			hg_seen_mark(w, letter, HG_SEEN_UPDATED);
		else if (first || left->op == HG_OP_CALL)
			hg_seen_mark(w, letter, w->defines ? HG_SEEN_DEFINED | (w->lossy ? HG_SEEN_LOSSY : 0) | (is_affine(side->e) ? 0 : HG_SEEN_CALLED)
			                           : HG_SEEN_VALUED);
	}
	hg_seen_value(w, side->e, 0);
}

/* i = j, k \neq c: of letters that stand in indices, and nowhere as a value. */
static bool is_condition(hg_seeing *w, const hg_statement *s)
{
	bool gradient, all = s->nsides == 2;
	for (size_t k = 0; all && k < 2; k++) {
		const hg_expr *e = s->side[k].e;
		size_t letter = e && e->op == HG_OP_NAME && !e->nindex ? hg_seen_letter(w, e, &gradient) : HG_NO_LETTER;
		all = letter != HG_NO_LETTER && (w->seen->letter[letter].where & (HG_SEEN_INDEX | HG_SEEN_BOUND | HG_SEEN_LIMIT));
	}
	return all;
}

/* db = dz.sum(axis=0) */
static void summed_gradient(hg_evidence *seen, const hg_statement *s)
{
	const hg_expr *left = s->nsides == 2 ? s->side[0].e : NULL, *sum = left ? s->side[1].e : NULL;
	if (!sum || left->op != HG_OP_NAME || !hg_has_differential(left->name) || !hg_seen_calls(sum, HG_FN_SUM_OVER))
		return;
	for (size_t i = 1; i < sum->nkids; i++) {
		const hg_expr *k = sum->kid[i];
		if (k->op == HG_OP_KWARG && hg_str_is(k->word, HG_W_AXIS) && k->kid[0]->op == HG_OP_NUM && (k->kid[0]->number == 0 || k->kid[0]->number == 1))
			seen->summed[k->kid[0]->number == 1] = true;
	}
}

void hg_evidence_add(hg_evidence *seen, const hg_statements *said)
{
	hg_seeing w = {.seen = seen};
	const hg_expr *left = NULL;
	for (size_t i = 0; i < said->n; i++) {
		const hg_statement *s = &said->at[i];
		if (is_condition(&w, s))
			continue;
		summed_gradient(seen, s);
		bool led = s->nsides && s->side[0].rel == HG_REL_NONE && s->side[0].e;
		if (led && s->nsides > 1)
			left = s->side[0].e;
		for (size_t k = 0; k < s->nsides; k++) {
			hg_declared d;
			bool gradient;
			if (!s->side[k].e)
				continue;
			if (s->side[k].rel == HG_REL_IN && k) {
				for (size_t n = 0; hg_declares(s, k, &d) && n < d.nsizes; n++)
					sizes(&w, hg_seen_letter(&w, d.name, &gradient), d.size[n]);
			} else if (k || !led)
				equation(&w, left ? left : s->side[k].e, &s->side[k], led && k == 1);
			else if (hg_seen_bare(s->side[0].e)->op != HG_OP_NAME || s->nsides == 1) {
				w.defines = w.lossy = w.loss = false;
				hg_seen_value(&w, s->side[0].e, 0);
			} else { /* a name on a left side: its indices, and whether it is a gradient's */
				size_t letter = hg_seen_letter(&w, hg_seen_bare(s->side[0].e), &gradient);
				hg_seen_mark(&w, letter, gradient ? HG_SEEN_GRADIENT : HG_SEEN_VALUE);
				hg_seen_indices(&w, letter, hg_seen_bare(s->side[0].e));
			}
		}
	}
}
