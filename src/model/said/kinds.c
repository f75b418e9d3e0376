#include "model/said/kinds.h"
#include "model/building.h"

bool hg_is_gradient(hg_doc_model *model, const hg_expr *e, hg_ref *ref)
{
	return hg_ref_of(e, &model->habits, model->arena, ref) && (ref->gradient || ref->delta) && !(ref->delta && ref->ncomp == 2);
}

bool hg_is_plain_name(hg_doc_model *model, const hg_expr *e, hg_ref *ref)
{
	while (e->op == HG_OP_BOX || e->op == HG_OP_BRACE)
		e = e->kid[0];
	if (e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME)
		e = e->kid[0];
	return hg_ref_of(e, &model->habits, model->arena, ref) && !ref->gradient && !ref->delta && !ref->primed && !ref->power;
}

bool hg_names_function(const hg_expr *e)
{
	while (e->op == HG_OP_BOX || e->op == HG_OP_BRACE)
		e = e->kid[0];
	return e->op == HG_OP_NAME && (hg_fn_find(e->name) != HG_NFNS || hg_str_is(e->name, HG_L_SIGMOID));
}

bool hg_side_defines(const hg_doc_model *model, size_t statement, size_t side)
{
	for (size_t i = 0; i < model->nvars; i++) {
		const hg_definition *d = model->var[i]->def;
		if (d && d->stands_for)
			d = d->stands_for;
		if (d && !d->guessed && d->statement == statement && d->side == side)
			return true;
	}
	for (size_t i = 0; i < model->nfunctions; i++)
		if (model->function[i]->statement == statement && side == 1)
			return true;
	return false;
}

typedef struct weighing {
	hg_doc_model *model;
	bool found;
} weighing;

static bool see_weighing(void *self, const hg_expr *e)
{
	weighing *w = self;
	bool label = false, weight = false, data = false;
	for (size_t i = 0; e->op == HG_OP_PRODUCT && i < e->nkids; i++) {
		hg_ref ref;
		const hg_var *v = hg_ref_of(e->kid[i], &w->model->habits, w->model->arena, &ref) ? hg_var_real(hg_model_find(w->model, &ref, NULL, false)) : NULL;
		label = label || (v && hg_var_is_label(v));
		weight = weight || (v && v->role == HG_ROLE_WEIGHT);
		data = data || (v && v->role == HG_ROLE_INPUT);
	}
	w->found = w->found || (label && weight && data);
	return !w->found;
}

bool hg_label_weighs(hg_doc_model *model)
{
	weighing w = {.model = model};
	for (size_t i = 0; i < model->ndefs && !w.found; i++)
		hg_expr_visit(model->def[i]->right, see_weighing, &w);
	return w.found;
}
