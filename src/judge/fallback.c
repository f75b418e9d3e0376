/* A document of several networks defines its names anew again and again, and leaves out what it takes for granted.
 * Where its model as a whole cannot decide a claim, the claim is tried in the network that its own neighbourhood
 * describes: the definitions since the last backward pass, and for the rest the built-in network that a residual
 * dZ = A - Y names. A claim can agree there; it is never called wrong there. */
#include "judge/session.h"

#include "judge/kinds.h"
#include "judge/residual.h"

#include <string.h>

typedef struct backward_search {
	hg_session *s;
	bool found;
} backward_search;

static bool see_backward(void *self, const hg_expr *e)
{
	backward_search *b = self;
	hg_ref ref;
	if (e->op == HG_OP_DERIV)
		b->found = true;
	if (e->op == HG_OP_NAME && hg_ref_of(e, &b->s->now->model.habits, b->s->scratch, &ref))
		b->found = b->found || ref.gradient || ref.delta;
	return !b->found;
}

static bool is_backward(hg_session *s, const hg_statement *st)
{
	backward_search b = {.s = s};
	for (size_t k = 0; k < st->nsides; k++)
		hg_expr_visit(st->side[k].e, see_backward, &b);
	return b.found;
}

static bool is_forward(hg_session *s, const hg_statement *st)
{
	hg_ref ref;
	return st->nsides > 1 && st->side[0].e && hg_is_plain_name(&s->now->model, st->side[0].e, &ref) &&
	       (hg_str_is(ref.base, "z") || hg_str_is(ref.base, "a")) && !is_backward(s, st);
}

/* What holds wherever it stands: losses, and functions of a letter. */
static bool is_common(hg_session *s, const hg_statement *st)
{
	const hg_expr *left = st->nsides > 1 ? st->side[0].e : NULL;
	hg_ref ref;
	if (!left || is_backward(s, st))
		return false;
	const hg_expr *name = left->op == HG_OP_CALL ? left->kid[0] : left;
	if (!hg_ref_of(name, &s->now->model.habits, s->scratch, &ref))
		return false;
	return hg_is_loss_name(ref.base) || (left->op == HG_OP_CALL && !hg_str_is(ref.base, "z") && !hg_str_is(ref.base, "a"));
}

/* Back to the forward pass, and over it to the end of the backward pass before. */
static size_t start_of(hg_session *s, size_t residual)
{
	size_t from = residual;
	for (bool forward = false; from && !(forward && is_backward(s, &s->said->at[from - 1])); from--)
		forward = forward || is_forward(s, &s->said->at[from - 1]);
	return from;
}

static hg_status scopes(hg_session *s)
{
	hg_ref ref;
	s->fallback = HG_NEWS(s->arena, HG_MAX_FALLBACKS, hg_fallback);
	if (!s->fallback)
		return HG_ENOMEM;
	if (s->now->model.says_squares && !s->now->model.says_entropy)
		return HG_OK; /* then A - Y is not the residual of that loss */
	for (size_t i = 0; i < s->said->n && s->nfallbacks < HG_MAX_FALLBACKS; i++)
		if (hg_statement_residual(&s->said->at[i], &s->now->model.habits, s->scratch, &ref))
			s->fallback[s->nfallbacks++] = (hg_fallback){.residual = i, .from = start_of(s, i)};
	for (size_t i = 0; i < s->nfallbacks; i++) {
		hg_fallback *f = &s->fallback[i], *next = i + 1 < s->nfallbacks ? f + 1 : NULL;
		f->to = !next ? s->said->n : next->from > f->residual ? next->from : next->residual;
	}
	return HG_OK;
}

static hg_status open_fallback(hg_session *s, hg_fallback *f)
{
	static const hg_epochs none = {0};
	hg_statements *said = HG_NEW(s->arena, hg_statements);
	f->setting = HG_NEW(s->arena, hg_setting);
	if (!f->setting || !said)
		return HG_ENOMEM;
	*said = *s->said;
	said->at = HG_NEWS(s->arena, said->n + 1, hg_statement);
	if (!said->at)
		return HG_ENOMEM;
	memcpy(said->at, s->said->at, said->n * sizeof *said->at);
	for (size_t i = 0; i < said->n; i++)
		if ((i < f->from || i >= f->to) && !is_common(s, &said->at[i]))
			said->at[i].nsides = 0;
	HG_TRY(hg_setting_open(said, NULL, &none, (size_t)-1, HG_VARIANT_RESIDUAL, s->settings->seed, s->arena, f->setting));
	hg_convention_set(&f->setting->model, s->convention.of[0]);
	return HG_OK;
}

/* The network of the last residual before the statement; before the first, that of the first. */
static hg_fallback *fallback_of(hg_session *s, size_t statement)
{
	hg_fallback *f = s->fallback;
	while (f + 1 < s->fallback + s->nfallbacks && f->to <= statement)
		f++;
	return s->nfallbacks && f->from <= statement && statement < f->to ? f : NULL;
}

static hg_status note(hg_session *s, hg_finding *f)
{
	const char **list = HG_NEWS(s->arena, f->nnotes + 1, const char *);
	if (!list)
		return HG_ENOMEM;
	if (f->nnotes)
		memcpy(list, f->note, f->nnotes * sizeof *list);
	list[f->nnotes++] = "what the document leaves open is taken from the built-in network its A - Y belongs to: cross-entropy "
	                    "of a sigmoid or a softmax";
	f->note = list;
	return HG_OK;
}

static bool agrees(const hg_finding *f) { return f->status == HG_S_AGREES || f->status == HG_S_NOTATION; }

static bool is_open(const hg_finding *f)
{
	return f->status == HG_S_CANNOT_TELL && (f->kind == HG_CLAIM || f->kind == HG_LINK);
}

/* Judges one side; a claim left open once more, in the network of its neighbourhood. */
hg_status hg_session_side_or_fallback(hg_session *s, const hg_side_at *at)
{
	hg_report *r = s->report;
	size_t findings = r->nfindings, judged = s->njudged;
	const hg_session before = *s;
	HG_TRY(hg_session_side(s, at));
	if (r->nfindings != findings + 1 || !is_open(&r->finding[findings]) || !at->left || s->assignment)
		return HG_OK;
	if (!s->fallback)
		HG_TRY(scopes(s));
	hg_fallback *f = fallback_of(s, at->statement);
	if (!f)
		return HG_OK;
	if (!f->setting)
		HG_TRY(open_fallback(s, f));
	const hg_finding kept = r->finding[findings];
	const hg_session after = *s;
	hg_judged j = s->njudged > judged ? s->judged[judged] : (hg_judged){0};
	r->nfindings = findings;
	s->njudged = judged;
	s->left = before.left;
	s->number = before.number;
	s->given = before.given;
	s->now = f->setting;
	s->now->model.at = at->statement;
	HG_TRY(hg_session_side(s, at));
	s->now = before.now;
	if (r->nfindings == findings + 1 && agrees(&r->finding[findings])) {
		if (s->njudged > judged) { /* says nothing for what the document as a whole leaves open */
			s->judged[judged].vacuous = true;
			s->judged[judged].guessed = 0;
		}
		f->used = true;
		return note(s, &r->finding[findings]);
	}
	r->nfindings = findings + 1;
	r->finding[findings] = kept;
	s->njudged = after.njudged;
	if (s->njudged > judged)
		s->judged[judged] = j;
	s->left = after.left;
	s->number = after.number;
	s->given = after.given;
	return HG_OK;
}
