/* From findings to points. A step is found by what the judge bound a line to, and counts by the rule of worth.h. A step
 * that is wrong costs its points, or what the assignment says its slip takes off; what the program cannot read, cannot
 * decide or holds to be no derivation waits for a person, and earns nothing until then. */
#ifndef HG_GRADE_SCORE_H
#define HG_GRADE_SCORE_H

#include "grade/marks/overrides.h"
#include "grade/marks/steps.h"
#include "finding/finding.h"
#include "report/score.h"

/* A row for each step of the assignment in its order, then one for each further claim of the report. */
hg_status hg_score_of(const hg_report *report, const hg_steps *steps, const hg_overrides *overrides,
                      const char *student, hg_arena *arena, hg_score *score);

#endif
