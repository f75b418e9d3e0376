/* Inside the scanner of code: its lines, one by one. */
#ifndef HG_TEXT_CODE_LINE_H
#define HG_TEXT_CODE_LINE_H

#include "text/code_function.h"
#include "text/scan.h"

typedef enum assignment_kind { A_PLAIN, A_UPDATE, A_STEPWISE } assignment_kind;

typedef struct assignment {
	hg_span span;
	hg_str base; /* what is assigned, as far as it must be the same array: dW[1], but dw for dw[j] */
	assignment_kind kind;
	bool gradient, readable;
	bool layer; /* multiplies matrices or applies an activation */
	bool short_name;
	bool hangs;      /* it runs only if something holds */
	hg_str function; /* it stands in; empty: in none */
	bool loss; /* what the function of a loss returns, or what is called one */
} assignment;

/* A quote begins a string unless it stands as a prime behind a name: g'(z), Z'. Behind a string that begins at `at`, single
 * or triple quoted. */
bool code_begins_string(hg_str t, size_t at);
size_t code_skip_string(hg_str t, size_t at);

/* One logical line: to the line end outside of brackets. *words: to where its comment begins. */
size_t code_logical_line(hg_str t, size_t at, size_t *words);

/* What the line from, to assigns; false: it is no assignment. */
bool code_assignment_read(scan *s, size_t from, size_t to, assignment *a);

/* Does `name` stand in the expression as a whole word? */
bool code_uses(hg_str t, hg_str name);

/* Can it be an expression of the dialect at all? *terms: how many names stand in it. */
bool code_fits(hg_str t, size_t *terms);

#endif
