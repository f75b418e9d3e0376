/* Where a name stands in a world: which of the entries of its variable are meant. */
#include "world/scene_parts.h"

#include <string.h>

hg_node hg_scene_view(const hg_scene *scene, const hg_var *v, hg_node whole)
{
	const hg_world *w = scene->world;
	if (whole < 0 || scene->view == HG_VIEW_BATCH || !v->data)
		return whole;
	hg_shape s = hg_tape_shape(w->tape, whole);
	if (s.raxis == HG_AXIS_SAMPLES)
		return hg_tape_part(w->tape, whole, w->sample, 0, (hg_shape){1, s.cols, 0, s.caxis});
	if (s.caxis == HG_AXIS_SAMPLES)
		return hg_tape_part(w->tape, whole, 0, w->sample, (hg_shape){s.rows, 1, s.raxis, 0});
	return whole;
}

/* ---- indices ----------------------------------------------------------------------------------------------------------- */

hg_local *hg_scene_local(hg_eval *ev, const hg_expr *e)
{
	for (hg_local *l = ev->local; l && e->op == HG_OP_NAME && !e->nindex; l = l->outer)
		if (l->node < 0 && l->axis != HG_AXIS_LAYER && hg_str_equal(l->name, e->name))
			return l;
	return NULL;
}

/* The value of an index along an axis of n entries, from 0. */
hg_picked hg_scene_index(hg_eval *ev, const hg_expr *e, size_t n, unsigned axis, bool from_zero, size_t *value)
{
	if (e->op == HG_OP_COLON)
		return HG_PICK_ALL;
	if (e->op == HG_OP_NUM) {
		*value = (size_t)(e->number - (from_zero ? 0 : 1));
		return e->digits < 0 && e->number >= (from_zero ? 0 : 1) && *value < n ? HG_PICK_ONE : HG_PICK_NONE;
	}
	hg_local *l = hg_scene_local(ev, e);
	const hg_world *w = ((hg_scene *)ev->self)->world;
	if (!l && hg_is_correct_class(w->model, e)) {
		*value = w->correct;
		return *value < n ? HG_PICK_ONE : HG_PICK_NONE;
	}
	if (!l) {
		bool last = e->op == HG_OP_NAME && hg_is_count_name(e->name) && !e->nindex;
		*value = n - 1;
		return last ? HG_PICK_ONE : HG_PICK_NONE;
	}
	bool units = axis > HG_AXIS_SAMPLES && l->axis > HG_AXIS_SAMPLES && l->axis < HG_AXIS_LAYER;
	hg_scene *scene = ev->self;
	if (scene->strict && units && l->axis != axis) {
		ev->guessed |= HG_GUESS_CONTESTED;
		return HG_PICK_NONE;
	}
	if (l->axis == HG_AXIS_OPEN && axis)
		l->axis = axis;
	*value = l->index;
	if (l->index >= n) /* the letter counts the entries of something else: as factors that do not meet */
		ev->misfit = true;
	return l->index < n ? HG_PICK_ONE : HG_PICK_NONE;
}

/* Of a cut only row, or column, `at`. */
static void narrow(bool row, size_t at, hg_cut *c, hg_shape *s)
{
	if (row) {
		c->row += at;
		c->rows = s->rows = 1;
		s->raxis = 0;
	} else {
		c->col += at;
		c->cols = s->cols = 1;
		s->caxis = 0;
	}
}

static bool pick_sample(hg_eval *ev, const hg_expr *e, hg_scene *scene, hg_cut *c, hg_shape *s)
{
	bool row = s->raxis == HG_AXIS_SAMPLES;
	size_t n = row ? s->rows : s->cols, at = scene->world->sample;
	bool free_letter = e->op == HG_OP_NAME && !e->nindex && !hg_scene_local(ev, e) && !hg_str_is(e->name, HG_L_SAMPLES) && !hg_str_is(e->name, HG_L_ALL_SAMPLES);
	if (free_letter && scene->view == HG_VIEW_BATCH)
		return true;
	if (!free_letter && hg_scene_index(ev, e, n, HG_AXIS_SAMPLES, false, &at) != HG_PICK_ONE)
		return false;
	narrow(row, at, c, s);
	return true;
}

static bool has_samples(const hg_shape *s) { return s->raxis == HG_AXIS_SAMPLES || s->caxis == HG_AXIS_SAMPLES; }

static bool pick(hg_eval *ev, const hg_expr *e, bool from_zero, bool row, hg_cut *c, hg_shape *s)
{
	size_t at = 0;
	switch (hg_scene_index(ev, e, row ? s->rows : s->cols, row ? s->raxis : s->caxis, from_zero, &at)) {
	case HG_PICK_ALL:
		return true;
	case HG_PICK_NONE:
		return false;
	case HG_PICK_ONE:
		break;
	}
	narrow(row, at, c, s);
	return true;
}

/* Which axis does a lone index count along? */
static bool along_rows(hg_eval *ev, const hg_expr *e, const hg_shape *s)
{
	const hg_local *l = hg_scene_local(ev, e);
	if (l && l->axis == HG_AXIS_SAMPLES && has_samples(s))
		return s->raxis == HG_AXIS_SAMPLES;
	if (s->cols == 1 || (s->caxis == HG_AXIS_SAMPLES && s->rows > 1))
		return true;
	if (s->rows == 1 || s->raxis == HG_AXIS_SAMPLES)
		return false;
	return !(l && l->axis != HG_AXIS_OPEN && l->axis == s->caxis);
}

/* Of a cut what a lone index picks. */
bool hg_scene_pick(hg_eval *ev, const hg_expr *e, hg_cut *c, hg_shape *s) { return pick(ev, e, false, along_rows(ev, e, s), c, s); }

/* p under a sum over samples, in a document that marks them: that of the sample. */
static void pick_summed(hg_eval *ev, const hg_ref *ref, hg_cut *cut, hg_shape *shape)
{
	const hg_scene *scene = ev->self;
	const hg_local *l = ev->local;
	while (l && l->axis != HG_AXIS_SAMPLES)
		l = l->outer;
	bool row = shape->raxis == HG_AXIS_SAMPLES;
	if (l && !ref->upper && !scene->whole && scene->world->model->habits.sample_marks && l->index < (row ? shape->rows : shape->cols))
		narrow(row, l->index, cut, shape);
}

bool hg_scene_locate(hg_eval *ev, const hg_ref *ref, const hg_var *v, const hg_expr *at, hg_cut *cut, hg_shape *shape)
{
	hg_scene *scene = ev->self;
	hg_world *w = scene->world;
	const hg_expr *comp[3];
	size_t n = 0;
	bool slice = at->op == HG_OP_SLICE, sampled = false;
	bool column = slice && ref->ncomp == 2 && ref->comp[0]->op == HG_OP_NAME && ref->comp[1]->op == HG_OP_NUM &&
	              v->raxis != HG_AXIS_ONE && v->caxis == HG_AXIS_ONE; /* A[r, 0] of a column: its only one */
	hg_node whole = hg_world_value(w, v);
	if (whole < 0)
		return hg_eval_fail(ev, at, w->trouble[v->id] ? w->trouble[v->id] : HG_CAUSE_NO_VARIABLE_VALUE) >= 0;
	*cut = hg_cut_whole(w->tape, whole);
	*shape = hg_tape_shape(w->tape, whole);
	if (ref->sample && v->data && has_samples(shape)) {
		sampled = true;
		if (!pick_sample(ev, ref->sample, scene, cut, shape))
			return hg_eval_fail(ev, at, HG_CAUSE_WHICH_SAMPLE) >= 0;
	}
	for (size_t i = 0; i < (column ? 1 : ref->ncomp) && !v->label.n; i++) {
		const hg_local *l = hg_scene_local(ev, ref->comp[i]);
		if (l && l->axis == HG_AXIS_SAMPLES && has_samples(shape) && !sampled) {
			sampled = true;
			if (!pick_sample(ev, ref->comp[i], scene, cut, shape))
				return hg_eval_fail(ev, at, HG_CAUSE_WHICH_SAMPLE) >= 0;
		} else {
			comp[n++] = ref->comp[i];
		}
	}
	if (v->data && has_samples(shape) && !sampled && !slice)
		pick_summed(ev, ref, cut, shape);
	if (scene->view == HG_VIEW_SAMPLE && v->data && has_samples(shape) && !sampled && !(slice && n > 1)) {
		bool row = shape->raxis == HG_AXIS_SAMPLES;
		*(row ? &cut->row : &cut->col) = w->sample;
		*(row ? &cut->rows : &cut->cols) = 1;
		*(row ? &shape->rows : &shape->cols) = 1;
		*(row ? &shape->raxis : &shape->caxis) = 0;
	}
	bool fine = n < 3;
	if (n == 1)
		fine = pick(ev, comp[0], slice, along_rows(ev, comp[0], shape), cut, shape);
	if (n == 2 && shape->rows > 1 && shape->cols == 1 && slice) /* A[r, 0] */
		fine = pick(ev, comp[0], true, true, cut, shape);
	else if (n == 2)
		fine = pick(ev, comp[0], slice, true, cut, shape) && pick(ev, comp[1], slice, false, cut, shape);
	return fine || hg_eval_fail(ev, at, HG_CAUSE_INDEX_BEYOND) >= 0;
}

bool hg_scene_turns(hg_eval *ev, const hg_var *v)
{
	const hg_scene *scene = ev->self;
	const bool may = scene->view == HG_VIEW_BATCH && v && v->data;
	ev->minds |= may ? HG_MINDS_TURNED : 0;
	return may && scene->turned;
}

hg_node hg_scene_variable(hg_eval *ev, const hg_ref *ref, hg_var *v, const hg_expr *e)
{
	hg_scene *scene = ev->self;
	hg_world *w = scene->world;
	hg_cut cut;
	hg_shape shape;
	ev->guessed |= v->dropped | (hg_var_real(v)->guessed & HG_GUESS_CONTESTED);
	v = hg_var_real(v);
	if (!hg_scene_locate(ev, ref, v, e, &cut, &shape))
		return HG_NODE_NONE;
	hg_node node = hg_tape_part(w->tape, cut.node, cut.row, cut.col, shape);
	return ref->transposed != hg_scene_turns(ev, v) && node >= 0 ? hg_tape_unary(w->tape, HG_TAPE_TRANSPOSE, node) : node;
}

bool hg_scene_picks_sample(const hg_eval *ev, const hg_ref *ref)
{
	for (const hg_local *l = ev->local; l; l = l->outer) {
		if (l->axis != HG_AXIS_SAMPLES || l->node >= 0)
			continue;
		if (ref->sample && ref->sample->op == HG_OP_NAME && hg_str_equal(ref->sample->name, l->name))
			return true;
		for (size_t i = 0; i < ref->ncomp; i++)
			if (ref->comp[i]->op == HG_OP_NAME && hg_str_equal(ref->comp[i]->name, l->name))
				return true;
	}
	return false;
}
