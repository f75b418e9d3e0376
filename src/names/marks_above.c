#include "names/marks_above.h"

#include "names/names.h"

#include <string.h>

enum { MOST_MARKS = 16 };

typedef struct marks {
	bool numbers;                     /* z^1 is defined somewhere */
	size_t n, nbases;
	hg_str letter[MOST_MARKS], base[MOST_MARKS]; /* l of s^l; s */
} marks;

static bool is_listed(const hg_str *list, size_t n, hg_str name)
{
	for (size_t i = 0; i < n; i++)
		if (hg_str_equal(list[i], name))
			return true;
	return false;
}

static void add(hg_str *list, size_t *n, hg_str name)
{
	if (*n < MOST_MARKS && !is_listed(list, *n, name))
		list[(*n)++] = name;
}

static bool is_raised(const hg_expr *e)
{
	return e && e->op == HG_OP_POW && e->kid[0]->op == HG_OP_NAME && !hg_str_is(e->kid[0]->name, HG_L_EULER);
}

/* 1 of z^1. */
static bool is_number(const hg_expr *exponent) { return exponent->op == HG_OP_NUM && exponent->digits < 0; }

/* l of s^l and s^{l-1}; NULL: what stands there is something else. */
static const hg_expr *letter_of(const hg_expr *exponent)
{
	bool shifted = exponent->op == HG_OP_SUM_OF && exponent->nkids == 2 && exponent->kid[1]->op != HG_OP_NAME;
	const hg_expr *letter = shifted ? exponent->kid[0] : exponent;
	bool turns = letter->op == HG_OP_NAME && (hg_str_is(letter->name, HG_L_TRANSPOSED) || hg_str_is(letter->name, HG_L_SMALL_TRANSPOSED));
	return letter->op == HG_OP_NAME && !letter->nindex && !letter->accent && !turns && !exponent->bracketed ? letter : NULL;
}

/* What the left sides carry. */
static void look(marks *m, const hg_expr *left)
{
	const hg_expr *letter = is_raised(left) ? letter_of(left->kid[1]) : NULL;
	m->numbers = m->numbers || (is_raised(left) && is_number(left->kid[1]));
	if (!letter)
		return;
	add(m->letter, &m->n, letter->name);
	add(m->base, &m->nbases, left->kid[0]->name);
}

/* A letter that is a value somewhere is a power's. */
static bool is_value(const hg_expr *e, hg_str letter)
{
	bool found = e->op == HG_OP_NAME && !e->nindex && hg_str_equal(e->name, letter);
	bool bound = e->op == HG_OP_SUM || e->op == HG_OP_PROD;
	for (size_t i = 0; i < e->nkids && !found; i++)
		found = !(e->op == HG_OP_POW && i) && !(bound && i) && is_value(e->kid[i], letter);
	return found;
}

static bool is_value_in(const hg_statements *said, hg_str letter)
{
	for (size_t i = 0; i < said->n; i++) {
		const hg_statement *s = &said->at[i];
		bool ranges = s->nsides == 2 && s->side[0].e && s->side[0].e->op == HG_OP_NAME && hg_str_equal(s->side[0].e->name, letter); /* l = 1, ..., L */
		for (size_t k = 0; k < s->nsides && !ranges; k++)
			if (s->side[k].e && is_value(s->side[k].e, letter))
				return true;
	}
	return false;
}

static bool is_mark(const marks *m, const hg_expr *e)
{
	const hg_expr *exponent = e->kid[1], *letter = letter_of(exponent);
	const bool own = is_listed(m->base, m->nbases, e->kid[0]->name);
	return is_number(exponent) ? m->numbers || own : letter && (own || is_listed(m->letter, m->n, letter->name));
}

static void take(const marks *m, hg_arena *arena, hg_expr *e)
{
	for (size_t i = 0; i < e->nkids; i++)
		take(m, arena, e->kid[i]);
	if (!is_raised(e) || !is_mark(m, e))
		return;
	hg_expr *exponent = e->kid[1];
	*e = *e->kid[0];
	hg_index *index = HG_NEWS(arena, e->nindex + 1, hg_index);
	if (!index)
		return;
	if (e->nindex)
		memcpy(index, e->index, e->nindex * sizeof *index);
	index[e->nindex++] = (hg_index){.style = HG_INDEX_BARE, .sup = true, .e = exponent};
	e->index = index;
}

const hg_statements *hg_marks_above(const hg_statements *said, hg_arena *arena)
{
	marks m = {0};
	for (size_t i = 0; said && i < said->n; i++)
		if (said->at[i].nsides > 1 && said->at[i].side[0].e)
			look(&m, said->at[i].side[0].e);
	for (size_t i = 0; i < m.n; i++)
		if (is_value_in(said, m.letter[i])) { /* x^n = n ...: a power after all */
			m.nbases = 0;
			m.letter[i--] = m.letter[--m.n];
		}
	const hg_statements *copy = m.n || m.numbers ? hg_statements_copy(said, arena) : NULL;
	if (!copy)
		return said;
	for (size_t i = 0; i < copy->n; i++)
		for (size_t k = 0; k < copy->at[i].nsides; k++)
			if (copy->at[i].side[k].e)
				take(&m, arena, copy->at[i].side[k].e);
	return copy;
}
