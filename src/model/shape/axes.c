/* Axes: what a row or a column counts. Two that the equations show to be one are joined; two that the document gives sizes
 * of two names are not. */
#include "model/building.h"
#include "model/shape/letters.h"
#include "names/declared.h"

unsigned hg_axis_new(hg_doc_model *model)
{
	unsigned axis = model->naxes + 4 < HG_MOST_AXES ? model->naxes++ : HG_MOST_AXES - 5;
	model->axis_same[axis] = axis;
	return axis;
}

unsigned hg_shaper_axis(hg_shaper *s) { return hg_axis_new(s->model); }

static bool counts(unsigned axis) { return axis != HG_AXIS_ONE && axis != HG_AXIS_SAMPLES && axis < HG_MOST_AXES; }

unsigned hg_axis_now(const hg_doc_model *model, unsigned axis)
{
	while (counts(axis) && model->axis_same[axis] != axis)
		axis = model->axis_same[axis];
	return axis;
}

bool hg_axis_join(hg_doc_model *model, unsigned a, unsigned b)
{
	unsigned kept = hg_axis_now(model, a), other = hg_axis_now(model, b);
	if (kept == other)
		return true;
	if (!counts(kept) || !counts(other) || (model->axis_size[kept] && model->axis_size[other]))
		return false;
	if (model->axis_size[other]) {
		unsigned swap = kept;
		kept = other;
		other = swap;
	}
	model->axis_same[other] = kept;
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
	for (unsigned axis = HG_AXIS_SAMPLES + 1; axis < model->naxes; axis++)
		if (model->axis_size[axis] && hg_expr_equal(model->axis_size[axis], size))
			return axis;
	unsigned axis = hg_axis_new(model);
	if (!model->axis_size[axis])
		model->axis_size[axis] = size;
	return axis;
}

void hg_model_declared(hg_doc_model *model)
{
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
