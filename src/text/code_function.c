#include "text/code_function.h"
#include "text/words.h"

#include <string.h>

bool hg_is_name_byte(char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

hg_str hg_name_in_code(hg_str t, size_t at)
{
	size_t end = at;
	while (end < t.n && hg_is_name_byte(t.p[end]))
		end++;
	return hg_str_part(t, at, end - at);
}

static size_t skip(hg_str t, size_t at, const char *what)
{
	while (at < t.n && t.p[at] && strchr(what, t.p[at]))
		at++;
	return at;
}

/* Behind an argument's annotation and default: to the next comma, or the bracket that closes the list. */
static size_t argument_end(hg_str t, size_t at)
{
	size_t depth = 0;
	for (; at < t.n; at++) {
		char c = t.p[at];
		if (depth == 0 && (c == ',' || c == ')'))
			return at;
		depth += strchr("([{", c) != NULL && c;
		depth -= depth && strchr(")]}", c) && c;
	}
	return at;
}

static void read_arguments(hg_str t, size_t at, hg_code_function *f)
{
	while (at < t.n && t.p[at] != ')') {
		hg_str name = hg_name_in_code(t, skip(t, at, " \t\n*"));
		if (name.n && !hg_str_is(name, HG_W_SELF)) {
			if (f->narguments < HG_CODE_ARGUMENTS)
				f->argument[f->narguments] = name;
			f->narguments += f->narguments <= HG_CODE_ARGUMENTS;
		}
		at = argument_end(t, at);
		at += at < t.n && t.p[at] == ',';
	}
}

static bool says_loss(hg_str name)
{
	static const char *const words[] = {HG_WORDS_LOSS_IN_NAME};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (hg_str_find(name, hg_str_of(words[i])) != (size_t)-1)
			return true;
	return false;
}

/* f_prime, softplusDerivative, grad_w, df, d2f: what stands before the mark or behind it. */
static hg_str differentiated(hg_str name, int *order)
{
	static const struct {
		const char *mark;
		bool front;
		int order;
	} marks[] = {
#define HG_MARKS_SLOPE(mark, front, order) {mark, front, order},
#include "words.def"
#undef HG_MARKS_SLOPE
	};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t n = strlen(marks[i].mark);
		bool found = marks[i].front ? hg_str_starts(name, marks[i].mark) : hg_str_ends(name, marks[i].mark);
		if (!found || name.n <= n)
			continue;
		*order = marks[i].order;
		return marks[i].front ? hg_str_part(name, n, name.n) : hg_str_part(name, 0, name.n - n);
	}
	return (hg_str){0};
}

bool hg_code_function_read(hg_str line, hg_code_function *f)
{
	line = hg_str_trim(line);
	if (!hg_str_starts(line, HG_W_DEF))
		return false;
	*f = (hg_code_function){.name = hg_name_in_code(line, skip(line, 4, " "))};
	size_t open = skip(line, 4, " ") + f->name.n;
	if (!f->name.n || open >= line.n || line.p[open] != '(')
		return false;
	read_arguments(line, open + 1, f);
	f->of = differentiated(f->name, &f->order);
	for (size_t i = 0; f->of.n && i < f->narguments && i < HG_CODE_ARGUMENTS; i++)
		if (hg_str_equal(f->argument[i], f->of))
			f->order = 0;
	static const char *const slopes[] = {HG_WORDS_SLOPE_IN_NAME};
	f->loss = says_loss(f->name);
	for (size_t i = 0; i < sizeof slopes / sizeof *slopes; i++)
		f->loss = f->loss && hg_str_find(f->name, hg_str_of(slopes[i])) == (size_t)-1;
	return true;
}

bool hg_code_function_around(hg_str text, size_t at, hg_code_function *f)
{
	for (size_t i = at < text.n ? at : text.n; i-- > 0;)
		if (hg_str_starts(hg_str_part(text, i, text.n), HG_W_DEF) && (i == 0 || !hg_is_name_byte(text.p[i - 1])))
			return hg_code_function_read(hg_str_part(text, i, at - i), f);
	return false;
}

/* out of dout and grad_out; empty: of no gradient by its name. */
static hg_str differentiated_argument(hg_str name)
{
	static const char *const others[] = {HG_WORDS_WITH_D, NULL};
	static const char grad[] = HG_W_GRAD "_";
	if (hg_str_starts(name, grad))
		return hg_str_part(name, strlen(grad), name.n);
	bool gradient = hg_has_differential(name) && hg_is_name_byte(name.p[1]) && name.p[1] != '_' && !hg_str_listed(name, others);
	return gradient ? hg_str_part(name, 1, name.n) : (hg_str){0};
}

/* linear of linear_forward: what the names of both passes have in common. */
static hg_str stem(hg_str name)
{
	static const char *const tails[] = {HG_WORDS_FORWARD_BEHIND};
	for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
		if (hg_str_ends(name, tails[i]))
			return hg_str_part(name, 0, name.n - strlen(tails[i]));
	return name;
}

hg_str hg_code_function_output(hg_str text, size_t at, const hg_code_function *f)
{
	const hg_str common = stem(f->name);
	for (size_t i = at; i < text.n; i++) {
		hg_code_function g;
		if (!hg_str_starts(hg_str_part(text, i, text.n), HG_W_DEF) || hg_is_name_byte(text.p[i - 1]) || !hg_code_function_read(hg_str_part(text, i, text.n), &g))
			continue;
		if (!hg_str_starts(g.name, HG_W_BACKWARD) && !hg_str_ends(g.name, HG_W_BACKWARD))
			continue;
		bool own = !common.n || hg_str_find(g.name, common) != (size_t)-1;
		for (size_t k = 0; own && k < g.narguments && k < HG_CODE_ARGUMENTS; k++) {
			hg_str output = differentiated_argument(g.argument[k]);
			if (output.n)
				return output;
		}
		return (hg_str){0};
	}
	return (hg_str){0};
}
