/* What a piece of text looks like. Conservative: what is in doubt is words, which costs
 * the student nothing. */
#include "text/scan.h"

#include <string.h>

/* The longest run of plain words (letters only, at least two each) that stand side by side, outside of
 * braces. */
static size_t longest_words(hg_str t)
{
	size_t run = 0, best = 0, depth = 0;
	for (size_t i = 0; i < t.n;) {
		char c = t.p[i];
		if (is_letter(c) && depth == 0 && (i == 0 || t.p[i - 1] != '\\')) {
			size_t end = i;
			while (end < t.n && is_letter(t.p[end]))
				end++;
			bool word = end - i >= 2 && (end == t.n || strchr(" ,.;:!?\n", t.p[end]));
			run = word ? run + 1 : 0;
			best = run > best ? run : best;
			i = end;
			continue;
		}
		if (c == '{')
			depth++;
		else if (c == '}')
			depth -= depth > 0;
		else if (c == '\\')
			while (i + 1 < t.n && is_letter(t.p[i + 1]))
				i++;
		if (!strchr(" ,.;:!?\n", c))
			run = 0;
		i++;
	}
	return best;
}

static bool has_any(hg_str t, const char *chars)
{
	for (size_t i = 0; i < t.n; i++)
		if (strchr(chars, t.p[i]) && t.p[i])
			return true;
	return false;
}

bool looks_like_prose_line(hg_str line)
{
	hg_str t = hg_str_trim(line);
	return (hg_str_starts(t, "# ") || hg_str_starts(t, "## ") || hg_str_starts(t, "### ")) ||
	       longest_words(t) >= 4;
}

bool looks_like_prose(hg_str content)
{
	hg_str t = hg_str_trim(content);
	if (t.n == 0)
		return true;
	size_t words = longest_words(t);
	if (hg_str_find(t, HG_STR("\\parbox")) != NONE)
		return true;
	if (has_any(t, "\\^_="))
		return words >= 5;
	bool price = is_digit(t.p[0]) && content.p == t.p && words >= 1;
	bool lopsided =
	    content.p == t.p && content.n > t.n && words >= 1; /* "$x and $": no closer stands behind a blank */
	return words >= 2 || price || lopsided;
}

/* A line of LaTeX that lost its delimiters, as it happens in copying: an equation with commands and without
 * words. */
bool looks_like_bare_latex(hg_str line)
{
	static const char *const marks[] = {"\\frac", "\\partial", "\\nabla", "\\delta", "\\sigma",
	                                    "\\sum",  "\\hat",     "^{",      "_{"};
	hg_str t = hg_str_trim(line);
	size_t eq = hg_str_find(t, HG_STR("="));
	if (eq == NONE || eq == 0 || eq + 1 >= t.n || !(is_letter(t.p[0]) || t.p[0] == '\\') ||
	    longest_words(t) >= 2)
		return false;
	static const char *const typed[] = {HG_WORDS_SUM_TYPED, NULL}; /* as handgrad prints it: sum[n] x_{n,j} */
	if (hg_str_says(t, typed))
		return false;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (hg_str_find(t, hg_str_of(marks[i])) != NONE)
			return true;
	return false;
}

/* Mathematics typed with the signs of Unicode: a partial sign, small digits. */
bool looks_typed(hg_str text)
{
	static const char *const signs[] = {"\xe2\x88\x82", "\xe2\x82\x81", "\xe2\x82\x82",
	                                    "\xe2\x88\x87", "\xc2\xb7",     "\xe1\xb5\x80", "\xc2\xb2", "\xc5\xb7", "\xcf\x83"};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (hg_str_find(text, hg_str_of(signs[i])) != NONE)
			return true;
	return false;
}

bool looks_like_formula(hg_str text)
{
	if (text.n && is_letter(text.p[0]) && hg_str_find(text, HG_STR("=")) != NONE && longest_words(text) < 2)
		return true;
	for (size_t i = 0; i + 1 < text.n; i++)
		if (text.p[i] == '^' || (text.p[i] == '\\' && is_letter(text.p[i + 1])))
			return true;
	return false;
}
