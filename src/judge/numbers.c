#include "judge/numbers.h"

#include <math.h>

enum { MAX_DEPTH = 8 };

typedef struct calculator {
	hg_scene scene;
	const hg_value_given *given;
	int depth;
} calculator;

static bool names_match(const hg_ref *a, const hg_ref *b)
{
	if (!hg_str_equal(a->base, b->base) || !hg_str_equal(a->label, b->label) || a->ncomp != b->ncomp ||
	    a->gradient != b->gradient || a->delta != b->delta)
		return false;
	for (size_t i = 0; i < a->ncomp; i++)
		if (!hg_expr_equal(a->comp[i], b->comp[i]))
			return false;
	return !a->layer || !b->layer || hg_expr_equal(a->layer, b->layer);
}

static hg_node value_of_name(hg_eval *ev, const hg_expr *e)
{
	calculator *c = ev->self;
	hg_doc_model *model = c->scene.world->model;
	hg_ref ref;
	if (!hg_ref_of(e, &model->habits, ev->arena, &ref) || ref.power || ref.primed || c->depth >= MAX_DEPTH)
		return HG_NODE_NONE;
	for (const hg_value_given *g = c->given; g; g = g->before)
		if (names_match(&g->name, &ref)) {
			const hg_value_given *kept = c->given;
			c->given = g->before;
			c->depth++;
			hg_node node = hg_eval_expr(ev, g->value);
			c->depth--;
			c->given = kept;
			return ref.transposed && node >= 0 ? hg_tape_unary(ev->tape, HG_TAPE_TRANSPOSE, node) : node;
		}
	hg_var *v = ref.gradient || ref.delta ? NULL : hg_var_real(hg_model_find(model, &ref, NULL, false));
	if (!v || !v->def || v->def->guessed)
		return HG_NODE_NONE;
	c->depth++;
	hg_node node = hg_eval_expr(ev, v->def->right);
	c->depth--;
	return node;
}

static hg_node no_value(hg_eval *ev, const hg_expr *e) { return hg_eval_fail(ev, e, "not a number"); }

static hg_node calculate(hg_setting *s, const hg_expr *e, const hg_value_given *given, hg_arena *scratch, hg_eval *ev)
{
	static calculator empty;
	calculator *c = HG_NEW(scratch, calculator);
	if (!c)
		return HG_NODE_NONE;
	*c = empty;
	c->scene.world = &s->world[0];
	c->scene.layer = HG_NO_LAYER;
	c->given = given;
	hg_scene_open(&c->scene, scratch, NULL, ev);
	ev->name = value_of_name;
	ev->apply = no_value;
	ev->deriv = no_value;
	return hg_eval_expr(ev, e);
}

bool hg_numbers_known(hg_setting *s, const hg_expr *e, const hg_value_given *given, hg_arena *scratch)
{
	hg_eval ev;
	hg_tape_state mark = hg_tape_mark(s->world[0].tape);
	hg_node node = calculate(s, e, given, scratch, &ev);
	bool known = node >= 0 && hg_tape_finite(s->world[0].tape, node);
	hg_tape_release(s->world[0].tape, mark);
	return known;
}

/* What half a unit in the last written place of every literal can do to the value. */
static double slack(hg_setting *s, const hg_expr *root, const hg_expr *e, const hg_value_given *given, hg_arena *scratch,
                    double value, size_t entry)
{
	double sum = 0;
	if (e->op == HG_OP_NUM && e->digits > 0) {
		hg_expr *literal = (hg_expr *)e;
		double kept = literal->number;
		hg_eval ev;
		literal->number = kept + pow(10, -e->digits);
		hg_tape_state mark = hg_tape_mark(s->world[0].tape);
		hg_node node = calculate(s, root, given, scratch, &ev);
		if (node >= 0)
			sum = fabs(hg_tape_value(s->world[0].tape, node)->data[entry] - value);
		hg_tape_release(s->world[0].tape, mark);
		literal->number = kept;
	}
	for (size_t i = 0; i < e->nkids; i++)
		sum += slack(s, root, e->kid[i], given, scratch, value, entry);
	return sum;
}

static int digits_of(const hg_expr *e)
{
	int digits = e->op == HG_OP_NUM ? e->digits : -1;
	for (size_t i = 0; i < e->nkids; i++) {
		int below = digits_of(e->kid[i]);
		digits = below > digits ? below : digits;
	}
	return digits;
}

/* One number, with a sign and a box: it is the result, and its digits are a promise. */
static bool is_result(const hg_expr *e)
{
	while (e->op == HG_OP_NEG || e->op == HG_OP_BOX || e->op == HG_OP_BRACE || (e->op == HG_OP_LIST && e->nkids == 1))
		e = e->kid[0];
	if (e->op == HG_OP_NUM)
		return true;
	bool entries = (e->op == HG_OP_LIST || e->op == HG_OP_MATRIX) && e->nkids;
	for (size_t i = 0; i < e->nkids && entries; i++)
		entries = is_result(e->kid[i]);
	return entries;
}

static bool only_arithmetic(const hg_expr *e)
{
	if (e->op == HG_OP_CALL || e->op == HG_OP_POW || e->op == HG_OP_SQRT || e->op == HG_OP_FRAC || e->op == HG_OP_NAME)
		return false;
	for (size_t i = 0; i < e->nkids; i++)
		if (!only_arithmetic(e->kid[i]) || (e->op == HG_OP_PRODUCT && i && e->glue[i - 1] == HG_GLUE_DIV))
			return false;
	return true;
}

hg_status hg_numbers_check(hg_setting *s, const hg_expr *from, const hg_expr *shown, const hg_value_given *given,
                           hg_arena *scratch, hg_sum_check *check, double *value, double *written)
{
	hg_eval ev;
	hg_tape *tape = s->world[0].tape;
	hg_tape_state mark = hg_tape_mark(tape);
	hg_budget_retry(hg_tape_budget(tape));
	hg_node a = calculate(s, from, given, scratch, &ev), b = a < 0 ? a : calculate(s, shown, given, scratch, &ev);
	*check = HG_SUM_OPEN;
	if (a >= 0 && b >= 0 && hg_tape_finite(tape, a) && hg_tape_finite(tape, b)) {
		const gsl_matrix *x = hg_tape_value(tape, a), *y = hg_tape_value(tape, b);
		bool vectors = x->size1 * x->size2 == y->size1 * y->size2 && (x->size1 == 1 || x->size2 == 1);
		bool fit = (x->size1 == y->size1 && x->size2 == y->size2) || vectors;
		*check = fit ? HG_SUM_RIGHT : HG_SUM_OPEN;
		for (size_t i = 0; fit && i < x->size1 * x->size2; i++) {
			double want = x->data[i], got = y->data[i], allowed = 1e-9 * fmax(fabs(want), fabs(got));
			int digits = digits_of(shown);
			if (is_result(shown) && (digits > 0 || !only_arithmetic(from)))
				allowed += digits > 0 ? 1.0000001 * pow(10, -digits) : 0.5; /* rounded, or cut off */
			allowed += slack(s, from, from, given, scratch, want, i);
			if (!is_result(shown))
				allowed += slack(s, shown, shown, given, scratch, got, i);
			if (fabs(want - got) <= allowed)
				continue;
			*check = HG_SUM_WRONG;
			*value = want;
			*written = got;
			break;
		}
		if (*check == HG_SUM_RIGHT) {
			*value = x->data[0];
			*written = y->data[0];
		}
	}
	hg_tape_release(tape, mark);
	if (hg_tape_budget(tape)->stopped != HG_NLIMITS) /* not all of what rounding may do was found */
		*check = HG_SUM_OPEN;
	return hg_arena_failed(scratch) ? HG_ENOMEM : HG_OK;
}
