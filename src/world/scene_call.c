/* What a name that is applied means in a world: a function, a value of a sample, a product. */
#include "model/fill/residual.h"
#include "model/said/sums.h"
#include "world/scene_parts.h"

#include <string.h>

static bool generic_letter(const hg_expr *name)
{
	return hg_str_any(name->name, HG_LIST_APPLIED);
}

bool hg_scene_callee(hg_eval *ev, const hg_expr *e, hg_callee *f)
{
	hg_scene *scene = ev->self;
	hg_doc_model *model = scene->world->model;
	hg_ref ref;
	if (!hg_ref_of(e, &model->habits, ev->arena, &ref))
		return false;
	const hg_named_function *named = hg_model_function(model, &ref, ev->local);
	if (named) {
		*f = (hg_callee){.fn = named->map, .whole = named->whole, .body = named->body, .letter = named->letter};
		ev->guessed |= named->guessed;
		bool several = !hg_function_certain(model, named);
		if (several && (!ref.layer || named->layer != HG_NO_LAYER)) /* several functions by one letter */
			ev->guessed |= HG_GUESS_CONTESTED;
		if (ref.layer && named->layer == HG_NO_LAYER && several) { /* which g is g^{[2]}? */
			*f = (hg_callee){.fn = model->map.generic, .whole = HG_NFNS};
			ev->guessed |= HG_GUESS_CONTESTED;
		}
		return true;
	}
	if (hg_str_is(e->name, HG_L_SMOOTH)) { /* of open_loss.c */
		f->fn = HG_MAP_GENERIC;
		return true;
	}
	if (hg_str_is(e->name, HG_L_SIGMOID) && !(e->accent & HG_HAT)) {
		f->fn = HG_MAP_SIGMOID;
		return true;
	}
	if (e->nindex && hg_map_find(e->name) != HG_NMAPS) { /* ReLU^{[1]}, log_2 */
		const hg_expr *base = hg_fn_find(e->name) == HG_FN_LOG && !e->index[0].sup ? e->index[0].e : NULL;
		f->fn = !base ? hg_map_find(e->name) : base->op != HG_OP_NUM ? HG_NMAPS : base->number == 2 ? HG_MAP_LOG2 : HG_MAP_LOG10;
		return f->fn != HG_NMAPS;
	}
	if (!generic_letter(e) || hg_model_find(model, &ref, ev->local, false))
		return false;
	int layer = HG_NO_LAYER;
	if (ref.layer)
		hg_layer_value(model, ref.layer, ev->local, &layer);
	bool last = layer == model->nlayers;
	f->fn = last ? model->map.top : model->map.generic;
	if (!model->taken->value[HG_CHOICE_FUNCTION])
		ev->guessed |= last ? HG_GUESS_TOP : HG_GUESS_FUNCTION;
	return true;
}

typedef struct sample_search {
	hg_eval *ev;
	const hg_expr *found;
} sample_search;

static bool see_sample(void *self, const hg_expr *e)
{
	sample_search *s = self;
	hg_scene *scene = s->ev->self;
	hg_ref ref;
	bool name = hg_name_at(e, &scene->world->model->habits, s->ev->arena, &ref);
	if (name) {
		if (ref.sample)
			s->found = ref.sample;
		for (size_t i = 0; i < ref.ncomp; i++) {
			const hg_local *l = hg_scene_local(s->ev, ref.comp[i]);
			if (l && l->axis == HG_AXIS_SAMPLES)
				s->found = ref.comp[i];
		}
	}
	return !s->found && !name;
}

static bool is_index(hg_eval *ev, const hg_expr *e) { return (e->op == HG_OP_NUM && e->digits < 0) || hg_scene_local(ev, e) || hg_is_sample_letter(e); }

/* h(x) = g(theta^T x) asked for h(-x), z(u, v) for z(u_o, v_c): other arguments than those it is defined of. */
static bool is_applied_to_other(hg_doc_model *model, const hg_var *v, const hg_expr *call)
{
	const hg_expr *own = v->def && !v->letter.n ? v->def->lhs : NULL;
	hg_ref a, b;
	bool other = false;
	if (!own || own->op != HG_OP_CALL || own->nkids != call->nkids || hg_is_loss_name(v->base))
		return false;
	for (size_t i = 1; i < own->nkids; i++) {
		if (own->kid[i]->op != HG_OP_NAME || own->kid[i]->nindex || !hg_ref_of(own->kid[i], &model->habits, model->arena, &a))
			return false;
		bool name = hg_ref_of(call->kid[i], &model->habits, model->arena, &b) && hg_str_equal(a.base, b.base) && !b.ncomp && !b.power &&
		            hg_str_equal(a.label, b.label);
		other = other || !name;
	}
	return other;
}

static hg_node applied(hg_eval *ev, const hg_var *v, const hg_expr *call)
{
	hg_local *letter = HG_NEWS(ev->arena, call->nkids, hg_local), *outer = ev->local;
	if (!letter)
		return HG_NODE_NONE;
	for (size_t i = 1; i < call->nkids; i++) {
		letter[i] = (hg_local){.name = v->def->lhs->kid[i]->name, .node = hg_eval_expr(ev, call->kid[i]), .outer = i > 1 ? &letter[i - 1] : outer};
		if (letter[i].node < 0)
			return HG_NODE_NONE;
	}
	ev->local = &letter[call->nkids - 1];
	hg_node node = hg_eval_expr(ev, v->def->right);
	ev->local = outer;
	return node;
}

/* L(a, y), J(W, b), z(x), a^{[1]}(i); and a product whose first factor looks like a function. */
hg_node hg_scene_apply(hg_eval *ev, const hg_expr *call)
{
	hg_scene *scene = ev->self;
	hg_doc_model *model = scene->world->model;
	const hg_expr *f = call->kid[0];
	hg_ref ref;
	bool primed = f->op == HG_OP_PRIME;
	const hg_expr *module = hg_module_of(model, call, ev->arena);
	if (module)
		return hg_eval_expr(ev, module);
	if (!hg_ref_of(primed ? f->kid[0] : f, &model->habits, ev->arena, &ref))
		return HG_NODE_NONE;
	if (ref.gradient && !primed && call->nkids == 2) { /* \bar L (y - t): a product */
		hg_node a = hg_scene_gradient(ev, &ref, f), b = a < 0 ? a : hg_eval_expr(ev, call->kid[1]);
		return b < 0 ? b : hg_eval_multiply(ev, HG_GLUE_NONE, a, b);
	}
	hg_var *v = hg_model_find(model, &ref, ev->local, false);
	if (!v)
		return HG_NODE_NONE;
	const hg_expr *own = primed && call->nkids == 2 && is_applied_to_other(model, hg_var_real(v), call) ? hg_var_real(v)->def->lhs : NULL;
	if (own) { /* q(x) = x^2: q'(3), q'(x + h) */
		hg_callee q = {.fn = HG_NMAPS, .whole = HG_NFNS, .body = hg_var_real(v)->def->right, .letter = own->kid[1]->name};
		return hg_eval_slope(ev, &q, hg_eval_expr(ev, call->kid[1]));
	}
	if (primed) { /* C'(W): the derivative of C by W; or something else */
		ev->guessed |= HG_GUESS_FUNCTION;
		hg_expr *d = call->nkids == 2 ? hg_expr_new(ev->arena, HG_OP_DERIV, call->span, 2) : NULL;
		if (!d)
			return HG_NODE_NONE;
		d->kid[0] = f->kid[0];
		d->kid[1] = call->kid[1];
		return ev->deriv(ev, d);
	}
	sample_search search = {.ev = ev};
	for (size_t i = 1; i < call->nkids; i++)
		hg_expr_visit(call->kid[i], see_sample, &search);
	bool loss = hg_is_loss_name(ref.base);
	if (is_applied_to_other(model, hg_var_real(v), call))
		return applied(ev, hg_var_real(v), call);
	bool by_index = !loss && call->nkids == 2 && is_index(ev, call->kid[1]);
	if (!ref.sample) /* h(x^{(i)}): h of that sample */
		ref.sample = by_index ? call->kid[1] : search.found;
	if (!loss && !ref.sample && call->nkids == 2 && call->kid[1]->op != HG_OP_NAME) {
		hg_node a = hg_scene_variable(ev, &ref, v, f), b = a < 0 ? a : hg_eval_expr(ev, call->kid[1]);
		return b < 0 ? b : hg_eval_multiply(ev, HG_GLUE_NONE, a, b);
	}
	return hg_scene_variable(ev, &ref, v, f);
}
