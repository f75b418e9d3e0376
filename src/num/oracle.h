/* The derivative of a function of one variable at a point: a number, a bound, and what the function looks like there. */
#ifndef HG_NUM_ORACLE_H
#define HG_NUM_ORACLE_H

#include "handgrad.h"
#include "num/line.h"

typedef struct hg_derivative {
	hg_class class;
	double value, abserr;             /* the derivative lies within value +- abserr; abserr infinite: unknown */
	double left, left_abserr;         /* one-sided slopes, where they were needed; NaN */
	double right, right_abserr;
	double step, typical;             /* of the fit it comes from; slope of the function nearby */
	double jumps;                     /* residual of small jumps nearby, which then count as noise; 0: none were met */
} hg_derivative;

/* Needs a line that hg_line_probe() has been at. Everything is decided by values of the function alone. Small jumps, or
 * a `rough`ness that is known, count as noise that no rounding mode moves: the bound then takes in what larger steps
 * say that see over it. */
void hg_oracle_find(const hg_line *line, double rough, hg_derivative *d);

#endif
