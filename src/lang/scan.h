/* Inside the LaTeX scanner: the state its parts share. */
#ifndef HG_LANG_SCAN_H
#define HG_LANG_SCAN_H

#include "lang/command.h"
#include "lang/macro.h"

typedef struct hg_scan {
	hg_str text;     /* what is being scanned: the source, or the body of a macro */
	size_t i, end;   /* offsets into text */
	bool inside;     /* text is the body of a macro: tokens take the span of its use */
	bool words;      /* letters make words (inside \mathrm and \text) */
	hg_span use;
	hg_gap gap;      /* before the next token */
	size_t depth;    /* of macros in macros */
	size_t parts;    /* of words in words: \text{\text{ */
	hg_macros *macros;
	hg_arena *arena;
	hg_tokens *out;
} hg_scan;

/* Appends a token that was written at [at, s->i). */
hg_status hg_scan_add(hg_scan *s, hg_token_kind kind, int value, hg_str text, size_t at);
hg_status hg_scan_all(hg_scan *s); /* to its end */
/* The same over a part of the text, letters as words or as letters. */
hg_status hg_scan_part(hg_scan *s, hg_str part, bool words);

void hg_scan_skip_blanks(hg_scan *s);
/* An argument: a group in braces (without them), or the next token; empty at the end. */
hg_str hg_scan_argument(hg_scan *s);
bool hg_scan_option(hg_scan *s, hg_str *option); /* an optional one in square brackets */
hg_str hg_scan_control(hg_scan *s);              /* the name of the command whose backslash was just passed */

hg_status hg_scan_words(hg_scan *s, hg_str content, size_t at); /* the argument of \text and its kin */
hg_status hg_scan_letters(hg_scan *s);                          /* a run of letters */
hg_status hg_scan_command(hg_scan *s);                          /* a backslash and what follows */
hg_status hg_scan_macro(hg_scan *s, const hg_macro *macro, size_t at);
/* What a command of a package is that nobody defines, \pdv{f}{x}, with its arguments at the cursor. */
hg_status hg_package_macro(hg_scan *s, hg_str name, hg_macro *macro, bool *found);

#endif
