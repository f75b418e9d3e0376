/* A document that is open in an editor: its text as the editor has it, and what was found in it. */
#ifndef HG_LSP_SHEET_H
#define HG_LSP_SHEET_H

#include "document/document.h"
#include "lsp/place.h"
#include "report/json_parts.h"

typedef struct hg_sheet {
	char *uri, *name; /* name: its last component */
	hg_document_kind kind;
	hg_buf text;
	hg_lines lines;      /* of the text that was judged */
	json_int_t version; /* -1: the editor numbers none */
	bool stale, told;   /* the text has changed since it was judged; the editor has been told what was found in it */
	hg_document *judged; /* NULL: not yet, or no memory */
	struct hg_sheet *next;
} hg_sheet;

hg_sheet *hg_sheet_new(const char *uri, const char *language); /* NULL: no memory */
void hg_sheet_free(hg_sheet *sheet);

/* Puts `with` in the place of a range, as lines and columns of it and its end. */
void hg_sheet_change(hg_sheet *sheet, hg_position from, hg_position to, hg_str with);

void hg_sheet_judge(hg_sheet *sheet, const hg_document_options *options); /* if it is stale */

/* `text` with `with` in the place of a span; and what would be found in the sheet with another text, NULL: no memory. */
void hg_sheet_replaced(hg_str text, hg_span span, hg_str with, hg_buf *out);
hg_document *hg_sheet_judged(const hg_sheet *sheet, hg_str text, const hg_document_options *options);

/* The answers of the protocol, as JSON that the caller owns. Links: codes lead to their pages. */
json_t *hg_sheet_diagnostics(hg_json_maker *mk, const hg_sheet *sheet, bool links);
json_t *hg_sheet_hover(hg_json_maker *mk, const hg_sheet *sheet, hg_position at, const hg_document_options *options);

/* The repaired lines of what is wrong within a range: each offered only if the document, with it, agrees there. */
json_t *hg_sheet_actions(hg_json_maker *mk, const hg_sheet *sheet, hg_position from, hg_position to, const hg_document_options *options);

#endif
