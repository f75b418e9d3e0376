#include "eval/tape.h"

#include "eval/kernels.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 1024, ROUNDING = 4 /* units in the last place a value may be off by */ };

struct hg_tape {
	hg_arena *memory;
	hg_step **at;
	size_t n, room;
	hg_node bucket[BUCKETS];
};

hg_tape *hg_tape_new(void)
{
	hg_tape *tape = calloc(1, sizeof *tape);
	if (!tape)
		return NULL;
	tape->memory = hg_arena_new();
	if (!tape->memory || !hg_arena_alloc(tape->memory, 1, 1)) {
		hg_tape_free(tape);
		return NULL;
	}
	for (size_t b = 0; b < BUCKETS; b++)
		tape->bucket[b] = HG_NODE_NONE;
	return tape;
}

void hg_tape_free(hg_tape *tape)
{
	if (!tape)
		return;
	hg_arena_free(tape->memory);
	free(tape->at);
	free(tape);
}

size_t hg_tape_size(const hg_tape *tape) { return tape->n; }

bool hg_tape_failed(const hg_tape *tape) { return hg_arena_failed(tape->memory); }

static size_t bucket_of(const hg_step *s)
{
	size_t h = (size_t)s->op * 31 + (size_t)s->p * 131 + (size_t)s->q * 1031 + s->shape.rows * 7 + s->shape.cols * 77;
	for (size_t i = 0; i < s->nargs; i++)
		h = h * 1000003 + (size_t)s->arg[i];
	if (s->q == 1 && s->op == HG_TAPE_LEAF && isfinite(s->number))
		h += (size_t)fabs(fmod(s->number * 1009, 1e6));
	return (h ^ h >> 17) % BUCKETS;
}

static bool same_step(const hg_step *a, const hg_step *b)
{
	return a->op == b->op && a->p == b->p && a->q == b->q && a->number == b->number && a->nargs == b->nargs && a->shape.rows == b->shape.rows &&
	       a->shape.cols == b->shape.cols &&
	       (a->nargs == 0 || !memcmp(a->arg, b->arg, a->nargs * sizeof *a->arg));
}

/* Puts a step at the end of the tape, with room for its value. */
static hg_node append(hg_tape *tape, hg_step *s)
{
	if (tape->n >= HG_MAX_NODES || !s->shape.rows || !s->shape.cols || s->shape.rows > HG_MAX_ENTRIES ||
	    s->shape.rows * s->shape.cols > HG_MAX_ENTRIES)
		return HG_NODE_NONE;
	if (tape->n == tape->room) {
		size_t room = tape->room ? 2 * tape->room : 256;
		hg_step **at = realloc(tape->at, room * sizeof *at);
		if (!at) {
			hg_arena_fail(tape->memory);
			return HG_NODE_NONE;
		}
		tape->at = at;
		tape->room = room;
	}
	s->value.size1 = s->shape.rows;
	s->value.size2 = s->value.tda = s->shape.cols;
	s->value.data = HG_NEWS(tape->memory, s->shape.rows * s->shape.cols, double);
	if (!s->value.data)
		return HG_NODE_NONE;
	s->bucket = bucket_of(s);
	s->same = tape->bucket[s->bucket];
	tape->at[tape->n] = s;
	return tape->bucket[s->bucket] = (hg_node)tape->n++;
}

hg_node hg_tape_leaf(hg_tape *tape, hg_shape shape, const double *values)
{
	hg_step *s = HG_NEW(tape->memory, hg_step);
	if (!s)
		return HG_NODE_NONE;
	*s = (hg_step){.op = HG_TAPE_LEAF, .shape = shape, .p = (int)tape->n};
	hg_node node = append(tape, s);
	if (node != HG_NODE_NONE && values)
		memcpy(s->value.data, values, shape.rows * shape.cols * sizeof *values);
	return node;
}

hg_node hg_tape_number(hg_tape *tape, double value)
{
	hg_step trial = {.op = HG_TAPE_LEAF, .q = 1, .number = value, .shape = {1, 1, 0, 0}};
	for (hg_node i = tape->bucket[bucket_of(&trial)]; i != HG_NODE_NONE; i = tape->at[i]->same)
		if (same_step(tape->at[i], &trial))
			return i;
	hg_step *s = HG_NEW(tape->memory, hg_step);
	if (!s)
		return HG_NODE_NONE;
	*s = trial;
	hg_node node = append(tape, s);
	if (node != HG_NODE_NONE)
		s->value.data[0] = value;
	return node;
}

hg_node hg_tape_apply(hg_tape *tape, hg_tape_op op, int p, int q, hg_shape part, size_t n, const hg_node *args)
{
	hg_step *operand[3] = {0};
	for (size_t i = 0; i < n; i++) {
		if (args[i] < 0 || (size_t)args[i] >= tape->n)
			return HG_NODE_NONE;
		if (i < 3)
			operand[i] = tape->at[args[i]];
	}
	hg_step trial = {.op = op, .p = p, .q = q, .shape = part, .nargs = n, .arg = (hg_node *)args};
	if (!hg_step_shape(&trial, (const hg_step *const *)operand, tape->at))
		return HG_NODE_NONE;
	for (hg_node i = tape->bucket[bucket_of(&trial)]; i != HG_NODE_NONE; i = tape->at[i]->same)
		if (same_step(tape->at[i], &trial))
			return i;
	hg_step *s = HG_NEW(tape->memory, hg_step);
	hg_node *copy = HG_NEWS(tape->memory, n, hg_node);
	if (!s || !copy)
		return HG_NODE_NONE;
	if (n)
		memcpy(copy, args, n * sizeof *copy);
	*s = trial;
	s->arg = copy;
	hg_node node = append(tape, s);
	if (node != HG_NODE_NONE)
		hg_step_compute(s, tape->at);
	return node;
}

static const hg_shape no_part = {0, 0, 0, 0};

hg_node hg_tape_fn(hg_tape *tape, hg_map fn, hg_node a)
{
	return hg_tape_apply(tape, HG_TAPE_FN, (int)fn, 0, no_part, 1, &a);
}

hg_node hg_tape_slope(hg_tape *tape, hg_map fn, hg_node a)
{
	return hg_tape_apply(tape, HG_TAPE_SLOPE, (int)fn, 0, no_part, 1, &a);
}

hg_node hg_tape_unary(hg_tape *tape, hg_tape_op op, hg_node a)
{
	return hg_tape_apply(tape, op, 0, 0, no_part, 1, &a);
}

hg_node hg_tape_binary(hg_tape *tape, hg_tape_op op, hg_node a, hg_node b)
{
	return hg_tape_apply(tape, op, 0, 0, no_part, 2, (hg_node[]){a, b});
}

hg_node hg_tape_part(hg_tape *tape, hg_node a, size_t row, size_t col, hg_shape part)
{
	if (a < 0)
		return a;
	hg_shape all = tape->at[a]->shape;
	if (!row && !col && all.rows == part.rows && all.cols == part.cols)
		return a;
	return hg_tape_apply(tape, HG_TAPE_PART, (int)row, (int)col, part, 1, &a);
}

bool hg_tape_broadcasts(const hg_tape *tape, hg_node a, hg_node b)
{
	hg_shape s;
	return a >= 0 && b >= 0 && hg_shape_broadcast(tape->at[a]->shape, tape->at[b]->shape, &s);
}

hg_shape hg_tape_shape(const hg_tape *tape, hg_node node) { return tape->at[node]->shape; }

bool hg_tape_is_scalar(const hg_tape *tape, hg_node node)
{
	return tape->at[node]->shape.rows == 1 && tape->at[node]->shape.cols == 1;
}

gsl_matrix *hg_tape_value(hg_tape *tape, hg_node node) { return &tape->at[node]->value; }

bool hg_tape_finite(const hg_tape *tape, hg_node node)
{
	const gsl_matrix *v = &tape->at[node]->value;
	for (size_t i = 0; i < v->size1 * v->size2; i++)
		if (!isfinite(v->data[i]))
			return false;
	return true;
}

bool hg_tape_is_leaf(const hg_tape *tape, hg_node node) { return tape->at[node]->op == HG_TAPE_LEAF; }

hg_tape_op hg_tape_op_of(const hg_tape *tape, hg_node node, int *p, hg_node *first)
{
	const hg_step *s = tape->at[node];
	*p = s->p;
	*first = s->nargs ? s->arg[0] : HG_NODE_NONE;
	return s->op;
}

hg_cut hg_cut_whole(const hg_tape *tape, hg_node node)
{
	return (hg_cut){node, 0, 0, tape->at[node]->shape.rows, tape->at[node]->shape.cols};
}

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
		if (below[i] && needed[i])
			plan->step[plan->n++] = from + (hg_node)i;
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

gsl_matrix *hg_tape_jacobian(hg_tape *tape, hg_node to, hg_cut by, hg_arena *arena)
{
	static const double weight[] = {3.0 / 4, -3.0 / 20, 1.0 / 60}, lower[] = {2.0 / 3, -1.0 / 12, 0};
	hg_plan plan;
	size_t rows = tape->at[to]->shape.rows * tape->at[to]->shape.cols, cols = by.rows * by.cols;
	gsl_matrix *jacobian = HG_NEW(arena, gsl_matrix);
	double *data = HG_NEWS(arena, 2 * rows * cols + 1, double), *fourth = data ? data + rows * cols : NULL;
	double *behind = HG_NEWS(arena, rows, double);
	if (!jacobian || !data || !behind || hg_tape_plan(tape, by.node, to, arena, &plan) != HG_OK)
		return NULL;
	*jacobian = (gsl_matrix){.size1 = rows, .size2 = cols, .tda = cols, .data = data};
	gsl_matrix *x = &tape->at[by.node]->value;
	const double *f = tape->at[to]->value.data;
	double *noise = data + 2 * rows * cols;
	for (size_t e = 0; e < cols; e++) {
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
	return jacobian;
}

double hg_jacobian_error(const gsl_matrix *j)
{
	size_t n = j->size1 * j->size2;
	double error = j->data[2 * n];
	for (size_t i = 0; i < n; i++)
		error = fmax(error, fabs(j->data[i] - j->data[n + i]));
	return error;
}

hg_tape_state hg_tape_mark(const hg_tape *tape) { return (hg_tape_state){tape->n, hg_arena_mark(tape->memory)}; }

void hg_tape_release(hg_tape *tape, hg_tape_state mark)
{
	while (tape->n > mark.n) {
		const hg_step *s = tape->at[--tape->n];
		tape->bucket[s->bucket] = s->same;
	}
	hg_arena_release(tape->memory, mark.memory);
}

double hg_tape_kink_distance(const hg_tape *tape)
{
	double distance = INFINITY;
	for (size_t i = 0; i < tape->n; i++)
		distance = fmin(distance, hg_step_kink_distance(tape->at[i], tape->at));
	return distance;
}
