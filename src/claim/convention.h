/* What dZ stands for in lines about all samples, where J is a mean over m: m times dJ/dZ, as courses write it, or dJ/dZ
 * itself. A document has one meaning, and its wrong lines must not choose it. */
#ifndef HG_CLAIM_CONVENTION_H
#define HG_CLAIM_CONVENTION_H

#include "claim/judging.h"

typedef enum hg_convention {
	HG_DZ_NOTHING, /* no line tells the two apart */
	HG_DZ_SUM,     /* dZ = m dJ/dZ, dW = dZ A^T / m */
	HG_DZ_MEAN,    /* dZ = dJ/dZ, dW = dZ A^T */
	HG_DZ_OPEN,    /* judged as SUM; a line that is right for MEAN is open */
} hg_convention;

enum { HG_MAX_MEANT = 48 };

/* The lines that are right for one meaning and wrong for the other, each left side once. */
typedef struct hg_meant {
	size_t n, roots_sum, roots_mean; /* roots: dZ = A - Y, from nothing that is a gradient itself */
	struct {
		const hg_expr *left;
		bool sum, mean;
	} at[HG_MAX_MEANT];
} hg_meant;

/* Does the claim agree under the other meaning than `reading` had? HG_OK also where the question does not arise. */
hg_status hg_convention_other(const hg_claim *claim, const hg_reading *reading, hg_arena *scratch, bool *agrees);
/* Notes a claim that agrees under `reading`. */
hg_status hg_convention_note(hg_meant *meant, const hg_claim *claim, const hg_reading *reading, hg_arena *scratch);
/* The same of dJ/dZ in lines about all samples: to the letter, or for m dJ/dZ, as courses write dZ. */
hg_status hg_convention_note_derivatives(hg_meant *meant, const hg_claim *claim, const hg_outcome_of_side *o, hg_arena *scratch);
hg_status hg_convention_other_derivatives(const hg_claim *claim, hg_arena *scratch, bool *agrees);

/* Formulas may mean one thing and the code beside them another; where one of them does not tell, it means what the other
 * does. */
typedef struct hg_conventions {
	hg_convention of[2]; /* formulas, code */
	hg_convention derivatives; /* dJ/dZ: SUM, for m dJ/dZ; MEAN, to the letter; OPEN, in some lines SUM */
} hg_conventions;

/* `divides`: results of the document carry 1/m. */
hg_conventions hg_conventions_of(const hg_meant names[2], const hg_meant *derivatives, bool divides);
void hg_convention_set(hg_doc_model *model, const hg_conventions *conventions, bool code);

#endif
