/* Names as they are typed: what belongs to one name, what is a hat, a subscript, a prime, a product of two
 * letters. */
#include "lang/function.h"
#include "lang/typed.h"
#include "text/code_gradient.h"

#include <string.h>

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Where the last operand begins: a name or bracket with its arguments, subscripts, primes and transposes.
 * NONE when it is longer than anybody writes: what stands in front of a method is looked for
 * again and again. */
static size_t operand_start(const hg_typed *s)
{
	enum { LONGEST = 400 };
	const hg_token *t = s->out->at;
	size_t i = s->out->n, depth = 0;
	while (i > s->first && s->out->n - i < LONGEST) {
		hg_token_kind kind = t[--i].kind;
		if (kind == HG_T_CLOSE || kind == HG_T_UNGROUP)
			depth++;
		else if (kind == HG_T_OPEN || kind == HG_T_GROUP)
			depth -= depth > 0;
		hg_token_kind before = i > s->first ? t[i - 1].kind : HG_T_END;
		bool opened = kind == HG_T_OPEN || kind == HG_T_GROUP, name = kind == HG_T_NAME || kind == HG_T_NUM;
		if (depth || kind == HG_T_TRANSPOSE || kind == HG_T_PRIME || kind == HG_T_SUB || kind == HG_T_SUP)
			continue;
		if (opened &&
		    (before == HG_T_NAME || before == HG_T_CLOSE || before == HG_T_PRIME ||
		     before == HG_T_TRANSPOSE || before == HG_T_COMMAND || before == HG_T_SUB || before == HG_T_SUP))
			continue;
		if (name && (before == HG_T_SUB || before == HG_T_SUP))
			continue;
		return i;
	}
	return (size_t)-1;
}

/* Puts n tokens in front of token `where`. */
static hg_status insert(hg_typed *s, size_t where, const hg_token *tokens, size_t n)
{
	for (size_t k = 0; k < n; k++)
		HG_TRY(hg_tokens_add(s->out, s->arena, tokens[k]));
	hg_token *at = s->out->at;
	size_t total = s->out->n;
	memmove(at + where + n, at + where, (total - n - where) * sizeof *at);
	memcpy(at + where, tokens, n * sizeof *at);
	return HG_OK;
}

hg_status hg_typed_accent(hg_typed *s, const char *command)
{
	size_t at = s->out->n;
	if (at == s->first || s->out->at[at - 1].kind != HG_T_NAME)
		return hg_typed_add(s, HG_T_UNKNOWN, 0, HG_STR("^"), s->i - 1, 1);
	hg_token name = s->out->at[at - 1];
	size_t d = hg_has_differential(name.text) &&
	           !hg_command_is_letter(name.text); /* dy^: the hat is on y */
	if (d) {
		hg_token sign = name;
		sign.text.n = sign.span.n = 1;
		s->out->at[at - 1] = sign;
		name.text = hg_str_part(name.text, 1, name.text.n);
		name.span = (hg_span){name.span.at + 1, name.span.n - 1};
		name.gap = HG_GAP_NONE;
		HG_TRY(hg_tokens_add(s->out, s->arena, name));
		at++;
	}
	hg_token front[] = {
	    {.kind = HG_T_COMMAND, .gap = name.gap, .text = hg_str_of(command), .span = name.span},
	    {.kind = HG_T_GROUP, .text = HG_STR("{"), .span = {name.span.at, 0}}};
	s->out->at[at - 1].gap = HG_GAP_NONE;
	HG_TRY(insert(s, at - 1, front, 2));
	return hg_typed_add(s, HG_T_UNGROUP, 0, HG_STR("}"), s->i, 0);
}

/* ---- one name ---- */

static hg_status add(hg_typed *s, size_t at, size_t n)
{
	return hg_typed_add(s, HG_T_NAME, 0, hg_str_part(s->text, at, n), at, n);
}

/* What stands below: a number, or a word. */
static hg_status subscript(hg_typed *s, size_t at, size_t n)
{
	hg_str text = hg_str_part(s->text, at, n);
	bool digits = true;
	for (size_t i = 0; i < n; i++)
		digits = digits && is_digit(text.p[i]);
	HG_TRY(hg_typed_add(s, HG_T_SUB, 0, HG_STR("_"), at, 0));
	return hg_typed_add(s, digits ? HG_T_NUM : HG_T_NAME, 0, text, at, n);
}

/* yhat, y_hat, yHat; among words, that and what are words. */
static bool is_hat(hg_str name, bool words)
{
	size_t n = name.n;
	return (n == 4 || (n == 5 && name.p[1] == '_')) && is_letter(name.p[0]) &&
	       hg_str_equal_nocase(hg_str_part(name, n - 3, 3), HG_STR(HG_W_HAT)) &&
	       !(words && (hg_str_equal_nocase(name, HG_STR(HG_W_THAT)) || hg_str_equal_nocase(name, HG_STR(HG_W_WHAT))));
}

/* sigmoid_prime, sigmoidPrime, relu_derivative: the length of the function's name, or 0. */
static size_t primed_function(hg_str name)
{
	static const char *const marks[] = {HG_WORDS_PRIME_BEHIND};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t n = strlen(marks[i]);
		if (name.n <= n || !hg_str_equal_nocase(hg_str_part(name, name.n - n, n), hg_str_of(marks[i])))
			continue;
		if (hg_fn_find(hg_str_part(name, 0, name.n - n)) != HG_NFNS ||
		    (name.n == n + 1 && i < 6)) /* f_prime; W_grad is not W' */
			return name.n - n;
	}
	return 0;
}

/* Two letters typed together are their product (Wx + b), unless they are the name of a gradient, a function,
 * a word. */
static bool is_product(const hg_typed *s, hg_str name)
{
	return s->dialect == HG_DIALECT_PLAIN && name.n == 2 && is_letter(name.p[1]) && !hg_has_differential(name) &&
	       hg_fn_find(name) == HG_NFNS && !hg_command_is_letter(name) && !hg_str_any(name, HG_L_RATE, HG_L_CROSS_ENTROPY);
}

/* dL_dW1 is dL/dW1: where the second d begins, or 0. */
static size_t quotient(hg_str name)
{
	size_t bar = hg_str_find(name, HG_STR("_" HG_L_DIFFERENTIAL));
	bool names = name.p[0] == *HG_L_DIFFERENTIAL && bar != (size_t)-1 && bar > 1 && bar + 2 < name.n && is_letter(name.p[1]) && is_letter(name.p[bar + 2]);
	return names && hg_str_find(hg_str_part(name, bar + 1, name.n), HG_STR("_" HG_L_DIFFERENTIAL)) == (size_t)-1 ? bar + 1 : 0;
}

static hg_status as_quotient(hg_typed *s, size_t at, size_t n, size_t below)
{
	HG_TRY(hg_typed_add(s, HG_T_OPEN, 0, HG_STR("("), at, 0));
	HG_TRY(add(s, at, below - 1));
	HG_TRY(hg_typed_add(s, HG_T_GLUE, HG_GLUE_DIV, HG_STR("/"), at + below - 1, 1));
	HG_TRY(add(s, at + below, n - below));
	return hg_typed_add(s, HG_T_CLOSE, 0, HG_STR(")"), at + n, 0);
}

/* grad_W1 is dW1. */
static hg_status as_gradient(hg_typed *s, size_t at, size_t n, size_t front)
{
	const char *underscore = memchr(s->text.p + at + front, '_', n - front);
	size_t base = underscore ? (size_t)(underscore - s->text.p) - at - front : n - front;
	bool below = underscore && base && base <= 2 && front + base + 1 < n;
	char *joined = hg_arena_print(s->arena, "d%.*s", HG_STR_ARG(hg_str_part(s->text, at + front, below ? base : n - front)));
	if (!joined)
		return HG_ENOMEM;
	HG_TRY(hg_typed_add(s, HG_T_NAME, 0, hg_str_of(joined), at, below ? front + base : n));
	return below ? subscript(s, at + front + base + 1, n - front - base - 1) : HG_OK;
}

/* d2, d3: the errors of layers, in Matlab as the first courses have it. */
static bool is_signal(hg_str name)
{
	size_t digits = 1;
	while (digits < name.n && is_digit(name.p[digits]))
		digits++;
	return hg_has_differential(name) && digits == name.n;
}

hg_status hg_typed_name(hg_typed *s, size_t at, size_t n)
{
	static const char gradient[] = HG_W_GRAD "_";
	hg_str name = hg_str_part(s->text, at, n);
	if (s->matlab && is_signal(name)) {
		HG_TRY(hg_typed_add(s, HG_T_NAME, 0, HG_STR(HG_L_SIGNAL), at, 1));
		return subscript(s, at + 1, n - 1);
	}
	if (quotient(name))
		return as_quotient(s, at, n, quotient(name));
	hg_str alone = s->dialect == HG_DIALECT_CODE ? hg_code_gradient_variable(s->text, name) : (hg_str){0};
	if (alone.n) {
		const char *joined = hg_arena_print(s->arena, HG_L_DIFFERENTIAL "%.*s", HG_STR_ARG(alone));
		return joined ? hg_typed_add(s, HG_T_NAME, 0, hg_str_of(joined), at, n) : HG_ENOMEM;
	}
	if (hg_str_starts(name, gradient) && n > strlen(gradient))
		return as_gradient(s, at, n, strlen(gradient));
	size_t function = primed_function(name);
	if (function) {
		HG_TRY(add(s, at, function));
		return hg_typed_add(s, HG_T_PRIME, 0, HG_STR("prime"), at + function, n - function);
	}
	if (hg_fn_find(name) != HG_NFNS)
		return add(s, at, n);
	if (is_hat(name, s->dialect != HG_DIALECT_CODE)) {
		HG_TRY(add(s, at, 1));
		s->out->at[s->out->n - 1].span.n = n;
		return hg_typed_accent(s, HG_W_HAT);
	}
	if (name.p[0] == *HG_L_DIFFERENTIAL && is_hat(hg_str_part(name, 1, n), s->dialect != HG_DIALECT_CODE)) /* dy_hat */
		return add(s, at, n);
	if (is_product(s, name)) {
		HG_TRY(add(s, at, 1));
		return add(s, at + 1, 1);
	}
	const char *underscore = memchr(name.p, '_', n);
	size_t base = underscore ? (size_t)(underscore - name.p) : n;
	bool letter =
	    base <= 2 || hg_command_is_letter(hg_str_part(name, 0, base)) || (base == 3 && hg_has_differential(name));
	if (underscore && base && base + 1 < n && letter) {
		HG_TRY(add(s, at, base));
		return subscript(s, at + base + 1, n - base - 1);
	}
	return add(s, at, n);
}

/* ---- words ---- */

static size_t name_end(const hg_typed *s, size_t at)
{
	while (at < s->end && (is_letter(s->text.p[at]) || is_digit(s->text.p[at]) || s->text.p[at] == '_'))
		at++;
	while (at > s->i + 1 && s->text.p[at - 1] == '_')
		at--;
	return at;
}

/* Behind the bracket that opens at i. */
static size_t past_bracket(const hg_typed *s, size_t i)
{
	size_t depth = 0;
	for (; i < s->end; i++) {
		depth += s->text.p[i] == '(';
		if (s->text.p[i] == ')' && --depth == 0)
			return i + 1;
	}
	return i;
}

/* x.shape[0] is len(x, 0). The cursor is in front of the bracket. */
static hg_status shape(hg_typed *s, size_t at)
{
	size_t from = operand_start(s);
	if (from == (size_t)-1)
		return hg_typed_add(s, HG_T_UNKNOWN, 0, hg_str_part(s->text, at - 1, s->i - at + 1), at - 1, s->i - at + 1);
	hg_token front[] = {{.kind = HG_T_NAME, .gap = s->out->at[from].gap, .text = HG_STR(HG_W_LENGTH), .span = {at, s->i - at}},
	                    {.kind = HG_T_OPEN, .text = HG_STR("("), .span = {s->i, 1}}};
	s->out->at[from].gap = HG_GAP_NONE;
	HG_TRY(insert(s, from, front, 2));
	HG_TRY(hg_typed_add(s, HG_T_COMMA, 0, HG_STR(","), s->i, 0));
	HG_TRY(hg_typed_add(s, HG_T_NUM, 0, hg_str_part(s->text, s->i + 1, 1), s->i + 1, 1));
	HG_TRY(hg_typed_add(s, HG_T_CLOSE, 0, HG_STR(")"), s->i + 2, 1));
	s->i += 3;
	return HG_OK;
}

/* x.sum(axis=1) is sum(x, axis=1); x.dot(y) is x @ (y); x.T a transpose. The cursor is behind the method's
 * name. */
static hg_status method(hg_typed *s, size_t at, size_t n)
{
	hg_str name = hg_str_part(s->text, at, n);
	bool called = hg_typed_peek(s, 0) == '(';
	if (hg_str_any(name, HG_L_TRANSPOSED, HG_L_SMALL_TRANSPOSED) ||
	    (hg_str_is(name, HG_W_TRANSPOSE) && called && hg_typed_peek(s, 1) == ')')) {
		s->i += called ? 2 : 0;
		return hg_typed_add(s, HG_T_TRANSPOSE, 0, HG_STR(HG_L_TRANSPOSED), at, s->i - at);
	}
	if (called && hg_str_any(name, HG_WORDS_SAME_NUMBERS)) { /* the same numbers */
		s->i = past_bracket(s, s->i);
		return HG_OK;
	}
	if (hg_str_is(name, HG_W_SHAPE) && hg_typed_peek(s, 0) == '[' && is_digit(hg_typed_peek(s, 1)) && hg_typed_peek(s, 2) == ']')
		return shape(s, at);
	if (called && hg_str_any(name, HG_WORDS_PRODUCT))
		return hg_typed_add(s, HG_T_GLUE, HG_GLUE_AT, HG_STR("@"), at - 1, n + 1);
	size_t from = called && hg_fn_find(name) != HG_NFNS ? operand_start(s) : (size_t)-1;
	if (from == (size_t)-1)
		return hg_typed_add(s, HG_T_UNKNOWN, 0, hg_str_part(s->text, at - 1, n + 1), at - 1, n + 1);
	hg_gap gap = s->out->at[from].gap;
	hg_token front[] = {{.kind = HG_T_NAME, .gap = gap, .text = name, .span = {at, n}},
	                    {.kind = HG_T_OPEN, .text = HG_STR("("), .span = {at + n, 1}}};
	s->out->at[from].gap = HG_GAP_NONE;
	HG_TRY(insert(s, from, front, 2));
	s->i++; /* its bracket */
	s->depth++;
	size_t k = s->i;
	while (k < s->end && strchr(" \t\n", s->text.p[k]))
		k++;
	return k < s->end && s->text.p[k] == ')' ? HG_OK : hg_typed_add(s, HG_T_COMMA, 0, HG_STR(","), s->i, 0);
}

/* self.W1 and params["W1"] are W1. True when the cursor has been put behind it. */
static bool container(hg_typed *s, size_t at, size_t *name, size_t *n)
{
	char quote = hg_typed_peek(s, 1);
	if (hg_typed_peek(s, 0) == '[' && (quote == '"' || quote == '\'')) {
		size_t from = s->i + 2, end = from;
		while (end < s->end &&
		       (is_letter(s->text.p[end]) || is_digit(s->text.p[end]) || s->text.p[end] == '_'))
			end++;
		if (end == from || end + 1 >= s->end || s->text.p[end] != quote || s->text.p[end + 1] != ']')
			return false;
		*name = from;
		*n = end - from;
		s->i = end + 2;
		return true;
	}
	if (hg_str_is(hg_str_part(s->text, at, s->i - at), HG_W_SELF) && hg_typed_peek(s, 0) == '.' &&
	    is_letter(hg_typed_peek(s, 1))) {
		*name = s->i + 1;
		s->i = name_end(s, s->i + 1);
		*n = s->i - *name;
		size_t inner, m;
		if (container(s, *name, &inner, &m)) { /* self.params["W1"] */
			*name = inner;
			*n = m;
		}
		return true;
	}
	return false;
}

static bool is_library(hg_str word)
{
	return hg_str_any(word, HG_WORDS_LIBRARY);
}

static bool is_words(hg_str word)
{
	return hg_str_any(word, HG_WORDS_OF_CASES, HG_W_OR, HG_W_WHERE);
}

/* F.relu is of a library, F.T and F.sum(axis=0) are of an array called F. */
static bool is_of_array(const hg_typed *s, size_t at)
{
	return hg_str_any(hg_str_part(s->text, at, name_end(s, at) - at), HG_WORDS_OF_ARRAYS);
}

hg_status hg_typed_word(hg_typed *s)
{
	size_t at = s->i, name, n;
	bool dotted = s->text.p[at] == '.';
	if (dotted) {
		s->i++;
		s->i = name_end(s, s->i);
		return method(s, at + 1, s->i - at - 1);
	}
	s->i = name_end(s, at);
	while (is_library(hg_str_part(s->text, at, s->i - at)) && hg_typed_peek(s, 0) == '.' && is_letter(hg_typed_peek(s, 1)) &&
	       !(s->i - at == 1 && is_of_array(s, s->i + 1))) {
		at = ++s->i;
		s->i = name_end(s, at);
	}
	hg_str word = hg_str_part(s->text, at, s->i - at);
	if (s->dialect == HG_DIALECT_CODE && container(s, at, &name, &n))
		return hg_typed_name(s, name, n);
	if (is_words(word) && !(hg_str_is(word, HG_W_WHERE) && hg_typed_peek(s, 0) == '('))
		return hg_typed_add(s, HG_T_TEXT, 0, word, at, word.n);
	return hg_typed_name(s, at, word.n);
}
