/* A document on its walk from bytes to a report, as the command, the language server and programs of others take it. */
#ifndef HG_DOCUMENT_DOCUMENT_H
#define HG_DOCUMENT_DOCUMENT_H

#include "handgrad-document.h"
#include "model/choice.h"
#include "report/report.h"

struct hg_document_options {
	hg_settings settings;
	hg_choices taken; /* where documents leave something open */
	bool has_limits;
	hg_budget limits; /* if it has: what a document may cost */
	hg_detail detail;
	char wanted[512]; /* by the option that was refused last */
};

/* Each stage sees only what the one before it made. */
struct hg_document {
	hg_arena *arena;
	hg_source source;
	hg_doc doc;
	hg_statements said;
	hg_report report;
	const char *trouble;
	bool judged;
};

hg_document_options hg_document_defaults(void);

/* A document in an arena, read from a file, "-" for standard input. HG_OK, or why not; then *trouble is one sentence or NULL. */
hg_status hg_document_open(const char *path, const hg_document_options *options, hg_arena *arena, hg_document **document,
                           const char **trouble);

/* HG_EINVAL, and *trouble says where: the comments of an assignment take what there is not. */
hg_status hg_document_as_assignment(const hg_document *document, hg_arena *arena, const char **trouble);

/* Fills document->report. */
hg_status hg_document_report(hg_document *document, const hg_statements *assignment, const hg_document_options *options);

#endif
