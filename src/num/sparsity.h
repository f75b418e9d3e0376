/* What the caller says of a Jacobian's zeros, and which entries may be moved at once because of it. */
#ifndef HG_NUM_SPARSITY_H
#define HG_NUM_SPARSITY_H

#include "num/claim.h"

typedef struct hg_sparsity {
	size_t nentries;
	bool *said;            /* output by output: it does not depend on the entry, and 0 is claimed there; NULL: none said */
	size_t *order, *first; /* the entries, group after group; where each group begins, and the end */
	size_t ngroups;
} hg_sparsity;

/* No output depends on two entries of a group (Curtis, Powell and Reid, On the estimation of sparse Jacobian matrices,
 * 1974). Nothing said, or nothing claimed: groups of one. */
hg_status hg_sparsity_open(const hg_claim *claim, const hg_verdict *verdict, hg_sparsity *sparsity);
void hg_sparsity_close(hg_sparsity *sparsity); /* also after an error */

static inline bool hg_sparsity_says_zero(const hg_sparsity *s, size_t output, size_t k)
{
	return s->said && s->said[output * s->nentries + k];
}

#endif
