/* A tape: values on GSL matrices in the order they were computed, so that everything downstream of one value can
 * be computed again after its entries have changed. Equal computations are one node, so `sigma(z)` written twice is
 * one place in the graph and the graph can be cut there. */
#ifndef HG_EVAL_TAPE_H
#define HG_EVAL_TAPE_H

#include "base/limits.h"
#include "base/status.h"
#include "eval/maps.h"

#include <gsl/gsl_matrix.h>
#include <stdint.h>

enum { HG_NODE_NONE = -1 };
typedef int hg_node;

typedef enum hg_tape_op {
	HG_TAPE_LEAF, HG_TAPE_FN, HG_TAPE_SLOPE,              /* p: hg_map */
	HG_TAPE_ADD, HG_TAPE_SUB, HG_TAPE_MUL, HG_TAPE_DIV, HG_TAPE_POW, HG_TAPE_MAX, HG_TAPE_MIN, /* entrywise, broadcasting */
	HG_TAPE_GT, HG_TAPE_GE, HG_TAPE_EQ,                   /* 1 or 0 */
	HG_TAPE_SELECT,                                       /* condition, then, else */
	HG_TAPE_MATMUL, HG_TAPE_TRANSPOSE, HG_TAPE_KRON,
	HG_TAPE_SUM, HG_TAPE_SUM_ROWWISE, HG_TAPE_SUM_COLWISE, /* of all; of each row (n x 1); of each column (1 x n) */
	HG_TAPE_PART,                                         /* p, q: first row and column; shape: how many */
	HG_TAPE_BLOCKS,                                       /* p x q blocks, row by row */
	HG_TAPE_SOFTMAX_COLS, HG_TAPE_SOFTMAX_ROWS, HG_TAPE_DIAG,
	HG_TAPE_TRACE, HG_TAPE_DET, HG_TAPE_INVERSE,          /* of square matrices */
	HG_TAPE_FILL,                                         /* a scalar, repeated into p x q */
} hg_tape_op;

/* An axis says what the rows or columns count: 0 is "one"; equal numbers are the same units, or the samples. */
typedef struct hg_shape {
	size_t rows, cols;
	unsigned raxis, caxis;
} hg_shape;

typedef struct hg_tape hg_tape;

/* The budget says how large values may be and how much may be computed; what was refused is in budget->stopped.
 * NULL: out of memory. */
hg_tape *hg_tape_new(hg_budget *budget);
hg_budget *hg_tape_budget(const hg_tape *tape);
void hg_tape_free(hg_tape *tape);
size_t hg_tape_size(const hg_tape *tape);
bool hg_tape_failed(const hg_tape *tape); /* did memory run out at any node? */
hg_node hg_tape_leaf(hg_tape *tape, hg_shape shape, const double *values);
hg_node hg_tape_leaf_at(hg_tape *tape, hg_shape shape, const double *values); /* values stay: asked again, it is the same leaf */
hg_node hg_tape_number(hg_tape *tape, double value);

/* Computes and records; HG_NODE_NONE when the shapes do not fit, a limit is reached or memory is out. */
hg_node hg_tape_apply(hg_tape *tape, hg_tape_op op, int p, int q, hg_shape part, size_t n, const hg_node *args);
hg_node hg_tape_fn(hg_tape *tape, hg_map fn, hg_node a);
hg_node hg_tape_slope(hg_tape *tape, hg_map fn, hg_node a);
hg_node hg_tape_unary(hg_tape *tape, hg_tape_op op, hg_node a);
hg_node hg_tape_binary(hg_tape *tape, hg_tape_op op, hg_node a, hg_node b);
hg_node hg_tape_part(hg_tape *tape, hg_node a, size_t row, size_t col, hg_shape part);
bool hg_tape_broadcasts(const hg_tape *tape, hg_node a, hg_node b); /* do the shapes fit entry by entry? */

hg_shape hg_tape_shape(const hg_tape *tape, hg_node node);
bool hg_tape_is_scalar(const hg_tape *tape, hg_node node);
gsl_matrix *hg_tape_value(hg_tape *tape, hg_node node); /* of a leaf the entries may be set, then play */
bool hg_tape_finite(const hg_tape *tape, hg_node node);
bool hg_tape_is_leaf(const hg_tape *tape, hg_node node);
hg_tape_op hg_tape_op_of(const hg_tape *tape, hg_node node, int *p, hg_node *first);

/* Part of a node: the entries a derivative is taken by. */
typedef struct hg_cut {
	hg_node node;
	size_t row, col, rows, cols;
} hg_cut;

hg_cut hg_cut_whole(const hg_tape *tape, hg_node node);

/* What must be computed again for `to` after entries of `from` changed, in order: of each value a part. */
typedef struct hg_plan {
	size_t n, cost; /* cost: elementary operations, of whole values */
	hg_cut *step;
} hg_plan;

hg_status hg_tape_plan(const hg_tape *tape, hg_node from, hg_node to, hg_arena *arena, hg_plan *plan); /* whole values */
bool hg_plan_has(const hg_plan *plan, hg_node node);

/* All that the values of a plan come from: the steps, and what they are computed from. Equal words: equal values to the bit, whatever
 * tape they are on. Counted only where out is NULL. */
size_t hg_tape_describe(const hg_tape *tape, hg_cut by, const hg_plan *plan, uint64_t *out);

/* Of a plan what that part of the value it starts from reaches. In room, which has it for one step more than the plan has. */
hg_plan hg_tape_narrow(hg_tape *tape, const hg_plan *plan, hg_cut by, hg_cut *room);
void hg_tape_play(hg_tape *tape, const hg_plan *plan);
void hg_tape_play_all(hg_tape *tape); /* after leaves were changed */

/* The derivative of every entry of `to` (rows of the result, row by row) by every entry of the cut (columns), by
 * central differences of sixth order: for choosing among readings, not for verdicts. NULL: out of memory, or more than
 * the budget allows. */
gsl_matrix *hg_tape_jacobian(hg_tape *tape, hg_node to, hg_cut by, hg_arena *arena);
double hg_jacobian_error(const gsl_matrix *jacobian); /* the most an entry is off: by
                                                       * what the fourth order says, by rounding */

/* release() forgets every node made since mark(). */
typedef struct hg_tape_state {
	size_t n;
	hg_mark memory;
} hg_tape_state;

hg_tape_state hg_tape_mark(const hg_tape *tape);
void hg_tape_release(hg_tape *tape, hg_tape_state mark);

/* The smallest distance of any argument of a kinked function or a comparison from its kink, of a logarithm from 0. */
double hg_tape_kink_distance(const hg_tape *tape);

#endif
