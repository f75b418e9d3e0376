/* Does the engine see what kind of place it is at? Nineteen families of functions, each with a smooth background
 * a sin(wx + b) + cx and one feature at or near the point, whose truth is known by construction:
 * bench_classes [cases per family]. Prints how each was classified and judged; fails when a bar is not met or when any
 * right gradient disagrees. */
#include "regimes.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct place {
	double a, w, b, c; /* background */
	double x, at;      /* the point; the feature */
	double size;       /* of the feature */
	double slope;      /* a right claim; NaN where there is none */
} place;

static double back(const place *p, double x) { return p->a * sin(p->w * x + p->b) + p->c * x; }
static double back_slope(const place *p) { return p->a * p->w * cos(p->w * p->x + p->b) + p->c; }
static double log_uniform(uint64_t *s, double a, double b) { return pow(10, random_uniform(s, a, b)); }
static double sign(uint64_t *s) { return random_next(s) & 1 ? 1 : -1; }

static void background(uint64_t *s, place *p)
{
	*p = (place){.a = random_gaussian(s),
	             .w = random_uniform(s, 0.3, 3),
	             .b = random_uniform(s, 0, 6),
	             .c = random_gaussian(s),
	             .x = 2 * random_gaussian(s)};
	p->at = p->x;
	p->slope = back_slope(p);
}

/* ---- the families: draw(), then value() ---------------------------------------------------------------- */

static double smooth(const place *p, double x) { return back(p, x); }

static double kink(const place *p, double x) { return back(p, x) + p->size * fmax(x - p->at, 0); }

static void kink_here(uint64_t *s, place *p)
{
	background(s, p);
	p->size = sign(s) * log_uniform(s, -5, 1);
	p->slope += p->size * random_uniform(s, 0.2, 0.8); /* between the slopes */
}

static void kink_away(uint64_t *s, place *p, double from, double to)
{
	background(s, p);
	p->size = sign(s) * log_uniform(s, -3, 1);
	p->at = p->x + sign(s) * log_uniform(s, from, to);
	p->slope += p->x > p->at ? p->size : 0;
}

static void kink_close(uint64_t *s, place *p) { kink_away(s, p, -13, -8); }
static void kink_near(uint64_t *s, place *p) { kink_away(s, p, -8, -2); }

static double bend(const place *p, double x) { return back(p, x) + p->size * (x - p->at) * fabs(x - p->at); }

static void bend_here(uint64_t *s, place *p)
{
	background(s, p);
	p->size = sign(s) * log_uniform(s, -2, 1);
}

static double jump(const place *p, double x) { return back(p, x) + (x >= p->at ? p->size : 0); }

static void jump_here(uint64_t *s, place *p)
{
	background(s, p);
	p->size = sign(s) * log_uniform(s, -9, 0);
}

static void jump_away(uint64_t *s, place *p)
{
	jump_here(s, p);
	p->at = p->x + sign(s) * log_uniform(s, -12, -2);
}

static double stairs(const place *p, double x) { return floor(p->size * back(p, x)) / p->size; }

static void stairs_here(uint64_t *s, place *p)
{
	do
		background(s, p);
	while (fabs(p->slope) < 0.1);
	p->size = log_uniform(s, 1, 6);
}

static double noisy(const place *p, double x)
{
	uint64_t bits;
	memcpy(&bits, &x, sizeof bits);
	return back(p, x) * (1 + p->size * random_uniform(&bits, -1, 1));
}

static void noisy_here(uint64_t *s, place *p)
{
	background(s, p);
	p->size = log_uniform(s, -12, -3);
}

static double root3(const place *p, double x) { return back(p, x) + p->size * cbrt(x - p->at); }

static void root3_here(uint64_t *s, place *p)
{
	background(s, p);
	p->size = sign(s) * log_uniform(s, -2, 1);
	p->x = p->at = 0;
	p->slope = NAN;
}

static double constant(const place *p, double x) { return x > -1e300 ? p->b : 0; }

static void constant_here(uint64_t *s, place *p)
{
	background(s, p);
	p->slope = 0;
}

static double logarithm(const place *p, double x) { return p->a * log(x); }

static void logarithm_here(uint64_t *s, place *p)
{
	background(s, p);
	p->x = log_uniform(s, -300, -14);
	p->slope = p->a / p->x;
}

static double nothing(const place *p, double x) { return x == p->at ? NAN : back(p, x); }

static double clipped(const place *p, double x) { return -p->a * log(fmax(x, 1e-12)); }

static void clipped_here(uint64_t *s, place *p)
{
	background(s, p);
	p->x = log_uniform(s, -13, -11);
	p->slope = p->x > 1e-12 ? -p->a / p->x : 0;
}

static double steep(const place *p, double x) { return tanh(p->size * (x - p->at)); }

static void steep_here(uint64_t *s, place *p)
{
	background(s, p);
	p->size = log_uniform(s, 2, 6);
	p->at = p->x + random_uniform(s, -2, 2) / p->size;
	const double t = tanh(p->size * (p->x - p->at));
	p->slope = p->size * (1 - t * t);
}

static double wave(const place *p, double x) { return sin(p->size * x); }

static void wave_here(uint64_t *s, place *p)
{
	do {
		background(s, p);
		p->size = log_uniform(s, 1, 5);
	} while (fabs(cos(p->size * p->x)) < 1e-3);
	p->slope = p->size * cos(p->size * p->x);
}

static double single(const place *p, double x) { return (float)back(p, x); }

static double dead(const place *p, double x) { return p->b + fmax(x - p->at, 0); }

static void dead_here(uint64_t *s, place *p)
{
	background(s, p);
	p->at = p->x + log_uniform(s, -3, 0.5);
	p->slope = 0;
}

/* ---- what has to come out ------------------------------------------------------------------------------ */

#define IS(class) (1U << (class))

static const struct family {
	const char *name;
	void (*draw)(uint64_t *s, place *p);
	double (*value)(const place *p, double x);
	unsigned classes; /* one of these ... */
	double share;     /* ... in at least so many per cent */
} families[] = {
    {"smooth", background, smooth, IS(HG_SMOOTH), 100},
    {"kink at x", kink_here, kink, IS(HG_KINK), 99.9},
    {"kink 1e-13 to 1e-8 away", kink_close, kink, IS(HG_KINK) | IS(HG_NEAR_KINK) | IS(HG_SMOOTH), 100},
    {"kink 1e-8 to 1e-2 away", kink_near, kink, IS(HG_NEAR_KINK) | IS(HG_SMOOTH), 99},
    {"once differentiable at x", bend_here, bend, IS(HG_SMOOTH), 99.9},
    {"jump at x", jump_here, jump, IS(HG_JUMP), 100},
    {"jump 1e-12 to 1e-2 away", jump_away, jump, IS(HG_JUMP) | IS(HG_SMOOTH), 99},
    {"staircase", stairs_here, stairs, IS(HG_STAIRCASE), 100},
    {"noise of 1e-12 to 1e-3", noisy_here, noisy, IS(HG_NOISY), 99},
    {"vertical tangent", root3_here, root3, IS(HG_UNRESOLVED), 99},
    {"constant", constant_here, constant, IS(HG_FLAT), 100},
    {"dead unit, its kink outside", dead_here, dead, IS(HG_FLAT), 99.9},
    {"log at 1e-300 to 1e-14", logarithm_here, logarithm, IS(HG_SMOOTH) | IS(HG_DOMAIN_EDGE), 99},
    {"NaN at x", background, nothing, IS(HG_DOMAIN), 100},
    {"-log max(t, 1e-12)", clipped_here, clipped, IS(HG_SMOOTH) | IS(HG_FLAT) | IS(HG_NEAR_KINK), 99},
    {"steep tanh", steep_here, steep, IS(HG_SMOOTH), 100},
    {"fast sine", wave_here, wave, IS(HG_SMOOTH), 100},
    {"in single precision", background, single, IS(HG_SMOOTH) | IS(HG_NOISY), 99},
};

typedef struct scene {
	const struct family *family;
	place place;
	double claim;
} scene;

static int value(const gsl_matrix *const x[], void *params, double *f)
{
	const scene *s = params;
	*f = s->family->value(&s->place, x[0]->data[0]);
	return 0;
}

static int claimed(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	(void)x;
	g[0]->data[0] = ((scene *)params)->claim;
	return 0;
}

static hg_entry check(scene *s, double claim)
{
	const hg_function f = {.value = value, .params = s};
	const hg_gradient g = {.value = claimed, .params = s};
	hg_point at = {0};
	gsl_matrix *x;
	hg_verdict *v;
	s->claim = claim;
	if (hg_point_add(&at, "x", 1, 1, &x) != HG_OK)
		exit(3);
	x->data[0] = s->place.x;
	if (hg_check(&f, &g, &at, NULL, &v) != HG_OK)
		exit(3);
	const hg_entry e = v->entry[0];
	hg_verdict_free(v);
	hg_point_clear(&at);
	return e;
}

int main(int argc, char **argv)
{
	const long n = argc > 1 ? strtol(argv[1], NULL, 10) : 300;
	int failed = 0;
	printf("%-30s %7s %7s %7s %8s  %s\n", "truth", "agree%", "false", "tell-%", "found 2x", "classes");
	for (size_t k = 0; k < sizeof families / sizeof *families; k++) {
		uint64_t state = 77 + k;
		long agree = 0, wrong = 0, found = 0, tried = 0, expected = 0, count[HG_UNRESOLVED + 1] = {0};
		for (long i = 0; i < n; i++) {
			scene s = {.family = &families[k]};
			families[k].draw(&state, &s.place);
			/* where there is no derivative any claim will do: it must not be decided */
			const hg_entry e = check(&s, isnan(s.place.slope) ? 1 : s.place.slope);
			agree += e.outcome == HG_AGREES;
			wrong += e.outcome == HG_DISAGREES;
			expected += (families[k].classes >> e.kind) & 1;
			count[e.kind]++;
			if (e.outcome == HG_DISAGREES)
				printf("  false: %s at %.17g: %.17g claimed, %.17g +- %.3g (%s)\n", families[k].name,
				       s.place.x, e.claimed, e.numerical, e.abserr, hg_class_text(e.kind));
			if (e.outcome != HG_AGREES)
				continue;
			tried++;
			found += check(&s, 2 * s.place.slope + (s.place.slope == 0)).outcome == HG_DISAGREES;
		}
		const double share = 100 * (double)expected / (double)n;
		const bool met = wrong == 0 && share >= families[k].share;
		failed += !met;
		printf("%-30s %7.1f %7ld %7.1f %8.1f ", families[k].name, 100 * (double)agree / (double)n, wrong,
		       100 * (double)(n - agree - wrong) / (double)n,
		       tried ? 100 * (double)found / (double)tried : NAN);
		for (hg_class c = HG_SMOOTH; c <= HG_UNRESOLVED; c++)
			if (count[c])
				printf(" %s %.1f", hg_class_text(c), 100 * (double)count[c] / (double)n);
		printf("%s\n", met ? "" : "   NOT MET");
	}
	return failed != 0;
}
