#include "slips/repairs_edit.h"

#include <ctype.h>
#include <string.h>

/* How tightly a node holds together when it stands inside another without brackets. */
static int tightness(const hg_expr *e)
{
	if (e->bracketed)
		return 4;
	switch (e->op) {
	case HG_OP_SUM_OF:
	case HG_OP_NEG:
	case HG_OP_PLUSMINUS: return 1;
	case HG_OP_PRODUCT:
	case HG_OP_SUM:
	case HG_OP_PROD:
	case HG_OP_COMPARE:   return 2;
	case HG_OP_POW:
	case HG_OP_TRANSPOSE:
	case HG_OP_PRIME:
	case HG_OP_CALL:
	case HG_OP_FRAC:
	case HG_OP_DERIV:     return 3;
	default:              return 4;
	}
}

/* The node, in brackets if it holds less tightly than its place needs. */
static hg_expr *tight(hg_repairer *r, const hg_expr *e, int needed)
{
	if (!e || tightness(e) >= needed)
		return (hg_expr *)e;
	hg_expr *copy = HG_NEW(r->arena, hg_expr);
	if (copy) {
		*copy = *e;
		copy->bracketed = true;
	}
	return copy;
}

/* What a place for a kid needs: a factor of a product 2, the base of a power or of a transpose 4. */
static int needed_in(hg_op op, size_t k)
{
	switch (op) {
	case HG_OP_PRODUCT:
	case HG_OP_NEG:       return 3;
	case HG_OP_SUM_OF:    return 1;
	case HG_OP_POW:
	case HG_OP_TRANSPOSE:
	case HG_OP_PRIME:     return k == 0 ? 4 : 0;
	case HG_OP_SUM:       return k == 0 ? 2 : 0;
	default:              return 0;
	}
}

hg_expr *hg_make_number(hg_repairer *r, double value)
{
	hg_expr *e = hg_expr_new(r->arena, HG_OP_NUM, (hg_span){0}, 0);
	char *text = hg_arena_print(r->arena, "%g", value);
	if (!e || !text)
		return NULL;
	e->name = hg_str_of(text);
	e->number = value;
	e->digits = -1;
	return e;
}

hg_expr *hg_make_name(hg_repairer *r, const char *name)
{
	hg_expr *e = hg_expr_new(r->arena, HG_OP_NAME, (hg_span){0}, 0);
	if (e)
		e->name = hg_str_of(name);
	return e;
}

hg_expr *hg_make_one(hg_repairer *r, hg_op op, const hg_expr *a)
{
	hg_expr *kid = tight(r, a, needed_in(op, 0));
	hg_expr *e = kid ? hg_expr_new(r->arena, op, a->span, 1) : NULL;
	if (e)
		e->kid[0] = kid;
	return e;
}

hg_expr *hg_make_two(hg_repairer *r, hg_op op, const hg_expr *a, const hg_expr *b)
{
	hg_expr *one = tight(r, a, needed_in(op, 0)), *two = tight(r, b, needed_in(op, 1));
	hg_expr *e = one && two ? hg_expr_new(r->arena, op, a->span, 2) : NULL;
	if (e) {
		e->kid[0] = one;
		e->kid[1] = two;
	}
	return e;
}

hg_expr *hg_make_minus(hg_repairer *r, const hg_expr *a)
{
	if (a && a->op == HG_OP_NEG)
		return a->kid[0];
	return hg_make_one(r, HG_OP_NEG, a);
}

hg_expr *hg_make_product(hg_repairer *r, const hg_expr *a, hg_glue glue, const hg_expr *b)
{
	hg_expr *e = hg_make_two(r, HG_OP_PRODUCT, a, b);
	if (e)
		e->glue[0] = glue;
	return e;
}

hg_expr *hg_make_square(hg_repairer *r, const hg_expr *a)
{
	return hg_make_two(r, HG_OP_POW, a, hg_make_number(r, 2));
}

hg_expr *hg_make_complement(hg_repairer *r, const hg_expr *a)
{
	hg_expr *e = hg_make_two(r, HG_OP_SUM_OF, hg_make_number(r, 1), hg_make_minus(r, a));
	if (e)
		e->bracketed = true;
	return e;
}

/* ---- a node changed ---------------------------------------------------------------------------------------------- */

/* A copy of the node with room for n kids, the first ones as they were. */
static hg_expr *resized(hg_repairer *r, const hg_expr *e, size_t n)
{
	r->pieces += n + 1;
	r->full = r->full || r->pieces > HG_MAX_PIECES;
	hg_expr *copy = r->full ? NULL : hg_expr_new(r->arena, e->op, e->span, n);
	if (!copy)
		return NULL;
	hg_expr **kid = copy->kid;
	hg_glue *glue = copy->glue;
	*copy = *e;
	copy->kid = kid;
	copy->glue = glue;
	copy->nkids = n;
	size_t kept = e->nkids < n ? e->nkids : n;
	if (kept)
		memcpy(kid, e->kid, kept * sizeof *kid);
	if (kept > 1 && e->op == HG_OP_PRODUCT)
		memcpy(glue, e->glue, (kept - 1) * sizeof *glue);
	return copy;
}

hg_expr *hg_with_kid(hg_repairer *r, const hg_expr *e, size_t k, const hg_expr *kid)
{
	hg_expr *held = e ? tight(r, kid, needed_in(e->op, k)) : NULL;
	hg_expr *copy = held ? resized(r, e, e->nkids) : NULL;
	if (copy)
		copy->kid[k] = held;
	return copy;
}

hg_expr *hg_with_kids_swapped(hg_repairer *r, const hg_expr *e, size_t i, size_t j)
{
	hg_expr *copy = e ? resized(r, e, e->nkids) : NULL;
	if (copy) {
		copy->kid[i] = tight(r, e->kid[j], needed_in(e->op, i));
		copy->kid[j] = tight(r, e->kid[i], needed_in(e->op, j));
	}
	return copy;
}

hg_expr *hg_with_glue(hg_repairer *r, const hg_expr *e, size_t k, hg_glue glue)
{
	hg_expr *copy = e ? resized(r, e, e->nkids) : NULL;
	if (copy)
		copy->glue[k] = glue;
	return copy;
}

hg_expr *hg_without_kids(hg_repairer *r, const hg_expr *e, size_t k, size_t n)
{
	size_t left = e ? e->nkids - n : 0;
	if (left == 1)
		return e->kid[k == 0 ? e->nkids - 1 : 0];
	hg_expr *copy = e ? resized(r, e, left) : NULL;
	if (!copy)
		return NULL;
	for (size_t i = k; i < left; i++)
		copy->kid[i] = e->kid[i + n];
	/* the joint before the gap stays; a gap at the start takes the one behind it */
	for (size_t i = 0; e->op == HG_OP_PRODUCT && i + 1 < left; i++)
		copy->glue[i] = e->glue[i < k ? i : i + n];
	return copy;
}

hg_expr *hg_with_factor(hg_repairer *r, const hg_expr *e, size_t k, const hg_expr *factor, hg_glue left, hg_glue right)
{
	if (!e || e->op != HG_OP_PRODUCT || e->bracketed)
		return k == 0 ? hg_make_product(r, factor, right, e) : hg_make_product(r, e, left, factor);
	hg_expr *held = tight(r, factor, needed_in(HG_OP_PRODUCT, k));
	hg_expr *copy = held ? resized(r, e, e->nkids + 1) : NULL;
	if (!copy)
		return NULL;
	for (size_t i = e->nkids; i > k; i--)
		copy->kid[i] = e->kid[i - 1];
	copy->kid[k] = held;
	for (size_t i = e->nkids - 1; i > k; i--)
		copy->glue[i] = e->glue[i - 1];
	if (k > 0)
		copy->glue[k - 1] = left;
	if (k < e->nkids)
		copy->glue[k] = right;
	return copy;
}

/* ---- questions --------------------------------------------------------------------------------------------------- */

bool hg_mentions(const hg_expr *tree, const hg_expr *e)
{
	if (hg_expr_equal(tree, e))
		return true;
	for (size_t k = 0; k < tree->nkids; k++)
		if (hg_mentions(tree->kid[k], e))
			return true;
	return false;
}

bool hg_calls(const hg_expr *e, hg_fn fn)
{
	return e->op == HG_OP_CALL && e->nkids > 1 && e->kid[0]->op == HG_OP_NAME && hg_fn_find(e->kid[0]->name) == fn;
}

bool hg_is_number(const hg_expr *e, double value) { return e->op == HG_OP_NUM && e->number == value; }

const hg_expr *hg_is_complement(const hg_expr *e)
{
	bool is = e->op == HG_OP_SUM_OF && e->nkids == 2 && hg_is_number(e->kid[0], 1) && e->kid[1]->op == HG_OP_NEG;
	return is ? e->kid[1]->kid[0] : NULL;
}

const hg_expr *hg_is_square(const hg_expr *e)
{
	return e->op == HG_OP_POW && hg_is_number(e->kid[1], 2) ? e->kid[0] : NULL;
}

const hg_claim_name *hg_known_name(const hg_repairer *r, const hg_expr *e)
{
	bool may_be = e->op == HG_OP_NAME || e->op == HG_OP_DERIV || e->op == HG_OP_POW; /* W^2, of layer 2 */
	for (size_t k = 0; may_be && k < r->claim->nnames; k++)
		if (hg_expr_equal(r->claim->name[k].spelled, e))
			return &r->claim->name[k];
	return NULL;
}

/* dZ_1 in a claim about dL/dZ_1: put in anywhere it would mend everything. */
bool hg_is_claimed(const hg_repairer *r, const hg_claim_name *name)
{
	const hg_claim *claim = r->claim;
	if (claim->left && hg_expr_equal(claim->left, name->spelled))
		return true;
	const hg_claim_name *of = name->role == HG_ROLE_GRADIENT && claim->variable ? hg_known_name(r, claim->variable) : NULL;
	if (!of || of->layer != name->layer)
		return false;
	hg_str letters = name->spelled->name;
	char own = of->spelled->name.n ? of->spelled->name.p[0] : 0, last = letters.n ? letters.p[letters.n - 1] : 0;
	bool delta = hg_str_is(letters, HG_L_SIGNAL) && of->role == HG_ROLE_PREACTIVATION;
	for (size_t k = letters.n; k-- > 0 && isdigit((unsigned char)last);)
		last = letters.p[k];
	return delta || tolower((unsigned char)own) == tolower((unsigned char)last);
}

/* The last whole number among a name's indices or at the end of its letters: the layer of dZ^{[2]}, of dW2. */
int hg_layer_of(const hg_expr *e)
{
	for (size_t k = e->nindex; k-- > 0;)
		if (e->index[k].e->op == HG_OP_NUM && e->index[k].style != HG_INDEX_PAREN)
			return (int)e->index[k].e->number;
	for (size_t k = 0; k < e->nindex; k++)
		if (e->index[k].e->op == HG_OP_NUM)
			return (int)e->index[k].e->number;
	bool digit = e->name.n > 1 && e->name.p[e->name.n - 1] >= '0' && e->name.p[e->name.n - 1] <= '9';
	return digit ? e->name.p[e->name.n - 1] - '0' : -1;
}

bool hg_is_count(const hg_repairer *r, const hg_expr *e)
{
	if (e->op != HG_OP_NAME)
		return false;
	const hg_claim_name *name = hg_known_name(r, e);
	return name ? name->role == HG_ROLE_COUNT : e->nindex == 0 && (hg_str_is(e->name, HG_L_SAMPLES) || hg_str_is(e->name, HG_L_ALL_SAMPLES));
}

bool hg_is_mean_factor(const hg_repairer *r, const hg_expr *e)
{
	return e->op == HG_OP_FRAC && hg_is_number(e->kid[0], 1) && hg_is_count(r, e->kid[1]);
}

bool hg_in_exponent(const hg_spot *at)
{
	for (; at->up; at = at->up)
		if (at->up->e->op == HG_OP_POW && at->k == 1)
			return true;
	return false;
}

bool hg_in_derivative(const hg_spot *at)
{
	for (; at->up; at = at->up)
		if (at->up->e->op == HG_OP_DERIV || at->up->e->op == HG_OP_DERIV_OP || at->up->e->op == HG_OP_INDICATOR)
			return true;
	return false;
}

bool hg_is_factor(const hg_spot *at)
{
	bool condition = at->e->op == HG_OP_COMPARE && at->up && at->up->e->op != HG_OP_PRODUCT;
	if (at->e->op == HG_OP_KWARG || condition || hg_in_exponent(at) || hg_in_derivative(at))
		return false;
	if (!at->up)
		return true;
	switch (at->up->e->op) {
	case HG_OP_PRODUCT:
	case HG_OP_NEG:
	case HG_OP_SUM_OF:
	case HG_OP_FRAC:
	case HG_OP_BOX:   return true;
	case HG_OP_BRACE:
	case HG_OP_SUM:   return at->k == 0;
	case HG_OP_CALL:  return at->k == 1 && (hg_calls(at->up->e, HG_FN_SUM_OVER) || hg_calls(at->up->e, HG_FN_MEAN) ||
		                                     hg_calls(at->up->e, HG_FN_DOT) || hg_calls(at->up->e, HG_FN_MULTIPLY));
	default:          return false;
	}
}

hg_span hg_span_of_kids(const hg_expr *e, size_t i, size_t j)
{
	hg_span a = e->kid[i]->span, b = e->kid[j]->span;
	if (a.n == 0 || b.n == 0 || b.at + b.n < a.at)
		return e->span;
	return (hg_span){a.at, b.at + b.n - a.at};
}

/* The whole tree with `instead` at the spot: new nodes along the way to the root, the rest shared. */
static const hg_expr *rebuilt(hg_repairer *r, const hg_spot *at, const hg_expr *instead)
{
	for (; instead && at->up; at = at->up)
		instead = hg_with_kid(r, at->up->e, at->k, instead);
	return instead;
}

void hg_propose(hg_repairer *r, const hg_spot *at, const hg_expr *instead, hg_span caret, unsigned size)
{
	hg_edits *list = r->edits;
	const hg_expr *tree = rebuilt(r, at, instead);
	if (r->status != HG_OK || r->full)
		return;
	if (list->n == list->room && tree) {
		size_t room = list->room ? 2 * list->room : 128;
		hg_edit *more = HG_NEWS(r->arena, room, hg_edit);
		if (more && list->n)
			memcpy(more, list->at, list->n * sizeof *more);
		list->at = more;
		list->room = room;
	}
	if (!tree || !list->at) {
		r->status = HG_ENOMEM;
		return;
	}
	const hg_edit edit = {.slip = r->slip, .tree = tree, .at = caret, .size = size, .order = (unsigned)list->n};
	list->at[list->n++] = edit;
	r->full = list->n == HG_MAX_EDITS;
}
