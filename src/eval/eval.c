#include "eval/recall.h"

#include <math.h>

enum { MAX_DEPTH = 200 };
enum { COST_OF_A_NODE = 32 }; /* to find out what it means, in elementary operations */

hg_node hg_eval_fail(hg_eval *ev, const hg_expr *at, hg_cause trouble)
{
	if (!ev->trouble) {
		ev->trouble = trouble;
		ev->at = at;
	}
	return HG_NODE_NONE;
}

hg_node hg_eval_misfit(hg_eval *ev, const hg_expr *at, hg_cause trouble)
{
	ev->misfit = ev->misfit || !ev->trouble;
	return hg_eval_fail(ev, at, trouble);
}

/* prod(dJ/do, do/dh): the product of its arguments in whatever order and layout they fit. */
static const hg_expr *as_product(const hg_eval *ev, const hg_expr *e)
{
	bool prod = e->op == HG_OP_CALL && e->nkids > 2 && e->kid[0]->op == HG_OP_NAME && hg_fn_find(e->kid[0]->name) == HG_FN_PRODUCT_OVER;
	hg_expr *product = prod ? hg_expr_new(ev->arena, HG_OP_PRODUCT, e->span, e->nkids - 1) : NULL;
	for (size_t i = 0; product && i < product->nkids; i++)
		product->kid[i] = e->kid[i + 1];
	return product ? product : e;
}

const hg_expr *hg_eval_bare(const hg_eval *ev, const hg_expr *e)
{
	while (e->op == HG_OP_BOX || e->op == HG_OP_BRACE || (e->op == HG_OP_CANCEL && !ev->struck_dropped))
		e = e->kid[0];
	return as_product(ev, e);
}

static hg_node binary(hg_eval *ev, hg_tape_op op, hg_node a, hg_node b, const hg_expr *at)
{
	if (a < 0 || b < 0)
		return HG_NODE_NONE;
	hg_node node = hg_tape_binary(ev->tape, op, a, b);
	return node < 0 ? hg_eval_misfit(ev, at, HG_CAUSE_TERMS_MISFIT) : node;
}

static bool is_sum(const hg_expr *e)
{
	if (e->op == HG_OP_NEG)
		return is_sum(e->kid[0]);
	if (e->op == HG_OP_PRODUCT)
		return !e->kid[e->nkids - 1]->bracketed && is_sum(e->kid[e->nkids - 1]);
	return e->op == HG_OP_SUM && !e->bracketed;
}

/* `sum of a, minus b` read as `sum of (a - b)`: the same tree with the later terms inside the last sum's body. */
static const hg_expr *widen(hg_eval *ev, const hg_expr *term, const hg_expr *all, size_t next)
{
	hg_expr *copy = hg_expr_new(ev->arena, term->op, term->span, term->nkids);
	if (!copy)
		return NULL;
	hg_expr **kids = copy->kid;
	*copy = *term;
	copy->kid = kids;
	for (size_t i = 0; i < term->nkids; i++)
		kids[i] = term->kid[i];
	if (term->op != HG_OP_SUM) {
		size_t last = term->nkids - 1;
		kids[last] = (hg_expr *)widen(ev, term->kid[last], all, next);
		return kids[last] ? copy : NULL;
	}
	hg_expr *body = hg_expr_new(ev->arena, HG_OP_SUM_OF, all->span, all->nkids - next + 1);
	if (!body)
		return NULL;
	body->kid[0] = term->kid[0];
	for (size_t i = next; i < all->nkids; i++)
		body->kid[i - next + 1] = all->kid[i];
	kids[0] = body;
	return copy;
}

static hg_node add(hg_eval *ev, const hg_expr *e)
{
	hg_node sum = HG_NODE_NONE;
	for (size_t i = 0; i < e->nkids; i++) {
		const hg_expr *term = e->kid[i];
		bool sums = i + 1 < e->nkids && is_sum(term), wide = sums && ev->wide_sums;
		ev->minds |= sums ? HG_MINDS_WIDE : 0;
		bool minus = !wide && term->op == HG_OP_NEG && i > 0 && !term->bracketed;
		if (wide && !(term = widen(ev, term, e, i + 1)))
			return hg_eval_fail(ev, e, HG_CAUSE_OUT_OF_MEMORY);
		hg_node t = hg_eval_expr(ev, minus ? term->kid[0] : term);
		sum = i ? binary(ev, minus ? HG_TAPE_SUB : HG_TAPE_ADD, sum, t, e) : t;
		if (sum < 0)
			return sum;
		if (wide)
			break;
	}
	return sum;
}

static hg_node divide(hg_eval *ev, const hg_expr *e)
{
	hg_node a = hg_eval_expr(ev, e->kid[0]), b = a < 0 ? a : hg_eval_expr(ev, e->kid[1]);
	return binary(ev, HG_TAPE_DIV, a, b, e);
}

static bool is_letter(const hg_expr *e) { return e->op == HG_OP_NAME && !e->nindex && !(e->accent & ~(unsigned)HG_BOLD); }

static bool is_constant(const hg_expr *e, const char *name) { return is_letter(e) && hg_str_is(e->name, name); }

static bool is_euler(const hg_expr *e) { return is_constant(e, HG_L_EULER); }

/* Sums and products of names and numbers: nothing in it is applied entry by entry. */
static bool is_algebra(const hg_expr *e)
{
	bool inside = e->op == HG_OP_TRANSPOSE || e->op == HG_OP_PRODUCT || e->op == HG_OP_SUM_OF || e->op == HG_OP_NEG;
	for (size_t i = 0; inside && i < e->nkids; i++)
		inside = is_algebra(e->kid[i]);
	return inside || e->op == HG_OP_NUM || e->op == HG_OP_NAME;
}

/* X^{-1}, X^{-T}, (X^T X)^{-1}: the inverse of a square matrix. */
static hg_node inverse(hg_eval *ev, const hg_expr *e, bool turned)
{
	hg_node a = ev->code || !is_algebra(e->kid[0]) ? HG_NODE_NONE : hg_eval_expr(ev, e->kid[0]);
	if (a < 0 || hg_tape_is_scalar(ev->tape, a))
		return HG_NODE_NONE;
	hg_node out = hg_tape_unary(ev->tape, HG_TAPE_INVERSE, a);
	return turned && out >= 0 ? hg_tape_unary(ev->tape, HG_TAPE_TRANSPOSE, out) : out;
}

static hg_node power(hg_eval *ev, const hg_expr *e)
{
	const hg_expr *minus = e->kid[1]->op == HG_OP_NEG ? e->kid[1]->kid[0] : NULL;
	bool turned = minus && is_constant(minus, HG_L_TRANSPOSED), one = minus && minus->op == HG_OP_NUM && minus->number == 1;
	hg_node inverted = turned || one ? inverse(ev, e, turned) : HG_NODE_NONE;
	if (inverted >= 0 || ev->trouble)
		return inverted;
	hg_node named = ev->name(ev, e);
	if (named >= 0 || ev->trouble)
		return named;
	if (is_euler(e->kid[0])) {
		hg_node x = hg_eval_expr(ev, e->kid[1]);
		return x < 0 ? x : hg_tape_fn(ev->tape, HG_MAP_EXP, x);
	}
	hg_node a = hg_eval_expr(ev, e->kid[0]), b = a < 0 ? a : hg_eval_expr(ev, e->kid[1]);
	if (b < 0)
		return b;
	if (!hg_tape_is_scalar(ev->tape, b))
		return hg_eval_fail(ev, e, HG_CAUSE_EXPONENT);
	double p = hg_tape_value(ev->tape, b)->data[0];
	if (!hg_tape_is_scalar(ev->tape, a) && fabs(p) > (double)hg_tape_budget(ev->tape)->most[HG_LIMIT_POWER]) {
		hg_budget_stop(hg_tape_budget(ev->tape), HG_LIMIT_POWER);
		return HG_NODE_NONE;
	}
	hg_node root = HG_NODE_NONE;
	int ignored;
	/* ||v||^2 must be smooth at v = 0: take the square of the root away */
	if (p == 2 && hg_tape_op_of(ev->tape, a, &ignored, &root) == HG_TAPE_FN && ignored == HG_MAP_SQRT_OF &&
	    e->kid[0]->op == HG_OP_NORM)
		return root;
	return p == 1 ? a : binary(ev, HG_TAPE_POW, a, b, e);
}

static hg_node norm(hg_eval *ev, const hg_expr *e)
{
	hg_node a = hg_eval_expr(ev, e->kid[0]);
	if (a < 0)
		return a;
	if (e->nkids > 1 && e->kid[1]->op == HG_OP_NUM && e->kid[1]->number == 1)
		return hg_tape_unary(ev->tape, HG_TAPE_SUM, hg_tape_fn(ev->tape, HG_MAP_ABS_OF, a));
	hg_node square = hg_tape_binary(ev->tape, HG_TAPE_POW, a, hg_tape_number(ev->tape, 2));
	return hg_tape_fn(ev->tape, HG_MAP_SQRT_OF, hg_tape_unary(ev->tape, HG_TAPE_SUM, square));
}

static hg_node compare(hg_eval *ev, const hg_expr *e)
{
	hg_node a = hg_eval_expr(ev, e->kid[0]), b = a < 0 ? a : hg_eval_expr(ev, e->kid[1]);
	hg_node one = hg_tape_number(ev->tape, 1);
	if (b < 0)
		return b;
	if (hg_str_is(e->word, ">"))
		return binary(ev, HG_TAPE_GT, a, b, e);
	if (hg_str_is(e->word, "<"))
		return binary(ev, HG_TAPE_GT, b, a, e);
	if (hg_str_is(e->word, ">="))
		return binary(ev, HG_TAPE_GE, a, b, e);
	if (hg_str_is(e->word, "<="))
		return binary(ev, HG_TAPE_GE, b, a, e);
	if (hg_str_is(e->word, "="))
		return binary(ev, HG_TAPE_EQ, a, b, e);
	if (hg_str_is(e->word, "!="))
		return binary(ev, HG_TAPE_SUB, one, binary(ev, HG_TAPE_EQ, a, b, e), e);
	return hg_eval_fail(ev, e, HG_CAUSE_CONDITION_FORM);
}

static hg_node condition(hg_eval *ev, const hg_expr *e)
{
	e = hg_eval_bare(ev, e);
	if (e->op == HG_OP_COMPARE)
		return compare(ev, e);
	if (e->op != HG_OP_AND)
		return hg_eval_fail(ev, e, HG_CAUSE_CONDITION_IN_WORDS);
	hg_node all = condition(ev, e->kid[0]);
	for (size_t i = 1; i < e->nkids && all >= 0; i++)
		all = binary(ev, HG_TAPE_MUL, all, condition(ev, e->kid[i]), e);
	return all;
}

static bool is_words(const hg_expr *e) { return e->op == HG_OP_TEXT; }

/* From the last row to the first: if condition, then value, else what follows. */
static hg_node cases(hg_eval *ev, const hg_expr *e)
{
	hg_node value = HG_NODE_NONE;
	for (size_t row = e->nkids / 2; row-- > 0;) {
		hg_node v = hg_eval_expr(ev, e->kid[2 * row]);
		bool otherwise = is_words(e->kid[2 * row + 1]);
		if (v < 0 || (otherwise && 2 * row + 2 != e->nkids))
			return v < 0 ? v : hg_eval_fail(ev, e->kid[2 * row + 1], HG_CAUSE_CONDITION_IN_WORDS);
		hg_node when = otherwise ? HG_NODE_NONE : condition(ev, e->kid[2 * row + 1]);
		if (!otherwise && when < 0)
			return when;
		if (otherwise) {
			value = v;
			continue;
		}
		hg_node rest = value >= 0 ? value : hg_tape_number(ev->tape, NAN);
		value = hg_tape_apply(ev->tape, HG_TAPE_SELECT, 0, 0, (hg_shape){0, 0, 0, 0}, 3, (hg_node[]){when, v, rest});
		if (value < 0)
			return hg_eval_fail(ev, e, HG_CAUSE_CASES_MISFIT);
	}
	return value;
}

static hg_node blocks(hg_eval *ev, const hg_expr *e, size_t rows, size_t cols)
{
	hg_node *node = HG_NEWS(ev->arena, e->nkids + 1, hg_node);
	if (!node || !e->nkids || rows * cols != e->nkids)
		return hg_eval_fail(ev, e, HG_CAUSE_EMPTY_MATRIX);
	for (size_t i = 0; i < e->nkids; i++)
		if ((node[i] = hg_eval_expr(ev, e->kid[i])) < 0)
			return node[i];
	hg_node all = hg_tape_apply(ev->tape, HG_TAPE_BLOCKS, (int)rows, (int)cols, (hg_shape){0, 0, 0, 0}, e->nkids, node);
	return all < 0 ? hg_eval_fail(ev, e, HG_CAUSE_ENTRIES_MISFIT) : all;
}

static hg_node named(hg_eval *ev, const hg_expr *e)
{
	for (const hg_local *l = ev->local; l && e->op == HG_OP_NAME && !e->nindex; l = l->outer)
		if (hg_str_equal(l->name, e->name))
			return l->node >= 0 ? l->node : hg_tape_number(ev->tape, (double)(l->index + l->first));
	hg_node node = ev->name(ev, e);
	if (node < 0 && !ev->trouble && is_euler(e))
		return hg_tape_number(ev->tape, 2.718281828459045);
	if (node < 0 && !ev->trouble && is_letter(e) && hg_str_any(e->name, HG_LIST_PI))
		return hg_tape_number(ev->tape, 3.141592653589793);
	return node < 0 ? hg_eval_fail(ev, e, HG_CAUSE_NAME_UNKNOWN) : node;
}

static hg_node unary(hg_eval *ev, const hg_expr *e, hg_tape_op op)
{
	hg_node a = hg_eval_expr(ev, e->kid[0]);
	return a < 0 ? a : hg_tape_unary(ev->tape, op, a);
}

static hg_node unary_fn(hg_eval *ev, const hg_expr *e, hg_map fn)
{
	hg_node a = hg_eval_expr(ev, e->kid[0]);
	return a < 0 ? a : hg_tape_fn(ev->tape, fn, a);
}

static hg_node with_subscript(hg_eval *ev, const hg_expr *e)
{
	hg_node node = ev->name(ev, e); /* the binding knows what an index on a bracket selects */
	return node < 0 ? hg_eval_fail(ev, e, HG_CAUSE_INDEX_ON_EXPRESSION) : node;
}

static hg_node dispatch(hg_eval *ev, const hg_expr *e)
{
	if (e->nindex && e->op != HG_OP_NAME && !(e->op == HG_OP_CALL && e->index[0].sup))
		return with_subscript(ev, e);
	switch (e->op) {
	case HG_OP_NUM:
		return hg_tape_number(ev->tape, e->number);
	case HG_OP_NAME:
	case HG_OP_SLICE:
		return named(ev, e);
	case HG_OP_NEG:
		return unary_fn(ev, e, HG_MAP_NEG);
	case HG_OP_SUM_OF:
		return add(ev, e);
	case HG_OP_PRODUCT:
		return hg_eval_product(ev, e);
	case HG_OP_FRAC:
		return divide(ev, e);
	case HG_OP_POW:
		return power(ev, e);
	case HG_OP_SQRT:
		if (e->nkids > 1)
			return hg_eval_fail(ev, e, HG_CAUSE_ROOT_DEGREE);
		return unary_fn(ev, e, HG_MAP_SQRT_OF);
	case HG_OP_TRANSPOSE:
		return unary(ev, e, HG_TAPE_TRANSPOSE);
	case HG_OP_CALL:
	case HG_OP_PRIME:
		return hg_eval_call(ev, e);
	case HG_OP_DERIV:
	case HG_OP_DERIV_OP:
		return ev->deriv(ev, e);
	case HG_OP_SUM:
	case HG_OP_PROD:
		return hg_eval_sum(ev, e);
	case HG_OP_CASES:
		return cases(ev, e);
	case HG_OP_INDICATOR:
		return condition(ev, e->kid[0]);
	case HG_OP_COMPARE:
		return compare(ev, e);
	case HG_OP_MATRIX:
		return blocks(ev, e, e->rows, e->cols);
	case HG_OP_LIST:
		return e->nkids == 1 ? hg_eval_expr(ev, e->kid[0]) : blocks(ev, e, 1, e->nkids);
	case HG_OP_ABS:
		return unary_fn(ev, e, HG_MAP_ABS_OF);
	case HG_OP_NORM:
		return norm(ev, e);
	case HG_OP_CANCEL:
		return hg_tape_number(ev->tape, 1);
	case HG_OP_ELLIPSIS:
		return hg_eval_fail(ev, e, HG_CAUSE_DOTS);
	case HG_OP_TEXT:
		return hg_eval_fail(ev, e, HG_CAUSE_WORDS_INSIDE);
	default:
		return hg_eval_fail(ev, e, HG_CAUSE_NO_FORM_VALUE);
	}
}

hg_node hg_eval_expr(hg_eval *ev, const hg_expr *e)
{
	hg_recalling now;
	e = hg_eval_bare(ev, e);
	const hg_recalled *known = hg_recall_find(ev, e, HG_RECALL_VALUE, &now);
	if (known)
		return known->node;
	if (++ev->depth > MAX_DEPTH) {
		ev->depth--;
		return hg_eval_fail(ev, e, HG_CAUSE_TOO_DEEP);
	}
	hg_node node = hg_budget_step(hg_tape_budget(ev->tape), COST_OF_A_NODE) ? dispatch(ev, e) : HG_NODE_NONE;
	ev->depth--;
	if (node < 0)
		hg_eval_fail(ev, e, HG_CAUSE_TOO_LARGE);
	hg_recall_note(ev, &now, node, NULL, 0);
	return node;
}
