/* What a side of a statement is: a definition, a claim, an update, numbers, or nothing to judge. */
#ifndef HG_MODEL_KINDS_H
#define HG_MODEL_KINDS_H

#include "model/model.h"

/* W := W - alpha g: the g. NULL: not an update. */
const hg_expr *hg_update_gradient(hg_doc_model *model, const hg_expr *left, const hg_expr *right, hg_arena *arena,
                                  const hg_expr **derivative);
/* Is this side where the model took the variable's definition from? */
bool hg_side_defines(const hg_doc_model *model, size_t statement, size_t side);
bool hg_is_gradient(hg_doc_model *model, const hg_expr *e, hg_ref *ref); /* dW, delta: a name of a gradient */
bool hg_is_plain_name(hg_doc_model *model, const hg_expr *e, hg_ref *ref);
bool hg_names_function(const hg_expr *e); /* ReLU, sigma */

bool hg_sets_to_zero(hg_doc_model *model, const hg_expr *left, const hg_expr *right); /* dJ/dtheta = 0: of the extremum */

/* y w^T x: a label multiplies a score. */
bool hg_label_weighs(hg_doc_model *model);

#endif
