/* Brackets, lists, rows of numbers, absolute values; calls and what only looks like one. */
#include "lang/parser.h"

#include <string.h>

/* The first token at the level of [from, to) that satisfies `is`; to if none. */
static size_t find_at_level(const hg_parser *p, size_t from, size_t to, bool (*is)(const hg_token *))
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

static bool is_bar(const hg_token *t) { return t->kind == HG_T_BAR; }

static bool is_relation(const hg_token *t) { return t->kind == HG_T_REL || t->kind == HG_T_COMPARE; }

static bool is_operator(const hg_token *t) { return t->kind == HG_T_PLUS || t->kind == HG_T_MINUS; }

static bool is_colon(const hg_token *t) { return t->kind == HG_T_COLON; }

typedef struct items {
	hg_expr **at;
	size_t n, room;
} items;

static bool append(hg_parser *p, items *l, hg_expr *e)
{
	if (!e)
		return false;
	if (l->n == l->room) {
		size_t room = l->room ? 2 * l->room : 4;
		hg_expr **at = HG_NEWS(p->arena, room, hg_expr *);
		if (!at) {
			p->no_memory = true;
			return false;
		}
		if (l->n)
			memcpy(at, l->at, l->n * sizeof(hg_expr *));
		l->at = at;
		l->room = room;
	}
	l->at[l->n++] = e;
	return true;
}

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
static bool list_items(hg_parser *p, size_t close, bool call, items *l)
{
	while (p->i < close) {
		while (p->i < close && (is_separator(hg_look(p)) || hg_at(p, HG_T_WIDE)))
			p->i++;
		if (p->i == close)
			break;
		if (!append(p, l, item(p, call)))
			return false;
		while (hg_at(p, HG_T_WIDE) || (hg_at(p, HG_T_COLON) && p->i + 1 == close))
			p->i++;
		if (p->i < close && !is_separator(hg_look(p))) {
			hg_fail(p, "an operator, a comma or the closing bracket");
			return false;
		}
	}
	return true;
}

/* [20 \ 20] and [a \quad b]: entries parted by space that shows. */
static bool is_row(const hg_parser *p, size_t open, size_t close)
{
	bool parted = false;
	if (!hg_str_is(p->t[open].text, "[") || find_at_level(p, open + 1, close, is_separator) < close)
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
	items entries = {0};
	size_t end = p->end;
	while (p->i < close) {
		if (hg_take(p, HG_T_WIDE))
			continue;
		size_t first = p->i, j = p->i;
		while (j < close && !ends_entry(p, j, first))
			j = hg_after(p, j);
		p->end = j < close ? j : close;
		bool read = append(p, &entries, hg_parse_sum(p));
		if (read && p->i < p->end)
			hg_fail(p, "an operator between the entries of this row");
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
static hg_expr *in_brackets(hg_parser *p, size_t open, const items *l)
{
	hg_str opened = p->t[open].text, closed = hg_look_at(p, p->i - 1)->text;
	hg_span span = hg_span_from(p, open);
	hg_expr *e;
	if (hg_str_is(opened, "|") || hg_str_is(opened, "||")) {
		if (l->n != 1)
			return hg_fail(p, "one expression between the bars");
		return hg_node_of(p, opened.n == 1 ? HG_OP_ABS : HG_OP_NORM, span, l->at[0], NULL);
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
	items l = {0};
	if (close <= open || close >= p->end)
		return hg_fail(p, "a closing bracket for this one");
	bool cases = hg_str_is(p->t[open].text, "{") && p->t[close].text.n == 0;
	p->i++;
	p->brackets++;
	hg_expr *e = NULL;
	if (cases && hg_at(p, HG_T_BEGIN)) {
		e = hg_parse_cases(p);
		if (e && !hg_take(p, HG_T_CLOSE))
			e = hg_fail(p, "the end of the cases");
	} else if (is_row(p, open, close)) {
		e = row(p, open, close);
	} else if (list_items(p, close, false, &l)) {
		p->i = close + 1;
		e = in_brackets(p, open, &l);
	}
	p->brackets--;
	return e;
}

/* ---- calls ---- */

/* The name that is called, behind primes and powers; NULL: nothing that could be. */
static hg_expr *called_name(hg_expr *f)
{
	while (f->op == HG_OP_PRIME || f->op == HG_OP_POW || f->op == HG_OP_TRANSPOSE)
		f = f->kid[0];
	return f->op == HG_OP_NAME && !f->bracketed ? f : NULL;
}

static bool among(hg_str name, const char *list)
{
	char word[16];
	if (name.n == 0 || name.n + 2 >= sizeof word)
		return false;
	word[0] = word[name.n + 1] = ' ';
	memcpy(word + 1, name.p, name.n);
	return hg_str_find(hg_str_of(list), (hg_str){word, name.n + 2}) != (size_t)-1;
}

static bool mentions(const hg_parser *p, size_t from, size_t to, hg_str name)
{
	for (size_t i = from; i < to; i = hg_after(p, i))
		if (p->t[i].kind == HG_T_NAME && hg_str_equal(p->t[i].text, name))
			return true;
	return false;
}

/* One name with its indices and accents, nothing joined to it. */
static bool is_lone_name(const hg_parser *p, size_t from, size_t to)
{
	bool operand = false;
	for (size_t i = from; i < to; i = hg_after(p, i)) {
		const hg_token *t = &p->t[i];
		if (t->kind == HG_T_SUP || t->kind == HG_T_SUB) {
			i++;
			if (i < to && p->t[i].kind == HG_T_COMMAND)
				continue;
		} else if (t->kind == HG_T_NAME && !operand) {
			operand = true;
		} else if (t->kind == HG_T_COMMAND && !operand && i + 1 < to) {
			operand = p->t[i + 1].kind == HG_T_GROUP;
			i += operand;
		} else if (t->kind != HG_T_PRIME) {
			return false;
		}
	}
	return operand;
}

/* A number, a letter that counts, or such a letter and a number: 2, i, l-1. */
static bool is_index(const hg_parser *p, size_t from, size_t to)
{
	static const char counters[] = " i j k l m n t L N M ";
	if (to - from != 1 && to - from != 3)
		return false;
	const hg_token *t = &p->t[from];
	bool counts = (t->kind == HG_T_NUM && !memchr(t->text.p, '.', t->text.n)) ||
	              (t->kind == HG_T_NAME && among(t->text, counters));
	return counts && (to - from == 1 || (is_operator(t + 1) && t[2].kind == HG_T_NUM));
}

typedef enum reading { PRODUCT, CALL, INDEX, SLICED } reading;

static reading of_round(const hg_parser *p, const hg_expr *f, const hg_expr *name, size_t open, size_t close)
{
	static const char functions[] = " f g h phi psi sigma F G Phi Psi S s ";
	static const char costs[] = " J L C E ell H P p Q Loss loss Cost cost MSE BCE CE error Error ";
	bool joined = find_at_level(p, open + 1, close, is_operator) < close;
	if (hg_fn_find(name->name) != HG_NFNS || p->code || memchr(name->name.p, '.', name->name.n))
		return CALL;
	if (joined && mentions(p, open + 1, close, name->name))
		return PRODUCT; /* sigma (1 - sigma) */
	if (f->op == HG_OP_PRIME)
		return CALL;
	if (is_index(p, open + 1, close) && close == open + 2 && !among(name->name, functions) && !name->accent)
		return INDEX;
	bool word = name->name.n > 2 && !hg_command_is_letter(name->name) && name->name.p[0] != 'd';
	if (among(name->name, functions) || among(name->name, costs) || (word && !name->nindex))
		return CALL;
	if (find_at_level(p, open + 1, close, is_separator) < close || find_at_level(p, open + 1, close, is_bar) < close)
		return CALL;
	bool factor = among(name->name, " W w theta alpha eta lambda beta V U m n delta Delta epsilon mu rho ") || name->nindex;
	return !factor && f == name && is_lone_name(p, open + 1, close) ? CALL : PRODUCT;
}

static reading of_square(const hg_parser *p, const hg_expr *f, const hg_expr *name, size_t open, size_t close)
{
	if (hg_fn_find(name->name) != HG_NFNS || (name->accent & HG_BLACKBOARD))
		return CALL;
	bool glued = p->t[open].gap == HG_GAP_NONE;
	if (find_at_level(p, open + 1, close, is_separator) < close)
		return SLICED;
	if (glued && (find_at_level(p, open + 1, close, is_colon) < close || (p->code && !is_index(p, open + 1, close))))
		return SLICED;
	if (glued && is_index(p, open + 1, close))
		return INDEX;
	bool function = among(name->name, " f g phi psi sigma E ");
	return (function || f->op == HG_OP_PRIME) && !mentions(p, open + 1, close, name->name) ? CALL : PRODUCT;
}

static reading of_bracket(const hg_parser *p, const hg_expr *f, const hg_expr *name)
{
	size_t open = p->i, close = p->t[open].match;
	if (close <= open || close >= p->end)
		return PRODUCT;
	if (hg_at_open(p, "("))
		return of_round(p, f, name, open, close);
	if (hg_at_open(p, "["))
		return of_square(p, f, name, open, close);
	bool function = hg_fn_find(name->name) != HG_NFNS || among(name->name, " P p E ");
	return hg_at_open(p, "{") && function ? CALL : PRODUCT;
}

/* tanh^2(z) is the square of tanh(z), log^T(T) the transpose of log T; f^{-1}(x), g^l(z) and g'(z) call what is written. */
hg_expr *hg_call_of(hg_parser *p, hg_expr *f, hg_expr *const *argument, size_t n)
{
	bool square = f->op == HG_OP_POW && f->kid[1]->op == HG_OP_NUM;
	if (f->op == HG_OP_TRANSPOSE || square) {
		hg_expr *inner = hg_call_of(p, f->kid[0], argument, n);
		hg_expr *outer = inner ? hg_node_of(p, f->op, hg_span_join(f->span, inner->span), inner,
		                                    square ? f->kid[1] : NULL) : NULL;
		return outer;
	}
	hg_expr *e = hg_node(p, HG_OP_CALL, f->span, n + 1);
	if (!e)
		return NULL;
	e->kid[0] = f;
	for (size_t i = 0; i < n; i++) {
		e->kid[i + 1] = argument[i];
		e->span = hg_span_join(e->span, argument[i]->span);
	}
	return e;
}

static hg_expr *call(hg_parser *p, hg_expr *f, size_t first, size_t close)
{
	items l = {0};
	p->i++;
	p->brackets++;
	bool read = list_items(p, close, true, &l);
	p->brackets--;
	if (!read)
		return NULL;
	p->i = close + 1;
	if (l.n == 0)
		return hg_fail(p, "an argument of the function");
	hg_expr *e = hg_call_of(p, f, l.at, l.n);
	if (e)
		e->span = hg_span_join(f->span, hg_span_from(p, first));
	return e;
}

static hg_expr *sliced(hg_parser *p, hg_expr *f, size_t first, size_t close)
{
	items l = {0};
	p->i++;
	p->brackets++;
	bool read = append(p, &l, f) && list_items(p, close, false, &l);
	p->brackets--;
	if (!read)
		return NULL;
	p->i = close + 1;
	if (l.n < 2)
		return hg_fail(p, "a subscript");
	hg_expr *e = hg_node(p, HG_OP_SLICE, hg_span_join(f->span, hg_span_from(p, first)), l.n);
	if (e)
		memcpy(e->kid, l.at, l.n * sizeof(hg_expr *));
	return e;
}

/* W(1), dW[l]: an index behind the name. */
static hg_expr *indexed(hg_parser *p, hg_expr *f, hg_expr *name, size_t first, size_t close)
{
	hg_index_style style = hg_at_open(p, "(") ? HG_INDEX_PAREN : HG_INDEX_BRACKET;
	p->i++;
	hg_expr *index = hg_parse_sum(p);
	if (!index)
		return NULL;
	p->i = close + 1;
	if (!hg_add_index(p, name, style, false, index))
		return NULL;
	f->span = hg_span_join(f->span, hg_span_from(p, first));
	return f;
}

hg_expr *hg_parse_call(hg_parser *p, hg_expr *f, bool *called)
{
	size_t first = p->i, close = p->t[first].match;
	hg_expr *name = called_name(f);
	reading how = name ? of_bracket(p, f, name) : PRODUCT;
	*called = how != PRODUCT;
	switch (how) {
	case CALL:
		return call(p, f, first, close);
	case INDEX:
		return indexed(p, f, name, first, close);
	case SLICED:
		return sliced(p, f, first, close);
	default:
		return f;
	}
}
