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
static double residual_of_jump(const hg_line *line, double centre, double step, const hg_fit *whole, bool or_kink)
{
	hg_fit left, right;
	double tail = whole->tail, largest = tail, range = whole->range, width = 1;
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
		largest = fmax(largest, tail); /* at the edge of a window a kink shows less */
		range = side->range;
		width /= 2;
	}
	const bool jump = seen && tail * TOLERANCE_KINK >= largest;
	const bool kink = or_kink && halvings >= TOLERANCE_TRACED && tail * TOLERANCE_KINK >= whole->tail * width && tail <= TOLERANCE_BEND * range;
	return jump ? fmax(tail, whole->tail) : kink ? TOLERANCE_BENDS * whole->tail : 0;
}

/* A search for jumps, and how many fits it may still cost. */
typedef struct search {
	const hg_line *line;
	double found;
	int left;
	bool or_kink; /* of almost nothing */
} search;

/* Halves what is neither smooth nor a jump: what is smooth by itself shows a jump only where little else is left. */
static void look_into(search *s, double centre, double width, int depth)
{
	hg_fit fit;
	if (s->found > 0 || s->left-- <= 0 || !fit_around(s->line, centre, width, &fit))
		return;
	if (hg_fit_jumps(&fit))
		s->found = residual_of_jump(s->line, centre, width, &fit, s->or_kink);
	if (hg_fit_resolved(&fit) || depth == 0)
		return;
	look_into(s, centre - width / 2, width / 2, depth - 1);
	look_into(s, centre + width / 2, width / 2, depth - 1);
}

/* Windows in which the residual is the same in their halves, here and there: no jump, no kink and nothing that stands at one
 * place, but a wave of almost nothing all over. */
static double residual_of_waves(const hg_line *line, double step)
{
	static const double centres[] = {0, 0.31, -0.43, 0.67, -0.79};
	enum { CENTRES = sizeof centres / sizeof *centres };
	const double unit = hg_line_unit(line);
	for (double width = unit / 2; width > TOLERANCE_WAVE * step; width /= TOLERANCE_WAVE) {
		double largest = 0;
		size_t seen = 0;
		for (size_t k = 0; k < CENTRES; k++) {
			hg_fit whole, half;
			const double centre = line->x + centres[k] * unit;
			if (!fit_around(line, centre, width, &whole) || hg_fit_resolved(&whole) ||
			    whole.tail > TOLERANCE_MOST * fmax(whole.range, whole.largest) || !fit_around(line, centre, width / 2, &half) ||
			    hg_fit_resolved(&half) || half.tail * TOLERANCE_KINK < whole.tail)
				continue;
			seen++;
			largest = fmax(largest, whole.tail);
		}
		if (seen + 1 >= CENTRES)
			return largest;
	}
	return 0;
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
	search s = {line, 0, TOLERANCE_FITS, true};
	for (size_t k = 0; k < sizeof windows / sizeof *windows; k++) {
		const double width = windows[k].width * step;
		if (width <= unit || windows[k].centre != 0)
			look_into(&s, line->x + windows[k].centre * step, width, 0);
	}
	for (size_t k = 0; k < sizeof far / sizeof *far; k++)
		look_into(&s, line->x + far[k] * unit, unit / 4, 0);
	return s.found;
}

/* All around in halves of halves. Of kinks of almost nothing a function has some of its own in so many places. */
double hg_line_tolerance_at_large(const hg_line *line, double step)
{
	const double unit = hg_line_unit(line);
	search s = {line, hg_line_tolerance(line, step), TOLERANCE_FITS, false};
	for (int k = 0; k <= 2 * TOLERANCE_TILES; k++) /* from the point outwards, to both sides */
		look_into(&s, line->x + (k % 2 ? -0.5 : 0.5) * ((k + 1) / 2) * unit, unit / 4, TOLERANCE_DEPTH);
	return s.found > 0 ? s.found : residual_of_waves(line, step);
}
