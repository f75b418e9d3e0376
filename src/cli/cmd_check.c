/* handgrad check FILE...: derivations as people wrote them. */
#include "names/customs.h"
#include "cli/command.h"
#include "cli/complain.h"
#include "cli/print.h"
#include "cli/run.h"
#include "verdict/judge.h"
#include "report/safe.h"

/* A document on its walk from bytes to statements; each stage sees only what the one before it made. */
typedef struct walk {
	hg_source source;
	hg_doc doc;
	hg_statements said;
} walk;

static hg_status read_document(const char *path, const hg_options *o, hg_arena *arena, walk *w, const char **trouble)
{
	HG_TRY(hg_source_read(path, o->has_limits ? &o->limits : NULL, arena, &w->source, trouble));
	HG_TRY(hg_doc_scan(&w->source, arena, &w->doc));
	HG_TRY(hg_parse(&w->doc, arena, &w->said));
	return HG_OK;
}

/* What the scanner and the reader had to say, in the order of the source; then the judge. */
static hg_status add_notes(const walk *w, hg_arena *arena, hg_report *report)
{
	size_t a = 0, b = 0, n = w->doc.nnotes + w->said.nnotes;
	hg_note *note = HG_NEWS(arena, n + report->nnotes + 1, hg_note);
	if (!note)
		return HG_ENOMEM;
	for (size_t i = 0; i < n; i++) {
		bool read = a == w->doc.nnotes || (b < w->said.nnotes && w->said.note[b].span.at < w->doc.note[a].span.at);
		note[i] = read ? w->said.note[b++] : w->doc.note[a++];
	}
	for (size_t i = 0; i < report->nnotes; i++)
		note[n++] = report->note[i];
	report->note = note;
	report->nnotes = n;
	return HG_OK;
}

static hg_status check_document(const char *path, const hg_statements *assignment, const hg_options *o, hg_arena *arena,
                                hg_report *report, const char **trouble)
{
	walk *w = HG_NEW(arena, walk);
	if (!w)
		return HG_ENOMEM;
	HG_TRY(read_document(path, o, arena, w, trouble));
	HG_TRY(hg_judge_document(&w->said, assignment, &o->taken, &o->settings, arena, report));
	report->title = path;
	report->sha256 = w->source.sha256;
	hg_report_count(report);
	HG_TRY(add_notes(w, arena, report));
	return hg_arena_failed(arena) ? HG_ENOMEM : HG_OK; /* nothing that was left out may look complete */
}

static hg_status dump_report(const walk *w, const hg_options *o, hg_arena *arena, hg_buf *out)
{
	hg_report report = {0};
	HG_TRY(hg_judge_document(&w->said, NULL, &o->taken, &o->settings, arena, &report));
	if (o->dump == HG_DUMP_MODEL)
		hg_model_dump(&report, out);
	else
		hg_problems_dump(&report, out);
	return HG_OK;
}

/* The document as one of the stages sees it. */
static hg_status dump_stage(const walk *w, const hg_options *o, hg_arena *arena, hg_buf *out)
{
	switch (o->dump) {
	case HG_DUMP_TOKENS:
		return hg_tokens_dump(&w->doc, arena, out);
	case HG_DUMP_TREE:
		hg_statements_dump(&w->said, out);
		return HG_OK;
	case HG_DUMP_NAMES:
		return hg_names_dump(&w->said, arena, out);
	case HG_DUMP_READINGS:
		return hg_readings_dump(&w->said, &o->taken, &o->settings, arena, out);
	case HG_DUMP_MODEL:
	case HG_DUMP_PROBLEMS:
		return dump_report(w, o, arena, out);
	default:
		hg_doc_dump(&w->doc, out);
		return HG_OK;
	}
}

static hg_status dump_document(const char *path, const hg_options *o, hg_arena *arena, const char **trouble)
{
	hg_buf shown = {0}, safe = {0};
	walk *w = HG_NEW(arena, walk);
	hg_status status = w ? read_document(path, o, arena, w, trouble) : HG_ENOMEM;
	if (status == HG_OK)
		status = dump_stage(w, o, arena, &shown);
	hg_safe(hg_buf_slice(&shown), HG_SAFE_LINES, &safe);
	if (status == HG_OK && (shown.failed || safe.failed))
		status = HG_ENOMEM;
	if (status == HG_OK)
		hg_print(hg_buf_slice(&safe));
	hg_buf_free(&shown);
	hg_buf_free(&safe);
	return status;
}

/* 0, or 3 when something could not be read. */
static int dump_all(const hg_options *o)
{
	int code = 0;
	for (size_t i = 0; i < o->nargs; i++) {
		const char *trouble = NULL;
		hg_arena *arena = hg_arena_new();
		hg_status status = arena ? dump_document(o->args[i], o, arena, &trouble) : HG_ENOMEM;
		if (status != HG_OK) {
			hg_run_complain(o->args[i], trouble, status);
			code = 3;
		}
		hg_arena_free(arena);
	}
	return code;
}

static int check_all(const hg_statements *assignment, const hg_options *o)
{
	hg_run run;
	if (!hg_run_new(o->nargs, &run))
		return 3;
	for (size_t i = 0; i < o->nargs; i++) {
		const char *trouble = NULL;
		hg_status status = check_document(o->args[i], assignment, o, run.arena[i], &run.report[i], &trouble);
		if (status != HG_OK)
			hg_run_trouble(&run, i, o->args[i], trouble, status);
	}
	return hg_run_end(&run, o);
}

static int check_by_assignment(const hg_options *o)
{
	const char *trouble = NULL;
	hg_arena *arena = hg_arena_new();
	walk *w = arena ? HG_NEW(arena, walk) : NULL;
	hg_status status = w ? read_document(o->assignment, o, arena, w, &trouble) : HG_ENOMEM;
	int code = 3;
	if (status == HG_OK)
		status = hg_choices_check(&w->source, arena, &trouble);
	if (status == HG_OK)
		code = check_all(&w->said, o);
	else
		hg_run_complain(o->assignment, trouble, status);
	hg_arena_free(arena);
	return code;
}

int hg_cmd_check(const hg_options *o)
{
	if (o->nargs == 0) {
		hg_complain("check which file? a .md, .tex, .ipynb or .txt");
		return 3;
	}
	if (o->dump)
		return dump_all(o);
	return o->assignment ? check_by_assignment(o) : check_all(NULL, o);
}
