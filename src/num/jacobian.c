/* Functions of several outputs and their Jacobians. */
#include "base/status.h"
#include "num/check.h"
#include "num/company.h"
#include "num/point.h"
#include "num/rule.h"
#include "num/sweep.h"

#include <stdlib.h>

static const hg_settings defaults;

void hg_jacobian_verdict_free(hg_jacobian_verdict *v)
{
	for (size_t o = 0; v && v->output && o < v->noutputs; o++)
		hg_verdict_free(v->output[o]);
	if (v)
		free(v->output);
	free(v);
}

static hg_status verdict_new(const hg_point *at, size_t noutputs, hg_jacobian_verdict **out)
{
	hg_jacobian_verdict *v = calloc(1, sizeof *v);
	hg_status status = HG_OK;
	if (!v)
		return HG_ENOMEM;
	v->noutputs = noutputs;
	v->output = calloc(noutputs, sizeof *v->output);
	if (!v->output)
		status = HG_ENOMEM;
	for (size_t o = 0; status == HG_OK && o < noutputs; o++)
		status = hg_verdict_new(at, &v->output[o]);
	if (status != HG_OK)
		hg_jacobian_verdict_free(v);
	else
		*out = v;
	return status;
}

static void sum_up(hg_jacobian_verdict *v)
{
	for (size_t o = 0; o < v->noutputs; o++) {
		const hg_verdict *one = v->output[o], *worst = v->output[v->worst];
		v->agree += one->agree;
		v->disagree += one->disagree;
		v->cannot_tell += one->cannot_tell;
		if (hg_entry_is_worse(&one->entry[one->worst], &worst->entry[worst->worst]))
			v->worst = o;
	}
	v->outcome = v->output[v->worst]->outcome;
}

static hg_status run(const hg_vector_function *f, const hg_jacobian *J, const hg_point *at, const hg_settings *settings,
                     hg_jacobian_verdict *v)
{
	hg_walk walk;
	hg_claim claim = {0};
	HG_TRY(hg_walk_open_map(f, at, settings, &walk));
	hg_status status = hg_claim_open((hg_claimed){.jacobian = J, .rows = f->noutputs}, &walk, &claim);
	if (status == HG_OK)
		status = hg_sweep_run(&walk, settings, &claim, v->output);
	for (size_t o = 0; o < f->noutputs; o++)
		v->output[o]->evaluations = walk.evaluations;
	v->evaluations = walk.evaluations;
	hg_claim_close(&claim);
	hg_walk_close(&walk);
	return status;
}

hg_status hg_check_jacobian(const hg_vector_function *f, const hg_jacobian *J, const hg_point *at, const hg_settings *settings,
                            hg_jacobian_verdict **verdict)
{
	hg_jacobian_verdict *v = NULL;
	if (!verdict)
		return HG_EINVAL;
	*verdict = NULL;
	settings = settings ? settings : &defaults;
	if (!f || !f->value || !J || !J->value)
		return HG_EINVAL;
	HG_TRY(hg_point_check(at));
	HG_TRY(hg_settings_check(settings));
	HG_TRY(hg_size_check(f->noutputs, hg_point_entries(at)));
	HG_TRY(verdict_new(at, f->noutputs, &v));
	const hg_company before = hg_company_enter();
	const hg_status status = run(f, J, at, settings, v);
	hg_company_leave(before);
	if (status != HG_OK) {
		hg_jacobian_verdict_free(v);
		return status;
	}
	sum_up(v);
	*verdict = v;
	return HG_OK;
}
