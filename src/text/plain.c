/* Equations in plain text among words: `dW = dot(X, dZ.T) / m`, `dl/dW(1) = dl/dy * dy/dz3`. A line is cut where words
 * of a language or the signs of a sentence stand; what lies between is an equation if it has a relation, its left
 * side is a name or a derivative, and its right side computes something. What is in doubt is words. */
#include "text/scan.h"

#include <string.h>

typedef enum token_kind { T_END, T_CUT, T_WORD, T_NAME, T_NUMBER, T_REL, T_OPEN, T_CLOSE, T_OPERATOR, T_CASE, T_MARK } token_kind;

typedef struct token {
	token_kind kind;
	size_t at, end;
} token;

/* Two-letter words of English that are no product of two names. */
static const char short_words[] = " is of to an in by we so as at be it no on or if up us my he me do go vs eg ie ok ";

static bool is_short_word(hg_str word)
{
	char padded[5] = {' ', word.p[0], word.n > 1 ? word.p[1] : ' ', ' ', 0};
	return word.n == 2 && strstr(short_words, padded) != NULL;
}

static bool is_case_word(hg_str word)
{
	return hg_str_is(word, "if") || hg_str_is(word, "and") || hg_str_is(word, "else") || hg_str_is(word, "otherwise") ||
	       hg_str_is(word, "for");
}

static bool is_name_byte(char c) { return is_letter(c) || is_digit(c) || c == '_'; }

/* A word: a name that may stand in an equation, a word of cases, or a word of language. */
static token_kind word_kind(hg_str word)
{
	size_t letters = 0;
	while (letters < word.n && is_letter(word.p[letters]))
		letters++;
	if (is_case_word(word))
		return T_CASE;
	if (word.n == 1 || word_is_known(word) || word_is_gradient(word))
		return T_NAME;
	if (letters < word.n) /* W1, y_hat, z_new: a name, unless it is a long word with a number behind it */
		return letters <= 3 || memchr(word.p, '_', word.n) ? T_NAME : T_WORD;
	return word.n == 2 && !is_short_word(word) ? T_NAME : T_WORD;
}

/* Behind a name and what is glued to it: W1, np.dot, A.T, y_hat. */
static size_t name_end(hg_str t, size_t at)
{
	while (at < t.n && (is_name_byte(t.p[at]) || (t.p[at] == '.' && at + 1 < t.n && is_letter(t.p[at + 1]))))
		at++;
	while (at > 0 && (t.p[at - 1] == '_'))
		at--; /* __dZ__ : marks of emphasis */
	return at;
}

/* Every part between dots must be known: np.dot, W.T; not hw3.pdf. */
static token_kind dotted_kind(hg_str word)
{
	token_kind kind = T_NAME;
	for (size_t from = 0, at = 0; at <= word.n; at++) {
		if (at < word.n && word.p[at] != '.')
			continue;
		token_kind part = at > from ? word_kind((hg_str){word.p + from, at - from}) : T_WORD;
		if (from == 0 && at == word.n)
			return part;
		if (part != T_NAME)
			kind = T_WORD;
		from = at + 1;
	}
	return kind;
}

/* Signs outside of ASCII that belong to mathematics: Greek, sub- and superscripts, operators, accents. */
static size_t math_sign(hg_str t, size_t at, token_kind *kind)
{
	unsigned char a = (unsigned char)t.p[at], b = at + 1 < t.n ? (unsigned char)t.p[at + 1] : 0;
	unsigned char c = at + 2 < t.n ? (unsigned char)t.p[at + 2] : 0;
	size_t n = a >= 0xf0 ? 4 : a >= 0xe0 ? 3 : 2;
	*kind = T_NAME;
	if ((a == 0xce && b >= 0x91) || (a == 0xcf && b <= 0x89)) /* Greek */
		return n;
	if (a == 0xcc && b <= 0x8c) /* combining accents */
		return n;
	if (a == 0xc5 && (b == 0xb6 || b == 0xb7)) /* y with a hat */
		return n;
	if (a == 0xe1 && b == 0xb5) /* subscript letters */
		return n;
	*kind = T_NUMBER;
	if ((a == 0xe2 && (b == 0x81 || (b == 0x82 && c <= 0x9c))) || (a == 0xc2 && (b == 0xb2 || b == 0xb3 || b == 0xb9)))
		return n;
	*kind = T_OPERATOR;
	if (a == 0xc2 && (b == 0xb7 || b == 0xb1))
		return n;
	if (a == 0xc3 && (b == 0x97 || b == 0xb7))
		return n;
	if (a == 0xe2 && b == 0x88 && (c == 0x82 || c == 0x87)) { /* partial, nabla */
		*kind = T_NAME;
		return n;
	}
	if (a == 0xe2 && b == 0x89 && c == 0x88)
		*kind = T_REL;
	if (a == 0xe2 && (b == 0x88 || b == 0x89 || b == 0x8a || b == 0x8b || b == 0x80))
		return n;
	*kind = T_WORD;
	return n;
}

static size_t sign_kind(hg_str t, size_t at, size_t depth, token_kind *kind)
{
	char c = t.p[at], next = at + 1 < t.n ? t.p[at + 1] : 0;
	*kind = T_OPERATOR;
	if ((c == '_' && next == '_') || (c == '*' && next == '*' && (at + 2 >= t.n || !is_digit(t.p[at + 2])))) {
		*kind = T_MARK;
		return 2;
	}
	if (next == '=' && (c == '<' || c == '>' || c == '!' || c == '='))
		return 2;
	if (c == '=' || (next == '=' && strchr(":+-*/", c)) || (c == '<' && next == '-')) {
		*kind = depth ? T_OPERATOR : T_REL;
		return c == '=' ? 1 : 2;
	}
	bool ends_here = !next || is_blank(next);
	if (c == '(' || c == '[')
		*kind = T_OPEN;
	else if (c == ')' || c == ']')
		*kind = T_CLOSE;
	else if (c == '.' && at > 0 && strchr("])", t.p[at - 1]) && is_letter(next)) /* A[1].T */
		*kind = T_OPERATOR;
	else if (!strchr("+-*/^'|<>@,{}_", c) || (c == ',' && depth == 0 && ends_here))
		*kind = T_CUT;
	return 1;
}

static token next_token(hg_str t, size_t at, size_t depth)
{
	while (at < t.n && is_blank(t.p[at]))
		at++;
	token found = {T_END, at, at};
	if (at >= t.n)
		return found;
	char c = t.p[at];
	if (is_letter(c)) {
		found.end = name_end(t, at);
		found.kind = dotted_kind((hg_str){t.p + at, found.end - at});
		bool called = found.end < t.n && t.p[found.end] == '(', long_name = memchr(t.p + at, '_', found.end - at) != NULL;
		if (called && long_name && !word_is_function((hg_str){t.p + at, found.end - at}))
			found.kind = T_WORD; /* gradient_at(w): a function nobody knows */
	} else if (is_digit(c)) {
		found.kind = T_NUMBER;
		while (found.end < t.n && (is_digit(t.p[found.end]) ||
		                           (t.p[found.end] == '.' && found.end + 1 < t.n && is_digit(t.p[found.end + 1]))))
			found.end++;
	} else if ((unsigned char)c >= 0x80) {
		found.end = at + math_sign(t, at, &found.kind);
		if (found.end > t.n)
			found.end = t.n;
	} else {
		found.end = at + sign_kind(t, at, depth, &found.kind);
	}
	return found;
}

/* ---- one candidate: what lies between two cuts ---- */

typedef struct candidate {
	size_t from, to, rel, rel_end; /* rel: the first relation, NONE */
	bool words_beside;             /* a word of language stands next to it: only what is surely a gradient is taken */
	size_t names, operators, numbers; /* on the right side */
	bool open;                     /* a bracket is not closed, or closes too often */
} candidate;

/* `dl/dW(1)`, `∂L/∂W₁`, `δl / δW(1)`: a ratio of two differentials. */
static bool is_derivative(hg_str side)
{
	size_t slash = hg_str_find(side, HG_STR("/"));
	if (slash == NONE || slash + 1 >= side.n)
		return false;
	hg_str above = hg_str_trim(hg_str_part(side, 0, slash)), below = hg_str_trim(hg_str_part(side, slash + 1, side.n));
	static const char *const signs[] = {"\xe2\x88\x82", "\xce\xb4", "d"};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t n = strlen(signs[i]);
		if (hg_str_starts(above, signs[i]) && hg_str_starts(below, signs[i]) && below.n > n && above.n <= n + 16 &&
		    below.n <= n + 24 && !is_blank(below.p[n]))
			return true;
	}
	return false;
}

static hg_str without_marks(hg_str side)
{
	side = hg_str_trim(side);
	while (side.n > 2 && (hg_str_starts(side, "__") || hg_str_starts(side, "**")))
		side = hg_str_part(side, 2, side.n);
	return side;
}

/* A name with its indices: W, W(1), z[2], y^, J(w, b); at most one name outside of brackets. */
static bool is_left_side(hg_str side, bool *strong)
{
	side = without_marks(side);
	*strong = is_derivative(side);
	if (*strong)
		return true;
	size_t end = side.n && is_letter(side.p[0]) ? name_end(side, 0) : 0;
	token_kind kind = T_WORD;
	if (end == 0 && side.n && (unsigned char)side.p[0] >= 0x80)
		end = math_sign(side, 0, &kind);
	else if (end)
		kind = dotted_kind((hg_str){side.p, end});
	if (kind != T_NAME || end > side.n)
		return false;
	hg_str name = {side.p, end};
	*strong = word_is_gradient(name) || hg_str_starts(side, "\xe2\x88\x87");
	size_t depth = 0;
	for (size_t at = end; at < side.n; at++) {
		char c = side.p[at];
		if (c == '(' || c == '[' || c == '{')
			depth++;
		else if (c == ')' || c == ']' || c == '}')
			depth -= depth > 0;
		else if (depth == 0 && (is_letter(c) || strchr("+-/|<>,@", c) || (c == '*' && at + 1 < side.n && side.p[at + 1] != '*')))
			return false;
	}
	return true;
}

static bool accept(hg_str line, const candidate *c)
{
	bool strong;
	if (c->rel == NONE || c->open || !is_left_side(hg_str_part(line, c->from, c->rel - c->from), &strong))
		return false;
	if (c->names + c->numbers == 0)
		return false;
	if (strong)
		return true;
	bool indexed = memchr(line.p + c->from, '[', c->rel - c->from) != NULL;
	return !c->words_beside && c->names > 0 && (c->operators > 0 || indexed);
}

static void count(candidate *c, token t)
{
	if (c->rel == NONE)
		return;
	c->names += t.kind == T_NAME;
	c->numbers += t.kind == T_NUMBER;
	c->operators += t.kind == T_OPERATOR || t.kind == T_OPEN;
}

/* Grows one candidate from `at` to the next cut. Returns where to go on. */
static size_t grow(hg_str line, size_t at, bool word_before, candidate *c, bool *word_behind)
{
	size_t depth = 0;
	*c = (candidate){.from = at, .to = at, .rel = NONE, .words_beside = word_before};
	bool cases = false;
	for (;;) {
		token t = next_token(line, at, depth);
		cases = cases || (t.kind == T_CASE && c->rel != NONE && hg_str_starts(hg_str_part(line, t.at, t.end), "if"));
		if (t.kind == T_CASE && !(cases && !hg_str_starts(hg_str_part(line, t.at, t.end), "for")))
			t.kind = T_WORD;
		if (t.kind == T_END || t.kind == T_CUT || t.kind == T_WORD || (t.kind == T_CLOSE && depth == 0)) {
			*word_behind = t.kind == T_WORD;
			c->words_beside = c->words_beside || t.kind == T_WORD;
			c->open = depth > 0;
			return t.kind == T_END ? line.n : t.end;
		}
		if (c->to == c->from)
			c->from = t.at;
		if (t.kind == T_REL && c->rel == NONE) {
			c->rel = t.at;
			c->rel_end = t.end;
		} else {
			count(c, t);
		}
		depth += t.kind == T_OPEN;
		depth -= t.kind == T_CLOSE;
		c->to = at = t.end;
	}
}

bool find_equation(hg_str line, size_t from, equation *found)
{
	bool word = false;
	if (!memchr(line.p, '=', line.n) && hg_str_find(line, HG_STR("\xe2\x89\x88")) == NONE)
		return false;
	while (from < line.n) {
		candidate c;
		from = grow(line, from, word, &c, &word);
		if (!accept(line, &c))
			continue;
		found->span = (hg_span){c.from, c.to - c.from};
		hg_str all = hg_str_trim(line);
		found->alone = line.p + c.from == all.p && c.to - c.from >= all.n;
		return true;
	}
	return false;
}

/* ---- emitting ---- */

/* Marks of emphasis inside an equation: __dZ__, **dW**. */
static void blank_marks(scan *s, hg_span span)
{
	hg_str t = {s->text + span.at, span.n};
	for (size_t i = 0; i + 1 < t.n; i++) {
		token_kind kind;
		if ((t.p[i] == '_' || t.p[i] == '*') && sign_kind(t, i, 0, &kind) == 2 && kind == T_MARK)
			s->text[span.at + i] = s->text[span.at + i + 1] = ' ';
	}
}

void scan_plain(scan *s, hg_span span, hg_span outer)
{
	scan_flush(s, outer.at);
	blank_marks(s, span);
	scan_math(s, HG_STRETCH_PLAIN, span, outer, (hg_str){0});
}

static void words_between(scan *s, size_t from, size_t to)
{
	hg_str t = hg_str_trim((hg_str){s->text + from, to - from});
	hg_span span = {(size_t)(t.p - s->text), t.n};
	if (t.n)
		scan_add(s, HG_STRETCH_PROSE, span, span, (hg_str){0});
}

/* The equations of one line [line, to); *from is where the words begin that were not yet emitted. */
static void line_equations(scan *s, size_t line, size_t to, size_t *from)
{
	hg_str t = {s->text + line, to - line};
	equation found;
	if (s->format != HG_TEX && looks_like_bare_latex(t)) {
		words_between(s, *from, line);
		scan_math(s, HG_STRETCH_DISPLAY, (hg_span){line, t.n}, (hg_span){line, t.n}, (hg_str){0});
		*from = to;
		return;
	}
	for (size_t at = 0; find_equation(t, at, &found); at = found.span.at + found.span.n) {
		hg_span math = {line + found.span.at, found.span.n};
		words_between(s, *from, math.at);
		scan_plain(s, math, math);
		*from = math.at + math.n;
	}
}

void scan_words(scan *s, hg_span span)
{
	size_t end = span.at + span.n, from = span.at;
	for (size_t line = span.at; line < end;) {
		const char *newline = memchr(s->text + line, '\n', end - line);
		size_t to = newline ? (size_t)(newline - s->text) : end;
		line_equations(s, line, to, &from);
		line = to + 1;
	}
	words_between(s, from, end);
}
