/* Is a right side linear in the loss, as dL/do W^T is and a - y is not? Then whether it is the derivative of the loss
 * does not rest on which loss it is: the two are linear maps of the loss's own derivative, and maps that differ do so
 * for all losses but those whose derivative lies just where they agree. */
#include "verdict/conclude.h"

static int degree(hg_doc_model *model, const hg_expr *e);

enum { NOT_LINEAR = -9 };

typedef struct output_search {
	hg_doc_model *model;
	bool found;
} output_search;

static bool see_output(void *self, const hg_expr *e)
{
	output_search *o = self;
	hg_ref ref;
	bool name = hg_name_at(e, &o->model->habits, o->model->arena, &ref);
	if (name && !hg_is_rate_name(ref.base) && !hg_is_count_name(ref.base)) {
		const hg_var *v = hg_var_real(hg_model_find(o->model, &ref, NULL, false));
		o->found = o->found || !v || v->role == HG_ROLE_LABEL || v == o->model->lossy.prediction;
	}
	return !o->found && !name;
}

/* lambda W beside dL/do h^T: with neither a label nor the prediction in it, it is no part of a loss's derivative. */
static bool apart(hg_doc_model *model, const hg_expr *e)
{
	output_search o = {.model = model};
	hg_expr_visit(e, see_output, &o);
	return !o.found;
}

static int of_terms(hg_doc_model *model, const hg_expr *e, size_t step)
{
	int all = 0;
	bool any = false, constant = false;
	for (size_t i = 0; i < e->nkids; i += step) {
		const hg_expr *t = e->kid[i];
		if (t->op == HG_OP_NUM && t->number == 0)
			continue;
		int d = degree(model, t);
		if (!d && apart(model, t)) {
			constant = true;
			continue;
		}
		if (any && d != all)
			return NOT_LINEAR;
		all = d;
		any = true;
	}
	return any || !constant ? all : 0;
}

static int of_factors(hg_doc_model *model, const hg_expr *e)
{
	int all = 0;
	for (size_t i = 0; i < e->nkids; i++) {
		int d = degree(model, e->kid[i]);
		bool below = (e->op == HG_OP_FRAC && i == 1) || (e->op == HG_OP_PRODUCT && i && e->glue[i - 1] == HG_GLUE_DIV);
		if (d < 0)
			return NOT_LINEAR;
		all += below ? -d : d;
	}
	return all;
}

static int of_name(hg_doc_model *model, const hg_expr *e)
{
	hg_ref ref;
	if (!hg_ref_of(e, &model->habits, model->arena, &ref))
		return 0;
	if (ref.gradient || (ref.delta && ref.ncomp != 2) || hg_is_loss_name(ref.base))
		return 1;
	const hg_var *v = hg_model_find(model, &ref, NULL, false);
	const hg_expr *derivative = hg_model_signal_beside(model, &ref, v, model->arena);
	return derivative ? degree(model, derivative) : 0;
}

static int of_call(hg_doc_model *model, const hg_expr *e)
{
	hg_fn fn = e->kid[0]->op == HG_OP_NAME ? hg_fn_find(e->kid[0]->name) : HG_NFNS;
	hg_ref ref;
	bool linear = fn == HG_FN_SUM_OVER || fn == HG_FN_MEAN || fn == HG_FN_DIAG || fn == HG_FN_TRANSPOSE_OF || fn == HG_FN_DOT ||
	              fn == HG_FN_MULTIPLY || fn == HG_FN_OUTER || fn == HG_FN_PRODUCT_OVER;
	if (e->kid[0]->op == HG_OP_NAME && fn == HG_NFNS && hg_ref_of(e->kid[0], &model->habits, model->arena, &ref) &&
	    hg_is_loss_name(ref.base))
		return 1;
	int all = 0;
	for (size_t i = 1; i < e->nkids; i++) {
		int d = e->kid[i]->op == HG_OP_KWARG ? 0 : degree(model, e->kid[i]);
		if (d < 0 || (d && !linear))
			return NOT_LINEAR;
		all += d;
	}
	return all;
}

static int degree(hg_doc_model *model, const hg_expr *e)
{
	hg_ref ref;
	switch (e->op) {
	case HG_OP_NUM:
	case HG_OP_INDICATOR:
	case HG_OP_COMPARE:
	case HG_OP_TEXT:
		return 0;
	case HG_OP_NAME:
	case HG_OP_SLICE:
		return of_name(model, e);
	case HG_OP_POW:
		if (hg_ref_of(e, &model->habits, model->arena, &ref) && !ref.power)
			return of_name(model, e);
		return degree(model, e->kid[0]) ? NOT_LINEAR : 0;
	case HG_OP_PRODUCT:
	case HG_OP_FRAC:
		return of_factors(model, e);
	case HG_OP_SUM_OF:
	case HG_OP_MATRIX:
		return of_terms(model, e, 1);
	case HG_OP_CASES:
		return of_terms(model, e, 2);
	case HG_OP_CALL:
		return of_call(model, e);
	default:
		return e->nkids ? degree(model, e->kid[0]) : 0;
	}
}

bool hg_judged_of_any_loss(const hg_judged *j)
{
	return j->claim.sort == HG_SORT_DERIVATIVE && degree(&j->setting->model, j->claim.right) == 1;
}
