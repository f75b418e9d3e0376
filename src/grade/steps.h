/* The steps an assignment asks for, and their points.
 *
 * A line of the assignment that shows a derivative, with or without what it equals, gets points by a comment on the
 * same line or the next: `<!-- points: 2 -->` in Markdown, `% points: 2` or \points{2} in TeX. Where no formula
 * stands beside it, the comment names the step: `<!-- points: 2 for dJ/dW2 -->`. */
#ifndef HG_GRADE_STEPS_H
#define HG_GRADE_STEPS_H

#include "base/arena.h"
#include "base/status.h"
#include "lang/statement.h"

typedef struct hg_step {
	const char *key, *title;
	double points;
} hg_step;

typedef struct hg_steps {
	size_t n;
	const hg_step *at;
	double total;
} hg_steps;

/* An assignment without points gives no steps. A marker that cannot be understood is trouble: *trouble then is a
 * sentence with its line, the status HG_EINVAL. */
hg_status hg_steps_read(const hg_statements *said, hg_arena *arena, hg_steps *steps, const char **trouble);

/* What a derivative is of, however it is written: "W2" for dJ/dW_2, \partial L / \partial W^{[2]}, dW2 and nabla_{W_2};
 * "z2/W2" for a factor dz2/dW2; "sigma'" for a slope. Letters among the indices do not count. Of a tree that is no
 * derivative, its name. */
const char *hg_step_key(const hg_expr *left, hg_arena *arena);
const char *hg_step_key_of_text(const char *plain, hg_arena *arena);

#endif
