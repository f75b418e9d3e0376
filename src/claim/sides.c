/* The two sides of a claim in one world, and how arrays of numbers are laid side by side. */
#include "claim/sides.h"

#include "eval/recall.h"

#include "world/chain.h"

#include <math.h>

const double hg_reading_tolerance = 2e-8;

static bool is_gradient_name(hg_doc_model *model, const hg_expr *e, hg_ref *ref)
{
	return (e->op == HG_OP_NAME || e->op == HG_OP_POW || e->op == HG_OP_SLICE || e->op == HG_OP_TRANSPOSE) &&
	       hg_ref_of(e, &model->habits, model->arena, ref) && (ref->gradient || ref->delta) &&
	       !(ref->delta && ref->ncomp == 2);
}

static const hg_expr *widened(hg_eval *ev, const hg_expr *e)
{
	if (e->op != HG_OP_SUM_OF || e->kid[0]->op != HG_OP_DERIV)
		return e;
	hg_expr *body = hg_expr_new(ev->arena, HG_OP_SUM_OF, e->span, e->nkids),
	        *d = hg_expr_new(ev->arena, HG_OP_DERIV, e->span, e->kid[0]->nkids);
	if (!body || !d)
		return e;
	d->word = e->kid[0]->word;
	for (size_t i = 0; i < e->kid[0]->nkids; i++)
		d->kid[i] = e->kid[0]->kid[i];
	body->kid[0] = e->kid[0]->kid[0];
	for (size_t i = 1; i < e->nkids; i++)
		body->kid[i] = e->kid[i];
	d->kid[0] = body;
	return d;
}

/* dY and d(...): by what Y changes along the directions of the right side. */
static bool total_differential(hg_eval *ev, const hg_asked *asked, const hg_expr *left, hg_sides *s)
{
	hg_world *w = ((hg_scene *)ev->self)->world;
	hg_ref ref;
	hg_node to;
	if (left->op == HG_OP_DERIV) {
		to = hg_eval_expr(ev, left->kid[0]);
	} else {
		if (!hg_ref_of(left, &w->model->habits, ev->arena, &ref))
			return false;
		ref.gradient = ref.transposed = false;
		hg_var *v = hg_var_real(hg_model_find(w->model, &ref, ev->local, false));
		hg_cut cut;
		hg_shape shape;
		if (!v || !hg_scene_locate(ev, &ref, v, left, &cut, &shape))
			return false;
		to = hg_tape_part(w->tape, cut.node, cut.row, cut.col, shape);
	}
	hg_node node = to < 0 ? to : hg_scene_differential(ev, to, left->op == HG_OP_DERIV ? left->kid[0] : NULL, asked->right);
	if (node < 0)
		return false;
	s->shape = hg_tape_shape(w->tape, node);
	s->numerical = hg_tape_value(w->tape, node)->data;
	return true;
}

static bool find_left(hg_eval *ev, const hg_asked *asked, hg_sides *s, hg_try *r)
{
	hg_scene *scene = ev->self;
	hg_world *w = scene->world;
	const hg_expr *left = hg_eval_bare(ev, asked->left);
	hg_ref ref;
	const hg_var *v;
	bool derivative = left->op == HG_OP_DERIV && left->nkids > 1 && hg_eval_bare(ev, left->kid[0])->op != HG_OP_DERIV;
	r->to = HG_NODE_NONE;
	if (scene->differentials)
		return total_differential(ev, asked, left, s);
	bool gradient = is_gradient_name(w->model, left, &ref);
	if (!derivative && !gradient) {
		hg_node node = hg_eval_expr(ev, left);
		if (node < 0)
			return false;
		s->shape = hg_tape_shape(w->tape, node);
		s->numerical = hg_tape_value(w->tape, node)->data;
		return true;
	}
	if (gradient) {
		if (!hg_scene_gradient_place(ev, &ref, left, &r->to, &r->by, &s->below, &v))
			return false;
	} else if (!hg_scene_cut(ev, left->kid[1], &r->by, &s->below, &v) ||
	           !hg_scene_target(ev, left->kid[0], left->kid[1], v, &r->to)) {
		return false;
	}
	r->to = hg_scene_loss_of(ev, r->to, &r->by);
	s->above = hg_tape_shape(w->tape, r->to);
	if (derivative && hg_str_is(left->word, HG_L_NABLA) && scene->view == HG_VIEW_SAMPLE && !hg_tape_is_scalar(w->tape, r->to))
		return hg_eval_fail(ev, left, HG_CAUSE_GRADIENT_OF_ARRAY) >= 0;
	hg_scene_assume(ev, r->to, &r->by);
	s->jacobian = hg_world_slope(w, r->to, r->by, ev->arena);
	if (!s->jacobian)
		return hg_eval_fail(ev, left, HG_CAUSE_OUT_OF_MEMORY) >= 0;
	s->numerical = s->jacobian->data;
	s->error = hg_jacobian_error(s->jacobian);
	size_t n = s->jacobian->size1, k = s->jacobian->size2;
	s->shape = n == 1 ? s->below : s->above;
	bool turned = n == 1 && hg_scene_turns(ev, v);
	if ((gradient && ref.transposed) != turned) { /* dW^T: compare transposed */
		hg_node node = hg_tape_leaf(w->tape, s->below, s->numerical);
		node = node < 0 ? node : hg_tape_unary(w->tape, HG_TAPE_TRANSPOSE, node);
		if (node < 0)
			return false;
		s->shape = hg_tape_shape(w->tape, node);
		s->numerical = hg_tape_value(w->tape, node)->data;
	}
	bool of_loss = r->to == w->each || r->to == w->sum || r->to == w->mean || gradient ||
	               r->to == w->other[0] || r->to == w->other[1] || r->to == w->other[2];
	bool by_matrix = n == 1 && s->below.rows > 1 && s->below.cols > 1; /* of a number: laid out as the matrix is */
	s->local = (n > 1 && k > 1) || (!of_loss && !by_matrix && n * k > 1);
	return true;
}

typedef struct left_side {
	bool known;
	hg_sides sides;
	hg_node to;
	hg_cut by;
} left_side;

bool hg_sides_left(hg_eval *ev, const hg_asked *asked, hg_sides *s, hg_try *r)
{
	hg_recalling now;
	left_side left;
	const hg_recalled *found = hg_recall_find(ev, asked->left, HG_RECALL_LEFT, &now);
	if (found) {
		left = *(const left_side *)found->what;
		*s = left.sides;
		r->to = left.to;
		r->by = left.by;
		return left.known;
	}
	hg_recall *recall = ev->recall;
	ev->recall = asked->strict ? NULL : recall;
	const bool known = find_left(ev, asked, s, r);
	ev->recall = recall;
	left = (left_side){known, *s, r->to, r->by};
	hg_recall_note(ev, &now, HG_NODE_NONE, &left, sizeof left);
	return known;
}

static void compare(hg_try *r, const double *claimed, const double *numerical, size_t rows, size_t cols)
{
	for (size_t i = 0; i < rows * cols; i++)
		if (!isfinite(numerical[i]) ||
		    isnan(claimed[i])) { /* cases that cover only some points have no value at others */
			r->fit = HG_FIT_NONE;
			r->trouble = HG_CAUSE_NO_VALUE_SOMEWHERE;
			return;
		}
	double scale = 0, worst = -1;
	size_t n = rows * cols, largest = 0;
	for (size_t i = 0; i < n; i++) {
		scale = fmax(scale, fmax(fabs(numerical[i]), isfinite(claimed[i]) ? fabs(claimed[i]) : 0));
		largest = fabs(numerical[i]) > fabs(numerical[largest]) ? i : largest;
	}
	bool agree = true;
	for (size_t i = 0; i < n; i++) {
		double d = fabs(claimed[i] - numerical[i]);
		agree = agree && d <= fmax(fmax(hg_reading_tolerance * scale, r->blur), 1e-12);
		if (!(d <= worst)) {
			worst = d;
			r->worst = i;
		}
	}
	if (agree)
		r->worst = largest;
	r->fit = agree ? HG_FIT_AGREES : HG_FIT_DIFFERS;
	r->max_abs = worst;
	r->max_rel = scale > 0 ? worst / scale : 0;
	r->scale = scale;
	r->rows = rows;
	r->cols = cols;
	r->claimed = (double *)claimed;
	r->numerical = (double *)numerical;
}

/* A local derivative against an array: as the whole Jacobian, its transpose, or what multiplies in the chain.
 */
static void compare_local(hg_eval *ev, const hg_sides *s, hg_node right, hg_try *r)
{
	hg_shape t = hg_tape_shape(ev->tape, right);
	const double *x = hg_tape_value(ev->tape, right)->data;
	size_t n = s->jacobian->size1, k = s->jacobian->size2;
	const unsigned layout = ((hg_scene *)ev->self)->world->model->total.jacobian;
	if ((layout != HG_JACOBIAN_DENOMINATOR || k == 1 || n == 1) && t.rows == n && t.cols == k) {
		compare(r, x, s->jacobian->data, n, k);
		if (r->fit == HG_FIT_AGREES)
			return;
	}
	if ((layout != HG_JACOBIAN_NUMERATOR || k == 1 || n == 1) && t.rows == k && t.cols == n) {
		gsl_matrix *turned = HG_NEW(ev->arena, gsl_matrix);
		double *data = HG_NEWS(ev->arena, n * k, double);
		if (turned && data) {
			for (size_t i = 0; i < n; i++)
				for (size_t j = 0; j < k; j++)
					data[j * n + i] = gsl_matrix_get(s->jacobian, i, j);
			compare(r, x, data, k, n);
		}
		if (r->fit == HG_FIT_AGREES)
			return;
	}
	hg_tensor claimed, local = s->tensor;
	bool laid_out = layout && n > 1 && k > 1 && ((t.rows == k && t.cols == n) || (t.rows == n && t.cols == k));
	bool turned = k == 1 && s->above.rows != s->above.cols && s->above.rows > 1 && t.rows == s->above.cols && t.cols == s->above.rows;
	if (laid_out || turned) { /* a Jacobian, and its layout was said; the transpose of a matrix differentiated by a number */
		r->fit = r->fit == HG_FIT_DIFFERS ? HG_FIT_DIFFERS : HG_FIT_SHAPE;
		return;
	}
	if (!local.data || !hg_tensor_of(ev, right, &claimed)) {
		r->fit = r->fit == HG_FIT_DIFFERS ? HG_FIT_DIFFERS : HG_FIT_SHAPE;
		return;
	}
	size_t total = 1;
	for (size_t i = 0; i < local.n; i++)
		total *= local.size[i];
	double *all = HG_NEWS(ev->arena, total, double);
	for (size_t i = 0; i < claimed.n; i++) {
		size_t j = 0;
		while (j < local.n && local.id[j] != claimed.id[i])
			j++;
		if (j == local.n || local.size[j] != claimed.size[i] || !all) {
			r->fit = HG_FIT_SHAPE;
			return;
		}
	}
	for (size_t e = 0; e < total; e++) {
		size_t offset = 0;
		for (size_t i = 0; i < claimed.n; i++) {
			size_t rest = e, at = 0;
			for (size_t j = local.n; j-- > 0; rest /= local.size[j])
				if (local.id[j] == claimed.id[i])
					at = rest % local.size[j];
			offset = offset * claimed.size[i] + at;
		}
		all[e] = claimed.data[offset];
	}
	compare(r, all, local.data, 1, total);
}

static hg_tensor axes_of(hg_shape s)
{
	hg_tensor t = {0};
	if (s.rows > 1)
		t.id[t.n] = s.raxis, t.size[t.n++] = s.rows;
	if (s.cols > 1)
		t.id[t.n] = s.caxis, t.size[t.n++] = s.cols;
	return t;
}

void hg_sides_pretended(hg_eval *ev, const hg_asked *asked, hg_sides *s, hg_try *r)
{
	hg_tensor out = s->local ? s->tensor : axes_of(s->shape);
	bool named = !(s->local && !s->tensor.data);
	for (size_t i = 0; i < out.n; i++)
		named = named && out.id[i] != 0;
	size_t total = 1;
	for (size_t i = 0; i < out.n; i++)
		total *= out.size[i];
	double *composed = NULL;
	if (hg_chain_compose(ev, asked->left, asked->right, s->jacobian, &composed)) {
		size_t n = s->jacobian ? s->jacobian->size1 * s->jacobian->size2 : 1;
		compare(r, composed, s->jacobian->data, 1, n);
		if (!s->local)
			r->rows = s->shape.rows, r->cols = s->shape.cols;
		return;
	}
	ev->trouble = HG_CAUSE_NONE;
	if (!named) {
		r->fit = HG_FIT_NONE;
		return;
	}
	if (!hg_eval_pretend(ev, asked->right, &out))
		return;
	if (s->local)
		compare(r, out.data, s->tensor.data, 1, total);
	else
		compare(r, out.data, s->numerical, s->shape.rows, s->shape.cols);
}

/* z = f(z_j) for all j: the entry of the left side that the letter on the right counts. */
static bool pick_entries(hg_eval *ev, const hg_asked *asked, hg_sides *s)
{
	hg_cut c = {0, 0, 0, s->shape.rows, s->shape.cols};
	bool picked = false;
	for (size_t i = asked->line->nleft; i < asked->line->nletters; i++) {
		const hg_local *l = ev->local;
		while (l && !(l->node < 0 && hg_str_equal(l->name, asked->line->letter[i]->name)))
			l = l->outer;
		if (!l || l->axis == HG_AXIS_OPEN)
			continue;
		if (s->shape.raxis == l->axis && c.rows > 1 && l->index < c.rows)
			c.row = l->index, c.rows = 1, picked = true;
		else if (s->shape.caxis == l->axis && c.cols > 1 && l->index < c.cols)
			c.col = l->index, c.cols = 1, picked = true;
	}
	double *part = picked ? HG_NEWS(ev->arena, c.rows * c.cols, double) : NULL;
	if (!part)
		return false;
	for (size_t r = 0; r < c.rows; r++)
		for (size_t k = 0; k < c.cols; k++)
			part[r * c.cols + k] = s->numerical[(c.row + r) * s->shape.cols + c.col + k];
	s->numerical = part;
	s->shape = (hg_shape){c.rows, c.cols, c.rows > 1 ? s->shape.raxis : 0, c.cols > 1 ? s->shape.caxis : 0};
	return true;
}

void hg_sides_literal(hg_eval *ev, const hg_asked *asked, hg_sides *s, hg_try *r)
{
	hg_world *w = ((hg_scene *)ev->self)->world;
	const hg_expr *right = asked->reading.wide_operator ? widened(ev, asked->right) : asked->right;
	hg_node node = hg_eval_expr(ev, right);
	if (node < 0)
		return;
	if (s->local) {
		compare_local(ev, s, node, r);
		return;
	}
	hg_shape t = hg_tape_shape(w->tape, node);
	if (asked->line->nletters > asked->line->nleft && (t.rows < s->shape.rows || t.cols < s->shape.cols))
		r->index_dropped = pick_entries(ev, asked, s);
	if (t.rows == s->shape.rows && t.cols == s->shape.cols) {
		compare(r, hg_tape_value(w->tape, node)->data, s->numerical, t.rows, t.cols);
		return;
	}
	bool number = t.rows == 1 && t.cols == 1; /* dz/db = 1: the same for every entry */
	bool local_number = number && asked->left->op == HG_OP_DERIV && asked->left->kid[0]->op != HG_OP_NAME;
	size_t n = s->shape.rows * s->shape.cols;
	double *all = HG_NEWS(ev->arena, n, double);
	if ((local_number || !s->jacobian) && number && all) {
		for (size_t i = 0; i < n; i++)
			all[i] = hg_tape_value(w->tape, node)->data[0];
		compare(r, all, s->numerical, s->shape.rows, s->shape.cols);
		return;
	}
	bool turned = t.rows == s->shape.cols && t.cols == s->shape.rows && s->jacobian && w->model->total.jacobian == HG_JACOBIAN_NUMERATOR;
	if (turned && all) {
		for (size_t i = 0; i < n; i++)
			all[i] =
			    hg_tape_value(w->tape, node)->data[i % s->shape.cols * s->shape.rows + i / s->shape.cols];
		compare(r, all, s->numerical, s->shape.rows, s->shape.cols);
		r->numerator = true;
		return;
	}
	r->fit = HG_FIT_SHAPE;
}
