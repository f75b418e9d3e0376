/* Fractions, and the derivatives written as fractions. */
#include "lang/parse/parse_derivative.h"

typedef struct range {
	size_t from, to;
} range;

/* An argument of \frac as tokens, without its braces; the position goes behind it. */
static bool argument(hg_parser *p, range *r)
{
	const hg_token *t = hg_look(p);
	if (t->kind == HG_T_GROUP) {
		if (t->match <= p->i || t->match >= p->end)
			return hg_fail(p, HG_CAUSE_READ_BRACE) != NULL;
		*r = (range){p->i + 1, t->match};
		p->i = t->match + 1;
		return true;
	}
	if (t->kind != HG_T_NUM && t->kind != HG_T_NAME && t->kind != HG_T_D && t->kind != HG_T_COMMAND)
		return hg_fail(p, HG_CAUSE_READ_FRACTION) != NULL;
	*r = (range){p->i, p->i + 1};
	if (t->kind == HG_T_COMMAND) /* \frac\hat{y}{n} */
		for (r->to = p->i + 1; hg_look_at(p, r->to)->kind == HG_T_GROUP && r->to == p->i + 1;)
			r->to = hg_after(p, r->to);
	p->i = r->to;
	return true;
}

static bool is_sign_in(const hg_parser *p, size_t i, size_t to)
{
	const hg_token *t = hg_look_at(p, i), *next = i + 1 < to ? hg_look_at(p, i + 1) : NULL;
	if (t->kind == HG_T_D || (hg_is_glued_sign(t) && i < to))
		return true;
	if (!hg_is_letter_d(t) && !hg_is_delta(t))
		return false;
	return !next || (next->kind != HG_T_SUB && next->kind != HG_T_PLUS && next->kind != HG_T_MINUS &&
	                 next->kind != HG_T_GLUE && next->kind != HG_T_COMMA && next->kind != HG_T_PRIME);
}

static size_t count_signs(const hg_parser *p, range r)
{
	size_t n = 0;
	for (size_t i = r.from; i < r.to; i = hg_after(p, i))
		n += hg_look_at(p, i)->kind == HG_T_D;
	return n;
}

/* A name with its scripts and accents, nothing joined to it. */
static bool is_one_name(const hg_parser *p, range r)
{
	size_t names = 0;
	for (size_t i = r.from; i < r.to; i = hg_after(p, i)) {
		const hg_token *t = hg_look_at(p, i);
		if (t->kind == HG_T_SUP || t->kind == HG_T_SUB) {
			i++;
			continue;
		}
		bool accent = t->kind == HG_T_COMMAND && !hg_str_is(t->text, "frac") && hg_look_at(p, i + 1)->kind == HG_T_GROUP;
		if (t->kind != HG_T_NAME && !accent)
			return false;
		names++;
		i += accent;
	}
	return names == 1;
}

static bool is_cost(const hg_token *t)
{
	return t->kind == HG_T_NAME && hg_str_any(t->text, HG_LIST_LOSSES_ABOVE);
}

typedef enum quotient { FRACTION, DERIVATIVE, SIGN_MISSING } quotient;

static quotient kind_of(const hg_parser *p, range above, range below)
{
	if (above.from >= above.to || below.from >= below.to || !is_sign_in(p, above.from, above.to) ||
	    count_signs(p, above) > 1)
		return FRACTION;
	const hg_token *a = hg_look_at(p, above.from), *b = hg_look_at(p, below.from);
	if (is_sign_in(p, below.from, below.to) && below.to - below.from + hg_is_glued_sign(b) > 1)
		return hg_is_delta(a) != hg_is_delta(b) ? FRACTION : DERIVATIVE;
	if (a->kind == HG_T_D && is_one_name(p, below))
		return SIGN_MISSING;
	/* dL over b, but not dW over m: only a cost above and a bare name below count */
	bool cost = hg_is_letter_d(a) && above.to == above.from + 2 && is_cost(&a[1]);
	return cost && b->kind == HG_T_NAME && below.to == below.from + 1 ? SIGN_MISSING : FRACTION;
}

static hg_expr *all_of(hg_parser *p, range r)
{
	size_t outer = p->end, at = p->i;
	p->i = r.from;
	p->end = r.to;
	p->brackets++;
	hg_expr *e = r.from < r.to ? hg_parse_condition(p) : hg_fail(p, HG_CAUSE_READ_FRACTION_PART);
	if (e && p->i < r.to)
		e = hg_fail(p, HG_CAUSE_READ_FRACTION_END);
	p->brackets--;
	p->end = outer;
	p->i = at;
	return e;
}

/* Each variable below the line: d x d y, or d x^2 for the second order. */
static hg_expr *by_variables(hg_parser *p, hg_span span, hg_expr *target, range below, int order, hg_str word)
{
	size_t i = below.from;
	while (target && i < below.to) {
		size_t next = i + 1;
		while (next < below.to && hg_look_at(p, next)->kind != HG_T_D && !(hg_is_letter_d(hg_look_at(p, next)) && order > 1))
			next = hg_after(p, next);
		hg_expr *variable;
		if (hg_is_glued_sign(hg_look_at(p, i)) && next == i + 1) {
			size_t at = p->i;
			p->i = i;
			hg_take_sign(p, &variable);
			p->i = at;
		} else if (hg_is_glued_sign(hg_look_at(p, i))) {
			hg_expr *name;
			size_t at = p->i, outer = p->end;
			p->i = i;
			p->end = next;
			hg_take_sign(p, &name);
			variable = name ? hg_parse_scripted(p, name) : NULL;
			if (variable && p->i < next)
				variable = hg_fail(p, HG_CAUSE_READ_VARIABLE_END);
			p->i = at;
			p->end = outer;
		} else {
			variable = all_of(p, (range){i + 1, next});
		}
		if (!variable)
			return NULL;
		if (order > 1 && variable->op == HG_OP_POW && next == below.to && i == below.from) {
			variable = variable->kid[0];
			target = hg_derivative(p, span, target, variable, word);
		}
		target = hg_derivative(p, span, target, variable, word);
		i = next;
	}
	return target;
}

/* \\frac{\\partial^2}{\\partial a \\partial b} f is the derivative by a of the derivative by b. */
static hg_expr *mixed_operator(hg_parser *p, size_t first, range below, hg_str word)
{
	size_t next = below.from + 1;
	while (next < below.to && hg_look_at(p, next)->kind != HG_T_D)
		next = hg_after(p, next);
	hg_expr *outer = all_of(p, (range){below.from + 1, next});
	hg_expr *inner = outer ? all_of(p, (range){next + 1, below.to}) : NULL;
	hg_expr *once = hg_apply_operator(p, first, inner, word);
	return once ? hg_derivative(p, once->span, once, outer, word) : NULL;
}

static hg_expr *derivative_fraction(hg_parser *p, size_t first, range above, range below, quotient how)
{
	hg_span span = hg_span_from(p, first);
	size_t at = p->i;
	hg_expr *rest, *target;
	int order;
	p->i = above.from;
	hg_str word = hg_take_sign(p, &rest);
	size_t from = hg_order_behind(p, p->i, above.to, &order);
	p->i = at;
	bool is_operator = from >= above.to && !rest;
	if (how == SIGN_MISSING)
		hg_remark(p, span, "missing-differential", "the variable below the line has no differential sign; read as a derivative");
	if (is_operator && count_signs(p, below) > 1)
		return mixed_operator(p, first, below, word);
	if (is_operator) {
		range variable = {below.from + (how != SIGN_MISSING), below.to};
		const hg_token *b = hg_look_at(p, below.from);
		hg_expr *v = how != SIGN_MISSING && hg_is_glued_sign(b)
		                 ? hg_name(p, hg_str_part(b->text, 1, b->text.n), (hg_span){b->span.at + 1, b->span.n - 1})
		                 : all_of(p, variable);
		if (order < 2)
			return hg_apply_operator(p, first, v, word);
		v = v && v->op == HG_OP_POW ? v->kid[0] : v;
		hg_expr *once = hg_apply_operator(p, first, v, word);
		return once && once->op == HG_OP_DERIV ? hg_derivative(p, once->span, once, v, word) : once;
	}
	if (rest && from < above.to) {
		size_t outer = p->end;
		p->i = from;
		p->end = above.to;
		target = hg_parse_scripted(p, rest);
		if (target && p->i < above.to)
			target = hg_fail(p, HG_CAUSE_READ_TARGET_END);
		p->end = outer;
		p->i = at;
	} else {
		target = rest ? rest : all_of(p, (range){from, above.to});
	}
	if (how == SIGN_MISSING)
		return target ? hg_derivative(p, span, target, all_of(p, below), word) : NULL;
	return by_variables(p, span, target, below, order, word);
}

hg_expr *hg_parse_fraction(hg_parser *p)
{
	size_t first = p->i++;
	range above, below;
	if (!argument(p, &above) || !argument(p, &below))
		return NULL;
	quotient how = kind_of(p, above, below);
	if (how != FRACTION)
		return derivative_fraction(p, first, above, below, how);
	hg_span span = hg_span_from(p, first);
	hg_expr *numerator = all_of(p, above), *denominator = numerator ? all_of(p, below) : NULL;
	return denominator ? hg_node_of(p, HG_OP_FRAC, span, numerator, denominator) : NULL;
}
