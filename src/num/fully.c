/* The dear way: the full scan of one entry, and what is looked for before a claim is refused. */
#include "num/cascade.h"
#include "num/constants.h"
#include "num/fit.h"
#include "num/rule.h"
#include "num/tolerance.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* Scales are shortened by a factor that depends on the entry, as in the full scan. */
double hg_cascade_dilation(size_t k, double x)
{
	uint64_t hash;
	memcpy(&hash, &x, sizeof hash);
	hash = (hash ^ (k + 1) * 0x9e3779b97f4a7c15U) * 6364136223846793005U + 1442695040888963407U;
	return 1 - ldexp((double)(hash >> 53), -13);
}

static void scan(hg_cascade *c, hg_entry *e, hg_along along)
{
	hg_line line = hg_along_line(&along);
	hg_derivative d;
	hg_line_probe(&line);
	line.probed = c->screen.probed;
	if (line.spread == 0 && line.heard == 0) /* no mode moved it at three places, by chance: others heard it near here */
		line.spread = c->block[e->block].spread;
	if (!line.probed)
		line.spread = fmax(line.spread, fmax(c->screen.spread, hg_line_residual(&line)));
	line.spread = fmax(line.spread, c->settings->ftol * fabs(line.f));
	hg_oracle_find(&line, c->rough, &d);
	hg_entry_take(&d, e);
}

/* Small jumps show that a value is computed to a tolerance, not to which: what all pieces between them have in common, as
 * the error that a solver makes on every path, cannot be seen. */
static bool is_close_for_its_tolerance(const hg_cascade *c, const hg_entry *e)
{
	const double size = fmax(fabs(e->claimed), fabs(e->numerical));
	return c->rough > c->settings->ftol * fabs(c->screen.f) && fabs(e->claimed - e->numerical) <= TOLERANCE_BLIND * size;
}

void hg_cascade_judge(const hg_cascade *c, size_t k)
{
	hg_entry *e = &c->verdict->entry[k];
	if (c->claim) {
		hg_claim_decide(c->claim, c->settings, c->output, k, e);
		if (e->outcome == HG_DISAGREES && is_close_for_its_tolerance(c, e)) {
			e->abserr = fmax(e->abserr, 2 * TOLERANCE_BLIND * fabs(e->numerical));
			hg_claim_decide(c->claim, c->settings, c->output, k, e);
		}
	} else {
		const bool has_slope = hg_class_has_bound(e->kind) || e->kind == HG_KINK;
		hg_entry_conclude(e, HG_CANNOT_TELL, has_slope ? HG_LOW_RESOLUTION : HG_NO_DERIVATIVE);
	}
	if (c->walk->spent)
		hg_entry_conclude(e, HG_CANNOT_TELL, HG_OUT_OF_BUDGET);
}

/* A claim that is off by little: is the function computed to a tolerance only? */
static void look_around(hg_cascade *c, size_t k)
{
	hg_entry *e = &c->verdict->entry[k];
	hg_along along = hg_cascade_along(c, k);
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
	scan(c, e, along);
	hg_cascade_judge(c, k);
}

/* Where x is large, steps are, and a wave that is hidden in the noise fits into one many times: a claim is refused only if
 * it shows closer by, too. */
static void look_closer(hg_cascade *c, size_t k)
{
	hg_entry *e = &c->verdict->entry[k];
	hg_along along = hg_cascade_along(c, k);
	hg_line line = hg_along_line(&along);
	const double large = CLOSER_LARGE * hg_unit_of(0, line.scale), found = e->step;
	double unit = hg_line_unit(&line);
	if (e->outcome != HG_DISAGREES || !hg_class_has_bound(e->kind) || unit < large || hg_line_probe(&line) != 0)
		return;
	for (int level = 0; level < CLOSER_LEVELS && unit >= large && e->outcome == HG_DISAGREES; level++) {
		const double step = (unit *= CLOSER_BY) * hg_cascade_dilation(k, line.x);
		hg_fit fit;
		if (found <= step || !hg_fit_find(&line, &hg_stencil_wide, HG_BOTH, step, &fit) ||
		    fabs(e->claimed - fit.slope) > fit.abserr)
			continue;
		e->abserr = fmax(e->abserr, fabs(e->numerical - fit.slope) + fit.abserr);
		hg_cascade_judge(c, k);
	}
}

/* What is claimed shows in the values from that step on where noise does not hide it, and the function may be itself over
 * no longer steps: a claim far larger than what was found is refused only if it shows at none. So far from 1 as a number
 * whose claim changes nothing over the size of x itself, it shows nowhere. */
static void look_where_claimed(hg_cascade *c, size_t k)
{
	hg_entry *e = &c->verdict->entry[k];
	hg_along along = hg_cascade_along(c, k);
	hg_line line = hg_along_line(&along);
	if (e->outcome != HG_DISAGREES || !hg_class_has_bound(e->kind) || !isfinite(e->claimed) ||
	    fabs(e->claimed) <= CLAIMED_LARGE * fabs(e->numerical) || hg_line_probe_once(&line) != 0)
		return;
	const double noise = fmax(fmax(line.spread, c->rough), hg_line_eps(&line) * fabs(line.f)) + DBL_MIN;
	const double least = CLAIMED_NOISES / fabs(e->claimed);
	double step = least * noise;
	const double furthest = fabs(e->claimed) > CLAIMED_LARGE * e->abserr ? e->step / CLAIMED_RATIO : 0;
	bool shows = line.x != 0 && fabs(line.x) < hg_line_unit(&line) && fabs(line.x * e->claimed) <= noise;
	for (int try = 0; try < CLAIMED_TRIES && !shows && step < furthest; try++) {
		hg_fit fit;
		if (!hg_fit_find(&line, &hg_stencil_sharp, HG_BOTH, step, &fit))
			return;
		shows = fabs(e->claimed - fit.slope) <= fit.abserr && fit.abserr * CLAIMED_LARGE < fabs(e->claimed);
		step = fmax(CLAIMED_RATIO * step, least * fit.tail);
	}
	if (!shows)
		return;
	e->abserr = (1 + 4 * DBL_EPSILON) * fabs(e->claimed - e->numerical);
	hg_cascade_judge(c, k);
}

/* A disagreement found by poke is found again by value, the first few times. */
static void doubt(hg_cascade *c, size_t k)
{
	hg_entry *e = &c->verdict->entry[k], again = *e;
	if (!c->walk->kept || e->outcome != HG_DISAGREES || c->doubts == 0)
		return;
	c->doubts--;
	scan(c, &again, (hg_along){c->walk, e->block, e->i, e->j, HG_BY_VALUE, 0});
	const bool apart = !(fabs(again.numerical - e->numerical) <= again.abserr + e->abserr);
	c->poke_lies = c->poke_lies || (apart && isfinite(again.abserr + e->abserr));
	*e = again;
	hg_cascade_judge(c, k);
}

void hg_cascade_judge_fully(hg_cascade *c, size_t k)
{
	c->quick[k] = false;
	scan(c, &c->verdict->entry[k], hg_cascade_along(c, k));
	hg_cascade_judge(c, k);
	look_around(c, k);
	look_closer(c, k);
	look_where_claimed(c, k);
	doubt(c, k);
}
