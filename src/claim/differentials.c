/* Which lines are of total differentials. */
#include "claim/reading.h"
#include "model/building.h"

typedef struct differential_search {
	hg_doc_model *model;
	const hg_var *of; /* of the left side; NULL: of an expression */
	bool any, all;    /* there are such, of nothing but what the left side is computed from */
} differential_search;

static bool see(void *self, const hg_expr *e)
{
	differential_search *d = self;
	hg_ref ref;
	if (e->op == HG_OP_DERIV)
		d->all = false;
	if (!hg_name_at(e, &d->model->habits, d->model->arena, &ref))
		return true;
	if (ref.gradient && !ref.delta) {
		const hg_var *v = hg_var_real(hg_model_find(d->model, &ref, NULL, false));
		d->any = true;
		d->all = d->all && v && (!d->of || hg_var_rests_on(d->model, d->of, v));
	}
	return false;
}

bool hg_line_is_of_differentials(hg_doc_model *model, const hg_expr *left, const hg_expr *right)
{
	hg_ref ref;
	differential_search d = {.model = model, .all = true};
	bool operator = left->op == HG_OP_DERIV && left->nkids == 1 && hg_str_is(left->word, HG_L_DIFFERENTIAL);
	if (!operator) {
		if (left->op != HG_OP_NAME || !hg_ref_of(left, &model->habits, model->arena, &ref) || !ref.gradient || ref.delta)
			return false;
		d.of = hg_var_real(hg_model_find(model, &ref, NULL, false));
		if (!d.of || !d.of->def)
			return false;
	}
	hg_expr_visit(right, see, &d);
	return d.any && d.all;
}
