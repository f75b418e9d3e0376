#include "grade/score.h"

#include "report/phrase.h"

#include <string.h>

enum { MOST_FURTHER = 200 }; /* claims the assignment does not ask for */

/* What the report says about one step. */
typedef struct tally {
	size_t right, wrong, follows, unsure, unread;
	const hg_finding *first_wrong, *first;
} tally;

static bool counts(const hg_finding *f)
{
	return f->kind == HG_CLAIM || f->kind == HG_LINK || f->kind == HG_UPDATE || f->kind == HG_NUMERIC ||
	       (f->kind == HG_DEFINITION && f->status == HG_S_DISAGREES);
}

static void add(tally *t, const hg_finding *f)
{
	switch (f->status) {
	case HG_S_AGREES:
	case HG_S_NOTATION: t->right++; break;
	case HG_S_DISAGREES:
		t->follows += f->inherited_from != NULL;
		t->wrong += f->inherited_from == NULL;
		if (!t->first_wrong && !f->inherited_from)
			t->first_wrong = f;
		break;
	case HG_S_CANNOT_TELL: t->unsure++; break;
	case HG_S_CANNOT_READ: t->unread++; break;
	default: return;
	}
	t->first = t->first ? t->first : f;
}

static hg_cell cell_of(const tally *t)
{
	return t->wrong    ? HG_CELL_WRONG
	       : t->right  ? HG_CELL_RIGHT
	       : t->follows ? HG_CELL_FOLLOWS
	       : t->unsure ? HG_CELL_UNSURE
	       : t->unread ? HG_CELL_UNREAD
	                   : HG_CELL_MISSING;
}

static size_t line_of(const hg_report *r, const hg_finding *f)
{
	return f && r->source ? hg_source_place(r->source, f->span.at).line : 0;
}

static const char *title_of(const hg_finding *f, hg_arena *arena)
{
	hg_buf words = {0};
	hg_say_verdict(f, &words);
	const char *copy = words.failed ? NULL : hg_arena_copy(arena, words.p ? words.p : "", words.n);
	hg_buf_free(&words);
	return copy;
}

/* Fills cell, points, human, slip and reason by the rule of score.h. */
static hg_status decide(const hg_report *r, const tally *t, bool all_read, hg_arena *arena, hg_score_row *row)
{
	const hg_finding *f = t->first_wrong ? t->first_wrong : t->first;
	row->cell = r->trouble ? HG_CELL_UNREAD : cell_of(t);
	row->line = line_of(r, f);
	row->human = t->unsure || t->unread || (row->cell == HG_CELL_MISSING && !all_read);
	row->human &= row->cell != HG_CELL_WRONG;
	bool lost = row->cell == HG_CELL_WRONG || (row->cell == HG_CELL_MISSING && all_read);
	row->points = lost ? 0 : row->of;
	row->slip = t->first_wrong && t->first_wrong->nslips ? t->first_wrong->slip->id : NULL;
	if (!f) {
		row->human |= r->trouble != NULL;
		row->reason = r->trouble ? r->trouble : all_read ? "not found" : "not found, but not everything could be read";
		return HG_OK;
	}
	const char *verdict = title_of(f, arena);
	row->reason = !verdict ? NULL : row->line ? hg_arena_print(arena, "line %zu: %s", row->line, verdict) : verdict;
	return row->reason ? HG_OK : HG_ENOMEM;
}

static void overrule(const hg_overrides *overrides, const char *student, hg_score_row *row)
{
	const hg_override *o = hg_override_find(overrides, student, row->key, row->title);
	if (!o)
		return;
	row->cell = HG_CELL_OVERRIDDEN;
	row->points = o->points;
	row->human = false;
	row->slip = NULL;
	row->reason = *o->reason ? o->reason : "decided by hand";
}

/* Keys of the findings; NULL where a finding counts for no step. */
static hg_status find_keys(const hg_report *r, hg_arena *arena, const char **key)
{
	for (size_t i = 0; i < r->nfindings; i++) {
		if (!counts(&r->finding[i]) || !r->finding[i].of)
			continue;
		key[i] = hg_step_key_of_text(r->finding[i].of, arena);
		if (!key[i])
			return HG_ENOMEM;
	}
	return HG_OK;
}

/* Everything the submission says was read, so that a step that is not there was not written. */
static bool is_all_read(const hg_report *r)
{
	return !r->trouble && r->nfindings && r->count[HG_S_CANNOT_READ] == 0;
}

static hg_status fill(const hg_report *r, const char **key, hg_arena *arena, hg_score_row *row)
{
	tally t = {0};
	for (size_t i = 0; i < r->nfindings; i++)
		if (key[i] && strcmp(key[i], row->key) == 0)
			add(&t, &r->finding[i]);
	return decide(r, &t, is_all_read(r), arena, row);
}

static bool is_listed(const hg_score_row *row, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(row[i].key, key) == 0)
			return true;
	return false;
}

hg_status hg_score_of(const hg_report *r, const hg_steps *steps, const hg_overrides *overrides, const char *student,
                      hg_arena *arena, hg_score *score)
{
	hg_score_row *row = HG_NEWS(arena, steps->n + r->nfindings + 1, hg_score_row);
	const char **key = HG_NEWS(arena, r->nfindings + 1, const char *);
	*score = (hg_score){.row = row, .human = r->trouble != NULL};
	if (!row || !key)
		return HG_ENOMEM;
	HG_TRY(find_keys(r, arena, key));
	for (size_t i = 0; i < steps->n; i++)
		row[score->nrows++] = (hg_score_row){.key = steps->at[i].key, .title = steps->at[i].title, .of = steps->at[i].points};
	for (size_t i = 0; i < r->nfindings && score->nrows < steps->n + MOST_FURTHER; i++)
		if (key[i] && r->finding[i].status != HG_S_SKIPPED && r->finding[i].status != HG_S_DEFINED &&
		    !is_listed(row, score->nrows, key[i]))
			row[score->nrows++] = (hg_score_row){.key = key[i], .title = r->finding[i].of};
	for (size_t i = 0; i < score->nrows; i++) {
		HG_TRY(fill(r, key, arena, &row[i]));
		overrule(overrides, student, &row[i]);
		score->points += row[i].points;
		score->of += row[i].of;
		score->human |= row[i].human && (row[i].of > 0 || steps->n == 0);
	}
	return HG_OK;
}
