/* The engine's word: the function cut at the variable, differenced with an error bound. */
#include "claim/certify.h"

#include "finding/picture.h"

#include <fenv.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct cut_function {
	hg_tape *tape;
	hg_plan plan, narrow; /* narrow: what the entries moved last reach */
	hg_cut by, moved, *room;
	hg_node to;
	int rounding;         /* as all values of the plan were rounded */
} cut_function;

static double sum_of(const gsl_matrix *u)
{
	double sum = 0;
	for (size_t i = 0; i < u->size1 * u->size2; i++)
		sum += u->data[i];
	return sum;
}

static bool same_bits(const double *a, const double *b) { return !memcmp(a, b, sizeof *a); }

/* Puts the entries in; the smallest part that holds all that were others. */
static hg_cut put_in(const cut_function *c, const gsl_matrix *x)
{
	gsl_matrix *v = hg_tape_value(c->tape, c->by.node);
	size_t top = c->by.rows, bottom = 0, left = c->by.cols, right = 0;
	for (size_t i = 0; i < c->by.rows; i++) {
		double *to = v->data + (c->by.row + i) * v->tda + c->by.col;
		const double *from = x->data + i * x->tda;
		for (size_t j = 0; j < c->by.cols; j++) {
			if (same_bits(&to[j], &from[j]))
				continue;
			to[j] = from[j];
			top = top < i ? top : i;
			bottom = i + 1;
			left = left < j ? left : j;
			right = right > j + 1 ? right : j + 1;
		}
	}
	return bottom ? (hg_cut){c->by.node, c->by.row + top, c->by.col + left, bottom - top, right - left} : (hg_cut){.node = c->by.node};
}

static bool same_part(const hg_cut *a, const hg_cut *b)
{
	return a->row == b->row && a->col == b->col && a->rows == b->rows && a->cols == b->cols;
}

/* Only what the moved entries reach is computed again, unless it is all rounded otherwise than before. */
static int cut_value(const gsl_matrix *const x[], void *params, double *f)
{
	cut_function *c = params;
	const hg_cut moved = put_in(c, x[0]);
	const int rounding = fegetround();
	if (rounding != c->rounding) {
		hg_tape_play(c->tape, &c->plan);
		c->rounding = rounding;
	} else if (moved.rows) {
		if (!same_part(&moved, &c->moved))
			c->narrow = hg_tape_narrow(c->tape, &c->plan, moved, c->room);
		c->moved = moved;
		hg_tape_play(c->tape, &c->narrow);
	}
	*f = sum_of(hg_tape_value(c->tape, c->to));
	return !isfinite(*f) || !hg_budget_step(hg_tape_budget(c->tape), c->plan.cost);
}

typedef struct claimed_numbers {
	const double *g;
	size_t cols;
} claimed_numbers;

static int claimed_gradient(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const claimed_numbers *c = params;
	(void)x;
	for (size_t i = 0; i < g[0]->size1; i++)
		for (size_t j = 0; j < g[0]->size2; j++)
			gsl_matrix_set(g[0], i, j, c->g[i * c->cols + j]);
	return 0;
}

static void restore(cut_function *c, const gsl_matrix *x)
{
	double f;
	const gsl_matrix *const at[] = {x};
	cut_value(at, c, &f);
}

/* What one entry may be off by: a claim computed from differenced values carries their error, which is relative to the
 * largest entry, not to each; and a saturated unit's entry, though no digits of it are certain, is one of the array. */
static bool close_beside_the_largest(const hg_try *t, const hg_entry *e)
{
	const double allowed = t->rough ? fmax(hg_reading_tolerance * t->scale, t->blur) : 1e-9 * t->scale;
	bool tiny = e->outcome == HG_CANNOT_TELL && e->reason == HG_LOW_RESOLUTION && fabs(e->numerical) <= 1e-4 * t->scale;
	return (tiny || (t->rough && e->outcome == HG_DISAGREES)) && fabs(e->claimed - e->numerical) <= allowed + e->abserr;
}

/* Entries as close as that take nothing from a verdict in which the largest entry agrees. */
static void judge_beside_the_largest(const hg_try *t, hg_verdict *v)
{
	size_t largest = 0;
	for (size_t i = 0; i < v->nentries; i++) {
		const hg_entry *e = &v->entry[i];
		largest = fabs(e->numerical) > fabs(v->entry[largest].numerical) ? i : largest;
		if (e->outcome != HG_AGREES && !close_beside_the_largest(t, e))
			return;
	}
	if (v->outcome == HG_AGREES || v->entry[largest].outcome != HG_AGREES)
		return;
	v->outcome = HG_AGREES;
	v->worst = largest;
}

static hg_status check(cut_function *c, const hg_try *t, const hg_settings *settings, hg_certificate *out)
{
	gsl_matrix *x = gsl_matrix_alloc(t->by.rows, t->by.cols);
	if (!x)
		return HG_ENOMEM;
	const gsl_matrix *v = hg_tape_value(c->tape, t->by.node);
	for (size_t i = 0; i < t->by.rows; i++)
		for (size_t j = 0; j < t->by.cols; j++)
			gsl_matrix_set(x, i, j, gsl_matrix_get(v, t->by.row + i, t->by.col + j));
	hg_block block = {.name = "v", .x = x, .wrt = true};
	hg_point at = {.nblocks = 1, .block = &block};
	hg_function f = {.value = cut_value, .params = c};
	claimed_numbers numbers = {t->claimed, t->by.cols};
	hg_gradient g = {.value = claimed_gradient, .params = &numbers};
	hg_verdict *verdict = NULL;
	hg_settings own = *settings;
	if (t->rough)
		own.rtol = fmax(own.rtol, hg_reading_tolerance);
	hg_status status = hg_check(&f, &g, &at, &own, &verdict);
	if (status == HG_OK && verdict && verdict->nentries) {
		judge_beside_the_largest(t, verdict);
		const hg_entry *shown = &verdict->entry[t->worst < verdict->nentries ? t->worst : verdict->worst];
		if (out->pictures && verdict->outcome != HG_AGREES)
			status = hg_picture_curve(&f, shown, &at, out->pictures, &out->curve);
		out->done = true;
		out->outcome = verdict->outcome;
		out->worst = verdict->entry[verdict->worst];
		out->resolution = verdict->resolution;
		out->max_abs = verdict->max_abs;
		out->max_rel = verdict->max_rel;
		out->evaluations = verdict->evaluations;
		if (t->rough && out->worst.reason == HG_WITHIN_RTOL && !(settings->rtol > 0)) { /* nobody asked for it */
			out->worst.reason = HG_WITHIN_BOUND;
			out->resolution = fmax(out->resolution, own.rtol);
		}
	}
	hg_verdict_free(verdict);
	restore(c, x);
	gsl_matrix_free(x);
	return status == HG_ENOMEM ? status : HG_OK;
}

/* ---- what is known already ----------------------------------------------------------------------------------------- */

typedef struct hg_certified {
	size_t n;
	const uint64_t *word; /* all that the certificate comes from */
	hg_certificate certificate;
	struct hg_certified *before;
} hg_certified;

/* The function, the numbers claimed, and how they are held against it. NULL: out of memory. */
static uint64_t *describe(const cut_function *c, const hg_try *t, bool pictures, hg_arena *scratch, size_t *n)
{
	const size_t of_function = hg_tape_describe(c->tape, c->by, &c->plan, NULL), entries = t->rows * t->cols;
	const double held[] = {t->scale, t->blur, t->rough, (double)t->worst, pictures};
	uint64_t *word = HG_NEWS(scratch, of_function + entries + sizeof held / sizeof *held, uint64_t);
	if (!word)
		return NULL;
	hg_tape_describe(c->tape, c->by, &c->plan, word);
	memcpy(word + of_function, t->claimed, entries * sizeof *word);
	memcpy(word + of_function + entries, held, sizeof held);
	*n = of_function + entries + sizeof held / sizeof *held;
	return word;
}

static const hg_certified *known(const hg_certifier *by, const uint64_t *word, size_t n)
{
	const hg_certified *k = by->known;
	while (k && (k->n != n || memcmp(k->word, word, n * sizeof *word) != 0))
		k = k->before;
	return k;
}

static hg_status remember(hg_certifier *by, const uint64_t *word, size_t n, const hg_certificate *found)
{
	hg_certified *k = HG_NEW(by->arena, hg_certified);
	uint64_t *copy = HG_NEWS(by->arena, n, uint64_t);
	if (!k || !copy)
		return HG_ENOMEM;
	memcpy(copy, word, n * sizeof *word);
	*k = (hg_certified){n, copy, *found, by->known};
	by->known = k;
	return HG_OK;
}

hg_status hg_certify(hg_world *w, const hg_try *t, hg_certifier *by, hg_arena *scratch, hg_certificate *out)
{
	cut_function c = {.tape = w->tape, .by = t->by, .to = t->to, .rounding = fegetround()};
	size_t entries = t->by.rows * t->by.cols, n;
	*out = (hg_certificate){.pictures = out->pictures};
	if (t->to < 0 || entries != t->rows * t->cols || !entries || !hg_tape_is_scalar(w->tape, t->to))
		return HG_OK;
	HG_TRY(hg_tape_plan(w->tape, t->by.node, t->to, scratch, &c.plan));
	c.room = HG_NEWS(scratch, c.plan.n + 1, hg_cut);
	const uint64_t *word = c.room ? describe(&c, t, out->pictures != NULL, scratch, &n) : NULL;
	if (!word)
		return HG_ENOMEM;
	const hg_certified *before = known(by, word, n);
	if (before) {
		*out = before->certificate;
		return HG_OK;
	}
	HG_TRY(check(&c, t, by->settings, out));
	return hg_budget_is_over(w->budget) ? HG_OK : remember(by, word, n, out);
}
