/* A claim in one world, judged by the engine. */
#ifndef HG_CLAIM_CERTIFY_H
#define HG_CLAIM_CERTIFY_H

#include "claim/reading.h"

typedef struct hg_certificate {
	hg_arena *pictures; /* in: where a curve is kept if the claim does not agree; NULL: none is wanted */
	const hg_curve *curve;
	bool done;  /* there is a scalar function and a gradient of the shape of its variable */
	hg_outcome outcome;
	hg_entry worst;
	double resolution, max_abs, max_rel;
	unsigned long evaluations;
} hg_certificate;

/* The engine of one document: a claim that is the same to the last bit, under other letters or with another choice, has its
 * certificate already. */
typedef struct hg_certifier {
	const hg_settings *settings;
	hg_arena *arena;           /* what is known stays here */
	struct hg_certified *known;
} hg_certifier;

/* While the tape still holds what was tried. The tape's values are as before when it returns. */
hg_status hg_certify(hg_world *world, const hg_try *tried, hg_certifier *certifier, hg_arena *scratch, hg_certificate *certificate);

#endif
