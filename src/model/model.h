/* The model of a document: its variables, what defines each, and what it leaves open. */
#ifndef HG_MODEL_MODEL_H
#define HG_MODEL_MODEL_H

#include "finding/finding.h"
#include "model/choice.h"
#include "model/role.h"
#include "model/said/classes.h"
#include "model/definition.h"
#include "model/said/epochs.h"

enum { HG_NO_LAYER = -1, HG_AXIS_ONE = 0, HG_AXIS_SAMPLES = 1, HG_AXIS_UNSET = 0xfffe, HG_AXIS_LAYER = 0xfffd,
       HG_MOST_AXES = 64 };

/* A shape that the document declares: none, one or two sizes, in axes. */
typedef struct hg_said_shape {
	size_t n;
	unsigned axis[2];
} hg_said_shape;

/* What words say of the network: rows of words.def. */
typedef enum hg_says {
#define HG_SAYS(what, ...) HG_SAYS_##what,
#include "words.def"
#undef HG_SAYS
	HG_NSAYS
} hg_says;

typedef struct hg_var {
	size_t id;                /* its place in model->var */
	hg_str base, label;
	int layer;
	hg_role role;
	const hg_definition *def; /* NULL: given, not computed */
	hg_str letter;            /* of a family: the layer's letter in def, and its value */
	int letter_value;
	struct hg_var *same;      /* another name for that one */
	const hg_said_shape *said; /* NULL: no shape of it is declared */
	unsigned raxis, caxis;    /* for one sample; HG_AXIS_UNSET before the shapes are known */
	bool data;                /* has a value per sample */
	bool row;                 /* a sample is a row */
	bool total;               /* a number for all samples: J */
	bool per_sample_total;    /* a number per sample: L */
	bool probability;         /* must lie in (0, 1) */
	bool form;                /* a matrix of a quadratic form, x^T A x */
	bool shaping, shaped, visiting;
	unsigned guessed, dropped; /* dropped: what `same` assumes */
	const hg_expr *small, *capital; /* as spelled in the document */
} hg_var;

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
	bool rows, scalars;    /* a sample is a row; everything is a number */
	bool layout_asked, layout_said; /* does an equation speak of all samples at once? the answer, once it is needed */
	bool minus_signals;    /* delta is minus the derivative: delta = (y - yhat) f'(z), W := W + eta delta x^T */
	bool dz_known, dz_mean; /* a line says what dZ is: of J, with its 1/m: not of the sum of the losses */
	bool dz_open;          /* either may be meant: what is right for dZ of J alone is neither right nor wrong */
	bool dj_sum;           /* dJ/dZ is written for m dJ/dZ, as dZ: the lines of the document cohere so, and in no other way */
	bool dj_open;          /* some do, and some do in the other way */
	bool divides;          /* results, not the cost alone, carry 1/m */
	bool mean;             /* J is a mean, or results carry 1/m */
	bool mean_defined, sum_defined; /* the definition of a cost says so; it is a sum over samples without 1/m */
	bool batch;            /* samples are mentioned at all */
	bool transposes, batch_transposes; /* somebody writes ^T; in a line for all samples */
	unsigned says;         /* what its words say: a bit for each of hg_says */
	unsigned jacobian;     /* HG_JACOBIAN_NUMERATOR, or _DENOMINATOR; 0: nothing is said */
	bool softmax;
	unsigned class_axis;   /* of the sum below a softmax; 0: not by entries */
	unsigned naxes;
	const hg_expr *axis_size[HG_MOST_AXES]; /* what the document calls the number an axis counts to; NULL: nothing */
	unsigned axis_same[HG_MOST_AXES];       /* the axis it was found to be; itself */
	hg_var *prediction;    /* what the loss compares with the label */
	hg_var *other;         /* the loss again, of a prediction that it does not speak of */
	const hg_definition *contradicting; /* the student's loss, where it is not the assignment's; NULL */
	hg_var *loss, *cost;   /* per sample, and over all; either may be NULL */
	hg_str count[4];       /* letters for the number of samples */
	size_t ncounts;
	hg_zeroed zeroed[4];
	size_t nzeroed;
	size_t nsizes;
	const hg_expr *sized[4]; /* sums that go up to a letter that counts no samples: \sum_{i=1}^d */
	hg_str classes;        /* a letter for the number of classes; empty: none */
	const hg_expr *correct; /* the letter of the right class, of which a loss speaks: L = -log p_c; NULL */
	bool by_correct;      /* derivatives by what belongs to the right class are written apart */
	size_t nconditions, conditions_room;
	struct hg_condition *condition; /* on indices: "for i = j" */
	unsigned out_axis;     /* of the prediction's units; HG_AXIS_ONE: one output by its shape */
	unsigned sample_letters; /* a bit for every letter whose index counts samples: i of yhat_i = w x_i + b under 1/N sum_i */
	unsigned slopes_of_output, slopes_of_argument; /* of maps whose derivative the document's code defines, and how */
	hg_map top;            /* the same for the last layer */
	hg_map generic;        /* what a letter stands for that is applied and never said what it is */
	const hg_choices *taken; /* what was chosen where the document leaves it open */
	int variant;           /* which of the built-in choices, where the document leaves them open */
	unsigned loss_guessed;
	bool several_losses;   /* it may be one of several: `variant` says which */
	bool table;            /* the layers are those of a table: z1, z2 = f(z1), z3, yhat = g(z3) */
	size_t nepochs;        /* statements where the document begins to define its names anew */
	const size_t *epoch;
	size_t section;        /* the epoch whose definitions come first; (size_t)-1: no preference */
	size_t at;             /* the statement being judged: of a letter bound twice the last binding before it counts */
	hg_str signal_base;    /* of what delta is the error: the letter of the pre-activations */
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
