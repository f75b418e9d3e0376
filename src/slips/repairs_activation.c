/* Repairs of the derivative of an activation: for what stands in its place. */
#include "slips/repairs_edit.h"

static bool is_signal(hg_role role) { return role == HG_ROLE_INPUT || role == HG_ROLE_ACTIVATION; }

/* What may stand where g'(z) belongs. */
typedef enum stand_in { NOTHING, VALUE, DERIVATIVE } stand_in;

static bool is_step(const hg_expr *e)
{
	if (e->op == HG_OP_INDICATOR || e->op == HG_OP_CASES || e->op == HG_OP_COMPARE)
		return true;
	if (e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME)
		return hg_str_equal_nocase(e->kid[0]->name, HG_STR(HG_L_SIGN)) || hg_str_equal_nocase(e->kid[0]->name, HG_STR(HG_L_SIGNUM));
	if (e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_PRIME) {
		const hg_expr *f = e->kid[0]->kid[0];
		return f->op == HG_OP_NAME && hg_str_equal_nocase(f->name, HG_STR(HG_L_RELU));
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
