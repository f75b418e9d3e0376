#include "text/scan.h"

#include <stdlib.h>
#include <string.h>

/* Held to those the parser knows by a test. */
static const char *const functions[] = {HG_WORDS_FUNCTIONS};

static const char *const others[] = {HG_WORDS_NAMES};

static int by_text(const void *a, const void *b) { return strcmp(a, *(const char *const *)b); }

static bool in_table(hg_str word, const char *const *table, size_t n)
{
	char lower[24];
	if (word.n == 0 || word.n >= sizeof lower)
		return false;
	for (size_t i = 0; i < word.n; i++)
		lower[i] = word.p[i] >= 'A' && word.p[i] <= 'Z' ? (char)(word.p[i] + ('a' - 'A')) : word.p[i];
	lower[word.n] = 0;
	return bsearch(lower, table, n, sizeof *table, by_text) != NULL;
}

bool word_is_function(hg_str word) { return in_table(word, functions, sizeof functions / sizeof *functions); }

/* alpha, and alpha2 */
bool word_is_known(hg_str word)
{
	if (word_is_function(word))
		return true;
	while (word.n > 1 && is_digit(word.p[word.n - 1]))
		word.n--;
	return in_table(word, others, sizeof others / sizeof *others);
}

/* The rest of a gradient's name behind its `d`: W, Z2, A_prev, w1, yhat; not an English word. */
static bool names_variable(hg_str rest)
{
	if (rest.n == 0 || !is_letter(rest.p[0]))
		return false;
	if (rest.n == 1 || !is_letter(rest.p[1]))
		return true;
	return word_is_known(rest) && !word_is_function(rest);
}

bool word_is_gradient(hg_str word)
{
	static const char *const prefixes[] = {HG_WORDS_BEFORE_GRADIENT};
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		size_t n = strlen(prefixes[i]);
		if (!hg_str_starts(word, prefixes[i]))
			continue;
		hg_str rest = hg_str_part(word, n, word.n);
		bool delta = hg_str_is(hg_str_of(prefixes[i]), HG_L_SIGNAL);
		if (delta ? rest.n > 0 && (is_digit(rest.p[0]) || rest.p[0] == '_') : names_variable(rest))
			return true;
	}
	return false;
}
