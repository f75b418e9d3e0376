/* What a submission hides from who looks at it, told by the commands and styles that do so. */
#include "grade/unseen.h"

#include "grade/worth.h"

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

/* Text that is there and cannot be seen, told by the commands and styles that make it so. */
static bool is_invisible(hg_str text)
{
	static const char *const marks[] = {"\\color{white}", "\\textcolor{white}", "\\color{#fff", "color:white", "color:#fff", "\\tiny",
	                                    "\\setbox", "\\sbox", "\\savebox", "\\typeout", "\\message{", "\\pdfannot", "\\immediate", "\\special{",
	                                    "\\scalebox{0", "\\fontsize{0", "\\fontsize{1}", "color:transparent", "font-size:1px", "height:0"};
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != '\\' && tolower((unsigned char)text.p[i]) != 'c' && tolower((unsigned char)text.p[i]) != 'f' &&
		    tolower((unsigned char)text.p[i]) != 'h')
			continue;
		for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
			size_t k = i, w = 0;
			for (; k < text.n && marks[m][w]; k++)
				if (text.p[k] != ' ' && tolower((unsigned char)text.p[k]) == marks[m][w])
					w++;
				else if (text.p[k] != ' ')
					break;
			if (!marks[m][w])
				return true;
		}
	}
	return false;
}

/* ---- what is set only if ... ------------------------------------------------------------------------------------------ */

static hg_str word_at(hg_str t, size_t at)
{
	size_t end = at + 1;
	while (end < t.n && isalpha((unsigned char)t.p[end]))
		end++;
	return hg_str_part(t, at + 1, end - at - 1);
}

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
	const bool hides = r->source && (is_invisible(r->source->text) || hangs_on_a_condition(r->source->text) || macros_hide(r));
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
