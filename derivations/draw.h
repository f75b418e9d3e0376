/* Blocks of test points: values of high entropy, never symmetric. All draw from the generator of the
 * point. */
#ifndef DERIVATIONS_DRAW_H
#define DERIVATIONS_DRAW_H

#include "handgrad.h"

#define UNUSED __attribute__((unused))

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Goes on with the next step of building a point only if the last one went well. */
#define TRY(call)                                                                                            \
	do {                                                                                                     \
		hg_status status_ = (call);                                                                          \
		if (status_ != HG_OK)                                                                                \
			return status_;                                                                                  \
	} while (0)

/* How the entries of a block are drawn. */
typedef enum law {
	NORMAL, /* scale * N(0, 1) */
	HARD,   /* labels 0 and 1, both present where there are two of them */
	ZEROS, ONES,
	SOFT,   /* labels strictly between 0 and 1 */
	ONE_HOT /* one 1 in each column */
} law;

void draw_entries(gsl_matrix *x, law by, double scale, gsl_rng *rng);
hg_status draw_block(hg_point *point, const char *name, size_t rows, size_t cols, law by, double scale,
                     gsl_rng *rng, gsl_matrix **x);

/* A 1 x 1 block holding this value. */
hg_status draw_value(hg_point *point, const char *name, double value);

/* A 1 x 1 block: value k of a ladder, and beyond its end scale * N(0, 1), no nearer to 0 than 1/8. */
hg_status draw_ladder(hg_point *point, const char *name, const double ladder[], size_t n, size_t k,
                      double scale, gsl_rng *rng);

/* A batch and its labels: 2 or 3 rows; 1, 4 or 5 columns; labels hard and soft in turn. */
hg_status draw_labelled(hg_point *point, const char *name, law by, double scale, size_t k, gsl_rng *rng);

#endif
