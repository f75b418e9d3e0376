/* Which lines of a submission count.
 *
 * A line counts when it states a derivative of the assignment's loss by quantities of the assignment's forward pass and
 * by derivatives that other lines state which count; when it holds, in the assignment's model; and when it contains
 * neither that derivative nor the loss under a derivative sign. */
#ifndef HG_GRADE_WORTH_H
#define HG_GRADE_WORTH_H

#include "grade/marks/steps.h"
#include "finding/finding.h"

typedef enum hg_worth {
	HG_WORTH_NOTHING,  /* it is about something else, or says nothing that could be judged */
	HG_WORTH_COUNTS,
	HG_WORTH_RESTS,    /* right, but for what it takes from a line of the same document that is wrong */
	HG_WORTH_UNSHOWN,  /* it holds, and derives nothing: `why` */
	HG_WORTH_WRONG,
	HG_WORTH_FOLLOWS,  /* wrong, and right given an earlier mistake */
	HG_WORTH_OPEN,     /* not read, not decided, or nearly a statement of something: `why` */
} hg_worth;

typedef struct hg_line_worth {
	hg_worth worth;
	const char *why; /* a clause for people; NULL */
} hg_line_worth;

/* One for each finding. NULL: out of memory. */
const hg_line_worth *hg_worth_of(const hg_report *report, const hg_steps *steps, hg_arena *arena);

/* Does the line state, or nearly, what is asked? */
bool hg_states(const hg_finding *finding, const hg_bound *asked);

/* Is it about the variable of what is asked, or may it be: about something that is not understood? */
bool hg_may_state(const hg_finding *finding, const hg_line_worth *worth, const hg_bound *asked);

/* doubts: why a line that holds needs a person's eye before it earns anything: struck out, written by a macro that is
 * not what it seems, a number that nobody gave. NULL: it does not. */
const char *hg_line_doubt(const hg_report *report, const hg_finding *finding, const hg_steps *steps);
const char *hg_submission_doubt(const hg_report *report); /* the same of the whole submission: text that nobody can see */
bool hg_shows_all(const hg_report *report); /* nothing in it was left unread because no reader sees it */

#endif
