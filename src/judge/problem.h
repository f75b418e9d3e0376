/* The first waist: a value, a claimed derivative, and where to try them. A claim from a document, a stage of a C
 * derivation and a claim with a slip undone are the same problem to the judge. */
#ifndef HG_JUDGE_PROBLEM_H
#define HG_JUDGE_PROBLEM_H

#include "base/arena.h"
#include "handgrad.h"

typedef struct hg_problem {
	const char *name; /* "dJ/dW2" */
	size_t nworlds;
	/* Builds world w: the function, the claim, the point. Valid until the next call or the arena's release. */
	hg_status (*world)(void *self, size_t w, hg_arena *scratch, hg_function *f, hg_gradient *g, hg_point *at);
	void *self;
} hg_problem;

#endif
