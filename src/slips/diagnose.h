/* Diagnosis: the judge asked again, with each slip of the catalogue undone. A slip explains a mistake if and only if its
 * repair makes the claim agree in every world; nothing else is ever named. */
#ifndef HG_SLIPS_DIAGNOSE_H
#define HG_SLIPS_DIAGNOSE_H

#include "claim/claim.h"

typedef struct hg_diagnosis {
	size_t nslips;
	const hg_slip_found *slip; /* the smallest edit first, then by the order of the table; 0: no name for it */
	const char *pattern;       /* which entries are wrong, and how; NULL: nothing simple */
	double ratio;              /* yours / numerical where it is one number everywhere; NaN */
	size_t tried;              /* repaired claims that were judged */
} hg_diagnosis;

/* Counted, so that the answer does not depend on the machine: how many repaired claims may be judged. */
enum { HG_MAX_SINGLES = 1200, HG_MAX_PAIRS = 400, HG_MAX_FOUND = 8 };

/* For a claim that disagrees; for one that agrees it finds nothing. `others` are the document's claims (the claim itself
 * may be among them): one of them may have the left side that belongs to this right one. `source` decides the notation
 * the repaired formula is written in (NULL: LaTeX); scratch is given back. */
hg_status hg_diagnose(const hg_claim *claim, const hg_claim *const *others, size_t nothers, const hg_source *source,
                      hg_arena *scratch, hg_arena *arena, hg_diagnosis *found);

#endif
