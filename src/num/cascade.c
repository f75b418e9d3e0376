#include "num/cascade.h"

#include "num/constants.h"
#include "num/fit.h"
#include "num/rule.h"

#include <math.h>
#include <stdlib.h>

/* ---- the cheap way: a few differences at a shared scale ------------------------------------------------ */

static void adapt(hg_shared *b, int tries)
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

/* The line an entry is differenced on: its own, or one that it shares with others, in its units. */
typedef struct quick_line {
	hg_line line;
	size_t seed; /* of the dilation */
	double unit; /* of the entry, where the line moves it by shares of that */
} quick_line;

/* True where a fit was resolved: polynomial and noise are all there is, and it moved at all. */
static bool fit_quickly(const hg_cascade *c, const quick_line *q, int level, hg_fit *fit)
{
	const double scale = hg_line_unit(&q->line);
	const double step = scale * c->step * pow(QUICK_RATIO, -level) * hg_cascade_dilation(q->seed, q->line.x);
	return hg_fit_find(&q->line, c->stencil, HG_BOTH, step, fit) && hg_fit_resolved(fit) && !fit->flat;
}

static void take(const hg_fit *fit, double unit, hg_entry *e)
{
	const hg_derivative d = {.class = HG_SMOOTH,
	                         .value = fit->slope / unit,
	                         .abserr = fit->abserr / unit,
	                         .step = fit->step * unit,
	                         .typical = fit->range / (2 * fit->step * unit)};
	hg_entry_take(&d, e);
}

/* Good enough to stop: certified, and as sharp as the allowance still asks for. Without a claim a second scale has to
 * confirm the first, because a later disagreement will rest on it. */
static bool good_enough(const hg_cascade *c, const quick_line *q, size_t k, int level, const hg_fit *fit)
{
	const hg_entry *e = &c->verdict->entry[k];
	const double wanted = hg_settings_wanted(c->settings);
	const double enough = c->allowance > 0 ? fmin(QUICK_SHARP, wanted) : wanted;
	hg_fit second;
	if (c->claim && e->outcome != HG_AGREES)
		return false;
	if (!(e->abserr <= enough * fmax(fabs(e->numerical), e->reason == HG_BOTH_ZERO ? e->typical : 0)))
		return false;
	return c->claim || (fit_quickly(c, q, level + 1, &second) &&
	                    fabs(second.slope - fit->slope) <= second.abserr + fit->abserr);
}

enum quick { QUICK_NOTHING, QUICK_CERTIFIED, QUICK_DONE };

/* Few differences, closest first: the further apart, the less they hear of noise. With a poke noise is less, and of layers
 * kinks are many: closer by there are fewer. */
typedef struct few {
	const hg_stencil *stencil;
	double step;
} few;
static const few few_by_value[HG_FEW] = {{&hg_stencil_lean, 0x1p-7}, {&hg_stencil_fair, 0x1p-3}, {&hg_stencil_fair, 0x1p-1}};
static const few few_by_poke[HG_FEW] = {{&hg_stencil_lean, 0x1p-14}, {&hg_stencil_lean, 0x1p-11}, {&hg_stencil_fair, 0x1p-8}};

/* Where some few do not decide for some entries running they are left out for a while. */
static bool is_worth_it(int *failed)
{
	if (*failed < QUICK_FAILED)
		return true;
	if (++*failed > QUICK_FAILED + QUICK_AGAIN)
		*failed = 0;
	return false;
}

/* Of many entries with a claim four differences decide as often as not, or six; the closest that noise alone does not
 * forbid to. */
static bool judge_leanly(hg_cascade *c, const quick_line *q, size_t k)
{
	hg_entry *e = &c->verdict->entry[k];
	const double scale = hg_line_unit(&q->line) * hg_cascade_dilation(q->seed, q->line.x);
	const double claimed = c->claim ? fabs(c->claim->value[c->output * c->claim->n + k]) : 0;
	const double enough = LEAN_LIKELY * hg_settings_wanted(c->settings) * claimed;
	const few *ways = c->walk->kept ? few_by_poke : few_by_value;
	size_t f = 0;
	hg_fit fit;
	while (f + 1 < HG_FEW && hg_fit_noise(&q->line, ways[f].stencil, scale * ways[f].step) / q->unit > enough)
		f++;
	int *failed = &c->block[e->block].failed[f];
	if (!c->many || !c->claim || !is_worth_it(failed))
		return false;
	++*failed;
	if (!hg_fit_find(&q->line, ways[f].stencil, HG_BOTH, scale * ways[f].step, &fit) || fit.flat)
		return false;
	take(&fit, q->unit, e);
	hg_cascade_judge(c, k);
	if (e->outcome == HG_AGREES)
		*failed = 0;
	return e->outcome == HG_AGREES;
}

static enum quick judge_quickly(hg_cascade *c, size_t k, quick_line q)
{
	hg_entry *e = &c->verdict->entry[k];
	hg_shared *b = &c->block[e->block];
	q.line.f = b->f;
	q.line.spread = fmax(b->quiet, c->settings->ftol * fabs(b->f));
	if (!isfinite(q.line.x) || !c->screen.probed || c->rough > q.line.spread)
		return QUICK_NOTHING;
	if (judge_leanly(c, &q, k))
		return QUICK_DONE;
	double tail = INFINITY;
	for (int tries = 0; tries < QUICK_TRIES; tries++) {
		hg_fit fit;
		if (!fit_quickly(c, &q, b->level + tries, &fit)) {
			if (q.line.x == 0 && fabs(log(tail / fit.tail) / log(QUICK_RATIO) - 1) < QUICK_KINK)
				break; /* a kink at 0: closer by it looks the same */
			tail = fit.tail;
			continue;
		}
		adapt(b, tries);
		take(&fit, q.unit, e);
		hg_cascade_judge(c, k);
		if (good_enough(c, &q, k, b->level + tries, &fit))
			return QUICK_DONE;
		return e->outcome == HG_AGREES ? QUICK_CERTIFIED : QUICK_NOTHING;
	}
	adapt(b, QUICK_TRIES);
	return QUICK_NOTHING;
}

bool hg_cascade_judge_abreast(hg_cascade *c, size_t k, hg_abreast *abreast)
{
	hg_along along = hg_cascade_along(c, k);
	const hg_line own = hg_along_line(&along);
	const enum quick quick = judge_quickly(c, k, (quick_line){hg_abreast_line(abreast), abreast->member[0], hg_line_unit(&own)});
	c->quick[k] = quick == QUICK_DONE || (quick == QUICK_CERTIFIED && c->allowance <= 0);
	return c->quick[k];
}

/* The full scan hears all the noise: where even its widest differences would leave a wider bound than a few did with less, it
 * has nothing to add. */
static bool is_hopeless(const hg_cascade *c, size_t k)
{
	const hg_entry *e = &c->verdict->entry[k];
	const hg_shared *b = &c->block[e->block];
	hg_along along = hg_cascade_along(c, k);
	hg_line line = hg_along_line(&along);
	line.f = b->f;
	line.spread = b->spread;
	return c->claim && c->many && b->quiet < b->spread && e->outcome == HG_CANNOT_TELL && e->reason == HG_LOW_RESOLUTION &&
	       e->kind == HG_SMOOTH && hg_fit_noise(&line, &hg_stencil_wide, hg_line_unit(&line)) >= e->abserr;
}

void hg_cascade_judge_entry(hg_cascade *c, size_t k)
{
	hg_along along = hg_cascade_along(c, k);
	const enum quick quick = judge_quickly(c, k, (quick_line){hg_along_line(&along), k, 1});
	const unsigned long before = c->walk->asked;
	c->quick[k] = quick == QUICK_DONE || (quick == QUICK_CERTIFIED && c->allowance <= 0) || is_hopeless(c, k);
	if (c->quick[k])
		return;
	hg_cascade_judge_fully(c, k);
	if (quick == QUICK_CERTIFIED) /* it only got sharper */
		c->allowance -= (long)(c->walk->asked - before);
}

/* ---- what is the same everywhere -------------------------------------------------------------------------- */

void hg_cascade_not_of_x_alone(hg_cascade *c)
{
	for (size_t k = 0; k < c->verdict->nentries; k++) {
		hg_entry *e = &c->verdict->entry[k];
		*e = hg_entry_new(e->block, e->i, e->j);
		e->claimed = c->claim ? c->claim->value[c->output * c->verdict->nentries + k] : NAN;
		hg_entry_conclude(e, HG_CANNOT_TELL, HG_NOT_OF_X_ALONE);
	}
}

void hg_cascade_outside_domain(hg_cascade *c)
{
	for (size_t k = 0; k < c->verdict->nentries; k++) {
		const hg_derivative d = {.class = HG_DOMAIN, .value = NAN, .step = NAN, .typical = NAN};
		hg_entry_take(&d, &c->verdict->entry[k]);
		hg_cascade_judge(c, k);
	}
}

void hg_cascade_said_zero(hg_cascade *c, size_t k)
{
	const hg_derivative d = {.class = HG_FLAT, .value = 0, .abserr = 0, .step = NAN, .typical = 0};
	hg_entry_take(&d, &c->verdict->entry[k]);
	hg_cascade_judge(c, k);
	c->quick[k] = true;
}

hg_status hg_cascade_open(hg_cascade *c)
{
	const size_t n = c->verdict->nentries;
	const bool crowded = c->walk->kept && n > QUICK_CROWDED;
	c->doubts = POKE_DOUBTS;
	c->looks = c->smooth_looks = TOLERANCE_LOOKS;
	c->many = n > QUICK_MANY;
	c->stencil = crowded ? &hg_stencil_quick : &hg_stencil_sharp;
	c->step = crowded ? QUICK_STEP_CROWDED : QUICK_STEP;
	c->allowance = c->many || hg_claim_is_sparse(c->claim) ? 0 : QUICK_ALLOWANCE + QUICK_ALLOWANCE_EACH * (long)n;
	c->block = calloc(c->walk->at->nblocks, sizeof *c->block);
	c->quick = calloc(n, sizeof *c->quick);
	return c->block && c->quick ? HG_OK : HG_ENOMEM;
}

void hg_cascade_close(hg_cascade *c)
{
	free(c->block);
	free(c->quick);
}
