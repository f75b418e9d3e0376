/* The front end for the numpy dialect: one assignment, `dW2 = (1/m) * dZ2 @ A1.T`, `W -= alpha * dW`. */
#include "lang/typed.h"
#include "text/code_function.h"

#include <string.h>

/* The offset of "-=" and its kin outside of brackets; or span's end. */
static size_t find_update(hg_str text, hg_span span)
{
	size_t depth = 0, end = span.at + span.n;
	for (size_t i = span.at; i + 1 < end; i++) {
		char c = text.p[i];
		depth += c == '(' || c == '[';
		depth -= depth && (c == ')' || c == ']');
		if (depth == 0 && text.p[i + 1] == '=' && strchr("+-*/@", c))
			return i;
		if (depth == 0 && c == '=')
			break;
	}
	return end;
}

static hg_status add_update_sign(hg_typed *s, size_t at)
{
	static const struct {
		char sign;
		hg_token_kind kind;
		int value;
	} signs[] = {{'+', HG_T_PLUS, 0},
	             {'-', HG_T_MINUS, 0},
	             {'*', HG_T_GLUE, HG_GLUE_STAR},
	             {'/', HG_T_GLUE, HG_GLUE_DIV},
	             {'@', HG_T_GLUE, HG_GLUE_AT}};
	size_t k = 0;
	while (signs[k].sign != s->text.p[at])
		k++;
	return hg_typed_add(s, signs[k].kind, signs[k].value, hg_str_part(s->text, at, 1), at, 1);
}

/* W -= a * dW is W <- W - {a * dW}. */
static hg_status update(hg_typed *s, size_t op, size_t end)
{
	size_t n;
	s->end = op;
	HG_TRY(hg_typed_all(s));
	n = s->out->n;
	HG_TRY(hg_typed_add(s, HG_T_REL, HG_REL_ASSIGN, HG_STR("<-"), op, 2));
	for (size_t k = s->first; k < n; k++)
		HG_TRY(hg_tokens_add(s->out, s->arena, s->out->at[k]));
	HG_TRY(add_update_sign(s, op));
	s->i = op + 2;
	s->end = end;
	HG_TRY(hg_typed_add(s, HG_T_GROUP, 0, HG_STR("{"), s->i, 0));
	HG_TRY(hg_typed_all(s));
	return hg_typed_add(s, HG_T_UNGROUP, 0, HG_STR("}"), end, 0);
}

static hg_status put(hg_typed *s, hg_token_kind kind, int value, hg_str text)
{
	return hg_typed_add(s, kind, value, text, s->i, 0);
}

/* Of a function with these arguments: (x, y). */
static hg_status put_arguments(hg_typed *s, const hg_code_function *f)
{
	HG_TRY(put(s, HG_T_OPEN, 0, HG_STR("(")));
	for (size_t i = 0; i < f->narguments && i < HG_CODE_ARGUMENTS; i++) {
		if (i)
			HG_TRY(put(s, HG_T_COMMA, 0, HG_STR(",")));
		HG_TRY(put(s, HG_T_NAME, 0, f->argument[i]));
	}
	return put(s, HG_T_CLOSE, 0, HG_STR(")"));
}

static hg_status put_differential(hg_typed *s, hg_str of)
{
	char *name = hg_arena_print(s->arena, "d%.*s", HG_STR_ARG(of));
	return name ? put(s, HG_T_NAME, 0, hg_str_of(name)) : HG_ENOMEM;
}

/* What a function returns is the loss, f(x), f'(x), df/dx of several arguments, or dw of a loss. */
static hg_status returned(hg_typed *s, hg_span span)
{
	hg_code_function f = {0};
	if (!hg_code_function_around(s->text, span.at, &f))
		f.loss = true;
	const hg_str output = f.loss ? (hg_str){0} : hg_code_function_output(s->text, span.at + span.n, &f);
	if (output.n) {
		HG_TRY(put(s, HG_T_NAME, 0, output));
	} else if (f.loss) {
		HG_TRY(put(s, HG_T_NAME, 0, HG_STR(HG_W_LOSS)));
	} else if (!f.of.n) {
		HG_TRY(put(s, HG_T_NAME, 0, f.name));
		HG_TRY(put_arguments(s, &f));
	} else if (!f.order) {
		HG_TRY(put_differential(s, f.of));
	} else if (f.narguments == 1) {
		HG_TRY(put(s, HG_T_NAME, 0, f.of));
		for (int k = 0; k < f.order; k++)
			HG_TRY(put(s, HG_T_PRIME, 0, HG_STR("prime")));
		HG_TRY(put_arguments(s, &f));
	} else {
		HG_TRY(put(s, HG_T_OPEN, 0, HG_STR("(")));
		HG_TRY(put_differential(s, f.of));
		HG_TRY(put(s, HG_T_GLUE, HG_GLUE_DIV, HG_STR("/")));
		HG_TRY(put_differential(s, f.argument[0]));
		HG_TRY(put(s, HG_T_CLOSE, 0, HG_STR(")")));
	}
	HG_TRY(put(s, HG_T_REL, HG_REL_EQ, HG_STR("=")));
	s->i += strlen(HG_W_RETURN);
	return HG_OK;
}

/* A semicolon behind the line, .*, ./, .^, or a prime behind a name or a bracket: Matlab. */
static bool is_matlab(hg_str text, hg_span span)
{
	size_t end = span.at + span.n;
	if ((end < text.n && text.p[end] == ';') || hg_has_dotted_signs(text, span))
		return true;
	for (size_t i = span.at + 1; i < end; i++) {
		char before = text.p[i - 1], c = text.p[i], next = i + 1 < end ? text.p[i + 1] : ' ';
		bool digit = before >= '0' && before <= '9', operand = before == ')' || (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z');
		if (c == '\'' && (operand || digit) && strchr(" )*+-;,.", next))
			return true;
	}
	return false;
}

hg_status hg_code_scan(hg_str text, hg_span span, hg_arena *arena, hg_tokens *out)
{
	size_t end = span.at + span.n, op = find_update(text, span);
	hg_typed s = {.dialect = HG_DIALECT_CODE,
	              .matlab = is_matlab(text, span),
	              .text = text,
	              .i = span.at,
	              .end = end,
	              .first = out->n,
	              .arena = arena,
	              .out = out};
	if (hg_str_starts(hg_str_part(text, span.at, span.n), HG_W_RETURN))
		HG_TRY(returned(&s, span));
	HG_TRY(op < end ? update(&s, op, end) : hg_typed_all(&s));
	return hg_tokens_end(out, arena, end);
}
