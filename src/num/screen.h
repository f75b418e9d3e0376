/* Two Gaussian directions: the noise that all entries share, and a derivative that the entries have to add up to. */
#ifndef HG_NUM_SCREEN_H
#define HG_NUM_SCREEN_H

#include "num/constants.h"
#include "num/walk.h"

/* Gaussian, scaled by the size of each entry; shared by all outputs of a function. Not signs: errors that cancel in
 * pairs would pass those with probability 1/2. */
typedef struct hg_directions {
	size_t n, ndirections;
	double *u[DIRECTIONS];
	double *part; /* room for the part of one that moves a single block */
} hg_directions;

hg_status hg_directions_open(const hg_point *at, unsigned long seed, hg_directions *directions);
void hg_directions_close(hg_directions *directions);

/* What was heard of one output along them. */
typedef struct hg_screen {
	double f;      /* the output at the point; NaN: it cannot be computed there */
	double spread; /* rounding noise of a value near the point */
	double quiet;  /* of many entries, what is heard of it without redirected rounding; else the same */
	bool probed;   /* the noise was asked of the processor; otherwise estimated from residuals */
} hg_screen;

/* A direction in which every entry moves in proportion to its scale, all together about as far as one alone would. */
void hg_direction_draw(const hg_point *at, unsigned long seed, double u[]);

/* Of the walk's output; leaves the walk at the point. */
void hg_screen_listen(const hg_directions *directions, hg_walk *walk, hg_screen *screen);

/* Is the value at the point, asked for again, the one that was given first? Differences that adding in another order
 * makes count as noise. */
bool hg_screen_repeats(hg_screen *screen, double again);

/* What the whole function does along one direction, from the scale `step` downwards. */
typedef enum hg_along_all {
	HG_ALONG_FOLLOWS, /* what the derivatives add up to, as far as can be told */
	HG_ALONG_DIFFERS, /* something else */
	HG_ALONG_DEPARTS, /* a feature narrower than the differences stands at the point */
} hg_along_all;

/* Spends a few evaluations of the value, and so finds a poke that lies at any entry, and a narrow feature in any.
 * With `block`, if not negative, only its entries are moved. */
hg_along_all hg_screen_look(const hg_screen *screen, const hg_directions *directions, size_t direction, long block,
                            double step, hg_walk *walk, const hg_verdict *verdict);

#endif
