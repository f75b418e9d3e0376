#include "cli/nearest.h"

#include "cli/complain.h"

#include <stdlib.h>

hg_nearest hg_nearest_to(hg_str wanted) { return (hg_nearest){.wanted = wanted, .distance = (size_t)-1}; }

void hg_nearest_offer(hg_nearest *near, const char *name)
{
	size_t distance = hg_str_distance(near->wanted, hg_str_of(name));
	size_t most = near->wanted.n / 3 + 1; /* one slip in three letters is still the same word */
	bool begins = near->wanted.n >= 2 &&
	              hg_str_equal_nocase(hg_str_part(hg_str_of(name), 0, near->wanted.n), near->wanted);
	if (begins)
		distance = 1;
	if (distance <= most && distance < near->distance) {
		near->best = name;
		near->distance = distance;
	}
}

void hg_nearest_say(const hg_nearest *near, const char *what, const char *prefix)
{
	if (near->best)
		hg_complain("no %s %s%.*s; did you mean %s%s?", what, prefix, HG_STR_ARG(near->wanted), prefix, near->best);
	else
		hg_complain("no %s %s%.*s", what, prefix, HG_STR_ARG(near->wanted));
}

void hg_nearest_refuse(const hg_nearest *near, const char *what, const char *prefix)
{
	hg_nearest_say(near, what, prefix);
	exit(3);
}
