/* Letters as custom has them: a document is read as if each of its letters were the one that custom has for what its
 * equations show it to be. So a document means the same whatever letters it is written in. What is printed keeps the letters
 * it was written in (hg_expr_spelling). */
#ifndef HG_NAMES_CUSTOMS_H
#define HG_NAMES_CUSTOMS_H

#include "lang/statement.h"

/* What a letter may stand for, as a set: letters.def. */
enum {
	HG_MAY_INPUT = 1, HG_MAY_LABEL = 2, HG_MAY_WEIGHT = 4, HG_MAY_BIAS = 8, HG_MAY_VALUE = 16, HG_MAY_LOSS = 32, HG_MAY_COUNT = 64,
	HG_MAY_CLASSES = 128, HG_MAY_RATE = 256, HG_MAY_INDEX = 512, HG_MAY_SAMPLE = 1024, HG_MAY_LAYER = 2048, HG_MAY_TIME = 4096,
	HG_MAY_OWN = 8192, HG_MAY_FUNCTION = 1 << 14, HG_MAY_ACTIVATION = 1 << 16,
	HG_MAY_NOTHING = 1 << 15, HG_MAY_FIXED = 1 << 17,
};

/* The letters in the order in which they are taken; custom.c. */
typedef struct hg_custom {
	hg_str letter;
	unsigned may;
} hg_custom;
extern const hg_custom hg_customs[];
extern const size_t hg_ncustoms;

/* What custom has a letter stand for; 0: nothing. */
unsigned hg_custom_of(hg_str letter);

/* The document and, beside it, its assignment (may be NULL) and the left sides asked for in it, with customary letters.
 * Blind: what the equations show nothing of gets a letter that custom has for nothing. */
hg_status hg_customs_apply(const hg_statements **said, const hg_statements **assignment, const hg_expr **asked, size_t nasked,
                           bool blind, hg_arena *arena);

/* Does any letter stand for something by custom alone? Then a reading that is blind for customs may differ. */
bool hg_customs_needed(const hg_statements *said, const hg_statements *assignment, hg_arena *scratch);

/* What each letter is shown to be, and how it is read: --dump=names. */
hg_status hg_names_dump(const hg_statements *said, hg_arena *arena, hg_buf *out);

#endif
