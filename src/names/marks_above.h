/* What stands above letters as a mark, a layer or a step, where it might be read as a power. */
#ifndef HG_NAMES_MARKS_ABOVE_H
#define HG_NAMES_MARKS_ABOVE_H

#include "lang/statement.h"

/* The statements with marks for powers where what is defined carries such, z^1 = ..., s^l = ...: what is defined is no power. As
 * they are (also NULL) where nothing does. */
const hg_statements *hg_marks_above(const hg_statements *said, hg_arena *arena);

#endif
