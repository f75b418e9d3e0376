#include "lang/reader.h"

#include <string.h>

bool hg_is_separator(hg_token_kind kind)
{
	switch (kind) {
	case HG_T_ROW: case HG_T_WIDE: case HG_T_COMMA: case HG_T_SEMICOLON: case HG_T_STOP: case HG_T_COLON: case HG_T_MARK:
	case HG_T_THEREFORE: case HG_T_BECAUSE: case HG_T_FORALL: case HG_T_TEXT: case HG_T_END:
		return true;
	default:
		return false;
	}
}

bool hg_is_first_word(hg_str words, const char *list)
{
	char word[16] = " ";
	size_t n = 0;
	words = hg_str_trim(words);
	while (n < words.n && n < 12 && !strchr(" .,;:~", words.p[n])) {
		char c = words.p[n];
		word[++n] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	word[n + 1] = ' ';
	return n > 0 && hg_str_find(hg_str_of(list), (hg_str){word, n + 2}) != (size_t)-1;
}

static bool at_words(const hg_parser *p, const char *list)
{
	return hg_at(p, HG_T_TEXT) && hg_is_first_word(hg_look(p)->text, list);
}

static size_t condition_end(const hg_parser *p)
{
	size_t i = p->i + 1;
	while (i < p->end && !hg_is_separator(p->t[i].kind))
		i = hg_after(p, i);
	return i;
}

/* Behind a value: "if z < 0"; or "otherwise". */
static hg_expr *condition_in_words(hg_parser *p)
{
	if (at_words(p, " otherwise else elsewhere ")) {
		hg_expr *e = hg_node(p, HG_OP_TEXT, hg_look(p)->span, 0);
		if (e)
			e->name = HG_STR(HG_W_OTHERWISE);
		p->i++;
		return e;
	}
	return hg_parse_case_condition(p, condition_end(p));
}

/* Is another value with its condition coming: ", 1 if z > 0", "and 0 otherwise", "else 0"? */
static bool another_case(const hg_parser *p)
{
	size_t i = p->i;
	bool word = at_words(p, " and or else otherwise ");
	if (word && at_words(p, " else otherwise "))
		return hg_look_at(p, i + 1)->kind == HG_T_NUM || hg_look_at(p, i + 1)->kind == HG_T_NAME;
	if (!word && !hg_at(p, HG_T_COMMA) && !hg_at(p, HG_T_SEMICOLON))
		return false;
	for (i++; i < p->end && (hg_look_at(p, i)->kind == HG_T_WIDE || hg_look_at(p, i)->kind == HG_T_COMMA); i++)
		;
	for (; i < p->end && !hg_is_separator(p->t[i].kind) && p->t[i].kind != HG_T_REL; i = hg_after(p, i))
		;
	const hg_token *t = hg_look_at(p, i);
	return t->kind == HG_T_TEXT && hg_is_first_word(t->text, HG_ROW_CASES);
}

enum { MOST_CASES = 16 };

static hg_expr *cases_in_words(hg_parser *p, hg_expr *value)
{
	hg_expr *kid[2 * MOST_CASES];
	size_t n = 0;
	kid[n++] = value;
	if (!(kid[n++] = condition_in_words(p)))
		return NULL;
	while (n < 2 * MOST_CASES && another_case(p)) {
		bool last = at_words(p, " else otherwise ");
		hg_span words = hg_look(p)->span;
		for (p->i++; hg_at(p, HG_T_WIDE) || hg_at(p, HG_T_COMMA);)
			p->i++;
		if (!(kid[n++] = hg_parse_sum(p)))
			return NULL;
		if (last && (kid[n] = hg_node(p, HG_OP_TEXT, words, 0)))
			kid[n]->name = HG_STR(HG_W_OTHERWISE);
		else if (!last)
			kid[n] = condition_in_words(p);
		if (!kid[n++])
			return NULL;
	}
	return hg_join(p, HG_OP_CASES, kid, NULL, n);
}

/* Words between a formula and more formula that are no connective we know: the side is not what stands before them. */
static bool goes_on_in_words(const hg_parser *p)
{
	const hg_token *next = hg_look_at(p, p->i + 1);
	bool operand = next->kind == HG_T_NAME || next->kind == HG_T_NUM || next->kind == HG_T_COMMAND ||
	               next->kind == HG_T_GLUE || next->kind == HG_T_PLUS || next->kind == HG_T_MINUS;
	return hg_at(p, HG_T_TEXT) && operand && !hg_is_first_word(hg_look(p)->text, HG_ROW_CONNECTIVES);
}

static bool is_remark(const hg_parser *p)
{
	hg_token_kind in = hg_look_at(p, p->i + 1)->kind;
	return hg_at(p, HG_T_OPEN) && hg_look(p)->match > p->i && (in == HG_T_TEXT || in == HG_T_BECAUSE);
}

hg_expr *hg_read_side(hg_reader *r)
{
	hg_parser *p = &r->p;
	hg_expr *e = hg_parse_sum(p);
	if (e && at_words(p, " if when "))
		e = cases_in_words(p, e);
	if (!e)
		return NULL;
	if (goes_on_in_words(p))
		return hg_fail(p, HG_CAUSE_READ_WORDS);
	hg_token_kind next = hg_look(p)->kind;
	if (next == HG_T_REL || next == HG_T_COMPARE || hg_is_separator(next) || is_remark(p))
		return e;
	return hg_fail(p, next == HG_T_UNGROUP || next == HG_T_CLOSE ? HG_CAUSE_READ_NOT_OPENED
	                                                             : HG_CAUSE_READ_OPERATOR);
}
