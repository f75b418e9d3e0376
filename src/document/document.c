#include "document/document.h"

#include "num/company.h"
#include "verdict/judge.h"

#include <stdlib.h>

static hg_status read_on(hg_document *d)
{
	HG_TRY(hg_doc_scan(&d->source, d->arena, &d->doc));
	return hg_parse(&d->doc, d->arena, &d->said);
}

static const hg_budget *limits_of(const hg_document_options *o) { return o && o->has_limits ? &o->limits : NULL; }

hg_status hg_document_open(const char *path, const hg_document_options *options, hg_arena *arena, hg_document **document,
                           const char **trouble)
{
	hg_document *d = *document = HG_NEW(arena, hg_document);
	if (!d)
		return HG_ENOMEM;
	d->arena = arena;
	HG_TRY(hg_source_read(path, limits_of(options), arena, &d->source, trouble));
	return read_on(d);
}

/* What the scanner and the reader had to say, in the order of the source; then the judge. */
static hg_status add_notes(hg_document *d)
{
	hg_report *report = &d->report;
	size_t a = 0, b = 0, n = d->doc.nnotes + d->said.nnotes;
	hg_note *note = HG_NEWS(d->arena, n + report->nnotes + 1, hg_note);
	if (!note)
		return HG_ENOMEM;
	for (size_t i = 0; i < n; i++) {
		bool read = a == d->doc.nnotes || (b < d->said.nnotes && d->said.note[b].span.at < d->doc.note[a].span.at);
		note[i] = read ? d->said.note[b++] : d->doc.note[a++];
	}
	for (size_t i = 0; i < report->nnotes; i++)
		note[n++] = report->note[i];
	report->note = note;
	report->nnotes = n;
	return HG_OK;
}

hg_status hg_document_as_assignment(const hg_document *d, hg_arena *arena, const char **trouble)
{
	return hg_choices_check(&d->source, arena, trouble);
}

hg_status hg_document_report(hg_document *d, const hg_statements *assignment, const hg_document_options *o)
{
	hg_company outside = hg_company_enter();
	hg_status status = hg_judge_document(&d->said, assignment, &o->taken, &o->settings, d->arena, &d->report);
	hg_company_leave(outside);
	HG_TRY(status);
	d->report.title = d->source.path;
	d->report.sha256 = d->source.sha256;
	hg_report_count(&d->report);
	HG_TRY(add_notes(d));
	return hg_arena_failed(d->arena) ? HG_ENOMEM : HG_OK; /* nothing that was left out may look complete */
}

/* ---- for programs of others: handgrad-document.h ---- */

static bool format_of(hg_document_kind kind, hg_format *format)
{
	static const hg_format formats[] = {
	    [HG_DOCUMENT_MARKDOWN] = HG_MARKDOWN, [HG_DOCUMENT_TEX] = HG_TEX,     [HG_DOCUMENT_RST] = HG_RST,
	    [HG_DOCUMENT_NOTEBOOK] = HG_NOTEBOOK, [HG_DOCUMENT_PLAIN] = HG_PLAIN,
	};
	*format = formats[kind];
	return kind != HG_DOCUMENT_BY_NAME;
}

/* Trouble of the document is a report that says so; of the machine, a status. */
static hg_status settle(hg_document *d, hg_status status)
{
	if (status == HG_OK || status == HG_ENOMEM)
		return status;
	d->trouble = d->trouble ? d->trouble : hg_status_text(status);
	d->report = (hg_report){.title = d->source.path, .trouble = d->trouble};
	d->judged = true;
	return HG_OK;
}

hg_status hg_document_read(const char *name, const char *bytes, size_t n, hg_document_kind kind,
                           const hg_document_options *options, hg_document **document)
{
	*document = NULL;
	if (!name || (!bytes && n) || (unsigned)kind > HG_DOCUMENT_PLAIN)
		return HG_EINVAL;
	hg_arena *arena = hg_arena_new();
	hg_document *d = arena ? HG_NEW(arena, hg_document) : NULL;
	const char *title = d ? hg_arena_print(arena, "%s", name) : NULL;
	hg_status status = HG_ENOMEM;
	if (title) {
		hg_format format;
		bool told = format_of(kind, &format);
		d->arena = arena;
		status = hg_source_of_format(title, told ? &format : NULL, (hg_str){bytes, n}, limits_of(options), arena, &d->source, &d->trouble);
		if (status == HG_OK)
			status = read_on(d);
		status = settle(d, status);
	}
	if (status == HG_OK)
		*document = d;
	else
		hg_arena_free(arena);
	return status;
}

hg_status hg_document_judge(hg_document *d, const hg_document *assignment, const hg_document_options *options)
{
	const hg_document_options defaults = hg_document_defaults();
	if (d->trouble)
		return HG_OK;
	if (assignment && assignment->trouble) {
		d->trouble = hg_arena_print(d->arena, "%s", assignment->trouble);
		return settle(d, d->trouble ? HG_EINVAL : HG_ENOMEM);
	}
	hg_status status = assignment ? hg_document_as_assignment(assignment, d->arena, &d->trouble) : HG_OK;
	if (status == HG_OK)
		status = hg_document_report(d, assignment ? &assignment->said : NULL, options ? options : &defaults);
	d->judged = status == HG_OK;
	return settle(d, status);
}

const char *hg_document_trouble(const hg_document *d) { return d->trouble; }

int hg_document_code(const hg_document *d) { return d->judged ? hg_report_exit_code(&d->report) : 3; }

hg_status hg_document_write(const hg_document *d, hg_document_form form, const hg_document_options *options, char **bytes,
                            size_t *n)
{
	hg_status (*const writers[])(const hg_report *const *, size_t, const hg_write_options *, hg_buf *) = {
	    [HG_DOCUMENT_TEXT] = hg_write_text, [HG_DOCUMENT_JSON] = hg_write_json, [HG_DOCUMENT_HTML] = hg_write_html};
	const hg_report *report = &d->report;
	hg_write_options how = {.detail = options ? options->detail : HG_DETAIL_EVIDENCE};
	hg_buf out = {0};
	*bytes = NULL;
	*n = 0;
	if (!d->judged || (unsigned)form > HG_DOCUMENT_HTML)
		return HG_EINVAL;
	hg_status status = writers[form](&report, 1, &how, &out);
	size_t length = out.n;
	hg_buf_char(&out, '\0');
	if (status == HG_OK && out.failed)
		status = HG_ENOMEM;
	if (status != HG_OK) {
		hg_buf_free(&out);
		return status;
	}
	*bytes = out.p;
	*n = length;
	return HG_OK;
}

void hg_document_free(hg_document *d)
{
	if (d)
		hg_arena_free(d->arena);
}
