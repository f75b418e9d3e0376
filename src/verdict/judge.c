#include "verdict/judge.h"
#include "verdict/setting.h"

#include "verdict/assignment.h"
#include "verdict/bind_grounds.h"
#include "model/said/kinds.h"
#include "model/fill/residual.h"
#include "verdict/session.h"
#include "verdict/weigh.h"
#include "lang/print/print.h"

#include <string.h>

/* ---- statements ------------------------------------------------------------------------------------------------------------ */

static hg_status cannot_read(hg_session *s, size_t i)
{
	const hg_statement *st = &s->said->at[i];
	hg_finding *f = hg_session_add(s, i, st->nsides ? st->nsides - 1 : 0, HG_CLAIM, HG_S_CANNOT_READ);
	if (!f)
		return HG_ENOMEM;
	f->span = st->span;
	f->written = hg_session_text(s, st->span);
	f->unread = st->unread;
	if (hg_cause_names(st->unread_why))
		return hg_finding_because_of(f, st->unread_why, hg_session_text(s, st->unread), s->arena);
	hg_finding_because(f, st->unread_why);
	f->reason = st->unread_text;
	return HG_OK;
}

static hg_status skip(hg_session *s, size_t i, size_t k, hg_cause cause)
{
	hg_finding *f = hg_session_add(s, i, k, HG_PROSE, HG_S_SKIPPED);
	if (!f)
		return HG_ENOMEM;
	hg_finding_because(f, cause);
	return HG_OK;
}

static bool names_derivative(hg_session *s, const hg_expr *e)
{
	hg_ref ref;
	return e->op == HG_OP_DERIV || (hg_ref_of(e, &s->now->model.habits, s->arena, &ref) && (ref.gradient || ref.delta));
}

static bool equates(hg_rel rel)
{
	return rel == HG_REL_EQ || rel == HG_REL_DEFINED || rel == HG_REL_ASSIGN || rel == HG_REL_APPROX || rel == HG_REL_IMPLIES ||
	       rel == HG_REL_NONE;
}

static hg_setting *setting_of(hg_session *s, size_t statement)
{
	size_t epoch = 0;
	while (epoch + 1 < s->nsettings && s->epochs.start[epoch] <= statement)
		epoch++;
	return s->setting[epoch];
}

static hg_status statement(hg_session *s, size_t i)
{
	const hg_statement *st = &s->said->at[i];
	s->now = setting_of(s, i);
	s->now->model.at = i;
	if (st->implied || st->listed)
		return HG_OK;
	if (st->step)
		return skip(s, i, st->nsides ? st->nsides - 1 : 0, HG_CAUSE_STEP_ON_THE_WAY);
	if (st->unread.n)
		return cannot_read(s, i);
	if (!st->nsides || !st->side[0].e)
		return HG_OK;
	bool leads = st->side[0].rel != HG_REL_NONE, result = st->unary_claim && !leads;
	size_t k = 0;
	if (leads && st->nsides > 1 && names_derivative(s, st->side[0].e)) /* a new left side behind a stray = */
		leads = false;
	bool aside = st->in_reason || (st->nsides == 2 && st->side[1].e && hg_names_function(st->side[1].e));
	const hg_expr *left = s->left, *number = s->number; /* a remark in between does not end a chain */
	if (!leads && !result) {
		s->left = st->side[0].e;
		s->number = hg_expr_numeric(s->left) ? s->left : NULL;
		k = 1;
	}
	if (result && (!st->continues || names_derivative(s, st->side[0].e))) { /* a name whose value comes in the next block */
		s->left = st->side[0].e;
		s->number = NULL;
		return HG_OK;
	}
	for (bool first = k == 1; k < st->nsides; k++, first = false) {
		const hg_side *side = &st->side[k];
		if (!equates(side->rel)) {
			HG_TRY(skip(s, i, k, HG_CAUSE_NOT_AN_EQUATION));
			continue;
		}
		if (!s->left || !side->e) {
			HG_TRY(skip(s, i, k, HG_CAUSE_NO_LEFT_SIDE));
			continue;
		}
		hg_side_at at = {.statement = i, .side = k, .left = s->left, .right = side->e, .rel = side->rel, .first = first};
		at.batch_first = side->rel == HG_REL_IMPLIES || result;
		at.code = s->said->doc->stretch[st->stretch].kind == HG_STRETCH_CODE;
		HG_TRY(hg_session_side_or_fallback(s, &at));
	}
	if (aside) {
		s->left = left;
		s->number = number;
	}
	return HG_OK;
}

/* ---- the model, and what it reads ----------------------------------------------------------------------------------------- */

static bool listed(const hg_model *out, const char *line)
{
	for (size_t i = 0; i < out->nreads; i++)
		if (!strcmp(out->reads[i], line))
			return true;
	return false;
}

static hg_status list_reads(hg_session *s, const hg_doc_model *model, unsigned guessed, hg_model *out)
{
	const char **list = HG_NEWS(s->arena, out->nreads + model->nvars + 1, const char *);
	if (!list)
		return HG_ENOMEM;
	if (out->nreads)
		memcpy(list, out->reads, out->nreads * sizeof *list);
	out->reads = list;
	for (size_t i = 0; i < model->nvars; i++) {
		const hg_definition *d = model->var[i]->def;
		if (!d || !d->right || (guessed && !(d->guessed & guessed)))
			continue;
		hg_buf line = {0};
		if (model->var[i]->letter.n || !d->lhs)
			hg_buf_print(&line, "%.*s%d", HG_STR_ARG(model->var[i]->base), model->var[i]->layer);
		else
			hg_print_plain(d->lhs, &line);
		hg_buf_text(&line, " = ");
		hg_print_plain(d->right, &line);
		if (d->guessed)
			hg_buf_text(&line, " (assumed)");
		const char *read = hg_arena_copy(s->arena, line.p ? line.p : "", line.n);
		hg_buf_free(&line);
		if (!read)
			return HG_ENOMEM;
		if (!listed(out, read))
			list[out->nreads++] = read;
	}
	return HG_OK;
}

/* What the model defines; then what the built-in networks gave where they were needed. */
static hg_status report_model(hg_session *s)
{
	hg_doc_model *model = &s->setting[0]->model;
	hg_model *out = &s->report->model;
	size_t guessed = 0;
	HG_TRY(list_reads(s, model, 0, out));
	for (size_t i = 0; i < model->nvars; i++)
		guessed += model->var[i]->def && model->var[i]->def->right && model->var[i]->def->guessed;
	out->from = !out->nreads ? NULL : guessed == out->nreads ? "built-in" : s->assignment ? "assignment" : "document";
	for (size_t i = 1; i < s->nsettings; i++) /* what is defined anew */
		HG_TRY(list_reads(s, &s->setting[i]->model, 0, out));
	for (size_t i = 0; i < s->nfallbacks; i++)
		if (s->fallback[i].used)
			HG_TRY(list_reads(s, &s->fallback[i].setting->model, ~0u, out));
	if (out->nreads && !out->from)
		out->from = "built-in";
	return HG_OK;
}

static hg_status open_settings(hg_session *s, int variant)
{
	HG_TRY(hg_epochs_of(s->said, s->arena, &s->epochs));
	for (size_t e = 0; e <= s->epochs.n; e++) {
		s->setting[e] = HG_NEW(s->arena, hg_setting);
		if (!s->setting[e])
			return HG_ENOMEM;
		s->nsettings = e + 1;
		HG_TRY(hg_setting_open(s->said, s->assignment, &s->epochs, s->epochs.n ? e : (size_t)-1, variant, s->taken,
		                       s->settings->seed, s->arena, s->setting[e]));
	}
	return HG_OK;
}

static void close_settings(hg_session *s)
{
	for (size_t i = 0; i < s->nsettings; i++)
		hg_setting_close(s->setting[i]);
	if (s->own)
		hg_setting_close(s->own);
	for (size_t i = 0; i < s->nfallbacks; i++)
		if (s->fallback[i].setting)
			hg_setting_close(s->fallback[i].setting);
	for (size_t i = 0; i < s->nnearby; i++)
		if (s->nearby[i].setting)
			hg_setting_close(s->nearby[i].setting);
}

static hg_status all_statements(hg_session *s)
{
	for (size_t i = 0; i < s->said->n; i++)
		HG_TRY(statement(s, i));
	return HG_OK;
}

enum { VARIANTS = 5 };

/* What is said of dL/dyhat tells the loss apart more than what follows from it. */
static bool of_prediction(const hg_judged *j)
{
	hg_doc_model *model = &j->setting->model;
	hg_ref ref;
	if (!j->claim.variable || !model->lossy.prediction || !hg_ref_of(j->claim.variable, &model->habits, model->arena, &ref))
		return false;
	const hg_var *v = hg_var_real(hg_model_find(model, &ref, NULL, false));
	return v == model->lossy.prediction || (v && v->role == HG_ROLE_LABEL);
}

/* A run whose findings are thrown away: how many claims agree, and what dZ is taken to be. */
static hg_status rehearse(hg_session *real, int variant, size_t *score, hg_conventions *convention)
{
	hg_report report = {0};
	hg_session s = {.said = real->said, .pen = real->pen, .assignment = real->assignment, .taken = real->taken, .settings = real->settings, .report = &report,
	                .scratch = real->scratch, .rehearsing = true};
	*score = 0;
	s.arena = hg_arena_new();
	if (!s.arena)
		return HG_ENOMEM;
	hg_status status = open_settings(&s, variant);
	if (status == HG_OK)
		status = all_statements(&s);
	for (size_t i = 0; i < s.njudged && status == HG_OK; i++)
		if (s.judged[i].agrees && !s.judged[i].vacuous && !hg_session_repeats(&s, i))
			*score += 1 + of_prediction(&s.judged[i]);
	*convention = hg_conventions_of(s.meant, &s.meant_by_derivatives, s.nsettings && s.setting[0]->model.total.divides);
	close_settings(&s);
	hg_arena_free(s.arena);
	return status;
}

/* Which built-in choices fit the document best, where it leaves something open and nobody has chosen. */
static hg_status choose_variant(hg_session *s, bool open, int *variant)
{
	size_t best = 0, score;
	hg_conventions convention;
	const bool settled = s->taken->value[HG_CHOICE_LOSS] || s->first;
	const int first = *variant, past = settled ? first + 1 : open ? VARIANTS : 1;
	for (int v = first; v < past; v++) {
		HG_TRY(rehearse(s, v, &score, &convention));
		bool equal = v == HG_VARIANT_SMOOTH && s->setting[0]->model.lossy.several_losses && score == best;
		if (v > first && score <= best && !equal) /* of no special form, where nothing tells them apart */
			continue;
		best = score;
		*variant = v;
		s->convention = convention;
	}
	return HG_OK;
}

/* delta = (y - yhat) f'(z): if more of what follows is right for delta = -dE/dz, that is what it stands for. */
static hg_status choose_sign(hg_session *s, int *variant)
{
	const hg_habits *habits = &s->setting[0]->model.habits;
	hg_conventions as_plus, as_minus;
	size_t i = 0, plus, minus;
	const unsigned taken = s->taken->value[HG_CHOICE_SIGNAL];
	if (taken || s->first) {
		bool turned = taken ? taken == HG_SIGNAL_MINUS : s->first->model.variant >= HG_VARIANT_MINUS;
		*variant += turned ? HG_VARIANT_MINUS : 0;
		return HG_OK;
	}
	while (i < s->said->n && !hg_statement_turned_residual(&s->said->at[i], habits, s->arena))
		i++;
	if (i == s->said->n)
		return HG_OK;
	HG_TRY(rehearse(s, *variant, &plus, &as_plus));
	HG_TRY(rehearse(s, *variant + HG_VARIANT_MINUS, &minus, &as_minus));
	if (minus <= plus)
		return HG_OK;
	*variant += HG_VARIANT_MINUS;
	s->convention = as_minus;
	return HG_OK;
}

/* What dZ and dJ/dZ stand for, where somebody has chosen. Code that does not tell means what the formulas do, as always. */
static void take_conventions(hg_session *s)
{
	static const hg_convention meant[] = {[HG_DZ_OF_SUM] = HG_DZ_SUM, [HG_DZ_OF_COST] = HG_DZ_MEAN};
	hg_convention *of = s->convention.of;
	const unsigned dz = s->taken->value[HG_CHOICE_DZ], code = s->taken->value[HG_CHOICE_CODE_DZ], dj = s->taken->value[HG_CHOICE_DJ];
	const bool alike = of[0] == of[1] || of[1] == HG_DZ_OPEN;
	if (dz)
		of[0] = meant[dz];
	if (code || (dz && alike))
		of[1] = meant[code ? code : dz];
	if (dj)
		s->convention.derivatives = dj == HG_DJ_OF_SUM ? HG_DZ_SUM : HG_DZ_MEAN;
}

static hg_status prepare(hg_session *s)
{
	const unsigned loss = s->taken->value[HG_CHOICE_LOSS];
	int variant = loss ? (int)loss - 1 : s->first ? s->first->model.variant % HG_VARIANT_MINUS : 0;
	const int opened = variant;
	HG_TRY(open_settings(s, variant));
	const hg_doc_model *first = &s->setting[0]->model;
	bool open = first->lossy.several_losses || first->table;
	if (open || first->total.mean)
		HG_TRY(choose_variant(s, open, &variant));
	HG_TRY(choose_sign(s, &variant));
	take_conventions(s);
	s->report->model.variant = variant;
	if (variant != opened) {
		close_settings(s);
		HG_TRY(open_settings(s, variant));
	}
	for (size_t e = 0; e < s->nsettings && (open || first->total.mean); e++)
		hg_convention_set(&s->setting[e]->model, &s->convention, false);
	return HG_OK;
}

hg_status hg_session_run(hg_session *s)
{
	hg_status status = prepare(s);
	if (status == HG_OK)
		status = all_statements(s);
	if (status == HG_OK)
		status = hg_session_conclude(s);
	if (status == HG_OK)
		status = report_model(s);
	if (status == HG_OK)
		status = hg_session_understood(s);
	if (status == HG_OK)
		status = hg_asked_bind(s);
	close_settings(s);
	return status;
}
