/* What lies downstream of a value, computed again: plans, derivatives by differencing, distances from kinks. */
#include "eval/kernels.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { ROUNDING = 4 /* units in the last place a value may be off by */ };

hg_status hg_tape_plan(const hg_tape *tape, hg_node from, hg_node to, hg_arena *arena, hg_plan *plan)
{
	*plan = (hg_plan){0};
	if (to <= from)
		return HG_OK;
	size_t n = (size_t)(to - from) + 1;
	unsigned char *below = HG_NEWS(arena, n, unsigned char), *needed = HG_NEWS(arena, n, unsigned char);
	plan->step = HG_NEWS(arena, n, hg_node);
	if (!below || !needed || !plan->step)
		return HG_ENOMEM;
	below[0] = 1;
	for (size_t i = 1; i < n; i++) {
		const hg_step *s = tape->at[from + (hg_node)i];
		for (size_t k = 0; k < s->nargs && !below[i]; k++)
			below[i] = s->arg[k] >= from && below[s->arg[k] - from];
	}
	needed[n - 1] = 1;
	for (size_t i = n; i-- > 1;) {
		const hg_step *s = tape->at[from + (hg_node)i];
		for (size_t k = 0; k < s->nargs && needed[i]; k++)
			if (s->arg[k] >= from)
				needed[s->arg[k] - from] = 1;
	}
	for (size_t i = 1; i < n; i++)
		if (below[i] && needed[i]) {
			plan->step[plan->n++] = from + (hg_node)i;
			plan->cost += tape->at[from + (hg_node)i]->cost;
		}
	return HG_OK;
}

void hg_tape_play(hg_tape *tape, const hg_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++)
		hg_step_compute(tape->at[plan->step[i]], tape->at);
}

void hg_tape_play_all(hg_tape *tape)
{
	for (size_t i = 0; i < tape->n; i++)
		hg_step_compute(tape->at[i], tape->at);
}

/* A matrix beside the tape, twice: within the limits, and so is all that the arena holds with it? */
static bool fits(hg_tape *tape, size_t rows, size_t cols, const hg_arena *arena)
{
	hg_budget *budget = tape->budget;
	if (!hg_budget_allows_product(budget, HG_LIMIT_ELEMENTS, rows, cols))
		return hg_budget_stop(budget, HG_LIMIT_ELEMENTS);
	size_t held = budget->spent[HG_LIMIT_LIVE_ELEMENTS] + hg_arena_size(arena) / sizeof(double);
	return hg_budget_allows(budget, HG_LIMIT_LIVE_ELEMENTS, held + 2 * rows * cols) ||
	       hg_budget_stop(budget, HG_LIMIT_LIVE_ELEMENTS);
}

gsl_matrix *hg_tape_jacobian(hg_tape *tape, hg_node to, hg_cut by, hg_arena *arena)
{
	static const double weight[] = {3.0 / 4, -3.0 / 20, 1.0 / 60}, lower[] = {2.0 / 3, -1.0 / 12, 0};
	enum { POINTS = 6 };
	hg_plan plan;
	size_t rows = tape->at[to]->shape.rows * tape->at[to]->shape.cols, cols = by.rows * by.cols;
	if (!fits(tape, rows, cols, arena))
		return NULL;
	gsl_matrix *jacobian = HG_NEW(arena, gsl_matrix);
	double *data = HG_NEWS(arena, 2 * rows * cols + 1, double), *fourth = data ? data + rows * cols : NULL;
	double *behind = HG_NEWS(arena, rows, double);
	if (!jacobian || !data || !behind || hg_tape_plan(tape, by.node, to, arena, &plan) != HG_OK)
		return NULL;
	*jacobian = (gsl_matrix){.size1 = rows, .size2 = cols, .tda = cols, .data = data};
	gsl_matrix *x = &tape->at[by.node]->value;
	const double *f = tape->at[to]->value.data;
	double *noise = data + 2 * rows * cols;
	for (size_t e = 0; e < cols && hg_budget_step(tape->budget, POINTS * (plan.cost + 2 * rows)); e++) {
		double *entry = gsl_matrix_ptr(x, by.row + e / by.cols, by.col + e % by.cols), kept = *entry;
		double h = 0.0009765625 * fmax(fabs(kept), 0.25);
		for (int k = 1; k <= 3; k++) {
			*entry = kept - k * h;
			const double left = *entry;
			hg_tape_play(tape, &plan);
			memcpy(behind, f, rows * sizeof *f);
			*entry = kept + k * h;
			const double step = (*entry - left) / (2 * k);
			hg_tape_play(tape, &plan);
			for (size_t r = 0; r < rows; r++) {
				*noise = fmax(*noise, ROUNDING * DBL_EPSILON * fabs(f[r]) / h);
				/* first the difference: what does not depend on the entry gives 0 */
				data[r * cols + e] += weight[k - 1] * (f[r] - behind[r]) / step;
				fourth[r * cols + e] += lower[k - 1] * (f[r] - behind[r]) / step;
			}
		}
		*entry = kept;
	}
	hg_tape_play(tape, &plan);
	return hg_budget_is_over(tape->budget) ? NULL : jacobian;
}

double hg_jacobian_error(const gsl_matrix *j)
{
	size_t n = j->size1 * j->size2;
	double error = j->data[2 * n];
	for (size_t i = 0; i < n; i++)
		error = fmax(error, fabs(j->data[i] - j->data[n + i]));
	return error;
}

double hg_tape_kink_distance(const hg_tape *tape)
{
	double distance = INFINITY;
	for (size_t i = 0; i < tape->n; i++)
		distance = fmin(distance, hg_step_kink_distance(tape->at[i], tape->at));
	return distance;
}
