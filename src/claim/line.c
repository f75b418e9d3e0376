/* What a line looks like: capitals, sample marks, sums, transposes, free indices, names nobody explained. */
#include "model/building.h"
#include "model/shape/letters.h"
#include "claim/reading.h"
#include "model/said/sums.h"

#include <string.h>

typedef struct looker {
	hg_doc_model *model;
	hg_line *line;
	const hg_expr *bound[8];
	size_t nbound;
} looker;

static bool is_bound(const looker *l, const hg_expr *e)
{
	for (size_t i = 0; i < l->nbound; i++)
		if (l->bound[i] && hg_str_equal(l->bound[i]->name, e->name))
			return true;
	return false;
}

static void add_letter(looker *l, const hg_expr *e)
{
	if (e->op != HG_OP_NAME || e->nindex || !hg_is_index_letter(e) || is_bound(l, e) || hg_is_correct_class(l->model, e))
		return;
	for (size_t i = 0; i < l->line->nletters; i++)
		if (hg_str_equal(l->line->letter[i]->name, e->name))
			return;
	if (l->line->nletters < HG_MAX_LETTERS)
		l->line->letter[l->line->nletters++] = e;
}

static void add_layer(looker *l, const hg_expr *e)
{
	int layer;
	if (e->op == HG_OP_SUM_OF)
		e = e->kid[0];
	if (!hg_layer_value(l->model, e, NULL, &layer) && e->op == HG_OP_NAME && !e->nindex && !l->line->layer_letter)
		l->line->layer_letter = e;
}

static void add_unknown(looker *l, const hg_expr *e)
{
	if (hg_is_known_function(e))
		return;
	for (size_t i = 0; i < l->line->nunknown; i++)
		if (hg_str_equal(l->line->unknown[i]->name, e->name) && l->line->unknown[i]->accent == e->accent)
			return;
	if (l->line->nunknown < HG_MAX_LETTERS)
		l->line->unknown[l->line->nunknown++] = e;
}

static bool is_count(const hg_doc_model *m, const hg_expr *e)
{
	for (size_t i = 0; i < m->counting.ncounts; i++)
		if (hg_str_equal(e->name, m->counting.count[i]))
			return true;
	return (hg_str_is(e->name, HG_L_SAMPLES) || hg_str_is(e->name, HG_L_ALL_SAMPLES)) && !hg_counts_classes(m, e->name) &&
	       !hg_is_quantity(&m->habits, e->name);
}

/* The cost sums y_i over i, not y^{(i)}: an index below counts samples. */
static bool sums_by_subscript(const hg_doc_model *model)
{
	const hg_expr *e = model->lossy.cost && model->lossy.cost->def ? model->lossy.cost->def->right : NULL;
	while (e && e->op != HG_OP_SUM && e->nkids)
		e = e->op == HG_OP_FRAC || e->op == HG_OP_SUM_OF || e->op == HG_OP_NEG ? e->kid[0] : e->kid[e->nkids - 1];
	const hg_expr *letter = e && e->op == HG_OP_SUM ? hg_sum_letter(e) : NULL;
	return letter && !hg_marks_sample(e->kid[0], letter);
}

static void see_name(looker *l, const hg_expr *e)
{
	hg_line *line = l->line;
	hg_ref ref;
	if (!hg_ref_of(e, &l->model->habits, l->model->arena, &ref) || hg_is_correct_class(l->model, e))
		return;
	if (ref.layer)
		add_layer(l, ref.layer);
	if (e->op == HG_OP_NAME && !e->nindex && is_count(l->model, e)) {
		line->totals = true;
		return;
	}
	if (ref.delta && ref.ncomp == 2) {
		add_letter(l, ref.comp[0]);
		add_letter(l, ref.comp[1]);
		return;
	}
	line->gradients = line->gradients || ref.gradient || ref.delta;
	line->names = line->names || ref.gradient || ref.delta;
	hg_ref plain = ref;
	if (ref.delta)
		plain.base = l->model->counting.signal_base;
	hg_var *v = hg_model_find(l->model, &plain, NULL, false);
	if (v && v->dropped && line->identity && e->op == HG_OP_NAME && !e->nindex)
		v = NULL;
	v = hg_var_real(v);
	bool data = v ? v->data : !hg_is_loss_name(ref.base) && !hg_str_is(ref.base, HG_L_WEIGHT) && !hg_str_is(ref.base, HG_L_BIAS);
	bool weight = v && !v->data;
	bool signal = hg_model_signal_beside(l->model, &ref, v, l->model->arena); /* s, where s = dL/dh was said */
	line->derivatives = line->derivatives || signal;
	bool known = v || ref.layer || ref.gradient || ref.delta || signal || hg_model_function(l->model, &ref, NULL);
	if (!known && !hg_model_sized(l->model, e) && !hg_is_rate_name(ref.base) && !hg_is_loss_name(ref.base) && !hg_is_number_name(&l->model->habits, e) &&
	    e->op == HG_OP_NAME && !ref.ncomp && !ref.sample)
		add_unknown(l, e);
	line->variables = line->variables || (v && !hg_is_count_name(ref.base));
	line->marks = line->marks || (ref.sample && !hg_is_loss_name(ref.base));
	for (size_t i = 0; i < ref.ncomp && !hg_is_loss_name(ref.base); i++) /* E_n beside names without n: of the sample at hand */
		add_letter(l, ref.comp[i]);
	if (v && v->data && ref.ncomp && !is_bound(l, ref.comp[0]))
		line->sample_indices = line->sample_indices || sums_by_subscript(l->model);
	line->unit_indices = line->unit_indices || ref.ncomp > 0;
	if (data && !weight && known && !hg_is_loss_name(ref.base)) {
		line->capitals = line->capitals || ref.upper;
		line->smalls = line->smalls || (!ref.upper && !ref.sample);
	}
}

/* dJ/dZ, for the total J of all samples. */
static bool is_cost_by_data(hg_doc_model *model, const hg_expr *e)
{
	hg_ref above, below;
	if (e->nkids != 2 || e->kid[0]->op != HG_OP_NAME || !hg_ref_of(e->kid[0], &model->habits, model->arena, &above) ||
	    !hg_ref_of(e->kid[1], &model->habits, model->arena, &below))
		return false;
	const hg_var *cost = hg_var_real(hg_model_find(model, &above, NULL, false));
	const hg_var *by = hg_var_real(hg_model_find(model, &below, NULL, false));
	return cost && cost->total && by && by->data;
}

static void look(looker *l, const hg_expr *e);

static void look_into(looker *l, const hg_expr *e)
{
	for (size_t i = 0; i < e->nkids; i++)
		look(l, e->kid[i]);
}

static void look_product(looker *l, const hg_expr *e)
{
	for (size_t i = 0; i + 1 < e->nkids; i++) {
		l->line->dots = l->line->dots || e->glue[i] == HG_GLUE_CDOT || e->glue[i] == HG_GLUE_TIMES || e->glue[i] == HG_GLUE_DOT;
		l->line->entrywise = l->line->entrywise || e->glue[i] == HG_GLUE_ODOT || e->glue[i] == HG_GLUE_CIRC;
	}
	l->line->products = true;
	look_into(l, e);
}

static void look_sum(looker *l, const hg_expr *e)
{
	const hg_expr *c = e->nkids > 1 ? e->kid[1] : NULL;
	if (c && c->op == HG_OP_COMPARE)
		c = c->kid[0];
	bool letter = c && c->op == HG_OP_NAME && l->nbound < 8;
	if (letter)
		l->bound[l->nbound++] = c;
	bool samples = letter && hg_is_sample_index(l->model, c->name) && !hg_letter_on_weight(l->model, c->name, e->kid[0]);
	bool counted = e->nkids > 3 && e->kid[3]->op == HG_OP_NAME && is_count(l->model, e->kid[3]);
	l->line->totals = l->line->totals || !letter || samples || counted;
	l->line->sums = l->line->sums || samples || (letter && (counted || hg_marks_sample(e->kid[0], c)));
	look(l, e->kid[0]);
	l->nbound -= letter;
}

/* dL/dz has the shape of z; dz/dW is a map. */
static bool of_loss(const looker *l, const hg_expr *e)
{
	hg_ref ref;
	const hg_expr *t = e->kid[0]->op == HG_OP_CALL ? e->kid[0]->kid[0] : e->kid[0];
	return t->op == HG_OP_NAME && hg_ref_of(t, &l->model->habits, l->model->arena, &ref) && hg_is_loss_name(ref.base);
}

static void look(looker *l, const hg_expr *e)
{
	hg_ref ref;
	switch (e->op) {
	case HG_OP_NAME:
	case HG_OP_SLICE:
		see_name(l, e);
		return;
	case HG_OP_POW:
		if (hg_ref_of(e, &l->model->habits, l->model->arena, &ref) && !ref.power) {
			see_name(l, e);
			return;
		}
		look_into(l, e);
		return;
	case HG_OP_CALL: {
		const hg_expr *f = e->kid[0];
		while (f->op == HG_OP_PRIME || f->op == HG_OP_POW || f->op == HG_OP_TRANSPOSE) {
			l->line->primes |= f->op == HG_OP_PRIME;
			f = f->kid[0];
		}
		hg_fn fn = f->op == HG_OP_NAME ? hg_fn_find(f->name) : HG_NFNS;
		bool applied = f->op == HG_OP_NAME && fn == HG_NFNS && hg_ref_of(f, &l->model->habits, l->model->arena, &ref);
		if (applied && ref.layer)
			add_layer(l, ref.layer);
		if (applied && !hg_model_function(l->model, &ref, NULL) && hg_model_find(l->model, &ref, NULL, false))
			see_name(l, f);
		l->line->totals = l->line->totals || fn == HG_FN_SUM_OVER || fn == HG_FN_MEAN;
		l->line->products = l->line->products || fn == HG_FN_PRODUCT_OVER;
		if (applied && hg_is_loss_name(ref.base)) /* what a loss depends on says nothing about the line */
			return;
		for (size_t i = 1; i < e->nkids; i++)
			if (e->kid[i]->op != HG_OP_KWARG)
				look(l, e->kid[i]);
			else
				l->line->reduces = l->line->reduces || hg_str_is(e->kid[i]->word, HG_W_AXIS);
		return;
	}
	case HG_OP_SUM:
	case HG_OP_PROD:
		look_sum(l, e);
		return;
	case HG_OP_SUM_OF:
		for (size_t i = 0; i + 1 < e->nkids; i++) {
			const hg_expr *t = e->kid[i];
			while (t->op == HG_OP_NEG || (t->op == HG_OP_PRODUCT && !t->kid[t->nkids - 1]->bracketed))
				t = t->op == HG_OP_NEG ? t->kid[0] : t->kid[t->nkids - 1];
			l->line->sums_then_terms = l->line->sums_then_terms || t->op == HG_OP_SUM;
			l->line->operators_then_terms = l->line->operators_then_terms || (t->op == HG_OP_DERIV && t->kid[0]->op != HG_OP_NAME);
		}
		look_into(l, e);
		return;
	case HG_OP_PRODUCT:
		look_product(l, e);
		return;
	case HG_OP_DERIV:
		l->line->derivatives = true;
		l->line->cost_by_data |= is_cost_by_data(l->model, e);
		l->line->local_derivatives = l->line->local_derivatives || !of_loss(l, e);
		look_into(l, e);
		return;
	case HG_OP_TRANSPOSE:
		l->line->transposes = true;
		look_into(l, e);
		return;
	case HG_OP_CANCEL:
		l->line->cancels = true;
		look_into(l, e);
		return;
	case HG_OP_BRACE: /* the label only names what stands above it */
		look(l, e->kid[0]);
		return;
	default:
		look_into(l, e);
		return;
	}
}

/* Indices that no sum binds are free: the claim is for all their values. */
/* W beside dL/dz; not in dz/dW. */
static bool see_matrix(void *self, const hg_expr *e)
{
	looker *l = self;
	hg_ref ref;
	if (e->op == HG_OP_DERIV)
		return false;
	bool name = hg_name_at(e, &l->model->habits, l->model->arena, &ref);
	const hg_var *v = name && !ref.gradient && !ref.delta && !ref.ncomp ? hg_var_real(hg_model_find(l->model, &ref, NULL, false)) : NULL;
	l->line->matrices = l->line->matrices || (v && v->shaped && !v->data && v->raxis > HG_AXIS_SAMPLES && v->caxis > HG_AXIS_SAMPLES);
	return !name;
}

/* dL/dW, where W is declared a matrix: what stands for it has its shape, and factors are no numbers. */
static bool is_by_declared_matrix(hg_doc_model *model, const hg_expr *left)
{
	hg_ref ref;
	const hg_expr *by = left->op == HG_OP_DERIV && left->nkids > 1 ? left->kid[1] : left;
	if (!hg_ref_of(by, &model->habits, model->arena, &ref) || ref.ncomp || (by == left && !ref.gradient))
		return false;
	const hg_var *v = hg_var_real(hg_model_find(model, &ref, NULL, false));
	return v && v->said && v->said->n == 2 && v->raxis > HG_AXIS_ONE && v->caxis > HG_AXIS_ONE;
}

void hg_line_of(hg_doc_model *model, const hg_expr *left, const hg_expr *right, hg_line *line)
{
	looker l = {.model = model, .line = line};
	*line = (hg_line){0};
	if (left) {
		const hg_expr *target = left->op == HG_OP_DERIV ? left->kid[0] : NULL;
		line->identity = hg_expr_has(left, HG_OP_PRIME) ||
		                 (target && (target->op != HG_OP_NAME || hg_is_known_function(target)));
		look(&l, left);
		line->derivatives = line->local_derivatives = line->products = line->dots = line->entrywise = line->cancels = false;
	}
	line->whole = left && left->op == HG_OP_DERIV;
	line->by_matrix = left && is_by_declared_matrix(model, left);
	line->nleft = line->nletters;
	line->gradients = false;
	look(&l, right);
	hg_expr_visit(right, see_matrix, &l);
	hg_ref ref;
	if (left && left->op == HG_OP_TRANSPOSE && hg_ref_of(left, &model->habits, model->arena, &ref))
		line->transposes = true;
}
