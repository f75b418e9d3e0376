/* Cases kept in a text file: a name or input on a line, and the lines behind it that begin with a tab. */
#ifndef HG_TESTS_LANG_CASES_H
#define HG_TESTS_LANG_CASES_H

#include "base/arena.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CASES = 1000 };

typedef struct test_case {
	hg_str input;    /* lines without a tab */
	char *expected;  /* lines behind a tab, without it */
	size_t line;
} test_case;

static test_case cases[MOST_CASES];
static size_t ncases;

/* `separated`: an input is all lines up to the first one with a tab, blank ones too. */
static inline void cases_read(const char *path, hg_arena *arena)
{
	FILE *file = fopen(path, "r");
	char line[4096];
	bool behind = true;
	if (!file)
		exit(2);
	for (size_t number = 1; fgets(line, sizeof line, file); number++) {
		size_t n = strlen(line);
		if (line[0] == '#' || (behind && line[0] == '\n'))
			continue;
		test_case *c = &cases[ncases ? ncases - 1 : 0];
		if (line[0] == '\t') {
			c->expected = hg_arena_print(arena, "%s%s", c->expected ? c->expected : "", line + 1);
			behind = true;
			continue;
		}
		if (behind) {
			if (ncases == MOST_CASES)
				exit(2);
			c = &cases[ncases++];
			c->line = number;
			c->input = (hg_str){hg_arena_copy(arena, line, n), n};
			behind = false;
		} else {
			char *joined = hg_arena_print(arena, "%.*s%s", HG_STR_ARG(c->input), line);
			c->input = hg_str_of(joined);
		}
	}
	fclose(file);
}

#endif
