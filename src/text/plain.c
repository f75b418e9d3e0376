/* Equations in plain text among words: `dW = dot(X, dZ.T) / m`, `dl/dW(1) = dl/dy * dy/dz3`. A line is cut
 * where words of a language or the signs of a sentence stand; what lies between is an equation if it has a
 * relation, its left side is a name or a derivative, and its right side computes something. What is in doubt
 * is words. */
#include "text/plain.h"

#include <string.h>

/* ---- one candidate: what lies between two cuts ---- */

typedef struct candidate {
	size_t from, to, rel, rel_end; /* rel: the first relation, NONE */
	bool words_beside; /* a word of language stands next to it: only what is surely a gradient is taken */
	size_t names, operators, numbers; /* on the right side */
	bool word_behind;                 /* the one next to it stands behind */
	size_t relations;
	bool dangling;                    /* the last sign is that of an operation */
	bool open;                        /* a bracket is not closed, or closes too often */
} candidate;

/* `dl/dW(1)`, `∂L/∂W₁`, `δl / δW(1)`: a ratio of two differentials. */
static bool is_derivative(hg_str side)
{
	size_t slash = hg_str_find(side, HG_STR("/"));
	if (slash == NONE || slash + 1 >= side.n)
		return false;
	hg_str above = hg_str_trim(hg_str_part(side, 0, slash)),
	       below = hg_str_trim(hg_str_part(side, slash + 1, side.n));
	static const char *const signs[] = {"\xe2\x88\x82", "\xce\xb4", HG_L_DIFFERENTIAL};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t n = strlen(signs[i]);
		if (hg_str_starts(above, signs[i]) && hg_str_starts(below, signs[i]) && below.n > n &&
		    above.n <= n + 16 && below.n <= n + 24 && !is_blank(below.p[n]))
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
		else if (depth == 0 && (is_letter(c) || strchr("+-/|<>,@", c) ||
		                        (c == '*' && at + 1 < side.n && side.p[at + 1] != '*')))
			return false;
	}
	return true;
}

/* x = 0.5, w1 = -0.3, y_hat = 0.7*0.57 + 0.2: a letter of a network and nothing but numbers behind it. */
static bool gives_number(hg_str line, const candidate *c)
{
	hg_str left = without_marks(hg_str_part(line, c->from, c->rel - c->from));
	if (c->names || !c->numbers || !left.n || !strchr(HG_LS_TYPED, left.p[0]) || (c->words_beside && c->word_behind))
		return false;
	if (c->words_beside && !memchr(line.p + c->rel, '.', c->to - c->rel)) /* "which is x = 1" */
		return false;
	size_t at = left.n > 1 && left.p[1] == '_' ? 2 : 1;
	while (at < left.n && is_digit(left.p[at]))
		at++;
	return at == left.n || hg_str_any(hg_str_part(left, 1, left.n), HG_WORDS_HAT_BEHIND_LETTER);
}

/* ... computes z = w·x + b and fires with a = σ(z): a letter of a network and one formula, whole, among words. */
static bool is_layer(hg_str line, const candidate *c)
{
	hg_str left = without_marks(hg_str_part(line, c->from, c->rel - c->from));
	size_t at = left.n > 1 && left.p[1] == '_' ? 2 : 1;
	while (at < left.n && is_digit(left.p[at]))
		at++;
	if (c->from && !is_blank(line.p[c->from - 1]) && line.p[c->from - 1] != '(') /* x.y/?a=b*c */
		return false;
	return left.n && at >= left.n && strchr(HG_LS_FORWARD, left.p[0]) && c->relations == 1 && c->names > 0 && c->operators > 0 &&
	       !c->dangling;
}

static bool accept(hg_str line, const candidate *c)
{
	bool strong;
	if (c->rel == NONE || c->open || !is_left_side(hg_str_part(line, c->from, c->rel - c->from), &strong))
		return false;
	if (c->names + c->numbers == 0)
		return false;
	if (strong || gives_number(line, c))
		return true;
	return !c->words_beside || is_layer(line, c); /* s3 = a3 on a line of its own: an output that is its own net input */
}

static void count(candidate *c, token t)
{
	if (c->rel == NONE)
		return;
	c->names += t.kind == T_NAME;
	c->numbers += t.kind == T_NUMBER;
	c->operators += t.kind == T_OPERATOR || t.kind == T_OPEN;
}

/* Where a remark behind an equation ends, `(wrong)`, `<- wrong`; NONE: at t there is none. */
static size_t remark_end(hg_str line, token t, const candidate *c, size_t depth)
{
	bool bracket = t.kind == T_OPEN && line.p[t.at] == '(' && t.at && is_blank(line.p[t.at - 1]), arrow = t.kind == T_REL && line.p[t.at] == '<';
	if (depth || c->rel == NONE || c->to == c->rel_end || !(bracket || arrow) || next_token(line, t.end, bracket).kind != T_WORD)
		return NONE;
	size_t close = bracket ? hg_str_find(hg_str_part(line, t.end, line.n), HG_STR(")")) : line.n - t.end;
	return close == NONE ? line.n : t.end + close + bracket;
}

/* Grows one candidate from `at` to the next cut. Returns where to go on. */
static size_t grow(hg_str line, size_t at, bool word_before, candidate *c, bool *word_behind)
{
	size_t depth = 0;
	*c = (candidate){.from = at, .to = at, .rel = NONE, .words_beside = word_before};
	bool cases = false;
	for (;;) {
		token t = next_token(line, at, depth);
		cases = cases ||
		        (t.kind == T_CASE && c->rel != NONE && hg_str_starts(hg_str_part(line, t.at, t.end), HG_W_IF));
		if (t.kind == T_CASE && !(cases && !hg_str_starts(hg_str_part(line, t.at, t.end), HG_W_FOR)))
			t.kind = T_WORD;
		size_t remark = remark_end(line, t, c, depth);
		if (remark != NONE) {
			*word_behind = false;
			return remark;
		}
		if (t.kind == T_END || t.kind == T_CUT || t.kind == T_WORD || (t.kind == T_CLOSE && depth == 0)) {
			*word_behind = t.kind == T_WORD;
			c->words_beside = c->words_beside || t.kind == T_WORD;
			c->word_behind = t.kind == T_WORD;
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
		c->relations += t.kind == T_REL;
		c->dangling = t.kind == T_OPERATOR;
		depth += t.kind == T_OPEN;
		depth -= t.kind == T_CLOSE;
		c->to = at = t.end;
	}
}

bool find_equation(hg_str line, size_t from, equation *found)
{
	static const char *const relations[] = {"=", "\xe2\x89\x88", "\xe2\x86\x90", "<-"};
	bool word = false, related = false;
	for (size_t i = 0; i < sizeof relations / sizeof *relations && !related; i++)
		related = hg_str_find(line, hg_str_of(relations[i])) != NONE;
	if (!related)
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
