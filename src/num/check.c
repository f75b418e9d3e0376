#include "num/check.h"

#include "base/status.h"
#include "num/company.h"
#include "num/point.h"
#include "num/rule.h"
#include "num/sweep.h"

#include <math.h>
#include <stdlib.h>

static const hg_settings defaults;

hg_status hg_verdict_new(const hg_point *at, hg_verdict **out)
{
	hg_verdict *v = calloc(1, sizeof *v);
	size_t k = 0;
	if (!v)
		return HG_ENOMEM;
	v->nentries = hg_point_entries(at);
	v->entry = calloc(v->nentries, sizeof *v->entry);
	if (!v->entry) {
		free(v);
		return HG_ENOMEM;
	}
	for (size_t b = 0; b < at->nblocks; b++)
		for (size_t i = 0; at->block[b].wrt && i < at->block[b].x->size1; i++)
			for (size_t j = 0; j < at->block[b].x->size2; j++)
				v->entry[k++] = hg_entry_new(b, i, j);
	*out = v;
	return HG_OK;
}

void hg_verdict_free(hg_verdict *verdict)
{
	if (verdict)
		free(verdict->entry);
	free(verdict);
}

static hg_status run(const hg_function *f, const hg_gradient *g, const hg_point *at,
                     const hg_settings *settings, hg_verdict *v)
{
	hg_walk walk;
	hg_claim claim = {0};
	HG_TRY(hg_walk_open(f, at, settings, &walk));
	hg_status status = g ? hg_claim_open((hg_claimed){.gradient = g, .rows = 1}, &walk, &claim) : HG_OK;
	if (status == HG_OK) {
		status = hg_sweep_run(&walk, settings, g ? &claim : NULL, &v);
		v->evaluations = walk.evaluations;
		v->pokes = walk.pokes;
	}
	hg_claim_close(&claim);
	hg_walk_close(&walk);
	return status;
}

/* What was the caller's is put back whatever happens. */
static hg_status check(const hg_function *f, const hg_gradient *g, const hg_point *at,
                       const hg_settings *settings, hg_verdict **out)
{
	hg_verdict *v = NULL;
	HG_TRY(hg_point_check(at));
	HG_TRY(hg_settings_check(settings));
	HG_TRY(hg_verdict_new(at, &v));
	const hg_company before = hg_company_enter();
	hg_status status = run(f, g, at, settings, v);
	hg_company_leave(before);
	if (status != HG_OK)
		hg_verdict_free(v);
	else
		*out = v;
	return status;
}

hg_status hg_check(const hg_function *f, const hg_gradient *g, const hg_point *at,
                   const hg_settings *settings, hg_verdict **verdict)
{
	if (!verdict)
		return HG_EINVAL;
	*verdict = NULL;
	if (!f || !f->value || !g || !g->value)
		return HG_EINVAL;
	return check(f, g, at, settings ? settings : &defaults, verdict);
}

hg_status hg_differentiate(const hg_function *f, const hg_point *at, const hg_settings *settings,
                           hg_verdict **numerical)
{
	if (!numerical)
		return HG_EINVAL;
	*numerical = NULL;
	if (!f || !f->value)
		return HG_EINVAL;
	return check(f, NULL, at, settings ? settings : &defaults, numerical);
}

static hg_status compare(const hg_gradient *g, const hg_point *at, const hg_settings *settings, hg_verdict *v)
{
	hg_walk walk;
	hg_claim claim;
	const hg_function nothing = {0};
	HG_TRY(hg_walk_open(&nothing, at, settings, &walk));
	hg_status status = hg_claim_open((hg_claimed){.gradient = g, .rows = 1}, &walk, &claim);
	for (size_t k = 0; status == HG_OK && k < v->nentries; k++) {
		if (v->entry[k].reason == HG_OUT_OF_BUDGET && v->entry[k].outcome == HG_CANNOT_TELL)
			continue;
		hg_claim_decide(&claim, settings, 0, k, &v->entry[k]);
	}
	v->wanted = hg_settings_wanted(settings);
	if (status == HG_OK)
		hg_verdict_sum(v);
	hg_claim_close(&claim);
	hg_walk_close(&walk);
	return status;
}

hg_status hg_compare(const hg_gradient *g, const hg_point *at, const hg_settings *settings,
                     hg_verdict *numerical)
{
	const hg_settings *s = settings ? settings : &defaults;
	if (!g || !g->value || !numerical)
		return HG_EINVAL;
	HG_TRY(hg_point_check(at));
	HG_TRY(hg_settings_check(s));
	if (numerical->nentries != hg_point_entries(at))
		return HG_EINVAL;
	const hg_company before = hg_company_enter();
	hg_status status = compare(g, at, s, numerical);
	hg_company_leave(before);
	return status;
}
