/* Slips of the pen: a name the document says nothing about, which can stand for one of its names only. Such a name is
 * read as that one, never silently: what agrees by it agrees up to notation, and a note says so. */
#ifndef HG_TABLES_PEN_H
#define HG_TABLES_PEN_H

#include "lang/statement.h"

typedef struct hg_pen_slip {
	hg_span span;     /* of the name as written */
	const char *note; /* "q^{[1]} is read as a^{[1]}: ..." */
} hg_pen_slip;

typedef struct hg_pen {
	const hg_statements *meant; /* the statements with the names that were meant; their spans are those written */
	size_t nslips, room;
	hg_pen_slip *slip;
} hg_pen;

hg_status hg_pen_read(hg_arena *arena, hg_pen *pen); /* from the statements meant so far to those meant */
hg_status hg_pen_add(hg_pen *pen, hg_arena *arena, hg_span span, const char *note);

/* The slips inside e, from *from on: the next one's note, or NULL. Start with *from = 0. */
const char *hg_pen_next(const hg_pen *pen, const hg_expr *e, size_t *from);

#endif
