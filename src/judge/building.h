/* Inside the model: the steps that build it. */
#ifndef HG_JUDGE_BUILDING_H
#define HG_JUDGE_BUILDING_H

#include "judge/model.h"

/* model.c calls these, in this order. */
hg_status hg_model_collect(hg_doc_model *model, const hg_statements *said, bool from_assignment); /* definitions.c */
void hg_model_words(hg_doc_model *model);      /* facts.c: what decides how definitions are taken */
void hg_model_facts(hg_doc_model *model);      /* facts.c: activations and losses named in words */
void hg_model_complete(hg_doc_model *model);   /* builtin.c: what the document leaves out */
void hg_model_straighten(hg_doc_model *model); /* cycles.c: equations that go in a circle */
void hg_model_other_loss(hg_doc_model *model); /* builtin.c; when the shapes are known */
void hg_model_shape(hg_doc_model *model);      /* roles.c */
void hg_var_shape(hg_doc_model *model, hg_var *v); /* shapes.c */
bool hg_var_is_label(const hg_var *v);

#endif
