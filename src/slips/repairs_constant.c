/* Repairs of signs and constants: sign, 1/m, factors 2 and 1/2. */
#include "slips/repairs_edit.h"

static bool is_root(const hg_spot *at) { return at->up == NULL; }

/* a - b becomes b - a; one term changes its sign; the whole changes its sign. */
void hg_repair_sign(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	if (hg_in_exponent(at) || hg_in_derivative(at))
		return;
	if (e->op == HG_OP_SUM_OF) {
		bool one_negative = e->nkids == 2 && (e->kid[0]->op == HG_OP_NEG) != (e->kid[1]->op == HG_OP_NEG);
		if (one_negative) {
			const hg_expr *first = hg_make_minus(r, e->kid[0]), *second = hg_make_minus(r, e->kid[1]);
			bool turn = e->kid[1]->op == HG_OP_NEG; /* b - a reads better than -a + b */
			hg_expr *sum = hg_make_two(r, HG_OP_SUM_OF, turn ? second : first, turn ? first : second);
			if (sum)
				sum->bracketed = e->bracketed;
			hg_propose(r, at, sum, e->span, 1);
		}
		for (size_t k = 0; k < e->nkids; k++)
			hg_propose(r, at, hg_with_kid(r, e, k, hg_make_minus(r, e->kid[k])), e->kid[k]->span, 1);
	} else if (e->op == HG_OP_NEG && (is_root(at) || at->up->e->op != HG_OP_SUM_OF)) {
		hg_propose(r, at, e->kid[0], e->span, 1);
	}
	if (is_root(at) && e->op != HG_OP_NEG)
		hg_propose(r, at, hg_make_minus(r, e), e->span, 1);
}

/* ---- the mean over the samples ----------------------------------------------------------------------------------- */

static const hg_expr *count(hg_repairer *r)
{
	for (size_t k = 0; k < r->claim->nnames; k++)
		if (r->claim->name[k].role == HG_ROLE_COUNT)
			return r->claim->name[k].spelled;
	return hg_make_name(r, HG_L_SAMPLES);
}

/* A call of np.sum as one of np.mean, or the reverse. */
static hg_expr *called_by(hg_repairer *r, const hg_expr *call, const char *name)
{
	return hg_with_kid(r, call, 0, hg_make_name(r, name));
}

void hg_repair_missing_mean(hg_repairer *r, const hg_spot *at)
{
	if (hg_calls(at->e, HG_FN_SUM_OVER))
		hg_propose(r, at, called_by(r, at->e, "np.mean"), at->e->span, 1);
	if (!is_root(at))
		return;
	const hg_expr *m = count(r);
	const hg_expr *mended = r->code ? hg_make_product(r, at->e, HG_GLUE_DIV, m)
	                                : hg_with_factor(r, at->e, 0, hg_make_two(r, HG_OP_FRAC, hg_make_number(r, 1), m),
	                                                 HG_GLUE_NONE, HG_GLUE_NONE);
	hg_propose(r, at, mended, at->e->span, 1);
}

/* A factor 1/m, m below a bar, m^2 for m, a division by m, a mean that is a sum. */
void hg_repair_extra_mean(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	for (size_t k = 0; e->op == HG_OP_PRODUCT && k < e->nkids; k++)
		if (hg_is_mean_factor(r, e->kid[k]) || (k > 0 && e->glue[k - 1] == HG_GLUE_DIV && hg_is_count(r, e->kid[k])))
			hg_propose(r, at, hg_without_kids(r, e, k, 1), e->kid[k]->span, 1);
	if (e->op == HG_OP_FRAC && hg_is_count(r, e->kid[1]) && !hg_is_number(e->kid[0], 1))
		hg_propose(r, at, e->kid[0], e->kid[1]->span, 1);
	if (e->op == HG_OP_FRAC && e->kid[1]->op == HG_OP_PRODUCT)
		for (size_t k = 0; k < e->kid[1]->nkids; k++)
			if (hg_is_count(r, e->kid[1]->kid[k]))
				hg_propose(r, at, hg_with_kid(r, e, 1, hg_without_kids(r, e->kid[1], k, 1)), e->kid[1]->kid[k]->span, 1);
	if (hg_is_square(e) && hg_is_count(r, e->kid[0]))
		hg_propose(r, at, e->kid[0], e->span, 1);
	if (hg_calls(e, HG_FN_MEAN))
		hg_propose(r, at, called_by(r, e, "np.sum"), e->span, 1);
	if (is_root(at)) {
		const hg_expr *m = count(r);
		hg_propose(r, at, hg_with_factor(r, e, 0, m, HG_GLUE_NONE, r->code ? HG_GLUE_STAR : HG_GLUE_NONE), e->span, 1);
	}
}

/* ---- constants --------------------------------------------------------------------------------------------------- */

static const hg_expr *times_constant(hg_repairer *r, const hg_expr *e, unsigned above, unsigned below)
{
	const hg_expr *c = hg_make_number(r, above);
	if (below > 1)
		c = hg_make_two(r, HG_OP_FRAC, c, hg_make_number(r, below));
	return hg_with_factor(r, e, 0, c, HG_GLUE_NONE, r->code ? HG_GLUE_STAR : HG_GLUE_NONE);
}

static void drop_constants(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	for (size_t k = 0; e->op == HG_OP_PRODUCT && k < e->nkids; k++) {
		const hg_expr *f = e->kid[k];
		bool constant = f->op == HG_OP_NUM ||
		                (f->op == HG_OP_FRAC && f->kid[0]->op == HG_OP_NUM && f->kid[1]->op == HG_OP_NUM);
		if (constant)
			hg_propose(r, at, hg_without_kids(r, e, k, 1), f->span, 1);
	}
	if (e->op == HG_OP_FRAC && e->kid[1]->op == HG_OP_NUM && e->kid[0]->op != HG_OP_NUM)
		hg_propose(r, at, e->kid[0], e->kid[1]->span, 1);
}

void hg_repair_constant_factor(hg_repairer *r, const hg_spot *at)
{
	static const struct {
		unsigned above, below;
	} constant[] = {{2, 1}, {1, 2}, {4, 1}, {1, 4}, {3, 1}, {1, 3}};
	if (hg_in_exponent(at) || hg_in_derivative(at))
		return;
	drop_constants(r, at);
	bool term = at->up && at->up->e->op == HG_OP_SUM_OF && at->e->op != HG_OP_NUM;
	const hg_expr *e = at->e, *bare = e->op == HG_OP_NEG ? e->kid[0] : e;
	for (size_t k = 0; k < sizeof constant / sizeof *constant; k++) {
		if (!is_root(at) && (!term || k >= 2))
			break;
		const hg_expr *scaled = times_constant(r, bare, constant[k].above, constant[k].below);
		hg_propose(r, at, bare == e ? scaled : hg_make_minus(r, scaled), e->span, is_root(at) ? 1 : 2);
	}
}
