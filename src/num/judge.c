/* The full scan of one entry, and what its numbers say of the claim. */
#include "num/cascade.h"
#include "num/constants.h"
#include "num/rule.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

hg_along hg_cascade_along(const hg_cascade *c, size_t k)
{
	const hg_entry *e = &c->verdict->entry[k];
	return (hg_along){c->walk, e->block, e->i, e->j, c->walk->kept ? HG_BY_POKE : HG_BY_VALUE, hg_line_of_entry(c->walk, k)};
}

/* Scales are shortened by a factor that depends on the entry, as in the full scan. */
double hg_cascade_dilation(size_t k, double x)
{
	uint64_t hash;
	memcpy(&hash, &x, sizeof hash);
	hash = (hash ^ (k + 1) * 0x9e3779b97f4a7c15U) * 6364136223846793005U + 1442695040888963407U;
	return 1 - ldexp((double)(hash >> 53), -13);
}

void hg_cascade_scan(hg_cascade *c, hg_entry *e, hg_along along)
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
