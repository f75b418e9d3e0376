/* What a submission earned, with the reasons, above the document. */
#include "report/page/html_parts.h"

#include "report/score.h"

static void put_heads(hg_html *h)
{
	static const char *const heads[] = {"Step", "", "Points", "Why"};
	hg_markup_open(h->m, "thead");
	hg_markup_open(h->m, "tr");
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		hg_markup_open(h->m, *heads[i] ? "th" : "td");
		hg_markup_attr(h->m, "scope", *heads[i] ? "col" : NULL);
		hg_markup_text(h->m, heads[i]);
		hg_markup_close(h->m);
	}
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}

static void put_row(hg_html *h, const hg_score_row *row)
{
	const hg_cell_look *look = &hg_cells[row->cell];
	hg_markup_open(h->m, "tr");
	hg_markup_open(h->m, "th");
	hg_markup_attr(h->m, "scope", "row");
	hg_markup_text(h->m, row->title);
	hg_markup_close(h->m);
	hg_markup_open(h->m, "td");
	hg_markup_open(h->m, "span");
	hg_markup_attr_print(h->m, "class", "mark %s", look->class);
	hg_markup_print(h->m, "%s %s", look->symbol, look->words);
	hg_markup_close(h->m);
	hg_markup_close(h->m);
	hg_markup_open(h->m, "td");
	hg_markup_attr(h->m, "class", "number");
	if (row->human)
		hg_markup_print(h->m, "– / %.6g", row->of);
	else
		hg_markup_print(h->m, "%.6g / %.6g", row->points, row->of);
	hg_markup_close(h->m);
	hg_markup_put(h->m, "td", NULL, row->reason);
	hg_markup_close(h->m);
}

void hg_html_score(hg_html *h)
{
	const hg_score *s = h->report->score;
	if (!s || s->of == 0)
		return;
	hg_markup_open(h->m, "section");
	hg_markup_open(h->m, "h2");
	if (s->human)
		hg_markup_print(h->m, "No score yet: a person must look at it (of %.6g points)", s->of);
	else
		hg_markup_print(h->m, "%.6g of %.6g points", s->points, s->of);
	hg_markup_close(h->m);
	hg_markup_open(h->m, "div");
	hg_markup_attr(h->m, "class", "scroll");
	hg_markup_attr(h->m, "role", "region");
	hg_markup_attr(h->m, "aria-label", "Points");
	hg_markup_attr(h->m, "tabindex", "0");
	hg_markup_open(h->m, "table");
	put_heads(h);
	hg_markup_open(h->m, "tbody");
	for (size_t i = 0; i < s->nrows; i++)
		if (s->row[i].of > 0 || s->row[i].points > 0)
			put_row(h, &s->row[i]);
	hg_markup_close(h->m);
	hg_markup_close(h->m);
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}
