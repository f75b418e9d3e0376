/* The first screen: her title, one sentence, what needs her, and what agrees as one quiet row. */
#include "report/page/html_parts.h"

#include "report/phrase.h"

#include <string.h>

/* ---- the title -------------------------------------------------------------------------------------------------- */

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash && slash[1] ? slash + 1 : path;
}

/* Markdown: "# Exercise 3" as the first line that is not blank. *past: behind it. */
static hg_str heading_of(hg_str text, size_t *past)
{
	size_t at = 0;
	while (at < text.n && strchr(" \t\r\n", text.p[at]))
		at++;
	const char *end = memchr(text.p + at, '\n', text.n - at);
	hg_str line = hg_str_part(text, at, end ? (size_t)(end - text.p) - at : text.n);
	size_t n = 0;
	while (n < line.n && line.p[n] == '#')
		n++;
	if (n == 0 || n > 6 || n >= line.n || line.p[n] != ' ')
		return HG_STR("");
	*past = at + line.n;
	line = hg_str_trim(hg_str_part(line, n, line.n));
	while (line.n && line.p[line.n - 1] == '#')
		line.n--;
	return hg_str_trim(line);
}

/* TeX: the argument of \title. */
static hg_str tex_title(hg_str text)
{
	size_t at = hg_str_find(text, HG_STR("\\title{"));
	if (at == (size_t)-1)
		return HG_STR("");
	hg_str rest = hg_str_part(text, at + strlen("\\title{"), text.n);
	size_t n = 0;
	while (n < rest.n && !strchr("{}\n", rest.p[n]))
		n++;
	return n < rest.n && rest.p[n] == '}' ? hg_str_trim(hg_str_part(rest, 0, n)) : HG_STR("");
}

void hg_html_title(hg_html *h)
{
	const hg_source *s = h->report->source;
	hg_str title = {0};
	h->body = 0;
	if (s && h->report->said && !h->report->score) { /* a page of a class bears the student's name */
		bool markdown = s->ncells ? !s->cell_is_code[0] : s->format == HG_MARKDOWN;
		title = s->format == HG_TEX ? tex_title(s->text) : markdown ? heading_of(s->text, &h->body) : title;
	}
	if (!title.n || memchr(title.p, '$', title.n) || memchr(title.p, '\\', title.n)) { /* a formula has no place in a window's title */
		h->body = 0;
		h->title = s && !h->report->score ? base_name(h->report->title) : h->report->title;
		return;
	}
	h->title = hg_arena_copy(h->arena, title.p, title.n);
}

/* ---- what needs her ------------------------------------------------------------------------------------------- */

static void put_item(hg_html *h, size_t i)
{
	const hg_finding *f = &h->report->finding[i];
	hg_look look = hg_look_of(f->status);
	hg_markup_open(h->m, "li");
	hg_markup_open(h->m, "a");
	hg_markup_attr_print(h->m, "href", "#r%zu-f%zu", h->number, i);
	hg_markup_put(h->m, "span", look.class, look.symbol);
	hg_markup_text(h->m, " ");
	if (h->report->source && h->options->detail > HG_DETAIL_NONE) {
		hg_html_place(h, f);
		hg_markup_text(h->m, ": ");
	}
	HG_HTML_SAY(h, hg_say_outcome, f, h->options->detail >= HG_DETAIL_EVIDENCE);
	hg_markup_close(h->m);
	hg_markup_open(h->m, "div");
	hg_markup_attr(h->m, "class", "formula");
	hg_html_line(h, i);
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}

/* What is wrong (or what could not be checked), one link each. */
static void put_list(hg_html *h, bool wrong)
{
	const hg_report *r = h->report;
	hg_markup_open(h->m, "ol");
	hg_markup_attr(h->m, "class", "needs");
	for (size_t i = 0; i < r->nfindings; i++)
		if (hg_html_needs_her(&r->finding[i]) && (r->finding[i].status == HG_S_DISAGREES) == wrong)
			put_item(h, i);
	hg_markup_close(h->m);
}

static void put_problems(hg_html *h)
{
	const hg_report *r = h->report;
	size_t open = r->count[HG_S_CANNOT_READ] + r->count[HG_S_CANNOT_TELL];
	hg_markup_open(h->m, "nav");
	hg_markup_attr_print(h->m, "aria-label", "What needs you in %s", h->title);
	if (r->count[HG_S_DISAGREES])
		put_list(h, true);
	if (open) {
		hg_markup_open(h->m, "details");
		hg_markup_open(h->m, "summary");
		hg_markup_print(h->m, "? %zu I cannot tell", open);
		hg_markup_close(h->m);
		put_list(h, false);
		hg_markup_close(h->m);
	}
	hg_markup_close(h->m);
}

/* "29 agree", which unfolds. */
static void put_agreeing(hg_html *h)
{
	const hg_report *r = h->report;
	size_t n = r->count[HG_S_AGREES] + r->count[HG_S_NOTATION];
	if (!n)
		return;
	hg_markup_open(h->m, "details");
	hg_markup_attr(h->m, "class", "quiet");
	hg_markup_open(h->m, "summary");
	hg_markup_print(h->m, "\u2713 %zu %s", n, n == 1 ? "agrees" : "agree");
	hg_markup_close(h->m);
	hg_markup_open(h->m, "ul");
	for (size_t i = 0; i < r->nfindings; i++) {
		const hg_finding *f = &r->finding[i];
		if (f->status != HG_S_AGREES && f->status != HG_S_NOTATION)
			continue;
		hg_markup_open(h->m, "li");
		hg_html_place(h, f);
		hg_markup_text(h->m, r->source ? ": " : "");
		if (f->of)
			hg_html_formula_text(h, f->of);
		else
			HG_HTML_SAY(h, hg_say_subject, f);
		hg_markup_close(h->m);
	}
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}

void hg_html_top(hg_html *h)
{
	const hg_report *r = h->report;
	hg_markup_open(h->m, "header");
	hg_markup_put(h->m, h->alone ? "h1" : "h2", NULL, h->title);
	hg_markup_open(h->m, "p");
	hg_markup_attr(h->m, "class", hg_is_all_right(r) ? "verdict happy" : "verdict");
	hg_markup_attr_print(h->m, "id", "r%zu-list", h->number);
	if (r->trouble)
		hg_markup_text(h->m, r->trouble);
	else
		HG_HTML_SAY(h, hg_say_need, r);
	hg_markup_close(h->m);
	if (r->count[HG_S_DISAGREES] + r->count[HG_S_CANNOT_READ] + r->count[HG_S_CANNOT_TELL])
		put_problems(h);
	put_agreeing(h);
	hg_markup_close(h->m);
}
