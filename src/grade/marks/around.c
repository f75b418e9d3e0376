/* What stands around a line and takes it back: words before it and behind it, a quotation, a branch of code. */
#include "grade/marks/around.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST_WORD = 40, NEAR = 4 };

/* ---- words ------------------------------------------------------------------------------------------------------------ */

typedef struct words {
	hg_str text;
	size_t at;
} words;

static bool is_word_byte(char c) { return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 || c == '-' || c == '\''; }

/* The next word in small letters; of letters beyond ASCII the bytes, of an apostrophe ' alone. False: there is none. */
static bool next_word(words *w, char word[LONGEST_WORD])
{
	size_t n = 0;
	while (w->at < w->text.n && !is_word_byte(w->text.p[w->at]))
		w->at++;
	for (; w->at < w->text.n && is_word_byte(w->text.p[w->at]); w->at++) {
		const bool curly = hg_str_starts(hg_str_part(w->text, w->at, 3), "\xe2\x80\x99");
		w->at += curly ? 2 : 0;
		if (n + 1 < LONGEST_WORD)
			word[n++] = curly ? '\'' : (char)tolower((unsigned char)w->text.p[w->at]);
	}
	word[n] = '\0';
	return n > 0;
}

static bool is_in(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

/* Each of them alone says that something does not hold, or is not the writer's own. */
static const char *const against[] = {
    "wrong", "false", "incorrect", "invalid", "ignore", "disregard", "contradiction", "scrap", "copied", "plagiarised", "plagiarized", "chatgpt", "gpt",
    "copilot", "chatbot", "internet", "guess", "guessed", "guessing", "maybe", "perhaps", "probably", "possibly", "alternatively", "unsure", "would", "wouldn't",
    "falsch", "falsche", "ung\xc3\xbcltig", "ignorieren", "ignoriere", "ignoriert", "widerspruch", "vielleicht", "geraten", "vermutlich", "abgeschrieben", "w\xc3\xa4re", "w\xc3\xbcrde",
    "faux", "serait", "fausse", "fausses", "incorrecte", "ignorer", "ignorez", "contradiction", "peut-\xc3\xaatre", "copi\xc3\xa9", "falso", "cierto", "incorrecto", "equivocado", "sbagliato", "errado",
    "\xd0\xbd\xd0\xb5\xd0\xb2\xd0\xb5\xd1\x80\xd0\xbd\xd0\xbe" /* неверно */, "\xd0\xbd\xd0\xb5\xd0\xbf\xd1\x80\xd0\xb0\xd0\xb2\xd0\xb8\xd0\xbb\xd1\x8c\xd0\xbd\xd0\xbe" /* неправильно */, NULL};
/* ... and of these one near the other. */
static const char *const negations[] = {"not", "never", "none", "nothing", "neither", "nor", "hardly", "isn't", "aren't", "don't", "doesn't", "didn't", "cannot", "can't", "won't", "nicht", "kein", "keine", "pas", "non",
                                        "\xd0\xbd\xd0\xb5" /* не */, NULL};
static const char *const denied[] = {
    "answer", "answers", "solution", "solutions", "mine", "my", "true", "right", "correct", "valid", "hold", "holds", "grade", "graded", "grading", "count", "mark", "submit",
    "submission", "believe", "trust", "sure", "know", "understand", "understood", "antwort", "l\xc3\xb6sung", "richtig", "wahr", "korrekt", "bewerten", "stimmt", "gilt", "sicher", "wei\xc3\x9f", "verstehe", "verstanden", "sais", "comprends", "vrai", "vraie",
    "correcte", "juste", "r\xc3\xa9ponse", "s\xc3\xbbr", "\xd0\xb2\xd0\xb5\xd1\x80\xd0\xbd\xd0\xbe" /* верно */, NULL};

/* "It is not true that", "is wrong", "stimmt nicht" */
static bool takes_back(hg_str prose)
{
	words w = {.text = prose};
	char word[LONGEST_WORD];
	size_t no = NEAR + 1, what = NEAR + 1; /* words since */
	while (next_word(&w, word)) {
		no = is_in(word, negations) ? 0 : no + 1;
		what = is_in(word, denied) ? 0 : what + 1;
		if (is_in(word, against) || (no <= NEAR && what <= NEAR))
			return true;
	}
	return false;
}

/* Nothing but "or": two answers. */
static bool is_choice(hg_str prose)
{
	static const char *const between[] = {"or", "oder", "ou", "either", "resp", "respectively", "beziehungsweise", "bzw", "\xd0\xb8\xd0\xbb\xd0\xb8" /* или */, NULL};
	words w = {.text = prose};
	char word[LONGEST_WORD];
	size_t n = 0;
	while (next_word(&w, word) && ++n)
		if (!is_in(word, between))
			return false;
	return n > 0;
}

/* ---- of the whole submission ------------------------------------------------------------------------------------------- */

/* Of everything that is written, not of one line: "ignore all of the above". */
static bool speaks_of_all(hg_str prose)
{
	static const char *const all[] = {"all", "everything", "above", "below", "whole", "following", "alles", "oben", "unten", "alle", "folgende", "tout", "toutes", "dessus", "suivant", NULL};
	words w = {.text = prose};
	char word[LONGEST_WORD];
	while (next_word(&w, word))
		if (is_in(word, all))
			return true;
	return false;
}

static bool is_prose(const hg_stretch *s) { return s->kind == HG_STRETCH_PROSE || s->kind == HG_STRETCH_HEADING; }

const char *hg_words_doubt(const hg_report *r)
{
	const hg_doc *doc = r->said ? r->said->doc : NULL;
	for (size_t i = 0; doc && i < doc->nstretches; i++) {
		const hg_str prose = hg_doc_text(doc, doc->stretch[i].span);
		if (is_prose(&doc->stretch[i]) && speaks_of_all(prose) && takes_back(prose))
			return "words of the submission take back what it says";
	}
	return NULL;
}

/* ---- of one line --------------------------------------------------------------------------------------------------------- */

const hg_statement *hg_statement_of(const hg_report *r, const hg_finding *f)
{
	for (size_t i = 0; r->said && i < r->said->n; i++)
		if (r->said->at[i].span.at == f->whole.at)
			return &r->said->at[i];
	return NULL;
}

static bool has_word(hg_str prose)
{
	words w = {.text = prose};
	char word[LONGEST_WORD];
	return next_word(&w, word);
}

/* The nearest words before stretch `at` or, with step 1, behind it, whatever formulas stand between: a sentence may be about
 * several. */
static hg_str words_near(const hg_doc *doc, size_t at, bool behind)
{
	for (size_t i = behind ? at + 1 : at; behind ? i < doc->nstretches : i-- > 0; i += behind) {
		const hg_str prose = hg_doc_text(doc, doc->stretch[i].span);
		if (is_prose(&doc->stretch[i]) && has_word(prose))
			return prose;
	}
	return (hg_str){0};
}

/* "Is ... ?" */
static bool is_asked_for(const hg_doc *doc, size_t at)
{
	if (at + 1 >= doc->nstretches || !is_prose(&doc->stretch[at + 1]))
		return false;
	const hg_stretch *s = &doc->stretch[at], *next = &doc->stretch[at + 1];
	const hg_str behind = hg_str_trim(hg_doc_text(doc, next->span));
	return s->paragraph == next->paragraph && behind.n && behind.p[0] == '?';
}

const char *hg_around_doubt(const hg_report *r, const hg_finding *f)
{
	const hg_statement *said = hg_statement_of(r, f);
	if (!said)
		return NULL;
	const hg_doc *doc = r->said->doc;
	const hg_stretch *s = &doc->stretch[said->stretch];
	if (s->quoted)
		return "it stands in a quotation";
	if (s->hangs)
		return "it is code that runs only if something holds, or is never called";
	if (s->kind == HG_STRETCH_CODE)
		return NULL; /* the words of a notebook are about other cells */
	const hg_str before = words_near(doc, said->stretch, false), behind = words_near(doc, said->stretch, true);
	if (takes_back(before) || takes_back(behind) || is_asked_for(doc, said->stretch))
		return "words beside it take it back";
	return is_choice(before) || is_choice(behind) ? "it is one of several answers" : NULL;
}
