/* What a line states, and every derivative it rests on. */
#include "verdict/bind_grounds.h"

#include "model/said/kinds.h"
#include "verdict/bound.h"

#include <string.h>

enum { MOST_CITES = 64, MOST_NAMES = 64 };

/* ---- what a side rests on ------------------------------------------------------------------------------------------ */

typedef struct citing {
	hg_doc_model *model;
	const hg_statements *assignment;
	hg_arena *arena;
	bool own;    /* a name of the document's own was met */
	bool slopes; /* of functions: they are quantities like others where no slope is asked for */
	size_t n, nseen;
	hg_bound *cites;
	const hg_definition *seen[MOST_NAMES];
} citing;

static void cite(citing *c, hg_bound bound)
{
	for (size_t i = 0; i < c->n; i++)
		if (bound.of && bound.by && !strcmp(c->cites[i].of, bound.of) && !strcmp(c->cites[i].by, bound.by))
			return;
	if (!bound.of || !bound.by)
		return;
	if (c->n == MOST_CITES) /* more than is kept count: something of which nothing is known */
		c->cites[MOST_CITES - 1] = (hg_bound){.of = "?", .by = "?"};
	else
		c->cites[c->n++] = bound;
}

/* A letter that stands for nothing the model knows. */
static bool is_nobodys(hg_doc_model *model, const hg_expr *e, const hg_ref *ref)
{
	bool known = hg_model_find(model, ref, NULL, false) || hg_model_function(model, ref, NULL) || hg_is_known_function(e) ||
	             hg_names_function(e) || hg_is_count_name(ref->base);
	return !known && !ref->primed && !hg_str_is(ref->base, HG_L_EULER);
}

static bool see(void *self, const hg_expr *e);

typedef struct var_search {
	hg_doc_model *model;
	const hg_var *of;
	bool found;
} var_search;

static bool see_var(void *self, const hg_expr *e)
{
	var_search *v = self;
	hg_ref ref;
	if (hg_name_at(e, &v->model->habits, v->model->arena, &ref))
		v->found |= hg_model_find(v->model, &ref, NULL, false) == v->of;
	return !v->found;
}

/* Is it a quantity of the assignment, computed there or given? */
static bool is_theirs(const citing *c, const hg_var *var)
{
	var_search v = {.model = c->model, .of = var, .found = var->def && var->def->given};
	for (size_t i = 0; i < c->assignment->n && !v.found; i++)
		for (size_t k = 0; k < c->assignment->at[i].nsides; k++)
			hg_expr_visit(c->assignment->at[i].side[k].e, see_var, &v);
	return v.found;
}

/* What a name of the document's own stands for. */
static void follow(citing *c, const hg_ref *ref)
{
	const hg_var *named = hg_model_find(c->model, ref, NULL, false);
	c->own = c->own || (named && !named->def && !named->same && !is_theirs(c, named)); /* a^{[0]}, of which nobody speaks */
	for (int hops = 0; named && hops < 8; named = named->same, hops++) {
		const hg_definition *d = named->def;
		bool again = false;
		for (size_t i = 0; d && i < c->nseen; i++)
			again |= c->seen[i] == d;
		if (!d || d->given || again)
			continue;
		if (c->nseen == MOST_NAMES) {
			cite(c, (hg_bound){.of = "?", .by = "?"});
			continue;
		}
		c->seen[c->nseen++] = d;
		c->own = c->own || !d->guessed;
		hg_expr_visit(d->right, see, c);
	}
}

static bool see(void *self, const hg_expr *e)
{
	citing *c = self;
	hg_bound bound;
	hg_ref ref;
	if (e->op == HG_OP_PRIME && hg_name_at(e->kid[0], &c->model->habits, c->arena, &ref) && hg_is_loss_name(ref.base))
		cite(c, (hg_bound){.of = "", .by = "?"}); /* J'(W) */
	if (e->op == HG_OP_PRIME && e->kid[0]->op != HG_OP_NAME)
		cite(c, (hg_bound){.of = "?", .by = "?"}); /* (x^2)' */
	if (c->slopes && hg_slope_of(e, c->arena, &bound))
		cite(c, bound);
	if (hg_bound_of(c->model, e, c->arena, &bound)) {
		if (c->slopes || strcmp(bound.by, "'") != 0)
			cite(c, bound);
		if (e->op == HG_OP_NAME && hg_name_at(e, &c->model->habits, c->arena, &ref))
			c->own = c->own || (!ref.gradient && !ref.delta);
		return e->op == HG_OP_DERIV && strcmp(bound.of, "?") == 0; /* what stands under the sign may hold another */
	}
	if (hg_name_at(e, &c->model->habits, c->arena, &ref)) {
		c->own = c->own || is_nobodys(c->model, e, &ref);
		follow(c, &ref);
		return false; /* its indices are no quantities */
	}
	if (e->op == HG_OP_SUM || e->op == HG_OP_PROD) { /* nor is what it runs over */
		hg_expr_visit(e->kid[0], see, c);
		return false;
	}
	return true;
}

hg_status hg_grounds_of(hg_session *s, const hg_expr *left, const hg_expr *right, hg_grounds *g)
{
	citing c = {.model = &s->now->model, .assignment = s->assignment, .arena = s->arena, .cites = HG_NEWS(s->arena, MOST_CITES, hg_bound)};
	*g = (hg_grounds){.own_name = g->own_name};
	if (!c.cites)
		return HG_ENOMEM;
	g->whole = hg_side_states(c.model, left, s->arena, &g->states);
	g->other = g->whole ? right : NULL;
	if (!g->whole && hg_side_states(c.model, right, s->arena, &g->states)) {
		g->whole = true;
		g->other = left;
	}
	if (!g->whole) { /* one derivative inside the left side: nearly a statement of it */
		hg_expr_visit(left, see, &c);
		if (c.n == 1) {
			g->states = c.cites[0];
			g->other = right;
		}
	}
	if (g->whole || g->other)
		c.n = c.nseen = 0;
	c.slopes = g->states.by && strcmp(g->states.by, "'") == 0;
	hg_expr_visit(g->other ? g->other : right, see, &c);
	const hg_expr *stated = g->other == left ? right : left;
	g->whole = g->whole && !hg_bound_is_part(c.model, hg_side_core(stated), s->arena);
	g->plain = g->whole && hg_side_core(stated) == hg_side_bare(stated);
	g->own_letters = c.own;
	g->behind = HG_NEWS(s->arena, c.nseen + 1, const hg_expr *);
	for (; g->behind && g->nbehind < c.nseen; g->nbehind++)
		g->behind[g->nbehind] = c.seen[g->nbehind]->right;
	g->cites = c.cites;
	g->ncites = c.n;
	return hg_arena_failed(s->arena) ? HG_ENOMEM : HG_OK;
}

static const hg_var *stated_variable(hg_doc_model *model, const hg_expr *side, hg_arena *arena)
{
	hg_ref ref;
	side = hg_side_core(side);
	if (side->op == HG_OP_DERIV && side->nkids > 1)
		side = hg_side_bare(side->kid[1]);
	return hg_name_at(side, &model->habits, arena, &ref) ? hg_var_real(hg_model_find(model, &ref, NULL, false)) : NULL;
}

void hg_grounds_view(hg_session *s, const hg_claim *claim, const hg_outcome_of_side *o, hg_grounds *g)
{
	hg_doc_model *model = &s->now->model;
	const hg_line *line = &((const hg_claim_binding *)claim->binding)->line;
	const hg_var *cost = model->lossy.cost, *by = g->whole ? stated_variable(model, g->other == claim->left ? claim->right : claim->left, s->arena) : NULL;
	bool all = line->capitals || line->totals || line->marks || o->reading.view != HG_VIEW_SAMPLE;
	g->one_sample = o->agrees && !all && by && !by->data && cost && cost->def && cost->def->given && cost->total;
}

/* ---- the assignment ------------------------------------------------------------------------------------------------ */

typedef struct base_search {
	hg_doc_model *model;
	hg_str base;
	bool found;
} base_search;

static bool see_base(void *self, const hg_expr *e)
{
	base_search *b = self;
	hg_ref ref;
	if (hg_name_at(e, &b->model->habits, b->model->arena, &ref))
		b->found |= hg_str_equal(ref.base, b->base);
	return !b->found;
}

bool hg_assignment_has(const hg_session *s, hg_str base)
{
	base_search b = {.model = &s->now->model, .base = base};
	for (size_t i = 0; s->assignment && i < s->assignment->n && !b.found; i++)
		for (size_t k = 0; k < s->assignment->at[i].nsides; k++)
			hg_expr_visit(s->assignment->at[i].side[k].e, see_base, &b);
	return b.found;
}

bool hg_is_own_name(const hg_session *s, const hg_expr *left)
{
	hg_ref ref;
	return hg_is_plain_name(&s->now->model, left, &ref) && !hg_is_count_name(ref.base) && !hg_assignment_has(s, ref.base);
}

/* dL/dW of the loss of one sample. */
static bool of_each(hg_doc_model *model, const hg_expr *e, hg_arena *arena)
{
	hg_ref ref;
	const hg_expr *target = e->op == HG_OP_DERIV ? hg_side_bare(e->kid[0]) : NULL;
	if (target && target->op == HG_OP_CALL)
		target = target->kid[0];
	const hg_var *v = target && hg_name_at(target, &model->habits, arena, &ref) ? hg_var_real(hg_model_find(model, &ref, NULL, false)) : NULL;
	return v && v->per_sample_total;
}

hg_status hg_asked_bind(hg_session *s)
{
	const hg_expr *const *asked = s->asked;
	const size_t n = s->nasked;
	hg_bound *list = HG_NEWS(s->arena, n + 1, hg_bound);
	s->report->asked = list;
	s->report->nasked = n;
	for (size_t i = 0; list && i < n; i++) {
		bool bound = asked[i] && hg_side_states(&s->setting[0]->model, asked[i], s->arena, &list[i]);
		if (!bound || !list[i].by || strchr(list[i].by, '?'))
			list[i] = (hg_bound){0};
		else
			list[i].each = of_each(&s->setting[0]->model, hg_side_core(asked[i]), s->arena);
	}
	return list && !hg_arena_failed(s->arena) ? HG_OK : HG_ENOMEM;
}
