/* Numbers above letters that count steps of a recurrence. */
#ifndef HG_NAMES_STEPS_H
#define HG_NAMES_STEPS_H

#include "lang/statement.h"

/* h^{(2)} = f(W h^{(1)} + U x^{(2)}): the mark goes from step to step, and the weights carry none, so it is neither a layer's nor a sample's.
 * The statements with such marks below their letters, where a number is part of the name; `said` itself where there are none, or no memory. */
const hg_statements *hg_steps_below(const hg_statements *said, hg_arena *arena);

#endif
