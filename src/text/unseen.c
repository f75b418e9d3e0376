/* What stands in the source and not on the page: switched off by TeX, hidden by HTML. It is blanked before anything is
 * read, and a note says so. */
#include "text/scan.h"

#include <ctype.h>
#include <string.h>

static void blank(scan *s, size_t from, size_t to, const char *what)
{
	bool any = false;
	for (size_t i = from; i < to; i++) {
		any |= !is_blank(s->text[i]) && s->text[i] != '\n';
		if (s->text[i] != '\n')
			s->text[i] = ' ';
	}
	if (any)
		scan_note(s, (hg_span){from, 0}, "not-shown", hg_arena_print(s->arena, "%s is not shown where the document is read, and is not read here", what));
}

/* ---- \iffalse ... \else ... \fi ------------------------------------------------------------------------------------ */

/* The control word that begins at `at`, without its backslash. */
static hg_str control_word(hg_str t, size_t at)
{
	size_t end = at + 1;
	while (end < t.n && is_letter(t.p[end]))
		end++;
	return hg_str_part(t, at + 1, end - at - 1);
}

/* \if, \ifnum, \ifx, ... open; \iff is a sign. */
static bool opens(hg_str word) { return word.n >= 2 && hg_str_starts(word, "if") && !hg_str_is(word, "iff"); }

/* Behind the \fi, or with `at_else` the \else, that belongs to what opened before `i`. */
static size_t end_of_branch(hg_str t, size_t i, bool at_else)
{
	for (size_t depth = 1; i < t.n; i++) {
		if (t.p[i] != '\\')
			continue;
		hg_str word = control_word(t, i);
		depth += opens(word);
		depth -= hg_str_is(word, "fi");
		i += word.n ? word.n : 1;
		if (depth == 0 || (at_else && depth == 1 && hg_str_is(word, "else")))
			return i < t.n ? i + 1 : t.n;
	}
	return t.n;
}

/* The branches that are never set, and all behind \endinput. */
void blank_switched_off(scan *s, size_t n)
{
	hg_str t = {s->text, n};
	for (size_t i = 0; i < n; i++) {
		if (t.p[i] != '\\')
			continue;
		hg_str word = control_word(t, i);
		size_t from = i, behind = i + (word.n ? word.n : 1) + 1;
		if (hg_str_is(word, "iffalse")) {
			blank(s, from, end_of_branch(t, behind, true), "what stands between \\iffalse and \\fi");
		} else if (hg_str_is(word, "iftrue")) {
			from = end_of_branch(t, behind, true);
			if (from < n && !hg_str_ends(hg_str_part(t, behind, from), "\\fi"))
				blank(s, from, end_of_branch(t, from, false), "what stands between \\else and \\fi");
		} else if (s->format == HG_TEX && hg_str_is(word, "endinput")) {
			blank(s, from, n, "what stands behind \\endinput");
		}
		i = behind - 1;
	}
}

/* ---- hidden elements ----------------------------------------------------------------------------------------------- */

typedef struct tag {
	hg_str name;
	size_t end; /* behind its > */
	bool closes, hidden;
} tag;

/* Does the style say `what`, whatever blanks and capitals it is written with? */
static bool style_says(hg_str attributes, const char *what)
{
	for (size_t i = 0; i < attributes.n; i++) {
		size_t k = i, w = 0;
		while (k < attributes.n && what[w]) {
			if (!is_blank(attributes.p[k])) {
				if (tolower((unsigned char)attributes.p[k]) != what[w])
					break;
				w++;
			}
			k++;
		}
		bool more = k < attributes.n && (is_digit(attributes.p[k]) || attributes.p[k] == '.'); /* opacity:0.9 */
		if (!what[w] && !more)
			return true;
	}
	return false;
}

static bool is_hidden(hg_str name, hg_str attributes)
{
	static const char *const styles[] = {"display:none", "visibility:hidden", "opacity:0", "font-size:0", "font-size:0px"};
	if (hg_str_equal_nocase(name, HG_STR("template")))
		return true;
	for (size_t i = 0; i + 6 <= attributes.n; i++) {
		bool begins = i == 0 || is_blank(attributes.p[i - 1]) || attributes.p[i - 1] == '\n';
		hg_str word = hg_str_part(attributes, i, 6);
		bool ends = i + 6 == attributes.n || strchr(" \t\n=/", attributes.p[i + 6]);
		if (begins && ends && hg_str_equal_nocase(word, HG_STR("hidden")))
			return true;
	}
	for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
		if (style_says(attributes, styles[i]))
			return true;
	return false;
}

/* The tag that begins at `at`; false: none does. */
static bool read_tag(hg_str t, size_t at, tag *found)
{
	static const char *const alone[] = {"br", "img", "hr", "input", "meta", "link", "col", "source", "wbr"};
	size_t from = at + 1, most = at + LONGEST_TAG < t.n ? at + LONGEST_TAG : t.n;
	*found = (tag){.closes = from < t.n && t.p[from] == '/'};
	from += found->closes;
	size_t end = from;
	while (end < most && (is_letter(t.p[end]) || (end > from && is_digit(t.p[end]))))
		end++;
	found->name = hg_str_part(t, from, end - from);
	const char *close = end < most ? memchr(t.p + end, '>', most - end) : NULL;
	if (end == from || !close)
		return false;
	for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
		if (hg_str_equal_nocase(found->name, hg_str_of(alone[i])))
			return false;
	found->end = (size_t)(close - t.p) + 1;
	hg_str attributes = hg_str_part(t, end, (size_t)(close - t.p) - end);
	found->hidden = !found->closes && !hg_str_ends(attributes, "/") && is_hidden(found->name, attributes);
	return true;
}

void blank_hidden_elements(scan *s, size_t n)
{
	hg_str t = {s->text, n};
	tag open, inner;
	for (size_t i = 0; i < n; i++) {
		if (t.p[i] != '<' || !read_tag(t, i, &open) || !open.hidden)
			continue;
		size_t depth = 1, end = open.end;
		for (; end < n && depth; end++)
			if (t.p[end] == '<' && read_tag(t, end, &inner) && hg_str_equal_nocase(inner.name, open.name)) {
				depth += !inner.closes;
				depth -= inner.closes;
				end = inner.end - 1;
			}
		blank(s, i, end, "a hidden element of the page");
		i = end;
	}
}

/* ---- Markdown that is no text ----------------------------------------------------------------------------------------- */

static size_t end_of_line(hg_str t, size_t at)
{
	while (at < t.n && t.p[at] != '\n')
		at++;
	return at;
}

static size_t past_blanks(hg_str t, size_t at)
{
	while (at < t.n && is_blank(t.p[at]))
		at++;
	return at;
}

/* Behind the bracket that closes the one at `at`; 0: none does within its paragraph. */
static size_t close_of(hg_str t, size_t at)
{
	size_t depth = 0;
	for (; at < t.n && !(t.p[at] == '\n' && at + 1 < t.n && t.p[at + 1] == '\n'); at++) {
		depth += t.p[at] == '[';
		depth -= t.p[at] == ']';
		if (depth == 0)
			return at + 1;
	}
	return 0;
}

/* [label]: where "title" (CommonMark 4.7): a comment to many, and nothing of it is shown. */
static bool is_reference(hg_str t, size_t at, size_t end)
{
	const size_t behind = at < end && t.p[at] == '[' ? close_of(t, at) : 0;
	if (!behind || behind >= end || t.p[behind] != ':')
		return false;
	size_t i = past_blanks(t, behind + 1);
	if (i >= end)
		return false;
	while (i < end && !is_blank(t.p[i]))
		i++;
	i = past_blanks(t, i);
	const char last = t.p[end - 1];
	return i >= end || (t.p[i] == '"' && last == '"') || (t.p[i] == '\'' && last == '\'') || (t.p[i] == '(' && last == ')');
}

void blank_unshown_markdown(scan *s, size_t n)
{
	hg_str t = {s->text, n};
	for (size_t line = 0, end; line < n; line = end + 1) {
		end = end_of_line(t, line);
		if (is_reference(t, past_blanks(t, line), end))
			blank(s, line, end, "a reference of links");
		for (size_t i = line; i + 1 < end; i++) {
			const size_t behind = t.p[i] == '!' && t.p[i + 1] == '[' ? close_of(t, i + 1) : 0;
			if (behind && behind < n && (t.p[behind] == '(' || t.p[behind] == '['))
				blank(s, i + 2, behind - 1, "what stands for a picture");
		}
	}
}
