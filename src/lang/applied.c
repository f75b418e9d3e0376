#include "lang/applied.h"
#include "lang/parser.h"

#include <string.h>

enum { MOST_TOLD = 16 };

typedef struct applying {
	size_t n;
	const hg_expr *told[MOST_TOLD]; /* the names, with the marks they are told with */
	hg_arena *arena;
	bool failed;
} applying;

/* Its argument where a name carries it as an index, k of u(k); NULL. */
static const hg_expr *carried(const hg_expr *e)
{
	const hg_index *last = e->op == HG_OP_NAME && e->nindex ? &e->index[e->nindex - 1] : NULL;
	return last && !last->sup && last->style == HG_INDEX_PAREN ? last->e : NULL;
}

static hg_expr *without_last_index(hg_arena *arena, const hg_expr *e)
{
	hg_expr *name = hg_expr_new(arena, HG_OP_NAME, e->span, 0);
	if (!name)
		return NULL;
	*name = *e;
	name->nindex--;
	return name;
}

/* Does the name stand there as a value? In an index it does not. */
static bool is_value_in(const hg_expr *name, const hg_expr *e)
{
	if (e->op == HG_OP_NAME && !e->nindex && hg_str_equal(e->name, name->name))
		return true;
	for (size_t k = 0; k < e->nkids; k++)
		if (is_value_in(name, e->kid[k]))
			return true;
	return false;
}

static void tell(applying *a, const hg_expr *name)
{
	for (size_t i = 0; i < a->n; i++)
		if (hg_expr_equal(a->told[i], name))
			return;
	if (a->n < MOST_TOLD)
		a->told[a->n++] = name;
}

static void hear(applying *a, const hg_statement *s)
{
	const hg_expr *left = s->nsides > 1 ? s->side[0].e : NULL, *right = left ? s->side[1].e : NULL;
	const hg_expr *argument = left ? carried(left) : NULL;
	bool equation = right && (s->side[1].rel == HG_REL_EQ || s->side[1].rel == HG_REL_DEFINED);
	if (equation && argument && argument->op == HG_OP_NAME && !argument->nindex && is_value_in(argument, right)) {
		const hg_expr *name = without_last_index(a->arena, left);
		a->failed = a->failed || !name;
		if (name)
			tell(a, name);
	}
	if (equation && left->op == HG_OP_CALL && left->kid[0]->op == HG_OP_NAME && left->nkids > 1 && is_value_in(left->kid[1], right))
		tell(a, left->kid[0]);
}

static bool is_told(const applying *a, const hg_expr *e)
{
	for (size_t i = 0; e->op == HG_OP_NAME && i < a->n; i++)
		if (hg_expr_equal(a->told[i], e))
			return true;
	return false;
}

static hg_expr *call(applying *a, hg_expr *f, const hg_expr *argument)
{
	bool list = argument->op == HG_OP_LIST;
	size_t n = list ? argument->nkids : 1;
	hg_expr *e = hg_expr_new(a->arena, HG_OP_CALL, hg_span_join(f->span, argument->span), n + 1);
	a->failed = a->failed || !e;
	if (!e)
		return NULL;
	e->kid[0] = f;
	for (size_t i = 0; i < n; i++)
		e->kid[i + 1] = list ? argument->kid[i] : (hg_expr *)argument;
	return e;
}

/* What factor k and the bracket behind it are together; NULL: a product. */
static hg_expr *applied(applying *a, hg_expr *f, const hg_expr *bracket)
{
	if (!(bracket->bracketed || bracket->op == HG_OP_LIST))
		return NULL;
	if (is_told(a, f))
		return is_value_in(f, bracket) ? NULL : call(a, f, bracket); /* u (1 - u) */
	hg_expr *last = f->op == HG_OP_CALL && !f->bracketed ? f->kid[f->nkids - 1] : NULL;
	if (!last || last->bracketed || !is_told(a, last)) /* log u (v) */
		return NULL;
	hg_expr *inner = call(a, last, bracket);
	if (inner) {
		f->kid[f->nkids - 1] = inner;
		f->span = hg_span_join(f->span, inner->span);
	}
	return inner ? f : NULL;
}

static void apply_factors(applying *a, hg_expr *e)
{
	for (size_t k = 0; e->op == HG_OP_PRODUCT && k + 1 < e->nkids; k++) {
		hg_expr *one = e->glue[k] == HG_GLUE_NONE ? applied(a, e->kid[k], e->kid[k + 1]) : NULL;
		if (!one)
			continue;
		e->kid[k] = one;
		e->nkids--;
		memmove(&e->kid[k + 1], &e->kid[k + 2], (e->nkids - k - 1) * sizeof *e->kid);
		memmove(&e->glue[k], &e->glue[k + 1], (e->nkids - k - 1) * sizeof *e->glue);
		if (e->nkids == 1) {
			bool bracketed = e->bracketed;
			*e = *one;
			e->bracketed = bracketed;
		}
	}
}

static void apply(applying *a, hg_expr *e)
{
	for (size_t k = 0; k < e->nkids; k++)
		apply(a, e->kid[k]);
	const hg_expr *argument = carried(e);
	if (argument && a->n) {
		hg_expr *name = without_last_index(a->arena, e), *one = name && is_told(a, name) ? call(a, name, argument) : NULL;
		if (one) {
			bool bracketed = e->bracketed;
			*e = *one;
			e->bracketed = bracketed;
		}
	}
	apply_factors(a, e);
}

bool hg_applied_take(hg_statements *said, hg_arena *arena)
{
	applying a = {.arena = arena};
	for (size_t i = 0; i < said->n; i++)
		hear(&a, &said->at[i]);
	for (size_t i = 0; a.n && i < said->n; i++)
		for (size_t k = 0; k < said->at[i].nsides; k++)
			if (said->at[i].side[k].e)
				apply(&a, said->at[i].side[k].e);
	return !a.failed;
}
