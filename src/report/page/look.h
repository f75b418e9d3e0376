/* How a finding looks in the reports with pictures: the same mark and the same choice of what is explained. */
#ifndef HG_REPORT_LOOK_H
#define HG_REPORT_LOOK_H

#include "finding/finding.h"

typedef struct hg_look {
	const char *symbol, *class, *words; /* "✓", "good", "agrees" */
} hg_look;

hg_look hg_look_of(hg_finding_status status);

/* Does it get a card of its own, beside its mark? */
bool hg_wants_card(const hg_finding *finding);

#endif
