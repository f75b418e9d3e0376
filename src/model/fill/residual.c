/* dZ = A - Y says of itself which network it is of: its last activation is A, a sigmoid or a softmax, its loss the
 * cross-entropy. Bishop, Pattern Recognition and Machine Learning, section 4.3.6. */
#include "model/fill/residual.h"

#include <string.h>

static const hg_expr *bare(const hg_expr *e)
{
	while (e->op == HG_OP_BOX || e->op == HG_OP_BRACE)
		e = e->kid[0];
	return e;
}

bool hg_statement_residual(const hg_statement *s, const hg_habits *habits, hg_arena *arena, hg_ref *prediction)
{
	hg_ref of, label;
	if (s->nsides < 2 || !s->side[0].e)
		return false;
	const hg_expr *left = bare(s->side[0].e);
	if (left->op == HG_OP_DERIV && left->nkids == 2)
		left = left->kid[1];
	else if (!hg_ref_of(left, habits, arena, &of) || !(of.gradient || of.delta))
		return false;
	if (!hg_ref_of(left, habits, arena, &of) || !(of.delta || hg_str_is(of.base, HG_L_PREACTIVATION)))
		return false;
	for (size_t k = 1; k < s->nsides; k++) {
		const hg_expr *e = s->side[k].e ? bare(s->side[k].e) : NULL;
		if (e && e->op == HG_OP_SUM_OF && e->nkids == 2 && e->kid[1]->op == HG_OP_NEG &&
		    hg_ref_of(e->kid[0], habits, arena, prediction) && hg_ref_of(e->kid[1]->kid[0], habits, arena, &label) &&
		    (hg_str_is(prediction->base, HG_L_ACTIVATION) || hg_str_is(prediction->base, HG_L_PREDICTION)) && hg_str_is(label.base, HG_L_LABEL) &&
		    !prediction->gradient && !prediction->delta)
			return true;
	}
	return false;
}

typedef struct turned_search {
	const hg_habits *habits;
	hg_arena *arena;
	bool found;
} turned_search;

static bool see_turned(void *self, const hg_expr *e)
{
	turned_search *t = self;
	hg_ref label, of;
	if (e->op == HG_OP_SUM_OF && e->nkids == 2 && e->kid[1]->op == HG_OP_NEG &&
	    hg_ref_of(e->kid[0], t->habits, t->arena, &label) && hg_ref_of(e->kid[1]->kid[0], t->habits, t->arena, &of))
		t->found = t->found || hg_str_any(label.base, HG_LIST_LABELS);
	return !t->found;
}

bool hg_statement_turned_residual(const hg_statement *s, const hg_habits *habits, hg_arena *arena)
{
	turned_search t = {.habits = habits, .arena = arena};
	hg_ref of;
	if (s->nsides < 2 || !s->side[0].e || !hg_ref_of(bare(s->side[0].e), habits, arena, &of) || !of.delta || of.gradient)
		return false;
	for (size_t k = 1; k < s->nsides; k++)
		hg_expr_visit(s->side[k].e, see_turned, &t);
	return t.found;
}

/* ---- a loss of which only the name is there ------------------------------------------------------------------------------ */

typedef struct open_search {
	hg_doc_model *model;
	const hg_var *self;
	bool found;
} open_search;

static bool see_open(void *self, const hg_expr *e)
{
	open_search *s = self;
	hg_ref ref;
	if (e->op != HG_OP_NAME || !hg_ref_of(e, &s->model->habits, s->model->arena, &ref) || !hg_is_loss_name(ref.base))
		return true;
	const hg_var *v = hg_model_find(s->model, &ref, NULL, false);
	s->found = s->found || (v != s->self && (!v || !v->def));
	return true;
}

/* J = 1/m sum L(a, y), and nothing says what L is: then J is not said either. */
static void open_losses(hg_doc_model *model)
{
	for (size_t i = 0; i < model->nvars; i++) {
		hg_var *v = model->var[i];
		open_search s = {.model = model, .self = v};
		if (!hg_is_loss_name(v->base) || !v->def)
			continue;
		hg_expr_visit(v->def->right, see_open, &s);
		for (size_t k = 0; s.found && k < model->ndefs; k++)
			model->def[k]->rejected = model->def[k]->rejected || model->def[k] == v->def;
		if (s.found)
			v->def = NULL;
	}
}

/* ---- the last activation --------------------------------------------------------------------------------------------------- */

/* A letter with no other meaning in the document. */
bool hg_function_certain(const hg_doc_model *model, const hg_named_function *f)
{
	for (size_t i = 0; i < model->nfunctions; i++) {
		const hg_named_function *g = model->function[i];
		bool same = g->map == f->map && g->whole == f->whole && !g->body == !f->body && (!g->body || hg_expr_equal(g->body, f->body));
		if (g->layer == f->layer && hg_str_equal(g->base, f->base) && !same)
			return false;
	}
	return true;
}

/* g(z): with a letter for which the document says no function. */
static bool applies_letter(const hg_doc_model *model, const hg_expr *e)
{
	hg_ref ref;
	if (e->op != HG_OP_CALL || e->kid[0]->op != HG_OP_NAME || !hg_ref_of(e->kid[0], &model->habits, model->arena, &ref))
		return false;
	const hg_named_function *f = hg_model_function(model, &ref, NULL);
	return hg_str_is(ref.base, HG_L_ANY_FUNCTION) && (!f || (ref.layer && f->layer == HG_NO_LAYER && !hg_function_certain(model, f)));
}

hg_var *hg_model_residual(hg_doc_model *model, bool *open)
{
	hg_ref ref;
	hg_var *v = NULL;
	for (size_t i = 0; i < model->said->n; i++)
		if (hg_statement_residual(&model->said->at[i], &model->habits, model->arena, &ref))
			v = hg_model_find(model, &(hg_ref){.base = ref.base, .layer = ref.layer}, NULL, true);
	open_losses(model);
	*open = v && !v->same && (!v->def || applies_letter(model, v->def->right));
	return v;
}
