/* What a submission hides from who looks at it, told by the commands and styles that do so. */
#include "grade/marks/unseen.h"

#include "grade/marks/worth.h"

#include <ctype.h>
#include <string.h>

/* ---- macros ----------------------------------------------------------------------------------------------------------- */

/* The name a definition gives: "pd" of \newcommand{\pd}[2]{...}; *body is what stands behind it. */
hg_str hg_macro_name(hg_str definition, hg_str *body)
{
	size_t i = 1, begin;
	while (i < definition.n && definition.p[i] != '\\')
		i++;
	begin = ++i;
	while (i < definition.n && isalpha((unsigned char)definition.p[i]))
		i++;
	if (begin >= definition.n)
		return (hg_str){0};
	*body = hg_str_part(definition, i, definition.n);
	return hg_str_part(definition, begin, i - begin);
}

/* Does it take more arguments than it shows? */
bool hg_macro_drops(hg_str body)
{
	size_t open = hg_str_find(body, HG_STR("[")), brace = hg_str_find(body, HG_STR("}["));
	int takes = 0;
	if (open != (size_t)-1 && open + 1 < body.n && (open == 0 || brace != (size_t)-1) && isdigit((unsigned char)body.p[open + 1]))
		takes = body.p[open + 1] - '0';
	for (size_t i = 0; i + 1 < body.n && body.p[i] != '{'; i++) /* \def\pd#1#2{...} */
		if (body.p[i] == '#' && isdigit((unsigned char)body.p[i + 1]))
			takes = body.p[i + 1] - '0';
	size_t from = 0;
	while (from < body.n && body.p[from] != '{')
		from++;
	if (brace == 0) /* {\pd}[2]{...}: past the name's own brace */
		from = hg_str_find(hg_str_part(body, 1, body.n), HG_STR("{")) + 1;
	for (int k = 1; k <= takes; k++) {
		char digit[3] = {'#', (char)('0' + k), '\0'};
		if (hg_str_find(hg_str_part(body, from, body.n), (hg_str){digit, 2}) == (size_t)-1)
			return true;
	}
	return false;
}

/* Does the text use the control sequence \name? */
bool hg_macro_used(hg_str text, hg_str name)
{
	for (size_t i = 0; i + name.n < text.n; i++)
		if (text.p[i] == '\\' && strncmp(text.p + i + 1, name.p, name.n) == 0 &&
		    !(i + 1 + name.n < text.n && isalpha((unsigned char)text.p[i + 1 + name.n])))
			return true;
	return false;
}

/* ---- text that cannot be seen ----------------------------------------------------------------------------------------- */

static hg_str word_at(hg_str t, size_t at)
{
	size_t end = at + 1;
	while (end < t.n && isalpha((unsigned char)t.p[end]))
		end++;
	return hg_str_part(t, at + 1, end - at - 1);
}

static bool listed(hg_str word, const char *const *list)
{
	for (; *list; list++)
		if (hg_str_equal_nocase(word, hg_str_of(*list)))
			return true;
	return false;
}

/* Text that is there and cannot be seen, told by the commands that make it so. */
static bool has_hiding_command(hg_str text)
{
	static const char *const commands[] = {"tiny", "setbox", "sbox", "savebox", "newsavebox", "typeout", "message", "pdfannot", "immediate", "special", "fontsize",
	                                       "scalebox", "resizebox", "transparent", "llap", "rlap", "clap", "mathllap", "mathrlap", "mathclap", "smash",
	                                       "raisebox", "excludecomment", "opacity", "pagecolor", "st", "sout", "xout", "put", "reflectbox", "rotatebox", NULL};
	for (size_t i = 0; i < text.n; i++) {
		const hg_str word = text.p[i] == '\\' ? word_at(text, i) : (hg_str){0};
		if (word.n && listed(word, commands))
			return true;
		i += word.n;
	}
	return false;
}

/* A colour that is seen on white paper. */
static bool is_seen(hg_str colour)
{
	static const char *const seen[] = {"red", "blue", "green", "black", "purple", "violet", "orange", "brown", "magenta", "teal", "olive", "gray", "grey", "cyan",
	                                   "darkred", "darkblue", "darkgreen", "maroon", "navy", "crimson", "royalblue", "forestgreen", "darkorange", "inherit", NULL};
	return listed(hg_str_trim(colour), seen);
}

/* \color{...}, \textcolor{...}: of mathematics and of words. */
static bool has_pale_colour(hg_str text)
{
	static const char *const commands[] = {"color", "textcolor", "mathcolor", "colorbox", "fcolorbox", NULL};
	for (size_t i = 0; i < text.n; i++) {
		const hg_str word = text.p[i] == '\\' ? word_at(text, i) : (hg_str){0};
		const size_t open = i + 1 + word.n;
		i += word.n;
		if (!word.n || !listed(word, commands))
			continue;
		const hg_str rest = hg_str_part(text, open, text.n);
		const size_t brace = hg_str_find(rest, HG_STR("{")), close = hg_str_find(rest, HG_STR("}"));
		if (brace != 0 || close == (size_t)-1 || !is_seen(hg_str_part(rest, 1, close - 1)))
			return true;
	}
	return false;
}

/* Properties of a style, and values where they matter, that leave the text in sight. */
static bool is_plain_style(hg_str style)
{
	static const char *const properties[] = {"text-align", "font-weight", "font-style", "font-family", "margin", "margin-left", "margin-right", "margin-top",
	                                         "margin-bottom", "padding", "padding-left", "border", "border-left", "line-height", "list-style", "vertical-align", NULL};
	while (hg_str_trim(style).n) {
		size_t end = hg_str_find(style, HG_STR(";")), colon = hg_str_find(style, HG_STR(":"));
		end = end == (size_t)-1 ? style.n : end;
		if (colon >= end)
			return false;
		const hg_str property = hg_str_trim(hg_str_part(style, 0, colon)), value = hg_str_trim(hg_str_part(style, colon + 1, end - colon - 1));
		const bool colour = hg_str_equal_nocase(property, HG_STR("color"));
		if (colour ? !is_seen(value) : !listed(property, properties) || hg_str_find(value, HG_STR("-")) != (size_t)-1)
			return false;
		style = hg_str_part(style, end + 1, style.n);
	}
	return true;
}

/* Behind name= in the attributes, without quotes; empty: it is not there. */
static hg_str attribute(hg_str attributes, const char *name)
{
	const size_t at = hg_str_find_nocase(attributes, name);
	if (at == (size_t)-1)
		return (hg_str){0};
	hg_str value = hg_str_trim(hg_str_part(attributes, at + strlen(name), attributes.n));
	if (!value.n || value.p[0] != '=')
		return (hg_str){0};
	value = hg_str_trim(hg_str_part(value, 1, value.n));
	const char quote[2] = {value.n ? value.p[0] : '\0', '\0'};
	if (quote[0] != '"' && quote[0] != '\'')
		return value;
	const size_t end = hg_str_find(hg_str_part(value, 1, value.n), (hg_str){quote, 1});
	return hg_str_part(value, 1, end == (size_t)-1 ? value.n : end);
}

/* Elements whose text is not on the page, or not as text. */
static bool is_hiding_element(hg_str name)
{
	static const char *const elements[] = {"noscript", "script", "style", "title", "head", "textarea", "select", "option", "datalist", "dialog", "object", "video",
	                                       "audio", "canvas", "iframe", "svg", "map", "noframes", "noembed", "meter", "progress", "button", "del", "s", "strike", NULL};
	return listed(name, elements);
}

/* An element that may not be seen: by its name, or by what it says of its looks. */
static bool hides_element(hg_str t, size_t at)
{
	enum { LONGEST = 1024 };
	const hg_str name = word_at(t, at), tag = hg_str_part(t, at + 1 + name.n, LONGEST);
	const size_t close = hg_str_find(tag, HG_STR(">"));
	if (close == (size_t)-1 || !strchr("> \t\n/123456", tag.p[0]))
		return false;
	const hg_str attributes = hg_str_part(tag, 0, close), colour = attribute(attributes, "color");
	return is_hiding_element(name) || !is_plain_style(attribute(attributes, "style")) || (colour.n && !is_seen(colour)) ||
	       attribute(attributes, "size").n > 0 || hg_str_find_nocase(attributes, "aria-hidden") != (size_t)-1;
}

static bool has_hiding_element(hg_str t)
{
	for (size_t i = 0; i + 1 < t.n; i++)
		if (t.p[i] == '<' && isalpha((unsigned char)t.p[i + 1]) && hides_element(t, i))
			return true;
	return false;
}

/* What the class exam sets only when it is asked to. */
static bool keeps_solutions_back(hg_str t)
{
	static const char *const shown[] = {"\\printanswers", "[answers", ",answers", ", answers"};
	bool asked = false;
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		asked |= hg_str_find(t, hg_str_of(shown[i])) != (size_t)-1;
	return !asked && hg_str_find(t, HG_STR("{exam}")) != (size_t)-1 && hg_str_find(t, HG_STR("\\begin{solution")) != (size_t)-1;
}

static bool is_invisible(const hg_source *source)
{
	const hg_str t = source->text;
	return keeps_solutions_back(t) || has_hiding_command(t) || has_pale_colour(t) || (source->format != HG_TEX && source->format != HG_PYTHON && has_hiding_element(t));
}

/* ---- what is set only if ... ------------------------------------------------------------------------------------------ */

static bool opens(hg_str word)
{
	return word.n >= 2 && strncmp(word.p, "if", 2) == 0 && !hg_str_is(word, "iff");
}

static bool has_mathematics(hg_str t)
{
	static const char *const marks[] = {"$", "\\[", "\\(", "\\begin{"};
	for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
		if (hg_str_find(t, hg_str_of(marks[m])) != (size_t)-1)
			return true;
	return false;
}

/* Mathematics between \ifx, or a condition of its own, and \fi: who knows which branch is set? The reader knows of \iffalse
 * and \iftrue. */
static bool hangs_on_a_condition(hg_str t)
{
	size_t from = 0, depth = 0;
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] != '\\')
			continue;
		hg_str word = word_at(t, i);
		const bool own = i >= 6 && strncmp(t.p + i - 6, "\\newif", 6) == 0, read = hg_str_is(word, "iffalse") || hg_str_is(word, "iftrue");
		if (opens(word) && !own && (depth > 0 || !read) && depth++ == 0)
			from = i;
		if (hg_str_is(word, "fi") && depth > 0 && --depth == 0 && has_mathematics(hg_str_part(t, from, i - from)))
			return true;
		i += word.n;
	}
	return depth > 0 && has_mathematics(hg_str_part(t, from, t.n - from));
}

/* Behind the } that belongs to the { at `at`. */
static size_t end_of_group(hg_str t, size_t at)
{
	size_t depth = 0;
	for (; at < t.n; at++) {
		depth += t.p[at] == '{';
		depth -= t.p[at] == '}' && depth > 0;
		if (depth == 0)
			return at + 1;
	}
	return t.n;
}

/* Mathematics given to a macro that does not show it. */
static bool gives_away(hg_str t, hg_str name)
{
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] != '\\')
			continue;
		const hg_str word = word_at(t, i);
		const size_t open = i + 1 + word.n;
		if (hg_str_equal(word, name) && open < t.n && t.p[open] == '{' &&
		    has_mathematics(hg_str_part(t, open, end_of_group(t, open) - open)))
			return true;
		i += word.n;
	}
	return false;
}

static bool macros_hide(const hg_report *r)
{
	const hg_doc *doc = r->said ? r->said->doc : NULL;
	for (size_t i = 0; doc && i < doc->nstretches; i++) {
		hg_str body;
		if (doc->stretch[i].kind != HG_STRETCH_MACRO)
			continue;
		const hg_str name = hg_macro_name(hg_doc_text(doc, doc->stretch[i].span), &body);
		if (name.n && hg_macro_drops(body) && gives_away(r->source->text, name))
			return true;
	}
	return false;
}

/* ---- all ------------------------------------------------------------------------------------------------------------- */

const char *hg_submission_doubt(const hg_report *r)
{
	const bool hides = r->source && (is_invisible(r->source) || hangs_on_a_condition(r->source->text) || macros_hide(r));
	return hides ? "something in the submission decides by itself what of it is seen" : NULL;
}

bool hg_shows_all(const hg_report *r)
{
	const hg_doc *doc = r->said ? r->said->doc : NULL;
	for (size_t i = 0; doc && i < doc->nnotes; i++)
		if (strcmp(doc->note[i].code, "not-shown") == 0)
			return false;
	return true;
}
