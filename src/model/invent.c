/* Expressions and definitions that a document does not write. */
#include "model/building.h"

#include <string.h>

static hg_expr *node(hg_doc_model *model, hg_op op, size_t nkids)
{
	return hg_expr_new(model->arena, op, (hg_span){0, 0}, nkids);
}

hg_expr *hg_invent_name(hg_doc_model *model, const char *letter, int layer)
{
	hg_expr *e = node(model, HG_OP_NAME, 0), *number = layer >= 0 ? node(model, HG_OP_NUM, 0) : NULL;
	hg_index *index = HG_NEW(model->arena, hg_index);
	if (!e || !index)
		return NULL;
	bool hat = !strcmp(letter, HG_L_PREDICTION);
	e->name = hg_str_of(hat ? HG_L_LABEL : letter);
	e->accent = hat ? HG_HAT : 0;
	if (number) {
		number->number = layer;
		number->digits = -1;
		number->name = hg_str_of(hg_arena_print(model->arena, "%d", layer));
		*index = (hg_index){HG_INDEX_BRACKET, true, number};
		e->index = index;
		e->nindex = 1;
	}
	return e;
}

hg_expr *hg_invent_number(hg_doc_model *model, double value)
{
	hg_expr *e = node(model, HG_OP_NUM, 0);
	if (e) {
		e->number = value;
		e->digits = -1;
		e->name = hg_str_of(hg_arena_print(model->arena, "%g", value));
	}
	return e;
}

hg_expr *hg_invent(hg_doc_model *model, hg_op op, hg_expr *a, hg_expr *b)
{
	hg_expr *e = a ? node(model, op, b ? 2 : 1) : NULL;
	if (!e)
		return NULL;
	e->kid[0] = a;
	if (b)
		e->kid[1] = b;
	return e;
}

hg_expr *hg_invent_call(hg_doc_model *model, const char *f, int layer, hg_expr *a)
{
	return hg_invent(model, HG_OP_CALL, hg_invent_name(model, f, layer), a);
}

hg_var *hg_model_there(hg_doc_model *model, const char *base, int layer)
{
	for (size_t i = 0; i < model->nvars; i++)
		if (hg_str_is(model->var[i]->base, base) && model->var[i]->layer == layer && !model->var[i]->label.n)
			return model->var[i];
	return NULL;
}

void hg_invent_definition(hg_doc_model *model, const char *base, int layer, unsigned guess, hg_expr *right)
{
	hg_var *v = hg_model_get(model, hg_str_of(base), layer, (hg_str){0});
	hg_definition *d = HG_NEW(model->arena, hg_definition);
	if (!v || !d || !right)
		return;
	d->lhs = hg_invent_name(model, base, layer);
	d->right = right;
	d->guessed = guess;
	d->left = (hg_ref){.base = v->base, .layer = layer >= 0 ? hg_invent_number(model, layer) : NULL};
	v->def = d;
	v->guessed = guess;
}
