#include "judge/derive.h"

#include "base/status.h"
#include "judge/picture.h"

#include <math.h>
#include <string.h>

/* One derivation on its way to a report. */
typedef struct run {
	const hg_derivation *of;
	const hg_settings *settings;
	hg_arena *arena;
	hg_point *point; /* of->npoints */
	hg_power power;
} run;

/* What the points said about one stage so far. */
typedef struct tally {
	size_t points, agree, disagree, cannot_tell;
	hg_evidence e;
	const char *point;  /* of the entry shown */
	bool *refused;      /* of the derivation's twins */
} tally;

/* Is `word` one of the words of a list separated by spaces? */
static bool has_word(const char *list, const char *word)
{
	const size_t n = strlen(word);
	for (const char *p = list; (p = strstr(p, word)); p += n)
		if ((p == list || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
			return true;
	return false;
}

static bool point_serves(const hg_point *point, const hg_stage *stage)
{
	if (point->stages && !has_word(point->stages, stage->name))
		return false;
	for (size_t b = 0; b < point->nblocks; b++)
		point->block[b].wrt = has_word(stage->wrt, point->block[b].name);
	return true;
}

/* ---- evidence -------------------------------------------------------------------------------------------------- */

static const char *entry_name(hg_arena *arena, const hg_point *at, const hg_entry *entry)
{
	const hg_block *block = &at->block[entry->block];
	if (block->x->size1 == 1 && block->x->size2 == 1)
		return hg_arena_print(arena, "%s", block->name);
	return hg_arena_print(arena, "%s[%zu,%zu]", block->name, entry->i + 1, entry->j + 1);
}

/* The entry shown is the worst one of the first point that has the worst outcome. */
static void show(const run *r, tally *t, const hg_verdict *v, const hg_point *at)
{
	const hg_entry *worst = &v->entry[v->worst];
	t->e.yours = worst->claimed;
	t->e.numerical = worst->numerical;
	t->e.abserr = worst->abserr;
	t->e.entry = entry_name(r->arena, at, worst);
	t->e.class = worst->class;
	t->e.reason = worst->reason;
	t->e.step = worst->step;
	t->e.left = worst->left;
	t->e.right = worst->right;
	t->point = at->label;
}

/* True if this point is the one to show from now on. */
static bool take(const run *r, tally *t, const hg_verdict *v, const hg_point *at)
{
	bool worse = !t->points || (v->outcome == HG_DISAGREES && !t->disagree) ||
	             (v->outcome == HG_CANNOT_TELL && !t->disagree && !t->cannot_tell);
	if (worse)
		show(r, t, v, at);
	t->points++;
	t->agree += v->outcome == HG_AGREES;
	t->disagree += v->outcome == HG_DISAGREES;
	t->cannot_tell += v->outcome == HG_CANNOT_TELL;
	t->e.max_abs = fmax(t->e.max_abs, v->max_abs);
	t->e.max_rel = fmax(t->e.max_rel, v->max_rel);
	t->e.resolution = fmax(t->e.resolution, v->resolution);
	t->e.evaluations += v->evaluations + v->pokes;
	return worse;
}

/* ---- one stage ------------------------------------------------------------------------------------------------- */

static hg_status judge_at(run *r, const hg_stage *stage, const hg_gradient *claim, const hg_point *at, tally *t)
{
	hg_verdict *v;
	HG_TRY(hg_check(&stage->f, claim, at, r->settings, &v));
	bool pictured = take(r, t, v, at) && v->outcome != HG_AGREES;
	hg_status status = pictured ? hg_picture_fill(&stage->f, v, at, r->arena, &t->e) : HG_OK;
	for (size_t k = 0; status == HG_OK && t->refused && k < r->of->ntwins; k++) {
		const hg_twin *twin = &r->of->twin[k];
		if (strcmp(twin->stage, stage->name) || t->refused[k])
			continue;
		status = hg_compare(&twin->g, at, r->settings, v);
		t->refused[k] = status == HG_OK && v->outcome == HG_DISAGREES;
	}
	hg_verdict_free(v);
	return status;
}

static hg_finding_status outcome(const tally *t)
{
	return t->disagree ? HG_S_DISAGREES : t->cannot_tell || !t->points ? HG_S_CANNOT_TELL : HG_S_AGREES;
}

static hg_status judge_stage(run *r, const hg_stage *stage, const hg_gradient *claim, const char *formula,
                             bool *refused, hg_finding *finding)
{
	tally t = {.refused = refused, .e = {.ratio = NAN, .left = NAN, .right = NAN}};
	for (size_t k = 0; k < r->of->npoints; k++)
		if (point_serves(&r->point[k], stage))
			HG_TRY(judge_at(r, stage, claim, &r->point[k], &t));

	t.e.points = t.e.worlds = t.points;
	size_t shown = t.disagree ? t.disagree : t.cannot_tell ? t.cannot_tell : t.agree;
	t.e.point = hg_arena_print(r->arena, "%s, %zu of %zu", t.point ? t.point : "any point", shown, t.points);
	*finding = (hg_finding){.id = hg_arena_print(r->arena, "%s.%s", r->of->name, stage->name),
	                        .kind = HG_CLAIM,
	                        .status = outcome(&t),
	                        .written = formula,
	                        .reads = formula,
	                        .of = stage->name,
	                        .has_evidence = true,
	                        .evidence = t.e};
	if (finding->status == HG_S_CANNOT_TELL)
		finding->reason = t.points ? hg_reason_text(t.e.reason) : "no point serves this stage";
	return hg_arena_failed(r->arena) ? HG_ENOMEM : HG_OK;
}

/* ---- the whole ------------------------------------------------------------------------------------------------- */

static hg_status build_points(run *r)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	hg_status status = rng ? HG_OK : HG_ENOMEM;
	for (size_t k = 0; status == HG_OK && k < r->of->npoints; k++) {
		gsl_rng_set(rng, r->settings->seed * 1000003 + k + 1);
		status = r->of->point(k, rng, &r->point[k]);
	}
	if (rng)
		gsl_rng_free(rng);
	return status;
}

static const hg_stage *stage_of(const hg_derivation *derivation, const hg_twin *twin)
{
	for (size_t s = 0; s < derivation->nstages; s++)
		if (!strcmp(derivation->stage[s].name, twin->stage))
			return &derivation->stage[s];
	return NULL;
}

static hg_status judge_all(run *r, const hg_twin *twin, hg_report *report)
{
	if (twin) {
		const hg_stage *stage = stage_of(r->of, twin);
		report->nfindings = 1;
		return stage ? judge_stage(r, stage, &twin->g, twin->formula, NULL, report->finding) : HG_EINVAL;
	}
	bool *refused = HG_NEWS(r->arena, r->of->ntwins + 1, bool);
	if (!refused)
		return HG_ENOMEM;
	for (size_t s = 0; s < r->of->nstages; s++) {
		const hg_stage *stage = &r->of->stage[s];
		HG_TRY(judge_stage(r, stage, &stage->g, stage->formula, refused, &report->finding[s]));
	}
	report->nfindings = r->of->nstages;
	report->power.planted = r->of->ntwins;
	for (size_t k = 0; k < r->of->ntwins; k++)
		report->power.refused += refused[k];
	return HG_OK;
}

static hg_status derive(const hg_derivation *of, const hg_twin *twin, const hg_settings *settings, hg_arena *arena,
                        hg_report *report)
{
	static const hg_settings defaults;
	run r = {.of = of, .settings = settings ? settings : &defaults, .arena = arena};
	*report = (hg_report){.title = of->name, .seed = r.settings->seed};
	r.point = HG_NEWS(arena, of->npoints, hg_point);
	report->finding = HG_NEWS(arena, of->nstages, hg_finding);
	if (!r.point || !report->finding)
		return HG_ENOMEM;
	hg_status status = build_points(&r);
	if (status == HG_OK)
		status = judge_all(&r, twin, report);
	for (size_t k = 0; k < of->npoints; k++)
		hg_point_clear(&r.point[k]);
	hg_report_count(report);
	return status;
}

hg_status hg_derive(const hg_derivation *derivation, const hg_settings *settings, hg_arena *arena, hg_report *report)
{
	return derive(derivation, NULL, settings, arena, report);
}

hg_status hg_derive_twin(const hg_derivation *derivation, size_t k, const hg_settings *settings, hg_arena *arena,
                         hg_report *report)
{
	return k < derivation->ntwins ? derive(derivation, &derivation->twin[k], settings, arena, report) : HG_EINVAL;
}
