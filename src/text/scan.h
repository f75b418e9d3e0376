/* Inside the scanner of documents: one cursor that runs once over the text, and what the parts
 * of it share. */
#ifndef HG_TEXT_SCAN_H
#define HG_TEXT_SCAN_H

#include "text/code_seen.h"
#include "text/doc.h"
#include "text/words.h"

#define NONE    ((size_t)-1)
#define UNKNOWN ((size_t)-2) /* of a look-up not yet made */

/* Pairs of delimiters, and environments: the rows of containers.def. */
typedef enum pair {
#define PAIR_ROW(id, ...) PAIR_##id,
#define ENVIRONMENT_ROW(...)
#include "text/containers.def"
#undef PAIR_ROW
#undef ENVIRONMENT_ROW
	NPAIRS
} pair;

typedef enum environment_use { ENV_MATH, ENV_CODE, ENV_TABLE, ENV_SKIP } environment_use;

enum { MOST_ENVIRONMENTS = 48, MOST_DISPLAY_MACROS = 8 };

typedef struct scan {
	const hg_source *source;
	hg_doc *doc;
	hg_arena *arena;
	char *text;       /* the same bytes as doc->text, to be blanked */
	size_t at, end;   /* the cursor, and where the region (the cell of a notebook) ends */
	hg_format format; /* of the region */
	size_t stretch_room, note_room;
	size_t paragraph, row, column;
	bool in_table, in_pipe_table, struck;
	bool formulas_over, parts_over, gradient_code;
	scan_code_seen code;
	hg_stretch_kind prose_kind; /* PROSE, or HEADING inside a heading */
	size_t prose_from;          /* start of the words not yet emitted, or NONE */
	size_t quotes;              /* depth of block quotes of the present line */
	size_t next_closer[NPAIRS]; /* where the next closer stands that was looked up last: no text is searched
	                               twice */
	size_t next_end[MOST_ENVIRONMENTS][2]; /* without and with a star */
	size_t next_tag_end;
	size_t ndisplays;
	struct {
		hg_str name, environment; /* \eqs for \newcommand{\eqs}[1]{\begin{align*} #1 \end{align*}} */
	} display[MOST_DISPLAY_MACROS];
	size_t paragraph_from, paragraph_to; /* as far as it was looked up */
	size_t no_backticks;                 /* bit n: in this paragraph no run of n backticks follows */
	size_t no_backticks_in;
	hg_status status;
} scan;

/* scan.c: emitting */
void scan_add(scan *s, hg_stretch_kind kind, hg_span span, hg_span outer, hg_str environment);
void scan_math(scan *s, hg_stretch_kind kind, hg_span span, hg_span outer, hg_str environment);
void scan_note(scan *s, hg_span span, const char *code, const char *text);
void scan_prose_from(scan *s, size_t at); /* words begin here, unless they have begun already */
void scan_flush(scan *s, size_t to);      /* ... and end here */
void scan_paragraph(scan *s, size_t at);  /* ends the words and the paragraph */

/* inline.c: from the cursor to the end of its line, or further where mathematics goes on */
void scan_inline(scan *s);
void scan_pair(scan *s, pair which, hg_stretch_kind kind); /* the cursor is on the opener */
size_t scan_paragraph_end(scan *s, size_t at);
void scan_lose(scan *s, size_t from); /* the rest of the paragraph: a delimiter in it was never closed */

/* environment.c, span.c: what stands at the cursor */
void scan_environment(scan *s);
bool scan_table_mark(scan *s); /* the end of a cell or row; false: none here */
void scan_backticks(scan *s);
void scan_tag(scan *s);
void scan_link_target(scan *s);
void scan_strike(scan *s);

/* Nothing that may be repeated is searched further than this, so that no line costs more than its length. */
enum { LONGEST_TAG = 1024, LONGEST_ARGUMENT = 256 };

/* block.c: one line, or the block that begins with it; the cursor is at the start of a line
 * before and after */
void scan_line(scan *s);
bool block_begins(const scan *s,
                  size_t line); /* a heading, list item, fence, table row: ends a `$` left open */

/* delimiter.c: where what was opened is closed; NONE, and a note, when it is not */
size_t scan_closer(scan *s, pair which, size_t from);
size_t scan_environment_end(scan *s, size_t environment, hg_str name, size_t from);
const char *pair_opener(pair which);
const char *pair_closer(pair which);
size_t environment_find(hg_str name, environment_use *use); /* NONE: not one we know */

/* macro.c: the length of the definition that begins at `at`, or 0; a definition, as a stretch; at the cursor a macro of the
 * document that typesets its argument as a display, read as one: false, there is none */
size_t macro_length(hg_str text, size_t at);
void scan_macro(scan *s, hg_span span);
bool scan_display_macro(scan *s);

/* join.c: formulas in pieces */
size_t formula_start(const scan *s, size_t open);
bool join_formula(scan *s, size_t open, hg_span content, size_t end);

/* plain.c: equations in plain text. The next one at or behind `from`; false when there is none. */
typedef struct equation {
	hg_span span;
	bool alone; /* nothing but it stands in the line */
} equation;
bool find_equation(hg_str line, size_t from, equation *found);
void scan_plain(scan *s, hg_span span, hg_span outer);
void scan_words(scan *s, hg_span span); /* emits words, and the equations in plain text among them */

/* code.c: lines [from, to) of a fence or of a code cell; and when all is read, what was no
 * gradient code goes */
void scan_code(scan *s, size_t from, size_t to);
void scan_code_end(scan *s);

/* python.c: a file of code; text in its comments goes to `region` */
void scan_python(scan *s, void (*region)(scan *, size_t, size_t));

/* unseen.c: what is not on the page, in the first n bytes: blanked */
void blank_switched_off(scan *s, size_t n);
void blank_hidden_elements(scan *s, size_t n);
void blank_unshown_markdown(scan *s, size_t n); /* references of links, what stands for a picture */

static inline size_t at_most(const scan *s, size_t at, size_t n) { return n < s->end - at ? at + n : s->end; }

static inline hg_span between(size_t from, size_t to) { return (hg_span){from, to - from}; }

static inline size_t line_end(const scan *s, size_t at)
{
	while (at < s->end && s->text[at] != '\n')
		at++;
	return at;
}

/* Out of memory, or of what a document may hold. */
static inline bool scan_over(const scan *s) { return s->status != HG_OK || s->parts_over; }

static inline bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\v'; }
static inline bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

static inline bool text_at(const scan *s, size_t at, const char *what)
{
	return hg_str_starts((hg_str){s->text + at, s->end - at}, what);
}

#endif
