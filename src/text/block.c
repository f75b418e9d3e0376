/* The structure of lines: fences, headings, rules, lists, quotes, tables, directives. */
#include "text/scan.h"

#include <string.h>

static size_t skip_blanks(const scan *s, size_t at)
{
	while (at < s->end && is_blank(s->text[at]))
		at++;
	return at;
}

static size_t run_of(const scan *s, size_t at, char c)
{
	size_t n = 0;
	while (at + n < s->end && s->text[at + n] == c)
		n++;
	return n;
}

static bool ends_line(const scan *s, size_t at) { return at >= s->end || s->text[at] == '\n'; }

/* Behind "1." or "2)" and its blank, at most nine digits; 0. */
static size_t number_mark(const scan *s, size_t at)
{
	size_t k = at;
	while (k < s->end && k < at + 9 && is_digit(s->text[k]))
		k++;
	bool mark =
	    k > at && k + 1 < s->end && (s->text[k] == '.' || s->text[k] == ')') && is_blank(s->text[k + 1]);
	return mark ? k + 2 : 0;
}

/* Behind "- ", "* " or "+ "; 0. */
static size_t bullet_mark(const scan *s, size_t at)
{
	return at + 1 < s->end && strchr("-*+", s->text[at]) && is_blank(s->text[at + 1]) ? at + 2 : 0;
}

static size_t fence_length(const scan *s, size_t at)
{
	size_t ticks = run_of(s, at, '`'), waves = run_of(s, at, '~');
	return ticks >= 3 ? ticks : waves >= 3 ? waves : 0;
}

static size_t heading_mark(const scan *s, size_t at)
{
	size_t n = run_of(s, at, '#');
	return n >= 1 && n <= 6 && (at + n >= s->end || is_blank(s->text[at + n])) ? at + n : 0;
}

/* "---", "***", "===": a rule, or the line under a heading. */
static bool rule(const scan *s, size_t at)
{
	char c = at < s->end ? s->text[at] : 0;
	if (!c || !strchr("-*_=+", c))
		return false;
	size_t n = 0;
	for (; at < s->end && s->text[at] != '\n'; at++) {
		if (s->text[at] == c)
			n++;
		else if (!is_blank(s->text[at]))
			return false;
	}
	return n >= 3;
}

/* "| --- | :-: |": under the head of a pipe table. */
static bool table_rule(const scan *s, size_t at)
{
	size_t dashes = 0, bars = 0;
	for (; at < s->end && s->text[at] != '\n'; at++) {
		dashes += s->text[at] == '-';
		bars += s->text[at] == '|';
		if (!strchr("-|:> \t", s->text[at]))
			return false;
	}
	return dashes && bars;
}

bool block_begins(const scan *s, size_t line)
{
	size_t at = skip_blanks(s, line);
	while (at < s->end && s->text[at] == '>')
		at = skip_blanks(s, at + 1);
	if (s->format == HG_TEX)
		return text_at(s, at, "\\item") || text_at(s, at, "\\section") || text_at(s, at, "\\subsection");
	return bullet_mark(s, at) || number_mark(s, at) || heading_mark(s, at) || fence_length(s, at) ||
	       rule(s, at) || text_at(s, at, ".. ");
}

/* ---- fences ---- */

static bool info_is(hg_str info, const char *const names[])
{
	for (; *names; names++) {
		size_t n = strlen(*names);
		if (info.n >= n && hg_str_equal_nocase(hg_str_part(info, 0, n), hg_str_of(*names)) &&
		    (info.n == n || !is_letter(info.p[n])))
			return true;
	}
	return false;
}

static const char *const math_fences[] = {"math", "latex", "tex", "katex", NULL};
static const char *const code_fences[] = {"python",    "py",     "python3",    "ipython", "numpy",
                                          "matlab",    "octave", "julia",      "text",    "plain",
                                          "plaintext", "pseudo", "pseudocode", NULL};

/* The fence that begins at `at`; a block quote's or list item's fence ends with its like at any depth. */
static void fence(scan *s, size_t line, size_t at)
{
	size_t n = fence_length(s, at), from = line_end(s, at), close = from;
	char c = s->text[at];
	hg_str info = hg_str_trim((hg_str){s->text + at + n, from - at - n});
	while (info.n && strchr("{.$ ", info.p[0])) /* {.python}, {python}, as some write it */
		info = hg_str_part(info, 1, info.n);
	scan_paragraph(s, line);
	for (;; close = line_end(s, close + 1)) {
		if (close >= s->end)
			break;
		size_t k = skip_blanks(s, close + 1);
		while (k < s->end && s->text[k] == '>')
			k = skip_blanks(s, k + 1);
		if (run_of(s, k, c) >= n && ends_line(s, skip_blanks(s, k + run_of(s, k, c))))
			break;
	}
	size_t end = close < s->end ? line_end(s, close + 1) : s->end;
	if (close >= s->end)
		scan_note(s, (hg_span){at, n}, "unclosed-fence",
		          "this fence is never closed: everything to the end is read as its content");
	if (info_is(info, math_fences) && from < close)
		scan_math(s, HG_STRETCH_DISPLAY, (hg_span){from + 1, close - from - 1}, (hg_span){at, end - at},
		          (hg_str){0});
	else if (from < close && info.n == 0 && looks_typed((hg_str){s->text + from, close - from}))
		scan_words(s, (hg_span){from + 1, close - from - 1});
	else if (from < close && (info.n == 0 || info_is(info, code_fences)))
		scan_code(s, from + 1, close);
	s->at = end < s->end ? end + 1 : s->end;
	s->paragraph++;
}

/* ---- directives of reStructuredText ---- */

static size_t indent_of(const scan *s, size_t line) { return skip_blanks(s, line) - line; }

/* The lines below that are indented further than the directive; *content behind its options. */
static size_t directive_end(const scan *s, size_t line, size_t *content)
{
	size_t indent = indent_of(s, line), at = line_end(s, line), end = at;
	bool options = true;
	*content = at;
	while (at < s->end) {
		size_t next = at + 1, k = skip_blanks(s, next);
		if (!ends_line(s, k)) {
			if (k - next <= indent)
				break;
			if (options && s->text[k] == ':')
				*content = line_end(s, next);
			else
				options = false;
			end = line_end(s, next);
		}
		at = line_end(s, next);
	}
	return end;
}

/* Formulas of a directive are separated by blank lines. */
static void directive_math(scan *s, size_t from, size_t to)
{
	size_t start = from;
	for (size_t at = from; at < to; at = line_end(s, at) + 1) {
		if (!ends_line(s, skip_blanks(s, at)))
			continue;
		scan_math(s, HG_STRETCH_DISPLAY, (hg_span){start, at - start}, (hg_span){start, at - start},
		          (hg_str){0});
		start = at;
	}
	if (start < to)
		scan_math(s, HG_STRETCH_DISPLAY, (hg_span){start, to - start}, (hg_span){start, to - start},
		          (hg_str){0});
}

static bool directive(scan *s, size_t line, size_t at)
{
	bool math = text_at(s, at, ".. math::");
	bool code = text_at(s, at, ".. code") || text_at(s, at, ".. sourcecode");
	if (!math && !code && !(s->format == HG_RST && text_at(s, at, ".. ")))
		return false;
	size_t content, end = directive_end(s, line, &content), head = line_end(s, line);
	scan_paragraph(s, line);
	if (math && at + 9 < head)
		directive_math(s, at + 9, head);
	if (math && content < end)
		directive_math(s, content + 1, end);
	if (code && content < end)
		scan_code(s, content + 1, end);
	s->at = math || code ? (end < s->end ? end + 1 : s->end) : head + (head < s->end);
	s->paragraph++;
	return true;
}

/* ---- lines ---- */

static void heading(scan *s, size_t at)
{
	scan_paragraph(s, at);
	s->at = at;
	s->prose_kind = HG_STRETCH_HEADING;
	scan_inline(s);
	scan_flush(s, s->at);
	s->prose_kind = HG_STRETCH_PROSE;
	s->paragraph++;
}

static void mark(scan *s, size_t from, size_t to) /* a rule, or the number of a list item */
{
	scan_paragraph(s, from);
	scan_add(s, HG_STRETCH_HEADING, (hg_span){from, to - from}, (hg_span){from, to - from}, (hg_str){0});
}

/* Quote marks, then the marks of list items. Returns where the text begins. */
static size_t line_marks(scan *s)
{
	size_t at = skip_blanks(s, s->at), n;
	for (s->quotes = 0; at < s->end && s->text[at] == '>'; s->quotes++) {
		s->text[at] = ' ';
		at = skip_blanks(s, at + 1);
	}
	if (s->format == HG_TEX || rule(s, at))
		return at;
	while ((n = bullet_mark(s, at)) || number_mark(s, at)) {
		if (n) {
			scan_paragraph(s, at);
			at = skip_blanks(s, n);
			continue;
		}
		n = number_mark(s, at);
		mark(s, at, n - 1);
		at = skip_blanks(s, n);
	}
	return at;
}

static bool has_inner_tab(const scan *s, size_t at)
{
	bool words = false, tab = false;
	for (; at < s->end && s->text[at] != '\n'; at++) {
		tab = tab || (words && s->text[at] == '\t');
		words = words || !is_blank(s->text[at]);
	}
	return tab;
}

static bool table_line(scan *s, size_t at)
{
	if (s->format == HG_TEX)
		return s->in_table;
	size_t end = line_end(s, at);
	bool bars = memchr(s->text + at, '|', end - at) != NULL;
	bool head = bars && end < s->end && table_rule(s, end + 1);
	s->in_table = head || (s->in_pipe_table && bars) || has_inner_tab(s, at);
	s->in_pipe_table = head || (s->in_pipe_table && bars);
	return s->in_table;
}

static bool tex_heading(const scan *s, size_t at)
{
	static const char *const commands[] = {"\\section",   "\\subsection", "\\subsubsection", "\\chapter",
	                                       "\\paragraph", "\\title",      "\\part"};
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (text_at(s, at, commands[i]))
			return true;
	return false;
}

static void rest_of_line(scan *s, size_t at)
{
	bool table = table_line(s, at), tex = s->format == HG_TEX;
	if (table && !tex) {
		scan_flush(s, at);
		s->row++;
		s->column = 0;
		if (at < s->end && s->text[at] == '|')
			at++;
	}
	s->at = at;
	scan_inline(s);
	if (table && !tex) {
		scan_flush(s, s->at);
		s->in_table = false;
	}
	if (s->at < s->end)
		s->at++;
}

void scan_line(scan *s)
{
	size_t line = s->at, at = line_marks(s);
	if (ends_line(s, at)) {
		s->at = at < s->end ? at + 1 : s->end;
		scan_paragraph(s, line);
		if (s->format != HG_TEX)
			s->in_table = s->in_pipe_table = false;
		return;
	}
	if (s->format != HG_TEX && fence_length(s, at)) {
		fence(s, line, at);
		return;
	}
	if (s->format != HG_TEX && directive(s, line, at))
		return;
	if (s->format != HG_TEX && s->in_pipe_table && table_rule(s, at)) {
		s->at = line_end(s, at) + 1;
	} else if (s->format != HG_TEX && rule(s, at)) {
		mark(s, at, line_end(s, at));
		s->at = line_end(s, at) + 1;
	} else if (s->format == HG_TEX ? tex_heading(s, at) : heading_mark(s, at) > 0) {
		heading(s, at);
		s->at++;
	} else {
		rest_of_line(s, at);
	}
	if (s->at > s->end)
		s->at = s->end;
}
