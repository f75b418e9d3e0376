/* Expressions to values on a tape. What names, functions and derivatives mean is asked of the document's binding;
 * which of the meanings of a product fits is decided by the shapes. */
#ifndef HG_EVAL_EVAL_H
#define HG_EVAL_EVAL_H

#include "eval/tape.h"
#include "lang/cause.h"
#include "lang/expr.h"

/* A letter with a value inside a sum or a function's body. */
typedef struct hg_local {
	hg_str name;
	hg_node node;      /* its value; HG_NODE_NONE for an index */
	size_t index;      /* of an index: from 0 */
	size_t first;      /* the number that index 0 stands for, where the letter is a factor: sum of i x_i */
	unsigned axis;     /* the axis an index counts along; HG_AXIS_OPEN: not known yet */
	struct hg_local *outer;
} hg_local;

enum { HG_AXIS_OPEN = 0xffff };

/* What a name that is applied stands for. */
typedef struct hg_callee {
	hg_map fn;           /* entry by entry; HG_NMAPS: not such a one */
	hg_fn whole;         /* of a whole array, such as softmax; HG_NFNS */
	const hg_expr *body; /* a function the document defines: its expression, and the letter it is in */
	hg_str letter;
} hg_callee;

/* Numbers along named axes, the first the slowest. */
enum { HG_MAX_AXES = 4 };

typedef struct hg_tensor {
	size_t n;
	unsigned id[HG_MAX_AXES];
	size_t size[HG_MAX_AXES];
	double *data;
} hg_tensor;

/* What differs among the ways to read a line. Whatever looks at one of these notes that the value minds it: for other ways that differ
 * in nothing it minds it is the same. */
enum {
	HG_MINDS_PARAMS = 3, HG_MINDS_DATA = 3 << 2, HG_MINDS_NAMED = 3 << 4, HG_MINDS_COLUMNS = 1 << 6, HG_MINDS_WRITTEN = 1 << 7,
	HG_MINDS_SINGLE = 1 << 8, HG_MINDS_HATLESS = 1 << 9, HG_MINDS_TURNED = 1 << 10, HG_MINDS_INNER = 1 << 11, HG_MINDS_ENTRYWISE = 1 << 12,
	HG_MINDS_WIDE = 1 << 13,
};

typedef struct hg_eval hg_eval;
typedef struct hg_recall hg_recall;
struct hg_eval {
	hg_tape *tape;
	hg_arena *arena; /* for trees made on the way */
	hg_local *local;
	bool code;           /* numpy: * is entry by entry, shapes broadcast */
	bool loose_code;     /* and where that does not fit, a matrix product: w.T * x in a forward pass */
	bool wide_sums;      /* a sum covers the terms after it too */
	bool inner_products; /* u . v of equal columns is a number */
	bool struck_dropped; /* what is struck out counts as 1 */
	bool hadamard_last;  /* entrywise products bind looser than matrix products on both sides */
	unsigned slopes_of_output; /* a bit for every map whose derivative takes, in code, its value: s'(a) = a (1 - a) */
	bool by_rows;          /* softmax goes along the rows, where neither axis is that of the samples */
	unsigned sample_axis;  /* softmax goes along the other one */
	int depth;
	bool misfit;         /* the trouble is that shapes do not fit */
	bool differenced;    /* a derivative was taken on the way: the value carries the error of differences */
	unsigned guessed;    /* what was assumed on the way, as the binding counts it */
	hg_recall *recall;   /* of values known before, in this situation, where the letters are those of home; NULL: none are */
	size_t situation;
	const hg_local *home;
	unsigned way, minds; /* how it is read; what of that was looked at */
	hg_cause trouble;    /* the first reason why there is no value */
	const hg_expr *at;   /* where */
	void *self;
	hg_node (*name)(hg_eval *ev, const hg_expr *e); /* NAME, POW of a NAME, SLICE; NONE without trouble: not mine */
	hg_node (*deriv)(hg_eval *ev, const hg_expr *e);
	bool (*tensor)(hg_eval *ev, const hg_expr *e, hg_tensor *t); /* of a derivative of an array by an array */
	bool (*callee)(hg_eval *ev, const hg_expr *name, hg_callee *callee);
	hg_node (*apply)(hg_eval *ev, const hg_expr *call); /* of a name that is no function: L(a, y), z(i) */
	bool (*range)(hg_eval *ev, const hg_expr *sum, hg_str letter, size_t *n, size_t *first, unsigned *axis);
};

hg_node hg_eval_expr(hg_eval *ev, const hg_expr *e); /* HG_NODE_NONE: ev->trouble says why */
hg_node hg_eval_fail(hg_eval *ev, const hg_expr *at, hg_cause trouble); /* always HG_NODE_NONE */
hg_node hg_eval_misfit(hg_eval *ev, const hg_expr *at, hg_cause trouble); /* the same, for shapes that do not fit */

/* The factors as a student pretends who treats everything as a scalar: each factor is taken by what its axes count,
 * axes that `out` has are kept, the others are summed over; order and transposes do not matter. Fills out->data. */
bool hg_eval_pretend(hg_eval *ev, const hg_expr *e, hg_tensor *out);
bool hg_tensor_of(hg_eval *ev, hg_node node, hg_tensor *t); /* false: an axis without a name, or one twice */

/* f'' by differences of eighth order: the weight of f(x), and of f(x + k h) and f(x - k h), over h^2. */
enum { HG_SECOND_REACH = 4 };
extern const double hg_second_weights[HG_SECOND_REACH + 1];
bool hg_second_agree(double whole, double half); /* with half the step: else there is a kink between */
static inline double hg_second_step(double x) { return x > 1 ? 0.02 * x : x < -1 ? -0.02 * x : 0.02; }

/* Pieces of hg_eval_expr. */
hg_node hg_eval_product(hg_eval *ev, const hg_expr *e);
hg_node hg_eval_call(hg_eval *ev, const hg_expr *e);
hg_node hg_eval_sum(hg_eval *ev, const hg_expr *e);
hg_node hg_eval_multiply(hg_eval *ev, hg_glue glue, hg_node a, hg_node b); /* without trouble when they do not fit */
hg_node hg_eval_function(hg_eval *ev, const hg_callee *f, hg_node a);
hg_node hg_eval_slope(hg_eval *ev, const hg_callee *f, hg_node a); /* f'(a), entry by entry */
const hg_expr *hg_eval_bare(const hg_eval *ev, const hg_expr *e); /* without BOX, BRACE, CANCEL around it */

#endif
