/* The oracle against the truth: bench_regimes [cases per regime]. Prints one row per regime and fails when a bar is
 * not met:
 *
 *   no right gradient disagrees; the bound holds in 99.999 % of the derivatives that carry one;
 *   in the ordinary regimes a relative error of 1e-6 is found in 100.0 % (the rest are points where rounding hides it
 *   from everybody, and they are not accepted), of 1e-9 in at least 99.5 %;
 *   no gradient wrong by 100 % is accepted with a resolution. */
#include "regimes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NERRORS = 6 };

static const double errors[NERRORS] = {1, 1e-3, 1e-6, 1e-9, 1e-10, 1e-11};

typedef struct tally {
	long n, disagree, agree, zero, cannot_tell; /* on right gradients */
	long bounded, missed;
	double worst;                                           /* of error / bound */
	long wrong[NERRORS], found[NERRORS], accepted[NERRORS]; /* on gradients wrong by 1 + r */
	unsigned long evaluations, most;
	long count[11]; /* evaluations by 16, for the median */
} tally;

typedef struct claim {
	const problem *p;
	double factor;
} claim;

static int value(const gsl_matrix *const x[], void *params, double *f)
{
	*f = problem_value(((claim *)params)->p, x[0]->data[0]);
	return 0;
}

static int gradient(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const claim *c = params;
	g[0]->data[0] = c->factor * problem_gradient(c->p, x[0]->data[0]);
	return 0;
}

static hg_entry check(const problem *p, const hg_point *at, double factor, unsigned long *evaluations)
{
	claim c = {p, factor};
	const hg_function f = {.value = value, .params = &c};
	const hg_gradient g = {.value = gradient, .params = &c};
	hg_verdict *v;
	if (hg_check(&f, &g, at, NULL, &v) != HG_OK) {
		fprintf(stderr, "bench_regimes: a check failed\n");
		exit(3);
	}
	const hg_entry e = v->entry[0];
	*evaluations = v->evaluations;
	hg_verdict_free(v);
	return e;
}

static void right(const problem *p, const hg_point *at, tally *t)
{
	unsigned long evaluations;
	const hg_entry e = check(p, at, 1, &evaluations);
	t->n++;
	t->disagree += e.outcome == HG_DISAGREES;
	t->zero += e.reason == HG_BOTH_ZERO;
	t->agree += e.outcome == HG_AGREES && e.reason != HG_BOTH_ZERO;
	t->cannot_tell += e.outcome == HG_CANNOT_TELL;
	t->evaluations += evaluations;
	t->most = evaluations > t->most ? evaluations : t->most;
	t->count[evaluations / 16 < 10 ? evaluations / 16 : 10]++;
	if (e.outcome == HG_DISAGREES)
		printf("  false disagreement: %s, x = %.17g, claimed %.17g, found %.17g +- %.3g (%s)\n",
		       regimes[p->regime].name, p->x, e.claimed, e.numerical, e.abserr, hg_class_text(e.kind));
	if (e.kind > HG_FLAT)
		return;
	const double share = fabs(e.numerical - problem_truth(p, p->x)) / e.abserr;
	t->bounded++;
	t->missed += !(share <= 1);
	t->worst = fmax(t->worst, share);
	if (!(share <= 1))
		printf("  bound missed: %s, x = %.17g, truth %.17g, found %.17g +- %.3g (%s)\n",
		       regimes[p->regime].name, p->x, problem_truth(p, p->x), e.numerical, e.abserr,
		       hg_class_text(e.kind));
}

static void wrong(const problem *p, const hg_point *at, int k, tally *t)
{
	unsigned long evaluations;
	if (problem_gradient(p, p->x) == 0)
		return;
	const hg_entry e = check(p, at, 1 + errors[k], &evaluations);
	t->wrong[k]++;
	t->found[k] += e.outcome == HG_DISAGREES;
	t->accepted[k] += e.outcome == HG_AGREES && e.reason != HG_BOTH_ZERO && e.resolution < errors[k];
}

static void measure(int regime, long n, tally *t)
{
	uint64_t state = 20240607 + (uint64_t)regime;
	hg_point at = {0};
	gsl_matrix *x;
	if (hg_point_add(&at, "x", 1, 1, &x) != HG_OK)
		exit(3);
	for (long i = 0; i < n; i++) {
		problem p;
		problem_draw(regime, &state, &p);
		x->data[0] = p.x;
		right(&p, &at, t);
		wrong(&p, &at, (int)(i % NERRORS), t);
	}
	hg_point_clear(&at);
}

static double percent(long a, long b) { return b ? 100 * (double)a / (double)b : 0; }

static unsigned long median(const tally *t)
{
	long seen = 0;
	unsigned long k = 0;
	while (k < 10 && (seen += t->count[k]) * 2 < t->n)
		k++;
	return 16 * k + 8;
}

static void print_row(const char *name, const tally *t)
{
	printf("%-38s %8ld %5ld %6.1f %6.1f %6.1f %5ld %6.2f ", name, t->n, t->disagree, percent(t->agree, t->n),
	       percent(t->zero, t->n), percent(t->cannot_tell, t->n), t->missed, t->worst);
	for (int k = 0; k < NERRORS; k++)
		printf(" %6.2f", percent(t->found[k], t->wrong[k]));
	printf("  %5lu %5lu\n", median(t), t->most);
}

static void add(tally *sum, const tally *t)
{
	sum->n += t->n;
	sum->disagree += t->disagree;
	sum->agree += t->agree;
	sum->zero += t->zero;
	sum->cannot_tell += t->cannot_tell;
	sum->bounded += t->bounded;
	sum->missed += t->missed;
	sum->worst = fmax(sum->worst, t->worst);
	sum->most = t->most > sum->most ? t->most : sum->most;
	for (int k = 0; k < NERRORS; k++) {
		sum->wrong[k] += t->wrong[k];
		sum->found[k] += t->found[k];
		sum->accepted[k] += t->accepted[k];
	}
	for (int k = 0; k < 11; k++)
		sum->count[k] += t->count[k];
}

static int bar(const char *what, bool met)
{
	printf("%s: %s\n", met ? "met" : "NOT MET", what);
	return !met;
}

int main(int argc, char **argv)
{
	const long n = argc > 1 ? strtol(argv[1], NULL, 10) : 1000;
	tally ordinary = {0}, all = {0};
	printf("%-38s %8s %5s %6s %6s %6s %5s %6s  %6s %6s %6s %6s %6s %6s  %5s %5s\n", "regime", "cases",
	       "false", "agree%", "zero%", "tell-%", "miss", "err/B", "1", "1e-3", "1e-6", "1e-9", "1e-10",
	       "1e-11", "evals", "most");
	for (int r = 0; r < NREGIMES; r++) {
		tally t = {0};
		measure(r, n, &t);
		print_row(regimes[r].name, &t);
		add(&all, &t);
		if (regimes[r].ordinary)
			add(&ordinary, &t);
	}
	print_row("ordinary", &ordinary);
	print_row("all", &all);
	int missed = bar("no right gradient disagrees", all.disagree == 0);
	missed += bar("bound holds in 99.999 %", (double)all.missed <= 1e-5 * (double)all.bounded);
	missed += bar("1e-6 found in 100.0 % of ordinary cases",
	              percent(ordinary.found[2], ordinary.wrong[2]) >= 99.95);
	missed += bar("1e-6 accepted in none of them with a finer resolution", ordinary.accepted[2] == 0);
	missed += bar("1e-9 found in 99.5 %", percent(ordinary.found[3], ordinary.wrong[3]) >= 99.5);
	missed += bar("1e-10 found in 98 %", percent(ordinary.found[4], ordinary.wrong[4]) >= 98);
	missed += bar("no gradient wrong by 100 % accepted with a resolution", all.accepted[0] == 0);
	return missed != 0;
}
