/* Verdicts that stand only where another reading of the document does not speak against them. */
#ifndef HG_VERDICT_WEIGH_H
#define HG_VERDICT_WEIGH_H

#include "finding/finding.h"

/* Leaves open in `report` what `other`, the same document read under another hypothesis, says otherwise, and takes what
 * agrees there alone. Accusing needs both. */
void hg_report_weigh(hg_report *report, const hg_report *other);

/* The finding of another run on the same side; NULL: there is none. */
const hg_finding *hg_report_same(const hg_report *report, const hg_finding *finding);

#endif
