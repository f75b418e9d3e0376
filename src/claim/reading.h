/* Ways to read a claim: for one sample or for all, by which loss, products by their shapes or as of scalars. They are
 * tried in order, the literal one first; a reading holds only if it holds in every world. */
#ifndef HG_CLAIM_READING_H
#define HG_CLAIM_READING_H

#include "world/world.h"

typedef enum hg_notation {
#define HG_NOTATION(id, ...) HG_NOTE_##id,
#include "claim/notation.def"
#undef HG_NOTATION
	HG_NNOTATIONS
} hg_notation;

const char *hg_notation_id(hg_notation n);
const char *hg_notation_text(hg_notation n);

/* For which values of its indices a line is read. */
typedef enum hg_indices {
	HG_INDICES_ALL,
	HG_INDICES_OWN,     /* those its own condition names */
	HG_INDICES_BEFORE,  /* those the last condition before it names */
	HG_INDICES_EQUAL,   /* equal ones, */
	HG_INDICES_UNEQUAL, /* different ones, though nothing says so */
} hg_indices;

typedef struct hg_reading {
	hg_view view;
	hg_total params, data, named;
	bool as_written, single, hatless, pretend, inner, wide_sums, wide_operator, struck_dropped, hadamard_last, turned;
	bool slopes_of_output; /* in code: derivatives that nothing defines take the value of their function */
	bool columns;          /* dz^{(i)} is a column of a dZ that carries 1/m; otherwise it is of the loss of its sample */
	hg_indices indices;
	bool fallback; /* admissible only when the literal readings of the line have no value of the right shape */
	unsigned notation; /* set of 1 << hg_notation */
} hg_reading;

enum { HG_MAX_READINGS = 64, HG_MAX_LETTERS = 6, HG_MAX_CONDITIONS = 3 };

/* What a line looks like. */
typedef struct hg_line {
	bool capitals, smalls, marks, totals; /* Z; z without a sample; z^{(i)}; sums over samples or 1/m */
	bool sums;         /* adds over samples by a letter: about all of them, and not about one */
	bool transposes, derivatives, local_derivatives, cancels, sums_then_terms, operators_then_terms, dots, entrywise, products;
	bool matrices;     /* a weight with rows and columns stands in it, beside derivatives or not */
	bool unit_indices; /* W_{jk} */
	bool reduces;      /* np.sum(dZ, axis=0): an axis is named, of arrays for all samples */
	bool sample_indices; /* y_i, the i-th sample's */
	bool gradients;    /* dW, delta: values found by differencing */
	bool names;        /* dZ, delta on either side */
	bool primes;       /* sigma'(z) */
	bool whole;        /* the left side is a derivative, */
	bool by_matrix;    /* by what is declared a matrix */
	bool differentials; /* dY = Z dW, of what Y changes by, and no backward pass: Y is computed from W */
	bool cost_by_data; /* dJ/dZ on either side */
	bool identity;     /* about a function of a letter: sigma'(z), d/dx (...) */
	size_t nleft;      /* of the letters: these stand on the left, the others only on the right */
	size_t nletters;   /* indices that are free: the claim is for all their values */
	const hg_expr *letter[HG_MAX_LETTERS];
	const hg_expr *layer_letter;
	size_t nunknown;
	const hg_expr *unknown[HG_MAX_LETTERS]; /* bare names the document says nothing about */
	bool variables;    /* names of the model */
	size_t nown, nbefore; /* conditions on the letters: beside the line; the last before it */
	const struct hg_condition *own[HG_MAX_CONDITIONS], *before[HG_MAX_CONDITIONS];
} hg_line;

void hg_line_of(hg_doc_model *model, const hg_expr *left, const hg_expr *right, hg_line *line);

/* dY = Z dW, where Y is computed from W; d(X Y) = ... (differentials.c). */
bool hg_line_is_of_differentials(hg_doc_model *model, const hg_expr *left, const hg_expr *right);

/* Relative to the largest entry: what a central difference of sixth order and rounding may be off. */
extern const double hg_reading_tolerance;

typedef enum hg_fit {
	HG_FIT_AGREES, HG_FIT_DIFFERS,
	HG_FIT_SHAPE, /* a value, but not of the shape of the left side */
	HG_FIT_NONE,  /* no value */
} hg_fit;

/* The numbers of one try. */
typedef struct hg_try {
	hg_fit fit;
	size_t rows, cols;
	double *claimed, *numerical; /* of the combination of indices that differs most, or the whole array */
	double max_abs, max_rel, scale;
	double blur;                 /* what the left side may be off by, as its differences of two orders show */
	bool known;                  /* the left side has a value, */
	double left_scale;           /* its largest entry */
	size_t worst;
	hg_node to;                  /* what was differentiated, for the engine; NONE: no single place */
	hg_cut by;
	unsigned guessed;
	bool misfit, index_dropped, numerator, rough; /* numerator: its transpose agrees; rough: the claim itself is computed by differences */
	bool limited;                /* a limit was reached, in trouble: nothing can be said */
	hg_cause trouble;
	const hg_expr *at;
	int layer;                   /* of the layer's letter; -1 */
} hg_try;

typedef struct hg_asked {
	const hg_expr *left, *right;
	const hg_line *line;
	const hg_expr *layer; /* of what the left side names; NULL */
	hg_reading reading;
	bool code, strict; /* strict: the left side is a delta without a layer */
	bool agreement_only; /* the first entry that does not agree is enough */
	const struct hg_override *given;
	hg_recall *recall; /* of what was evaluated for other questions; NULL: all is evaluated */
	struct hg_certifier *certify; /* not NULL: the engine is asked, too, and answers here */
	struct hg_certificate *certificate;
} hg_asked;

/* Tries one reading in one world. Nodes made on the way are released; arrays are in the arena. */
hg_status hg_reading_try(const hg_asked *asked, hg_world *world, hg_arena *arena, hg_try *result);

/* Does an equation of the model speak of all samples at once, Z = W X + b, and so say how they lie? */
bool hg_layout_is_said(hg_doc_model *model);

/* The admissible readings of a line, most literal first. */
size_t hg_readings_of(hg_doc_model *model, const hg_expr *left, const hg_line *line, bool code, bool batch_first,
                      hg_reading list[HG_MAX_READINGS]);

#endif
