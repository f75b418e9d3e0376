/* Inside the diagnosis: one search, and what its parts share. */
#ifndef HG_SLIPS_DIAGNOSE_PARTS_H
#define HG_SLIPS_DIAGNOSE_PARTS_H

#include "slips/diagnose.h"
#include "slips/repairs.h"

typedef struct hg_search {
	const hg_claim *claim; /* with all the names a repair may use */
	const hg_claim *const *others;
	size_t nothers;
	const hg_source *source;
	hg_arena *scratch, *arena;
	size_t n, nstrict;     /* found; of these in front: right to the letter */
	hg_slip_found found[HG_MAX_FOUND];
	size_t tried;
} hg_search;

bool hg_mends(hg_answer answer);
/* Right to the letter comes before right up to notation; each slip once. */
hg_status hg_search_add(hg_search *in, hg_slip_found found, hg_answer answer);
const char *hg_search_print(const hg_search *in, const hg_expr *tree); /* in the writer's notation; NULL: out of memory */

const char *hg_search_respell(const hg_search *in, const hg_expr *tree, bool plain); /* respell.c; NULL: it does not read back */

/* The claim with all the names a repair may use: those of the model, gradients the document names on other left sides,
 * capitals of what occurs for one sample only, the letter for the number of samples. */
hg_status hg_search_names(const hg_search *in, hg_claim *more); /* diagnose_names.c */
hg_status hg_search_left_sides(hg_search *in);                   /* diagnose_left.c */

#endif
