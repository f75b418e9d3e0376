/* What is true of all the points and hides a slip. */
#include "slips/power.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* ---- questions to one matrix ------------------------------------------------------------------------------------- */

typedef bool question(const gsl_matrix *a);

static bool every(const gsl_matrix *a, bool (*is)(double))
{
	for (size_t i = 0; i < a->size1; i++)
		for (size_t j = 0; j < a->size2; j++)
			if (!is(gsl_matrix_get(a, i, j)))
				return false;
	return true;
}

static bool zero(double v) { return v == 0; }
static bool one(double v) { return v == 1; }
static bool half(double v) { return v == 0.5; }
static bool positive(double v) { return v > 0; }
static bool not_positive(double v) { return v <= 0; }
static bool extreme(double v) { return fabs(v) > 1e-300 ? fabs(fabs(v) - 1) < 1e-6 : false; }
static bool saturated_or_off(double v) { return extreme(v) || fabs(v) < 1e-6; }

static bool is_zero(const gsl_matrix *a) { return every(a, zero); }
static bool is_one(const gsl_matrix *a) { return every(a, one); }
static bool is_half(const gsl_matrix *a) { return every(a, half); }
static bool is_positive(const gsl_matrix *a) { return every(a, positive); }
static bool is_not_positive(const gsl_matrix *a) { return every(a, not_positive); }
static bool one_column(const gsl_matrix *a) { return a->size2 == 1; }
static bool is_zero_or_one_label(const gsl_matrix *a) { return is_zero(a) || is_one(a); }

static bool all_alike(const gsl_matrix *a)
{
	for (size_t i = 0; i < a->size1; i++)
		for (size_t j = 0; j < a->size2; j++)
			if (gsl_matrix_get(a, i, j) != gsl_matrix_get(a, 0, 0))
				return false;
	return a->size1 * a->size2 > 1 || is_one(a);
}

static bool square(const gsl_matrix *a) { return a->size1 == a->size2 && a->size1 > 1; }

static bool symmetric(const gsl_matrix *a)
{
	for (size_t i = 0; square(a) && i < a->size1; i++)
		for (size_t j = 0; j < i; j++)
			if (gsl_matrix_get(a, i, j) != gsl_matrix_get(a, j, i))
				return false;
	return square(a);
}

static bool equal_rows(const gsl_matrix *a)
{
	for (size_t i = 1; i < a->size1; i++)
		for (size_t j = 0; j < a->size2; j++)
			if (gsl_matrix_get(a, i, j) != gsl_matrix_get(a, 0, j))
				return false;
	return a->size1 > 1;
}

static bool equal_columns(const gsl_matrix *a)
{
	for (size_t j = 1; j < a->size2; j++)
		for (size_t i = 0; i < a->size1; i++)
			if (gsl_matrix_get(a, i, j) != gsl_matrix_get(a, i, 0))
				return false;
	return a->size2 > 1;
}

static bool zero_row(const gsl_matrix *a)
{
	for (size_t i = 0; i < a->size1; i++) {
		gsl_matrix_const_view row = gsl_matrix_const_submatrix(a, i, 0, 1, a->size2);
		if (is_zero(&row.matrix))
			return true;
	}
	return false;
}

static bool saturated(const gsl_matrix *a)
{
	bool some = false;
	for (size_t i = 0; i < a->size1; i++)
		for (size_t j = 0; j < a->size2; j++)
			some |= extreme(gsl_matrix_get(a, i, j));
	return some && every(a, saturated_or_off);
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

/* letters: of which blocks it is asked; layered: of each by itself, since one blind layer is enough. */
static const struct {
	const char *code, *letters;
	question *ask;
	const char *hides; /* %s: the block; it may stand there twice */
} blind[] = {
	{"one-sample", HG_LS_ALL_SAMPLES, one_column, "%s has one sample: m = 1 hides a missing or an extra 1/m and a missing sum"},
	{"unit-weights", HG_L_WEIGHTS, is_one, "%s is all ones, which hides a lost %s"},
	{"equal-weights", HG_L_WEIGHTS, all_alike, "the entries of %s are all alike, which hides a wrong index"},
	{"zero-weights", HG_L_WEIGHTS, is_zero, "%s is zero, which hides everything behind it"},
	{"equal-sizes", HG_L_WEIGHTS, square, "%s is square, which hides a missing transpose and a wrong layer"},
	{"symmetric-weights", HG_L_WEIGHTS, symmetric, "%s is symmetric, which hides a missing transpose"},
	{"equal-units", HG_L_WEIGHTS, equal_rows, "the rows of %s are alike: its units cannot be told apart"},
	{"saturated-units", HG_LS_OUTPUTS, saturated, "the units of %s are saturated, which hides their derivative"},
	{"all-units-active", HG_L_PREACTIVATIONS, is_positive, "every entry of %s is positive, which hides the derivative of ReLU"},
	{"all-units-inactive", HG_L_PREACTIVATIONS, is_not_positive, "no entry of %s is positive: nothing comes through ReLU"},
	{"zero-activation", HG_LS_OUTPUTS, is_zero, "%s is zero: 1 - a, 1 - a^2, (1 - a)^2 and 1 are the same"},
	{"half-activation", HG_LS_OUTPUTS, is_half, "%s is 1/2: a and 1 - a are the same"},
	{"zero-exponent", HG_LS_EXPONENTS, is_zero, "%s is zero, which hides the sign of an exponent and tanh'"},
	{"zero-input", HG_L_INPUTS, zero_row, "a feature of %s is zero in every sample, which hides its weights"},
	{"unit-input", HG_L_INPUTS, is_one, "%s is all ones, which hides a lost input"},
	{"equal-samples", HG_L_INPUTS, equal_columns, "the samples of %s are alike, which hides the sum over them"},
	{"one-label", HG_L_LABELS, is_zero_or_one_label, "the labels %s are all alike, which hides half of the loss"},
	{"zero-bias", HG_L_BIAS, is_zero, "%s is zero, which hides a bias too many"},
};

static bool asked_of(const char *name, const char *letters)
{
	if (!strchr(letters, name[0]))
		return false;
	for (const char *c = name + 1; *c; c++)
		if (!isdigit((unsigned char)*c) && *c != '_')
			return false;
	return true;
}

static const gsl_matrix *block_called(const hg_point *point, const char *name)
{
	for (size_t b = 0; b < point->nblocks; b++)
		if (!strcmp(point->block[b].name, name))
			return point->block[b].x;
	return NULL;
}

static bool true_everywhere(const hg_point *point, size_t npoints, const char *name, question *ask)
{
	for (size_t k = 0; k < npoints; k++) {
		const gsl_matrix *x = block_called(&point[k], name);
		if (!x || !ask(x))
			return false;
	}
	return true;
}

hg_status hg_power_warn(hg_power *power, const char *text, hg_arena *arena)
{
	const char **more = HG_NEWS(arena, power->nblind + 1, const char *);
	if (!more || !text)
		return HG_ENOMEM;
	if (power->nblind)
		memcpy(more, power->blind, power->nblind * sizeof *more);
	more[power->nblind++] = text;
	power->blind = more;
	return HG_OK;
}

/* The prediction is the target: every gradient is zero, whatever the formula. */
static bool no_error(const hg_point *point)
{
	const gsl_matrix *y = block_called(point, HG_L_LABELS);
	for (size_t b = 0; y && b < point->nblocks; b++) {
		const gsl_matrix *x = point->block[b].x;
		if (x == y || !strchr(HG_LS_OUTPUTS, point->block[b].name[0]) || x->size1 != y->size1 || x->size2 != y->size2)
			continue;
		bool same = true;
		for (size_t i = 0; i < x->size1; i++)
			for (size_t j = 0; j < x->size2; j++)
				same &= gsl_matrix_get(x, i, j) == gsl_matrix_get(y, i, j);
		if (same)
			return true;
	}
	return false;
}

hg_status hg_power_of_points(const hg_point *point, size_t npoints, hg_arena *arena, hg_power *power)
{
	for (size_t t = 0; npoints && t < sizeof blind / sizeof *blind; t++)
		for (size_t b = 0; b < point->nblocks; b++) {
			const char *name = point->block[b].name;
			if (!asked_of(name, blind[t].letters) || !true_everywhere(point, npoints, name, blind[t].ask))
				continue;
			const char *hides = hg_arena_print(arena, blind[t].hides, name, name);
			HG_TRY(hg_power_warn(power, hides ? hg_arena_print(arena, "%s: %s", blind[t].code, hides) : NULL, arena));
			if (!strcmp(blind[t].code, "one-sample"))
				break; /* once is enough */
		}
	bool none = npoints > 0;
	for (size_t k = 0; k < npoints; k++)
		none &= no_error(&point[k]);
	return none ? hg_power_warn(power, "zero-error: the prediction is the target: every gradient is zero", arena) : HG_OK;
}
