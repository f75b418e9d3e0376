/* What an instructor decided by hand: a small CSV, `student,step,points,reason`, which grading reads and never writes. */
#ifndef HG_GRADE_OVERRIDES_H
#define HG_GRADE_OVERRIDES_H

#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

typedef struct hg_override {
	const char *student, *step, *reason; /* step: title or key */
	double points;
	size_t line;
} hg_override;

typedef struct hg_overrides {
	size_t n;
	const hg_override *at;
} hg_overrides;

/* `path` is for the messages alone. HG_EINVAL with *trouble: a sentence with its line. */
hg_status hg_overrides_read(hg_str csv, const char *path, hg_arena *arena, hg_overrides *overrides,
                            const char **trouble);

const hg_override *hg_override_find(const hg_overrides *overrides, const char *student, const char *key,
                                    const char *title); /* the last one counts; NULL: none */

#endif
