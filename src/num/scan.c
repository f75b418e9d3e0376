#include "num/scan.h"

#include "num/constants.h"
#include "num/stair.h"
#include "num/tolerance.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

typedef struct state {
	const hg_line *line;
	hg_side side;
	hg_scan_mode mode;
	hg_scan *scan;
	hg_fit candidate, coarse;
	bool has_candidate, has_coarse;
	bool above_resolved; /* the scale above was resolved */
	double unit;         /* the scale of x */
	double pooled;       /* noise the candidate was bounded with */
	double largest;      /* value seen */
	int pools, scales;
	int agreeing;        /* unresolved scales running whose slopes are the candidate's */
	double bounds[3], tails[3];           /* of the last unresolved scales, newest first */
	double residual[SCAN_PERSISTENT + 1]; /* of the last scales, a ring */
	double step, tail;                    /* of the last scale, where it was unresolved; tail 0: it was not */
	double exponent;                      /* of the law of the last scales, and how many of them follow it */
	int lawful, misses, leaps;            /* misses: scales running without finite samples */
	bool broken;                          /* a leap showed that the law does not hold */
} state;

/* ---- one scale after the other ------------------------------------------------------------------------- */

static void push(double last[3], double newest)
{
	last[2] = last[1];
	last[1] = last[0];
	last[0] = newest;
}

/* Noise that comes back at a smaller scale is noise of the candidate too. */
static void pool(state *s, const hg_fit *fit)
{
	if (fit->tail > s->candidate.tail && fit->tail > s->pooled && s->pools < SCAN_POOLS) {
		s->pooled = fit->tail;
		s->pools++;
		hg_fit_bound(s->line, s->pooled, &s->candidate);
	}
}

/* The best of what was never resolved. What comes back closer by, much larger, had been missed there by chance, as by nodes
 * that are a multiple of a wave's length apart. */
static void take_coarse(state *s, const hg_fit *fit)
{
	const bool missed = s->has_coarse && fit->tail > SCAN_CONSTANT * s->coarse.tail;
	if (s->has_coarse && !missed && !(fit->abserr < s->coarse.abserr))
		return;
	s->coarse = *fit;
	s->has_coarse = true;
}

/* Around a kink the bound stays while the residual shrinks with the scale. */
static bool looks_like_kink(const state *s)
{
	const double *b = s->bounds, *t = s->tails;
	return !s->has_candidate && s->scales >= 4 && b[2] > 0 &&
	       fmax(b[0], fmax(b[1], b[2])) <= KINK_BOUNDS * fmin(b[0], fmin(b[1], b[2])) &&
	       t[0] <= t[1] / KINK_TAILS && t[1] <= t[2] / KINK_TAILS;
}

/* Around a point at 0 all scales may look alike: the residual goes with a power of the step. */
static void follow_law(state *s, const hg_fit *fit)
{
	const double exponent = s->tail > 0 ? log(fit->tail / s->tail) / log(fit->step / s->step) : 0;
	const bool same = s->lawful && fabs(exponent - s->exponent) <= LAW_SAME;
	s->lawful = exponent > LAW_SAME ? same ? s->lawful + 1 : 1 : 0;
	s->exponent = exponent;
	s->step = fit->step;
	s->tail = fit->tail;
}

/* Steps so much larger than |x| that only the size of x itself could bring something new. */
static bool may_leap(const state *s, double step) { return step > LAW_AWAY * fabs(s->line->x); }

/* Both return whether the scan is over. */
static bool unresolved(state *s, const hg_fit *fit)
{
	s->above_resolved = false;
	if (s->has_candidate) {
		pool(s, fit);
		s->agreeing = fabs(fit->slope - s->candidate.slope) <= fit->abserr + s->candidate.abserr ? s->agreeing + 1 : 0;
	} else {
		take_coarse(s, fit);
	}
	push(s->bounds, fit->abserr);
	push(s->tails, fit->tail);
	s->scan->unresolved++;
	const bool before = s->tail > 0;
	follow_law(s, fit);
	if (before && s->exponent < LAW_JUMPS && hg_fit_jumps(fit))
		s->scan->jumps = fmax(s->scan->jumps, fit->tail);
	s->scan->kinky = s->mode == HG_SCAN_STOP_AT_KINKS && looks_like_kink(s);
	return s->scan->kinky && !may_leap(s, fit->step);
}

static void adopt(state *s, const hg_fit *fit)
{
	s->candidate = *fit;
	s->has_candidate = true;
	s->pooled = 0;
	s->agreeing = 0;
}

static bool resolved(state *s, const hg_fit *fit)
{
	hg_scan *scan = s->scan;
	if (!s->has_candidate) {
		adopt(s, fit);
		return false;
	}
	if (fabs(fit->slope - s->candidate.slope) <= fit->abserr + s->candidate.abserr) {
		scan->confirmed++;
		if (!(fit->abserr < s->candidate.abserr)) {
			pool(s, fit);
			return true;
		}
		const double pooled = s->pooled, gain = s->candidate.abserr / fit->abserr;
		adopt(s, fit);
		s->pooled = pooled;
		return gain < SCAN_GAIN && (scan->confirmed >= 2 || fit->abserr <= SCAN_SHARP * fabs(fit->slope));
	}
	scan->disputed++;
	if (fit->flat && !s->candidate.flat) /* a slope further out, nothing close by: x stands on a step */
		return scan->staircase = true;
	if (scan->confirmed >= 2 && fit->abserr >= s->candidate.abserr)
		return true;
	adopt(s, fit);
	scan->confirmed = 0;
	return false;
}

/* Constant over the last scales? Then mn and mx bracket the residual. */
static bool persistent(const state *s, double *mx)
{
	if (s->scales < SCAN_PERSISTENT + 2)
		return false;
	double mn = INFINITY;
	*mx = 0;
	for (int i = 0; i < SCAN_PERSISTENT; i++) {
		mn = fmin(mn, s->residual[i]);
		*mx = fmax(*mx, s->residual[i]);
	}
	return *mx <= SCAN_CONSTANT * mn;
}

/* The fit must pass through the point itself, which the wide stencil leaves out. */
static bool meets_the_point(const state *s, const hg_fit *fit)
{
	return s->side != HG_BOTH || hg_fit_meets_point(s->line, fit);
}

static bool step_down(state *s, double step)
{
	hg_fit fit;
	double mx;
	if (!hg_fit_find(s->line, s->side == HG_BOTH ? &hg_stencil_wide : &hg_stencil_right, s->side, step,
	                 &fit)) {
		s->above_resolved = false;
		s->misses++;
		return false;
	}
	s->misses = 0;
	s->largest = fmax(s->largest, fit.largest);
	if (step <= SCAN_NEARBY * s->unit && s->scan->typical == 0)
		s->scan->typical = fit.range / (2 * step);
	const bool clean = hg_fit_resolved(&fit), whole = clean && meets_the_point(s, &fit);
	if (clean)
		s->lawful = 0, s->tail = 0;
	if (clean && s->leaps) /* the law is broken: from where it held last */
		return false;
	if (clean && !whole) { /* something narrow stands at the point; the residual says nothing of noise */
		s->above_resolved = false;
		s->scan->unresolved++;
		return false;
	}
	if (whole && !s->has_candidate && persistent(s, &mx)) {
		/* the noise of all scales above has not gone, it fell silent by chance or by rounding */
		s->scan->staircase = fit.flat && hg_line_on_staircase(s->line, s->side, fit.last, step);
		return true;
	}
	s->residual[s->scales++ % SCAN_PERSISTENT] = fit.tail;
	if (!whole)
		return unresolved(s, &fit) || (!s->has_candidate && s->scales >= SCAN_LONG && persistent(s, &mx));
	if (fit.flat && !s->above_resolved && !s->scan->staircase)
		s->scan->staircase = hg_line_on_staircase(s->line, s->side, fit.last, step);
	s->above_resolved = true;
	return resolved(s, &fit);
}

static void conclude(state *s)
{
	hg_scan *scan = s->scan;
	double mx, widen = 1;
	if (!s->has_candidate && !s->has_coarse)
		return;
	scan->found = s->has_candidate ? HG_SCAN_RESOLVED : HG_SCAN_COARSE;
	if (!s->has_candidate) {
		s->candidate = s->coarse;
		scan->confirmed = 0;
		scan->noisy = !scan->kinky && persistent(s, &mx) && mx <= SCAN_NOISE * s->largest;
		if (scan->noisy) {
			hg_fit_bound(s->line, mx, &s->candidate);
			scan->noisy = meets_the_point(s, &s->candidate); /* a singularity close by has residuals of any scale, too */
		}
		if (!scan->noisy && !scan->kinky) /* a kink is in every bound already */
			widen = SCAN_COARSE;
	}
	if (scan->found == HG_SCAN_RESOLVED && !scan->confirmed && s->agreeing >= SCAN_PERSISTENT && persistent(s, &mx)) {
		hg_fit_bound(s->line, fmax(mx, s->pooled), &s->candidate); /* noise that no rounding mode moved, by chance */
		scan->confirmed = 1;
	}
	const hg_fit *fit = &s->candidate;
	scan->slope = fit->slope;
	scan->abserr = fit->abserr * widen;
	scan->value = fit->value;
	scan->value_abserr = fit->value_abserr * widen;
	scan->step = fit->step;
	if (scan->typical == 0) /* it ended far out: the slopes close by are smaller in proportion */
		scan->typical = fit->range / (2 * fit->step) * fmin(1, SCAN_NEARBY * s->unit / fit->step);
	scan->flat = fit->flat;
}

/* Steps that are powers of two would see sin(2 pi 4096 x) as a constant at two scales running: each is shortened by
 * a random factor, which depends on x alone. */
static double dilate(double base, uint64_t *hash)
{
	*hash = *hash * 6364136223846793005U + 1442695040888963407U;
	return base * (1 - ldexp((double)(*hash >> 53), -13));
}

/* Forgets what was found: the scan begins once more, further down. */
static void begin_again(state *s)
{
	s->has_candidate = s->has_coarse = s->above_resolved = false;
	s->scales = s->pools = s->lawful = s->leaps = 0;
	s->pooled = s->tail = 0;
	s->scan->unresolved++;
	s->scan->confirmed = s->scan->disputed = 0;
}

/* The next scale; 0: no other is worth it. Where the scales follow a law, or none has samples, a few leaps and then the
 * size of x itself: a law that breaks on the way is gone after from where it held last, step by step. */
static double next_base(state *s, double base, double *held)
{
	const bool lawful = s->lawful >= LAW_SCALES || s->misses >= LAW_MISSES;
	if (s->leaps && !lawful) {
		begin_again(s);
		s->broken = true;
		return *held / SCAN_RATIO;
	}
	if (!lawful || s->broken || !may_leap(s, base))
		return base / SCAN_RATIO;
	if (s->leaps < LAW_LEAPS) {
		s->leaps++;
		*held = base;
		return base / LAW_LEAP;
	}
	s->scan->law = s->lawful >= LAW_SCALES ? s->exponent : 0;
	s->leaps = s->lawful = s->misses = 0;
	return LAW_AWAY * fabs(s->line->x);
}

static void descend(state *s, double base, uint64_t *hash)
{
	const double smallest = fmax(hg_stencil_wide.grid * hg_line_eps(s->line) * fabs(s->line->x), SCAN_TINY);
	double held = base;
	for (int k = 0; k < SCAN_SCALES && base >= smallest; k++) {
		if (step_down(s, dilate(base, hash)))
			return;
		base = next_base(s, base, &held);
	}
}

void hg_scan_find(const hg_line *line, hg_side side, double largest_step, hg_scan_mode mode, hg_scan *scan)
{
	state s = {.line = line, .side = side, .mode = mode, .scan = scan};
	uint64_t hash;
	memcpy(&hash, &line->x, sizeof hash);
	hash ^= (uint64_t)((int)side + 2) * 0x9e3779b97f4a7c15U;
	*scan = (hg_scan){.abserr = INFINITY, .value_abserr = INFINITY};
	s.unit = hg_line_unit(line);
	double base = largest_step > 0 ? largest_step : s.unit;
	for (int again = 0; again <= SCAN_AGAIN; again++) {
		descend(&s, base, &hash);
		if (side != HG_BOTH || !s.has_candidate || scan->staircase)
			break;
		const double departs = hg_fit_departs(line, &s.candidate);
		if (departs == 0)
			break;
		base = fmin(SCAN_BELOW * departs, s.candidate.step / SCAN_RATIO);
		begin_again(&s);
	}
	conclude(&s);
}
