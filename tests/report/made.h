/* Reports made by hand, for the tests of the writers: every status, foreign text of every kind. */
#ifndef HG_TESTS_MADE_H
#define HG_TESTS_MADE_H

#include "finding/finding.h"

enum { MADE_MOST = 3 };

/* "document", "hostile", "module", "stopped", "twin", "several"; the number of reports, 0: no such name. */
size_t made_reports(const char *name, hg_arena *arena, const hg_report *list[static MADE_MOST]);

#endif
