/* What the judge made of a document, for whoever works on it: --dump=problems, model. */
#include "verdict/judge.h"

void hg_problems_dump(const hg_report *report, hg_buf *out)
{
	for (size_t i = 0; i < report->model.nreads; i++)
		hg_buf_print(out, "model %s: %s\n", report->model.from, report->model.reads[i]);
	for (size_t i = 0; i < report->nfindings; i++) {
		const hg_finding *f = &report->finding[i];
		hg_buf_print(out, "%s %s %s: %s", f->id, hg_kind_text(f->kind), hg_finding_status_text(f->status), f->reads ? f->reads : f->written);
		for (size_t k = 0; k < f->nnotation; k++)
			hg_buf_print(out, " {%s}", f->notation[k]);
		if (f->has_evidence)
			hg_buf_print(out, " [%s: %.9g against %.9g at %s]", f->evidence.entry, f->evidence.yours, f->evidence.numerical, f->evidence.point);
		if (f->inherited_from)
			hg_buf_print(out, " <- %s", f->inherited_from);
		if (f->nslips)
			hg_buf_print(out, " slip %s: %s", f->slip[0].id, f->slip[0].repaired);
		hg_buf_print(out, "%s%s\n", f->reason ? " -- " : "", f->reason ? f->reason : "");
	}
}

void hg_model_dump(const hg_report *report, hg_buf *out)
{
	const hg_model *m = &report->model;
	for (size_t i = 0; i < m->nnames; i++) {
		const hg_name_row *row = &m->name[i];
		hg_buf_print(out, "%-8s %s, %s: %s\n", row->name, row->role, row->shape ? row->shape : "-", row->why ? row->why : "-");
	}
	for (size_t i = 0; i < m->nchoices; i++)
		hg_buf_print(out, "%s=%s (%s)\n", m->choice[i].id, m->choice[i].value, m->choice[i].from);
	for (hg_choice c = 0; c < HG_NCHOICES; c++)
		if (m->open >> c & 1)
			hg_buf_print(out, "open: %s\n", hg_choice_id(c));
	for (size_t i = 0; i < m->nreads; i++)
		hg_buf_print(out, "reads %s: %s\n", m->from, m->reads[i]);
}
