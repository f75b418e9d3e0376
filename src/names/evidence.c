#include "names/evidence.h"
#include "names/declared.h"
#include "lang/command.h"
#include "lang/function.h"

#include <ctype.h>

enum { NONE = HG_MOST_LETTERS };

typedef struct walk {
	hg_evidence *seen;
	bool defines, lossy; /* inside what defines something; with a logarithm or a square in it */
	bool loss;           /* ... that is differentiated, by what is seen so far */
} walk;

static void value(walk *w, const hg_expr *e, unsigned where);

hg_str hg_letter_of_name(hg_str name, bool *gradient)
{
	size_t n = name.n;
	while (n > 1 && isdigit((unsigned char)name.p[n - 1]))
		n--;
	hg_str core = hg_str_part(name, 0, n), rest = hg_str_part(name, 1, n - 1);
	*gradient = n > 1 && core.p[0] == 'd' && isalpha((unsigned char)core.p[1]) && !hg_command_is_letter(core) &&
	            (rest.n == 1 || hg_command_is_letter(rest));
	if (*gradient)
		return rest;
	bool letter = n == 1 && isalpha((unsigned char)core.p[0]);
	return letter || (n > 1 && hg_command_is_letter(core)) ? core : (hg_str){0};
}

/* A name of its own, of several letters: lam, batch_size. */
static bool is_word(hg_str name)
{
	bool word = name.n > 1 && hg_fn_find(name) == HG_NFNS && !hg_command_is_letter(name);
	for (size_t i = 0; word && i < name.n; i++)
		word = isalpha((unsigned char)name.p[i]) || (i && name.p[i] == '_');
	return word;
}

static size_t place_of(hg_evidence *seen, hg_str letter)
{
	size_t i = 0;
	while (i < seen->n && !hg_str_equal(seen->letter[i].name, letter))
		i++;
	if (i == seen->n && seen->n < HG_MOST_LETTERS)
		seen->letter[seen->n++] = (hg_letter_seen){.name = letter, .word = is_word(letter)};
	return i < HG_MOST_LETTERS ? i : NONE;
}

/* Where the letter of a name is kept; NONE: it has none. */
static size_t letter_at(walk *w, const hg_expr *e, bool *gradient)
{
	*gradient = false;
	bool own = e->op == HG_OP_NAME && !(e->accent & (HG_HAT | HG_TILDE | HG_CHECK | HG_BAR)); /* \hat y is another than y */
	hg_str letter = own ? hg_letter_of_name(e->name, gradient) : (hg_str){0};
	if (own && !letter.n && is_word(e->name))
		letter = e->name;
	return letter.n ? place_of(w->seen, letter) : NONE;
}

static void mark(walk *w, size_t letter, unsigned where)
{
	if (letter != NONE)
		w->seen->letter[letter].where |= where;
}

static void pair(walk *w, hg_pair_kind kind, size_t a, size_t b)
{
	if (a != NONE && b != NONE && !w->seen->letter[a].word && !w->seen->letter[b].word && w->seen->npairs < HG_MOST_PAIRS)
		w->seen->pair[w->seen->npairs++] = (hg_letter_pair){kind, a, b};
}

static const hg_expr *bare(const hg_expr *e)
{
	bool turned = e->op == HG_OP_POW && e->kid[1]->op == HG_OP_NAME && hg_str_is(e->kid[1]->name, "T");
	if (e->op == HG_OP_BOX || e->op == HG_OP_BRACE || e->op == HG_OP_TRANSPOSE || e->op == HG_OP_NEG || e->op == HG_OP_PRIME || turned)
		return bare(e->kid[0]);
	return e;
}

/* ---- indices -------------------------------------------------------------------------------------------------------- */

bool hg_letters_side_by_side(const hg_evidence *seen, const hg_expr *e)
{
	bool letters = e->op == HG_OP_NAME && !e->nindex && (e->name.n == 2 || e->name.n == 3);
	for (size_t k = 0; letters && k < e->name.n; k++) {
		size_t i = 0;
		while (i < seen->n && !hg_str_equal(seen->letter[i].name, hg_str_part(e->name, k, 1)))
			i++;
		letters = i < seen->n && (seen->letter[i].where & (HG_SEEN_BOUND | HG_SEEN_INDEX)) && !(seen->letter[i].where & HG_SEEN_PLAIN);
	}
	return letters;
}

static void index_of(walk *w, size_t owner, const hg_expr *e, bool above, bool shifted)
{
	bool gradient;
	if (hg_letters_side_by_side(w->seen, e))
		for (size_t k = 0; k < e->name.n; k++) {
			size_t one = place_of(w->seen, hg_str_part(e->name, k, 1));
			mark(w, one, HG_SEEN_INDEX);
			pair(w, HG_PAIR_INDEX, owner, one);
		}
	size_t letter = letter_at(w, e, &gradient);
	if (letter != NONE && w->seen->letter[letter].word)
		return;
	if (letter != NONE && !gradient && !e->nindex) {
		mark(w, letter, HG_SEEN_INDEX | (shifted ? HG_SEEN_SHIFTED : 0) | (above ? HG_SEEN_ABOVE : 0));
		pair(w, above ? HG_PAIR_INDEX_ABOVE : HG_PAIR_INDEX, owner, letter);
	}
	bool sum = e->op == HG_OP_SUM_OF && e->nkids == 2;
	for (size_t i = 0; i < e->nkids; i++)
		index_of(w, owner, e->kid[i], above, sum && e->kid[1 - (i > 0)]->op != HG_OP_NAME);
	for (size_t i = 0; e->op == HG_OP_NAME && i < e->nindex; i++)
		index_of(w, owner, e->index[i].e, false, false);
}

static void indices(walk *w, size_t owner, const hg_expr *e)
{
	for (size_t i = 0; i < e->nindex; i++)
		index_of(w, owner, e->index[i].e, e->index[i].sup && e->index[i].style == HG_INDEX_PAREN, false);
	if (e->nindex)
		mark(w, owner, HG_SEEN_INDEXED);
}

/* ---- values --------------------------------------------------------------------------------------------------------- */

static void name(walk *w, const hg_expr *e, unsigned where)
{
	bool gradient;
	size_t letter = letter_at(w, e, &gradient);
	mark(w, letter, gradient ? HG_SEEN_GRADIENT : HG_SEEN_VALUE | HG_SEEN_PLAIN | where | (w->lossy ? HG_SEEN_IN_LOSS : 0) | (w->defines && !w->loss ? HG_SEEN_USED : 0));
	indices(w, letter, e);
}

/* m, 2m or n - 1 as a divisor. */
static bool divisor(walk *w, const hg_expr *e, bool mean)
{
	bool gradient;
	if (e->op == HG_OP_PRODUCT && e->nkids == 2 && e->kid[0]->op == HG_OP_NUM)
		e = e->kid[1];
	size_t letter = e->op == HG_OP_NAME && !e->nindex && !e->accent ? letter_at(w, e, &gradient) : NONE;
	if (letter == NONE || gradient)
		return false;
	mark(w, letter, HG_SEEN_VALUE | HG_SEEN_BELOW | (mean ? HG_SEEN_MEAN : 0) | (mean && w->loss ? HG_SEEN_COUNTED : 0) | (w->defines && !w->loss ? HG_SEEN_USED : 0));
	return true;
}

static bool is_call_of(const hg_expr *e, hg_fn fn)
{
	return e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME && hg_fn_find(e->kid[0]->name) == fn;
}

static bool has_sum(const hg_expr *e)
{
	e = bare(e);
	if (e->op == HG_OP_SUM || is_call_of(e, HG_FN_SUM_OVER))
		return true;
	for (size_t i = 0; (e->op == HG_OP_PRODUCT || e->op == HG_OP_SUM_OF) && i < e->nkids; i++)
		if (has_sum(e->kid[i]))
			return true;
	return false;
}

static const hg_expr *bound_by(const hg_expr *sum)
{
	const hg_expr *c = sum->nkids > 1 ? sum->kid[1] : NULL, *letter = c && c->op == HG_OP_COMPARE ? c->kid[0] : c;
	return letter && letter->op == HG_OP_NAME && !letter->nindex ? letter : NULL;
}

static void sum(walk *w, const hg_expr *e, bool mean)
{
	const hg_expr *letter = bound_by(e);
	bool gradient;
	size_t bound = letter ? letter_at(w, letter, &gradient) : NONE;
	mark(w, bound, HG_SEEN_BOUND | (mean ? HG_SEEN_MEAN : 0));
	if (e->nkids > 3 && e->kid[3]->op == HG_OP_NAME) {
		size_t limit = letter_at(w, e->kid[3], &gradient);
		mark(w, limit, HG_SEEN_LIMIT);
		pair(w, HG_PAIR_LIMIT, bound, limit);
	}
	value(w, e->kid[0], 0);
}

static bool names_beside(hg_expr *const *kid, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (bare(kid[i])->op == HG_OP_NAME && bare(kid[i - 1])->op == HG_OP_NAME)
			return true;
	return false;
}

/* ||w||^2, w^2, a sum of such squares. */
static bool is_penalty(const hg_expr *e)
{
	for (size_t i = 0; e->op == HG_OP_SUM_OF && i < e->nkids; i++)
		if (!is_penalty(e->kid[i]))
			return false;
	if (e->op == HG_OP_SUM_OF)
		return true;
	if (is_call_of(e, HG_FN_SUM_OVER) && e->nkids == 2)
		return is_penalty(e->kid[1]);
	bool square = e->op == HG_OP_POW && bare(e) == e && e->kid[1]->op == HG_OP_NUM;
	if (square)
		return bare(e->kid[0])->op == HG_OP_NAME || bare(e->kid[0])->op == HG_OP_NORM;
	return e->op == HG_OP_NORM || (e->op == HG_OP_SUM && is_penalty(e->kid[0]));
}

/* w^T w */
static bool is_square(hg_expr *const *kid, size_t n, size_t i)
{
	const hg_expr *a = bare(kid[i]), *b = i + 1 < n ? bare(kid[i + 1]) : NULL;
	return b && a != kid[i] && b == kid[i + 1] && a->op == HG_OP_NAME && hg_expr_equal(a, b);
}

/* Factors in order; glue may be NULL: the arguments of a product in code. */
static void product(walk *w, hg_expr *const *kid, size_t n, const hg_glue *glue)
{
	size_t last = NONE;
	bool gradient, mean = false, penalty = false, factors = w->defines && (!w->lossy || n == 2);
	for (size_t i = 0; i < n; i++) {
		mean = mean || has_sum(kid[i]);
		penalty = penalty || (w->lossy && (is_penalty(kid[i]) || is_square(kid, n, i)));
	}
	for (size_t i = 0; i < n; i++) {
		const hg_expr *k = bare(kid[i]);
		bool below = i && glue && glue[i - 1] == HG_GLUE_DIV;
		if (below && divisor(w, k, mean))
			continue;
		if (k->op == HG_OP_FRAC && mean) {
			value(w, k->kid[0], 0);
			if (!divisor(w, k->kid[1], true))
				value(w, k->kid[1], 0);
		} else if (k->op == HG_OP_SUM) {
			sum(w, k, i && bare(kid[i - 1])->op == HG_OP_FRAC);
		} else {
			value(w, k, factors && names_beside(kid, n) ? HG_SEEN_FACTOR : 0);
		}
		size_t letter = k->op == HG_OP_NAME ? letter_at(w, k, &gradient) : NONE;
		if (letter != NONE && penalty && k == kid[i] && !is_penalty(kid[i]) && !(i && is_square(kid, n, i - 1)))
			mark(w, letter, HG_SEEN_PENALTY);
		if (k->op == HG_OP_FRAC && penalty && k->kid[0]->op == HG_OP_NAME) /* lambda / 2 */
			mark(w, letter_at(w, k->kid[0], &gradient), HG_SEEN_PENALTY);
		if (letter != NONE && factors && !gradient)
			pair(w, HG_PAIR_FACTORS, last, letter);
		last = letter;
	}
}

static bool multiplies_names(const hg_expr *e)
{
	e = bare(e);
	if (is_call_of(e, HG_FN_DOT))
		return names_beside(e->kid + 1, e->nkids - 1);
	return e->op == HG_OP_PRODUCT ? names_beside(e->kid, e->nkids) : e->op == HG_OP_SUM && multiplies_names(e->kid[0]);
}

static void terms(walk *w, const hg_expr *e)
{
	bool affine = false, gradient;
	bool difference = e->nkids == 2 && (e->kid[0]->op == HG_OP_NEG) != (e->kid[1]->op == HG_OP_NEG) && bare(e->kid[0])->op == HG_OP_NAME &&
	                  bare(e->kid[1])->op == HG_OP_NAME;
	for (size_t i = 0; difference && i < 2; i++)
		mark(w, letter_at(w, bare(e->kid[i]), &gradient), HG_SEEN_COMPARED);
	for (size_t i = 0; i < e->nkids; i++)
		affine = affine || multiplies_names(e->kid[i]);
	for (size_t i = 0; i < e->nkids; i++)
		value(w, bare(e->kid[i]), affine && w->defines && !w->lossy ? HG_SEEN_TERM : 0);
}

static void derivative(walk *w, const hg_expr *e)
{
	bool gradient;
	const hg_expr *of = bare(e->kid[0]), *by = e->nkids > 1 ? bare(e->kid[1]) : NULL;
	if (of->op == HG_OP_CALL && of->kid[0]->op == HG_OP_NAME)
		of = of->kid[0];
	size_t target = letter_at(w, of, &gradient), variable = by ? letter_at(w, by, &gradient) : NONE;
	if (target != NONE) {
		mark(w, target, HG_SEEN_TARGET);
		indices(w, target, of);
	} else {
		value(w, of, 0);
	}
	bool of_function = of->op == HG_OP_NAME && (hg_fn_find(of->name) != HG_NFNS || hg_str_is(of->name, "sigma"));
	mark(w, variable, of_function ? HG_SEEN_VALUE : HG_SEEN_VARIABLE);
	if (variable != NONE)
		indices(w, variable, by);
	else if (by)
		value(w, by, 0);
}

static void value(walk *w, const hg_expr *e, unsigned where)
{
	bool gradient;
	switch (e->op) {
	case HG_OP_NAME:
		name(w, e, where);
		return;
	case HG_OP_PRODUCT:
		product(w, e->kid, e->nkids, e->glue);
		return;
	case HG_OP_COMPARE:
		if (e->kid[0]->op == HG_OP_NAME && e->kid[1]->op == HG_OP_NAME && !e->kid[0]->nindex && !e->kid[1]->nindex) { /* i = j */
			index_of(w, NONE, e->kid[0], false, false);
			index_of(w, NONE, e->kid[1], false, false);
			return;
		}
		value(w, e->kid[0], 0);
		value(w, e->kid[1], 0);
		return;
	case HG_OP_SUM:
	case HG_OP_PROD:
		sum(w, e, false);
		return;
	case HG_OP_SUM_OF:
		terms(w, e);
		return;
	case HG_OP_DERIV:
		derivative(w, e);
		return;
	case HG_OP_SLICE:
		value(w, e->kid[0], where);
		for (size_t i = 1; i < e->nkids; i++)
			index_of(w, letter_at(w, e->kid[0], &gradient), e->kid[i], false, false);
		return;
	case HG_OP_FRAC:
		value(w, e->kid[0], 0);
		if (!divisor(w, e->kid[1], has_sum(e->kid[0])))
			value(w, e->kid[1], 0);
		return;
	case HG_OP_POW: /* a number's power, or a mark */
		value(w, e->kid[0], where);
		if (e->kid[0]->op == HG_OP_NAME && e->kid[1]->op != HG_OP_NUM)
			index_of(w, letter_at(w, e->kid[0], &gradient), e->kid[1], e->kid[1]->bracketed, false);
		return;
	case HG_OP_CALL: {
		if (is_call_of(e, HG_FN_DOT) && e->nkids > 2) {
			product(w, e->kid + 1, e->nkids - 1, NULL);
			return;
		}
		const hg_expr *f = e->kid[0];
		while (f->op == HG_OP_PRIME || f->op == HG_OP_POW || f->op == HG_OP_TRANSPOSE)
			f = f->kid[0];
		if (f->op == HG_OP_NAME && hg_fn_find(f->name) == HG_NFNS) {
			size_t letter = letter_at(w, f, &gradient);
			mark(w, letter, HG_SEEN_APPLIED);
			indices(w, letter, f);
		}
		for (size_t i = 1; i < e->nkids; i++)
			value(w, e->kid[i], 0);
		return;
	}
	default:
		for (size_t i = 0; i < e->nkids; i++)
			value(w, e->kid[i], 0);
		return;
	}
}

/* ---- statements ----------------------------------------------------------------------------------------------------- */

/* A logarithm, a norm, the square of a difference: what losses are made of. */
static bool is_lossy(const hg_expr *e)
{
	const hg_expr *f = e->op == HG_OP_CALL ? e->kid[0] : NULL;
	bool log = f && f->op == HG_OP_NAME && hg_fn_find(f->name) == HG_FN_LOG;
	bool square = e->op == HG_OP_POW && e->kid[1]->op == HG_OP_NUM && e->kid[1]->number == 2 && e->kid[0]->op == HG_OP_SUM_OF;
	if (log || square || e->op == HG_OP_NORM)
		return true;
	for (size_t i = 0; i < e->nkids; i++)
		if (is_lossy(e->kid[i]))
			return true;
	return false;
}

static bool has(const hg_expr *e, hg_op op)
{
	bool found = e->op == op;
	for (size_t i = 0; i < e->nkids && !found; i++)
		found = has(e->kid[i], op);
	return found;
}

/* L(w, b) or a sum of many terms: the cost of a function's choice, not a function by itself. */
static bool is_cost(const hg_expr *left, const hg_expr *right)
{
	return left->op != HG_OP_CALL || left->nkids > 2 || has(right, HG_OP_SUM) || has(right, HG_OP_NORM);
}

/* More than numbers, and more than the length of something. */
static bool has_name(const hg_expr *e)
{
	if (e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME && hg_str_is(e->kid[0]->name, "len"))
		return false;
	if (e->op == HG_OP_NAME)
		return true;
	for (size_t i = 0; i < e->nkids; i++)
		if (has_name(e->kid[i]))
			return true;
	return false;
}

/* w in w - r g, and r. */
static bool is_update(walk *w, size_t left, const hg_expr *right)
{
	bool gradient;
	right = bare(right);
	if (right->op != HG_OP_SUM_OF || right->nkids != 2 || letter_at(w, bare(right->kid[0]), &gradient) != left || gradient)
		return false;
	const hg_expr *step = bare(right->kid[1]);
	bool minus = right->kid[1]->op == HG_OP_NEG, product = step->op == HG_OP_PRODUCT;
	const hg_expr *rate = product && step->kid[0]->op != HG_OP_NAME ? step->kid[step->nkids - 1] : product ? step->kid[0] : NULL;
	if (rate && rate->op == HG_OP_NAME && !rate->nindex)
		mark(w, letter_at(w, rate, &gradient), HG_SEEN_STEP);
	return minus || product;
}

static bool is_affine(const hg_expr *e)
{
	e = bare(e);
	return e->op == HG_OP_SUM_OF || e->op == HG_OP_PRODUCT || e->op == HG_OP_SUM || is_call_of(e, HG_FN_DOT);
}

/* The sum of (1/m) sum_i l_i; NULL: it is no sum of one name. */
static const hg_expr *added_up(const hg_expr *e)
{
	e = bare(e);
	if (e->op == HG_OP_SUM)
		return bare(e->kid[0])->op == HG_OP_NAME ? e : NULL;
	const hg_expr *found = NULL;
	for (size_t i = 0; (e->op == HG_OP_PRODUCT || e->op == HG_OP_FRAC) && i < e->nkids && !found; i++)
		found = added_up(e->kid[i]);
	return found;
}

static void add_total(walk *w, size_t letter, const hg_expr *sum)
{
	bool gradient;
	size_t term = letter_at(w, bare(sum->kid[0]), &gradient);
	const hg_expr *over = bound_by(sum);
	pair(w, HG_PAIR_TOTAL, letter, term);
	if (over)
		pair(w, HG_PAIR_ADDED_OVER, term, letter_at(w, over, &gradient));
}

/* n and d of W \in R^{n x d}: no values of the document's equations. */
static void sizes(walk *w, const hg_expr *e)
{
	bool gradient;
	if (e->op == HG_OP_NAME) {
		size_t letter = letter_at(w, e, &gradient);
		mark(w, letter, HG_SEEN_SIZE);
		indices(w, letter, e);
	}
	for (size_t i = 0; i < e->nkids; i++)
		sizes(w, e->kid[i]);
}

static void equation(walk *w, const hg_expr *left, const hg_side *side, bool first)
{
	bool gradient, equal = side->rel == HG_REL_EQ || side->rel == HG_REL_DEFINED || side->rel == HG_REL_ASSIGN;
	left = bare(left);
	const hg_expr *named = left->op == HG_OP_CALL ? left->kid[0] : left;
	size_t letter = named->op == HG_OP_NAME ? letter_at(w, named, &gradient) : NONE;
	w->defines = w->lossy = w->loss = false;
	if (named->op == HG_OP_NAME && letter == NONE && equal && left->op != HG_OP_CALL && (named->accent & HG_HAT))
		w->defines = has_name(side->e);
	if (letter != NONE && !gradient && equal) {
		bool update = is_update(w, letter, side->e);
		w->defines = !update && has_name(side->e);
		w->lossy = w->defines && is_lossy(side->e) && is_cost(left, side->e);
		unsigned is = w->seen->letter[letter].where;
		w->loss = w->defines && ((is & HG_SEEN_TARGET) || (w->lossy && !(is & HG_SEEN_USED))) && !(is & (HG_SEEN_VARIABLE | HG_SEEN_GRADIENT));
		const hg_expr *total = w->defines && !update ? added_up(side->e) : NULL;
		if (total)
			add_total(w, letter, total);
		if (update)
			mark(w, letter, HG_SEEN_UPDATED);
		else if (first || left->op == HG_OP_CALL)
			mark(w, letter, w->defines ? HG_SEEN_DEFINED | (w->lossy ? HG_SEEN_LOSSY : 0) | (is_affine(side->e) ? 0 : HG_SEEN_CALLED)
			                           : HG_SEEN_VALUED);
	}
	value(w, side->e, 0);
}

/* i = j, k \neq c: of letters that stand in indices, and nowhere as a value. */
static bool is_condition(walk *w, const hg_statement *s)
{
	bool gradient, all = s->nsides == 2;
	for (size_t k = 0; all && k < 2; k++) {
		const hg_expr *e = s->side[k].e;
		size_t letter = e && e->op == HG_OP_NAME && !e->nindex ? letter_at(w, e, &gradient) : NONE;
		all = letter != NONE && (w->seen->letter[letter].where & (HG_SEEN_INDEX | HG_SEEN_BOUND | HG_SEEN_LIMIT));
	}
	return all;
}

void hg_evidence_add(hg_evidence *seen, const hg_statements *said)
{
	walk w = {.seen = seen};
	const hg_expr *left = NULL;
	for (size_t i = 0; i < said->n; i++) {
		const hg_statement *s = &said->at[i];
		if (is_condition(&w, s))
			continue;
		bool led = s->nsides && s->side[0].rel == HG_REL_NONE && s->side[0].e;
		if (led && s->nsides > 1)
			left = s->side[0].e;
		for (size_t k = 0; k < s->nsides; k++) {
			hg_declared d;
			if (!s->side[k].e)
				continue;
			if (s->side[k].rel == HG_REL_IN && k) {
				for (size_t n = 0; hg_declares(s, k, &d) && n < d.nsizes; n++)
					sizes(&w, d.size[n]);
			} else if (k || !led)
				equation(&w, left ? left : s->side[k].e, &s->side[k], led && k == 1);
			else if (bare(s->side[0].e)->op != HG_OP_NAME || s->nsides == 1) {
				w.defines = w.lossy = w.loss = false;
				value(&w, s->side[0].e, 0);
			} else { /* a name on a left side: its indices, and whether it is a gradient's */
				bool gradient;
				size_t letter = letter_at(&w, bare(s->side[0].e), &gradient);
				mark(&w, letter, gradient ? HG_SEEN_GRADIENT : HG_SEEN_VALUE);
				indices(&w, letter, bare(s->side[0].e));
			}
		}
	}
}
