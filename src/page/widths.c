#include "page/widths.h"

#include <utf8proc.h>

/* In the place of utf8proc's, whose sources are compiled for the page with this function under another name. */
int utf8proc_charwidth(utf8proc_int32_t c)
{
	size_t low = 0, high = hg_nwidth_runs; /* the run of c is in [low, high) */
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (hg_width_runs[middle].from <= c)
			low = middle;
		else
			high = middle;
	}
	return hg_width_runs[c < 0 ? hg_nwidth_runs - 1 : low].width; /* what is no character takes what lies behind the last one */
}
