/* Functions computed to a tolerance only: root finders, adaptive integrators, series cut off. Between jumps, where one
 * step more is taken, such a value is smooth and off by a smooth error that no rounding mode moves. */
#ifndef HG_NUM_TOLERANCE_H
#define HG_NUM_TOLERANCE_H

#include "num/fit.h"

/* Do the residuals look like jumps small beside the function: no smaller at high degrees than at low ones? */
bool hg_fit_jumps(const hg_fit *fit);

/* The residual that jumps leave in windows around x as wide as the differences that were trusted; 0: none was found.
 * A kink is told from a jump by halving the window around it, and counts where it bends by almost nothing. */
double hg_line_tolerance(const hg_line *line, double step);

/* The same of all that solvers leave: jumps further out, waves of almost nothing all over. For when a claim is off by little. */
double hg_line_tolerance_at_large(const hg_line *line, double step);

#endif
