#include "lang/described.h"
#include "lang/command.h"
#include "words.def"

static bool ends_clause(char c) { return c == '.' || c == ';' || c == ','; }

/* g, \phi: one letter and nothing else. */
static hg_str lone_letter(hg_str text)
{
	text = hg_str_trim(text);
	bool command = text.n > 1 && text.p[0] == '\\';
	hg_str name = command ? hg_str_part(text, 1, text.n) : text;
	bool letter = name.n == 1 && ((name.p[0] >= 'a' && name.p[0] <= 'z') || (name.p[0] >= 'A' && name.p[0] <= 'Z'));
	return (command ? hg_command_is_letter(name) : letter) ? name : (hg_str){0};
}

hg_str hg_letter_described(const hg_doc *doc, size_t i, hg_str *words)
{
	enum { LONGEST = 90 };
	static const char *const begins[] = {HG_WORDS_DESCRIBE_LETTER, NULL};
	const hg_stretch *s = &doc->stretch[i], *next = i + 1 < doc->nstretches ? &doc->stretch[i + 1] : NULL;
	if (s->kind != HG_STRETCH_INLINE || !next || next->kind != HG_STRETCH_PROSE)
		return (hg_str){0};
	*words = hg_str_trim(hg_source_text(doc->source, next->span));
	for (size_t k = 0; k < words->n; k++)
		if (ends_clause(words->p[k]) || k > LONGEST)
			words->n = k;
	for (size_t k = 0; begins[k]; k++)
		if (hg_str_starts(*words, begins[k]))
			return lone_letter(hg_source_text(doc->source, s->span));
	return (hg_str){0};
}

bool hg_words_say_function(hg_str words)
{
	static const char *const functions[] = {
#define HG_NAMES_FUNCTION(word, map, whole) word,
#include "words.def"
#undef HG_NAMES_FUNCTION
		HG_WORDS_ACTIVATION, NULL};
	static const char *const values[] = {HG_WORDS_OF_VALUE, NULL};
	static const char *const leads[] = {HG_WORDS_TO_ARGUMENT};
	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
		if (hg_str_ends(words, leads[i])) /* the softmax of $S$ */
			return false;
	return hg_str_says(words, functions) && !hg_str_says(words, values);
}
