/* A forward pass that is not written as equations: a table of layers with their inputs and outputs, or the names of the
 * layers in a row. It becomes statements that define and get no finding of their own. */
#ifndef HG_TABLES_FORWARD_H
#define HG_TABLES_FORWARD_H

#include "tables/pen.h"

typedef enum hg_layer_kind { HG_LAYER_LINEAR, HG_LAYER_FUNCTION, HG_LAYER_LOSS, HG_LAYER_OTHER } hg_layer_kind;

typedef struct hg_layer_said {
	hg_layer_kind kind;
	hg_str word;           /* what the layer is called: "ReLU", "f", "Linear1" */
	const hg_expr *in;     /* its input as written; NULL */
	const hg_expr *out;    /* its output as written; NULL */
	const hg_expr *called; /* what the cell itself calls its output: z1 = W1 x + b1; NULL */
	const hg_expr *alias;  /* what the cell of the input calls it: Z2 = ...; NULL */
	size_t stretch;
} hg_layer_said;

enum { HG_MAX_LAYERS_SAID = 16 };

typedef struct hg_forward_said {
	size_t n;
	hg_layer_said layer[HG_MAX_LAYERS_SAID];
} hg_forward_said;

/* What words such as "Linear1", "sigmoid", "MSE", "g" say a layer is. */
hg_layer_kind hg_layer_kind_of(hg_str words);

/* The next table of layers from *stretch on, which then stands behind it; n = 0: none. */
hg_status hg_forward_table(const hg_doc *doc, size_t *stretch, hg_arena *arena, hg_forward_said *said);
/* "Linear - ReLU - Linear - Sigmoid - BCE" in the words of a document; n = 0: nothing like it. */
void hg_forward_words(const hg_doc *doc, hg_forward_said *said);

/* Adds to pen->meant what tables and words say of the forward pass, in the numbering used there and by `users`, the
 * answers to an assignment (NULL: there are none). */
hg_status hg_forward_read(const hg_statements *users, hg_arena *arena, hg_pen *pen);

/* Adds to pen->meant the values that words describe: "$P$ is the softmax of $S$" (described_value.c). */
hg_status hg_described_values_read(hg_arena *arena, hg_pen *pen);

/* Adds to pen->meant the claims of tables of gradients: "W1 | dZ1 X^T" below "Parameter | Gradient". */
hg_status hg_gradient_tables_read(hg_arena *arena, hg_pen *pen); /* gradient_table.c */

#endif
