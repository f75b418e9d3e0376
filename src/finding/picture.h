/* Numbers for pictures: entries side by side, and the difference quotient against its step. */
#ifndef HG_FINDING_PICTURE_H
#define HG_FINDING_PICTURE_H

#include "finding/finding.h"

/* Fills evidence->grid with the block of the verdict's worst entry, and evidence->curve with |claim - central
 * difference| at that entry for steps from 0.1 down to 1e-12 of its size, with the certified bound beside it. The
 * point is changed on the way and as it was afterwards. Where the function fails at a step, the step is left out.
 * About 50 evaluations. */
hg_status hg_picture_fill(const hg_function *f, const hg_verdict *verdict, const hg_point *at, hg_arena *arena,
                          hg_evidence *evidence);

/* The curve alone, at one entry. *curve stays as it is where there is nothing to draw. */
hg_status hg_picture_curve(const hg_function *f, const hg_entry *entry, const hg_point *at, hg_arena *arena,
                           const hg_curve **curve);

#endif
