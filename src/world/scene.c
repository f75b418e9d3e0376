/* What names mean in a world. */
#include "world/scene_parts.h"
#include "model/said/sums.h"
#include "model/shape/letters.h"

#include <math.h>
#include <string.h>

static double rate(hg_str name) /* a number in (0.2, 0.9), the same in every world */
{
	unsigned h = 7;
	for (size_t i = 0; i < name.n; i++)
		h = h * 31 + (unsigned char)name.p[i];
	return 0.2 + 0.7 * ((h * 2654435761u >> 8) % 997) / 997;
}

static bool is_bare(const hg_ref *r)
{
	return !r->layer && !r->label.n && !r->sample && !r->ncomp && !r->transposed && !r->power && !r->primed;
}

static hg_node constant(hg_eval *ev, const hg_ref *ref, const hg_expr *e)
{
	hg_scene *scene = ev->self;
	hg_world *w = scene->world;
	hg_str counts[] = {HG_STR(HG_L_SAMPLES), HG_STR(HG_L_ALL_SAMPLES)};
	if (!is_bare(ref))
		return hg_is_rate_name(ref->base) && !ref->primed ? hg_tape_number(ev->tape, rate(e->name)) : HG_NODE_NONE;
	for (unsigned axis = HG_AXIS_SAMPLES + 1; hg_is_size(&w->model->habits, e) && axis < w->model->axes.naxes; axis++)
		if (w->model->axes.axis_size[axis] && hg_expr_equal(w->model->axes.axis_size[axis], e))
			return hg_tape_number(ev->tape, (double)w->size[hg_axis_now(w->model, axis)]);
	const hg_expr *sum = hg_model_sized(w->model, e);
	const hg_expr *letter = sum ? hg_sum_letter(sum) : NULL;
	size_t n, first;
	unsigned axis;
	if (w->model->layout.plain && letter && hg_scene_range(ev, sum, letter->name, &n, &first, &axis)) /* N, D = x.shape */
		return hg_tape_number(ev->tape, (double)n);
	for (size_t i = 0; i < w->model->counting.ncounts; i++)
		if (hg_str_equal(e->name, w->model->counting.count[i]))
			return hg_tape_number(ev->tape, (double)w->m);
	if (hg_counts_classes(w->model, e->name))
		return hg_tape_number(ev->tape, (double)w->outputs);
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		if (hg_str_equal(e->name, counts[i]) && !hg_is_quantity(&w->model->habits, e->name))
			return hg_tape_number(ev->tape, (double)w->m);
	if (letter && hg_scene_range(ev, sum, letter->name, &n, &first, &axis))
		return hg_tape_number(ev->tape, (double)n);
	if (hg_str_is(e->name, HG_L_CLASSES) || hg_str_is(e->name, HG_L_OTHER_CLASSES))
		return hg_tape_number(ev->tape, (double)w->outputs);
	return hg_is_rate_name(ref->base) ? hg_tape_number(ev->tape, rate(e->name)) : HG_NODE_NONE;
}

/* delta_{ij} of Kronecker. */
static hg_node kronecker(hg_eval *ev, const hg_ref *ref)
{
	size_t i, j;
	if (hg_scene_index(ev, ref->comp[0], (size_t)-1, 0, false, &i) != HG_PICK_ONE || hg_scene_index(ev, ref->comp[1], (size_t)-1, 0, false, &j) != HG_PICK_ONE)
		return HG_NODE_NONE;
	return hg_tape_number(ev->tape, i == j);
}

/* An index on an expression: softmax(x)_i, (W^T d)_j. */
static hg_node indexed(hg_eval *ev, const hg_expr *e)
{
	hg_expr *bare = hg_expr_new(ev->arena, e->op, e->span, 0);
	if (!bare)
		return HG_NODE_NONE;
	*bare = *e;
	bare->nindex = 0;
	hg_scene *scene = ev->self;
	const bool whole = scene->whole;
	hg_recall *recall = ev->recall;
	scene->whole = true;
	ev->recall = NULL; /* it knows what its names are elsewhere */
	hg_node node = hg_eval_expr(ev, bare);
	scene->whole = whole;
	ev->recall = recall;
	if (node < 0)
		return node;
	hg_shape s = hg_tape_shape(ev->tape, node);
	hg_cut c = hg_cut_whole(ev->tape, node);
	const hg_expr *i = e->index[0].e;
	if (e->nindex != 1 || !hg_scene_pick(ev, i, &c, &s))
		return hg_eval_fail(ev, e, HG_CAUSE_INDEX_ON_EXPRESSION);
	return hg_tape_part(ev->tape, node, c.row, c.col, s);
}

static hg_node name(hg_eval *ev, const hg_expr *e)
{
	hg_scene *scene = ev->self;
	hg_doc_model *model = scene->world->model;
	hg_ref ref;
	if (e->nindex && e->op != HG_OP_NAME && e->op != HG_OP_SLICE)
		return indexed(ev, e);
	if (!hg_ref_of(e, &model->habits, ev->arena, &ref) || ref.power || ref.primed)
		return HG_NODE_NONE;
	if (e->op == HG_OP_NAME && !e->nindex && scene->free_letter.n && hg_str_equal(e->name, scene->free_letter))
		return scene->free_node;
	if (hg_is_correct_class(model, e))
		return hg_tape_number(ev->tape, (double)scene->world->correct + 1); /* letters count from one */
	if (ref.delta && ref.ncomp == 2 && !ref.layer)
		return kronecker(ev, &ref);
	hg_var *v = ref.gradient || ref.delta ? NULL : hg_model_find(model, &ref, ev->local, false);
	const hg_expr *derivative = hg_model_signal_beside(model, &ref, v, ev->arena);
	if (derivative) {
		hg_recall *recall = ev->recall;
		scene->strict = !ref.layer && ref.ncomp;
		ev->recall = scene->strict ? NULL : recall;
		hg_node node = ev->deriv(ev, derivative);
		scene->strict = false;
		ev->recall = recall;
		return ref.transposed && node >= 0 ? hg_tape_unary(ev->tape, HG_TAPE_TRANSPOSE, node) : node;
	}
	if (ref.gradient && scene->differentials)
		return hg_scene_direction(ev, &ref, e);
	if (ref.gradient || ref.delta)
		return hg_scene_gradient(ev, &ref, e);
	if (v && !v->def && !v->same && v->role == HG_ROLE_WEIGHT && !v->data && hg_is_count_name(ref.base) && is_bare(&ref))
		v = NULL;
	return v ? hg_scene_variable(ev, &ref, v, e) : constant(ev, &ref, e);
}

void hg_scene_open(hg_scene *scene, hg_arena *arena, hg_local *local, hg_eval *ev)
{
	*ev = (hg_eval){.slopes_of_output = scene->world->model->map.slopes_of_output, .tape = scene->world->tape, .arena = arena, .local = local, .self = scene, .name = name, .callee = hg_scene_callee,
	                .deriv = hg_scene_deriv, .tensor = hg_scene_tensor, .apply = hg_scene_apply, .range = hg_scene_range,
	                .sample_axis = HG_AXIS_SAMPLES, .by_rows = hg_model_says(scene->world->model, HG_SAYS_BY_ROWS)};
}
