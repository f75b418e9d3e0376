/* Where a definition of TeX ends. What it means is the lexer's business. */
#include "text/scan.h"

#include <string.h>

/* A brace that is never closed must not be searched for to the end of the document, again and again. */
enum { LONGEST_DEFINITION = 4096, DEEPEST_DEFINITION = 50 };

/* The parts that follow the command: n a name, o optional [..], b a {body}, p the parameters of \def, e a
 * \let. */
static const struct {
	const char *command, *parts;
} definitions[] = {
    {"\\newcommand", "noob"},
    {"\\renewcommand", "noob"},
    {"\\providecommand", "noob"},
    {"\\DeclareMathOperator", "nb"},
    {"\\DeclarePairedDelimiter", "nbb"},
    {"\\NewDocumentCommand", "nbb"},
    {"\\def", "npb"},
    {"\\gdef", "npb"},
    {"\\edef", "npb"},
    {"\\xdef", "npb"},
    {"\\let", "ne"},
};

static size_t skip_space(hg_str t, size_t at)
{
	while (at < t.n && (is_blank(t.p[at]) || t.p[at] == '\n'))
		at++;
	return at;
}

/* Behind the partner of the bracket at `at`; NONE. */
static size_t skip_group(hg_str t, size_t at, char open, char close)
{
	size_t depth = 0, most = at + LONGEST_DEFINITION < t.n ? at + LONGEST_DEFINITION : t.n;
	for (; at < most; at++) {
		if (t.p[at] == '\\')
			at++;
		else if (t.p[at] == open && ++depth > DEEPEST_DEFINITION)
			return NONE;
		else if (t.p[at] == close && --depth == 0)
			return at + 1;
	}
	return NONE;
}

/* Behind a control sequence `\name` or `\,`; NONE. */
static size_t skip_command(hg_str t, size_t at)
{
	if (at + 1 >= t.n || t.p[at] != '\\')
		return NONE;
	size_t end = at + 1;
	while (end < t.n && is_letter(t.p[end]))
		end++;
	return end > at + 1 ? end : at + 2;
}

static size_t skip_part(hg_str t, size_t at, char part)
{
	size_t next = skip_space(t, at);
	char c = next < t.n ? t.p[next] : 0;
	switch (part) {
	case 'n':
		return c == '{' ? skip_group(t, next, '{', '}') : skip_command(t, next);
	case 'o':
		return c == '[' ? skip_group(t, next, '[', ']') : at;
	case 'p':
		for (next = at; next < t.n && next < at + 64 && t.p[next] != '{'; next++)
			if (t.p[next] == '\n')
				return NONE;
		return next;
	case 'e':
		if (c == '=')
			next = skip_space(t, next + 1);
		return next < t.n && t.p[next] != '\\' ? next + 1 : skip_command(t, next);
	default:
		return c == '{' ? skip_group(t, next, '{', '}') : skip_command(t, next);
	}
}

size_t macro_length(hg_str text, size_t at)
{
	hg_str t = hg_str_part(text, at, text.n);
	for (size_t i = 0; i < sizeof definitions / sizeof *definitions; i++) {
		size_t end = strlen(definitions[i].command);
		if (!hg_str_starts(t, definitions[i].command) || (end < t.n && is_letter(t.p[end])))
			continue;
		if (end < t.n && t.p[end] == '*')
			end++;
		for (const char *part = definitions[i].parts; *part && end != NONE; part++)
			end = skip_part(t, end, *part);
		return end == NONE || end > t.n ? 0 : end;
	}
	return 0;
}

/* ---- displays ------------------------------------------------------------------------------------------------------ */

/* The environment of mathematics that is all of a definition's body, with its argument in it. */
static hg_str display_of(hg_str definition)
{
	environment_use use;
	size_t begin = hg_str_find(definition, HG_STR("\\begin{")), argument = hg_str_find(definition, HG_STR("#1"));
	if (begin == NONE || argument == NONE || argument < begin || hg_str_find(definition, HG_STR("#2")) != NONE)
		return (hg_str){0};
	hg_str name = hg_str_part(definition, begin + strlen("\\begin{"), definition.n);
	const char *close = memchr(name.p, '}', name.n);
	name.n = close ? (size_t)(close - name.p) : 0;
	return name.n && environment_find(name, &use) != NONE && use == ENV_MATH ? name : (hg_str){0};
}

void scan_macro(scan *s, hg_span span)
{
	hg_str definition = hg_str_part(s->source->text, span.at, span.n), environment = display_of(definition);
	size_t from = hg_str_find(hg_str_part(definition, 1, definition.n), HG_STR("\\"));
	scan_add(s, HG_STRETCH_MACRO, span, span, (hg_str){0});
	if (!environment.n || from == NONE || s->ndisplays == MOST_DISPLAY_MACROS)
		return;
	size_t end = skip_command(definition, from + 1);
	s->display[s->ndisplays].name = hg_str_part(definition, from + 1, end - from - 1);
	s->display[s->ndisplays++].environment = environment;
}

bool scan_display_macro(scan *s)
{
	hg_str text = {s->text, s->end};
	size_t end = s->ndisplays ? skip_command(text, s->at) : NONE, i = 0;
	if (end == NONE || end >= s->end || s->text[end] != '{')
		return false;
	while (i < s->ndisplays && !hg_str_equal(s->display[i].name, hg_str_part(text, s->at, end - s->at)))
		i++;
	size_t close = i < s->ndisplays ? skip_group(text, end, '{', '}') : NONE;
	if (close == NONE)
		return false;
	size_t open = s->at;
	s->at = close;
	scan_math(s, HG_STRETCH_DISPLAY, between(end + 1, close - 1), between(open, close), s->display[i].environment);
	return true;
}
