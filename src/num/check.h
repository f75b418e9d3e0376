/* What the checks of gradients and of Jacobians share. */
#ifndef HG_NUM_CHECK_H
#define HG_NUM_CHECK_H

#include "handgrad.h"

/* A verdict with an entry, not yet judged, for each that the point is differentiated by. */
hg_status hg_verdict_new(const hg_point *at, hg_verdict **verdict);

#endif
