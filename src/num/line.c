#include "num/line.h"

#include "num/constants.h"
#include "num/fit.h"

#include <fenv.h>
#include <float.h>
#include <math.h>
#include <stddef.h>

static const int directed[] = {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
enum { DIRECTED = sizeof directed / sizeof *directed };

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
	for (int k = 0; k < DIRECTED; k++) {
		fesetround(directed[k]);
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

/* Three points, because single-precision code may round to the same float in all modes at one of them; and not a
 * power of two apart, or the neighbours would round as the point does. */
int hg_line_probe(hg_line *line)
{
	if (hg_line_probe_once(line) != 0)
		return -1;
	const double apart = ldexp(1, ilogb(fmax(fabs(line->x), 1)) + PROBE_NEIGHBOUR);
	const double here = line->spread;
	for (size_t k = 0; k < sizeof PROBE_APART / sizeof *PROBE_APART; k++) {
		double t = line->x + PROBE_APART[k] * apart, f = hg_line_at(line, t);
		if (!isfinite(f))
			continue;
		double near = probe(line, t, f);
		if (near <= PROBE_OUTLIER * fmax(here, DBL_EPSILON * fabs(line->f)) || line->f == 0)
			line->spread = fmax(line->spread, near);
	}
	if (line->f == 0 && here == 0)
		line->heard = apart / 2;
	return 0;
}

/* At steps this small only kinks, jumps and noise are left. Around a kink the residual shrinks with the step, and a
 * jump is at one place; noise stays and is everywhere. */
double hg_line_residual(const hg_line *line)
{
	static const int steps[] = {-20, -28};
	static const double centres[] = {0, 0x1p-7, -0x1p-6};
	const double unit = ldexp(1, ilogb(fmax(fabs(line->x), 1)));
	double least = INFINITY;
	for (size_t c = 0; c < sizeof centres / sizeof *centres; c++) {
		hg_line near = *line;
		hg_fit wide, narrow;
		near.x += centres[c] * unit;
		if (!hg_fit_find(&near, &hg_stencil_wide, HG_BOTH, ldexp(unit, steps[0]), &wide) ||
		    !hg_fit_find(&near, &hg_stencil_wide, HG_BOTH, ldexp(unit, steps[1]), &narrow))
			continue;
		if (wide.tail > SCAN_CONSTANT * narrow.tail || narrow.tail == 0)
			return 0;
		least = fmin(least, fmax(wide.tail, narrow.tail));
	}
	return isfinite(least) ? RESIDUAL_NOISE * least : 0;
}
