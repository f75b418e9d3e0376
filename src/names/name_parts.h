/* Inside the reading of names: what names.c and name_base.c share. */
#ifndef HG_NAMES_NAME_PARTS_H
#define HG_NAMES_NAME_PARTS_H

#include "names/names.h"

/* Is its capital the same quantity for all samples? L, J, C, E, D, K, M, N, F, G, I are others than l, j ... */
bool hg_letter_folds(char c);

const hg_expr *hg_name_number(hg_arena *arena, hg_str digits); /* the digits of W1, z_21 as a node; NULL: no memory */
void hg_name_read_base(const hg_expr *e, const hg_habits *habits, hg_arena *arena, hg_ref *ref); /* name_base.c */

#endif
