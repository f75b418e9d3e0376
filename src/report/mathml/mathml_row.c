/* Rows of tokens: operands with their scripts, signs between them, brackets that grow around what is tall. */
#include "report/mathml/mathml_parts.h"

#include <string.h>

enum { DEEPEST = 150 };

const hg_token *hg_set_token(const hg_setter *s, size_t i)
{
	const hg_tokens *t = s->f->tokens;
	return &t->at[i < t->n ? i : t->n];
}

bool hg_set_is_tall(const hg_set_node *node)
{
	static const char *const tall[] = {"mfrac", "mtable", "munderover", "munder"};
	for (size_t i = 0; i < sizeof tall / sizeof *tall; i++)
		if (hg_set_is(node, tall[i]) && !(node->flags & HG_SET_FLAT))
			return true;
	bool script = hg_set_is(node, "msub") || hg_set_is(node, "msup") || hg_set_is(node, "msubsup");
	for (const hg_set_node *kid = node->kid; kid; kid = kid->next) {
		if (hg_set_is_tall(kid))
			return true;
		if (script) /* what stands in a script is small */
			break;
	}
	return false;
}

/* ---- brackets ----------------------------------------------------------------------------------------------- */

static const char *bracket_sign(const hg_token *t)
{
	static const struct {
		const char *text, *open, *close;
	} named[] = {{"ceil", "\u2308", "\u2309"}, {"floor", "\u230A", "\u230B"}, {"<", "\u27E8", "\u27E8"},
	             {">", "\u27E9", "\u27E9"},    {"||", "\u2016", "\u2016"},    {"|", "|", "|"},
	             {"(", "(", "("},              {")", ")", ")"},               {"[", "[", "["},
	             {"]", "]", "]"},              {"{", "{", "{"},               {"}", "}", "}"}};
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (hg_str_is(t->text, named[i].text))
			return t->kind == HG_T_CLOSE ? named[i].close : named[i].open;
	return NULL; /* \left. */
}

static hg_set_node *bracket(hg_setter *s, const hg_token *t, unsigned grows)
{
	const char *sign = bracket_sign(t);
	hg_set_node *node = sign ? hg_set_operator(s, sign, HG_SET_FENCE | grows, t->span) : NULL;
	if (node && t->kind == HG_T_BAR)
		node->flags |= HG_SET_TIGHT;
	return node;
}

/* An opening bracket with all up to what closes it, as one element. */
static hg_set_node *bracketed(hg_setter *s, size_t close)
{
	const hg_token *open = hg_set_token(s, s->i++);
	hg_set_node *row = hg_set_new(s, "mrow", 0, HG_STR("")), *inner = hg_set_row(s, close);
	unsigned grows = hg_set_is_tall(inner) ? HG_SET_GROWS : HG_SET_STILL;
	hg_set_add(row, bracket(s, open, grows));
	hg_set_add(row, inner);
	hg_set_add(row, bracket(s, hg_set_token(s, close), grows));
	s->i = close + 1;
	return row;
}

static hg_set_node *group(hg_setter *s, size_t close)
{
	s->i++;
	hg_set_node *row = hg_set_row(s, close);
	s->i = close + 1;
	return row;
}

/* ---- one operand or sign, without its scripts -------------------------------------------------------------- */

static hg_set_node *space(hg_setter *s, unsigned width) { return hg_set_new(s, "mspace", width, HG_STR("")); }

static hg_set_node *wide(hg_setter *s, const hg_token *t)
{
	return space(s, hg_str_is(hg_set_command(s, t), "qquad") ? HG_SET_TWO_QUADS : HG_SET_QUAD);
}

/* A minus or plus that stands before a term, and not between two. */
static bool is_prefix(const hg_set_node *before)
{
	return !before || (hg_set_is(before, "mo") && !(before->flags & (HG_SET_FENCE | HG_SET_SUFFIX)));
}

static hg_set_node *unread(hg_setter *s, const hg_token *t)
{
	hg_set_node *node = hg_set_new(s, "mtext", 0, t->text);
	node->span = t->span;
	return node;
}

static hg_set_node *atom(hg_setter *s, size_t end, const hg_set_node *before)
{
	const hg_token *t = hg_set_token(s, s->i);
	size_t match = t->match > s->i && t->match < end ? t->match : 0;
	switch (t->kind) {
	case HG_T_OPEN:
		if (match)
			return bracketed(s, match);
		break;
	case HG_T_GROUP:
		if (match)
			return group(s, match);
		break;
	case HG_T_BEGIN:
		if (match)
			return hg_set_environment(s, match);
		break;
	case HG_T_COMMAND:
		return hg_set_of_command(s, end);
	default:
		break;
	}
	s->i++;
	switch (t->kind) {
	case HG_T_NUM:
		return hg_set_number(s, t);
	case HG_T_NAME:
		return hg_set_name(s, t);
	case HG_T_TEXT:
	case HG_T_MARK:
		return hg_set_words(s, t->text, t->span);
	case HG_T_OPEN:
	case HG_T_CLOSE:
	case HG_T_BAR:
		return bracket(s, t, HG_SET_STILL);
	case HG_T_PLUS:
	case HG_T_MINUS:
		return hg_set_operator(s, t->kind == HG_T_PLUS ? "+" : "\u2212", is_prefix(before) ? HG_SET_PREFIX : 0, t->span);
	case HG_T_WIDE:
		return wide(s, t);
	case HG_T_REL:
		return hg_set_arrow(s, t);
	case HG_T_UNGROUP: /* what pairs with nothing, and what only lays out */
	case HG_T_GROUP:
	case HG_T_AMP:
	case HG_T_ROW:
	case HG_T_BEGIN:
	case HG_T_ENDENV:
	case HG_T_END:
		return NULL;
	case HG_T_UNKNOWN:
		return unread(s, t);
	default:
		return hg_set_sign(s, t);
	}
}

/* ---- scripts --------------------------------------------------------------------------------------------------- */

typedef struct scripts {
	hg_set_node *sub, *sup;
} scripts;

static void add_script(hg_setter *s, hg_set_node **script, hg_set_node *node)
{
	if (!*script) {
		*script = node;
		return;
	}
	hg_set_node *both = hg_set_new(s, "mrow", 0, HG_STR("")); /* W^{[1]} ^T */
	hg_set_add(both, *script);
	hg_set_add(both, node);
	*script = both;
}

static hg_set_node *behind(hg_setter *s, hg_set_node *base, const char *sign, hg_span span)
{
	hg_set_node *row = hg_set_new(s, "mrow", 0, HG_STR(""));
	hg_set_add(row, base);
	hg_set_add(row, hg_set_operator(s, sign, HG_SET_TIGHT | HG_SET_SUFFIX, span));
	return row;
}

/* Takes the scripts that stand behind an operand; a prime or .T before all others belongs to the operand. */
static hg_set_node *take_scripts(hg_setter *s, size_t end, hg_set_node *base, scripts *found)
{
	while (s->i < end) {
		const hg_token *t = hg_set_token(s, s->i);
		if (t->kind == HG_T_SUP || t->kind == HG_T_SUB) {
			s->i++;
			hg_set_node *script = hg_set_argument(s, end);
			add_script(s, t->kind == HG_T_SUP ? &found->sup : &found->sub, script);
		} else if (t->kind == HG_T_PRIME && !found->sup && !found->sub) {
			s->i++;
			base = behind(s, base, "\u2032", t->span);
		} else if (t->kind == HG_T_PRIME) {
			s->i++;
			add_script(s, &found->sup, hg_set_operator(s, "\u2032", HG_SET_TIGHT, t->span));
		} else if (t->kind == HG_T_TRANSPOSE && !found->sup && !found->sub) { /* numpy's */
			s->i++;
			base = behind(s, base, ".T", t->span);
		} else {
			break;
		}
	}
	return base;
}

/* The signs that carry their scripts below and above themselves. */
static bool has_limits(const hg_setter *s, const hg_token *t)
{
	static const char *const words[] = {"lim", "max", "min", "sup", "inf", "argmax", "argmin"};
	if (t->kind == HG_T_BIG)
		return !hg_str_ends(t->text, "int");
	for (size_t i = 0; t->kind == HG_T_NAME && i < sizeof words / sizeof *words; i++)
		if (hg_str_is(hg_set_command(s, t), words[i]))
			return true;
	return false;
}

static hg_set_node *scripted(hg_setter *s, size_t end, hg_set_node *base, bool limits)
{
	static const char *const beside[] = {NULL, "msub", "msup", "msubsup"}, *const around[] = {NULL, "munder", "mover", "munderover"};
	scripts found = {0};
	hg_set_node *over = take_scripts(s, end, base, &found);
	const char *element = (limits ? around : beside)[(found.sub != NULL) + 2 * (found.sup != NULL)];
	if (!element)
		return over;
	hg_set_node *node = hg_set_new(s, element, 0, HG_STR(""));
	hg_set_add(node, over);
	hg_set_add(node, found.sub);
	hg_set_add(node, found.sup);
	return node;
}

hg_set_node *hg_set_argument(hg_setter *s, size_t end)
{
	hg_set_node *row = hg_set_new(s, "mrow", 0, HG_STR(""));
	if (s->i < end && ++s->depth < DEEPEST) {
		hg_set_node *only = atom(s, end, NULL);
		row = only ? only : row;
	}
	s->failed |= s->depth >= DEEPEST;
	s->depth -= s->depth > 0;
	return row;
}

/* ---- a row ------------------------------------------------------------------------------------------------------- */

static bool is_operand(const hg_set_node *node)
{
	return node && !hg_set_is(node, "mo") && !hg_set_is(node, "mspace");
}

/* y log q: TeX puts a thin space before the name of a function and behind it, unless a bracket follows. */
static bool wants_space(const hg_setter *s, const hg_set_node *before, size_t at, bool function_before)
{
	const hg_token *t = hg_set_token(s, at);
	bool operand = t->kind == HG_T_NAME || t->kind == HG_T_NUM || t->kind == HG_T_COMMAND || t->kind == HG_T_D;
	return (is_operand(before) && t->kind == HG_T_NAME && hg_set_is_function(s, t)) || (function_before && operand);
}

static bool is_word(const hg_token *t) { return t->kind == HG_T_TEXT || (t->kind == HG_T_NAME && t->text.n > 3); }

static hg_set_node *gap_before(hg_setter *s, size_t first, const hg_set_node *before, bool function_before)
{
	const hg_token *t = hg_set_token(s, s->i);
	hg_token_kind last = hg_set_token(s, s->i - (s->i > first))->kind;
	bool text = last == HG_T_THEREFORE || last == HG_T_BECAUSE || last == HG_T_FORALL || t->kind == HG_T_TEXT || t->kind == HG_T_MARK || (before && hg_set_is(before, "mtext"));
	if (s->i == first)
		return NULL;
	if (text || t->gap == HG_GAP_SEEN || (t->gap != HG_GAP_NONE && is_word(t) && is_word(hg_set_token(s, s->i - 1))))
		return space(s, HG_SET_WORD_SPACE);
	return wants_space(s, before, s->i, function_before) ? space(s, HG_SET_THIN) : NULL;
}

/* a \over b: all that stands before it above the line, all behind it below. */
static hg_set_node *over(hg_setter *s, size_t end, hg_set_node *above)
{
	bool line = hg_str_is(hg_set_token(s, s->i++)->text, "over");
	hg_set_node *fraction = hg_set_new(s, "mfrac", line ? 0 : HG_SET_NO_LINE, HG_STR(""));
	hg_set_add(fraction, above);
	hg_set_add(fraction, hg_set_row(s, end));
	return fraction;
}

hg_set_node *hg_set_row(hg_setter *s, size_t end)
{
	hg_set_node *row = hg_set_new(s, "mrow", 0, HG_STR("")), *before = NULL;
	bool function = false;
	if (++s->depth >= DEEPEST) {
		s->failed = true;
		s->i = end;
	}
	for (size_t first = s->i; s->i < end && !s->failed;) {
		const hg_token *t = hg_set_token(s, s->i);
		if (t->kind == HG_T_COMMAND && (hg_str_is(t->text, "over") || hg_str_is(t->text, "atop"))) {
			row = over(s, end, row);
			break;
		}
		hg_set_node *gap = gap_before(s, first, before, function);
		hg_set_node *node = atom(s, end, before);
		function = t->kind == HG_T_NAME && hg_set_is_function(s, t);
		node = scripted(s, end, node ? node : hg_set_new(s, "mrow", 0, HG_STR("")), has_limits(s, t));
		if (!node->kid && !node->text.n && !hg_set_is(node, "mspace")) /* what only lays out */
			continue;
		hg_set_add(row, gap);
		hg_set_add(row, node);
		before = node;
	}
	s->depth--;
	return row->kid && !row->kid->next ? row->kid : row;
}
