/* What `grade` and `merge` do when the class is there: the gradebook, the words, the exit code. */
#ifndef HG_CLI_COHORT_H
#define HG_CLI_COHORT_H

#include "cli/options.h"
#include "grade/cohort.h"

/* 0, 1, 2 by what was found; 3 and said so when the gradebook could not be filled in. */
int hg_cohort_end(const hg_cohort *class, const hg_options *options, hg_arena *arena);

#endif
