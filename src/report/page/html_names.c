/* What each name of the document was taken for, and how what it leaves open was taken: in the fold below it. */
#include "report/page/html_parts.h"

static void put_head(hg_html *h)
{
	static const char *const heads[] = {"name", "what it is", "shape", "why"};
	hg_markup_open(h->m, "thead");
	hg_markup_open(h->m, "tr");
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		hg_markup_open(h->m, "th");
		hg_markup_attr(h->m, "scope", "col");
		hg_markup_text(h->m, heads[i]);
		hg_markup_close(h->m);
	}
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}

static void put_names(hg_html *h, const hg_model *model)
{
	hg_markup_open(h->m, "table");
	put_head(h);
	hg_markup_open(h->m, "tbody");
	for (size_t i = 0; i < model->nnames; i++) {
		const hg_name_row *row = &model->name[i];
		hg_markup_open(h->m, "tr");
		hg_markup_put(h->m, "td", NULL, row->name);
		hg_markup_put(h->m, "td", NULL, row->role);
		hg_markup_put(h->m, "td", NULL, row->shape ? row->shape : "");
		hg_markup_put(h->m, "td", NULL, row->why ? row->why : "");
		hg_markup_close(h->m);
	}
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}

void hg_html_names(hg_html *h)
{
	const hg_model *model = &h->report->model;
	if (!model->nnames)
		return;
	put_names(h, model);
	if (model->nchoices) {
		hg_markup_open(h->m, "ul");
		for (size_t i = 0; i < model->nchoices; i++) {
			hg_markup_open(h->m, "li");
			hg_markup_print(h->m, "%s=%s (%s)", model->choice[i].id, model->choice[i].value, model->choice[i].from);
			hg_markup_close(h->m);
		}
		hg_markup_close(h->m);
	}
}
