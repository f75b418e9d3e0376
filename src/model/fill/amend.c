/* Definitions that do not fit together, read so that they do: marked as guessed, like all that is not
 * written. */
#include "model/building.h"

/* z2 = W2 X + b2, though a1 was just computed and nothing uses it: read as W2 a1 + b2. */
static hg_expr *fed_by(hg_doc_model *model, const hg_expr *e, const hg_expr *input, bool *found)
{
	hg_ref ref;
	if (e->op == HG_OP_NAME) {
		bool first =
		    hg_ref_of(e, &model->habits, model->arena, &ref) && !ref.ncomp &&
		    ((hg_str_is(ref.base, HG_L_INPUT) && !ref.layer) ||
		     (hg_str_is(ref.base, HG_L_ACTIVATION) && ref.layer && ref.layer->op == HG_OP_NUM && ref.layer->number == 0));
		*found = *found || first;
		return first ? hg_expr_copy(model->arena, input) : (hg_expr *)e;
	}
	hg_expr *copy = hg_expr_copy(model->arena, e);
	for (size_t i = 0; copy && i < e->nkids; i++)
		copy->kid[i] = fed_by(model, e->kid[i], input, found);
	return copy;
}

static void repair_layers(hg_doc_model *model)
{
	for (int l = 2; l <= model->nlayers; l++) {
		hg_var *z = hg_model_there(model, HG_L_PREACTIVATION, l), *a = hg_model_there(model, HG_L_ACTIVATION, l - 1);
		bool used = false, found = false;
		for (size_t i = 0; i < model->nvars && a; i++)
			used = used || (model->var[i]->def && hg_expr_mentions(model, model->var[i]->def->right, a));
		if (!z || !z->def || z->def->guessed || z->letter.n || !a || !a->def || used)
			continue;
		hg_expr *right = fed_by(model, z->def->right, hg_invent_name(model, HG_L_ACTIVATION, l - 1), &found);
		if (!found || !right)
			continue;
		const hg_definition *slip = z->def;
		hg_invent_definition(model, HG_L_PREACTIVATION, l, HG_GUESS_REPAIR, right);
		((hg_definition *)slip)->rejected = true;
	}
}

/* The loss inside an operator, d/da (...), where the one written by itself speaks of names that nothing
 * computes. */
static void connect_losses(hg_doc_model *model)
{
	for (size_t i = 0; i < model->ndefs; i++) {
		const hg_definition *d = model->def[i];
		hg_var *v =
		    d->inside ? hg_model_there(
		                    model,
		                    d->left.base.p ? hg_arena_copy(model->arena, d->left.base.p, d->left.base.n) : "",
		                    HG_NO_LAYER)
		              : NULL;
		if (!v || !v->def || v->def->inside)
			continue;
		bool loose = false;
		for (size_t k = 0; k < model->nvars; k++) {
			const hg_var *name_in = model->var[k];
			bool label = hg_str_is(name_in->base, HG_L_LABEL) || hg_is_loss_name(name_in->base);
			loose = loose || (!name_in->def && !name_in->same && !label &&
			                  hg_expr_mentions(model, v->def->right, name_in) &&
			                   !hg_expr_mentions(model, d->right, name_in));
		}
		if (loose)
			v->def = d;
	}
}

static hg_expr *renamed(hg_doc_model *model, const hg_expr *e, const hg_var *from, const hg_expr *to)
{
	hg_ref ref;
	if (hg_name_at(e, &model->habits, model->arena, &ref) && !ref.ncomp && !ref.transposed &&
	    hg_var_real(hg_model_find(model, &ref, NULL, false)) == from)
		return hg_expr_copy(model->arena, to);
	hg_expr *copy = hg_expr_copy(model->arena, e);
	for (size_t i = 0; copy && i < e->nkids; i++)
		copy->kid[i] = renamed(model, e->kid[i], from, to);
	return copy;
}

/* Two networks, one loss: an activation that nothing uses is a prediction too. */
void hg_model_other_loss(hg_doc_model *model)
{
	const hg_var *loss = model->lossy.loss, *p = model->lossy.prediction;
	hg_var *top = NULL;
	for (int l = model->nlayers + 1; l >= -1 && !top; l--) { /* -1: without a layer */
		hg_var *a = l ? hg_model_there(model, HG_L_ACTIVATION, l) : NULL;
		bool used = a == NULL;
		for (size_t i = 0; i < model->nvars && !used; i++)
			used = model->var[i]->def && !model->var[i]->same &&
			       hg_expr_mentions(model, model->var[i]->def->right, a);
		if (!used && a->def && hg_var_real(a) == a && a != p)
			top = a;
	}
	if (!loss || !loss->def || !p || !top || loss->letter.n)
		return;
	hg_expr *right = renamed(model, loss->def->right, p, hg_invent_name(model, HG_L_ACTIVATION, top->layer));
	hg_invent_definition(model, HG_L_OTHER_LOSS, HG_NO_LAYER, HG_GUESS_PREDICTION, right);
	model->lossy.other = hg_model_there(model, HG_L_OTHER_LOSS, HG_NO_LAYER);
	if (model->lossy.other) {
		model->lossy.other->data = model->lossy.other->shaped = model->lossy.other->per_sample_total = true;
		model->lossy.other->raxis = model->lossy.other->caxis = HG_AXIS_ONE;
		model->lossy.other->role = HG_ROLE_LOSS;
	}
}

static bool used_by_any(hg_doc_model *model, const hg_var *v)
{
	for (size_t i = 0; i < model->nvars; i++)
		if (model->var[i]->def && model->var[i] != v && hg_var_uses(model, model->var[i], v))
			return true;
	return false;
}

/* a^l = f(sum_k w_jk a_k^{l-1} + b_j), and z^l = w^l a^{l-1} + b^l beside it, which nothing uses: z is what f is applied
 * to, so that a may be differentiated by it. */
static void insert_preactivations(hg_doc_model *model)
{
	for (size_t i = 0; i < model->nvars; i++) {
		hg_var *z = model->var[i], *a = NULL;
		hg_op outer = z->def ? z->def->right->op : HG_OP_NAME;
		bool affine = outer == HG_OP_SUM_OF || outer == HG_OP_PRODUCT || outer == HG_OP_SUM;
		if (!affine || z->same || z->def->guessed || z->label.n || !hg_str_equal(z->base, model->counting.signal_base) || used_by_any(model, z))
			continue;
		for (size_t k = 0; k < model->nvars && !a; k++) {
			hg_var *v = model->var[k];
			const hg_expr *e = v->def && !v->same && v != z && v->layer == z->layer && !v->label.n ? v->def->right : NULL;
			hg_op inside = e && e->op == HG_OP_CALL && e->nkids == 2 && e->kid[0]->op == HG_OP_NAME ? e->kid[1]->op : HG_OP_NAME;
			if ((inside == HG_OP_SUM_OF || inside == HG_OP_PRODUCT || inside == HG_OP_SUM) && !hg_is_loss_name(v->base))
				a = v;
		}
		const hg_definition *said = a ? a->def : NULL;
		hg_expr *call = a ? hg_expr_copy(model->arena, said->right) : NULL;
		if (!call || z->base.n != 1)
			continue;
		call->kid[1] = hg_invent_name(model, hg_arena_copy(model->arena, z->base.p, z->base.n), z->layer);
		hg_invent_definition(model, hg_arena_copy(model->arena, a->base.p, a->base.n), a->layer, HG_GUESS_AFFINE, call);
		if (a->def != said)
			((hg_definition *)a->def)->stands_for = said;
		a->letter = (hg_str){0};
	}
}

void hg_model_amend(hg_doc_model *model)
{
	insert_preactivations(model);
	repair_layers(model);
	connect_losses(model);
}
