/* The numerical engine's inside, for the layers above: the public types and what is not public. */
#ifndef HG_NUM_NUM_H
#define HG_NUM_NUM_H

#include "handgrad.h"

/* What to do about an entry that was not decided, or is wrong at a special point; NULL: nothing in particular. */
const char *hg_advice_text(hg_reason reason, hg_class class);

#endif
