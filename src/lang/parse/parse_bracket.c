/* Brackets, lists, rows of numbers, absolute values. */
#include "lang/parse/parser.h"

#include <string.h>

/* The first token at the level of [from, to) that satisfies `is`; to if none. */
size_t hg_find_at_level(const hg_parser *p, size_t from, size_t to, bool (*is)(const hg_token *))
{
	for (size_t i = from; i < to; i = hg_after(p, i))
		if (is(hg_look_at(p, i)))
			return i;
	return to;
}

static bool is_separator(const hg_token *t)
{
	return t->kind == HG_T_COMMA || t->kind == HG_T_SEMICOLON;
}

static bool is_relation(const hg_token *t) { return t->kind == HG_T_REL || t->kind == HG_T_COMPARE; }

static bool is_operator(const hg_token *t) { return t->kind == HG_T_PLUS || t->kind == HG_T_MINUS; }

/* axis = 1 in a call. */
static hg_expr *keyword(hg_parser *p)
{
	size_t first = p->i;
	hg_str word = hg_look(p)->text;
	p->i += 2;
	hg_expr *e = hg_node_of(p, HG_OP_KWARG, (hg_span){0, 0}, hg_parse_sum(p), NULL);
	if (e) {
		e->word = word;
		e->span = hg_span_from(p, first);
	}
	return e;
}

static hg_expr *colon(hg_parser *p)
{
	hg_expr *e = hg_node(p, HG_OP_COLON, hg_look(p)->span, 0);
	p->i++;
	return e;
}

/* t = 1 | z */
static hg_expr *given(hg_parser *p, hg_expr *event)
{
	hg_str bar = hg_look(p)->text;
	p->i++;
	hg_expr *condition = hg_parse_condition(p);
	hg_expr *e = condition ? hg_node_of(p, HG_OP_COMPARE, hg_span_join(event->span, condition->span), event, condition) : NULL;
	if (e)
		e->word = bar;
	return e;
}

static hg_expr *item(hg_parser *p, bool call)
{
	const hg_token *next = hg_look_at(p, p->i + 1);
	if (call && hg_at(p, HG_T_NAME) && hg_look(p)->text.n > 1 && next->kind == HG_T_REL && next->value == HG_REL_EQ)
		return keyword(p);
	if (hg_at(p, HG_T_COLON))
		return colon(p);
	hg_expr *e = hg_parse_condition(p);
	while (e && hg_at(p, HG_T_BAR) && hg_look_at(p, p->i + 1)->kind != HG_T_SUB)
		e = given(p, e);
	return e;
}

/* Items between separators up to the token `close`. */
bool hg_parse_items(hg_parser *p, size_t close, bool call, hg_kids *l)
{
	while (p->i < close) {
		while (p->i < close && (is_separator(hg_look(p)) || hg_at(p, HG_T_WIDE)))
			p->i++;
		if (p->i == close)
			break;
		if (!hg_kids_add(p, l, HG_GLUE_NONE, item(p, call)))
			return false;
		while (hg_at(p, HG_T_WIDE) || (hg_at(p, HG_T_COLON) && p->i + 1 == close))
			p->i++;
		if (p->i < close && !is_separator(hg_look(p))) {
			hg_fail(p, HG_CAUSE_READ_BRACKET_END);
			return false;
		}
	}
	return true;
}

/* [20 \ 20] and [a \quad b]: entries parted by space that shows. */
static bool is_row(const hg_parser *p, size_t open, size_t close)
{
	bool parted = false;
	if (!hg_str_is(p->t[open].text, "[") || hg_find_at_level(p, open + 1, close, is_separator) < close)
		return false;
	for (size_t i = open + 1; i < close; i = hg_after(p, i)) {
		const hg_token *t = &p->t[i];
		bool numbers = t->kind == HG_T_NUM && i > open + 1 && p->t[i - 1].kind == HG_T_NUM;
		bool seen = t->gap == HG_GAP_SEEN && i > open + 1 && !is_operator(&p->t[i - 1]) &&
		            (!is_operator(t) || hg_look_at(p, i + 1)->gap == HG_GAP_NONE);
		if (is_relation(t))
			return false;
		if (t->kind == HG_T_WIDE || numbers || (seen && (t->kind == HG_T_NUM || is_operator(t))))
			parted = parted || i > open + 1;
	}
	return parted;
}

static bool ends_entry(const hg_parser *p, size_t i, size_t first)
{
	const hg_token *t = &p->t[i];
	if (t->kind == HG_T_WIDE)
		return true;
	return i > first && (t->kind == HG_T_NUM || is_operator(t)) && !is_operator(&p->t[i - 1]) &&
	       (t->gap == HG_GAP_SEEN || (t->kind == HG_T_NUM && p->t[i - 1].kind == HG_T_NUM));
}

static hg_expr *row(hg_parser *p, size_t open, size_t close)
{
	hg_kids entries = {0};
	size_t end = p->end;
	while (p->i < close) {
		if (hg_take(p, HG_T_WIDE))
			continue;
		size_t first = p->i, j = p->i;
		while (j < close && !ends_entry(p, j, first))
			j = hg_after(p, j);
		p->end = j < close ? j : close;
		bool read = hg_kids_add(p, &entries, HG_GLUE_NONE, hg_parse_sum(p));
		if (read && p->i < p->end)
			hg_fail(p, HG_CAUSE_READ_ROW_END);
		p->end = end;
		if (!read || p->failed)
			return NULL;
	}
	p->i++;
	hg_expr *e = entries.n ? hg_node(p, HG_OP_MATRIX, hg_span_from(p, open), entries.n) : NULL;
	if (!e)
		return NULL;
	memcpy(e->kid, entries.at, entries.n * sizeof(hg_expr *));
	e->rows = 1;
	e->cols = entries.n;
	e->bracketed = true;
	return e;
}

static hg_expr *evaluated(hg_parser *p, size_t open, hg_expr *e)
{
	p->i++; /* the subscript */
	hg_expr *condition = hg_parse_script(p);
	return condition ? hg_node_of(p, HG_OP_EVAL_AT, hg_span_from(p, open), e, condition) : NULL;
}

/* What the brackets make of their one item, or of several. */
static hg_expr *in_brackets(hg_parser *p, size_t open, const hg_kids *l)
{
	hg_str opened = p->t[open].text, closed = hg_look_at(p, p->i - 1)->text;
	hg_span span = hg_span_from(p, open);
	hg_expr *e;
	if (hg_str_is(opened, "|") || hg_str_is(opened, "||")) {
		if (l->n != 1)
			return hg_fail(p, HG_CAUSE_READ_BARS);
		return hg_node_of(p, opened.n == 1 ? HG_OP_ABS : HG_OP_NORM, span, l->at[0], NULL);
	}
	if (opened.n > 2) { /* floor, ceil */
		hg_expr *f = hg_name(p, opened, p->t[open].span);
		return f && l->n == 1 ? hg_call_of(p, f, l->at, 1) : hg_fail(p, HG_CAUSE_READ_ROUND);
	}
	if (l->n == 1) {
		e = l->at[0];
		e->bracketed = true;
		e->span = span;
	} else {
		if (!(e = hg_node(p, HG_OP_LIST, span, l->n)))
			return NULL;
		if (l->n)
			memcpy(e->kid, l->at, l->n * sizeof(hg_expr *));
		e->bracketed = true;
	}
	bool bar = hg_str_is(closed, "|") || hg_str_is(closed, "]") || hg_str_is(closed, ")");
	return opened.n == 0 && bar && hg_at(p, HG_T_SUB) ? evaluated(p, open, e) : e;
}

hg_expr *hg_parse_bracket(hg_parser *p)
{
	size_t open = p->i, close = p->t[open].match;
	hg_kids l = {0};
	if (close <= open || close >= p->end)
		return hg_fail(p, HG_CAUSE_READ_BRACKET);
	bool cases = hg_str_is(p->t[open].text, "{") && p->t[close].text.n == 0;
	p->i++;
	p->brackets++;
	hg_expr *e = NULL;
	if (cases && hg_at(p, HG_T_BEGIN)) {
		e = hg_parse_cases(p);
		if (e && !hg_take(p, HG_T_CLOSE))
			e = hg_fail(p, HG_CAUSE_READ_CASES_END);
	} else if (is_row(p, open, close)) {
		e = row(p, open, close);
	} else if (hg_parse_items(p, close, false, &l)) {
		p->i = close + 1;
		e = in_brackets(p, open, &l);
	}
	p->brackets--;
	return e;
}
