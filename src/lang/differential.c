#include "lang/differential.h"
#include "lang/function.h"

#include <string.h>

/* X of dX. */
static hg_str within(const hg_expr *e)
{
	bool name = e->op == HG_OP_NAME && hg_has_differential(e->name) && hg_fn_find(e->name) == HG_NFNS;
	return name ? hg_str_part(e->name, 1, e->name.n) : (hg_str){0};
}

typedef struct name_search {
	hg_str name;
	bool found;
} name_search;

static bool see_name(void *self, const hg_expr *e)
{
	name_search *s = self;
	s->found = s->found || (e->op == HG_OP_NAME && hg_str_equal(e->name, s->name));
	return !s->found;
}

typedef struct part_search {
	const hg_expr *of;
	bool found;
} part_search;

static bool see_part(void *self, const hg_expr *e)
{
	part_search *p = self;
	name_search s = {.name = within(e)};
	if (s.name.n)
		hg_expr_visit(p->of, see_name, &s);
	p->found = p->found || s.found;
	return !p->found;
}

static bool is_sign(const hg_expr *e) { return e->op == HG_OP_NAME && !e->nindex && hg_str_is(e->name, HG_L_DIFFERENTIAL); }

/* What the operator is applied to; NULL: there is none, or no memory. */
static hg_expr *operand(const hg_expr *e, hg_arena *arena)
{
	if (e->op == HG_OP_CALL && e->nkids == 2 && is_sign(e->kid[0]))
		return e->kid[1];
	const hg_str f = e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME && hg_has_differential(e->kid[0]->name) ? hg_str_part(e->kid[0]->name, 1, e->kid[0]->name.n) : (hg_str){0};
	if (f.n && hg_fn_find(f) != HG_NFNS) { /* dtr(A X) */
		hg_expr *copy = hg_expr_copy(arena, e);
		if (copy)
			copy->kid[0]->name = f;
		return copy;
	}
	if (e->op != HG_OP_PRODUCT || !is_sign(e->kid[0]) || e->glue[0] != HG_GLUE_NONE)
		return NULL;
	if (e->nkids == 2)
		return e->kid[1];
	hg_expr *rest = hg_expr_new(arena, HG_OP_PRODUCT, e->span, e->nkids - 1);
	if (!rest)
		return NULL;
	memcpy(rest->kid, e->kid + 1, rest->nkids * sizeof *rest->kid);
	memcpy(rest->glue, e->glue + 1, (rest->nkids - 1) * sizeof *rest->glue);
	return rest;
}

bool hg_differentials_take(hg_statements *said, hg_arena *arena)
{
	for (size_t i = 0; i < said->n; i++) {
		hg_statement *s = &said->at[i];
		hg_expr *left = s->nsides > 1 ? s->side[0].e : NULL, *of = left && s->side[1].e ? operand(left, arena) : NULL;
		part_search p = {.of = of};
		for (size_t k = 1; of && k < s->nsides; k++)
			if (s->side[k].e)
				hg_expr_visit(s->side[k].e, see_part, &p);
		hg_expr *d = p.found ? hg_expr_new(arena, HG_OP_DERIV, left->span, 1) : NULL;
		if (p.found && !d)
			return false;
		if (!d)
			continue;
		d->word = HG_STR(HG_L_DIFFERENTIAL);
		d->kid[0] = of;
		s->side[0].e = d;
	}
	return true;
}
