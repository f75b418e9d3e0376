#include "slips/diagnose_parts.h"

#include "claim/hold.h"
#include "names/names.h"
#include "slips/repairs_edit.h"
#include "slips/repairs_numbers.h"
#include "lang/print/print.h"

#include <math.h>
#include <string.h>

/* dZ and dJ/dZ are one gradient. */
static bool same_gradient(const hg_expr *a, const hg_expr *b)
{
	if (hg_expr_equal(a, b))
		return true;
	const hg_expr *name = a->op == HG_OP_DERIV ? b : a, *d = a->op == HG_OP_DERIV ? a : b;
	if (name->op != HG_OP_NAME || !hg_has_differential(name->name) || d->op != HG_OP_DERIV || d->nkids != 2 ||
	    d->kid[0]->op != HG_OP_NAME || !hg_is_loss_name(d->kid[0]->name))
		return false;
	hg_expr variable = *name;
	variable.name = hg_str_part(name->name, 1, name->name.n);
	return hg_expr_equal(&variable, d->kid[1]);
}

static bool uses_gradient(const hg_expr *tree, const hg_expr *gradient)
{
	if (same_gradient(tree, gradient))
		return true;
	for (size_t k = 0; k < tree->nkids; k++)
		if (uses_gradient(tree->kid[k], gradient))
			return true;
	return false;
}

/* A formula that uses the very gradient it is to give explains nothing. */
static hg_status try_edit(hg_search *in, const hg_edit *edit, const char *with, hg_answer *answer)
{
	*answer = HG_ANSWER_UNREAD;
	if (in->claim->sort == HG_SORT_DERIVATIVE && uses_gradient(edit->tree, in->claim->left))
		return HG_OK;
	in->tried++;
	HG_TRY(hg_claim_try(in->claim, edit->tree, in->scratch, answer));
	if (!hg_mends(*answer))
		return HG_OK;
	const hg_slip_found found = {
		.id = hg_slips[edit->slip].id, .with = with, .repaired = hg_search_print(in, edit->tree), .at = edit->at};
	return hg_search_add(in, found, *answer);
}

/* ---- one slip ---------------------------------------------------------------------------------------------------- */

static bool is_found(const hg_search *in, hg_slip_id slip)
{
	for (size_t k = 0; k < in->n; k++)
		if (!strcmp(in->found[k].id, hg_slips[slip].id))
			return true;
	return false;
}

static bool is_insertion(hg_slip_id slip)
{
	return slip == HG_SLIP_LOST_FACTOR || slip == HG_SLIP_LOST_TERM || slip == HG_SLIP_INVERTED_FACTOR;
}

/* All edits of the smallest size that explains anything; what could be put in is asked only while nothing does.
 * answer[k]: what became of edit k. */
static hg_status try_singles(hg_search *in, const hg_edits *edits, hg_answer *answer)
{
	const size_t most = in->tried + HG_MAX_SINGLES;
	for (size_t k = 0; k < edits->n && in->tried < most; k++) {
		const hg_edit *e = &edits->at[k];
		if (in->nstrict && e->size > edits->at[k - 1].size)
			break;
		if (is_found(in, e->slip) || (in->nstrict && is_insertion(e->slip)))
			continue;
		HG_TRY(try_edit(in, e, NULL, &answer[k]));
	}
	return HG_OK;
}

/* The number that comes out, with as many digits as were written. */
static hg_status correct_arithmetic(hg_search *in)
{
	const hg_expr *written = in->claim->right;
	hg_grid grid = {0};
	size_t nworlds;
	HG_TRY(hg_claim_grid(in->claim, NULL, 0, in->scratch, &grid, &nworlds));
	bool number = grid.numerical && grid.rows * grid.cols == 1;
	const char *right = "";
	if (number && written->op == HG_OP_NUM && written->digits >= 0)
		right = hg_arena_print(in->arena, "%.*f", written->digits, grid.numerical[0]);
	else if (number)
		right = hg_arena_print(in->arena, "%.10g", grid.numerical[0]);
	return hg_search_add(in, (hg_slip_found){.id = hg_slips[HG_SLIP_ARITHMETIC].id, .repaired = right, .at = written->span},
	           HG_ANSWER_AGREES);
}

/* ---- two slips --------------------------------------------------------------------------------------------------- */

static bool is_constant(hg_slip_id slip)
{
	return slip == HG_SLIP_SIGN || slip == HG_SLIP_MISSING_MEAN || slip == HG_SLIP_EXTRA_MEAN ||
	       slip == HG_SLIP_CONSTANT_FACTOR;
}

/* Is yours a constant times the numerical one in world 0, once edited, so that a constant may be all that is left? */
static hg_status off_by_a_constant(const hg_search *in, const hg_expr *tree, bool *yes)
{
	hg_mark mark = hg_arena_mark(in->scratch);
	hg_grid grid = {0};
	size_t nworlds;
	hg_status status = hg_claim_grid(in->claim, tree, 0, in->scratch, &grid, &nworlds);
	double ratio = NAN;
	*yes = status == HG_OK && grid.claimed;
	for (size_t k = 0; *yes && k < grid.rows * grid.cols; k++) {
		double own = grid.claimed[k] / grid.numerical[k];
		if (grid.claimed[k] == 0 && fabs(grid.numerical[k]) <= grid.abserr[k])
			continue;
		if (isnan(ratio))
			ratio = own;
		*yes = fabs(own - ratio) <= 1e-6 * fabs(ratio);
	}
	*yes &= isfinite(ratio) && ratio != 0;
	hg_arena_release(in->scratch, mark);
	return status;
}

/* The edited tree with every constant put right, one after the other. */
static hg_status try_constants(hg_search *in, const hg_edit *first, size_t most)
{
	hg_edits second;
	HG_TRY(hg_repairs_of(in->claim, first->tree, is_constant, in->scratch, &second));
	for (size_t k = 0; k < second.n && in->tried < most && in->n == 0; k++) {
		hg_answer answer;
		hg_edit both = second.at[k];
		both.slip = first->slip;
		both.at = first->at;
		HG_TRY(try_edit(in, &both, hg_slips[second.at[k].slip].id, &answer));
	}
	return HG_OK;
}

static bool is_of_shape(hg_slip_id slip)
{
	return slip == HG_SLIP_MISSING_TRANSPOSE || slip == HG_SLIP_EXTRA_TRANSPOSE || slip == HG_SLIP_PRODUCT_ORDER ||
	       slip == HG_SLIP_MISSING_SUM_SAMPLES;
}

static bool may_be_second(hg_slip_id slip) { return !is_constant(slip) && !is_insertion(slip); }

static hg_status try_second(hg_search *in, const hg_edit *first, size_t most)
{
	hg_edits second;
	HG_TRY(hg_repairs_of(in->claim, first->tree, may_be_second, in->scratch, &second));
	for (size_t k = 0; k < second.n && in->tried < most && in->n == 0; k++) {
		const hg_edit *e = &second.at[k];
		hg_answer answer;
		if (e->size > 1)
			continue;
		hg_edit both = {.slip = first->slip, .tree = e->tree, .at = first->at};
		HG_TRY(try_edit(in, &both, e->slip == first->slip ? NULL : hg_slips[e->slip].id, &answer));
	}
	return HG_OK;
}

/* What stands beside one edit; of it only what was found is kept. */
static hg_status beside(hg_search *in, const hg_edit *first, size_t most, hg_status (*pairs)(hg_search *, const hg_edit *, size_t))
{
	hg_mark mark = hg_arena_mark(in->scratch);
	hg_status status = pairs(in, first, most);
	hg_arena_release(in->scratch, mark);
	return status;
}

/* First any slip with a constant beside it, where the numbers say that a constant is all that is left; then two about
 * shapes; then the rest, as far as the budget goes. */
static hg_status try_pairs(hg_search *in, const hg_edits *edits, const hg_answer *answer)
{
	const size_t most = in->tried + HG_MAX_PAIRS;
	for (size_t k = 0; k < edits->n && k < HG_MAX_SINGLES && in->n == 0 && in->tried < most; k++) {
		bool constant = false;
		if (answer[k] != HG_ANSWER_UNREAD && !is_constant(edits->at[k].slip))
			HG_TRY(off_by_a_constant(in, edits->at[k].tree, &constant));
		if (constant)
			HG_TRY(beside(in, &edits->at[k], most, try_constants));
	}
	for (int pass = 0; pass < 2; pass++)
		for (size_t k = 0; k < edits->n && in->n == 0 && in->tried < most; k++) {
			const hg_edit *first = &edits->at[k];
			bool shape = is_of_shape(first->slip);
			if (first->size == 1 && shape == (pass == 0) && !is_constant(first->slip) && !is_insertion(first->slip))
				HG_TRY(beside(in, first, most, try_second));
		}
	return HG_OK;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

enum { MOST_WORLDS = 8 };

/* The pattern of the wrong entries, over the worlds. */
static hg_status describe(const hg_search *in, hg_diagnosis *found)
{
	hg_shot shot[MOST_WORLDS];
	gsl_matrix_view view[MOST_WORLDS][3];
	size_t n = 0, nworlds = 1;
	for (size_t w = 0; w < nworlds && w < MOST_WORLDS; w++) {
		hg_grid grid = {0};
		HG_TRY(hg_claim_grid(in->claim, NULL, w, in->scratch, &grid, &nworlds));
		if (!grid.claimed || grid.rows == 0 || grid.cols == 0)
			return HG_OK;
		double *of[3] = {grid.claimed, grid.numerical, grid.abserr};
		for (size_t k = 0; k < 3; k++)
			view[n][k] = gsl_matrix_view_array(of[k], grid.rows, grid.cols);
		shot[n] = (hg_shot){.claimed = &view[n][0].matrix, .numerical = &view[n][1].matrix, .abserr = &view[n][2].matrix};
		n++;
	}
	return hg_pattern_of(shot, n, in->arena, &found->ratio, &found->pattern);
}

/* Of the shape of another derivative, and right for it, to the letter: then less was put in or exchanged than put under the
 * wrong name. What is left out stays left out. */
static void prefer_left_side(hg_search *in)
{
	static const hg_slip_id after[] = {HG_SLIP_EXTRA_FACTOR, HG_SLIP_EXTRA_TERM, HG_SLIP_WRONG_LAYER};
	size_t k = 0;
	bool beaten = false;
	while (k < in->nstrict && strcmp(in->found[k].id, hg_slips[HG_SLIP_WRONG_LEFT_SIDE].id) != 0)
		k++;
	for (size_t i = 0; in->n && i < sizeof after / sizeof *after; i++)
		beaten |= !strcmp(in->found[0].id, hg_slips[after[i]].id);
	if (!beaten || k == in->nstrict)
		return;
	const hg_slip_found left = in->found[k];
	memmove(&in->found[1], &in->found[0], k * sizeof left);
	in->found[0] = left;
}

static hg_status diagnose(hg_search *in, hg_diagnosis *found)
{
	hg_claim more;
	hg_answer answer;
	HG_TRY(hg_claim_try(in->claim, NULL, in->scratch, &answer));
	if (hg_mends(answer))
		return HG_OK;
	if (in->claim->sort == HG_SORT_ARITHMETIC)
		return correct_arithmetic(in);
	HG_TRY(hg_search_names(in, &more));
	in->claim = &more;
	hg_edits edits;
	HG_TRY(hg_repairs_of(in->claim, in->claim->right, NULL, in->scratch, &edits));
	hg_answer *answer_of = HG_NEWS(in->scratch, edits.n + 1, hg_answer);
	if (!answer_of)
		return HG_ENOMEM;
	HG_TRY(try_singles(in, &edits, answer_of));
	HG_TRY(hg_search_left_sides(in));
	if (answer == HG_ANSWER_UNREAD)
		prefer_left_side(in);
	if (in->n == 0)
		HG_TRY(try_pairs(in, &edits, answer_of));
	return describe(in, found);
}

hg_status hg_diagnose(const hg_claim *claim, const hg_claim *const *others, size_t nothers, const hg_source *source,
                      hg_arena *scratch, hg_arena *arena, hg_diagnosis *found)
{
	*found = (hg_diagnosis){.ratio = NAN};
	hg_search in = {.claim = claim, .others = others, .nothers = nothers, .source = source, .scratch = scratch,
	             .arena = arena};
	hg_mark mark = hg_arena_mark(scratch);
	hg_hold hold;
	hg_hold_open(claim, &hold);
	hg_status status = diagnose(&in, found);
	hg_hold_close(&hold);
	hg_arena_release(scratch, mark);
	HG_TRY(status);
	hg_slip_found *slip = HG_NEWS(arena, in.n ? in.n : 1, hg_slip_found);
	if (!slip)
		return HG_ENOMEM;
	memcpy(slip, in.found, in.n * sizeof *slip);
	found->slip = slip;
	found->nslips = in.n;
	found->tried = in.tried;
	return HG_OK;
}
