/* Questions about variables and what is said of them, which the whole model asks. */
#include "model/building.h"

#include <string.h>

hg_var *hg_var_real(hg_var *v)
{
	for (int hops = 0; v && v->same && hops < 8; hops++)
		v = v->same;
	return v;
}

size_t hg_model_epoch(const hg_doc_model *model, size_t statement)
{
	size_t epoch = 0;
	while (epoch < model->nepochs && model->epoch[epoch] <= statement)
		epoch++;
	return epoch;
}

bool hg_var_is_parameter(const hg_var *v)
{
	return hg_str_any(v->base, HG_LIST_PARAMETERS) || (v->base.n == 2 && v->base.p[1] == '_'); /* a letter of counts or rates that is a quantity */
}

bool hg_var_is_label(const hg_var *v)
{
	return hg_str_any(v->base, HG_LIST_LABELS, HG_L_PREDICTION, HG_LIST_OTHER_LABELS);
}

typedef struct mention {
	hg_doc_model *model;
	const hg_var *v;
	bool found;
} mention;

static bool see_mention(void *self, const hg_expr *e)
{
	mention *m = self;
	hg_ref ref;
	bool name = hg_name_at(e, &m->model->habits, m->model->arena, &ref);
	if (name && !ref.gradient)
		m->found = m->found || hg_model_find(m->model, &ref, NULL, false) == m->v;
	return !m->found && !name;
}

bool hg_expr_mentions(hg_doc_model *model, const hg_expr *e, const hg_var *v)
{
	mention m = {model, v, false};
	hg_expr_visit(e, see_mention, &m);
	return m.found;
}

bool hg_is_length(const hg_expr *e) { return e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME && hg_fn_find(e->kid[0]->name) == HG_FN_LEN; }

bool hg_counts_samples(const hg_doc_model *m, const hg_expr *e)
{
	if (hg_is_length(e)) /* / len(x), / x.shape[0] */
		return true;
	for (size_t i = 0; e->op == HG_OP_NAME && i < m->counting.ncounts; i++)
		if (hg_str_equal(e->name, m->counting.count[i]) && !e->nindex)
			return true;
	for (size_t i = 0; e->op == HG_OP_PRODUCT && i < e->nkids; i++)
		if (hg_counts_samples(m, e->kid[i]))
			return true;
	return false;
}
