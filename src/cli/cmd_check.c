/* handgrad check FILE...: derivations as people wrote them. */
#include "names/customs.h"
#include "cli/command.h"
#include "cli/complain.h"
#include "cli/print.h"
#include "cli/run.h"
#include "verdict/judge.h"
#include "report/safe.h"

static hg_status check_document(const char *path, const hg_statements *assignment, const hg_options *o, hg_arena *arena,
                                hg_report *report, const char **trouble)
{
	hg_document *d;
	HG_TRY(hg_document_open(path, &o->document, arena, &d, trouble));
	HG_TRY(hg_document_report(d, assignment, &o->document));
	*report = d->report;
	return HG_OK;
}

static hg_status dump_report(const hg_document *d, const hg_options *o, hg_arena *arena, hg_buf *out)
{
	hg_report report = {0};
	HG_TRY(hg_judge_document(&d->said, NULL, &o->document.taken, &o->document.settings, arena, &report));
	if (o->dump == HG_DUMP_MODEL)
		hg_model_dump(&report, out);
	else
		hg_problems_dump(&report, out);
	return HG_OK;
}

/* The document as one of the stages sees it. */
static hg_status dump_stage(const hg_document *d, const hg_options *o, hg_arena *arena, hg_buf *out)
{
	switch (o->dump) {
	case HG_DUMP_TOKENS:
		return hg_tokens_dump(&d->doc, arena, out);
	case HG_DUMP_TREE:
		hg_statements_dump(&d->said, out);
		return HG_OK;
	case HG_DUMP_NAMES:
		return hg_names_dump(&d->said, arena, out);
	case HG_DUMP_READINGS:
		return hg_readings_dump(&d->said, &o->document.taken, &o->document.settings, arena, out);
	case HG_DUMP_MODEL:
	case HG_DUMP_PROBLEMS:
		return dump_report(d, o, arena, out);
	default:
		hg_doc_dump(&d->doc, out);
		return HG_OK;
	}
}

static hg_status dump_document(const char *path, const hg_options *o, hg_arena *arena, const char **trouble)
{
	hg_buf shown = {0}, safe = {0};
	hg_document *d;
	hg_status status = hg_document_open(path, &o->document, arena, &d, trouble);
	if (status == HG_OK)
		status = dump_stage(d, o, arena, &shown);
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
	hg_document *d;
	hg_status status = arena ? hg_document_open(o->assignment, &o->document, arena, &d, &trouble) : HG_ENOMEM;
	int code = 3;
	if (status == HG_OK)
		status = hg_document_as_assignment(d, arena, &trouble);
	if (status == HG_OK)
		code = check_all(&d->said, o);
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
