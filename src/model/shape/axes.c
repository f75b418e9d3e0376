/* Axes: what a row or a column counts. Two that the equations show to be one are joined; two that the document gives sizes
 * of two names are not. */
#include "lang/form.h"
#include "model/building.h"
#include "model/shape/letters.h"
#include "names/declared.h"

unsigned hg_axis_new(hg_doc_model *model)
{
	unsigned axis = model->axes.naxes + 4 < HG_MOST_AXES ? model->axes.naxes++ : HG_MOST_AXES - 5;
	model->axes.axis_same[axis] = axis;
	return axis;
}

unsigned hg_shaper_axis(hg_shaper *s) { return hg_axis_new(s->model); }

static bool counts(unsigned axis) { return axis != HG_AXIS_ONE && axis != HG_AXIS_SAMPLES && axis < HG_MOST_AXES; }

unsigned hg_axis_now(const hg_doc_model *model, unsigned axis)
{
	while (counts(axis) && model->axes.axis_same[axis] != axis)
		axis = model->axes.axis_same[axis];
	return axis;
}

void hg_axis_close(hg_doc_model *model, unsigned axis)
{
	axis = hg_axis_now(model, axis);
	if (!counts(axis) || model->axes.axis_size[axis])
		return;
	model->axes.axis_same[axis] = HG_AXIS_ONE;
	for (size_t i = 0; i < model->nvars; i++) {
		hg_var *v = model->var[i];
		v->raxis = hg_axis_now(model, v->raxis);
		v->caxis = hg_axis_now(model, v->caxis);
	}
}

bool hg_axis_join(hg_doc_model *model, unsigned a, unsigned b)
{
	unsigned kept = hg_axis_now(model, a), other = hg_axis_now(model, b);
	if (kept == other)
		return true;
	if (!counts(kept) || !counts(other) || (model->axes.axis_size[kept] && model->axes.axis_size[other]))
		return false;
	if (model->axes.axis_size[other]) {
		unsigned swap = kept;
		kept = other;
		other = swap;
	}
	model->axes.axis_same[other] = kept;
	for (size_t i = 0; i < model->nvars; i++) {
		hg_var *v = model->var[i];
		v->raxis = hg_axis_now(model, v->raxis);
		v->caxis = hg_axis_now(model, v->caxis);
	}
	return true;
}

/* ---- declared shapes -------------------------------------------------------------------------------------------------- */

static unsigned axis_of_size(hg_doc_model *model, const hg_expr *size)
{
	if (size->op == HG_OP_NUM && size->number == 1)
		return HG_AXIS_ONE;
	if (hg_counts_samples(model, size))
		return HG_AXIS_SAMPLES;
	for (unsigned axis = HG_AXIS_SAMPLES + 1; axis < model->axes.naxes; axis++)
		if (model->axes.axis_size[axis] && hg_expr_equal(model->axes.axis_size[axis], size))
			return axis;
	unsigned axis = hg_axis_new(model);
	if (!model->axes.axis_size[axis])
		model->axes.axis_size[axis] = size;
	return axis;
}

/* The variable of a declaration; NULL: it is of none. */
static hg_var *declared_variable(hg_doc_model *model, const hg_declared *d)
{
	hg_ref ref;
	if (!hg_ref_of(d->name, &model->habits, model->arena, &ref) || ref.gradient || ref.delta || ref.ncomp)
		return NULL;
	return hg_var_real(hg_model_find(model, &ref, NULL, false));
}

static bool declaration(const hg_statement *s, hg_declared *d)
{
	size_t k = 1;
	while (k < s->nsides && !hg_declares(s, k, d))
		k++;
	return k < s->nsides;
}

/* m of X in R^{n x m}, by its letter a number of samples, and on no parameter. */
static bool counts_declared_samples(hg_doc_model *model, const hg_expr *size)
{
	bool wide = false;
	size_t place = 0; /* samples are rows throughout, or columns */
	for (size_t i = 0; i < model->said->n; i++) {
		hg_declared d;
		const hg_var *v = declaration(&model->said->at[i], &d) ? declared_variable(model, &d) : NULL;
		for (size_t n = 0; v && n < d.nsizes; n++) {
			if (!hg_expr_equal(d.size[n], size))
				continue;
			bool elsewhere = wide && d.nsizes == 2 && n != place; /* A in R^{m x n}, X in R^{n x m}: of units both */
			if (v->def || hg_var_is_parameter(v) || elsewhere || (d.nsizes == 2 && hg_counts_samples(model, d.size[1 - n])))
				return false;
			place = d.nsizes == 2 ? n : place;
			wide = wide || d.nsizes == 2;
		}
	}
	return wide;
}

static bool see_weighed(void *self, const hg_expr *e)
{
	bool *found = self;
	for (size_t i = 0; e->op == HG_OP_PRODUCT && i + 2 < e->nkids; i++)
		*found = *found || (hg_form_middle(e, i) && e->kid[i + 2]->op == HG_OP_SUM_OF);
	return !*found;
}

/* (y - X b)^T D (y - X b): a matrix with a row and a column for each sample, so that all of them are one array. */
static bool weighs_all(const hg_doc_model *model)
{
	bool found = false;
	for (size_t i = 0; i < model->said->n && !found; i++)
		for (size_t k = 0; k < model->said->at[i].nsides; k++)
			if (model->said->at[i].side[k].e)
				hg_expr_visit(model->said->at[i].side[k].e, see_weighed, &found);
	return found;
}

/* Where two letters could count samples, Q in R^{n x d} beside K in R^{m x d}, neither does: these are matrices. */
static void find_declared_count(hg_doc_model *model)
{
	const size_t before = model->counting.ncounts;
	if (weighs_all(model))
		return;
	for (size_t i = 0; i < model->said->n && model->counting.ncounts < sizeof model->counting.count / sizeof *model->counting.count; i++) {
		hg_declared d;
		if (!declaration(&model->said->at[i], &d))
			continue;
		for (size_t n = 0; n < d.nsizes; n++) {
			const hg_expr *size = d.size[n];
			bool letter = size->op == HG_OP_NAME && !size->nindex && hg_is_count_name(size->name) && !hg_counts_samples(model, size);
			if (letter && model->counting.ncounts < sizeof model->counting.count / sizeof *model->counting.count && counts_declared_samples(model, size))
				model->counting.count[model->counting.ncounts++] = size->name;
		}
	}
	if (model->counting.ncounts > before + 1)
		model->counting.ncounts = before;
}

void hg_model_declared(hg_doc_model *model)
{
	find_declared_count(model);
	for (size_t i = 0; i < model->said->n; i++) {
		const hg_statement *s = &model->said->at[i];
		hg_declared d;
		hg_ref ref;
		size_t k = 1;
		while (k < s->nsides && !hg_declares(s, k, &d))
			k++;
		if (k >= s->nsides || !hg_ref_of(d.name, &model->habits, model->arena, &ref) || ref.gradient || ref.delta || ref.ncomp)
			continue;
		hg_var *v = hg_var_real(hg_model_find(model, &ref, NULL, d.nsizes > 0)); /* d tr(A X)/dX: no equation need have it */
		hg_said_shape *shape = v && !v->said ? HG_NEW(model->arena, hg_said_shape) : NULL;
		if (!shape)
			continue;
		shape->n = d.nsizes;
		for (size_t n = 0; n < d.nsizes; n++)
			shape->axis[n] = axis_of_size(model, d.size[n]);
		v->said = shape;
	}
}
