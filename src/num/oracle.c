#include "num/oracle.h"

#include "num/constants.h"
#include "num/scan.h"

#include <float.h>
#include <math.h>

/* What the three scans found, and what follows from holding them side by side. */
typedef struct picture {
	const hg_line *line;
	hg_scan both, left, right;
	bool trust_left, trust_right; /* a one-sided scan that resolved, was confirmed and met no staircase */
	double bend, bend_abserr;     /* right slope less left slope */
	double gap, gap_abserr;       /* left limit of the value less right limit */
	double noise;                 /* of a single value */
} picture;

static bool settled(const hg_scan *scan)
{
	return scan->found == HG_SCAN_RESOLVED && scan->confirmed && !scan->disputed;
}

static bool meets(const hg_scan *one, const hg_scan *two)
{
	return fabs(one->slope - two->slope) <= one->abserr + two->abserr;
}

static hg_class flat_or_smooth(const hg_scan *scan) { return scan->flat ? HG_FLAT : HG_SMOOTH; }

/* Enough from both sides at once: flat, or as sharp as anyone asks, or smooth over a wide window. */
static bool plain(const hg_line *line, const hg_scan *both)
{
	return settled(both) && (both->flat || both->abserr <= ORACLE_WANTED * fabs(both->slope) ||
	                         both->step >= ORACLE_WIDE * fmax(fabs(line->x), 1));
}

static void look_to_the_sides(picture *p)
{
	const hg_line *line = p->line;
	hg_scan *l = &p->left, *r = &p->right;
	hg_scan_find(line, HG_RIGHT, 0, HG_SCAN_ON, r);
	hg_scan_find(line, HG_LEFT, 0, HG_SCAN_ON, l);
	p->trust_right = r->found == HG_SCAN_RESOLVED && r->confirmed && !r->staircase;
	p->trust_left = l->found == HG_SCAN_RESOLVED && l->confirmed && !l->staircase;
	p->noise = 4 * DBL_EPSILON * fabs(line->f) + 2 * hg_line_noise(line, 0);
	p->bend = r->slope - l->slope;
	p->bend_abserr = r->abserr + l->abserr;
	p->gap = l->value - r->value;
	p->gap_abserr = l->value_abserr + r->value_abserr + p->noise;
}

/* The scan stopped at a kink: the two tangents meet |gap / bend| away, so start again just below that. */
static void scan_below_the_kink(picture *p)
{
	const double x = fmax(fabs(p->line->x), 1), away = p->bend != 0 ? fabs(p->gap / p->bend) : 0;
	const double step = away > 0 ? ldexp(1, ilogb(away) - 1) : 0;
	const bool placed =
	    p->trust_left && p->trust_right && step > 256 * DBL_EPSILON * x && step < p->both.step;
	hg_scan again;
	hg_scan_find(p->line, HG_BOTH, placed ? step : 0, HG_SCAN_ON, &again);
	if (again.found == HG_SCAN_RESOLVED || p->both.found == HG_SCAN_NOTHING || again.noisy || again.staircase)
		p->both = again;
}

/* The two-sided fit met one branch and excludes the other: the kink is next to the point, not on it. The slope of that
 * branch may stand for the point only where nothing else happens in between: a second kink closer by would have left
 * scales unresolved below the first. */
static bool on_one_branch(const picture *p, hg_derivative *d)
{
	const hg_scan *both = &p->both;
	if (both->found != HG_SCAN_RESOLVED)
		return false;
	for (int side = 0; side < 2; side++) {
		const hg_scan *here = side ? &p->right : &p->left, *there = side ? &p->left : &p->right;
		if (!meets(here, both) || fabs(there->slope - both->slope) <= 2 * both->abserr + there->abserr)
			continue;
		if (here->abserr < both->abserr && !both->unresolved) {
			d->value = here->slope;
			d->abserr = fmin(both->abserr, here->abserr + NEAR_KINK * fabs(p->bend));
		}
		return true;
	}
	return false;
}

static hg_class two_slopes(const picture *p, hg_derivative *d)
{
	const double where = p->gap / p->bend;
	const double unsure =
	    p->gap_abserr / (fabs(p->bend) - p->bend_abserr) + 4 * DBL_EPSILON * fabs(p->line->x);
	if (fabs(where) <= fmax(p->right.step, p->left.step) / 256 + unsure)
		return on_one_branch(p, d) ? HG_NEAR_KINK : HG_KINK;
	return fabs(p->gap) > p->gap_abserr ? HG_JUMP : HG_KINK;
}

static bool jumps(const picture *p)
{
	if (!p->trust_left || !p->trust_right)
		return false;
	const double f = p->line->f, apart = fmax(p->right.step, p->left.step) / 256 * p->bend_abserr;
	return fabs(p->gap) > p->gap_abserr + apart ||
	       (fabs(f - p->right.value) > p->right.value_abserr + p->noise &&
	        fabs(f - p->left.value) > p->left.value_abserr + p->noise);
}

static hg_class conclude(const hg_line *line, hg_class class, hg_derivative *d)
{
	if (class == HG_FLAT) /* no slope to be seen nearby: take the one that would change the value by itself */
		d->typical = fabs(line->f) / fmax(fabs(line->x), 1);
	return class == HG_SMOOTH && d->abserr > ORACLE_VOID * d->typical ? HG_UNRESOLVED : class;
}

static void take(const hg_scan *scan, hg_derivative *d)
{
	if (scan->found == HG_SCAN_NOTHING)
		return;
	d->value = scan->slope;
	d->abserr = scan->abserr;
	d->step = scan->step;
	d->typical = scan->typical;
}

static hg_class classify(picture *p, hg_derivative *d)
{
	hg_scan *both = &p->both, *l = &p->left, *r = &p->right;
	if (both->noisy && (r->noisy || l->noisy))
		return HG_NOISY;
	if (r->found == HG_SCAN_NOTHING || l->found == HG_SCAN_NOTHING)
		return settled(both) ? HG_SMOOTH : HG_DOMAIN_EDGE;
	if (both->kinky) {
		scan_below_the_kink(p);
		take(both, d);
		if (both->staircase)
			return HG_STAIRCASE;
		if (settled(both) && both->abserr <= ORACLE_WANTED * fabs(both->slope))
			return flat_or_smooth(both);
	}
	if (both->noisy && !(p->trust_right && p->trust_left))
		return HG_NOISY;
	const bool both_resolved = both->found == HG_SCAN_RESOLVED;
	if (both_resolved && both->disputed && !(p->trust_right && meets(r, both)) &&
	    !(p->trust_left && meets(l, both)))
		return HG_UNRESOLVED;
	if (p->trust_right && p->trust_left && fabs(p->bend) > p->bend_abserr)
		return two_slopes(p, d);
	if (jumps(p))
		return HG_JUMP;
	return both_resolved && both->confirmed ? flat_or_smooth(both) : HG_UNRESOLVED;
}

/* Noise that was only estimated says less: wider bounds, and a flat piece may be a cancellation nobody heard. */
static void reserve(const hg_line *line, hg_derivative *d)
{
	if (line->probed)
		return;
	d->abserr *= UNPROBED;
	if (d->class == HG_FLAT)
		d->abserr = INFINITY;
}

void hg_oracle_find(const hg_line *line, hg_derivative *d)
{
	picture p = {.line = line};
	*d = (hg_derivative){.class = HG_DOMAIN,
	                     .value = NAN,
	                     .abserr = INFINITY,
	                     .left = NAN,
	                     .right = NAN,
	                     .left_abserr = INFINITY,
	                     .right_abserr = INFINITY,
	                     .step = NAN};
	if (!isfinite(line->f) || !isfinite(line->spread))
		return;
	hg_scan_find(line, HG_BOTH, 0, HG_SCAN_STOP_AT_KINKS, &p.both);
	take(&p.both, d);
	if (p.both.staircase) {
		d->class = HG_STAIRCASE;
		return;
	}
	if (plain(line, &p.both)) {
		d->class = conclude(line, flat_or_smooth(&p.both), d);
		reserve(line, d);
		return;
	}
	look_to_the_sides(&p);
	d->class = conclude(line, classify(&p, d), d);
	reserve(line, d);
	if (p.left.found != HG_SCAN_NOTHING) {
		d->left = p.left.slope;
		d->left_abserr = p.left.found == HG_SCAN_RESOLVED ? p.left.abserr : INFINITY;
	}
	if (p.right.found != HG_SCAN_NOTHING) {
		d->right = p.right.slope;
		d->right_abserr = p.right.found == HG_SCAN_RESOLVED ? p.right.abserr : INFINITY;
	}
}
