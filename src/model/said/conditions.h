/* Conditions on indices: "for i = j", "if k is not the right class". They hold for the equations they stand beside, and
 * for those after them. */
#ifndef HG_MODEL_CONDITIONS_H
#define HG_MODEL_CONDITIONS_H

#include "model/model.h"

/* Where in the document the conditions stand. */
hg_status hg_model_conditions(hg_doc_model *model);

/* A letter that counts, or the one that names the right class. */
bool hg_condition_letter(const hg_doc_model *model, const hg_expr *e);

#endif
