/* The numerical engine's inside, for the layers above: the public types and what is not public. */
#ifndef HG_NUM_NUM_H
#define HG_NUM_NUM_H

#include "handgrad.h"

#endif
