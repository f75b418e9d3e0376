/* NAME: what is derived, and how, line by line.
 *
 *   f(w)  = 1/2 sum of (w_ij - t_ij)^2
 *   df/dw = 1/2 * 2 (w - t)                       power rule; the inside has slope 1
 *         = w - t
 *
 * Judge it:  handgrad derive NAME.c
 */
#include <gsl/gsl_randist.h>
#include <handgrad.h>

enum { W, T }; /* the blocks of a point, in the order in which point() adds them */

/* The function. */
static int f(const gsl_matrix *const x[], void *params, double *value)
{
	(void)params;
	*value = 0;
	for (size_t i = 0; i < x[W]->size1; i++)
		for (size_t j = 0; j < x[W]->size2; j++) {
			const double r = gsl_matrix_get(x[W], i, j) - gsl_matrix_get(x[T], i, j);
			*value += r * r / 2;
		}
	return 0;
}

/* The gradient claimed: g[b] for every block that is asked for. */
static int dw(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	(void)params;
	gsl_matrix_memcpy(g[W], x[W]);
	gsl_matrix_sub(g[W], x[T]);
	return 0;
}

/* What a tired hand writes instead: each must be refused, or the check is worth little. */
static int dw_sign(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	dw(x, params, g);
	return gsl_matrix_scale(g[W], -1);
}

static int dw_factor(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	dw(x, params, g);
	return gsl_matrix_scale(g[W], 2);
}

static const hg_stage stage[] = {
	{.name = "dw", .wrt = "w", .formula = "\\frac{\\partial f}{\\partial w} = w - t", .f = {.value = f}, .g = {.value = dw}},
};

/* Stage, slip (`handgrad list slips'), formula, gradient. */
static const hg_twin twin[] = {
	{"dw", "sign", "\\frac{\\partial f}{\\partial w} = t - w", {.value = dw_sign}},
	{"dw", "constant-factor", "\\frac{\\partial f}{\\partial w} = 2 (w - t)", {.value = dw_factor}},
};

/* The k-th point: sizes that differ, or a wrong shape can hide; values that are not round. */
static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	gsl_matrix *w, *t;
	const size_t rows = 2 + k % 3, columns = 5;
	hg_status status = hg_point_add(at, "w", rows, columns, &w);
	if (status == HG_OK)
		status = hg_point_add(at, "t", rows, columns, &t);
	for (size_t i = 0; status == HG_OK && i < rows; i++)
		for (size_t j = 0; j < columns; j++) {
			gsl_matrix_set(w, i, j, gsl_ran_gaussian_ziggurat(rng, 1));
			gsl_matrix_set(t, i, j, gsl_ran_gaussian_ziggurat(rng, 1));
		}
	return status;
}

enum { POINTS = 12 };

const hg_derivation hg_derivation_NAME = {
	.name = "NAME",
	.title = "what is derived",
	.stage = stage,
	.nstages = sizeof stage / sizeof *stage,
	.twin = twin,
	.ntwins = sizeof twin / sizeof *twin,
	.npoints = POINTS,
	.point = point,
};
