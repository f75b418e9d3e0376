/* The pages of `handgrad explain`: one on each slip, status, reason of numbers or of words, convention and note. */
#ifndef HG_SLIPS_EXPLAIN_H
#define HG_SLIPS_EXPLAIN_H

#include "base/buf.h"
#include "base/status.h"

typedef struct hg_page {
	hg_str code;  /* "missing-mean" */
	hg_str title; /* of a slip or a reason in words it is in the table; empty here */
	hg_str body;
} hg_page;

/* Walks over all pages in their order: begins with a zeroed page; false: that was the last. */
bool hg_page_next(hg_page *page);

/* Writes the page on a code. HG_EINVAL: there is none, and *out says so in one sentence with the nearest code. */
hg_status hg_explain(hg_str code, hg_buf *out);

#endif
