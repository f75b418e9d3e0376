#include "num/oracle.h"

#include "num/constants.h"
#include "num/rule.h"
#include "num/scan.h"
#include "num/tolerance.h"

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
	return settled(both) && (both->flat || both->abserr <= ORACLE_WANTED * fmax(fabs(both->slope), both->typical) ||
	                         both->step >= ORACLE_WIDE * hg_line_size(line));
}

static bool is_kink(double law) { return fabs(law - 1) <= 2 * LAW_SAME; }

static void look_to_the_sides(picture *p)
{
	const hg_line *line = p->line;
	hg_scan *l = &p->left, *r = &p->right;
	hg_scan_find(line, HG_RIGHT, 0, HG_SCAN_ON, r);
	hg_scan_find(line, HG_LEFT, 0, HG_SCAN_ON, l);
	p->trust_right = r->found == HG_SCAN_RESOLVED && r->confirmed && !r->staircase;
	p->trust_left = l->found == HG_SCAN_RESOLVED && l->confirmed && !l->staircase;
	p->noise = 4 * hg_line_eps(line) * fabs(line->f) + 2 * hg_line_noise(line, 0);
	p->bend = r->slope - l->slope;
	p->bend_abserr = r->abserr + l->abserr;
	p->gap = l->value - r->value;
	p->gap_abserr = l->value_abserr + r->value_abserr + p->noise;
}

/* The scan stopped at a kink: the two tangents meet |gap / bend| away, so start again just below that. */
static void scan_below_the_kink(picture *p)
{
	const double x = hg_line_size(p->line), away = p->bend != 0 ? fabs(p->gap / p->bend) : 0;
	const double step = away > 0 ? ldexp(1, ilogb(away) - 1) : 0;
	const bool placed =
	    p->trust_left && p->trust_right && step > 256 * hg_line_eps(p->line) * x && step < p->both.step;
	const double typical = p->both.typical;
	hg_scan again;
	hg_scan_find(p->line, HG_BOTH, placed ? step : 0, HG_SCAN_ON, &again);
	if (again.found == HG_SCAN_RESOLVED || p->both.found == HG_SCAN_NOTHING || again.noisy || again.staircase)
		p->both = again;
	p->both.typical = fmax(p->both.typical, typical);
}

/* The two-sided fit met one branch and excludes the other: the kink is next to the point, not on it. The slope of that
 * branch may stand for the point only where nothing else happens in between: a second kink closer by would have left
 * scales unresolved below the first; and of a rounded tip, like sqrt(t^2 + r^2), the value differs from the branch by v
 * and the slope by v / t, where v may be hidden in the noise. */
static bool on_one_branch(const picture *p, double away, hg_derivative *d)
{
	const hg_scan *both = &p->both;
	const double noise = hg_line_eps(p->line) * fabs(p->line->f) + hg_line_noise(p->line, 0);
	if (both->found != HG_SCAN_RESOLVED)
		return false;
	for (int side = 0; side < 2; side++) {
		const hg_scan *here = side ? &p->right : &p->left, *there = side ? &p->left : &p->right;
		if (!meets(here, both) || fabs(there->slope - both->slope) <= 2 * both->abserr + there->abserr)
			continue;
		const double tip = away > 0 ? (fabs(p->line->f - here->value) + noise) / away : INFINITY;
		if (here->abserr < both->abserr && !both->unresolved) {
			d->value = here->slope;
			d->step = here->step;
			d->abserr = fmin(both->abserr, here->abserr + NEAR_KINK * fabs(p->bend) + tip);
		}
		return true;
	}
	return false;
}

static hg_class two_slopes(const picture *p, hg_derivative *d)
{
	const double away = fabs(p->gap / p->bend);
	const double unsure =
	    p->gap_abserr / (fabs(p->bend) - p->bend_abserr) + 4 * hg_line_eps(p->line) * fabs(p->line->x);
	if (away <= fmax(p->right.step, p->left.step) / 256 + unsure)
		return on_one_branch(p, away, d) ? HG_NEAR_KINK : HG_KINK;
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

/* Does rounding move the value that stands still, by more than some ulps of it or of what it does nearby? */
static bool is_loud(const hg_line *line, double step, double nearby)
{
	return hg_line_noise(line, step) > FLAT_ULPS * fmax(hg_line_eps(line) * fmax(fabs(line->f), nearby), DBL_MIN);
}

static hg_class conclude(const hg_line *line, hg_class class, hg_derivative *d)
{
	const double size = hg_line_size(line), nearby = d->typical * size;
	if (class != HG_FLAT)
		return class == HG_SMOOTH && d->abserr > ORACLE_VOID * fmax(d->typical, fabs(d->value)) ? HG_UNRESOLVED
		                                                                                       : class;
	d->typical = fabs(line->f) / size; /* no slope to be seen nearby: take the one that would change the value by itself */
	if (line->f == 0) /* what is too small for a float may have vanished */
		d->abserr = fmax(d->abserr, 4 * (double)FLT_MIN / d->step);
	if (!is_loud(line, d->step, nearby))
		return HG_FLAT;
	d->abserr *= FLAT_LOUD;
	return HG_NOISY;
}

/* The noise of the samples that lie furthest out: of a function that grows it may be much more than at the point. */
static void listen_there(const hg_line *line, hg_derivative *d)
{
	hg_line out = *line;
	out.x += OUT_AT * d->step;
	if (line->probed && hg_class_has_bound(d->class) && hg_line_probe_once(&out) == 0 && out.spread > OUT_LOUDER * line->spread)
		d->abserr += OUT_NOISE * out.spread / d->step;
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
	if (both->kinky && both->law == 0) {
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

static void find(const hg_line *line, hg_derivative *d)
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
	d->jumps = p.both.found == HG_SCAN_RESOLVED ? p.both.jumps : 0;
	if (p.both.staircase) {
		d->class = HG_STAIRCASE;
		return;
	}
	if (plain(line, &p.both)) {
		d->class = conclude(line, flat_or_smooth(&p.both), d);
		listen_there(line, d);
		reserve(line, d);
		return;
	}
	if (p.both.law != 0 && !is_kink(p.both.law)) { /* like |x|^p: an infinite slope, or 0 */
		d->class = p.both.law > 1 ? conclude(line, HG_SMOOTH, d) : HG_UNRESOLVED;
		reserve(line, d);
		return;
	}
	look_to_the_sides(&p);
	d->class = conclude(line, classify(&p, d), d);
	listen_there(line, d);
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

/* The value between jumps is smooth and wrong by as much as they are high: so is its slope, over the distance of the
 * jumps. What larger steps say with the jumps as noise bounds that. */
void hg_oracle_find(const hg_line *line, double rough, hg_derivative *d)
{
	hg_line over = *line;
	hg_derivative coarse;
	find(line, d);
	if (d->jumps > 0) /* or so it seemed: kinks are taken out */
		d->jumps = hg_line_tolerance(line, d->step);
	over.spread = fmax(rough, TOLERANCE_NOISE * d->jumps);
	if (over.spread <= line->spread || !hg_class_has_bound(d->class))
		return;
	find(&over, &coarse);
	d->abserr = hg_class_has_bound(coarse.class) ? fmax(d->abserr, fabs(coarse.value - d->value) + coarse.abserr)
	                                             : d->abserr + ROUGH_SLOPE * over.spread / d->step;
}
