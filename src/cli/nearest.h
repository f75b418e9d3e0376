/* A name that nobody knows is answered with the nearest one there is. */
#ifndef HG_CLI_NEAREST_H
#define HG_CLI_NEAREST_H

#include "base/str.h"

typedef struct hg_nearest {
	hg_str wanted;
	const char *best; /* NULL: nothing near enough */
	size_t distance;
} hg_nearest;

hg_nearest hg_nearest_to(hg_str wanted);
void hg_nearest_offer(hg_nearest *near, const char *name);

/* "handgrad: no option --jsn; did you mean --json?" on standard error. */
void hg_nearest_say(const hg_nearest *near, const char *what, const char *prefix);
_Noreturn void hg_nearest_refuse(const hg_nearest *near, const char *what, const char *prefix); /* and exits with 3 */

#endif
