/* The names of the slips in what disagrees. A line that stands in the document again is not searched again. */
#include "slips/diagnose.h"
#include "verdict/session.h"

#include <string.h>

enum { MOST_OTHERS = 64, MOST_NAMED = 400 };

typedef struct hg_named {
	size_t judged;
	hg_diagnosis found;
} hg_named;

/* Claims that share a setting, for the slip that is a wrong left side. */
static size_t others_of(const hg_session *s, const hg_judged *j, const hg_claim **other)
{
	size_t n = 0;
	for (size_t i = 0; i < s->njudged && n < MOST_OTHERS; i++)
		if (&s->judged[i] != j && s->judged[i].setting == j->setting)
			other[n++] = &s->judged[i].claim;
	return n;
}

static hg_status note(hg_session *s, hg_finding *f, hg_limit limit)
{
	const char *why = hg_limit_message(s->said->doc->source->budget, limit, s->arena);
	const char **list = HG_NEWS(s->arena, f->nnotes + 1, const char *);
	if (!list || !why)
		return HG_ENOMEM;
	if (f->nnotes)
		memcpy(list, f->note, f->nnotes * sizeof *list);
	list[f->nnotes++] = hg_arena_print(s->arena, "the search for its slip was given up: %s", why);
	f->note = list;
	return list[f->nnotes - 1] ? HG_OK : HG_ENOMEM;
}

static hg_str text_of(const hg_session *s, const hg_expr *e) { return hg_source_text(s->said->doc->source, e->span); }

/* The same line in the same model, to the byte. */
static bool same_line(const hg_session *s, const hg_judged *a, const hg_judged *b)
{
	const hg_claim_binding *x = a->claim.binding, *y = b->claim.binding;
	return a->setting == b->setting && x->asked.code == y->asked.code && a->claim.batch == b->claim.batch &&
	       a->claim.sort == b->claim.sort && !a->claim.before == !b->claim.before &&
	       hg_expr_equal(a->claim.right, b->claim.right) && hg_expr_equal(a->claim.left, b->claim.left) &&
	       hg_str_equal(text_of(s, a->claim.right), text_of(s, b->claim.right)) &&
	       hg_str_equal(text_of(s, a->claim.left), text_of(s, b->claim.left));
}

static bool inside(hg_span outer, hg_span inner)
{
	return inner.at >= outer.at && inner.at + inner.n <= outer.at + outer.n;
}

/* Where a place in the one line is in the other. False: it is in neither side. */
static bool carry_over(const hg_judged *from, const hg_judged *to, hg_span *at)
{
	const hg_span right = from->claim.right->span, left = from->claim.left->span;
	if (at->n == 0)
		return true;
	if (inside(right, *at))
		at->at = to->claim.right->span.at + (at->at - right.at);
	else if (inside(left, *at))
		at->at = to->claim.left->span.at + (at->at - left.at);
	else
		return false;
	return true;
}

/* What was found in an equal line before; *shared: there was one. */
static hg_status share(hg_session *s, const hg_judged *j, hg_finding *f, bool *shared)
{
	*shared = false;
	for (size_t k = 0; k < s->nnamed && !*shared; k++) {
		const hg_judged *before = &s->judged[s->named[k].judged];
		const hg_diagnosis *known = &s->named[k].found;
		if (!same_line(s, before, j))
			continue;
		hg_slip_found *slip = HG_NEWS(s->arena, known->nslips + 1, hg_slip_found);
		if (!slip)
			return HG_ENOMEM;
		*shared = true;
		for (size_t i = 0; i < known->nslips; i++) {
			slip[i] = known->slip[i];
			*shared = *shared && carry_over(before, j, &slip[i].at);
		}
		if (!*shared)
			return HG_OK;
		f->nslips = known->nslips;
		f->slip = slip;
		f->evidence.pattern = known->pattern;
	}
	return HG_OK;
}

/* Lines that were searched, for those after them; the first few hundred stand for the rest. */
static hg_status remember(hg_session *s, size_t i, const hg_diagnosis *found)
{
	if (!s->named)
		s->named = HG_NEWS(s->arena, MOST_NAMED, hg_named);
	if (!s->named)
		return HG_ENOMEM;
	if (s->nnamed < MOST_NAMED)
		s->named[s->nnamed++] = (hg_named){i, *found};
	return HG_OK;
}

hg_status hg_session_name_slip(hg_session *s, size_t i)
{
	const hg_claim *other[MOST_OTHERS];
	hg_judged *j = &s->judged[i];
	hg_finding *f = &s->report->finding[j->finding];
	hg_budget *budget = s->said->doc->source->budget;
	hg_diagnosis found;
	bool shared;
	HG_TRY(share(s, j, f, &shared));
	if (shared)
		return HG_OK;
	if (budget->spent[HG_LIMIT_REPAIRS] >= budget->most[HG_LIMIT_REPAIRS])
		return note(s, f, HG_LIMIT_REPAIRS);
	hg_mark mark = hg_arena_mark(s->scratch);
	hg_budget_begin(budget);
	const size_t n = others_of(s, j, other);
	hg_status status = hg_diagnose(&j->claim, other, n, s->said->doc->source, s->scratch, s->arena, &found);
	hg_arena_release(s->scratch, mark);
	HG_TRY(status);
	budget->spent[HG_LIMIT_REPAIRS] += found.tried;
	f->nslips = found.nslips;
	f->slip = found.slip;
	f->evidence.pattern = found.pattern;
	if (!hg_budget_retry(budget) && !f->nslips)
		return note(s, f, budget->stopped);
	return remember(s, i, &found);
}
