#include "report/page/html_parts.h"

#include "report/assets.h"
#include "report/base64.h"

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

static hg_status write_report(hg_html *h)
{
	const hg_report *r = h->report;
	hg_markup_open(h->m, "article");
	hg_html_top(h);
	hg_html_score(h);
	if (r->said) {
		hg_markup_put(h->m, h->alone ? "h2" : "h3", "sr", "The sheet");
		hg_html_document(h);
	}
	for (size_t i = 0; i < r->nfindings; i++) /* what stood nowhere in the document, and all of a C module */
		if (!h->placed[i])
			h->waiting[h->nwaiting++] = i;
	hg_html_cards(h);
	hg_html_understood(h);
	hg_html_footer(h);
	hg_markup_close(h->m);
	return hg_arena_failed(h->arena) ? HG_ENOMEM : HG_OK;
}

static hg_status prepare(hg_html *h)
{
	const hg_report *r = h->report;
	h->placed = HG_NEWS(h->arena, r->nfindings + 1, bool);
	h->waiting = HG_NEWS(h->arena, r->nfindings + 1, size_t);
	h->budget = hg_budget_of();
	h->macros = (hg_macros){.budget = &h->budget};
	h->flow = true;
	if (!h->placed || !h->waiting)
		return HG_ENOMEM;
	if (r->said)
		HG_TRY(hg_doc_macros(r->said->doc, &h->macros, h->arena));
	hg_html_title(h);
	return hg_plot_report(r, HG_PLOT_SVG, h->arena, &h->pictures);
}

static hg_status write_all(hg_html *h, size_t n)
{
	hg_status status = HG_OK;
	for (size_t i = 0; i < n && status == HG_OK; i++)
		status = prepare(&h[i]);
	if (status != HG_OK)
		return status;
	hg_html_begin(h->m, n == 1 ? h->title : "handgrad", HG_PAGE_FONT);
	hg_markup_open(h->m, "main");
	hg_markup_attr(h->m, "id", "main");
	if (n != 1)
		hg_markup_put(h->m, "h1", NULL, "handgrad");
	for (size_t i = 0; i < n && status == HG_OK; i++)
		status = write_report(&h[i]);
	return status;
}

hg_status hg_write_html(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out)
{
	hg_arena *arena = hg_arena_new();
	hg_html *h = arena ? HG_NEWS(arena, n + 1, hg_html) : NULL;
	hg_markup *m = h ? hg_markup_new(out) : NULL;
	if (!m) {
		hg_arena_free(arena);
		return HG_ENOMEM;
	}
	h->m = m;
	for (size_t i = 0; i < n; i++)
		h[i] = (hg_html){.m = m, .report = reports[i], .options = options, .arena = arena, .number = i, .alone = n == 1};
	hg_status status = write_all(h, n), ended = hg_markup_end(m);
	hg_arena_free(arena);
	return status != HG_OK ? status : ended;
}
