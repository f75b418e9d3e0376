/* Two Gaussian directions: the noise that all entries share, and a derivative that the entries have to add up to. */
#ifndef HG_NUM_SCREEN_H
#define HG_NUM_SCREEN_H

#include "num/walk.h"

enum { HG_DIRECTIONS = 2 };

typedef struct hg_screen {
	size_t n, ndirections;
	double *u[HG_DIRECTIONS]; /* Gaussian, scaled by the size of each entry */
	double f;                 /* the function at the point; NaN: it cannot be computed there */
	double spread;            /* rounding noise of a value near the point */
	bool probed;              /* the noise was asked of the processor; otherwise estimated from residuals */
} hg_screen;

/* Gaussian directions, not signs: errors that cancel in pairs would pass those with probability 1/2. */
hg_status hg_screen_open(hg_walk *walk, unsigned long seed, hg_screen *screen);
void hg_screen_close(hg_screen *screen);

/* Do the numerical derivatives add up to what the whole function does along the directions? Also true where that
 * cannot be told. It spends a few evaluations of the value, from the scale `step`
 * downwards, and so finds a poke that lies at any entry. */
bool hg_screen_adds_up(const hg_screen *screen, double step, hg_walk *walk, const hg_verdict *verdict);

#endif
