/* The steps an assignment asks for, and their points.
 *
 * A line of the assignment that shows a derivative, with or without what it equals, gets points by a comment on the
 * same line or the next: `<!-- points: 2 -->` in Markdown, `% points: 2` or \points{2} in TeX. Where no formula
 * stands beside it, the comment names the step: `<!-- points: 2 for dJ/dW2 -->`. Behind the points may stand what a slip
 * takes off, instead of all: `<!-- points: 3, sign: -1, missing-mean: -0.5 -->`. `<!-- inherited: half -->`, anywhere,
 * says what a step is worth that is right but for an earlier mistake. */
#ifndef HG_GRADE_STEPS_H
#define HG_GRADE_STEPS_H

#include "base/arena.h"
#include "base/status.h"
#include "lang/statement.h"

enum { HG_MOST_DEDUCTIONS = 16 };

/* What a step that follows from an earlier mistake is worth. */
typedef enum hg_inherited { HG_INHERITED_UNSAID, HG_INHERITED_FULL, HG_INHERITED_HALF, HG_INHERITED_NONE } hg_inherited;

typedef struct hg_deduction {
	const char *slip; /* id in the catalogue */
	double points;    /* taken off */
} hg_deduction;

typedef struct hg_step {
	const char *key, *title;
	double points;
	size_t ndeductions;
	const hg_deduction *deduction;
	const hg_expr *asked; /* as the assignment writes it; NULL: it cannot be read */
} hg_step;

typedef struct hg_steps {
	size_t n;
	const hg_step *at;
	double total;
	hg_inherited inherited;
	size_t nnumbers;
	const double *number; /* the numbers in the assignment's formulas */
} hg_steps;

/* An assignment without points gives no steps. A marker that cannot be understood is trouble: *trouble then is a
 * sentence with its line, the status HG_EINVAL. */
hg_status hg_steps_read(const hg_statements *said, hg_arena *arena, hg_steps *steps, const char **trouble);

/* A name for a step in files, however it is written: "W2" for dJ/dW_2, \partial L / \partial W^{[2]}, dW2 and nabla_{W_2};
 * "z2/W2" for a factor dz2/dW2; "sigma'" for a slope. Letters among the indices do not count. Of a tree that is no
 * derivative, its name. Which line of a submission states a step is not found by it, but by how the judge bound the line. */
const char *hg_step_key(const hg_expr *left, hg_arena *arena);
const char *hg_step_key_of_text(const char *plain, hg_arena *arena);
hg_status hg_step_tree(hg_str plain, hg_arena *arena, const hg_expr **tree); /* NULL: it cannot be read */

#endif
