/* What the files of the notebook writer share. */
#ifndef HG_REPORT_IPYNB_PARTS_H
#define HG_REPORT_IPYNB_PARTS_H

#include "lang/token.h"
#include "report/page/plot.h"
#include "report/report.h"

#include <jansson.h>

typedef struct hg_ipynb {
	json_t *cells;
	const hg_report *report;
	const hg_write_options *options;
	size_t number; /* of the report in the notebook: prefix of the ids */
	hg_arena *arena;
	hg_budget budget;
	hg_macros macros; /* the document's, and what no notebook knows */
	hg_pictures pictures;
	bool failed;
} hg_ipynb;

/* Appends a Markdown cell: `id` behind the prefix, the tag of a status ("disagrees") or NULL, attachments or NULL
 * (taken over). */
void hg_ipynb_cell(hg_ipynb *nb, const char *id, const char *tag, hg_str source, json_t *attachments);

/* The same as a code cell: hers, never run here. */
void hg_ipynb_code(hg_ipynb *nb, const char *id, hg_str source);

/* LaTeX as a notebook shows it: macros expanded, nothing that Markdown takes for HTML or a picture. */
void hg_ipynb_latex(hg_ipynb *nb, hg_str latex, hg_buf *out);

/* The student's document, cut where findings follow; each piece is followed by its marks and cards. */
void hg_ipynb_document(hg_ipynb *nb);
void hg_ipynb_card(hg_ipynb *nb, size_t finding);

/* "- ✗ `dJ/dW2` the mean over the samples is missing" */
void hg_ipynb_line(const hg_ipynb *nb, const hg_finding *finding, hg_buf *out);

#endif
