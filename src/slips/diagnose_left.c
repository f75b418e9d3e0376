/* Is the right side right, and the left side the wrong one? */
#include "slips/diagnose_parts.h"

#include <string.h>

static bool is_named_gradient(const hg_expr *e) { return e->op == HG_OP_NAME && hg_has_differential(e->name); }

/* dZ of Z. */
static const hg_expr *named_gradient(const hg_search *in, const hg_claim_name *name)
{
	const char *text = hg_arena_print(in->scratch, "d%.*s", HG_STR_ARG(name->spelled->name));
	hg_expr *e = name->spelled->op == HG_OP_NAME ? hg_expr_copy(in->scratch, name->spelled) : NULL;
	if (e && text)
		e->name = hg_str_of(text);
	return text ? e : NULL;
}

/* The left side of the claim with another variable: dL/dz for dL/da, dW2 for dW1. NULL: not of that form. */
static const hg_expr *left_by(const hg_search *in, const hg_claim_name *name)
{
	const hg_expr *left = in->claim->left;
	if (is_named_gradient(left))
		return named_gradient(in, name);
	hg_expr *e = left->op == HG_OP_DERIV && left->nkids == 2 ? hg_expr_copy(in->scratch, left) : NULL;
	if (e)
		e->kid[1] = (hg_expr *)name->spelled;
	return e;
}

/* dZ for dJ/dW, where the document has such names beside its derivatives. */
static hg_status try_named(hg_search *in, hg_status (*try)(hg_search *, const hg_expr *, bool *), bool *found)
{
	bool names = false;
	for (size_t k = 0; k < in->nothers; k++)
		names |= is_named_gradient(in->others[k]->left);
	if (is_named_gradient(in->claim->left))
		return HG_OK;
	for (size_t k = 0; k < in->claim->nnames && names && !*found; k++) {
		const hg_claim_name *name = &in->claim->name[k];
		bool signal = name->role == HG_ROLE_PREACTIVATION || name->role == HG_ROLE_ACTIVATION;
		const hg_expr *left = signal && name->batch == in->claim->batch ? named_gradient(in, name) : NULL;
		if (left)
			HG_TRY(try(in, left, found));
	}
	return HG_OK;
}

static bool may_be_variable(const hg_search *in, const hg_claim_name *name)
{
	switch (name->role) {
	case HG_ROLE_WEIGHT:
	case HG_ROLE_BIAS:          return true;
	case HG_ROLE_PREACTIVATION:
	case HG_ROLE_ACTIVATION:    return name->batch == in->claim->batch;
	default:                    return false;
	}
}

static hg_status try_left(hg_search *in, const hg_expr *left, bool *found)
{
	hg_claim other;
	hg_answer answer = HG_ANSWER_UNREAD;
	*found = false;
	if (hg_expr_equal(left, in->claim->left))
		return HG_OK;
	HG_TRY(hg_claim_under(in->claim, left, in->scratch, &other));
	if (other.sort != HG_SORT_DERIVATIVE)
		return HG_OK;
	in->tried++;
	HG_TRY(hg_claim_try(&other, NULL, in->scratch, &answer));
	*found = hg_mends(answer);
	if (!*found)
		return HG_OK;
	if (in->claim->before) /* a later side of a chain: what its left side is has been said, and was meant */
		answer = HG_ANSWER_NOTATION;
	const hg_slip_found slip = {
		.id = hg_slips[HG_SLIP_WRONG_LEFT_SIDE].id, .repaired = hg_search_print(in, left), .at = in->claim->left->span};
	return hg_search_add(in, slip, answer);
}

/* A local derivative, dz_2/dW_2, may be that of any other pair. */
static hg_status try_local(hg_search *in, bool *found)
{
	const hg_claim *claim = in->claim;
	for (size_t i = 0; i < claim->nnames && !*found; i++)
		for (size_t j = 0; j < claim->nnames && !*found; j++) {
			const hg_claim_name *above = &claim->name[i], *below = &claim->name[j];
			bool computed = above->role == HG_ROLE_PREACTIVATION || above->role == HG_ROLE_ACTIVATION;
			if (i == j || !computed || !may_be_variable(in, above) || !may_be_variable(in, below))
				continue;
			hg_expr *left = hg_expr_copy(in->scratch, claim->left);
			if (!left)
				return HG_ENOMEM;
			left->kid[0] = (hg_expr *)above->spelled;
			left->kid[1] = (hg_expr *)below->spelled;
			HG_TRY(try_left(in, left, found));
		}
	return HG_OK;
}

static hg_role role_of_variable(const hg_claim *claim)
{
	for (size_t k = 0; claim->variable && k < claim->nnames; k++)
		if (hg_expr_equal(claim->variable, claim->name[k].spelled))
			return claim->name[k].role;
	return HG_ROLE_OTHER;
}

hg_status hg_search_left_sides(hg_search *in)
{
	const hg_claim *claim = in->claim;
	bool found = false, local = false;
	if (claim->sort != HG_SORT_DERIVATIVE || !claim->left)
		return HG_OK;
	const hg_role role = role_of_variable(claim);
	for (int alike = 1; alike >= 0; alike--) /* another bias for a bias first */
		for (size_t k = 0; k < claim->nnames && !found; k++) {
			const hg_claim_name *name = &claim->name[k];
			local |= claim->target && hg_expr_equal(claim->target, name->spelled) && name->role != HG_ROLE_LOSS &&
			         name->role != HG_ROLE_COST;
			if ((name->role == role) != alike || !may_be_variable(in, name))
				continue;
			const hg_expr *left = left_by(in, name);
			if (left)
				HG_TRY(try_left(in, left, &found));
		}
	for (size_t k = 0; k < in->nothers && !found; k++)
		if (in->others[k]->sort == HG_SORT_DERIVATIVE)
			HG_TRY(try_left(in, in->others[k]->left, &found));
	if (!found)
		HG_TRY(try_named(in, try_left, &found));
	return local && !found && claim->left->op == HG_OP_DERIV ? try_local(in, &found) : HG_OK;
}
