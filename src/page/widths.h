/* How many cells of a screen a character takes, by a table of runs that widths_gen.c makes of utf8proc's. */
#ifndef HG_PAGE_WIDTHS_H
#define HG_PAGE_WIDTHS_H

#include <stddef.h>

typedef struct hg_width_run {
	int from, width; /* the first character of the run, which reaches to the next one's */
} hg_width_run;

extern const hg_width_run hg_width_runs[]; /* by `from`, the first of 0 */
extern const size_t hg_nwidth_runs;

#endif
