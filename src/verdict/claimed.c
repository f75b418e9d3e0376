/* A side that claims something: asked of the numbers, remembered, and put down with what is to be noted of it. */
#include "verdict/claimed.h"
#include "verdict/bind_grounds.h"
#include "verdict/situations.h"

#include <string.h>

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
	if (!o->agrees && s->now->model.total.dz_open)
		HG_TRY(hg_convention_other(claim, &judged, s->scratch, &j->other_convention));
	if (!o->agrees && s->now->model.total.dj_open && !j->other_convention)
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

hg_status hg_session_claim(hg_session *s, const hg_side_at *at, const hg_expr *left, const hg_expr *right, hg_kind kind,
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
		HG_TRY(hg_outcome_report(&claim, o, s->certifier, s->scratch, s->arena, f));
	if (hg_world_refusal(&s->now->world[0]))
		j->differs = j->misfit = false;
	if (o->agrees && o->vacuous && (!hg_is_of_numbers(&s->now->model, right) || !knows_variable(s, &claim))) {
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
	return hg_session_said(s, left, right, hg_is_of_numbers(&s->now->model, right) ? HG_SAID_NUMBERS : o->agrees ? HG_SAID_FORMULA : HG_SAID_WRONG);
}
