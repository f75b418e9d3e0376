/* What the files of the MathML writer share: a tree of elements, made from tokens, written with a mark. */
#ifndef HG_REPORT_MATHML_PARTS_H
#define HG_REPORT_MATHML_PARTS_H

#include "report/mathml/mathml.h"

typedef enum hg_set_flag { /* attributes of an element; the rows of attributes[] in mathml.c */
	HG_SET_FENCE = 1,
	HG_SET_STILL = 2,    /* does not grow */
	HG_SET_GROWS = 4,
	HG_SET_LARGE = 8,    /* with limits that move beside it where the line is narrow */
	HG_SET_UPRIGHT = 16,
	HG_SET_PREFIX = 32,
	HG_SET_TIGHT = 64,   /* no space around it */
	HG_SET_NO_LINE = 128,
	HG_SET_ACCENT = 256,
	HG_SET_THIN = 512,   /* widths of a space */
	HG_SET_WORD_SPACE = 1024,
	HG_SET_QUAD = 2048,
	HG_SET_TWO_QUADS = 4096,
	HG_SET_SUFFIX = 8192,
	HG_SET_FLAT = 16384, /* no attribute: brackets do not grow for it */
} hg_set_flag;

typedef enum hg_set_font { HG_SET_ITALIC, HG_SET_BOLD, HG_SET_SCRIPT, HG_SET_DOUBLE } hg_set_font;

typedef struct hg_set_node {
	const char *element, *class;
	unsigned flags;
	hg_str text;  /* of a leaf */
	hg_span span; /* of the tokens it is made of */
	struct hg_set_node *kid, *last, *next;
} hg_set_node;

typedef struct hg_setter {
	const hg_formula *f;
	size_t i;          /* the next token */
	unsigned depth;    /* of rows in rows */
	hg_set_font font;
	bool failed;       /* nested deeper than anybody writes, or no memory */
	hg_set_node none;  /* stands in where there is no memory; nobody writes it then */
} hg_setter;

/* ---- mathml.c ---- */
hg_set_node *hg_set_new(hg_setter *s, const char *element, unsigned flags, hg_str text); /* never NULL */
void hg_set_add(hg_set_node *parent, hg_set_node *kid); /* NULL: nothing; the span of the parent grows */
void hg_set_cover(hg_set_node *node, hg_span more); /* its span grows */
bool hg_set_is(const hg_set_node *node, const char *element);

/* ---- mathml_row.c ---- */
hg_set_node *hg_set_row(hg_setter *s, size_t end);      /* the tokens up to end, one element */
hg_set_node *hg_set_argument(hg_setter *s, size_t end); /* one token or group, as TeX takes it */
const hg_token *hg_set_token(const hg_setter *s, size_t i);
bool hg_set_is_tall(const hg_set_node *node);

/* ---- mathml_name.c ---- */
hg_set_node *hg_set_name(hg_setter *s, const hg_token *token);  /* a letter, a letter with digits, a word */
hg_set_node *hg_set_sign(hg_setter *s, const hg_token *token);  /* an operator by its name in the source */
hg_set_node *hg_set_number(hg_setter *s, const hg_token *token);
hg_set_node *hg_set_operator(hg_setter *s, const char *sign, unsigned flags, hg_span span);
hg_str hg_set_command(const hg_setter *s, const hg_token *token); /* as the source has it, without backslash; or the token's text */
bool hg_set_is_function(const hg_setter *s, const hg_token *token); /* log, tanh, max: a word with a space before it */

/* ---- mathml_command.c: what begins with a command. Arguments are written in braces or are one token ---- */
hg_set_node *hg_set_of_command(hg_setter *s, size_t end);
hg_set_node *hg_set_words(hg_setter *s, hg_str words, hg_span span); /* as text; formulas between dollars as such */
hg_set_node *hg_set_arrow(hg_setter *s, const hg_token *token); /* with what stands above and below it */
hg_set_node *hg_set_environment(hg_setter *s, size_t close); /* the token is its BEGIN */

#endif
