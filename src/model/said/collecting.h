/* Inside the collecting of what a document says: what definitions.c and samples.c share. */
#ifndef HG_MODEL_COLLECTING_H
#define HG_MODEL_COLLECTING_H

#include "model/model.h"

/* left.c: the name on a left side, bare or applied to what it depends on: L(a, y), z(x). False: there is none. */
bool hg_defined_name(hg_doc_model *model, const hg_expr *left, hg_ref *ref);
bool hg_is_count_letter(const hg_doc_model *model, const hg_expr *e); /* a letter that counts something; e may be NULL */

/* samples.c: what one statement shows of samples, their number, sums and means over them. */
void hg_model_sample_facts(hg_doc_model *model, const hg_statement *s);

#endif
