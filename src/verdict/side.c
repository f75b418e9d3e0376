/* One side of a statement: what kind it is, and what the numbers say of it. */
#include "claim/solve.h"
#include "model/said/kinds.h"
#include "verdict/assignment.h"
#include "verdict/bind_grounds.h"
#include "verdict/claimed.h"
#include "verdict/situations.h"
#include "lang/print/print.h"

/* ---- definitions ------------------------------------------------------------------------------------------------------------ */

static hg_status defined(hg_session *s, const hg_side_at *at)
{
	hg_finding *f;
	HG_TRY(hg_session_said(s, at->left, at->right, HG_SAID_FORMULA));
	return hg_session_add_side(s, at, HG_DEFINITION, HG_S_DEFINED, &f);
}

/* The same equation again, perhaps in capitals. */
static bool repeats(hg_doc_model *model, const hg_expr *left, const hg_expr *right)
{
	hg_ref ref;
	hg_var *v = hg_is_plain_name(model, left, &ref) ? hg_model_find(model, &ref, NULL, false) : NULL;
	const hg_expr *def = v && v->def ? v->def->right : NULL;
	return def && def->op == right->op && def->nkids == right->nkids;
}

static bool is_derivative_of_name(const hg_expr *e) { return e->op == HG_OP_DERIV && e->nkids == 2 && e->kid[0]->op == HG_OP_NAME; }

/* Small and capital letters for one thing, in one section: two forms of one equation. Otherwise a name may be defined anew. */
static bool must_be_the_same(hg_session *s, const hg_side_at *at, const hg_ref *ref, const hg_var *v)
{
	const hg_definition *d = v && v->def && !v->def->guessed ? v->def : NULL;
	return d && !hg_is_loss_name(ref->base) && d->left.upper != ref->upper && !ref->ncomp == !d->left.ncomp &&
	       s->said->at[at->statement].section == s->said->at[d->statement].section;
}

/* sigma(z) = 1/(1 + e^-z): known, and said once more. */
static bool says_what_sigma_is(const hg_expr *left)
{
	return left->op == HG_OP_CALL && left->kid[0]->op == HG_OP_NAME && hg_str_is(left->kid[0]->name, HG_L_SIGMOID);
}

/* The student's equation where the assignment has another: wrong if it can be compared with it. */
static hg_status not_the_assignments(hg_session *s, hg_finding *f, const hg_outcome_of_side *o, const hg_definition *given)
{
	bool known = o->try.fit == HG_FIT_DIFFERS || o->try.fit == HG_FIT_SHAPE || o->misfit;
	f->status = known ? HG_S_DISAGREES : HG_S_CANNOT_TELL;
	hg_finding_because(f, HG_CAUSE_ASSIGNMENT_SILENT);
	return known ? hg_assignment_says(given, s->arena, f) : HG_OK;
}

/* A second equation for something the model already defines. */
static hg_status again(hg_session *s, const hg_side_at *at, const hg_ref *ref, hg_var *v)
{
	hg_finding *f;
	hg_outcome_of_side o;
	hg_ref value;
	bool named = !at->first && at->right->op == HG_OP_NAME && hg_ref_of(at->right, &s->now->model.habits, s->scratch, &value) &&
	             !hg_model_find(&s->now->model, &value, NULL, false); /* = lambda: a name for it */
	if (hg_expr_has(at->right, HG_OP_ELLIPSIS) || hg_names_function(at->right) || named)
		return defined(s, at);
	HG_TRY(hg_session_claim(s, at, at->left, at->right, at->first ? HG_DEFINITION : HG_LINK, &f, &o));
	hg_judged *j = &s->judged[s->njudged - 1];
	if (v && (v->guessed & HG_GUESS_REPAIR) && !o.agrees && v->def && (v->def->guessed & HG_GUESS_REPAIR) && at->first) {
		hg_finding_leave(f, HG_S_CANNOT_TELL, HG_CAUSE_LAYER_SKIPPED); /* wrong if what follows bears the repair out */
		j->differs = true;
		j->guessed = HG_GUESS_REPAIR;
	} else if (!o.agrees && v && v->def && v->def->given && at->first) {
		HG_TRY(not_the_assignments(s, f, &o, v->def));
		s->left = at->right;
	} else if (o.agrees && (repeats(&s->now->model, at->left, at->right) || says_what_sigma_is(at->left))) {
		f->status = HG_S_DEFINED;
		f->nnotation = 0;
		f->has_evidence = false;
	} else if (!o.agrees && at->first && !must_be_the_same(s, at, ref, v)) {
		bool unknown = !v || !v->def;
		f->status = unknown ? HG_S_SKIPPED : HG_S_DEFINED;
		hg_finding_because(f, unknown ? HG_CAUSE_NOTHING_TO_COMPARE : HG_CAUSE_DEFINED_ANEW);
		f->has_evidence = false;
		j->differs = j->misfit = false;
		s->left = at->right; /* what follows in the chain is compared with the new one */
		if (v)
			v->guessed |= HG_GUESS_CONTESTED;
	} else if (!o.agrees && (!v || !v->def || hg_is_loss_name(ref->base))) {
		hg_finding_leave(f, HG_S_CANNOT_TELL, HG_CAUSE_NOTHING_TO_COMPARE);
		j->differs = j->misfit = false;
	}
	return HG_OK;
}

/* Nothing but functions of letters: true for all their values, or wrong. */
static bool is_identity(const hg_judged *j)
{
	const hg_line *line = &((hg_claim_binding *)j->claim.binding)->line;
	return line->nunknown && !line->variables && !line->nletters;
}

typedef struct given_search {
	hg_doc_model *model;
	bool computed, any;
} given_search;

static bool see_given(void *self, const hg_expr *e)
{
	given_search *g = self;
	hg_ref ref;
	bool name = hg_name_at(e, &g->model->habits, g->model->arena, &ref);
	if (name) {
		hg_var *v = hg_var_real(hg_model_find(g->model, &ref, NULL, false));
		g->computed = g->computed || (v && v->def);
		g->any = g->any || v;
	}
	return !name;
}

/* Nothing but what the model is given: inputs, labels, weights. */
static bool only_given(hg_doc_model *model, const hg_expr *e)
{
	given_search g = {.model = model};
	hg_expr_visit(e, see_given, &g);
	return !g.computed && (g.any || hg_expr_numeric(e));
}

static bool says_signal(const hg_doc_model *model, size_t statement)
{
	for (size_t i = 0; i < model->nsignals; i++)
		if (model->signal[i]->statement == statement)
			return true;
	return false;
}

static bool is_overruled(const hg_doc_model *model, const hg_side_at *at)
{
	for (size_t i = 0; i < model->ndefs; i++)
		if (model->def[i]->overruled && model->def[i]->statement == at->statement && model->def[i]->side == at->side)
			return true;
	return false;
}

static bool is_lone_derivative(hg_doc_model *model, const hg_expr *e)
{
	hg_ref ref;
	return (e->op == HG_OP_DERIV && e->nkids == 2) || (e->op == HG_OP_NAME && hg_is_gradient(model, e, &ref));
}

/* ---- all ----------------------------------------------------------------------------------------------------------------------- */

static hg_status judge_side(hg_session *s, const hg_side_at *at)
{
	hg_doc_model *model = &s->now->model;
	hg_finding *f;
	hg_outcome_of_side o;
	hg_ref ref;
	bool derivative = hg_expr_has(at->left, HG_OP_DERIV), done = false;
	if (at->rel == HG_REL_IMPLIES && !derivative && !hg_is_gradient(model, at->left, &ref)) {
		HG_TRY(hg_session_add_side(s, at, HG_PROSE, HG_S_SKIPPED, &f));
		hg_finding_because(f, HG_CAUSE_ARROW);
		return HG_OK;
	}
	bool gradient = hg_is_gradient(model, at->left, &ref), name = !gradient && hg_is_plain_name(model, at->left, &ref);
	bool primed = hg_expr_has(at->left, HG_OP_PRIME);
	if (hg_is_of_numbers(model, at->right)) {
		HG_TRY(hg_session_numbers(s, at, derivative || gradient || primed, &done));
		if (done)
			return HG_OK;
	}
	if ((derivative || primed) && hg_sets_to_zero(model, at->left, at->right)) {
		HG_TRY(hg_session_add_side(s, at, HG_PROSE, HG_S_SKIPPED, &f));
		hg_finding_because(f, HG_CAUSE_SETS_ZERO);
		return HG_OK;
	}
	if (s->assignment && hg_assignment_contradicts(s, at)) {
		HG_TRY(hg_session_add_side(s, at, HG_DEFINITION, HG_S_DISAGREES, &f));
		return hg_assignment_objects(s, at, f);
	}
	if (is_overruled(model, at)) {
		HG_TRY(hg_session_add_side(s, at, HG_DEFINITION, HG_S_SKIPPED, &f));
		hg_finding_because(f, HG_CAUSE_GIVEN_BY_ASSIGNMENT);
		return HG_OK;
	}
	const hg_expr *by = NULL, *step = !gradient && !derivative ? hg_update_gradient(model, at->left, at->right, s->arena, &by) : NULL;
	if (step) {
		HG_TRY(hg_session_claim(s, at, by, step, HG_UPDATE, &f, &o));
		if (f->status == HG_S_CANNOT_TELL && is_lone_derivative(model, step))
			hg_finding_leave(f, HG_S_SKIPPED, HG_CAUSE_STEP_BY_NAME);
		return HG_OK;
	}
	if (hg_side_defines(model, at->statement, at->side)) {
		if (primed) /* g' = sigma' = ...: what follows is about the function named */
			s->left = at->right;
		return defined(s, at);
	}
	if ((gradient || says_signal(model, at->statement)) && is_derivative_of_name(at->right) && at->first)
		return defined(s, at);
	hg_var *known = name ? hg_model_find(model, &ref, NULL, false) : NULL;
	bool signal = name && hg_model_signal_beside(model, &ref, hg_var_real(known), s->scratch);
	name = name && !signal; /* a name of a derivative */
	signal = signal && (ref.ncomp || ref.layer || ref.label.n); /* e_3 after e_t = dL/da_t; g alone may be named anew */
	if (name && hg_is_count_name(ref.base) && at->right->op == HG_OP_CALL) /* n = len(x) */
		return defined(s, at);
	if (name && !derivative && !primed && (at->first || !hg_expr_has(at->right, HG_OP_DERIV)))
		return again(s, at, &ref, hg_var_real(hg_model_find(model, &ref, NULL, false)));
	if (s->first) {
		HG_TRY(hg_session_add_side(s, at, at->first ? HG_CLAIM : HG_LINK, HG_S_CANNOT_TELL, &f));
		if (!hg_session_asks(s, f))
			return HG_OK;
		s->report->nfindings--;
	}
	HG_TRY(hg_session_claim(s, at, at->left, at->right, at->first ? HG_CLAIM : HG_LINK, &f, &o));
	hg_judged *j = &s->judged[s->njudged - 1];
	if (o.agrees || derivative || signal || gradient || primed || is_identity(j))
		return HG_OK;
	j->differs = j->misfit = false;
	if (only_given(model, at->left) && only_given(model, at->right)) {
		hg_finding_leave(f, HG_S_SKIPPED, HG_CAUSE_CONDITION_ON_GIVEN);
	} else if (f->status == HG_S_DISAGREES) {
		hg_finding_leave(f, HG_S_CANNOT_TELL, HG_CAUSE_MAY_BE_CONDITION);
	}
	return HG_OK;
}

hg_status hg_session_side(hg_session *s, const hg_side_at *at)
{
	hg_side_at solved = *at;
	size_t before = s->report->nfindings;
	hg_budget_begin(s->said->doc->source->budget);
	hg_solved how = hg_solve_for_derivative(&s->now->model, &solved.left, &solved.right, s->arena);
	HG_TRY(judge_side(s, &solved));
	hg_finding *f = s->report->nfindings > before ? &s->report->finding[before] : NULL;
	if (how == HG_SOLVED_ZERO && f && f->status == HG_S_DISAGREES) {
		hg_finding_leave(f, HG_S_CANNOT_TELL, HG_CAUSE_ASKS_WHERE_ZERO);
		f->has_evidence = false;
		s->judged[s->njudged - 1].differs = s->judged[s->njudged - 1].misfit = false;
	}
	return HG_OK;
}
