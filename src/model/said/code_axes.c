/* Code that reduces arrays over a named axis on its way forward, as normalisation does: its arrays are what they are in
 * numpy, with rows and columns, and nothing in it is of one sample. */
#include "model/building.h"
#include "model/shape/letters.h"
#include "words.def"

#include <string.h>

bool hg_named_axis(const hg_expr *call, unsigned *axis)
{
	for (size_t i = 1; call->op == HG_OP_CALL && i < call->nkids; i++) {
		const hg_expr *e = call->kid[i];
		bool named = e->op == HG_OP_KWARG && hg_str_is(e->word, HG_W_AXIS) && e->kid[0]->op == HG_OP_NUM;
		if (named && (e->kid[0]->number == 0 || e->kid[0]->number == 1)) {
			*axis = (unsigned)e->kid[0]->number;
			return true;
		}
	}
	return false;
}

/* Means along an axis; a sum, or the largest entry, is what a softmax needs. */
static bool see_mean(void *self, const hg_expr *e)
{
	bool *found = self;
	unsigned axis;
	const hg_fn fn = e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME ? hg_fn_find(e->kid[0]->name) : HG_NFNS;
	*found = *found || ((fn == HG_FN_MEAN || fn == HG_FN_VARIANCE) && hg_named_axis(e, &axis));
	return !*found;
}

static bool is_code(const hg_doc_model *model, const hg_statement *s) { return model->said->doc->stretch[s->stretch].kind == HG_STRETCH_CODE; }

/* The name that a line of code assigns; NULL: none. */
static const hg_expr *assigned(hg_doc_model *model, const hg_statement *s, hg_ref *ref)
{
	const hg_expr *left = is_code(model, s) && s->nsides == 2 ? s->side[0].e : NULL;
	return left && s->side[1].e && hg_name_at(left, &model->habits, model->arena, ref) ? left : NULL;
}

static bool keeps_dimensions(const hg_expr *call)
{
	for (size_t i = 1; i < call->nkids; i++)
		if (call->kid[i]->op == HG_OP_KWARG && hg_str_is(call->kid[i]->word, HG_W_KEEPDIMS))
			return true;
	return false;
}

bool hg_gradient_is_summed(hg_doc_model *model, const hg_var *v)
{
	for (size_t i = 0; i < model->said->n; i++) {
		hg_ref ref;
		unsigned axis;
		const hg_statement *s = &model->said->at[i];
		if (assigned(model, s, &ref) && ref.gradient && hg_named_axis(s->side[1].e, &axis) && !axis && hg_var_real(hg_model_find(model, &ref, NULL, false)) == v)
			return true;
	}
	return false;
}

bool hg_code_counts_rows(hg_doc_model *model)
{
	bool over[2] = {false};
	for (size_t i = 0; i < model->said->n; i++) {
		hg_ref ref;
		unsigned axis;
		const hg_statement *s = &model->said->at[i];
		if (assigned(model, s, &ref) && ref.gradient && hg_named_axis(s->side[1].e, &axis))
			over[axis] = true;
	}
	return over[0] && !over[1];
}

void hg_model_plain_arrays(hg_doc_model *model)
{
	for (size_t i = 0; i < model->said->n && !model->layout.plain; i++) {
		hg_ref ref;
		const hg_statement *s = &model->said->at[i];
		if (assigned(model, s, &ref) && !ref.gradient && !ref.delta && !hg_is_loss_name(ref.base))
			hg_expr_visit(s->side[1].e, see_mean, &model->layout.plain);
	}
	if (model->layout.plain) {
		model->counting.ncounts = 0;
		model->total.mean = model->total.divides = false; /* what is divided there is a statistic, and no cost */
	}
	size_t sums[2] = {0};
	for (size_t i = 0; i < model->said->n && model->layout.plain; i++) { /* dg = np.sum(dy * h, axis=0) */
		hg_ref ref;
		unsigned axis;
		const hg_statement *s = &model->said->at[i];
		if (assigned(model, s, &ref) && ref.gradient && hg_named_axis(s->side[1].e, &axis))
			sums[axis && keeps_dimensions(s->side[1].e)]++; /* what has one axis left lies along the last, whatever was added over */
	}
	if (sums[0] || sums[1])
		model->layout.reduced = sums[1] > sums[0] ? 2 : 1; /* an array of one axis lies along the last, where lines disagree */
}
