/* What the functions say that a document defines in code: def sigmoid_derivative(a): return a * (1 - a). */
#include "model/building.h"

#include <string.h>

static bool is_name_byte(char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static hg_str name_at(hg_str text, size_t at)
{
	size_t end = at;
	while (end < text.n && is_name_byte(text.p[end]))
		end++;
	return hg_str_part(text, at, end - at);
}

static size_t skip(hg_str text, size_t at, const char *what)
{
	while (at < text.n && strchr(what, text.p[at]) && text.p[at])
		at++;
	return at;
}

/* The map a name of a derivative is of: sigmoid_prime, d_tanh, tanhDerivative. */
static hg_map derivative_of(hg_str name)
{
	static const char *const marks[] = {HG_WORDS_OF_SLOPES};
	static const struct {
		const char *word;
		hg_map map;
	} maps[] = {
#define HG_NAMES_SLOPE(word, map) {word, map},
#include "words.def"
#undef HG_NAMES_SLOPE
	};
	bool marked = false;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		marked = marked || hg_str_find(name, hg_str_of(marks[i])) != (size_t)-1;
	for (size_t i = 0; marked && i < sizeof maps / sizeof *maps; i++)
		if (hg_str_find(name, hg_str_of(maps[i].word)) != (size_t)-1)
			return maps[i].map;
	return HG_NMAPS;
}

/* A formula without its blanks and with x for the argument; false: too long to be one. */
static bool squeeze(hg_str line, hg_str argument, char *out, size_t room)
{
	size_t n = 0;
	for (size_t at = 0; at < line.n && line.p[at] != '#';) {
		hg_str word = name_at(line, at);
		bool own = word.n && hg_str_equal(word, argument);
		size_t take = own ? 1 : word.n ? word.n : 1;
		if (n + take + 1 > room)
			return false;
		if (own)
			out[n++] = *HG_L_INPUT;
		else if (word.n || !strchr(" \t\r;", line.p[at]))
			for (size_t k = 0; k < take; k++)
				out[n++] = line.p[at + k];
		at += word.n ? word.n : 1;
	}
	out[n] = 0;
	return true;
}

static bool takes_value(const char *formula)
{
	static const char *const of[] = {"x*(1-x)", "x*(1.-x)", "x*(1.0-x)", "(1-x)*x", "(1.0-x)*x", "1-x**2", "1.0-x**2", "1.-x**2",
	                                 "1-x*x", "1-np.square(x)", "1-np.power(x,2)", "(1-x**2)", "1.0-np.power(x,2)",
	                                 "np.multiply(x,1-x)", "np.multiply(x,1.0-x)", "x-x**2", "1-(x**2)", "1-x^2"};
	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		if (!strcmp(formula, of[i]))
			return true;
	return false;
}

/* What the function whose body begins at `at` returns. */
static hg_str returned(hg_str text, size_t at)
{
	hg_str rest = hg_str_part(text, at, text.n);
	size_t end = hg_str_find(rest, HG_STR(HG_W_DEF)), found = hg_str_find(rest, HG_STR(HG_W_RETURN));
	if (found == (size_t)-1 || (end != (size_t)-1 && end < found))
		return (hg_str){0};
	hg_str line = hg_str_part(rest, found + strlen(HG_W_RETURN), rest.n);
	const char *stop = memchr(line.p, '\n', line.n);
	return stop ? hg_str_part(line, 0, (size_t)(stop - line.p)) : line;
}

void hg_model_code(hg_doc_model *model)
{
	hg_str text = model->said->doc->source->text;
	for (size_t at = 0; at < text.n;) {
		size_t found = hg_str_find(hg_str_part(text, at, text.n), HG_STR(HG_W_DEF));
		if (found == (size_t)-1)
			return;
		at += found + 4;
		hg_str name = name_at(text, at), argument;
		size_t inside = at + name.n;
		hg_map map = derivative_of(name);
		if (map == HG_NMAPS || inside >= text.n || text.p[inside] != '(')
			continue;
		argument = name_at(text, inside + 1);
		if (hg_str_is(argument, HG_W_SELF))
			argument = name_at(text, skip(text, inside + 1 + argument.n, ", "));
		char formula[64];
		hg_str line = returned(text, inside);
		if (!line.n)
			continue;
		bool value = squeeze(line, argument, formula, sizeof formula) && takes_value(formula);
	*(value ? &model->map.slopes_of_output : &model->map.slopes_of_argument) |= 1u << map;
	}
}
