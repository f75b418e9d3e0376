/* The steps of a tape: what shape each gives, and how it is computed. */
#ifndef HG_EVAL_KERNELS_H
#define HG_EVAL_KERNELS_H

#include "eval/tape.h"

typedef struct hg_step {
	hg_tape_op op;
	int p, q;
	double number;      /* of a constant, a leaf with q = 1 */
	const double *from; /* of a leaf with q = 2: where its numbers stand */
	hg_shape shape;
	size_t nargs;
	hg_node *arg, same; /* same: the step before it in its bucket */
	size_t hash, cost;  /* cost: elementary operations to compute it */
	size_t slot;        /* where it stands in the plan that was made last; elsewhere another node stands there */
	gsl_matrix value;
} hg_step;

struct hg_tape {
	hg_arena *memory;
	hg_budget *budget;
	size_t live; /* elements of all values */
	hg_step **at;
	size_t n, room;
	size_t nbuckets;
	hg_node *bucket; /* of each remainder of the hashes, the last step with it */
};

bool hg_shape_broadcast(hg_shape a, hg_shape b, hg_shape *out); /* entry by entry, a row, a column or a scalar repeated */

/* Fills s->shape from its operands (the first three; all are in at[]). False: they do not fit. */
bool hg_step_shape(hg_step *s, const hg_step *const operand[3], hg_step *const *at);
size_t hg_step_cost(const hg_step *s, hg_step *const *at); /* elementary operations; shape known */
void hg_step_compute(hg_step *s, const hg_cut *part, hg_step *const *at); /* of its value that part */

/* Of the value of a step what the steps before it in the plan reach, in one rectangle; without rows: nothing. */
hg_cut hg_step_reached(const hg_step *s, hg_node node, const hg_plan *before, hg_step *const *at);
double hg_step_kink_distance(const hg_step *s, hg_step *const *at);

#endif
