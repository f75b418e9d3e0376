#include "lang/applied.h"
#include "lang/command.h"
#include "lang/described.h"
#include "lang/function.h"
#include "lang/parse/parser.h"
#include "text/words.h"

#include <string.h>

enum { MOST_TOLD = 16 };

typedef struct applying {
	size_t n;
	const hg_expr *told[MOST_TOLD]; /* the names, with the marks they are told with */
	hg_arena *arena;
	bool failed;
} applying;

/* The one factor in brackets behind a name, r of u (r), where nothing else stands on a side; NULL. No claim is about a product of
 * two letters: as a left side it says what the function u is. */
static const hg_expr *only_factor(const hg_expr *e)
{
	bool two = e->op == HG_OP_PRODUCT && e->nkids == 2 && e->glue[0] == HG_GLUE_NONE && e->kid[0]->op == HG_OP_NAME;
	return two && e->kid[1]->bracketed && e->kid[1]->op == HG_OP_NAME && !e->kid[1]->nindex ? e->kid[1] : NULL;
}

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
	if (equation && only_factor(left) && is_value_in(only_factor(left), right) && !is_value_in(left->kid[0], right))
		tell(a, left->kid[0]);
}

/* "where u is the ReLU". */
static void hear_words(applying *a, const hg_doc *doc)
{
	for (size_t i = 0; i < doc->nstretches; i++) {
		hg_str words, letter = hg_letter_described(doc, i, &words);
		if (!letter.n || !hg_words_say_function(words))
			continue;
		hg_expr *name = hg_expr_new(a->arena, HG_OP_NAME, doc->stretch[i].span, 0);
		a->failed = a->failed || !name;
		if (!name)
			return;
		name->name = letter;
		tell(a, name);
	}
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

/* ---- what only looks applied ------------------------------------------------------------------------------------------ */

/* A letter in front of a bracket, u (v - w): is it ever seen as a value, and ever with an argument that no factor would be? */
typedef struct usage {
	const hg_expr *name;
	bool value, function;
} usage;

static bool is_alike(const hg_expr *a, const hg_expr *b)
{
	return a->op == HG_OP_NAME && b->op == HG_OP_NAME && hg_str_equal(a->name, b->name) && a->accent == b->accent && a->nindex == b->nindex;
}

static bool is_joined(const hg_expr *e) { return e->op == HG_OP_SUM_OF || e->op == HG_OP_PRODUCT; }

static void see_usage(usage *u, const hg_expr *e)
{
	if (e->op == HG_OP_CALL && is_alike(e->kid[0], u->name))
		u->function = u->function || e->nkids != 2 || !is_joined(e->kid[1]);
	bool operator = e->op == HG_OP_DERIV || e->op == HG_OP_PRIME;
	for (size_t k = 0; k < e->nkids; k++) {
		if (operator && is_alike(e->kid[k], u->name))
			u->function = u->function || e->op == HG_OP_PRIME;
		else if (is_alike(e->kid[k], u->name) && !(e->op == HG_OP_CALL && !k))
			u->value = true;
		see_usage(u, e->kid[k]);
	}
}

/* Every letter is looked for once; of more letters than the table holds nothing is changed. */
typedef struct usages {
	const hg_statements *said;
	size_t n;
	usage of[MOST_TOLD];
} usages;

static bool is_value(usages *known, const hg_expr *name)
{
	for (size_t i = 0; i < known->n; i++)
		if (is_alike(known->of[i].name, name))
			return known->of[i].value && !known->of[i].function;
	if (known->n == MOST_TOLD)
		return false;
	const hg_statements *said = known->said;
	usage u = {.name = name};
	for (size_t i = 0; i < said->n; i++)
		for (size_t k = 0; k < said->at[i].nsides; k++) {
			const hg_expr *e = said->at[i].side[k].e, *left = k ? said->at[i].side[0].e : NULL;
			if (!e)
				continue;
			see_usage(&u, e);
			bool layer = left && left->op == HG_OP_NAME && !hg_has_differential(left->name) && e->op == HG_OP_CALL && e->kid[1]->op == HG_OP_SUM_OF;
			u.function = u.function || (layer && is_alike(e->kid[0], name)); /* h = f(W x + b) */
		}
	known->of[known->n++] = u;
	return u.value && !u.function;
}

static bool is_code(const hg_statements *said, size_t i) { return said->doc->stretch[said->at[i].stretch].kind == HG_STRETCH_CODE; }

static bool only_looks_applied(const applying *a, usages *known, const hg_expr *e)
{
	const hg_expr *f = e->op == HG_OP_CALL && e->nkids == 2 && is_joined(e->kid[1]) ? e->kid[0] : NULL;
	return f && f->op == HG_OP_NAME && (f->name.n == 1 || hg_command_is_letter(f->name)) && hg_fn_find(f->name) == HG_NFNS && !is_told(a, f) &&
	       is_value(known, f);
}

/* p (W^T (a - y))^T where p^T stands elsewhere: a product, whatever p is called, and what stands above the bracket is the
 * bracket's. NULL: it is no such, or there is no memory. */
static hg_expr *multiplied(applying *a, usages *known, hg_expr *e)
{
	bool above = (e->op == HG_OP_TRANSPOSE || e->op == HG_OP_POW) && !e->kid[0]->bracketed;
	hg_expr *call = above ? e->kid[0] : e;
	if (!only_looks_applied(a, known, call))
		return NULL;
	hg_expr *product = hg_expr_new(a->arena, HG_OP_PRODUCT, e->span, 2), *bracket = call->kid[1];
	a->failed = a->failed || !product;
	if (!product)
		return NULL;
	product->bracketed = e->bracketed;
	product->kid[0] = call->kid[0];
	product->kid[1] = above ? e : bracket;
	product->glue[0] = HG_GLUE_NONE;
	bracket->bracketed = true;
	if (above) {
		e->kid[0] = bracket;
		e->bracketed = false;
	}
	return product;
}

/* a (p q) c without its bracket is a p q c. */
static void splice(applying *a, hg_expr *e, size_t k)
{
	hg_expr *inner = e->kid[k], *all = e->op == HG_OP_PRODUCT ? hg_expr_new(a->arena, HG_OP_PRODUCT, e->span, e->nkids + 1) : NULL;
	a->failed = a->failed || (e->op == HG_OP_PRODUCT && !all);
	if (!all)
		return;
	for (size_t i = 0; i < all->nkids; i++)
		all->kid[i] = i < k ? e->kid[i] : i <= k + 1 ? inner->kid[i - k] : e->kid[i - 1];
	for (size_t i = 0; i + 1 < all->nkids; i++)
		all->glue[i] = i < k ? e->glue[i] : i == k ? inner->glue[0] : e->glue[i - 1];
	e->kid = all->kid;
	e->glue = all->glue;
	e->nkids++;
}

static void multiply(applying *a, usages *known, hg_expr *e)
{
	for (size_t k = 0; k < e->nkids; k++) {
		hg_expr *product = multiplied(a, known, e->kid[k]);
		if (product) {
			e->kid[k] = product;
			if (!product->bracketed)
				splice(a, e, k);
		}
		multiply(a, known, e->kid[k]);
	}
}

bool hg_applied_take(hg_statements *said, hg_arena *arena)
{
	applying a = {.arena = arena};
	for (size_t i = 0; i < said->n; i++)
		hear(&a, &said->at[i]);
	hear_words(&a, said->doc);
	for (size_t i = 0; a.n && i < said->n; i++)
		for (size_t k = 0; k < said->at[i].nsides; k++)
			if (said->at[i].side[k].e)
				apply(&a, said->at[i].side[k].e);
	usages known = {.said = said};
	for (size_t i = 0; i < said->n; i++)
		for (size_t k = 0; !is_code(said, i) && k < said->at[i].nsides; k++) {
			hg_expr *e = said->at[i].side[k].e, *product = e ? multiplied(&a, &known, e) : NULL;
			if (product)
				said->at[i].side[k].e = product;
			if (e)
				multiply(&a, &known, product ? product : e);
		}
	return !a.failed;
}
