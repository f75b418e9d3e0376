/* Repairs that put one quantity of the model in the place of another: layers, variables, indices, and the derivative of
 * an activation for what stands in its place. */
#include "judge/repairs_edit.h"

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
	return a->role == b->role || (is_signal(a->role) && is_signal(b->role));
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
		if (hg_str_equal(r->claim->name[k].spelled->name, e->name))
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
	nobody.batch = e->op == HG_OP_NAME && e->name.n && isupper((unsigned char)e->name.p[0]);
	if (!old && e->op == HG_OP_NAME && hg_is_factor(at) && !hg_is_count(r, e))
		old = &nobody;
	for (size_t k = 0; old && k < r->claim->nnames; k++) {
		const hg_claim_name *other = &r->claim->name[k];
		bool fits = other != old && other->batch == old->batch && may(old, other) && !(may_not && may_not(old, other)) &&
		            !of_other_components(old, other);
		if (in_condition(at) && other->layer != old->layer && other->role != old->role)
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
	if (at->e->op == HG_OP_NAME && at->up && hg_is_factor(at))
		call_on(r, at, r->claim->right);
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

/* ---- the derivative of an activation ----------------------------------------------------------------------------- */

/* What may stand where g'(z) belongs. */
typedef enum stand_in { NOTHING, VALUE, DERIVATIVE } stand_in;

static bool is_step(const hg_expr *e)
{
	if (e->op == HG_OP_INDICATOR || e->op == HG_OP_CASES || e->op == HG_OP_COMPARE)
		return true;
	if (e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME)
		return hg_str_equal_nocase(e->kid[0]->name, HG_STR("sign")) || hg_str_equal_nocase(e->kid[0]->name, HG_STR("signum"));
	if (e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_PRIME) {
		const hg_expr *f = e->kid[0]->kid[0];
		return f->op == HG_OP_NAME && hg_str_equal_nocase(f->name, HG_STR("relu"));
	}
	return false;
}

static bool is_layers_activation(const hg_repairer *r, const hg_expr *e, const hg_claim_name *z)
{
	const hg_claim_name *name = hg_known_name(r, e);
	return name && name->layer == z->layer && is_signal(name->role);
}

/* 1 - a^2, (1 - a)^2, 1 - a, a bracket a (1 - a), of this layer. */
static bool is_of_activation(const hg_repairer *r, const hg_expr *e, const hg_claim_name *z)
{
	if (is_layers_activation(r, e, z))
		return true;
	for (size_t k = 0; k < e->nkids; k++)
		if (is_of_activation(r, e->kid[k], z))
			return true;
	return false;
}

static stand_in stands_in(const hg_repairer *r, const hg_expr *e, const hg_claim_name *z)
{
	if (is_layers_activation(r, e, z) || hg_expr_equal(e, z->spelled))
		return VALUE;
	if (e->op == HG_OP_CALL && hg_mentions(e, z->spelled)) {
		return e->kid[0]->op == HG_OP_PRIME || is_step(e) ? DERIVATIVE : VALUE;
	}
	if (e->op == HG_OP_INDICATOR || e->op == HG_OP_CASES || e->op == HG_OP_COMPARE)
		return DERIVATIVE;
	bool formula = (e->op == HG_OP_SUM_OF && e->kid[0]->op == HG_OP_NUM) || e->op == HG_OP_POW ||
	               (e->op == HG_OP_PRODUCT && e->bracketed && e->nkids == 2);
	return formula && is_of_activation(r, e, z) ? DERIVATIVE : NOTHING;
}

/* Is a derivative of this activation among the factors already, or the place below a bar? */
static bool has_slope(const hg_repairer *r, const hg_spot *at, const hg_claim_name *z)
{
	const hg_expr *up = at->up ? at->up->e : NULL;
	for (size_t k = 0; up && up->op == HG_OP_PRODUCT && k < up->nkids; k++)
		if (k != at->k && (hg_expr_equal(up->kid[k], z->slope) || stands_in(r, up->kid[k], z) == DERIVATIVE))
			return true;
	for (; at->up; at = at->up)
		if (at->up->e->op == HG_OP_FRAC && at->k == 1)
			return true;
	return false;
}

/* g'(z) for what stands in for it; a formula in its place is a larger change than a name. */
static void put_slope(hg_repairer *r, const hg_spot *at, stand_in what, bool step)
{
	const hg_expr *e = at->e;
	for (size_t n = 0; n < r->claim->nnames; n++) {
		const hg_claim_name *z = &r->claim->name[n];
		if (!z->slope || has_slope(r, at, z))
			continue;
		bool as_asked = what == VALUE || (is_step(e) && is_step(z->slope)) == step;
		if (as_asked && hg_is_factor(at) && stands_in(r, e, z) == what)
			hg_propose(r, at, z->slope, e->span, what == VALUE ? 1 : 2);
		/* a o (1 - a), two neighbours of a longer product */
		for (size_t k = 0; what == DERIVATIVE && !step && e->op == HG_OP_PRODUCT && e->nkids > 2 && k + 1 < e->nkids; k++) {
			const hg_expr *inside = hg_is_complement(e->kid[k + 1]);
			if (inside && hg_expr_equal(inside, e->kid[k]) && is_layers_activation(r, inside, z))
				hg_propose(r, at, hg_with_kid(r, hg_without_kids(r, e, k + 1, 1), k, z->slope), hg_span_of_kids(e, k, k + 1), 2);
		}
	}
}

static const hg_expr *prime_of(hg_repairer *r, const hg_expr *call)
{
	return hg_with_kid(r, call, 0, hg_make_one(r, HG_OP_PRIME, call->kid[0]));
}

static bool is_plain_call(const hg_expr *e)
{
	return e->op == HG_OP_CALL && e->nkids == 2 && e->kid[0]->op == HG_OP_NAME && !hg_calls(e, HG_FN_SUM_OVER) &&
	       !hg_calls(e, HG_FN_MEAN);
}

void hg_repair_value_for_derivative(hg_repairer *r, const hg_spot *at)
{
	put_slope(r, at, VALUE, false);
	if (is_plain_call(at->e) && hg_is_factor(at))
		hg_propose(r, at, prime_of(r, at->e), at->e->span, 1);
}

/* a (1 - a) for 1 - a^2, and the reverse, of anything. */
void hg_repair_wrong_activation(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	put_slope(r, at, DERIVATIVE, false);
	const hg_expr *inside = hg_is_complement(e), *base = inside ? hg_is_square(inside) : NULL;
	if (base)
		hg_propose(r, at, hg_make_product(r, base, r->code ? HG_GLUE_STAR : HG_GLUE_ODOT, hg_make_complement(r, base)),
		           e->span, 2);
	for (size_t k = 0; e->op == HG_OP_PRODUCT && k + 1 < e->nkids; k++) {
		inside = hg_is_complement(e->kid[k + 1]);
		if (!inside || !hg_expr_equal(inside, e->kid[k]))
			continue;
		const hg_expr *tanh = hg_make_complement(r, hg_make_square(r, inside)), *rest = hg_without_kids(r, e, k + 1, 1);
		bool whole = e->nkids == 2;
		hg_propose(r, at, whole ? tanh : hg_with_kid(r, rest, k, tanh), hg_span_of_kids(e, k, k + 1), 2);
	}
}

static const char *turned(hg_str word)
{
	static const char *const pairs[][2] = {{">", "<"}, {"<", ">"}, {">=", "<="}, {"<=", ">="}};
	for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
		if (hg_str_is(word, pairs[k][0]))
			return pairs[k][1];
	return NULL;
}

/* The condition turned round; the two cases exchanged; a case that is not 0 and not 1; anything else for ReLU'. */
void hg_repair_relu_derivative(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	put_slope(r, at, DERIVATIVE, true);
	if (e->op == HG_OP_COMPARE && turned(e->word)) {
		hg_expr *copy = hg_with_kid(r, e, 0, e->kid[0]);
		if (copy)
			copy->word = hg_str_of(turned(e->word));
		hg_propose(r, at, copy, e->span, 1);
	}
	if (e->op != HG_OP_CASES)
		return;
	if (e->nkids >= 4)
		hg_propose(r, at, hg_with_kids_swapped(r, e, 0, 2), hg_span_of_kids(e, 0, 2), 1);
	for (size_t k = 0; k < e->nkids; k += 2)
		for (double value = 0; value <= 1; value++)
			if (!hg_is_number(e->kid[k], value))
				hg_propose(r, at, hg_with_kid(r, e, k, hg_make_number(r, value)), e->kid[k]->span, 1);
}
