/* A function of one variable as the oracle sees it: the cost along one entry, or along one direction. */
#ifndef HG_NUM_LINE_H
#define HG_NUM_LINE_H

#include <float.h>
#include <math.h>
#include <stdbool.h>

typedef struct hg_line {
	double (*value)(void *self, double t); /* NaN where it cannot be computed */
	void *self;
	double x;      /* the point */
	double scale;  /* typical size of x; 0: 1 */
	double f;      /* the value there */
	double spread; /* rounding noise of the value near x: hg_line_probe() */
	double far;    /* the same a step of the size of x away, where it is much less there; else 0 */
	double heard;  /* how far from x; 0: at x. Where the value vanishes without noise, noise grows from there */
	double away;   /* ... from this distance on */
	bool probed;   /* it was asked of the processor, not estimated from residuals */
	bool single;   /* places and values are floats */
} hg_line;

/* Size of x where it is small: the larger of |x| and what is typical; and the power of two below it. */
static inline double hg_size_of(double x, double scale) { return fmax(fabs(x), scale > 0 ? scale : 1); }
static inline double hg_unit_of(double x, double scale) { return ldexp(1, ilogb(hg_size_of(x, scale))); }
static inline double hg_line_size(const hg_line *line) { return hg_size_of(line->x, line->scale); }
static inline double hg_line_unit(const hg_line *line) { return hg_unit_of(line->x, line->scale); }

/* Relative rounding of a place, and the least of a value. */
static inline double hg_line_eps(const hg_line *line) { return line->single ? (double)FLT_EPSILON : DBL_EPSILON; }

/* Noise of a value this far from x. */
static inline double hg_line_noise(const hg_line *line, double away)
{
	return away < line->heard ? line->spread * (away / line->heard) : line->spread;
}

/* The least noise a value this far from x has: residuals below it say nothing. */
static inline double hg_line_floor(const hg_line *line, double away)
{
	return line->far > 0 && away >= line->away ? line->far : hg_line_noise(line, away);
}

static inline double hg_line_at(const hg_line *line, double t) { return line->value(line->self, t); }

/* Evaluates at x and asks the processor for the noise: the largest difference between the value and what the same
 * code gives in the three directed rounding modes, at x and at two neighbours (numerics.md 3, after Kahan).
 * Returns 0, or -1 where the function or its noise is not finite. */
int hg_line_probe(hg_line *line);
int hg_line_probe_once(hg_line *line); /* at x alone */

/* Do directed rounding modes reach arithmetic here at all? (Not under valgrind, for example.) */
int hg_rounding_works(void);

/* Noise estimated from what no smooth function leaves: residuals of fits at small scales. For when rounding modes
 * do not reach the function. Statistical: take the verdicts drawn from it with more reserve. */
double hg_line_residual(const hg_line *line);

#endif
