/* Matrices, cases, and signs that take limits. */
#include "lang/parse/parser.h"

#include <string.h>

static bool ends_with(hg_str name, const char *suffix) { return hg_str_ends(name, suffix); }

bool hg_is_matrix(hg_str environment)
{
	return ends_with(environment, "matrix") || hg_str_is(environment, "array");
}

bool hg_is_cases(hg_str environment) { return ends_with(environment, "cases"); }

static bool at_cell_end(const hg_parser *p, size_t end)
{
	return p->i >= end || hg_at(p, HG_T_AMP) || hg_at(p, HG_T_ROW);
}

static void skip_wide(hg_parser *p, size_t end)
{
	while (p->i < end && hg_at(p, HG_T_WIDE))
		p->i++;
}

/* The end of the cell that starts here. */
static size_t cell_end(const hg_parser *p, size_t end)
{
	size_t i = p->i;
	while (i < end && hg_look_at(p, i)->kind != HG_T_AMP && hg_look_at(p, i)->kind != HG_T_ROW)
		i = hg_after(p, i);
	return i < end ? i : end;
}

static hg_expr *drawn_line(hg_parser *p)
{
	hg_expr *e = hg_node(p, HG_OP_ELLIPSIS, hg_look(p)->span, 0);
	if (e)
		e->name = hg_at(p, HG_T_BAR) ? HG_STR("vdots") : HG_STR("dots");
	p->i++;
	return e;
}

static hg_expr *cell(hg_parser *p, size_t end)
{
	skip_wide(p, end);
	if (at_cell_end(p, end)) /* left empty */
		return hg_node(p, HG_OP_LIST, (hg_span){hg_look(p)->span.at, 0}, 0);
	size_t outer = p->end;
	p->end = cell_end(p, end);
	hg_token_kind first = hg_look(p)->kind;
	bool drawn = p->i + 1 == p->end && (first == HG_T_BAR || first == HG_T_MINUS); /* | x |: a column, drawn */
	hg_expr *e = drawn ? drawn_line(p) : hg_parse_condition(p);
	skip_wide(p, p->end);
	while (e && (hg_take(p, HG_T_COMMA) || hg_take(p, HG_T_STOP) || hg_take(p, HG_T_SEMICOLON)))
		;
	if (e && p->i < p->end)
		e = hg_fail(p, HG_CAUSE_READ_ENTRY_END);
	p->end = outer;
	return e;
}

static void count_cells(const hg_parser *p, size_t end, size_t *rows, size_t *cols)
{
	size_t width = 1;
	bool filled = false;
	*rows = *cols = 0;
	for (size_t i = p->i; i < end; i = hg_after(p, i)) {
		hg_token_kind kind = hg_look_at(p, i)->kind;
		if (kind == HG_T_ROW) {
			*rows += filled;
			*cols = width > *cols ? width : *cols;
			width = 1;
			filled = false;
			continue;
		}
		width += kind == HG_T_AMP;
		filled = true;
	}
	if (filled) {
		*rows += 1;
		*cols = width > *cols ? width : *cols;
	}
}

/* A row shorter than the widest is filled with dots if dots are all it has (\vdots alone), else with empty cells. */
static bool fill_row(hg_parser *p, hg_expr **entry, size_t n, size_t cols)
{
	hg_op op = n && entry[n - 1]->op == HG_OP_ELLIPSIS ? HG_OP_ELLIPSIS : HG_OP_LIST;
	for (size_t j = n; j < cols; j++) {
		if (!(entry[j] = hg_node(p, op, (hg_span){hg_look(p)->span.at, 0}, 0)))
			return false;
		if (op == HG_OP_ELLIPSIS)
			entry[j]->name = entry[n - 1]->name;
	}
	return true;
}

static hg_expr *matrix(hg_parser *p, size_t open, size_t end)
{
	size_t rows, cols;
	count_cells(p, end, &rows, &cols);
	if (rows == 0)
		return hg_fail(p, HG_CAUSE_READ_ENTRIES);
	if (rows * cols > p->limits->most[HG_LIMIT_NODES]) /* both are below the number of tokens */
		return hg_fail(p, HG_CAUSE_READ_LARGE_MATRIX);
	hg_expr *e = hg_node(p, HG_OP_MATRIX, p->t[open].span, rows * cols);
	if (!e)
		return NULL;
	e->rows = rows;
	e->cols = cols;
	for (size_t i = 0; i < rows; i++) {
		size_t j = 0;
		while (hg_take(p, HG_T_ROW)) /* left empty */
			;
		for (bool more = true; more; j++) {
			if (!(e->kid[i * cols + j] = cell(p, end)))
				return NULL;
			more = hg_take(p, HG_T_AMP);
		}
		if (!fill_row(p, e->kid + i * cols, j, cols))
			return NULL;
		hg_take(p, HG_T_ROW);
	}
	while (hg_take(p, HG_T_ROW))
		;
	return e;
}

/* ---- cases ---- */

static bool is_otherwise(hg_str words)
{
	static const char *const list[] = {HG_WORDS_OTHERWISE};
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (hg_str_equal_nocase(words, hg_str_of(list[i])))
			return true;
	return false;
}

/* The condition of a case: a comparison, "otherwise", or words; words before it ("if", "for") fall away. */
hg_expr *hg_parse_case_condition(hg_parser *p, size_t end)
{
	size_t first = p->i, outer = p->end;
	while (p->i < end && (hg_at(p, HG_T_COMMA) || hg_at(p, HG_T_WIDE) || hg_at(p, HG_T_TEXT) || hg_at(p, HG_T_COLON) ||
	                      hg_at(p, HG_T_FORALL))) {
		if (hg_at(p, HG_T_TEXT) && is_otherwise(hg_look(p)->text)) {
			hg_expr *e = hg_node(p, HG_OP_TEXT, hg_look(p)->span, 0);
			if (e)
				e->name = HG_STR(HG_W_OTHERWISE);
			p->i = end;
			return e;
		}
		p->i++;
	}
	p->end = end;
	hg_expr *e = p->i < end ? hg_parse_condition(p) : NULL;
	while (p->i < end && (hg_at(p, HG_T_COMMA) || hg_at(p, HG_T_STOP) || hg_at(p, HG_T_SEMICOLON) || hg_at(p, HG_T_WIDE)))
		p->i++;
	bool whole = e && p->i >= end;
	p->end = outer;
	p->i = end;
	if (whole || p->no_memory)
		return e;
	p->failed = false; /* a condition in words is for people */
	return hg_words(p, first, end);
}

static size_t case_parts(const hg_parser *p, size_t end, size_t *value_end)
{
	size_t i = p->i, row = end, comma = 0, amp = 0, words = 0;
	for (; i < end; i = hg_after(p, i)) {
		hg_token_kind kind = hg_look_at(p, i)->kind;
		if (kind == HG_T_ROW) {
			row = i;
			break;
		}
		comma = kind == HG_T_COMMA && !comma ? i : comma;
		amp = kind == HG_T_AMP && !amp ? i : amp;
		words = (kind == HG_T_TEXT || kind == HG_T_WIDE) && !words && i > p->i ? i : words;
	}
	*value_end = amp ? amp : comma ? comma : words ? words : row;
	if (amp && comma && comma < amp)
		*value_end = comma;
	return row;
}

static hg_expr *case_value(hg_parser *p, size_t end)
{
	size_t outer = p->end;
	p->end = end;
	hg_expr *e = hg_parse_condition(p);
	while (e && (hg_take(p, HG_T_COMMA) || hg_take(p, HG_T_WIDE) || hg_take(p, HG_T_SEMICOLON) || hg_take(p, HG_T_STOP)))
		;
	if (e && p->i < end)
		e = hg_fail(p, HG_CAUSE_READ_CASE_CONDITION);
	p->end = outer;
	return e;
}

static hg_expr *cases(hg_parser *p, size_t open, size_t end)
{
	hg_kids kids = {0}; /* values and conditions in turn */
	while (p->i < end) {
		if (hg_take(p, HG_T_ROW) || hg_take(p, HG_T_WIDE))
			continue;
		size_t value_end, row = case_parts(p, end, &value_end);
		if (!hg_kids_add(p, &kids, HG_GLUE_NONE, case_value(p, value_end)))
			return NULL;
		size_t condition = p->i;
		while (p->i < row && (hg_at(p, HG_T_AMP) || hg_at(p, HG_T_COMMA) || hg_at(p, HG_T_WIDE)))
			p->i++;
		while (p->i < row && hg_at(p, HG_T_TEXT) && !is_otherwise(hg_look(p)->text) && p->i + 1 < row)
			p->i++;
		if (p->i < row && hg_at(p, HG_T_AMP)) /* value & if & condition */
			p->i++;
		hg_expr *when;
		if (condition == row || p->i == row) {
			when = hg_node(p, HG_OP_TEXT, hg_look_at(p, row ? row - 1 : 0)->span, 0);
			if (when)
				when->name = HG_STR(HG_W_OTHERWISE);
		} else {
			when = hg_parse_case_condition(p, row);
		}
		if (!hg_kids_add(p, &kids, HG_GLUE_NONE, when))
			return NULL;
		p->i = row;
	}
	if (kids.n == 0)
		return hg_fail(p, HG_CAUSE_READ_CASES);
	hg_expr *e = hg_join(p, HG_OP_CASES, kids.at, NULL, kids.n);
	if (e)
		e->span = hg_span_from(p, open);
	return e;
}

/* An environment whose content is read by `read`. */
static hg_expr *environment(hg_parser *p, hg_expr *(*read)(hg_parser *, size_t, size_t))
{
	size_t open = p->i, close = p->t[open].match, outer = p->end;
	if (close <= open || close >= p->end)
		return hg_fail(p, HG_CAUSE_READ_NO_END);
	p->i++;
	p->brackets++;
	p->end = close;
	hg_expr *e = read(p, open, close);
	if (e && p->i < close)
		e = hg_fail(p, HG_CAUSE_READ_ENVIRONMENT_END);
	p->end = outer;
	p->brackets--;
	if (!e)
		return NULL;
	p->i = close + 1;
	e->span = hg_span_from(p, open);
	return e;
}

hg_expr *hg_parse_cases(hg_parser *p) { return environment(p, cases); }

hg_expr *hg_parse_environment(hg_parser *p)
{
	hg_str name = hg_look(p)->text;
	if (hg_is_cases(name))
		return environment(p, cases);
	if (hg_is_matrix(name))
		return environment(p, matrix);
	return hg_fail(p, HG_CAUSE_READ_ENVIRONMENT);
}
