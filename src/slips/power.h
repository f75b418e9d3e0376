/* The power of a test: what its points could never see. */
#ifndef HG_SLIPS_POWER_H
#define HG_SLIPS_POWER_H

#include "claim/claim.h"

/* Adds a warning for everything that is true of all the points and hides a slip: m = 1, weights of one, no weights,
 * equal sizes, saturated units ... Blocks are known by their letters: W, b, X, Y, Z, A, T, with samples as columns.
 * A warning begins with the code of its page: "one-sample: m = 1 hides a missing 1/m ...". */
hg_status hg_power_of_points(const hg_point *point, size_t npoints, hg_arena *arena, hg_power *power);

/* Commits slips in a formula that agrees, one of each kind that must change its value, and counts those refused. What is
 * not refused is named among the blind spots: "missing-mean in dJ/dW2". */
hg_status hg_power_of_claim(const hg_claim *claim, const char *of, hg_arena *scratch, hg_arena *arena, hg_power *power);

hg_status hg_power_warn(hg_power *power, const char *text, hg_arena *arena); /* NULL: out of memory */

#endif
