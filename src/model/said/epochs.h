/* Where a document begins to define its names anew: another example, another network. */
#ifndef HG_MODEL_EPOCHS_H
#define HG_MODEL_EPOCHS_H

#include "lang/statement.h"

typedef struct hg_doc_model hg_doc_model;

typedef struct hg_epochs {
	size_t n;
	size_t start[8];
} hg_epochs;

/* Where a heading is followed by other definitions of names already defined. */
hg_status hg_epochs_of(const hg_statements *said, hg_arena *arena, hg_epochs *epochs);
size_t hg_model_epoch(const hg_doc_model *model, size_t statement);

#endif
