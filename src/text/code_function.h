/* Functions in code: def relu_prime(z): and what it is the derivative of. Read alike by what picks the lines of a
 * document and by what reads them. */
#ifndef HG_TEXT_CODE_FUNCTION_H
#define HG_TEXT_CODE_FUNCTION_H

#include "base/str.h"

enum { HG_CODE_ARGUMENTS = 4 };

typedef struct hg_code_function {
	hg_str name, argument[HG_CODE_ARGUMENTS]; /* without self */
	size_t narguments;                        /* HG_CODE_ARGUMENTS + 1: more than are kept */
	bool loss;                                /* what it returns is called a loss */
	hg_str of;                                /* f of f_prime, df, d2f; empty: it is no derivative by its name */
	int order;                                /* of the derivative; 0: `of` is an argument, by which a loss is differentiated */
} hg_code_function;

bool hg_is_name_byte(char c);
hg_str hg_name_in_code(hg_str text, size_t at); /* the name that begins there; it may be empty */

bool hg_code_function_read(hg_str line, hg_code_function *f); /* false: no line `def name(...)` */

/* The function in whose body offset `at` of the text lies: of the last `def` above it. */
bool hg_code_function_around(hg_str text, size_t at, hg_code_function *f);

/* What f returns, as the pass back calls it: out, where f_backward(dout, ...) stands below offset `at` of the text, which lies in
 * the body of f. Empty: nothing says so. */
hg_str hg_code_function_output(hg_str text, size_t at, const hg_code_function *f);

#endif
