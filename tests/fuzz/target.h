/* One input: its first line is the ending of a file's name ("md", "tex", "ipynb", ...), the rest the
 * document. It goes the way of every document as far as it goes; what must hold of any is asserted on the
 * way. */
#ifndef HG_TESTS_FUZZ_TARGET_H
#define HG_TESTS_FUZZ_TARGET_H

#include "text/doc.h"

typedef struct fuzz_result { /* for seeds that carry an expectation */
	hg_status status;        /* of reading */
	size_t stretches, notes; /* that are mathematics; about the text */
	size_t statements, unread;
	size_t disagree; /* findings */
} fuzz_result;

fuzz_result fuzz_document(hg_str input);

#endif
