/* The losses of a world: of one sample, of all added, their mean, and what one sample adds to each cost. */
#include "model/said/sums.h"
#include "world/values.h"

hg_node hg_world_evaluate(hg_world *w, hg_var *v, const hg_expr *right, hg_view view, size_t sample, hg_local *local)
{
	hg_scene scene = {.world = w, .view = view, .as_written = true, .layer = HG_NO_LAYER};
	hg_eval ev;
	hg_scene_open(&scene, w->arena, local, &ev);
	ev.code = ev.loose_code = v->def->code;
	size_t kept = w->sample;
	w->sample = sample;
	hg_node node = hg_eval_expr(&ev, right);
	w->sample = kept;
	if (node < 0 && !w->trouble[v->id])
		w->trouble[v->id] = ev.trouble;
	v->guessed |= v->def->guessed | ev.guessed;
	return node;
}

static void other_loss(hg_world *w, hg_node m)
{
	hg_node loss = w->model->lossy.other ? hg_world_value(w, w->model->lossy.other) : HG_NODE_NONE;
	for (size_t i = 0; i < 3; i++)
		w->other[i] = HG_NODE_NONE;
	if (loss < 0)
		return;
	w->other[0] = hg_scene_view(&(hg_scene){.world = w, .view = HG_VIEW_SAMPLE}, w->model->lossy.other, loss);
	w->other[1] = hg_tape_unary(w->tape, HG_TAPE_SUM, loss);
	w->other[2] = hg_tape_binary(w->tape, HG_TAPE_DIV, w->other[1], m);
}

/* The cost of one sample: the body of the sum over samples there; of a mean m times what that adds. */
static hg_node sample_term(hg_world *w, const hg_var *v)
{
	const hg_expr *sum = NULL;
	const hg_expr *term = v->total && v->def && hg_is_loss_name(v->base) ? hg_sample_term(w->model, v->def->right, &sum) : NULL;
	hg_scene scene = {.world = w, .view = HG_VIEW_SAMPLE, .as_written = true, .layer = HG_NO_LAYER};
	hg_eval ev;
	size_t n, first;
	unsigned axis = HG_AXIS_SAMPLES;
	if (!term)
		return HG_NODE_NONE;
	hg_local letter = {.name = sum ? hg_sum_letter(sum)->name : (hg_str){0}, .node = HG_NODE_NONE, .index = w->sample, .axis = HG_AXIS_SAMPLES};
	hg_scene_open(&scene, w->arena, &letter, &ev);
	if (sum && (!hg_scene_range(&ev, sum, letter.name, &n, &first, &axis) || axis != HG_AXIS_SAMPLES))
		return HG_NODE_NONE;
	hg_node one = hg_eval_expr(&ev, term);
	if (one < 0 || !hg_tape_is_scalar(w->tape, one))
		return HG_NODE_NONE;
	return w->model->total.mean_defined ? hg_tape_binary(w->tape, HG_TAPE_MUL, one, hg_tape_number(w->tape, (double)w->m)) : one;
}

typedef struct data_search {
	hg_world *world;
	bool data, any;
} data_search;

static bool see_data(void *self, const hg_expr *e)
{
	data_search *d = self;
	hg_ref ref;
	bool name = hg_name_at(e, &d->world->model->habits, d->world->arena, &ref);
	const hg_var *v = name ? hg_var_real(hg_model_find(d->world->model, &ref, NULL, false)) : NULL;
	d->data = d->data || (v && (v->data || v->def));
	d->any = d->any || (v && !v->data);
	return !d->data && !name;
}

/* Of the terms of a loss those of parameters alone: every sample's loss has them, and their sum has them once. */
static hg_node penalty(hg_world *w, hg_var *v)
{
	const hg_expr *e = v->def && v->per_sample_total ? v->def->right : NULL;
	hg_node sum = HG_NODE_NONE;
	for (size_t i = 0; e && e->op == HG_OP_SUM_OF && i < e->nkids; i++) {
		data_search d = {.world = w};
		hg_expr_visit(e->kid[i], see_data, &d);
		if (d.data || !d.any)
			continue;
		hg_node term = hg_world_evaluate(w, v, e->kid[i], HG_VIEW_SAMPLE, w->sample, NULL);
		if (term >= 0 && hg_tape_is_scalar(w->tape, term))
			sum = sum < 0 ? term : hg_tape_binary(w->tape, HG_TAPE_ADD, sum, term);
	}
	return sum;
}

void hg_world_losses(hg_world *w)
{
	hg_doc_model *model = w->model;
	w->each = w->sum = w->mean = HG_NODE_NONE;
	hg_node m = hg_tape_number(w->tape, (double)w->m);
	hg_node loss = model->lossy.loss ? hg_world_value(w, model->lossy.loss) : HG_NODE_NONE, cost = model->lossy.cost ? hg_world_value(w, model->lossy.cost) : HG_NODE_NONE;
	if (loss >= 0) {
		w->each = hg_scene_view(&(hg_scene){.world = w, .view = HG_VIEW_SAMPLE}, model->lossy.loss, loss);
		w->sum = hg_tape_unary(w->tape, HG_TAPE_SUM, loss);
		w->mean = hg_tape_binary(w->tape, HG_TAPE_DIV, w->sum, m);
		hg_node once = penalty(w, hg_var_real(model->lossy.loss));
		if (once >= 0)
			w->sum = hg_tape_binary(w->tape, HG_TAPE_SUB, w->sum, hg_tape_binary(w->tape, HG_TAPE_MUL, once, hg_tape_number(w->tape, (double)w->m - 1)));
	} else if (cost >= 0 && model->total.mean_defined) {
		w->mean = cost;
		w->sum = hg_tape_binary(w->tape, HG_TAPE_MUL, cost, m);
	} else if (cost >= 0) {
		w->sum = cost;
		w->mean = hg_tape_binary(w->tape, HG_TAPE_DIV, cost, m);
	}
	other_loss(w, m);
	for (size_t i = 0; i < w->nnodes; i++)
		w->term[i] = w->node[i] >= 0 ? sample_term(w, hg_var_real(model->var[i])) : HG_NODE_NONE;
	if (w->each < 0 && cost >= 0)
		w->each = w->term[hg_var_real(model->lossy.cost)->id];
	w->lumped = w->each < 0 && w->m > 1;
	if (w->each < 0 && w->sum >= 0) /* by one sample's quantities the sum over all is the loss of that sample */
		w->each = w->sum;
	const hg_node of[3] = {w->each, w->sum, w->mean};
	for (size_t i = 0; i < 3; i++)
		w->minus[i] = model->total.minus_signals && of[i] >= 0 ? hg_tape_fn(w->tape, HG_MAP_NEG, of[i]) : HG_NODE_NONE;
}
