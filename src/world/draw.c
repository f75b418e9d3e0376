/* The values of what is given: of high entropy, probabilities where logarithms ask for them. */
#include "model/building.h"
#include "model/said/kinds.h"
#include "world/world.h"
#include "model/said/sums.h"
#include <math.h>
#include <string.h>

static double gaussian(gsl_rng *rng)
{
	double u = gsl_rng_uniform_pos(rng), v = gsl_rng_uniform(rng);
	return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

/* A single number takes both signs over the worlds, and with another one every combination of signs. */
static double sign_of(const hg_world *w, const hg_var *v)
{
	return ((v->id % 2 ? w->m == 2 || w->m == 7 : w->m == 2 || w->m == 1)) ? -1 : 1;
}

/* The labels of a sample are 0, and 1 for the right class. */
static void fill_class(hg_world *w, const hg_var *v, gsl_matrix *x)
{
	hg_shape s = hg_tape_shape(w->tape, w->node[v->id]);
	bool row = s.raxis == HG_AXIS_SAMPLES || (s.rows == 1 && s.caxis != HG_AXIS_SAMPLES);
	for (size_t i = 0; i < x->size1; i++)
		for (size_t k = 0; k < x->size2; k++)
			gsl_matrix_set(x, i, k, (row ? k : i) == w->correct);
}

void hg_world_fill(hg_world *w, const hg_var *v)
{
	gsl_matrix *x = hg_tape_value(w->tape, w->node[v->id]);
	size_t n = x->size1 * x->size2;
	double scale = v->role == HG_ROLE_WEIGHT && x->size1 * x->size2 > 1 ? 1.3 / sqrt((double)(x->size1 > x->size2 ? x->size1 : x->size2))
	                                                                     : 0.8;
	for (size_t e = 0; e < n; e++) {
		double g = gaussian(w->rng);
		x->data[e] = v->probability ? 0.1 + 0.8 * gsl_rng_uniform(w->rng) : scale * (g + (g < 0 ? -0.2 : 0.2));
	}
	bool signs = hg_model_says(w->model, HG_SAYS_SIGNS) && hg_var_is_label(v) && hg_label_weighs(w->model);
	for (size_t e = 0; signs && e < n; e++)
		x->data[e] = copysign(1, x->data[e]);
	bool square = v->said && v->said->n == 2 && v->said->axis[0] == v->said->axis[1] && x->size1 == x->size2;
	for (size_t i = 0; square && i < x->size1; i++) /* of positive determinant */
		*gsl_matrix_ptr(x, i, i) += 2;
	if (w->model->counting.correct && hg_var_is_label(v) && n > 1) {
		fill_class(w, v, x);
		return;
	}
	if (n == 1 && !v->probability && w->both_signs)
		x->data[0] = copysign(x->data[0], sign_of(w, v));
	for (size_t i = 0; v->form && hg_model_says(w->model, HG_SAYS_SYMMETRIC) && i < x->size1; i++)
		for (size_t j = 0; j < i && i < x->size2; j++)
			gsl_matrix_set(x, i, j, gsl_matrix_get(x, j, i));
	if (!v->probability || !(w->model->softmax || hg_model_says(w->model, HG_SAYS_ONE_HOT)) || v->role != HG_ROLE_LABEL)
		return;
	hg_shape shape = hg_tape_shape(w->tape, w->node[v->id]);
	bool row = shape.raxis == HG_AXIS_SAMPLES || (w->model->axes.class_axis && shape.caxis == w->model->axes.class_axis);
	/* the labels of a sample add up to one */
	for (size_t s = 0; s < (row ? x->size1 : x->size2); s++) {
		double sum = 0;
		for (size_t k = 0; k < (row ? x->size2 : x->size1); k++)
			sum += row ? gsl_matrix_get(x, s, k) : gsl_matrix_get(x, k, s);
		for (size_t k = 0; k < (row ? x->size2 : x->size1); k++)
			*(row ? gsl_matrix_ptr(x, s, k) : gsl_matrix_ptr(x, k, s)) /= sum;
	}
}

/* ---- probabilities ---------------------------------------------------------------------------------------------------- */

typedef struct log_search {
	hg_doc_model *model;
	bool inside;
} log_search;

static bool is_log(const hg_expr *e)
{
	const hg_expr *f = e->op == HG_OP_CALL ? e->kid[0] : NULL;
	while (f && (f->op == HG_OP_TRANSPOSE || f->op == HG_OP_POW))
		f = f->kid[0];
	return f && f->op == HG_OP_NAME && hg_fn_is_log(hg_fn_find(f->name));
}

static bool see_log(void *self, const hg_expr *e)
{
	*(bool *)self = *(bool *)self || is_log(e);
	return true;
}

static bool mark(void *self, const hg_expr *e)
{
	hg_doc_model *model = self;
	hg_ref ref;
	bool name = hg_name_at(e, &model->habits, model->arena, &ref);
	if (name) {
		hg_var *v = hg_var_real(hg_model_find(model, &ref, NULL, false));
		if (v && !v->def && v->data && v->role != HG_ROLE_INPUT)
			v->probability = true;
	}
	return !name;
}

void hg_mark_probabilities(hg_doc_model *model)
{
	for (size_t i = 0; i < model->nvars; i++) {
		const hg_definition *d = model->var[i]->def;
		bool logs = false;
		if (d)
			hg_expr_visit(d->right, see_log, &logs);
		if (logs)
			hg_expr_visit(d->right, mark, model);
	}
}
