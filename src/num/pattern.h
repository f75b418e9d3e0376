/* What the wrong entries of a verdict have in common. */
#ifndef HG_NUM_PATTERN_H
#define HG_NUM_PATTERN_H

#include "base/buf.h"
#include "handgrad.h"

/* claimed / numerical where it is the same at every wrong entry within the bounds; NaN otherwise. */
double hg_pattern_ratio(const hg_verdict *verdict);

/* A clause: "every entry is 2 times the numerical one", "row 2 only"; nothing is added where there is no pattern. */
void hg_pattern_write(const hg_verdict *verdict, const hg_point *at, hg_buf *out);

/* "W1[2,3]": rows and columns counted from 1, as on paper; the name alone for a block of one entry. */
void hg_entry_name_write(const hg_point *at, const hg_entry *entry, hg_buf *out);

#endif
