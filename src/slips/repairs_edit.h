/* Inside the repairs: a place in a tree, the tree with something else in that place, and the pieces to build it of. */
#ifndef HG_SLIPS_REPAIRS_EDIT_H
#define HG_SLIPS_REPAIRS_EDIT_H

#include "slips/repairs.h"
#include "lang/function.h"

/* A node, and the way back to the root. */
typedef struct hg_spot {
	const struct hg_spot *up; /* NULL: the root */
	const hg_expr *e;
	size_t k; /* which kid of up->e */
} hg_spot;

typedef struct hg_repairer {
	const hg_claim *claim;
	hg_arena *arena;
	hg_slip_id slip; /* the row that is being tried */
	bool code;       /* the formula is written in the numpy dialect */
	hg_edits *edits;
	size_t pieces;    /* written anew so far */
	bool full;        /* no more proposals: of either there are as many as there may be */
	hg_status status; /* the first failure sticks */
} hg_repairer;

/* A repair looks at one place and proposes what could stand there instead. It need not ask whether memory is out. */
typedef void hg_repair(hg_repairer *r, const hg_spot *at);

void hg_propose(hg_repairer *r, const hg_spot *at, const hg_expr *instead, hg_span caret, unsigned size);

#define HG_SLIP(symbol, id, title, hint, repair, ...) hg_repair hg_repair_##repair;
#include "slips.def"
#undef HG_SLIP

/* Pieces. A NULL argument gives NULL, so that they can be nested. */
hg_expr *hg_make_number(hg_repairer *r, double value);
hg_expr *hg_make_name(hg_repairer *r, const char *name);
hg_expr *hg_make_one(hg_repairer *r, hg_op op, const hg_expr *a); /* a node with one kid, bracketed as it needs */
hg_expr *hg_make_two(hg_repairer *r, hg_op op, const hg_expr *a, const hg_expr *b);
hg_expr *hg_make_minus(hg_repairer *r, const hg_expr *a);         /* -a; -(-a) is a */
hg_expr *hg_make_product(hg_repairer *r, const hg_expr *a, hg_glue glue, const hg_expr *b);
hg_expr *hg_make_square(hg_repairer *r, const hg_expr *a);
hg_expr *hg_make_complement(hg_repairer *r, const hg_expr *a);    /* 1 - a, in brackets */

hg_expr *hg_with_kid(hg_repairer *r, const hg_expr *e, size_t k, const hg_expr *kid);
hg_expr *hg_with_kids_swapped(hg_repairer *r, const hg_expr *e, size_t i, size_t j);
hg_expr *hg_with_glue(hg_repairer *r, const hg_expr *e, size_t k, hg_glue glue);
hg_expr *hg_without_kids(hg_repairer *r, const hg_expr *e, size_t k, size_t n); /* a lone kid stands for itself */
/* A new factor before kid k (k = nkids: at the end), joined to its neighbours by `left` and `right`. */
hg_expr *hg_with_factor(hg_repairer *r, const hg_expr *e, size_t k, const hg_expr *factor, hg_glue left, hg_glue right);

/* Questions. */
bool hg_mentions(const hg_expr *tree, const hg_expr *e); /* does e stand somewhere in the tree? */
bool hg_calls(const hg_expr *e, hg_fn fn); /* np.sum(..), by whatever spelling */
bool hg_is_number(const hg_expr *e, double value);
const hg_expr *hg_is_complement(const hg_expr *e); /* a, if e is 1 - a; else NULL */
const hg_expr *hg_is_square(const hg_expr *e);     /* a, if e is a^2; else NULL */
const hg_claim_name *hg_known_name(const hg_repairer *r, const hg_expr *e); /* NULL: no name of the model */
int hg_layer_of(const hg_expr *e); /* 2 of dZ^{[2]} and of dW2; -1: none is written */
bool hg_is_claimed(const hg_repairer *r, const hg_claim_name *name); /* the very gradient the claim is about */
bool hg_is_count(const hg_repairer *r, const hg_expr *e);             /* m */
bool hg_is_mean_factor(const hg_repairer *r, const hg_expr *e);       /* 1/m */
bool hg_writes_code(const hg_expr *e); /* the numpy dialect */
bool hg_in_exponent(const hg_spot *at);
bool hg_in_derivative(const hg_spot *at); /* inside d../d.., of which nothing but names may change */
bool hg_is_factor(const hg_spot *at); /* a factor of a product, or a whole term standing alone */
hg_span hg_span_of_kids(const hg_expr *e, size_t i, size_t j); /* from kid i to kid j */

#endif
