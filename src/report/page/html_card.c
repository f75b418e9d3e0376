/* A finding beside its line: the mark, and the card of what needs her: what is the matter and one question, then folds
 * for the numbers, the page on the slip, how sure it is, how the line was read. */
#include "report/page/html_parts.h"

#include "report/phrase.h"
#include "slips/slips.h"

#include <ctype.h>
#include <math.h>

bool hg_html_needs_her(const hg_finding *f)
{
	return (f->status == HG_S_DISAGREES && !f->inherited_from) || f->status == HG_S_CANNOT_READ || f->status == HG_S_CANNOT_TELL;
}

/* ---- marks ------------------------------------------------------------------------------------------------------ */

static bool is_good(const hg_finding *f) { return f->status == HG_S_AGREES || f->status == HG_S_NOTATION; }

/* One quiet sign for all that agrees in a row. */
static void put_tick(hg_html *h, size_t agree, size_t by_notation)
{
	hg_look look = hg_look_of(HG_S_AGREES);
	hg_markup_open(h->m, "span");
	hg_markup_attr(h->m, "class", by_notation ? "tick noted" : "tick");
	hg_markup_attr(h->m, "role", "img");
	hg_buf words = {0};
	hg_buf_text(&words, agree == 1 ? "agrees" : "all agree");
	hg_buf_text(&words, by_notation ? ", up to notation" : "");
	hg_buf_char(&words, '\0');
	hg_markup_attr(h->m, "aria-label", words.failed ? "" : words.p);
	hg_markup_attr(h->m, "title", words.failed ? "" : words.p);
	hg_markup_used(h->m, &words);
	hg_markup_text(h->m, look.symbol);
	hg_markup_close(h->m);
}

/* "✗", inside a sentence "✗ disagrees": a link to the card; of what follows from an earlier mistake, to the card of that. */
static void put_mark(hg_html *h, size_t finding, const char *class)
{
	const hg_finding *f = &h->report->finding[finding];
	const hg_finding *root = f->inherited_from ? hg_report_find(h->report, hg_str_of(f->inherited_from)) : NULL;
	size_t card = root && hg_html_needs_her(root) ? (size_t)(root - h->report->finding) : finding;
	hg_look look = hg_look_of(f->status);
	hg_markup_open(h->m, "a");
	hg_markup_attr_print(h->m, "class", "mark %s %s", look.class, class);
	hg_markup_attr_print(h->m, "href", hg_html_needs_her(&h->report->finding[card]) ? "#r%zu-f%zu" : "#r%zu-t%zu", h->number, card);
	hg_markup_attr_print(h->m, "aria-label", "%s: %s", f->of ? f->of : f->id, look.words);
	hg_markup_text(h->m, look.symbol);
	if (*class || f->inherited_from) /* its card does not stand right below */
		hg_markup_print(h->m, " %s", f->inherited_from ? "follows" : look.words);
	hg_markup_close(h->m);
}

void hg_html_marks(hg_html *h, hg_span row, const char *class)
{
	const hg_report *r = h->report;
	size_t agree = 0, by_notation = 0, others = 0;
	for (size_t i = 0; i < r->nfindings; i++) {
		const hg_finding *f = &r->finding[i];
		if (h->placed[i] || f->span.at < row.at || f->span.at >= row.at + row.n)
			continue;
		h->placed[i] = true;
		agree += is_good(f);
		by_notation += f->status == HG_S_NOTATION;
		if (is_good(f) || f->status == HG_S_DEFINED || f->status == HG_S_SKIPPED)
			continue;
		h->waiting[h->nwaiting++] = i;
		if (others++ == 0) {
			hg_markup_open(h->m, "span");
			hg_markup_attr(h->m, "class", "marks");
		}
		put_mark(h, i, class);
	}
	if (agree)
		put_tick(h, agree, by_notation);
	if (others)
		hg_markup_close(h->m);
}

/* ---- the card ----------------------------------------------------------------------------------------------- */

void hg_html_place(hg_html *h, const hg_finding *f)
{
	if (!h->report->source)
		return;
	hg_place at = hg_source_place(h->report->source, f->unread.n ? f->unread.at : f->span.at);
	hg_markup_print(h->m, at.cell ? "cell %2$zu, line %1$zu" : "line %1$zu", at.line, at.cell);
}

/* Under her own line it need not be named again: "Opposite sign", "This cannot be read: ...". */
static void put_title(hg_html *h, const hg_finding *f)
{
	hg_look look = hg_look_of(f->status);
	bool evidence = h->options->detail >= HG_DETAIL_EVIDENCE, named = f->status == HG_S_DISAGREES && f->nslips && evidence;
	hg_buf words = {0};
	if (!named && evidence && f->status == HG_S_DISAGREES && f->kind == HG_LINK)
		hg_buf_text(&words, "this is not equal to what stands before the sign");
	else {
		hg_buf_text(&words, named || f->status == HG_S_CANNOT_TELL ? "" : "this ");
		hg_say_outcome(f, evidence, &words);
	}
	if (words.n && !words.failed)
		words.p[0] = (char)toupper((unsigned char)words.p[0]);
	hg_markup_open(h->m, "h3");
	hg_markup_put(h->m, "span", look.class, look.symbol);
	hg_markup_text(h->m, " ");
	hg_markup_str(h->m, hg_buf_slice(&words));
	hg_markup_used(h->m, &words);
	if (h->options->detail > HG_DETAIL_NONE && h->report->source) {
		hg_markup_text(h->m, " ");
		hg_markup_open(h->m, "span");
		hg_markup_attr(h->m, "class", "facts");
		hg_html_place(h, f);
		hg_markup_close(h->m);
	}
	hg_markup_close(h->m);
}

static void put_question(hg_html *h, const hg_finding *f)
{
	if (f->status != HG_S_DISAGREES)
		return;
	hg_buf hint = {0};
	hg_say_hint(f, &hint);
	if (hint.n) {
		hg_markup_open(h->m, "p");
		hg_markup_attr(h->m, "class", "hint");
		hg_markup_str(h->m, hg_buf_slice(&hint));
		hg_markup_close(h->m);
	}
	hg_markup_used(h->m, &hint);
}

/* What the writer can say to settle a doubt. */
static void put_way_out(hg_html *h, const hg_finding *f)
{
	const char *way_out = hg_cause_way_out(f->cause);
	if (!way_out)
		return;
	hg_markup_open(h->m, "p");
	hg_markup_attr(h->m, "class", "way-out");
	hg_markup_put(h->m, "b", NULL, "Way out: ");
	hg_markup_print(h->m, "%s.", way_out);
	hg_markup_close(h->m);
}

void hg_html_fold(hg_html *h, const char *summary)
{
	hg_markup_open(h->m, "details");
	hg_markup_put(h->m, "summary", NULL, summary);
}

static void fold_numbers(hg_html *h, size_t finding)
{
	hg_html_fold(h, "Show me the numbers");
	hg_html_evidence(h, &h->report->finding[finding].evidence);
	hg_html_pictures(h, finding);
	hg_markup_close(h->m);
}

/* What was tried, how near the numbers could come, and what else would fit. */
static void fold_sureness(hg_html *h, const hg_finding *f)
{
	const hg_evidence *e = &f->evidence;
	hg_html_fold(h, "How sure is this?");
	hg_markup_open(h->m, "p");
	hg_markup_text(h->m, f->kind == HG_NUMERIC || !e->worlds ? "It was " : "Tried ");
	HG_HTML_SAY(h, hg_say_tried, f);
	hg_markup_text(h->m, ".");
	if (isfinite(e->abserr) && e->abserr > 0)
		hg_markup_print(h->m, " The number it is held against is certain to within %.1e.", e->abserr);
	hg_markup_close(h->m);
	if (f->nslips > 1) {
		hg_markup_open(h->m, "p");
		hg_markup_text(h->m, "The numbers would also fit: ");
		for (size_t i = 1; i < f->nslips; i++)
			hg_markup_print(h->m, "%s%s", i > 1 ? "; " : "", hg_slip_title(&f->slip[i]));
		hg_markup_text(h->m, ".");
		hg_markup_close(h->m);
	}
	hg_markup_close(h->m);
}

static void fold_reading(hg_html *h, const hg_finding *f)
{
	hg_html_fold(h, "How your line was read");
	if (f->reads && f->status != HG_S_CANNOT_READ) {
		hg_markup_open(h->m, "p");
		hg_markup_put(h->m, "code", NULL, f->reads);
		hg_markup_close(h->m);
	}
	if (f->written) {
		hg_markup_open(h->m, "pre");
		hg_markup_put(h->m, "code", NULL, f->written);
		hg_markup_close(h->m);
	}
	hg_markup_close(h->m);
}

static void put_folds(hg_html *h, size_t finding)
{
	const hg_finding *f = &h->report->finding[finding];
	if (f->has_evidence && f->status != HG_S_NOTATION)
		fold_numbers(h, finding);
	if (f->nslips && f->status == HG_S_DISAGREES)
		hg_html_page(h, f->slip->id, "What does this slip look like?");
	else
		hg_html_page(h, hg_cause_way_out(f->cause) ? hg_cause_id(f->cause) : hg_finding_status_text(f->status), "What does this mean?");
	if (f->has_evidence && f->status == HG_S_DISAGREES)
		fold_sureness(h, f);
	if (f->reads || f->written)
		fold_reading(h, f);
}

/* The next finding that needs her after this one (step 1) or before it (step -1); nfindings: none. */
static size_t neighbour(const hg_report *r, size_t finding, size_t step)
{
	for (size_t i = finding + step; i < r->nfindings; i += step)
		if (hg_html_needs_her(&r->finding[i]))
			return i;
	return r->nfindings;
}

static void put_ways_on(hg_html *h, size_t finding)
{
	const hg_report *r = h->report;
	size_t before = neighbour(r, finding, (size_t)-1), after = neighbour(r, finding, 1);
	hg_markup_open(h->m, "p");
	hg_markup_attr(h->m, "class", "ways");
	const struct {
		size_t to;
		const char *words;
	} way[] = {{before, "\u2190 before"}, {after, "next \u2192"}};
	for (size_t i = 0; i < 2; i++)
		if (way[i].to < r->nfindings) {
			hg_markup_open(h->m, "a");
			hg_markup_attr_print(h->m, "href", "#r%zu-f%zu", h->number, way[i].to);
			hg_markup_text(h->m, way[i].words);
			hg_markup_close(h->m);
			hg_markup_text(h->m, " ");
		}
	hg_markup_open(h->m, "a");
	hg_markup_attr_print(h->m, "href", "#r%zu-list", h->number);
	hg_markup_text(h->m, "the list");
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}

static void put_card(hg_html *h, size_t finding, bool with_line)
{
	const hg_finding *f = &h->report->finding[finding];
	hg_markup_open(h->m, "section");
	hg_markup_attr_print(h->m, "class", "card is-%s", hg_look_of(f->status).class);
	hg_markup_attr_print(h->m, "id", "r%zu-f%zu", h->number, finding);
	if (with_line && h->options->detail > HG_DETAIL_NONE) {
		hg_markup_open(h->m, "div");
		hg_markup_attr(h->m, "class", "formula");
		hg_html_line(h, finding);
		hg_markup_close(h->m);
	}
	put_title(h, f);
	if (h->options->detail >= HG_DETAIL_EVIDENCE)
		put_question(h, f);
	if (h->options->detail >= HG_DETAIL_EVIDENCE)
		put_way_out(h, f);
	for (size_t i = 0; i < f->nnotes; i++)
		hg_markup_put(h->m, "p", "facts", f->note[i]);
	if (f->status == HG_S_CANNOT_READ || f->status == HG_S_CANNOT_TELL)
		hg_markup_put(h->m, "p", "facts free", "This costs nothing: it is not called wrong.");
	if (h->options->detail == HG_DETAIL_FULL && f->nslips && f->slip->repaired) {
		hg_markup_open(h->m, "p");
		hg_markup_put(h->m, "span", "facts", "with the slip undone: ");
		hg_html_formula_text(h, f->slip->repaired);
		hg_markup_close(h->m);
	}
	hg_markup_open(h->m, "div");
	hg_markup_attr(h->m, "class", "folds");
	if (h->options->detail >= HG_DETAIL_EVIDENCE)
		put_folds(h, finding);
	put_ways_on(h, finding);
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}

/* A card under a displayed row needs no line of its own; anywhere else it brings it along. */
void hg_html_cards(hg_html *h)
{
	for (size_t i = 0; i < h->nwaiting; i++)
		if (hg_html_needs_her(&h->report->finding[h->waiting[i]]))
			put_card(h, h->waiting[i], !h->flow || !h->placed[h->waiting[i]]);
	h->nwaiting = 0;
}
