/* Inside the finder of equations in plain text: what the pieces of a line are. */
#ifndef HG_TEXT_PLAIN_H
#define HG_TEXT_PLAIN_H

#include "text/scan.h"

typedef enum token_kind {
	T_END,
	T_CUT,  /* a sign of the sentence */
	T_WORD, /* of a language */
	T_NAME,
	T_NUMBER,
	T_REL,
	T_OPEN,
	T_CLOSE,
	T_OPERATOR,
	T_CASE, /* if, and, otherwise */
	T_MARK, /* of emphasis */
} token_kind;

typedef struct token {
	token_kind kind;
	size_t at, end;
} token;

token next_token(hg_str t, size_t at, size_t depth); /* depth: brackets open, in which `=` is no relation */
size_t name_end(hg_str t, size_t at); /* behind a name and what is glued to it: W1, np.dot, A.T */
token_kind dotted_kind(hg_str word);  /* every part between dots must be known: W.T; not hw3.pdf */
size_t math_sign(hg_str t, size_t at, token_kind *kind); /* a character outside of ASCII: its length */
size_t sign_kind(hg_str t, size_t at, size_t depth, token_kind *kind); /* a sign of ASCII: its length */

#endif
