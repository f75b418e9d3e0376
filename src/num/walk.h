/* A function at a point, ready to be moved along entries: works on copies, counts evaluations, keeps the budget. */
#ifndef HG_NUM_WALK_H
#define HG_NUM_WALK_H

#include "handgrad.h"
#include "num/line.h"

typedef struct hg_walk {
	const hg_function *f;
	const hg_point *at; /* never written to */
	gsl_matrix **x;     /* a copy of its blocks, moved about */
	void *kept;         /* what the function kept for its poke; NULL: evaluate the whole */
	unsigned long evaluations, pokes, limit;
	bool spent;         /* the limit was reached: values are NaN from there on */
} hg_walk;

hg_status hg_walk_open(const hg_function *f, const hg_point *at, size_t limit, hg_walk *walk);
void hg_walk_close(hg_walk *walk);

void hg_walk_forget(hg_walk *walk);  /* drops what the function kept: from here on by value */
void hg_walk_home(hg_walk *walk);    /* back to the point, bit by bit */
double hg_walk_value(hg_walk *walk); /* of the function where the walk is; NaN where it cannot be computed */

/* One entry of the point as a line; the walk stays at the point between values. */
typedef struct hg_along {
	hg_walk *walk;
	size_t block, i, j;
	enum { HG_BY_VALUE, HG_BY_POKE } by;
} hg_along;

/* The straight line through the point along one direction, given entry by entry in the order of a verdict. */
typedef struct hg_ray {
	hg_walk *walk;
	const double *u;
} hg_ray;

hg_line hg_ray_line(hg_ray *ray); /* by value, at 0; leaves the walk wherever it was last: hg_walk_home() */

hg_line hg_along_line(hg_along *along);

#endif
