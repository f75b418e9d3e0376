#include "num/line.h"

#include "num/constants.h"
#include "num/fit.h"

#include <fenv.h>
#include <float.h>
#include <math.h>
#include <stddef.h>

int hg_rounding_works(void)
{
	const int before = fegetround();
	const volatile double one = 1, three = 3;
	volatile double up, down;
	fesetround(FE_UPWARD);
	up = one / three;
	fesetround(FE_DOWNWARD);
	down = one / three;
	fesetround(before);
	return up > down;
}

/* The largest change of f(t), which is `nearest`, under the directed rounding modes; infinity if not finite. */
static double probe(const hg_line *line, double t, double nearest)
{
	double largest = 0;
	for (int k = 0; k < PROBE_NMODES; k++) {
		fesetround(PROBE_MODES[k]);
		const volatile double directed_value = hg_line_at(line, t);
		fesetround(FE_TONEAREST);
		double change = fabs(directed_value - nearest);
		if (!(change <= largest))
			largest = isfinite(change) ? change : INFINITY;
	}
	return largest;
}

int hg_line_probe_once(hg_line *line)
{
	line->f = hg_line_at(line, line->x);
	line->spread = isfinite(line->f) ? probe(line, line->x, line->f) : INFINITY;
	return isfinite(line->spread) ? 0 : -1;
}

/* Next to a singularity noise is loud at x alone; further away it would hide what the function does there. */
static void listen_far(hg_line *line)
{
	const double unit = hg_line_unit(line);
	double loudest = 0;
	for (size_t k = 0; k < sizeof PROBE_APART / sizeof *PROBE_APART; k++) {
		const double t = line->x + PROBE_APART[k] * unit / 2, f = hg_line_at(line, t);
		loudest = fmax(loudest, isfinite(f) ? fmax(probe(line, t, f), hg_line_eps(line) * fabs(f)) : INFINITY);
	}
	if (loudest < line->spread / PROBE_LOUD) {
		line->far = loudest;
		line->away = PROBE_FAR * unit;
	}
}

/* Three points, because single-precision code may round to the same float in all modes at one of them; and not a
 * power of two apart, or the neighbours would round as the point does. */
int hg_line_probe(hg_line *line)
{
	if (hg_line_probe_once(line) != 0)
		return -1;
	const double apart = ldexp(hg_line_unit(line), PROBE_NEIGHBOUR);
	const double here = line->spread;
	for (size_t k = 0; k < sizeof PROBE_APART / sizeof *PROBE_APART; k++) {
		double t = line->x + PROBE_APART[k] * apart, f = hg_line_at(line, t);
		if (!isfinite(f))
			continue;
		double near = probe(line, t, f);
		if (near <= PROBE_OUTLIER * fmax(here, hg_line_eps(line) * fabs(line->f)) || line->f == 0)
			line->spread = fmax(line->spread, near);
	}
	if (line->f == 0 && here == 0)
		line->heard = apart / 2;
	if (line->spread > PROBE_LOUD * hg_line_eps(line) * fabs(line->f))
		listen_far(line);
	return 0;
}

/* The residual that stays when the step grows, around one centre. Around a kink it grows with the step, and of a smooth
 * function nothing is left at such steps; rounded values do not move at all where steps are smallest. */
static double residual_around(const hg_line *line, double unit)
{
	static const int steps[] = {-19, -14, -9, -4};
	double below = 0, noise = 0;
	for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
		hg_fit fit;
		const double tail =
		    hg_fit_find(line, &hg_stencil_sharp, HG_BOTH, ldexp(unit, steps[k]), &fit) ? fit.tail : 0;
		if (below > 0 && tail > SCAN_CONSTANT * below)
			return noise; /* what is larger from here on is the function */
		if (below > 0)
			noise = fmax(noise, fmax(below, tail));
		below = tail;
	}
	return noise;
}

/* A jump is at one place; noise is everywhere. */
double hg_line_residual(const hg_line *line)
{
	static const double centres[] = {0, 0x1.3p-7, -0x1.7p-6};
	const double unit = hg_line_unit(line);
	double least = INFINITY;
	for (size_t c = 0; c < sizeof centres / sizeof *centres && least > 0; c++) {
		hg_line near = *line;
		near.x += centres[c] * unit;
		near.f = hg_line_at(line, near.x);
		least = fmin(least, residual_around(&near, unit));
	}
	return RESIDUAL_NOISE * least;
}
