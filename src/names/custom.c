/* What custom has a letter stand for: the rows of letters.def. */
#include "names/customs.h"
#include "names/name_parts.h"

#include <string.h>

const hg_custom hg_customs[] = {
#define INPUT HG_MAY_INPUT
#define LABEL HG_MAY_LABEL
#define WEIGHT HG_MAY_WEIGHT
#define BIAS HG_MAY_BIAS
#define VALUE HG_MAY_VALUE
#define LOSS HG_MAY_LOSS
#define COUNT HG_MAY_COUNT
#define CLASSES HG_MAY_CLASSES
#define RATE HG_MAY_RATE
#define INDEX HG_MAY_INDEX
#define SAMPLE HG_MAY_SAMPLE
#define LAYER HG_MAY_LAYER
#define TIME HG_MAY_TIME
#define OWN HG_MAY_OWN
#define FIXED HG_MAY_FIXED
#define FUNCTION HG_MAY_FUNCTION
#define ACTIVATION HG_MAY_ACTIVATION
#define NOTHING HG_MAY_NOTHING
#define HG_LETTER(spelling, what) {{spelling, sizeof spelling - 1}, what},
#include "letters.def"
#undef HG_LETTER
};

const size_t hg_ncustoms = sizeof hg_customs / sizeof *hg_customs;

unsigned hg_custom_of(hg_str letter)
{
	const char first = letter.n ? *letter.p : '\0'; /* tells most letters apart without a call */
	for (size_t i = 0; i < hg_ncustoms; i++)
		if (*hg_customs[i].letter.p == first && hg_str_equal(hg_customs[i].letter, letter))
			return hg_customs[i].may;
	return 0;
}

bool hg_is_loss_name(hg_str base) { return hg_custom_of(base) & HG_MAY_LOSS; }

bool hg_is_count_name(hg_str base) { return hg_custom_of(base) & HG_MAY_COUNT; }

bool hg_is_rate_name(hg_str base) { return hg_custom_of(base) & HG_MAY_RATE; }

bool hg_letter_folds(char c) { return strchr(HG_LS_FOLDING, c) != NULL; }
