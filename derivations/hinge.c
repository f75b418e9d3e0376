/* hinge: the losses of support vector machines, as functions of the scores. S has a column of scores for each of the m
 * samples, Y a 1 at the right class c of each, T = 2 Y - 1 the labels 1 and -1.
 *
 *   One against the rest:  L = sum_ki max(0, 1 - t_ki s_ki)
 *     dL/ds_ki = 1{t_ki s_ki < 1} * (-t_ki)                          the ramp, then the inside
 *
 *   All classes together:  J = 1/m sum_i sum_{k != c} max(0, s_ki - s_ci + 1)
 *     dJ/ds_ki = 1/m 1{s_ki - s_ci + 1 > 0}              k != c      one term has s_ki with slope 1
 *     dJ/ds_ci = -1/m sum_{k != c} 1{s_ki - s_ci + 1 > 0}            every term has s_ci with slope -1
 *
 * Where a margin is 0 there is a slope on each side and no derivative: no point is near one.
 */
#include "draw.h"
#include "entries.h"
#include <math.h>

enum { S, Y }; /* the blocks */

#define AT(of) gsl_matrix_get(of, i, j)

static double t(const gsl_matrix *const x[], size_t i, size_t j) { return 2 * AT(x[Y]) - 1; }

/* s_ij - s_cj + 1; 1 at the right class. */
static double margin(const gsl_matrix *const x[], size_t i, size_t j)
{
	double right = 0;
	for (size_t k = 0; k < x[S]->size1; k++)
		right += gsl_matrix_get(x[Y], k, j) * gsl_matrix_get(x[S], k, j);
	return AT(x[S]) - right + 1;
}

static int one_against_rest(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = 0;
	for (size_t i = 0; i < x[S]->size1; i++)
		for (size_t j = 0; j < x[S]->size2; j++)
			*f += fmax(0, 1 - t(x, i, j) * AT(x[S]));
	return 0;
}

static int all_together(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = 0;
	for (size_t i = 0; i < x[S]->size1; i++)
		for (size_t j = 0; j < x[S]->size2; j++)
			*f += AT(x[Y]) > 0 ? 0 : fmax(0, margin(x, i, j));
	*f /= (double)x[S]->size2;
	return 0;
}

/* How many wrong classes of sample j are too near. */
static double violations(const gsl_matrix *const x[], size_t j)
{
	double n = 0;
	for (size_t i = 0; i < x[S]->size1; i++)
		n += AT(x[Y]) > 0 ? 0 : margin(x, i, j) > 0;
	return n;
}

static double m(const gsl_matrix *const x[]) { return (double)x[S]->size2; }

ENTRY(ds) { return t(x, i, j) * AT(x[S]) < 1 ? -t(x, i, j) : 0; }
ENTRY(dS) { return (AT(x[Y]) > 0 ? -violations(x, j) : margin(x, i, j) > 0) / m(x); }

/* What a tired hand writes instead. */
ENTRY(ds_sign) { return -ds(x, i, j); }
ENTRY(ds_always) { return -t(x, i, j); }
ENTRY(ds_other_side) { return t(x, i, j) * AT(x[S]) > 1 ? -t(x, i, j) : 0; }
ENTRY(ds_no_t) { return t(x, i, j) * AT(x[S]) < 1 ? -1 : 0; }
ENTRY(ds_at_0) { return t(x, i, j) * AT(x[S]) < 0 ? -t(x, i, j) : 0; }
ENTRY(dS_sum) { return dS(x, i, j) * m(x); }
ENTRY(dS_sign) { return -dS(x, i, j); }
ENTRY(dS_wrong_classes) { return AT(x[Y]) > 0 ? 0 : dS(x, i, j); }
ENTRY(dS_once) { return AT(x[Y]) > 0 ? -(violations(x, j) > 0) / m(x) : dS(x, i, j); }
ENTRY(dS_value) { return AT(x[Y]) > 0 ? dS(x, i, j) : fmax(0, margin(x, i, j)) / m(x); }
ENTRY(dS_of_itself) { return dS(x, i, j) + (AT(x[Y]) > 0 ? 1 / m(x) : 0); }

static const hg_stage stage[] = {
	{.name = "ds", .wrt = "S", .formula = "\\frac{\\partial L}{\\partial s_{ki}} = -t_{ki} 1\\{t_{ki} s_{ki} < 1\\}",
	 .f = {.value = one_against_rest}, .g = BY_ENTRY(ds, S)},
	{.name = "dS", .wrt = "S",
	 .formula = "\\frac{\\partial J}{\\partial S} = \\frac{1}{m} (B - Y \\odot (1 1^T B)),\\ "
	            "b_{ki} = 1\\{k \\neq c\\} 1\\{s_{ki} - s_{ci} + 1 > 0\\}",
	 .f = {.value = all_together}, .g = BY_ENTRY(dS, S)},
};

static const hg_twin twin[] = {
	{"ds", "sign", "\\frac{\\partial L}{\\partial s} = t 1\\{t s < 1\\}", BY_ENTRY(ds_sign, S)},
	{"ds", "relu-derivative", "\\frac{\\partial L}{\\partial s} = -t", BY_ENTRY(ds_always, S)},
	{"ds", "relu-derivative", "\\frac{\\partial L}{\\partial s} = -t 1\\{t s > 1\\}", BY_ENTRY(ds_other_side, S)},
	{"ds", "relu-derivative", "\\frac{\\partial L}{\\partial s} = -t 1\\{t s < 0\\}", BY_ENTRY(ds_at_0, S)},
	{"ds", "lost-factor", "\\frac{\\partial L}{\\partial s} = -1\\{t s < 1\\}", BY_ENTRY(ds_no_t, S)},
	{"dS", "missing-mean", "\\frac{\\partial J}{\\partial S} = B - Y \\odot (1 1^T B)", BY_ENTRY(dS_sum, S)},
	{"dS", "sign", "\\frac{\\partial J}{\\partial S} = \\frac{1}{m} (Y \\odot (1 1^T B) - B)",
	 BY_ENTRY(dS_sign, S)},
	{"dS", "lost-term", "\\frac{\\partial J}{\\partial S} = \\frac{1}{m} B", BY_ENTRY(dS_wrong_classes, S)},
	{"dS", "lost-factor", "\\frac{\\partial J}{\\partial S} = \\frac{1}{m} (B - Y)", BY_ENTRY(dS_once, S)},
	{"dS", "value-for-derivative",
	 "\\frac{\\partial J}{\\partial s_{ki}} = \\frac{1}{m} \\max(0, s_{ki} - s_{ci} + 1)", BY_ENTRY(dS_value, S)},
	{"dS", "extra-term", "\\frac{\\partial J}{\\partial S} = \\frac{1}{m} (B - Y \\odot (1 1^T B) + Y)",
	 BY_ENTRY(dS_of_itself, S)},
};

static bool near_a_kink(const gsl_matrix *s, const gsl_matrix *y)
{
	const gsl_matrix *const x[] = {s, y};
	for (size_t i = 0; i < s->size1; i++)
		for (size_t j = 0; j < s->size2; j++)
			if (fabs(margin(x, i, j)) < 0.05 || fabs(1 - t(x, i, j) * AT(s)) < 0.05)
				return true;
	return false;
}

static hg_status point(size_t k, gsl_rng *rng, hg_point *at)
{
	static const size_t batch[] = {5, 2, 1};
	gsl_matrix *s, *y;
	size_t rows = batch[k % 3] == 5 ? 3 : 4, cols = batch[k % 3];
	TRY(draw_block(at, "S", rows, cols, NORMAL, 1.5, rng, &s));
	TRY(draw_block(at, "Y", rows, cols, ONE_HOT, 1, rng, &y));
	while (near_a_kink(s, y))
		draw_entries(s, NORMAL, 1.5, rng);
	return HG_OK;
}

const hg_derivation hg_derivation_hinge = {
	"hinge", "hinge losses, one class against the rest and all together",
	stage, COUNT(stage), twin, COUNT(twin), 34, point,
};
