/* A claim held against the function's rise along a path between two of its points, which sees a branch taken
 * at the wrong place where no point does. */
#ifndef HG_DERIVE_DERIVE_PATH_H
#define HG_DERIVE_DERIVE_PATH_H

#include "derive/derive_evidence.h"

/* The path from the first point on to the values of the next point of the same shapes, along the blocks the
 * claim is differentiated by. Only a disagreement changes the finding. */
hg_status hg_judge_path(const hg_trials *trials, const hg_settings *settings, hg_arena *arena,
                        hg_finding *finding);

#endif
