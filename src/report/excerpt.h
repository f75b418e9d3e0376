/* The reader's own lines with a mark under the part that is meant. */
#ifndef HG_REPORT_EXCERPT_H
#define HG_REPORT_EXCERPT_H

#include "report/report.h"
#include "report/style.h"

typedef struct hg_excerpt {
	const hg_source *source;
	hg_span span;      /* what is underlined; a span over several lines is underlined on each */
	const char *id;    /* of the finding, beside the place; NULL: none */
	const char *label; /* stands behind the mark; NULL: none */
	hg_role role;
} hg_excerpt;

/* "  --> hw3.md:41:21" and the lines, in at most options->columns cells: long lines show the part around the mark. */
void hg_excerpt_write(const hg_excerpt *excerpt, const hg_write_options *options, hg_buf *out);

size_t hg_excerpt_margin(const hg_source *source, hg_span span); /* the column of the bar */

/* "hw3.md:41:21", in a notebook "hw3.ipynb, cell 4, line 2, column 7". */
void hg_place_write(const hg_source *source, size_t at, hg_buf *out);

size_t hg_columns(const hg_write_options *options); /* the width to keep to */

#endif
