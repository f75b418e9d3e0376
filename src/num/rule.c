#include "num/rule.h"

#include "num/constants.h"

#include <float.h>
#include <math.h>

hg_status hg_settings_check(const hg_settings *s)
{
	const bool usable = isfinite(s->rtol) && s->rtol >= 0 && isfinite(s->resolution) && s->resolution >= 0 &&
	                    isfinite(s->ftol) && s->ftol >= 0 && isfinite(s->atol) && s->atol >= 0;
	return usable ? HG_OK : HG_EINVAL;
}

double hg_settings_wanted(const hg_settings *s)
{
	const double usual = s->single ? VERDICT_RESOLUTION_SINGLE : VERDICT_RESOLUTION;
	return fmax(s->resolution > 0 ? s->resolution : usual, s->rtol);
}

hg_entry hg_entry_new(size_t block, size_t i, size_t j)
{
	return (hg_entry){.block = block,
	                  .i = i,
	                  .j = j,
	                  .claimed = NAN,
	                  .numerical = NAN,
	                  .abserr = INFINITY,
	                  .left = NAN,
	                  .right = NAN,
	                  .step = NAN,
	                  .typical = NAN,
	                  .resolution = NAN,
	                  .kind = HG_UNRESOLVED,
	                  .outcome = HG_CANNOT_TELL,
	                  .reason = HG_NO_DERIVATIVE};
}

bool hg_class_has_bound(hg_class class)
{
	return class == HG_SMOOTH || class == HG_NEAR_KINK || class == HG_NOISY || class == HG_FLAT;
}

/* Everything between the one-sided slopes and the two-sided fit, with all their bounds. */
static void take_hull(const hg_derivative *d, hg_entry *entry)
{
	double low = fmin(d->left - d->left_abserr, d->right - d->right_abserr);
	double high = fmax(d->left + d->left_abserr, d->right + d->right_abserr);
	low = fmin(low, d->value - d->abserr);
	high = fmax(high, d->value + d->abserr);
	entry->numerical = low / 2 + high / 2;
	entry->abserr =
	    isfinite(entry->numerical) ? fmax(high - entry->numerical, entry->numerical - low) : INFINITY;
	entry->left = d->left;
	entry->right = d->right;
}

void hg_entry_take(const hg_derivative *d, hg_entry *entry)
{
	entry->kind = d->class;
	entry->numerical = d->value;
	entry->abserr = hg_class_has_bound(d->class) ? d->abserr : INFINITY;
	entry->left = entry->right = NAN;
	entry->step = d->step;
	entry->typical = d->typical;
	if (d->class == HG_KINK)
		take_hull(d, entry);
}

void hg_entry_conclude(hg_entry *entry, hg_outcome outcome, hg_reason reason)
{
	entry->outcome = outcome;
	entry->reason = reason;
}

void hg_entry_judge(const hg_settings *settings, double noise, hg_entry *entry)
{
	const double g = entry->claimed, d = entry->numerical;
	const double wanted = hg_settings_wanted(settings);
	entry->resolution = NAN;
	if (!hg_class_has_bound(entry->kind) && entry->kind != HG_KINK) {
		hg_entry_conclude(entry, HG_CANNOT_TELL, HG_NO_DERIVATIVE);
		return;
	}
	if (!isfinite(g)) {
		hg_entry_conclude(entry, HG_DISAGREES, HG_CLAIM_NOT_FINITE);
		return;
	}
	const double size = fmax(fabs(g), fabs(d)), error = fabs(g - d);
	const double eps = settings->single ? (double)FLT_EPSILON : DBL_EPSILON;
	const double rounding = fmax(CLAIM_NOISE * fmax(noise, eps * fabs(g)), VERDICT_LAST * size);
	const double bound = entry->abserr + rounding, granted = fmax(settings->rtol * size, settings->atol);
	if (entry->kind == HG_KINK) {
		bool outside = error > bound + granted;
		hg_entry_conclude(entry, outside ? HG_DISAGREES : HG_CANNOT_TELL, outside ? HG_OUTSIDE_SLOPES : HG_AT_KINK);
		return;
	}
	const double certified = error > bound ? bound : error + bound;
	if (size > 0)
		entry->resolution = (error + bound) / size;
	if (error > bound + granted)
		hg_entry_conclude(entry, HG_DISAGREES, HG_OUTSIDE_BOUND);
	else if (size > 0 && certified <= fmax(wanted * size, settings->atol))
		hg_entry_conclude(entry, HG_AGREES, error > bound ? HG_WITHIN_RTOL : HG_WITHIN_BOUND);
	else if (size == 0 && (entry->kind == HG_FLAT ? isfinite(bound) : bound <= wanted * entry->typical))
		hg_entry_conclude(entry, HG_AGREES, HG_BOTH_ZERO);
	else if (error <= bound && bound <= wanted * entry->typical && size <= bound)
		hg_entry_conclude(entry, HG_AGREES, HG_BOTH_ZERO);
	else if (error <= bound && bound <= wanted * entry->typical && bound <= VERDICT_STATIONARY * size)
		hg_entry_conclude(entry, HG_AGREES, HG_WITHIN_BOUND);
	else
		hg_entry_conclude(entry, HG_CANNOT_TELL, rounding > entry->abserr ? HG_CLAIM_NOISY : HG_LOW_RESOLUTION);
}

static double severity(const hg_entry *e)
{
	const double size = fmax(fabs(e->claimed), fabs(e->numerical)), error = fabs(e->claimed - e->numerical);
	double share = error == 0 ? 0 : error / size;
	if (e->outcome == HG_DISAGREES)
		return isfinite(share) ? share : INFINITY;
	if (e->outcome == HG_CANNOT_TELL && isfinite(e->resolution))
		return e->resolution;
	return isfinite(share) ? share : INFINITY;
}

bool hg_entry_is_worse(const hg_entry *a, const hg_entry *b)
{
	static const int rank[] = {[HG_AGREES] = 0, [HG_CANNOT_TELL] = 1, [HG_DISAGREES] = 2};
	if (a->outcome != b->outcome)
		return rank[a->outcome] > rank[b->outcome];
	return severity(a) > severity(b);
}

void hg_verdict_sum(hg_verdict *v)
{
	v->zeros = 0;
	v->agree = v->disagree = v->cannot_tell = v->worst = 0;
	v->max_abs = v->max_rel = v->resolution = 0;
	for (size_t k = 0; k < v->nentries; k++) {
		const hg_entry *e = &v->entry[k];
		v->agree += e->outcome == HG_AGREES;
		v->zeros += e->reason == HG_BOTH_ZERO;
		v->disagree += e->outcome == HG_DISAGREES;
		v->cannot_tell += e->outcome == HG_CANNOT_TELL;
		if (hg_entry_is_worse(e, &v->entry[v->worst]))
			v->worst = k;
		if (e->outcome == HG_AGREES && e->reason != HG_BOTH_ZERO)
			v->resolution = fmax(v->resolution, e->resolution);
		if (!hg_class_has_bound(e->kind) || e->reason == HG_BOTH_ZERO)
			continue;
		const double size = fmax(fabs(e->claimed), fabs(e->numerical));
		const double error = fabs(e->claimed - e->numerical);
		if (!(error <= v->max_abs))
			v->max_abs = isfinite(error) ? error : INFINITY;
		if (error != 0 && !(error / size <= v->max_rel))
			v->max_rel = isfinite(error) ? error / size : INFINITY;
	}
	v->outcome = v->nentries ? v->entry[v->worst].outcome : HG_CANNOT_TELL;
	v->reason = v->nentries ? v->entry[v->worst].reason : HG_NO_DERIVATIVE;
}

hg_verdict hg_verdict_of_block(const hg_verdict *v, size_t block)
{
	hg_verdict part = *v;
	part.nentries = 0;
	for (size_t k = 0; k < v->nentries; k++)
		if (v->entry[k].block == block && !part.nentries++)
			part.entry = &v->entry[k];
	hg_verdict_sum(&part);
	return part;
}
