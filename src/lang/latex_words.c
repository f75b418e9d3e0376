/* The LaTeX front end: runs of letters, and the words of \text, \mathrm, \operatorname. */
#include "lang/function.h"
#include "lang/scan.h"

#include <string.h>

/* Words that are never the name of anything. */
static const char *const prose[] = {HG_WORDS_PROSE};

/* Words of three letters and less that are one name although nothing but letters says so. */
static const char *const short_words[] = {HG_WORDS_SHORT};

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool listed(hg_str word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (hg_str_equal_nocase(word, hg_str_of(list[i])))
			return true;
	return false;
}

static bool is_prose(hg_str word)
{
	if (word.n && strchr(",.;:", word.p[word.n - 1]))
		word.n--;
	return listed(word, prose, sizeof prose / sizeof *prose);
}

static bool is_short_word(hg_str run)
{
	return hg_str_is(run, HG_L_CROSS_ENTROPY) || listed(run, short_words, sizeof short_words / sizeof *short_words);
}

static hg_status add_name(hg_scan *s, hg_str run, size_t from, size_t n)
{
	size_t start = (size_t)(run.p - s->text.p) + from;
	s->i = start + n;
	return hg_scan_add(s, HG_T_NAME, 0, hg_str_part(run, from, n), start);
}

/* A function inside a run of letters, with at most two letters before and one behind: yln, ylogt. */
static bool find_function(hg_str run, size_t *from, size_t *n)
{
	for (*from = 0; *from <= 2 && *from + 2 <= run.n && run.n <= 10; ++*from)
		for (*n = run.n - *from; *n >= 2 && *from + *n + 1 >= run.n; --*n) {
			hg_str part = hg_str_part(run, *from, *n);
			if (hg_fn_is_bare(hg_fn_find(part)) && !hg_str_is(part, HG_L_TRACE))
				return true;
		}
	return false;
}

/* np.sum, torch.mean: a dotted name whose first part is a library. */
static void take_dotted(hg_scan *s, size_t at)
{
	hg_str run = hg_str_part(s->text, at, s->i - at);
	if (!hg_str_any(run, HG_WORDS_LIBRARY_IN_FORMULA))
		return;
	while (s->i + 1 < s->end && s->text.p[s->i] == '.' && is_letter(s->text.p[s->i + 1]))
		for (s->i++; s->i < s->end && (is_letter(s->text.p[s->i]) || s->text.p[s->i] == '_');)
			s->i++;
}

/* Letters one by one; the last takes the digits glued to it: z3, dZ2. */
static hg_status letters(hg_scan *s, hg_str run, size_t from)
{
	size_t behind = (size_t)(run.p - s->text.p) + run.n, digits = 0;
	while (behind + digits < s->end && is_digit(s->text.p[behind + digits]))
		digits++;
	for (size_t i = from; i < run.n; i++)
		HG_TRY(add_name(s, hg_str_part(s->text, behind - run.n, run.n + digits), i, i + 1 < run.n ? 1 : 1 + digits));
	return HG_OK;
}

/* A word with the digits glued to it: Linear1. */
static hg_status word(hg_scan *s, hg_str run)
{
	size_t at = (size_t)(run.p - s->text.p);
	while (s->i < s->end && is_digit(s->text.p[s->i]))
		s->i++;
	return hg_scan_add(s, HG_T_NAME, 0, hg_str_part(s->text, at, s->i - at), at);
}

/* In words a name may hold digits and underscores: ones_like, conv1. */
static void take_word(hg_scan *s)
{
	while (s->i < s->end && (is_letter(s->text.p[s->i]) || is_digit(s->text.p[s->i]) || s->text.p[s->i] == '_'))
		s->i++;
}

/* Directly behind _{ or ^{, where letters are indices. */
static bool begins_script(const hg_scan *s)
{
	const hg_token *t = s->out->at;
	size_t n = s->out->n;
	return n > 1 && t[n - 1].kind == HG_T_GROUP && (t[n - 2].kind == HG_T_SUB || t[n - 2].kind == HG_T_SUP);
}

hg_status hg_scan_letters(hg_scan *s)
{
	size_t at = s->i, from, n;
	while (s->i < s->end && is_letter(s->text.p[s->i]))
		s->i++;
	take_dotted(s, at);
	if (s->words)
		take_word(s);
	hg_str run = hg_str_part(s->text, at, s->i - at);
	hg_token_kind before = s->out->n ? s->out->at[s->out->n - 1].kind : HG_T_END;
	if ((before == HG_T_SUP || before == HG_T_SUB) && !s->words) /* TeX: one letter */
		return add_name(s, run, 0, 1);
	bool is_text = is_prose(run) && (s->words || run.n > 2 || (!begins_script(s) && hg_str_any(run, HG_W_IF, HG_W_OR)));
	if (is_text)
		return hg_scan_add(s, HG_T_TEXT, 0, run, at);
	if (s->words || is_short_word(run) || (run.n > 1 && hg_fn_find(run) != HG_NFNS))
		return word(s, run);
	if (run.n > 2 && find_function(run, &from, &n)) {
		for (size_t i = 0; i < from; i++)
			HG_TRY(add_name(s, run, i, 1));
		HG_TRY(add_name(s, run, from, n));
		return letters(s, run, from + n);
	}
	return run.n >= 4 ? word(s, run) : letters(s, run, 0);
}

/* ---- the argument of \text and its kin ---- */

static bool is_identifier(hg_str content)
{
	for (size_t i = 0; i < content.n; i++) {
		char c = content.p[i];
		if (!is_letter(c) && !(i && (is_digit(c) || c == '_' || (c == '.' && i + 1 < content.n))))
			return false;
	}
	return content.n > 0;
}

static bool has_letter(hg_str content)
{
	for (size_t i = 0; i < content.n; i++)
		if (is_letter(content.p[i]) || ((unsigned char)content.p[i] & 0x80))
			return true;
	return false;
}

static bool has_blank(hg_str content)
{
	for (size_t i = 0; i < content.n; i++)
		if (strchr(" \t\n\r~", content.p[i]))
			return true;
	return false;
}

/* --- (1), --- and a circled number: how an equation is numbered by hand. */
static bool is_mark(hg_str content)
{
	bool numbered = false;
	for (size_t i = 0; i < content.n; i++) {
		char c = content.p[i];
		if (is_digit(c) || (unsigned char)c == 0xe2)
			numbered = true;
		else if (!strchr(" -().*", c) && !((unsigned char)c & 0x80))
			return false;
	}
	return numbered && (strchr("-(", content.p[0]) || ((unsigned char)content.p[0] & 0x80));
}

/* "keepdims=True", "np.sum(", "W^T": written as mathematics, letters being words. */
static bool is_formula(hg_str content)
{
	bool sign = false;
	for (size_t i = 0; i < content.n; i++)
		sign = sign || strchr("=^_\\{(", content.p[i]);
	return sign && !has_blank(content);
}

/* Words with formulas in them: "if $x > 0$" is a condition and read, any other sentence is kept whole. */
static bool begins_condition(hg_str content)
{
	static const char *const words[] = {"$", HG_WORDS_OPEN_CONDITION};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (hg_str_starts(content, words[i]))
			return true;
	return false;
}

static hg_status between_dollars(hg_scan *s, hg_str content, size_t at)
{
	while (content.n) {
		size_t open = hg_str_find(content, HG_STR("$"));
		hg_str words = hg_str_part(content, 0, open == (size_t)-1 ? content.n : open);
		HG_TRY(hg_scan_words(s, words, at));
		if (open == (size_t)-1)
			break;
		content = hg_str_part(content, open + 1, content.n);
		size_t close = hg_str_find(content, HG_STR("$"));
		HG_TRY(hg_scan_part(s, hg_str_part(content, 0, close == (size_t)-1 ? content.n : close), false));
		content = close == (size_t)-1 ? HG_STR("") : hg_str_part(content, close + 1, content.n);
	}
	return HG_OK;
}

/* \text{Loss } L = ...: a word for the name behind it, with the blank that parts them inside of the braces. */
static bool describes(const hg_scan *s, hg_str content)
{
	static const char *const words[] = {HG_WORDS_DESCRIBE};
	hg_str bare = hg_str_trim(content);
	bool word = false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		word = word || hg_str_is(bare, words[i]);
	size_t j = s->i;
	while (j < s->end && strchr(" \t", s->text.p[j]))
		j++;
	bool name = j < s->end && (is_letter(s->text.p[j]) || hg_str_starts(hg_str_part(s->text, j, 5), "\\math"));
	return word && name && content.n > bare.n && content.p + content.n > bare.p + bare.n;
}

hg_status hg_scan_words(hg_scan *s, hg_str content, size_t at)
{
	hg_str bare = hg_str_trim(content);
	if (bare.n != content.n)
		s->gap = HG_GAP_SEEN;
	if (bare.n == 0)
		return HG_OK;
	if (memchr(bare.p, '$', bare.n))
		return begins_condition(bare) ? between_dollars(s, bare, at) : hg_scan_add(s, HG_T_TEXT, 0, bare, at);
	if (is_mark(bare))
		return hg_scan_add(s, HG_T_MARK, 0, bare, at);
	if (hg_str_is(bare, HG_L_DIFFERENTIAL) || hg_str_is(bare, "\\partial"))
		return hg_scan_add(s, HG_T_D, 0, bare.n == 1 ? bare : HG_STR("partial"), at);
	if (!has_letter(bare))
		return hg_scan_part(s, bare, false);
	if (is_prose(bare))
		return hg_scan_add(s, HG_T_TEXT, 0, bare, at);
	if (is_identifier(bare) && !describes(s, content))
		return hg_scan_add(s, HG_T_NAME, 0, bare, at);
	if (is_formula(bare))
		return hg_scan_part(s, bare, true);
	return hg_scan_add(s, HG_T_TEXT, 0, bare, at);
}
