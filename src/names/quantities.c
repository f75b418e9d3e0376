/* Letters that are rates or counts in most documents and quantities in some: mu of a mean, the slope m of a line. A document
 * that defines one by an equation, or differentiates by it, means a quantity. And squares that are names: the variance
 * sigma^2, where sigma by itself is spoken of nowhere. */
#include "names/declared.h"
#include "names/evidence.h"
#include "names/names.h"

#include <string.h>

static const hg_expr *base_of(const hg_expr *e)
{
	while (e->op == HG_OP_BOX || e->op == HG_OP_BRACE)
		e = e->kid[0];
	return e;
}

static bool listed(const hg_str *list, size_t n, hg_str name)
{
	for (size_t i = 0; i < n; i++)
		if (hg_str_equal(list[i], name))
			return true;
	return false;
}

static void add(hg_str *list, size_t *n, size_t room, hg_str name)
{
	if (*n < room && !listed(list, *n, name))
		list[(*n)++] = name;
}

static bool steps(hg_str name) /* of these a schedule is an equation, too */
{
	static const char *const list[] = {HG_LIST_STEPS, NULL};
	return hg_str_listed(name, list);
}

/* What stands on a left side, or below a derivative. */
static void take(hg_habits *h, const hg_expr *e)
{
	static const char *const squares[] = {HG_LIST_SQUARED, NULL};
	e = base_of(e);
	bool square = e->op == HG_OP_POW && e->kid[0]->op == HG_OP_NAME && e->kid[1]->op == HG_OP_NUM && e->kid[1]->number == 2;
	if (square && hg_str_listed(e->kid[0]->name, squares))
		add(h->squared, &h->nsquared, sizeof h->squared / sizeof *h->squared, e->kid[0]->name);
	if (e->op == HG_OP_NAME && (hg_is_pi(e) || (!e->nindex && (hg_is_rate_name(e->name) || hg_is_count_name(e->name)))))
		add(h->quantity, &h->nquantities, sizeof h->quantity / sizeof *h->quantity, e->name);
}

static void take_pi(hg_habits *h, const hg_expr *e)
{
	if (hg_is_pi(base_of(e)))
		take(h, e);
}

static bool see(void *self, const hg_expr *e)
{
	if (e->op == HG_OP_DERIV && e->nkids > 1)
		take(self, e->kid[1]);
	if (e->op == HG_OP_DERIV || e->op == HG_OP_CALL || e->op == HG_OP_PRIME) /* a policy pi(a | s) */
		take_pi(self, e->kid[0]);
	if (e->nindex) /* weights pi_k of a mixture */
		take_pi(self, e);
	bool power = e->op == HG_OP_POW && e->kid[1]->op == HG_OP_NAME && hg_str_is(e->kid[1]->name, HG_L_TRANSPOSED);
	if (e->op == HG_OP_TRANSPOSE || power) /* n^T v: a vector, and no number of things */
		take(self, e->kid[0]);
	return true;
}

static bool see_name(void *self, const hg_expr *e)
{
	*(bool *)self |= e->op == HG_OP_NAME && !hg_is_rate_name(e->name);
	return true;
}

static bool speaks_of_names(const hg_expr *e)
{
	bool found = false;
	hg_expr_visit(e, see_name, &found);
	return found;
}

/* dgamma = ...: of what is differentiated by. */
static void take_gradient(hg_habits *h, const hg_statement *s)
{
	bool gradient = false;
	const hg_expr *left = s->nsides > 1 && s->side[0].e ? base_of(s->side[0].e) : NULL;
	hg_str letter = left && left->op == HG_OP_NAME && !left->nindex ? hg_letter_of_name(left->name, &gradient) : (hg_str){0};
	if (gradient && hg_is_rate_name(letter))
		add(h->quantity, &h->nquantities, sizeof h->quantity / sizeof *h->quantity, letter);
}

/* What is defined by an equation, or is itself declared, is no size: n = tanh(b). */
static bool is_said_otherwise(const hg_statements *said, hg_str name)
{
	for (size_t i = 0; i < said->n; i++) {
		const hg_statement *s = &said->at[i];
		const hg_expr *left = s->nsides > 1 && s->side[0].e ? base_of(s->side[0].e) : NULL;
		bool name_there = left && left->op == HG_OP_NAME && hg_str_equal(left->name, name);
		if (name_there && s->side[1].rel != HG_REL_IN && s->side[1].e && speaks_of_names(s->side[1].e))
			return true;
		hg_declared d;
		for (size_t k = 1; name_there && k < s->nsides; k++)
			if (hg_declares(s, k, &d))
				return true;
	}
	return false;
}

static void take_sizes(const hg_statements *said, size_t i, hg_habits *h)
{
	hg_declared d;
	for (size_t k = 1; k < said->at[i].nsides; k++)
		for (size_t n = 0; hg_declares(&said->at[i], k, &d) && n < d.nsizes; n++)
			if (d.size[n]->op == HG_OP_NAME && !d.size[n]->nindex && !is_said_otherwise(said, d.size[n]->name))
				add(h->size, &h->nsizes, sizeof h->size / sizeof *h->size, d.size[n]->name);
}

void hg_quantities_of(const hg_statements *said, hg_habits *h)
{
	for (size_t i = 0; i < said->n; i++) {
		const hg_statement *s = &said->at[i];
		for (size_t k = 0; k < s->nsides; k++)
			hg_expr_visit(s->side[k].e, see, h);
		take_gradient(h, s);
		take_sizes(said, i, h);
		const hg_expr *left = s->nsides > 1 && s->side[0].e && s->side[1].e ? base_of(s->side[0].e) : NULL;
		if (left && left->op == HG_OP_NAME && hg_is_count_name(left->name)) /* n = len(x) says how many */
			continue;
		if (left && s->side[1].rel == HG_REL_EQ && !(left->op == HG_OP_NAME && steps(left->name)) && speaks_of_names(s->side[1].e))
			take(h, left);
	}
}

bool hg_is_pi(const hg_expr *e)
{
	static const char *const list[] = {HG_LIST_PI, NULL};
	return e->op == HG_OP_NAME && hg_str_listed(e->name, list);
}

bool hg_is_size(const hg_habits *h, const hg_expr *e) { return e->op == HG_OP_NAME && !e->nindex && listed(h->size, h->nsizes, e->name); }

bool hg_is_number_name(const hg_habits *h, const hg_expr *e)
{
	if (e->op != HG_OP_NAME || e->nindex || (e->accent & ~(unsigned)HG_BOLD))
		return false;
	return hg_str_is(e->name, HG_L_EULER) || hg_is_size(h, e) || (hg_is_pi(e) && !hg_is_quantity(h, e->name));
}

bool hg_is_quantity(const hg_habits *h, hg_str base) { return listed(h->quantity, h->nquantities, base); }

bool hg_is_squared_name(const hg_habits *h, hg_str base) { return listed(h->squared, h->nsquared, base); }
