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

/* A direction in which every entry moves in proportion to its scale, all together about as far as one alone would. */
void hg_direction_draw(const hg_point *at, unsigned long seed, double u[]);

/* Gaussian directions, not signs: errors that cancel in pairs would pass those with probability 1/2. */
hg_status hg_screen_open(hg_walk *walk, unsigned long seed, hg_screen *screen);
void hg_screen_close(hg_screen *screen);

/* Does the function still give the value at the point that it gave first? Differences that adding in another order
 * makes count as noise. */
bool hg_screen_repeats(hg_screen *screen, hg_walk *walk);

/* What the whole function does along one direction, from the scale `step` downwards. */
typedef enum hg_along_all {
	HG_ALONG_FOLLOWS, /* what the derivatives add up to, as far as can be told */
	HG_ALONG_DIFFERS, /* something else */
	HG_ALONG_DEPARTS, /* a feature narrower than the differences stands at the point */
} hg_along_all;

/* Spends a few evaluations of the value, and so finds a poke that lies at any entry, and a narrow feature in any.
 * With `block`, if not negative, only its entries are moved. */
hg_along_all hg_screen_look(const hg_screen *screen, size_t direction, long block, double step, hg_walk *walk,
                            const hg_verdict *verdict);

#endif
