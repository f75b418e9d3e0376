/* From findings to points. A step that is wrong costs its points; what the program cannot read or cannot decide costs
 * nothing and waits for a human; a mistake inherited from an earlier line is not counted again. */
#ifndef HG_GRADE_SCORE_H
#define HG_GRADE_SCORE_H

#include "grade/overrides.h"
#include "grade/steps.h"
#include "finding/finding.h"
#include "report/score.h"

/* A row for each step of the assignment in its order, then one for each further claim of the report. */
hg_status hg_score_of(const hg_report *report, const hg_steps *steps, const hg_overrides *overrides,
                      const char *student, hg_arena *arena, hg_score *score);

#endif
