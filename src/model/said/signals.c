/* Names of derivatives: delta_j^{(l)} = dL/dz_j^{(l)} says what delta_k^{(2)} is. */
#include "model/model.h"

#include <string.h>

static hg_expr *replaced(const hg_expr *e, hg_str letter, const hg_expr *by, hg_arena *arena)
{
	if (e->op == HG_OP_NAME && !e->nindex && hg_str_equal(e->name, letter))
		return hg_expr_copy(arena, by);
	hg_expr *copy = hg_expr_copy(arena, e);
	if (!copy)
		return NULL;
	for (size_t i = 0; i < copy->nkids; i++)
		copy->kid[i] = replaced(e->kid[i], letter, by, arena);
	for (size_t i = 0; i < copy->nindex; i++)
		copy->index[i].e = replaced(e->index[i].e, letter, by, arena);
	return copy;
}

static bool is_letter(const hg_expr *e) { return e->op == HG_OP_NAME && !e->nindex && !hg_str_is(e->name, HG_L_LAST_LAYER); }

/* l of `l`, and of `l+1` with what must be added: only the plain letter is followed. */
static bool fits(const hg_expr *pattern, const hg_expr *e, hg_str *letter)
{
	*letter = (hg_str){0};
	if (!pattern || !e)
		return !pattern && !e;
	if (hg_expr_equal(pattern, e))
		return true;
	if (!is_letter(pattern))
		return false;
	*letter = pattern->name;
	return true;
}

/* The index of a name that has one: t of e_t and 3 of e_3 are one place, though a number there may be read as a layer. NULL. */
static const hg_expr *only_index(const hg_ref *ref)
{
	if (ref->ncomp + (ref->layer != NULL) + (ref->sample != NULL) != 1)
		return NULL;
	return ref->layer ? ref->layer : ref->sample ? ref->sample : ref->comp[0];
}

/* a_j = \\sum_i w_ji x_i: the sum whose units a letter counts, where units of different layers have different letters. */
hg_var *hg_model_lettered(const hg_doc_model *model, const hg_ref *ref)
{
	hg_var *found = NULL;
	bool others = false;
	if (!ref->delta || ref->ncomp != 1 || ref->layer || ref->label.n || ref->comp[0]->op != HG_OP_NAME)
		return NULL;
	for (size_t i = 0; i < model->nvars; i++) {
		hg_var *v = model->var[i];
		const hg_ref *left = v->def && !v->same ? &v->def->left : NULL;
		if (!left || v->role != HG_ROLE_PREACTIVATION || left->layer || left->ncomp != 1 || hg_is_loss_name(v->base) ||
		    left->comp[0]->op != HG_OP_NAME)
			continue;
		bool same = hg_expr_equal(left->comp[0], ref->comp[0]);
		others = others || !same;
		found = same && !found ? v : found;
	}
	return others ? found : NULL;
}

const hg_expr *hg_model_signal(const hg_doc_model *model, const hg_ref *ref, hg_arena *arena)
{
	for (size_t i = 0; i < model->nsignals; i++) {
		const hg_signal *s = model->signal[i];
		hg_str letter[4] = {{0}};
		const hg_expr *by[4];
		size_t n = 0;
		const hg_expr *pattern = only_index(&s->left), *index = pattern ? only_index(ref) : NULL;
		bool fit = hg_str_equal(s->left.base, ref->base) && hg_str_equal(s->left.label, ref->label) &&
		           (index || s->left.ncomp == ref->ncomp) && fits(index ? pattern : s->left.layer, index ? index : ref->layer, &letter[0]);
		if (fit && letter[0].n)
			by[n++] = index ? index : ref->layer;
		for (size_t k = 0; k < ref->ncomp && fit && !index; k++) {
			fit = fits(s->left.comp[k], ref->comp[k], &letter[n]);
			if (fit && letter[n].n)
				by[n++] = ref->comp[k];
		}
		if (fit && n && hg_model_lettered(model, ref)) /* the letter itself says of which layer */
			continue;
		const hg_expr *e = fit ? s->derivative : NULL;
		for (size_t k = 0; k < n && e; k++)
			e = replaced(e, letter[k], by[k], arena);
		if (e)
			return e;
	}
	return NULL;
}

const hg_expr *hg_model_signal_beside(const hg_doc_model *model, const hg_ref *ref, const hg_var *v, hg_arena *arena)
{
	bool said = v && (v->def || v->same || v->said);
	return said || ref->gradient ? NULL : hg_model_signal(model, ref, arena);
}
