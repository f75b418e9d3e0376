/* A flat piece: the bottom of a kink, or a step of a staircase? */
#ifndef HG_NUM_STAIR_H
#define HG_NUM_STAIR_H

#include "num/fit.h"

/* The function is f0 at x and around it, to one side or both as far as `step`: does it go on in steps? Its edges are
 * bisected for. */
bool hg_line_on_staircase(const hg_line *line, hg_side side, double f0, double step);

#endif
