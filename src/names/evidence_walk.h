/* Inside the evidence of letters: the walk over one expression. */
#ifndef HG_NAMES_EVIDENCE_WALK_H
#define HG_NAMES_EVIDENCE_WALK_H

#include "lang/function.h"
#include "names/evidence.h"

enum { HG_NO_LETTER = HG_MOST_LETTERS };

typedef struct hg_seeing {
	hg_evidence *seen;
	bool defines, lossy; /* inside what defines something; with a logarithm or a square in it */
	bool loss;           /* ... that is differentiated, by what is seen so far */
} hg_seeing;

void hg_seen_value(hg_seeing *w, const hg_expr *e, unsigned where); /* e as a value, its own name in these places too */
void hg_seen_indices(hg_seeing *w, size_t owner, const hg_expr *e);
size_t hg_seen_letter(hg_seeing *w, const hg_expr *e, bool *gradient); /* where the letter of a name is kept; HG_NO_LETTER: it has none */
void hg_seen_mark(hg_seeing *w, size_t letter, unsigned where);
void hg_seen_pair(hg_seeing *w, hg_pair_kind kind, size_t a, size_t b);

const hg_expr *hg_seen_bare(const hg_expr *e);      /* without sign, transpose, prime, box */
const hg_expr *hg_seen_bound(const hg_expr *sum);   /* the letter a sum binds; NULL */
bool hg_seen_calls(const hg_expr *e, hg_fn fn);     /* is it a call of that function? */

#endif
