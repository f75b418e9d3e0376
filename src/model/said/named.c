/* Words that name a function. */
#include "model/building.h"

typedef struct word_meaning {
	const char *word;
	hg_map map;
	hg_fn whole;
} word_meaning;

static const word_meaning meanings[] = {
#define HG_NAMES_FUNCTION(word, map, whole) {word, map, whole},
#include "words.def"
#undef HG_NAMES_FUNCTION
};

hg_map hg_words_activation(hg_str words, hg_fn *whole)
{
	size_t best = (size_t)-1;
	hg_map map = HG_NMAPS;
	*whole = HG_NFNS;
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		size_t at = hg_str_find_nocase(words, meanings[i].word);
		if (at >= best)
			continue;
		best = at;
		map = meanings[i].map;
		*whole = meanings[i].whole;
	}
	return map;
}
