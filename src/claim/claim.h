/* A claim, bound: one side of a statement as a value in numbers, beside what it should be. It can be asked again
 * with another tree in its place, which is all the diagnosis needs: the derivatives are kept, an answer is cheap. */
#ifndef HG_CLAIM_CLAIM_H
#define HG_CLAIM_CLAIM_H

#include "finding/finding.h"
#include "model/role.h"

/* A name the document uses. Axes are numbered, 0 is "one": two names share an axis if the numbers are equal. */
typedef struct hg_claim_name {
	const hg_expr *spelled; /* a tree that may be copied into an edited claim, in the spelling that fits the claim */
	hg_role role;
	int layer;              /* 0 is the input; -1: none. An activation and its pre-activation share the layer */
	unsigned rows, cols;    /* axes */
	bool batch;             /* spelled for all samples at once (Z), not for one (z) */
	const hg_expr *slope;   /* of a pre-activation: the derivative of its activation there, as a tree; else NULL */
} hg_claim_name;

typedef enum hg_sort { HG_SORT_DERIVATIVE, HG_SORT_EQUALITY, HG_SORT_ARITHMETIC } hg_sort;

typedef struct hg_claim {
	const char *id;         /* of the finding */
	hg_sort sort;
	const hg_expr *left;    /* what it is judged against: a derivative, a gradient's name, any expression */
	const hg_expr *right;   /* the side judged; of an update the gradient inside, rate and sign taken off */
	const hg_expr *target, *variable; /* of the derivative claimed; NULL unless sort is HG_SORT_DERIVATIVE */
	const hg_expr *before;  /* the side before it in the chain, if it is not `left`; NULL */
	bool struck;            /* something in it is struck out */
	bool batch;             /* read for all samples at once */
	bool per_sample_name;   /* the document writes per-sample quantities in names of their own (z beside Z) */
	size_t nnames;
	const hg_claim_name *name; /* all names of the model, those of the claim's own view first */
	void *binding;          /* the judge's own */
} hg_claim;

typedef enum hg_answer {
	HG_ANSWER_AGREES,   /* in every world, as written */
	HG_ANSWER_NOTATION, /* in every world, under a named convention */
	HG_ANSWER_DIFFERS,  /* understood, and different in some world */
	HG_ANSWER_UNREAD,   /* shapes do not fit, a name is not bound, not finite: no value */
} hg_answer;

/* Judges `edited` in place of claim->right. NULL: the claim itself. Scratch is released before it returns. */
hg_status hg_claim_try(const hg_claim *claim, const hg_expr *edited, hg_arena *scratch, hg_answer *answer);

/* The same right side under another left side; a sort other than HG_SORT_DERIVATIVE: no derivative is claimed by it. */
hg_status hg_claim_under(const hg_claim *claim, const hg_expr *left, hg_arena *arena, hg_claim *other);

/* The numbers of one world side by side, for patterns: claimed and numerical (grid->claimed is NULL where `edited`
 * has no value of the right shape). Worlds are counted from 0; *nworlds says how many there are. */
hg_status hg_claim_grid(const hg_claim *claim, const hg_expr *edited, size_t world, hg_arena *arena, hg_grid *grid,
                        size_t *nworlds);

#endif
