#include "num/stair.h"

#include "num/constants.h"

#include <math.h>

/* The function differs from f0 at x + outside, not at x + inside: bisects for the place. Returns the value there. */
static double edge(const hg_line *line, int side, double f0, double *inside, double *outside, double beyond)
{
	const double x = line->x;
	for (int i = 0; i < 64; i++) {
		double middle = (*inside + *outside) / 2, t = x + side * middle;
		if (t == x + side * *inside || t == x + side * *outside)
			break;
		double f = hg_line_at(line, t);
		if (f == f0)
			*inside = middle;
		else {
			*outside = middle;
			beyond = f;
		}
	}
	return beyond;
}

/* A step stays near its new value a little further out; a kink keeps growing. */
static bool is_step(const hg_line *line, int side, double f0, double inside, double outside, double beyond,
                    double far)
{
	if (!isfinite(beyond))
		return true;
	const double gap = fmax(outside - inside, hg_line_eps(line) * fabs(line->x)), rise = fabs(beyond - f0);
	double nearest = INFINITY;
	for (int k = 2; k <= 10; k++) {
		double f = hg_line_at(line, line->x + side * (outside + ldexp(gap, k)));
		if (isfinite(f))
			nearest = fmin(nearest, fabs(f - beyond));
	}
	const double largest = fmax(fabs(f0), isfinite(far) ? fabs(far) : 0);
	return rise > STAIR_NOISE * fmax(hg_line_eps(line) * largest, hg_line_noise(line, outside)) &&
	       !(nearest > 0.5 * rise);
}

bool hg_line_on_staircase(const hg_line *line, hg_side side, double f0, double step)
{
	const double limit = 1e3 * hg_line_size(line);
	for (int to = -1; to <= 1; to += 2) {
		if (side != HG_BOTH && to != (int)side)
			continue;
		double out = step;
		for (int k = 0; k < 14 && (out *= 4) <= limit; k++) {
			double far = hg_line_at(line, line->x + to * out);
			if (far == f0)
				continue;
			double inside = hg_line_at(line, line->x + to * step) == f0 ? step : 0;
			double outside = out, beyond = edge(line, to, f0, &inside, &outside, far);
			if (is_step(line, to, f0, inside, outside, beyond, far))
				return true;
			break;
		}
	}
	return false;
}
