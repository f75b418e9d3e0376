#include "names/declared.h"

static bool is_reals(const hg_expr *e)
{
	return e->op == HG_OP_NAME && !e->nindex && hg_str_is(hg_expr_spelling(e), HG_L_REALS) && (!e->accent || e->accent == HG_BLACKBOARD || e->accent == HG_BOLD);
}

bool hg_declares(const hg_statement *s, size_t k, hg_declared *d)
{
	const hg_expr *set = k && k < s->nsides && s->side[k].rel == HG_REL_IN ? s->side[k].e : NULL, *name = s->nsides ? s->side[0].e : NULL;
	*d = (hg_declared){.name = name};
	if (!set || !name || name->op != HG_OP_NAME)
		return false;
	if (is_reals(set))
		return true;
	if (set->op != HG_OP_POW || !is_reals(set->kid[0]))
		return false;
	const hg_expr *size = set->kid[1];
	bool two = size->op == HG_OP_PRODUCT && size->nkids == 2 && size->glue[0] == HG_GLUE_TIMES;
	d->nsizes = two ? 2 : 1;
	d->size[0] = two ? size->kid[0] : size;
	d->size[1] = two ? size->kid[1] : NULL;
	return two || size->op != HG_OP_PRODUCT || size->glue[0] != HG_GLUE_TIMES;
}
