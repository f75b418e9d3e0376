/* What a model is made of: its variables, and what it knows, by what belongs together. */
#ifndef HG_MODEL_PARTS_H
#define HG_MODEL_PARTS_H

#include "model/definition.h"
#include "model/role.h"

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
	bool spread;              /* added to an array in code, and nothing says that it is no row added to every other */
	bool form;                /* a matrix of a quadratic form, x^T A x */
	bool shaping, shaped, visiting;
	unsigned guessed, dropped; /* dropped: what `same` assumes */
	const hg_expr *small, *capital; /* as spelled in the document */
} hg_var;

/* How the samples lie in what is written for all of them. */
typedef struct hg_layout {
	bool rows, scalars;    /* a sample is a row; everything is a number */
	bool layout_asked, layout_said; /* does an equation speak of all samples at once? the answer, once it is needed */
	bool batch;            /* samples are mentioned at all */
	bool transposes, batch_transposes; /* somebody writes ^T; in a line for all samples */
	bool plain;            /* code of plain arrays: no axis of theirs counts samples */
	unsigned reduced;      /* and 1 + the axis its parameters are the same along; 0: not known */
} hg_layout;

/* What the losses of all samples come to, and whose derivatives the lines are. */
typedef struct hg_totals {
	bool minus_signals;    /* delta is minus the derivative: delta = (y - yhat) f'(z), W := W + eta delta x^T */
	bool dz_known, dz_mean; /* a line says what dZ is: of J, with its 1/m: not of the sum of the losses */
	bool dz_open;          /* either may be meant: what is right for dZ of J alone is neither right nor wrong */
	bool dj_sum;           /* dJ/dZ is written for m dJ/dZ, as dZ: the lines of the document cohere so, and in no other way */
	bool dj_open;          /* some do, and some do in the other way */
	bool divides;          /* results, not the cost alone, carry 1/m */
	bool mean;             /* J is a mean, or results carry 1/m */
	bool mean_defined, sum_defined; /* the definition of a cost says so; it is a sum over samples without 1/m */
	unsigned jacobian;     /* HG_JACOBIAN_NUMERATOR, or _DENOMINATOR; 0: nothing is said */
} hg_totals;

typedef struct hg_axes {
	unsigned naxes;
	const hg_expr *axis_size[HG_MOST_AXES]; /* what the document calls the number an axis counts to; NULL: nothing */
	unsigned axis_same[HG_MOST_AXES];       /* the axis it was found to be; itself */
	unsigned class_axis;   /* of the sum below a softmax; 0: not by entries */
	unsigned out_axis;     /* of the prediction's units; HG_AXIS_ONE: one output by its shape */
} hg_axes;

/* Letters that count, and letters that are counted by. */
typedef struct hg_counting {
	hg_str count[4];       /* letters for the number of samples */
	size_t ncounts;
	hg_zeroed zeroed[4];
	size_t nzeroed;
	size_t nsizes;
	const hg_expr *sized[4]; /* sums that go up to a letter that counts no samples: \sum_{i=1}^d */
	hg_str classes;        /* a letter for the number of classes; empty: none */
	const hg_expr *correct; /* the letter of the right class, of which a loss speaks: L = -log p_c; NULL */
	bool by_correct;       /* derivatives by what belongs to the right class are written apart */
	unsigned sample_letters; /* a bit for every letter whose index counts samples: i of yhat_i = w x_i + b under 1/N sum_i */
	hg_str signal_base;    /* of what delta is the error: the letter of the pre-activations */
} hg_counting;

/* What is differentiated. */
typedef struct hg_lossy {
	hg_var *prediction;    /* what the loss compares with the label */
	hg_var *other;         /* the loss again, of a prediction that it does not speak of */
	const hg_definition *contradicting; /* the student's loss, where it is not the assignment's; NULL */
	hg_var *loss, *cost;   /* per sample, and over all; either may be NULL */
	unsigned loss_guessed;
	bool several_losses;   /* it may be one of several: `variant` says which */
} hg_lossy;

/* Functions of which the document says little. */
typedef struct hg_maps {
	hg_map top;            /* the same for the last layer */
	hg_map generic;        /* what a letter stands for that is applied and never said what it is */
	unsigned slopes_of_output, slopes_of_argument; /* of maps whose derivative the document's code defines, and how */
} hg_maps;

#endif
