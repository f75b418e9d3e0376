/* What the assertions for a test of somebody else's would say. */
#ifndef ASSERTED_H
#define ASSERTED_H

#include "handgrad-check.h"

/* Of the last assertion; empty: nothing. */
static char why[HG_CK_MESSAGE_];

#define AGREES(refutes)                                                                                      \
	do {                                                                                                     \
		*why = '\0';                                                                                         \
		ck_assert_msg(!(refutes), "%s", why);                                                                \
	} while (0)
#define REFUSED(refutes, words)                                                                              \
	do {                                                                                                     \
		*why = '\0';                                                                                         \
		ck_assert(refutes);                                                                                  \
		ck_assert_msg(strstr(why, words) != NULL, "'%s' is not in: %s", words, why);                         \
	} while (0)

#endif
