/* What each variable is, once its shape is known; and what the loss compares with the label. */
#include "model/shape/sym.h"
#include "model/said/sums.h"

static void roles(hg_doc_model *model, hg_var *v)
{
	if (v->total)
		v->role = HG_ROLE_COST;
	else if (hg_is_loss_name(v->base) && v->def)
		v->role = HG_ROLE_LOSS;
	else if (!v->def && v->data)
		v->role = hg_str_is(v->base, HG_L_INPUT) || (v->layer == 0) ? HG_ROLE_INPUT : HG_ROLE_LABEL;
	else if (!v->def)
		v->role = v->raxis != HG_AXIS_ONE && v->caxis != HG_AXIS_ONE ? HG_ROLE_WEIGHT
		          : hg_str_is(v->base, HG_L_BIAS) || hg_str_is(v->base, HG_L_OTHER_BIAS)  ? HG_ROLE_BIAS
		                                                                : HG_ROLE_WEIGHT;
	else
		v->role = v->def->right->op == HG_OP_SUM_OF || v->def->right->op == HG_OP_PRODUCT || v->def->right->op == HG_OP_SUM
		              ? HG_ROLE_PREACTIVATION
		                                                                                  : HG_ROLE_ACTIVATION;
	if (v->row && v->data && !v->def)
		model->layout.rows = true;
}

static bool see_prediction(void *self, const hg_expr *e)
{
	hg_doc_model *m = self;
	hg_ref ref;
	bool name = hg_name_at(e, &m->habits, m->arena, &ref);
	if (name) {
		hg_var *v = hg_var_real(hg_model_find(m, &ref, NULL, false));
		if (v && v->data && !hg_is_loss_name(v->base) && (v->def || hg_str_is(v->base, HG_L_PREDICTION)))
			m->lossy.prediction = v;
	}
	return !m->lossy.prediction && !name;
}

static void find_prediction(hg_doc_model *model)
{
	hg_var *of = model->lossy.loss ? model->lossy.loss : model->lossy.cost;
	if (of && of->def)
		hg_expr_visit(of->def->right, see_prediction, model);
}

/* x = 0.5, w_1 = 0.3, y = 1 and nothing else: the network is one of numbers. */
static void shape_numbers(hg_doc_model *model)
{
	enum { ENOUGH = 3 };
	size_t numbers = 0;
	if (model->layout.transposes || model->layout.batch_transposes)
		return;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < model->ndefs; i++) {
			const hg_definition *d = model->def[i];
			const hg_expr *e = d->right;
			hg_var *v = d->numeric ? hg_var_real(hg_model_find(model, &d->left, NULL, false)) : NULL;
			while (e->op == HG_OP_NEG || e->op == HG_OP_BOX)
				e = e->kid[0];
			if (!v || v->def || d->left.ncomp > (v->label.n ? 1u : 0u))
				continue;
			if (e->op == HG_OP_LIST || e->op == HG_OP_MATRIX)
				return;
			numbers += e->op == HG_OP_NUM && !pass;
			if (e->op != HG_OP_NUM || !pass)
				continue;
			v->raxis = v->caxis = HG_AXIS_ONE;
			v->shaped = true;
		}
		if (numbers < ENOUGH)
			return;
	}
}

static bool see_scaled(void *self, const hg_expr *e)
{
	hg_doc_model *model = self;
	for (size_t i = 0; e->op == HG_OP_PRODUCT && i + 1 < e->nkids; i++) {
		const hg_expr *a = e->kid[i], *b = e->kid[i + 1];
		hg_ref w, x;
		if (e->glue[i] != HG_GLUE_STAR || a->op != HG_OP_NAME || b->op != HG_OP_NAME || a->nindex || b->nindex ||
		    !hg_ref_of(a, &model->habits, model->arena, &w) || !hg_ref_of(b, &model->habits, model->arena, &x) ||
		    !hg_str_is(w.base, HG_L_WEIGHT) || !hg_str_is(x.base, HG_L_INPUT) || w.upper || x.upper || w.gradient || x.gradient)
			continue;
		hg_var *of[2] = {hg_var_real(hg_model_find(model, &w, NULL, false)), hg_var_real(hg_model_find(model, &x, NULL, false))};
		for (size_t k = 0; k < 2; k++)
			if (of[k] && !of[k]->def && !of[k]->shaped) {
				of[k]->raxis = of[k]->caxis = HG_AXIS_ONE;
				of[k]->shaped = true;
			}
	}
	return true;
}

/* w*x + b in code is entry by entry: w is a number, and so is x for one sample. */
static void shape_scaled(hg_doc_model *model)
{
	for (size_t i = 0; i < model->said->n; i++) {
		const hg_statement *s = &model->said->at[i];
		bool code = model->said->doc->stretch[s->stretch].kind == HG_STRETCH_CODE;
		for (size_t k = 0; code && k < s->nsides; k++)
			hg_expr_visit(s->side[k].e, see_scaled, model);
	}
}

/* L_reg = L + lambda R: adjoints are of what is computed last. */
static void find_outermost_loss(hg_doc_model *model)
{
	for (size_t i = 0; i < model->nvars && model->habits.bars && model->lossy.loss; i++) {
		hg_var *v = model->var[i];
		if (v != model->lossy.loss && v->def && !v->same && v->per_sample_total && hg_expr_mentions(model, v->def->right, model->lossy.loss))
			model->lossy.loss = v;
	}
}

/* Where a class is the right one, the label has an entry for each class, as the probabilities have. */
static void shape_label(hg_doc_model *model)
{
	const hg_var *p = NULL;
	for (size_t i = 0; i < model->nvars && !p; i++)
		if (model->var[i]->def && hg_is_softmax(model->var[i]->def->right))
			p = model->var[i];
	for (size_t i = 0; i < model->nvars && p && model->counting.correct; i++) {
		hg_var *v = hg_var_real(model->var[i]);
		if (v->shaped || v->def || v->label.n || v->layer != HG_NO_LAYER || !hg_str_is(v->base, HG_L_LABEL))
			continue;
		v->raxis = p->raxis;
		v->caxis = p->caxis;
		v->data = p->data;
		v->shaped = true;
	}
}

void hg_model_shape(hg_doc_model *model)
{
	model->layout.scalars = hg_model_is_of_numbers(model);
	hg_model_declared(model);
	shape_numbers(model);
	shape_scaled(model);
	hg_model_sample_letters(model);
	for (size_t i = 0; i < model->nvars; i++)
		hg_var_shape(model, model->var[i]);
	shape_label(model);
	for (size_t i = 0; i < model->nvars; i++) {
		hg_var *v = hg_var_real(model->var[i]);
		hg_shaper shaper = {.model = model};
		if (!v->shaped)
			hg_sym_assign(&shaper, (hg_sym){.leaf = v}, HG_AXIS_ONE, HG_AXIS_ONE);
		roles(model, v);
		if (v->role == HG_ROLE_LABEL && (hg_var_is_label(v) || !model->axes.out_axis))
			model->axes.out_axis = v->raxis != HG_AXIS_ONE ? v->raxis : v->caxis;
	}
	find_prediction(model);
	find_outermost_loss(model);
	hg_model_other_loss(model);
}
