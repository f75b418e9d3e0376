#include "verdict/numbers.h"

#include <math.h>

enum { MAX_DEPTH = 8, MOST_LOOKED_BACK = 400 };

typedef struct calculator {
	hg_scene scene;
	const hg_value_given *given;
	hg_worth worth;
	int depth;
	hg_node *exact; /* of each variable, from the numbers given and the equations alone; NULL: as the document shows them */
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

/* What was said of e: of a name its numbers; of a derivative its numbers, else its formula. */
static const hg_value_given *said_of(const calculator *c, const hg_expr *e, const hg_ref *name)
{
	const hg_value_given *formula = NULL;
	int looked = 0;
	for (const hg_value_given *g = c->given; g && looked < MOST_LOOKED_BACK; g = g->before, looked++) {
		bool same = name && g->name.base.n ? names_match(&g->name, name) : hg_expr_equal(g->left, e);
		bool own = name && !name->gradient && !name->delta; /* of z = w x + b the model knows */
		if (same && !g->formula && (own || c->worth == HG_WORTH_SHOWN))
			return g;
		if (same && g->formula && !own && !formula)
			formula = g;
	}
	return formula && formula->value ? formula : NULL;
}

static hg_node value_said(hg_eval *ev, const hg_value_given *g)
{
	calculator *c = ev->self;
	const hg_value_given *kept = c->given;
	if (c->depth >= MAX_DEPTH)
		return HG_NODE_NONE;
	c->given = g->before;
	c->depth++;
	hg_node node = hg_eval_expr(ev, g->value);
	c->depth--;
	c->given = kept;
	return node;
}

static hg_node no_value(hg_eval *ev, const hg_expr *e) { return hg_eval_fail(ev, e, HG_CAUSE_NOT_A_NUMBER); }

static hg_node value_of_derivative(hg_eval *ev, const hg_expr *e)
{
	const hg_value_given *g = said_of(ev->self, e, NULL);
	return g ? value_said(ev, g) : no_value(ev, e);
}

/* The node of a variable, made once: moving it moves everything computed from it. */
static hg_node exact_value(hg_eval *ev, const hg_expr *e, const hg_ref *ref)
{
	calculator *c = ev->self;
	hg_doc_model *model = c->scene.world->model;
	hg_var *v = ref->gradient || ref->delta ? NULL : hg_var_real(hg_model_find(model, ref, NULL, false));
	const hg_value_given *g = v && !v->def ? said_of(c, e, ref) : NULL;
	if (!v || c->depth >= MAX_DEPTH || v->letter.n || (v->def && v->def->guessed) || (!v->def && !g))
		return HG_NODE_NONE;
	if (c->exact[v->id] >= 0)
		return c->exact[v->id];
	c->depth++;
	hg_node node = hg_eval_expr(ev, g ? g->value : v->def->right);
	c->depth--;
	return c->exact[v->id] = node;
}

static hg_node value_of_name(hg_eval *ev, const hg_expr *e)
{
	calculator *c = ev->self;
	hg_doc_model *model = c->scene.world->model;
	hg_ref ref;
	if (c->exact)
		return hg_ref_of(e, &model->habits, ev->arena, &ref) && !ref.power && !ref.primed && !ref.transposed
		           ? exact_value(ev, e, &ref) : HG_NODE_NONE;
	if (!hg_ref_of(e, &model->habits, ev->arena, &ref) || ref.power || ref.primed)
		return HG_NODE_NONE;
	const hg_value_given *g = said_of(c, e, &ref);
	if (g) {
		hg_node node = value_said(ev, g);
		return ref.transposed && node >= 0 ? hg_tape_unary(ev->tape, HG_TAPE_TRANSPOSE, node) : node;
	}
	const hg_expr *derivative = ref.gradient || !ref.delta ? NULL : hg_model_signal(model, &ref, ev->arena);
	if (derivative)
		return value_of_derivative(ev, derivative);
	hg_var *v = ref.gradient || ref.delta ? NULL : hg_var_real(hg_model_find(model, &ref, NULL, false));
	if (!v || !v->def || v->def->guessed || c->depth >= MAX_DEPTH)
		return HG_NODE_NONE;
	c->depth++;
	hg_node node = hg_eval_expr(ev, v->def->right);
	c->depth--;
	return node;
}

static calculator *open_calculator(const hg_numbers *n, hg_eval *ev)
{
	calculator *c = HG_NEW(n->scratch, calculator);
	if (!c)
		return NULL;
	*c = (calculator){.scene = {.world = &n->setting->world[0], .layer = HG_NO_LAYER}, .given = n->given, .worth = n->worth};
	hg_scene_open(&c->scene, n->scratch, NULL, ev);
	ev->name = value_of_name;
	ev->apply = no_value;
	ev->deriv = value_of_derivative;
	return c;
}

static hg_node calculate(const hg_numbers *n, const hg_expr *e, hg_eval *ev)
{
	return open_calculator(n, ev) ? hg_eval_expr(ev, e) : HG_NODE_NONE;
}

/* dE/dw at the numbers given; NULL: not all of them are, or E is no number. */
static gsl_matrix *slope_at(const hg_numbers *n, const hg_expr *derivative)
{
	hg_eval ev;
	hg_doc_model *model = &n->setting->model;
	calculator *c = derivative->op == HG_OP_DERIV && derivative->nkids == 2 ? open_calculator(n, &ev) : NULL;
	hg_tape *tape = n->setting->world[0].tape;
	if (!c || !(c->exact = HG_NEWS(n->scratch, model->nvars + 1, hg_node)))
		return NULL;
	for (size_t i = 0; i < model->nvars; i++)
		c->exact[i] = HG_NODE_NONE;
	hg_node to = hg_eval_expr(&ev, derivative->kid[0]), by = to < 0 ? to : hg_eval_expr(&ev, derivative->kid[1]);
	if (by < 0 || !hg_tape_is_scalar(tape, to) || !hg_tape_finite(tape, to))
		return NULL;
	return hg_tape_jacobian(tape, to, hg_cut_whole(tape, by), n->scratch);
}

bool hg_numbers_known(const hg_numbers *n, const hg_expr *e)
{
	hg_eval ev;
	hg_tape *tape = n->setting->world[0].tape;
	hg_tape_state mark = hg_tape_mark(tape);
	hg_node node = calculate(n, e, &ev);
	bool known = node >= 0 && hg_tape_finite(tape, node);
	hg_tape_release(tape, mark);
	return known;
}

/* ---- rounding ---------------------------------------------------------------------------------------------------------------- */

typedef struct rounding {
	const hg_numbers *numbers;
	const hg_expr *root;
	int digits;        /* of the result: a literal with fewer may be exact */
	double value;      /* of the entry looked at */
	double sum, doubt; /* what rounded literals may change in it; what literals may that are perhaps rounded */
	size_t entry;
	int depth;
} rounding;

/* a = sigma(-0.3) = 0.4256: the number was computed, and rounded; of 2 - 0.1 * 4 = 1.6 nothing was lost. */
static bool was_rounded(const hg_numbers *n, const hg_value_given *g)
{
	int looked = 0;
	const hg_value_given *before = g->before;
	while (before && looked++ < MOST_LOOKED_BACK && !names_match(&before->name, &g->name))
		before = before->before;
	if (!before || looked > MOST_LOOKED_BACK || before->formula || !before->value || before->value->op == HG_OP_NUM)
		return before && before->formula;
	hg_eval ev;
	hg_tape *tape = n->setting->world[0].tape;
	hg_tape_state mark = hg_tape_mark(tape);
	hg_node node = calculate(n, before->value, &ev);
	double off = node >= 0 && hg_tape_is_scalar(tape, node) ? hg_tape_value(tape, node)->data[0] - g->value->number : 1;
	hg_tape_release(tape, mark);
	return !(fabs(off) < 1e-9);
}

/* A number that is what an input, a weight or a label was given as: nobody rounded it. */
static bool is_given_exactly(const hg_numbers *n, double number)
{
	hg_doc_model *model = &n->setting->model;
	int looked = 0;
	for (const hg_value_given *g = n->given; g && looked < MOST_LOOKED_BACK; g = g->before, looked++) {
		const hg_expr *e = g->value && g->value->op == HG_OP_NEG ? g->value->kid[0] : g->value;
		if (g->formula || !e || e->op != HG_OP_NUM || e->number != number || g->name.gradient || g->name.delta)
			continue;
		const hg_var *v = g->name.base.n ? hg_var_real(hg_model_find(model, &g->name, NULL, false)) : NULL;
		if (v && !v->def && !was_rounded(n, g))
			return true;
	}
	return false;
}

static void round_literals(rounding *r, const hg_expr *e);

/* The literals behind a name, or a derivative, that has its value from what the document said before. */
static void round_said(rounding *r, const hg_expr *e)
{
	calculator c = {.given = r->numbers->given, .worth = r->numbers->worth};
	hg_ref ref;
	bool name = e->op != HG_OP_DERIV && hg_ref_of(e, &r->numbers->setting->model.habits, r->numbers->scratch, &ref);
	const hg_value_given *g = name || e->op == HG_OP_DERIV ? said_of(&c, e, name ? &ref : NULL) : NULL;
	if (!g || r->depth >= MAX_DEPTH)
		return;
	r->depth++;
	round_literals(r, g->value);
	r->depth--;
}

/* What a unit in the last written place of every literal can do to the value. */
static void round_literals(rounding *r, const hg_expr *e)
{
	hg_tape *tape = r->numbers->setting->world[0].tape;
	if (e->op == HG_OP_NAME || e->op == HG_OP_DERIV) {
		round_said(r, e);
		return;
	}
	if (e->op == HG_OP_NUM && e->digits > 0 && !is_given_exactly(r->numbers, e->number)) {
		hg_expr *literal = (hg_expr *)e;
		double kept = literal->number;
		hg_eval ev;
		bool fewer = e->digits < r->digits; /* rounded, if at all; else perhaps cut off */
		literal->number = kept + pow(10, -e->digits) * (fewer ? 0.5 : 1);
		hg_tape_state mark = hg_tape_mark(tape);
		hg_node node = calculate(r->numbers, r->root, &ev);
		if (node >= 0)
			*(fewer ? &r->doubt : &r->sum) += fabs(hg_tape_value(tape, node)->data[r->entry] - r->value);
		hg_tape_release(tape, mark);
		literal->number = kept;
	}
	for (size_t i = 0; i < e->nkids; i++)
		round_literals(r, e->kid[i]);
}

static double slack(const hg_numbers *n, const hg_expr *root, int digits, double value, size_t entry, double *doubt)
{
	rounding r = {.numbers = n, .root = root, .digits = digits, .value = value, .entry = entry};
	round_literals(&r, root);
	*doubt += r.doubt;
	return r.sum;
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

static bool is_whole(double x) { return fabs(x - round(x)) <= 1e-12 * fabs(x); }

/* What entry i may be off by; *doubt: and what more, if literals with fewer digits than the result are rounded ones. */
static double allowed(const hg_numbers *n, const hg_expr *from, const hg_expr *shown, double want, double got, size_t i, double *doubt)
{
	double room = 1e-9 * fmax(fabs(want), fabs(got));
	int digits = digits_of(shown);
	*doubt = 0;
	if (!is_result(shown))
		return room + slack(n, from, 0, want, i, doubt) + slack(n, shown, 0, got, i, doubt);
	double lost = 0, before = slack(n, from, digits, want, i, doubt);
	if (digits > 0 || !only_arithmetic(from))
		lost = digits > 0 ? 1.0000001 * pow(10, -digits) : 0.5; /* rounded, or cut off */
	if (digits <= 0 || !is_whole(want * pow(10, digits)))
		return room + lost + before;
	*doubt += before > 0 ? lost + before : 0; /* 0.5 * 1.4 - 0.2 = 0.5: no digit was lost here, only before, if at all */
	return room;
}

hg_status hg_numbers_check(const hg_numbers *n, const hg_expr *from, const hg_expr *shown, hg_sum_check *check, double *value,
                           double *written)
{
	hg_eval ev;
	hg_tape *tape = n->setting->world[0].tape;
	hg_tape_state mark = hg_tape_mark(tape);
	hg_budget_retry(hg_tape_budget(tape));
	hg_node a = calculate(n, from, &ev), b = a < 0 ? a : calculate(n, shown, &ev);
	*check = HG_SUM_OPEN;
	if (a >= 0 && b >= 0 && hg_tape_finite(tape, a) && hg_tape_finite(tape, b)) {
		const gsl_matrix *x = hg_tape_value(tape, a), *y = hg_tape_value(tape, b);
		bool vectors = x->size1 * x->size2 == y->size1 * y->size2 && (x->size1 == 1 || x->size2 == 1);
		bool fit = (x->size1 == y->size1 && x->size2 == y->size2) || vectors;
		*check = fit ? HG_SUM_RIGHT : HG_SUM_OPEN;
		for (size_t i = 0; fit && i < x->size1 * x->size2; i++) {
			double want = x->data[i], got = y->data[i], doubt, room = allowed(n, from, shown, want, got, i, &doubt);
			if (fabs(want - got) <= room)
				continue;
			*check = fabs(want - got) <= room + doubt ? HG_SUM_DOUBT : HG_SUM_WRONG;
			*value = want;
			*written = got;
			if (*check == HG_SUM_WRONG)
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
	return hg_arena_failed(n->scratch) ? HG_ENOMEM : HG_OK;
}

hg_status hg_numbers_check_slope(const hg_numbers *n, const hg_expr *derivative, const hg_expr *shown, hg_sum_check *check,
                                 double *value, double *written)
{
	static const double grey = 0.05;
	hg_eval ev;
	hg_tape *tape = n->setting->world[0].tape;
	hg_tape_state mark = hg_tape_mark(tape);
	hg_budget_retry(hg_tape_budget(tape));
	const gsl_matrix *slope = slope_at(n, derivative);
	hg_node b = slope ? calculate(n, shown, &ev) : HG_NODE_NONE;
	const gsl_matrix *y = b >= 0 && hg_tape_finite(tape, b) ? hg_tape_value(tape, b) : NULL;
	*check = HG_SUM_OPEN;
	for (size_t i = 0; y && slope->size1 * slope->size2 == y->size1 * y->size2 && i < y->size1 * y->size2; i++) {
		double want = slope->data[i], got = y->data[i], off = fabs(want - got), doubt;
		double room = allowed(n, shown, shown, got, got, i, &doubt) + doubt;
		if (!i)
			*check = HG_SUM_RIGHT;
		if (off <= room)
			continue;
		*check = off <= room + grey * fabs(want) ? HG_SUM_OPEN : HG_SUM_WRONG;
		*value = want;
		*written = got;
		break;
	}
	if (*check == HG_SUM_RIGHT) {
		*value = slope->data[0];
		*written = y->data[0];
	}
	hg_tape_release(tape, mark);
	if (hg_tape_budget(tape)->stopped != HG_NLIMITS) /* not all of what rounding may do was found */
		*check = HG_SUM_OPEN;
	return hg_arena_failed(n->scratch) ? HG_ENOMEM : HG_OK;
}
