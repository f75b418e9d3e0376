/* From the cursor to the end of its line: mathematics in delimiters, code spans, tags, links, macros; the rest is words. */
#include "text/scan.h"

#include <string.h>

/* Nothing that may be repeated is searched further than this, so that no line costs more than its length. */
enum { LONGEST_TAG = 1024, LONGEST_ARGUMENT = 256 };

static size_t at_most(const scan *s, size_t at, size_t n) { return n < s->end - at ? at + n : s->end; }

static hg_span between(size_t from, size_t to) { return (hg_span){from, to - from}; }

/* Does the paragraph end at this line end? */
static bool ends_paragraph(const scan *s, size_t newline)
{
	size_t k = newline + 1;
	while (k < s->end && (is_blank(s->text[k]) || s->text[k] == '>'))
		k++;
	return k >= s->end || s->text[k] == '\n' || block_begins(s, newline + 1);
}

/* Where the paragraph ends, remembered while the cursor is in it. */
static size_t paragraph_end(scan *s, size_t at)
{
	if (at >= s->paragraph_from && at <= s->paragraph_to)
		return s->paragraph_to;
	s->paragraph_from = at;
	while (at < s->end && !(s->text[at] == '\n' && ends_paragraph(s, at)))
		at++;
	return s->paragraph_to = at;
}

static void lose(scan *s, size_t from)
{
	scan_flush(s, s->at);
	s->at = paragraph_end(s, from);
}

static void pair_math(scan *s, pair which, hg_stretch_kind kind)
{
	size_t open = s->at, from = open + strlen(pair_opener(which));
	if (which == PAIR_SCRIPT) {
		size_t head = at_most(s, from, LONGEST_TAG);
		const char *gt = memchr(s->text + from, '>', head - from);
		head = gt ? (size_t)(gt - s->text) + 1 : from;
		if (memmem(s->text + from, head - from, "display", 7))
			kind = HG_STRETCH_DISPLAY;
		from = head;
	}
	size_t close = scan_closer(s, which, from);
	if (close == NONE) {
		if (kind == HG_STRETCH_DISPLAY)
			lose(s, from);
		else
			s->at = from;
		return;
	}
	s->at = close + strlen(pair_closer(which));
	scan_math(s, kind, between(from, close), between(open, s->at), (hg_str){0});
}

/* ---- $ .. $ ---- */

/* Does the brace at `at` open a box of words, in which dollars stand for themselves: \text{for $x$}? */
static bool opens_words(const scan *s, size_t at)
{
	static const char *const commands[] = {"\\text", "\\fbox", "\\mbox", "\\textrm", "\\textbf", "\\textit", "\\hbox"};
	hg_str before = {s->text, at};
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (hg_str_ends(before, commands[i]))
			return true;
	return false;
}

/* The next single dollar that could close; NONE at the end of the paragraph or the table cell. Dollars inside a box of
 * words are passed over, within sight: where none follows behind the box, the first of them closes. */
static size_t find_dollar(const scan *s, size_t from)
{
	size_t first = NONE, passed = 0, depth = 0, words = 0; /* words: bit d: the brace of depth d opened words */
	for (size_t at = from; at < s->end && (first == NONE || at < first + LONGEST_TAG); at++) {
		char c = s->text[at];
		if (c == '\\') {
			at++;
		} else if (c == '{' && depth < 63) {
			words |= (size_t)opens_words(s, at) << depth++;
		} else if (c == '}' && depth) {
			words &= ~((size_t)1 << --depth);
		} else if (c == '$') {
			if (!words)
				return at;
			first = first == NONE ? at : first;
			if (++passed > 64)
				return first;
		} else if (c == '\n' && ((s->in_table && s->format != HG_TEX) || ends_paragraph(s, at))) {
			return first;
		}
	}
	return first;
}

static void dollar(scan *s)
{
	size_t open = s->at, close = find_dollar(s, open + 1);
	bool doubled = close != NONE && close + 1 < s->end && s->text[close + 1] == '$';
	hg_str content = {s->text + open + 1, close == NONE ? 0 : close - open - 1};
	bool price = close != NONE && close + 1 < s->end && is_digit(s->text[close + 1]) && content.n && is_digit(content.p[0]);
	if (close == NONE || price || looks_like_prose(content) ||
	    (doubled && (close + 2 >= s->end || strchr(" \n", s->text[close + 2])))) {
		if (close == NONE && looks_like_formula((hg_str){s->text + open + 1, line_end(s, open) - open - 1}))
			scan_note(s, (hg_span){open, 1}, "unclosed-math", "$ opens mathematics here and is never closed");
		scan_prose_from(s, open);
		s->at = open + 1;
		return;
	}
	size_t start = formula_start(s, open);
	hg_span whole = start < open ? between(start, close) : between(open + 1, close);
	s->at = close + 1;
	if (!join_formula(s, start, between(open + 1, close), s->at))
		scan_math(s, HG_STRETCH_INLINE, whole, between(start, s->at), (hg_str){0});
}

/* ---- environments ---- */

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

static void environment(scan *s)
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
		lose(s, from);
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

static bool table_mark(scan *s)
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

/* ---- what begins with a backslash ---- */

static void backslash(scan *s)
{
	size_t n = macro_length((hg_str){s->text + s->at, s->end - s->at}, 0);
	if (n) {
		scan_flush(s, s->at);
		scan_add(s, HG_STRETCH_MACRO, (hg_span){s->at, n}, (hg_span){s->at, n}, (hg_str){0});
		s->at += n;
	} else if (text_at(s, s->at, "\\begin{")) {
		environment(s);
	} else if (s->format != HG_TEX && text_at(s, s->at, "\\\\(")) {
		pair_math(s, PAIR_PAREN2, HG_STRETCH_INLINE);
	} else if (s->format != HG_TEX && text_at(s, s->at, "\\\\[")) {
		pair_math(s, PAIR_BRACKET2, HG_STRETCH_DISPLAY);
	} else if (text_at(s, s->at, "\\(")) {
		pair_math(s, PAIR_PAREN, HG_STRETCH_INLINE);
	} else if (text_at(s, s->at, "\\[")) {
		pair_math(s, PAIR_BRACKET, HG_STRETCH_DISPLAY);
	} else {
		scan_prose_from(s, s->at);
		s->at += s->at + 1 < s->end && s->text[s->at + 1] != '\n' ? 2 : 1;
	}
}

/* ---- code spans ---- */

/* The closing run of as many backticks, in the same paragraph; NONE. */
static size_t find_backticks(scan *s, size_t from, size_t n)
{
	size_t end = paragraph_end(s, from), run = 0;
	if (n >= 32 || (s->no_backticks_in == s->paragraph && (s->no_backticks >> n & 1)))
		return NONE;
	for (size_t at = from; at <= end; at++) {
		if (at < end && s->text[at] == '`') {
			run++;
			continue;
		}
		if (run == n)
			return at - n;
		run = 0;
	}
	if (s->no_backticks_in != s->paragraph)
		s->no_backticks = 0;
	s->no_backticks_in = s->paragraph;
	s->no_backticks |= (size_t)1 << n;
	return NONE;
}

static void backticks(scan *s)
{
	size_t open = s->at, n = 0;
	while (open + n < s->end && s->text[open + n] == '`')
		n++;
	size_t close = find_backticks(s, open + n, n);
	bool rst = open >= 6 && hg_str_ends((hg_str){s->text, open}, ":math:");
	if (close != NONE && n == 1 && rst) {
		s->at = close + 1;
		if (s->prose_from != NONE)
			scan_flush(s, open - 6);
		scan_math(s, HG_STRETCH_INLINE, between(open + 1, close), between(open - 6, close + 1), (hg_str){0});
		return;
	}
	equation found;
	bool plain = close != NONE && find_equation((hg_str){s->text + open + n, close - open - n}, 0, &found) && found.alone;
	s->at = close == NONE ? open + n : close + n;
	if (plain)
		scan_plain(s, between(open + n, close), between(open, close + n));
	else
		scan_prose_from(s, open);
}

/* ---- tags, links ---- */

static const char *const struck_tags[] = {"<del>", "<s>", "<strike>", "</del>", "</s>", "</strike>"};

static void tag(scan *s)
{
	if (text_at(s, s->at, pair_opener(PAIR_SCRIPT))) {
		pair_math(s, PAIR_SCRIPT, HG_STRETCH_INLINE);
		return;
	}
	for (size_t i = 0; i < sizeof struck_tags / sizeof *struck_tags; i++)
		if (text_at(s, s->at, struck_tags[i])) {
			scan_flush(s, s->at);
			s->struck = struck_tags[i][1] != '/';
		}
	scan_prose_from(s, s->at);
	char next = s->at + 1 < s->end ? s->text[s->at + 1] : 0;
	if (!is_letter(next) && next != '/' && next != '!') {
		s->at++;
		return;
	}
	if (s->next_tag_end == UNKNOWN || (s->next_tag_end != NONE && s->next_tag_end < s->at)) {
		const char *gt = memchr(s->text + s->at, '>', s->end - s->at);
		s->next_tag_end = gt ? (size_t)(gt - s->text) : NONE;
	}
	size_t close = s->next_tag_end;
	bool whole = close != NONE && close - s->at < LONGEST_TAG && !memchr(s->text + s->at, '\n', close - s->at);
	s->at = whole ? close + 1 : s->at + 1;
}

/* Behind `](`: an address, which may hold dollars and underscores. */
static void link_target(scan *s)
{
	size_t at = s->at + 2, end = at_most(s, at, LONGEST_TAG), depth = 1;
	for (; at < end && depth && depth < 8 && s->text[at] != '\n'; at++)
		depth += (s->text[at] == '(') - (size_t)(s->text[at] == ')');
	s->at = depth ? s->at + 2 : at;
}

static void strike(scan *s)
{
	scan_flush(s, s->at);
	s->struck = !s->struck;
	s->at += 2;
}

void scan_inline(scan *s)
{
	while (s->at < s->end && s->text[s->at] != '\n' && !scan_over(s)) {
		char c = s->text[s->at];
		if (table_mark(s))
			continue;
		if (c == '\\')
			backslash(s);
		else if (c == '$' && text_at(s, s->at, "$$"))
			pair_math(s, PAIR_DOLLARS, HG_STRETCH_DISPLAY);
		else if (c == '$' && text_at(s, s->at, "$`"))
			pair_math(s, PAIR_GITLAB, HG_STRETCH_INLINE);
		else if (c == '$')
			dollar(s);
		else if (c == '`' && s->format != HG_TEX)
			backticks(s);
		else if (c == '<' && s->format != HG_TEX)
			tag(s);
		else if (c == ']' && s->format != HG_TEX && text_at(s, s->at, "]("))
			link_target(s);
		else if (c == '~' && s->format != HG_TEX && text_at(s, s->at, "~~"))
			strike(s);
		else {
			if (!is_blank(c))
				scan_prose_from(s, s->at);
			s->at++;
		}
	}
}
