#include "num/cascade.h"

#include "base/status.h"
#include "num/constants.h"
#include "num/fit.h"
#include "num/point.h"
#include "num/rule.h"
#include "num/screen.h"
#include "num/tolerance.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* What the entries of a block share. */
typedef struct shared {
	double f, spread; /* value at the point by the route taken, and its noise */
	int level;        /* where the quick fits start: step / QUICK_RATIO^level */
	int failed;       /* entries running that four differences did not decide */
	int run;          /* quick fits that were resolved at once, running; negative: that were not */
} shared;

typedef struct cascade {
	hg_walk *walk;
	const hg_settings *settings;
	hg_claim *claim;
	hg_verdict *verdict;
	hg_screen screen;
	shared *block;
	bool many;
	const hg_stencil *stencil;
	double step, lean; /* first scale of its differences; scale of four differences */
	long allowance; /* evaluations left for making sharper what is certified already */
	bool *quick;    /* of each entry: decided by a few differences alone */
	double rough;   /* noise of a value that no rounding mode moves: of a function computed to a tolerance */
	int looks;      /* entries that may still be looked around for it */
	int doubts;     /* disagreements found by poke still to be found again by value */
	bool poke_lies;
} cascade;

static unsigned long spent(const cascade *c) { return c->walk->evaluations + c->walk->pokes; }

static hg_along along_of(cascade *c, const hg_entry *e)
{
	return (hg_along){c->walk, e->block, e->i, e->j, c->walk->kept ? HG_BY_POKE : HG_BY_VALUE};
}

/* ---- the dear way: the full scan ----------------------------------------------------------------------- */

static void scan_fully(cascade *c, hg_entry *e, hg_along along)
{
	hg_line line = hg_along_line(&along);
	hg_derivative d;
	hg_line_probe(&line);
	line.probed = c->screen.probed;
	if (!line.probed)
		line.spread = fmax(line.spread, fmax(c->screen.spread, hg_line_residual(&line)));
	line.spread = fmax(line.spread, c->settings->ftol * fabs(line.f));
	hg_oracle_find(&line, c->rough, &d);
	hg_entry_take(&d, e);
}

static void judge(const cascade *c, size_t k)
{
	hg_entry *e = &c->verdict->entry[k];
	if (c->claim) {
		hg_claim_decide(c->claim, c->settings, k, e);
	} else {
		const bool has_slope = hg_class_has_bound(e->kind) || e->kind == HG_KINK;
		hg_entry_conclude(e, HG_CANNOT_TELL, has_slope ? HG_LOW_RESOLUTION : HG_NO_DERIVATIVE);
	}
	if (c->walk->spent)
		hg_entry_conclude(e, HG_CANNOT_TELL, HG_OUT_OF_BUDGET);
}

/* A claim that is off by little: is the function computed to a tolerance only? */
static void look_around(cascade *c, size_t k)
{
	hg_entry *e = &c->verdict->entry[k];
	hg_along along = along_of(c, e);
	hg_line line = hg_along_line(&along);
	const double size = fmax(fmax(fabs(e->claimed), fabs(e->numerical)), e->typical);
	if (e->outcome != HG_DISAGREES || !hg_class_has_bound(e->kind) || c->looks == 0 ||
	    !(fabs(e->claimed - e->numerical) <= TOLERANCE_CLOSE * size))
		return;
	c->looks--;
	line.f = c->screen.f;
	line.spread = fmax(c->screen.spread, c->rough);
	const double rough = TOLERANCE_NOISE * hg_line_tolerance(&line, e->step);
	if (rough <= c->rough)
		return;
	c->rough = rough;
	scan_fully(c, e, along);
	judge(c, k);
}

/* A disagreement found by poke is found again by value, the first few times. */
static void doubt(cascade *c, size_t k)
{
	hg_entry *e = &c->verdict->entry[k], again = *e;
	if (!c->walk->kept || e->outcome != HG_DISAGREES || c->doubts == 0)
		return;
	c->doubts--;
	scan_fully(c, &again, (hg_along){c->walk, e->block, e->i, e->j, HG_BY_VALUE});
	const bool apart = !(fabs(again.numerical - e->numerical) <= again.abserr + e->abserr);
	c->poke_lies = c->poke_lies || (apart && isfinite(again.abserr + e->abserr));
	*e = again;
	judge(c, k);
}

/* ---- the cheap way: a few differences at a shared scale ------------------------------------------------ */

static void adapt(shared *b, int tries)
{
	if (tries == 0)
		b->run = b->run < 0 ? 1 : b->run + 1;
	else
		b->run = b->run > 0 ? -1 : b->run - 1;
	if (b->run >= 8 && b->level > 0) {
		b->level--;
		b->run = 0;
	} else if (b->run <= -3 && b->level + QUICK_TRIES < QUICK_LEVELS) {
		b->level++;
		b->run = 0;
	}
}

/* Scales are shortened by a factor that depends on the entry, as in the full scan. */
static double dilation(size_t k, double x)
{
	uint64_t hash;
	memcpy(&hash, &x, sizeof hash);
	hash = (hash ^ (k + 1) * 0x9e3779b97f4a7c15U) * 6364136223846793005U + 1442695040888963407U;
	return 1 - ldexp((double)(hash >> 53), -13);
}

/* True where a fit was resolved: polynomial and noise are all there is, and it moved at all. */
static bool fit_quickly(const cascade *c, const hg_line *line, size_t k, int level, hg_fit *fit)
{
	const double scale = hg_line_unit(line);
	const double step = scale * c->step * pow(QUICK_RATIO, -level) * dilation(k, line->x);
	return hg_fit_find(line, c->stencil, HG_BOTH, step, fit) && hg_fit_resolved(fit) && !fit->flat;
}

static void take(const hg_fit *fit, hg_entry *e)
{
	const hg_derivative d = {.class = HG_SMOOTH,
	                         .value = fit->slope,
	                         .abserr = fit->abserr,
	                         .step = fit->step,
	                         .typical = fit->range / (2 * fit->step)};
	hg_entry_take(&d, e);
}

/* Good enough to stop: certified, and as sharp as the allowance still asks for. Without a claim a second scale has to
 * confirm the first, because a later disagreement will rest on it. */
static bool good_enough(const cascade *c, const hg_line *line, size_t k, int level, const hg_fit *fit)
{
	const hg_entry *e = &c->verdict->entry[k];
	const double wanted = hg_settings_wanted(c->settings);
	const double enough = c->allowance > 0 ? fmin(QUICK_SHARP, wanted) : wanted;
	hg_fit second;
	if (c->claim && e->outcome != HG_AGREES)
		return false;
	if (!(fit->abserr <= enough * fmax(fabs(fit->slope), e->reason == HG_BOTH_ZERO ? e->typical : 0)))
		return false;
	return c->claim || (fit_quickly(c, line, k, level + 1, &second) &&
	                    fabs(second.slope - fit->slope) <= second.abserr + fit->abserr);
}

enum quick { QUICK_NOTHING, QUICK_CERTIFIED, QUICK_DONE };

/* Four differences, of many entries with a claim: with the claim and its bound they decide as often as not. Where they
 * do not for some entries running they are left out for a while. */
static bool judge_leanly(cascade *c, const hg_line *line, size_t k)
{
	hg_entry *e = &c->verdict->entry[k];
	shared *b = &c->block[e->block];
	const double scale = hg_line_unit(line);
	hg_fit fit;
	if (!c->many || !c->claim || b->failed++ >= QUICK_FAILED) {
		b->failed = b->failed > QUICK_FAILED + QUICK_AGAIN ? 0 : b->failed;
		return false;
	}
	if (!hg_fit_find(line, &hg_stencil_lean, HG_BOTH, scale * c->lean * dilation(k, line->x), &fit) || fit.flat)
		return false;
	take(&fit, e);
	judge(c, k);
	if (e->outcome != HG_AGREES)
		return false;
	b->failed = 0;
	return true;
}

static enum quick judge_quickly(cascade *c, size_t k)
{
	hg_entry *e = &c->verdict->entry[k];
	shared *b = &c->block[e->block];
	hg_along along = along_of(c, e);
	hg_line line = hg_along_line(&along);
	line.f = b->f;
	line.spread = fmax(b->spread, c->settings->ftol * fabs(line.f));
	if (!isfinite(line.x) || !c->screen.probed || c->rough > line.spread)
		return QUICK_NOTHING;
	if (judge_leanly(c, &line, k))
		return QUICK_DONE;
	for (int tries = 0; tries < QUICK_TRIES; tries++) {
		hg_fit fit;
		if (!fit_quickly(c, &line, k, b->level + tries, &fit))
			continue;
		adapt(b, tries);
		take(&fit, e);
		judge(c, k);
		if (good_enough(c, &line, k, b->level + tries, &fit))
			return QUICK_DONE;
		return e->outcome == HG_AGREES ? QUICK_CERTIFIED : QUICK_NOTHING;
	}
	adapt(b, QUICK_TRIES);
	return QUICK_NOTHING;
}

static void judge_entry(cascade *c, size_t k)
{
	hg_entry *e = &c->verdict->entry[k];
	const enum quick quick = judge_quickly(c, k);
	const unsigned long before = spent(c);
	c->quick[k] = quick == QUICK_DONE || (quick == QUICK_CERTIFIED && c->allowance <= 0);
	if (c->quick[k])
		return;
	scan_fully(c, e, along_of(c, e));
	judge(c, k);
	if (quick == QUICK_CERTIFIED) /* it only got sharper */
		c->allowance -= (long)(spent(c) - before);
	look_around(c, k);
	doubt(c, k);
}

/* ---- the whole check ----------------------------------------------------------------------------------- */

/* By poke the noise is another, and a block's own: asked at its first and last entry. */
static void listen(cascade *c, size_t first, size_t last)
{
	shared *b = &c->block[c->verdict->entry[first].block];
	*b = (shared){.f = c->screen.f, .spread = c->screen.spread};
	if (!c->walk->kept)
		return;
	b->spread = 0;
	for (size_t k = first;; k = last) {
		hg_along along = along_of(c, &c->verdict->entry[k]);
		hg_line line = hg_along_line(&along);
		if (hg_line_probe(&line) == 0)
			b->spread = fmax(b->spread, line.spread);
		b->f = line.f;
		if (k == last)
			return;
	}
}

/* Is the poke what the whole function gives? */
static bool poke_tells_the_truth(cascade *c, size_t first, size_t last)
{
	for (size_t spot = 0; spot < POKE_SPOTS; spot++) {
		const hg_entry *e = &c->verdict->entry[first + (last - first) * spot / (POKE_SPOTS - 1)];
		hg_along poke = along_of(c, e), value = poke;
		value.by = HG_BY_VALUE;
		const hg_line a = hg_along_line(&poke), b = hg_along_line(&value);
		const double t = a.x + c->step * hg_line_unit(&a);
		const double by_poke = hg_line_at(&a, t), by_value = hg_line_at(&b, t);
		const double noise = fmax(c->screen.spread, DBL_EPSILON * (fabs(by_value) + fabs(c->screen.f)));
		if (isfinite(by_poke) != isfinite(by_value) && !c->walk->spent)
			return false;
		if (isfinite(by_value) && !(fabs(by_poke - by_value) <= POKE_NOISE * noise + DBL_MIN))
			return false;
	}
	return true;
}

static void judge_block(cascade *c, size_t first, size_t last)
{
	listen(c, first, last);
	if (c->walk->kept && !poke_tells_the_truth(c, first, last)) {
		c->poke_lies = true;
		return;
	}
	for (size_t k = first; k <= last && !c->poke_lies; k++)
		judge_entry(c, k);
}

/* The entries of a block, or all, that were decided by a few differences, in full. */
static void judge_narrow(cascade *c, long block)
{
	for (size_t k = 0; k < c->verdict->nentries; k++) {
		hg_entry *e = &c->verdict->entry[k];
		if (!c->quick[k] || (block >= 0 && e->block != (size_t)block))
			continue;
		scan_fully(c, e, along_of(c, e));
		judge(c, k);
		look_around(c, k);
		doubt(c, k);
	}
}

/* Along directions in which all entries move: a poke that is not the function does not add up; and a feature that was
 * too narrow for the differences shows. */
static void look_again(cascade *c)
{
	const size_t n = c->walk->kept ? c->screen.ndirections : memchr(c->quick, true, c->verdict->nentries) != NULL;
	for (size_t k = 0; k < n; k++) {
		const hg_along_all found = hg_screen_look(&c->screen, k, -1, c->step, c->walk, c->verdict);
		c->poke_lies = c->poke_lies || (c->walk->kept && found == HG_ALONG_DIFFERS);
		if (found == HG_ALONG_FOLLOWS || c->poke_lies)
			continue;
		for (size_t b = 0; b < c->walk->at->nblocks; b++)
			if (c->walk->at->block[b].wrt &&
			    hg_screen_look(&c->screen, k, (long)b, c->step, c->walk, c->verdict) != HG_ALONG_FOLLOWS)
				judge_narrow(c, (long)b);
	}
}

static void judge_blocks(cascade *c)
{
	const hg_verdict *v = c->verdict;
	for (size_t first = 0, last; first < v->nentries && !c->poke_lies; first = last + 1) {
		for (last = first; last + 1 < v->nentries && v->entry[last + 1].block == v->entry[first].block;)
			last++;
		judge_block(c, first, last);
	}
	if (!c->poke_lies && !c->walk->spent)
		look_again(c);
}

/* Of a function that remembers, or draws, nothing can be told. */
static void not_of_x_alone(cascade *c)
{
	for (size_t k = 0; k < c->verdict->nentries; k++) {
		hg_entry *e = &c->verdict->entry[k];
		*e = hg_entry_new(e->block, e->i, e->j);
		e->claimed = c->claim ? c->claim->value[k] : NAN;
		hg_entry_conclude(e, HG_CANNOT_TELL, HG_NOT_OF_X_ALONE);
	}
}

static void outside_domain(cascade *c)
{
	for (size_t k = 0; k < c->verdict->nentries; k++) {
		const hg_derivative d = {.class = HG_DOMAIN, .value = NAN, .step = NAN, .typical = NAN};
		hg_entry_take(&d, &c->verdict->entry[k]);
		judge(c, k);
	}
}

hg_status hg_cascade_run(hg_walk *walk, const hg_settings *settings, hg_claim *claim, hg_verdict *verdict)
{
	const size_t n = verdict->nentries;
	const bool crowded = walk->kept && n > QUICK_CROWDED;
	cascade c = {.walk = walk,
	             .settings = settings,
	             .claim = claim,
	             .verdict = verdict,
	             .doubts = POKE_DOUBTS,
	             .looks = TOLERANCE_LOOKS,
	             .many = n > QUICK_MANY,
	             .stencil = crowded ? &hg_stencil_quick : &hg_stencil_sharp,
	             .step = crowded ? QUICK_STEP_CROWDED : QUICK_STEP,
	             .lean = walk->kept ? LEAN_STEP_POKED : LEAN_STEP,
	             .allowance = n > QUICK_MANY ? 0 : QUICK_ALLOWANCE + QUICK_ALLOWANCE_EACH * (long)n};
	HG_TRY(hg_screen_open(walk, settings->seed, &c.screen));
	c.block = calloc(walk->at->nblocks, sizeof *c.block);
	c.quick = calloc(n, sizeof *c.quick);
	if (!c.block || !c.quick) {
		free(c.block);
		free(c.quick);
		hg_screen_close(&c.screen);
		return HG_ENOMEM;
	}
	verdict->probe_works = c.screen.probed;
	c.rough = settings->ftol * fabs(c.screen.f);
	const bool repeats = hg_screen_repeats(&c.screen, walk);
	if (repeats && isfinite(c.screen.f))
		judge_blocks(&c);
	else if (repeats)
		outside_domain(&c);
	if (c.poke_lies) { /* by value, then, and all of it again */
		hg_walk_forget(walk);
		c.poke_lies = false;
		judge_blocks(&c);
	}
	if (!repeats || !hg_screen_repeats(&c.screen, walk))
		not_of_x_alone(&c);
	hg_verdict_sum(settings, verdict);
	verdict->tolerance = c.rough > 0 ? c.rough / fabs(c.screen.f) : 0;
	free(c.block);
	free(c.quick);
	hg_screen_close(&c.screen);
	return HG_OK;
}
