/* Inside the judge: filling what a line of a submission states and rests on. */
#ifndef HG_VERDICT_BIND_GROUNDS_H
#define HG_VERDICT_BIND_GROUNDS_H

#include "verdict/session.h"

hg_status hg_grounds_of(hg_session *session, const hg_expr *left, const hg_expr *right, hg_grounds *grounds);

/* When it is known how the line was read. */
void hg_grounds_view(hg_session *session, const hg_claim *claim, const hg_outcome_of_side *outcome, hg_grounds *grounds);

bool hg_assignment_has(const hg_session *session, hg_str base);          /* is a quantity of that letter in it? */
bool hg_is_own_name(const hg_session *session, const hg_expr *left);     /* a name that the assignment does not have */

/* Binds what the assignment asks for, in the model of the submission: report->asked. */
hg_status hg_asked_bind(hg_session *session);

#endif
