/* The tree of an expression: one node type. It says what is written, and decides nothing that needs the document:
 * whether a superscript is a layer, a sample or a power, whether `W_1` is a matrix or an entry, whether a
 * product is a matrix product, scalar or Hadamard, is for binding. */
#ifndef HG_LANG_EXPR_H
#define HG_LANG_EXPR_H

#include "text/source.h"
#include "text/words.h"

typedef enum hg_op { /* the rows of ops.def, in order */
#define HG_OP_ROW(id, ...) HG_OP_##id,
#include "lang/ops.def"
#undef HG_OP_ROW
	HG_NOPS
} hg_op;

/* How the factors of a product are joined; kept, because shapes decide what it means. */
typedef enum hg_glue {
	HG_GLUE_NONE,    /* juxtaposition */
	HG_GLUE_CDOT,    /* \cdot, and the middle dot */
	HG_GLUE_TIMES,   /* \times, x between operands */
	HG_GLUE_STAR,    /* *, \ast */
	HG_GLUE_ODOT,    /* \odot */
	HG_GLUE_CIRC,    /* \circ */
	HG_GLUE_OTIMES,  /* \otimes */
	HG_GLUE_DOT,     /* . between operands */
	HG_GLUE_AT,      /* @, np.dot, np.matmul: a matrix product in code */
	HG_GLUE_DIV,     /* / : divides what stands before it at the same level by the next factor */
} hg_glue;

/* An index on a name, in the order written: z^{[1](i)}_j has three. */
typedef enum hg_index_style { HG_INDEX_BARE, HG_INDEX_BRACKET, HG_INDEX_PAREN, HG_INDEX_BRACE } hg_index_style;

typedef struct hg_expr hg_expr;

typedef struct hg_index {
	hg_index_style style;
	bool sup;   /* superscript; false: subscript, or call style as in W(1) or code style as in dW[l] */
	hg_expr *e; /* NUM, NAME, TEXT, LIST, ... */
} hg_index;

enum hg_accent { HG_HAT = 1, HG_BAR = 2, HG_TILDE = 4, HG_DOT_ABOVE = 8, HG_BOLD = 16, HG_CALLIGRAPHIC = 32, HG_VEC = 64,
                 HG_BLACKBOARD = 128, HG_CHECK = 256 };

struct hg_expr {
	hg_op op;
	hg_span span;    /* in the source, brackets included where the expression stands in brackets */
	unsigned accent; /* of a NAME */
	bool bracketed;  /* stood in (), [] or {} of its own */
	hg_str name;     /* NAME: "W", "dW", "sigma" (LaTeX letters by their ASCII names), "ReLU"; TEXT: the words; NUM: as written */
	hg_str spelled;  /* NAME: as the document has it, where it is read as another; empty: as `name` */
	double number;   /* NUM */
	int digits;      /* NUM: digits after the point as written, -1 for an integer */
	size_t nindex;
	hg_index *index; /* NAME, and any node that carries indices (a bracket with a subscript) */
	size_t nkids;
	hg_expr **kid;
	hg_glue *glue;   /* PRODUCT: nkids - 1 */
	size_t rows, cols; /* MATRIX */
	hg_str word;     /* KWARG: the keyword; DERIV: "d", "partial", "nabla", "delta"; relations and wrappers: as written */
};

hg_expr *hg_expr_new(hg_arena *arena, hg_op op, hg_span span, size_t nkids); /* NULL: out of memory */
hg_expr *hg_expr_copy(hg_arena *arena, const hg_expr *e);                    /* deep */
bool hg_expr_equal(const hg_expr *a, const hg_expr *b); /* same tree; spans, brackets and fonts do not count */
size_t hg_expr_hash(const hg_expr *e); /* equal trees have equal hashes */
size_t hg_expr_height(const hg_expr *e, hg_arena *scratch); /* levels of the tree, 1 for a leaf; no recursion */
const char *hg_op_name(hg_op op);

/* How the document writes a name. */
static inline hg_str hg_expr_spelling(const hg_expr *e) { return e->spelled.n ? e->spelled : e->name; }

/* Visits e and everything in it, indices too, parents first; false from visit stops below that node. */
void hg_expr_visit(const hg_expr *e, bool (*visit)(void *self, const hg_expr *e), void *self);

bool hg_expr_has(const hg_expr *e, hg_op op);
bool hg_expr_numeric(const hg_expr *e); /* nothing but numbers and functions of them */

#endif
