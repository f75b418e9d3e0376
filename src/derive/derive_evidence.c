#include "derive/derive_evidence.h"

#include "base/status.h"
#include "finding/picture.h"
#include "num/pattern.h"

#include <math.h>

static const char *entry_text(hg_arena *arena, const hg_point *at, const hg_entry *entry)
{
	hg_buf name = {0};
	hg_entry_name_write(at, entry, &name);
	if (name.failed)
		hg_arena_fail(arena);
	const char *text = name.failed ? NULL : hg_arena_copy(arena, name.p, name.n);
	hg_buf_free(&name);
	return text;
}

/* Its label, and the values where the blocks are single numbers. */
static const char *point_text(hg_arena *arena, const hg_point *at)
{
	const char *text = at->label;
	for (size_t b = 0; b < at->nblocks; b++) {
		const hg_block *block = &at->block[b];
		if (block->x->size1 * block->x->size2 != 1)
			continue;
		const char *value = hg_arena_print(arena, "%s = %.6g", block->name, block->x->data[0]);
		text = text && value ? hg_arena_print(arena, "%s, %s", text, value) : value;
	}
	return text ? text : "every block drawn";
}

/* The first trial with the worst outcome. */
static const hg_trial *worst_trial(const hg_trials *trials)
{
	const hg_trial *worst = NULL;
	static const int rank[] = {[HG_AGREES] = 0, [HG_CANNOT_TELL] = 1, [HG_DISAGREES] = 2};
	for (size_t k = 0; k < trials->n; k++)
		if (!worst || rank[trials->trial[k].verdict->outcome] > rank[worst->verdict->outcome])
			worst = &trials->trial[k];
	return worst;
}

static hg_evidence evidence_of(const hg_trials *trials, const hg_trial *shown, hg_arena *arena)
{
	const hg_entry *entry = &shown->verdict->entry[shown->verdict->worst];
	hg_evidence e = {.yours = entry->claimed,
	                 .numerical = entry->numerical,
	                 .abserr = entry->abserr,
	                 .ratio = NAN,
	                 .entry = entry_text(arena, shown->at, entry),
	                 .class = entry->kind,
	                 .reason = entry->reason,
	                 .step = entry->step,
	                 .left = entry->left,
	                 .right = entry->right,
	                 .points = trials->n,
	                 .worlds = trials->n};
	size_t same = 0;
	for (size_t k = 0; k < trials->n; k++) {
		const hg_verdict *v = trials->trial[k].verdict;
		same += v->outcome == shown->verdict->outcome;
		e.max_abs = fmax(e.max_abs, v->max_abs);
		e.max_rel = fmax(e.max_rel, v->max_rel);
		e.resolution = fmax(e.resolution, v->resolution);
		e.evaluations += v->evaluations + v->pokes;
	}
	e.point = hg_arena_print(arena, "%s; %zu of %zu points", point_text(arena, shown->at), same, trials->n);
	return e;
}

/* The engine's reasons that are no verdict. */
static hg_cause cause_of(hg_reason reason)
{
	switch (reason) {
	case HG_CLAIM_NOISY:
		return HG_CAUSE_CLAIM_NOISY;
	case HG_AT_KINK:
		return HG_CAUSE_AT_KINK;
	case HG_NO_DERIVATIVE:
		return HG_CAUSE_NO_DERIVATIVE;
	case HG_OUT_OF_BUDGET:
		return HG_CAUSE_OUT_OF_BUDGET;
	case HG_NOT_OF_X_ALONE:
		return HG_CAUSE_NOT_OF_X_ALONE;
	case HG_WITHIN_TOLERANCE:
		return HG_CAUSE_WITHIN_TOLERANCE;
	default:
		return HG_CAUSE_LOW_RESOLUTION;
	}
}

hg_status hg_finding_of(const hg_trials *trials, hg_arena *arena, hg_finding *finding)
{
	static const hg_finding_status status[] = {
	    [HG_AGREES] = HG_S_AGREES, [HG_DISAGREES] = HG_S_DISAGREES, [HG_CANNOT_TELL] = HG_S_CANNOT_TELL};
	const hg_trial *shown = worst_trial(trials);
	if (!shown) {
		hg_finding_leave(finding, HG_S_CANNOT_TELL, HG_CAUSE_NO_POINT);
		return HG_OK;
	}
	finding->status = status[shown->verdict->outcome];
	finding->has_evidence = true;
	finding->evidence = evidence_of(trials, shown, arena);
	if (finding->status == HG_S_CANNOT_TELL)
		hg_finding_because(finding, cause_of(finding->evidence.reason));
	if (finding->status != HG_S_AGREES)
		HG_TRY(hg_picture_fill(&trials->stage->f, shown->verdict, shown->at, arena, &finding->evidence));
	if (finding->status == HG_S_DISAGREES) {
		HG_TRY(hg_meaning_of(trials, shown, arena, &finding->evidence.meaning));
		HG_TRY(hg_diagnose_trials(trials, arena, finding));
	}
	return hg_arena_failed(arena) ? HG_ENOMEM : HG_OK;
}
