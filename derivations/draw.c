#include "draw.h"
#include <gsl/gsl_randist.h>
#include <math.h>

static double draw(law by, double scale, gsl_rng *rng)
{
	switch (by) {
	case NORMAL:
		return gsl_ran_gaussian_ziggurat(rng, scale);
	case HARD:
		return gsl_rng_uniform(rng) < 0.5;
	case SOFT:
		return 0.05 + 0.9 * gsl_rng_uniform(rng);
	case ONES:
		return 1;
	case ZEROS:
	case ONE_HOT:
		break;
	}
	return 0;
}

void draw_entries(gsl_matrix *x, law by, double scale, gsl_rng *rng)
{
	for (size_t i = 0; i < x->size1; i++)
		for (size_t j = 0; j < x->size2; j++)
			gsl_matrix_set(x, i, j, draw(by, scale, rng));
	for (size_t j = 0; by == ONE_HOT && j < x->size2; j++)
		gsl_matrix_set(x, gsl_rng_uniform_int(rng, x->size1), j, 1);
	if (by == HARD && x->size1 * x->size2 > 1)
		gsl_matrix_set(x, x->size1 - 1, x->size2 - 1, 1 - gsl_matrix_get(x, 0, 0));
}

hg_status draw_block(hg_point *point, const char *name, size_t rows, size_t cols, law by, double scale,
                     gsl_rng *rng, gsl_matrix **x)
{
	TRY(hg_point_add(point, name, rows, cols, x));
	draw_entries(*x, by, scale, rng);
	return HG_OK;
}

hg_status draw_value(hg_point *point, const char *name, double value)
{
	gsl_matrix *x;
	TRY(hg_point_add(point, name, 1, 1, &x));
	gsl_matrix_set(x, 0, 0, value);
	return HG_OK;
}

hg_status draw_ladder(hg_point *point, const char *name, const double ladder[], size_t n, size_t k,
                      double scale, gsl_rng *rng)
{
	if (k < n)
		return draw_value(point, name, ladder[k]);
	double x = gsl_ran_gaussian_ziggurat(rng, scale);
	return draw_value(point, name, x + copysign(0.125, x));
}

hg_status draw_labelled(hg_point *point, const char *name, law by, double scale, size_t k, gsl_rng *rng)
{
	static const law label[] = {HARD, SOFT, HARD};
	static const struct {
		size_t m;
		const char *name;
	} batch[] = {{1, "batch 1"}, {4, "batch 4"}, {5, "batch 5"}};
	const size_t rows = 2 + k % 2, m = batch[k % 3].m;
	gsl_matrix *x, *y;
	point->label = batch[k % 3].name;
	TRY(draw_block(point, name, rows, m, by, scale, rng, &x));
	return draw_block(point, "y", rows, m, label[k % COUNT(label)], 1, rng, &y);
}
