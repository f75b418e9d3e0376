/* All entries of all outputs in one sweep: what is asked of the function at a place serves every output. */
#ifndef HG_NUM_SWEEP_H
#define HG_NUM_SWEEP_H

#include "num/claim.h"

/* Differentiates every entry of the verdicts, one for each output of the walk, against the claim if there is one, and
 * judges it. Each verdict is that of a check of its output alone. */
hg_status hg_sweep_run(hg_walk *walk, const hg_settings *settings, hg_claim *claim, hg_verdict *const verdict[]);

#endif
