/* What is looked for before a claim is refused. */
#include "num/cascade.h"
#include "num/constants.h"
#include "num/fit.h"
#include "num/rule.h"
#include "num/tolerance.h"

#include <float.h>
#include <math.h>

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
	const double rough = TOLERANCE_NOISE * hg_line_tolerance_at_large(&line, e->step);
	if (rough <= c->rough)
		return;
	c->rough = rough;
	hg_cascade_scan(c, e, along);
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

/* ---- an error as smooth as the function ---------------------------------------------------------------------- */

/* How far the claim is from the function at a place along the entry, and within what. */
typedef struct gap {
	double claimed, off, within;
} gap;

static bool gap_at(hg_cascade *c, size_t k, double x, gap *at)
{
	const hg_entry *e = &c->verdict->entry[k];
	hg_along along = hg_cascade_along(c, k);
	hg_line line = hg_along_line(&along);
	hg_fit fit;
	line.x = x;
	if (hg_line_probe_once(&line) != 0 || !hg_fit_find(&line, &hg_stencil_wide, HG_BOTH, e->step, &fit) || !hg_fit_resolved(&fit) ||
	    !hg_claim_beside(c->claim, c->output, k, x, &at->claimed))
		return false;
	at->off = at->claimed - fit.slope;
	at->within = fit.abserr + CLAIM_NOISE * DBL_EPSILON * fabs(at->claimed);
	return isfinite(at->off);
}

/* What such an error may make of a slope: it changes over what the function changes over, or the size of x, but not by much
 * more where the function is flat on something large. */
static double smooth_error_of(const hg_cascade *c, const hg_entry *e, double unit)
{
	const double slope = fmax(fmax(fabs(e->claimed), fabs(e->numerical)), e->typical);
	return TOLERANCE_SMOOTH * fmax(slope, fmin(fabs(c->screen.f) / unit, TOLERANCE_FLATTER * slope));
}

/* A function computed with an error as smooth as itself, by a fixed number of steps, shows no jumps; and its right slope is off
 * by little at every place, by another share at each. A factor that is wrong, or a term that is missing, is wrong by the
 * same share, or by as much, everywhere; a wrong branch, not at all at some; a claim that is a number says nothing of other
 * places. */
static bool errs_smoothly(hg_cascade *c, size_t k)
{
	static const double apart[] = {0.37, -0.29, 0.71, -0.61, 0.19, -0.83};
	const hg_entry *e = &c->verdict->entry[k];
	hg_along along = hg_cascade_along(c, k);
	const hg_line line = hg_along_line(&along);
	const double off = e->claimed - e->numerical, close = smooth_error_of(c, e, hg_line_unit(&line));
	size_t places = 0, as_much = 0, same_share = 0, still = 0, right = 0;
	if (!(fabs(off) <= close))
		return false;
	for (size_t p = 0; p < sizeof apart / sizeof *apart; p++) {
		gap at;
		if (!gap_at(c, k, line.x + apart[p] * hg_line_unit(&line), &at))
			continue;
		const double share = off * (at.claimed / e->claimed);
		if (fabs(at.off) > TOLERANCE_AWAY * close + at.within)
			return false;
		places++;
		still += at.claimed == e->claimed;
		right += fabs(at.off) <= TOLERANCE_RIGHT * fabs(off) + at.within;
		as_much += fabs(at.off - off) <= TOLERANCE_SAME * fabs(off) + e->abserr + at.within;
		same_share += fabs(at.off - share) <= TOLERANCE_SAME * fabs(share) + e->abserr + at.within;
	}
	return places > 1 && as_much < places && same_share < places && still < places && right < 2;
}

static void look_for_smooth_error(hg_cascade *c, size_t k)
{
	hg_entry *e = &c->verdict->entry[k];
	const double off = fabs(e->claimed - e->numerical);
	if (e->outcome != HG_DISAGREES || e->kind != HG_SMOOTH || c->settings->ftol > 0 || c->smooth_looks == 0)
		return;
	c->smooth_looks--;
	if (!errs_smoothly(c, k))
		return;
	hg_along along = hg_cascade_along(c, k);
	const hg_line line = hg_along_line(&along);
	c->smooth = fmax(c->smooth, off * hg_line_unit(&line));
	e->abserr = fmax(e->abserr, (1 + 4 * DBL_EPSILON) * off);
	hg_cascade_judge(c, k);
	hg_entry_conclude(e, HG_CANNOT_TELL, HG_WITHIN_TOLERANCE);
}

/* ---------------------------------------------------------------------------------------------------------------- */

void hg_cascade_look_again(hg_cascade *c, size_t k)
{
	look_around(c, k);
	look_closer(c, k);
	look_where_claimed(c, k);
	look_for_smooth_error(c, k);
}
