/* An expression with a name of its own stands for that name wherever it is written out: p = sigma(w x + b), z = w x + b. */
#include "model/building.h"

static bool may_be_shared(const hg_definition *d)
{
	bool compound = d->right->op == HG_OP_SUM_OF || d->right->op == HG_OP_PRODUCT;
	bool euler = hg_str_is(d->left.base, HG_L_EULER);
	return compound && !euler && d->lhs->op == HG_OP_NAME && !d->numeric && !d->inside && !d->code && !hg_is_loss_name(d->left.base);
}

/* One name, one meaning: no other equation defines it differently. */
static bool is_only(const hg_doc_model *model, const hg_definition *d)
{
	for (size_t i = 0; i < model->ndefs; i++) {
		const hg_definition *e = model->def[i];
		if (e != d && hg_str_equal(e->left.base, d->left.base) && hg_expr_equal(e->lhs, d->lhs) && !hg_expr_equal(e->right, d->right))
			return false;
	}
	return true;
}

static bool has(const hg_expr *e, const hg_expr *part)
{
	if (hg_expr_equal(e, part))
		return true;
	for (size_t i = 0; i < e->nkids; i++)
		if (has(e->kid[i], part))
			return true;
	return false;
}

static const hg_expr *with_name(hg_doc_model *model, const hg_expr *e, const hg_definition *d)
{
	if (hg_expr_equal(e, d->right))
		return d->lhs;
	hg_expr *copy = e->nkids ? hg_expr_copy(model->arena, e) : NULL;
	for (size_t i = 0; copy && i < e->nkids; i++)
		copy->kid[i] = (hg_expr *)with_name(model, e->kid[i], d);
	return copy ? copy : e;
}

/* Each is looked for in all: in a document of very many equations none is. */
void hg_model_share(hg_doc_model *model)
{
	enum { MOST = 200 };
	if (model->ndefs > MOST)
		return;
	for (size_t i = 0; i < model->ndefs; i++) {
		const hg_definition *d = model->def[i];
		if (!may_be_shared(d) || !is_only(model, d))
			continue;
		for (size_t k = 0; k < model->ndefs; k++) {
			hg_definition *e = model->def[k];
			bool inside = e != d && !e->numeric && e->section == d->section && !hg_expr_equal(e->right, d->right) &&
			              has(e->right, d->right) && !has(d->right, e->lhs);
			if (inside)
				e->right = with_name(model, e->right, d);
		}
	}
}
