/* Quadratic forms: x^T A x of a vector, (y - X b)^T M (y - X b) of an expression. Their matrices have a row and a column for every
 * entry of what stands on both sides. */
#include "lang/form.h"
#include "model/shape/sym.h"

bool hg_form_of_vector(hg_shaper *s, const hg_expr *e, size_t i)
{
	hg_ref left, right;
	hg_doc_model *m = s->model;
	if (!hg_ref_of(e->kid[i], &m->habits, m->arena, &left) || !hg_ref_of(e->kid[i + 2], &m->habits, m->arena, &right) ||
	    !left.transposed || right.transposed || left.ncomp || right.ncomp || e->kid[i + 1]->op != HG_OP_NAME)
		return false;
	const hg_var *v = hg_var_real(hg_model_find(m, &right, s->local, true));
	return v && v == hg_var_real(hg_model_find(m, &left, s->local, true));
}

bool hg_form_take(hg_shaper *s, hg_sym x, hg_sym a)
{
	if (!hg_sym_known(x))
		x = hg_sym_assign(s, x, hg_shaper_axis(s), HG_AXIS_ONE);
	if (hg_sym_known(a) || x.c != HG_AXIS_ONE)
		return false;
	hg_var_real(a.leaf)->form = true;
	hg_sym_assign(s, a, x.r, x.r);
	return true;
}

hg_var *hg_form_weight(hg_shaper *s, const hg_expr *product, size_t i)
{
	const hg_expr *middle = hg_form_middle(product, i);
	hg_ref ref;
	bool plain = middle && hg_ref_of(middle, &s->model->habits, s->model->arena, &ref) && !ref.ncomp && !ref.transposed;
	hg_var *v = plain ? hg_var_real(hg_model_find(s->model, &ref, s->local, true)) : NULL;
	if (v)
		v->form = true;
	return v && product->kid[i + 2]->op == HG_OP_SUM_OF ? v : NULL;
}
