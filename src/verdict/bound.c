/* Derivatives as they are bound: of what, by what, by themselves or by a name of theirs. */
#include "verdict/bound.h"

#include "model/said/kinds.h"

#include <string.h>

static const char *printed(hg_arena *arena, const hg_var *v, hg_str base, int layer, bool any)
{
	if (v) {
		base = v->base;
		layer = v->layer;
	}
	const char *label = v && v->label.n ? hg_arena_print(arena, "_%.*s", HG_STR_ARG(v->label)) : "";
	if (any)
		return hg_arena_print(arena, "%.*s*", HG_STR_ARG(base));
	return layer < 0 ? hg_arena_print(arena, "%.*s%s", HG_STR_ARG(base), label)
	                 : hg_arena_print(arena, "%.*s%d%s", HG_STR_ARG(base), layer, label);
}

/* The model's name for what a name stands for. */
static const char *name_of(hg_doc_model *model, const hg_ref *ref, hg_arena *arena)
{
	int layer = HG_NO_LAYER;
	const hg_var *v = hg_var_real(hg_model_find(model, ref, NULL, false));
	bool any = !v && ref->layer && !hg_layer_value(model, ref->layer, NULL, &layer);
	return printed(arena, v, ref->base, layer, any);
}

const hg_expr *hg_side_bare(const hg_expr *e)
{
	while (e->op == HG_OP_BOX || e->op == HG_OP_BRACE)
		e = e->kid[0];
	return e;
}

/* The loss of the assignment by this letter? A loss of the document's own that is another one is not. */
static bool is_the_loss(hg_doc_model *model, const hg_ref *ref)
{
	const hg_var *v = hg_var_real(hg_model_find(model, ref, NULL, false));
	if (!hg_is_loss_name(ref->base))
		return false;
	return !v || v == model->lossy.loss || v == model->lossy.cost || !v->def || v->def->given;
}

static const char *target_of(hg_doc_model *model, const hg_expr *target, hg_arena *arena)
{
	hg_ref ref;
	target = hg_side_bare(target);
	if (target->op == HG_OP_CALL)
		target = target->kid[0];
	if (!hg_name_at(target, &model->habits, arena, &ref))
		return "?";
	return is_the_loss(model, &ref) ? "" : name_of(model, &ref, arena);
}

static const char *variable_of(hg_doc_model *model, const hg_expr *variable, hg_arena *arena)
{
	hg_ref ref;
	variable = hg_side_bare(variable);
	while (variable->op == HG_OP_TRANSPOSE)
		variable = variable->kid[0];
	return hg_name_at(variable, &model->habits, arena, &ref) ? name_of(model, &ref, arena) : "?";
}

/* The function a derivative is of, where it is no quantity: sigma of dsigma/dz. */
static const hg_expr *function_of(hg_doc_model *model, const hg_expr *target, hg_arena *arena)
{
	hg_ref ref;
	target = hg_side_bare(target);
	if (target->op == HG_OP_CALL)
		target = target->kid[0];
	bool named = hg_name_at(target, &model->habits, arena, &ref) && !hg_is_loss_name(ref.base) && !hg_model_find(model, &ref, NULL, false);
	return named && (hg_is_known_function(target) || hg_model_function(model, &ref, NULL)) ? target : NULL;
}

static bool bind(hg_doc_model *model, const hg_expr *e, hg_arena *arena, hg_bound *bound)
{
	hg_ref ref;
	e = hg_side_bare(e);
	const hg_expr *function = e->op == HG_OP_DERIV ? function_of(model, e->kid[0], arena) : NULL;
	if (function) {
		*bound = (hg_bound){.of = hg_arena_print(arena, "%.*s", HG_STR_ARG(function->name)), .by = "'"};
		return true;
	}
	if (e->op == HG_OP_DERIV) {
		*bound = (hg_bound){.of = target_of(model, e->kid[0], arena), .by = e->nkids > 1 ? variable_of(model, e->kid[1], arena) : "?"};
		return true;
	}
	if (e->op == HG_OP_DERIV_OP) {
		*bound = (hg_bound){.of = "?", .by = variable_of(model, e->kid[0], arena)};
		return true;
	}
	if (!hg_name_at(e, &model->habits, arena, &ref) || ref.primed)
		return false;
	const hg_expr *said = ref.gradient ? NULL : hg_model_signal(model, &ref, arena);
	if (said)
		return hg_bound_of(model, said, arena, bound);
	if (!ref.gradient && !ref.delta)
		return false;
	if (ref.delta)
		ref.base = model->counting.signal_base;
	ref.transposed = false;
	*bound = (hg_bound){.of = "", .by = name_of(model, &ref, arena)};
	return true;
}

/* e is a derivative, by itself or by its name. */
bool hg_bound_of(hg_doc_model *model, const hg_expr *e, hg_arena *arena, hg_bound *bound)
{
	return bind(model, e, arena, bound) && bound->of && bound->by;
}

/* By one entry or for one sample of a quantity that has more: W_{11}, z^{(1)}. Letters are for all of them. */
bool hg_bound_is_part(hg_doc_model *model, const hg_expr *e, hg_arena *arena)
{
	hg_ref ref;
	e = hg_side_bare(e);
	if (e->op == HG_OP_DERIV && e->nkids > 1)
		e = hg_side_bare(e->kid[1]);
	if (!hg_name_at(e, &model->habits, arena, &ref))
		return false;
	const hg_var *v = hg_model_find(model, &ref, NULL, false);
	bool part = ref.sample && ref.sample->op == HG_OP_NUM;
	for (size_t i = 0; i < ref.ncomp; i++)
		part = part || ref.comp[i]->op == HG_OP_NUM;
	return part && !(v && v->label.n); /* w_1 may be a name of its own */
}

/* sigma'(z): the slope of a function, by its name alone. */
bool hg_slope_of(const hg_expr *e, hg_arena *arena, hg_bound *bound)
{
	e = hg_side_bare(e);
	const hg_expr *prime = e->op == HG_OP_CALL ? e->kid[0] : e;
	if (prime->op != HG_OP_PRIME || prime->kid[0]->op != HG_OP_NAME)
		return false;
	*bound = (hg_bound){.of = hg_arena_print(arena, "%.*s", HG_STR_ARG(prime->kid[0]->name)), .by = "'"};
	return bound->of != NULL;
}

/* ---- a side that is a derivative ----------------------------------------------------------------------------------- */

static bool is_scale(const hg_expr *e)
{
	e = hg_side_bare(e);
	if (e->op == HG_OP_NUM)
		return e->number != 0;
	if (e->op == HG_OP_NAME)
		return !e->nindex && hg_is_count_name(e->name);
	bool all = e->nkids > 0 && (e->op == HG_OP_FRAC || e->op == HG_OP_PRODUCT || e->op == HG_OP_NEG);
	for (size_t i = 0; i < e->nkids && all; i++)
		all = is_scale(e->kid[i]);
	return all;
}

static bool is_turned(const hg_expr *e)
{
	return e->op == HG_OP_TRANSPOSE || (e->op == HG_OP_POW && e->kid[1]->op == HG_OP_NAME && hg_str_is(e->kid[1]->name, HG_L_TRANSPOSED));
}

/* A sign, a transpose, numbers and counts taken off. */
const hg_expr *hg_side_core(const hg_expr *e)
{
	for (;;) {
		e = hg_side_bare(e);
		const hg_expr *only = NULL;
		if (e->op == HG_OP_NEG || is_turned(e) || (e->op == HG_OP_FRAC && is_scale(e->kid[1])))
			only = e->kid[0];
		for (size_t i = 0; e->op == HG_OP_PRODUCT && i < e->nkids; i++) {
			bool divides = i && e->glue[i - 1] == HG_GLUE_DIV;
			if (is_scale(e->kid[i]))
				continue;
			if (only || divides)
				return e;
			only = e->kid[i];
		}
		if (!only)
			return e;
		e = only;
	}
}

bool hg_side_states(hg_doc_model *model, const hg_expr *side, hg_arena *arena, hg_bound *bound)
{
	side = hg_side_core(side);
	return hg_bound_of(model, side, arena, bound) || hg_slope_of(side, arena, bound);
}
