/* What one sample adds to a cost: the body of its sum over the samples, or the logarithm of a factor of the likelihood. */
#include "world/world.h"

#include "model/said/sums.h"

typedef struct taker {
	hg_doc_model *model;
	const hg_expr *sum; /* over the samples; NULL: not found yet */
	bool norm; /* it is the norm of what may be one sample as well as all */
	int depth;
} taker;

static const hg_expr *take(taker *t, const hg_expr *e);

/* The same node around the one kid that has the sum; NULL where several have it, or none. */
static const hg_expr *around_one(taker *t, const hg_expr *e)
{
	const hg_expr *inner = NULL;
	size_t at = 0;
	for (size_t i = e->op == HG_OP_CALL; i < e->nkids; i++) {
		const hg_expr *one = take(t, e->kid[i]);
		if (one && inner)
			return NULL;
		inner = one ? one : inner;
		at = one ? i : at;
	}
	hg_expr *copy = inner ? hg_expr_copy(t->model->arena, e) : NULL;
	if (copy)
		copy->kid[at] = (hg_expr *)inner;
	return copy;
}

static bool is_log(const hg_expr *e)
{
	return e->op == HG_OP_CALL && e->nkids == 2 && e->kid[0]->op == HG_OP_NAME && hg_fn_is_log(hg_fn_find(e->kid[0]->name));
}

/* log of a product over the samples, perhaps by its name: log L(theta). */
static const hg_expr *take_log(taker *t, const hg_expr *e)
{
	const hg_expr *x = e->kid[1];
	const hg_expr *name = x->op == HG_OP_CALL ? x->kid[0] : x;
	hg_ref ref;
	hg_var *v = name->op == HG_OP_NAME && hg_ref_of(name, &t->model->habits, t->model->arena, &ref)
	                ? hg_var_real(hg_model_find(t->model, &ref, NULL, false))
	                : NULL;
	if (v && v->total && v->def && !v->letter.n)
		x = v->def->right;
	hg_expr *copy = x->op == HG_OP_PROD && hg_sum_letter(x) ? hg_expr_copy(t->model->arena, e) : NULL;
	if (!copy)
		return NULL;
	t->sum = x;
	copy->kid[1] = x->kid[0];
	return copy;
}

static const hg_expr *take(taker *t, const hg_expr *e)
{
	const hg_expr *out = NULL;
	if (++t->depth > 20)
		return NULL;
	switch (e->op) {
	case HG_OP_SUM:
		if (hg_sum_letter(e)) {
			t->sum = e;
			out = e->kid[0];
		}
		break;
	case HG_OP_NEG:
	case HG_OP_BOX:
	case HG_OP_BRACE:
	case HG_OP_PRODUCT:
	case HG_OP_FRAC:
		out = around_one(t, e);
		break;
	case HG_OP_NORM: /* ||A - Y||, and nothing says that A is of several */
		t->norm = !t->model->layout.batch && !t->model->total.mean;
		out = t->norm ? e : NULL;
		break;
	case HG_OP_POW:
		out = e->kid[0]->op == HG_OP_NORM && take(t, e->kid[0]) ? e : NULL;
		break;
	case HG_OP_SUM_OF: /* and a penalty, which no sample adds */
		out = take(t, e->kid[0]);
		break;
	case HG_OP_CALL:
		out = is_log(e) ? take_log(t, e) : NULL;
		break;
	default:
		break;
	}
	t->depth--;
	return out;
}

const hg_expr *hg_sample_term(hg_doc_model *model, const hg_expr *cost, const hg_expr **sum)
{
	taker t = {.model = model};
	const hg_expr *term = take(&t, cost);
	if (!term || !(t.sum || t.norm))
		return NULL;
	*sum = t.sum;
	return term;
}
