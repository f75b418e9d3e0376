/* Right and wrong textbook derivatives before the checkers: false failures and false passes of this engine and of
 * gsl_deriv_central with its own abserr, in one run. bench_corpus --claims prints every case for checkers in other
 * languages (peers.py); bench_corpus --many N tries the right derivative of each function at N points and holds the
 * bounds against the truth. Fails when a target is not met. */
#include "corpus.h"
#include "handgrad.h"

#include <gsl/gsl_deriv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct scene {
	const curve *curve;
	variant variant;
	double x, claim;
} scene;

typedef enum decision { ACCEPT, REJECT, UNDECIDED } decision;

typedef struct checker {
	const char *name;
	decision (*decide)(scene *s);
} checker;

/* ---- the checkers -------------------------------------------------------------------------------------- */

static int value(const gsl_matrix *const x[], void *params, double *f)
{
	const scene *s = params;
	*f = curve_value(s->curve, s->variant, x[0]->data[0]);
	return 0;
}

static int claimed(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	(void)x;
	g[0]->data[0] = ((scene *)params)->claim;
	return 0;
}

static unsigned long evaluations, checks;

static hg_entry check(scene *s, const hg_settings *settings)
{
	const hg_function f = {.value = value, .params = s};
	const hg_gradient g = {.value = claimed, .params = s};
	hg_point at = {0};
	gsl_matrix *x;
	hg_verdict *v;
	if (hg_point_add(&at, "x", 1, 1, &x) != HG_OK)
		exit(3);
	x->data[0] = s->x;
	if (hg_check(&f, &g, &at, settings, &v) != HG_OK)
		exit(3);
	const hg_entry e = v->entry[0];
	evaluations += v->evaluations;
	checks++;
	hg_verdict_free(v);
	hg_point_clear(&at);
	return e;
}

static decision decide_at(scene *s, const hg_settings *settings)
{
	static const decision of[] = {
	    [HG_AGREES] = ACCEPT, [HG_DISAGREES] = REJECT, [HG_CANNOT_TELL] = UNDECIDED};
	return of[check(s, settings).outcome];
}

static decision by_handgrad(scene *s) { return decide_at(s, NULL); }

/* Float code cannot show 1e-6: ask for what it can. */
static decision by_handgrad_coarse(scene *s)
{
	const hg_settings coarse = {.resolution = 1e-2};
	return decide_at(s, &coarse);
}

static double along(double x, void *params)
{
	const scene *s = params;
	return curve_value(s->curve, s->variant, x);
}

static decision by_gsl(scene *s, double h)
{
	const gsl_function f = {.function = along, .params = s};
	double d, abserr;
	gsl_deriv_central(&f, s->x, h, &d, &abserr);
	return fabs(s->claim - d) <= abserr ? ACCEPT : REJECT;
}

static decision by_gsl_narrow(scene *s) { return by_gsl(s, 1e-8); }
static decision by_gsl_wide(scene *s) { return by_gsl(s, 1e-3); }

static const checker checkers[] = {
    {"handgrad", by_handgrad},
    {"handgrad, resolution 1e-2", by_handgrad_coarse},
    {"gsl_deriv_central h = 1e-8, abserr", by_gsl_narrow},
    {"gsl_deriv_central h = 1e-3, abserr", by_gsl_wide},
};

/* ---- the cases ----------------------------------------------------------------------------------------- */

typedef struct tally {
	long right, wrong, false_failures, false_passes, undecided, undecided_wrong;
} tally;

typedef void visit(scene *s, bool right, void *self);

static void for_each(points where, variant v, visit *see, void *self)
{
	uint64_t state = where == TYPICAL ? 11 : 12;
	for (size_t c = 0; c < ncurves; c++)
		for (int k = 0; k < POINTS; k++) {
			scene s = {&curves[c], v, curve_point(&curves[c], where, &state), 0};
			double slips[MOST_SLIPS];
			s.claim = curve_factor(v) * curves[c].d(s.x);
			see(&s, true, self);
			curves[c].slips(s.x, slips);
			for (int i = 0; i < MOST_SLIPS; i++) {
				s.claim = curve_factor(v) * slips[i];
				if (is_wrong(&curves[c], s.x, slips[i]))
					see(&s, false, self);
			}
		}
}

typedef struct job {
	const checker *by;
	tally t;
	bool loud;
} job;

static void count(scene *s, bool right, void *self)
{
	job *j = self;
	const decision d = j->by->decide(s);
	j->t.right += right;
	j->t.wrong += !right;
	j->t.false_failures += right && d == REJECT;
	j->t.false_passes += !right && d == ACCEPT;
	j->t.undecided += right && d == UNDECIDED;
	j->t.undecided_wrong += !right && d == UNDECIDED;
	if (j->loud && ((right && d != ACCEPT) || (!right && d != REJECT)))
		printf("  %s: %s at %.17g: %s claim %.6g %s\n", variants[s->variant], s->curve->name, s->x,
		       right ? "right" : "wrong", s->claim,
		       d == ACCEPT   ? "accepted"
		       : d == REJECT ? "rejected"
		                     : "undecided");
}

static void print_case(scene *s, bool right, void *self)
{
	const char *where = self;
	printf("%s;%s;%s;%a;%a;%d\n", where, variants[s->variant], s->curve->name, s->x, s->claim, right);
}

static double percent(long a, long b) { return b ? 100 * (double)a / (double)b : 0; }

static int missed(const char *what, bool met)
{
	printf("%s: %s\n", met ? "met" : "NOT MET", what);
	return !met;
}

static int compare(bool loud)
{
	tally ours[2][NVARIANTS] = {{{0}}};
	for (points where = TYPICAL; where <= STRESS; where++)
		for (variant v = PLAIN; v < NVARIANTS; v++)
			for (size_t k = 0; k < sizeof checkers / sizeof *checkers; k++) {
				job j = {.by = &checkers[k], .loud = loud && k == 0};
				if (where == STRESS && v != PLAIN)
					continue;
				for_each(where, v, count, &j);
				printf("%-8s %-12s %-36s right %4ld wrong %4ld  FF %6.2f %%  FP %6.2f %%  undecided %6.2f %% "
				       "/ %6.2f %%\n",
				       where == TYPICAL ? "typical" : "stress", variants[v], checkers[k].name, j.t.right,
				       j.t.wrong, percent(j.t.false_failures, j.t.right),
				       percent(j.t.false_passes, j.t.wrong), percent(j.t.undecided, j.t.right),
				       percent(j.t.undecided_wrong, j.t.wrong));
				if (k == 0)
					ours[where][v] = j.t;
			}
	printf("handgrad: %.0f evaluations a check\n", (double)evaluations / (double)checks);
	const tally *typical = &ours[TYPICAL][PLAIN], *stress = &ours[STRESS][PLAIN];
	int failed =
	    missed("typical 0 / 0", !typical->false_failures && !typical->false_passes && !typical->undecided);
	failed +=
	    missed("stress false failures at most 0.2 %", percent(stress->false_failures, stress->right) <= 0.2);
	failed += missed("stress false passes 0", stress->false_passes == 0);
	failed += missed("stress cannot-tell at most 1 %", percent(stress->undecided, stress->right) <= 1);
	for (variant v = SINGLE; v < NVARIANTS; v++)
		failed += missed(variants[v], !ours[TYPICAL][v].false_failures && !ours[TYPICAL][v].false_passes);
	failed +=
	    missed("scale changes no verdict", !memcmp(&ours[TYPICAL][SMALL], typical, sizeof *typical) &&
	                                           !memcmp(&ours[TYPICAL][LARGE], typical, sizeof *typical));
	return failed != 0;
}

/* Points of every size, typical and stress by turns. */
static int many(long n)
{
	uint64_t state = 31;
	long right = 0, rejected = 0, undecided = 0, bounded = 0, outside = 0;
	double worst = 0;
	for (size_t c = 0; c < ncurves; c++)
		for (long k = 0; k < n; k++) {
			scene s = {&curves[c], PLAIN, curve_point(&curves[c], k % 2 ? STRESS : TYPICAL, &state), 0};
			s.claim = curves[c].d(s.x);
			const hg_entry e = check(&s, NULL);
			const double share = fabs(e.numerical - s.claim) / e.abserr;
			const bool has_bound = e.kind <= HG_FLAT, missed_it = has_bound && !(share <= 1);
			right++;
			rejected += e.outcome == HG_DISAGREES;
			undecided += e.outcome == HG_CANNOT_TELL;
			bounded += has_bound;
			outside += missed_it;
			worst = has_bound ? fmax(worst, share) : worst;
			if (e.outcome == HG_DISAGREES || missed_it)
				printf("  %s at %.17g: truth %.17g, %.17g +- %.3g (%s)\n", s.curve->name, s.x, s.claim,
				       e.numerical, e.abserr, hg_class_text(e.kind));
		}
	printf("%ld right derivatives: %ld rejected, %ld undecided; %ld bounds, %ld missed, error / bound at worst "
	       "%.2f\n",
	       right, rejected, undecided, bounded, outside, worst);
	return rejected + outside != 0;
}

int main(int argc, char **argv)
{
	if (argc > 2 && !strcmp(argv[1], "--many"))
		return many(strtol(argv[2], NULL, 10));
	if (argc > 1 && !strcmp(argv[1], "--claims")) {
		char typical[] = "typical", stress[] = "stress";
		for (variant v = PLAIN; v < NVARIANTS; v++)
			for_each(TYPICAL, v, print_case, typical);
		for_each(STRESS, PLAIN, print_case, stress);
		return 0;
	}
	return compare(argc > 1 && !strcmp(argv[1], "--loud"));
}
