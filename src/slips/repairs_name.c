/* Repairs that put one quantity of the model in the place of another: layers, variables, indices. */
#include "slips/repairs_edit.h"

#include <ctype.h>

static bool is_signal(hg_role role) { return role == HG_ROLE_INPUT || role == HG_ROLE_ACTIVATION; }

static bool is_value(hg_role role)
{
	return is_signal(role) || role == HG_ROLE_LABEL || role == HG_ROLE_PREACTIVATION;
}

static bool is_parameter(hg_role role) { return role == HG_ROLE_WEIGHT || role == HG_ROLE_BIAS; }

/* dZ2 and dZ1 are alike, dZ1 and dA1 are not. */
static bool same_letters(hg_str a, hg_str b)
{
	while (a.n && isdigit((unsigned char)a.p[a.n - 1]))
		a.n--;
	while (b.n && isdigit((unsigned char)b.p[b.n - 1]))
		b.n--;
	return hg_str_equal(a, b);
}

static bool of_another_layer(const hg_claim_name *a, const hg_claim_name *b)
{
	if (a->layer == b->layer || a->layer < 0 || b->layer < 0)
		return false;
	if (a->role == HG_ROLE_GRADIENT)
		return b->role == a->role && same_letters(a->spelled->name, b->spelled->name);
	bool letter = a->spelled->op == HG_OP_NAME && same_letters(a->spelled->name, b->spelled->name); /* Z_2, though it is A_2 */
	return letter || a->role == b->role || (is_signal(a->role) && is_signal(b->role));
}

static bool of_the_same_kind(const hg_claim_name *a, const hg_claim_name *b)
{
	return (is_value(a->role) && is_value(b->role)) || (is_parameter(a->role) && is_parameter(b->role)) ||
	       (a->role == HG_ROLE_GRADIENT && b->role == HG_ROLE_GRADIENT);
}

/* In da/dz, one factor of several. */
static bool in_link(const hg_spot *at)
{
	return at->up && at->up->up && at->up->e->op == HG_OP_DERIV && at->up->up->e->op == HG_OP_PRODUCT;
}

static bool in_condition(const hg_spot *at) { return at->up && at->up->e->op == HG_OP_COMPARE; }

static const hg_claim_name *of_the_same_letter(const hg_repairer *r, const hg_expr *e)
{
	for (size_t k = 0; e->op == HG_OP_NAME && k < r->claim->nnames; k++)
		if (same_letters(r->claim->name[k].spelled->name, e->name))
			return &r->claim->name[k];
	return NULL;
}

/* ---- index letters ------------------------------------------------------------------------------------------------ */

static bool is_letter(const hg_expr *e) { return e->op == HG_OP_NAME && e->nindex == 0 && e->name.n == 1; }

/* The n-th index letter in the tree, of subscripts only; NULL past the last. */
static const hg_expr *letter_in(const hg_expr *e, size_t *n)
{
	for (size_t k = 0; k < e->nindex; k++) {
		const hg_expr *i = e->index[k].e;
		if (e->index[k].sup)
			continue;
		if (is_letter(i) && (*n)-- == 0)
			return i;
		for (size_t j = 0; j < i->nkids; j++)
			if (is_letter(i->kid[j]) && (*n)-- == 0)
				return i->kid[j];
	}
	for (size_t k = 0; k < e->nkids; k++) {
		const hg_expr *found = letter_in(e->kid[k], n);
		if (found)
			return found;
	}
	return NULL;
}

/* a_j or a for a_k is another index, not another quantity; z_j for a_k is both. */
static bool of_other_components(const hg_claim_name *a, const hg_claim_name *b)
{
	size_t first = 0, again = 0;
	const hg_expr *i = letter_in(a->spelled, &first), *j = letter_in(b->spelled, &again);
	bool same = a->spelled->op == HG_OP_NAME && hg_str_equal(a->spelled->name, b->spelled->name) && a->layer == b->layer;
	return i && (j ? !hg_expr_equal(i, j) : same);
}

/* ---- one quantity for another ---------------------------------------------------------------------------------------- */

/* One quantity for another. In a chain of derivatives a letter is more than a name: it would change a whole link. */
static void replace_by(hg_repairer *r, const hg_spot *at, bool (*may)(const hg_claim_name *, const hg_claim_name *),
                       bool (*may_not)(const hg_claim_name *, const hg_claim_name *))
{
	/* a name that the model has under another name, or not at all, is taken for a value; A^{[0]} for what A^{[1]} is */
	const hg_expr *e = at->e;
	const hg_claim_name *old = hg_known_name(r, e), *like = old ? NULL : of_the_same_letter(r, e);
	hg_claim_name nobody = {.spelled = e, .role = HG_ROLE_PREACTIVATION, .layer = -1};
	if (like)
		nobody.role = like->role, nobody.layer = hg_layer_of(e);
	nobody.batch = like ? like->batch : e->op == HG_OP_NAME && e->name.n && isupper((unsigned char)e->name.p[0]);
	if (!old && e->op == HG_OP_NAME && (hg_is_factor(at) || (like && in_condition(at))) && !hg_is_count(r, e))
		old = &nobody;
	for (size_t k = 0; old && k < r->claim->nnames; k++) {
		const hg_claim_name *other = &r->claim->name[k];
		bool fits = other != old && other->batch == old->batch && may(old, other) && !(may_not && may_not(old, other)) &&
		            !of_other_components(old, other);
		if (in_condition(at) && other->layer != old->layer && other->role != old->role &&
		    !same_letters(other->spelled->name, old->spelled->name))
			continue; /* of any positive thing it would be 1 */
		bool twice = old->role == HG_ROLE_GRADIENT && other->layer != old->layer &&
		             !same_letters(old->spelled->name, other->spelled->name); /* dZ_2 for dA_1 */
		if (fits && !hg_is_claimed(r, other))
			hg_propose(r, at, other->spelled, at->e->span, in_link(at) || twice ? 2 : 1);
	}
}

/* What has the number of a layer, a function g^{[2]} or a name dz^{[1]}, as that of the layer beside. */
static void number_beside(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	for (size_t k = 0; k < e->nindex; k++) {
		const hg_expr *i = e->index[k].e;
		if (i->op != HG_OP_NUM || e->index[k].style == HG_INDEX_PAREN)
			continue;
		for (int step = -1; step <= 1; step += 2) {
			hg_expr *copy = i->number + step >= 0 ? hg_expr_copy(r->arena, e) : NULL;
			if (copy)
				copy->index[k].e = hg_make_number(r, i->number + step);
			if (copy && copy->index[k].e)
				hg_propose(r, at, copy, e->span, 1);
		}
	}
}

void hg_repair_wrong_layer(hg_repairer *r, const hg_spot *at)
{
	replace_by(r, at, of_another_layer, NULL);
	if (at->e->op == HG_OP_NAME && !hg_known_name(r, at->e))
		number_beside(r, at);
}

/* z for sigma(z), where sigma(z) stands somewhere in the formula. */
static void call_on(hg_repairer *r, const hg_spot *at, const hg_expr *e)
{
	if (e->op == HG_OP_CALL && e->nkids == 2 && hg_expr_equal(e->kid[1], at->e))
		hg_propose(r, at, e, at->e->span, 1);
	for (size_t k = 0; k < e->nkids; k++)
		call_on(r, at, e->kid[k]);
}

void hg_repair_wrong_variable(hg_repairer *r, const hg_spot *at)
{
	replace_by(r, at, of_the_same_kind, of_another_layer);
	const bool base = at->up && at->up->e->op == HG_OP_POW && at->k == 0;
	if (at->e->op == HG_OP_NAME && (hg_is_factor(at) || base)) {
		if (at->up)
			call_on(r, at, r->claim->right);
		for (size_t k = 0; k < r->claim->nnames; k++) /* sigma(z) of the loss */
			call_on(r, at, r->claim->name[k].spelled);
	}
	for (size_t k = 0; at->e->op == HG_OP_CALL && k < r->claim->nnames; k++) { /* sigma(y) for sigma(z) */
		const hg_expr *call = r->claim->name[k].spelled;
		if (call->op == HG_OP_CALL && hg_expr_equal(call->kid[0], at->e->kid[0]))
			hg_propose(r, at, call, at->e->span, 1);
	}
}

/* ---- indices ----------------------------------------------------------------------------------------------------- */

/* The tree with index letters `from` as `to`; with `both`, also the reverse. */
static hg_expr *reindexed(hg_repairer *r, const hg_expr *e, const hg_expr *from, const hg_expr *to, bool both)
{
	hg_expr *copy = hg_expr_copy(r->arena, e);
	for (size_t k = 0; copy && k < copy->nindex; k++) {
		hg_expr **i = &copy->index[k].e;
		for (size_t j = 0; j <= (*i)->nkids; j++) {
			hg_expr **letter = j == 0 ? i : &(*i)->kid[j - 1];
			if (hg_expr_equal(*letter, from))
				*letter = (hg_expr *)to;
			else if (both && hg_expr_equal(*letter, to))
				*letter = (hg_expr *)from;
		}
	}
	for (size_t k = 0; copy && k < copy->nkids; k++)
		copy->kid[k] = reindexed(r, copy->kid[k], from, to, both);
	return copy;
}

/* Letters of the left side and of the side judged; at one name, or the two exchanged everywhere. */
void hg_repair_wrong_index(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *sides[] = {r->claim->left, r->claim->right}, *seen[8], *own;
	size_t n = 0, first = 0;
	for (size_t s = 0; s < 2; s++)
		for (size_t k = 0; sides[s] && n < 8; k++) {
			size_t i = k;
			const hg_expr *letter = letter_in(sides[s], &i);
			if (!letter)
				break;
			bool old = false;
			for (size_t j = 0; j < n; j++)
				old |= hg_expr_equal(seen[j], letter);
			if (!old)
				seen[n++] = letter;
		}
	if (!at->up)
		for (size_t i = 0; i < n; i++)
			for (size_t j = i + 1; j < n; j++)
				hg_propose(r, at, reindexed(r, at->e, seen[i], seen[j], true), at->e->span, 1);
	if (at->e->op != HG_OP_NAME || at->e->nindex == 0 || !(own = letter_in(at->e, &first)))
		return;
	for (size_t j = 0; j < n; j++)
		if (!hg_expr_equal(seen[j], own))
			hg_propose(r, at, reindexed(r, at->e, own, seen[j], false), at->e->span, 1);
}
