/* Foreign text made safe to show. Every byte of a document, a path or a message passes through here once, per
 * writer, and markup is escaped by the emitter of the format on top. */
#ifndef HG_REPORT_SAFE_H
#define HG_REPORT_SAFE_H

#include "base/buf.h"

typedef enum hg_safe_for {
	HG_SAFE_DATA,  /* valid UTF-8; the rest as it is (JSON escapes controls itself) */
	HG_SAFE_LINE,  /* one line for a screen: controls, line ends and bidirectional marks become visible */
	HG_SAFE_LINES, /* the same, but line feeds and tabs stay */
} hg_safe_for;

/* Bytes that are no UTF-8 become U+FFFD, one for each. */
void hg_safe(hg_str foreign, hg_safe_for what, hg_buf *out);

/* One character as a person sees it. */
typedef struct hg_glyph {
	size_t bytes;   /* in the source */
	int width;      /* cells on a screen: 0 (combining), 1 or 2 */
	char shown[8];  /* UTF-8, safe; spaces for a tab */
	size_t nshown;
} hg_glyph;

enum { HG_TAB_WIDTH = 4 };

/* The character at an offset below s.n. A tab is HG_TAB_WIDTH spaces wide; controls appear as their pictures. */
hg_glyph hg_glyph_at(hg_str s, size_t at);

size_t hg_width(hg_str s); /* cells of the cleaned line */

#endif
