/* The repairs of a formula: for each slip of the catalogue, the claim with that slip undone, wherever it could have
 * been made. An edited tree shares with the old one all that did not change. */
#ifndef HG_SLIPS_REPAIRS_H
#define HG_SLIPS_REPAIRS_H

#include "claim/claim.h"
#include "slips/slips.h"

typedef struct hg_edit {
	hg_slip_id slip;
	const hg_expr *tree; /* the whole side */
	hg_span at;          /* of the smallest term that changed, in the source */
	unsigned size;       /* how much changed: 1 one sign, one factor, one name; 2 more than that */
	unsigned order;      /* among the proposals of its slip: likelier places come first */
} hg_edit;

typedef struct hg_edits {
	size_t n, room;
	hg_edit *at;
} hg_edits;

/* Of one tree: so many proposals, and so many pieces written anew for them. A long sum has many of both, each as long as
 * it is itself. */
enum { HG_MAX_EDITS = 4000, HG_MAX_PIECES = 4000000 };

/* Every repair of every slip, at every place of the tree, in the order they should be tried: by size, by the order of
 * the table, by the length of the term that changes, by how likely the place is. Under one slip equal trees stand there once. NULL for `wanted`: of
 * every slip. */
hg_status hg_repairs_of(const hg_claim *claim, const hg_expr *tree, bool (*wanted)(hg_slip_id), hg_arena *arena,
                        hg_edits *edits);

/* The other direction: a right formula with each slip committed in it, in the same order. */
hg_status hg_plants_of(const hg_claim *claim, const hg_expr *tree, bool (*wanted)(hg_slip_id), hg_arena *arena,
                       hg_edits *edits);

#endif
