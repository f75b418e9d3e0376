/* What only the whole document tells of a form: whether two shapes of a Greek letter are two letters, and whether a
 * bracket behind a derivative is its argument. */
#include "lang/settle.h"
#include "lang/applied.h"
#include "lang/differential.h"
#include "lang/ones.h"
#include "lang/strokes.h"

#include <string.h>

typedef struct settling {
	hg_statements *said;
	hg_arena *arena;
	hg_str name; /* sought, and whether it was seen */
	bool seen;
	bool failed;
} settling;

typedef void visitor(settling *s, hg_expr *e);

/* Kids before the node, which may change. */
static void visit(settling *s, hg_expr *e, visitor *see)
{
	if (!e)
		return;
	for (size_t i = 0; i < e->nindex; i++)
		visit(s, (hg_expr *)e->index[i].e, see);
	for (size_t k = 0; k < e->nkids; k++)
		visit(s, e->kid[k], see);
	see(s, e);
}

static void visit_all(settling *s, visitor *see)
{
	for (size_t i = 0; i < s->said->n; i++)
		for (size_t k = 0; k < s->said->at[i].nsides; k++)
			visit(s, s->said->at[i].side[k].e, see);
}

/* ---- shapes of letters --------------------------------------------------------------------------------------------- */

static void note(settling *s, hg_expr *e) { s->seen = s->seen || (e->op == HG_OP_NAME && hg_str_equal(e->name, s->name)); }

static void rename_variant(settling *s, hg_expr *e)
{
	if (e->op == HG_OP_NAME && hg_str_equal(e->name, s->name))
		e->name = hg_str_part(e->name, strlen("var"), e->name.n);
}

static bool is_on_a_left_side(settling *s, hg_str name)
{
	s->name = name;
	s->seen = false;
	for (size_t i = 0; i < s->said->n && !s->seen; i++)
		if (s->said->at[i].nsides > 1)
			visit(s, s->said->at[i].side[0].e, note);
	return s->seen;
}

static bool is_used(settling *s, hg_str name)
{
	s->name = name;
	s->seen = false;
	visit_all(s, note);
	return s->seen;
}

/* \varphi is \phi, as hands write it, unless the document defines the two apart; sigma and varsigma are two where both stand. */
static void settle_letters(settling *s)
{
	static const struct {
		const char *variant;
		bool by_use;
	} shapes[] = {{"varsigma", true}, {"varphi", false}, {"vartheta", false}};
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		hg_str variant = hg_str_of(shapes[i].variant), plain = hg_str_part(variant, strlen("var"), variant.n);
		bool two = shapes[i].by_use ? is_used(s, plain) : is_on_a_left_side(s, plain) && is_on_a_left_side(s, variant);
		s->name = variant;
		if (!two)
			visit_all(s, rename_variant);
	}
}

/* ---- arguments of derivatives ---------------------------------------------------------------------------------------- */

static const hg_expr *plain_name(const hg_expr *e) { return e->op == HG_OP_NAME && !e->nindex ? e : NULL; }

/* q(x) on the left of an equation, where q is the name; NULL: it is defined as no function. */
static const hg_expr *definition_of(const hg_statements *said, hg_str name)
{
	for (size_t i = 0; i < said->n; i++) {
		const hg_expr *left = said->at[i].nsides > 1 ? said->at[i].side[0].e : NULL;
		bool found = left && left->op == HG_OP_CALL && plain_name(left->kid[0]) && hg_str_equal(left->kid[0]->name, name);
		for (size_t k = 1; found && k < left->nkids; k++)
			found = plain_name(left->kid[k]) != NULL;
		if (found)
			return left;
	}
	return NULL;
}

static size_t arguments_of(const hg_expr *bracket, hg_expr *const **argument, hg_expr *const *alone)
{
	bool list = bracket->op == HG_OP_LIST;
	*argument = list ? bracket->kid : alone;
	return list ? bracket->nkids : 1;
}

/* (x), (u, v): names, the variable among them. */
static bool names_the_variable(hg_expr *const *argument, size_t n, const hg_expr *variable)
{
	bool among = false;
	for (size_t i = 0; i < n; i++) {
		if (argument[i]->op != HG_OP_NAME)
			return false;
		among = among || hg_expr_equal(argument[i], variable);
	}
	return among;
}

/* u = 1 and v = 2, by the order of the definition's arguments. */
static hg_expr *point(settling *s, const hg_expr *definition, hg_expr *const *value, size_t n)
{
	hg_expr *all = n > 1 ? hg_expr_new(s->arena, HG_OP_AND, value[0]->span, n) : NULL;
	for (size_t i = 0; i < n; i++) {
		hg_expr *equal = hg_expr_new(s->arena, HG_OP_COMPARE, value[i]->span, 2);
		if (!equal || (n > 1 && !all))
			return NULL;
		equal->word = HG_STR("=");
		equal->kid[0] = definition->kid[i + 1];
		equal->kid[1] = value[i];
		if (n == 1)
			return equal;
		all->kid[i] = equal;
	}
	return all;
}

static bool are_numbers(hg_expr *const *value, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (value[i]->op != HG_OP_NUM && !(value[i]->op == HG_OP_NEG && value[i]->kid[0]->op == HG_OP_NUM))
			return false;
	return true;
}

/* dq/dx (3), where q(x) is defined: q'(3); a point of several numbers is kept with the derivative. NULL: a product. */
static hg_expr *at_point(settling *s, hg_expr *derivative, const hg_expr *function, hg_expr *const *value, size_t n, hg_span span)
{
	const hg_expr *definition = are_numbers(value, n) ? definition_of(s->said, function->name) : NULL;
	if (!definition || definition->nkids != n + 1)
		return NULL;
	if (n == 1 && value[0]->op == HG_OP_NUM) {
		hg_expr *prime = hg_expr_new(s->arena, HG_OP_PRIME, derivative->span, 1), *call = hg_expr_new(s->arena, HG_OP_CALL, span, 2);
		s->failed = s->failed || !prime || !call;
		if (s->failed)
			return NULL;
		prime->kid[0] = (hg_expr *)function;
		call->kid[0] = prime;
		call->kid[1] = value[0];
		return call;
	}
	hg_expr *condition = point(s, definition, value, n), *e = condition ? hg_expr_new(s->arena, HG_OP_EVAL_AT, span, 2) : NULL;
	s->failed = s->failed || !e;
	if (!e)
		return NULL;
	e->kid[0] = derivative;
	e->kid[1] = condition;
	return e;
}

/* What a derivative and the bracket behind it are together; NULL: a product, as (dq/dx)(x) is of two brackets unless q is a function. */
static hg_expr *applied(settling *s, hg_expr *d, hg_expr *bracket)
{
	hg_expr *const *argument;
	if (d->op != HG_OP_DERIV || d->nkids < 2 || !(bracket->bracketed || bracket->op == HG_OP_LIST))
		return NULL;
	const hg_expr *target = d->kid[0]->op == HG_OP_CALL ? d->kid[0]->kid[0] : d->kid[0];
	if (d->bracketed && !(plain_name(target) && definition_of(s->said, target->name)))
		return NULL;
	size_t n = arguments_of(bracket, &argument, &bracket);
	if (names_the_variable(argument, n, d->kid[1]))
		return d;
	return plain_name(target) ? at_point(s, d, target, argument, n, (hg_span){d->span.at, bracket->span.at + bracket->span.n - d->span.at}) : NULL;
}

static void take_argument(settling *s, hg_expr *e)
{
	for (size_t k = 0; e->op == HG_OP_PRODUCT && k + 1 < e->nkids; k++) {
		hg_expr *one = e->glue[k] == HG_GLUE_NONE ? applied(s, e->kid[k], e->kid[k + 1]) : NULL;
		if (!one)
			continue;
		e->kid[k] = one;
		e->nkids--;
		for (size_t i = k + 1; i < e->nkids; i++)
			e->kid[i] = e->kid[i + 1];
		for (size_t i = k; i + 1 < e->nkids; i++)
			e->glue[i] = e->glue[i + 1];
		if (e->nkids == 1) {
			bool bracketed = e->bracketed;
			*e = *one;
			e->bracketed = bracketed;
		}
	}
}

/* ---- bars and slashes ---------------------------------------------------------------------------------------------- */

/* a / b is the fraction of a and b. */
static void take_slash(settling *s, hg_expr *e)
{
	(void)s;
	if (e->op != HG_OP_PRODUCT || e->nkids != 2 || e->glue[0] != HG_GLUE_DIV)
		return;
	e->op = HG_OP_FRAC;
	e->glue = NULL;
}

static void take_ones(settling *s, hg_expr *e) { s->failed = s->failed || !hg_ones_take(e, s->arena); }

hg_status hg_statements_settle(hg_statements *said, hg_arena *arena)
{
	settling s = {.said = said, .arena = arena};
	settle_letters(&s);
	s.failed = !hg_strokes_take(said, arena) || !hg_differentials_take(said, arena) || !hg_applied_take(said, arena);
	visit_all(&s, take_argument);
	visit_all(&s, take_slash);
	visit_all(&s, take_ones);
	return s.failed ? HG_ENOMEM : HG_OK;
}
