/* Inside the parser: one state, one function per rule of the grammar, split over parse_*.c.
 *
 *   condition := sum { ("=" | "<" | ">" ... | "\in") sum }            inside brackets only
 *   sum       := ["+" | "-"] product { ("+" | "-" | "\pm") product }
 *   product   := factor { [glue] factor }                            kept in order, with its glue
 *   factor    := ["-"] scripted | big | derivative | function factor
 *   scripted  := atom { "^" script | "_" script | "'" | "(" arguments ")" | "[" subscripts "]" | "|_" condition }
 *   atom      := number | name | accent atom | "(" list ")" | "{" sum "}" | fraction | root | matrix | cases | ...
 */
#ifndef HG_LANG_PARSER_H
#define HG_LANG_PARSER_H

#include "base/limits.h"
#include "lang/cause.h"
#include "lang/command.h"
#include "lang/function.h"

typedef struct hg_parser {
	hg_arena *arena;
	hg_str text; /* the source, for words kept as written */
	const hg_token *t;
	size_t i, end;  /* the token to be read; one past the last one that may be */
	size_t depth, nodes; /* depth: brackets and groups open */
	const hg_budget *limits;
	size_t brackets; /* how many are open: a wide space parts nothing inside */
	bool code;       /* the numpy dialect: a name before "(" is called */
	bool no_memory;
	bool failed;     /* the first trouble, kept: */
	hg_span bad;
	hg_cause why;
	const char *expected; /* its words */
	size_t nnotes, room; /* remarks on the way: a missing sign of a differential */
	hg_note *note;
} hg_parser;

typedef struct hg_kids { /* a growing list of kids; glue[i] joins i and i + 1 */
	hg_expr **at;
	hg_glue *glue;
	size_t n, room;
} hg_kids;

/* Each returns NULL after hg_fail or when memory is gone. */
hg_expr *hg_parse_condition(hg_parser *p);
hg_expr *hg_parse_sum(hg_parser *p);
hg_expr *hg_parse_product(hg_parser *p);
hg_expr *hg_parse_product_from(hg_parser *p, hg_expr *first_factor); /* the first has been read */
hg_expr *hg_parse_factor(hg_parser *p);
hg_expr *hg_parse_scripted(hg_parser *p, hg_expr *atom);
hg_expr *hg_parse_atom(hg_parser *p);
hg_expr *hg_parse_command(hg_parser *p);
hg_expr *hg_parse_bracket(hg_parser *p);      /* (a), [a, b], \{z > 0\}, |x|, a row [20 \ 20] */
hg_expr *hg_parse_call(hg_parser *p, hg_expr *f, bool *called); /* f(..), f[..]; not called: a product, nothing read */
hg_expr *hg_call_of(hg_parser *p, hg_expr *f, hg_expr *const *argument, size_t n);
hg_expr *hg_parse_cases(hg_parser *p);        /* rows "value & condition" or "value, condition" */
hg_expr *hg_parse_case_condition(hg_parser *p, size_t end);
bool hg_is_matrix(hg_str environment);
bool hg_is_cases(hg_str environment);
hg_expr *hg_parse_environment(hg_parser *p);  /* a matrix or cases */
hg_expr *hg_parse_big(hg_parser *p);          /* \sum, \prod with limits */
hg_expr *hg_parse_fraction(hg_parser *p);     /* \frac, and a derivative if it is one */
hg_expr *hg_parse_differential(hg_parser *p); /* \partial L/\partial x, \partial_x f, \partial z as a name */
hg_expr *hg_derivative_of_names(hg_parser *p, hg_expr *above, hg_expr *below); /* {\\partial y}/{\\partial z}; NULL: not that */
hg_expr *hg_parse_nabla(hg_parser *p);
hg_expr *hg_parse_group(hg_parser *p);        /* the argument of a command: {..} or one token */
hg_expr *hg_parse_script(hg_parser *p);       /* what stands in a subscript: never fails but for memory */
bool hg_starts_factor(const hg_parser *p);
bool hg_is_derivative_sign(const hg_parser *p, size_t i); /* a d or \partial with something behind it */

bool hg_parse_items(hg_parser *p, size_t close, bool call, hg_kids *l); /* between commas, up to the token `close` */

/* Nodes. */
bool hg_kids_add(hg_parser *p, hg_kids *kids, hg_glue glue, hg_expr *e); /* false: e is NULL, or no memory */
hg_expr *hg_node(hg_parser *p, hg_op op, hg_span span, size_t nkids);
hg_expr *hg_node_of(hg_parser *p, hg_op op, hg_span span, hg_expr *a, hg_expr *b); /* one kid, or two; NULL if a is */
hg_expr *hg_name(hg_parser *p, hg_str name, hg_span span);
hg_expr *hg_words(hg_parser *p, size_t from, size_t to); /* TEXT of the source of tokens [from, to) */
bool hg_add_index(hg_parser *p, hg_expr *e, hg_index_style style, bool sup, hg_expr *index);
hg_expr *hg_join(hg_parser *p, hg_op op, hg_expr **kid, const hg_glue *glue, size_t n); /* n == 1: the kid itself */

/* Tokens. */
const hg_token *hg_look(const hg_parser *p); /* the token to be read; the END behind p->end */
const hg_token *hg_look_at(const hg_parser *p, size_t i);
bool hg_at(const hg_parser *p, hg_token_kind kind);
bool hg_at_open(const hg_parser *p, const char *text);
bool hg_at_command(const hg_parser *p, const char *name);
bool hg_take(hg_parser *p, hg_token_kind kind);
/* The first token at the level of [from, to) that satisfies `is`; to if none. */
size_t hg_find_at_level(const hg_parser *p, size_t from, size_t to, bool (*is)(const hg_token *));
size_t hg_after(const hg_parser *p, size_t i); /* the token behind token i and all that it opens */
hg_span hg_span_from(const hg_parser *p, size_t first); /* of tokens [first, p->i) */
hg_span hg_span_join(hg_span a, hg_span b);
hg_expr *hg_fail(hg_parser *p, hg_cause why); /* NULL */
bool hg_enter(hg_parser *p); /* one level deeper; false, and failed, beyond the limit */
void hg_leave(hg_parser *p);
hg_expr *hg_too_high(hg_parser *p); /* NULL, and failed */
hg_expr *hg_over(hg_parser *p, hg_limit limit); /* the same: "more than 64 bytes in ..." */
bool hg_remark(hg_parser *p, hg_span span, const char *code, const char *text);

#endif
