/* A class that hands in C modules: the instructor's has the functions and the points, a student's file the gradients.
 *
 * Each stage of the instructor's record is a step, worth one point, or what a comment of that file says:
 * `points: 2 for dW2`. */
#ifndef HG_GRADE_MODULE_H
#define HG_GRADE_MODULE_H

#include "base/limits.h"
#include "finding/finding.h"
#include "grade/marks/steps.h"

typedef struct hg_module_court {
	const char *path; /* of the instructor's module */
	const hg_budget *limits;
	const hg_settings *settings;
} hg_module_court;

/* The steps, and the hash of the instructor's file. HG_EIO or HG_EINVAL and *trouble. */
hg_status hg_module_steps(const hg_module_court *court, hg_arena *arena, hg_steps *steps, const char **sha256,
                          const char **trouble);

/* Judges a submission, in its process: self is a court. What cannot be judged is the report's trouble. */
hg_status hg_module_judge(const hg_module_court *court, const hg_source *source, hg_arena *arena, hg_report *report);

#endif
