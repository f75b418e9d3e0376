/* What hangs on a choice: the document judged once more with each of its values. */
#ifndef HG_VERDICT_HANG_H
#define HG_VERDICT_HANG_H

#include "model/choice.h"

/* Judges the document with these choices taken. `first` (or NULL: all of it): only how what is open in that report would be,
 * by custom. */
typedef struct hg_rejudge {
	hg_status (*judge)(void *self, const hg_choices *taken, const hg_report *first, hg_report *report);
	void *self;
} hg_rejudge;

/* A line that is open, right for one value of a choice and wrong for another, says so; of a line that is called wrong for
 * what was taken, and would not be without, a note says that. */
hg_status hg_hang_on_choices(const hg_rejudge *again, const hg_choices *taken, hg_arena *arena, hg_report *report);

#endif
