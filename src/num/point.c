#include "num/point.h"

#include "base/status.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

hg_status hg_size_check(size_t rows, size_t cols)
{
	if (rows == 0 || cols == 0 || rows > HG_MOST_ROWS || cols > HG_MOST_ROWS || rows > HG_MOST_ENTRIES / cols)
		return HG_ESIZE;
	return HG_OK;
}

gsl_matrix *hg_matrix_new(size_t rows, size_t cols)
{
	gsl_matrix *m = malloc(sizeof *m);
	gsl_block *block = malloc(sizeof *block);
	double *data = hg_size_check(rows, cols) == HG_OK ? calloc(rows * cols, sizeof *data) : NULL;
	if (!m || !block || !data) {
		free(m);
		free(block);
		free(data);
		return NULL;
	}
	*block = (gsl_block){.size = rows * cols, .data = data};
	*m = (gsl_matrix){.size1 = rows, .size2 = cols, .tda = cols, .data = data, .block = block, .owner = 1};
	return m;
}

void hg_matrix_copy(gsl_matrix *to, const gsl_matrix *from)
{
	for (size_t i = 0; i < from->size1; i++)
		memcpy(to->data + i * to->tda, from->data + i * from->tda, from->size2 * sizeof *from->data);
}

hg_status hg_point_check(const hg_point *at)
{
	if (!at || !at->block || at->nblocks == 0)
		return HG_EINVAL;
	if (at->nblocks > HG_MOST_BLOCKS)
		return HG_ESIZE;
	for (size_t b = 0; b < at->nblocks; b++) {
		const gsl_matrix *x = at->block[b].x;
		if (!x)
			return HG_EINVAL;
		HG_TRY(hg_size_check(x->size1, x->size2));
		if (!x->data || x->tda < x->size2 || !isfinite(at->block[b].scale) || at->block[b].scale < 0)
			return HG_EINVAL;
	}
	const size_t n = hg_point_entries(at);
	return n == 0 ? HG_EINVAL : n > HG_MOST_ENTRIES ? HG_ESIZE : HG_OK;
}

size_t hg_point_entries(const hg_point *at)
{
	size_t n = 0;
	for (size_t b = 0; b < at->nblocks; b++)
		if (at->block[b].wrt)
			n += at->block[b].x->size1 * at->block[b].x->size2;
	return n;
}

hg_status hg_point_add(hg_point *point, const char *name, size_t rows, size_t cols, gsl_matrix **x)
{
	if (x)
		*x = NULL;
	if (!point || !name || !x)
		return HG_EINVAL;
	HG_TRY(hg_size_check(rows, cols));
	if (point->nblocks >= HG_MOST_BLOCKS)
		return HG_ESIZE;
	hg_block *block = realloc(point->block, (point->nblocks + 1) * sizeof *block);
	if (!block)
		return HG_ENOMEM;
	point->block = block;
	gsl_matrix *zeros = hg_matrix_new(rows, cols);
	if (!zeros)
		return HG_ENOMEM;
	block[point->nblocks++] = (hg_block){.name = name, .x = zeros, .wrt = true};
	*x = zeros;
	return HG_OK;
}

void hg_point_clear(hg_point *point)
{
	if (!point)
		return;
	for (size_t b = 0; b < point->nblocks; b++)
		gsl_matrix_free(point->block[b].x);
	free(point->block);
	*point = (hg_point){0};
}
