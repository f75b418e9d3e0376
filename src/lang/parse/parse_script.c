/* Superscripts are lists: layer, sample, transpose, prime, power. Subscripts tell names apart. */
#include "lang/parse/parse_script.h"

enum { MOST_INDICES = 16 };

bool hg_decorate_index(hg_parser *p, hg_decorated *d, hg_index_style style, bool sup, hg_expr *index)
{
	if (!index)
		return false;
	if (d->core->nindex >= MOST_INDICES) {
		hg_fail(p, HG_CAUSE_READ_INDICES);
		return false;
	}
	return hg_add_index(p, d->core, style, sup, index);
}

bool hg_decorate(hg_parser *p, hg_decorated *d, hg_op op, hg_expr *second)
{
	hg_span span = d->whole->span;
	return (d->whole = hg_node_of(p, op, span, d->whole, second)) != NULL;
}

static bool is_transpose(const hg_parser *p, size_t i, size_t end)
{
	const hg_token *t = hg_look_at(p, i), *next = hg_look_at(p, i + 1);
	bool alone = i + 1 >= end || next->kind == HG_T_SUP || next->kind == HG_T_OPEN || next->kind == HG_T_PRIME;
	if (!alone)
		return false;
	if (t->kind == HG_T_COMMAND)
		return hg_str_is(t->text, "top") || hg_str_is(t->text, "intercal");
	return t->kind == HG_T_NAME &&
	       hg_str_any(t->text, HG_LIST_TRANSPOSED);
}

/* A sign standing alone: w^*, x^+, y^\circ. */
static hg_expr *lone_sign(hg_parser *p, size_t end)
{
	const hg_token *t = hg_look(p);
	if (p->i + 1 != end || (t->kind != HG_T_GLUE && t->kind != HG_T_PLUS && t->kind != HG_T_MINUS))
		return NULL;
	hg_expr *e = hg_node(p, HG_OP_TEXT, t->span, 0);
	if (e) {
		e->name = t->kind == HG_T_PLUS ? HG_STR("+") : t->kind == HG_T_MINUS ? HG_STR("-") : HG_STR("*");
		p->i++;
	}
	return e;
}

static bool is_euler_or_number(const hg_expr *base)
{
	return base->op == HG_OP_NUM || (base->op == HG_OP_NAME && base->nindex == 0 && hg_str_is(base->name, HG_L_EULER));
}

/* [l], (i), (n-1): an index in brackets. */
bool hg_parse_bracketed_index(hg_parser *p, hg_decorated *d)
{
	hg_index_style style = hg_at_open(p, "[") ? HG_INDEX_BRACKET : HG_INDEX_PAREN;
	hg_expr *index = hg_parse_bracket(p);
	if (index && index->op != HG_OP_LIST)
		index->bracketed = false;
	return hg_decorate_index(p, d, style, true, index);
}

/* The rest of a superscript: a power, or a word such as "new", or letters that count. */
static bool power(hg_parser *p, hg_decorated *d)
{
	hg_expr *e = hg_parse_condition(p);
	if (!e)
		return false;
	if (hg_at(p, HG_T_COMMA)) { /* i, j */
		p->i++;
		return hg_decorate_index(p, d, HG_INDEX_BARE, true, e);
	}
	if (e->op == HG_OP_TEXT || (e->op == HG_OP_NAME && e->name.n >= 3 && e->nindex == 0 && d->core->op == HG_OP_NAME &&
	                            !is_euler_or_number(d->core) && hg_fn_find(e->name) == HG_NFNS &&
	                            !hg_command_is_letter(e->name)))
		return hg_decorate_index(p, d, HG_INDEX_BARE, true, e);
	return hg_decorate(p, d, HG_OP_POW, e);
}

/* {[l]}^T, {(l)}: braces that hold scripts of their own. */
static bool is_inner_group(const hg_parser *p, size_t end)
{
	size_t close = hg_look(p)->match;
	hg_token_kind next = hg_look_at(p, close + 1)->kind;
	return hg_at(p, HG_T_GROUP) && close > p->i && close < end &&
	       (close + 1 == end || next == HG_T_SUP || next == HG_T_PRIME);
}

/* ^{[2]^T}, ^{{(l)}}: one more level. */
static bool nested_superscript(hg_parser *p, hg_decorated *d)
{
	if (!hg_enter(p))
		return false;
	hg_take(p, HG_T_SUP);
	bool read = hg_parse_superscript(p, d);
	hg_leave(p);
	return read;
}

/* A^{\odot 2}, A^{\circ 2}: a power, of each entry, as it is of a matrix without the sign. */
static void pass_entrywise(hg_parser *p, size_t end)
{
	const hg_token *t = hg_look(p);
	const bool sign = t->kind == HG_T_GLUE && (t->value == HG_GLUE_ODOT || t->value == HG_GLUE_CIRC);
	p->i += sign && p->i + 2 == end && hg_look_at(p, p->i + 1)->kind == HG_T_NUM;
}

static bool one_of_superscript(hg_parser *p, hg_decorated *d, size_t end)
{
	pass_entrywise(p, end);
	if (is_transpose(p, p->i, end)) {
		p->i++;
		return hg_decorate(p, d, HG_OP_TRANSPOSE, NULL);
	}
	if (hg_take(p, HG_T_PRIME))
		return hg_decorate(p, d, HG_OP_PRIME, NULL);
	if (hg_at(p, HG_T_SUP) || is_inner_group(p, end))
		return nested_superscript(p, d);
	if (hg_take(p, HG_T_COMMA) || hg_take(p, HG_T_WIDE))
		return true;
	if ((hg_at_command(p, "wedge") || hg_at_command(p, "land")) && p->i + 1 == end) { /* y^\wedge: a hat */
		p->i++;
		d->core->accent |= HG_HAT;
		return true;
	}
	bool bracket = (hg_at_open(p, "[") || hg_at_open(p, "(")) && hg_look(p)->match > p->i && hg_look(p)->match < end;
	size_t behind = bracket ? hg_look(p)->match + 1 : end;
	hg_token_kind next = hg_look_at(p, behind)->kind;
	bool joined = next == HG_T_PLUS || next == HG_T_MINUS || next == HG_T_GLUE;
	if (bracket && !is_euler_or_number(d->core) && !joined)
		return hg_parse_bracketed_index(p, d);
	hg_expr *sign = lone_sign(p, end);
	if (sign)
		return hg_decorate_index(p, d, HG_INDEX_BARE, true, sign);
	return !p->failed && power(p, d);
}

bool hg_parse_superscript(hg_parser *p, hg_decorated *d)
{
	size_t outer = p->end, end = hg_after(p, p->i);
	bool group = hg_at(p, HG_T_GROUP);
	if (hg_at(p, HG_T_END))
		return hg_fail(p, HG_CAUSE_READ_SUPERSCRIPT) != NULL;
	if (group) {
		end--;
		p->i++;
	} else if (hg_at(p, HG_T_COMMAND) && hg_look_at(p, end)->kind == HG_T_GROUP) {
		while (hg_look_at(p, end)->kind == HG_T_GROUP) /* ^\mathrm{T}, ^\frac{1}{2} */
			end = hg_after(p, end);
	} else if (hg_at(p, HG_T_MINUS)) { /* e^-x, as it is typed in plain text */
		end = hg_after(p, p->i + 1);
	}
	if (end > outer)
		return hg_fail(p, HG_CAUSE_READ_SUPERSCRIPT_END) != NULL;
	bool read = true;
	p->end = end;
	p->brackets++;
	if (p->i == end)
		read = group; /* {}^T: nothing */
	while (read && p->i < end)
		read = one_of_superscript(p, d, end);
	p->brackets--;
	p->end = outer;
	if (read && group)
		p->i = end + 1;
	return read && !p->failed;
}

/* Letters side by side are a list of indices, jk like j, k; words and sums stay what they are. */
static hg_expr *as_list(hg_expr *e)
{
	if (e->op != HG_OP_PRODUCT || e->bracketed)
		return e;
	for (size_t i = 0; i < e->nkids; i++)
		if (e->kid[i]->op != HG_OP_NAME && e->kid[i]->op != HG_OP_NUM)
			return e;
	for (size_t i = 0; i + 1 < e->nkids; i++)
		if (e->glue[i] != HG_GLUE_NONE)
			return e;
	e->op = HG_OP_LIST;
	e->glue = NULL;
	return e;
}

static hg_expr *comma_list(hg_parser *p, hg_expr *first)
{
	hg_expr *item[MOST_INDICES] = {as_list(first)};
	size_t n = 1;
	while (hg_at(p, HG_T_COMMA) || hg_at(p, HG_T_SEMICOLON)) {
		p->i++;
		if (n == MOST_INDICES || !(item[n] = hg_parse_condition(p)))
			return NULL;
		item[n] = as_list(item[n]);
		n++;
	}
	return n == 1 ? item[0] : hg_join(p, HG_OP_LIST, item, NULL, n);
}

/* An index is for telling names apart: what cannot be read as a formula is kept as words. */
hg_expr *hg_parse_script(hg_parser *p)
{
	size_t first = p->i, outer = p->end, end = hg_after(p, p->i), nnotes = p->nnotes;
	if (hg_at(p, HG_T_END))
		return hg_fail(p, HG_CAUSE_READ_SUBSCRIPT);
	if (hg_at(p, HG_T_UNGROUP) || hg_at(p, HG_T_CLOSE) || (hg_at(p, HG_T_GROUP) && hg_look(p)->match == p->i))
		return hg_fail(p, HG_CAUSE_READ_INDEX_BRACES);
	bool group = hg_at(p, HG_T_GROUP) && end - first >= 2;
	if (!group && hg_at(p, HG_T_COMMAND) && hg_look_at(p, end)->kind == HG_T_GROUP)
		end = hg_after(p, end);
	if (end > outer)
		return hg_fail(p, HG_CAUSE_READ_SUBSCRIPT_END);
	p->i += group;
	p->end = group ? end - 1 : end;
	p->brackets++;
	bool failed_before = p->failed;
	hg_expr *e = p->i < p->end ? hg_parse_condition(p) : NULL;
	e = e ? comma_list(p, e) : NULL;
	bool whole = e && p->i == p->end;
	p->brackets--;
	p->end = outer;
	p->i = end;
	if (whole || p->no_memory || failed_before)
		return e;
	p->failed = false;
	p->nnotes = nnotes;
	return hg_words(p, group ? first + 1 : first, group ? end - 1 : end);
}
