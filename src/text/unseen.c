/* What stands in the source and not on the page: switched off by TeX, hidden by HTML, never run. It is blanked before
 * anything is read, and a note says so. */
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

/* \ifnum, \ifx, ... open; \iff is a sign. */
static bool opens(hg_str word) { return word.n > 2 && hg_str_starts(word, "if") && !hg_str_is(word, "iff"); }

void blank_switched_off(scan *s, size_t n)
{
	hg_str t = {s->text, n};
	for (size_t i = 0; i < n; i++) {
		if (t.p[i] != '\\')
			continue;
		hg_str word = control_word(t, i);
		i += word.n ? word.n : 1;
		if (!hg_str_is(word, "iffalse"))
			continue;
		size_t from = i - word.n, depth = 1;
		for (i++; i < n && depth; i++) {
			if (t.p[i] != '\\')
				continue;
			word = control_word(t, i);
			depth += opens(word);
			depth -= hg_str_is(word, "fi") || (depth == 1 && hg_str_is(word, "else"));
			i += word.n ? word.n : 1;
		}
		blank(s, from, i < n ? i : n, "what stands between \\iffalse and \\fi");
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

/* ---- code that never runs ------------------------------------------------------------------------------------------ */

bool code_never_runs(hg_str line)
{
	static const char *const heads[] = {"if False:", "if 0:", "if not True:", "while False:", "while 0:", "if None:", "if (False):"};
	line = hg_str_trim(line);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (hg_str_is(line, heads[i]))
			return true;
	return false;
}

size_t code_indent(hg_str line)
{
	size_t n = 0;
	while (n < line.n && is_blank(line.p[n]))
		n++;
	return n < line.n && line.p[n] != '\n' ? n : NONE;
}
