/* Characters outside of ASCII in what is typed: small digits and letters, accents, fractions. */
#include "lang/typed.h"

#include <string.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Digits and signs written small: \u2081 below, \u00b2 above. A digit, or '+', '-', '(', ')', or a letter. */
static char small(hg_str rest, size_t *n, bool *above)
{
	static const struct {
		const char *written;
		char means;
		bool above;
	} others[] = {
	    {"\xc2\xb9", '1', true},      {"\xc2\xb2", '2', true},      {"\xc2\xb3", '3', true},
	    {"\xe1\xb5\x80", 'T', true},  {"\xe1\xb5\xa2", 'i', false}, {"\xe2\xb1\xbc", 'j', false},
	    {"\xe2\x82\x96", 'k', false}, {"\xe2\x82\x97", 'l', false}, {"\xe2\x81\xbf", 'n', true},
	    {"\xe2\x81\xb1", 'i', true},  {"\xcb\xa1", 'l', true},      {"\xe1\xb5\x97", 't', true},
	    {"\xe2\x82\x98", 'm', false}, {"\xe2\x82\x99", 'n', false}, {"\xe2\x82\x9c", 't', false},
	    {"\xe1\xb5\x90", 'm', true},  {"\xe1\xb5\x8f", 'k', true},  {"\xe1\xb4\xba", 'N', true},
	};
	static const char signs[] = "0123456789+-=()";
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (hg_str_starts(rest, others[i].written)) {
			*n = strlen(others[i].written);
			*above = others[i].above;
			return others[i].means;
		}
	if (rest.n < 3 || (unsigned char)rest.p[0] != 0xe2)
		return 0;
	unsigned code = (((unsigned)(unsigned char)rest.p[1] & 0x3f) << 6) |
	                ((unsigned char)rest.p[2] & 0x3f); /* U+2000 + code */
	*n = 3;
	*above = code >= 0x70 && code <= 0x7e;
	return *above ? signs[code - 0x70] : code >= 0x80 && code <= 0x8e ? signs[code - 0x80] : 0;
}

/* A run of small characters: W with a small 1 below is a subscript of one number or name. */
static hg_status script(hg_typed *s, bool above)
{
	char run[16];
	size_t at = s->i, len = 0, n;
	bool side;
	for (char c; len < sizeof run && (c = small(hg_str_part(s->text, s->i, s->end - s->i), &n, &side)) &&
	             side == above;) {
		run[len++] = c;
		s->i += n;
	}
	char *copy = hg_arena_copy(s->arena, run, len);
	if (!copy)
		return HG_ENOMEM;
	HG_TRY(hg_typed_add(s, above ? HG_T_SUP : HG_T_SUB, 0, above ? HG_STR("^") : HG_STR("_"), at, 0));
	HG_TRY(hg_typed_add(s, HG_T_GROUP, 0, HG_STR("{"), at, 0));
	for (size_t i = 0; i < len;) {
		size_t digits = 0;
		while (i + digits < len && is_digit(copy[i + digits]))
			digits++;
		hg_str part = {copy + i, digits ? digits : 1};
		hg_token_kind kind = digits           ? HG_T_NUM
		                     : copy[i] == '(' ? HG_T_OPEN
		                     : copy[i] == ')' ? HG_T_CLOSE
		                     : copy[i] == '+' ? HG_T_PLUS
		                     : copy[i] == '-' ? HG_T_MINUS
		                                      : HG_T_NAME;
		bool equals = copy[i] == '=';
		HG_TRY(hg_typed_add(s, equals ? HG_T_REL : kind, equals ? HG_REL_EQ : 0, part, at, s->i - at));
		i += part.n;
	}
	return hg_typed_add(s, HG_T_UNGROUP, 0, HG_STR("}"), s->i, 0);
}

/* Letters with an accent of their own, and accents that stand behind their letter. */
static const struct {
	const char *written, *letter, *command;
} accents[] = {
    {"\xc5\xb7", "y", "hat"},    {"\xc5\xb6", "Y", "hat"},     {"\xc8\xb3", "y", "bar"},
    {"\xc4\x81", "a", "bar"},    {"\xe1\xba\x91", "z", "hat"}, {"\xc3\xa2", "a", "hat"},
    {"\xcc\x82", NULL, "hat"},   {"\xcc\x84", NULL, "bar"},    {"\xcc\x85", NULL, "bar"},
    {"\xcc\x83", NULL, "tilde"},
};

/* One half written as one character: an exact number. */
static const struct {
	const char *written, *number;
} fractions[] = {{"\xc2\xbd", "5e-1"}, {"\xc2\xbc", "25e-2"}, {"\xc2\xbe", "75e-2"}};

hg_status hg_typed_foreign(hg_typed *s)
{
	hg_str rest = hg_str_part(s->text, s->i, s->end - s->i);
	size_t at = s->i, n;
	bool above;
	for (size_t k = 0; k < sizeof fractions / sizeof *fractions; k++)
		if (hg_str_starts(rest, fractions[k].written)) {
			s->i += 2;
			return hg_typed_add(s, HG_T_NUM, 0, hg_str_of(fractions[k].number), at, 2);
		}
	for (size_t k = 0; k < sizeof accents / sizeof *accents; k++) {
		if (!hg_str_starts(rest, accents[k].written))
			continue;
		s->i += strlen(accents[k].written);
		if (accents[k].letter)
			HG_TRY(hg_typed_add(s, HG_T_NAME, 0, hg_str_of(accents[k].letter), at, s->i - at));
		return hg_typed_accent(s, accents[k].command);
	}
	if (small(rest, &n, &above))
		return script(s, above);
	const hg_command *known = hg_command_of_character(rest, &n);
	if (known) {
		s->i += n;
		return hg_typed_add(s, known->kind, known->value, hg_str_of(known->text), at, n);
	}
	n = hg_str_character(rest);
	s->i += n;
	return hg_typed_add(s, HG_T_UNKNOWN, 0, hg_str_part(rest, 0, n), at, n);
}
