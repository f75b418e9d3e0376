/* What an instructor decided by hand: a small CSV, which grading reads and never writes.
 *
 *     student,step,points,reason
 *     anna,dJ/dW2,1,half of it is right
 *     *,dJ/dZ1,missing-transpose,2,accepted
 *
 * A line with * is for everybody whose step is as the third cell says: the id of a slip, or how the step stands
 * (wrong, unshown, follows, unsure, unread, missing). The last line that fits counts, one with a name before one with *. */
#ifndef HG_GRADE_OVERRIDES_H
#define HG_GRADE_OVERRIDES_H

#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"
#include "grade/marks/steps.h"
#include "report/score.h"

typedef struct hg_override {
	const char *student, *step, *reason; /* student "*": everybody; step: title or key */
	const char *cluster;                 /* a slip or a cell; NULL: whatever the step is like */
	double points;
	size_t line;
	bool unused; /* it cannot be meant so, and was said to be left out */
} hg_override;

typedef struct hg_overrides {
	size_t n;
	hg_override *at;
	const char *path;
} hg_overrides;

/* `path` is for the messages. HG_EINVAL with *trouble: a sentence with its line. */
hg_status hg_overrides_read(hg_str csv, const char *path, hg_arena *arena, hg_overrides *overrides,
                            const char **trouble);

/* Lines about a student or a step that is not there, or with more points than the step has, are left out: marked
 * unused, and a sentence for each in said (room for one a line). Returns how many. `is_student` knows the class. */
size_t hg_overrides_check(hg_overrides *overrides, const hg_steps *steps, bool (*is_student)(void *self, const char *name),
                          void *self, hg_arena *arena, const char **said);

const hg_override *hg_override_find(const hg_overrides *overrides, const char *student, const hg_score_row *row); /* NULL: none */

#endif
