/* From the cursor to the end of its line: mathematics in delimiters, code spans, tags, links, macros; the
 * rest is words. */
#include "text/scan.h"

#include <string.h>

/* Does the paragraph end at this line end? */
static bool ends_paragraph(const scan *s, size_t newline)
{
	size_t k = newline + 1;
	while (k < s->end && (is_blank(s->text[k]) || s->text[k] == '>'))
		k++;
	return k >= s->end || s->text[k] == '\n' || block_begins(s, newline + 1);
}

/* Where the paragraph ends, remembered while the cursor is in it. */
size_t scan_paragraph_end(scan *s, size_t at)
{
	if (at >= s->paragraph_from && at <= s->paragraph_to)
		return s->paragraph_to;
	s->paragraph_from = at;
	while (at < s->end && !(s->text[at] == '\n' && ends_paragraph(s, at)))
		at++;
	return s->paragraph_to = at;
}

void scan_lose(scan *s, size_t from)
{
	scan_flush(s, s->at);
	s->at = scan_paragraph_end(s, from);
}

void scan_pair(scan *s, pair which, hg_stretch_kind kind)
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
			scan_lose(s, from);
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
	static const char *const commands[] = {"\\text",   "\\fbox",   "\\mbox", "\\textrm",
	                                       "\\textbf", "\\textit", "\\hbox"};
	hg_str before = {s->text, at};
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (hg_str_ends(before, commands[i]))
			return true;
	return false;
}

/* The next single dollar that could close; NONE at the end of the paragraph or the table cell. Dollars inside
 * a box of words are passed over, within sight: where none follows behind the box, the first
 * of them closes. */
static size_t find_dollar(const scan *s, size_t from)
{
	size_t first = NONE, passed = 0, depth = 0,
	       words = 0; /* words: bit d: the brace of depth d opened words */
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
	bool price = close != NONE && close + 1 < s->end && is_digit(s->text[close + 1]) && content.n &&
	             is_digit(content.p[0]);
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

/* ---- what begins with a backslash ---- */

static void backslash(scan *s)
{
	size_t n = macro_length((hg_str){s->text + s->at, s->end - s->at}, 0);
	if (n) {
		scan_flush(s, s->at);
		scan_macro(s, (hg_span){s->at, n});
		s->at += n;
	} else if (text_at(s, s->at, "\\begin{")) {
		scan_environment(s);
	} else if (s->format != HG_TEX && text_at(s, s->at, "\\\\(")) {
		scan_pair(s, PAIR_PAREN2, HG_STRETCH_INLINE);
	} else if (s->format != HG_TEX && text_at(s, s->at, "\\\\[")) {
		scan_pair(s, PAIR_BRACKET2, HG_STRETCH_DISPLAY);
	} else if (text_at(s, s->at, "\\(")) {
		scan_pair(s, PAIR_PAREN, HG_STRETCH_INLINE);
	} else if (text_at(s, s->at, "\\[")) {
		scan_pair(s, PAIR_BRACKET, HG_STRETCH_DISPLAY);
	} else if (!scan_display_macro(s)) {
		scan_prose_from(s, s->at);
		s->at += s->at + 1 < s->end && s->text[s->at + 1] != '\n' ? 2 : 1;
	}
}

void scan_inline(scan *s)
{
	while (s->at < s->end && s->text[s->at] != '\n' && !scan_over(s)) {
		char c = s->text[s->at];
		if (scan_table_mark(s))
			continue;
		if (c == '\\')
			backslash(s);
		else if (c == '$' && text_at(s, s->at, "$$"))
			scan_pair(s, PAIR_DOLLARS, HG_STRETCH_DISPLAY);
		else if (c == '$' && text_at(s, s->at, "$`"))
			scan_pair(s, PAIR_GITLAB, HG_STRETCH_INLINE);
		else if (c == '$')
			dollar(s);
		else if (c == '`' && s->format != HG_TEX)
			scan_backticks(s);
		else if (c == '<' && s->format != HG_TEX)
			scan_tag(s);
		else if (c == ']' && s->format != HG_TEX && text_at(s, s->at, "]("))
			scan_link_target(s);
		else if (c == '~' && s->format != HG_TEX && text_at(s, s->at, "~~"))
			scan_strike(s);
		else {
			if (!is_blank(c))
				scan_prose_from(s, s->at);
			s->at++;
		}
	}
}
