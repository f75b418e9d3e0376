/* A document of several networks defines its names anew again and again, and leaves out what it takes for granted.
 * Where its model as a whole cannot decide a claim, the claim is tried in the network that its own neighbourhood
 * describes: the definitions since the last backward pass, and for the rest the built-in network that a residual
 * dZ = A - Y names. A claim can agree there; it is never called wrong there. */
#include "verdict/session.h"
#include "verdict/setting.h"

#include "model/said/kinds.h"
#include "model/fill/residual.h"

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
	       (hg_str_is(ref.base, HG_L_PREACTIVATION) || hg_str_is(ref.base, HG_L_ACTIVATION)) && !is_backward(s, st);
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
	return hg_is_loss_name(ref.base) || (left->op == HG_OP_CALL && !hg_str_is(ref.base, HG_L_PREACTIVATION) && !hg_str_is(ref.base, HG_L_ACTIVATION));
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
	if (hg_model_says(&s->now->model, HG_SAYS_SQUARES) && !hg_model_says(&s->now->model, HG_SAYS_ENTROPY))
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

static hg_status open_fallback(hg_session *s, hg_fallback *f, int variant)
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
		if ((i < f->from || i >= f->to) && (variant != HG_VARIANT_RESIDUAL || !is_common(s, &said->at[i])))
			said->at[i].nsides = 0;
	HG_TRY(hg_setting_open(said, NULL, &none, (size_t)-1, variant, s->taken, s->settings->seed, s->arena, f->setting));
	hg_convention_set(&f->setting->model, &s->convention, false);
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

static bool agrees(const hg_finding *f) { return f->status == HG_S_AGREES || f->status == HG_S_NOTATION; }

static bool is_open(const hg_finding *f)
{
	return f->status == HG_S_CANNOT_TELL && (f->kind == HG_CLAIM || f->kind == HG_LINK);
}

/* What is judged anew, and how the session stood before. */
typedef struct again {
	const hg_side_at *at;
	size_t findings, judged;
	hg_session before;
} again;

/* The same side in another setting. It counts only if it agrees there. */
static hg_status retry(hg_session *s, const again *a, hg_fallback *f, const char *text, bool *done)
{
	hg_report *r = s->report;
	const hg_finding kept = r->finding[a->findings];
	const hg_session after = *s;
	hg_judged j = s->njudged > a->judged ? s->judged[a->judged] : (hg_judged){0};
	r->nfindings = a->findings;
	s->njudged = a->judged;
	s->left = a->before.left;
	s->number = a->before.number;
	s->given = a->before.given;
	s->now = f->setting;
	s->now->model.at = a->at->statement;
	HG_TRY(hg_session_side(s, a->at));
	s->now = a->before.now;
	*done = r->nfindings == a->findings + 1 && agrees(&r->finding[a->findings]);
	if (*done) {
		if (s->njudged > a->judged) { /* says nothing for what the document as a whole leaves open */
			s->judged[a->judged].vacuous = true;
			s->judged[a->judged].guessed = 0;
		}
		f->used = true;
		return hg_finding_note(&r->finding[a->findings], text, s->arena);
	}
	r->nfindings = a->findings + 1;
	r->finding[a->findings] = kept;
	s->njudged = after.njudged;
	if (s->njudged > a->judged)
		s->judged[a->judged] = j;
	s->left = after.left;
	s->number = after.number;
	s->given = after.given;
	return HG_OK;
}

/* ---- what stands just before ----------------------------------------------------------------------------------------- */

static bool defines(hg_session *s, const hg_statement *st)
{
	hg_ref ref;
	return st->nsides > 1 && st->side[0].e && hg_is_plain_name(&s->now->model, st->side[0].e, &ref) && !is_backward(s, st);
}

/* Modules, examples, exercises: each has equations of its own, and names that others use for other things. The scope of
 * a claim is what was defined since the last claim before. False: it is the whole document. */
static bool nearby_scope(hg_session *s, size_t statement, size_t *from)
{
	size_t at = statement;
	while (at && !defines(s, &s->said->at[at - 1]))
		at--;
	while (at && !is_backward(s, &s->said->at[at - 1]))
		at--;
	*from = at;
	bool other = false;
	for (size_t i = 0; i < s->said->n && !other; i++)
		other = (i < at || i > statement) && defines(s, &s->said->at[i]);
	return other;
}

static hg_status nearby(hg_session *s, const again *a, bool *done)
{
	size_t from;
	hg_fallback *f = s->nearby;
	const hg_judged *j = s->njudged > a->judged ? &s->judged[a->judged] : NULL;
	const unsigned doubtful = HG_GUESS_CONTESTED | HG_GUESS_PREDICTION | HG_GUESS_LAYER;
	if (!j || j->claim.sort != HG_SORT_DERIVATIVE || (j->differs && !(j->guessed & doubtful)) || !nearby_scope(s, a->at->statement, &from))
		return HG_OK;
	if (!f && !(f = s->nearby = HG_NEWS(s->arena, HG_MAX_NEARBY, hg_fallback)))
		return HG_ENOMEM;
	while (f < s->nearby + s->nnearby && f->from != from)
		f++;
	if (f == s->nearby + HG_MAX_NEARBY)
		return HG_OK;
	if (f == s->nearby + s->nnearby) {
		s->nnearby++;
		*f = (hg_fallback){.residual = a->at->statement, .from = from, .to = a->at->statement + 1};
		HG_TRY(open_fallback(s, f, HG_VARIANT_SMOOTH));
	}
	return retry(s, a, f, "read with the equations just before it alone: the names mean other things elsewhere", done);
}

/* Judges one side; a claim left open once more, in the network of its neighbourhood. */
hg_status hg_session_side_or_fallback(hg_session *s, const hg_side_at *at)
{
	hg_report *r = s->report;
	again a = {.at = at, .findings = r->nfindings, .judged = s->njudged, .before = *s};
	bool done = false;
	HG_TRY(hg_session_side(s, at));
	if (r->nfindings != a.findings + 1 || !is_open(&r->finding[a.findings]) || !at->left || s->assignment || s->first)
		return HG_OK;
	if (!s->fallback)
		HG_TRY(scopes(s));
	hg_fallback *f = fallback_of(s, at->statement);
	if (f && !f->setting)
		HG_TRY(open_fallback(s, f, HG_VARIANT_RESIDUAL));
	if (f)
		HG_TRY(retry(s, &a, f, "what the document leaves open is taken from the built-in network its A - Y belongs to: "
		                       "cross-entropy of a sigmoid or a softmax", &done));
	return done ? HG_OK : nearby(s, &a, &done);
}
