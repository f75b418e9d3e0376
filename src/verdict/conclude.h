/* Inside the end of a run: what is decided when everything has been read. */
#ifndef HG_VERDICT_CONCLUDE_H
#define HG_VERDICT_CONCLUDE_H

#include "verdict/session.h"

bool hg_judged_of_any_loss(const hg_judged *j); /* any_loss.c: right or wrong whatever the loss is */

#endif
