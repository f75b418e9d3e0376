/* The differential of an expression: d(X Y) = (dX) Y + X dY, d tr(A X) = tr(A dX). */
#ifndef HG_LANG_DIFFERENTIAL_H
#define HG_LANG_DIFFERENTIAL_H

#include "lang/statement.h"

/* A d in front of a left side is an operator where the right side has the differential of something in it: a derivative by no
 * variable stands for it then. False: out of memory. */
bool hg_differentials_take(hg_statements *said, hg_arena *arena);

#endif
