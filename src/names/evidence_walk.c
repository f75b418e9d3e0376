/* Where the letters of an expression stand. */
#include "names/evidence_walk.h"
#include "lang/command.h"
#include "lang/function.h"

#include <ctype.h>

hg_str hg_letter_of_name(hg_str name, bool *gradient)
{
	size_t n = name.n;
	while (n > 1 && isdigit((unsigned char)name.p[n - 1]))
		n--;
	hg_str core = hg_str_part(name, 0, n), rest = hg_str_part(name, 1, n - 1);
	*gradient = hg_has_differential(core) && isalpha((unsigned char)core.p[1]) && !hg_command_is_letter(core) &&
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
	return i < HG_MOST_LETTERS ? i : HG_NO_LETTER;
}

/* Where the letter of a name is kept; HG_NO_LETTER: it has none. */
size_t hg_seen_letter(hg_seeing *w, const hg_expr *e, bool *gradient)
{
	*gradient = false;
	bool own = e->op == HG_OP_NAME && !(e->accent & (HG_HAT | HG_TILDE | HG_CHECK | HG_BAR)); /* \hat y is another than y */
	hg_str letter = own ? hg_letter_of_name(e->name, gradient) : (hg_str){0};
	if (own && !letter.n && is_word(e->name))
		letter = e->name;
	return letter.n ? place_of(w->seen, letter) : HG_NO_LETTER;
}

void hg_seen_mark(hg_seeing *w, size_t letter, unsigned where)
{
	if (letter != HG_NO_LETTER)
		w->seen->letter[letter].where |= where;
}

void hg_seen_pair(hg_seeing *w, hg_pair_kind kind, size_t a, size_t b)
{
	if (a != HG_NO_LETTER && b != HG_NO_LETTER && !w->seen->letter[a].word && !w->seen->letter[b].word && w->seen->npairs < HG_MOST_PAIRS)
		w->seen->pair[w->seen->npairs++] = (hg_letter_pair){kind, a, b};
}

const hg_expr *hg_seen_bare(const hg_expr *e)
{
	bool turned = e->op == HG_OP_POW && e->kid[1]->op == HG_OP_NAME && hg_str_is(e->kid[1]->name, HG_L_TRANSPOSED);
	if (e->op == HG_OP_BOX || e->op == HG_OP_BRACE || e->op == HG_OP_TRANSPOSE || e->op == HG_OP_NEG || e->op == HG_OP_PRIME || turned)
		return hg_seen_bare(e->kid[0]);
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

static void index_of(hg_seeing *w, size_t owner, const hg_expr *e, bool above, bool shifted)
{
	bool gradient;
	if (hg_letters_side_by_side(w->seen, e))
		for (size_t k = 0; k < e->name.n; k++) {
			size_t one = place_of(w->seen, hg_str_part(e->name, k, 1));
			hg_seen_mark(w, one, HG_SEEN_INDEX);
			hg_seen_pair(w, HG_PAIR_INDEX, owner, one);
		}
	size_t letter = hg_seen_letter(w, e, &gradient);
	if (letter != HG_NO_LETTER && w->seen->letter[letter].word)
		return;
	if (letter != HG_NO_LETTER && !gradient && !e->nindex) {
		hg_seen_mark(w, letter, HG_SEEN_INDEX | (shifted ? HG_SEEN_SHIFTED : 0) | (above ? HG_SEEN_ABOVE : 0));
		hg_seen_pair(w, above ? HG_PAIR_INDEX_ABOVE : HG_PAIR_INDEX, owner, letter);
	}
	bool sum = e->op == HG_OP_SUM_OF && e->nkids == 2;
	for (size_t i = 0; i < e->nkids; i++)
		index_of(w, owner, e->kid[i], above, sum && e->kid[1 - (i > 0)]->op != HG_OP_NAME);
	for (size_t i = 0; e->op == HG_OP_NAME && i < e->nindex; i++)
		index_of(w, owner, e->index[i].e, false, false);
}

void hg_seen_indices(hg_seeing *w, size_t owner, const hg_expr *e)
{
	for (size_t i = 0; i < e->nindex; i++)
		index_of(w, owner, e->index[i].e, e->index[i].sup && e->index[i].style == HG_INDEX_PAREN, false);
	if (e->nindex)
		hg_seen_mark(w, owner, HG_SEEN_INDEXED);
}

/* ---- values --------------------------------------------------------------------------------------------------------- */

static void name(hg_seeing *w, const hg_expr *e, unsigned where)
{
	bool gradient;
	size_t letter = hg_seen_letter(w, e, &gradient);
	hg_seen_mark(w, letter, gradient ? HG_SEEN_GRADIENT : HG_SEEN_VALUE | HG_SEEN_PLAIN | where | (w->lossy ? HG_SEEN_IN_LOSS : 0) | (w->defines && !w->loss ? HG_SEEN_USED : 0));
	hg_seen_indices(w, letter, e);
}

/* m, 2m or n - 1 as a divisor. */
static bool divisor(hg_seeing *w, const hg_expr *e, bool mean)
{
	bool gradient;
	if (e->op == HG_OP_PRODUCT && e->nkids == 2 && e->kid[0]->op == HG_OP_NUM)
		e = e->kid[1];
	size_t letter = e->op == HG_OP_NAME && !e->nindex && !e->accent ? hg_seen_letter(w, e, &gradient) : HG_NO_LETTER;
	if (letter == HG_NO_LETTER || gradient)
		return false;
	hg_seen_mark(w, letter, HG_SEEN_VALUE | HG_SEEN_BELOW | (mean ? HG_SEEN_MEAN : 0) | (mean && w->loss ? HG_SEEN_COUNTED : 0) | (w->defines && !w->loss ? HG_SEEN_USED : 0));
	return true;
}

bool hg_seen_calls(const hg_expr *e, hg_fn fn)
{
	return e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME && hg_fn_find(e->kid[0]->name) == fn;
}

static bool has_sum(const hg_expr *e)
{
	e = hg_seen_bare(e);
	if (e->op == HG_OP_SUM || hg_seen_calls(e, HG_FN_SUM_OVER))
		return true;
	for (size_t i = 0; (e->op == HG_OP_PRODUCT || e->op == HG_OP_SUM_OF) && i < e->nkids; i++)
		if (has_sum(e->kid[i]))
			return true;
	return false;
}

const hg_expr *hg_seen_bound(const hg_expr *sum)
{
	const hg_expr *c = sum->nkids > 1 ? sum->kid[1] : NULL, *letter = c && c->op == HG_OP_COMPARE ? c->kid[0] : c;
	return letter && letter->op == HG_OP_NAME && !letter->nindex ? letter : NULL;
}

static void sum(hg_seeing *w, const hg_expr *e, bool mean)
{
	const hg_expr *letter = hg_seen_bound(e);
	bool gradient;
	size_t bound = letter ? hg_seen_letter(w, letter, &gradient) : HG_NO_LETTER;
	hg_seen_mark(w, bound, HG_SEEN_BOUND | (mean ? HG_SEEN_MEAN : 0));
	if (e->nkids > 3 && e->kid[3]->op == HG_OP_NAME) {
		size_t limit = hg_seen_letter(w, e->kid[3], &gradient);
		hg_seen_mark(w, limit, HG_SEEN_LIMIT);
		hg_seen_pair(w, HG_PAIR_LIMIT, bound, limit);
	}
	hg_seen_value(w, e->kid[0], 0);
}

/* z \odot h: entries beside entries, neither a weight of the other. */
static bool is_entrywise(const hg_glue *glue, size_t i) { return glue && i && glue[i - 1] == HG_GLUE_ODOT; }

static bool names_beside(hg_expr *const *kid, size_t n, const hg_glue *glue)
{
	for (size_t i = 1; i < n; i++)
		if (hg_seen_bare(kid[i])->op == HG_OP_NAME && hg_seen_bare(kid[i - 1])->op == HG_OP_NAME && !is_entrywise(glue, i))
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
	if (hg_seen_calls(e, HG_FN_SUM_OVER) && e->nkids == 2)
		return is_penalty(e->kid[1]);
	bool square = e->op == HG_OP_POW && hg_seen_bare(e) == e && e->kid[1]->op == HG_OP_NUM;
	if (square)
		return hg_seen_bare(e->kid[0])->op == HG_OP_NAME || hg_seen_bare(e->kid[0])->op == HG_OP_NORM;
	return e->op == HG_OP_NORM || (e->op == HG_OP_SUM && is_penalty(e->kid[0]));
}

/* w^T w */
static bool is_square(hg_expr *const *kid, size_t n, size_t i)
{
	const hg_expr *a = hg_seen_bare(kid[i]), *b = i + 1 < n ? hg_seen_bare(kid[i + 1]) : NULL;
	return b && a != kid[i] && b == kid[i + 1] && a->op == HG_OP_NAME && hg_expr_equal(a, b);
}

/* Factors in order; glue may be NULL: the arguments of a product in code. */
static void product(hg_seeing *w, hg_expr *const *kid, size_t n, const hg_glue *glue)
{
	size_t last = HG_NO_LETTER;
	bool gradient, mean = false, penalty = false, factors = w->defines && (!w->lossy || n == 2);
	for (size_t i = 0; i < n; i++) {
		mean = mean || has_sum(kid[i]);
		penalty = penalty || (w->lossy && (is_penalty(kid[i]) || is_square(kid, n, i)));
	}
	for (size_t i = 0; i < n; i++) {
		const hg_expr *k = hg_seen_bare(kid[i]);
		bool below = i && glue && glue[i - 1] == HG_GLUE_DIV;
		if (below && divisor(w, k, mean))
			continue;
		if (k->op == HG_OP_FRAC && mean) {
			hg_seen_value(w, k->kid[0], 0);
			if (!divisor(w, k->kid[1], true))
				hg_seen_value(w, k->kid[1], 0);
		} else if (k->op == HG_OP_SUM) {
			sum(w, k, i && hg_seen_bare(kid[i - 1])->op == HG_OP_FRAC);
		} else {
			hg_seen_value(w, k, factors && names_beside(kid, n, glue) ? HG_SEEN_FACTOR : 0);
		}
		size_t letter = k->op == HG_OP_NAME ? hg_seen_letter(w, k, &gradient) : HG_NO_LETTER;
		if (letter != HG_NO_LETTER && penalty && k == kid[i] && !is_penalty(kid[i]) && !(i && is_square(kid, n, i - 1)))
			hg_seen_mark(w, letter, HG_SEEN_PENALTY);
		if (k->op == HG_OP_FRAC && penalty && k->kid[0]->op == HG_OP_NAME) /* lambda / 2 */
			hg_seen_mark(w, hg_seen_letter(w, k->kid[0], &gradient), HG_SEEN_PENALTY);
		if (letter != HG_NO_LETTER && factors && !gradient && !is_entrywise(glue, i))
			hg_seen_pair(w, HG_PAIR_FACTORS, last, letter);
		last = letter;
	}
}

static bool multiplies_names(const hg_expr *e)
{
	e = hg_seen_bare(e);
	if (hg_seen_calls(e, HG_FN_DOT))
		return names_beside(e->kid + 1, e->nkids - 1, NULL);
	return e->op == HG_OP_PRODUCT ? names_beside(e->kid, e->nkids, e->glue) : e->op == HG_OP_SUM && multiplies_names(e->kid[0]);
}

/* R of R h: a product of two names. */
static const hg_expr *first_of_two(const hg_expr *e)
{
	e = hg_seen_bare(e);
	bool two = e->op == HG_OP_PRODUCT && e->nkids == 2 && names_beside(e->kid, e->nkids, e->glue);
	return two && e->kid[0]->op == HG_OP_NAME ? e->kid[0] : NULL;
}

static void terms(hg_seeing *w, const hg_expr *e)
{
	bool affine = false, gradient;
	bool difference = e->nkids == 2 && (e->kid[0]->op == HG_OP_NEG) != (e->kid[1]->op == HG_OP_NEG) && hg_seen_bare(e->kid[0])->op == HG_OP_NAME &&
	                  hg_seen_bare(e->kid[1])->op == HG_OP_NAME;
	for (size_t i = 0; difference && i < 2; i++)
		hg_seen_mark(w, hg_seen_letter(w, hg_seen_bare(e->kid[i]), &gradient), HG_SEEN_COMPARED);
	for (size_t i = 0; i < e->nkids; i++)
		affine = affine || multiplies_names(e->kid[i]);
	for (size_t i = 1; w->defines && !w->lossy && i < e->nkids; i++) {
		const hg_expr *a = first_of_two(e->kid[i - 1]), *b = first_of_two(e->kid[i]);
		if (a && b)
			hg_seen_pair(w, HG_PAIR_BESIDE, hg_seen_letter(w, a, &gradient), hg_seen_letter(w, b, &gradient));
	}
	for (size_t i = 0; i < e->nkids; i++)
		hg_seen_value(w, hg_seen_bare(e->kid[i]), affine && w->defines && !w->lossy ? HG_SEEN_TERM : 0);
}

static void derivative(hg_seeing *w, const hg_expr *e)
{
	bool gradient;
	const hg_expr *of = hg_seen_bare(e->kid[0]), *by = e->nkids > 1 ? hg_seen_bare(e->kid[1]) : NULL;
	if (of->op == HG_OP_CALL && of->kid[0]->op == HG_OP_NAME)
		of = of->kid[0];
	size_t target = hg_seen_letter(w, of, &gradient), variable = by ? hg_seen_letter(w, by, &gradient) : HG_NO_LETTER;
	if (target != HG_NO_LETTER) {
		hg_seen_mark(w, target, HG_SEEN_TARGET);
		hg_seen_indices(w, target, of);
	} else {
		hg_seen_value(w, of, 0);
	}
	bool of_function = of->op == HG_OP_NAME && (hg_fn_find(of->name) != HG_NFNS || hg_str_is(of->name, HG_L_SIGMOID));
	hg_seen_mark(w, variable, of_function ? HG_SEEN_VALUE : HG_SEEN_VARIABLE);
	if (variable != HG_NO_LETTER)
		hg_seen_indices(w, variable, by);
	else if (by)
		hg_seen_value(w, by, 0);
}

void hg_seen_value(hg_seeing *w, const hg_expr *e, unsigned where)
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
			index_of(w, HG_NO_LETTER, e->kid[0], false, false);
			index_of(w, HG_NO_LETTER, e->kid[1], false, false);
			return;
		}
		hg_seen_value(w, e->kid[0], 0);
		hg_seen_value(w, e->kid[1], 0);
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
		hg_seen_value(w, e->kid[0], where);
		for (size_t i = 1; i < e->nkids; i++)
			index_of(w, hg_seen_letter(w, e->kid[0], &gradient), e->kid[i], false, false);
		return;
	case HG_OP_NORM: /* F of ||A||_F says which norm */
		hg_seen_value(w, e->kid[0], 0);
		return;
	case HG_OP_FRAC:
		hg_seen_value(w, e->kid[0], has_sum(e->kid[1]) ? HG_SEEN_FACTOR : 0); /* E / sum E is no loss */
		if (!divisor(w, e->kid[1], has_sum(e->kid[0])))
			hg_seen_value(w, e->kid[1], 0);
		return;
	case HG_OP_POW: /* a number's power, or a mark */
		hg_seen_value(w, e->kid[0], where);
		if (e->kid[0]->op == HG_OP_NAME && e->kid[1]->op != HG_OP_NUM)
			index_of(w, hg_seen_letter(w, e->kid[0], &gradient), e->kid[1], e->kid[1]->bracketed, false);
		return;
	case HG_OP_CALL: {
		if (hg_seen_calls(e, HG_FN_DOT) && e->nkids > 2) {
			product(w, e->kid + 1, e->nkids - 1, NULL);
			return;
		}
		const hg_expr *f = e->kid[0];
		while (f->op == HG_OP_PRIME || f->op == HG_OP_POW || f->op == HG_OP_TRANSPOSE)
			f = f->kid[0];
		if (f->op == HG_OP_NAME && hg_fn_find(f->name) == HG_NFNS) {
			size_t letter = hg_seen_letter(w, f, &gradient);
			hg_seen_mark(w, letter, HG_SEEN_APPLIED);
			hg_seen_indices(w, letter, f);
		}
		for (size_t i = 1; i < e->nkids; i++)
			hg_seen_value(w, e->kid[i], 0);
		return;
	}
	default:
		for (size_t i = 0; i < e->nkids; i++)
			hg_seen_value(w, e->kid[i], 0);
		return;
	}
}
