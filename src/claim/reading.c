/* One reading of a claim in one world: both sides in numbers, side by side. */
#include "claim/certify.h"
#include "claim/hold.h"
#include "claim/line_conditions.h"
#include "claim/sides.h"

#include <math.h>
#include <string.h>

enum { MAX_COMBINATIONS = 12 };

/* ---- one combination of indices, all of them ---------------------------------------------------------- */

static double larger(double a, double b) { return b > a ? b : a; } /* a where b is NaN, as fmax has it */

static void once(const hg_asked *asked, hg_world *w, hg_local *local, hg_arena *arena, hg_try *r)
{
	hg_scene scene = {.world = w,
	                  .view = asked->reading.view,
	                  .params = asked->reading.params,
	                  .data = asked->reading.data,
	                  .named = asked->reading.named,
	                  .columns = asked->reading.columns,
	                  .as_written = asked->reading.as_written,
	                  .single = asked->reading.single,
	                  .hatless = asked->reading.hatless,
	                  .turned = asked->reading.turned,
	                  .differentials = asked->line->differentials,
	                  .given = asked->given};
	hg_eval ev;
	hg_sides s = {0};
	scene.layer = HG_NO_LAYER;
	if (asked->layer)
		hg_layer_value(w->model, asked->layer, local, &scene.layer);
	hg_scene_open(&scene, arena, local, &ev);
	if (asked->reading.slopes_of_output)
		ev.slopes_of_output |= ~w->model->map.slopes_of_argument;
	ev.code = asked->code;
	ev.inner_products = asked->reading.inner;
	ev.struck_dropped = asked->reading.struck_dropped;
	ev.hadamard_last = asked->reading.hadamard_last;
	ev.wide_sums = asked->reading.wide_sums;
	*r = (hg_try){.fit = HG_FIT_NONE, .to = HG_NODE_NONE, .layer = -1};
	if (local && local->node >= 0 && asked->line->nunknown == 1) {
		scene.free_letter = local->name;
		scene.free_node = local->node;
	}
	scene.strict = asked->strict;
	hg_hold_situation(asked, &ev);
	bool known = hg_sides_left(&ev, asked, &s, r);
	scene.strict = false;
	if (known) {
		r->blur = s.error * (asked->line->derivatives || asked->line->gradients ? 10 : 1);
		ev.differenced = false;
		if (s.local)
			hg_scene_tensor(&ev, hg_eval_bare(&ev, asked->left), &s.tensor);
		if (asked->reading.pretend && (s.jacobian || asked->line->derivatives))
			hg_sides_pretended(&ev, asked, &s, r);
		else if (!asked->reading.pretend)
			hg_sides_literal(&ev, asked, &s, r);
	}
	r->rough = ev.differenced;
	r->known = s.numerical != NULL;
	for (size_t i = 0; s.numerical && i < s.shape.rows * s.shape.cols; i++)
		r->left_scale = larger(r->left_scale, fabs(s.numerical[i]));
	if (s.jacobian)
		for (size_t i = 0; i < s.jacobian->size1 * s.jacobian->size2; i++)
			r->left_scale = larger(r->left_scale, fabs(s.jacobian->data[i]));
	r->guessed = ev.guessed;
	r->misfit = ev.misfit;
	if (ev.trouble || !r->trouble)
		r->trouble = ev.trouble;
	r->at = ev.at;
}

static void keep_worst(hg_try *all, const hg_try *one, bool first)
{
	unsigned guessed = all->guessed | one->guessed;
	double left = fmax(first ? 0 : all->left_scale, one->left_scale);
	bool same = !first && one->fit == all->fit;
	if (first || one->fit > all->fit || (same && one->fit == HG_FIT_DIFFERS && one->max_rel > all->max_rel) ||
	    (same && one->fit == HG_FIT_AGREES && one->scale > all->scale))
		*all = *one;
	all->guessed = first ? one->guessed : guessed;
	all->left_scale = first ? one->left_scale : left;
}

typedef struct letters {
	size_t n, size[HG_MAX_LETTERS];
	unsigned axis[HG_MAX_LETTERS];
	hg_local local[HG_MAX_LETTERS];
} letters;

/* How many values each free index takes: found where it stands on a name of the model. */
static bool measure(const hg_asked *asked, hg_world *w, hg_local *outer, hg_arena *arena, letters *l)
{
	hg_scene scene = {.world = w, .layer = HG_NO_LAYER};
	hg_eval ev;
	hg_scene_open(&scene, arena, outer, &ev);
	for (size_t i = 0; i < asked->line->nletters; i++) {
		const hg_expr *letter = asked->line->letter[i];
		hg_expr sum = {.op = HG_OP_SUM, .nkids = 1};
		hg_expr *kid[1] = {(hg_expr *)(asked->strict ? asked->right : asked->left)};
		size_t n = 0, first = 0;
		unsigned axis = HG_AXIS_OPEN;
		sum.kid = kid;
		bool found = hg_scene_range(&ev, &sum, letter->name, &n, &first, &axis);
		if (!found) {
			kid[0] = (hg_expr *)(asked->strict ? asked->left : asked->right);
			found = hg_scene_range(&ev, &sum, letter->name, &n, &first, &axis);
		}
		if (!found)
			return false;
		l->size[l->n] = n;
		l->axis[l->n] = axis;
		l->local[l->n++] = (hg_local){.name = letter->name, .node = HG_NODE_NONE, .first = !asked->code, .axis = axis};
	}
	return true;
}

/* The c-th combination of values; NULL: not among those the reading speaks of. */
static hg_local *combine(letters *l, size_t c, hg_local *outer, const hg_asked *asked, const hg_world *w)
{
	hg_local *chain = outer;
	for (size_t i = 0; i < l->n; i++) {
		l->local[i].index = c % l->size[i];
		l->local[i].axis = l->axis[i];
		l->local[i].outer = chain;
		chain = &l->local[i];
		c /= l->size[i];
	}
	bool admits = asked->reading.indices == HG_INDICES_ALL ||
	              hg_condition_admits(asked->line, asked->reading.indices, w->model, w->correct, chain);
	return admits ? chain : NULL;
}

static void for_indices(const hg_asked *asked, hg_world *w, hg_local *outer, hg_arena *arena, hg_try *r)
{
	letters l = {.n = 0};
	if (!asked->line->nletters || !measure(asked, w, outer, arena, &l)) {
		once(asked, w, outer, arena, r);
		return;
	}
	size_t total = 1, admitted = 0;
	for (size_t i = 0; i < l.n; i++)
		total *= l.size[i];
	for (size_t c = 0; c < total; c++)
		admitted += combine(&l, c, outer, asked, w) != NULL;
	size_t stride = admitted > MAX_COMBINATIONS ? admitted / MAX_COMBINATIONS + 1 : 1, seen = 0;
	bool first = true;
	*r = (hg_try){.fit = HG_FIT_NONE, .to = HG_NODE_NONE};
	for (size_t c = 0; c < total; c++) {
		hg_local *chain = combine(&l, c, outer, asked, w);
		hg_try one;
		if (!chain || seen++ % stride)
			continue;
		once(asked, w, chain, arena, &one);
		keep_worst(r, &one, first);
		first = false;
		if (r->fit == HG_FIT_NONE || (asked->agreement_only && r->fit != HG_FIT_AGREES))
			return;
	}
}

/* Below the first layer and above the last there is nothing: the loss of the model does not depend on what the line
 * speaks of there. */
static bool outside(const hg_try *one) { return one->to >= 0 && one->known && one->left_scale < 1e-12; }

/* A line about layer l holds for every layer it can be written for. */
static void for_layers(const hg_asked *asked, hg_world *w, hg_local *outer, hg_arena *arena, hg_try *r)
{
	const hg_expr *letter = asked->line->layer_letter;
	if (!letter) {
		for_indices(asked, w, outer, arena, r);
		return;
	}
	*r = (hg_try){.fit = HG_FIT_NONE, .to = HG_NODE_NONE};
	bool first = true, agrees = false, differs = false;
	hg_try beyond = *r;
	for (int l = 1; l <= w->model->nlayers; l++) {
		hg_local local = {.name = letter->name,
		                  .node = HG_NODE_NONE,
		                  .index = (size_t)l,
		                  .axis = HG_AXIS_LAYER,
		                  .outer = outer};
		hg_try one;
		for_indices(asked, w, &local, arena, &one);
		if (one.fit == HG_FIT_NONE) {
			if (!r->trouble)
				r->trouble = one.trouble, r->at = one.at;
			continue;
		}
		one.layer = l;
		if (outside(&one)) {
			beyond = one;
			continue;
		}
		agrees = agrees || one.fit == HG_FIT_AGREES;
		differs = differs || one.fit != HG_FIT_AGREES;
		keep_worst(r, &one, first);
		first = false;
	}
	if (first && beyond.known)
		*r = beyond;
	if (agrees && differs) {
		r->fit = HG_FIT_NONE;
		r->trouble = HG_CAUSE_SOME_LAYERS;
	}
}

/* The names nobody explained get a value each. */
static bool make_unknowns(const hg_line *line, hg_world *w, hg_local unknown[HG_MAX_LETTERS])
{
	static const double values[] = {0.83, -0.57, 1.31, 0.44, -1.17, 0.29};
	for (size_t i = 0; i < line->nunknown; i++) {
		double x = values[(i + w->m) % 6] * (1 + 0.01 * (double)w->m);
		unknown[i] = (hg_local){.name = line->unknown[i]->name, .outer = i ? &unknown[i - 1] : NULL};
		unknown[i].node = hg_tape_number(w->tape, x);
		if (unknown[i].node < 0)
			return false;
	}
	return true;
}

/* The numbers compared may lie on the tape: they are kept beside it. */
static hg_status keep_numbers(hg_try *r, hg_arena *arena)
{
	size_t n = r->rows * r->cols;
	double *copy = HG_NEWS(arena, 2 * n, double);
	if (!copy)
		return HG_ENOMEM;
	memcpy(copy, r->claimed, n * sizeof *copy);
	memcpy(copy + n, r->numerical, n * sizeof *copy);
	r->claimed = copy;
	r->numerical = copy + n;
	return HG_OK;
}

hg_status hg_reading_try(const hg_asked *asked, hg_world *w, hg_arena *arena, hg_try *r)
{
	hg_local unknown[HG_MAX_LETTERS];
	hg_tape_state mark = hg_tape_mark(w->tape);
	*r = (hg_try){.fit = HG_FIT_NONE, .to = HG_NODE_NONE, .layer = -1};
	if (hg_budget_retry(w->budget) && make_unknowns(asked->line, w, unknown)) {
		size_t n = asked->line->nunknown;
		for_layers(asked, w, n ? &unknown[n - 1] : NULL, arena, r);
		if (r->claimed && r->numerical)
			HG_TRY(keep_numbers(r, arena));
		r->rough = r->rough || asked->line->derivatives || asked->line->gradients;
		if (asked->certify && asked->certificate && r->claimed)
			HG_TRY(hg_certify(w, r, asked->certify, arena, asked->certificate));
	}
	if (!w->held)
		hg_tape_release(w->tape, mark);
	const hg_cause refusal = hg_world_refusal(w);
	if (refusal)
		*r = (hg_try){.fit = HG_FIT_NONE, .to = HG_NODE_NONE, .layer = -1, .limited = true, .trouble = refusal};
	return hg_arena_failed(arena) || hg_tape_failed(w->tape) ? HG_ENOMEM : HG_OK;
}
