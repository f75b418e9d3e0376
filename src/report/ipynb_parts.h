/* What the files of the notebook writer share. */
#ifndef HG_REPORT_IPYNB_PARTS_H
#define HG_REPORT_IPYNB_PARTS_H

#include "report/plot.h"
#include "report/report.h"

#include <jansson.h>

typedef struct hg_ipynb {
	json_t *cells;
	const hg_report *report;
	const hg_write_options *options;
	size_t number; /* of the report in the notebook: prefix of the ids */
	hg_pictures pictures;
	bool failed;
} hg_ipynb;

/* Appends a Markdown cell: `id` behind the prefix, the tag of a status ("disagrees") or NULL, attachments or NULL
 * (taken over). */
void hg_ipynb_cell(hg_ipynb *nb, const char *id, const char *tag, hg_str source, json_t *attachments);

/* The student's document, cut where findings follow; each piece is followed by its marks and cards. */
void hg_ipynb_document(hg_ipynb *nb);
void hg_ipynb_card(hg_ipynb *nb, size_t finding);

/* "- ✓ **dJ/dW2** agrees to 11 digits at 34 points" */
void hg_ipynb_line(const hg_finding *finding, hg_buf *out);

#endif
