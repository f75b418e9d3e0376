/* One side of a statement: what kind it is, and what the numbers say of it. */
#include "claim/solve.h"
#include "model/said/kinds.h"
#include "verdict/assignment.h"
#include "verdict/bind_grounds.h"
#include "verdict/situations.h"
#include "lang/print.h"

#include <string.h>

static hg_status describe(hg_session *s, hg_finding *f, const hg_expr *left, const hg_expr *right)
{
	hg_buf line = {0};
	hg_print_plain(left, &line);
	f->of = hg_arena_copy(s->arena, line.p ? line.p : "", line.n);
	hg_buf_text(&line, " = ");
	hg_print_plain(right, &line);
	f->reads = hg_arena_copy(s->arena, line.p ? line.p : "", line.n);
	bool failed = line.failed;
	hg_buf_free(&line);
	return failed || !f->of || !f->reads ? HG_ENOMEM : HG_OK;
}

hg_status hg_session_add_side(hg_session *s, const hg_side_at *at, hg_kind kind, hg_finding_status status, hg_finding **f)
{
	*f = hg_session_add(s, at->statement, at->side, kind, status);
	if (*f && s->assignment && !s->rehearsing)
		(*f)->grounds.own_name = hg_is_own_name(s, at->left);
	return *f ? describe(s, *f, at->left, at->right) : HG_ENOMEM;
}

/* ---- claims --------------------------------------------------------------------------------------------------------------- */

static hg_judged *remember(hg_session *s, const hg_claim *claim, const hg_outcome_of_side *o, size_t finding)
{
	if (s->njudged == s->judged_room) {
		size_t room = s->judged_room ? 2 * s->judged_room : 32;
		hg_judged *more = HG_NEWS(s->arena, room, hg_judged);
		if (!more)
			return NULL;
		if (s->njudged)
			memcpy(more, s->judged, s->njudged * sizeof *more);
		s->judged = more;
		s->judged_room = room;
	}
	hg_judged *j = &s->judged[s->njudged++];
	*j = (hg_judged){.finding = finding, .claim = *claim, .setting = s->now, .left = claim->left, .agrees = o->agrees,
	                 .misfit = o->misfit, .vacuous = o->vacuous,
	                 .differs = o->try.fit == HG_FIT_DIFFERS, .shaped = o->try.fit == HG_FIT_SHAPE, .guessed = o->try.guessed, .world = o->world, .reading = o->reading};
	return j;
}

/* One factor of a product struck out: the rest was meant to stand, and neither with it nor without it is it right. */
static bool lone_strike(const hg_expr *e)
{
	size_t struck = 0;
	for (size_t i = 0; i < e->nkids && e->op == HG_OP_PRODUCT; i++)
		struck += e->kid[i]->op == HG_OP_CANCEL;
	return struck == 1 && !hg_expr_has(e, HG_OP_FRAC) && !hg_expr_has(e, HG_OP_SUM_OF);
}

static bool all_zero(const hg_try *t)
{
	size_t n = t->claimed ? t->rows * t->cols : 0;
	for (size_t i = 0; i < n; i++)
		if (t->claimed[i] != 0)
			return false;
	return n > 0;
}

/* The convention at the kink, wherever the derivative of ReLU is written with its cases. */
static hg_status kink_notes(hg_session *s, hg_finding *f, const hg_expr *e)
{
	if (e->op == HG_OP_CASES)
		for (size_t i = 0; i + 1 < e->nkids; i += 2) {
			const hg_expr *c = e->kid[i + 1], *v = e->kid[i];
			bool at_zero = c->op == HG_OP_COMPARE && c->kid[1]->op == HG_OP_NUM && c->kid[1]->number == 0 &&
			               (hg_str_is(c->word, ">=") || hg_str_is(c->word, "<=") || hg_str_is(c->word, "="));
			if (at_zero && v->op == HG_OP_NUM)
				return hg_finding_note(f, hg_arena_print(s->arena, "at 0, where there is no derivative, %g is used: a convention", v->number), s->arena);
		}
	for (size_t i = 0; i < e->nkids; i++)
		HG_TRY(kink_notes(s, f, e->kid[i]));
	return HG_OK;
}

/* For whose derivative are dZ and dJ/dZ written? A rehearsal notes what tells; then a line may be right for the other
 * convention only. */
static hg_status see_convention(hg_session *s, const hg_claim *claim, const hg_outcome_of_side *o, hg_judged *j)
{
	hg_meant *meant = &s->meant[((hg_claim_binding *)claim->binding)->asked.code];
	if (s->rehearsing) {
		HG_TRY(hg_convention_note_derivatives(&s->meant_by_derivatives, claim, o, s->scratch));
		return o->agrees && !o->vacuous ? hg_convention_note(meant, claim, &o->reading, s->scratch) : HG_OK;
	}
	const hg_reading judged = {.view = HG_VIEW_BATCH, .named = HG_TOTAL_SUM};
	if (!o->agrees && s->now->model.dz_open)
		HG_TRY(hg_convention_other(claim, &judged, s->scratch, &j->other_convention));
	if (!o->agrees && s->now->model.dj_open && !j->other_convention)
		HG_TRY(hg_convention_other_derivatives(claim, s->scratch, &j->other_convention));
	return HG_OK;
}

/* Names read as others: said beside the finding, and a convention that it rests on. */
static hg_status pen_notes(hg_session *s, hg_finding *f, const hg_expr *e, hg_outcome_of_side *o)
{
	size_t from = 0;
	for (const char *text; (text = hg_pen_next(s->pen, e, &from));) {
		bool said = false;
		for (size_t i = 0; i < f->nnotes; i++)
			said |= !strcmp(f->note[i], text);
		if (!said)
			HG_TRY(hg_finding_note(f, text, s->arena));
		o->reading.notation |= 1u << HG_NOTE_PEN;
	}
	return HG_OK;
}

/* Is what a derivative is by in an equation? 0 for a name of which nothing is known shows nothing. */
static bool knows_variable(const hg_session *s, const hg_claim *claim)
{
	hg_doc_model *model = &s->now->model;
	const hg_expr *by = claim->variable ? claim->variable : claim->left;
	hg_ref ref;
	if (!hg_ref_of(by, &model->habits, s->scratch, &ref) || (!ref.gradient && !claim->variable))
		return true;
	const hg_var *v = hg_var_real(hg_model_find(model, &ref, NULL, false));
	return v && hg_is_spoken_of(model, v);
}

static hg_status judge_claim(hg_session *s, const hg_side_at *at, const hg_expr *left, const hg_expr *right, hg_kind kind,
                             hg_finding **found, hg_outcome_of_side *o)
{
	hg_claim claim;
	hg_mark mark = hg_arena_mark(s->scratch);
	HG_TRY(hg_session_add_side(s, at, kind, HG_S_CANNOT_TELL, found));
	hg_finding *f = *found;
	if (s->convention.of[at->code] != HG_DZ_NOTHING)
		hg_convention_set(&s->now->model, &s->convention, at->code);
	HG_TRY(hg_claim_bind(s->now, f->id, left, right, at->code, at->batch_first, s->arena, &claim));
	HG_TRY(hg_claim_ask(&claim, NULL, s->scratch, o));
	if (s->readings) {
		hg_buf_print(s->readings, "%s %s\n", f->id, f->reads);
		HG_TRY(hg_claim_readings_dump(&claim, s->scratch, s->readings));
	}
	if (s->assignment && !s->rehearsing)
		HG_TRY(hg_grounds_of(s, claim.left, right, &f->grounds));
	if (s->assignment && !s->rehearsing)
		hg_grounds_view(s, &claim, o, &f->grounds);
	bool for_some = false;
	if (!o->agrees && o->try.fit == HG_FIT_DIFFERS)
		HG_TRY(hg_claim_some_indices(&claim, s->scratch, &for_some));
	HG_TRY(pen_notes(s, f, left, o));
	HG_TRY(pen_notes(s, f, right, o));
	hg_judged *j = remember(s, &claim, o, (size_t)(f - s->report->finding));
	if (!j)
		return HG_ENOMEM;
	j->null = all_zero(&o->try);
	j->literal = o->agrees && !o->vacuous && !o->reading.pretend && ((hg_claim_binding *)claim.binding)->line.products;
	s->now->literal += j->literal;
	HG_TRY(see_convention(s, &claim, o, j));
	HG_TRY(kink_notes(s, f, right));
	if (s->rehearsing)
		f->status = o->agrees ? HG_S_AGREES : HG_S_CANNOT_TELL;
	else if (o->agrees || o->try.fit == HG_FIT_DIFFERS)
		HG_TRY(hg_outcome_report(&claim, o, s->settings, s->scratch, s->arena, f));
	if (hg_world_refusal(&s->now->world[0]))
		j->differs = j->misfit = false;
	if (o->agrees && o->vacuous && (!hg_expr_numeric(right) || !knows_variable(s, &claim))) {
		hg_finding_leave(f, HG_S_CANNOT_TELL, HG_CAUSE_ZERO_AGAINST_ZERO);
		f->has_evidence = false;
	}
	if (for_some) {
		hg_finding_leave(f, HG_S_CANNOT_TELL, HG_CAUSE_SOME_INDICES);
		f->has_evidence = false;
		j->misfit = j->differs = false;
	} else if (!o->agrees && o->independent) {
		hg_finding_leave(f, HG_S_CANNOT_TELL, HG_CAUSE_DOES_NOT_DEPEND);
		f->has_evidence = false;
		j->misfit = j->differs = false;
	} else if (!o->agrees) {
		const hg_line *line = &((hg_claim_binding *)claim.binding)->line;
		bool sure = o->try.fit == HG_FIT_DIFFERS && !o->try.guessed && (!line->cancels || lone_strike(right));
		if (sure && !f->reason)
			f->status = HG_S_DISAGREES;
		else if (!f->reason && o->try.fit == HG_FIT_DIFFERS)
			hg_finding_because(f, o->try.guessed ? HG_CAUSE_LEFT_OPEN : HG_CAUSE_STRUCK_DIFFERS);
		else if (!f->reason)
			HG_TRY(hg_trouble_report(o->trouble ? o->trouble : HG_CAUSE_OTHER_SHAPE, o->at, s->said->doc->source->budget, s->arena, f));
	}
	hg_arena_release(s->scratch, mark);
	return hg_session_said(s, left, right, hg_expr_numeric(right) ? HG_SAID_NUMBERS : o->agrees ? HG_SAID_FORMULA : HG_SAID_WRONG);
}

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
	return left->op == HG_OP_CALL && left->kid[0]->op == HG_OP_NAME && hg_str_is(left->kid[0]->name, "sigma");
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
	HG_TRY(judge_claim(s, at, at->left, at->right, at->first ? HG_DEFINITION : HG_LINK, &f, &o));
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
	if (hg_expr_numeric(at->right)) {
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
		HG_TRY(judge_claim(s, at, by, step, HG_UPDATE, &f, &o));
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
	if (name && !known && hg_model_signal(model, &ref, s->scratch))
		name = false; /* a name of a derivative */
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
	HG_TRY(judge_claim(s, at, at->left, at->right, at->first ? HG_CLAIM : HG_LINK, &f, &o));
	hg_judged *j = &s->judged[s->njudged - 1];
	if (o.agrees || derivative || gradient || primed || is_identity(j))
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
