/* A function at a point, ready to be moved along entries: works on copies, counts evaluations, keeps the budget. */
#ifndef HG_NUM_WALK_H
#define HG_NUM_WALK_H

#include "handgrad-outputs.h"
#include "num/line.h"
#include "num/memo.h"

typedef struct hg_walk {
	const hg_function *f; /* of one output, or ... */
	const hg_vector_function *map; /* ... if not NULL, of several */
	size_t noutputs, output; /* the output that values are of */
	const hg_point *at;   /* never written to */
	gsl_matrix **x;       /* a copy of its blocks, moved about */
	double *y;            /* the outputs where it was evaluated last */
	hg_memo memo;         /* and at the places of lines that have a number, until it is cleared */
	void *kept;           /* what the function kept for its poke; NULL: evaluate the whole */
	bool single;          /* the function takes floats: places are rounded to them */
	unsigned long evaluations, pokes, limit;
	unsigned long asked;  /* values asked for along lines, those that were remembered too */
	bool spent;           /* the limit was reached: values are NaN from there on */
} hg_walk;

hg_status hg_walk_open(const hg_function *f, const hg_point *at, const hg_settings *settings, hg_walk *walk);
hg_status hg_walk_open_map(const hg_vector_function *map, const hg_point *at, const hg_settings *settings, hg_walk *walk);
void hg_walk_close(hg_walk *walk);

void hg_walk_forget(hg_walk *walk);  /* drops what the function kept: from here on by value */
void hg_walk_home(hg_walk *walk);    /* back to the point, bit by bit */
double hg_walk_value(hg_walk *walk); /* of the function where the walk is; NaN where it cannot be computed */

/* The numbers of lines, for the memo: directions in all blocks (block -1) or one, entries, groups of entries. */
size_t hg_line_of_direction(const hg_walk *walk, size_t direction, long block);
size_t hg_line_of_entry(const hg_walk *walk, size_t k);

/* One entry of the point as a line; the walk stays at the point between values. */
typedef struct hg_along {
	hg_walk *walk;
	size_t block, i, j;
	enum { HG_BY_VALUE, HG_BY_POKE } by;
	size_t line; /* its number; 0: nothing is remembered of it */
} hg_along;

hg_line hg_along_line(hg_along *along);

/* Several entries moved at once, each by its own unit: a line around 1, so that the places are exact as those of one
 * entry are. For outputs that depend on one of them only. */
typedef struct hg_abreast {
	hg_walk *walk;
	const hg_entry *entry; /* of a verdict */
	const size_t *member;  /* indices of those that move */
	size_t n, line;
} hg_abreast;

hg_line hg_abreast_line(hg_abreast *abreast);

/* The straight line through the point along one direction, given entry by entry in the order of a verdict. */
typedef struct hg_ray {
	hg_walk *walk;
	const double *u;
	size_t line;
} hg_ray;

hg_line hg_ray_line(hg_ray *ray); /* by value, at 0; leaves the walk wherever it was last: hg_walk_home() */

#endif
