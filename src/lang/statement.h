/* Statements: chains of sides joined by relations, read whole or reported with their first unread token. */
#ifndef HG_LANG_STATEMENT_H
#define HG_LANG_STATEMENT_H

#include "base/buf.h"
#include "lang/cause.h"
#include "lang/expr.h"
#include "text/doc.h"

typedef enum hg_rel {
	HG_REL_NONE,    /* before the first side */
	HG_REL_EQ,      /* = */
	HG_REL_DEFINED, /* :=, \equiv, \triangleq, \stackrel{def}{=} */
	HG_REL_ASSIGN,  /* \leftarrow, <-, += and -= are rewritten to it */
	HG_REL_APPROX,  /* \approx, \simeq */
	HG_REL_IMPLIES, /* \Rightarrow, \implies, \to between equations, =>: a new claim about the same left side */
	HG_REL_PROPTO,
	HG_REL_COMPARE, /* <, >, \leq ... at the top: a condition, not an equation */
	HG_REL_IN,      /* \in: a statement of shape or of range */
	HG_REL_OTHER,   /* \sim, \xrightarrow ...: prose */
} hg_rel;

typedef struct hg_side {
	hg_rel rel;   /* the relation before it */
	hg_expr *e;   /* NULL: not read, and the statement has `unread` */
	hg_span span;
	hg_str reason; /* "(chain rule)", [since ...], --- (1), \tag{1}: words beside it */
} hg_side;

typedef struct hg_statement {
	size_t id;        /* chain number in the document, 1-based */
	size_t stretch;   /* index into doc->stretch of its first side */
	size_t section;   /* the number of headings before it */
	hg_span span;
	bool continues;   /* begins with a relation, or is a lone boxed or plain expression after a chain */
	bool unary_claim; /* one side only, kept because boxed, underlined, or a lone derivative: a result without its left side */
	bool in_reason;   /* stood in a bracket after \because or since: a reminder, judged like any other */
	bool step;        /* of code: a later line changes it again; its sides have no trees */
	bool listed;      /* u of "u, v \in S": says of one more name what the statement before it says */
	size_t implied;   /* not written as an equation: number of the table or the row of names that says it; 0: written */
	size_t nsides;
	hg_side *side;
	hg_span unread;   /* n > 0: the first token that was not understood */
	hg_cause unread_why;
	const char *unread_text; /* what was found there and what was expected, for people */
	hg_str where;     /* words after the equation in the same stretch: "where g is ReLU", "for all j" */
} hg_statement;

typedef struct hg_statements {
	const hg_doc *doc;
	bool blind; /* read without what custom alone tells: letters by role and order, no shape by a small letter */
	size_t n;
	hg_statement *at;
	size_t nnotes;
	hg_note *note;
} hg_statements;

/* With trees of their own, to be changed. NULL: no memory. */
hg_statements *hg_statements_copy(const hg_statements *said, hg_arena *arena);

/* Reads every stretch of the document: tokens, macro expansion (one budget), trees, statements. */
hg_status hg_parse(const hg_doc *doc, hg_arena *arena, hg_statements *said);

/* As --dump=tokens and --dump=tree show them. */
hg_status hg_tokens_dump(const hg_doc *doc, hg_arena *arena, hg_buf *out);
void hg_statements_dump(const hg_statements *said, hg_buf *out);

/* One expression from memory, for tests and for repairs to be parsed back. LaTeX, or the plain and numpy dialect. */
hg_status hg_parse_expression(hg_str text, bool plain, hg_arena *arena, hg_expr **e, const char **trouble);

#endif
