/* Whole gradients of families of functions, ordinary and stressed, as written and as the world hands them on: scaled, on
 * a large offset, rounded, in floats, with noise. Right claims and eight slips each: bench_families [FIRST LAST]. Prints what
 * was refused, passed and bounded; fails where a right claim is refused, or a wrong one passes beyond what is certified. */
#include "families.h"
#include "handgrad.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum wrap { PLAIN, SMALL, LARGE, OFFSET, ROUNDED, FLOATS, SINGLE, NOISY, TINY, HUGE_, WRAPS } wrap;

static const char *const wrap_names[WRAPS] = {"plain", "x 1e-7", "x 1e7", "+ 1e8", "round 1e-6", "float32", "float32, said",
                                              "noise 1e-9", "x 1e-200", "x 1e200"};
static const double factors[WRAPS] = {1, 1e-7, 1e7, 1, 1, 1, 1, 1, 1e-200, 1e200};

typedef struct run {
	instance of;
	wrap how;
	double slope[FAMILY_ENTRIES]; /* right */
	double claimed[FAMILY_ENTRIES];
} run;

/* What no rounding mode moves: a value that depends on all bits of the place. */
static double hash_of(const double x[], size_t n)
{
	uint64_t h = 0x9e3779b97f4a7c15U, bits;
	for (size_t k = 0; k < n; k++) {
		memcpy(&bits, &x[k], sizeof bits);
		h = (h ^ bits) * 0xbf58476d1ce4e5b9U;
		h ^= h >> 29;
	}
	return (double)(h >> 11) * 0x1p-53 - 0.5;
}

static int value(const gsl_matrix *const x[], void *params, double *f)
{
	const run *r = params;
	const double y = instance_value(&r->of, x[0]->data) * factors[r->how];
	*f = r->how == OFFSET                          ? y + 1e8
	     : r->how == ROUNDED                       ? rint(y * 1e6) / 1e6
	     : r->how == FLOATS || r->how == SINGLE    ? (double)(float)y
	     : r->how == NOISY                         ? y + 1e-9 * hash_of(x[0]->data, r->of.n)
	                                               : y;
	return 0;
}

static int claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const run *r = params;
	(void)x;
	memcpy(g[0]->data, r->claimed, r->of.n * sizeof *r->claimed);
	return 0;
}

/* ---- what is counted ------------------------------------------------------------------------------------- */

typedef struct tally {
	size_t right, refused, open;
	size_t wrong, found, within, zero, left_open, beyond;
	size_t bounded, missed;
	unsigned long evaluations, checks;
} tally;

static tally tallies[WRAPS][2];
static size_t skipped;

static void complain(const run *r, const hg_entry *e, const char *what)
{
	printf("! %s: %s, %s, entry %zu at %.17g: claimed %.17g, truth %.17g, numerical %.17g +- %.3g, %s, %s, resolution %.3g, step %.3g\n", what,
	       families[r->of.family].name, wrap_names[r->how], e->j, r->of.x[e->j], e->claimed, r->slope[e->j], e->numerical,
	       e->abserr, hg_class_text(e->kind), hg_reason_text(e->reason), e->resolution, e->step);
}

static void count_right(const run *r, const hg_entry *e, tally *t)
{
	t->right++;
	t->open += e->outcome == HG_CANNOT_TELL;
	t->refused += e->outcome == HG_DISAGREES;
	if (e->outcome == HG_DISAGREES)
		complain(r, e, "right, refused");
	if (!isfinite(e->abserr) || e->kind == HG_KINK)
		return;
	t->bounded++;
	if (!(fabs(e->numerical - r->slope[e->j]) <= e->abserr + DBL_EPSILON * fabs(r->slope[e->j]) + DBL_TRUE_MIN)) {
		t->missed++;
		complain(r, e, "bound missed");
	}
}

static void count_wrong(const run *r, const hg_entry *e, double wanted, tally *t)
{
	const double error = fabs(e->claimed - r->slope[e->j]), size = fmax(fabs(e->claimed), fabs(e->numerical));
	if (!(error > 1e-11 * fabs(r->slope[e->j])) || error < DBL_MIN)
		return; /* not wrong */
	t->wrong++;
	t->found += e->outcome == HG_DISAGREES;
	t->left_open += e->outcome == HG_CANNOT_TELL;
	if (e->outcome != HG_AGREES)
		return;
	const bool zero = e->reason == HG_BOTH_ZERO;
	t->zero += zero;
	t->within += !zero;
	if (error <= (zero ? 2.1 * wanted * e->typical + e->abserr : e->resolution * size * (1 + 1e-9) + 2 * DBL_EPSILON * size))
		return;
	t->beyond++;
	complain(r, e, "wrong, passed");
}

/* ---- right, and eight slips ------------------------------------------------------------------------------- */

enum { SLIPS = 8 };

static double slipped(const run *r, size_t k, int slip)
{
	static const double times[SLIPS] = {1 + 1e-9, 1 + 1e-6, 1 + 1e-3, 1.1, -1, 2, 0, 0};
	const double d = r->slope[k];
	return slip == SLIPS - 1 ? instance_value(&r->of, r->of.x) * factors[r->how] : d * times[slip]; /* the last: f for f' */
}

static bool judge(run *r, tally *t, int slip)
{
	double x[FAMILY_ENTRIES];
	memcpy(x, r->of.x, sizeof x);
	gsl_matrix_view m = gsl_matrix_view_array(x, 1, r->of.n);
	hg_block block = {.name = "x", .x = &m.matrix, .wrt = true};
	const hg_point at = {.nblocks = 1, .block = &block};
	const hg_settings settings = {.single = r->how == SINGLE};
	hg_verdict *v;
	if (hg_check(&(hg_function){.value = value, .params = r}, &(hg_gradient){claim, r}, &at, &settings, &v) != HG_OK)
		exit(3);
	for (size_t k = 0; k < v->nentries; k++)
		if (slip < 0)
			count_right(r, &v->entry[k], t);
		else
			count_wrong(r, &v->entry[k], v->wanted, t);
	t->evaluations += v->evaluations;
	t->checks += v->nentries;
	hg_verdict_free(v);
	return true;
}

static void try_case(size_t k, uint64_t seed, bool stress, wrap how)
{
	run r = {.how = how};
	instance_draw(k, seed, stress, &r.of);
	for (size_t i = 0; how == SINGLE && i < r.of.n; i++)
		r.of.x[i] = (float)r.of.x[i];
	if (!instance_truth(&r.of, r.slope)) {
		skipped++;
		return;
	}
	for (size_t i = 0; i < r.of.n; i++)
		r.slope[i] *= factors[how];
	for (int slip = -1; slip < SLIPS; slip++) {
		for (size_t i = 0; i < r.of.n; i++)
			r.claimed[i] = slip < 0 ? r.slope[i] : slipped(&r, i, slip);
		judge(&r, &tallies[how][stress], slip);
	}
}

/* ---- the table ------------------------------------------------------------------------------------------------ */

static double percent(size_t part, size_t whole) { return whole ? 100 * (double)part / (double)whole : 0; }

static void print(const char *name, const char *points, const tally *t)
{
	printf("%-14s %-8s right %7zu refused %3zu open %6.2f %% | wrong %8zu found %6.2f %% open %6.2f %% within %6.2f %% zero %6.2f %% beyond %zu | "
	       "bounds %7zu missed %zu | %5.1f evaluations\n",
	       name, points, t->right, t->refused, percent(t->open, t->right), t->wrong, percent(t->found, t->wrong),
	       percent(t->left_open, t->wrong), percent(t->within, t->wrong), percent(t->zero, t->wrong), t->beyond, t->bounded,
	       t->missed, t->checks ? (double)t->evaluations / (double)t->checks : 0);
}

static void add(tally *to, const tally *t)
{
	to->right += t->right, to->refused += t->refused, to->open += t->open;
	to->wrong += t->wrong, to->found += t->found, to->within += t->within, to->zero += t->zero;
	to->left_open += t->left_open, to->beyond += t->beyond;
	to->bounded += t->bounded, to->missed += t->missed;
	to->evaluations += t->evaluations, to->checks += t->checks;
}

static bool is_met(bool met, const char *what)
{
	printf("%s: %s\n", met ? "met" : "NOT MET", what);
	return met;
}

int main(int argc, char **argv)
{
	const uint64_t first = argc > 2 ? strtoull(argv[1], NULL, 10) : 0, last = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	tally all = {0}, floats = {0}, others = {0};
	for (uint64_t seed = first; seed < last; seed++)
		for (size_t k = 0; k < nfamilies; k++)
			for (int w = 0; w < WRAPS; w++)
				for (int stress = 0; stress < 2; stress++)
					try_case(k, seed, stress, (wrap)w);
	for (int w = 0; w < WRAPS; w++)
		for (int stress = 0; stress < 2; stress++) {
			print(wrap_names[w], stress ? "stressed" : "ordinary", &tallies[w][stress]);
			add(w == FLOATS || w == SINGLE ? &floats : &others, &tallies[w][stress]);
		}
	add(&all, &floats);
	add(&all, &others);
	print("all", "", &all);
	printf("%zu cases at a kink left out\n", skipped);
	bool met = is_met(all.refused == 0, "no right claim is refused");
	met &= is_met(all.beyond == 0, "no wrong claim passes beyond what was certified");
	met &= is_met(others.missed * 100000 <= others.bounded, "bounds hold in 99.999 % outside of float32");
	met &= is_met(floats.missed * 10000 <= floats.bounded, "bounds hold in 99.99 % of float32");
	return !met;
}
