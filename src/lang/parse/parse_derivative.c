/* Derivatives outside of fractions: slashes, operators, subscripted signs, nabla, and names of gradients. */
#include "lang/parse/parse_derivative.h"

bool hg_is_letter_d(const hg_token *t) { return t->kind == HG_T_NAME && hg_str_is(t->text, HG_L_DIFFERENTIAL); }

bool hg_is_delta(const hg_token *t) { return t->kind == HG_T_NAME && hg_str_is(t->text, HG_L_SIGNAL); }

/* dW, dloss: a name that begins with the sign. */
bool hg_is_glued_sign(const hg_token *t)
{
	return t->kind == HG_T_NAME && hg_has_differential(t->text) && !hg_command_is_letter(t->text) &&
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
			return seen > 0 && hg_is_delta(hg_look_at(p, j + 1));
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
	if (hg_is_delta(t))
		return is_delta_quotient(p, i);
	if (hg_is_glued_sign(t)) { /* dL/dW in plain text */
		bool slash = next->kind == HG_T_GLUE && next->value == HG_GLUE_DIV;
		return slash && (hg_is_glued_sign(hg_look_at(p, i + 2)) || hg_is_letter_d(hg_look_at(p, i + 2)));
	}
	if (!hg_is_letter_d(t))
		return false;
	if (next->kind == HG_T_GLUE && next->value == HG_GLUE_DIV) /* d/dx */
		return hg_is_letter_d(hg_look_at(p, i + 2)) || hg_look_at(p, i + 2)->kind == HG_T_D || hg_is_glued_sign(hg_look_at(p, i + 2));
	return is_operand(next);
}

static hg_str sign_word(const hg_token *t) { return t->kind == HG_T_D ? t->text : hg_is_delta(t) ? HG_STR(HG_L_SIGNAL) : HG_STR(HG_L_DIFFERENTIAL); }

/* Reads the sign; of a glued name the rest is put into *rest. */
hg_str hg_take_sign(hg_parser *p, hg_expr **rest)
{
	const hg_token *t = hg_look(p);
	*rest = NULL;
	if (hg_is_glued_sign(t))
		*rest = hg_name(p, hg_str_part(t->text, 1, t->text.n), (hg_span){t->span.at + 1, t->span.n - 1});
	p->i++;
	return sign_word(t);
}

hg_expr *hg_derivative(hg_parser *p, hg_span span, hg_expr *target, hg_expr *variable, hg_str word)
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

/* Behind the sign: a power is the order of the derivative, first or second; anything else there is not read. */
size_t hg_order_behind(hg_parser *p, size_t i, size_t to, int *order)
{
	*order = 1;
	if (i + 1 >= to || hg_look_at(p, i)->kind != HG_T_SUP)
		return i;
	bool group = hg_look_at(p, i + 1)->kind == HG_T_GROUP;
	const hg_token *t = hg_look_at(p, group ? i + 2 : i + 1);
	if (t->kind != HG_T_NUM || t->text.n != 1 || t->text.p[0] < '1' || t->text.p[0] > '2' || (group && hg_look_at(p, i + 1)->match != i + 3))
		return i;
	*order = t->text.p[0] - '0';
	return hg_after(p, i + 1);
}

typedef struct name_search {
	const hg_expr *name;
	bool found;
} name_search;

static bool see_name(void *self, const hg_expr *e)
{
	name_search *s = self;
	s->found = s->found || hg_expr_equal(e, s->name);
	return !s->found;
}

/* d/dx (x^2) e^{-x} is by the product rule of the bracket alone; d/dA (x - m)^T A (x - m) and d/dx (x + 1)(x + 2) are not. */
static bool is_whole_operand(const hg_parser *p, const hg_expr *operand, const hg_expr *variable)
{
	name_search s = {.name = variable};
	hg_expr_visit(operand, see_name, &s);
	return operand->bracketed && s.found && !hg_at_open(p, "(");
}

/* d/dx of what follows: a bracket, or the product up to + - =; a minus here can only belong to the operand. */
hg_expr *hg_apply_operator(hg_parser *p, size_t first, hg_expr *variable, hg_str word)
{
	size_t at = p->i;
	bool minus = hg_take(p, HG_T_MINUS);
	hg_expr *operand;
	if (!variable)
		return NULL;
	if (hg_at(p, HG_T_OPEN) && hg_starts_factor(p)) {
		bool round = hg_at_open(p, "(");
		operand = hg_parse_bracket(p);
		operand = operand ? hg_parse_scripted(p, operand) : NULL;
		if (operand && round && hg_starts_factor(p) && !is_whole_operand(p, operand, variable))
			operand = hg_parse_product_from(p, operand);
	} else if (hg_starts_factor(p)) {
		operand = hg_parse_product(p);
	} else {
		p->i = at;
		return bare_operator(p, hg_span_from(p, first), variable, word);
	}
	if (minus)
		operand = hg_node_of(p, HG_OP_NEG, hg_span_from(p, at), operand, NULL);
	return hg_derivative(p, hg_span_from(p, first), operand, variable, word);
}

/* \partial z_2 and dW^{[1]} without a fraction are names: dz_2, dW^{[1]}. */
static hg_expr *gradient_name(hg_parser *p, size_t first, hg_expr *e, hg_str word)
{
	hg_expr *name = e;
	while (name->nkids && (name->op == HG_OP_POW || name->op == HG_OP_TRANSPOSE || name->op == HG_OP_PRIME ||
	                       name->op == HG_OP_CALL || name->op == HG_OP_SLICE))
		name = name->kid[0];
	if (name->op != HG_OP_NAME) {
		hg_expr *d = hg_name(p, HG_STR(HG_L_DIFFERENTIAL), p->t[first].span);
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
	       (sign->kind == HG_T_D || hg_is_letter_d(sign) || hg_is_delta(sign) || hg_is_glued_sign(sign));
}

hg_expr *hg_parse_differential(hg_parser *p)
{
	size_t first = p->i;
	hg_expr *rest, *variable;
	bool delta = hg_is_delta(hg_look(p));
	hg_str word = hg_take_sign(p, &rest);
	int order;
	p->i = hg_order_behind(p, p->i, p->end, &order);
	if (!rest && at_slash_and_sign(p)) { /* d/dx f */
		p->i++;
		hg_take_sign(p, &rest);
		variable = one_name(p, rest);
		return variable ? hg_apply_operator(p, first, variable, word) : NULL;
	}
	if (!rest && hg_at(p, HG_T_SUB) && !delta) { /* \partial_x f */
		p->i++;
		variable = hg_parse_script(p);
		return variable ? hg_apply_operator(p, first, variable, word) : NULL;
	}
	hg_expr *target = delta && hg_at(p, HG_T_SUB) ? subscripted_target(p) : one_name(p, rest);
	if (!target)
		return NULL;
	if (!at_slash_and_sign(p))
		return gradient_name(p, first, target, word);
	p->i++;
	hg_take_sign(p, &rest);
	variable = one_name(p, rest);
	if (variable && order > 1 && variable->op == HG_OP_POW) {
		variable = variable->kid[0];
		target = hg_derivative(p, hg_span_from(p, first), target, variable, word);
	}
	for (; variable && order > 1 && hg_look(p)->kind == HG_T_D; order--) { /* d^2 R / d a d b */
		target = hg_derivative(p, hg_span_from(p, first), target, variable, word);
		hg_take_sign(p, &rest);
		variable = one_name(p, rest);
	}
	return variable ? hg_derivative(p, hg_span_from(p, first), target, variable, word) : NULL;
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
	return hg_derivative(p, hg_span_join(above->span, below->span), above, below, word);
}

/* What is differentiated goes on after a number, a fraction, a transposed factor or a round bracket: nabla 1/2 (x - y)^2,
 * nabla x^T A x. After a name it does not: nabla C . sigma'(z). */
static bool heads_operand(const hg_expr *e, bool round)
{
	return e->op == HG_OP_NUM || e->op == HG_OP_FRAC || e->op == HG_OP_TRANSPOSE || (round && e->op != HG_OP_CALL);
}

/* nabla f(x) is by x: the one name f is applied to, if that is all there is. */
static hg_expr *only_argument(const hg_expr *target)
{
	bool one = target->op == HG_OP_CALL && target->nkids == 2 && target->kid[0]->op == HG_OP_NAME && target->kid[1]->op == HG_OP_NAME;
	return one && hg_fn_find(target->kid[0]->name) == HG_NFNS ? target->kid[1] : NULL;
}

hg_expr *hg_parse_nabla(hg_parser *p)
{
	size_t first = p->i++;
	hg_expr *variable = NULL;
	int order;
	p->i = hg_order_behind(p, p->i, p->end, &order);
	if (hg_take(p, HG_T_SUB) && !(variable = hg_parse_script(p)))
		return NULL;
	if (order == 1)
		p->i = hg_order_behind(p, p->i, p->end, &order);
	if (hg_at(p, HG_T_SUP))
		return hg_fail(p, HG_CAUSE_READ_ORDER);
	if (!hg_starts_factor(p)) {
		hg_span span = hg_span_from(p, first);
		return variable ? bare_operator(p, span, variable, HG_STR(HG_L_NABLA)) : hg_name(p, HG_STR(HG_L_NABLA), span);
	}
	bool round = hg_at_open(p, "(");
	hg_expr *target = hg_parse_factor(p);
	if (target && variable && heads_operand(target, round) && hg_starts_factor(p))
		target = hg_parse_product_from(p, target);
	hg_expr *turned = target && target->op == HG_OP_TRANSPOSE && !target->bracketed ? target : NULL; /* nabla L^T is (nabla L)^T */
	target = turned ? turned->kid[0] : target;
	if (target && !variable)
		variable = only_argument(target);
	if (target && order > 1)
		target = hg_derivative(p, hg_span_from(p, first), target, variable, HG_STR(HG_L_NABLA));
	if (target)
		target = hg_derivative(p, hg_span_from(p, first), target, variable, HG_STR(HG_L_NABLA));
	if (!turned || !target)
		return target;
	turned->kid[0] = target;
	turned->span = target->span;
	return turned;
}
