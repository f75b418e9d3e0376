/* Signs of mathematics as it is typed. */
#include "lang/typed.h"

#include <string.h>

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

char hg_typed_peek(const hg_typed *s, size_t ahead)
{
	return s->i + ahead < s->end ? s->text.p[s->i + ahead] : '\0';
}

hg_status hg_typed_add(hg_typed *s, hg_token_kind kind, int value, hg_str text, size_t at, size_t n)
{
	hg_token token = {.kind = kind, .gap = s->gap, .value = value, .text = text, .span = {at, n}};
	s->gap = HG_GAP_NONE;
	return hg_tokens_add(s->out, s->arena, token);
}

static const hg_token *last(const hg_typed *s)
{
	return s->out->n > s->first ? &s->out->at[s->out->n - 1] : NULL;
}

/* ---- exponents ---- */

/* Closes the exponents that end here: W^(1) and e^(-z) take the whole bracket. */
static hg_status end_groups(hg_typed *s)
{
	while (s->ngroups && s->group[s->ngroups - 1] == s->depth) {
		s->ngroups--;
		HG_TRY(hg_typed_add(s, HG_T_UNGROUP, 0, HG_STR("}"), s->i, 0));
	}
	return HG_OK;
}

static void skip_blanks(hg_typed *s)
{
	while (s->i < s->end && strchr(" \t", s->text.p[s->i]))
		s->i++;
}

static hg_status number(hg_typed *s);

/* One operand as an exponent: a bracket, or a name with its arguments, stays open until
 * its bracket closes. */
static hg_status exponent(hg_typed *s)
{
	skip_blanks(s);
	HG_TRY(hg_typed_add(s, HG_T_GROUP, 0, HG_STR("{"), s->i, 0));
	while (hg_typed_peek(s, 0) == '-' || hg_typed_peek(s, 0) == '+') {
		bool minus = s->text.p[s->i++] == '-';
		HG_TRY(hg_typed_add(s, minus ? HG_T_MINUS : HG_T_PLUS, 0, minus ? HG_STR("-") : HG_STR("+"), s->i - 1,
		                    1));
	}
	char c = hg_typed_peek(s, 0);
	if (is_digit(c) || (c == '.' && is_digit(hg_typed_peek(s, 1))))
		HG_TRY(number(s));
	else if (is_letter(c))
		HG_TRY(hg_typed_word(s));
	c = hg_typed_peek(s, 0);
	if ((c == '(' || c == '[' || c == '{') && s->ngroups < HG_TYPED_GROUPS) {
		bool bare = s->out->at[s->out->n - 1].kind != HG_T_NAME;
		const bool power = s->dialect == HG_DIALECT_CODE || hg_typed_peek(s, 1) == '-'; /* x ** (n + 1), C^(-1) are no indices */
		s->silent[s->ngroups] = power && c == '(' && bare;
		s->group[s->ngroups++] = s->depth;
		s->i += s->silent[s->ngroups - 1];
		s->depth += s->silent[s->ngroups - 1];
		return HG_OK;
	}
	return hg_typed_add(s, HG_T_UNGROUP, 0, HG_STR("}"), s->i, 0);
}

/* y^ with nothing behind it is a hat; ^T, ^2, ^(1), ^-x an exponent. */
static hg_status caret(hg_typed *s)
{
	size_t at = s->i++;
	char next = hg_typed_peek(s, 0);
	const hg_token *before = last(s);
	bool glued = before && before->span.at + before->span.n == at;
	if (glued && (!next || strchr(" \t\n+-*/=),;]|", next)) &&
	    !(next == '-' && is_letter(hg_typed_peek(s, 1)) && before->text.n == 1 && before->text.p[0] == *HG_L_EULER))
		return hg_typed_accent(s, "hat");
	HG_TRY(hg_typed_add(s, HG_T_SUP, 0, HG_STR("^"), at, 1));
	return exponent(s);
}

/* ---- numbers ---- */

static hg_status number(hg_typed *s)
{
	size_t at = s->i;
	while (is_digit(hg_typed_peek(s, 0)))
		s->i++;
	if (hg_typed_peek(s, 0) == '.' && !is_letter(hg_typed_peek(s, 1)))
		for (s->i++; is_digit(hg_typed_peek(s, 0));)
			s->i++;
	size_t n = s->i - at;
	char e = hg_typed_peek(s, 0), sign = hg_typed_peek(s, 1);
	bool signed_power = (sign == '-' || sign == '+') && is_digit(hg_typed_peek(s, 2));
	if ((e == HG_EXPONENT[0] || e == HG_EXPONENT[1]) && (is_digit(sign) || signed_power)) {
		for (s->i += 2; is_digit(hg_typed_peek(s, 0));)
			s->i++;
		n = s->i - at;
	} else if (s->text.p[at + n - 1] == '.') {
		n--; /* 1./m */
	}
	return hg_typed_add(s, HG_T_NUM, 0, hg_str_part(s->text, at, n), at, s->i - at);
}

/* ---- signs ---- */

static const struct {
	const char *written;
	hg_token_kind kind;
	int value;
	const char *text;
} signs[] = {
    {"**", HG_T_SUP, 0, "^"},
    {".^", HG_T_SUP, 0, "^"},
    {".*", HG_T_GLUE, HG_GLUE_STAR, "*"},
    {"./", HG_T_GLUE, HG_GLUE_DIV, "/"},
    {":=", HG_T_REL, HG_REL_DEFINED, ":="},
    {"==", HG_T_REL, HG_REL_EQ, "="},
    {"=>", HG_T_REL, HG_REL_IMPLIES, "=>"},
    {"->", HG_T_REL, HG_REL_IMPLIES, "to"},
    {"<-", HG_T_REL, HG_REL_ASSIGN, "<-"},
    {"<=", HG_T_COMPARE, HG_REL_COMPARE, "<="},
    {">=", HG_T_COMPARE, HG_REL_COMPARE, ">="},
    {"!=", HG_T_COMPARE, HG_REL_COMPARE, "!="},
    {"~=", HG_T_REL, HG_REL_APPROX, "approx"},
    {"||", HG_T_BAR, 0, "||"},
    {"...", HG_T_ELLIPSIS, 0, "dots"},
    {"=", HG_T_REL, HG_REL_EQ, "="},
    {"<", HG_T_COMPARE, HG_REL_COMPARE, "<"},
    {">", HG_T_COMPARE, HG_REL_COMPARE, ">"},
    {"+", HG_T_PLUS, 0, "+"},
    {"-", HG_T_MINUS, 0, "-"},
    {"*", HG_T_GLUE, HG_GLUE_STAR, "*"},
    {"/", HG_T_GLUE, HG_GLUE_DIV, "/"},
    {"@", HG_T_GLUE, HG_GLUE_AT, "@"},
    {"(", HG_T_OPEN, 0, "("},
    {")", HG_T_CLOSE, 0, ")"},
    {"[", HG_T_OPEN, 0, "["},
    {"]", HG_T_CLOSE, 0, "]"},
    {"{", HG_T_GROUP, 0, "{"},
    {"}", HG_T_UNGROUP, 0, "}"},
    {"|", HG_T_BAR, 0, "|"},
    {"_", HG_T_SUB, 0, "_"},
    {"'", HG_T_PRIME, 0, "prime"},
    {",", HG_T_COMMA, 0, ","},
    {";", HG_T_SEMICOLON, 0, ";"},
    {":", HG_T_COLON, 0, ":"},
    {"&", HG_T_AMP, 0, "&"},
};

static hg_status sign(hg_typed *s)
{
	hg_str rest = hg_str_part(s->text, s->i, s->end - s->i);
	size_t at = s->i;
	for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
		if (!hg_str_starts(rest, signs[k].written))
			continue;
		size_t n = strlen(signs[k].written);
		hg_token_kind kind = signs[k].kind;
		s->i += n;
		if (s->matlab && kind == HG_T_PRIME && hg_typed_peek(s, 0) != '(') /* g'(z) is a slope */
			return hg_typed_add(s, HG_T_TRANSPOSE, 0, HG_STR(HG_L_TRANSPOSED), at, n);
		if (s->matlab && n == 1 && signs[k].value == HG_GLUE_STAR && kind == HG_T_GLUE)
			return hg_typed_add(s, HG_T_GLUE, HG_GLUE_CDOT, HG_STR("*"), at, n);
		s->depth += kind == HG_T_OPEN || kind == HG_T_GROUP;
		s->depth -= s->depth && (kind == HG_T_CLOSE || kind == HG_T_UNGROUP);
		bool silent = s->ngroups && s->silent[s->ngroups - 1] && s->group[s->ngroups - 1] == s->depth &&
		              kind == HG_T_CLOSE;
		if (!silent)
			HG_TRY(hg_typed_add(s, kind, signs[k].value, hg_str_of(signs[k].text), at, n));
		if (kind == HG_T_SUP)
			return exponent(s);
		return kind == HG_T_CLOSE || kind == HG_T_UNGROUP ? end_groups(s) : HG_OK;
	}
	s->i++;
	return hg_typed_add(s, HG_T_UNKNOWN, 0, hg_str_part(rest, 0, 1), at, 1);
}

/* ---- as we print it: sum[i=1..m], 1{z > 0} ---- */

/* The offset of what closes the bracket at `open`; the end where nothing does. */
static size_t closing(const hg_typed *s, size_t open)
{
	char opens = s->text.p[open], closes = opens == '[' ? ']' : '}';
	size_t depth = 0, i = open;
	for (; i < s->end; i++) {
		depth += s->text.p[i] == opens;
		depth -= s->text.p[i] == closes;
		if (depth == 0)
			break;
	}
	return i;
}

/* A part of the text between two tokens. */
static hg_status between(hg_typed *s, hg_token open, size_t from, size_t to, hg_token close)
{
	hg_typed inner = *s;
	inner.i = from;
	inner.end = to;
	inner.ngroups = inner.depth = 0;
	inner.first = s->out->n + 1;
	HG_TRY(hg_tokens_add(s->out, s->arena, open));
	HG_TRY(hg_typed_all(&inner));
	return hg_tokens_add(s->out, s->arena, close);
}

static const hg_token group = {.kind = HG_T_GROUP, .text = {"{", 1}}, ungroup = {.kind = HG_T_UNGROUP, .text = {"}", 1}};

/* The sign with its limits: sum[j], sum[i=1..m]. */
static hg_status sum_sign(hg_typed *s, const char *sign)
{
	size_t at = s->i, open = at + strlen(sign), close = closing(s, open), dots = open;
	while (dots + 1 < close && (s->text.p[dots] != '.' || s->text.p[dots + 1] != '.'))
		dots++;
	bool upper = dots + 1 < close;
	HG_TRY(hg_typed_add(s, HG_T_BIG, 0, hg_str_of(sign), at, close + 1 - at));
	HG_TRY(hg_typed_add(s, HG_T_SUB, 0, HG_STR("_"), open, 0));
	HG_TRY(between(s, group, open + 1, upper ? dots : close, ungroup));
	if (upper) {
		HG_TRY(hg_typed_add(s, HG_T_SUP, 0, HG_STR("^"), dots, 0));
		HG_TRY(between(s, group, dots + 2, close, ungroup));
	}
	s->i = close + 1;
	return HG_OK;
}

static hg_status indicator(hg_typed *s)
{
	size_t at = s->i, close = closing(s, at + 1);
	HG_TRY(hg_typed_add(s, HG_T_COMMAND, 0, HG_STR("mathbb"), at, 1));
	HG_TRY(hg_tokens_add(s->out, s->arena, group));
	HG_TRY(hg_typed_add(s, HG_T_NUM, 0, HG_STR("1"), at, 1));
	HG_TRY(hg_tokens_add(s->out, s->arena, ungroup));
	const hg_token opens = {.kind = HG_T_OPEN, .text = HG_STR("{"), .span = {at + 1, 1}};
	const hg_token closes = {.kind = HG_T_CLOSE, .text = HG_STR("}"), .span = {close, 1}};
	HG_TRY(between(s, opens, at + 2, close, closes));
	s->i = close + 1;
	return HG_OK;
}

/* "sum", "prod" or "1" where a bracket follows that makes it what we print; else NULL. */
static const char *printed_form(const hg_typed *s)
{
	static const char *const forms[] = {"sum[", "prod[", "1{"}, *const sign_of[] = {"sum", "prod", "1"};
	const hg_token *before = last(s);
	bool glued = before && before->span.at + before->span.n == s->i && (before->kind == HG_T_NUM || before->kind == HG_T_NAME);
	hg_str rest = hg_str_part(s->text, s->i, s->end - s->i);
	for (size_t i = 0; s->dialect == HG_DIALECT_PLAIN && !glued && i < sizeof forms / sizeof *forms; i++)
		if (hg_str_starts(rest, forms[i]) && closing(s, s->i + strlen(sign_of[i])) < s->end)
			return sign_of[i];
	return NULL;
}

static hg_status next(hg_typed *s)
{
	const char *form = printed_form(s);
	if (form)
		return *form == '1' ? indicator(s) : sum_sign(s, form);
	char c = s->text.p[s->i];
	bool continued = c == '\\' && s->dialect == HG_DIALECT_CODE; /* at the end of a line */
	if (strchr(" \t\n\f\v", c) || continued) {
		s->i++;
		s->gap = HG_GAP_BLANK;
		return HG_OK;
	}
	if (c == '#' && s->dialect == HG_DIALECT_CODE) {
		while (s->i < s->end && s->text.p[s->i] != '\n')
			s->i++;
		return HG_OK;
	}
	if (is_letter(c))
		return hg_typed_word(s);
	if (is_digit(c) || (c == '.' && is_digit(hg_typed_peek(s, 1))))
		return number(s);
	if (c == '.' && is_letter(hg_typed_peek(s, 1)))
		return hg_typed_word(s);
	if (c == '^')
		return caret(s);
	return (unsigned char)c >= 0x80 ? hg_typed_foreign(s) : sign(s);
}

hg_status hg_typed_all(hg_typed *s)
{
	while (s->i < s->end)
		HG_TRY(next(s));
	return HG_OK;
}

bool hg_has_dotted_signs(hg_str text, hg_span span)
{
	for (size_t i = span.at + 1; i + 1 < span.at + span.n && i + 1 < text.n; i++) {
		const bool digit = text.p[i - 1] >= '0' && text.p[i - 1] <= '9';
		if (text.p[i] == '.' && !digit && text.p[i + 1] && strchr("*/^", text.p[i + 1]))
			return true;
	}
	return false;
}

/* The lines around a stretch tell which language is typed. */
static hg_span around(hg_span span)
{
	enum { NEAR = 400 };
	const size_t from = span.at > NEAR ? span.at - NEAR : 0;
	return (hg_span){from, span.at - from + span.n + NEAR};
}

hg_status hg_plain_scan(hg_str text, hg_span span, hg_arena *arena, hg_tokens *out)
{
	hg_typed s = {.dialect = HG_DIALECT_PLAIN,
	              .matlab = hg_has_dotted_signs(text, around(span)),
	              .text = text,
	              .i = span.at,
	              .end = span.at + span.n,
	              .first = out->n,
	              .arena = arena,
	              .out = out};
	HG_TRY(hg_typed_all(&s));
	return hg_tokens_end(out, arena, span.at + span.n);
}
