/* Atoms: numbers, names, groups, commands with arguments. */
#include "lang/parse/parser.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static hg_expr *number(hg_parser *p)
{
	const hg_token *t = hg_look(p);
	if (t->text.n > p->limits->most[HG_LIMIT_DIGITS])
		return hg_over(p, HG_LIMIT_DIGITS);
	hg_expr *e = hg_node(p, HG_OP_NUM, t->span, 0);
	const char *digits = e ? hg_arena_copy(p->arena, t->text.p, t->text.n) : NULL;
	p->no_memory = p->no_memory || (e && !digits);
	if (!digits)
		return NULL;
	char *end;
	e->name = t->text;
	e->number = strtod(digits, &end);
	if (!isfinite(e->number))
		return hg_fail(p, HG_CAUSE_READ_NUMBER);
	if (*end == '%' || *end == '\\')
		e->number /= 100;
	const char *point = memchr(digits, '.', t->text.n);
	e->digits = point ? (int)strspn(point + 1, "0123456789") : -1;
	p->i++;
	return e;
}

/* An argument without braces: \hat y, \hat\mathbf{y}. */
static hg_expr *one_token(hg_parser *p)
{
	hg_token_kind kind = hg_look(p)->kind;
	if (kind != HG_T_COMMAND && kind != HG_T_NAME && kind != HG_T_NUM && kind != HG_T_OPEN && kind != HG_T_ELLIPSIS)
		return hg_fail(p, HG_CAUSE_READ_ARGUMENT);
	if (!hg_enter(p))
		return NULL;
	hg_expr *e = hg_parse_atom(p);
	hg_leave(p);
	return e;
}

/* {a \over b}, with a read. */
static hg_expr *over(hg_parser *p, hg_expr *above)
{
	p->i++;
	hg_expr *below = hg_parse_condition(p);
	hg_expr *derivative = below ? hg_derivative_of_names(p, above, below) : NULL;
	if (derivative || !below)
		return derivative;
	return hg_node_of(p, HG_OP_FRAC, hg_span_join(above->span, below->span), above, below);
}

/* {a}: the same as a; it may itself hold a whole condition. */
hg_expr *hg_parse_group(hg_parser *p)
{
	if (!hg_at(p, HG_T_GROUP))
		return one_token(p);
	size_t open = p->i, close = p->t[open].match;
	if (close <= open || close >= p->end)
		return hg_fail(p, HG_CAUSE_READ_BRACE);
	p->i++;
	p->brackets++;
	hg_expr *e = close == open + 1 ? hg_fail(p, HG_CAUSE_READ_EMPTY_BRACES) : hg_parse_condition(p);
	if (e && hg_at_command(p, "over"))
		e = over(p, e);
	p->brackets--;
	if (e && !hg_take(p, HG_T_UNGROUP))
		return hg_fail(p, HG_CAUSE_READ_BRACE_END);
	return e;
}

/* The name an expression is a decoration of: hats and fonts go there. */
static hg_expr *core(hg_expr *e)
{
	while (e->op == HG_OP_POW || e->op == HG_OP_TRANSPOSE || e->op == HG_OP_PRIME)
		e = e->kid[0];
	return e;
}

static const struct {
	const char *command;
	unsigned accent;
} accents[] = {
	{"hat", HG_HAT},     {"bar", HG_BAR},       {"tilde", HG_TILDE},          {"dot", HG_DOT_ABOVE},
	{"vec", HG_VEC},     {"mathbf", HG_BOLD},   {"mathcal", HG_CALLIGRAPHIC}, {"mathbb", HG_BLACKBOARD},
	{"check", HG_CHECK}, {"breve", HG_CHECK},   {"ddot", HG_DOT_ABOVE},       {"acute", HG_CHECK},
	{"grave", HG_CHECK},
};

static bool is_comma(const hg_token *t) { return t->kind == HG_T_COMMA; }

/* \mathbf{W, b}: several names in one font. */
static hg_expr *font_of_several(hg_parser *p)
{
	size_t open = p->i, close = p->t[open].match;
	hg_kids l = {0};
	p->i++;
	if (!hg_parse_items(p, close, false, &l))
		return NULL;
	p->i = close + 1;
	hg_expr *e = hg_node(p, HG_OP_LIST, hg_span_from(p, open), l.n);
	if (e)
		memcpy(e->kid, l.at, l.n * sizeof(hg_expr *));
	return e;
}

static hg_expr *accented(hg_parser *p, unsigned accent, size_t first)
{
	size_t close = p->t[p->i].match;
	bool several = hg_at(p, HG_T_GROUP) && close > p->i && hg_find_at_level(p, p->i + 1, close, is_comma) < close;
	hg_expr *e = several ? font_of_several(p) : hg_parse_group(p);
	if (!e)
		return NULL;
	hg_expr *name = core(e);
	bool font = accent & (HG_BOLD | HG_CALLIGRAPHIC | HG_BLACKBOARD);
	bool ones = name->op == HG_OP_NUM && (hg_str_is(name->name, "1") || hg_str_is(name->name, "0")) &&
	            (accent == HG_BLACKBOARD || accent == HG_BOLD);
	if (ones)
		name->op = HG_OP_NAME;
	if (name->op == HG_OP_NAME || !font)
		name->accent |= accent;
	if (e == name)
		e->span = hg_span_from(p, first);
	return e;
}

/* \boxed, \underline, \cancel: marks around an operand. */
static hg_expr *wrapped(hg_parser *p, hg_op op, size_t first)
{
	hg_str word = hg_look_at(p, first)->text;
	hg_expr *e = hg_node_of(p, op, hg_span_from(p, first), hg_parse_group(p), NULL);
	if (e) {
		e->word = word;
		e->span = hg_span_from(p, first);
	}
	return e;
}

/* \underbrace{a}_{name}; without a label it is nothing. */
static hg_expr *braced(hg_parser *p, size_t first)
{
	hg_str word = hg_look_at(p, first)->text;
	hg_expr *operand = hg_parse_group(p);
	if (!operand || !(hg_at(p, HG_T_SUB) || hg_at(p, HG_T_SUP)))
		return operand;
	p->i++;
	hg_expr *label = hg_parse_script(p);
	hg_expr *e = label ? hg_node_of(p, HG_OP_BRACE, hg_span_from(p, first), operand, label) : NULL;
	if (e)
		e->word = word;
	return e;
}

static hg_expr *root(hg_parser *p, size_t first)
{
	hg_expr *degree = NULL;
	if (hg_at_open(p, "[")) {
		size_t close = hg_look(p)->match;
		p->i++;
		if (!(degree = hg_parse_sum(p)))
			return NULL;
		if (p->i != close)
			return hg_fail(p, HG_CAUSE_READ_DEGREE_END);
		p->i++;
	}
	hg_expr *radicand = hg_parse_group(p);
	return hg_node_of(p, HG_OP_SQRT, hg_span_from(p, first), radicand, degree);
}

/* \overset{words}{a}, \underset{w}{a}: what is above or below is a remark. */
static hg_expr *stacked(hg_parser *p)
{
	if (hg_at(p, HG_T_GROUP))
		p->i = hg_after(p, p->i);
	else
		p->i++;
	return hg_parse_group(p);
}

hg_expr *hg_parse_command(hg_parser *p)
{
	size_t first = p->i;
	hg_str name = hg_look(p)->text;
	if (hg_str_is(name, "frac"))
		return hg_parse_fraction(p);
	p->i++;
	for (size_t k = 0; k < sizeof accents / sizeof *accents; k++)
		if (hg_str_is(name, accents[k].command))
			return accented(p, accents[k].accent, first);
	if (hg_str_is(name, "boxed") || hg_str_is(name, "underline"))
		return wrapped(p, HG_OP_BOX, first);
	if (hg_str_is(name, "cancel"))
		return wrapped(p, HG_OP_CANCEL, first);
	if (hg_str_is(name, "underbrace") || hg_str_is(name, "overbrace"))
		return braced(p, first);
	if (hg_str_is(name, "sqrt"))
		return root(p, first);
	if (hg_str_is(name, "norm"))
		return hg_node_of(p, HG_OP_NORM, hg_span_from(p, first), hg_parse_group(p), NULL);
	if (hg_str_is(name, "abs"))
		return hg_node_of(p, HG_OP_ABS, hg_span_from(p, first), hg_parse_group(p), NULL);
	if (hg_str_is(name, "overset") || hg_str_is(name, "underset") || hg_str_is(name, "stackrel"))
		return stacked(p);
	p->i--;
	return hg_fail(p, HG_CAUSE_READ_UNREADABLE);
}

static hg_expr *leaf(hg_parser *p, hg_op op)
{
	if (op == HG_OP_NAME && hg_look(p)->text.n > p->limits->most[HG_LIMIT_NAME_BYTES])
		return hg_over(p, HG_LIMIT_NAME_BYTES);
	hg_expr *e = hg_node(p, op, hg_look(p)->span, 0);
	if (e) {
		e->name = hg_look(p)->text;
		p->i++;
	}
	return e;
}

hg_expr *hg_parse_atom(hg_parser *p)
{
	switch (hg_look(p)->kind) {
	case HG_T_NUM:
		return number(p);
	case HG_T_NAME:
		return leaf(p, HG_OP_NAME);
	case HG_T_TEXT:
		return leaf(p, HG_OP_TEXT);
	case HG_T_ELLIPSIS:
		return leaf(p, HG_OP_ELLIPSIS);
	case HG_T_GROUP:
		return hg_parse_group(p);
	case HG_T_OPEN:
		return hg_parse_bracket(p);
	case HG_T_BEGIN:
		return hg_parse_environment(p);
	case HG_T_COMMAND:
		return hg_parse_command(p);
	case HG_T_BIG: case HG_T_D: case HG_T_NABLA:
		return hg_parse_factor(p);
	case HG_T_UNKNOWN:
		return hg_fail(p, HG_CAUSE_READ_COMMAND);
	case HG_T_END:
		return hg_fail(p, HG_CAUSE_READ_ENDS);
	default:
		return hg_fail(p, HG_CAUSE_READ_OPERAND);
	}
}
