#include "text/plain.h"

#include <string.h>

/* Two-letter words of English that are no product of two names. */
static const char short_words[] = HG_ROW_SHORT;

static bool is_short_word(hg_str word)
{
	char padded[5] = {' ', word.p[0], word.n > 1 ? word.p[1] : ' ', ' ', 0};
	return word.n == 2 && strstr(short_words, padded) != NULL;
}

static bool is_case_word(hg_str word)
{
	return hg_str_any(word, HG_WORDS_OF_CASES);
}

static bool is_name_byte(char c) { return is_letter(c) || is_digit(c) || c == '_'; }

/* A word: a name that may stand in an equation, a word of cases, or a word of language. */
static token_kind word_kind(hg_str word)
{
	size_t letters = 0;
	while (letters < word.n && is_letter(word.p[letters]))
		letters++;
	if (is_case_word(word))
		return T_CASE;
	if (word.n == 1 || word_is_known(word) || word_is_gradient(word))
		return T_NAME;
	if (letters < word.n) /* W1, y_hat, z_new: a name, unless it is a long word with a number behind it */
		return letters <= 3 || memchr(word.p, '_', word.n) ? T_NAME : T_WORD;
	return word.n == 2 && !is_short_word(word) ? T_NAME : T_WORD;
}

/* Behind a name and what is glued to it: W1, np.dot, A.T, y_hat. */
size_t name_end(hg_str t, size_t at)
{
	while (at < t.n && (is_name_byte(t.p[at]) || (t.p[at] == '.' && at + 1 < t.n && is_letter(t.p[at + 1]))))
		at++;
	while (at > 0 && (t.p[at - 1] == '_'))
		at--; /* __dZ__ : marks of emphasis */
	return at;
}

/* Every part between dots must be known: np.dot, W.T; not hw3.pdf. */
token_kind dotted_kind(hg_str word)
{
	token_kind kind = T_NAME;
	for (size_t from = 0, at = 0; at <= word.n; at++) {
		if (at < word.n && word.p[at] != '.')
			continue;
		token_kind part = at > from ? word_kind((hg_str){word.p + from, at - from}) : T_WORD;
		if (from == 0 && at == word.n)
			return part;
		if (part != T_NAME)
			kind = T_WORD;
		from = at + 1;
	}
	return kind;
}

/* Signs outside of ASCII that belong to mathematics: Greek, sub- and superscripts, operators, accents. */
size_t math_sign(hg_str t, size_t at, token_kind *kind)
{
	unsigned char a = (unsigned char)t.p[at], b = at + 1 < t.n ? (unsigned char)t.p[at + 1] : 0;
	unsigned char c = at + 2 < t.n ? (unsigned char)t.p[at + 2] : 0;
	size_t n = a >= 0xf0 ? 4 : a >= 0xe0 ? 3 : 2;
	*kind = T_NAME;
	if ((a == 0xce && b >= 0x91) || (a == 0xcf && b <= 0x89)) /* Greek */
		return n;
	if (a == 0xcc && b <= 0x8c) /* combining accents */
		return n;
	if (a == 0xc5 && (b == 0xb6 || b == 0xb7)) /* y with a hat */
		return n;
	if (a == 0xe1 && b == 0xb5) /* subscript letters */
		return n;
	*kind = T_NUMBER;
	if ((a == 0xe2 && (b == 0x81 || (b == 0x82 && c <= 0x9c))) ||
	    (a == 0xc2 && (b == 0xb2 || b == 0xb3 || b == 0xb9 || (b >= 0xbc && b <= 0xbe))))
		return n;
	*kind = T_OPERATOR;
	if (a == 0xc2 && (b == 0xb7 || b == 0xb1))
		return n;
	if (a == 0xc3 && (b == 0x97 || b == 0xb7))
		return n;
	if (a == 0xe2 && b == 0x88 && (c == 0x82 || c == 0x87)) { /* partial, nabla */
		*kind = T_NAME;
		return n;
	}
	bool arrow = a == 0xe2 && b == 0x86 && c == 0x90;
	if (arrow || (a == 0xe2 && b == 0x89 && c == 0x88))
		*kind = T_REL;
	if (arrow)
		return n;
	if (a == 0xe2 && (b == 0x88 || b == 0x89 || b == 0x8a || b == 0x8b || b == 0x80))
		return n;
	*kind = T_WORD;
	return n;
}

size_t sign_kind(hg_str t, size_t at, size_t depth, token_kind *kind)
{
	char c = t.p[at], next = at + 1 < t.n ? t.p[at + 1] : 0;
	*kind = T_OPERATOR;
	if ((c == '_' && next == '_') || (c == '*' && next == '*' && (at + 2 >= t.n || !is_digit(t.p[at + 2])))) {
		*kind = T_MARK;
		return 2;
	}
	if (c == '.' && next == '.' && depth) /* sum[i=1..m] */
		return 2;
	if (c == '.' && next && strchr("*/^'", next)) /* A .* B, A.^2: entry by entry, as in Matlab */
		return 2;
	if (next == '=' && (c == '<' || c == '>' || c == '!' || c == '='))
		return 2;
	if (c == '=' || (next == '=' && strchr(":+-*/", c)) || (c == '<' && next == '-')) {
		*kind = depth ? T_OPERATOR : T_REL;
		return c == '=' ? 1 : 2;
	}
	bool ends_here = !next || is_blank(next);
	if (c == '(' || c == '[')
		*kind = T_OPEN;
	else if (c == ')' || c == ']')
		*kind = T_CLOSE;
	else if (c == '.' && at > 0 && strchr("])", t.p[at - 1]) && is_letter(next)) /* A[1].T */
		*kind = T_OPERATOR;
	else if (!strchr("+-*/^'|<>@,{}_", c) || (c == ',' && depth == 0 && ends_here))
		*kind = T_CUT;
	return 1;
}

token next_token(hg_str t, size_t at, size_t depth)
{
	while (at < t.n && is_blank(t.p[at]))
		at++;
	token found = {T_END, at, at};
	if (at >= t.n)
		return found;
	char c = t.p[at];
	if (is_letter(c)) {
		found.end = name_end(t, at);
		found.kind = dotted_kind((hg_str){t.p + at, found.end - at});
		bool called = found.end < t.n && t.p[found.end] == '(',
		     long_name = memchr(t.p + at, '_', found.end - at) != NULL;
		if (called && long_name && !word_is_function((hg_str){t.p + at, found.end - at}))
			found.kind = T_WORD; /* gradient_at(w): a function nobody knows */
	} else if (is_digit(c)) {
		found.kind = T_NUMBER;
		while (found.end < t.n &&
		       (is_digit(t.p[found.end]) ||
		        (t.p[found.end] == '.' && found.end + 1 < t.n && is_digit(t.p[found.end + 1]))))
			found.end++;
	} else if ((unsigned char)c >= 0x80) {
		found.end = at + math_sign(t, at, &found.kind);
		if (found.end > t.n)
			found.end = t.n;
	} else {
		found.end = at + sign_kind(t, at, depth, &found.kind);
	}
	return found;
}
