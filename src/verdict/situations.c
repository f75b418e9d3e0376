/* Equations that may say something else than that the one follows from the other: with numbers put in, of differentials, of
 * another function that has the same letter. */
#include "model/building.h"
#include "names/customs.h"
#include "model/said/kinds.h"
#include "model/said/sums.h"
#include "verdict/session.h"
#include "verdict/situations.h"

typedef struct name_search {
	hg_doc_model *model;
	const hg_expr *in;  /* where a name is looked for */
	hg_str base;
	bool found;
} name_search;

static bool see_base(void *self, const hg_expr *e)
{
	name_search *n = self;
	hg_ref ref;
	bool name = hg_name_at(e, &n->model->habits, n->model->arena, &ref);
	n->found = n->found || (name && hg_str_equal(ref.base, n->base));
	return !n->found && !name;
}

static bool mentions_base(hg_doc_model *model, const hg_expr *e, hg_str base)
{
	name_search n = {.model = model, .base = base};
	hg_expr_visit(e, see_base, &n);
	return n.found;
}

bool hg_is_spoken_of(hg_doc_model *model, const hg_var *v)
{
	bool found = v->def && !v->def->guessed;
	for (size_t i = 0; i < model->ndefs && !found; i++)
		found = !model->def[i]->guessed && !model->def[i]->numeric && hg_expr_mentions(model, model->def[i]->right, v);
	return found;
}

static bool see_computed(void *self, const hg_expr *e)
{
	name_search *n = self;
	hg_ref ref;
	const hg_var *v = hg_name_at(e, &n->model->habits, n->model->arena, &ref) ? hg_var_real(hg_model_find(n->model, &ref, NULL, false)) : NULL;
	n->found = n->found || (v && v->def);
	return !n->found;
}

bool hg_is_of_numbers(hg_doc_model *model, const hg_expr *e)
{
	name_search n = {.model = model};
	if (hg_expr_numeric(e))
		hg_expr_visit(e, see_computed, &n);
	return hg_expr_numeric(e) && !n.found;
}

/* ---- names that no equation speaks of -------------------------------------------------------------------------------- */

/* A name that has a number of our own alone: the model, with what it fills in, has no equation of it or with it. */
static bool is_unheard_of(hg_doc_model *model, const hg_var *v)
{
	bool found = v->def;
	for (size_t i = 0; i < model->nvars && !found; i++) /* a_0 beside a_1 is of its family */
		found = model->var[i]->def && ((v->layer != HG_NO_LAYER && model->var[i]->layer != HG_NO_LAYER && hg_str_equal(model->var[i]->base, v->base)) ||
		                               hg_expr_mentions(model, model->var[i]->def->right, v));
	for (size_t i = 0; i < model->ndefs && !found; i++)
		found = hg_expr_mentions(model, model->def[i]->right, v);
	return !found;
}

static bool is_unknown(const hg_line *line, const hg_expr *e)
{
	for (size_t i = 0; i < line->nunknown; i++)
		if (hg_expr_equal(line->unknown[i], e))
			return true;
	return false;
}

/* i of sum_i: bound there, and no name of the document. */
static bool binds(const hg_expr *e, const hg_expr *name)
{
	const hg_expr *letter = e->op == HG_OP_SUM || e->op == HG_OP_PROD ? hg_sum_letter(e) : NULL;
	bool found = letter && hg_expr_equal(letter, name);
	for (size_t i = 0; i < e->nkids && !found; i++)
		found = binds(e->kid[i], name);
	return found;
}

/* a_t of sum_{t=1}^3 a_t, where a_1, a_2 and a_3 are defined. */
static bool runs_over_defined(const hg_doc_model *model, const hg_expr *right, const hg_expr *name, hg_str base)
{
	const hg_expr *index = name->op == HG_OP_NAME && name->nindex == 1 ? name->index[0].e : NULL;
	index = index && index->op == HG_OP_SUM_OF ? index->kid[0] : index;
	bool defined = false;
	for (size_t i = 0; index && i < model->nvars; i++)
		defined = defined || (model->var[i]->def && hg_str_equal(model->var[i]->base, base));
	return defined && binds(right, index);
}

typedef struct unknown_search {
	hg_doc_model *model;
	const hg_judged *judged;
	const hg_expr *found;
} unknown_search;

static bool see_unknown(void *self, const hg_expr *e)
{
	unknown_search *u = self;
	hg_ref ref;
	if (!hg_name_at(e, &u->model->habits, u->model->arena, &ref))
		return !u->found;
	bool general = ref.layer && ref.layer->op != HG_OP_NUM; /* of every layer: the equations of layers speak of it */
	if (ref.gradient || ref.delta || general || (hg_custom_of(e->name) & HG_MAY_FIXED))
		return false;
	const hg_var *v = hg_var_real(hg_model_find(u->model, &ref, NULL, false));
	if (hg_model_signal_beside(u->model, &ref, v, u->model->arena)) /* G, where G = dL/dA was said */
		return false;
	bool unknown = v ? is_unheard_of(u->model, v) : is_unknown(&((const hg_claim_binding *)u->judged->claim.binding)->line, e);
	if (unknown && runs_over_defined(u->model, u->judged->claim.right, e, ref.base))
		return false;
	if (!u->found && unknown && !binds(u->judged->claim.right, e) && !mentions_base(u->model, u->judged->claim.left, ref.base))
		u->found = e;
	return false;
}

/* (h - y) a (1 - a), where nothing says what h is, and neither does the left side speak of it: it may be a. */
const hg_expr *hg_unknown_name(const hg_judged *j)
{
	unknown_search u = {.model = &j->setting->model, .judged = j};
	hg_expr_visit(j->claim.right, see_unknown, &u);
	return u.found;
}

bool hg_names_the_unknown(const hg_session *s, const hg_judged *j)
{
	(void)s;
	return hg_unknown_name(j) != NULL;
}

/* ---- numbers put in --------------------------------------------------------------------------------------------------- */

static bool has_number(const hg_doc_model *model, hg_str base)
{
	for (size_t i = 0; i < model->ndefs; i++)
		if (model->def[i]->numeric && hg_str_equal(model->def[i]->left.base, base))
			return true;
	return false;
}

static bool see_missing(void *self, const hg_expr *e)
{
	name_search *n = self;
	hg_ref ref;
	bool name = hg_name_at(e, &n->model->habits, n->model->arena, &ref);
	n->found = n->found || (name && has_number(n->model, ref.base) && !mentions_base(n->model, n->in, ref.base));
	return !n->found && !name;
}

/* u = b c = 2 b, where c = 2 was given. */
bool hg_puts_numbers_in(const hg_session *s, const hg_judged *j)
{
	name_search n = {.model = &j->setting->model, .in = j->claim.right};
	const hg_expr *from = j->claim.before ? j->claim.before : j->claim.left;
	(void)s;
	if (j->claim.sort == HG_SORT_DERIVATIVE)
		return false;
	hg_expr_visit(from, see_missing, &n);
	const hg_definition *d = NULL;
	for (size_t i = 0; !n.found && from->op == HG_OP_NAME && i < n.model->ndefs; i++) { /* u = 2 b, where u = b c */
		hg_ref ref;
		d = n.model->def[i];
		if (!d->numeric && hg_ref_of(from, &n.model->habits, n.model->arena, &ref) && hg_str_equal(ref.base, d->left.base))
			hg_expr_visit(d->right, see_missing, &n);
	}
	return n.found;
}

/* ---- differentials ---------------------------------------------------------------------------------------------------- */

static bool see_derivative(void *self, const hg_expr *e)
{
	name_search *n = self;
	hg_ref ref;
	const hg_expr *of = e->op == HG_OP_DERIV ? e->kid[0] : NULL;
	while (of && of->op == HG_OP_CALL)
		of = of->kid[0];
	n->found = n->found || (of && hg_name_at(of, &n->model->habits, n->model->arena, &ref) && hg_str_equal(ref.base, n->base));
	return !n->found;
}

/* It says so, or has another such line, which agrees. */
static bool speaks_of_differentials(const hg_session *s, const hg_doc_model *model)
{
	bool found = hg_model_says(model, HG_SAYS_DIFFERENTIALS);
	for (size_t i = 0; i < s->njudged && !found; i++)
		found = s->judged[i].agrees && !s->judged[i].vacuous && ((const hg_claim_binding *)s->judged[i].claim.binding)->line.differentials;
	return found;
}

/* Its names with a d are gradients of a loss: lines agree that are so, and A is made of Z where dA = W^T dZ stands, not the other way
 * round. */
static bool speaks_of_gradients(const hg_session *s)
{
	bool found = false;
	for (size_t i = 0; i < s->njudged && !found; i++) {
		const hg_line *line = &((const hg_claim_binding *)s->judged[i].claim.binding)->line;
		found = s->judged[i].agrees && !s->judged[i].vacuous && !line->differentials && line->gradients && s->judged[i].left->op == HG_OP_NAME;
	}
	return found;
}

/* dy = dy/dx dx: of y itself, so dy is no gradient of a loss by y. */
bool hg_is_total_differential(const hg_session *s, const hg_judged *j)
{
	name_search n = {.model = &j->setting->model};
	hg_ref ref;
	if (((const hg_claim_binding *)j->claim.binding)->line.differentials)
		return !speaks_of_differentials(s, n.model) && !speaks_of_gradients(s);
	if (j->left->op != HG_OP_NAME || !hg_ref_of(j->left, &n.model->habits, n.model->arena, &ref) || !ref.gradient)
		return false;
	n.base = ref.base;
	hg_expr_visit(j->claim.right, see_derivative, &n);
	return n.found;
}

/* ---- functions with one letter ---------------------------------------------------------------------------------------- */

static hg_str target_of(const hg_judged *j, hg_doc_model *model)
{
	const hg_expr *t = j->claim.sort == HG_SORT_DERIVATIVE ? j->claim.target : NULL;
	hg_ref ref;
	while (t && t->op == HG_OP_CALL)
		t = t->kid[0];
	return t && t->op == HG_OP_NAME && hg_ref_of(t, &model->habits, model->arena, &ref) && !ref.layer ? ref.base : (hg_str){0};
}

/* f(x) = x^3 after f(x, y) = x^2 + y^2: of two functions by one letter it is not said which one is meant. */
bool hg_is_defined_otherwise(const hg_session *s, const hg_judged *j)
{
	const hg_doc_model *model = &j->setting->model;
	hg_str base = target_of(j, &j->setting->model);
	size_t arguments = 0;
	bool two = false;
	(void)s;
	for (size_t i = 0; base.n && i < model->ndefs; i++) {
		const hg_definition *d = model->def[i];
		if (d->guessed || d->given || !hg_str_equal(d->left.base, base) || d->lhs->op != HG_OP_CALL)
			continue;
		two = two || (arguments && arguments != d->lhs->nkids - 1);
		arguments = d->lhs->nkids - 1;
	}
	for (size_t i = 0; base.n && i < model->nfunctions; i++) {
		const hg_named_function *f = model->function[i];
		two = two || (f->body && !f->guessed && !f->given && hg_str_equal(f->base, base) && arguments > 1);
	}
	return two;
}

/* "ReLU. d/dz g(z) = ...", where g was another function before: the words just before the line name one that g is not. */
bool hg_words_name_another(const hg_session *s, const hg_judged *j)
{
	hg_doc_model *model = &j->setting->model;
	const hg_doc *doc = s->said->doc;
	hg_str base = target_of(j, model);
	const hg_ref ref = {.base = base};
	const hg_named_function *f = base.n ? hg_model_function(model, &ref, NULL) : NULL;
	for (size_t i = 0; f && i + 1 < doc->nstretches; i++) {
		const hg_stretch *words = &doc->stretch[i], *line = &doc->stretch[i + 1];
		bool before = words->kind == HG_STRETCH_PROSE && j->claim.right->span.at >= line->span.at && j->claim.right->span.at < line->span.at + line->span.n;
		if (!before)
			continue;
		hg_fn whole;
		hg_map map = hg_words_activation(hg_source_text(doc->source, words->span), &whole);
		return (map != HG_NMAPS || whole != HG_NFNS) && (map != f->map || whole != f->whole);
	}
	return false;
}

/* Delta is the derivative by A, and later by X: which one a line means is not said. */
bool hg_uses_signal_of_two(const hg_session *s, const hg_judged *j)
{
	hg_doc_model *model = &j->setting->model;
	(void)s;
	for (size_t i = 0; i < model->nsignals; i++)
		for (size_t k = 0; k < i; k++) {
			const hg_ref *a = &model->signal[i]->left, *b = &model->signal[k]->left;
			bool marks = (!a->layer && !b->layer) || (a->layer && b->layer && hg_expr_equal(a->layer, b->layer));
			if (marks && hg_str_equal(a->base, b->base) && hg_str_equal(a->label, b->label) && !a->ncomp && !b->ncomp &&
			    !hg_expr_equal(model->signal[i]->derivative, model->signal[k]->derivative) &&
			    (mentions_base(model, j->claim.right, a->base) || hg_expr_equal(j->left, model->signal[i]->derivative) || hg_expr_equal(j->left, model->signal[k]->derivative)))
				return true;
		}
	return false;
}

/* y w^T x, where y may be 1 or -1: then its square is 1. */
bool hg_labels_are_unsaid(const hg_session *s, const hg_judged *j)
{
	hg_doc_model *model = &j->setting->model;
	return !s->taken->value[HG_CHOICE_LABELS] && !hg_model_says(model, HG_SAYS_SIGNS) && hg_label_weighs(model);
}

typedef struct index_search {
	hg_doc_model *model;
	const hg_expr *letter; /* that the sum binds */
	bool found;
} index_search;

static bool see_indexed_data(void *self, const hg_expr *e)
{
	index_search *n = self;
	hg_ref ref;
	if (!hg_name_at(e, &n->model->habits, n->model->arena, &ref))
		return true;
	const hg_var *v = hg_var_real(hg_model_find(n->model, &ref, NULL, false));
	n->found = n->found || (v && v->data && v->capital && !ref.upper && ref.ncomp == 1 && hg_expr_equal(ref.comp[0], n->letter));
	return false;
}

static bool see_open_sum(void *self, const hg_expr *e)
{
	index_search *n = self;
	const hg_expr *letter = e->op == HG_OP_SUM ? hg_sum_letter(e) : NULL, *limit = letter && e->nkids > 3 ? e->kid[3] : NULL;
	if (!limit || limit->op != HG_OP_NAME || hg_counts_samples(n->model, limit))
		return !n->found;
	n->letter = letter;
	hg_expr_visit(e->kid[0], see_indexed_data, n);
	return !n->found;
}

/* sum_{h=1}^Z of v_h beside a V of all samples, where nothing says what Z counts: entries of v, or samples. */
bool hg_sums_what_is_not_said(const hg_session *s, const hg_judged *j)
{
	index_search n = {.model = &j->setting->model};
	(void)s;
	hg_expr_visit(j->claim.right, see_open_sum, &n);
	return n.found;
}
