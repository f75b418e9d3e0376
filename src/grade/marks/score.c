#include "grade/marks/score.h"

#include "grade/marks/worth.h"
#include "report/phrase.h"

#include <string.h>

enum { MOST_FURTHER = 200 }; /* claims the assignment does not ask for */

/* A submission and what its lines are worth. */
typedef struct marking {
	const hg_report *report;
	const hg_steps *steps;
	const hg_line_worth *worth; /* of each finding */
	hg_arena *arena;
} marking;

/* What the report says about one step. */
typedef struct tally {
	size_t n[HG_WORTH_OPEN + 1];
	const hg_finding *first[HG_WORTH_OPEN + 1]; /* of each kind */
	const char *why[HG_WORTH_OPEN + 1];
	const hg_finding *last_counting, *open_after; /* what stands behind the last line that counts, undecided */
	const hg_finding *nearly;                     /* what may be the step, and is not surely */
	const char *nearly_why;
} tally;

/* ---- what there is of a step --------------------------------------------------------------------------------------- */

/* What is right, and something of another shape, or of none, that is no chain rule: it says two things. In one chain of
 * equalities another shape is enough. */
static bool cannot_both_be(const hg_finding *other, const hg_finding *right)
{
	const bool shaped = other->cause == HG_CAUSE_OTHER_SHAPE, misfits = other->cause == HG_CAUSE_FACTORS_MISFIT || other->cause == HG_CAUSE_SHAPES_OPEN;
	return (shaped && other->whole.at == right->whole.at) || ((shaped || misfits) && other->grounds.ncites == 0);
}

static void add(tally *t, const hg_finding *f, const hg_line_worth *w)
{
	t->n[w->worth]++;
	if (!t->first[w->worth]) {
		t->first[w->worth] = f;
		t->why[w->worth] = w->why;
	}
	const hg_finding *beside = t->open_after;
	if (w->worth == HG_WORTH_COUNTS) {
		t->last_counting = f;
		t->open_after = beside && cannot_both_be(beside, f) ? beside : NULL;
	} else if (w->worth == HG_WORTH_OPEN && !t->open_after) {
		t->open_after = f;
	}
}

/* A line that counts may be for one sample where the step is for all. */
static hg_line_worth for_step(const hg_finding *f, const hg_line_worth *w, const hg_bound *asked)
{
	if (w->worth == HG_WORTH_COUNTS && f->grounds.one_sample && !asked->each)
		return (hg_line_worth){HG_WORTH_UNSHOWN, "it is right for one sample, and the step is for all of them"};
	return *w;
}

static void gather(const marking *m, const hg_bound *asked, tally *t)
{
	for (size_t i = 0; i < m->report->nfindings; i++) {
		const hg_finding *f = &m->report->finding[i];
		const hg_line_worth *w = &m->worth[i];
		if (hg_states(f, asked)) {
			const hg_line_worth worth = for_step(f, w, asked);
			add(t, f, &worth);
		} else if (!t->nearly && hg_may_state(f, w, asked)) {
			t->nearly = f;
			t->nearly_why = w->why ? w->why : "it may be this step";
		}
	}
}

/* ---- a row ------------------------------------------------------------------------------------------------------------ */

static size_t line_of(const hg_report *r, const hg_finding *f)
{
	return f && r->source ? hg_source_place(r->source, f->span.at).line : 0;
}

/* "line 12: opposite sign; it may be this step" */
static hg_status explain(const marking *m, const hg_finding *f, const char *why, hg_score_row *row)
{
	hg_buf words = {0};
	row->line = line_of(m->report, f);
	if (row->line)
		hg_buf_print(&words, "line %zu: ", row->line);
	hg_say_outcome(f, f->status != HG_S_AGREES && f->status != HG_S_NOTATION, &words); /* how many digits is nobody's point */
	if (why)
		hg_buf_print(&words, "; %s", why);
	row->reason = words.failed ? NULL : hg_arena_copy(m->arena, words.p ? words.p : "", words.n);
	hg_buf_free(&words);
	return row->reason ? HG_OK : HG_ENOMEM;
}

static hg_status ask(const marking *m, hg_cell cell, const hg_finding *f, const char *why, hg_score_row *row)
{
	row->cell = cell;
	row->human = true;
	row->points = 0;
	return explain(m, f, why, row);
}

/* What is left of the points when its slips have taken off what the assignment says; 0 for a slip it does not speak of. */
static double after_slips(const marking *m, const hg_step *step, const hg_bound *asked)
{
	double points = step->points;
	bool off[HG_MOST_DEDUCTIONS] = {false};
	for (size_t i = 0; i < m->report->nfindings; i++) {
		const hg_finding *f = &m->report->finding[i];
		if (m->worth[i].worth != HG_WORTH_WRONG || !hg_states(f, asked))
			continue;
		const char *slips[2] = {f->nslips ? f->slip[0].id : "", f->nslips ? f->slip[0].with : NULL};
		for (size_t k = 0; k < 2 && slips[k]; k++) {
			size_t d = 0;
			while (d < step->ndeductions && strcmp(step->deduction[d].slip, slips[k]) != 0)
				d++;
			if (d == step->ndeductions)
				return 0;
			points -= off[d] ? 0 : step->deduction[d].points;
			off[d] = true;
		}
	}
	return points > 0 ? points : 0;
}

/* As she wrote it, on one line. */
static const char *written(const marking *m, const hg_finding *f)
{
	enum { LONGEST = 200 };
	hg_str text = hg_str_trim(hg_str_of(f->written));
	size_t n = 0;
	while (n < text.n && n < LONGEST)
		n += hg_str_character(hg_str_part(text, n, text.n));
	char *copy = hg_arena_print(m->arena, "%.*s%s", (int)n, text.p ? text.p : "", n < text.n ? " ..." : "");
	for (char *c = copy; c && *c; c++)
		if (*c == '\n' || *c == '\t')
			*c = ' ';
	return copy;
}

/* A mistake of a forward line makes another problem, easier perhaps: that is no mistake to be carried on by a rule. */
static bool follows_forward(const hg_report *r, const hg_finding *f)
{
	const hg_finding *root = f->inherited_from ? hg_report_find(r, hg_str_of(f->inherited_from)) : NULL;
	return root && root->kind == HG_DEFINITION;
}

static hg_status follows(const marking *m, const hg_finding *f, bool holds, hg_score_row *row)
{
	const double share[] = {[HG_INHERITED_UNSAID] = 0, [HG_INHERITED_FULL] = 1, [HG_INHERITED_HALF] = 0.5, [HG_INHERITED_NONE] = 0};
	const hg_inherited said = m->steps->inherited;
	if (said == HG_INHERITED_UNSAID && holds)
		return ask(m, HG_CELL_FOLLOWS, f, "what follows from a mistake counts as <!-- inherited: full --> of the assignment says", row);
	if (share[said] > 0 && follows_forward(m->report, f))
		return ask(m, HG_CELL_FOLLOWS, f, "it is right for another network than the assignment's", row);
	row->cell = HG_CELL_FOLLOWS;
	row->points = share[said] * row->of;
	return explain(m, f, holds ? "what it rests on is wrong" : NULL, row);
}

static hg_status decide(const marking *m, const hg_step *step, const hg_bound *asked, const tally *t, hg_score_row *row)
{
	const hg_finding *wrong = t->first[HG_WORTH_WRONG], *holds = t->first[HG_WORTH_RESTS];
	if (wrong) {
		row->cell = HG_CELL_WRONG;
		row->points = step ? after_slips(m, step, asked) : 0;
		row->slip = wrong->nslips ? wrong->slip->id : NULL;
		row->written = written(m, wrong);
		return row->written ? explain(m, wrong, NULL, row) : HG_ENOMEM;
	}
	if (t->last_counting && t->first[HG_WORTH_FOLLOWS])
		return ask(m, HG_CELL_UNSURE, t->first[HG_WORTH_FOLLOWS], "and another line for the same step is right", row);
	if (t->last_counting && t->open_after)
		return ask(m, HG_CELL_UNSURE, t->open_after, "it stands behind a line that is right, or beside it", row);
	if (t->last_counting) {
		row->cell = HG_CELL_RIGHT;
		row->points = row->of;
		return explain(m, t->last_counting, NULL, row);
	}
	if (t->n[HG_WORTH_OPEN]) {
		const hg_finding *f = t->first[HG_WORTH_OPEN];
		return ask(m, f->status == HG_S_CANNOT_READ ? HG_CELL_UNREAD : HG_CELL_UNSURE, f, t->why[HG_WORTH_OPEN], row);
	}
	if (holds || t->first[HG_WORTH_FOLLOWS])
		return follows(m, holds ? holds : t->first[HG_WORTH_FOLLOWS], holds != NULL, row);
	if (t->n[HG_WORTH_UNSHOWN])
		return ask(m, HG_CELL_UNSHOWN, t->first[HG_WORTH_UNSHOWN], t->why[HG_WORTH_UNSHOWN], row);
	if (t->nearly)
		return ask(m, HG_CELL_MISSING, t->nearly, t->nearly_why, row);
	row->cell = HG_CELL_MISSING;
	row->reason = "not found";
	if (!hg_shows_all(m->report)) {
		row->human = true;
		row->reason = "not found in what is shown; something in the submission is not";
	} else if (asked->by && strcmp(asked->by, "'") == 0) {
		row->human = true;
		row->reason = "not found by this name; it may be said of the quantity the function gives";
	}
	return HG_OK;
}

static void overrule(const hg_overrides *overrides, const char *student, hg_score_row *row)
{
	const hg_override *o = hg_override_find(overrides, student, row);
	if (!o)
		return;
	row->cell = HG_CELL_OVERRIDDEN;
	row->points = o->points;
	row->human = false;
	row->slip = NULL;
	row->reason = *o->reason ? o->reason : "decided by hand";
}

/* ---- the rows ------------------------------------------------------------------------------------------------------- */

static hg_status fill_steps(const marking *m, hg_score_row *row, bool *found)
{
	static const hg_bound unbound = {0};
	for (size_t i = 0; i < m->steps->n; i++) {
		const hg_step *step = &m->steps->at[i];
		const hg_bound *asked = i < m->report->nasked ? &m->report->asked[i] : &unbound;
		tally t = {0};
		row[i] = (hg_score_row){.key = step->key, .title = step->title, .of = step->points};
		gather(m, asked, &t);
		HG_TRY(decide(m, step, asked, &t, &row[i]));
		if (!asked->by && !row[i].human) {
			row[i].human = true;
			row[i].reason = "this step is no derivative of the assignment's own quantities: a person must look for it";
		}
		*found |= row[i].cell != HG_CELL_MISSING;
	}
	return HG_OK;
}

static bool is_asked(const hg_report *r, const hg_finding *f)
{
	for (size_t i = 0; i < r->nasked; i++)
		if (hg_states(f, &r->asked[i]))
			return true;
	return false;
}

static bool is_further(const marking *m, const hg_finding *f)
{
	bool claim = f->kind == HG_CLAIM || f->kind == HG_LINK || f->kind == HG_UPDATE || f->kind == HG_NUMERIC ||
	             (f->kind == HG_DEFINITION && f->status == HG_S_DISAGREES);
	return claim && f->of && f->status != HG_S_SKIPPED && f->status != HG_S_DEFINED && !is_asked(m->report, f);
}

static bool is_listed(const hg_score_row *row, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(row[i].key, key) == 0)
			return true;
	return false;
}

/* What the assignment does not ask for: by its name alone, and worth nothing. */
static hg_cell cell_of(const hg_finding *f)
{
	switch (f->status) {
	case HG_S_AGREES:
	case HG_S_NOTATION: return HG_CELL_RIGHT;
	case HG_S_DISAGREES: return f->inherited_from ? HG_CELL_FOLLOWS : HG_CELL_WRONG;
	case HG_S_CANNOT_READ: return HG_CELL_UNREAD;
	default: return HG_CELL_UNSURE;
	}
}

static hg_status fill_further(const marking *m, hg_score_row *row, size_t *n)
{
	const hg_report *r = m->report;
	for (size_t i = 0; i < r->nfindings && *n < m->steps->n + MOST_FURTHER; i++) {
		const hg_finding *f = &r->finding[i];
		const char *key = is_further(m, f) ? hg_step_key_of_text(f->of, m->arena) : "";
		if (!key)
			return HG_ENOMEM;
		if (!*key || is_listed(row, *n, key))
			continue;
		hg_score_row *more = &row[(*n)++];
		*more = (hg_score_row){.key = key, .title = f->of, .cell = cell_of(f)};
		more->human = m->steps->n == 0 && (more->cell == HG_CELL_UNSURE || more->cell == HG_CELL_UNREAD);
		more->slip = more->cell == HG_CELL_WRONG && f->nslips ? f->slip->id : NULL;
		HG_TRY(explain(m, f, NULL, more));
	}
	return HG_OK;
}

/* Why the submission as a whole has no score: it is not there, or none of it is what was asked for. */
static const char *why_none(const hg_report *r, const hg_steps *steps, bool found)
{
	if (r->trouble)
		return r->trouble;
	if (!r->nfindings)
		return "there is nothing in it that could be read as a derivation";
	return steps->n && !found ? "none of the steps of the assignment was found in it" : NULL;
}

hg_status hg_score_of(const hg_report *r, const hg_steps *steps, const hg_overrides *overrides, const char *student,
                      hg_arena *arena, hg_score *score)
{
	marking m = {.report = r, .steps = steps, .worth = hg_worth_of(r, steps, arena), .arena = arena};
	hg_score_row *row = HG_NEWS(arena, steps->n + r->nfindings + 1, hg_score_row);
	bool found = false;
	*score = (hg_score){.row = row, .nrows = steps->n};
	if (!row || !m.worth)
		return HG_ENOMEM;
	HG_TRY(fill_steps(&m, row, &found));
	HG_TRY(fill_further(&m, row, &score->nrows));
	score->why = why_none(r, steps, found);
	bool decided = steps->n > 0;
	for (size_t i = 0; i < score->nrows; i++) {
		bool step = i < steps->n;
		if (step && score->why) {
			row[i].human = true;
			row[i].cell = r->trouble ? HG_CELL_UNREAD : row[i].cell;
			row[i].points = 0;
			row[i].reason = score->why;
		}
		overrule(overrides, student, &row[i]);
		decided &= !step || row[i].cell == HG_CELL_OVERRIDDEN;
		score->points += row[i].points;
		score->of += row[i].of;
		score->human |= row[i].human && (step || steps->n == 0);
	}
	score->human |= score->why && !decided;
	return HG_OK;
}
