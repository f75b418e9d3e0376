/* Worked examples: numbers put in for letters. */
#include "model/said/kinds.h"
#include "verdict/session.h"

enum { MOST_LOOKED_BACK = 400 };

static bool is_one_number(const hg_expr *e)
{
	while (e->op == HG_OP_NEG || e->op == HG_OP_BOX || e->op == HG_OP_BRACE)
		e = e->kid[0];
	return e->op == HG_OP_NUM;
}

/* ---- one finding ------------------------------------------------------------------------------------------------------------- */

typedef struct compared {
	hg_sum_check check;
	double value, written;
} compared;

static hg_status compare(hg_session *s, const hg_expr *from, const hg_expr *shown, hg_worth worth, compared *c)
{
	const hg_numbers n = {s->now, s->given, worth, s->scratch};
	hg_mark mark = hg_arena_mark(s->scratch);
	hg_status status = hg_numbers_check(&n, from, shown, &c->check, &c->value, &c->written);
	hg_arena_release(s->scratch, mark);
	return status;
}

/* Is it a number that was found wrong? */
static bool was_wrong(const hg_session *s, const hg_value_given *g)
{
	for (const hg_wrong_number *w = s->wrong; w; w = w->before)
		if (g->value && g->value == w->shown)
			return true;
	return false;
}

/* z = 0.7 - 0.2 = 0.6 was wrong: who goes on with 0.5 follows from what stood before it. */
static hg_status compare_without_wrong(hg_session *s, const hg_expr *from, const hg_expr *shown, hg_worth worth, compared *c)
{
	hg_value_given *given = s->given, *first = NULL, **next = &first;
	int looked = 0;
	if (!s->wrong)
		return HG_OK;
	for (const hg_value_given *g = given; g && looked < MOST_LOOKED_BACK; g = g->before, looked++) {
		hg_value_given *copy = was_wrong(s, g) ? NULL : HG_NEW(s->arena, hg_value_given);
		if (!copy)
			continue;
		*copy = *g;
		copy->before = NULL;
		*next = copy;
		next = &copy->before;
	}
	compared other;
	s->given = first;
	hg_status status = compare(s, from, shown, worth, &other);
	s->given = given;
	if (other.check == HG_SUM_RIGHT)
		*c = other;
	return status;
}

/* Is a decimal of one expression in the other? */
static bool shares_decimal(const hg_expr *e, const hg_expr *other)
{
	if (e->op == HG_OP_NUM)
		return e->digits > 0 && (other->op == HG_OP_NUM ? other->digits > 0 && e->number == other->number
		                                                : shares_decimal(other, e));
	for (size_t i = 0; i < e->nkids; i++)
		if (shares_decimal(e->kid[i], other))
			return true;
	return false;
}

/* The number that was wrong before and is used here: this follows from it. */
static const char *root_of(const hg_session *s, const hg_expr *shown)
{
	for (const hg_wrong_number *w = s->wrong; w; w = w->before)
		if (shares_decimal(shown, w->shown))
			return w->id;
	return NULL;
}

static hg_status remember_wrong(hg_session *s, const hg_expr *shown, const char *id)
{
	hg_wrong_number *w = HG_NEW(s->arena, hg_wrong_number);
	if (!w)
		return HG_ENOMEM;
	*w = (hg_wrong_number){shown, id, s->wrong};
	s->wrong = w;
	return HG_OK;
}

static hg_status report(hg_session *s, const hg_side_at *at, const compared *c)
{
	hg_finding *f;
	bool right = c->check == HG_SUM_RIGHT, doubt = c->check == HG_SUM_DOUBT;
	HG_TRY(hg_session_add_side(s, at, HG_NUMERIC, right ? HG_S_AGREES : doubt ? HG_S_CANNOT_TELL : HG_S_DISAGREES, &f));
	if (doubt)
		hg_finding_because(f, HG_CAUSE_ROUNDED);
	f->has_evidence = true;
	f->evidence = (hg_evidence){.yours = c->written, .numerical = c->value, .ratio = c->written / c->value, .entry = f->of,
	                            .point = "as written", .class = HG_SMOOTH, .left = 0, .right = 0, .points = 1, .worlds = 1,
	                            .max_abs = c->written > c->value ? c->written - c->value : c->value - c->written,
	                            .reason = right ? HG_WITHIN_BOUND : HG_OUTSIDE_BOUND};
	if (right || doubt)
		return HG_OK;
	f->inherited_from = root_of(s, at->right);
	HG_TRY(remember_wrong(s, at->right, f->inherited_from ? f->inherited_from : f->id));
	if (f->inherited_from || (!s->number && !is_one_number(at->right))) /* which of the numbers put in is wrong? */
		return HG_OK;
	hg_slip_found *slip = HG_NEW(s->arena, hg_slip_found);
	if (!slip)
		return HG_ENOMEM;
	*slip = (hg_slip_found){.id = "arithmetic", .repaired = hg_arena_print(s->arena, "%.10g", c->value), .at = f->span};
	f->slip = slip;
	f->nslips = 1;
	return HG_OK;
}

/* ---- what the number is put in for -------------------------------------------------------------------------------------------- */

static bool same_left(const hg_value_given *g, const hg_expr *left) { return g->left == left || hg_expr_equal(g->left, left); }

/* Is the number an entry of a result: 0.56, [0.1, 0.2]? */
static bool holds_number(const hg_expr *e, double number)
{
	bool result = e->op == HG_OP_NEG || e->op == HG_OP_BOX || e->op == HG_OP_BRACE || e->op == HG_OP_LIST || e->op == HG_OP_MATRIX;
	if (e->op == HG_OP_NUM || !result)
		return e->op == HG_OP_NUM && e->number == number;
	for (size_t i = 0; i < e->nkids; i++)
		if (holds_number(e->kid[i], number))
			return true;
	return false;
}

/* Are the numbers put in those that stood somewhere before? Others may be those of another example. */
static bool numbers_said(const hg_session *s, const hg_expr *e)
{
	if (e->op == HG_OP_NUM && (e->digits > 0 || e->number > 2)) {
		int looked = 0;
		for (const hg_value_given *g = s->given; g && looked < MOST_LOOKED_BACK; g = g->before, looked++)
			if (g->value && holds_number(g->value, e->number))
				return true;
		return false;
	}
	for (size_t i = 0; i < e->nkids; i++)
		if (!numbers_said(s, e->kid[i]))
			return false;
	return true;
}

/* The numbers against the formulas for the same left side, the last one first: right if one of them gives it, wrong if
 * there is one to the numbers of which everything is known, and none gives it. */
static hg_status compare_formulas(hg_session *s, const hg_side_at *at, compared *c, bool *stopped)
{
	int looked = 0;
	*c = (compared){.check = HG_SUM_OPEN};
	for (const hg_value_given *g = s->given; g && looked < MOST_LOOKED_BACK; g = g->before, looked++) {
		if (!g->formula || !same_left(g, at->left))
			continue;
		*stopped = !g->value; /* what follows from a formula not found right is not called wrong */
		if (*stopped)
			return HG_OK;
		for (hg_worth worth = HG_WORTH_SHOWN; worth <= HG_WORTH_DERIVED; worth++) {
			compared one;
			HG_TRY(compare(s, g->value, at->right, worth, &one));
			if (one.check == HG_SUM_WRONG)
				HG_TRY(compare_without_wrong(s, g->value, at->right, worth, &one));
			if (one.check == HG_SUM_RIGHT || (one.check == HG_SUM_WRONG && c->check == HG_SUM_OPEN))
				*c = one;
			if (one.check == HG_SUM_RIGHT)
				return HG_OK;
		}
	}
	return HG_OK;
}

/* The derivative itself, at the numbers given for inputs and parameters. */
static hg_status differentiate(hg_session *s, const hg_side_at *at, compared *c)
{
	const hg_numbers n = {s->now, s->given, HG_WORTH_SHOWN, s->scratch};
	compared one;
	hg_mark mark = hg_arena_mark(s->scratch);
	hg_status status = hg_numbers_check_slope(&n, at->left, at->right, &one.check, &one.value, &one.written);
	hg_arena_release(s->scratch, mark);
	if (one.check == HG_SUM_RIGHT || c->check == HG_SUM_OPEN)
		*c = one;
	return status;
}

static hg_status put_in(hg_session *s, const hg_side_at *at, compared *c)
{
	bool stopped = false;
	HG_TRY(compare_formulas(s, at, c, &stopped));
	if (c->check != HG_SUM_RIGHT && at->left->op == HG_OP_DERIV)
		HG_TRY(differentiate(s, at, c));
	if ((c->check == HG_SUM_WRONG && stopped) || c->check == HG_SUM_DOUBT)
		c->check = HG_SUM_OPEN;
	if (c->check == HG_SUM_WRONG && !is_one_number(at->right) && !numbers_said(s, at->right))
		c->check = HG_SUM_OPEN;
	return HG_OK;
}

/* 0, 1, -2: a constant that a derivative may be; not a number computed from values. */
static bool is_whole(const hg_expr *e)
{
	while (e->op == HG_OP_NEG || e->op == HG_OP_BOX || e->op == HG_OP_BRACE)
		e = e->kid[0];
	return e->op == HG_OP_NUM && e->digits < 0;
}

static bool is_worth_something(hg_session *s, const hg_expr *e)
{
	const hg_numbers n = {s->now, s->given, HG_WORTH_SHOWN, s->scratch};
	hg_mark mark = hg_arena_mark(s->scratch);
	bool known = hg_numbers_known(&n, e);
	hg_arena_release(s->scratch, mark);
	return known;
}

static hg_status take_if_right(hg_session *s, const hg_expr *from, const hg_expr *shown, compared *c)
{
	compared other;
	HG_TRY(compare(s, from, shown, HG_WORTH_SHOWN, &other));
	if (other.check == HG_SUM_RIGHT)
		*c = other;
	return HG_OK;
}

/* What stands on the left was shown another number before: the next example, a step of a loop, a nudge. */
static bool has_another_number(const hg_session *s, const hg_side_at *at)
{
	int looked = 0;
	for (const hg_value_given *g = s->given; g && looked < MOST_LOOKED_BACK; g = g->before, looked++)
		if (!g->formula && g->value && same_left(g, at->left))
			return !hg_expr_equal(g->value, at->right);
	return false;
}

static hg_status new_situation(hg_session *s, const hg_side_at *at)
{
	hg_finding *f;
	HG_TRY(hg_session_add_side(s, at, HG_NUMERIC, HG_S_CANNOT_TELL, &f));
	hg_finding_because(f, HG_CAUSE_ANOTHER_NUMBER);
	return HG_OK;
}

hg_status hg_session_numbers(hg_session *s, const hg_side_at *at, bool claim, bool *done)
{
	compared c = {.check = HG_SUM_OPEN};
	hg_finding *f;
	hg_ref ref;
	bool name = hg_is_plain_name(&s->now->model, at->left, &ref) && at->left->op == HG_OP_NAME;
	*done = false;
	if (claim && !s->number && is_whole(at->right)) { /* a constant, unless it is what the numbers given make of the formula */
		HG_TRY(put_in(s, at, &c));
		if (c.check != HG_SUM_RIGHT)
			return HG_OK;
	} else if (s->number) {
		HG_TRY(compare(s, s->number, at->right, HG_WORTH_SHOWN, &c));
		if (c.check == HG_SUM_WRONG && is_worth_something(s, at->left)) /* the step before it holds the slip */
			HG_TRY(take_if_right(s, at->left, at->right, &c));
	} else if (claim || name)
		HG_TRY(put_in(s, at, &c));
	else if (is_worth_something(s, at->left))
		HG_TRY(compare(s, at->left, at->right, HG_WORTH_SHOWN, &c));
	if (c.check == HG_SUM_OPEN && !name && !(claim && !is_whole(at->right)))
		return HG_OK;
	*done = true;
	if (c.check == HG_SUM_WRONG && !s->number && is_one_number(at->right) && has_another_number(s, at)) {
		HG_TRY(new_situation(s, at));
		s->number = at->right;
		return hg_session_said(s, at->left, at->right, HG_SAID_NUMBERS);
	}
	HG_TRY(c.check != HG_SUM_OPEN ? report(s, at, &c) : hg_session_add_side(s, at, HG_NUMERIC, HG_S_DEFINED, &f));
	s->number = at->right;
	return hg_session_said(s, at->left, at->right, HG_SAID_NUMBERS);
}
