/* Derivatives in a world: the graph is cut at the variable, its entries are moved, and what lies downstream
 * is computed again. */
#include "world/world.h"

#include <math.h>
#include <string.h>

static bool same_cut(const hg_cut *a, const hg_cut *b)
{
	return a->node == b->node && a->row == b->row && a->col == b->col && a->rows == b->rows &&
	       a->cols == b->cols;
}

hg_slope_kept *hg_world_kept(hg_world *w, hg_node to, const hg_cut *by)
{
	const bool stays = (size_t)to < w->base && (size_t)by->node < w->base;
	if (to < 0 || (!stays && !w->held))
		return NULL;
	for (size_t i = 0; i < w->nkept; i++)
		if (w->kept[i].to == to && same_cut(&w->kept[i].by, by))
			return &w->kept[i];
	if (w->nkept == w->kept_room) {
		size_t room = w->kept_room ? 2 * w->kept_room : 32;
		hg_slope_kept *kept = HG_NEWS(w->arena, room, hg_slope_kept);
		if (!kept)
			return NULL;
		if (w->nkept)
			memcpy(kept, w->kept, w->nkept * sizeof *kept);
		w->kept = kept;
		w->kept_room = room;
	}
	w->kept[w->nkept] = (hg_slope_kept){.to = to, .by = *by, .arena = stays ? w->arena : w->held};
	return &w->kept[w->nkept++];
}

void hg_world_let_go(hg_world *w, hg_tape_state mark)
{
	size_t n = 0;
	hg_tape_release(w->tape, mark);
	for (size_t i = 0; i < w->nkept; i++)
		if (w->kept[i].arena == w->arena)
			w->kept[n++] = w->kept[i];
	w->nkept = n;
}

/* The variables whose values lie between the entries and the target. */
static bool variables_between(const hg_world *w, hg_node to, const hg_cut *by, hg_arena *scratch, hg_arena *arena,
                              hg_slope_kept *k)
{
	hg_plan plan;
	if (hg_tape_plan(w->tape, by->node, to, scratch, &plan) != HG_OK)
		return false;
	k->nbetween = 0;
	k->between = HG_NEWS(arena, w->nnodes + 1, const hg_var *);
	for (size_t i = 0; k->between && i < w->nnodes; i++)
		if (!w->model->var[i]->same && w->node[i] >= 0 && hg_plan_has(&plan, w->node[i]))
			k->between[k->nbetween++] = w->model->var[i];
	k->planned = k->between != NULL;
	return k->planned;
}

/* What is assumed of the variables that lie between the entries and the target: of the values of others
 * nothing is. */
void hg_scene_assume(hg_eval *ev, hg_node to, const hg_cut *by)
{
	hg_world *w = ((hg_scene *)ev->self)->world;
	bool any = false;
	for (size_t i = 0; i < w->nnodes; i++)
		any = any || w->model->var[i]->guessed;
	if (!any || to < 0)
		return;
	hg_slope_kept passing = {0}, *kept = hg_world_kept(w, to, by), *k = kept ? kept : &passing;
	if (!k->planned && !variables_between(w, to, by, ev->arena, kept ? kept->arena : ev->arena, k))
		return;
	for (size_t i = 0; i < k->nbetween; i++)
		ev->guessed |= k->between[i]->guessed;
}

gsl_matrix *hg_world_slope(hg_world *w, hg_node to, hg_cut by, hg_arena *arena)
{
	hg_slope_kept *kept = hg_world_kept(w, to, &by);
	if (!kept)
		return hg_tape_jacobian(w->tape, to, by, arena);
	if (!kept->jacobian)
		kept->jacobian = hg_tape_jacobian(w->tape, to, by, kept->arena);
	return kept->jacobian;
}

/* ---- where -------------------------------------------------------------------------------------------- */

static bool is_the_loss(const hg_doc_model *m, const hg_ref *ref, const hg_var *v)
{
	if (!hg_is_loss_name(ref->base))
		return false;
	return !v || v == m->lossy.loss || v == m->lossy.cost || v->per_sample_total || v->total || !v->def;
}

/* The loss that depends on these entries: the document's, or the same of its other prediction. */
hg_node hg_scene_loss_of(hg_eval *ev, hg_node to, const hg_cut *by)
{
	hg_scene *scene = ev->self;
	hg_world *w = scene->world;
	hg_plan plan;
	hg_node usual[3] = {w->each, w->sum, w->mean};
	if (w->other[0] < 0 || to < 0 || !by || hg_tape_plan(w->tape, by->node, to, ev->arena, &plan) != HG_OK ||
	    plan.n)
		return to;
	for (size_t i = 0; i < 3; i++)
		if (usual[i] == to) {
			ev->guessed |= HG_GUESS_PREDICTION;
			return w->other[i];
		}
	return to;
}

static hg_node total_of(hg_eval *ev, hg_total total, unsigned minds)
{
	const hg_world *w = ((hg_scene *)ev->self)->world;
	ev->minds |= minds;
	return total == HG_TOTAL_MEAN ? w->mean : w->sum;
}

bool hg_scene_target(hg_eval *ev, const hg_expr *target, const hg_expr *variable, const hg_var *by,
                     hg_node *to)
{
	hg_scene *scene = ev->self;
	hg_world *w = scene->world;
	hg_ref ref;
	target = hg_eval_bare(ev, target);
	if (hg_expr_has(target, HG_OP_DERIV)) /* a difference has no derivative of its own on the tape */
		return hg_eval_fail(ev, target, HG_CAUSE_DERIVATIVE_OF_DERIVATIVE) >= 0;
	const hg_expr *name = target->op == HG_OP_CALL ? target->kid[0] : target;
	bool named = name->op == HG_OP_NAME && hg_ref_of(name, &w->model->habits, ev->arena, &ref);
	hg_var *v = named ? hg_var_real(hg_model_find(w->model, &ref, ev->local, false)) : NULL;
	ev->minds |= v && v->role == HG_ROLE_LABEL ? HG_MINDS_HATLESS : 0;
	if (v && v->role == HG_ROLE_LABEL && scene->hatless && w->model->lossy.prediction && target->op == HG_OP_NAME) { /* dy/dz */
		hg_cut cut;
		hg_shape shape;
		if (!hg_scene_locate(ev, &ref, w->model->lossy.prediction, name, &cut, &shape))
			return false;
		*to = hg_tape_part(w->tape, cut.node, cut.row, cut.col, shape);
		return *to >= 0;
	}
	if (named && is_the_loss(w->model, &ref, v)) {
		bool own = v && hg_world_value(w, v) >= 0 && (v->total || v->per_sample_total);
		ev->guessed |= v ? 0 : w->model->lossy.loss_guessed;
		if (v && v->def && !own)
			return hg_eval_fail(ev, target,
			                    w->trouble[v->id] ? w->trouble[v->id] : HG_CAUSE_LOSS_WITHOUT_VALUE) >= 0;
		bool one = own && v->per_sample_total && hg_scene_picks_sample(ev, &ref);
		ev->minds |= own ? HG_MINDS_SINGLE | HG_MINDS_WRITTEN : 0;
		bool single = own && scene->view == HG_VIEW_SAMPLE && scene->single && w->term[v->id] >= 0;
		if (single) {
			*to = w->term[v->id];
		} else if (own && v->total && w->term[v->id] >= 0 && scene->view == HG_VIEW_SAMPLE && !scene->as_written && by && !by->data) {
			return hg_eval_fail(ev, target, HG_CAUSE_COST_OF_ONE_SAMPLE) >= 0;
		} else if (own && !one && v != w->model->lossy.loss && v != w->model->lossy.cost) {
			*to = hg_tape_unary(w->tape, HG_TAPE_SUM, hg_scene_view(scene, v, w->node[v->id]));
		} else if (one || (own && scene->as_written)) {
			hg_cut cut;
			hg_shape shape;
			if (!hg_scene_locate(ev, &ref, v, name, &cut, &shape))
				return false;
			*to = hg_tape_part(w->tape, cut.node, cut.row, cut.col, shape);
			if (*to >= 0 && !hg_tape_is_scalar(w->tape, *to))
				*to = hg_tape_unary(w->tape, HG_TAPE_SUM, *to);
		} else if (scene->view == HG_VIEW_SAMPLE) {
			*to = w->lumped && by && !by->data ? HG_NODE_NONE : w->each;
		} else {
			*to = by && by->data ? total_of(ev, scene->data, HG_MINDS_DATA) : total_of(ev, scene->params, HG_MINDS_PARAMS);
		}
		return *to >= 0 || hg_eval_fail(ev, target, HG_CAUSE_LOSS_UNSAID) >= 0;
	}
	bool known = hg_is_known_function(target);
	if (named && !v && target->op == HG_OP_NAME && variable &&
	    (known || hg_model_function(w->model, &ref, ev->local))) { /* df/dx, dsigma/dx */
		hg_expr *call = hg_expr_new(ev->arena, HG_OP_CALL, target->span, 2);
		if (!call)
			return false;
		call->kid[0] = (hg_expr *)target;
		call->kid[1] = (hg_expr *)variable;
		target = call;
	}
	*to = hg_eval_expr(ev, target);
	return *to >= 0;
}

bool hg_scene_cut(hg_eval *ev, const hg_expr *variable, hg_cut *by, hg_shape *shape, const hg_var **v)
{
	hg_scene *scene = ev->self;
	hg_world *w = scene->world;
	hg_ref ref;
	variable = hg_eval_bare(ev, variable);
	*v = NULL;
	bool letter = variable->op == HG_OP_NAME && !variable->nindex && scene->free_letter.n &&
	              hg_str_equal(variable->name, scene->free_letter);
	if (!letter && hg_ref_of(variable, &w->model->habits, ev->arena, &ref) && !ref.gradient && !ref.delta &&
	    !ref.power && !ref.primed) {
		hg_var *named = hg_model_find(w->model, &ref, ev->local, false), *found = hg_var_real(named);
		ev->guessed |= named ? named->dropped : 0;
		ev->minds |= found && found->role == HG_ROLE_LABEL ? HG_MINDS_HATLESS : 0;
		if (found && found->role == HG_ROLE_LABEL && scene->hatless && w->model->lossy.prediction)
			found = w->model->lossy.prediction;
		if (!found || w->node[found->id] < 0)
			return hg_eval_fail(ev, variable,
			                    found && w->trouble[found->id]
			                        ? w->trouble[found->id]
			                        : HG_CAUSE_NAME_UNKNOWN) >= 0;
		*v = found;
		return hg_scene_locate(ev, &ref, found, variable, by, shape);
	}
	hg_node node = letter ? scene->free_node : hg_eval_expr(ev, variable);
	if (node < 0)
		return false;
	*by = hg_cut_whole(w->tape, node);
	*shape = hg_tape_shape(w->tape, node);
	return true;
}

hg_node hg_scene_preactivation(hg_world *w, int layer)
{
	for (size_t i = 0; i < w->nnodes; i++) {
		hg_var *v = w->model->var[i];
		int p;
		hg_node a;
		if (v->layer != layer || !v->def || !v->data || w->node[i] < 0)
			continue;
		hg_tape_op op = hg_tape_op_of(w->tape, w->node[i], &p, &a);
		if (op == HG_TAPE_FN || op == HG_TAPE_SOFTMAX_COLS || op == HG_TAPE_SOFTMAX_ROWS)
			return a;
	}
	for (size_t i = 0; i < w->nnodes; i++) { /* a_2 = W_2 a_1 + b_2: of a linear layer its output */
		const hg_var *v = w->model->var[i];
		bool output = hg_str_is(v->base, HG_L_ACTIVATION) || hg_str_is(v->base, HG_L_HIDDEN) || hg_str_is(v->base, HG_L_OUTPUT) || hg_str_is(v->base, HG_L_PREDICTION);
		if (v->layer == layer && v->def && v->data && output && w->node[i] >= 0)
			return w->node[i];
	}
	const hg_var *top = w->model->lossy.prediction;
	return top && top->layer == HG_NO_LAYER && layer == w->model->nlayers && top->def ? w->node[top->id] : HG_NODE_NONE;
}

/* Of a document in which delta is minus the derivative: of minus the loss. */
static hg_node against(const hg_world *w, hg_node to)
{
	const hg_node of[3] = {w->each, w->sum, w->mean};
	for (size_t i = 0; i < 3; i++)
		if (to >= 0 && to == of[i] && w->minus[i] >= 0)
			return w->minus[i];
	return to;
}

/* The variable of an error signal without a z: the argument of the layer's activation. */
static bool nameless(hg_eval *ev, const hg_ref *ref, const hg_expr *at, hg_node *to, hg_cut *by,
                     hg_shape *shape)
{
	hg_scene *scene = ev->self;
	hg_world *w = scene->world;
	int layer = HG_NO_LAYER;
	if (ref->layer && !hg_layer_value(w->model, ref->layer, ev->local, &layer))
		return hg_eval_fail(ev, at, HG_CAUSE_LAYER_UNKNOWN) >= 0;
	hg_node z = hg_scene_preactivation(w, layer);
	if (z < 0 || ref->ncomp)
		return hg_eval_fail(ev, at, HG_CAUSE_SIGNAL_UNDEFINED) >= 0;
	hg_shape s = *shape = hg_tape_shape(w->tape, z);
	*by = hg_cut_whole(w->tape, z);
	if (scene->view == HG_VIEW_SAMPLE && s.caxis == HG_AXIS_SAMPLES)
		by->col = w->sample, by->cols = shape->cols = 1, shape->caxis = 0;
	else if (scene->view == HG_VIEW_SAMPLE && s.raxis == HG_AXIS_SAMPLES)
		by->row = w->sample, by->rows = shape->rows = 1, shape->raxis = 0;
	*to = against(w, scene->view == HG_VIEW_SAMPLE ? w->each : total_of(ev, scene->named, HG_MINDS_NAMED));
	return *to >= 0 || hg_eval_fail(ev, at, HG_CAUSE_LOSS_UNSAID) >= 0;
}

/* delta_3 beside x_3 = f_3(W_3 x_2): no z is there but the one that delta itself suggests. */
static bool nothing_computes(hg_eval *ev, const hg_ref *ref, const hg_var *z)
{
	hg_world *w = ((hg_scene *)ev->self)->world;
	int layer = HG_NO_LAYER;
	return !z->def && ref->layer && hg_layer_value(w->model, ref->layer, ev->local, &layer) && hg_scene_preactivation(w, layer) >= 0;
}

bool hg_scene_gradient_place(hg_eval *ev, const hg_ref *ref, const hg_expr *at, hg_node *to, hg_cut *by,
                             hg_shape *shape, const hg_var **v)
{
	hg_scene *scene = ev->self;
	hg_world *w = scene->world;
	hg_ref plain = *ref;
	plain.transposed = false;
	if (ref->delta)
		plain.base = w->model->counting.signal_base;
	hg_var *named = NULL;
	if (!ref->layer && scene->layer != HG_NO_LAYER) { /* dZ beside dW^{[2]}: of the same layer */
		for (size_t i = 0; i < w->model->nvars && !named; i++)
			if (hg_str_equal(w->model->var[i]->base, plain.base) && w->model->var[i]->layer == scene->layer)
				named = w->model->var[i];
	}
	if (!named)
		named = hg_model_lettered(w->model, ref);
	if (!named)
		named = hg_model_find(w->model, &plain, ev->local, false);
	ev->guessed |= named ? named->dropped : 0;
	hg_var *found = hg_var_real(named);
	if (!found && ref->delta && !ref->layer)
		found = hg_var_real(hg_model_find(w->model, &(hg_ref){.base = w->model->counting.signal_base}, ev->local, false));
	*v = found;
	if (ref->delta && (!found || nothing_computes(ev, ref, found)))
		return nameless(ev, ref, at, to, by, shape);
	if (!found || w->node[found->id] < 0)
		return hg_eval_fail(ev, at, HG_CAUSE_GRADIENT_UNDEFINED) >= 0;
	hg_recall *recall = ev->recall;
	scene->strict = ref->delta && !ref->layer;
	ev->recall = scene->strict ? NULL : recall;
	bool there = hg_scene_locate(ev, &plain, found, at, by, shape);
	scene->strict = false;
	ev->recall = recall;
	if (!there)
		return false;
	if (scene->view == HG_VIEW_SAMPLE && w->lumped && !found->data)
		return hg_eval_fail(ev, at, HG_CAUSE_SAMPLE_LOSS_UNSAID) >= 0;
	bool one = found->data && shape->raxis != HG_AXIS_SAMPLES && shape->caxis != HG_AXIS_SAMPLES;
	if (scene->view == HG_VIEW_SAMPLE)
		*to = w->each;
	else
		*to = found->data ? total_of(ev, scene->named, HG_MINDS_NAMED) : total_of(ev, scene->params, HG_MINDS_PARAMS);
	bool column = scene->named == HG_TOTAL_MEAN && (ref->upper || scene->columns); /* dZ^{(i)} of a dZ that carries 1/m; dz^{(i)} is of L_i */
	if (one && scene->view == HG_VIEW_BATCH) {
		ev->minds |= HG_MINDS_NAMED | HG_MINDS_COLUMNS;
		*to = column ? *to : w->sum;
	}
	*to = hg_scene_loss_of(ev, *to, by);
	if (ref->delta && !ref->gradient)
		*to = against(w, *to);
	return *to >= 0 || hg_eval_fail(ev, at, HG_CAUSE_LOSS_UNSAID) >= 0;
}
