/* The LaTeX front end: characters to tokens. Commands are in latex_command.c, runs of letters and words in latex_words.c. */
#include "lang/scan.h"

#include <string.h>

hg_status hg_scan_add(hg_scan *s, hg_token_kind kind, int value, hg_str text, size_t at)
{
	hg_token token = {.kind = kind, .gap = s->gap, .value = value, .text = text, .span = {at, s->i - at}};
	if (s->inside)
		token.span = s->use;
	s->gap = HG_GAP_NONE;
	return hg_tokens_add(s->out, s->arena, token);
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static char peek(const hg_scan *s, size_t ahead) { return s->i + ahead < s->end ? s->text.p[s->i + ahead] : '\0'; }

void hg_scan_skip_blanks(hg_scan *s)
{
	while (s->i < s->end && strchr(" \t\r\n", s->text.p[s->i]))
		s->i++;
}

static hg_token_kind last_kind(const hg_scan *s) { return s->out->n ? s->out->at[s->out->n - 1].kind : HG_T_END; }

static bool is_frac(const hg_token *t) { return t->kind == HG_T_COMMAND && hg_str_is(t->text, "frac"); }

/* Behind ^, _ and \frac TeX takes one digit: x_12 is x_1 2, \frac12 a half. */
static bool takes_one_digit(const hg_scan *s)
{
	const hg_token *last = s->out->n ? &s->out->at[s->out->n - 1] : NULL;
	if (!last)
		return false;
	return last->kind == HG_T_SUP || last->kind == HG_T_SUB || is_frac(last) ||
	       (last->kind == HG_T_NUM && last->text.n == 1 && s->gap == HG_GAP_NONE && s->out->n > 1 && is_frac(last - 1));
}

/* 1. - a, (1.): a dot behind which the formula goes on ends no sentence. */
static bool goes_on_behind(const hg_scan *s)
{
	size_t i = 1;
	while (peek(s, i) == ' ')
		i++;
	return peek(s, i) && strchr("+-*/)]", peek(s, i));
}

static hg_status number(hg_scan *s)
{
	size_t at = s->i;
	if (takes_one_digit(s)) {
		s->i++;
		return hg_scan_add(s, HG_T_NUM, 0, hg_str_part(s->text, at, 1), at);
	}
	while (is_digit(peek(s, 0)))
		s->i++;
	if (peek(s, 0) == '.' && (is_digit(peek(s, 1)) || goes_on_behind(s)))
		for (s->i++; is_digit(peek(s, 0));)
			s->i++;
	if (s->i > at && (peek(s, 0) == HG_EXPONENT[0] || peek(s, 0) == HG_EXPONENT[1]) &&
	    (is_digit(peek(s, 1)) || ((peek(s, 1) == '-' || peek(s, 1) == '+') && is_digit(peek(s, 2)))))
		for (s->i += 2; is_digit(peek(s, 0));)
			s->i++;
	if (peek(s, 0) == '%' || (peek(s, 0) == '\\' && peek(s, 1) == '%'))
		s->i += peek(s, 0) == '%' ? 1 : 2;
	return hg_scan_add(s, HG_T_NUM, 0, hg_str_part(s->text, at, s->i - at), at);
}

/* A1.T, right behind a name or a bracket: numpy's transpose. */
static bool is_transpose(const hg_scan *s, size_t at)
{
	hg_token_kind before = last_kind(s);
	char behind = at + 2 < s->end ? s->text.p[at + 2] : '\0';
	return s->gap == HG_GAP_NONE && (before == HG_T_NAME || before == HG_T_CLOSE) && at + 1 < s->end && s->text.p[at + 1] == *HG_L_TRANSPOSED &&
	       !is_letter(behind) && !is_digit(behind) && (behind == '\0' || !strchr("^_'(", behind));
}

/* A full stop: dots, a decimal, a product between two operands, or the end of a sentence. */
static hg_status stop(hg_scan *s)
{
	size_t at = s->i++;
	if (peek(s, 0) == '.') {
		while (peek(s, 0) == '.')
			s->i++;
		return hg_scan_add(s, HG_T_ELLIPSIS, 0, HG_STR("dots"), at);
	}
	if (peek(s, 0) == '*' || hg_str_starts(hg_str_part(s->text, s->i, s->end), "\\*")) { /* a .* b, as Matlab has it */
		s->i += peek(s, 0) == '*' ? 1 : 2;
		return hg_scan_add(s, HG_T_GLUE, HG_GLUE_ODOT, HG_STR("odot"), at);
	}
	if (s->gap == HG_GAP_NONE && hg_str_starts(hg_str_part(s->text, s->i, 4), HG_W_DOT "(")) { /* dZ.dot(A.T) */
		s->i += 3;
		return hg_scan_add(s, HG_T_GLUE, HG_GLUE_AT, HG_STR("@"), at);
	}
	if (is_transpose(s, at)) {
		s->i++;
		return hg_scan_add(s, HG_T_TRANSPOSE, 0, HG_STR(HG_L_TRANSPOSED), at);
	}
	size_t j = s->i;
	while (j < s->end && strchr(" \t\r\n", s->text.p[j]))
		j++;
	char next = j < s->end ? s->text.p[j] : '\0';
	char after = j + 1 < s->end ? s->text.p[j + 1] : '\0';
	bool apart = s->gap != HG_GAP_NONE && j > s->i && j < s->end; /* a . b: a sentence ends without a blank */
	bool operand = apart || is_letter(next) || is_digit(next) || next == '(' || next == '[' ||
	               (next == '\\' && is_letter(after) && !hg_str_starts(hg_str_part(s->text, j, 5), "\\end") &&
	                !hg_str_starts(hg_str_part(s->text, j, 6), "\\quad") &&
	                !hg_str_starts(hg_str_part(s->text, j, 5), "\\qqua") &&
	                !hg_str_starts(hg_str_part(s->text, j, 5), "\\text"));
	hg_token_kind before = last_kind(s);
	bool behind = before == HG_T_NAME || before == HG_T_NUM || before == HG_T_CLOSE || before == HG_T_UNGROUP ||
	              before == HG_T_PRIME;
	if (operand && behind && !(s->i < j && memchr(s->text.p + s->i, '\n', j - s->i)))
		return hg_scan_add(s, HG_T_GLUE, HG_GLUE_DOT, HG_STR("."), at);
	return hg_scan_add(s, HG_T_STOP, 0, HG_STR("."), at);
}

/* What is written with more than one character, longest first; then the single ones. */
static const struct {
	const char *written;
	hg_token_kind kind;
	int value;
	const char *text;
} signs[] = {
	{"<=>", HG_T_REL, HG_REL_IMPLIES, "<=>"}, {"==>", HG_T_REL, HG_REL_IMPLIES, "=>"},
	{":=", HG_T_REL, HG_REL_DEFINED, ":="},   {"=:", HG_T_REL, HG_REL_DEFINED, "=:"},
	{"=>", HG_T_REL, HG_REL_IMPLIES, "=>"},   {"->", HG_T_REL, HG_REL_IMPLIES, "to"},
	{"<-", HG_T_REL, HG_REL_ASSIGN, "<-"},    {"==", HG_T_REL, HG_REL_EQ, "="},
	{"<=", HG_T_COMPARE, HG_REL_COMPARE, "<="}, {">=", HG_T_COMPARE, HG_REL_COMPARE, ">="},
	{"!=", HG_T_COMPARE, HG_REL_COMPARE, "!="}, {"~=", HG_T_REL, HG_REL_APPROX, "approx"},
	{"||", HG_T_BAR, 0, "||"},                {"\xe2\x88\x92", HG_T_MINUS, 0, "-"},
	{"\xe2\x80\x93", HG_T_MINUS, 0, "-"},
	{"=", HG_T_REL, HG_REL_EQ, "="},          {"<", HG_T_COMPARE, HG_REL_COMPARE, "<"},
	{">", HG_T_COMPARE, HG_REL_COMPARE, ">"}, {"+", HG_T_PLUS, 0, "+"},
	{"-", HG_T_MINUS, 0, "-"},                {"*", HG_T_GLUE, HG_GLUE_STAR, "*"},
	{"/", HG_T_GLUE, HG_GLUE_DIV, "/"},       {"(", HG_T_OPEN, 0, "("},
	{")", HG_T_CLOSE, 0, ")"},                {"[", HG_T_OPEN, 0, "["},
	{"]", HG_T_CLOSE, 0, "]"},                {"{", HG_T_GROUP, 0, "{"},
	{"}", HG_T_UNGROUP, 0, "}"},              {"|", HG_T_BAR, 0, "|"},
	{"^", HG_T_SUP, 0, "^"},                  {"_", HG_T_SUB, 0, "_"},
	{"'", HG_T_PRIME, 0, "prime"},            {",", HG_T_COMMA, 0, ","},
	{";", HG_T_SEMICOLON, 0, ";"},            {":", HG_T_COLON, 0, ":"},
	{"@", HG_T_GLUE, HG_GLUE_AT, "@"},        {"&", HG_T_AMP, 0, "&"},                  {"\xe2\x80\x99", HG_T_PRIME, 0, "prime"},
};

/* A circled number is the mark of an equation: U+2460 to U+2473. */
static bool circled(hg_str rest)
{
	unsigned char last = rest.n >= 3 ? (unsigned char)rest.p[2] : 0;
	return rest.n >= 3 && memcmp(rest.p, "\xe2\x91", 2) == 0 && last >= 0xa0 && last <= 0xb3;
}

static hg_status foreign(hg_scan *s)
{
	hg_str rest = hg_str_part(s->text, s->i, s->end - s->i);
	size_t at = s->i, n;
	const hg_command *known = hg_command_of_character(rest, &n);
	if (known) {
		s->i += n;
		return hg_scan_add(s, known->kind, known->value, hg_str_of(known->text), at);
	}
	n = hg_str_character(rest);
	s->i += n;
	if (circled(rest))
		return hg_scan_add(s, HG_T_MARK, 0, hg_str_part(rest, 0, n), at);
	if (n == 3 && memcmp(rest.p, "\xe3\x80\x80", 3) == 0) /* ideographic space */
		return HG_OK;
	/* Words in a script of their own: everything up to the next ASCII sign that is no blank. */
	while (s->i < s->end && ((unsigned char)peek(s, 0) & 0x80) &&
	       !hg_command_of_character(hg_str_part(s->text, s->i, s->end - s->i), &n))
		s->i++;
	hg_str word = hg_str_part(s->text, at, s->i - at);
	return hg_scan_add(s, word.n > 3 ? HG_T_TEXT : HG_T_UNKNOWN, 0, word, at);
}

static hg_status sign(hg_scan *s)
{
	hg_str rest = hg_str_part(s->text, s->i, s->end - s->i);
	size_t at = s->i;
	for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
		if (hg_str_starts(rest, signs[k].written)) {
			s->i += strlen(signs[k].written);
			return hg_scan_add(s, signs[k].kind, signs[k].value, hg_str_of(signs[k].text), at);
		}
	if ((unsigned char)rest.p[0] & 0x80)
		return foreign(s);
	s->i++;
	return hg_scan_add(s, HG_T_UNKNOWN, 0, hg_str_part(rest, 0, 1), at);
}

static void skip_comment(hg_scan *s)
{
	while (s->i < s->end && s->text.p[s->i] != '\n')
		s->i++;
}

static hg_status next(hg_scan *s)
{
	char c = s->text.p[s->i];
	if (strchr(" \t\r\n", c) || c == '$') {
		s->i++;
		s->gap = s->gap == HG_GAP_SEEN ? HG_GAP_SEEN : HG_GAP_BLANK;
		return HG_OK;
	}
	if (c == '~') {
		s->i++;
		s->gap = HG_GAP_SEEN;
		return HG_OK;
	}
	if (c == '%') {
		skip_comment(s);
		return HG_OK;
	}
	if (c == '\\')
		return hg_scan_command(s);
	if (is_letter(c))
		return hg_scan_letters(s);
	if (is_digit(c) || (c == '.' && is_digit(peek(s, 1)) && !takes_one_digit(s)))
		return number(s);
	return c == '.' ? stop(s) : sign(s);
}

hg_status hg_scan_all(hg_scan *s)
{
	while (s->i < s->end)
		HG_TRY(next(s));
	return HG_OK;
}

hg_status hg_scan_part(hg_scan *s, hg_str part, bool words)
{
	enum { DEEPEST = 20 }; /* nobody writes words in words in words */
	hg_scan inner = *s;
	inner.i = (size_t)(part.p - s->text.p);
	if (inner.parts++ >= DEEPEST)
		return hg_scan_add(s, HG_T_UNKNOWN, 0, part, inner.i);
	inner.end = inner.i + part.n;
	inner.words = words;
	hg_status status = hg_scan_all(&inner);
	s->gap = inner.gap;
	return status;
}

hg_status hg_latex_scan(hg_str text, hg_span span, hg_macros *macros, hg_arena *arena, hg_tokens *out)
{
	hg_scan s = {.text = text, .i = span.at, .end = span.at + span.n, .macros = macros, .arena = arena, .out = out};
	HG_TRY(hg_scan_all(&s));
	return hg_tokens_end(out, arena, span.at + span.n);
}
