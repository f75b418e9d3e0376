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
} hg_derivative;

/* Needs a line that hg_line_probe() has been at. Everything is decided by values of the function alone. */
void hg_oracle_find(const hg_line *line, hg_derivative *d);

#endif
