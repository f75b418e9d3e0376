/* Formulas that were written in pieces: `$db = \frac{1}{m}$ np.sum$(dZ)$`, `$a$ = $b$`, `Linear$_1$`. A piece
 * must never be judged as if it were the whole. The lexer passes over the dollars between them. */
#include "text/scan.h"

#include <string.h>

/* The name of a function that ends at `at`, as far back as it goes ("np.sum"): where it begins; `at` if there
 * is none. */
static size_t function_before(const scan *s, size_t floor, size_t at)
{
	size_t from = at;
	while (from > floor &&
	       (is_letter(s->text[from - 1]) || s->text[from - 1] == '.' || s->text[from - 1] == '_'))
		from--;
	hg_str name = {s->text + from, at - from};
	for (size_t dot; (dot = hg_str_find(name, HG_STR("."))) != NONE;)
		name = hg_str_part(name, dot + 1, name.n);
	return name.n > 1 && word_is_function(name) ? from : at;
}

/* Where the formula begins whose dollar stands at `open`: the letters of Linear$_1$ and of np.sum$(z)$ belong
 * to it. */
size_t formula_start(const scan *s, size_t open)
{
	size_t floor = s->prose_from == NONE ? open : s->prose_from, at = open;
	char first = open + 1 < s->end ? s->text[open + 1] : ' ';
	if (first == '(')
		return function_before(s, floor, open);
	if (first == '_' || first == '^')
		while (at > floor && is_letter(s->text[at - 1]))
			at--;
	return at;
}

static bool is_sign(hg_str t)
{
	static const char *const signs[] = {
	    "=", ":=", "+", "*", "/", "@", "&=", "\xe2\x89\x88", "\xe2\x86\x90", "\xc2\xb7"};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (hg_str_is(t, signs[i]))
			return true;
	return false;
}

/* Makes the formula a part of the one before it, when only a sign, or a function of it, stands between; else
 * false. */
bool join_formula(scan *s, size_t open, hg_span content, size_t end)
{
	hg_stretch *last = s->doc->nstretches ? &s->doc->stretch[s->doc->nstretches - 1] : NULL;
	if (!last || last->kind != HG_STRETCH_INLINE || last->struck != s->struck ||
	    last->paragraph != s->paragraph)
		return false;
	size_t from = last->outer.at + last->outer.n;
	bool same_cell = last->table_cell == s->in_table &&
	                 (!s->in_table || (last->row == s->row && last->column == s->column));
	if (!same_cell || open < from || open - from > 64 || memchr(s->text + from, '\n', open - from))
		return false;
	hg_str between = hg_str_trim((hg_str){s->text + from, open - from});
	if (between.n ? !is_sign(between) : open == content.at - 1 || s->text[content.at] != '(')
		return false;
	s->prose_from = NONE;
	last->span.n = content.at + content.n - last->span.at;
	last->outer.n = end - last->outer.at;
	return true;
}
