/* handgrad.report/v1 (DESIGN 6, and src/report/report.schema.json): every key always, in this order. One report is
 * one object; several are an array of them. */
#include "report/json_parts.h"
#include "report/phrase.h"
#include "report/report.h"

#include <math.h>

static json_t *number(double x) { return isfinite(x) ? json_real(x) : json_null(); }

static json_t *texts(hg_json_maker *mk, size_t n, const char *const *foreign)
{
	json_t *array = json_array();
	for (size_t i = 0; i < n; i++)
		hg_json_push(mk, array, hg_json_text(foreign[i]));
	return array;
}

/* The end is the column after the last byte. */
static json_t *span(hg_json_maker *mk, const hg_source *source, hg_span where)
{
	if (!source || !where.n)
		return json_null();
	hg_place begin = hg_source_place(source, where.at), last = hg_source_place(source, where.at + where.n - 1);
	json_t *o = json_object();
	hg_json_set(mk, o, "line", hg_json_count(begin.line));
	hg_json_set(mk, o, "column", hg_json_count(begin.column));
	hg_json_set(mk, o, "end_line", hg_json_count(last.line));
	hg_json_set(mk, o, "end_column", hg_json_count(last.column + 1));
	if (begin.cell)
		hg_json_set(mk, o, "cell", hg_json_count(begin.cell));
	return o;
}

static json_t *slip(hg_json_maker *mk, const hg_report *r, const hg_finding *f)
{
	if (!f->nslips)
		return json_null();
	json_t *o = json_object();
	hg_json_set(mk, o, "id", hg_json_text(f->slip->id));
	hg_json_set(mk, o, "title", hg_json_text(hg_slip_title(f->slip)));
	hg_json_set(mk, o, "with", hg_json_text(f->slip->with));
	hg_json_set(mk, o, "repaired", hg_json_text(f->slip->repaired));
	hg_json_set(mk, o, "at", span(mk, r->source, f->slip->at));
	return o;
}

static json_t *evidence(hg_json_maker *mk, const hg_finding *f)
{
	const hg_evidence *e = &f->evidence;
	if (!f->has_evidence)
		return json_null();
	json_t *o = json_object();
	hg_json_set(mk, o, "yours", number(e->yours));
	hg_json_set(mk, o, "numerical", number(e->numerical));
	hg_json_set(mk, o, "abserr", number(e->abserr));
	hg_json_set(mk, o, "ratio", number(e->ratio));
	hg_json_set(mk, o, "entry", hg_json_text(e->entry));
	hg_json_set(mk, o, "class", hg_json_text(hg_class_text(e->class)));
	hg_json_set(mk, o, "max_abs", number(e->max_abs));
	hg_json_set(mk, o, "max_rel", number(e->max_rel));
	hg_json_set(mk, o, "resolution", number(e->resolution));
	hg_json_set(mk, o, "points", hg_json_count(e->points));
	hg_json_set(mk, o, "worlds", hg_json_count(e->worlds));
	hg_json_set(mk, o, "pattern", hg_json_text(e->pattern));
	hg_json_set(mk, o, "point", hg_json_text(e->point));
	hg_json_set(mk, o, "reason", hg_json_text(hg_reason_text(e->reason)));
	hg_json_set(mk, o, "meaning", hg_json_text(e->meaning));
	hg_json_set(mk, o, "step", number(e->step));
	hg_json_set(mk, o, "left", number(e->left));
	hg_json_set(mk, o, "right", number(e->right));
	hg_json_set(mk, o, "evaluations", hg_json_count(e->evaluations));
	return o;
}

static json_t *finding(hg_json_maker *mk, const hg_report *r, const hg_finding *f)
{
	json_t *o = json_object(), *also = json_array();
	for (size_t i = 1; i < f->nslips; i++)
		hg_json_push(mk, also, hg_json_text(f->slip[i].id));
	hg_json_set(mk, o, "id", hg_json_text(f->id));
	hg_json_set(mk, o, "kind", hg_json_text(hg_kind_text(f->kind)));
	hg_json_set(mk, o, "span", span(mk, r->source, f->span));
	hg_json_set(mk, o, "written", hg_json_text(f->written));
	hg_json_set(mk, o, "reads", hg_json_text(f->reads));
	hg_json_set(mk, o, "of", hg_json_text(f->of));
	hg_json_set(mk, o, "status", hg_json_text(hg_finding_status_text(f->status)));
	hg_json_set(mk, o, "reason", hg_json_text(f->reason));
	hg_json_set(mk, o, "reason_id", hg_json_text(hg_cause_id(f->cause)));
	hg_json_set(mk, o, "way_out", hg_json_text(hg_cause_way_out(f->cause)));
	hg_json_set(mk, o, "unread", span(mk, r->source, f->unread));
	hg_json_set(mk, o, "notation", texts(mk, f->nnotation, f->notation));
	hg_json_set(mk, o, "inherited_from", hg_json_text(f->inherited_from));
	hg_json_set(mk, o, "slip", slip(mk, r, f));
	hg_json_set(mk, o, "also", also);
	hg_json_set(mk, o, "notes", texts(mk, f->nnotes, f->note));
	hg_json_set(mk, o, "evidence", evidence(mk, f));
	return o;
}

static json_t *notes(hg_json_maker *mk, const hg_report *r)
{
	json_t *array = json_array();
	for (size_t i = 0; i < r->nnotes; i++) {
		json_t *o = json_object();
		hg_json_set(mk, o, "code", hg_json_text(r->note[i].code));
		hg_json_set(mk, o, "text", hg_json_text(r->note[i].text));
		hg_json_set(mk, o, "span", span(mk, r->source, r->note[i].span));
		hg_json_push(mk, array, o);
	}
	return array;
}

static json_t *names(hg_json_maker *mk, const hg_model *model)
{
	json_t *array = json_array();
	for (size_t i = 0; i < model->nnames; i++) {
		const hg_name_row *row = &model->name[i];
		json_t *o = json_object();
		hg_json_set(mk, o, "name", hg_json_text(row->name));
		hg_json_set(mk, o, "role", hg_json_text(row->role));
		hg_json_set(mk, o, "shape", hg_json_text(row->shape));
		hg_json_set(mk, o, "why", hg_json_text(row->why));
		hg_json_push(mk, array, o);
	}
	return array;
}

static json_t *choices(hg_json_maker *mk, const hg_model *model)
{
	json_t *array = json_array();
	for (size_t i = 0; i < model->nchoices; i++) {
		json_t *o = json_object();
		hg_json_set(mk, o, "id", hg_json_text(model->choice[i].id));
		hg_json_set(mk, o, "value", hg_json_text(model->choice[i].value));
		hg_json_set(mk, o, "from", hg_json_text(model->choice[i].from));
		hg_json_push(mk, array, o);
	}
	return array;
}

static json_t *report(hg_json_maker *mk, const hg_report *r)
{
	json_t *o = json_object(), *source = json_object(), *findings = json_array(), *power = json_object(),
	       *summary = json_object(), *model = r->model.from ? json_object() : json_null();
	hg_json_set(mk, source, "path", hg_json_text(r->title));
	hg_json_set(mk, source, "sha256", hg_json_text(r->sha256));
	if (r->model.from) {
		hg_json_set(mk, model, "from", hg_json_text(r->model.from));
		hg_json_set(mk, model, "reads", texts(mk, r->model.nreads, r->model.reads));
		hg_json_set(mk, model, "names", names(mk, &r->model));
		hg_json_set(mk, model, "choices", choices(mk, &r->model));
	}
	for (size_t i = 0; i < r->nfindings; i++)
		hg_json_push(mk, findings, finding(mk, r, &r->finding[i]));
	hg_json_set(mk, power, "planted", hg_json_count(r->power.planted));
	hg_json_set(mk, power, "refused", hg_json_count(r->power.refused));
	hg_json_set(mk, power, "blind", texts(mk, r->power.nblind, r->power.blind));
	for (int s = 0; s < HG_NSTATUSES; s++)
		hg_json_set(mk, summary, hg_finding_status_text((hg_finding_status)s), hg_json_count(r->count[s]));
	hg_json_set(mk, o, "schema", json_string("handgrad.report/v1"));
	hg_json_set(mk, o, "program", json_string("handgrad " HG_VERSION));
	hg_json_set(mk, o, "seed", hg_json_count(r->seed));
	hg_json_set(mk, o, "source", source);
	hg_json_set(mk, o, "trouble", hg_json_text(r->trouble));
	hg_json_set(mk, o, "model", model);
	hg_json_set(mk, o, "findings", findings);
	hg_json_set(mk, o, "notes", notes(mk, r));
	hg_json_set(mk, o, "power", power);
	hg_json_set(mk, o, "summary", summary);
	return o;
}

hg_status hg_write_json(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out)
{
	(void)options;
	hg_json_maker mk = {0};
	json_t *all = n == 1 ? report(&mk, reports[0]) : json_array();
	for (size_t i = 0; n != 1 && i < n; i++)
		hg_json_push(&mk, all, report(&mk, reports[i]));
	return hg_json_write(&mk, all, out);
}
