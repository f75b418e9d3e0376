/* A product as a student means it who treats everything as a scalar. Axes have names, so what is kept and what is
 * summed over follows from the names alone. */
#include "eval/eval.h"

enum { MAX_FACTORS = 16, MAX_AXES = 8 };

typedef struct piece {
	hg_tensor t;
	bool below; /* in the denominator */
} piece;

typedef struct term {
	size_t n;
	double sign;
	piece at[MAX_FACTORS];
} term;

bool hg_tensor_of(hg_eval *ev, hg_node node, hg_tensor *t)
{
	hg_shape s = hg_tape_shape(ev->tape, node);
	*t = (hg_tensor){.data = hg_tape_value(ev->tape, node)->data};
	if ((s.rows > 1 && !s.raxis) || (s.cols > 1 && !s.caxis) || (s.rows > 1 && s.cols > 1 && s.raxis == s.caxis))
		return false;
	if (s.rows > 1)
		t->id[t->n] = s.raxis, t->size[t->n++] = s.rows;
	if (s.cols > 1)
		t->id[t->n] = s.caxis, t->size[t->n++] = s.cols;
	return true;
}

static bool gather(hg_eval *ev, const hg_expr *e, bool below, term *t);

static bool atom(hg_eval *ev, const hg_expr *e, bool below, term *t)
{
	hg_tensor x;
	if (t->n == MAX_FACTORS)
		return hg_eval_fail(ev, e, HG_CAUSE_TOO_MANY_FACTORS) >= 0;
	if (e->op != HG_OP_DERIV || !ev->tensor || !ev->tensor(ev, e, &x)) {
		hg_node node = hg_eval_expr(ev, e);
		if (node < 0)
			return false;
		if (!hg_tensor_of(ev, node, &x))
			return hg_eval_fail(ev, e, HG_CAUSE_UNKNOWN_AXES) >= 0;
	}
	t->at[t->n++] = (piece){x, below};
	return true;
}

static bool gather(hg_eval *ev, const hg_expr *e, bool below, term *t)
{
	e = hg_eval_bare(ev, e);
	if (e->op == HG_OP_NEG) {
		t->sign = -t->sign;
		return gather(ev, e->kid[0], below, t);
	}
	if ((e->op == HG_OP_TRANSPOSE && !e->nindex) || (e->op == HG_OP_LIST && e->nkids == 1))
		return gather(ev, e->kid[0], below, t);
	if (e->op == HG_OP_FRAC)
		return gather(ev, e->kid[0], below, t) && gather(ev, e->kid[1], !below, t);
	if (e->op != HG_OP_PRODUCT)
		return atom(ev, e, below, t);
	for (size_t i = 0; i < e->nkids; i++)
		if (!gather(ev, e->kid[i], i && e->glue[i - 1] == HG_GLUE_DIV ? !below : below, t))
			return false;
	return true;
}

typedef struct axes {
	size_t n;
	unsigned id[MAX_AXES];
	size_t size[MAX_AXES], at[MAX_AXES];
} axes;

static bool add_axes(axes *a, const hg_tensor *t)
{
	for (size_t k = 0; k < t->n; k++) {
		size_t i = 0;
		while (i < a->n && a->id[i] != t->id[k])
			i++;
		if (i < a->n && a->size[i] != t->size[k])
			return false;
		if (i < a->n)
			continue;
		if (a->n == MAX_AXES)
			return false;
		a->id[a->n] = t->id[k];
		a->size[a->n++] = t->size[k];
	}
	return true;
}

static double *entry(const axes *a, const hg_tensor *t)
{
	size_t offset = 0;
	for (size_t k = 0; k < t->n; k++) {
		size_t i = 0;
		while (a->id[i] != t->id[k])
			i++;
		offset = offset * t->size[k] + a->at[i];
	}
	return &t->data[offset];
}

static bool next(axes *a)
{
	for (size_t i = 0; i < a->n; i++) {
		if (++a->at[i] < a->size[i])
			return true;
		a->at[i] = 0;
	}
	return false;
}

static bool has_axis(const hg_tensor *t, unsigned id)
{
	for (size_t k = 0; k < t->n; k++)
		if (t->id[k] == id)
			return true;
	return false;
}

/* What is summed over is shared by two factors at least: a product is meant. One alone would be a sum left out. */
static bool sums_alone(const term *t, const hg_tensor *out, const axes *a)
{
	for (size_t i = 0; i < a->n; i++) {
		size_t owners = 0;
		for (size_t k = 0; k < t->n; k++)
			owners += has_axis(&t->at[k].t, a->id[i]);
		if (!has_axis(out, a->id[i]) && owners < 2)
			return true;
	}
	return false;
}

static bool contract(const term *t, hg_tensor *out)
{
	axes a = {.n = 0};
	bool fit = add_axes(&a, out);
	for (size_t i = 0; i < t->n && fit; i++)
		fit = add_axes(&a, &t->at[i].t);
	if (!fit || sums_alone(t, out, &a))
		return false;
	do {
		double product = t->sign;
		for (size_t i = 0; i < t->n; i++) {
			double x = *entry(&a, &t->at[i].t);
			product = t->at[i].below ? product / x : product * x;
		}
		*entry(&a, out) += product;
	} while (next(&a));
	return true;
}

static bool pretend(hg_eval *ev, const hg_expr *e, double sign, hg_tensor *out)
{
	e = hg_eval_bare(ev, e);
	if (e->op == HG_OP_NEG)
		return pretend(ev, e->kid[0], -sign, out);
	if (e->op == HG_OP_LIST && e->nkids == 1)
		return pretend(ev, e->kid[0], sign, out);
	if (e->op == HG_OP_SUM_OF) {
		for (size_t i = 0; i < e->nkids; i++)
			if (!pretend(ev, e->kid[i], sign, out))
				return false;
		return true;
	}
	term t = {.n = 0, .sign = sign};
	if (!gather(ev, e, false, &t))
		return false;
	return contract(&t, out) || hg_eval_fail(ev, e, HG_CAUSE_NO_COMMON_AXES) >= 0;
}

bool hg_eval_pretend(hg_eval *ev, const hg_expr *e, hg_tensor *out)
{
	size_t n = 1;
	for (size_t k = 0; k < out->n; k++)
		n *= out->size[k];
	out->data = HG_NEWS(ev->arena, n, double);
	return out->data && pretend(ev, e, 1, out);
}
