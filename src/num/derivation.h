/* Points of a derivation, and which of its stages they serve. */
#ifndef HG_NUM_DERIVATION_H
#define HG_NUM_DERIVATION_H

#include "handgrad.h"

/* Is `word` one of the words of a list separated by spaces? */
bool hg_list_has(const char *list, const char *word);

/* Marks the blocks a stage is differentiated by; false where the point is not meant for it. */
bool hg_point_serves(hg_point *point, const hg_stage *stage);

/* Draws all of->npoints points from the seed. Those drawn are to be cleared, also after an error. */
hg_status hg_derivation_points(const hg_derivation *of, unsigned long seed, hg_point *point);

#endif
