/* What begins with a command: fractions, accents, fonts, boxes, braces, environments. One table says which. */
#include "report/mathml/mathml_parts.h"

#include "report/mathml/tex_words.h"

#include <string.h>

typedef hg_set_node *set_command(hg_setter *s, size_t end, const char *sign);

static hg_set_node *element(hg_setter *s, const char *name, hg_set_node *first, hg_set_node *second)
{
	hg_set_node *node = hg_set_new(s, name, 0, HG_STR(""));
	hg_set_add(node, first);
	hg_set_add(node, second);
	return node;
}

static hg_set_node *fraction(hg_setter *s, size_t end, const char *sign)
{
	(void)sign;
	hg_set_node *above = hg_set_argument(s, end), *below = hg_set_argument(s, end);
	return element(s, "mfrac", above, below);
}

static hg_set_node *binomial(hg_setter *s, size_t end, const char *sign)
{
	hg_set_node *row = hg_set_new(s, "mrow", 0, HG_STR("")), *inner = fraction(s, end, sign);
	inner->flags |= HG_SET_NO_LINE;
	hg_set_add(row, hg_set_operator(s, "(", HG_SET_FENCE | HG_SET_GROWS, inner->span));
	hg_set_add(row, inner);
	hg_set_add(row, hg_set_operator(s, ")", HG_SET_FENCE | HG_SET_GROWS, inner->span));
	return row;
}

static hg_set_node *root(hg_setter *s, size_t end, const char *sign)
{
	(void)sign;
	const hg_token *open = hg_set_token(s, s->i);
	hg_set_node *index = NULL;
	if (open->kind == HG_T_OPEN && hg_str_is(open->text, "[") && open->match > s->i && open->match < end) {
		size_t close = open->match;
		s->i++;
		index = hg_set_row(s, close);
		s->i = close + 1;
	}
	hg_set_node *of = hg_set_argument(s, end);
	return index ? element(s, "mroot", of, index) : element(s, "msqrt", of, NULL);
}

static hg_set_node *accent(hg_setter *s, size_t end, const char *sign)
{
	hg_set_node *of = hg_set_argument(s, end);
	bool wide = hg_set_is(of, "mrow") && of->kid && of->kid->next;
	return element(s, "mover", of, hg_set_operator(s, sign, HG_SET_ACCENT | (wide ? HG_SET_GROWS : HG_SET_STILL), of->span));
}

static hg_set_node *classed(hg_setter *s, size_t end, const char *class)
{
	hg_set_node *row = element(s, "mrow", hg_set_argument(s, end), NULL);
	row->class = class;
	return row;
}

static hg_set_node *in_font(hg_setter *s, size_t end, hg_set_font font)
{
	hg_set_font before = s->font;
	s->font = font;
	hg_set_node *row = hg_set_argument(s, end);
	s->font = before;
	return row;
}

static hg_set_node *bold(hg_setter *s, size_t end, const char *sign) { return (void)sign, in_font(s, end, HG_SET_BOLD); }
static hg_set_node *script(hg_setter *s, size_t end, const char *sign) { return (void)sign, in_font(s, end, HG_SET_SCRIPT); }
static hg_set_node *doubled(hg_setter *s, size_t end, const char *sign) { return (void)sign, in_font(s, end, HG_SET_DOUBLE); }

/* \underbrace{a}_{words}: the brace, and what stands below it. */
static hg_set_node *brace(hg_setter *s, size_t end, const char *sign)
{
	bool below = strcmp(sign, "\u23DF") == 0;
	const char *name = below ? "munder" : "mover";
	hg_set_node *of = hg_set_argument(s, end);
	hg_set_node *braced = element(s, name, of, hg_set_operator(s, sign, HG_SET_GROWS, of->span));
	if (hg_set_token(s, s->i)->kind != (below ? HG_T_SUB : HG_T_SUP) || s->i >= end)
		return braced;
	s->i++;
	return element(s, name, braced, hg_set_argument(s, end));
}

static hg_set_node *stack(hg_setter *s, size_t end, const char *where)
{
	hg_set_node *aside = hg_set_argument(s, end), *base = hg_set_argument(s, end);
	hg_set_node *node = element(s, where, base, aside);
	node->flags |= HG_SET_FLAT; /* a relation with words above it is not what brackets grow for */
	return node;
}

static hg_set_node *fenced(hg_setter *s, size_t end, const char *sign)
{
	hg_set_node *row = hg_set_new(s, "mrow", 0, HG_STR("")), *of = hg_set_argument(s, end);
	unsigned flags = HG_SET_FENCE | (hg_set_is_tall(of) ? HG_SET_GROWS : HG_SET_STILL);
	hg_set_add(row, hg_set_operator(s, sign, flags, of->span));
	hg_set_add(row, of);
	hg_set_add(row, hg_set_operator(s, sign, flags, of->span));
	return row;
}

/* \not=: the sign with a stroke through it. */
static hg_set_node *negated(hg_setter *s, size_t end, const char *sign)
{
	hg_set_node *of = hg_set_argument(s, end);
	if (of->text.n) {
		char *struck = hg_arena_print(s->f->arena, "%.*s%s", HG_STR_ARG(of->text), sign);
		of->text = struck ? hg_str_of(struck) : of->text;
	}
	return of;
}

/* A single column of rows. */
static hg_set_node *column(hg_setter *s, size_t end, const char *sign)
{
	(void)sign;
	const hg_token *open = hg_set_token(s, s->i);
	bool group = open->kind == HG_T_GROUP && open->match > s->i && open->match < end;
	size_t close = group ? open->match : s->i;
	hg_set_node *table = hg_set_new(s, "mtable", 0, HG_STR(""));
	for (s->i += group; s->i < close; s->i++) {
		hg_set_node *cell = element(s, "mtd", hg_set_row(s, hg_formula_row(s->f, s->i, close)), NULL);
		hg_set_add(table, element(s, "mtr", cell, NULL));
	}
	s->i = group ? close + 1 : s->i;
	return table;
}

static const struct {
	const char *name;
	set_command *set;
	const char *sign;
} commands[] = {
	{"frac", fraction, NULL},      {"binom", binomial, NULL},     {"sqrt", root, NULL},
	{"hat", accent, "^"},          {"bar", accent, "\u00AF"},     {"tilde", accent, "~"},
	{"vec", accent, "\u2192"},     {"dot", accent, "\u02D9"},     {"ddot", accent, "\u00A8"},
	{"check", accent, "\u02C7"},   {"breve", accent, "\u02D8"},   {"acute", accent, "\u00B4"},
	{"grave", accent, "`"},        {"boxed", classed, "box"},     {"cancel", classed, "cancel"},
	{"underline", classed, "under"}, {"mathbf", bold, NULL},      {"mathcal", script, NULL},
	{"mathbb", doubled, NULL},     {"underbrace", brace, "\u23DF"}, {"overbrace", brace, "\u23DE"},
	{"overset", stack, "mover"},   {"stackrel", stack, "mover"},  {"underset", stack, "munder"},
	{"abs", fenced, "|"},          {"norm", fenced, "\u2016"},    {"not", negated, "\u0338"},
	{"substack", column, NULL},
};

hg_set_node *hg_set_of_command(hg_setter *s, size_t end)
{
	const hg_token *t = hg_set_token(s, s->i++);
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (hg_str_is(t->text, commands[i].name)) {
			hg_set_node *node = commands[i].set(s, end, commands[i].sign);
			hg_set_cover(node, t->span);
			return node;
		}
	return hg_set_sign(s, t);
}

/* ---- words ------------------------------------------------------------------------------------------------------ */

static hg_set_node *formula_in_words(hg_setter *s, hg_str text)
{
	hg_tokens tokens = {0};
	hg_macros none = {0};
	const hg_formula inner = {.text = text, .tokens = &tokens, .arena = s->f->arena};
	if (hg_latex_scan(text, (hg_span){0, text.n}, &none, s->f->arena, &tokens) != HG_OK ||
	    hg_tokens_match(&tokens, s->f->arena) != HG_OK) {
		s->failed = true;
		return NULL;
	}
	hg_setter part = {.f = &inner, .depth = s->depth};
	hg_set_node *row = hg_set_row(&part, tokens.n);
	s->failed |= part.failed;
	return row;
}

/* The spans of its parts are those of other text: the whole stands where the words stood. */
static void stand_at(hg_set_node *node, hg_span span)
{
	node->span = span;
	for (hg_set_node *kid = node->kid; kid; kid = kid->next)
		stand_at(kid, (hg_span){0});
}

static hg_set_node *plain_words(hg_setter *s, hg_str words)
{
	hg_buf text = {0};
	int level = 0;
	hg_tex_words(words, &text, &level);
	char *copy = hg_arena_copy(s->f->arena, text.n ? text.p : "", text.n);
	hg_set_node *node = hg_set_new(s, "mtext", 0, copy ? (hg_str){copy, text.n} : HG_STR(""));
	s->failed |= text.failed || !copy;
	hg_buf_free(&text);
	return node;
}

hg_set_node *hg_set_words(hg_setter *s, hg_str words, hg_span span)
{
	hg_set_node *row = hg_set_new(s, "mrow", 0, HG_STR(""));
	bool formula = false;
	while (words.n) {
		const char *dollar = memchr(words.p, '$', words.n);
		size_t n = dollar ? (size_t)(dollar - words.p) : words.n;
		bool bare = !formula && hg_str_find(hg_str_part(words, 0, n), HG_STR("\\frac")) != (size_t)-1;
		hg_str part = hg_str_part(words, 0, n);
		if (part.n)
			hg_set_add(row, formula || bare ? formula_in_words(s, part) : plain_words(s, part));
		formula = dollar && !formula;
		words = hg_str_part(words, n + 1, words.n);
	}
	stand_at(row, span);
	return row->kid && !row->kid->next ? (row->kid->span = span, row->kid) : row;
}

/* \xrightarrow[below]{above}: of its words only the source knows. */
hg_set_node *hg_set_arrow(hg_setter *s, const hg_token *t)
{
	hg_str written = hg_str_part(s->f->text, t->span.at, t->span.n), below = {0};
	hg_set_node *arrow = hg_set_sign(s, t);
	size_t open = hg_str_find(written, HG_STR("{")), option = hg_str_find(written, HG_STR("[")), closed = hg_str_find(written, HG_STR("]{"));
	if (open == (size_t)-1 || !hg_str_ends(written, "}"))
		return arrow;
	if (option < open && closed != (size_t)-1) {
		below = hg_str_part(written, option + 1, closed - option - 1);
		open = closed + 1;
	}
	arrow->flags |= HG_SET_GROWS;
	hg_set_node *above = formula_in_words(s, hg_str_part(written, open + 1, written.n - open - 2));
	hg_set_node *node = element(s, below.n ? "munderover" : "mover", arrow, below.n ? formula_in_words(s, below) : NULL);
	hg_set_add(node, above);
	node->flags |= HG_SET_FLAT;
	stand_at(node, t->span);
	return node;
}

/* ---- environments ------------------------------------------------------------------------------------------------ */

static const struct {
	const char *name, *open, *close;
	bool left; /* its columns stand at the left */
} environments[] = {
	{"pmatrix", "(", ")", false}, {"bmatrix", "[", "]", false},           {"Bmatrix", "{", "}", false},
	{"vmatrix", "|", "|", false}, {"Vmatrix", "\u2016", "\u2016", false}, {"cases", "{", NULL, true},
	{"rcases", NULL, "}", true},  {"dcases", "{", NULL, true},            {"aligned", NULL, NULL, true},
	{"align", NULL, NULL, true},  {"split", NULL, NULL, true},
};

static hg_set_node *table(hg_setter *s, size_t close)
{
	hg_set_node *whole = hg_set_new(s, "mtable", 0, HG_STR(""));
	while (s->i < close && !s->failed) {
		hg_set_node *row = hg_set_new(s, "mtr", 0, HG_STR(""));
		for (size_t end = hg_formula_row(s->f, s->i, close), cell; s->i <= end && !s->failed; s->i = cell + 1) {
			for (cell = s->i; cell < end && hg_set_token(s, cell)->kind != HG_T_AMP;) {
				size_t match = hg_set_token(s, cell)->match;
				cell = match > cell && match < end ? match + 1 : cell + 1;
			}
			hg_set_add(row, element(s, "mtd", hg_set_row(s, cell), NULL));
		}
		hg_set_add(whole, row);
	}
	return whole;
}

hg_set_node *hg_set_environment(hg_setter *s, size_t close)
{
	hg_str name = hg_set_token(s, s->i++)->text;
	hg_set_node *row = hg_set_new(s, "mrow", 0, HG_STR("")), *inner = table(s, close);
	s->i = close + 1;
	for (size_t i = 0; i < sizeof environments / sizeof *environments; i++) {
		if (!hg_str_is(name, environments[i].name))
			continue;
		inner->class = environments[i].left ? "left" : NULL;
		const char *open = environments[i].open, *shut = environments[i].close;
		hg_set_add(row, open ? hg_set_operator(s, open, HG_SET_FENCE | HG_SET_GROWS, (hg_span){0}) : NULL);
		hg_set_add(row, inner);
		hg_set_add(row, shut ? hg_set_operator(s, shut, HG_SET_FENCE | HG_SET_GROWS, (hg_span){0}) : NULL);
		return row;
	}
	hg_set_add(row, inner);
	return row;
}
