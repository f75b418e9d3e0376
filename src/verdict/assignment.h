/* The assignment's equations, which are the truth about the network: in the student's way of writing layers, and held
 * against what the student writes of the network. */
#ifndef HG_VERDICT_ASSIGNMENT_H
#define HG_VERDICT_ASSIGNMENT_H

#include "verdict/session.h"

/* W_1 and W^{(1)} as W^{[1]}, so that names mean the same whatever habits they are read by. */
hg_status hg_assignment_read(const hg_statements *theirs, hg_arena *arena, const hg_statements **read);

/* The same of expressions: the steps it asks for. */
hg_status hg_assignment_spell(const hg_statements *theirs, const hg_expr *const *asked, size_t n, hg_arena *arena,
                              const hg_expr ***spelled);

/* Is the equation of this side not the assignment's? And what the finding on it says. */
bool hg_assignment_contradicts(const hg_session *s, const hg_side_at *at);
hg_status hg_assignment_objects(hg_session *s, const hg_side_at *at, hg_finding *finding);

/* Is judged[i] right for the network the student writes instead? Then it follows from the first equation that is not the
 * assignment's: fills inherited_from of its finding. */
hg_status hg_assignment_inherit(hg_session *s, size_t judged);

/* "the assignment says: A1 = tanh(Z1)" */
hg_status hg_assignment_says(const hg_definition *d, hg_arena *arena, hg_finding *finding);

#endif
