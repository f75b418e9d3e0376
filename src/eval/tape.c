#include "eval/tape.h"

#include "eval/kernels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BUCKETS = 1024 }; /* a power of two */

static hg_node *bucket_for(hg_tape *tape, size_t hash) { return &tape->bucket[hash & (tape->nbuckets - 1)]; }

/* Steps are put in and taken out at the end only: those before stay in order. False: out of memory. */
static bool make_buckets(hg_tape *tape, size_t n)
{
	hg_node *bucket = malloc(n * sizeof *bucket);
	if (!bucket)
		return false;
	free(tape->bucket);
	tape->bucket = bucket;
	tape->nbuckets = n;
	for (size_t b = 0; b < n; b++)
		bucket[b] = HG_NODE_NONE;
	for (size_t i = 0; i < tape->n; i++) {
		hg_node *last = bucket_for(tape, tape->at[i]->hash);
		tape->at[i]->same = *last;
		*last = (hg_node)i;
	}
	return true;
}

hg_tape *hg_tape_new(hg_budget *budget)
{
	hg_tape *tape = calloc(1, sizeof *tape);
	if (!tape)
		return NULL;
	tape->budget = budget;
	tape->memory = hg_arena_new();
	if (!tape->memory || !hg_arena_alloc(tape->memory, 1, 1) || !make_buckets(tape, FIRST_BUCKETS)) {
		hg_tape_free(tape);
		return NULL;
	}
	return tape;
}

void hg_tape_free(hg_tape *tape)
{
	if (!tape)
		return;
	hg_budget_return(tape->budget, HG_LIMIT_LIVE_ELEMENTS, tape->live);
	hg_arena_free(tape->memory);
	free(tape->bucket);
	free(tape->at);
	free(tape);
}

size_t hg_tape_size(const hg_tape *tape) { return tape->n; }

hg_budget *hg_tape_budget(const hg_tape *tape) { return tape->budget; }

bool hg_tape_failed(const hg_tape *tape) { return hg_arena_failed(tape->memory); }

static size_t hash_of(const hg_step *s)
{
	size_t h = (size_t)s->op * 31 + (size_t)s->p * 131 + (size_t)s->q * 1031 + s->shape.rows * 7 + s->shape.cols * 77;
	for (size_t i = 0; i < s->nargs; i++)
		h = h * 1000003 + (size_t)s->arg[i];
	h += (size_t)s->from >> 4;
	if (s->q == 1 && s->op == HG_TAPE_LEAF && isfinite(s->number))
		h += (size_t)fabs(fmod(s->number * 1009, 1e6));
	return h ^ h >> 17;
}

static bool same_step(const hg_step *a, const hg_step *b)
{
	return a->op == b->op && a->p == b->p && a->q == b->q && a->number == b->number && a->from == b->from && a->nargs == b->nargs && a->shape.rows == b->shape.rows &&
	       a->shape.cols == b->shape.cols &&
	       (a->nargs == 0 || !memcmp(a->arg, b->arg, a->nargs * sizeof *a->arg));
}

/* Is there room for a value of this shape? Asked before memory is. */
static bool has_room(hg_tape *tape, hg_shape shape)
{
	hg_budget *budget = tape->budget;
	if (!hg_budget_allows(budget, HG_LIMIT_VALUES, tape->n + 1))
		return hg_budget_stop(budget, HG_LIMIT_VALUES);
	if (!hg_budget_allows_product(budget, HG_LIMIT_ELEMENTS, shape.rows, shape.cols))
		return hg_budget_stop(budget, HG_LIMIT_ELEMENTS);
	return hg_budget_spend(budget, HG_LIMIT_LIVE_ELEMENTS, shape.rows * shape.cols) ||
	       hg_budget_stop(budget, HG_LIMIT_LIVE_ELEMENTS);
}

/* Puts a step at the end of the tape, with room for its value. */
static hg_node append(hg_tape *tape, hg_step *s)
{
	if (!s->shape.rows || !s->shape.cols || !has_room(tape, s->shape))
		return HG_NODE_NONE;
	tape->live += s->shape.rows * s->shape.cols;
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
	s->cost = hg_step_cost(s, tape->at);
	s->hash = hash_of(s);
	if (tape->n >= 2 * tape->nbuckets && !make_buckets(tape, 8 * tape->nbuckets)) {
		hg_arena_fail(tape->memory);
		return HG_NODE_NONE;
	}
	hg_node *last = bucket_for(tape, s->hash);
	s->same = *last;
	tape->at[tape->n] = s;
	return *last = (hg_node)tape->n++;
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

static hg_node same_leaf(hg_tape *tape, hg_step trial, const double *values)
{
	for (hg_node i = *bucket_for(tape, hash_of(&trial)); i != HG_NODE_NONE; i = tape->at[i]->same) {
		const hg_shape s = tape->at[i]->shape;
		if (same_step(tape->at[i], &trial) && s.raxis == trial.shape.raxis && s.caxis == trial.shape.caxis)
			return i;
	}
	hg_step *s = HG_NEW(tape->memory, hg_step);
	if (!s)
		return HG_NODE_NONE;
	*s = trial;
	hg_node node = append(tape, s);
	if (node != HG_NODE_NONE)
		memcpy(s->value.data, values, s->shape.rows * s->shape.cols * sizeof *values);
	return node;
}

hg_node hg_tape_number(hg_tape *tape, double value)
{
	return same_leaf(tape, (hg_step){.op = HG_TAPE_LEAF, .q = 1, .number = value, .shape = {1, 1, 0, 0}}, &value);
}

hg_node hg_tape_leaf_at(hg_tape *tape, hg_shape shape, const double *values)
{
	return same_leaf(tape, (hg_step){.op = HG_TAPE_LEAF, .q = 2, .from = values, .shape = shape}, values);
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
	for (hg_node i = *bucket_for(tape, hash_of(&trial)); i != HG_NODE_NONE; i = tape->at[i]->same)
		if (same_step(tape->at[i], &trial))
			return i;
	if (!hg_budget_step(tape->budget, hg_step_cost(&trial, tape->at)))
		return HG_NODE_NONE;
	hg_step *s = HG_NEW(tape->memory, hg_step);
	hg_node *copy = HG_NEWS(tape->memory, n, hg_node);
	if (!s || !copy)
		return HG_NODE_NONE;
	if (n)
		memcpy(copy, args, n * sizeof *copy);
	*s = trial;
	s->arg = copy;
	hg_node node = append(tape, s);
	if (node != HG_NODE_NONE) {
		const hg_cut whole = hg_cut_whole(tape, node);
		hg_step_compute(s, &whole, tape->at);
	}
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

hg_tape_state hg_tape_mark(const hg_tape *tape) { return (hg_tape_state){tape->n, hg_arena_mark(tape->memory)}; }

void hg_tape_release(hg_tape *tape, hg_tape_state mark)
{
	while (tape->n > mark.n) {
		const hg_step *s = tape->at[--tape->n];
		size_t elements = s->shape.rows * s->shape.cols;
		*bucket_for(tape, s->hash) = s->same;
		tape->live -= elements;
		hg_budget_return(tape->budget, HG_LIMIT_LIVE_ELEMENTS, elements);
	}
	hg_arena_release(tape->memory, mark.memory);
}
