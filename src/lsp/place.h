/* Spans of a source as an editor counts: lines from 0, columns in UTF-16; of a notebook, places in its JSON. */
#ifndef HG_LSP_PLACE_H
#define HG_LSP_PLACE_H

#include "text/source.h"

/* A stretch of the bytes the editor sent, in bytes. False: the JSON of a notebook does not have it. */
bool hg_place_in_text(const hg_source *source, hg_str text, hg_span span, hg_span *there);

typedef struct hg_position {
	size_t line, character;
} hg_position;

/* Where the lines of a text begin. */
typedef struct hg_lines {
	size_t n, *start;
} hg_lines;

bool hg_lines_of(hg_str text, hg_lines *lines); /* false: no memory, and none are there; the caller frees lines->start */
hg_position hg_position_of(const hg_lines *lines, hg_str text, size_t at);
size_t hg_position_at(hg_str text, hg_position position); /* the offset; clipped to its line, and to the text */

#endif
