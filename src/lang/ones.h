/* Vectors of ones: A 1 adds the columns of A, 1^T A its rows; b 1^T and 1 b^T set b beside itself. */
#ifndef HG_LANG_ONES_H
#define HG_LANG_ONES_H

#include "lang/expr.h"

/* Reads the vectors of ones in a product: bold, blackboard, with an arrow or a size below (1_m). A sum over the axis that
 * numpy calls 1 or 0, its other axis kept, stands for them. False: out of memory. */
bool hg_ones_take(hg_expr *product, hg_arena *arena);

#endif
