/* Environments outside of delimiters: mathematics, code, tables, and what is passed over; the cells of
 * tables. */
#include "text/scan.h"

#include <string.h>

static size_t skip_arguments(const scan *s, size_t at, size_t end)
{
	while (at < end && (s->text[at] == '{' || s->text[at] == '[')) {
		char close = s->text[at] == '{' ? '}' : ']';
		size_t depth = 1, k = at + 1;
		for (; k < end && depth; k++)
			depth += (s->text[k] == s->text[at]) - (size_t)(s->text[k] == close);
		if (depth)
			return at;
		at = k;
	}
	return at;
}

static bool takes_argument(hg_str name)
{
	return hg_str_starts(name, "alignat") || hg_str_starts(name, "minted") || hg_str_starts(name, "IEEE");
}

void scan_environment(scan *s)
{
	size_t open = s->at, from = open + strlen("\\begin{"), brace = from;
	while (brace < s->end && brace < from + 32 && s->text[brace] != '}')
		brace++;
	hg_str name = {s->source->text.p + from, brace - from};
	environment_use use = ENV_SKIP;
	size_t which = brace < s->end && s->text[brace] == '}' ? environment_find(name, &use) : NONE;
	if (which == NONE) {
		scan_prose_from(s, open);
		s->at = from;
		return;
	}
	from = brace + 1;
	if (use == ENV_TABLE) {
		scan_flush(s, open);
		s->at = skip_arguments(s, from, at_most(s, from, LONGEST_ARGUMENT));
		s->in_table = true;
		s->row++;
		s->column = 0;
		return;
	}
	size_t close = scan_environment_end(s, which, name, from);
	if (close == NONE) {
		scan_lose(s, from);
		return;
	}
	s->at = close + strlen("\\end{}") + name.n;
	if (use == ENV_CODE || takes_argument(name) || s->text[from] == '[')
		from = skip_arguments(s, from, close - from < LONGEST_ARGUMENT ? close : from + LONGEST_ARGUMENT);
	if (use == ENV_MATH) {
		scan_math(s, HG_STRETCH_DISPLAY, between(from, close), between(open, s->at), name);
		return;
	}
	scan_flush(s, open);
	if (use == ENV_CODE)
		scan_code(s, from, close);
}

bool scan_table_mark(scan *s)
{
	char c = s->text[s->at];
	if (!s->in_table)
		return false;
	if (s->format != HG_TEX && (c == '|' || c == '\t')) {
		scan_flush(s, s->at);
		s->column++;
		s->at++;
		return true;
	}
	if (s->format != HG_TEX || (c != '&' && c != '\\'))
		return false;
	if (c == '&') {
		scan_flush(s, s->at++);
		s->column++;
	} else if (text_at(s, s->at, "\\\\")) {
		scan_flush(s, s->at);
		s->at += 2;
		s->row++;
		s->column = 0;
	} else if (text_at(s, s->at, "\\end{")) {
		scan_flush(s, s->at);
		s->in_table = false;
		s->at += 5;
	} else {
		return false;
	}
	return true;
}
