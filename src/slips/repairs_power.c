/* Repairs of squares, exponents and complements. */
#include "slips/repairs_edit.h"

/* f^2(x) and f(x)^2 without the square: NULL if e is no square. */
static const hg_expr *unsquared(hg_repairer *r, const hg_expr *e)
{
	if (e->op == HG_OP_CALL && hg_is_square(e->kid[0]))
		return hg_with_kid(r, e, 0, e->kid[0]->kid[0]);
	return hg_is_square(e);
}

/* (1 - a)^2 and 1 - a^2 */
void hg_repair_square_moved(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e, *base = hg_is_square(e);
	if (base && base->op == HG_OP_SUM_OF && base->nkids == 2) {
		bool minus = base->kid[1]->op == HG_OP_NEG;
		const hg_expr *second = hg_make_square(r, minus ? base->kid[1]->kid[0] : base->kid[1]);
		const hg_expr *first = base->kid[0]->op == HG_OP_NUM ? base->kid[0] : hg_make_square(r, base->kid[0]);
		hg_propose(r, at, hg_make_two(r, HG_OP_SUM_OF, first, minus ? hg_make_minus(r, second) : second), e->span, 1);
	}
	const hg_expr *inside = hg_is_complement(e);
	const hg_expr *bare = inside ? unsquared(r, inside) : NULL;
	if (bare)
		hg_propose(r, at, hg_make_square(r, hg_make_complement(r, bare)), e->span, 1);
}

/* May it be squared: a name, a call, a bracket, something below a bar. */
static bool may_be_squared(const hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	if (e->op == HG_OP_NUM || e->op == HG_OP_POW || e->op == HG_OP_KWARG || hg_in_exponent(at) || hg_in_derivative(at))
		return false;
	if (hg_is_count(r, e) || !at->up)
		return false;
	bool below = at->up->e->op == HG_OP_FRAC && at->k == 1;
	bool inside = hg_is_factor(at) && (e->op == HG_OP_NAME || e->op == HG_OP_CALL || e->bracketed);
	return below || inside;
}

void hg_repair_lost_square(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	if (may_be_squared(r, at))
		hg_propose(r, at, hg_make_square(r, e), e->span, 1);
	if (e->op == HG_OP_POW && e->kid[1]->op == HG_OP_NUM && !hg_in_exponent(at))
		hg_propose(r, at, hg_with_kid(r, e, 1, hg_make_number(r, e->kid[1]->number + 1)), e->kid[1]->span, 1);
}

void hg_repair_extra_square(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	if (hg_in_exponent(at) || hg_in_derivative(at))
		return;
	const hg_expr *bare = unsquared(r, e);
	if (bare)
		hg_propose(r, at, bare, e->span, 1);
	else if (e->op == HG_OP_POW && e->kid[1]->op == HG_OP_NUM && e->kid[1]->number > 2)
		hg_propose(r, at, hg_with_kid(r, e, 1, hg_make_number(r, e->kid[1]->number - 1)), e->kid[1]->span, 1);
}

void hg_repair_exponent_sign(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	bool exp = hg_calls(e, HG_FN_EXP);
	if ((e->op == HG_OP_POW || exp) && !hg_in_derivative(at))
		hg_propose(r, at, hg_with_kid(r, e, 1, hg_make_minus(r, e->kid[1])), e->kid[1]->span, 1);
}

/* a for 1 - a, and the reverse. */
void hg_repair_complement(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e, *inside = hg_is_complement(e);
	if (hg_in_exponent(at) || hg_in_derivative(at))
		return;
	if (inside)
		hg_propose(r, at, inside, e->span, 1);
	bool plain = e->op == HG_OP_NAME || e->op == HG_OP_CALL || hg_is_square(e) || (e->op == HG_OP_FRAC && at->up);
	bool in_complement = at->up && at->up->up && at->up->e->op == HG_OP_NEG && hg_is_complement(at->up->up->e);
	if (plain && hg_is_factor(at) && !in_complement && !hg_is_count(r, e) && !hg_is_mean_factor(r, e))
		hg_propose(r, at, hg_make_complement(r, e), e->span, 1);
}
