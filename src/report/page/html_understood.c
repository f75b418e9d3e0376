/* Below the document, folded: how it was understood, and every statement with what was found. */
#include "report/page/html_parts.h"

#include "report/phrase.h"

/* ---- how it was understood ------------------------------------------------------------------------------------- */

static void put_model(hg_html *h)
{
	const hg_report *r = h->report;
	if (!r->model.from)
		return;
	hg_markup_open(h->m, "p");
	hg_markup_print(h->m, "Checked against the model from the %s:", r->model.from);
	hg_markup_close(h->m);
	hg_markup_open(h->m, "ul");
	for (size_t i = 0; i < r->model.nreads; i++) {
		hg_markup_open(h->m, "li");
		hg_html_formula_text(h, r->model.reads[i]);
		hg_markup_close(h->m);
	}
	hg_markup_close(h->m);
	hg_html_names(h);
}

/* Each convention once, with its page. */
static void put_conventions(hg_html *h)
{
	const hg_report *r = h->report;
	for (size_t i = 0; i < r->nfindings; i++)
		for (size_t k = 0; k < r->finding[i].nnotation; k++) {
			const char *id = r->finding[i].notation[k];
			size_t times = hg_convention_times(r, i, id);
			if (!times)
				continue;
			hg_buf summary = {0};
			hg_buf_print(&summary, "%s: %zu %s", id, times, times == 1 ? "time" : "times");
			hg_buf_char(&summary, '\0');
			hg_html_page(h, id, summary.failed ? id : summary.p);
			hg_markup_used(h->m, &summary);
		}
}

static void put_notes(hg_html *h)
{
	const hg_report *r = h->report;
	if (!r->nnotes)
		return;
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

static void put_sharpness(hg_html *h)
{
	if (!h->report->power.planted)
		return;
	hg_markup_open(h->m, "p");
	HG_HTML_SAY(h, hg_say_sharpness, &h->report->power);
	hg_markup_close(h->m);
}

/* ---- every statement ------------------------------------------------------------------------------------------------ */

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
	HG_HTML_SAY(h, hg_say_outcome, f, h->options->detail >= HG_DETAIL_EVIDENCE);
	for (size_t k = 0; k < f->nnotes; k++)
		hg_markup_print(h->m, "; %s", f->note[k]);
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}

static void put_statements(hg_html *h)
{
	const char *const heads[] = {"Step", h->report->source ? "Line" : "Formula", "What", "Finding"};
	hg_markup_open(h->m, "div");
	hg_markup_attr(h->m, "class", "scroll");
	hg_markup_attr(h->m, "role", "region");
	hg_markup_attr_print(h->m, "aria-label", "Table of all findings of %s", h->title);
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

void hg_html_understood(hg_html *h)
{
	const hg_report *r = h->report;
	hg_markup_open(h->m, "div");
	hg_markup_attr(h->m, "class", "below");
	if (r->said || r->nnotes || r->power.planted) {
		hg_html_fold(h, "How your document was understood");
		put_model(h);
		put_conventions(h);
		put_notes(h);
		put_sharpness(h);
		hg_markup_close(h->m);
	}
	if (r->nfindings) {
		if (r->source)
			hg_html_fold(h, "Every statement");
		put_statements(h);
		if (r->source)
			hg_markup_close(h->m);
	}
	hg_markup_close(h->m);
}

void hg_html_footer(hg_html *h)
{
	const hg_report *r = h->report;
	hg_markup_open(h->m, "footer");
	hg_markup_open(h->m, "p");
	if (r->source)
		hg_markup_print(h->m, "%s, ", r->title);
	hg_markup_print(h->m, "handgrad " HG_VERSION ", seed %lu", r->seed);
	if (h->options->replay)
		hg_markup_print(h->m, ", %s", h->options->replay);
	if (r->sha256 && *r->sha256) {
		hg_markup_text(h->m, ", SHA-256 of the file ");
		hg_markup_put(h->m, "code", NULL, r->sha256);
	}
	hg_markup_text(h->m, ". Mathematics set in Handgrad Math, a subset of Latin Modern Math under the GUST Font License.");
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}
