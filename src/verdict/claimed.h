/* Inside the judge: a side that claims something. */
#ifndef HG_VERDICT_CLAIMED_H
#define HG_VERDICT_CLAIMED_H

#include "verdict/session.h"

/* Asks the numbers about left = right: a finding of that kind, its outcome, and a claim remembered in session->judged. */
hg_status hg_session_claim(hg_session *session, const hg_side_at *at, const hg_expr *left, const hg_expr *right, hg_kind kind,
                           hg_finding **found, hg_outcome_of_side *outcome);

#endif
