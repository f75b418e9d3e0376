#include "num/tolerance.h"

#include "num/constants.h"

#include <math.h>
#include <stddef.h>

static double largest_share(const hg_fit *fit, int from, int to)
{
	double largest = 0;
	for (int k = from; k < to; k++)
		largest = fmax(largest, fabs(fit->a[k]));
	return largest;
}

bool hg_fit_jumps(const hg_fit *fit)
{
	const int tail = fit->stencil->tail, n = fit->stencil->n, middle = (tail + n) / 2;
	return !hg_fit_resolved(fit) && fit->tail <= TOLERANCE_MOST * fmax(fit->range, fit->largest) &&
	       largest_share(fit, tail, middle) <= TOLERANCE_FLAT * largest_share(fit, middle, n);
}

static bool fit_around(const hg_line *line, double centre, double step, hg_fit *fit)
{
	hg_line near = *line;
	near.x = centre;
	if (hg_line_probe_once(&near) != 0) /* rounding there may be louder than at the point, or less so */
		return false;
	return hg_fit_find(&near, &hg_stencil_wide, HG_BOTH, step, fit);
}

/* Halves the window around what it found: the residual of a jump stays, that of a kink goes with the width. A jump shows a
 * tolerance, and so does a kink of almost nothing, as steps leave that a solver fits to their end. Returns the residual;
 * 0: it is neither. */
static double residual_of_jump(const hg_line *line, double centre, double step, const hg_fit *whole)
{
	hg_fit left, right;
	double tail = whole->tail, range = whole->range, width = 1;
	int halvings = 0;
	bool seen = true;
	while (halvings < TOLERANCE_HALVINGS) {
		step /= 2;
		if (!fit_around(line, centre - step, step, &left) || !fit_around(line, centre + step, step, &right))
			return 0;
		const hg_fit *side = right.tail > left.tail ? &right : &left;
		seen = !hg_fit_resolved(side);
		if (!seen)
			break;
		halvings++;
		centre += side == &right ? step : -step;
		tail = side->tail;
		range = side->range;
		width /= 2;
	}
	const bool jump = seen && tail * TOLERANCE_KINK >= whole->tail;
	const bool kink = halvings >= TOLERANCE_TRACED && tail * TOLERANCE_KINK >= whole->tail * width && tail <= TOLERANCE_BEND * range;
	return jump ? fmax(tail, whole->tail) : kink ? TOLERANCE_BENDS * whole->tail : 0;
}

static double jumps_in(const hg_line *line, double centre, double width)
{
	hg_fit fit;
	return fit_around(line, centre, width, &fit) && hg_fit_jumps(&fit) ? residual_of_jump(line, centre, width, &fit) : 0;
}

/* Around the place, a tile of such windows next to each other, and wider and wider ones; then some further out, since
 * pieces may be as long as x is large. */
double hg_line_tolerance(const hg_line *line, double step)
{
	static const double far[] = {0.75, -0.75, 1.25, -1.25, 1.75, -1.75};
	static const struct {
		double centre, width;
	} windows[] = {{0, 1.9}, {2, 1}, {-2, 1}, {4, 1}, {-4, 1}, {6, 1}, {-6, 1}, {8, 1}, {-8, 1},
	               {0, 4}, {0, 15}, {0, 60}, {0, 250}, {0, 1000}, {0, 4000}};
	const double unit = hg_line_unit(line);
	double found = 0;
	for (size_t k = 0; k < sizeof windows / sizeof *windows && (found == 0 || windows[k].centre != 0); k++) {
		const double width = windows[k].width * step;
		if (width <= unit || windows[k].centre != 0)
			found = fmax(found, jumps_in(line, line->x + windows[k].centre * step, width));
	}
	for (size_t k = 0; k < sizeof far / sizeof *far && found == 0; k++)
		found = jumps_in(line, line->x + far[k] * unit, unit / 4);
	return found;
}
