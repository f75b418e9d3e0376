/* From cheap to dear: every entry is judged with as few evaluations as its claim needs. */
#ifndef HG_NUM_CASCADE_H
#define HG_NUM_CASCADE_H

#include "num/claim.h"

/* Differentiates every entry of the verdict, against the claim if there is one, and judges it. */
hg_status hg_cascade_run(hg_walk *walk, const hg_settings *settings, hg_claim *claim, hg_verdict *verdict);

#endif
