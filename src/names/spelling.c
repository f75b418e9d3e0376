/* The letters that custom has for what the letters of a document are shown to be. */
#include "names/spelling.h"
#include "names/name_parts.h"

#include <ctype.h>
#include <string.h>

/* Customs that stand against what a letter is shown to be. */
static unsigned against(unsigned is)
{
	switch (is) {
	case HG_MAY_VALUE:
		return HG_MAY_LOSS | HG_MAY_CLASSES | HG_MAY_COUNT;
	case HG_MAY_INDEX:
		return HG_MAY_LAYER | HG_MAY_COUNT;
	case HG_MAY_SAMPLE:
		return HG_MAY_LAYER;
	default:
		return 0;
	}
}

/* A letter of which small and capital are two forms of one quantity names no loss. */
static bool names_loss(hg_str letter) { return (hg_custom_of(letter) & HG_MAY_LOSS) && !(letter.n == 1 && hg_letter_folds(letter.p[0])); }

static bool fits(const hg_spelling *s, size_t i)
{
	unsigned may = hg_custom_of(s->seen.letter[i].name), is = s->is[i];
	const unsigned leaf = HG_MAY_INPUT | HG_MAY_LABEL | HG_MAY_WEIGHT | HG_MAY_BIAS;
	if (!is || hg_letter_is_fixed(s, i))
		return true;
	if (is == HG_MAY_VALUE && (may & HG_MAY_LABEL) && !(may & (HG_MAY_VALUE | HG_MAY_OWN))) /* what is computed is not given */
		return false;
	if (is == HG_MAY_VALUE) /* a loss that others are computed from is one */
		return !(may & against(is)) || !(hg_letter_where(s, i) & (HG_SEEN_FACTOR | HG_SEEN_VARIABLE | HG_SEEN_GRADIENT | HG_SEEN_BELOW));
	if (is == HG_MAY_TIME)
		return may & HG_MAY_TIME;
	if (is == HG_MAY_LAYER)
		return may & (HG_MAY_LAYER | HG_MAY_INDEX | HG_MAY_SAMPLE);
	if (is == HG_MAY_COUNT)
		return may & (HG_MAY_COUNT | HG_MAY_CLASSES);
	if (is & leaf) /* rates and counts that are quantities: quantities.c */
		return (may & HG_MAY_OWN && ((may & is) || !s->complete));
	if (is == HG_MAY_LOSS)
		return names_loss(s->seen.letter[i].name);
	return may & is;
}

/* N beside n where it counts, L beside l where layers are: of these small and capital are two. */
static bool same_letter(hg_str a, hg_str b, unsigned is)
{
	return (is == HG_MAY_COUNT || is == HG_MAY_LAYER) && a.n == 1 && !hg_letter_folds(a.p[0]) ? hg_str_equal(a, b) : hg_str_equal_nocase(a, b);
}

static bool is_free(const hg_spelling *s, hg_str letter, unsigned is, size_t owner)
{
	for (size_t i = 0; i < s->seen.n; i++) {
		hg_str taken = s->as[i].n ? s->as[i] : s->moves[i] ? (hg_str){0} : s->seen.letter[i].name;
		if (!taken.n || !same_letter(taken, letter, is))
			continue;
		bool data = is & (HG_MAY_INPUT | HG_MAY_LABEL), pair = data && s->is[i] == is && hg_letter_other_case(s, owner) == i && !hg_str_equal(taken, letter); /* x beside X */
		if (!pair)
			return false;
	}
	return true;
}

static bool is_capital(hg_str letter) { return letter.n == 1 && isupper((unsigned char)letter.p[0]); }

static void spell(hg_spelling *s, size_t i)
{
	hg_str own = s->seen.letter[i].name;
	bool activation = hg_letter_shown(s, i, HG_SEEN_DEFINED | HG_SEEN_CALLED, 0);
	for (size_t pass = 0; pass < 3 && !s->as[i].n; pass++)
		for (size_t k = 0; k < hg_ncustoms && !s->as[i].n; k++) {
			bool single = hg_customs[k].letter.n == 1 || (own.n > 1 && hg_customs[k].letter.n > 1 && pass == 2);
			if (!pass && activation && s->is[i] == HG_MAY_VALUE && !(hg_customs[k].may & HG_MAY_ACTIVATION))
				continue;
			if ((hg_customs[k].may & s->is[i]) && !(hg_customs[k].may & against(s->is[i])) && single &&
			    is_capital(hg_customs[k].letter) == is_capital(own) && is_free(s, hg_customs[k].letter, s->is[i], i))
				s->as[i] = hg_customs[k].letter;
		}
}

static hg_str in_other_case(hg_spelling *s, hg_str letter)
{
	char c = letter.p[0];
	c = (char)(isupper((unsigned char)c) ? tolower((unsigned char)c) : toupper((unsigned char)c));
	const char *copy = hg_arena_copy(s->arena, &c, 1);
	return copy ? (hg_str){copy, 1} : letter;
}

static bool is_quantity(const hg_spelling *s, size_t i)
{
	const unsigned no = HG_MAY_COUNT | HG_MAY_LOSS | HG_MAY_RATE | HG_MAY_INDEX | HG_MAY_SAMPLE | HG_MAY_LAYER | HG_MAY_TIME;
	const bool seen = hg_letter_where(s, i) & (HG_SEEN_PLAIN | HG_SEEN_GRADIENT | HG_SEEN_VARIABLE); /* dx for one sample, beside dX */
	return seen && hg_letter_shown(s, i, 0, HG_SEEN_APPLIED) && !(s->is[i] & no) && !hg_letter_is_fixed(s, i);
}

/* x for one sample beside X for all: they stay together. */
static void follow(hg_spelling *s, size_t i)
{
	size_t other = hg_letter_other_case(s, i);
	if (!s->as[i].n || s->as[i].n != 1 || other == HG_MOST_LETTERS || s->as[other].n || !is_quantity(s, i) || !is_quantity(s, other) ||
	    (s->is[other] && s->is[other] != s->is[i]) || (hg_letter_where(s, other) & HG_SEEN_TERM) != (hg_letter_where(s, i) & HG_SEEN_TERM))
		return;
	s->as[other] = in_other_case(s, s->as[i]);
	s->moves[other] = true;
}

/* A small letter and its capital are two forms of one quantity only with letters that fold. */
static void find_pairs(hg_spelling *s)
{
	for (size_t i = 0; i < s->seen.n; i++) {
		hg_str own = s->seen.letter[i].name;
		size_t other = hg_letter_other_case(s, i);
		if (other == HG_MOST_LETTERS || s->as[i].n || s->as[other].n || hg_letter_folds(own.p[0]) || !is_quantity(s, i) || !is_quantity(s, other) ||
		    (hg_letter_differentiates(s, i) && hg_letter_differentiates(s, other)) || (hg_letter_where(s, i) & HG_SEEN_TERM) != (hg_letter_where(s, other) & HG_SEEN_TERM) || (s->is[i] && s->is[other] && s->is[i] != s->is[other]))
			continue;
		for (size_t k = 0; k < hg_ncustoms && !s->as[i].n; k++)
			if ((hg_customs[k].may & HG_MAY_VALUE) && hg_customs[k].letter.n == 1 && is_capital(hg_customs[k].letter) == is_capital(own) &&
			    hg_letter_folds(hg_customs[k].letter.p[0]) && is_free(s, hg_customs[k].letter, 0, i)) {
				s->as[i] = hg_customs[k].letter;
				s->as[other] = in_other_case(s, s->as[i]);
			}
	}
}

/* The letter that custom has for what i is may stand for something else here: that moves, too. */
static void make_room(hg_spelling *s, size_t i)
{
	for (size_t k = 0; k < s->seen.n; k++) {
		unsigned may = hg_custom_of(s->seen.letter[k].name);
		if ((may & HG_MAY_OWN) && (may & s->is[i]) && s->is[k] && !(may & s->is[k])) {
			size_t other = hg_letter_other_case(s, k);
			s->moves[k] = true;
			if (other < HG_MOST_LETTERS && s->is[other] == s->is[k])
				s->moves[other] = true;
		}
	}
}

void hg_spelling_find(hg_spelling *s)
{
	hg_letter_roles(s);
	bool lost = true; /* no letter that custom has for a loss is one */
	for (size_t i = 0; i < s->seen.n; i++)
		lost = lost && !(names_loss(s->seen.letter[i].name) && (hg_letter_where(s, i) & (HG_SEEN_TARGET | HG_SEEN_LOSSY)));
	for (size_t i = 0; i < s->seen.n; i++)
		s->moves[i] = !fits(s, i) && (lost || s->is[i] != HG_MAY_LOSS);
	for (size_t i = 0; i < s->seen.n; i++)
		if (s->moves[i])
			make_room(s, i);
	for (size_t i = 0; i < s->seen.n; i++)
		if (s->moves[i] && !s->as[i].n) {
			spell(s, i);
			s->moves[i] = s->as[i].n > 0 && !hg_str_equal(s->as[i], s->seen.letter[i].name);
			if (!s->moves[i])
				s->as[i] = (hg_str){0};
			follow(s, i);
		}
	find_pairs(s);
}

/* What a letter without a role is spelled like when customs are forgotten. */
static unsigned role_or_nothing(const hg_spelling *s, size_t i)
{
	if (s->is[i] || s->seen.letter[i].word)
		return s->is[i];
	if (hg_letter_where(s, i) & HG_SEEN_APPLIED)
		return HG_MAY_FUNCTION;
	return hg_letter_where(s, i) & (HG_SEEN_PLAIN | HG_SEEN_GRADIENT | HG_SEEN_VARIABLE) ? HG_MAY_NOTHING : HG_MAY_INDEX;
}

/* Letters by what is shown of them and by their order alone: documents that differ in nothing but letters become one. */
void hg_spelling_forget(hg_spelling *s)
{
	memset(s->as, 0, sizeof s->as);
	hg_letter_suppose(s);
	for (size_t i = 0; i < s->seen.n; i++) {
		s->moves[i] = !hg_letter_is_fixed(s, i) && (s->is[i] || !s->seen.letter[i].word);
		s->is[i] = role_or_nothing(s, i);
	}
	for (size_t i = 0; i < s->seen.n; i++) {
		size_t other = hg_letter_other_case(s, i);
		bool pair = other < HG_MOST_LETTERS && is_quantity(s, i) && is_quantity(s, other);
		bool first = other >= HG_MOST_LETTERS || !s->as[other].n || (!pair && (is_quantity(s, i) || s->is[i] == HG_MAY_LAYER)); /* K beside the index k */
		if (!s->moves[i] || s->as[i].n || !first)
			continue;
		if (s->is[i] == HG_MAY_NOTHING && pair)
			s->is[i] = s->is[other];
		spell(s, i);
		if (s->as[i].n == 1 && pair && s->moves[other])
			s->as[other] = in_other_case(s, s->as[i]);
	}
}
