/* Repairs that take out or put in: factors, links of a chain, terms of a sum; and what joins them. */
#include "slips/repairs_edit.h"

/* ---- factors that could be missing ------------------------------------------------------------------------------- */

typedef struct insertion {
	hg_repairer *r;
	const hg_spot *at;
} insertion;

typedef void use_factor(const insertion *in, const hg_expr *factor);

static bool in_claim(const hg_expr *tree, const hg_expr *e, const hg_expr **stop)
{
	if (!tree || *stop)
		return false;
	if (tree == e) {
		*stop = e;
		return false;
	}
	if (hg_expr_equal(tree, e))
		return true;
	for (size_t k = 0; k < tree->nkids; k++)
		if (in_claim(tree->kid[k], e, stop))
			return true;
	return false;
}

/* Has an equal node stood before this one in the tree? */
static bool seen_before(const hg_expr *tree, const hg_expr *e)
{
	const hg_expr *stop = NULL;
	return in_claim(tree, e, &stop);
}

/* The function values in a formula are candidates too: sigma(z), 1 - sigma(z). */
static void use_calls(const insertion *in, const hg_expr *tree, const hg_expr *e, use_factor *use)
{
	if (e->op == HG_OP_CALL && e->nkids == 2 && e->kid[0]->op == HG_OP_NAME && !seen_before(tree, e)) {
		use(in, e);
		use(in, hg_make_complement(in->r, e));
	}
	for (size_t k = 0; k < e->nkids; k++)
		use_calls(in, tree, e->kid[k], use);
}

/* a - y, of the last layer. */
static void use_errors(const insertion *in, use_factor *use)
{
	const hg_claim *claim = in->r->claim;
	int last = 0;
	for (size_t k = 0; k < claim->nnames; k++)
		if (claim->name[k].role == HG_ROLE_ACTIVATION && claim->name[k].layer > last)
			last = claim->name[k].layer;
	for (size_t k = 0; k < claim->nnames; k++)
		for (size_t j = 0; j < claim->nnames; j++) {
			const hg_claim_name *a = &claim->name[k], *y = &claim->name[j];
			if (a->role != HG_ROLE_ACTIVATION || a->layer != last || y->role != HG_ROLE_LABEL || a->batch != y->batch)
				continue;
			hg_expr *error = hg_make_two(in->r, HG_OP_SUM_OF, a->spelled, hg_make_minus(in->r, y->spelled));
			if (error)
				error->bracketed = true;
			use(in, error);
		}
}

static void use_factors(const insertion *in, use_factor *use)
{
	const hg_claim *claim = in->r->claim;
	for (size_t k = 0; k < claim->nnames; k++) {
		const hg_claim_name *name = &claim->name[k];
		if (hg_is_claimed(in->r, name))
			continue;
		switch (name->role) {
		case HG_ROLE_ACTIVATION:
			use(in, hg_make_complement(in->r, name->spelled));
			/* fall through */
		case HG_ROLE_WEIGHT:
		case HG_ROLE_INPUT:
		case HG_ROLE_GRADIENT:
			use(in, name->spelled);
			use(in, hg_make_one(in->r, HG_OP_TRANSPOSE, name->spelled));
			break;
		case HG_ROLE_PREACTIVATION:
			if (name->slope)
				use(in, name->slope);
			break;
		default:
			break;
		}
	}
	const hg_expr *own = in->at->e, *of = hg_is_complement(own);
	if (claim->variable && claim->variable->op == HG_OP_NAME) {
		use(in, claim->variable);
		use(in, hg_make_complement(in->r, claim->variable));
	}
	if (of || own->op == HG_OP_FRAC) /* s (1 - s) */
		use(in, of ? of : hg_make_complement(in->r, own));
	use_errors(in, use);
	use_calls(in, claim->right, claim->right, use);
}

static void insert_at(const insertion *in, const hg_expr *factor, size_t k, hg_glue joint)
{
	hg_repairer *r = in->r;
	const hg_expr *e = in->at->e;
	bool product = e->op == HG_OP_PRODUCT, inside = product && k > 0 && k < e->nkids;
	hg_glue before = inside ? e->glue[k - 1] : joint;
	if (before == HG_GLUE_DIV)
		return;
	hg_propose(r, in->at, hg_with_factor(r, e, k, factor, joint, before), e->span, 1);
	if (inside && before != joint)
		hg_propose(r, in->at, hg_with_factor(r, e, k, factor, before, joint), e->span, 1);
}

/* At every place of the product, as a matrix product and entry by entry; what works entry by entry, and inputs, are
 * likelier at the end, weights at the front. */
static void insert(const insertion *in, const hg_expr *factor)
{
	const hg_repairer *r = in->r;
	const hg_expr *e = in->at->e;
	const hg_expr *bare = factor && factor->op == HG_OP_TRANSPOSE ? factor->kid[0] : factor;
	const hg_claim_name *name = bare ? hg_known_name(r, bare) : NULL;
	const hg_glue matrix = r->code ? HG_GLUE_AT : HG_GLUE_NONE, entries = r->code ? HG_GLUE_STAR : HG_GLUE_ODOT;
	bool product = e->op == HG_OP_PRODUCT, front = name && name->role == HG_ROLE_WEIGHT;
	size_t first = product && hg_is_mean_factor(r, e->kid[0]), last = product ? e->nkids : 1;
	for (int j = 0; j < 2; j++)
		for (size_t i = first; i <= last; i++)
			insert_at(in, factor, front ? i : last + first - i, (j == 0) == (name != NULL) ? matrix : entries);
}

/* A whole product, or a term that is none and stands in none. */
void hg_repair_lost_factor(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	bool inside = at->up && at->up->e->op == HG_OP_PRODUCT;
	bool term = hg_is_factor(at) && (!inside || (e->op == HG_OP_PRODUCT && e->bracketed));
	bool constant = e->op == HG_OP_NUM || hg_is_mean_factor(r, e) || hg_is_count(r, e) || e->op == HG_OP_NEG;
	if (term && !constant)
		use_factors(&(insertion){.r = r, .at = at}, insert);
}

/* The product without n factors from kid k on; in the gap the joint before it, or the one behind. */
static void take_out(hg_repairer *r, const hg_spot *at, size_t k, size_t n)
{
	const hg_expr *e = at->e, *rest = hg_without_kids(r, e, k, n);
	hg_span caret = hg_span_of_kids(e, k, k + n - 1);
	hg_propose(r, at, rest, caret, 1);
	if (k > 0 && k + n < e->nkids && e->glue[k - 1] != e->glue[k + n - 1] && rest)
		hg_propose(r, at, hg_with_glue(r, rest, k - 1, e->glue[k + n - 1]), caret, 1);
}

/* One factor or two neighbours; what stands below a bar. */
void hg_repair_extra_factor(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	if (hg_in_exponent(at))
		return;
	for (size_t n = 1; n <= 2; n++)
		for (size_t k = 0; e->op == HG_OP_PRODUCT && n < e->nkids && k + n <= e->nkids; k++)
			if (!hg_is_mean_factor(r, e->kid[k]) && e->kid[k]->op != HG_OP_NUM)
				take_out(r, at, k, n);
	bool fraction = e->op == HG_OP_FRAC && e->kid[1]->op != HG_OP_NUM && !hg_is_count(r, e->kid[1]);
	if (fraction && !hg_is_number(e->kid[0], 1))
		hg_propose(r, at, e->kid[0], e->kid[1]->span, 1);
}

/* ---- links of a chain -------------------------------------------------------------------------------------------- */

static hg_expr *link(hg_repairer *r, const hg_expr *like, const hg_expr *above, const hg_expr *below)
{
	hg_expr *e = hg_make_two(r, HG_OP_DERIV, above, below);
	if (e)
		e->word = like->word;
	return e;
}

static bool is_link(const hg_expr *e) { return e->op == HG_OP_DERIV && e->nkids == 2; }

/* dL/da da/dz: what is below must be above next; the missing link leads from the one to the other. */
void hg_repair_lost_chain_factor(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e, *top = r->claim->target, *bottom = r->claim->variable;
	size_t n = e->op == HG_OP_PRODUCT ? e->nkids : 1;
	hg_expr *const self = (hg_expr *)e, *const *kid = e->op == HG_OP_PRODUCT ? e->kid : &self;
	bool alone = at->up && at->up->e->op == HG_OP_PRODUCT;
	if (alone || !is_link(kid[0]))
		return;
	hg_glue glue = n > 1 ? e->glue[0] : HG_GLUE_NONE;
	for (size_t k = 0; k + 1 < n; k++)
		if (is_link(kid[k]) && is_link(kid[k + 1]) && !hg_expr_equal(kid[k]->kid[1], kid[k + 1]->kid[0]))
			hg_propose(r, at, hg_with_factor(r, e, k + 1, link(r, kid[k], kid[k]->kid[1], kid[k + 1]->kid[0]), glue, glue),
			           hg_span_of_kids(e, k, k + 1), 1);
	if (top && !hg_expr_equal(top, kid[0]->kid[0]))
		hg_propose(r, at, hg_with_factor(r, e, 0, link(r, kid[0], top, kid[0]->kid[0]), glue, glue), kid[0]->span, 1);
	const hg_expr *last = kid[n - 1];
	if (bottom && is_link(last) && !hg_expr_equal(bottom, last->kid[1]))
		hg_propose(r, at, hg_with_factor(r, e, n, link(r, last, last->kid[1], bottom), glue, glue), last->span, 1);
}

/* a/b as b/a, da/dz as dz/da, a factor below the bar instead of above. */
void hg_repair_inverted_factor(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	if (hg_in_exponent(at) || (at->up && hg_in_derivative(at)))
		return;
	if ((e->op == HG_OP_FRAC && !hg_is_mean_factor(r, e) && e->kid[0]->op != HG_OP_NUM) || is_link(e))
		hg_propose(r, at, hg_with_kids_swapped(r, e, 0, 1), e->span, 1);
	if (e->op == HG_OP_FRAC && hg_is_number(e->kid[0], 1) && !hg_is_count(r, e->kid[1]))
		hg_propose(r, at, e->kid[1], e->span, 1);
	for (size_t k = 0; e->op == HG_OP_PRODUCT && k < e->nkids; k++) {
		const hg_expr *f = e->kid[k];
		if (f->op == HG_OP_NUM || f->op == HG_OP_FRAC || f->op == HG_OP_TRANSPOSE || is_link(f))
			continue;
		const hg_expr *below = hg_make_two(r, HG_OP_FRAC, hg_make_number(r, 1), f);
		hg_propose(r, at, hg_with_kid(r, e, k, below), f->span, 1);
		if (k > 0 && e->glue[k - 1] == HG_GLUE_DIV)
			hg_propose(r, at, hg_with_glue(r, e, k - 1, r->code ? HG_GLUE_STAR : HG_GLUE_NONE), f->span, 1);
	}
	if (e->op == HG_OP_FRAC && e->kid[1]->op == HG_OP_PRODUCT)
		for (size_t k = 0; k < e->kid[1]->nkids; k++) {
			const hg_expr *rest = hg_without_kids(r, e->kid[1], k, 1);
			const hg_expr *above = hg_make_product(r, e->kid[0], HG_GLUE_NONE, e->kid[1]->kid[k]);
			hg_propose(r, at, hg_make_two(r, HG_OP_FRAC, above, rest), e->kid[1]->kid[k]->span, 1);
		}
}

/* ---- terms ------------------------------------------------------------------------------------------------------- */

static void add_term(const insertion *in, const hg_expr *term)
{
	hg_repairer *r = in->r;
	const hg_expr *e = in->at->e;
	hg_propose(r, in->at, hg_make_two(r, HG_OP_SUM_OF, e, term), e->span, 1);
	hg_propose(r, in->at, hg_make_two(r, HG_OP_SUM_OF, e, hg_make_minus(r, term)), e->span, 1);
}

/* The other half of a cross-entropy: y/t as (1 - y)/(1 - t). */
static const hg_expr *mirrored(hg_repairer *r, const hg_expr *fraction)
{
	const hg_expr *above = hg_is_complement(fraction->kid[0]), *below = hg_is_complement(fraction->kid[1]);
	return hg_make_two(r, HG_OP_FRAC, above ? above : hg_make_complement(r, fraction->kid[0]),
	                   below ? below : hg_make_complement(r, fraction->kid[1]));
}

/* Beside a name in a product only what is of its kind: a - y for a. */
static bool may_be_beside(const hg_repairer *r, const hg_expr *e, const hg_claim_name *term)
{
	const hg_claim_name *own = hg_known_name(r, e);
	bool value = term->role == HG_ROLE_LABEL || term->role == HG_ROLE_ACTIVATION || term->role == HG_ROLE_PREACTIVATION;
	return own && own != term && value && own->batch == term->batch;
}

void hg_repair_lost_term(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	bool whole = !at->up || e->op == HG_OP_SUM_OF || e->bracketed;
	bool name = e->op == HG_OP_NAME && hg_is_factor(at) && at->up && at->up->e->op != HG_OP_SUM_OF;
	if ((!whole && !name) || hg_in_exponent(at) || hg_in_derivative(at) || e->op == HG_OP_NUM)
		return;
	const insertion in = {.r = r, .at = at};
	const hg_expr *bare = e->op == HG_OP_NEG ? e->kid[0] : e;
	if (bare->op == HG_OP_FRAC)
		add_term(&in, mirrored(r, bare));
	for (size_t k = 0; k < r->claim->nnames; k++) {
		const hg_claim_name *term = &r->claim->name[k];
		bool number = term->role == HG_ROLE_LOSS || term->role == HG_ROLE_COST || term->role == HG_ROLE_COUNT;
		if (!number && !hg_is_claimed(r, term) && (whole || may_be_beside(r, e, term)))
			add_term(&in, term->spelled);
	}
	if (whole)
		add_term(&in, hg_make_number(r, 1));
}

void hg_repair_extra_term(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	for (size_t k = 0; e->op == HG_OP_SUM_OF && !hg_in_exponent(at) && k < e->nkids; k++)
		hg_propose(r, at, hg_without_kids(r, e, k, 1), e->kid[k]->span, 1);
}

/* a (1 - a) is a derivative; a + (1 - a) is nothing anybody means. */
static bool are_complements(const hg_expr *a, const hg_expr *b)
{
	const hg_expr *of_a = hg_is_complement(a), *of_b = hg_is_complement(b);
	return (of_b && hg_expr_equal(of_b, a)) || (of_a && hg_expr_equal(of_a, b));
}

/* a b as a + b and a - b: what stands left and right of the joint together, or the two neighbours alone. */
void hg_repair_product_for_sum(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	for (size_t k = 1; e->op == HG_OP_PRODUCT && !hg_in_exponent(at) && k < e->nkids; k++) {
		if (e->glue[k - 1] == HG_GLUE_DIV || are_complements(e->kid[k - 1], e->kid[k]))
			continue;
		const hg_expr *left = hg_without_kids(r, e, k, e->nkids - k), *right = hg_without_kids(r, e, 0, k);
		hg_span caret = hg_span_of_kids(e, k - 1, k);
		hg_propose(r, at, hg_make_two(r, HG_OP_SUM_OF, left, right), caret, 1);
		hg_propose(r, at, hg_make_two(r, HG_OP_SUM_OF, left, hg_make_minus(r, right)), caret, 1);
		const hg_expr *rest = hg_without_kids(r, e, k, 1), *a = e->kid[k - 1], *b = e->kid[k];
		if (e->nkids == 2)
			continue;
		if (k + 1 < e->nkids && rest)
			rest = hg_with_glue(r, rest, k - 1, e->glue[k]);
		hg_propose(r, at, hg_with_kid(r, rest, k - 1, hg_make_two(r, HG_OP_SUM_OF, a, b)), caret, 1);
		const hg_expr *less = hg_make_two(r, HG_OP_SUM_OF, a, hg_make_minus(r, b));
		hg_propose(r, at, hg_with_kid(r, rest, k - 1, less), caret, 1);
	}
}

void hg_repair_sum_for_product(hg_repairer *r, const hg_spot *at)
{
	const hg_expr *e = at->e;
	const hg_glue joint[] = {r->code ? HG_GLUE_AT : HG_GLUE_NONE, r->code ? HG_GLUE_STAR : HG_GLUE_ODOT};
	for (size_t k = 0; e->op == HG_OP_SUM_OF && !hg_in_exponent(at) && k + 1 < e->nkids; k++)
		for (size_t j = 0; j < 2; j++) {
			const hg_expr *right = e->kid[k + 1], *bare = right->op == HG_OP_NEG ? right->kid[0] : right;
			const hg_expr *product = hg_make_product(r, e->kid[k], joint[j], bare);
			const hg_expr *rest = e->nkids > 2 ? hg_with_kid(r, hg_without_kids(r, e, k + 1, 1), k, product) : product;
			hg_propose(r, at, rest, hg_span_of_kids(e, k, k + 1), 1);
			if (bare != right) {
				product = hg_make_minus(r, product);
				rest = e->nkids > 2 ? hg_with_kid(r, hg_without_kids(r, e, k + 1, 1), k, product) : product;
				hg_propose(r, at, rest, hg_span_of_kids(e, k, k + 1), 1);
			}
		}
}
