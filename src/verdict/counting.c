/* Lines that are off by what counts samples: by another meaning of the total, by what the cost is divided by, by a model without samples. */
#include "model/building.h"
#include "model/shape/letters.h"
#include "verdict/session.h"
#include "verdict/situations.h"

#include <math.h>

static bool carries_mean(const hg_judged *j) { return j->agrees && !j->vacuous && (j->reading.named == HG_TOTAL_MEAN || j->reading.data == HG_TOTAL_MEAN); }

/* delta = (A - Y)/m stands in the document, and delta = A - Y as well: what is off by m is right for one of the two. */
bool hg_is_off_by_other_total(const hg_session *s, const hg_judged *j)
{
	const hg_evidence *e = &s->report->finding[j->finding].evidence;
	const double m = (double)j->setting->world[j->world].m;
	const hg_claim_binding *b = j->claim.binding;
	if (m < 2 || !b->line.gradients || !(fabs(e->ratio - m) < 1e-5 * m || fabs(e->ratio * m - 1) < 1e-5))
		return false;
	for (size_t i = 0; i < s->njudged; i++)
		for (size_t k = 0; k < i; k++) {
			const hg_judged *one = &s->judged[i], *other = &s->judged[k];
			if (one->agrees && other->agrees && !one->vacuous && !other->vacuous && hg_expr_equal(one->left, other->left) && carries_mean(one) != carries_mean(other))
				return true;
		}
	return false;
}

typedef struct divisor_search {
	const hg_judged *judged;
	double ratio;
	bool below, found;
} divisor_search;

static bool is_off_by(const divisor_search *d, double x) { return fabs(fabs(d->ratio) - fabs(x)) < 1e-5 * fabs(x) || fabs(fabs(d->ratio * x) - 1) < 1e-5; }

/* v of X in R^{v x w}. */
static double size_of(const hg_world *w, const hg_expr *e)
{
	for (unsigned axis = HG_AXIS_SAMPLES + 1; hg_is_size(&w->model->habits, e) && axis < w->model->axes.naxes; axis++)
		if (w->model->axes.axis_size[axis] && hg_expr_equal(w->model->axes.axis_size[axis], e))
			return (double)w->size[hg_axis_now(w->model, axis)];
	return NAN;
}

static bool see_divisor(void *self, const hg_expr *e)
{
	divisor_search *d = self;
	hg_world *w = &d->judged->setting->world[d->judged->world];
	hg_ref ref;
	if (e->op == HG_OP_FRAC) {
		divisor_search below = {.judged = d->judged, .ratio = d->ratio, .below = true};
		hg_expr_visit(e->kid[1], see_divisor, &below);
		d->found = d->found || below.found;
	}
	bool name = d->below && e->op == HG_OP_NAME && hg_ref_of(e, &w->model->habits, w->model->arena, &ref);
	const hg_var *v = name ? hg_var_real(hg_model_find(w->model, &ref, NULL, false)) : NULL;
	hg_node node = v && !v->def ? hg_world_value(w, v) : HG_NODE_NONE;
	if (node >= 0 && !hg_tape_is_scalar(w->tape, node)) /* a number for each sample: what the cost is divided by is not understood */
		d->found = true;
	else if (node >= 0)
		d->found = d->found || is_off_by(d, gsl_matrix_get(hg_tape_value(w->tape, node), 0, 0));
	d->found = d->found || (d->below && is_off_by(d, size_of(w, e)));
	return !d->found;
}

/* J = (1/(2 s)) ||R - U||^2, where nothing says what s is: if it counts samples, what is off by s is right of m dJ/dz. */
bool hg_is_off_by_unknown_divisor(const hg_session *s, const hg_judged *j)
{
	const hg_evidence *e = &s->report->finding[j->finding].evidence;
	const hg_var *cost = j->setting->model.lossy.cost ? j->setting->model.lossy.cost : j->setting->model.lossy.loss;
	divisor_search d = {.judged = j, .ratio = e->ratio};
	if (!cost || !cost->def || j->left->op != HG_OP_NAME)
		return false;
	hg_expr_visit(cost->def->right, see_divisor, &d);
	return d.found;
}

/* The cost adds over samples, and nothing that is given has one for each, though values are computed: they are not understood. */
bool hg_lacks_samples(const hg_session *s, const hg_judged *j)
{
	const hg_doc_model *model = &j->setting->model;
	bool computed = false;
	(void)s;
	if (!model->lossy.cost || !model->lossy.cost->total || (model->lossy.cost->def && model->lossy.cost->def->code)) /* np.sum adds all there is */
		return false;
	for (size_t i = 0; i < model->nvars; i++) {
		const hg_var *v = model->var[i];
		if (v->role == HG_ROLE_INPUT)
			return false;
		computed = computed || (v->def && !v->data && !v->total && (v->role == HG_ROLE_ACTIVATION || v->role == HG_ROLE_PREACTIVATION));
	}
	return computed;
}
