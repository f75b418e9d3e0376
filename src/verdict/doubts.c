/* What must not be called wrong, though it differs: where something else than the step itself may be why. */
#include "lang/print/print.h"
#include "model/building.h"
#include "verdict/session.h"
#include "verdict/situations.h"

#include <math.h>

static const hg_claim_binding *binding_of(const hg_judged *j) { return j->claim.binding; }

typedef struct layouts {
	hg_doc_model *model;
	bool plain, turned; /* z_1 = x W_1; z_2 = a_1 W_2^T */
} layouts;

static bool see_layout(void *self, const hg_expr *e)
{
	layouts *l = self;
	hg_ref ref;
	if (e->op != HG_OP_NAME && e->op != HG_OP_POW && e->op != HG_OP_TRANSPOSE)
		return true;
	if (!hg_ref_of(e, &l->model->habits, l->model->arena, &ref) || !hg_str_is(ref.base, HG_L_WEIGHT) || !ref.layer)
		return e->op != HG_OP_NAME;
	*(ref.transposed ? &l->turned : &l->plain) = true;
	return false;
}

/* A line about layer k cannot be held to a layout where the layers of the document have different ones. */
static bool general_over_layouts(const hg_session *s, const hg_judged *j)
{
	layouts l = {.model = &j->setting->model};
	(void)s;
	if (!binding_of(j)->line.layer_letter)
		return false;
	for (size_t k = 0; k < l.model->nvars; k++)
		if (l.model->var[k]->def)
			hg_expr_visit(l.model->var[k]->def->right, see_layout, &l);
	return l.plain && l.turned;
}

typedef struct open_layout {
	hg_doc_model *model;
	bool found;
} open_layout;

/* W or W^T, where W is known by its entries W_j alone: whether it is a row or a column nobody has said. */
static bool see_open_layout(void *self, const hg_expr *e)
{
	open_layout *o = self;
	hg_ref ref, entry;
	if ((e->op != HG_OP_NAME && e->op != HG_OP_POW && e->op != HG_OP_TRANSPOSE) ||
	    !hg_ref_of(e, &o->model->habits, o->model->arena, &ref) || ref.ncomp || !hg_str_is(ref.base, HG_L_WEIGHT))
		return !o->found;
	const hg_var *v = hg_var_real(hg_model_find(o->model, &ref, NULL, false));
	const hg_expr *spelled = v && v->capital ? v->capital : v ? v->small : NULL;
	o->found = spelled && (v->raxis == HG_AXIS_ONE) != (v->caxis == HG_AXIS_ONE) &&
	           hg_ref_of(spelled, &o->model->habits, o->model->arena, &entry) && entry.ncomp;
	return !o->found;
}

static bool open_weights(const hg_session *s, const hg_judged *j)
{
	open_layout o = {.model = &j->setting->model};
	(void)s;
	hg_expr_visit(j->claim.right, see_open_layout, &o);
	return o.found;
}

typedef struct mask_search {
	hg_str before; /* the document up to the claim */
	bool found;
} mask_search;

/* dh[h <= 0] = 0 somewhere before: entries of dh were changed, and the value it was given is not the one it has. */
static bool see_masked(void *self, const hg_expr *e)
{
	mask_search *m = self;
	if (e->op != HG_OP_NAME || m->found)
		return !m->found;
	for (size_t at = 0, next; at < m->before.n; at = next) {
		hg_str rest = hg_str_part(m->before, at, m->before.n);
		size_t hit = hg_str_find(rest, e->name), open = hit + e->name.n;
		if (hit == (size_t)-1)
			break;
		next = at + open;
		if (open >= rest.n || rest.p[open] != '[')
			continue;
		size_t close = open;
		bool compares = false;
		while (close < rest.n && rest.p[close] != ']' && rest.p[close] != '\n')
			compares |= rest.p[close] == '<' || rest.p[close] == '>', close++;
		hg_str after = hg_str_trim(hg_str_part(rest, close + 1, 4));
		m->found |= compares && hg_str_starts(after, "=") && !hg_str_starts(after, "==");
	}
	return !m->found;
}

static bool masked_before(const hg_session *s, const hg_judged *j)
{
	hg_str text = s->said->doc->source->text;
	mask_search m = {.before = hg_str_part(text, 0, j->claim.right->span.at)};
	if (binding_of(j)->asked.code)
		hg_expr_visit(j->claim.right, see_masked, &m);
	return m.found;
}

static bool see_open_gradient(void *self, const hg_expr *e)
{
	bool *found = self;
	*found |= e->op == HG_OP_DERIV && e->nkids == 1;
	return !*found;
}

/* a(eta) = lambda, A A^T grad f = A grad f: it may say what a name is, or what is assumed, rather than follow. */
static bool may_be_assumed(const hg_session *s, const hg_judged *j)
{
	hg_ref ref;
	bool open = false;
	hg_doc_model *model = &j->setting->model;
	if (j->claim.sort != HG_SORT_EQUALITY || s->report->finding[j->finding].kind == HG_DEFINITION)
		return false;
	hg_expr_visit(j->claim.left, see_open_gradient, &open);
	hg_expr_visit(j->claim.right, see_open_gradient, &open);
	if (open || j->claim.right->op != HG_OP_NAME || !hg_ref_of(j->claim.right, &model->habits, model->arena, &ref))
		return open;
	const hg_var *v = hg_var_real(hg_model_find(model, &ref, NULL, false));
	return !v || !v->def;
}

static bool see_mixed_signs(void *self, const hg_expr *e)
{
	bool *found = self, cdot = false, circ = false;
	for (size_t i = 0; e->op == HG_OP_PRODUCT && i + 1 < e->nkids; i++) {
		cdot |= e->glue[i] == HG_GLUE_CDOT;
		circ |= e->glue[i] == HG_GLUE_CIRC;
	}
	*found |= cdot && circ;
	return !*found;
}

/* d \cdot W^T \cdot s' \circ V^T: which of the two signs goes entry by entry, only the writer knows. */
static bool signs_of_products_open(const hg_session *s, const hg_judged *j)
{
	bool found = false;
	(void)s;
	hg_expr_visit(j->claim.right, see_mixed_signs, &found);
	return found && j->misfit;
}

/* Values that were found by differencing themselves carry its errors: a claim off by less may be right. */
static bool too_close_to_call(const hg_session *s, const hg_judged *j)
{
	const hg_finding *f = &s->report->finding[j->finding];
	const hg_line *line = &binding_of(j)->line;
	return (line->gradients || line->derivatives) && f->has_evidence && f->evidence.max_rel < 1e-3;
}

typedef struct function_search {
	hg_doc_model *model;
	bool open;
} function_search;

static bool see_open_function(void *self, const hg_expr *e)
{
	function_search *o = self;
	hg_ref ref;
	if (e->op != HG_OP_PRIME || e->kid[0]->op != HG_OP_NAME || e->kid[0]->name.n != 1 || !strchr(HG_LS_PRIMED, e->kid[0]->name.p[0]) ||
	    !hg_ref_of(e->kid[0], &o->model->habits, o->model->arena, &ref))
		return !o->open;
	const hg_named_function *f = hg_model_function(o->model, &ref, NULL);
	o->open = !f || (f->guessed & HG_GUESS_FUNCTION) || f->map == HG_MAP_GENERIC || f->map == HG_MAP_GENERIC2;
	return !o->open;
}

/* da g'(z), where g is any function, or several in one document. */
static bool open_activation(const hg_session *s, const hg_judged *j)
{
	function_search o = {.model = &j->setting->model};
	if (s->taken->value[HG_CHOICE_FUNCTION])
		return false;
	hg_expr_visit(j->claim.right, see_open_function, &o);
	return o.open;
}

/* dz, where the document has z of several layers, and of none: which one is meant is not said. */
static bool layer_not_said(const hg_session *s, const hg_judged *j)
{
	hg_doc_model *model = &j->setting->model;
	const hg_expr *by = j->claim.variable ? j->claim.variable : j->claim.left;
	hg_ref ref;
	(void)s;
	if (model->habits.layers < 2 || binding_of(j)->line.identity || by->op != HG_OP_NAME || !hg_ref_of(by, &model->habits, model->arena, &ref) ||
	    ref.layer || ref.label.n || ref.ncomp)
		return false;
	const hg_var *v = hg_model_find(model, &ref, NULL, false);
	return !v || v->same || !hg_is_spoken_of(model, v);
}

/* Right if dZ carries the 1/m of J, in a document that does not say whether it does, or says both. */
static bool convention_not_said(const hg_session *s, const hg_judged *j)
{
	(void)s;
	return j->other_convention;
}

/* grad J = 0: where it is 0 is asked, not said what it is. */
static bool asks_where_it_vanishes(const hg_session *s, const hg_judged *j)
{
	const hg_expr *e = j->claim.right;
	while (e->op == HG_OP_BOX || e->op == HG_OP_BRACE)
		e = e->kid[0];
	(void)s;
	return j->claim.sort == HG_SORT_DERIVATIVE && e->op == HG_OP_NUM && e->number == 0;
}

typedef struct form_search {
	hg_doc_model *model;
	bool said; /* some matrix is symmetric: those of quadratic forms are drawn so, and others may be meant */
	bool found;
} form_search;

static bool see_form(void *self, const hg_expr *e)
{
	form_search *f = self;
	hg_ref ref;
	bool name = hg_name_at(e, &f->model->habits, f->model->arena, &ref);
	const hg_var *v = name ? hg_var_real(hg_model_find(f->model, &ref, NULL, false)) : NULL;
	bool square = v && v->raxis > HG_AXIS_SAMPLES && v->raxis == v->caxis;
	f->found = f->found || (f->said ? square && !v->form : v && v->form);
	return !f->found && !name;
}

/* 2 A x is the gradient of x^T A x where A is symmetric. */
static bool symmetry_not_said(const hg_session *s, const hg_judged *j)
{
	form_search f = {.model = &j->setting->model, .said = hg_model_says(&j->setting->model, HG_SAYS_SYMMETRIC)};
	if (!s->taken->value[HG_CHOICE_SYMMETRIC])
		hg_expr_visit(j->claim.right, see_form, &f);
	return f.found;
}

typedef struct other_loss {
	hg_doc_model *model;
	hg_str target;
	bool found;
} other_loss;

static bool see_other_loss(void *self, const hg_expr *e)
{
	other_loss *o = self;
	hg_ref ref;
	const hg_expr *t = e->op == HG_OP_DERIV ? e->kid[0] : NULL;
	if (t && t->op == HG_OP_CALL)
		t = t->kid[0];
	if (t && t->op == HG_OP_NAME && hg_ref_of(t, &o->model->habits, o->model->arena, &ref) && hg_is_loss_name(ref.base))
		o->found = o->found || !hg_str_equal(ref.base, o->target);
	return !o->found;
}

/* dE/dx = dC/dx, off by the number of samples: which of two losses is of one sample and which of all may not be said. */
static bool losses_of_other_totals(const hg_session *s, const hg_judged *j)
{
	const hg_evidence *e = &s->report->finding[j->finding].evidence;
	const double m = (double)j->setting->world[j->world].m;
	const hg_expr *t = j->claim.target;
	if (t && t->op == HG_OP_CALL)
		t = t->kid[0];
	if (!t || t->op != HG_OP_NAME || !(fabs(e->ratio - m) < 1e-5 * m || fabs(e->ratio * m - 1) < 1e-5))
		return false;
	other_loss o = {.model = &j->setting->model, .target = t->name};
	hg_expr_visit(j->claim.right, see_other_loss, &o);
	return o.found;
}

/* sum_n (p_{nk} - t_{nk}) x_n, where n is an index of entries like any other: half understood. */
static bool examples_are_entries(const hg_session *s, const hg_judged *j)
{
	(void)s;
	const hg_doc_model *model = &binding_of(j)->setting->model;
	bool tables = false;
	for (size_t i = 0; i < model->nvars; i++) {
		const hg_var *v = model->var[i];
		bool matrix = v->raxis > HG_AXIS_SAMPLES && v->caxis > HG_AXIS_SAMPLES;
		tables = tables || (hg_var_is_label(v) && v->shaped && matrix);
	}
	return model->axes.class_axis && tables && hg_expr_has(j->claim.right, HG_OP_SUM);
}

static const struct {
	bool (*holds)(const hg_session *s, const hg_judged *j);
	hg_cause cause;
} doubts[] = {
	{general_over_layouts, HG_CAUSE_LAYOUTS_DIFFER},
	{open_weights, HG_CAUSE_ROW_OR_COLUMN},
	{too_close_to_call, HG_CAUSE_TOO_CLOSE},
	{open_activation, HG_CAUSE_WHICH_FUNCTION},
	{convention_not_said, HG_CAUSE_MEAN_NOT_SETTLED},
	{layer_not_said, HG_CAUSE_WHICH_LAYER},
	{masked_before, HG_CAUSE_MASKED_BEFORE},
	{asks_where_it_vanishes, HG_CAUSE_ASKS_WHERE_ZERO},
	{symmetry_not_said, HG_CAUSE_SYMMETRY_UNSAID},
	{hg_labels_are_unsaid, HG_CAUSE_LABELS_UNSAID},
	{losses_of_other_totals, HG_CAUSE_WHICH_LOSS_OF_ALL},
	{examples_are_entries, HG_CAUSE_EXAMPLES_AS_ENTRIES},
	{hg_names_the_unknown, HG_CAUSE_NAME_UNKNOWN},
	{hg_puts_numbers_in, HG_CAUSE_NUMBERS_PUT_IN},
	{hg_is_total_differential, HG_CAUSE_DIFFERENTIAL},
	{hg_is_defined_otherwise, HG_CAUSE_WHICH_DEFINITION},
	{hg_is_off_by_other_total, HG_CAUSE_OTHER_TOTAL},
	{hg_is_off_by_unknown_divisor, HG_CAUSE_OTHER_TOTAL},
	{hg_lacks_samples, HG_CAUSE_COUNTS_WHAT},
	{hg_sums_what_is_not_said, HG_CAUSE_COUNTS_WHAT},
	{hg_uses_signal_of_two, HG_CAUSE_SIGNAL_OF_TWO},
	{hg_words_name_another, HG_CAUSE_WORDS_NAME_ANOTHER},
	{may_be_assumed, HG_CAUSE_MAY_BE_ASSUMED},
	{signs_of_products_open, HG_CAUSE_TWO_SIGNS},
};

/* Does the claim rest on whether a gradient's name and a parameter's gradient are of the sum over the batch or the mean? */
static bool rests_on_totals(const hg_session *s, const hg_judged *j)
{
	hg_finding_status status = s->report->finding[j->finding].status;
	return j->agrees && (status == HG_S_AGREES || status == HG_S_NOTATION) && j->reading.view == HG_VIEW_BATCH &&
	       binding_of(j)->line.gradients;
}

/* dW = dZ A^T / m beside db = sum(dZ): each is right for one meaning of dZ, and formulas have one, as code has. The fewer
 * are open. */
static void hold_to_one_total(hg_session *s, bool code)
{
	enum { WAYS = 9 };
	size_t of[WAYS] = {0}, most = 0, against = 0; /* against: right for the other meaning */
	for (size_t i = 0; i < s->njudged; i++)
		against += s->judged[i].other_convention && binding_of(&s->judged[i])->asked.code == code;
	for (size_t i = 0; i < s->njudged; i++)
		if (rests_on_totals(s, &s->judged[i]) && binding_of(&s->judged[i])->asked.code == code)
			of[3 * s->judged[i].reading.params + s->judged[i].reading.named]++;
	for (size_t k = 1; k < WAYS; k++)
		most = of[k] > of[most] ? k : most;
	for (size_t i = 0; i < s->njudged; i++) {
		const hg_judged *j = &s->judged[i];
		hg_finding *f = &s->report->finding[j->finding];
		size_t way = 3 * (size_t)j->reading.params + j->reading.named;
		if (!rests_on_totals(s, j) || binding_of(j)->asked.code != code || (of[way] == of[most] && of[way] >= against))
			continue;
		hg_finding_leave(f, HG_S_CANNOT_TELL, HG_CAUSE_OTHER_TOTAL);
	}
}

/* db = dz, where b is added to z: right if it is as large as z, and no row that is added to every other. */
static bool is_of_spread(const hg_judged *j)
{
	hg_doc_model *model = &j->setting->model;
	const hg_expr *by = j->claim.variable ? j->claim.variable : j->claim.left;
	hg_ref ref;
	if (!j->agrees || j->claim.sort != HG_SORT_DERIVATIVE || !hg_ref_of(by, &model->habits, model->arena, &ref))
		return false;
	const hg_var *v = hg_var_real(hg_model_find(model, &ref, NULL, false));
	return v && v->spread;
}

static void doubt_spread(hg_session *s)
{
	for (size_t i = 0; i < s->njudged; i++) {
		hg_finding *f = &s->report->finding[s->judged[i].finding];
		if ((f->status == HG_S_AGREES || f->status == HG_S_NOTATION) && is_of_spread(&s->judged[i]))
			hg_finding_leave(f, HG_S_CANNOT_TELL, HG_CAUSE_ROW_OR_WHOLE);
	}
}

hg_status hg_session_doubt(hg_session *s)
{
	doubt_spread(s);
	hold_to_one_total(s, false);
	hold_to_one_total(s, true);
	for (size_t i = 0; i < s->njudged; i++) {
		const hg_judged *j = &s->judged[i];
		hg_finding *f = &s->report->finding[j->finding];
		for (size_t k = 0; k < sizeof doubts / sizeof *doubts && f->status == HG_S_DISAGREES; k++)
			if (doubts[k].holds(s, j))
				hg_finding_leave(f, HG_S_CANNOT_TELL, doubts[k].cause);
		if (f->status == HG_S_CANNOT_TELL && f->cause == HG_CAUSE_NAME_UNKNOWN && hg_unknown_name(j))
			HG_TRY(hg_finding_because_of(f, HG_CAUSE_NAME_UNKNOWN, hg_plain_of(hg_unknown_name(j), s->arena), s->arena));
	}
	return HG_OK;
}
