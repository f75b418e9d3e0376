/* Inside the two front ends for mathematics as it is typed: plain text (W(1)x + b(1), y^, d1/dW) and code
 * (numpy). */
#ifndef HG_LANG_TYPED_H
#define HG_LANG_TYPED_H

#include "lang/command.h"

typedef enum hg_dialect { HG_DIALECT_PLAIN, HG_DIALECT_CODE } hg_dialect;

enum { HG_TYPED_GROUPS = 200 }; /* exponents open inside one another */

typedef struct hg_typed {
	hg_dialect dialect;
	bool matlab; /* * is a product of matrices or with a number, ' a transpose */
	hg_str text; /* of the whole source */
	size_t i, end;
	size_t first; /* index of the stretch's first token */
	hg_arena *arena;
	hg_tokens *out;
	hg_gap gap;
	size_t depth;                  /* brackets open */
	size_t group[HG_TYPED_GROUPS]; /* depth at which the exponent that is a whole bracket ends */
	bool silent[HG_TYPED_GROUPS];  /* the bracket itself is not a token */
	size_t ngroups;
} hg_typed;

char hg_typed_peek(const hg_typed *s, size_t ahead); /* 0 at the end */
hg_status hg_typed_add(hg_typed *s, hg_token_kind kind, int value, hg_str text, size_t at, size_t n);
/* A NAME, by the rules of what is typed: y_hat and yhat are a hat, W_1 a subscript, sigmoid_prime a prime. */
hg_status hg_typed_name(hg_typed *s, size_t at, size_t n);
/* A run of letters, digits, underscores and dots at the cursor, with the methods of code. */
hg_status hg_typed_word(hg_typed *s);
/* Puts a hat, bar or tilde over the last name. */
hg_status hg_typed_accent(hg_typed *s, const char *command);
hg_status hg_typed_foreign(hg_typed *s); /* a character that is no ASCII */
hg_status hg_typed_all(hg_typed *s);
bool hg_has_dotted_signs(hg_str text, hg_span span); /* .*, ./ or .^ */

#endif
