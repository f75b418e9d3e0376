/* The shape of a variable that is computed, and whether it is of one sample, a sum over all, or a parameter. */
#include "model/shape/sym.h"

#include <ctype.h>

typedef struct name_search {
	hg_doc_model *model;
	bool found;
} name_search;

/* error = yhat - y: a difference entry by entry, whatever its name; a loss squares it, or takes a logarithm. */
static bool is_residual_of_name(const hg_var *v)
{
	const hg_expr *e = v->def->right;
	return hg_str_any(v->base, HG_LIST_ERRORS) && e->op == HG_OP_SUM_OF && e->nkids == 2 && e->kid[1]->op == HG_OP_NEG && e->kid[1]->kid[0]->op == HG_OP_NAME &&
	       !hg_expr_has(e, HG_OP_POW) && !hg_expr_has(e, HG_OP_CALL) && !hg_expr_has(e, HG_OP_SUM);
}

static bool see_input(void *self, const hg_expr *e)
{
	name_search *c = self;
	hg_ref ref;
	if (e->op == HG_OP_NAME && hg_ref_of(e, &c->model->habits, c->model->arena, &ref))
		c->found = c->found || hg_str_is(ref.base, HG_L_INPUT);
	return !c->found;
}

/* E = (y - (m x + c))^2: with the input in it, the loss holds the whole network, parameters and all. */
bool hg_expr_speaks_of_input(hg_doc_model *model, const hg_expr *e)
{
	name_search c = {.model = model};
	hg_expr_visit(e, see_input, &c);
	return c.found;
}

typedef struct side_search {
	hg_doc_model *model;
	const hg_var *of;
	int side; /* 1: right of an @, -1: left of one, 0: beside none */
} side_search;

static bool see_side(void *self, const hg_expr *e)
{
	side_search *u = self;
	hg_ref ref;
	for (size_t i = 0; e->op == HG_OP_PRODUCT && !u->side && i < e->nkids; i++) {
		bool right = i && e->glue[i - 1] == HG_GLUE_AT, left = i + 1 < e->nkids && e->glue[i] == HG_GLUE_AT;
		if ((right || left) && e->kid[i]->op == HG_OP_NAME && hg_ref_of(e->kid[i], &u->model->habits, u->model->arena, &ref) && !ref.transposed &&
		    !ref.gradient && hg_var_real(hg_model_find(u->model, &ref, NULL, false)) == u->of)
			u->side = right ? 1 : -1;
	}
	return !u->side;
}

/* f(b) = (y - X b)^T D (y - X b) of a vector b is a number: what comes out as many times as it goes in comes once. */
static void close_form(hg_doc_model *model, const hg_definition *d, hg_sym *out)
{
	const hg_expr *argument = d->lhs && d->lhs->op == HG_OP_CALL && d->lhs->nkids == 2 ? d->lhs->kid[1] : NULL;
	bool small = argument && argument->op == HG_OP_NAME && !argument->nindex && !isupper((unsigned char)argument->name.p[0]);
	if (small && hg_sym_known(*out) && out->r != HG_AXIS_ONE && hg_axis_now(model, out->r) == hg_axis_now(model, out->c))
		hg_axis_close(model, out->r);
	out->r = hg_axis_now(model, out->r);
	out->c = hg_axis_now(model, out->c);
}

void hg_var_shape(hg_doc_model *model, hg_var *v)
{
	v = hg_var_real(v);
	if (v->shaping || v->shaped || !v->def)
		return;
	v->shaping = true;
	hg_local local = {
	    .name = v->letter, .node = HG_NODE_NONE, .index = (size_t)v->letter_value, .axis = HG_AXIS_LAYER};
	hg_shaper s = {.model = model, .local = v->letter.n ? &local : NULL};
	s.code = v->def->code;
	s.vector_weight = model->habits.lower_weights;
	s.of_loss = hg_is_loss_name(v->base) && !v->label.n && !hg_expr_speaks_of_input(model, v->def->right);
	for (size_t i = 0; i < v->def->left.ncomp && !v->label.n; i++) {
		const hg_expr *letter = v->def->left.comp[i];
		if (letter->op == HG_OP_NAME && hg_is_sample_index(model, letter->name) && !hg_letter_on_weight(model, letter->name, v->def->right))
			hg_letter_count(&s, letter, HG_AXIS_SAMPLES);
		hg_letter_learn(&s, letter, v->def->right);
	}
	hg_sym out = hg_sym_of(&s, v->def->right);
	close_form(model, v->def, &out);
	const hg_ref *left = &v->def->left;
	bool loss = hg_is_loss_name(v->base) && !is_residual_of_name(v), component = false;
	side_search used = {.model = model, .of = v};
	for (size_t i = 0; out.leaf && !model->layout.scalars && !model->layout.plain && !used.side && i < model->said->n; i++)
		for (size_t k = 0; k < model->said->at[i].nsides; k++)
			hg_expr_visit(model->said->at[i].side[k].e, see_side, &used);
	if (used.side) { /* A = relu(Z), W @ A, where nothing computes Z: data */
		unsigned axis = hg_shaper_axis(&s);
		out.data = hg_var_real(out.leaf)->data = true;
		out = hg_sym_assign(&s, out, used.side > 0 ? axis : HG_AXIS_ONE, used.side > 0 ? HG_AXIS_ONE : axis);
	} else if (out.leaf && model->layout.plain) {
		unsigned rows = hg_shaper_axis(&s);
		out = hg_sym_assign(&s, out, rows, hg_shaper_axis(&s));
	} else if (out.leaf) {
		out = (hg_sym){.leaf = out.leaf, .data = out.data};
	}
	unsigned r = hg_sym_known(out) ? out.r : HG_AXIS_ONE, c = hg_sym_known(out) ? out.c : HG_AXIS_ONE;
	for (size_t i = 0; i < left->ncomp && !v->label.n; i++)
		if (!hg_letter_is_sample(&s, left->comp[i]) && left->comp[i]->op == HG_OP_NAME) {
			*(component ? &c : &r) = hg_letter_axis_or_new(&s, left->comp[i]);
			component = true;
		}
	v->data = v->data || out.data || s.data;
	v->total = (s.sample_sum || s.divides_by_count || s.bare_sum) &&
	           (loss || (r == HG_AXIS_ONE && c == HG_AXIS_ONE)) && v->data;
	if (s.bare_sum && !s.sample_sum && !s.divides_by_count && !model->layout.batch)
		v->total = false;
	v->per_sample_total = loss && !v->total;
	v->raxis = loss ? HG_AXIS_ONE : r;
	v->caxis = loss ? HG_AXIS_ONE : c;
	v->row = r == HG_AXIS_ONE && c != HG_AXIS_ONE;
	model->layout.rows = model->layout.rows || (v->row && v->data);
	if (v->total)
		v->data = false;
	v->shaped = true;
	v->shaping = false;
	if (loss && v->total && !model->lossy.cost)
		model->lossy.cost = v;
	if (loss && v->per_sample_total && !model->lossy.loss)
		model->lossy.loss = v;
}

typedef struct letter_search {
	hg_shaper *s;
	const hg_expr *letter;
} letter_search;

static bool see_letter(void *self, const hg_expr *e)
{
	letter_search *l = self;
	hg_doc_model *m = l->s->model;
	hg_ref ref;
	if (!hg_name_at(e, &m->habits, m->arena, &ref))
		return true;
	if (ref.gradient || ref.delta)
		return false;
	size_t units = 0; /* the place of the letter among those that are not a sample's */
	for (size_t i = 0; i < ref.ncomp; i++)
		units += !hg_letter_is_sample(l->s, ref.comp[i]);
	for (size_t i = 0; i < ref.ncomp; i++) {
		if (ref.comp[i]->op != HG_OP_NAME || !hg_str_equal(ref.comp[i]->name, l->letter->name))
			continue;
		hg_var *v = hg_var_real(hg_model_find(m, &ref, l->s->local, true));
		if (v && v->def && !v->shaped)
			hg_var_shape(m, v);
		if (v && v->shaped && (v->raxis || v->caxis))
			hg_letter_count(l->s, l->letter, (units > 1 && i == 1) || v->raxis == HG_AXIS_ONE ? v->caxis : v->raxis);
		bool *row = hg_letter_row(l->s, l->letter);
		if (row && v && v->shaped && units == 1 && v->raxis == HG_AXIS_ONE && v->caxis != HG_AXIS_ONE)
			*row = true;
	}
	return false;
}

typedef struct sample_search {
	hg_shaper *s;
	const hg_expr *letter;
	bool found;
} sample_search;

static bool see_sample_index(void *self, const hg_expr *e)
{
	sample_search *w = self;
	hg_doc_model *m = w->s->model;
	hg_ref ref;
	if (e->op != HG_OP_NAME || !hg_ref_of(e, &m->habits, m->arena, &ref) || ref.ncomp != 2 || ref.gradient || ref.delta)
		return !w->found;
	hg_var *v = hg_var_real(hg_model_find(m, &ref, w->s->local, true));
	if (v && v->def && !v->shaped)
		hg_var_shape(m, v);
	int k = v && v->def ? hg_sample_index(v, &ref) : -1;
	w->found = w->found || (k >= 0 && ref.comp[k]->op == HG_OP_NAME && hg_str_equal(ref.comp[k]->name, w->letter->name));
	return !w->found;
}

bool hg_letter_counts_samples(hg_shaper *s, const hg_expr *letter, const hg_expr *e)
{
	sample_search search = {s, letter, false};
	hg_expr_visit(e, see_sample_index, &search);
	return search.found;
}

void hg_letter_learn(hg_shaper *s, const hg_expr *letter, const hg_expr *e)
{
	letter_search search = {s, letter};
	if (letter->op == HG_OP_NAME)
		hg_expr_visit(e, see_letter, &search);
}
