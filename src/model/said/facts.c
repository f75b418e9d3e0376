/* What the words between the formulas say: activations, losses, samples in rows. */
#include "model/building.h"

#include <ctype.h>
#include <string.h>

typedef struct word_meaning {
	const char *word;
	hg_map map;
	hg_fn whole;
} word_meaning;

static const word_meaning meanings[] = {
	{"leaky", HG_MAP_LEAKY_RELU, HG_NFNS}, {"relu", HG_MAP_RELU, HG_NFNS},
	{"rectif", HG_MAP_RELU, HG_NFNS},      {"sigmoid", HG_MAP_SIGMOID, HG_NFNS},
	{"logistic", HG_MAP_SIGMOID, HG_NFNS}, {"tanh", HG_MAP_TANH, HG_NFNS},
	{"hyperbolic tangent", HG_MAP_TANH, HG_NFNS}, {"softmax", HG_NMAPS, HG_FN_SOFTMAX},
	{"identity", HG_MAP_IDENTITY, HG_NFNS}, {"softplus", HG_MAP_SOFTPLUS, HG_NFNS},
};

static size_t find_nocase(hg_str text, const char *word, size_t from)
{
	const size_t n = strlen(word);
	for (size_t i = from; i + n <= text.n; i++) /* letters differ from their capitals in one bit */
		if ((text.p[i] | 0x20) == (word[0] | 0x20) && hg_str_equal_nocase((hg_str){text.p + i, n}, (hg_str){word, n}))
			return i;
	return (size_t)-1;
}

hg_map hg_words_activation(hg_str words, hg_fn *whole)
{
	size_t best = (size_t)-1;
	hg_map map = HG_NMAPS;
	*whole = HG_NFNS;
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		size_t at = find_nocase(words, meanings[i].word, 0);
		if (at >= best)
			continue;
		best = at;
		map = meanings[i].map;
		*whole = meanings[i].whole;
	}
	return map;
}

/* "where g is the ReLU": the first activation in the words that follow a lone function letter in the same sentence. */
static void letter_in_words(hg_doc_model *model, const hg_doc *doc, size_t i)
{
	const hg_stretch *s = &doc->stretch[i], *next = i + 1 < doc->nstretches ? &doc->stretch[i + 1] : NULL;
	if (s->kind != HG_STRETCH_INLINE || !next || next->kind != HG_STRETCH_PROSE)
		return;
	hg_str name = hg_str_trim(hg_source_text(doc->source, s->span)), words = hg_source_text(doc->source, next->span);
	for (size_t k = 0; k < words.n; k++)
		if (words.p[k] == '.' || words.p[k] == ';' || k > 90)
			words.n = k;
	static const char *const letters[] = {"f", "g", "\\phi", "\\sigma", "\\varphi", "\\psi", "h", "R", NULL};
	size_t which = 0;
	while (letters[which] && !hg_str_is(name, letters[which]))
		which++;
	if (!letters[which])
		return;
	hg_fn whole;
	hg_map map = hg_words_activation(words, &whole);
	bool is = find_nocase(words, " is ", 0) != (size_t)-1 || find_nocase(words, "is ", 0) == 0 ||
	          find_nocase(words, "denote", 0) != (size_t)-1 || find_nocase(words, "=", 0) != (size_t)-1;
	if ((map == HG_NMAPS && whole == HG_NFNS) || !is)
		return;
	hg_named_function **more = HG_NEWS(model->arena, model->nfunctions + 1, hg_named_function *);
	hg_named_function *f = HG_NEW(model->arena, hg_named_function);
	if (!more || !f)
		return;
	if (model->nfunctions)
		memcpy(more, model->function, model->nfunctions * sizeof *more);
	*f = (hg_named_function){.base = hg_str_of(letters[which] + (letters[which][0] == '\\')), .layer = HG_NO_LAYER,
	                         .map = map, .whole = whole};
	more[model->nfunctions] = f;
	model->function = more;
	model->nfunctions_room = ++model->nfunctions;
}

void hg_model_words(hg_doc_model *model)
{
	static const char *const words[] = {"sigmoid", "logistic", "sigmoide"};
	const hg_doc *doc = model->said->doc;
	for (size_t i = 0; i < doc->nstretches; i++)
		for (size_t k = 0; k < sizeof words / sizeof *words; k++)
			model->says_sigmoid = model->says_sigmoid || find_nocase(hg_source_text(doc->source, doc->stretch[i].span), words[k], 0) != (size_t)-1;
}

/* Words reach what they stand beside: a paragraph with mathematics in it, or one that ends in a colon before it; a heading its
 * section. A sentence about something else says nothing of the network. */
static bool has_reach(const hg_doc *doc, size_t i)
{
	const hg_stretch *s = &doc->stretch[i];
	if (s->kind != HG_STRETCH_PROSE)
		return true;
	hg_str text = hg_str_trim(hg_source_text(doc->source, s->span));
	if (text.n && text.p[text.n - 1] == ':')
		return true;
	for (size_t k = i; k-- > 0 && doc->stretch[k].paragraph == s->paragraph;)
		if (doc->stretch[k].kind != HG_STRETCH_PROSE)
			return true;
	return i + 1 < doc->nstretches && doc->stretch[i + 1].paragraph == s->paragraph;
}

void hg_model_facts(hg_doc_model *model)
{
	const hg_doc *doc = model->said->doc;
	for (size_t i = 0; i < doc->nstretches; i++) {
		hg_str text = hg_source_text(doc->source, doc->stretch[i].span);
		letter_in_words(model, doc, i);
		static const char *const squares[] = {"squared error", "square error", "quadratic cost", "quadratic loss", "MSE", NULL};
		for (size_t k = 0; squares[k]; k++)
			model->says_squares = model->says_squares || find_nocase(text, squares[k], 0) != (size_t)-1;
		model->says_symmetric = model->says_symmetric || find_nocase(text, "symmetric", 0) != (size_t)-1;
		const bool reach = has_reach(doc, i);
		model->says_likelihood = model->says_likelihood || (reach && (find_nocase(text, "likelihood", 0) != (size_t)-1 || find_nocase(text, "maximi", 0) != (size_t)-1));
		model->says_entropy = model->says_entropy || find_nocase(text, "entropy", 0) != (size_t)-1 ||
		                      find_nocase(text, "log loss", 0) != (size_t)-1 || find_nocase(text, "logistic", 0) != (size_t)-1;
		if (doc->stretch[i].kind != HG_STRETCH_PROSE)
			continue;
		model->softmax = model->softmax || (reach && find_nocase(text, "softmax", 0) != (size_t)-1);
		model->one_hot = model->one_hot || (reach && (find_nocase(text, "one-hot", 0) != (size_t)-1 || find_nocase(text, "one hot", 0) != (size_t)-1));
		static const char *const one[] = {"single", "one example", "one sample", "one training", "an example", "per-sample", "per sample",
		                                  "per example", "stochastic", "each example", "each sample", "one data point", NULL};
		for (size_t k = 0; one[k]; k++)
			model->says_one = model->says_one || find_nocase(text, one[k], 0) != (size_t)-1;
		model->says_ascent = model->says_ascent || (reach && find_nocase(text, "ascent", 0) != (size_t)-1);
		model->batch = model->batch || find_nocase(text, "batch", 0) != (size_t)-1 || find_nocase(text, "vectoriz", 0) != (size_t)-1;
	}
}
