/* Classes: how many a softmax goes over, which one is right; and conditions on indices, by which it is told from the
 * others. */
#ifndef HG_MODEL_CLASSES_H
#define HG_MODEL_CLASSES_H

#include "names/names.h"

typedef struct hg_doc_model hg_doc_model;

/* What is said of two indices: a = b, or a is not b. */
typedef struct hg_condition {
	const hg_expr *a, *b;
	bool equal, beside;     /* beside: in the words beside the equation of that statement */
	size_t from, stretch, statement;
} hg_condition;

void hg_model_classes(hg_doc_model *model, const hg_statements *said);
void hg_model_correct_class(hg_doc_model *model, const hg_statements *said);
bool hg_is_softmax(const hg_expr *e); /* e^{a_i} over the sum of all e^{a_k}, or the word */
bool hg_counts_classes(const hg_doc_model *model, hg_str name);
bool hg_is_correct_class(const hg_doc_model *model, const hg_expr *e);

#endif
