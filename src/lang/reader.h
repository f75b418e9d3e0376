/* Inside the reading of statements: tokens of one stretch made ready, and the state of the reader. */
#ifndef HG_LANG_READER_H
#define HG_LANG_READER_H

#include "lang/parse/parser.h"

/* Lays the rows of aligned environments out flat, opens boxes that hold whole equations, pairs bars, takes away the
 * layout that parts nothing (a row that goes on with an operator). What is left at the top parts equations. */
hg_status hg_tokens_lay_out(const hg_tokens *in, hg_arena *arena, hg_tokens *out);

enum { HG_MOST_COLUMNS = 4, HG_MOST_LISTED = 8 };

typedef struct hg_reader {
	hg_parser p;
	hg_arena *arena, *scratch; /* scratch: what a stretch needs only while it is read */
	hg_tokens written;         /* of the stretch; one list for all of them */
	size_t stretch, section; /* section: headings before it */
	bool display;      /* a lone expression counts */
	hg_statements *said;
	size_t room;
	size_t now;        /* the chain being read, as index + 1 into said->at; 0: none in this stretch */
	size_t room_sides; /* of that chain */
	size_t column, chain_of[HG_MOST_COLUMNS]; /* of an align: where we are, and the chain last read in each, as `now` */
	bool columns;      /* there is more than one */
	bool same_row;     /* something was read in this row */
	bool boxed;        /* the stretch was a box around equations */
	bool loose;        /* behind "where": what is no equation is words */
	bool in_reason;
	size_t nlisted;    /* names with nothing but commas between them: u, v, */
	const hg_expr *listed[HG_MOST_LISTED];
	size_t comma;      /* 1 + the comma that was just passed, 0: none */
	hg_str words;      /* lead-in, for the next relation */
} hg_reader;

hg_status hg_read_statements(hg_reader *r); /* all tokens of r->p */

/* The chain being read; NULL: none in this stretch. */
hg_statement *hg_chain(hg_reader *r);
hg_status hg_begin_chain(hg_reader *r, hg_span span, bool continues);
void hg_enter_column(hg_reader *r, size_t column); /* of an align: what begins with a relation goes on with the chain above it */
hg_status hg_add_side(hg_reader *r, hg_side side);
void hg_add_reason(hg_reader *r, hg_str words);  /* to its last side, if that stands in this row */
void hg_add_where(hg_reader *r, hg_span span);

hg_expr *hg_read_side(hg_reader *r);        /* one side, with "0 if z < 0 and 1 if z > 0"; NULL: unread, or no memory */
bool hg_is_separator(hg_token_kind kind);   /* parts equations at the top */
bool hg_is_first_word(hg_str words, const char *list); /* list: " if when " */

#endif
