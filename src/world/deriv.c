/* Derivatives as values: of names such as dW, of quotients such as dL/dz, of arrays by arrays. */
#include "eval/recall.h"
#include "world/world.h"

#include <math.h>

static const hg_override *overridden(const hg_scene *scene, const hg_var *v)
{
	for (const hg_override *o = scene->given; o && v; o = o->next)
		if (o->variable == v && o->view == scene->view)
			return o;
	return NULL;
}

hg_node hg_scene_gradient(hg_eval *ev, const hg_ref *ref, const hg_expr *at)
{
	hg_scene *scene = ev->self;
	hg_node to;
	hg_cut by;
	hg_shape shape;
	const hg_var *v;
	if (!hg_scene_gradient_place(ev, ref, at, &to, &by, &shape, &v))
		return HG_NODE_NONE;
	hg_scene_assume(ev, to, &by);
	gsl_matrix *slope = hg_world_slope(scene->world, to, by, ev->arena);
	ev->differenced = true;
	if (!slope)
		return hg_eval_fail(ev, at, HG_CAUSE_OUT_OF_MEMORY);
	const hg_override *own = overridden(scene, v);
	hg_node node = own ? own->node : hg_tape_leaf_at(ev->tape, shape, slope->data);
	return ref->transposed != hg_scene_turns(ev, v) && node >= 0 ? hg_tape_unary(ev->tape, HG_TAPE_TRANSPOSE, node) : node;
}

typedef struct place {
	hg_node to;
	hg_cut by;
	hg_shape above, below;
	const hg_var *v;
	gsl_matrix *slope;
} place;

static bool look_for_place(hg_eval *ev, const hg_expr *e, place *p)
{
	hg_scene *scene = ev->self;
	hg_world *w = scene->world;
	if (e->nkids > 1) {
		if (!hg_scene_cut(ev, e->kid[1], &p->by, &p->below, &p->v))
			return false;
	} else if (hg_str_is(e->word, HG_L_NABLA) && w->model->lossy.prediction &&
	           w->node[w->model->lossy.prediction->id] >= 0) {
		p->v = w->model->lossy.prediction;
		hg_ref ref = {.base = p->v->base};
		if (!hg_scene_locate(ev, &ref, p->v, e, &p->by, &p->below))
			return false;
	} else if (scene->free_letter.n) {
		p->by = hg_cut_whole(w->tape, scene->free_node);
		p->below = hg_tape_shape(w->tape, scene->free_node);
		p->v = NULL;
	} else {
		return hg_eval_fail(ev, e, HG_CAUSE_DERIVATIVE_BY_WHAT) >= 0;
	}
	if (!hg_scene_target(ev, e->kid[0], e->nkids > 1 ? e->kid[1] : NULL, p->v, &p->to))
		return false;
	p->to = hg_scene_loss_of(ev, p->to, &p->by);
	p->above = hg_tape_shape(ev->tape, p->to);
	hg_scene_assume(ev, p->to, &p->by);
	p->slope = hg_world_slope(w, p->to, p->by, ev->arena);
	ev->differenced = true;
	return p->slope || hg_eval_fail(ev, e, HG_CAUSE_OUT_OF_MEMORY) >= 0;
}

static bool find_place(hg_eval *ev, const hg_expr *e, place *p)
{
	hg_recalling now;
	const hg_recalled *known = hg_recall_find(ev, e, HG_RECALL_PLACE, &now);
	if (known) {
		*p = *(const place *)known->what;
		return known->node != HG_NODE_NONE;
	}
	*p = (place){0};
	const bool found = look_for_place(ev, e, p);
	hg_recall_note(ev, &now, found ? p->to : HG_NODE_NONE, p, sizeof *p);
	return found;
}

static bool is_diagonal(const gsl_matrix *j)
{
	double top = 0, off = 0;
	for (size_t r = 0; r < j->size1; r++)
		for (size_t c = 0; c < j->size2; c++)
			*(r == c ? &top : &off) = fmax(r == c ? top : off, fabs(gsl_matrix_get(j, r, c)));
	return j->size1 == j->size2 && off <= 1e-9 * fmax(top, 1e-3);
}

hg_node hg_scene_deriv(hg_eval *ev, const hg_expr *e)
{
	place p;
	hg_scene *scene = ev->self;
	if (e->op != HG_OP_DERIV)
		return hg_eval_fail(ev, e, HG_CAUSE_DERIVATIVE_OF_WHAT);
	if (e->nkids > 1 && hg_eval_bare(ev, e->kid[0])->op == HG_OP_DERIV)
		return hg_scene_curvature(ev, e);
	if (!find_place(ev, e, &p))
		return HG_NODE_NONE;
	size_t n = p.above.rows * p.above.cols, k = p.below.rows * p.below.cols;
	const hg_override *own = n == 1 ? overridden(scene, p.v) : NULL;
	if (own && (p.to == scene->world->each || p.to == scene->world->sum || p.to == scene->world->mean))
		return own->node;
	if (n == 1) {
		hg_node node = hg_tape_leaf_at(ev->tape, p.below, p.slope->data);
		return hg_scene_turns(ev, p.v) && node >= 0 ? hg_tape_unary(ev->tape, HG_TAPE_TRANSPOSE, node) : node;
	}
	if (k == 1)
		return hg_tape_leaf_at(ev->tape, p.above, p.slope->data);
	if (is_diagonal(p.slope)) {
		hg_node node = hg_tape_leaf(ev->tape, p.above, NULL);
		for (size_t i = 0; i < n && node >= 0; i++)
			hg_tape_value(ev->tape, node)->data[i] = gsl_matrix_get(p.slope, i, i);
		return node;
	}
	bool vectors = (p.above.rows == 1 || p.above.cols == 1) && (p.below.rows == 1 || p.below.cols == 1);
	if (!vectors)
		return hg_eval_fail(ev, e, HG_CAUSE_ARRAY_BY_ARRAY);
	hg_shape s = {n, k, p.above.rows > 1 ? p.above.raxis : p.above.caxis,
	              p.below.rows > 1 ? p.below.raxis : p.below.caxis};
	return hg_tape_leaf_at(ev->tape, s, p.slope->data);
}

/* ---- derivatives of arrays by arrays, by the names of their axes -------------------------------------- */

static size_t axes_of(hg_shape s, unsigned id[2], size_t size[2])
{
	size_t n = 0;
	if (s.rows > 1)
		id[n] = s.raxis, size[n++] = s.rows;
	if (s.cols > 1)
		id[n] = s.caxis, size[n++] = s.cols;
	return n;
}

static size_t find_axis(const hg_tensor *t, unsigned id)
{
	size_t i = 0;
	while (i < t->n && t->id[i] != id)
		i++;
	return i;
}

/* The index along axis `id` of entry e of an array. */
static size_t along(hg_shape s, size_t e, unsigned id)
{
	size_t r = e / s.cols, c = e % s.cols;
	return s.rows > 1 && s.raxis == id ? r : c;
}

/* Entry (u, v) of a derivative of an array by an array: its place on the diagonals of the axes both arrays have.
 * False: it lies on none. */
static bool on_diagonals(const place *p, size_t u, size_t v, const hg_tensor *t, size_t *offset)
{
	*offset = 0;
	for (size_t i = 0; i < t->n; i++) {
		const unsigned id = t->id[i];
		bool above = (p->above.rows > 1 && p->above.raxis == id) || (p->above.cols > 1 && p->above.caxis == id);
		bool below = (p->below.rows > 1 && p->below.raxis == id) || (p->below.cols > 1 && p->below.caxis == id);
		size_t a = above ? along(p->above, u, id) : 0, b = below ? along(p->below, v, id) : 0;
		if (above && below && a != b)
			return false;
		*offset = *offset * t->size[i] + (above ? a : b);
	}
	return true;
}

static bool fold(const place *p, hg_arena *arena, hg_tensor *t)
{
	unsigned id[4];
	size_t size[4], nu = axes_of(p->above, id, size), nv = axes_of(p->below, id + nu, size + nu), total = 1, offset;
	for (size_t i = 0; i < nu + nv; i++) {
		if (!id[i] || (i && i != nu && id[i] == id[i - 1]))
			return false;
		if (find_axis(t, id[i]) < t->n)
			continue;
		t->id[t->n] = id[i];
		t->size[t->n++] = size[i];
		total *= size[i];
	}
	double top = 0, *data = HG_NEWS(arena, total, double);
	for (size_t i = 0; i < p->slope->size1 * p->slope->size2; i++)
		top = fmax(top, fabs(p->slope->data[i]));
	for (size_t u = 0; data && u < p->slope->size1; u++)
		for (size_t v = 0; v < p->slope->size2; v++) {
			double x = p->slope->data[u * p->slope->tda + v];
			if (on_diagonals(p, u, v, t, &offset))
				data[offset] = x;
			else if (fabs(x) > 1e-9 * fmax(top, 1e-3))
				return false;
		}
	t->data = data;
	return data != NULL;
}

static bool same_shape(hg_shape a, hg_shape b)
{
	return a.rows == b.rows && a.cols == b.cols && a.raxis == b.raxis && a.caxis == b.caxis;
}

/* dz/dW has entries only where the unit of z is the unit of W: kept are the entries on such diagonals, counted along
 * the axes of z and W together; where there are others, it is no such array, and *t is empty. */
bool hg_scene_tensor(hg_eval *ev, const hg_expr *e, hg_tensor *t)
{
	place p;
	*t = (hg_tensor){0};
	if (e->nkids < 1 || !find_place(ev, e, &p)) {
		ev->trouble = HG_CAUSE_NONE;
		return false;
	}
	hg_world *w = ((hg_scene *)ev->self)->world;
	hg_slope_kept *k = hg_world_kept(w, p.to, &p.by);
	if (k && k->folded && same_shape(k->above, p.above) && same_shape(k->below, p.below)) {
		*t = k->tensor;
		return k->folds;
	}
	bool folds = fold(&p, k ? k->arena : ev->arena, t);
	if (!folds)
		*t = (hg_tensor){0};
	if (k) {
		k->folded = true;
		k->folds = folds;
		k->above = p.above;
		k->below = p.below;
		k->tensor = *t;
	}
	return folds;
}
