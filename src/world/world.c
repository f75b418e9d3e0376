#include "model/building.h"
#include "model/said/sums.h"
#include "world/values.h"

#include <math.h>
#include <string.h>

enum { TRIES = 60 };

static const double kink_clearance = 0.06;

/* ---- sizes: pairwise different, so that a transposed or wrong block cannot fit ----------------------------------- */

static void choose_sizes(hg_world *w, hg_size_plan plan)
{
	static const size_t sizes[] = {4, 3, 6, 8, 9, 10, 11, 12};
	size_t next = 0;
	w->m = plan.samples;
	w->outputs = plan.outputs;
	w->size[HG_AXIS_ONE] = 1;
	w->size[HG_AXIS_SAMPLES] = plan.samples;
	for (unsigned axis = 2; axis < w->model->axes.naxes && axis < 64; axis++) {
		if (axis == w->model->axes.out_axis) {
			w->size[axis] = plan.outputs;
			continue;
		}
		while (sizes[next % 8] == plan.samples || sizes[next % 8] == plan.outputs)
			next++;
		w->size[axis] = sizes[next % 8] + (next >= 8);
		next++;
	}
	w->sample = plan.samples > 1 ? 1 : 0;
	w->correct = plan.samples % 3 % (plan.outputs > 1 ? plan.outputs : 3);
}

static hg_shape shape_of(const hg_world *w, const hg_var *v)
{
	hg_shape s = {w->size[v->raxis & 63], w->size[v->caxis & 63], v->raxis, v->caxis};
	if (!v->data || (v->raxis && v->caxis))
		return s;
	bool row = v->caxis ? true : v->raxis ? false : w->model->layout.rows;
	if (row)
		s.rows = w->m, s.raxis = HG_AXIS_SAMPLES;
	else
		s.cols = w->m, s.caxis = HG_AXIS_SAMPLES;
	return s;
}

/* ---- computing the rest ---------------------------------------------------------------------------------------------- */

/* Can the definition be evaluated for all samples at once, each on its own? */
static bool by_columns(const hg_expr *e)
{
	static const hg_op never[] = {HG_OP_SUM, HG_OP_PROD, HG_OP_NORM, HG_OP_MATRIX, HG_OP_LIST, HG_OP_SLICE};
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		if (e->op == never[i])
			return false;
	if (e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME) {
		hg_fn fn = hg_fn_find(e->kid[0]->name);
		if (fn == HG_FN_SUM_OVER || fn == HG_FN_MEAN || fn == HG_FN_VARIANCE || fn == HG_FN_NORM_OF)
			return false;
	}
	for (size_t i = 0; i < e->nkids; i++)
		if (!by_columns(e->kid[i]))
			return false;
	return true;
}

static hg_node compute(hg_world *w, hg_var *v);

static hg_node evaluate(hg_world *w, hg_var *v, hg_view view, size_t sample, hg_local *local)
{
	return hg_world_evaluate(w, v, v->def->right, view, sample, local);
}

static size_t letters_of(const hg_var *v, const hg_expr *letter[2])
{
	size_t n = 0;
	for (size_t i = 0; i < v->def->left.ncomp && n < 2 && !v->label.n; i++)
		if (v->def->left.comp[i]->op == HG_OP_NAME)
			letter[n++] = v->def->left.comp[i];
	return n;
}

/* z_i = sum_j W_ij x_j + b_i: entry by entry. */
static hg_node by_entries(hg_world *w, hg_var *v, size_t sample, hg_local *local)
{
	const hg_expr *letter[2];
	size_t n = letters_of(v, letter), rows = w->size[v->raxis & 63], cols = w->size[v->caxis & 63];
	if (!n)
		return evaluate(w, v, HG_VIEW_SAMPLE, sample, local);
	if (n == 1 && rows * cols == 1 && hg_is_sample_index(w->model, letter[0]->name)) { /* z_i of sample i */
		hg_local i = {.name = letter[0]->name, .node = HG_NODE_NONE, .index = sample, .axis = HG_AXIS_SAMPLES, .outer = local};
		return evaluate(w, v, HG_VIEW_SAMPLE, sample, &i);
	}
	hg_node *entry = HG_NEWS(w->arena, rows * cols, hg_node);
	for (size_t e = 0; entry && e < rows * cols; e++) {
		hg_local j = {.name = n > 1 ? letter[1]->name : (hg_str){0}, .node = HG_NODE_NONE, .index = e % cols,
		              .first = !v->def->code, .axis = v->caxis, .outer = local};
		hg_local i = {.name = letter[0]->name, .node = HG_NODE_NONE, .index = n > 1 || cols == 1 ? e / cols : e % cols,
		              .first = !v->def->code,
		              .axis = n > 1 || cols == 1 ? v->raxis : v->caxis, .outer = n > 1 ? &j : local};
		if ((entry[e] = evaluate(w, v, HG_VIEW_SAMPLE, sample, &i)) < 0)
			return HG_NODE_NONE;
	}
	hg_shape axes = {0, 0, v->raxis, v->caxis};
	return entry ? hg_tape_apply(w->tape, HG_TAPE_BLOCKS, (int)rows, (int)cols, axes, rows * cols, entry) : HG_NODE_NONE;
}

/* What is added over its entries, where it has several: every term by itself, so that a number beside them counts once. */
static hg_node added_up(hg_world *w, hg_var *v, const hg_expr *e, hg_view view, size_t sample, hg_local *local)
{
	while (e->op == HG_OP_BRACE || e->op == HG_OP_BOX)
		e = e->kid[0];
	if (e->op == HG_OP_NEG || e->op == HG_OP_SUM_OF) {
		hg_node sum = added_up(w, v, e->kid[0], view, sample, local);
		if (e->op == HG_OP_NEG)
			return sum < 0 ? sum : hg_tape_fn(w->tape, HG_MAP_NEG, sum);
		for (size_t i = 1; i < e->nkids && sum >= 0; i++) {
			hg_node term = added_up(w, v, e->kid[i], view, sample, local);
			sum = term < 0 ? term : hg_tape_binary(w->tape, HG_TAPE_ADD, sum, term);
		}
		return sum;
	}
	hg_node node = hg_world_evaluate(w, v, e, view, sample, local);
	return node >= 0 && !hg_tape_is_scalar(w->tape, node) ? hg_tape_unary(w->tape, HG_TAPE_SUM, node) : node;
}

static hg_node sample_by_sample(hg_world *w, hg_var *v, hg_local *local)
{
	hg_node *part = HG_NEWS(w->arena, w->m, hg_node);
	hg_shape whole = shape_of(w, v);
	bool row = whole.raxis == HG_AXIS_SAMPLES;
	for (size_t s = 0; part && s < w->m; s++) {
		part[s] = by_entries(w, v, s, local);
		if (part[s] >= 0 && v->per_sample_total && !hg_tape_is_scalar(w->tape, part[s]))
			part[s] = added_up(w, v, v->def->right, HG_VIEW_SAMPLE, s, local);
		if (part[s] < 0)
			return HG_NODE_NONE;
	}
	if (!part)
		return HG_NODE_NONE;
	return hg_tape_apply(w->tape, HG_TAPE_BLOCKS, row ? (int)w->m : 1, row ? 1 : (int)w->m, whole, w->m, part);
}

static bool has_shape(const hg_world *w, hg_node node, hg_shape s)
{
	hg_shape t = hg_tape_shape(w->tape, node);
	return t.rows == s.rows && t.cols == s.cols;
}

static hg_node defined_value(hg_world *w, hg_var *v)
{
	hg_local layer = {.name = v->letter, .node = HG_NODE_NONE, .index = (size_t)v->letter_value, .axis = HG_AXIS_LAYER};
	hg_local *local = v->letter.n ? &layer : NULL;
	const hg_expr *letter[2];
	if (v->total || !v->data) {
		hg_node node = letters_of(v, letter) ? by_entries(w, v, w->sample, local) : evaluate(w, v, HG_VIEW_BATCH, w->sample, local);
		bool number = v->total && node >= 0 && !hg_tape_is_scalar(w->tape, node);
		return number ? added_up(w, v, v->def->right, HG_VIEW_BATCH, w->sample, local) : node;
	}
	if (!v->per_sample_total && by_columns(v->def->right) && !letters_of(v, letter)) {
		hg_node node = evaluate(w, v, HG_VIEW_BATCH, w->sample, local);
		if (node >= 0 && has_shape(w, node, shape_of(w, v)))
			return node;
		w->trouble[v->id] = HG_CAUSE_NONE;
	}
	return sample_by_sample(w, v, local);
}

static hg_node compute(hg_world *w, hg_var *v)
{
	v = hg_var_real(v);
	if (w->node[v->id] >= 0 || w->trouble[v->id] || v->visiting)
		return w->node[v->id];
	if (!v->def)
		return w->node[v->id] = hg_tape_leaf(w->tape, shape_of(w, v), NULL);
	v->visiting = true;
	hg_node node = defined_value(w, v);
	v->visiting = false;
	if (node < 0 && hg_world_refusal(w)) {
		w->trouble[v->id] = hg_world_refusal(w);
		hg_budget_retry(w->budget);
	}
	if (node < 0 && !w->trouble[v->id])
		w->trouble[v->id] = HG_CAUSE_DEFINITION_WITHOUT_VALUE;
	return w->node[v->id] = node;
}

/* ---- building -------------------------------------------------------------------------------------------------------------- */

static bool sound(hg_world *w)
{
	for (size_t i = 0; i < w->nnodes; i++)
		if (w->node[i] >= 0 && !hg_tape_finite(w->tape, w->node[i]))
			return false;
	return hg_tape_kink_distance(w->tape) > kink_clearance;
}

/* Does the larger of two come from the first in all of these entries, or in none? */
static bool all_alike(const gsl_matrix *first, const gsl_matrix *larger, hg_cut c)
{
	size_t active = 0;
	bool number = first->size1 * first->size2 != larger->size1 * larger->size2;
	for (size_t row = c.row; row < c.row + c.rows; row++)
		for (size_t col = c.col; col < c.col + c.cols; col++)
			active += gsl_matrix_get(larger, row, col) == first->data[number ? 0 : row * larger->size2 + col];
	return c.rows * c.cols > 2 && (!active || active == c.rows * c.cols);
}

/* Rectified units, max(0, z) or ReLU(z): some active, some not; in the sample a line for one is tried at, too, or all that
 * flows back is 0. */
static bool mixed(hg_world *w)
{
	for (hg_node i = 0; (size_t)i < w->base; i++) {
		int p;
		hg_node first;
		hg_tape_op op = hg_tape_op_of(w->tape, i, &p, &first);
		if (op != HG_TAPE_MAX && (op != HG_TAPE_FN || p != HG_MAP_RELU))
			continue;
		const gsl_matrix *x = hg_tape_value(w->tape, first), *y = hg_tape_value(w->tape, i);
		const hg_shape s = hg_tape_shape(w->tape, i);
		const bool rows = s.raxis == HG_AXIS_SAMPLES, cols = s.caxis == HG_AXIS_SAMPLES;
		const hg_cut all = hg_cut_whole(w->tape, i), one = {.row = rows ? w->sample : 0, .col = cols ? w->sample : 0,
		                                                    .rows = rows ? 1 : s.rows, .cols = cols ? 1 : s.cols};
		if (all_alike(x, y, all) || all_alike(x, y, one))
			return false;
	}
	return true;
}

static hg_status build(hg_world *w)
{
	for (size_t i = 0; i < w->nnodes; i++)
		w->node[i] = HG_NODE_NONE;
	for (size_t i = 0; i < w->nnodes; i++) { /* what is given has values before anything is computed from it */
		hg_var *v = hg_var_real(w->model->var[i]);
		if (!v->def && w->node[v->id] < 0) {
			compute(w, v);
			if (w->node[v->id] >= 0)
				hg_world_fill(w, v);
		}
	}
	for (size_t i = 0; i < w->nnodes; i++)
		w->node[i] = compute(w, w->model->var[i]);
	hg_world_losses(w);
	for (size_t i = 0; i < w->nnodes; i++) /* the parts that names for one sample stand for: differentiated again and again */
		if (w->node[i] >= 0)
			hg_scene_view(&(hg_scene){.world = w, .view = HG_VIEW_SAMPLE}, hg_var_real(w->model->var[i]), w->node[i]);
	w->compute = NULL;
	w->base = hg_tape_size(w->tape);
	const size_t again = w->budget->spent[HG_LIMIT_STEPS]; /* to compute all of it once more */
	for (int tries = 0; tries < TRIES && !(sound(w) && (mixed(w) || tries > TRIES / 2)); tries++) {
		if (!hg_budget_step(w->budget, again))
			break;
		for (size_t i = 0; i < w->nnodes; i++)
			if (!w->model->var[i]->def && !w->model->var[i]->same && w->node[i] >= 0)
				hg_world_fill(w, w->model->var[i]);
		w->both_signs = tries < TRIES / 4;
		hg_tape_play_all(w->tape);
	}
	const hg_cause refused = hg_world_refusal(w); /* then its points are not sound */
	for (size_t i = 0; i < w->nnodes; i++)
		if (w->node[i] >= 0 && (refused || !hg_tape_finite(w->tape, w->node[i]))) {
			w->trouble[i] = refused ? refused : HG_CAUSE_NOT_FINITE;
			w->node[i] = HG_NODE_NONE;
		}
	return HG_OK;
}

hg_status hg_world_build(hg_doc_model *model, hg_size_plan sizes, unsigned long seed, hg_arena *arena, hg_world *w)
{
	*w = (hg_world){.model = model, .arena = arena, .nnodes = model->nvars, .budget = model->said->doc->source->budget};
	hg_budget_begin(w->budget);
	w->tape = hg_tape_new(w->budget);
	w->rng = gsl_rng_alloc(gsl_rng_mt19937);
	w->node = HG_NEWS(arena, model->nvars + 1, hg_node);
	w->term = HG_NEWS(arena, model->nvars + 1, hg_node);
	w->trouble = HG_NEWS(arena, model->nvars + 1, hg_cause);
	if (!w->tape || !w->rng || !w->node || !w->trouble || !w->term) {
		hg_world_clear(w);
		return HG_ENOMEM;
	}
	gsl_rng_set(w->rng, seed);
	hg_mark_probabilities(model);
	choose_sizes(w, sizes);
	w->compute = compute;
	w->both_signs = true;
	hg_status status = build(w);
	w->compute = NULL;
	return status;
}

hg_cause hg_world_refusal(const hg_world *w)
{
	return w->budget->stopped == HG_NLIMITS ? HG_CAUSE_NONE : hg_cause_of_limit(w->budget->stopped);
}

void hg_world_clear(hg_world *w)
{
	w->nkept = 0;
	if (w->tape && hg_tape_failed(w->tape))
		hg_arena_fail(w->arena);
	hg_tape_free(w->tape);
	gsl_rng_free(w->rng);
	w->tape = NULL;
	w->rng = NULL;
}
