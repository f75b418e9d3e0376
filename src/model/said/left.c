/* The name on a left side, and letters that count. */
#include "model/building.h"
#include "model/said/collecting.h"

/* The name on a left side: a bare name, or a name applied to what it depends on: L(a, y), z(x). */
bool hg_defined_name(hg_doc_model *model, const hg_expr *left, hg_ref *ref)
{
	const hg_expr *e = left;
	while (e->op == HG_OP_BOX || e->op == HG_OP_BRACE)
		e = e->kid[0];
	bool function = e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME &&
	                (hg_fn_find(e->kid[0]->name) != HG_NFNS || hg_str_is(e->kid[0]->name, HG_L_SIGMOID));
	if (e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME && !function)
		e = e->kid[0];
	if (e->op != HG_OP_NAME && e->op != HG_OP_POW && e->op != HG_OP_SLICE)
		return false;
	if (model->habits.small_layers && e->op == HG_OP_NAME && !e->nindex && hg_str_is(e->name, HG_L_LAYER)) /* for the layer l = n_l */
		return false;
	return hg_ref_of(e, &model->habits, model->arena, ref) && !ref->gradient && !ref->delta && !ref->primed &&
	       !ref->power && !ref->transposed && !hg_is_rate_name(ref->base);
}

bool hg_is_count_letter(const hg_doc_model *m, const hg_expr *e)
{
	return e && e->op == HG_OP_NAME && !e->nindex && hg_is_count_name(e->name) && !hg_is_quantity(&m->habits, e->name);
}
