/* Slips committed in a formula that is right: those that must change its value, whatever the numbers. */
#include "slips/power.h"

#include "claim/hold.h"
#include "slips/repairs.h"

/* The others may leave the value as it is: a t for an a2, a transpose of a number. */
static bool must_change(hg_slip_id slip)
{
	switch (slip) {
	case HG_SLIP_SIGN:
	case HG_SLIP_MISSING_MEAN:
	case HG_SLIP_EXTRA_MEAN:
	case HG_SLIP_CONSTANT_FACTOR:
	case HG_SLIP_SQUARE_MOVED:
	case HG_SLIP_LOST_SQUARE:
	case HG_SLIP_EXTRA_SQUARE:
	case HG_SLIP_EXPONENT_SIGN:
	case HG_SLIP_RELU_DERIVATIVE:
	case HG_SLIP_VALUE_FOR_DERIVATIVE:
	case HG_SLIP_WRONG_ACTIVATION:
	case HG_SLIP_WRONG_LAYER:
	case HG_SLIP_COMPLEMENT:
	case HG_SLIP_LOST_FACTOR:
	case HG_SLIP_LOST_TERM:
	case HG_SLIP_SUM_FOR_PRODUCT: return true;
	default:                      return false;
	}
}

static bool is_named(const hg_power *power, const char *id)
{
	for (size_t k = 0; k < power->nblind; k++)
		if (hg_str_starts(hg_str_of(power->blind[k]), id))
			return true;
	return false;
}

/* The first edit of each kind stands for it. */
static hg_status plant(const hg_claim *claim, const char *of, hg_arena *scratch, hg_arena *arena, hg_power *power)
{
	hg_edits edits;
	bool done[HG_NSLIPS] = {false};
	HG_TRY(hg_plants_of(claim, claim->right, must_change, scratch, &edits));
	for (size_t k = 0; k < edits.n; k++) {
		const hg_edit *e = &edits.at[k];
		hg_answer answer;
		if (done[e->slip])
			continue;
		done[e->slip] = true;
		HG_TRY(hg_claim_try(claim, e->tree, scratch, &answer));
		bool refused = answer == HG_ANSWER_DIFFERS || answer == HG_ANSWER_UNREAD;
		power->planted++;
		power->refused += refused;
		const char *id = hg_slips[e->slip].id;
		if (!refused && !is_named(power, id)) /* once is enough */
			HG_TRY(hg_power_warn(power, hg_arena_print(arena, "%s in %s", id, of ? of : "a line"), arena));
	}
	return HG_OK;
}

hg_status hg_power_of_claim(const hg_claim *claim, const char *of, hg_arena *scratch, hg_arena *arena, hg_power *power)
{
	hg_mark mark = hg_arena_mark(scratch);
	hg_hold hold;
	hg_hold_open(claim, &hold);
	hg_status status = claim->sort == HG_SORT_DERIVATIVE ? plant(claim, of, scratch, arena, power) : HG_OK;
	hg_hold_close(&hold);
	hg_arena_release(scratch, mark);
	return status;
}
