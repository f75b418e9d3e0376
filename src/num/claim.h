/* A claimed gradient at a point, with the rounding noise of the claim itself. */
#ifndef HG_NUM_CLAIM_H
#define HG_NUM_CLAIM_H

#include "num/walk.h"

typedef struct hg_claim {
	const hg_gradient *gradient;
	hg_walk *walk;
	size_t n;
	double *value; /* entry by entry in the order of a verdict; NaN where the claim wrote nothing */
	double *noise; /* largest change under directed rounding; |value| where that is not finite */
	bool doubted;  /* the noise was asked for at four more points */
	gsl_matrix **g;
	double *nearest, *scratch;
} hg_claim;

/* Leaves the walk at the point. HG_EFUNC when the claim reports failure. */
hg_status hg_claim_open(const hg_gradient *g, hg_walk *walk, hg_claim *claim);
void hg_claim_close(hg_claim *claim);

/* Judges the k-th entry of a verdict. Before a claim is called wrong by little it is probed at points close by. */
void hg_claim_decide(hg_claim *claim, const hg_settings *settings, size_t k, hg_entry *entry);

/* The claim where the walk is, into blocks like the point's. Entries it leaves unwritten are NaN. */
int hg_claim_read(const hg_gradient *g, const hg_walk *walk, gsl_matrix **blocks);

/* A matrix like each block differentiated by, NULL for the others. */
hg_status hg_blocks_new(const hg_point *at, gsl_matrix ***blocks);
void hg_blocks_free(gsl_matrix **blocks, size_t n);

#endif
