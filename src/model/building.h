/* Inside the model: the steps that build it. */
#ifndef HG_MODEL_BUILDING_H
#define HG_MODEL_BUILDING_H

#include "model/model.h"

/* model.c calls these, in this order. */
hg_status hg_model_collect(hg_doc_model *model, const hg_statements *said, bool from_assignment); /* definitions.c */
void hg_model_keep_given(hg_doc_model *model); /* given.c: what the assignment gives is not defined anew */
/* functions.c: letters for functions */
bool hg_is_function_letter(hg_str base);
hg_map hg_named_map(const hg_expr *e, hg_fn *whole); /* the function a name is of; HG_NMAPS */
bool hg_model_bind_function(hg_doc_model *model, const hg_ref *ref, hg_map map, hg_fn whole, const hg_expr *body,
                            hg_str letter, size_t statement);
void hg_model_bind_by_example(hg_doc_model *model, const hg_expr *g, const hg_expr *known, size_t statement);
bool hg_model_bind_by_slope(hg_doc_model *model, const hg_expr *left, const hg_expr *right, size_t statement);
void hg_model_settle_functions(hg_doc_model *model); /* when all is collected: a letter said to be two functions */
void hg_model_words(hg_doc_model *model);      /* facts.c: what decides how definitions are taken */
void hg_model_code(hg_doc_model *model);
void hg_model_plain_arrays(hg_doc_model *model);    /* code_axes.c */
bool hg_named_axis(const hg_expr *call, unsigned *axis); /* axis=0 or axis=1 of a call; false: none is named */
void hg_model_code_sizes(hg_doc_model *model);       /* code_sizes.c: sizes that code takes from arrays */       /* code_facts.c: functions that code defines */
void hg_model_facts(hg_doc_model *model);      /* facts.c: activations and losses named in words */
void hg_model_complete(hg_doc_model *model);   /* builtin.c: what the document leaves out */
void hg_model_straighten(hg_doc_model *model); /* cycles.c: equations that go in a circle */
void hg_model_other_loss(hg_doc_model *model); /* amend.c; when the shapes are known */
void hg_model_shape(hg_doc_model *model);      /* roles.c */
bool hg_expr_speaks_of_input(hg_doc_model *model, const hg_expr *e); /* of x, x_j; shapes.c */
bool hg_model_is_of_numbers(hg_doc_model *model); /* scalars.c */
void hg_model_share(hg_doc_model *model); /* share.c */
void hg_var_shape(hg_doc_model *model, hg_var *v); /* shapes.c */
void hg_model_sample_letters(hg_doc_model *model); /* sample_letters.c */
bool hg_is_sample_index(const hg_doc_model *model, hg_str letter);
bool hg_is_length(const hg_expr *e); /* len(x), x.shape[0] */
bool hg_counts_samples(const hg_doc_model *m, const hg_expr *e); /* m, N; 2m */
/* y_{n,i}, P_{ij}: which of the two indices of what is a vector for one sample counts the samples; -1: it is not such. */
int hg_sample_index(const hg_var *v, const hg_ref *ref);
bool hg_var_is_label(const hg_var *v);

/* vars.c: the definition that serves a variable best; the layer letter of a family, z^{[l]} or a^{[l-1]}, where `layer`
 * is an instance of it. */
void hg_var_define(hg_doc_model *model, hg_var *v);
bool hg_family_layer(const hg_doc_model *model, const hg_definition *d, int layer, hg_str *letter, int *value);

/* module.c: functions of data and weights of which only the name is there. */
void hg_model_open_modules(hg_doc_model *model);

/* open_loss.c: losses of which only the name is there. */
void hg_model_open_losses(hg_doc_model *model);
hg_var *hg_model_last_output(hg_doc_model *model); /* the end of the longest chain of equations; NULL: there is none */
bool hg_var_uses(hg_doc_model *model, const hg_var *v, const hg_var *what); /* is it in the equation of v? */
bool hg_var_rests_on(hg_doc_model *model, const hg_var *v, const hg_var *what); /* is it computed from it, on whatever way? */
bool hg_var_is_parameter(const hg_var *v);         /* by its name: w, b, theta ... */
hg_expr *hg_open_loss(hg_doc_model *model, hg_expr *prediction, hg_expr *label); /* label may be NULL */

/* invent.c: expressions and definitions the document does not write. */
hg_expr *hg_invent_name(hg_doc_model *model, const char *letter, int layer);
hg_expr *hg_invent_number(hg_doc_model *model, double value);
hg_expr *hg_invent(hg_doc_model *model, hg_op op, hg_expr *a, hg_expr *b); /* b may be NULL */
hg_expr *hg_invent_call(hg_doc_model *model, const char *f, int layer, hg_expr *a);
void hg_invent_definition(hg_doc_model *model, const char *base, int layer, unsigned guess, hg_expr *right);
hg_var *hg_model_there(hg_doc_model *model, const char *base, int layer); /* NULL: nobody speaks of it */

/* amend.c: definitions that do not fit together, read so that they do. */
bool hg_expr_mentions(hg_doc_model *model, const hg_expr *e, const hg_var *v);
void hg_model_amend(hg_doc_model *model);

#endif
