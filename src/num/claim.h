/* A claimed gradient or Jacobian at a point, with the rounding noise of the claim itself. */
#ifndef HG_NUM_CLAIM_H
#define HG_NUM_CLAIM_H

#include "num/walk.h"

/* What is claimed: a gradient, which is a Jacobian of one row. */
typedef struct hg_claimed {
	const hg_gradient *gradient; /* or ... */
	const hg_jacobian *jacobian; /* ... if not NULL, of `rows` outputs */
	size_t rows;
} hg_claimed;

typedef struct hg_claim {
	hg_claimed of;
	hg_walk *walk;
	size_t n;       /* entries in a row, in the order of a verdict; the arrays below hold row after row */
	double *value;  /* NaN where the claim wrote nothing */
	double *noise;  /* largest change under directed rounding; |value| where that is not finite */
	double *louder; /* the same with four more points, once they were listened to */
	double *beside, *uneven; /* the claim at those; how uneven it runs through them */
	bool listened, *doubted; /* of each row: the louder noise counts */
	gsl_matrix **g;
	double *nearest, *scratch;
} hg_claim;

/* Did the caller say where it is 0? */
static inline bool hg_claim_is_sparse(const hg_claim *claim)
{
	return claim && claim->of.jacobian && claim->of.jacobian->depends;
}

/* Leaves the walk at the point. HG_EFUNC when the claim reports failure. */
hg_status hg_claim_open(hg_claimed of, hg_walk *walk, hg_claim *claim);
void hg_claim_close(hg_claim *claim);

/* Judges the k-th entry of the verdict on one output. Before a claim is called wrong it is probed at points close
 * by. */
void hg_claim_decide(hg_claim *claim, const hg_settings *settings, size_t output, size_t k, hg_entry *entry);

/* What is claimed of the k-th entry where it is x and the others are at the point; false: nothing that is finite. */
bool hg_claim_beside(hg_claim *claim, size_t output, size_t k, double x, double *claimed);

/* The claim where the walk is, into blocks like the point's, or a matrix of rows for each. Entries it leaves unwritten
 * are NaN. */
int hg_claim_read(hg_claimed of, const hg_walk *walk, gsl_matrix **blocks);

/* What a claim is written to: a matrix for each block differentiated by, NULL for the others. */
hg_status hg_blocks_new(const hg_point *at, hg_claimed of, gsl_matrix ***blocks);
void hg_blocks_free(gsl_matrix **blocks, size_t n);

#endif
