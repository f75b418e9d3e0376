/* What an assignment gives stays what it is, whatever a submission says of it. */
#include "model/building.h"

typedef struct use {
	hg_doc_model *model;
	const hg_ref *of;
	bool found;
} use;

static bool see_use(void *self, const hg_expr *e)
{
	use *u = self;
	hg_ref ref;
	if (hg_name_at(e, &u->model->habits, u->model->arena, &ref) && !ref.gradient && !ref.delta) {
		bool layers = !ref.layer == !u->of->layer && (!ref.layer || hg_expr_equal(ref.layer, u->of->layer));
		u->found |= layers && hg_str_equal(ref.base, u->of->base) && hg_str_equal(ref.label, u->of->label);
	}
	return !u->found;
}

static bool uses(hg_doc_model *model, const hg_expr *e, const hg_ref *of)
{
	use u = {.model = model, .of = of};
	hg_expr_visit(e, see_use, &u);
	return u.found;
}

/* Y = A_2, where the assignment has a Y and computes it from nothing: it is given there, and stays what it is. */
static bool is_given_otherwise(hg_doc_model *model, const hg_definition *d)
{
	bool used = false;
	for (size_t i = 0; i < model->ndefs; i++) {
		const hg_definition *theirs = model->def[i];
		if (theirs->given && theirs->lhs && uses(model, theirs->lhs, &d->left))
			return false;
		used = used || (theirs->given && uses(model, theirs->right, &d->left));
	}
	return used;
}

void hg_model_keep_given(hg_doc_model *model)
{
	for (size_t i = 0; i < model->ndefs; i++) {
		hg_definition *d = model->def[i];
		d->overruled = !d->given && !d->numeric && is_given_otherwise(model, d);
		d->rejected = d->rejected || d->overruled;
	}
}
