#include "derive/derive_path.h"

#include "base/status.h"

#include <math.h>

static bool same_shapes(const hg_point *a, const hg_point *b)
{
	if (a->nblocks != b->nblocks)
		return false;
	for (size_t k = 0; k < a->nblocks; k++)
		if (a->block[k].x->size1 != b->block[k].x->size1 || a->block[k].x->size2 != b->block[k].x->size2)
			return false;
	return true;
}

/* The point `from` with the blocks it is differentiated by as they are at `to`. */
static hg_block *end_of_path(const hg_point *from, const hg_point *to, hg_arena *arena)
{
	hg_block *block = HG_NEWS(arena, from->nblocks, hg_block);
	for (size_t b = 0; block && b < from->nblocks; b++) {
		block[b] = from->block[b];
		if (block[b].wrt)
			block[b].x = to->block[b].x;
	}
	return block;
}

hg_status hg_judge_path(const hg_trials *trials, const hg_settings *settings, hg_arena *arena,
                        hg_finding *finding)
{
	const hg_point *from = trials->n ? trials->trial[0].at : NULL, *to = NULL;
	for (size_t k = 1; !to && k < trials->n; k++)
		if (same_shapes(from, trials->trial[k].at))
			to = trials->trial[k].at;
	if (!to || finding->status == HG_S_DISAGREES)
		return HG_OK;
	hg_point end = *from;
	hg_entry e;
	end.block = end_of_path(from, to, arena);
	if (!end.block)
		return HG_ENOMEM;
	HG_TRY(hg_check_path(&trials->stage->f, trials->claim, from, &end, settings, &e));
	if (e.outcome != HG_DISAGREES)
		return HG_OK;
	finding->status = HG_S_DISAGREES;
	hg_finding_because(finding, HG_CAUSE_NONE);
	finding->evidence.yours = e.claimed;
	finding->evidence.numerical = e.numerical;
	finding->evidence.abserr = e.abserr;
	finding->evidence.class = e.kind;
	finding->evidence.reason = e.reason;
	finding->evidence.entry = hg_arena_print(arena, "%s along a path", trials->stage->wrt);
	finding->evidence.point = "from the first point to the second";
	finding->evidence.pattern = "right at every point, wrong between two of them: a branch is misplaced";
	finding->evidence.max_abs = fabs(e.claimed - e.numerical);
	finding->evidence.max_rel = finding->evidence.max_abs / fmax(fabs(e.claimed), fabs(e.numerical));
	return HG_OK;
}
