/* Derivatives: fractions, slashes, operators, subscripted signs, nabla, and names of gradients. */
#include "lang/parser.h"

#include <string.h>

static bool is_letter_d(const hg_token *t) { return t->kind == HG_T_NAME && hg_str_is(t->text, "d"); }

static bool is_delta(const hg_token *t) { return t->kind == HG_T_NAME && hg_str_is(t->text, "delta"); }

/* dW, dloss: a name that begins with the sign. */
static bool is_glued(const hg_token *t)
{
	return t->kind == HG_T_NAME && t->text.n > 1 && t->text.p[0] == 'd' && !hg_command_is_letter(t->text) &&
	       hg_fn_find(t->text) == HG_NFNS;
}

static bool is_operand(const hg_token *t)
{
	return (t->kind == HG_T_NAME && hg_fn_find(t->text) == HG_NFNS) || t->kind == HG_T_COMMAND || t->kind == HG_T_GROUP;
}

/* From a delta to the slash and the other delta, over one decorated name. */
static bool is_delta_quotient(const hg_parser *p, size_t i)
{
	size_t seen = 0;
	for (size_t j = i + 1; j < p->end && seen < 12; j = hg_after(p, j), seen++) {
		const hg_token *t = hg_look_at(p, j);
		if (t->kind == HG_T_GLUE && t->value == HG_GLUE_DIV)
			return seen > 0 && is_delta(hg_look_at(p, j + 1));
		if (t->kind == HG_T_REL || t->kind == HG_T_PLUS || t->kind == HG_T_MINUS || t->kind == HG_T_GLUE)
			return false;
	}
	return false;
}

bool hg_is_derivative_sign(const hg_parser *p, size_t i)
{
	const hg_token *t = hg_look_at(p, i), *next = hg_look_at(p, i + 1);
	if (t->kind == HG_T_D)
		return true;
	if (is_delta(t))
		return is_delta_quotient(p, i);
	if (is_glued(t)) { /* dL/dW in plain text */
		bool slash = next->kind == HG_T_GLUE && next->value == HG_GLUE_DIV;
		return slash && (is_glued(hg_look_at(p, i + 2)) || is_letter_d(hg_look_at(p, i + 2)));
	}
	if (!is_letter_d(t))
		return false;
	if (next->kind == HG_T_GLUE && next->value == HG_GLUE_DIV) /* d/dx */
		return is_letter_d(hg_look_at(p, i + 2)) || hg_look_at(p, i + 2)->kind == HG_T_D || is_glued(hg_look_at(p, i + 2));
	return is_operand(next);
}

static hg_str sign_word(const hg_token *t) { return t->kind == HG_T_D ? t->text : is_delta(t) ? HG_STR("delta") : HG_STR("d"); }

/* Reads the sign; of a glued name the rest is put into *rest. */
static hg_str take_sign(hg_parser *p, hg_expr **rest)
{
	const hg_token *t = hg_look(p);
	*rest = NULL;
	if (is_glued(t))
		*rest = hg_name(p, hg_str_part(t->text, 1, t->text.n), (hg_span){t->span.at + 1, t->span.n - 1});
	p->i++;
	return sign_word(t);
}

static hg_expr *derivative(hg_parser *p, hg_span span, hg_expr *target, hg_expr *variable, hg_str word)
{
	hg_expr *e = target ? hg_node_of(p, HG_OP_DERIV, span, target, variable) : NULL;
	if (e)
		e->word = word;
	return e;
}

static hg_expr *bare_operator(hg_parser *p, hg_span span, hg_expr *variable, hg_str word)
{
	hg_expr *e = hg_node_of(p, HG_OP_DERIV_OP, span, variable, NULL);
	if (e)
		e->word = word;
	return e;
}

/* d/dx of what follows: a bracket, or the product up to + - =; a minus here can only belong to the operand. */
static hg_expr *applied(hg_parser *p, size_t first, hg_expr *variable, hg_str word)
{
	size_t at = p->i;
	bool minus = hg_take(p, HG_T_MINUS);
	hg_expr *operand;
	if (!variable)
		return NULL;
	if (hg_at(p, HG_T_OPEN) && hg_starts_factor(p)) {
		operand = hg_parse_bracket(p);
		operand = operand ? hg_parse_scripted(p, operand) : NULL;
	} else if (hg_starts_factor(p)) {
		operand = hg_parse_product(p);
	} else {
		p->i = at;
		return bare_operator(p, hg_span_from(p, first), variable, word);
	}
	if (minus)
		operand = hg_node_of(p, HG_OP_NEG, hg_span_from(p, at), operand, NULL);
	return derivative(p, hg_span_from(p, first), operand, variable, word);
}

/* ---- \frac ---- */

typedef struct range {
	size_t from, to;
} range;

/* An argument of \frac as tokens, without its braces; the position goes behind it. */
static bool argument(hg_parser *p, range *r)
{
	const hg_token *t = hg_look(p);
	if (t->kind == HG_T_GROUP) {
		if (t->match <= p->i || t->match >= p->end)
			return hg_fail(p, "a closing brace for this one") != NULL;
		*r = (range){p->i + 1, t->match};
		p->i = t->match + 1;
		return true;
	}
	if (t->kind != HG_T_NUM && t->kind != HG_T_NAME && t->kind != HG_T_D && t->kind != HG_T_COMMAND)
		return hg_fail(p, "the numerator and the denominator of a fraction, in braces") != NULL;
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
	if (t->kind == HG_T_D || (is_glued(t) && i < to))
		return true;
	if (!is_letter_d(t) && !is_delta(t))
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
	return t->kind == HG_T_NAME && (hg_str_is(t->text, "L") || hg_str_is(t->text, "J") || hg_str_is(t->text, "C") ||
	                                hg_str_is(t->text, "E") || hg_str_is(t->text, "ell"));
}

typedef enum quotient { FRACTION, DERIVATIVE, SIGN_MISSING } quotient;

static quotient kind_of(const hg_parser *p, range above, range below)
{
	if (above.from >= above.to || below.from >= below.to || !is_sign_in(p, above.from, above.to) ||
	    count_signs(p, above) > 1)
		return FRACTION;
	const hg_token *a = hg_look_at(p, above.from), *b = hg_look_at(p, below.from);
	if (is_sign_in(p, below.from, below.to) && below.to - below.from + is_glued(b) > 1)
		return is_delta(a) != is_delta(b) ? FRACTION : DERIVATIVE;
	if (a->kind == HG_T_D && is_one_name(p, below))
		return SIGN_MISSING;
	/* dL over b, but not dW over m: only a cost above and a bare name below count */
	bool cost = is_letter_d(a) && above.to == above.from + 2 && is_cost(&a[1]);
	return cost && b->kind == HG_T_NAME && below.to == below.from + 1 ? SIGN_MISSING : FRACTION;
}

static hg_expr *all_of(hg_parser *p, range r)
{
	size_t outer = p->end, at = p->i;
	p->i = r.from;
	p->end = r.to;
	p->brackets++;
	hg_expr *e = r.from < r.to ? hg_parse_condition(p) : hg_fail(p, "something in this part of the fraction");
	if (e && p->i < r.to)
		e = hg_fail(p, "an operator, or the end of this part of the fraction");
	p->brackets--;
	p->end = outer;
	p->i = at;
	return e;
}

/* Behind the sign: a power is the order of the derivative. */
static size_t order_behind(hg_parser *p, size_t i, size_t to, int *order)
{
	*order = 1;
	if (i + 1 >= to || hg_look_at(p, i)->kind != HG_T_SUP)
		return i;
	size_t past = hg_after(p, i + 1);
	const hg_token *t = hg_look_at(p, hg_look_at(p, i + 1)->kind == HG_T_GROUP ? i + 2 : i + 1);
	if (t->kind == HG_T_NUM && t->text.n == 1)
		*order = t->text.p[0] - '0';
	return past;
}

/* Each variable below the line: d x d y, or d x^2 for the second order. */
static hg_expr *by_variables(hg_parser *p, hg_span span, hg_expr *target, range below, int order, hg_str word)
{
	size_t i = below.from;
	while (target && i < below.to) {
		size_t next = i + 1;
		while (next < below.to && hg_look_at(p, next)->kind != HG_T_D && !(is_letter_d(hg_look_at(p, next)) && order > 1))
			next = hg_after(p, next);
		hg_expr *variable;
		if (is_glued(hg_look_at(p, i)) && next == i + 1) {
			size_t at = p->i;
			p->i = i;
			take_sign(p, &variable);
			p->i = at;
		} else if (is_glued(hg_look_at(p, i))) {
			hg_expr *name;
			size_t at = p->i, outer = p->end;
			p->i = i;
			p->end = next;
			take_sign(p, &name);
			variable = name ? hg_parse_scripted(p, name) : NULL;
			if (variable && p->i < next)
				variable = hg_fail(p, "the end of the variable");
			p->i = at;
			p->end = outer;
		} else {
			variable = all_of(p, (range){i + 1, next});
		}
		if (!variable)
			return NULL;
		if (order > 1 && variable->op == HG_OP_POW && next == below.to && i == below.from) {
			variable = variable->kid[0];
			target = derivative(p, span, target, variable, word);
		}
		target = derivative(p, span, target, variable, word);
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
	hg_expr *once = applied(p, first, inner, word);
	return once ? derivative(p, once->span, once, outer, word) : NULL;
}

static hg_expr *derivative_fraction(hg_parser *p, size_t first, range above, range below, quotient how)
{
	hg_span span = hg_span_from(p, first);
	size_t at = p->i;
	hg_expr *rest, *target;
	int order;
	p->i = above.from;
	hg_str word = take_sign(p, &rest);
	size_t from = order_behind(p, p->i, above.to, &order);
	p->i = at;
	bool is_operator = from >= above.to && !rest;
	if (how == SIGN_MISSING)
		hg_remark(p, span, "missing-differential", "the variable below the line has no differential sign; read as a derivative");
	if (is_operator && count_signs(p, below) > 1)
		return mixed_operator(p, first, below, word);
	if (is_operator) {
		range variable = {below.from + (how != SIGN_MISSING), below.to};
		const hg_token *b = hg_look_at(p, below.from);
		hg_expr *v = how != SIGN_MISSING && is_glued(b)
		                 ? hg_name(p, hg_str_part(b->text, 1, b->text.n), (hg_span){b->span.at + 1, b->span.n - 1})
		                 : all_of(p, variable);
		if (order < 2)
			return applied(p, first, v, word);
		v = v && v->op == HG_OP_POW ? v->kid[0] : v;
		hg_expr *once = applied(p, first, v, word);
		return once && once->op == HG_OP_DERIV ? derivative(p, once->span, once, v, word) : once;
	}
	if (rest && from < above.to) {
		size_t outer = p->end;
		p->i = from;
		p->end = above.to;
		target = hg_parse_scripted(p, rest);
		if (target && p->i < above.to)
			target = hg_fail(p, "the end of what is differentiated");
		p->end = outer;
		p->i = at;
	} else {
		target = rest ? rest : all_of(p, (range){from, above.to});
	}
	if (how == SIGN_MISSING)
		return target ? derivative(p, span, target, all_of(p, below), word) : NULL;
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

/* ---- outside fractions ---- */

/* \partial z_2 and dW^{[1]} without a fraction are names: dz_2, dW^{[1]}. */
static hg_expr *gradient_name(hg_parser *p, size_t first, hg_expr *e, hg_str word)
{
	hg_expr *name = e;
	while (name->nkids && (name->op == HG_OP_POW || name->op == HG_OP_TRANSPOSE || name->op == HG_OP_PRIME ||
	                       name->op == HG_OP_CALL || name->op == HG_OP_SLICE))
		name = name->kid[0];
	if (name->op != HG_OP_NAME) {
		hg_expr *d = hg_name(p, HG_STR("d"), p->t[first].span);
		hg_expr *call = d ? hg_node_of(p, HG_OP_CALL, hg_span_from(p, first), d, e) : NULL;
		if (call)
			d->word = word;
		return call;
	}
	char *joined = hg_arena_print(p->arena, "d%.*s", HG_STR_ARG(name->name));
	if (!joined) {
		p->no_memory = true;
		return NULL;
	}
	name->name = hg_str_of(joined);
	name->word = word;
	name->span = hg_span_join(p->t[first].span, name->span);
	e->span = hg_span_from(p, first);
	return e;
}

static hg_expr *one_name(hg_parser *p, hg_expr *glued)
{
	hg_expr *atom = glued ? glued : hg_parse_atom(p);
	return atom ? hg_parse_scripted(p, atom) : NULL;
}

/* \delta_{bce} / \delta y: what carries the sign is its subscript. */
static hg_expr *subscripted_target(hg_parser *p)
{
	p->i++;
	return hg_parse_script(p);
}

static bool at_slash_and_sign(const hg_parser *p)
{
	const hg_token *slash = hg_look(p), *sign = hg_look_at(p, p->i + 1);
	return slash->kind == HG_T_GLUE && slash->value == HG_GLUE_DIV &&
	       (sign->kind == HG_T_D || is_letter_d(sign) || is_delta(sign) || is_glued(sign));
}

hg_expr *hg_parse_differential(hg_parser *p)
{
	size_t first = p->i;
	hg_expr *rest, *variable;
	bool delta = is_delta(hg_look(p));
	hg_str word = take_sign(p, &rest);
	int order;
	p->i = order_behind(p, p->i, p->end, &order);
	if (!rest && at_slash_and_sign(p)) { /* d/dx f */
		p->i++;
		take_sign(p, &rest);
		variable = one_name(p, rest);
		return variable ? applied(p, first, variable, word) : NULL;
	}
	if (!rest && hg_at(p, HG_T_SUB) && !delta) { /* \partial_x f */
		p->i++;
		variable = hg_parse_script(p);
		return variable ? applied(p, first, variable, word) : NULL;
	}
	hg_expr *target = delta && hg_at(p, HG_T_SUB) ? subscripted_target(p) : one_name(p, rest);
	if (!target)
		return NULL;
	if (!at_slash_and_sign(p))
		return gradient_name(p, first, target, word);
	p->i++;
	take_sign(p, &rest);
	variable = one_name(p, rest);
	if (variable && order > 1 && variable->op == HG_OP_POW) {
		variable = variable->kid[0];
		target = derivative(p, hg_span_from(p, first), target, variable, word);
	}
	return variable ? derivative(p, hg_span_from(p, first), target, variable, word) : NULL;
}

static hg_expr *gradient_in(hg_expr *e)
{
	while (e->op == HG_OP_POW || e->op == HG_OP_TRANSPOSE || e->op == HG_OP_PRIME)
		e = e->kid[0];
	return e->op == HG_OP_NAME && e->word.n && e->name.n > 1 ? e : NULL;
}

hg_expr *hg_derivative_of_names(hg_parser *p, hg_expr *above, hg_expr *below)
{
	hg_expr *a = gradient_in(above), *b = gradient_in(below);
	if (!a || !b || !hg_str_equal(a->word, b->word))
		return NULL;
	hg_str word = a->word;
	a->name = hg_str_part(a->name, 1, a->name.n);
	b->name = hg_str_part(b->name, 1, b->name.n);
	a->word = b->word = HG_STR("");
	return derivative(p, hg_span_join(above->span, below->span), above, below, word);
}

hg_expr *hg_parse_nabla(hg_parser *p)
{
	size_t first = p->i++;
	hg_expr *variable = NULL;
	int order;
	p->i = order_behind(p, p->i, p->end, &order);
	if (hg_take(p, HG_T_SUB) && !(variable = hg_parse_script(p)))
		return NULL;
	p->i = order_behind(p, p->i, p->end, &order);
	if (!hg_starts_factor(p)) {
		hg_span span = hg_span_from(p, first);
		return variable ? bare_operator(p, span, variable, HG_STR("nabla")) : hg_name(p, HG_STR("nabla"), span);
	}
	hg_expr *target = hg_parse_factor(p);
	if (target && order > 1)
		target = derivative(p, hg_span_from(p, first), target, variable, HG_STR("nabla"));
	return target ? derivative(p, hg_span_from(p, first), target, variable, HG_STR("nabla")) : NULL;
}
