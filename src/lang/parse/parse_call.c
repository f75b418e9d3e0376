/* Calls, and what only looks like one: f(x), W(1), dW[l], y(x - 9). */
#include "lang/parse/parser.h"

#include <string.h>

static bool is_separator(const hg_token *t) { return t->kind == HG_T_COMMA || t->kind == HG_T_SEMICOLON; }

static bool is_bar(const hg_token *t) { return t->kind == HG_T_BAR; }

static bool is_colon(const hg_token *t) { return t->kind == HG_T_COLON; }

static bool is_operator(const hg_token *t) { return t->kind == HG_T_PLUS || t->kind == HG_T_MINUS; }

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

/* Is the name used in [from, to) as a value, not called: sigma in sigma (1 - sigma)? */
static bool mentions(const hg_parser *p, size_t from, size_t to, hg_str name)
{
	for (size_t i = from; i < to; i++) {
		bool script = p->t[i].kind == HG_T_SUP || p->t[i].kind == HG_T_SUB; /* a mark, not a value */
		if (script)
			i = hg_after(p, i + 1) - 1;
		else if (p->t[i].kind == HG_T_NAME && hg_str_equal(p->t[i].text, name) && hg_look_at(p, i + 1)->kind != HG_T_OPEN)
			return true;
	}
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
	static const char costs[] = " J L ell Loss loss Cost cost MSE BCE CE error Error ", others[] = " C E H P p Q ";
	bool joined = hg_find_at_level(p, open + 1, close, is_operator) < close;
	if (hg_fn_find(name->name) != HG_NFNS || p->code || memchr(name->name.p, '.', name->name.n))
		return CALL;
	if (f->op == HG_OP_TRANSPOSE || (joined && mentions(p, open + 1, close, name->name)))
		return PRODUCT; /* G^T (a - y), sigma (1 - sigma) */
	if (f->op == HG_OP_PRIME)
		return CALL;
	bool step = close == open + 4 && among(p->t[open + 1].text, " t l ") && !among(name->name, " t l "); /* w(t+1) */
	if (is_index(p, open + 1, close) && (close == open + 2 || step) && !among(name->name, functions) && !name->accent)
		return INDEX;
	bool word = name->name.n > 2 && !hg_command_is_letter(name->name) && name->name.p[0] != *HG_L_DIFFERENTIAL;
	if (among(name->name, functions) || among(name->name, costs) || (word && !name->nindex))
		return CALL;
	if (among(name->name, others) && !joined) /* may be a matrix: C (a - b) */
		return CALL;
	if (hg_find_at_level(p, open + 1, close, is_separator) < close || hg_find_at_level(p, open + 1, close, is_bar) < close)
		return CALL;
	bool factor = among(name->name, " W w theta alpha eta lambda beta V U m n delta Delta epsilon mu rho ") || name->nindex;
	return !factor && f == name && is_lone_name(p, open + 1, close) ? CALL : PRODUCT;
}

static reading of_square(const hg_parser *p, const hg_expr *f, const hg_expr *name, size_t open, size_t close)
{
	if (hg_fn_find(name->name) != HG_NFNS || (name->accent & HG_BLACKBOARD))
		return CALL;
	bool glued = p->t[open].gap == HG_GAP_NONE;
	if (hg_find_at_level(p, open + 1, close, is_separator) < close)
		return SLICED;
	if (glued && (hg_find_at_level(p, open + 1, close, is_colon) < close || (p->code && !is_index(p, open + 1, close))))
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

/* log_b x by a base other than 2 and 10, which are functions of their own: log x / log b. NULL: f is no such. */
static hg_expr *logarithm(hg_parser *p, hg_expr *f, hg_expr *argument)
{
	bool based = f->op == HG_OP_NAME && f->nindex == 1 && !f->index[0].sup && f->index[0].style == HG_INDEX_BARE &&
	             hg_fn_find(f->name) == HG_FN_LOG;
	hg_expr *base = based ? f->index[0].e : NULL;
	if (!based || (base->op == HG_OP_NUM && (base->number == 2 || base->number == 10)))
		return NULL;
	hg_expr *above = hg_name(p, f->name, f->span), *below = hg_name(p, f->name, f->span);
	above = above ? hg_call_of(p, above, &argument, 1) : NULL;
	if (base->op == HG_OP_NAME && hg_str_is(base->name, HG_L_EULER) && !base->nindex)
		return above;
	below = below ? hg_call_of(p, below, &base, 1) : NULL;
	return above && below ? hg_node_of(p, HG_OP_FRAC, above->span, above, below) : NULL;
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
	hg_expr *e = n == 1 ? logarithm(p, f, argument[0]) : NULL;
	if (e || p->failed || p->no_memory)
		return e;
	e = hg_node(p, HG_OP_CALL, f->span, n + 1);
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
	hg_kids l = {0};
	p->i++;
	p->brackets++;
	bool read = hg_parse_items(p, close, true, &l);
	p->brackets--;
	if (!read)
		return NULL;
	p->i = close + 1;
	if (l.n == 0)
		return hg_fail(p, HG_CAUSE_READ_CALL_ARGUMENT);
	hg_expr *e = hg_call_of(p, f, l.at, l.n);
	if (e)
		e->span = hg_span_join(f->span, hg_span_from(p, first));
	return e;
}

static hg_expr *sliced(hg_parser *p, hg_expr *f, size_t first, size_t close)
{
	hg_kids l = {0};
	p->i++;
	p->brackets++;
	bool read = hg_kids_add(p, &l, HG_GLUE_NONE, f) && hg_parse_items(p, close, false, &l);
	p->brackets--;
	if (!read)
		return NULL;
	p->i = close + 1;
	if (l.n < 2)
		return hg_fail(p, HG_CAUSE_READ_SUBSCRIPT_VALUE);
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
