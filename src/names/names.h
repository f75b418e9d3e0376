/* Decorated names: base letter, layer, sample, component, gradient. The same marks mean different things in different
 * documents, so the habits of the whole document are gathered first. */
#ifndef HG_NAMES_NAMES_H
#define HG_NAMES_NAMES_H

#include "lang/statement.h"

/* How a document marks things. */
typedef struct hg_habits {
	bool bracket_layers; /* W^{[1]} */
	bool paren_layers;   /* W^{(1)} */
	bool call_layers;    /* W(1) */
	bool below_layers;   /* W_1 with b_1 or z_1 */
	bool bare_layers;    /* W^1, W^l */
	bool glued_layers;   /* W1 */
	bool letter_below_layers; /* x_i = f_i(W_i x_{i-1}) */
	bool sample_marks;   /* x^{(i)} */
	bool time;           /* h_t beside h_{t-1}: t is a step, no index */
	bool cases;          /* z beside Z: capitals are for all samples at once */
	unsigned own_capitals; /* a bit for every letter whose capital is something else: V in v = V h + c */
	bool late_signals;   /* delta_3 is of z_2 */
	bool bars;           /* \bar z beside z: adjoints */
	int layers;          /* the highest number of a layer; 0: none is numbered */
	char above_letter;   /* k of W^{(k)} beside a^{(k-1)}, where that is not l; 0: none. Its capital is the last layer */
	bool small_layers;   /* l is the letter of a layer */
	bool general_top;    /* W^{L+1}: L is a letter for any layer, not the last one */
	bool l_counts;       /* l is the letter of sums over components, never that of a layer */
	bool lower_weights;  /* weights are w, never W */
	char sample_letter;  /* i, where it is all that stands below x, y, z ..., and the mean over samples is taken of it; 0 */
	char bracket_letter; /* i in W[i] beside A[i-1]: that of a layer; 0: none */
	size_t nquantities, nsquared, nsizes;
	hg_str quantity[8];  /* letters of rates that are quantities here: mu, beta */
	hg_str squared[2];   /* sigma, where sigma^2 is a name */
	hg_str size[8];      /* d of R^{n x d}, where no equation says what else it is */
	struct hg_known_names *known; /* names already read by these habits; NULL: none is remembered */
} hg_habits;

typedef struct hg_ref {
	hg_str base;         /* small letters: "z", "w", "yhat"; losses, counts and functions keep their case */
	bool upper;          /* written with a capital that has a small sister */
	bool gradient;       /* dW, \bar z: of the loss by the variable of that name */
	bool delta;          /* an error signal: a gradient by the pre-activation */
	const hg_expr *layer;  /* NUM, NAME, SUM_OF ...; NULL */
	hg_str label;          /* a word as an index: "o", "new" */
	const hg_expr *sample; /* x^{(i)} */
	size_t ncomp;
	const hg_expr *comp[3];
	bool slice;            /* the components are subscripts of code: A[r, 0] */
	bool primed, transposed;
	const hg_expr *power;
} hg_ref;

/* Gathers the habits of a document. */
void hg_habits_of(const hg_statements *said, hg_habits *habits);

/* Reads the name in e (NAME, POW, SLICE or TRANSPOSE of one, possibly boxed): false if e is not a name. */
bool hg_ref_of(const hg_expr *e, const hg_habits *habits, hg_arena *arena, hg_ref *ref);

/* The same for a node met on a walk over a tree: NAME, SLICE, and a POW that is but the name of a layer's a^l, whose kids
 * are then no names of their own. */
bool hg_name_at(const hg_expr *e, const hg_habits *habits, hg_arena *arena, hg_ref *ref);

bool hg_is_index_letter(const hg_expr *e);  /* i j k l m n p q r s t c */
bool hg_is_sample_letter(const hg_expr *e); /* i n t k m s */
bool hg_is_loss_name(hg_str base);          /* L J C E ell cost loss ... */
bool hg_is_count_name(hg_str base);         /* m N n M B */
bool hg_is_rate_name(hg_str base);          /* alpha eta lambda ... */

/* quantities.c: letters that are rates elsewhere, and squares that are names. */
void hg_quantities_of(const hg_statements *said, hg_habits *habits);
bool hg_is_pi(const hg_expr *e);
bool hg_is_number_name(const hg_habits *habits, const hg_expr *e); /* e; and pi, of which nothing says that it is a quantity */
bool hg_is_size(const hg_habits *habits, const hg_expr *e); /* d, where W is said to be in R^{n x d} */
bool hg_is_quantity(const hg_habits *habits, hg_str base);
bool hg_is_squared_name(const hg_habits *habits, hg_str base);

#endif
