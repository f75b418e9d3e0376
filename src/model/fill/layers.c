/* Layers that a document leaves out: by the letter it uses for its activation, by its words, or as the rows of a table. */
#include "model/building.h"
#include "model/fill/layers.h"

#include <string.h>

bool hg_is_open_var(hg_doc_model *model, const char *base, int layer)
{
	hg_var *v = hg_model_there(model, base, layer);
	return v && !v->def && !v->same;
}

static hg_fn words_of_document(hg_doc_model *model, hg_map *hidden)
{
	const hg_doc *doc = model->said->doc;
	hg_fn whole = HG_NFNS, any = HG_NFNS;
	*hidden = HG_NMAPS;
	for (size_t i = 0; i < doc->nstretches; i++) {
		hg_map map = hg_words_activation(hg_source_text(doc->source, doc->stretch[i].span), &whole);
		if (*hidden == HG_NMAPS && map != HG_NMAPS)
			*hidden = map;
		if (whole != HG_NFNS)
			any = whole;
	}
	return any;
}

static const char *map_letter(hg_map map)
{
	return map == HG_MAP_RELU ? HG_L_RELU : map == HG_MAP_TANH ? HG_L_TANH : map == HG_MAP_SIGMOID ? HG_L_SIGMOID : HG_L_ANY_FUNCTION;
}

/* z^{(l+1)} = W^{(l)} a^{(l)} + b^{(l)} counts layers from 2: there is no z^{(1)}. */
static bool begins_later(const hg_doc_model *model, const char *base, int layer)
{
	for (size_t i = 0; i < model->nvars; i++) {
		const hg_var *v = model->var[i];
		if (hg_str_is(v->base, base) && v->layer > layer && v->def && v->letter.n && v->def->left.layer->op == HG_OP_SUM_OF)
			return true;
	}
	return false;
}

/* x_l = f_l(W_l x_{l-1}): the layer is there, under other names than z and a. */
static bool weight_used(hg_doc_model *model, int layer)
{
	const hg_var *weight = hg_model_there(model, HG_L_WEIGHT, layer);
	for (size_t i = 0; weight && i < model->nvars; i++)
		if (model->var[i]->def && !model->var[i]->def->guessed && hg_var_uses(model, model->var[i], weight))
			return true;
	return false;
}

/* a^{[l]} = g(z^{[l]}): with the letter the document uses, else by its words. */
void hg_complete_layers(hg_doc_model *model)
{
	hg_map hidden;
	hg_fn whole = words_of_document(model, &hidden);
	int top = 0;
	for (int l = 1; l <= model->nlayers; l++)
		if (hg_model_there(model, HG_L_PREACTIVATION, l) || hg_model_there(model, HG_L_ACTIVATION, l))
			top = l;
	for (int l = 1; l <= top; l++) {
		const char *input =
		    l > 1 || hg_model_there(model, HG_L_ACTIVATION, 0)
		        ? (hg_model_there(model, HG_L_HIDDEN, l - 1) && !hg_model_there(model, HG_L_ACTIVATION, l - 1) ? HG_L_HIDDEN : HG_L_ACTIVATION)
		        : HG_L_INPUT;
		hg_expr *weight = hg_invent_name(model, HG_L_WEIGHTS, l),
		        *in = hg_invent_name(model, input, strcmp(input, HG_L_INPUT) ? l - 1 : HG_NO_LAYER);
		if (hg_is_open_var(model, HG_L_PREACTIVATION, l) && !begins_later(model, HG_L_PREACTIVATION, l) && !weight_used(model, l) && (hg_model_there(model, HG_L_WEIGHT, l) || hg_model_there(model, HG_L_BIAS, l))) {
			hg_expr *product = hg_invent(model, HG_OP_PRODUCT, weight, in);
			hg_invent_definition(model, HG_L_PREACTIVATION, l, HG_GUESS_AFFINE,
			                     hg_invent(model, HG_OP_SUM_OF, product, hg_invent_name(model, HG_L_BIAS, l)));
		}
		const char *f = l < top || hidden == HG_NMAPS ? map_letter(hidden)
		                : whole == HG_FN_SOFTMAX      ? HG_L_SOFTMAX
		                                              : HG_L_SIGMOID;
		if (hg_is_open_var(model, HG_L_ACTIVATION, l) && hg_model_there(model, HG_L_PREACTIVATION, l))
			hg_invent_definition(
			    model, HG_L_ACTIVATION, l, HG_GUESS_FUNCTION,
			    hg_invent_call(model, f, strcmp(f, HG_L_ANY_FUNCTION) ? HG_NO_LAYER : l, hg_invent_name(model, HG_L_PREACTIVATION, l)));
	}
}

/* z1 = W1 x + b1, z2 = f(z1), z3 = W2 z2 + b2, yhat = g(z3): the layers of a table, numbered one by one. */
bool hg_complete_table(hg_doc_model *model, int variant)
{
	static const char *const activations[][2] = {
	    {HG_L_RELU, HG_L_IDENTITY}, {HG_L_SIGMOID, HG_L_SIGMOID}, {HG_L_TANH, HG_L_IDENTITY}, {HG_L_RELU, HG_L_SIGMOID}, {HG_L_TANH, HG_L_SIGMOID}};
	if (!hg_is_open_var(model, HG_L_PREACTIVATION, 1) || !hg_model_there(model, HG_L_PREACTIVATION, 2) || !hg_is_open_var(model, HG_L_PREACTIVATION, 3) ||
	    hg_model_there(model, HG_L_ACTIVATION, 1) || !hg_model_there(model, HG_L_WEIGHT, 2) || hg_model_there(model, HG_L_WEIGHT, 3))
		return false;
	model->table = true;
	const char *const *f = activations[variant % 5];
	hg_invent_definition(model, HG_L_PREACTIVATION, 1, HG_GUESS_FUNCTION,
	                     hg_invent(model, HG_OP_SUM_OF,
	                               hg_invent(model, HG_OP_PRODUCT, hg_invent_name(model, HG_L_WEIGHTS, 1),
	                                         hg_invent_name(model, HG_L_INPUT, -1)),
	                               hg_invent_name(model, HG_L_BIAS, 1)));
	hg_invent_definition(model, HG_L_PREACTIVATION, 2, HG_GUESS_FUNCTION,
	                     hg_invent_call(model, f[0], HG_NO_LAYER, hg_invent_name(model, HG_L_PREACTIVATION, 1)));
	hg_invent_definition(model, HG_L_PREACTIVATION, 3, HG_GUESS_FUNCTION,
	                     hg_invent(model, HG_OP_SUM_OF,
	                               hg_invent(model, HG_OP_PRODUCT, hg_invent_name(model, HG_L_WEIGHTS, 2),
	                                         hg_invent_name(model, HG_L_PREACTIVATION, 2)),
	                               hg_invent_name(model, HG_L_BIAS, 2)));
	if (!hg_model_there(model, HG_L_PREDICTION, -1) || hg_is_open_var(model, HG_L_PREDICTION, -1))
		hg_invent_definition(model, HG_L_PREDICTION, HG_NO_LAYER, HG_GUESS_FUNCTION,
		                     hg_invent_call(model, f[1], HG_NO_LAYER, hg_invent_name(model, HG_L_PREACTIVATION, 3)));
	return true;
}
