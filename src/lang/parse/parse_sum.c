/* Conditions, sums, products, factors. */
#include "lang/parse/parser.h"

/* Any number of signs; true when they come to a minus. */
static bool take_signs(hg_parser *p)
{
	bool minus = false;
	for (; hg_at(p, HG_T_PLUS) || hg_at(p, HG_T_MINUS); p->i++)
		minus ^= hg_at(p, HG_T_MINUS);
	return minus;
}

static hg_expr *negated(hg_parser *p, size_t first, bool minus, hg_expr *e)
{
	return minus ? hg_node_of(p, HG_OP_NEG, hg_span_from(p, first), e, NULL) : e;
}

static hg_expr *term(hg_parser *p)
{
	size_t first = p->i;
	bool minus = take_signs(p);
	return negated(p, first, minus, hg_parse_product(p));
}

hg_expr *hg_parse_sum(hg_parser *p)
{
	hg_kids terms = {0};
	size_t first = p->i;
	if (!hg_kids_add(p, &terms, HG_GLUE_NONE, term(p)))
		return NULL;
	for (;;) {
		if (hg_at(p, HG_T_WIDE) && p->brackets) {
			p->i++;
		} else if (hg_at(p, HG_T_PLUS) || hg_at(p, HG_T_MINUS)) {
			if (hg_at(p, HG_T_PLUS))
				p->i++;
			if (!hg_kids_add(p, &terms, HG_GLUE_NONE, term(p)))
				return NULL;
		} else if (hg_take(p, HG_T_PLUSMINUS)) {
			hg_expr *left = hg_join(p, HG_OP_SUM_OF, terms.at, NULL, terms.n), *right = left ? term(p) : NULL;
			if (!right)
				return NULL;
			terms.n = 0;
			hg_kids_add(p, &terms, HG_GLUE_NONE, hg_node_of(p, HG_OP_PLUSMINUS, hg_span_from(p, first), left, right));
		} else {
			return terms.n ? hg_join(p, HG_OP_SUM_OF, terms.at, NULL, terms.n) : NULL;
		}
	}
}

/* a < b < c is two conditions; a bare expression is itself. */
hg_expr *hg_parse_condition(hg_parser *p)
{
	hg_kids conditions = {0};
	hg_expr *left = hg_parse_sum(p);
	while (left && (hg_at(p, HG_T_COMPARE) || hg_at(p, HG_T_REL))) {
		hg_str word = hg_look(p)->text;
		p->i++;
		hg_expr *right = hg_parse_sum(p);
		hg_expr *e = right ? hg_node(p, HG_OP_COMPARE, hg_span_join(left->span, right->span), 2) : NULL;
		if (!e)
			return NULL;
		e->kid[0] = left;
		e->kid[1] = right;
		e->word = word;
		if (!hg_kids_add(p, &conditions, HG_GLUE_NONE, e))
			return NULL;
		left = right;
	}
	return conditions.n && left ? hg_join(p, HG_OP_AND, conditions.at, NULL, conditions.n) : left;
}

static bool is_operand_command(hg_str name)
{
	static const char *const none[] = {"wedge", "vee", "lor", "neg", "lnot", "cup", "cap", "setminus", "backslash", "top",
	                                   "intercal", "dagger", "not", "atop", "over"};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (hg_str_is(name, none[i]))
			return false;
	return true;
}

/* A bracket that holds words only, or begins with "because", is a remark beside the formula. */
static bool is_remark(const hg_parser *p)
{
	hg_token_kind inner = hg_look_at(p, p->i + 1)->kind;
	return inner == HG_T_BECAUSE ||
	       (inner == HG_T_TEXT && p->brackets == 0 && hg_look_at(p, p->i + 2)->kind != HG_T_PLUS);
}

bool hg_starts_factor(const hg_parser *p)
{
	const hg_token *t = hg_look(p);
	switch (t->kind) {
	case HG_T_NUM: case HG_T_NAME: case HG_T_D: case HG_T_NABLA: case HG_T_GROUP: case HG_T_BIG: case HG_T_ELLIPSIS:
	case HG_T_BEGIN:
		return true;
	case HG_T_OPEN:
		return t->match > p->i && !is_remark(p);
	case HG_T_COMMAND:
		return is_operand_command(t->text);
	default:
		return false;
	}
}

/* Boxes around numbers, side by side, are the entries of a row drawn by hand. */
static bool is_drawn_row(const hg_kids *factors)
{
	for (size_t i = 0; i < factors->n; i++) {
		const hg_expr *e = factors->at[i];
		const hg_expr *in = e->op == HG_OP_BOX ? e->kid[0] : NULL;
		in = in && in->op == HG_OP_NEG ? in->kid[0] : in;
		if (!in || in->op != HG_OP_NUM || (i && factors->glue[i - 1] != HG_GLUE_NONE))
			return false;
	}
	return factors->n > 1;
}

static hg_expr *product_of(hg_parser *p, hg_kids *factors)
{
	bool row = is_drawn_row(factors);
	for (size_t i = 0; row && i < factors->n; i++)
		factors->at[i] = factors->at[i]->kid[0];
	hg_expr *e = hg_join(p, row ? HG_OP_MATRIX : HG_OP_PRODUCT, factors->at, factors->glue, factors->n);
	if (e && row) {
		e->rows = 1;
		e->cols = factors->n;
	}
	return e;
}

hg_expr *hg_parse_product(hg_parser *p) { return hg_parse_product_from(p, hg_parse_factor(p)); }

hg_expr *hg_parse_product_from(hg_parser *p, hg_expr *first_factor)
{
	hg_kids factors = {0};
	if (!hg_kids_add(p, &factors, HG_GLUE_NONE, first_factor))
		return NULL;
	for (;;) {
		hg_glue glue = HG_GLUE_NONE;
		size_t first = p->i;
		if (p->brackets)
			while (hg_at(p, HG_T_WIDE))
				p->i++;
		if (hg_at(p, HG_T_GLUE)) {
			glue = (hg_glue)hg_look(p)->value;
			p->i++;
			first = p->i;
		} else if (!hg_starts_factor(p)) {
			return product_of(p, &factors);
		}
		bool minus = glue != HG_GLUE_NONE && take_signs(p);
		hg_expr *e = negated(p, first, minus, hg_parse_factor(p));
		hg_expr *derivative = e && glue == HG_GLUE_DIV ? hg_derivative_of_names(p, factors.at[factors.n - 1], e) : NULL;
		if (derivative)
			factors.at[factors.n - 1] = derivative;
		else if (!hg_kids_add(p, &factors, glue, e))
			return NULL;
	}
}

/* log a, max_j z: a function applied to the next factor without brackets. */
static hg_expr *applied(hg_parser *p, hg_expr *f)
{
	size_t first = p->i;
	bool minus = hg_at(p, HG_T_MINUS) && take_signs(p);
	if (!hg_starts_factor(p)) {
		p->i = first;
		return f;
	}
	hg_expr *argument = negated(p, first, minus, hg_parse_factor(p));
	return argument ? hg_call_of(p, f, &argument, 1) : NULL;
}

static bool applies_bare(hg_fn fn)
{
	return hg_fn_is_bare(fn) || fn == HG_FN_MAX || fn == HG_FN_MIN || fn == HG_FN_DIAG || fn == HG_FN_SOFTMAX ||
	       fn == HG_FN_SIGMOID || fn == HG_FN_RELU || fn == HG_FN_SUM_OVER || fn == HG_FN_MEAN || fn == HG_FN_LOG2;
}

static bool is_bare_function(const hg_expr *e)
{
	while (!e->bracketed && (e->op == HG_OP_POW || e->op == HG_OP_TRANSPOSE || e->op == HG_OP_PRIME))
		e = e->kid[0];
	return e->op == HG_OP_NAME && !e->bracketed && applies_bare(hg_fn_find(e->name));
}

static hg_expr *factor_inside(hg_parser *p)
{
	const hg_token *t = hg_look(p);
	if (t->kind == HG_T_BIG)
		return hg_parse_big(p);
	if (t->kind == HG_T_NABLA)
		return hg_parse_nabla(p);
	if (hg_is_derivative_sign(p, p->i))
		return hg_parse_differential(p);
	hg_expr *atom = hg_parse_atom(p), *e = atom ? hg_parse_scripted(p, atom) : NULL;
	return e && !p->code && is_bare_function(e) ? applied(p, e) : e;
}

/* Whatever is nested comes through here, so this is where levels are counted. */
hg_expr *hg_parse_factor(hg_parser *p)
{
	if (!hg_enter(p))
		return NULL;
	hg_expr *e = factor_inside(p);
	hg_leave(p);
	return e;
}
