/* One line of code in the numpy dialect: where it ends, what it assigns, and whether it is an expression a gradient is made of. */
#include "text/code_line.h"
#include "text/code_gradient.h"

#include <string.h>

size_t code_skip_string(hg_str t, size_t at)
{
	char quote = t.p[at];
	size_t n = at + 2 < t.n && t.p[at + 1] == quote && t.p[at + 2] == quote ? 3 : 1, k = at + n;
	for (; k < t.n; k++) {
		if (t.p[k] == '\\')
			k++;
		else if (n == 1 && t.p[k] == '\n')
			return k;
		else if (t.p[k] == quote && (n == 1 || (k + 2 < t.n && t.p[k + 1] == quote && t.p[k + 2] == quote)))
			return k + n;
	}
	return t.n;
}

bool code_begins_string(hg_str t, size_t at)
{
	char before = at ? t.p[at - 1] : ' ';
	return t.p[at] == '"' ||
	       (t.p[at] == '\'' && !is_letter(before) && !is_digit(before) && !strchr(")]'_", before));
}

/* One logical line: to the line end outside of brackets. *words: to where its comment begins. */
size_t code_logical_line(hg_str t, size_t at, size_t *words)
{
	size_t depth = 0, k = at;
	*words = NONE;
	while (k < t.n) {
		char c = t.p[k];
		if (code_begins_string(t, k)) {
			k = code_skip_string(t, k);
			continue;
		}
		if (c == '#') {
			if (*words == NONE && depth == 0)
				*words = k;
			while (k < t.n && t.p[k] != '\n')
				k++;
			continue;
		}
		if (c == '\n' && depth == 0 && !(k > at && t.p[k - 1] == '\\'))
			break;
		if (c == '\n' && k > at + 4096) /* a bracket that is never closed */
			break;
		depth += strchr("([{", c) != NULL && c;
		depth -= depth && strchr(")]}", c) && c;
		k++;
	}
	if (*words == NONE)
		*words = k;
	return k;
}

/* ---- what is assigned ---- */

/* Behind a target: name, self.name, name["key"], name[1], name[i, :], with a prime. */
static size_t target_end(hg_str t)
{
	size_t at = 0;
	while (at < t.n) {
		char c = t.p[at];
		if (is_letter(c) || is_digit(c) || c == '_' || c == '.' || (unsigned char)c >= 0x80) {
			at++;
		} else if (c == '[' && at) {
			const char *close = memchr(t.p + at, ']', t.n - at);
			if (!close)
				return 0;
			at = (size_t)(close - t.p) + 1;
		} else {
			break;
		}
	}
	return at && (is_letter(t.p[0]) || (unsigned char)t.p[0] >= 0x80) ? at : 0;
}

/* The last name in it: dW of self.dW and of grads["dW"]. */
static hg_str target_name(hg_str target)
{
	size_t end = target.n, from;
	const char *bracket = memchr(target.p, '[', target.n);
	if (bracket && bracket + 1 < target.p + target.n && strchr("'\"", bracket[1])) {
		hg_str key = hg_str_part(target, (size_t)(bracket - target.p) + 2, target.n);
		for (end = 0; end < key.n && (is_letter(key.p[end]) || is_digit(key.p[end]) || key.p[end] == '_');)
			end++;
		return hg_str_part(key, 0, end);
	}
	if (bracket)
		end = (size_t)(bracket - target.p);
	for (from = end; from > 0 && target.p[from - 1] != '.'; from--)
		;
	return hg_str_part(target, from, end - from);
}

static hg_str target_base(hg_str target)
{
	const char *bracket = memchr(target.p, '[', target.n);
	if (bracket && bracket + 1 < target.p + target.n && is_letter(bracket[1]))
		target.n = (size_t)(bracket - target.p);
	return target;
}

/* ---- what is computed ---- */

static bool is_function_name(hg_str name)
{
	static const char *const marks[] = {HG_WORDS_SLOPE_BEHIND};
	if (word_is_function(name) || name.n == 1 || hg_str_is(name, HG_W_AS_TYPE))
		return true;
	for (size_t i = 0; i < sizeof marks / sizeof *marks;
	     i++) { /* sigmoid_prime, sigmoidPrime, relu_derivative */
		size_t n = strlen(marks[i]);
		if (name.n <= n || !hg_str_equal_nocase(hg_str_part(name, name.n - n, n), hg_str_of(marks[i])))
			continue;
		hg_str head = hg_str_part(name, 0, name.n - n);
		return word_is_function(hg_str_ends(head, "_") ? hg_str_part(head, 0, head.n - 1) : head);
	}
	return false;
}

static bool is_keyword(hg_str name)
{
	static const char *const words[] = {HG_WORDS_KEYWORDS};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (hg_str_is(name, words[i]))
			return true;
	return false;
}

/* A name on the right: what it ends in must be one of numpy's or the network's functions, a transpose, or a
 * variable. */
static bool name_fits(hg_str name, bool called)
{
	size_t from = name.n;
	while (from > 0 && name.p[from - 1] != '.')
		from--;
	hg_str last = hg_str_part(name, from, name.n);
	if (hg_str_find(name, HG_STR(HG_W_RANDOM)) != NONE || is_keyword(last))
		return false;
	if (called)
		return is_function_name(last) && !hg_str_starts(last, HG_W_ZEROS);
	bool type = hg_str_starts(last, HG_W_FLOAT) || hg_str_starts(last, HG_W_INT) || hg_str_starts(last, HG_W_BOOL); /* .astype(np.float32) */
	return from == 0 || type || hg_str_is(last, HG_W_SHAPE) || hg_str_is(last, HG_L_TRANSPOSED) || hg_str_starts(name, HG_W_SELF ".");
}

/* Can the right side be an expression of the dialect at all? *terms: how many names stand in it. */
bool code_fits(hg_str t, size_t *terms)
{
	*terms = 0;
	for (size_t at = 0; at < t.n;) {
		char c = t.p[at];
		if (c == '#') {
			while (at < t.n && t.p[at] != '\n')
				at++;
		} else if (is_letter(c) || c == '_' || (unsigned char)c >= 0x80) {
			size_t end = at;
			while (end < t.n && (is_letter(t.p[end]) || is_digit(t.p[end]) || strchr("_.", t.p[end]) ||
			                     (unsigned char)t.p[end] >= 0x80))
				end++;
			size_t next = end;
			while (next < t.n && is_blank(t.p[next]))
				next++;
			if (!name_fits((hg_str){t.p + at, end - at}, next < t.n && t.p[next] == '('))
				return false;
			++*terms;
			at = end;
		} else if (code_begins_string(t, at)) {
			bool type = hg_str_ends(hg_str_part(t, 0, at), HG_W_AS_TYPE "(");
			if (at == 0 || (t.p[at - 1] != '[' && !type)) /* only as a key, cache["A1"], or a type */
				return false;
			at = code_skip_string(t, at);
		} else if (c == '.' && at && strchr(")]", t.p[at - 1])) { /* a method: (a1.T).dot(..), W[2].T */
			at++;
		} else if (!strchr("+-*/@^()[],.=:'<>! \t\n\\", c) && !is_digit(c)) {
			return false;
		} else {
			at++;
		}
	}
	return *terms > 0;
}

/* (x, w, b) or x, w, b: kept together, no relation. */
static bool is_tuple(hg_str right)
{
	size_t depth = 0, first = 0;
	for (size_t i = 0; i < right.n; i++) {
		char c = right.p[i];
		depth += strchr("([{", c) != NULL && c;
		depth -= depth && strchr(")]}", c) && c;
		first += depth == 0; /* the bracket it begins with closes here */
		if (c == ',' && (depth == 0 || (depth == 1 && strchr("([", right.p[0]) && !first)))
			return true;
	}
	return false;
}

/* X.shape[0]: how many there are, which is read where sizes are. */
static bool is_size(hg_str right)
{
	size_t end = 0;
	while (end < right.n && (is_letter(right.p[end]) || is_digit(right.p[end]) || strchr("_.", right.p[end])))
		end++;
	return hg_str_ends(hg_str_part(right, 0, end), "." HG_W_SHAPE) && (end == right.n || (right.p[end] == '[' && right.n == end + 3));
}

/* A line of a forward pass: a product of matrices, or an activation. */
static bool is_layer(hg_str right)
{
	static const char *const marks[] = {HG_WORDS_OF_LAYERS};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (hg_str_find(right, hg_str_of(marks[i])) != NONE)
			return true;
	return false;
}

static bool is_short_name(hg_str name)
{
	size_t letters = 0;
	while (letters < name.n && is_letter(name.p[letters]))
		letters++;
	return letters <= 3 || word_is_known(name);
}

/* Does `name` stand in the expression as a whole word? */
bool code_uses(hg_str t, hg_str name)
{
	for (size_t at = 0; at + name.n <= t.n;) {
		size_t found = hg_str_find(hg_str_part(t, at, t.n), name);
		if (found == NONE)
			return false;
		at += found;
		char before = at ? t.p[at - 1] : ' ', behind = at + name.n < t.n ? t.p[at + name.n] : ' ';
		if (!is_letter(before) && !is_digit(before) && before != '_' && !is_letter(behind) &&
		    !is_digit(behind) && behind != '_' && !(before == '.' && behind == '(')) /* mean = np.mean(x) */
			return true;
		at++;
	}
	return false;
}

/* `W - alpha * dW` behind `W =`. */
static bool takes_away(hg_str right, hg_str target)
{
	hg_str rest = hg_str_trim(hg_str_part(right, target.n, right.n));
	return hg_str_equal(hg_str_part(right, 0, target.n), target) && rest.n && rest.p[0] == '-';
}

/* W += -alpha * dW, W += lr * a.T @ delta: a step as well, down or up; without a rate it may be a sum in steps. */
static bool is_step(hg_str right)
{
	static const char *const rates[] = {HG_WORDS_RATES};
	bool minus = right.n && right.p[0] == '-';
	for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
		if (code_uses(right, hg_str_of(rates[i])))
			return true;
	return minus && hg_str_find(right, HG_STR(HG_L_DIFFERENTIAL)) != NONE;
}

bool code_assignment_read(scan *s, size_t from, size_t to, assignment *a)
{
	hg_str line = hg_str_trim((hg_str){s->text + from, to - from});
	size_t end = target_end(line), op = end;
	while (op < line.n && is_blank(line.p[op]))
		op++;
	if (end == 0 || op + 1 >= line.n)
		return false;
	size_t len = line.p[op] == '=' && line.p[op + 1] != '='             ? 1
	             : strchr("+-*/@", line.p[op]) && line.p[op + 1] == '=' ? 2
	                                                                    : 0;
	if (len == 0)
		return false;
	hg_str target = hg_str_part(line, 0, end), right = hg_str_trim(hg_str_part(line, op + len, line.n));
	if (right.n && right.p[right.n - 1] == ';')
		right.n--;
	hg_str name = target_name(target);
	size_t terms, n = (size_t)(right.p + right.n - line.p);
	*a = (assignment){.span = {(size_t)(line.p - s->text), n}, .base = target_base(target)};
	a->gradient = word_is_gradient(name) || hg_code_gradient_variable((hg_str){s->text, s->end}, name).n;
	a->readable = name.n > 0 && right.n > 0 && !is_tuple(right) && code_fits(right, &terms);
	a->readable = a->readable && !is_size(right);
	a->layer = a->readable && is_layer(right);
	a->short_name = is_short_name(name);
	a->loss = a->readable && terms > 2 && hg_str_any(name, HG_WORDS_LOSS);
	bool self = code_uses(right, a->base), plus = len == 2 && line.p[op] == '+' && is_step(right);
	bool minus = len == 2 ? line.p[op] == '-' || plus : takes_away(right, target);
	if (len == 2 || self)
		a->kind = !a->gradient && minus ? A_UPDATE : A_STEPWISE;
	return true;
}
