/* The LaTeX front end: a backslash and what follows, arguments, uses of macros. */
#include "lang/scan.h"

#include <string.h>

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

hg_str hg_scan_control(hg_scan *s)
{
	size_t at = s->i;
	while (s->i < s->end && is_letter(s->text.p[s->i]))
		s->i++;
	if (s->i == at && s->i < s->end)
		s->i++;
	else if (s->i < s->end && s->text.p[s->i] == '*') { /* \operatorname*, \hspace* */
		const hg_command *c = hg_command_find(hg_str_part(s->text, at, s->i - at));
		if (c && (c->action == HG_COMMAND_TEXT || c->action == HG_COMMAND_WIDE_ARG || c->action == HG_COMMAND_TAG)) {
			s->i++;
			return hg_str_part(s->text, at, s->i - at - 1);
		}
	}
	return hg_str_part(s->text, at, s->i - at);
}

/* Past the brace that closes the one just opened; the end if there is none. */
static size_t closing_brace(const hg_scan *s, size_t i)
{
	for (size_t depth = 1; i < s->end; i++) {
		char c = s->text.p[i];
		if (c == '\\' && i + 1 < s->end)
			i++;
		else if (c == '{')
			depth++;
		else if (c == '}' && --depth == 0)
			return i;
	}
	return s->end;
}

hg_str hg_scan_argument(hg_scan *s)
{
	hg_scan_skip_blanks(s);
	size_t at = s->i;
	if (at >= s->end)
		return HG_STR("");
	if (s->text.p[at] == '{') {
		size_t close = closing_brace(s, at + 1);
		s->i = close < s->end ? close + 1 : s->end;
		return hg_str_part(s->text, at + 1, close - at - 1);
	}
	s->i++;
	if (s->text.p[at] == '\\')
		hg_scan_control(s);
	return hg_str_part(s->text, at, s->i - at);
}

bool hg_scan_option(hg_scan *s, hg_str *option)
{
	size_t i = s->i;
	while (i < s->end && strchr(" \t", s->text.p[i]))
		i++;
	if (i >= s->end || s->text.p[i] != '[')
		return false;
	for (size_t j = i + 1; j < s->end; j++) {
		if (s->text.p[j] == '{')
			j = closing_brace(s, j + 1);
		else if (s->text.p[j] == ']') {
			*option = hg_str_part(s->text, i + 1, j - i - 1);
			s->i = j + 1;
			return true;
		}
	}
	return false;
}

/* \\ with its kin \\* and \\[2ex]; a bracket after it is only taken when it holds a length. */
static hg_status row_end(hg_scan *s, size_t at)
{
	hg_str length;
	if (s->i < s->end && s->text.p[s->i] == '*' )
		s->i++;
	size_t back = s->i;
	if (s->i < s->end && s->text.p[s->i] == '[' && hg_scan_option(s, &length) &&
	    !(length.n >= 3 && strchr("0123456789.-", length.p[0]) && is_letter(length.p[length.n - 1])))
		s->i = back;
	return hg_scan_add(s, HG_T_ROW, 0, HG_STR("\\\\"), at);
}

enum { QUAD = 3 }; /* so many spaces such as \; beside each other part as \quad does */

/* Further spaces behind one: how many. */
static size_t take_spaces(hg_scan *s)
{
	size_t n = 0;
	for (size_t i = s->i; i + 1 < s->end; i++) {
		if (s->text.p[i] == '\\' && strchr(" ;:", s->text.p[i + 1])) {
			n++;
			s->i = ++i + 1;
		} else if (s->text.p[i] != ' ') {
			break;
		}
	}
	return n;
}

/* A backslash and one character that is no letter. */
static hg_status control_sign(hg_scan *s, char c, size_t at)
{
	switch (c) {
	case '\\':
		return row_end(s, at);
	case '{':
		return hg_scan_add(s, HG_T_OPEN, 0, HG_STR("{"), at);
	case '}':
		return hg_scan_add(s, HG_T_CLOSE, 0, HG_STR("}"), at);
	case '|':
		return hg_scan_add(s, HG_T_BAR, 0, HG_STR("||"), at);
	case '_':
		return hg_scan_add(s, HG_T_SUB, 0, HG_STR("_"), at);
	case '*':
		return hg_scan_add(s, HG_T_GLUE, HG_GLUE_STAR, HG_STR("*"), at);
	case '^':
		return hg_scan_add(s, HG_T_SUP, 0, HG_STR("^"), at);
	case '&':
		return hg_scan_add(s, HG_T_COMMAND, 0, HG_STR("wedge"), at);
	case ' ': case '\n': case '\t': case '\r': case ';': case ':':
		s->gap = HG_GAP_SEEN;
		return take_spaces(s) >= QUAD - 1 ? hg_scan_add(s, HG_T_WIDE, 0, HG_STR("spaces"), at) : HG_OK;
	case ',': case '!': case '/': case '-': case '(': case ')': case '[': case ']': case '>':
		if (s->gap == HG_GAP_NONE)
			s->gap = HG_GAP_BLANK;
		return HG_OK;
	default:
		return hg_scan_add(s, HG_T_UNKNOWN, 0, hg_str_part(s->text, at, s->i - at), at);
	}
}

/* What follows \left, \right, \middle, \big: a delimiter, whose side the command says. */
static hg_status delimiter(hg_scan *s, const hg_command *side, size_t at)
{
	hg_scan_skip_blanks(s);
	hg_str d = hg_scan_argument(s);
	const hg_command *named = d.n > 1 && d.p[0] == '\\' ? hg_command_find(hg_str_part(d, 1, d.n)) : NULL;
	const char *text = named                     ? named->text
	                   : hg_str_is(d, ".")       ? ""
	                   : hg_str_is(d, "\\|")     ? "||"
	                   : hg_str_is(d, "(")       ? "("
	                   : hg_str_is(d, ")")       ? ")"
	                   : hg_str_is(d, "[")       ? "["
	                   : hg_str_is(d, "]")       ? "]"
	                   : hg_str_is(d, "\\{")     ? "{"
	                   : hg_str_is(d, "\\}")     ? "}"
	                   : hg_str_is(d, "|")       ? "|"
	                   : hg_str_is(d, "<")       ? "<"
	                   : hg_str_is(d, ">")       ? ">"
	                                             : "/";
	hg_token_kind kind = side->kind;
	if (text[0] == '/' || hg_str_is(d, "/"))
		return hg_scan_add(s, HG_T_GLUE, HG_GLUE_DIV, HG_STR("/"), at);
	bool sized = side->name[0] == 'b' || side->name[0] == 'B'; /* \bigr|_{x=0} closes nothing */
	if (sized && text[0] == '|')
		kind = HG_T_BAR;
	else if (side->action == HG_COMMAND_SIZE)
		kind = strchr(")]}>", text[0]) && text[0] ? HG_T_CLOSE : text[0] == '|' || !text[0] ? HG_T_BAR : HG_T_OPEN;
	return hg_scan_add(s, kind, side->action == HG_COMMAND_LEFT || side->action == HG_COMMAND_RIGHT, hg_str_of(text), at);
}

static bool aligns(hg_str environment)
{
	return hg_str_starts(environment, "array") || hg_str_starts(environment, "alignat") ||
	       hg_str_starts(environment, "alignedat") || hg_str_starts(environment, "tabular");
}

static hg_status environment(hg_scan *s, const hg_command *command, size_t at)
{
	hg_str option, name = hg_str_trim(hg_scan_argument(s));
	if (command->kind == HG_T_BEGIN) {
		if (hg_str_ends(name, "*"))
			name.n--;
		if (s->i < s->end && s->text.p[s->i] == '[' && !hg_str_ends(name, "matrix") && !hg_str_is(name, "cases"))
			hg_scan_option(s, &option);
		if (aligns(name))
			hg_scan_argument(s);
	} else if (hg_str_ends(name, "*")) {
		name.n--;
	}
	return hg_scan_add(s, command->kind, 0, name, at);
}

static hg_status arrow(hg_scan *s, const hg_command *command, size_t at)
{
	hg_str option;
	hg_scan_option(s, &option);
	hg_scan_argument(s);
	return hg_scan_add(s, command->kind, command->value, hg_str_of(command->name), at);
}

static hg_status definition(hg_scan *s, size_t at)
{
	size_t before = s->i;
	HG_TRY(hg_macro_read(s->macros, s->text, (hg_span){at, s->end - at}, s->arena, &s->i));
	if (s->i < before)
		s->i = before;
	return HG_OK;
}

/* \delta2: digits glued to the letter are part of the name, as in z2. */
static hg_status greek(hg_scan *s, const hg_command *c, size_t at)
{
	size_t digits = s->i;
	bool script = s->out->n && (s->out->at[s->out->n - 1].kind == HG_T_SUP || s->out->at[s->out->n - 1].kind == HG_T_SUB);
	while (!script && digits < s->end && s->text.p[digits] >= '0' && s->text.p[digits] <= '9')
		digits++;
	if (digits == s->i)
		return hg_scan_add(s, c->kind, c->value, hg_str_of(c->text), at);
	char *name = hg_arena_print(s->arena, "%s%.*s", c->text, (int)(digits - s->i), s->text.p + s->i);
	s->i = digits;
	return name ? hg_scan_add(s, c->kind, c->value, hg_str_of(name), at) : HG_ENOMEM;
}

static bool holds_formula(hg_str argument)
{
	return hg_str_find(argument, HG_STR("=")) != (size_t)-1 || hg_str_find(argument, HG_STR("\\frac")) != (size_t)-1;
}

static hg_status known(hg_scan *s, const hg_command *c, size_t at)
{
	hg_str words;
	switch (c->action) {
	case HG_COMMAND_TOKEN:
		if (c->kind == HG_T_NAME && hg_command_is_letter(hg_str_of(c->text)))
			return greek(s, c, at);
		return hg_scan_add(s, c->kind, c->value, hg_str_of(c->text), at);
	case HG_COMMAND_SKIP:
		return HG_OK;
	case HG_COMMAND_SKIP_ARG:
	case HG_COMMAND_SKIP_KEEP:
		hg_scan_option(s, &words);
		hg_scan_argument(s);
		return HG_OK;
	case HG_COMMAND_WIDE_ARG:
		hg_scan_skip_blanks(s);
		if (s->i < s->end && s->text.p[s->i] == '{')
			hg_scan_argument(s);
		else
			while (s->i < s->end && strchr("-.0123456789abcdefghijklmnopqrstuvwxyz", s->text.p[s->i]))
				s->i++;
		return hg_scan_add(s, HG_T_WIDE, 0, HG_STR("hspace"), at);
	case HG_COMMAND_TEXT:
		words = hg_scan_argument(s);
		if (hg_str_starts(hg_str_of(c->text), "math") && holds_formula(words)) /* a font around a whole formula */
			return hg_scan_part(s, words, false);
		return hg_scan_words(s, words, at);
	case HG_COMMAND_TAG:
		words = hg_scan_argument(s);
		return hg_scan_add(s, HG_T_MARK, 0, words, at);
	case HG_COMMAND_LEFT:
	case HG_COMMAND_RIGHT:
	case HG_COMMAND_MIDDLE:
	case HG_COMMAND_SIZE:
		return delimiter(s, c, at);
	case HG_COMMAND_BEGIN:
		return environment(s, c, at);
	case HG_COMMAND_ARROW:
		return arrow(s, c, at);
	case HG_COMMAND_DEFINE:
		return definition(s, at);
	}
	return HG_OK;
}

hg_status hg_scan_command(hg_scan *s)
{
	size_t at = s->i++;
	if (s->i >= s->end)
		return hg_scan_add(s, HG_T_UNKNOWN, 0, HG_STR("\\"), at);
	char c = s->text.p[s->i];
	hg_str name = hg_scan_control(s);
	if (!is_letter(c))
		return control_sign(s, c, at);
	const hg_macro *macro = s->macros ? hg_macro_find(s->macros, name) : NULL;
	if (macro)
		return hg_scan_macro(s, macro, at);
	const hg_command *command = hg_command_find(name);
	if (command)
		return known(s, command, at);
	hg_macro package;
	bool found;
	HG_TRY(hg_package_macro(s, name, &package, &found));
	if (found)
		return hg_scan_macro(s, &package, at);
	return hg_scan_add(s, HG_T_UNKNOWN, 0, hg_str_part(s->text, at, s->i - at), at);
}
