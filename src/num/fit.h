/* A least-squares fit at one scale: derivative and value at the point, each with its bound. */
#ifndef HG_NUM_FIT_H
#define HG_NUM_FIT_H

#include "num/line.h"
#include "num/stencil.h"

#include <stdbool.h>

typedef enum hg_side { HG_LEFT = -1, HG_BOTH = 0, HG_RIGHT = 1 } hg_side;

typedef struct hg_fit {
	const hg_stencil *stencil;
	hg_side side;
	double step;                  /* H */
	double a[HG_NODES];           /* coefficients of the samples less their last one */
	double last, largest;         /* that sample; the largest |sample| */
	double range;                 /* largest change from it to another sample */
	double floor;                 /* the noise a residual has to come down to */
	double tail;                  /* rms of the highest coefficients */
	double slope, abserr;         /* the derivative at x lies within slope +- abserr */
	double value, value_abserr;   /* the same of the value */
	int degree;                   /* the one that gave the smallest bound */
	bool flat;                    /* all samples are bitwise equal */
} hg_fit;

/* Samples f(x + H u) on one side or both and fits. False where a sample is not finite. */
bool hg_fit_find(const hg_line *line, const hg_stencil *stencil, hg_side side, double step, hg_fit *fit);

/* Bounds the same samples again with a noise of at least `noise`. */
void hg_fit_bound(const hg_line *line, double noise, hg_fit *fit);

/* The bound that noise alone would leave a fit of the stencil's degree at this step. */
double hg_fit_noise(const hg_line *line, const hg_stencil *stencil, double step);

/* Does the fit pass through the value at the point itself? (The wide stencil has no node there.) */
bool hg_fit_meets_point(const hg_line *line, const hg_fit *fit);

/* Samples in pairs close by, at H/256, H/256^2, ...: how far from the point the function leaves a two-sided fit, in its
 * odd or its even part; 0: it does not. A feature narrower than the distance of the nodes is seen here. */
double hg_fit_departs(const hg_line *line, const hg_fit *fit);

/* Does the residual prove that polynomial and noise are all there is at this scale? */
bool hg_fit_resolved(const hg_fit *fit);

#endif
