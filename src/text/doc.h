/* The stretches of a document that are mathematics, with their offsets kept; and the prose between them. */
#ifndef HG_TEXT_DOC_H
#define HG_TEXT_DOC_H

#include "base/buf.h"
#include "text/source.h"

typedef enum hg_stretch_kind {
	HG_STRETCH_INLINE,  /* $..$, \(..\), and the doubled forms */
	HG_STRETCH_DISPLAY, /* $$..$$, \[..\], align and its kin, ```math, .. math:: */
	HG_STRETCH_PLAIN,   /* bare plain-text mathematics: a line or a table cell */
	HG_STRETCH_CODE,    /* a line of a code fence or code cell, in the numpy dialect */
	HG_STRETCH_PROSE,   /* words: only facts are taken from them */
	HG_STRETCH_HEADING, /* a heading, a list item number, a horizontal rule: ends a chain, resets nothing */
	HG_STRETCH_MACRO, /* \newcommand, \def, \DeclareMathOperator, \let, ...: one definition, for the lexer */
} hg_stretch_kind;

typedef struct hg_stretch {
	hg_stretch_kind kind;
	hg_span span;            /* the content, without its delimiters */
	hg_span outer;           /* with them */
	hg_str environment;      /* "align*", "equation", ... or empty */
	bool table_cell, struck; /* struck: ~~deleted~~ text, kept only so that it is seen to be dropped */
	bool quoted;             /* in a block quote */
	bool step;               /* of code: what a later line changes again */
	bool hangs;              /* of code: it runs only if something holds, or if somebody calls its function */
	hg_str function;         /* of code: the outermost it stands in */
	size_t row, column;      /* of the table: running number of the row in the document, column from 0 */
	size_t paragraph;        /* running number of the paragraph */
} hg_stretch;

typedef struct hg_doc {
	const hg_source *source;
	hg_str text; /* what the lexer reads: the source's text, as long as it, with what does not belong to the
	              * mathematics blanked by spaces (quote marks at the start of lines, comments) and Markdown's
	              * escapes undone */
	size_t nstretches;
	hg_stretch *stretch; /* in the order of the source; a macro defined inside a formula comes before it */
	size_t nnotes;
	hg_note *note;
} hg_doc;

/* Containers by DESIGN 4.1 and dialect.md 1.5. Linear in the size of the source. */
hg_status hg_doc_scan(const hg_source *source, hg_arena *arena, hg_doc *doc);

hg_str hg_doc_text(const hg_doc *doc, hg_span span); /* of doc->text */
const char *hg_stretch_kind_text(hg_stretch_kind kind);
void hg_doc_dump(const hg_doc *doc, hg_buf *out); /* a line for each stretch and each note: --dump=doc */

#endif
