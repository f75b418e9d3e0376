/* Inside the customs of letters: what each letter of a document is, and how it is spelled. */
#ifndef HG_NAMES_SPELLING_H
#define HG_NAMES_SPELLING_H

#include "names/customs.h"
#include "names/evidence.h"

typedef struct hg_spelling {
	hg_evidence seen;
	unsigned is[HG_MOST_LETTERS];      /* one of HG_MAY_*, by what is shown; 0: nothing is */
	hg_str as[HG_MOST_LETTERS];        /* how it is spelled from now on */
	bool moves[HG_MOST_LETTERS];
	bool complete; /* the document differentiates by more than one thing that is given */
	hg_arena *arena;
} hg_spelling;

/* Gives each letter its role, as far as its places show one: counts, indices, losses, what is given, rates, what is computed. */
void hg_letter_roles(hg_spelling *s);

/* Supposes, where nothing tells, that of two given factors the first is the weight. */
void hg_letter_suppose(hg_spelling *s);

/* spelling.c: letters for them. Forgetting customs, by what is shown of each letter and by their order alone, so that documents
 * that differ in nothing but letters become one. */
void hg_spelling_find(hg_spelling *s);
void hg_spelling_forget(hg_spelling *s);

unsigned hg_letter_where(const hg_spelling *s, size_t i); /* HG_SEEN_* */
bool hg_letter_shown(const hg_spelling *s, size_t i, unsigned all, unsigned none);
bool hg_letter_differentiates(const hg_spelling *s, size_t i); /* something is differentiated by it, or it is updated */
bool hg_letter_is_fixed(const hg_spelling *s, size_t i);
size_t hg_letter_other_case(const hg_spelling *s, size_t i); /* HG_MOST_LETTERS: it is not there */

#endif
