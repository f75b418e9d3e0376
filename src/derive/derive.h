/* Derivations written as C modules, judged: every stage at all its points, one finding for each. */
#ifndef HG_DERIVE_DERIVE_H
#define HG_DERIVE_DERIVE_H

#include "finding/finding.h"

/* All of them, in the order of derivations/meson.build. */
extern const hg_derivation *const hg_derivations[];
extern const size_t hg_nderivations;

const hg_derivation *hg_derivation_find(hg_str name); /* NULL: no such derivation */

/* Judges every stage's claim at all points, plants the twins for the score of the points, and names the slip
 * of a claim that is wrong. The report's findings stand in the order of the stages; with settings NULL the
 * defaults. */
hg_status hg_derive(const hg_derivation *derivation, const hg_settings *settings, hg_arena *arena,
                    hg_report *report);

/* The same with the k-th twin claimed in place of its stage's gradient; the report holds that one stage. */
hg_status hg_derive_twin(const hg_derivation *derivation, size_t k, const hg_settings *settings,
                         hg_arena *arena, hg_report *report);

#endif
