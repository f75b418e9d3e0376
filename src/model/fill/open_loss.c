/* A loss of which only the name is there: dL/dz, L = l(o, y), nabla_a C. What is claimed of it is claimed of every
 * loss, so it is a smooth function of no special form of what the network ends with; it couples the outputs, so that
 * no claim agrees that is right for sums over outputs alone. */
#include "model/building.h"

#include <string.h>

/* ---- what nothing else is computed from ------------------------------------------------------------------------- */

/* How many equations lie between a variable and what is given, and whether data are among it. */
typedef struct chain {
	bool seen, data;
	size_t length;
} chain;

enum { DEEPEST = 40 }; /* equations of which one is put into the next; what is longer counts as given */

typedef struct use_walk {
	hg_doc_model *model;
	const hg_local *local;
	bool *used;
	chain *chain; /* of each variable, looked at once: definitions may go in circles */
	chain under;  /* of all that was met under the variable that is looked at */
	size_t depth;
} use_walk;

static void follow(use_walk *w, const hg_var *v);

static bool see_use(void *self, const hg_expr *e)
{
	use_walk *w = self;
	hg_ref ref;
	if (!hg_name_at(e, &w->model->habits, w->model->arena, &ref))
		return true;
	if (ref.gradient || ref.delta)
		return false;
	hg_var *v = hg_var_real(hg_model_find(w->model, &ref, w->local, false));
	if (v && w->used)
		w->used[v->id] = true;
	else if (v)
		follow(w, v);
	return false;
}

static void look_into(use_walk *w, const hg_var *v)
{
	hg_local layer = {.name = v->letter, .node = HG_NODE_NONE, .index = (size_t)v->letter_value, .axis = HG_AXIS_LAYER};
	const hg_local *kept = w->local;
	w->local = v->letter.n ? &layer : NULL;
	hg_expr_visit(v->def->right, see_use, w);
	w->local = kept;
}

bool hg_var_uses(hg_doc_model *model, const hg_var *v, const hg_var *what)
{
	bool *used = HG_NEWS(model->arena, model->nvars + 1, bool);
	use_walk w = {.model = model, .used = used};
	if (!used || !v->def)
		return false;
	look_into(&w, v);
	return used[what->id];
}

static bool rests_on(hg_doc_model *model, const hg_var *v, const hg_var *what, bool *seen)
{
	if (v == what)
		return true;
	if (seen[v->id])
		return false;
	seen[v->id] = true;
	for (size_t i = 0; i < model->nvars; i++)
		if (v->def && hg_var_uses(model, v, model->var[i]) && rests_on(model, hg_var_real(model->var[i]), what, seen))
			return true;
	return false;
}

bool hg_var_rests_on(hg_doc_model *model, const hg_var *v, const hg_var *what)
{
	bool *seen = HG_NEWS(model->arena, model->nvars + 1, bool);
	return seen && v != what && rests_on(model, v, what, seen);
}

/* In a circle the way back to where it began adds nothing. */
static void follow(use_walk *w, const hg_var *v)
{
	chain *own = &w->chain[v->id], under = w->under;
	bool computed = v->def && !v->def->numeric;
	if (!computed) {
		own->data = !hg_var_is_parameter(v);
	} else if (!own->seen && w->depth < DEEPEST) {
		own->seen = true;
		w->under = (chain){0};
		w->depth++;
		look_into(w, v);
		w->depth--;
		*own = (chain){.seen = true, .data = w->under.data, .length = 1 + w->under.length};
	}
	under.data = under.data || own->data;
	under.length = own->length > under.length ? own->length : under.length;
	w->under = under;
}

static bool is_output(const hg_var *v) { return v->def && !v->same && !v->def->numeric && !hg_is_loss_name(v->base); }

/* The end of the longest chain of equations; of equal ones the last. By their letters all may be parameters: then of those. */
hg_var *hg_model_last_output(hg_doc_model *model)
{
	bool *used = HG_NEWS(model->arena, model->nvars + 1, bool);
	chain *chains = HG_NEWS(model->arena, model->nvars + 1, chain);
	hg_var *best = NULL, *beside = NULL;
	size_t longest = 0, other = 0;
	if (!used || !chains)
		return NULL;
	for (size_t i = 0; i < model->nvars; i++) {
		use_walk w = {.model = model, .used = used};
		if (is_output(model->var[i]))
			look_into(&w, model->var[i]);
	}
	for (size_t i = 0; i < model->nvars; i++) {
		hg_var *v = model->var[i];
		use_walk w = {.model = model, .chain = chains};
		if (!is_output(v) || used[v->id])
			continue;
		follow(&w, v);
		if (w.under.data && !(best && w.under.length < longest)) {
			best = v;
			longest = w.under.length;
		} else if (!w.under.data && w.under.length > 1 && w.under.length >= other) {
			beside = v;
			other = w.under.length;
		}
	}
	return best ? best : beside;
}

/* ---- losses that are names ---------------------------------------------------------------------------------------- */

/* l(o, y), C(X_n, Y): applied to something, and nothing says what it is. */
static bool is_open_call(hg_doc_model *model, const hg_expr *e)
{
	hg_ref ref;
	if (e->op != HG_OP_CALL || e->kid[0]->op != HG_OP_NAME || hg_fn_find(e->kid[0]->name) != HG_NFNS ||
	    !hg_ref_of(e->kid[0], &model->habits, model->arena, &ref) || !hg_is_loss_name(ref.base) || hg_model_function(model, &ref, NULL))
		return false;
	const hg_var *v = hg_model_find(model, &ref, NULL, false);
	return !v || !v->def || v->def->right == e;
}

typedef struct speech {
	hg_doc_model *model;
	const hg_expr *target; /* the first loss that is differentiated */
	bool gradients;        /* dZ, delta: of a loss that has no name */
} speech;

static bool see_speech(void *self, const hg_expr *e)
{
	speech *s = self;
	hg_ref ref;
	const hg_expr *t = e->op == HG_OP_DERIV ? e->kid[0] : NULL;
	if (t && t->op == HG_OP_CALL)
		t = t->kid[0];
	if (t && !s->target && t->op == HG_OP_NAME && hg_ref_of(t, &s->model->habits, s->model->arena, &ref) && hg_is_loss_name(ref.base) &&
	    !ref.ncomp && !ref.gradient)
		s->target = t;
	if (e->op == HG_OP_NAME && hg_ref_of(e, &s->model->habits, s->model->arena, &ref))
		s->gradients = s->gradients || ref.gradient || (ref.delta && ref.ncomp < 2);
	return true;
}

static hg_expr *spelled(hg_doc_model *model, const hg_var *v)
{
	if (v->label.n)
		return v->def && v->def->lhs && !v->def->left.ncomp ? hg_expr_copy(model->arena, v->def->lhs) : NULL;
	return hg_invent_name(model, hg_arena_copy(model->arena, v->base.p, v->base.n), v->layer);
}

hg_expr *hg_open_loss(hg_doc_model *model, hg_expr *prediction, hg_expr *label)
{
	hg_expr *p = hg_invent_call(model, HG_L_SMOOTH, HG_NO_LAYER, prediction);
	if (label)
		p = hg_invent(model, HG_OP_SUM_OF, p, hg_invent(model, HG_OP_NEG, label, NULL));
	hg_expr *square = hg_invent(model, HG_OP_POW, hg_invent(model, HG_OP_NORM, p, NULL), hg_invent_number(model, 2));
	return hg_invent(model, HG_OP_SQRT, hg_invent(model, HG_OP_SUM_OF, hg_invent_number(model, 1), square), NULL);
}

/* Of l(o, y) the first argument that is computed, if there is one. */
static hg_expr *argument(hg_doc_model *model, const hg_expr *call)
{
	hg_ref ref;
	for (size_t i = 1; i < call->nkids; i++) {
		const hg_expr *a = call->kid[i];
		bool name = a->op == HG_OP_NAME && hg_ref_of(a, &model->habits, model->arena, &ref) && !ref.ncomp;
		const hg_var *v = name ? hg_var_real(hg_model_find(model, &ref, NULL, false)) : NULL;
		if (v && !hg_var_is_parameter(v) && (v->def || hg_str_is(v->base, HG_L_PREDICTION)))
			return hg_expr_copy(model->arena, a);
	}
	return NULL;
}

static bool defines(hg_doc_model *model, const char *name, hg_expr *prediction)
{
	const hg_var *y = hg_model_there(model, HG_L_LABEL, HG_NO_LAYER);
	bool label = y && !y->def && !y->same;
	if (!prediction)
		return false;
	hg_invent_definition(model, name, HG_NO_LAYER, HG_GUESS_LOSS,
	                     hg_open_loss(model, prediction, label ? hg_invent_name(model, HG_L_LABEL, HG_NO_LAYER) : NULL));
	model->lossy.loss_guessed = HG_GUESS_LOSS;
	return true;
}

void hg_model_open_losses(hg_doc_model *model)
{
	bool any = false;
	for (size_t i = 0; i < model->nvars; i++) { /* L = l(o, y) */
		hg_var *v = model->var[i];
		if (!hg_is_loss_name(v->base) || !v->def)
			continue;
		any = true;
		if (v->label.n || v->layer != HG_NO_LAYER || !is_open_call(model, v->def->right))
			continue;
		hg_definition *said = (hg_definition *)v->def;
		hg_expr *p = argument(model, said->right);
		const hg_var *sink = p ? NULL : hg_model_last_output(model);
		if (!p && sink)
			p = spelled(model, sink);
		if (defines(model, hg_arena_copy(model->arena, v->base.p, v->base.n), p))
			((hg_definition *)v->def)->stands_for = said;
	}
	speech s = {.model = model};
	for (size_t i = 0; i < model->said->n && !any; i++)
		for (size_t k = 0; k < model->said->at[i].nsides; k++)
			hg_expr_visit(model->said->at[i].side[k].e, see_speech, &s);
	if (any || !(s.target || s.gradients))
		return;
	hg_ref ref = {.base = HG_STR(HG_L_LOSS)};
	if (s.target)
		hg_ref_of(s.target, &model->habits, model->arena, &ref);
	const hg_var *sink = hg_model_last_output(model);
	if (sink)
		defines(model, hg_arena_copy(model->arena, ref.base.p, ref.base.n), spelled(model, sink));
}
