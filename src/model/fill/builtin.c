/* What a document leaves out of its model is taken from a built-in network, chosen from what it does say.
 * Such definitions are marked as guessed: a claim that needs one can agree, but is never said to be wrong. */
#include "model/building.h"
#include "model/fill/layers.h"
#include "model/fill/residual.h"

#include <string.h>

/* ---- what there is ------------------------------------------------------------------------------------ */

static bool see(void *self, const hg_expr *e)
{
	hg_doc_model *model = self;
	hg_ref ref;
	if (e->op == HG_OP_CALL) {
		for (size_t i = 1; i < e->nkids; i++)
			hg_expr_visit(e->kid[i], see, self);
		return e->kid[0]->op != HG_OP_NAME && e->kid[0]->op != HG_OP_PRIME;
	}
	if (e->op != HG_OP_NAME && e->op != HG_OP_POW)
		return true;
	if (!hg_ref_of(e, &model->habits, model->arena, &ref))
		return true;
	bool network = hg_str_any(ref.base, HG_LIST_NETWORK, HG_LIST_LOSSES, HG_L_ENTROPY);
	if (ref.delta) {
		ref.base = model->counting.signal_base;
		network = ref.layer != NULL;
	}
	if (network && !(ref.ncomp == 1 && ref.comp[0]->op == HG_OP_NUM) && !ref.label.n)
		hg_model_find(model, &ref, NULL, true);
	return e->op != HG_OP_NAME;
}

/* ---- the prediction and the loss ---------------------------------------------------------------------- */

/* A last layer without an activation: z2 = a1 W2 + b2, and nothing is computed from it. */
static bool is_linear_output(hg_doc_model *model, int layer)
{
	const hg_var *z = hg_model_there(model, HG_L_PREACTIVATION, layer);
	if (!z || !z->def || z->same || hg_model_there(model, HG_L_ACTIVATION, layer))
		return false;
	for (size_t i = 0; i < model->nvars; i++)
		if (model->var[i]->def && !model->var[i]->same && hg_expr_mentions(model, model->var[i]->def->right, z))
			return false;
	return true;
}

static const char *prediction(hg_doc_model *model, int *layer)
{
	const hg_var *yhat = hg_model_there(model, HG_L_PREDICTION, HG_NO_LAYER);
	*layer = HG_NO_LAYER;
	if (yhat && yhat->def && !yhat->same)
		return HG_L_PREDICTION;
	for (int l = model->nlayers + 1; l >= 1; l--) {
		*layer = l;
		if (hg_model_there(model, HG_L_ACTIVATION, l) && hg_model_there(model, HG_L_ACTIVATION, l)->def)
			return HG_L_ACTIVATION;
		if (is_linear_output(model, l))
			return HG_L_PREACTIVATION;
	}
	*layer = HG_NO_LAYER;
	static const char *const bases[] = {HG_LIST_PREDICTIONS, NULL};
	for (size_t i = 0; bases[i]; i++)
		if (hg_model_there(model, bases[i], HG_NO_LAYER) && !hg_is_open_var(model, bases[i], HG_NO_LAYER))
			return bases[i];
	return hg_model_there(model, HG_L_PREDICTION, HG_NO_LAYER) ? HG_L_PREDICTION
	       : hg_model_there(model, HG_L_ACTIVATION, HG_NO_LAYER)  ? HG_L_ACTIVATION
	                                                  : NULL;
}

enum { VARIANT_MEAN = 5 };

static hg_expr *minus(hg_doc_model *model, hg_expr *a, hg_expr *b)
{
	return hg_invent(model, HG_OP_SUM_OF, a, hg_invent(model, HG_OP_NEG, b, NULL));
}

/* By the prediction, or by z where a sigmoid or softmax belongs to the loss.
 * variant 0: cross-entropy of one output; 1: half the squared error; 2: the squared error; 3: cross-entropy
 * of classes; 4: of no special form; 5: the mean of the squared errors of K outputs */
static hg_expr *loss(hg_doc_model *model, const char *p, int layer, int variant)
{
	hg_expr *a = hg_invent_name(model, p, layer), *y = hg_invent_name(model, HG_L_LABEL, HG_NO_LAYER);
	if (variant == 1 || variant == 2 || variant == VARIANT_MEAN) {
		hg_expr *square = hg_invent(model, HG_OP_POW, hg_invent(model, HG_OP_NORM, minus(model, a, y), NULL),
		                            hg_invent_number(model, 2));
		hg_expr *below = variant == VARIANT_MEAN ? hg_invent_name(model, HG_L_CLASSES, HG_NO_LAYER) : hg_invent_number(model, 2);
		return variant == 2 ? square : hg_invent(model, HG_OP_FRAC, square, below);
	}
	if (variant == HG_VARIANT_SMOOTH)
		return hg_open_loss(model, a, y);
	if (!strcmp(p, HG_L_PREACTIVATION))
		a = hg_invent_call(model, variant == 3 ? HG_L_SOFTMAX : HG_L_SIGMOID, HG_NO_LAYER, a);
	hg_expr *first = hg_invent(model, HG_OP_PRODUCT, y, hg_invent_call(model, HG_L_LOGARITHM, HG_NO_LAYER, a));
	if (variant == 3)
		return hg_invent(model, HG_OP_NEG, first, NULL);
	hg_expr *second =
	    hg_invent(model, HG_OP_PRODUCT, minus(model, hg_invent_number(model, 1), y),
	              hg_invent_call(model, HG_L_LOGARITHM, HG_NO_LAYER, minus(model, hg_invent_number(model, 1), a)));
	return hg_invent(model, HG_OP_NEG, hg_invent(model, HG_OP_SUM_OF, first, second), NULL);
}

typedef struct mention {
	hg_doc_model *model;
	const hg_var *v;
	bool found;
} mention;

static bool see_call(void *self, const hg_expr *e)
{
	mention *m = self;
	hg_ref ref;
	if (e->op == HG_OP_CALL && hg_ref_of(e->kid[0], &m->model->habits, m->model->arena, &ref))
		m->found = m->found || hg_model_find(m->model, &ref, NULL, false) == m->v;
	return !m->found;
}

static bool mentions_call(hg_doc_model *model, const hg_expr *e, const hg_var *v)
{
	mention m = {model, v, false};
	hg_expr_visit(e, see_call, &m);
	return m.found;
}

/* J is a mean of L(..), and nothing says what L is. */
static bool cost_needs(hg_doc_model *model, const hg_var *loss)
{
	for (size_t i = 0; i < model->nvars; i++)
		if (hg_is_loss_name(model->var[i]->base) && model->var[i]->def &&
		    mentions_call(model, model->var[i]->def->right, loss))
			return true;
	return false;
}

static bool any_loss_defined(hg_doc_model *model)
{
	for (size_t i = 0; i < model->nvars; i++)
		if (hg_is_loss_name(model->var[i]->base) && model->var[i]->def && !model->var[i]->label.n)
			return true;
	return false;
}

/* o = 0.73: computed by hand, from something. */
static bool has_value(const hg_doc_model *model, const hg_var *v)
{
	for (size_t i = 0; i < model->ndefs; i++)
		if (hg_str_equal(model->def[i]->left.base, v->base) && hg_str_equal(model->def[i]->left.label, v->label))
			return true;
	return false;
}

/* Is the name in a loss, which nothing computes, rather the prediction than the label? a_out beside a_3 and t is. */
static int like_prediction(const hg_var *leaf, const hg_var *top)
{
	if (hg_str_is(leaf->base, HG_L_LABEL) || hg_str_is(leaf->base, HG_L_INPUT) || hg_is_loss_name(leaf->base) || hg_var_is_parameter(leaf))
		return 0;
	return top && hg_str_equal(leaf->base, top->base) ? 3 : hg_var_is_label(leaf) && !hg_str_is(leaf->base, HG_L_PREDICTION) ? 1 : 2;
}

/* A name in the loss that nothing computes, beside an activation that no loss uses: the two are one. */
static void join_prediction(hg_doc_model *model, hg_var *top)
{
	hg_var *leaf = NULL;
	bool used = false;
	for (size_t i = 0; i < model->nvars; i++) {
		const hg_var *loss_var = model->var[i];
		if (!hg_is_loss_name(loss_var->base) || !loss_var->def || loss_var->def->guessed ||
		    hg_expr_speaks_of_input(model, loss_var->def->right))
			continue;
		for (size_t k = 0; k < model->nvars; k++) {
			hg_var *v = model->var[k];
			if (!hg_expr_mentions(model, loss_var->def->right, v))
				continue;
			used = used || hg_var_real(v) == top || (v->def && !v->def->guessed && !hg_is_loss_name(v->base));
			int like = like_prediction(v, top);
			if (!v->def && !v->same && like && !has_value(model, v) && (!leaf || like >= like_prediction(leaf, top)))
				leaf = v;
		}
	}
	if (leaf && !used && top && leaf != top && !(top->def && hg_expr_mentions(model, top->def->right, leaf))) {
		leaf->same = top;
		leaf->dropped = HG_GUESS_PREDICTION;
	}
}

/* Is there a loss of something that the document computes? */
static bool computes_loss(hg_doc_model *model)
{
	for (size_t i = 0; i < model->nvars; i++) {
		const hg_var *loss_var = model->var[i];
		if (!hg_is_loss_name(loss_var->base) || !loss_var->def || loss_var->def->guessed)
			continue;
		for (size_t k = 0; k < model->nvars; k++)
			if (model->var[k]->def && model->var[k] != loss_var && !hg_is_loss_name(model->var[k]->base) &&
			    hg_expr_mentions(model, loss_var->def->right, model->var[k]))
				return true;
	}
	return false;
}

static const char *letter_of(const hg_doc_model *model, const hg_var *v)
{
	return hg_arena_copy(model->arena, v->base.p, v->base.n);
}

/* What a residual dZ = A - Y says: a = sigma(z), unless the document says another function, and its
 * cross-entropy. */
static bool complete_residual(hg_doc_model *model)
{
	bool open;
	hg_var *top = hg_model_residual(model, &open);
	const char *p = top ? letter_of(model, top) : NULL;
	if (!p || !hg_model_there(model, HG_L_LABEL, HG_NO_LAYER))
		return false;
	if (top->layer == HG_NO_LAYER && hg_is_open_var(model, HG_L_PREACTIVATION, HG_NO_LAYER) &&
	    hg_model_there(model, HG_L_WEIGHT, HG_NO_LAYER)) {
		hg_expr *weight = hg_invent(model, HG_OP_TRANSPOSE, hg_invent_name(model, HG_L_WEIGHT, HG_NO_LAYER), NULL);
		hg_invent_definition(
		    model, HG_L_PREACTIVATION, HG_NO_LAYER, HG_GUESS_AFFINE,
		    hg_invent(model, HG_OP_SUM_OF,
		              hg_invent(model, HG_OP_PRODUCT, weight, hg_invent_name(model, HG_L_INPUT, HG_NO_LAYER)),
		              hg_invent_name(model, HG_L_BIAS, HG_NO_LAYER)));
	}
	if (open && hg_model_there(model, HG_L_PREACTIVATION, top->layer))
		hg_invent_definition(
		    model, p, top->layer, HG_GUESS_FUNCTION,
		    hg_invent_call(model, HG_L_SIGMOID, HG_NO_LAYER, hg_invent_name(model, HG_L_PREACTIVATION, top->layer)));
	if (!any_loss_defined(model)) {
		const hg_expr *f = top->def && top->def->right->op == HG_OP_CALL ? top->def->right->kid[0] : NULL;
		bool softmax = f && f->op == HG_OP_NAME && hg_fn_find(f->name) == HG_FN_SOFTMAX;
		hg_invent_definition(model, HG_L_LOSS, HG_NO_LAYER, HG_GUESS_LOSS,
		                     loss(model, p, top->layer, softmax ? 3 : 0));
		model->lossy.loss_guessed = HG_GUESS_LOSS;
	}
	return true;
}

static bool see_classes(void *self, const hg_expr *e)
{
	bool *found = self;
	*found |= e->op == HG_OP_NAME && hg_str_is(e->name, HG_L_CLASSES) && !e->nindex;
	return !*found;
}

/* Does what is said of the derivatives of losses divide by K? Then K is a name of the model. */
static bool divides_by_outputs(hg_doc_model *model)
{
	bool found = false;
	hg_ref ref;
	for (size_t i = 0; i < model->said->n; i++) {
		const hg_statement *s = &model->said->at[i];
		const hg_expr *left = s->nsides ? s->side[0].e : NULL;
		bool of = left && left->op == HG_OP_DERIV && hg_ref_of(left->kid[0], &model->habits, model->arena, &ref) &&
		          hg_is_loss_name(ref.base);
		for (size_t k = 1; of && k < s->nsides; k++)
			hg_expr_visit(s->side[k].e, see_classes, &found);
	}
	if (found)
		hg_model_get(model, HG_STR(HG_L_CLASSES), HG_NO_LAYER, (hg_str){0});
	return found;
}

/* A cross-entropy called bce beside another loss: the mean over K outputs where somebody divides by K. */
static void complete_entropy(hg_doc_model *model, const char *p, int layer, bool outputs)
{
	if (!p || !hg_is_open_var(model, HG_L_ENTROPY, HG_NO_LAYER))
		return;
	hg_expr *entropy = loss(model, p, layer, 0), *k = hg_invent_name(model, HG_L_CLASSES, HG_NO_LAYER);
	hg_invent_definition(model, HG_L_ENTROPY, HG_NO_LAYER, HG_GUESS_LOSS, outputs ? hg_invent(model, HG_OP_FRAC, entropy, k) : entropy);
}

void hg_model_complete(hg_doc_model *model)
{
	int layer, variant = model->variant % HG_VARIANT_RESIDUAL;
	for (size_t i = 0; i < model->said->n; i++)
		for (size_t k = 0; k < model->said->at[i].nsides; k++)
			hg_expr_visit(model->said->at[i].side[k].e, see, model);
	bool outputs = divides_by_outputs(model);
	if (hg_complete_table(model, variant)) {
		variant = 2;
	} else {
		hg_complete_layers(model);
		if (hg_model_says(model, HG_SAYS_SQUARES) && !hg_model_says(model, HG_SAYS_ENTROPY)) /* half of them, or all: what the claims fit */
			variant = variant == 2 ? 2 : variant == 3 && outputs ? VARIANT_MEAN : 1;
	}
	hg_model_amend(model);
	if (model->variant >= HG_VARIANT_RESIDUAL && complete_residual(model))
		return;
	const char *p = prediction(model, &layer);
	hg_var *yhat = hg_model_there(model, HG_L_PREDICTION, HG_NO_LAYER);
	if (p && layer >= 0 && yhat && !yhat->def && !yhat->same) {
		yhat->same = hg_model_there(model, p, layer);
		yhat->dropped = HG_GUESS_PREDICTION;
	}
	if (p && layer >= 0)
		join_prediction(model, hg_model_there(model, p, layer));
	else if (!computes_loss(model))
		join_prediction(model, hg_model_last_output(model));
	static const char *const losses[] = {HG_LIST_LOSSES, NULL};
	size_t i = 0; /* one that is spoken of, and not defined */
	while (losses[i] && !hg_is_open_var(model, losses[i], HG_NO_LAYER))
		i++;
	bool needed = losses[i] && cost_needs(model, hg_model_there(model, losses[i], HG_NO_LAYER));
	const hg_var *y = hg_model_there(model, HG_L_LABEL, HG_NO_LAYER);
	if (p && y && (needed || !any_loss_defined(model))) {
		bool computed = y->def != NULL; /* y = gamma h + beta is no label of h, but what the loss is of */
		model->lossy.several_losses = !computed && !model->taken->value[HG_CHOICE_LOSS];
		model->lossy.loss_guessed = model->lossy.several_losses || computed ? HG_GUESS_LOSS : 0;
		hg_invent_definition(model, losses[i] ? losses[i] : HG_L_LOSS, HG_NO_LAYER, model->lossy.loss_guessed,
		                     computed ? hg_open_loss(model, hg_invent_name(model, HG_L_LABEL, HG_NO_LAYER), NULL) : loss(model, p, layer, variant));
	}
	complete_entropy(model, p, layer, outputs);
	hg_model_open_losses(model);
}
