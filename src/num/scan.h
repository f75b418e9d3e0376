/* Fits from the largest scale downwards until two agree: one number with its bound, for one side or both. */
#ifndef HG_NUM_SCAN_H
#define HG_NUM_SCAN_H

#include "num/fit.h"

typedef enum hg_scan_found {
	HG_SCAN_NOTHING,  /* no scale had finite samples */
	HG_SCAN_COARSE,   /* no scale was resolved: the best of the coarse fits, its bound widened */
	HG_SCAN_RESOLVED, /* polynomial and noise were all there was */
} hg_scan_found;

typedef struct hg_scan {
	hg_scan_found found;
	double slope, abserr, value, value_abserr; /* as in hg_fit */
	double step;    /* of the fit it comes from */
	double typical; /* slope of the function nearby: range of the samples / 2 H */
	int confirmed;  /* fits at other scales that agreed */
	int disputed;   /* fits at other scales that did not */
	int unresolved; /* scales that showed more than polynomial and noise */
	double law;     /* residuals ~ step^law around a point at 0, however small the step; 0: no such law */
	double jumps;   /* residual of scales that show small jumps and no kink; 0: none does */
	bool flat;      /* the function did not change at all */
	bool staircase; /* a flat piece between steps */
	bool kinky;     /* stopped early: the fits behave as around a kink */
	bool noisy;     /* never resolved, but the residual is the same at all scales */
} hg_scan;

/* largest_step 0: the scale of x. With stop_at_kinks the scan ends at the first signature of a kink. */
typedef enum hg_scan_mode { HG_SCAN_ON, HG_SCAN_STOP_AT_KINKS } hg_scan_mode;

void hg_scan_find(const hg_line *line, hg_side side, double largest_step, hg_scan_mode mode, hg_scan *scan);

#endif
