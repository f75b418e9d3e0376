/* What a document says: equations that define, letters for functions, names of derivatives; and what is assumed where it
 * says nothing. */
#ifndef HG_MODEL_DEFINITION_H
#define HG_MODEL_DEFINITION_H

#include "eval/eval.h"
#include "names/names.h"

/* What was assumed and the document does not say, as a set. A claim that rests on an assumption can agree; it is called
 * wrong only if other claims have borne the assumption out. */
enum {
	HG_GUESS_FUNCTION = 1,   /* which activation: borne out by nothing but being said */
	HG_GUESS_LOSS = 2,       /* which loss */
	HG_GUESS_PREDICTION = 4, /* that the name in the loss is the last activation */
	HG_GUESS_LAYER = 8,      /* which layer, where its index is left out */
	HG_GUESS_CONTESTED = 32, /* which of two definitions of a name holds */
	HG_GUESS_REPAIR = 64,    /* that a layer is fed by the one before it, not by the input */
	HG_GUESS_TOP = 128,      /* that the last activation is the sigmoid, which the logarithms of the loss ask for */
	HG_GUESS_AFFINE = 16,    /* z = W a + b, where only the names are there */
};

/* An equation that defines a variable, or a family of them by a layer's letter. */
typedef struct hg_definition {
	hg_ref left;
	const hg_expr *lhs, *right;
	size_t statement, side, section;
	bool numeric;   /* a value: x = 0.5 */
	bool inside;    /* found inside a derivative: dL/da = d/da (...) */
	bool code;
	bool given;       /* by the assignment: it is the truth */
	unsigned guessed; /* not in the document: a built-in choice */
	bool overruled; /* of a quantity that the assignment gives */
	bool rejected;  /* a slip: contradicts another definition that fits the rest */
	const struct hg_definition *better; /* which */
	const struct hg_definition *stands_for; /* L = l(o, y), where nothing says what l is: this, for some l */
} hg_definition;

/* What a letter that is applied means: g = ReLU, or f(x) = ... */
typedef struct hg_named_function {
	hg_str base;
	int layer; /* HG_NO_LAYER: any */
	hg_map map;
	hg_fn whole; /* softmax; HG_NFNS */
	const hg_expr *body;
	hg_str letter;
	size_t section, statement;
	unsigned guessed;
	bool given;    /* by the assignment */
	bool by_slope; /* only g' was said to be somebody's */
} hg_named_function;

/* dJ/dw = 0: w is looked for. */
typedef struct hg_zeroed {
	hg_str base;
	size_t statement;
} hg_zeroed;

/* A name of a derivative: delta_j = dL/dz_j. */
typedef struct hg_signal {
	hg_ref left;
	const hg_expr *derivative;
	size_t statement;
} hg_signal;

#endif
