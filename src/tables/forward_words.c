/* The layers of a network named in a row: "Linear -> ReLU -> Linear -> Sigmoid, with the BCE loss". */
#include "tables/forward.h"

#include <ctype.h>
#include <string.h>

static const struct {
	const char *word;
	hg_layer_kind kind;
} words_of_layers[] = {
#define HG_NAMES_LAYER(word, kind) {word, HG_LAYER_##kind},
#include "words.def"
#undef HG_NAMES_LAYER
};

/* The entry whose word stands at p, not followed by a letter; sizeof: none. */
static size_t entry_at(hg_str text, size_t at)
{
	size_t n = sizeof words_of_layers / sizeof *words_of_layers;
	if ((at && isalpha((unsigned char)text.p[at - 1])) || !strchr(HG_LS_LAYER_WORDS, text.p[at]))
		return n;
	for (size_t k = 0; k < n; k++) {
		size_t length = strlen(words_of_layers[k].word);
		bool ends = at + length >= text.n || !isalpha((unsigned char)text.p[at + length]);
		if (at + length <= text.n && ends && hg_str_equal_nocase(hg_str_part(text, at, length), hg_str_of(words_of_layers[k].word)))
			return k;
	}
	return n;
}

hg_layer_kind hg_layer_kind_of(hg_str words)
{
	for (size_t i = 0; i < words.n; i++) {
		size_t k = entry_at(words, i);
		if (k < sizeof words_of_layers / sizeof *words_of_layers)
			return words_of_layers[k].kind;
	}
	bool letter = words.n == 1 && strchr(HG_LS_ACTIVATIONS, words.p[0]);
	return letter ? HG_LAYER_FUNCTION : HG_LAYER_OTHER;
}

/* What may stand between two layers: arrows, dashes, numbers, "then", "followed by a". */
static bool joins(hg_str between)
{
	static const char *const words[] = {HG_WORDS_BETWEEN_LAYERS, NULL};
	size_t i = 0;
	bool sign = false;
	if (between.n > 60)
		return false;
	while (i < between.n) {
		size_t from = i;
		while (i < between.n && isalpha((unsigned char)between.p[i]))
			i++;
		if (i == from) {
			if (strchr(".!?;", between.p[i]))
				return false;
			sign |= strchr("->,:", between.p[i]) || (unsigned char)between.p[i] >= 0x80 || between.p[i] == '\\';
			i++;
			continue;
		}
		hg_str word = hg_str_part(between, from, i - from);
		size_t k = 0;
		while (words[k] && !hg_str_equal_nocase(word, hg_str_of(words[k])))
			k++;
		if (!words[k])
			return false;
		sign |= hg_str_equal_nocase(word, HG_STR(HG_W_THEN)) || hg_str_equal_nocase(word, HG_STR(HG_W_FOLLOWED));
	}
	return sign;
}

static hg_str paragraph_text(const hg_doc *doc, size_t i, size_t *past)
{
	size_t from = doc->stretch[i].span.at, to = from, k = i;
	for (; k < doc->nstretches && doc->stretch[k].paragraph == doc->stretch[i].paragraph && !doc->stretch[k].table_cell; k++)
		to = doc->stretch[k].span.at + doc->stretch[k].span.n;
	*past = k > i ? k : i + 1;
	return hg_doc_text(doc, (hg_span){from, to - from});
}

static void layers_in(hg_str text, size_t stretch, hg_forward_said *said)
{
	size_t n = sizeof words_of_layers / sizeof *words_of_layers, end = 0;
	*said = (hg_forward_said){0};
	for (size_t i = 0; i < text.n && said->n < HG_MAX_LAYERS_SAID; i++) {
		size_t k = entry_at(text, i);
		if (k == n)
			continue;
		hg_layer_kind kind = words_of_layers[k].kind;
		size_t length = strlen(words_of_layers[k].word);
		if (said->n && !joins(hg_str_part(text, end, i - end))) {
			if (said->n >= 3)
				return;
			said->n = 0;
		}
		if (said->n || kind == HG_LAYER_LINEAR)
			said->layer[said->n++] = (hg_layer_said){.kind = kind, .word = hg_str_part(text, i, length), .stretch = stretch};
		end = i + length;
		i = end - 1;
	}
}

/* Linear, then a function, then Linear ...: the layers of a network and no list of words. */
static bool alternates(const hg_forward_said *said)
{
	size_t linear = 0, functions = 0;
	for (size_t i = 0; i < said->n; i++) {
		hg_layer_kind kind = said->layer[i].kind;
		if (kind == HG_LAYER_LOSS && i + 1 < said->n)
			return false;
		if (i && kind == said->layer[i - 1].kind)
			return false;
		linear += kind == HG_LAYER_LINEAR;
		functions += kind == HG_LAYER_FUNCTION;
	}
	return linear >= 2 && functions >= 1;
}

void hg_forward_words(const hg_doc *doc, hg_forward_said *said)
{
	*said = (hg_forward_said){0};
	for (size_t i = 0, past; i < doc->nstretches; i = past) {
		past = i + 1;
		hg_stretch_kind kind = doc->stretch[i].kind;
		if (doc->stretch[i].table_cell || (kind != HG_STRETCH_PROSE && kind != HG_STRETCH_HEADING && kind != HG_STRETCH_INLINE))
			continue;
		layers_in(paragraph_text(doc, i, &past), i, said);
		if (alternates(said))
			return;
	}
	said->n = 0;
}
