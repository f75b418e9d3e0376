/* Inside the reader of sources: from the bytes of a file to text. */
#ifndef HG_TEXT_READING_H
#define HG_TEXT_READING_H

#include "text/source.h"

/* The two halves of reading: an empty source with its budget; and everything that follows from the bytes,
 * which are changed and kept. */
hg_status hg_source_start(const char *path, const hg_budget *limits, hg_arena *arena, hg_source *source);
hg_status hg_source_finish(hg_source *source, char *bytes, size_t n, hg_arena *arena, const char **trouble);
hg_limit hg_source_size_limit(const hg_source *source); /* a notebook may be larger: its outputs are not read */

/* One sentence about the whole file, "path: why"; the status given, or HG_ENOMEM. */
hg_status hg_refuse(hg_status status, const char *path, const char *why, hg_arena *arena,
                    const char **trouble);

/* Turns n bytes into text in place, byte for byte: what is not UTF-8, NUL and other control characters become
 * '?', CR and CRLF become line ends. Adds one note for each kind of trouble, at its first place. */
hg_status hg_clean(char *bytes, size_t n, hg_arena *arena, hg_source *source, const char **trouble);

/* What the file is when it is no text in UTF-8: "is UTF-16; ...", or NULL. */
const char *hg_clean_encoding(hg_str bytes);

/* What a file of another program is, and what to do: "is a PDF: ..."; NULL: none that is known. */
const char *hg_foreign_form(hg_str bytes);

/* Fills text, cells and their numbers from the JSON of a notebook, which is changed (outputs are blanked). */
hg_status hg_notebook_read(char *json, size_t n, hg_arena *arena, hg_source *source, const char **trouble);

/* "path:line:column" of an offset into a file's bytes, printable. */
const char *hg_place_text(const char *path, hg_str bytes, size_t at, hg_arena *arena);
const char *hg_path_text(const char *path, hg_arena *arena); /* the path with control characters as '?' */

hg_status hg_source_note(hg_source *source, hg_arena *arena, hg_span span, const char *code,
                         const char *text);

#endif
