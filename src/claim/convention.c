#include "claim/convention.h"

static bool tells_apart(const hg_claim_binding *b, const hg_reading *r)
{
	return b->setting->model.total.mean && b->line.names && r->view == HG_VIEW_BATCH;
}

hg_status hg_convention_other(const hg_claim *claim, const hg_reading *reading, hg_arena *scratch, bool *agrees)
{
	const hg_claim_binding *b = claim->binding;
	hg_doc_model *model = &b->setting->model;
	const bool known = model->total.dz_known, mean = model->total.dz_mean;
	hg_claim other;
	hg_outcome_of_side o = {0};
	*agrees = false;
	if (!tells_apart(b, reading))
		return HG_OK;
	hg_mark mark = hg_arena_mark(scratch);
	model->total.dz_known = true;
	model->total.dz_mean = reading->named != HG_TOTAL_MEAN;
	hg_status status = hg_claim_bind(b->setting, claim->id, claim->left, claim->right, b->asked.code, claim->batch, scratch, &other);
	if (status == HG_OK)
		status = hg_claim_ask(&other, NULL, scratch, &o);
	*agrees = status == HG_OK && o.agrees && !o.vacuous && o.reading.view == HG_VIEW_BATCH;
	model->total.dz_known = known;
	model->total.dz_mean = mean;
	hg_arena_release(scratch, mark);
	return status;
}

static void note_way(hg_meant *meant, const hg_claim *claim, bool mean)
{
	const hg_line *line = &((hg_claim_binding *)claim->binding)->line;
	if (!line->gradients && !line->derivatives)
		*(mean ? &meant->roots_mean : &meant->roots_sum) += 1;
	size_t i = 0;
	while (i < meant->n && !hg_expr_equal(meant->at[i].left, claim->left))
		i++;
	if (i == HG_MAX_MEANT)
		return;
	if (i == meant->n)
		meant->at[meant->n++].left = claim->left;
	*(mean ? &meant->at[i].mean : &meant->at[i].sum) = true;
}

hg_status hg_convention_note(hg_meant *meant, const hg_claim *claim, const hg_reading *reading, hg_arena *scratch)
{
	const hg_claim_binding *b = claim->binding;
	bool both;
	if (!tells_apart(b, reading) || reading->pretend)
		return HG_OK;
	HG_TRY(hg_convention_other(claim, reading, scratch, &both));
	if (both)
		return HG_OK;
	note_way(meant, claim, reading->named == HG_TOTAL_MEAN);
	return HG_OK;
}

/* Does the claim agree where dJ/dZ is written for m dJ/dZ, or where it is not? */
static hg_status ask_derivatives(const hg_claim *claim, bool sum, hg_arena *scratch, bool *agrees)
{
	const hg_claim_binding *b = claim->binding;
	hg_doc_model *model = &b->setting->model;
	const bool kept = model->total.dj_sum;
	hg_claim other;
	hg_outcome_of_side o = {0};
	hg_mark mark = hg_arena_mark(scratch);
	model->total.dj_sum = sum;
	hg_status status = hg_claim_bind(b->setting, claim->id, claim->left, claim->right, b->asked.code, claim->batch, scratch, &other);
	if (status == HG_OK)
		status = hg_claim_ask(&other, NULL, scratch, &o);
	*agrees = status == HG_OK && o.agrees && !o.vacuous && o.reading.view == HG_VIEW_BATCH;
	model->total.dj_sum = kept;
	hg_arena_release(scratch, mark);
	return status;
}

static bool rests_on_derivatives(const hg_claim *claim)
{
	const hg_claim_binding *b = claim->binding;
	return b->setting->model.total.mean && b->line.cost_by_data && claim->batch;
}

hg_status hg_convention_note_derivatives(hg_meant *meant, const hg_claim *claim, const hg_outcome_of_side *o, hg_arena *scratch)
{
	bool letter = o->agrees && o->reading.view == HG_VIEW_BATCH, sum;
	if (!rests_on_derivatives(claim) || o->vacuous || (o->agrees && !letter))
		return HG_OK;
	HG_TRY(ask_derivatives(claim, true, scratch, &sum));
	if (sum != letter)
		note_way(meant, claim, letter);
	return HG_OK;
}

hg_status hg_convention_other_derivatives(const hg_claim *claim, hg_arena *scratch, bool *agrees)
{
	const hg_claim_binding *b = claim->binding;
	*agrees = false;
	return rests_on_derivatives(claim) ? ask_derivatives(claim, !b->setting->model.total.dj_sum, scratch, agrees) : HG_OK;
}

/* A line that gives dZ by itself says what dZ is. dZ = A - Y is what courses write, and stands whatever else does not fit
 * it; dZ = (A - Y) / m stands unless everything made from it divides by m once more. Where none says it, 1/m in the other
 * results does: dW = dZ A^T / m is right by the usual meaning and stays so, and if more lines go without, they are open. */
static hg_convention convention_of(const hg_meant *meant, bool divides)
{
	enum { FEW = 3 };
	size_t sum = 0, mean = 0;
	for (size_t i = 0; i < meant->n; i++) {
		sum += meant->at[i].sum;
		mean += meant->at[i].mean;
	}
	if (!meant->n)
		return HG_DZ_NOTHING;
	if (meant->roots_sum)
		return meant->roots_mean ? HG_DZ_OPEN : HG_DZ_SUM;
	if (meant->roots_mean)
		return mean >= sum ? HG_DZ_MEAN : mean == 1 && sum >= FEW ? HG_DZ_SUM : HG_DZ_OPEN;
	if (!sum)
		return divides ? HG_DZ_OPEN : HG_DZ_MEAN;
	return sum >= mean ? HG_DZ_SUM : HG_DZ_OPEN;
}

/* dJ/dZ = A - Y and dJ/dW = dJ/dZ A^T / m, each wrong to the letter and right together: if all lines cohere so, or all but
 * a few, dJ/dZ is written for dZ. A root alone is no convention but a lost 1/m. */
static hg_convention convention_of_derivatives(const hg_meant *meant)
{
	enum { MANY = 3 };
	size_t sum = 0, letter = 0;
	for (size_t i = 0; i < meant->n; i++) {
		sum += meant->at[i].sum;
		letter += meant->at[i].mean;
	}
	if (meant->roots_mean || sum < 2)
		return HG_DZ_MEAN;
	if (!meant->roots_sum) /* where nobody says what dJ/dZ is */
		return !letter && sum >= MANY ? HG_DZ_SUM : HG_DZ_MEAN;
	return sum >= MANY * letter ? HG_DZ_SUM : HG_DZ_OPEN;
}

hg_conventions hg_conventions_of(const hg_meant names[2], const hg_meant *derivatives, bool divides)
{
	hg_conventions c = {{convention_of(&names[0], divides), convention_of(&names[1], divides)}, convention_of_derivatives(derivatives)};
	for (size_t i = 0; i < 2; i++) { /* what is said in one place holds in the other, unless something else is said there */
		bool said = names[i].roots_sum + names[i].roots_mean > 0, there = names[1 - i].roots_sum + names[1 - i].roots_mean > 0;
		if (c.of[i] == HG_DZ_NOTHING || (!said && there))
			c.of[i] = c.of[1 - i];
	}
	return c;
}

void hg_convention_set(hg_doc_model *model, const hg_conventions *conventions, bool code)
{
	const hg_convention names = conventions->of[code], derivatives = conventions->derivatives;
	model->total.dz_known = names != HG_DZ_NOTHING;
	model->total.dz_mean = names == HG_DZ_MEAN;
	model->total.dz_open = names == HG_DZ_OPEN;
	model->total.dj_sum = derivatives == HG_DZ_SUM;
	model->total.dj_open = derivatives == HG_DZ_SUM || derivatives == HG_DZ_OPEN;
}
