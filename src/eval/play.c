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
	plan->step = HG_NEWS(arena, n, hg_cut);
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
			plan->step[plan->n++] = hg_cut_whole(tape, from + (hg_node)i);
			plan->cost += tape->at[from + (hg_node)i]->cost;
		}
	return HG_OK;
}

bool hg_plan_has(const hg_plan *plan, hg_node node)
{
	for (size_t i = 0; i < plan->n; i++)
		if (plan->step[i].node == node)
			return true;
	return false;
}

hg_plan hg_tape_narrow(hg_tape *tape, const hg_plan *plan, hg_cut by, hg_cut *room)
{
	hg_plan all = {.n = 1, .step = room};
	room[0] = by;
	tape->at[by.node]->slot = 0;
	for (size_t i = 0; i < plan->n; i++) {
		const hg_node node = plan->step[i].node;
		const hg_cut reached = hg_step_reached(tape->at[node], node, &all, tape->at);
		if (!reached.rows)
			continue;
		tape->at[node]->slot = all.n;
		room[all.n++] = reached;
	}
	return (hg_plan){all.n - 1, plan->cost, room + 1}; /* the part itself is not computed */
}

static size_t put(uint64_t *out, size_t n, uint64_t word)
{
	if (out)
		out[n] = word;
	return n + 1;
}

static size_t put_numbers(uint64_t *out, size_t n, const double *x, size_t count)
{
	if (out)
		memcpy(out + n, x, count * sizeof *x);
	return n + count;
}

static size_t put_value(const hg_tape *tape, hg_node node, uint64_t *out, size_t n)
{
	const gsl_matrix *v = &tape->at[node]->value;
	n = put(out, n, (uint64_t)v->size1 << 32 | v->size2);
	return put_numbers(out, n, v->data, v->size1 * v->size2);
}

/* Steps of the plan are named by where they stand in it, from 1; the value it starts from by 0. */
static bool place_in(const hg_plan *plan, hg_node from, hg_node node, const hg_tape *tape, size_t *place)
{
	const size_t slot = tape->at[node]->slot;
	*place = node == from ? 0 : slot + 1;
	return node == from || (slot < plan->n && plan->step[slot].node == node);
}

size_t hg_tape_describe(const hg_tape *tape, hg_cut by, const hg_plan *plan, uint64_t *out)
{
	size_t n = put_value(tape, by.node, out, 0);
	n = put(out, n, (uint64_t)by.row << 32 | by.rows);
	n = put(out, n, (uint64_t)by.col << 32 | by.cols);
	for (size_t i = 0; i < plan->n; i++)
		tape->at[plan->step[i].node]->slot = i;
	for (size_t i = 0; i < plan->n; i++) {
		const hg_step *s = tape->at[plan->step[i].node];
		n = put(out, n, (uint64_t)s->op << 32 | s->nargs);
		n = put(out, n, (uint64_t)(unsigned)s->p << 32 | (unsigned)s->q);
		n = put(out, n, (uint64_t)s->shape.rows << 32 | s->shape.cols);
		for (size_t k = 0; k < s->nargs; k++) {
			size_t place;
			const bool own = place_in(plan, by.node, s->arg[k], tape, &place);
			n = put(out, n, own ? place : ~(uint64_t)0);
			n = own ? n : put_value(tape, s->arg[k], out, n);
		}
	}
	return n;
}

void hg_tape_play(hg_tape *tape, const hg_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++)
		hg_step_compute(tape->at[plan->step[i].node], &plan->step[i], tape->at);
}

void hg_tape_play_all(hg_tape *tape)
{
	for (size_t i = 0; i < tape->n; i++) {
		const hg_cut whole = hg_cut_whole(tape, (hg_node)i);
		hg_step_compute(tape->at[i], &whole, tape->at);
	}
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

/* One column of a derivative: of `to` the entries that one entry reaches, ahead of it and behind. */
typedef struct column {
	const gsl_matrix *to;
	hg_cut part;                    /* of `to`; without rows: nothing of it is reached */
	double *behind, *sixth, *fourth; /* as long as `to`; as long, of the column, an entry every `stride` */
	size_t stride;
	double top;                     /* the largest value met */
} column;

static void look_behind(column *c)
{
	for (size_t i = c->part.row; i < c->part.row + c->part.rows; i++)
		memcpy(c->behind + i * c->to->tda + c->part.col, c->to->data + i * c->to->tda + c->part.col, c->part.cols * sizeof(double));
}

static double larger(double top, double x) { return fabs(x) > top ? fabs(x) : top; }

static void take_difference(column *c, int k, double step)
{
	static const double weight[] = {3.0 / 4, -3.0 / 20, 1.0 / 60}, lower[] = {2.0 / 3, -1.0 / 12, 0};
	for (size_t i = c->part.row; i < c->part.row + c->part.rows; i++)
		for (size_t j = c->part.col; j < c->part.col + c->part.cols; j++) {
			const size_t r = i * c->to->tda + j;
			const double f = c->to->data[r], apart = f - c->behind[r]; /* first the difference: what does not depend on the entry gives 0 */
			c->top = larger(c->top, f);
			c->sixth[r * c->stride] += weight[k - 1] * apart / step;
			c->fourth[r * c->stride] += lower[k - 1] * apart / step;
		}
}

/* What is not reached does not change: NaN where it has no value to begin with. */
static void leave_others(column *c)
{
	for (size_t i = 0, r = 0; i < c->to->size1; i++)
		for (size_t j = 0; j < c->to->size2; j++, r++) {
			if (i >= c->part.row && i < c->part.row + c->part.rows && j >= c->part.col && j < c->part.col + c->part.cols)
				continue;
			c->top = larger(c->top, c->to->data[r]);
			c->sixth[r * c->stride] = c->fourth[r * c->stride] = c->to->data[r] - c->to->data[r];
		}
}

gsl_matrix *hg_tape_jacobian(hg_tape *tape, hg_node to, hg_cut by, hg_arena *arena)
{
	enum { POINTS = 6 };
	hg_plan plan;
	const gsl_matrix *f = &tape->at[to]->value;
	const size_t rows = f->size1 * f->size2, cols = by.rows * by.cols;
	if (!fits(tape, rows, cols, arena))
		return NULL;
	gsl_matrix *jacobian = HG_NEW(arena, gsl_matrix);
	double *data = HG_NEWS(arena, 2 * rows * cols + 1, double), *noise = data ? data + 2 * rows * cols : NULL, *behind = HG_NEWS(arena, rows, double);
	if (!jacobian || !data || !behind || hg_tape_plan(tape, by.node, to, arena, &plan) != HG_OK)
		return NULL;
	hg_cut *room = HG_NEWS(arena, plan.n + 1, hg_cut);
	if (!room)
		return NULL;
	*jacobian = (gsl_matrix){.size1 = rows, .size2 = cols, .tda = cols, .data = data};
	for (size_t e = 0; e < cols && hg_budget_step(tape->budget, POINTS * (plan.cost + 2 * rows)); e++) {
		const hg_cut cell = {by.node, by.row + e / by.cols, by.col + e % by.cols, 1, 1};
		const hg_plan narrow = hg_tape_narrow(tape, &plan, cell, room);
		column c = {.to = f, .part = room[narrow.n], .behind = behind, .sixth = data + e, .fourth = data + rows * cols + e, .stride = cols};
		if (c.part.node != to)
			c.part = (hg_cut){.node = to};
		double *entry = gsl_matrix_ptr(&tape->at[by.node]->value, cell.row, cell.col), kept = *entry;
		const double h = 0.0009765625 * fmax(fabs(kept), 0.25);
		leave_others(&c);
		for (int k = 1; k <= 3 && c.part.rows; k++) {
			*entry = kept - k * h;
			const double left = *entry;
			hg_tape_play(tape, &narrow);
			look_behind(&c);
			*entry = kept + k * h;
			const double step = (*entry - left) / (2 * k);
			hg_tape_play(tape, &narrow);
			take_difference(&c, k, step);
		}
		*noise = fmax(*noise, ROUNDING * DBL_EPSILON * c.top / h);
		*entry = kept;
		hg_tape_play(tape, &narrow);
	}
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
