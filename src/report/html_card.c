/* The card of one finding: what was understood, the evidence in numbers and in pictures, one question. */
#include "report/html_parts.h"

#include "report/phrase.h"

void hg_html_mark(hg_html *h, size_t finding, const char *class)
{
	const hg_finding *f = &h->report->finding[finding];
	hg_look look = hg_look_of(f->status);
	if (!h->placed[finding])
		h->waiting[h->nwaiting++] = finding;
	h->placed[finding] = true;
	hg_markup_open(h->m, "a");
	hg_markup_attr_print(h->m, "class", "mark %s %s", look.class, class);
	hg_markup_attr_print(h->m, "href", hg_wants_card(f) ? "#r%zu-f%zu" : "#r%zu-t%zu", h->number, finding);
	hg_markup_attr_print(h->m, "aria-label", "%s: %s", f->of ? f->of : f->id, look.words);
	hg_markup_print(h->m, "%s %s", look.symbol, look.words);
	hg_markup_close(h->m);
}

/* ---- the card ----------------------------------------------------------------------------------------------- */

static void put_title(hg_html *h, size_t finding)
{
	const hg_finding *f = &h->report->finding[finding];
	hg_look look = hg_look_of(f->status);
	hg_markup_open(h->m, "h3");
	hg_markup_open(h->m, "span");
	hg_markup_attr_print(h->m, "class", "mark %s", look.class);
	hg_markup_print(h->m, "%s %s", look.symbol, look.words);
	hg_markup_close(h->m);
	hg_markup_text(h->m, " ");
	HG_HTML_SAY(h, hg_say_title, f);
	hg_markup_close(h->m);
	if (h->options->detail == HG_DETAIL_NONE)
		return;
	hg_markup_open(h->m, "p");
	hg_markup_attr(h->m, "class", "facts");
	hg_markup_print(h->m, "step %s", f->id);
	if (h->report->source) {
		hg_place at = hg_source_place(h->report->source, f->unread.n ? f->unread.at : f->span.at);
		hg_markup_print(h->m, at.cell ? ", cell %3$zu, line %1$zu, column %2$zu" : ", line %1$zu, column %2$zu", at.line,
		                at.column, at.cell);
	}
	hg_markup_close(h->m);
}

static void put_formulas(hg_html *h, const hg_finding *f)
{
	if (f->written) {
		hg_markup_open(h->m, "details");
			hg_markup_put(h->m, "summary", NULL, "As written");
		hg_markup_open(h->m, "pre");
		hg_markup_put(h->m, "code", NULL, f->written);
		hg_markup_close(h->m);
		hg_markup_close(h->m);
	}
	if (f->reads && f->status != HG_S_CANNOT_READ) {
		hg_markup_open(h->m, "p");
		hg_markup_put(h->m, "span", "facts", "read as ");
		hg_markup_put(h->m, "code", NULL, f->reads);
		hg_markup_close(h->m);
	}
}

static void put_slips(hg_html *h, const hg_finding *f)
{
	if (f->nslips > 1) {
		hg_markup_open(h->m, "p");
		hg_markup_attr(h->m, "class", "facts");
		hg_markup_text(h->m, "The numbers would also fit: ");
		for (size_t i = 1; i < f->nslips; i++)
			hg_markup_print(h->m, "%s%s", i > 1 ? "; " : "", hg_slip_title(&f->slip[i]));
		hg_markup_close(h->m);
	}
	hg_buf hint = {0};
	if (f->status == HG_S_DISAGREES && !f->inherited_from)
		hg_say_hint(f, &hint);
	if (hint.n) {
		hg_markup_open(h->m, "p");
		hg_markup_attr(h->m, "class", "hint");
		hg_markup_put(h->m, "b", NULL, "A question: ");
		hg_markup_str(h->m, hg_buf_slice(&hint));
		hg_markup_close(h->m);
	}
	hg_markup_used(h->m, &hint);
	if (h->options->detail == HG_DETAIL_FULL && f->nslips && f->slip->repaired) {
		hg_markup_open(h->m, "p");
		hg_markup_put(h->m, "span", "facts", "with the slip undone: ");
		hg_html_formula_text(h, f->slip->repaired);
		hg_markup_close(h->m);
	}
}

/* What the writer can say to settle it, and where more about it stands. */
static void put_way_out(hg_html *h, const hg_finding *f)
{
	const char *way_out = hg_cause_way_out(f->cause);
	if (!way_out)
		return;
	hg_markup_open(h->m, "p");
	hg_markup_attr(h->m, "class", "hint");
	hg_markup_put(h->m, "b", NULL, "Way out: ");
	hg_markup_print(h->m, "%s. More: handgrad explain %s", way_out, hg_cause_id(f->cause));
	hg_markup_close(h->m);
}

void hg_html_card(hg_html *h, size_t finding)
{
	const hg_finding *f = &h->report->finding[finding];
	hg_markup_open(h->m, "section");
	hg_markup_attr_print(h->m, "class", "card is-%s", hg_look_of(f->status).class);
	hg_markup_attr_print(h->m, "id", "r%zu-f%zu", h->number, finding);
	put_title(h, finding);
	if (!h->report->source && f->written) {
		hg_markup_open(h->m, "div");
		hg_markup_attr(h->m, "class", "formula");
		hg_html_formula_text(h, f->written);
		hg_markup_close(h->m);
	}
	if (h->options->detail >= HG_DETAIL_EVIDENCE) {
		put_formulas(h, f);
		if (f->has_evidence && f->status != HG_S_NOTATION) {
			hg_html_evidence(h, &f->evidence);
			hg_html_pictures(h, finding);
		}
		put_slips(h, f);
		put_way_out(h, f);
	}
	for (size_t i = 0; i < f->nnotes; i++)
		hg_markup_put(h->m, "p", "facts", f->note[i]);
	if (f->status == HG_S_CANNOT_READ || f->status == HG_S_CANNOT_TELL)
		hg_markup_put(h->m, "p", "facts", "This costs nothing: it is not called wrong.");
	hg_markup_close(h->m);
}

void hg_html_cards(hg_html *h)
{
	for (size_t i = 0; i < h->nwaiting; i++)
		if (hg_wants_card(&h->report->finding[h->waiting[i]]))
			hg_html_card(h, h->waiting[i]);
	h->nwaiting = 0;
}
