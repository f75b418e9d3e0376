#include "derive/derive.h"

#include "base/status.h"
#include "derive/derive_evidence.h"
#include "derive/derive_path.h"
#include "num/derivation.h"
#include "slips/power.h"

#include <string.h>

/* One derivation on its way to a report. */
typedef struct run {
	const hg_derivation *of;
	const hg_settings *settings;
	hg_arena *arena;
	hg_point *point; /* of->npoints */
	bool *refused;   /* of->ntwins */
} run;

/* ---- one stage ----------------------------------------------------------------------------------------- */

static hg_status check_everywhere(run *r, hg_trials *trials)
{
	trials->trial = HG_NEWS(r->arena, r->of->npoints, hg_trial);
	if (!trials->trial)
		return HG_ENOMEM;
	for (size_t k = 0; k < r->of->npoints; k++) {
		if (!hg_point_serves(&r->point[k], trials->stage))
			continue;
		hg_trial *trial = &trials->trial[trials->n];
		trial->at = &r->point[k];
		HG_TRY(hg_check(&trials->stage->f, trials->claim, trial->at, r->settings, &trial->verdict));
		trials->n++;
	}
	return HG_OK;
}

/* Would the points have refused the twins of this stage? No evaluation is spent: the derivatives are
 * known. */
static hg_status plant_twins(run *r, const hg_trials *trials)
{
	for (size_t t = 0; t < r->of->ntwins; t++) {
		const hg_twin *twin = &r->of->twin[t];
		if (strcmp(twin->stage, trials->stage->name) != 0)
			continue;
		for (size_t k = 0; !r->refused[t] && k < trials->n; k++) {
			hg_verdict *v = trials->trial[k].verdict;
			HG_TRY(hg_compare(&twin->g, trials->trial[k].at, r->settings, v));
			r->refused[t] = v->outcome == HG_DISAGREES;
		}
	}
	return HG_OK;
}

static hg_status judge_stage(run *r, const hg_stage *stage, const hg_gradient *claim, const char *formula,
                             hg_finding *finding)
{
	hg_trials trials = {.of = r->of, .stage = stage, .claim = claim};
	*finding = (hg_finding){.id = hg_arena_print(r->arena, "%s.%s", r->of->name, stage->name),
	                        .kind = HG_CLAIM,
	                        .written = formula,
	                        .reads = formula,
	                        .of = stage->name};
	hg_status status = check_everywhere(r, &trials);
	if (status == HG_OK)
		status = hg_finding_of(&trials, r->arena, finding);
	if (status == HG_OK)
		status = hg_judge_path(&trials, r->settings, r->arena, finding);
	if (status == HG_OK)
		status = plant_twins(r, &trials);
	for (size_t k = 0; k < trials.n; k++)
		hg_verdict_free(trials.trial[k].verdict);
	return status == HG_OK && hg_arena_failed(r->arena) ? HG_ENOMEM : status;
}

/* ---- the whole ----------------------------------------------------------------------------------------- */

static const hg_stage *stage_of(const hg_derivation *derivation, const hg_twin *twin)
{
	for (size_t s = 0; s < derivation->nstages; s++)
		if (!strcmp(derivation->stage[s].name, twin->stage))
			return &derivation->stage[s];
	return NULL;
}

/* A wrong stage built on another wrong one is wrong because of it: the root is named once. */
static void find_inherited(const hg_derivation *of, hg_report *report)
{
	for (size_t s = 0; s < of->nstages; s++) {
		hg_finding *f = &report->finding[s];
		for (size_t above = 0; f->status == HG_S_DISAGREES && !f->inherited_from && above < s; above++) {
			const hg_finding *root = &report->finding[above];
			if (root->status == HG_S_DISAGREES && of->stage[s].uses && hg_list_has(of->stage[s].uses, root->of))
				f->inherited_from = root->inherited_from ? root->inherited_from : root->id;
		}
	}
}

static hg_status judge_all(run *r, const hg_twin *twin, hg_report *report)
{
	if (twin) {
		const hg_stage *stage = stage_of(r->of, twin);
		report->nfindings = 1;
		return stage ? judge_stage(r, stage, &twin->g, twin->formula, report->finding) : HG_EINVAL;
	}
	report->nfindings = r->of->nstages;
	for (size_t s = 0; s < r->of->nstages; s++) {
		const hg_stage *stage = &r->of->stage[s];
		HG_TRY(judge_stage(r, stage, &stage->g, stage->formula, &report->finding[s]));
	}
	find_inherited(r->of, report);
	report->power.planted = r->of->ntwins;
	for (size_t k = 0; k < r->of->ntwins; k++)
		report->power.refused += r->refused[k];
	return hg_power_of_points(r->point, r->of->npoints, r->arena, &report->power);
}

static hg_status derive(const hg_derivation *of, const hg_twin *twin, const hg_settings *settings,
                        hg_arena *arena, hg_report *report)
{
	static const hg_settings defaults;
	run r = {.of = of, .settings = settings ? settings : &defaults, .arena = arena};
	*report = (hg_report){.title = of->name, .seed = r.settings->seed};
	r.point = HG_NEWS(arena, of->npoints, hg_point);
	r.refused = HG_NEWS(arena, of->ntwins + 1, bool);
	report->finding = HG_NEWS(arena, of->nstages, hg_finding);
	if (!r.point || !r.refused || !report->finding)
		return HG_ENOMEM;
	hg_status status = hg_derivation_points(of, r.settings->seed, r.point);
	if (status == HG_OK)
		status = judge_all(&r, twin, report);
	for (size_t k = 0; k < of->npoints; k++)
		hg_point_clear(&r.point[k]);
	hg_report_count(report);
	return status;
}

hg_status hg_derive(const hg_derivation *derivation, const hg_settings *settings, hg_arena *arena,
                    hg_report *report)
{
	return derive(derivation, NULL, settings, arena, report);
}

hg_status hg_derive_twin(const hg_derivation *derivation, size_t k, const hg_settings *settings,
                         hg_arena *arena, hg_report *report)
{
	if (k >= derivation->ntwins)
		return HG_EINVAL;
	return derive(derivation, &derivation->twin[k], settings, arena, report);
}
