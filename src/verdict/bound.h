/* Inside the judge: derivatives as they are bound. */
#ifndef HG_VERDICT_BOUND_H
#define HG_VERDICT_BOUND_H

#include "finding/grounds.h"
#include "model/model.h"

const hg_expr *hg_side_bare(const hg_expr *e); /* without boxes and braces */
const hg_expr *hg_side_core(const hg_expr *e); /* without a sign, a transpose, and numbers and counts as factors, too */

/* e is a derivative: dJ/dW, nabla_W J, dW, delta, a name the document gives to one. */
bool hg_bound_of(hg_doc_model *model, const hg_expr *e, hg_arena *arena, hg_bound *bound);
bool hg_slope_of(const hg_expr *e, hg_arena *arena, hg_bound *bound); /* sigma'(z) */

/* One of the two, in the core of a side. */
bool hg_side_states(hg_doc_model *model, const hg_expr *side, hg_arena *arena, hg_bound *bound);

/* Is that derivative by one entry, or for one sample, of a quantity that has more? */
bool hg_bound_is_part(hg_doc_model *model, const hg_expr *e, hg_arena *arena);

#endif
