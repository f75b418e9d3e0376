/* A file as it was read: bytes, a table of lines, spans. Nothing is ever copied out of it. */
#ifndef HG_TEXT_SOURCE_H
#define HG_TEXT_SOURCE_H

#include "base/arena.h"
#include "base/limits.h"
#include "base/status.h"
#include "base/str.h"

/* A stretch of a source, in bytes. */
typedef struct hg_span {
	size_t at, n;
} hg_span;

/* 1-based; columns in bytes. In a notebook, `cell` is the 1-based cell and `line` the line inside it; 0
 * elsewhere. */
typedef struct hg_place {
	size_t line, column, cell;
} hg_place;

typedef enum hg_format { HG_MARKDOWN, HG_TEX, HG_RST, HG_NOTEBOOK, HG_PLAIN, HG_PYTHON } hg_format;

/* Trouble in the student's text: a place, and a sentence. Never costs anything else. */
typedef struct hg_note {
	hg_span span;
	const char *code; /* stable: "unclosed-math", "invalid-utf8", ... ; explained by `handgrad explain` */
	const char *text;
} hg_note;

typedef struct hg_source {
	const char *path; /* as given */
	hg_format format;
	bool told; /* by the caller: its name and its looks do not decide the format */
	hg_str text; /* UTF-8 without NUL and CR, byte for byte where it stands in the file (what is not UTF-8 is
	              * replaced in place); of a notebook: its Markdown and code cells, one after the other */
	size_t nlines, *line_start;
	size_t ncells, *cell_start; /* offsets into text; ncells is 0 unless a notebook */
	const size_t *cell_number;  /* 1-based number of each kept cell in the notebook */
	const bool *cell_is_code;
	char sha256[65];   /* of the file's bytes, hexadecimal */
	hg_budget *budget; /* what the document may cost: shared by all that works on it */
	size_t nnotes;
	hg_note *note; /* about the bytes; hg_doc_scan takes them over */
} hg_source;

/* Reads a file. A directory, a device, an unreadable, empty or too large file, UTF-16 or a broken notebook is
 * an error: *trouble is one sentence that says which, with the place if there is one, and the status is
 * HG_EIO or HG_ELIMIT. A PDF, a Word document, a picture is named, with what to do. The path "-" is standard
 * input. Format by the ending of the name, else by look. `limits`: NULL for the defaults. */
hg_status hg_source_read(const char *path, const hg_budget *limits, hg_arena *arena, hg_source *source,
                         const char **trouble);
/* The same from memory; `bytes` is copied. Format NULL: by name or by look. */
hg_status hg_source_of_format(const char *path, const hg_format *format, hg_str bytes, const hg_budget *limits, hg_arena *arena,
                              hg_source *source, const char **trouble);
hg_status hg_source_of(const char *path, hg_str bytes, const hg_budget *limits, hg_arena *arena,
                       hg_source *source, const char **trouble);

bool hg_format_of_name(const char *path, hg_format *format); /* false: its ending says nothing */

hg_place hg_source_place(const hg_source *source, size_t at);
hg_str hg_source_line(const hg_source *source, size_t at); /* the line an offset lies in, without its end */
hg_str hg_source_text(const hg_source *source, hg_span span);

#endif
