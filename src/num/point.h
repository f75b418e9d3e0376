/* Points and their sizes: what may be checked at all. */
#ifndef HG_NUM_POINT_H
#define HG_NUM_POINT_H

#include "handgrad.h"

/* GSL's allocators overflow silently on huge sizes (2.7.1), so every size is held against these first. */
enum { HG_MOST_ROWS = 1 << 26, HG_MOST_ENTRIES = 1 << 26, HG_MOST_BLOCKS = 1 << 16 };

hg_status hg_size_check(size_t rows, size_t cols);

/* Blocks there, of a size that can be worked with, and at least one to differentiate by. */
hg_status hg_point_check(const hg_point *at);

size_t hg_point_entries(const hg_point *at); /* of the blocks differentiated by */

/* Zeros, as gsl_matrix_calloc() but without GSL's error handler; freed by gsl_matrix_free(). */
gsl_matrix *hg_matrix_new(size_t rows, size_t cols);
void hg_matrix_copy(gsl_matrix *to, const gsl_matrix *from); /* of the same shape */

#endif
