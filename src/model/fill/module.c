/* F_k(X_{k-1}, W_k), where nothing says what F is: a module of weights. It is taken for some function of the weights
 * applied to what comes in, f(W x + b); what is claimed of all modules holds for that one. */
#include "model/building.h"

static bool is_generic(const hg_expr *name)
{
	return hg_str_any(name->name, HG_LIST_MODULES);
}

typedef struct inputs {
	const hg_expr *data, *weight, *bias;
	bool other;
} inputs;

static void sort_argument(const hg_doc_model *model, const hg_expr *a, inputs *in)
{
	hg_ref ref;
	bool name = hg_name_at(a, &model->habits, model->arena, &ref) && !ref.ncomp;
	const hg_expr **place = !name ? NULL
	                        : hg_str_is(ref.base, HG_L_BIAS)                                ? &in->bias
	                        : hg_str_is(ref.base, HG_L_WEIGHT) || hg_str_is(ref.base, HG_L_PARAMETERS) ? &in->weight
	                                                                                  : &in->data;
	if (!place || *place)
		in->other = true;
	else
		*place = a;
}

const hg_expr *hg_module_of(const hg_doc_model *model, const hg_expr *call, hg_arena *arena)
{
	inputs in = {0};
	hg_ref ref;
	if (call->op != HG_OP_CALL || call->nkids < 3 || call->kid[0]->op != HG_OP_NAME || !is_generic(call->kid[0]) ||
	    !hg_ref_of(call->kid[0], &model->habits, model->arena, &ref) || hg_model_function(model, &ref, NULL))
		return NULL;
	for (size_t i = 1; i < call->nkids; i++)
		sort_argument(model, call->kid[i], &in);
	hg_expr *product = hg_expr_new(arena, HG_OP_PRODUCT, call->span, 2), *inside = product;
	hg_expr *applied = hg_expr_new(arena, HG_OP_CALL, call->span, 2);
	if (in.other || !in.data || !in.weight || !product || !applied)
		return NULL;
	product->kid[0] = (hg_expr *)in.weight;
	product->kid[1] = (hg_expr *)in.data;
	if (in.bias && (inside = hg_expr_new(arena, HG_OP_SUM_OF, call->span, 2))) {
		inside->kid[0] = product;
		inside->kid[1] = (hg_expr *)in.bias;
	}
	if (!inside)
		return NULL;
	applied->kid[0] = call->kid[0];
	applied->kid[1] = inside;
	return applied;
}

void hg_model_open_modules(hg_doc_model *model)
{
	for (size_t i = 0; i < model->ndefs; i++) {
		const hg_expr *module = hg_module_of(model, model->def[i]->right, model->arena);
		if (module)
			model->def[i]->right = module;
	}
}
