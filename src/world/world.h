/* A world: one assignment of numbers to everything the model leaves open, and the values of all the rest. */
#ifndef HG_WORLD_WORLD_H
#define HG_WORLD_WORLD_H

#include "model/model.h"

#include <gsl/gsl_rng.h>

/* Are names taken for one sample, or for all at once? */
typedef enum hg_view { HG_VIEW_SAMPLE, HG_VIEW_BATCH } hg_view;

/* Of the losses of all samples: their sum or their mean. */
typedef enum hg_total { HG_TOTAL_SUM, HG_TOTAL_MEAN, HG_TOTAL_WRITTEN } hg_total;

typedef struct hg_slope_kept { /* what is known of a derivative in this world */
	hg_node to;
	hg_cut by;
	gsl_matrix *jacobian;      /* NULL: not computed yet */
	bool planned;              /* these are known: */
	size_t nbetween;           /* the variables whose values lie between the entries and the target */
	const hg_var **between;
	bool folded, folds;        /* it has been folded by the names of the axes of these shapes; that gave a tensor */
	hg_shape above, below;
	hg_tensor tensor;
	hg_arena *arena; /* where it is kept */
} hg_slope_kept;

typedef struct hg_world {
	hg_doc_model *model;
	hg_arena *arena;
	hg_tape *tape;
	size_t correct; /* the right class, from 0 */
	size_t m, outputs, sample; /* sample: the one a name for one sample is taken at */
	size_t size[64];           /* of each axis */
	size_t nnodes;
	hg_node *node;             /* of each variable, for all samples */
	hg_cause *trouble;      /* why a variable has no value */
	hg_budget *budget;         /* the document's: shared by all its worlds */
	hg_node other[3];          /* the same of the other prediction */
	hg_node minus[3];          /* minus the loss of the sample, of all, their mean: what delta may be of; NONE */
	hg_node *term;             /* of each variable: what one sample adds to it. NULL: none is known */
	hg_node each, sum, mean;   /* the loss of the sample; of all, added; their mean. Or NONE */
	bool lumped;               /* no formula says what one sample adds: each is the sum */
	hg_node (*compute)(struct hg_world *, hg_var *); /* what is not computed yet, while it is built; else NULL */
	bool both_signs;           /* single numbers are drawn so; given up where the document's logarithms will not have it */
	size_t base;               /* nodes that stay */
	hg_arena *held;            /* nodes made since stay, too, and here is what is known of their derivatives; NULL: they go */
	size_t nkept, kept_room;
	hg_slope_kept *kept;
	gsl_rng *rng;
} hg_world;

/* One way to read: what is evaluated, and where. */
typedef struct hg_scene {
	hg_world *world;
	hg_view view;
	hg_total params, data, named; /* whose derivative dW and dL/dW, dL/dZ, and dZ are */
	bool columns;          /* dz^{(i)} is a column of a dZ that carries 1/m */
	bool as_written;       /* J is J even for one sample, L is L even for all */
	int layer;             /* of the variable on the left side: of gradients written without one; HG_NO_LAYER */
	bool single;           /* of one sample, a cost is what that sample adds to it */
	bool hatless;          /* y below a derivative is the prediction: nobody differentiates by the label */
	bool turned;           /* the arrays of all samples are laid out the other way: nothing defines their capitals */
	bool strict;           /* an index that counts other units is none: delta_j and delta_k may be of two layers */
	bool whole;            /* inside a bracket that carries the index: its names are of all samples */
	bool wide_operator;    /* d/da covers the terms after it too */
	bool differentials;    /* dX is a direction, and no derivative of the loss */
	hg_str free_letter;    /* a letter of no meaning here: the variable of a function's identity */
	hg_node free_node;
	const struct hg_override *given; /* values of gradients the writer got wrong before: what follows from them */
} hg_scene;

/* A gradient the writer has given a value of his own. */
typedef struct hg_override {
	const hg_var *variable;
	hg_view view;
	size_t world;
	hg_node node;
	const struct hg_override *next;
} hg_override;

typedef struct hg_size_plan {
	size_t samples, outputs;
} hg_size_plan;

static inline hg_node hg_world_value(hg_world *world, const hg_var *v)
{
	return world->compute ? world->compute(world, world->model->var[v->id]) : world->node[v->id];
}

hg_status hg_world_build(hg_doc_model *model, hg_size_plan sizes, unsigned long seed, hg_arena *arena, hg_world *world);
void hg_world_clear(hg_world *world);
hg_cause hg_world_refusal(const hg_world *world); /* which limit stopped the evaluator; NONE: none did */

/* An evaluator that knows the world's names. */
void hg_scene_open(hg_scene *scene, hg_arena *arena, hg_local *local, hg_eval *ev);
hg_node hg_scene_view(const hg_scene *scene, const hg_var *v, hg_node whole); /* the sample's part of it, or all */

/* Where a derivative is taken: the target as a node, and the entries of the variable. False: ev->trouble. */
bool hg_scene_target(hg_eval *ev, const hg_expr *target, const hg_expr *variable, const hg_var *by, hg_node *to);
bool hg_scene_cut(hg_eval *ev, const hg_expr *variable, hg_cut *by, hg_shape *shape, const hg_var **v);
hg_node hg_scene_loss_of(hg_eval *ev, hg_node to, const hg_cut *by); /* of two predictions, that of these entries */
hg_node hg_scene_gradient(hg_eval *ev, const hg_ref *ref, const hg_expr *at); /* the value of dW, delta_j ... */
bool hg_scene_gradient_place(hg_eval *ev, const hg_ref *ref, const hg_expr *at, hg_node *to, hg_cut *by, hg_shape *shape,
                             const hg_var **v);
void hg_scene_assume(hg_eval *ev, hg_node to, const hg_cut *by);
/* The place where what is known of this derivative is kept, until the next is asked for. NULL: its nodes go when the
 * claim goes, or no memory. */
hg_slope_kept *hg_world_kept(hg_world *world, hg_node to, const hg_cut *by);
void hg_world_let_go(hg_world *world, hg_tape_state mark); /* the nodes held since, and what is known of their derivatives */
gsl_matrix *hg_world_slope(hg_world *world, hg_node to, hg_cut by, hg_arena *arena);
hg_node hg_scene_deriv(hg_eval *ev, const hg_expr *e);
bool hg_scene_picks_sample(const hg_eval *ev, const hg_ref *ref); /* by an index that has a value here */
hg_node hg_scene_differential(hg_eval *ev, hg_node to, const hg_expr *of, const hg_expr *right); /* what `to` changes by along the differentials on the right; of d(...) the operand; differential.c */
hg_node hg_scene_curvature(hg_eval *ev, const hg_expr *e); /* of a derivative of a derivative; curvature.c */
bool hg_scene_tensor(hg_eval *ev, const hg_expr *e, hg_tensor *t);
/* The entries a name stands for in this view: sample and components picked. */
bool hg_scene_locate(hg_eval *ev, const hg_ref *ref, const hg_var *v, const hg_expr *at, hg_cut *cut, hg_shape *shape);
bool hg_scene_range(hg_eval *ev, const hg_expr *sum, hg_str letter, size_t *n, size_t *first, unsigned *axis); /* range.c */
bool hg_scene_turns(hg_eval *ev, const hg_var *v); /* is its array laid out the other way? */
hg_node hg_scene_preactivation(hg_world *world, int layer); /* of a layer whose z has no name; NONE */

/* draw.c */
void hg_world_fill(hg_world *world, const hg_var *v);  /* draws the values of what is given */
void hg_mark_probabilities(hg_doc_model *model);       /* what stands in a logarithm beside 1 - it */

#endif
