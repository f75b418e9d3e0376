/* Which link of a chain is 0, dL/da1 da1/dz2 dz2/dw2, and what was meant: the name of that kind which depends on what stands
 * below it. */
#include "lang/print/print.h"
#include "model/building.h"
#include "verdict/session.h"

static hg_var *var_of(hg_doc_model *model, const hg_expr *e)
{
	hg_ref ref;
	return e->op == HG_OP_NAME && hg_ref_of(e, &model->habits, model->arena, &ref) && !ref.gradient && !ref.delta
	           ? hg_var_real(hg_model_find(model, &ref, NULL, false))
	           : NULL;
}

/* The name of the same kind that is made of it directly: a2 for a1 over z2. */
static const hg_var *meant_above(hg_doc_model *model, const hg_var *v, const hg_var *by)
{
	for (size_t i = 0; i < model->nvars; i++) {
		const hg_var *u = model->var[i];
		if (u != v && !u->same && hg_str_equal(u->base, v->base) && u->def && hg_var_uses(model, u, by))
			return u;
	}
	return NULL;
}

typedef struct zero_search {
	hg_doc_model *model;
	hg_arena *scratch;
	const hg_expr *link;
	const hg_var *meant;
} zero_search;

static bool see_zero(void *self, const hg_expr *e)
{
	zero_search *z = self;
	if (e->op != HG_OP_DERIV || e->nkids != 2 || z->link)
		return !z->link;
	const hg_var *v = var_of(z->model, e->kid[0]), *by = var_of(z->model, e->kid[1]);
	if (v && by && v != by && v->def && !hg_var_rests_on(z->model, v, by)) {
		z->link = e;
		z->meant = meant_above(z->model, v, by);
	}
	return false;
}

hg_status hg_session_zero_link(hg_session *s, const hg_judged *j, hg_finding *f)
{
	zero_search z = {.model = &j->setting->model, .scratch = s->scratch};
	hg_mark mark = hg_arena_mark(s->scratch);
	hg_expr_visit(j->claim.right, see_zero, &z);
	hg_arena_release(s->scratch, mark);
	f->status = HG_S_CANNOT_TELL;
	const char *link = z.link ? hg_plain_of(z.link, s->arena) : NULL;
	if (z.link && !link)
		return HG_ENOMEM;
	HG_TRY(hg_finding_because_of(f, HG_CAUSE_ZERO_IN_CHAIN, link, s->arena));
	const hg_expr *meant = z.meant && z.meant->def->lhs && !z.meant->letter.n ? z.meant->def->lhs : NULL;
	const char *name = meant ? hg_plain_of(meant, s->arena) : NULL;
	return name ? hg_finding_meant(f, name, s->arena) : HG_OK;
}
