#include "grade/marks/around.h"
#include "grade/marks/worth.h"

#include <string.h>

/* w* is w2 where the layer is not said. */
static bool same_name(const char *a, const char *b)
{
	size_t n = strlen(a), k = strlen(b);
	if (n && a[n - 1] == '*' && strncmp(a, b, n - 1) == 0)
		return true;
	if (k && b[k - 1] == '*' && strncmp(a, b, k - 1) == 0)
		return true;
	return strcmp(a, b) == 0;
}

static bool same_bound(const hg_bound *a, const hg_bound *b)
{
	return a->by && b->by && strcmp(a->of, b->of) == 0 && same_name(a->by, b->by);
}

bool hg_states(const hg_finding *f, const hg_bound *asked)
{
	const hg_bound *states = &f->grounds.states;
	return asked->by && states->by && strcmp(states->of, asked->of) == 0 && strcmp(states->by, asked->by) == 0;
}

static bool is_claim(const hg_finding *f) { return f->kind == HG_CLAIM || f->kind == HG_LINK; }

static bool agrees(const hg_finding *f) { return f->status == HG_S_AGREES || f->status == HG_S_NOTATION; }

/* The derivative itself, or the loss under a derivative sign: then the line holds whatever the derivative is. */
static const char *says_nothing(const hg_finding *f)
{
	const hg_grounds *g = &f->grounds;
	for (size_t i = 0; i < g->ncites; i++) {
		const hg_bound *c = &g->cites[i];
		if (same_bound(c, &g->states))
			return "it contains the derivative that is asked for";
		if (strcmp(c->by, "?") == 0 || strcmp(c->of, "?") == 0)
			return "it is a derivative still to be taken";
	}
	return NULL;
}

/* What a line is worth by itself; `doubt` is one about the whole submission. A line that may count is UNSHOWN until what it cites is shown. */
static hg_line_worth alone(const hg_report *r, const hg_finding *f, const hg_steps *steps, const char *doubt)
{
	const hg_grounds *g = &f->grounds;
	bool stated = g->states.by && g->whole;
	switch (f->status) {
	case HG_S_CANNOT_READ:
		return (hg_line_worth){HG_WORTH_OPEN, "it could not be read"};
	case HG_S_CANNOT_TELL:
		return (hg_line_worth){HG_WORTH_OPEN, NULL};
	case HG_S_DISAGREES:
		if (!g->states.by)
			return (hg_line_worth){HG_WORTH_NOTHING, NULL};
		if (!g->plain || f->kind == HG_UPDATE)
			return (hg_line_worth){HG_WORTH_OPEN, "it does not hold, and is no plain statement of the derivative"};
		if (g->own_letters) /* whose meaning may have been taken otherwise */
			return (hg_line_worth){HG_WORTH_OPEN, "it is written in letters of its own"};
		return (hg_line_worth){f->inherited_from ? HG_WORTH_FOLLOWS : HG_WORTH_WRONG, NULL};
	case HG_S_AGREES:
	case HG_S_NOTATION:
		break;
	case HG_S_SKIPPED:
		if (f->kind == HG_DEFINITION || f->rel == HG_REL_PROPTO || f->rel == HG_REL_OTHER)
			return (hg_line_worth){HG_WORTH_OPEN, "what is said there was not understood"};
		return (hg_line_worth){HG_WORTH_NOTHING, NULL};
	default:
		return (hg_line_worth){g->own_name ? HG_WORTH_OPEN : HG_WORTH_NOTHING, "a name of the document's own"};
	}
	if (!g->states.by)
		return (hg_line_worth){g->ncites || g->own_name ? HG_WORTH_OPEN : HG_WORTH_NOTHING, "it is no plain statement of a derivative"};
	const char *why = says_nothing(f);
	if (!why && f->kind == HG_UPDATE)
		why = "it is said in a step of descent alone";
	if (!why && !is_claim(f))
		why = "a number is no formula";
	if (!why && !stated)
		why = "it states one entry of the derivative, or does not let it stand alone";
	if (!why)
		why = hg_line_doubt(r, f, steps);
	if (!why)
		why = doubt;
	return (hg_line_worth){HG_WORTH_UNSHOWN, why};
}

/* How a derivative that a line cites stands: shown by a line that counts; said by one that is wrong; neither. */
static hg_worth standing(const hg_report *r, const hg_line_worth *worth, const hg_bound *cited)
{
	hg_worth found = HG_WORTH_NOTHING;
	for (size_t i = 0; i < r->nfindings; i++) {
		if (!r->finding[i].grounds.whole || !same_bound(&r->finding[i].grounds.states, cited))
			continue;
		if (worth[i].worth == HG_WORTH_COUNTS)
			return HG_WORTH_COUNTS;
		if (worth[i].worth == HG_WORTH_WRONG || worth[i].worth == HG_WORTH_FOLLOWS || worth[i].worth == HG_WORTH_RESTS)
			found = HG_WORTH_RESTS;
	}
	return found;
}

/* COUNTS: everything it cites is shown. RESTS: what is not shown is said, and wrong. */
static hg_worth by_cites(const hg_report *r, const hg_line_worth *worth, const hg_grounds *g)
{
	hg_worth all = HG_WORTH_COUNTS;
	for (size_t i = 0; i < g->ncites; i++) {
		hg_worth one = standing(r, worth, &g->cites[i]);
		if (one == HG_WORTH_NOTHING)
			return HG_WORTH_UNSHOWN;
		all = one == HG_WORTH_RESTS ? one : all;
	}
	return all;
}

/* The least set: a line counts only through lines that count without it, so that no two lines bear each other. Each
 * round adds a line or is the last. */
static void settle(const hg_report *r, hg_line_worth *worth, hg_worth to)
{
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < r->nfindings; i++) {
			bool waits = worth[i].worth == HG_WORTH_UNSHOWN && !worth[i].why;
			if (!waits || by_cites(r, worth, &r->finding[i].grounds) != to)
				continue;
			worth[i].worth = to;
			more = true;
		}
	}
}

const hg_line_worth *hg_worth_of(const hg_report *r, const hg_steps *steps, hg_arena *arena)
{
	hg_line_worth *worth = HG_NEWS(arena, r->nfindings + 1, hg_line_worth);
	const char *hidden = hg_submission_doubt(r), *doubt = hidden ? hidden : hg_words_doubt(r);
	for (size_t i = 0; worth && i < r->nfindings; i++)
		worth[i] = alone(r, &r->finding[i], steps, doubt);
	if (!worth)
		return NULL;
	settle(r, worth, HG_WORTH_COUNTS);
	settle(r, worth, HG_WORTH_RESTS);
	for (size_t i = 0; i < r->nfindings; i++)
		if (worth[i].worth == HG_WORTH_UNSHOWN && !worth[i].why)
			worth[i].why = "it rests on a derivative that no line shows";
	return worth;
}

bool hg_may_state(const hg_finding *f, const hg_line_worth *worth, const hg_bound *asked)
{
	const hg_grounds *g = &f->grounds;
	if (worth->worth == HG_WORTH_NOTHING)
		return false;
	if (!asked->by || !g->states.by)
		return worth->worth == HG_WORTH_OPEN;
	if (strcmp(g->states.of, asked->of) == 0 && same_name(g->states.by, asked->by))
		return true;
	if (strcmp(g->states.by, asked->by) == 0) /* of another loss */
		return !agrees(f) || !g->whole || strcmp(g->states.of, "?") == 0 || asked->of[0] == '\0';
	return worth->worth == HG_WORTH_OPEN && (f->status == HG_S_CANNOT_TELL || f->status == HG_S_CANNOT_READ);
}
