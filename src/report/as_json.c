/* handgrad.report/v1 (DESIGN 6, and src/report/report.schema.json): every key always, in this order. One report is
 * one object; several are an array of them. */
#include "report/safe.h"
#include "report/phrase.h"
#include "report/report.h"

#include <jansson.h>
#include <math.h>

/* Every failed allocation ends in a NULL somewhere; set() remembers it. */
typedef struct maker {
	bool failed;
} maker;

static void set(maker *mk, json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value))
		mk->failed = true;
}

static void push(maker *mk, json_t *array, json_t *value)
{
	if (json_array_append_new(array, value))
		mk->failed = true;
}

static json_t *text(const char *foreign)
{
	if (!foreign)
		return json_null();
	hg_buf clean = {0};
	hg_safe(hg_str_of(foreign), HG_SAFE_DATA, &clean);
	json_t *string = clean.failed ? NULL : json_stringn(hg_buf_slice(&clean).p, clean.n);
	hg_buf_free(&clean);
	return string;
}

static json_t *count(size_t n) { return json_integer((json_int_t)n); }

static json_t *number(double x) { return isfinite(x) ? json_real(x) : json_null(); }

static json_t *texts(maker *mk, size_t n, const char *const *foreign)
{
	json_t *array = json_array();
	for (size_t i = 0; i < n; i++)
		push(mk, array, text(foreign[i]));
	return array;
}

/* The end is the column after the last byte. */
static json_t *span(maker *mk, const hg_source *source, hg_span where)
{
	if (!source || !where.n)
		return json_null();
	hg_place begin = hg_source_place(source, where.at), last = hg_source_place(source, where.at + where.n - 1);
	json_t *o = json_object();
	set(mk, o, "line", count(begin.line));
	set(mk, o, "column", count(begin.column));
	set(mk, o, "end_line", count(last.line));
	set(mk, o, "end_column", count(last.column + 1));
	if (begin.cell)
		set(mk, o, "cell", count(begin.cell));
	return o;
}

static json_t *slip(maker *mk, const hg_report *r, const hg_finding *f)
{
	if (!f->nslips)
		return json_null();
	json_t *o = json_object();
	set(mk, o, "id", text(f->slip->id));
	set(mk, o, "title", text(hg_slip_title(f->slip)));
	set(mk, o, "with", text(f->slip->with));
	set(mk, o, "repaired", text(f->slip->repaired));
	set(mk, o, "at", span(mk, r->source, f->slip->at));
	return o;
}

static json_t *evidence(maker *mk, const hg_finding *f)
{
	const hg_evidence *e = &f->evidence;
	if (!f->has_evidence)
		return json_null();
	json_t *o = json_object();
	set(mk, o, "yours", number(e->yours));
	set(mk, o, "numerical", number(e->numerical));
	set(mk, o, "abserr", number(e->abserr));
	set(mk, o, "ratio", number(e->ratio));
	set(mk, o, "entry", text(e->entry));
	set(mk, o, "class", text(hg_class_text(e->class)));
	set(mk, o, "max_abs", number(e->max_abs));
	set(mk, o, "max_rel", number(e->max_rel));
	set(mk, o, "resolution", number(e->resolution));
	set(mk, o, "points", count(e->points));
	set(mk, o, "worlds", count(e->worlds));
	set(mk, o, "pattern", text(e->pattern));
	set(mk, o, "point", text(e->point));
	set(mk, o, "reason", text(hg_reason_text(e->reason)));
	set(mk, o, "meaning", text(e->meaning));
	set(mk, o, "step", number(e->step));
	set(mk, o, "left", number(e->left));
	set(mk, o, "right", number(e->right));
	set(mk, o, "evaluations", count(e->evaluations));
	return o;
}

static json_t *finding(maker *mk, const hg_report *r, const hg_finding *f)
{
	json_t *o = json_object(), *also = json_array();
	for (size_t i = 1; i < f->nslips; i++)
		push(mk, also, text(f->slip[i].id));
	set(mk, o, "id", text(f->id));
	set(mk, o, "kind", text(hg_kind_text(f->kind)));
	set(mk, o, "span", span(mk, r->source, f->span));
	set(mk, o, "written", text(f->written));
	set(mk, o, "reads", text(f->reads));
	set(mk, o, "of", text(f->of));
	set(mk, o, "status", text(hg_finding_status_text(f->status)));
	set(mk, o, "reason", text(f->reason));
	set(mk, o, "reason_id", text(hg_cause_id(f->cause)));
	set(mk, o, "way_out", text(hg_cause_way_out(f->cause)));
	set(mk, o, "unread", span(mk, r->source, f->unread));
	set(mk, o, "notation", texts(mk, f->nnotation, f->notation));
	set(mk, o, "inherited_from", text(f->inherited_from));
	set(mk, o, "slip", slip(mk, r, f));
	set(mk, o, "also", also);
	set(mk, o, "notes", texts(mk, f->nnotes, f->note));
	set(mk, o, "evidence", evidence(mk, f));
	return o;
}

static json_t *notes(maker *mk, const hg_report *r)
{
	json_t *array = json_array();
	for (size_t i = 0; i < r->nnotes; i++) {
		json_t *o = json_object();
		set(mk, o, "code", text(r->note[i].code));
		set(mk, o, "text", text(r->note[i].text));
		set(mk, o, "span", span(mk, r->source, r->note[i].span));
		push(mk, array, o);
	}
	return array;
}

static json_t *report(maker *mk, const hg_report *r)
{
	json_t *o = json_object(), *source = json_object(), *findings = json_array(), *power = json_object(),
	       *summary = json_object(), *model = r->model.from ? json_object() : json_null();
	set(mk, source, "path", text(r->title));
	set(mk, source, "sha256", text(r->sha256));
	if (r->model.from) {
		set(mk, model, "from", text(r->model.from));
		set(mk, model, "reads", texts(mk, r->model.nreads, r->model.reads));
	}
	for (size_t i = 0; i < r->nfindings; i++)
		push(mk, findings, finding(mk, r, &r->finding[i]));
	set(mk, power, "planted", count(r->power.planted));
	set(mk, power, "refused", count(r->power.refused));
	set(mk, power, "blind", texts(mk, r->power.nblind, r->power.blind));
	for (int s = 0; s < HG_NSTATUSES; s++)
		set(mk, summary, hg_finding_status_text((hg_finding_status)s), count(r->count[s]));
	set(mk, o, "schema", json_string("handgrad.report/v1"));
	set(mk, o, "program", json_string("handgrad " HG_VERSION));
	set(mk, o, "seed", count(r->seed));
	set(mk, o, "source", source);
	set(mk, o, "trouble", text(r->trouble));
	set(mk, o, "model", model);
	set(mk, o, "findings", findings);
	set(mk, o, "notes", notes(mk, r));
	set(mk, o, "power", power);
	set(mk, o, "summary", summary);
	return o;
}

static int into_buffer(const char *bytes, size_t n, void *buf)
{
	hg_buf_add(buf, bytes, n);
	return 0;
}

hg_status hg_write_json(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out)
{
	(void)options;
	maker mk = {0};
	json_t *all = n == 1 ? report(&mk, reports[0]) : json_array();
	for (size_t i = 0; n != 1 && i < n; i++)
		push(&mk, all, report(&mk, reports[i]));
	if (!all || mk.failed || json_dump_callback(all, into_buffer, out, JSON_INDENT(2) | JSON_REAL_PRECISION(17)))
		out->failed = true;
	hg_buf_char(out, '\n');
	json_decref(all);
	return hg_written(out);
}
