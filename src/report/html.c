#include "report/html_parts.h"

#include "report/assets.h"
#include "report/base64.h"
#include "report/phrase.h"

#include <string.h>

static void write_style(hg_markup *m, hg_page_font font)
{
	hg_str style = hg_asset_style();
	size_t at = hg_str_find(style, HG_STR("@FONT@"));
	hg_buf css = {0};
	if (font == HG_PAGE_PLAIN) { /* without the rule that holds the font, the first of the sheet */
		hg_buf_str(&css, hg_str_part(style, hg_str_find(style, HG_STR(":root")), style.n));
	} else {
		hg_buf_str(&css, hg_str_part(style, 0, at));
		hg_base64_write(hg_asset_font(), &css);
		hg_buf_str(&css, hg_str_part(style, at + strlen("@FONT@"), style.n));
	}
	hg_markup_open(m, "style");
	hg_markup_raw(m, hg_buf_slice(&css));
	hg_markup_close(m);
	hg_markup_used(m, &css);
}

static void write_meta(hg_markup *m, const char *name, const char *content)
{
	hg_markup_open(m, "meta");
	hg_markup_attr(m, strcmp(name, "Content-Security-Policy") ? "name" : "http-equiv", name);
	hg_markup_attr(m, "content", content);
	hg_markup_close(m);
}

void hg_html_begin(hg_markup *m, const char *title, hg_page_font font)
{
	hg_markup_raw(m, HG_STR("<!DOCTYPE html>\n"));
	hg_markup_open(m, "html");
	hg_markup_attr(m, "lang", "en");
	hg_markup_attr(m, "xmlns", "http://www.w3.org/1999/xhtml");
	hg_markup_open(m, "head");
	hg_markup_open(m, "meta");
	hg_markup_attr(m, "charset", "utf-8");
	hg_markup_close(m);
	write_meta(m, "Content-Security-Policy",
	           "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:");
	write_meta(m, "viewport", "width=device-width, initial-scale=1");
	write_meta(m, "color-scheme", "light dark");
	write_meta(m, "generator", "handgrad " HG_VERSION);
	hg_markup_open(m, "link");
	hg_markup_attr(m, "rel", "icon");
	hg_markup_attr(m, "href", "data:,");
	hg_markup_close(m);
	hg_markup_put(m, "title", NULL, title);
	write_style(m, font);
	hg_markup_close(m);
	hg_markup_open(m, "body");
	hg_markup_open(m, "a");
	hg_markup_attr(m, "class", "skip");
	hg_markup_attr(m, "href", "#main");
	hg_markup_text(m, "To the content");
	hg_markup_close(m);
}

/* ---- around the document ------------------------------------------------------------------------------------ */

/* One mark per finding that says something, each a link. */
static void write_overview(hg_html *h)
{
	hg_markup_open(h->m, "nav");
	hg_markup_attr(h->m, "aria-label", "All steps");
	hg_markup_open(h->m, "ol");
	hg_markup_attr(h->m, "class", "overview");
	for (size_t i = 0; i < h->report->nfindings; i++) {
		const hg_finding *f = &h->report->finding[i];
		if (f->status == HG_S_DEFINED || f->status == HG_S_SKIPPED)
			continue;
		hg_look look = hg_look_of(f->status);
		hg_markup_open(h->m, "li");
		hg_markup_open(h->m, "a");
		hg_markup_attr_print(h->m, "class", "mark %s", look.class);
		hg_markup_attr_print(h->m, "href", hg_wants_card(f) ? "#r%zu-f%zu" : "#r%zu-t%zu", h->number, i);
		hg_markup_attr_print(h->m, "aria-label", "%s: %s", f->of ? f->of : f->id, look.words);
		hg_markup_print(h->m, "%s %s", look.symbol, f->of ? f->of : f->id);
		hg_markup_close(h->m);
		hg_markup_close(h->m);
	}
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}

static void write_header(hg_html *h)
{
	const hg_report *r = h->report;
	hg_markup_open(h->m, "header");
	hg_markup_put(h->m, h->alone ? "h1" : "h2", NULL, r->title);
	hg_markup_open(h->m, "p");
	hg_markup_attr(h->m, "class", "verdict");
	if (r->trouble)
		hg_markup_text(h->m, r->trouble);
	else
		HG_HTML_SAY(h, hg_say_counts, r->count);
	hg_markup_close(h->m);
	if (r->model.from) {
		hg_markup_open(h->m, "details");
		hg_markup_open(h->m, "summary");
		hg_markup_print(h->m, "Checked against the model from the %s", r->model.from);
		hg_markup_close(h->m);
		hg_markup_open(h->m, "ul");
		for (size_t i = 0; i < r->model.nreads; i++) {
			hg_markup_open(h->m, "li");
			hg_html_formula_text(h, r->model.reads[i]);
			hg_markup_close(h->m);
		}
		hg_markup_close(h->m);
		hg_markup_close(h->m);
	}
	if (r->nfindings)
		write_overview(h);
	hg_markup_close(h->m);
}

static void write_notes(hg_html *h)
{
	const hg_report *r = h->report;
	if (!r->nnotes)
		return;
	hg_markup_put(h->m, "h2", NULL, "Notes on the text");
	hg_markup_open(h->m, "ul");
	for (size_t i = 0; i < r->nnotes; i++) {
		hg_markup_open(h->m, "li");
		if (r->source) {
			hg_place at = hg_source_place(r->source, r->note[i].span.at);
			hg_markup_print(h->m, at.cell ? "cell %3$zu, line %1$zu, column %2$zu: " : "line %1$zu, column %2$zu: ",
			                at.line, at.column, at.cell);
		}
		hg_markup_text(h->m, r->note[i].text);
		hg_markup_close(h->m);
	}
	hg_markup_close(h->m);
}

static void table_head(hg_markup *m, const char *const *heads, size_t n)
{
	hg_markup_open(m, "thead");
	hg_markup_open(m, "tr");
	for (size_t i = 0; i < n; i++) {
		hg_markup_open(m, "th");
		hg_markup_attr(m, "scope", "col");
		hg_markup_text(m, heads[i]);
		hg_markup_close(m);
	}
	hg_markup_close(m);
	hg_markup_close(m);
}

static void put_place(hg_html *h, const hg_finding *f)
{
	hg_markup_open(h->m, "td");
	if (h->report->source) {
		hg_place at = hg_source_place(h->report->source, f->span.at);
		hg_markup_print(h->m, at.cell ? "cell %2$zu, %1$zu" : "%1$zu", at.line, at.cell);
	} else if (f->written) {
		hg_html_formula_text(h, f->written);
	}
	hg_markup_close(h->m);
}

static void write_row(hg_html *h, size_t i)
{
	const hg_finding *f = &h->report->finding[i];
	hg_look look = hg_look_of(f->status);
	hg_markup_open(h->m, "tr");
	hg_markup_attr_print(h->m, "id", "r%zu-t%zu", h->number, i);
	hg_markup_put(h->m, "td", NULL, f->id);
	put_place(h, f);
	hg_markup_open(h->m, "td");
	HG_HTML_SAY(h, hg_say_subject, f);
	hg_markup_close(h->m);
	hg_markup_open(h->m, "td");
	hg_markup_open(h->m, "span");
	hg_markup_attr_print(h->m, "class", "mark %s", look.class);
	hg_markup_text(h->m, look.symbol);
	hg_markup_close(h->m);
	hg_markup_text(h->m, " ");
	HG_HTML_SAY(h, hg_say_verdict, f);
	for (size_t k = 0; k < f->nnotes; k++)
		hg_markup_print(h->m, "; %s", f->note[k]);
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}

static void write_table(hg_html *h)
{
	const char *const heads[] = {"Step", h->report->source ? "Line" : "Formula", "What", "Finding"};
	if (!h->report->nfindings)
		return;
	hg_markup_put(h->m, "h2", NULL, h->report->source ? "All statements" : "All stages");
	hg_markup_open(h->m, "div");
	hg_markup_attr(h->m, "class", "scroll");
	hg_markup_attr(h->m, "role", "region");
	hg_markup_attr(h->m, "aria-label", "Table of all findings");
	hg_markup_attr(h->m, "tabindex", "0");
	hg_markup_open(h->m, "table");
	table_head(h->m, heads, sizeof heads / sizeof *heads);
	hg_markup_open(h->m, "tbody");
	for (size_t i = 0; i < h->report->nfindings; i++)
		write_row(h, i);
	hg_markup_close(h->m);
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}

static void write_footer(hg_html *h)
{
	const hg_report *r = h->report;
	hg_markup_open(h->m, "footer");
	if (r->power.planted) {
		hg_markup_open(h->m, "p");
		hg_markup_print(h->m, "Power of the test: %zu of %zu planted slips refused.", r->power.refused, r->power.planted);
		for (size_t i = 0; i < r->power.nblind; i++)
			hg_markup_print(h->m, " %s.", r->power.blind[i]);
		hg_markup_close(h->m);
	}
	hg_markup_open(h->m, "p");
	hg_markup_print(h->m, "handgrad " HG_VERSION ", seed %lu", r->seed);
	if (h->options->replay)
		hg_markup_print(h->m, ", %s", h->options->replay);
	if (r->sha256 && *r->sha256) {
		hg_markup_text(h->m, ", SHA-256 of the file ");
		hg_markup_put(h->m, "code", NULL, r->sha256);
	}
	hg_markup_close(h->m);
	hg_markup_put(h->m, "p", NULL,
	              "Mathematics set in Handgrad Math, a subset of Latin Modern Math under the GUST Font License.");
	hg_markup_close(h->m);
}

static hg_status write_report(hg_html *h)
{
	const hg_report *r = h->report;
	h->placed = HG_NEWS(h->arena, r->nfindings + 1, bool);
	h->waiting = HG_NEWS(h->arena, r->nfindings + 1, size_t);
	if (!h->placed || !h->waiting)
		return HG_ENOMEM;
	HG_TRY(hg_plot_report(r, HG_PLOT_SVG, h->arena, &h->pictures));
	hg_markup_open(h->m, "article");
	write_header(h);
	hg_html_score(h);
	if (r->said)
		hg_html_document(h);
	for (size_t i = 0; i < r->nfindings; i++) /* what stood nowhere in the document, and all of a C module */
		if (!h->placed[i])
			h->waiting[h->nwaiting++] = i;
	hg_html_cards(h);
	write_notes(h);
	write_table(h);
	write_footer(h);
	hg_markup_close(h->m);
	return hg_arena_failed(h->arena) ? HG_ENOMEM : HG_OK;
}

hg_status hg_write_html(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out)
{
	hg_arena *arena = hg_arena_new();
	hg_markup *m = arena ? hg_markup_new(out) : NULL;
	if (!m) {
		hg_arena_free(arena);
		return HG_ENOMEM;
	}
	hg_html_begin(m, n == 1 ? reports[0]->title : "handgrad", HG_PAGE_FONT);
	hg_markup_open(m, "main");
	hg_markup_attr(m, "id", "main");
	if (n != 1)
		hg_markup_put(m, "h1", NULL, "handgrad");
	hg_status status = HG_OK;
	for (size_t i = 0; i < n && status == HG_OK; i++) {
		hg_html h = {.m = m, .report = reports[i], .options = options, .arena = arena, .number = i, .alone = n == 1};
		status = write_report(&h);
	}
	hg_status ended = hg_markup_end(m);
	hg_buf_char(out, '\n');
	hg_arena_free(arena);
	return status != HG_OK ? status : ended;
}
