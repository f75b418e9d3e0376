/* What the words between the formulas say: activations, losses, samples in rows. */
#include "lang/described.h"
#include "model/building.h"

#include <ctype.h>
#include <string.h>

typedef struct spelled {
	hg_doc_model *model;
	hg_str letter; /* as it is written */
	hg_ref ref;    /* as it is read */
	bool found;
} spelled;

static bool see_spelled(void *self, const hg_expr *e)
{
	spelled *s = self;
	const hg_expr *f = e->op == HG_OP_CALL || e->op == HG_OP_PRIME ? e->kid[0] : NULL;
	bool same = f && f->op == HG_OP_NAME && hg_str_equal(hg_expr_spelling(f), s->letter);
	s->found = s->found || (same && hg_ref_of(f, &s->model->habits, s->model->arena, &s->ref));
	return !s->found;
}

/* "where g is the ReLU": the first activation in the words that say what a letter is. */
static void letter_in_words(hg_doc_model *model, const hg_doc *doc, size_t i)
{
	hg_str words, letter = hg_letter_described(doc, i, &words);
	if (!letter.n || !hg_words_say_function(words))
		return;
	hg_fn whole;
	hg_map map = hg_words_activation(words, &whole);
	if (map == HG_NMAPS && whole == HG_NFNS)
		return;
	spelled s = {.model = model, .letter = letter, .ref = {.base = letter}};
	for (size_t k = 0; k < model->said->n && !s.found; k++)
		for (size_t n = 0; n < model->said->at[k].nsides && !s.found; n++)
			hg_expr_visit(model->said->at[k].side[n].e, see_spelled, &s);
	hg_model_bind_function(model, &(hg_ref){.base = s.ref.base}, map, whole, NULL, (hg_str){0}, 0);
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

/* Where words must stand to say something: the rows of words.def. */
typedef enum reach { FIRST, ANYWHERE, BESIDE, PROSE, PROSE_BESIDE } reach;

#define HG_SAYS(what, reach, ...) static const char *const words_##what[] = {__VA_ARGS__, NULL};
#include "words.def"
#undef HG_SAYS

static const struct {
	reach reach;
	const char *const *words;
} says[] = {
#define HG_SAYS(what, reach, ...) [HG_SAYS_##what] = {reach, words_##what},
#include "words.def"
#undef HG_SAYS
};

void hg_model_words(hg_doc_model *model)
{
	const hg_doc *doc = model->said->doc;
	for (size_t i = 0; i < doc->nstretches; i++)
		for (size_t k = 0; k < HG_NSAYS; k++)
			if (says[k].reach == FIRST && hg_str_says(hg_source_text(doc->source, doc->stretch[i].span), says[k].words))
				model->says |= 1u << k;
}

void hg_model_facts(hg_doc_model *model)
{
	const hg_doc *doc = model->said->doc;
	for (size_t i = 0; i < doc->nstretches; i++) {
		const hg_str text = hg_source_text(doc->source, doc->stretch[i].span);
		const bool reached = has_reach(doc, i), prose = doc->stretch[i].kind == HG_STRETCH_PROSE;
		letter_in_words(model, doc, i);
		for (size_t k = 0; k < HG_NSAYS; k++) {
			const reach r = says[k].reach;
			const bool here = r != FIRST && (reached || (r != BESIDE && r != PROSE_BESIDE)) && (prose || (r != PROSE && r != PROSE_BESIDE));
			if (here && !hg_model_says(model, (hg_says)k) && hg_str_says(text, says[k].words))
				model->says |= 1u << k;
		}
	}
	model->softmax = model->softmax || hg_model_says(model, HG_SAYS_SOFTMAX);
	model->layout.batch = model->layout.batch || hg_model_says(model, HG_SAYS_BATCH);
	model->total.jacobian = hg_model_says(model, HG_SAYS_NUMERATOR)     ? HG_JACOBIAN_NUMERATOR
	                  : hg_model_says(model, HG_SAYS_DENOMINATOR) ? HG_JACOBIAN_DENOMINATOR
	                                                              : 0;
}
