/* What a claim did at all its points, put together: evidence, the slip, the pictures. */
#ifndef HG_DERIVE_DERIVE_EVIDENCE_H
#define HG_DERIVE_DERIVE_EVIDENCE_H

#include "finding/finding.h"

/* A claim judged at one point. By convention the first block has a column for each sample, the last one a row
 * for each output. */
typedef struct hg_trial {
	const hg_point *at;
	hg_verdict *verdict;
} hg_trial;

typedef struct hg_trials {
	const hg_derivation *of;
	const hg_stage *stage;
	const hg_gradient *claim; /* of the stage, or another one in its place */
	size_t n;
	hg_trial *trial;
} hg_trials;

/* The status of the finding, its evidence, and where it is not right the slip that explains it, the pattern,
 * what following it would do, and the pictures. The finding's names are the caller's. */
hg_status hg_finding_of(const hg_trials *trials, hg_arena *arena, hg_finding *finding);

/* The slips whose undoing makes the claim right: the twin it is equal to at every point, then what the
 * numbers alone tell. Also fills ratio and pattern of the evidence. */
hg_status hg_diagnose_trials(const hg_trials *trials, hg_arena *arena, hg_finding *finding);

/* What a step against the claim does to the function where it is shown: a sentence, or NULL where there is no
 * value. */
hg_status hg_meaning_of(const hg_trials *trials, const hg_trial *shown, hg_arena *arena,
                        const char **meaning);

#endif
