/* The model of a document: its variables, what defines each, and what it leaves open. */
#ifndef HG_MODEL_MODEL_H
#define HG_MODEL_MODEL_H

#include "finding/finding.h"
#include "model/choice.h"
#include "model/parts.h"
#include "model/said/classes.h"
#include "model/said/epochs.h"

struct hg_doc_model {
	hg_arena *arena;
	hg_habits habits;
	const hg_statements *said;
	size_t nvars, nvars_room;
	hg_var **var;
	size_t ndefs, ndefs_room;
	hg_definition **def;
	size_t nfunctions, nfunctions_room;
	hg_named_function **function;
	size_t nsignals, nsignals_room;
	hg_signal **signal;
	int nlayers;
	hg_layout layout;
	hg_totals total;
	hg_axes axes;
	hg_counting counting;
	hg_lossy lossy;
	hg_maps map;
	unsigned says;         /* what its words say: a bit for each of hg_says */
	bool softmax;
	bool table;            /* the layers are those of a table: z1, z2 = f(z1), z3, yhat = g(z3) */
	size_t nconditions, conditions_room;
	struct hg_condition *condition; /* on indices: "for i = j" */
	const hg_choices *taken; /* what was chosen where the document leaves it open */
	int variant;           /* which of the built-in choices, where the document leaves them open */
	size_t nepochs;        /* statements where the document begins to define its names anew */
	const size_t *epoch;
	size_t section;        /* the epoch whose definitions come first; (size_t)-1: no preference */
	size_t at;             /* the statement being judged: of a letter bound twice the last binding before it counts */
	const char *from;
};

hg_status hg_model_of(const hg_statements *said, const hg_statements *assignment, const hg_epochs *epochs, size_t section,
                      int variant, const hg_choices *taken, hg_arena *arena, hg_doc_model *model);

static inline bool hg_model_says(const hg_doc_model *model, hg_says what) { return model->says >> what & 1; }

/* The variable a name stands for, created when `create`; NULL if it is none or its layer has no value here. */
hg_var *hg_model_find(hg_doc_model *model, const hg_ref *ref, const hg_local *local, bool create);
hg_var *hg_model_get(hg_doc_model *model, hg_str base, int layer, hg_str label); /* created if need be; NULL: no memory */
hg_var *hg_var_real(hg_var *v);
bool hg_layer_value(const hg_doc_model *model, const hg_expr *e, const hg_local *local, int *layer);
/* The derivative a name stands for, its letters replaced by those of the name; NULL: none was said. */
const hg_expr *hg_model_signal(const hg_doc_model *model, const hg_ref *ref, hg_arena *arena); /* signals.c */
/* The same of a name that is v as a variable (NULL: none); NULL where an equation or a declared shape says what v is. */
const hg_expr *hg_model_signal_beside(const hg_doc_model *model, const hg_ref *ref, const hg_var *v, hg_arena *arena);
hg_var *hg_model_lettered(const hg_doc_model *model, const hg_ref *ref); /* of delta_j; NULL */
const hg_named_function *hg_model_function(const hg_doc_model *model, const hg_ref *ref, const hg_local *local);

const hg_expr *hg_module_of(const hg_doc_model *model, const hg_expr *call, hg_arena *arena); /* module.c; NULL: no module */
hg_map hg_words_activation(hg_str words, hg_fn *whole); /* the activation a stretch of words names; HG_NMAPS */
bool hg_is_known_function(const hg_expr *e); /* sigma, tanh, ReLU by their names alone */

#endif
