/* From cheap to dear: an entry of one output is judged with as few evaluations as its claim needs. */
#ifndef HG_NUM_CASCADE_H
#define HG_NUM_CASCADE_H

#include "num/claim.h"
#include "num/screen.h"
#include "num/stencil.h"

enum { HG_FEW = 3 }; /* ways to ask for few differences */

/* What the entries of a block share. */
typedef struct hg_shared {
	double f, spread; /* value at the point by the route taken, and its noise */
	double quiet;     /* the noise for what agrees by a few differences */
	int level;        /* where the quick fits start: step / QUICK_RATIO^level */
	int failed[HG_FEW]; /* entries running that so few differences did not decide */
	int run;          /* quick fits that were resolved at once, running; negative: that were not */
	bool narrow;      /* its entries do not explain what a direction shows */
} hg_shared;

/* One output of the function and what is known of it. The first five are set before hg_cascade_open(). */
typedef struct hg_cascade {
	hg_walk *walk;
	const hg_settings *settings;
	hg_claim *claim; /* NULL: there is none */
	hg_verdict *verdict;
	size_t output;
	hg_screen screen;
	hg_shared *block;
	bool many;
	const hg_stencil *stencil;
	double step;       /* first scale of its differences */
	long allowance;    /* samples left for making sharper what is certified already */
	bool *quick;       /* of each entry: decided by a few differences alone, or by what the caller said */
	double rough;      /* noise of a value that no rounding mode moves: of a function computed to a tolerance */
	double smooth;     /* the same of an error as smooth as the function */
	int looks, smooth_looks; /* entries that may still be looked around for them */
	int doubts;        /* disagreements found by poke still to be found again by value */
	bool over;         /* nothing can be told of this output */
	bool poke_lies;
} hg_cascade;

hg_status hg_cascade_open(hg_cascade *cascade);
void hg_cascade_close(hg_cascade *cascade); /* also after an error */

hg_along hg_cascade_along(const hg_cascade *cascade, size_t k);

/* Differentiates by the k-th entry, against the claim if there is one, and judges it. */
void hg_cascade_judge_entry(hg_cascade *cascade, size_t k);
void hg_cascade_judge_fully(hg_cascade *cascade, size_t k); /* at once the dear way: fully.c */
void hg_cascade_look_again(hg_cascade *cascade, size_t k); /* before a claim is refused: refusal.c */

/* Differentiates in full, into the entry; judges it by what it holds: judge.c */
void hg_cascade_scan(hg_cascade *cascade, hg_entry *entry, hg_along along);
void hg_cascade_judge(const hg_cascade *cascade, size_t k);

/* By so much less than 1 the scales of the k-th entry, at x, are shortened: as in the full scan, so that no wave has all of
 * them for its length. */
double hg_cascade_dilation(size_t k, double x);

/* By a few differences on a line where the entry is the only one that moves the output; false: not decided so. */
bool hg_cascade_judge_abreast(hg_cascade *cascade, size_t k, hg_abreast *abreast);

/* An entry that the output does not depend on, says the caller. */
void hg_cascade_said_zero(hg_cascade *cascade, size_t k);

/* All entries: of a function that remembers, or draws, nothing can be told; nor outside of the domain. */
void hg_cascade_not_of_x_alone(hg_cascade *cascade);
void hg_cascade_outside_domain(hg_cascade *cascade);

#endif
