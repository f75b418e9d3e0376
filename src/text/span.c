/* Spans of Markdown inside a line: code, tags, links, struck words. */
#include "text/scan.h"

#include <string.h>

/* The closing run of as many backticks, in the same paragraph; NONE. */
static size_t find_backticks(scan *s, size_t from, size_t n)
{
	size_t end = scan_paragraph_end(s, from), run = 0;
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

void scan_backticks(scan *s)
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
	bool plain = close != NONE && find_equation((hg_str){s->text + open + n, close - open - n}, 0, &found) &&
	             found.alone;
	s->at = close == NONE ? open + n : close + n;
	if (plain)
		scan_plain(s, between(open + n, close), between(open, close + n));
	else
		scan_prose_from(s, open);
}

/* ---- tags, links ---- */

static const char *const struck_tags[] = {"<del>", "<s>", "<strike>", "</del>", "</s>", "</strike>"};

void scan_tag(scan *s)
{
	if (text_at(s, s->at, pair_opener(PAIR_SCRIPT))) {
		scan_pair(s, PAIR_SCRIPT, HG_STRETCH_INLINE);
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
	bool whole =
	    close != NONE && close - s->at < LONGEST_TAG && !memchr(s->text + s->at, '\n', close - s->at);
	s->at = whole ? close + 1 : s->at + 1;
}

/* Behind `](`: an address, which may hold dollars and underscores. */
void scan_link_target(scan *s)
{
	size_t at = s->at + 2, end = at_most(s, at, LONGEST_TAG), depth = 1;
	for (; at < end && depth && depth < 8 && s->text[at] != '\n'; at++)
		depth += (s->text[at] == '(') - (size_t)(s->text[at] == ')');
	s->at = depth ? s->at + 2 : at;
}

void scan_strike(scan *s)
{
	scan_flush(s, s->at);
	s->struck = !s->struck;
	s->at += 2;
}
