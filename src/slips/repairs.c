#include "slips/repairs.h"

#include "slips/repairs_edit.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void hg_repair_none(hg_repairer *r, const hg_spot *at)
{
	(void)r;
	(void)at;
}

static hg_repair *const repairs[HG_NSLIPS] = {
#define HG_SLIP(symbol, id, title, hint, repair, ...) [HG_SLIP_##symbol] = hg_repair_##repair,
#include "slips.def"
#undef HG_SLIP
};

/* Which row's repair commits a slip: the repair of its opposite. Those not named commit themselves. */
static const struct {
	hg_slip_id slip, by;
} opposites[] = {
	{HG_SLIP_MISSING_MEAN, HG_SLIP_EXTRA_MEAN},
	{HG_SLIP_EXTRA_MEAN, HG_SLIP_MISSING_MEAN},
	{HG_SLIP_MISSING_TRANSPOSE, HG_SLIP_EXTRA_TRANSPOSE},
	{HG_SLIP_EXTRA_TRANSPOSE, HG_SLIP_MISSING_TRANSPOSE},
	{HG_SLIP_LOST_SQUARE, HG_SLIP_EXTRA_SQUARE},
	{HG_SLIP_EXTRA_SQUARE, HG_SLIP_LOST_SQUARE},
	{HG_SLIP_LOST_FACTOR, HG_SLIP_EXTRA_FACTOR},
	{HG_SLIP_EXTRA_FACTOR, HG_SLIP_LOST_FACTOR},
	{HG_SLIP_LOST_TERM, HG_SLIP_EXTRA_TERM},
	{HG_SLIP_EXTRA_TERM, HG_SLIP_LOST_TERM},
	{HG_SLIP_PRODUCT_FOR_SUM, HG_SLIP_SUM_FOR_PRODUCT},
	{HG_SLIP_SUM_FOR_PRODUCT, HG_SLIP_PRODUCT_FOR_SUM},
};

/* What commits a slip. A sum over samples cannot be taken away by putting one in. */
static hg_repair *committing(hg_slip_id slip)
{
	if (slip == HG_SLIP_MISSING_SUM_SAMPLES)
		return hg_repair_none;
	for (size_t k = 0; k < sizeof opposites / sizeof *opposites; k++)
		if (opposites[k].slip == slip)
			return repairs[opposites[k].by];
	return repairs[slip];
}

static void walk(hg_repairer *r, hg_repair *repair, const hg_spot *at)
{
	repair(r, at);
	for (size_t k = 0; k < at->e->nkids && r->status == HG_OK && !r->full; k++)
		walk(r, repair, &(hg_spot){.up = at, .e = at->e->kid[k], .k = k});
}

static int by_preference(const void *a, const void *b)
{
	const hg_edit *x = a, *y = b;
	if (x->size != y->size)
		return x->size < y->size ? -1 : 1;
	if (x->slip != y->slip)
		return x->slip < y->slip ? -1 : 1;
	if (x->at.n != y->at.n)
		return x->at.n < y->at.n ? -1 : 1;
	if (x->at.at != y->at.at)
		return x->at.at < y->at.at ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* An edit that changes nothing is no repair, and under one slip equal trees need be tried once only. */
static hg_status drop_repeated(hg_repairer *r, const hg_expr *tree)
{
	enum { BUCKETS = 512 };
	hg_edits *edits = r->edits;
	size_t *hash = HG_NEWS(r->arena, edits->n + 1, size_t), *before = HG_NEWS(r->arena, edits->n + 1, size_t);
	size_t own = hg_expr_hash(tree), kept = 0, last[BUCKETS] = {0}; /* of a bucket the last that is kept, counted from 1; of each the one before it */
	if (!hash || !before)
		return HG_ENOMEM;
	for (size_t i = 0; i < edits->n; i++) {
		const hg_edit *e = &edits->at[i];
		const size_t h = hg_expr_hash(e->tree), bucket = (h ^ h >> 9) % BUCKETS;
		bool seen = h == own && hg_expr_equal(e->tree, tree);
		for (size_t k = last[bucket]; !seen && k; k = before[k - 1])
			seen = hash[k - 1] == h && edits->at[k - 1].slip == e->slip && hg_expr_equal(edits->at[k - 1].tree, e->tree);
		if (!seen) {
			hash[kept] = h;
			before[kept] = last[bucket];
			edits->at[kept++] = *e;
			last[bucket] = kept;
		}
	}
	edits->n = kept;
	return HG_OK;
}

/* The numpy dialect shows in its products, its slices, and in names such as dZ2 that have no index. */
bool hg_writes_code(const hg_expr *e)
{
	for (size_t k = 0; e->op == HG_OP_PRODUCT && k + 1 < e->nkids; k++)
		if (e->glue[k] == HG_GLUE_AT)
			return true;
	if (e->op == HG_OP_NAME && e->nindex == 0 && e->name.n > 1 && isdigit((unsigned char)e->name.p[e->name.n - 1]))
		return true;
	for (size_t k = 0; k < e->nkids; k++)
		if (hg_writes_code(e->kid[k]))
			return true;
	return e->op == HG_OP_SLICE;
}

typedef enum direction { MEND, COMMIT } direction;

static hg_status edits_of(const hg_claim *claim, const hg_expr *tree, direction which, bool (*wanted)(hg_slip_id),
                          hg_arena *arena, hg_edits *edits)
{
	*edits = (hg_edits){0};
	hg_repairer r = {.claim = claim, .arena = arena, .edits = edits, .code = hg_writes_code(tree) || (claim->left && hg_writes_code(claim->left))};
	for (r.slip = 0; r.slip < HG_NSLIPS && r.status == HG_OK; r.slip++)
		if (!wanted || wanted(r.slip))
			walk(&r, which == MEND ? repairs[r.slip] : committing(r.slip), &(hg_spot){.e = tree});
	if (r.status != HG_OK)
		return r.status;
	if (edits->n)
		qsort(edits->at, edits->n, sizeof *edits->at, by_preference);
	return drop_repeated(&r, tree);
}

hg_status hg_repairs_of(const hg_claim *claim, const hg_expr *tree, bool (*wanted)(hg_slip_id), hg_arena *arena,
                        hg_edits *edits)
{
	return edits_of(claim, tree, MEND, wanted, arena, edits);
}

hg_status hg_plants_of(const hg_claim *claim, const hg_expr *tree, bool (*wanted)(hg_slip_id), hg_arena *arena,
                       hg_edits *edits)
{
	return edits_of(claim, tree, COMMIT, wanted, arena, edits);
}
