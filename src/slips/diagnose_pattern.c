/* Which entries are wrong, and how: one sentence, only where it is true of every entry of every shot. */
#include "slips/repairs_numbers.h"

#include <math.h>

bool hg_shot_agrees(const hg_shot *s, size_t i, size_t j, double a)
{
	double d = gsl_matrix_get(s->numerical, i, j), abserr = gsl_matrix_get(s->abserr, i, j);
	return isfinite(a) && fabs(a - d) <= abserr + 1e-10 * (fabs(a) + fabs(d));
}

typedef struct tally {
	size_t entries, wrong, shots_wrong;
	bool one_row, one_column; /* all wrong entries lie in one row (column), the same in every shot */
	size_t row, column;
	bool zero_claimed, zero_numerical;
	bool constant; /* yours / numerical is .ratio at every wrong entry */
	double ratio;
} tally;

static void count_entry(tally *t, const hg_shot *s, size_t i, size_t j)
{
	double a = gsl_matrix_get(s->claimed, i, j), d = gsl_matrix_get(s->numerical, i, j);
	if (!isfinite(d) || !isfinite(gsl_matrix_get(s->abserr, i, j)))
		return;
	t->entries++;
	if (hg_shot_agrees(s, i, j, a))
		return;
	double ratio = a / d, blur = fabs(gsl_matrix_get(s->abserr, i, j) / d) + 1e-9;
	if (t->wrong++ == 0) {
		t->row = i;
		t->column = j;
		t->ratio = ratio;
		t->one_row = t->one_column = t->zero_claimed = t->zero_numerical = t->constant = true;
	}
	t->one_row &= i == t->row;
	t->one_column &= j == t->column;
	t->zero_claimed &= a == 0;
	t->zero_numerical &= d == 0;
	t->constant &= fabs(ratio - t->ratio) <= blur * fmax(1, fabs(ratio)) && isfinite(ratio);
}

/* Is every wrong entry where the known matrix is positive (want = 1) or is not (want = 0), and no right one? */
static bool follows_sign(const hg_shot *shot, size_t nshots, size_t known, int want)
{
	for (size_t k = 0; k < nshots; k++) {
		const hg_shot *s = &shot[k];
		const gsl_matrix *b = s->known[known].x;
		if (b->size1 != s->claimed->size1 || b->size2 != s->claimed->size2)
			return false;
		for (size_t i = 0; i < b->size1; i++)
			for (size_t j = 0; j < b->size2; j++)
				if (hg_shot_agrees(s, i, j, gsl_matrix_get(s->claimed, i, j)) == ((gsl_matrix_get(b, i, j) > 0) == want))
					return false;
	}
	return true;
}

static const char *times_text(double ratio, const hg_shot *shot, size_t nshots, hg_arena *arena)
{
	bool is_m = nshots > 0 && shot->samples > 1 && fabs(ratio - shot->samples) < 1e-6 * ratio;
	if (is_m && nshots == 1)
		return hg_arena_print(arena, "every wrong entry is m = %g times the numerical one", shot->samples);
	if (fabs(ratio + 1) < 1e-8)
		return "every wrong entry is the numerical one with the opposite sign";
	if (fabs(ratio - 2) < 1e-8)
		return "every wrong entry is twice the numerical one";
	if (fabs(ratio - 0.5) < 1e-8)
		return "every wrong entry is half the numerical one";
	return hg_arena_print(arena, "every wrong entry is %.6g times the numerical one", ratio);
}

static bool is_samples_everywhere(const hg_shot *shot, size_t nshots)
{
	bool several = false;
	for (size_t k = 0; k < nshots; k++) {
		const hg_shot *s = &shot[k];
		for (size_t i = 0; i < s->claimed->size1; i++)
			for (size_t j = 0; j < s->claimed->size2; j++)
				if (!hg_shot_agrees(s, i, j, gsl_matrix_get(s->claimed, i, j) / s->samples))
					return false;
		several |= s->samples != shot->samples;
	}
	return several;
}

static const char *sentence(const tally *t, const hg_shot *shot, size_t nshots, hg_arena *arena)
{
	if (t->zero_claimed)
		return "yours is 0 wherever it is wrong";
	if (t->zero_numerical)
		return "wherever it is wrong the numerical one is 0";
	if (is_samples_everywhere(shot, nshots))
		return "every entry is m times the numerical one, m being the number of samples";
	if (t->constant && t->wrong > 1)
		return times_text(t->ratio, shot, nshots, arena);
	for (size_t k = 0; k < shot->nknown && t->wrong < t->entries; k++)
		for (int positive = 0; positive < 2; positive++)
			if (follows_sign(shot, nshots, k, positive))
				return hg_arena_print(arena, "wrong exactly where %s is %spositive", shot->known[k].name,
				                      positive ? "" : "not ");
	if (t->one_row && shot->claimed->size1 > 1)
		return hg_arena_print(arena, "only row %zu is wrong", t->row + 1);
	if (t->one_column && shot->claimed->size2 > 1)
		return hg_arena_print(arena, "only column %zu is wrong", t->column + 1);
	if (t->wrong < t->entries)
		return hg_arena_print(arena, "%zu of %zu entries are wrong", t->wrong, t->entries);
	return NULL;
}

hg_status hg_pattern_of(const hg_shot *shot, size_t nshots, hg_arena *arena, double *ratio, const char **pattern)
{
	tally t = {0};
	for (size_t k = 0; k < nshots; k++)
		for (size_t i = 0; i < shot[k].claimed->size1; i++)
			for (size_t j = 0; j < shot[k].claimed->size2; j++)
				count_entry(&t, &shot[k], i, j);
	*ratio = t.wrong && t.constant ? t.ratio : NAN;
	*pattern = t.wrong ? sentence(&t, shot, nshots, arena) : NULL;
	return hg_arena_failed(arena) ? HG_ENOMEM : HG_OK;
}
