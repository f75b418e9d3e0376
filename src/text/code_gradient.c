#include "text/code_gradient.h"
#include "text/code_function.h"
#include "text/words.h"

#include <string.h>

static size_t past_blanks(hg_str t, size_t at)
{
	while (at < t.n && (t.p[at] == ' ' || t.p[at] == '\t'))
		at++;
	return at;
}

/* The next place from `at` on where the name stands as a whole word; t.n: none. */
static size_t next_word(hg_str t, hg_str name, size_t at)
{
	for (; at + name.n <= t.n; at++) {
		size_t found = hg_str_find(hg_str_part(t, at, t.n), name);
		if (found == (size_t)-1)
			return t.n;
		at += found;
		bool begins = !at || (!hg_is_name_byte(t.p[at - 1]) && t.p[at - 1] != '.'), ends = at + name.n == t.n || !hg_is_name_byte(t.p[at + name.n]);
		if (begins && ends)
			return at;
	}
	return t.n;
}

/* X of X.T @ (...) and of X' * (...), the first array that is turned in the line. */
static hg_str turned(hg_str line)
{
	for (size_t i = 0; i < line.n; i++) {
		if (!hg_is_name_byte(line.p[i]) || (i && (hg_is_name_byte(line.p[i - 1]) || line.p[i - 1] == '.')))
			continue;
		hg_str name = hg_name_in_code(line, i), behind = hg_str_part(line, i + name.n, line.n);
		bool transpose = hg_str_starts(behind, "." HG_L_TRANSPOSED) && !(behind.n > 2 && hg_is_name_byte(behind.p[2]));
		bool prime = behind.n > 1 && behind.p[0] == '\'' && (behind.p[1] == ' ' || behind.p[1] == '*');
		if ((name.p[0] < '0' || name.p[0] > '9') && (transpose || prime))
			return name;
	}
	return (hg_str){0};
}

/* w of X @ w, X.dot(w), X * w and dot(X, w). */
static hg_str multiplied_with(hg_str text, hg_str array)
{
	static const char *const signs[] = {"@", "." HG_W_DOT "(", "*", ","};
	for (size_t at = next_word(text, array, 0); at < text.n; at = next_word(text, array, at + 1)) {
		size_t behind = past_blanks(text, at + array.n);
		for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
			if (!hg_str_starts(hg_str_part(text, behind, text.n), signs[k]))
				continue;
			static const char open[] = HG_W_DOT "(";
			bool list = signs[k][0] == ',', argument = at >= strlen(open) && hg_str_starts(hg_str_part(text, at - strlen(open), text.n), open);
			hg_str name = hg_name_in_code(text, past_blanks(text, behind + strlen(signs[k])));
			if (name.n && list == argument && (name.p[0] < '0' || name.p[0] > '9'))
				return name;
		}
	}
	return (hg_str){0};
}

hg_str hg_code_gradient_variable(hg_str text, hg_str name)
{
	static const char *const names[] = {HG_WORDS_GRADIENT_ALONE, NULL};
	if (!hg_str_listed(name, names))
		return (hg_str){0};
	for (size_t at = next_word(text, name, 0); at < text.n; at = next_word(text, name, at + 1)) {
		size_t equals = past_blanks(text, at + name.n);
		if (equals + 1 >= text.n || text.p[equals] != '=' || text.p[equals + 1] == '=')
			continue;
		hg_str line = hg_str_part(text, equals + 1, text.n);
		const char *end = memchr(line.p, '\n', line.n);
		hg_str array = turned(end ? hg_str_part(line, 0, (size_t)(end - line.p)) : line);
		return array.n ? multiplied_with(text, array) : (hg_str){0};
	}
	return (hg_str){0};
}
