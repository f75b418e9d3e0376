/* The tree of elements: made, and written with a mark around the part that is meant. */
#include "report/mathml/mathml_parts.h"

#include <string.h>

hg_set_node *hg_set_new(hg_setter *s, const char *element, unsigned flags, hg_str text)
{
	hg_set_node *node = HG_NEW(s->f->arena, hg_set_node);
	if (!node) {
		s->failed = true;
		node = &s->none;
	}
	*node = (hg_set_node){.element = element, .flags = flags, .text = text};
	return node;
}

void hg_set_cover(hg_set_node *node, hg_span more)
{
	hg_span a = node->span;
	size_t end_a = a.at + a.n, end_b = more.at + more.n, at = a.at < more.at ? a.at : more.at;
	if (more.n)
		node->span = a.n ? (hg_span){at, (end_a > end_b ? end_a : end_b) - at} : more;
}

void hg_set_add(hg_set_node *parent, hg_set_node *kid)
{
	if (!kid || kid == parent || kid->next)
		return;
	*(parent->kid ? &parent->last->next : &parent->kid) = kid;
	parent->last = kid;
	hg_set_cover(parent, kid->span);
}

bool hg_set_is(const hg_set_node *node, const char *element) { return strcmp(node->element, element) == 0; }

/* ---- writing ---------------------------------------------------------------------------------------------- */

static const struct {
	hg_set_flag flag;
	const char *name, *value;
} attributes[] = {
	{HG_SET_FENCE, "fence", "true"},         {HG_SET_STILL, "stretchy", "false"},
	{HG_SET_GROWS, "stretchy", "true"},      {HG_SET_LARGE, "largeop", "true"},
	{HG_SET_LARGE, "movablelimits", "true"}, {HG_SET_UPRIGHT, "mathvariant", "normal"},
	{HG_SET_PREFIX, "form", "prefix"},       {HG_SET_SUFFIX, "form", "postfix"},
	{HG_SET_TIGHT, "lspace", "0"},           {HG_SET_TIGHT, "rspace", "0"},
	{HG_SET_NO_LINE, "linethickness", "0"},  {HG_SET_ACCENT, "accent", "true"},
	{HG_SET_THIN, "width", "0.17em"},        {HG_SET_WORD_SPACE, "width", "0.3em"},
	{HG_SET_QUAD, "width", "1em"},           {HG_SET_TWO_QUADS, "width", "2em"},
};

typedef struct writing {
	hg_markup *m;
	const hg_mathml_mark *mark;
	size_t nmarks;
	bool inside; /* of a mark: none stands in another */
} writing;

static bool within(hg_span a, hg_span b) { return a.at >= b.at && a.at + a.n <= b.at + b.n; }
static bool meet(hg_span a, hg_span b) { return a.n && b.n && a.at < b.at + b.n && b.at < a.at + a.n; }

/* Do its children stand for different things, so that none may be put around two of them? */
static bool has_places(const hg_set_node *node)
{
	static const char *const row[] = {"mrow", "mtd", "msqrt"};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		if (hg_set_is(node, row[i]))
			return false;
	return true;
}

/* Does the mark stand somewhere in this node? It does where only one child is meant, and not all of the node. */
static bool is_inside(const hg_set_node *node, hg_span span)
{
	size_t touched = 0;
	for (const hg_set_node *kid = node->kid; kid; kid = kid->next)
		touched += meet(kid->span, span);
	return touched && !within(node->span, span) && (touched == 1 || !has_places(node));
}

/* The mark that begins with this child, and the last child it goes around; NULL: none does. */
static const hg_mathml_mark *begins(const writing *w, const hg_set_node *parent, const hg_set_node *at, const hg_set_node **last)
{
	for (const hg_mathml_mark *mark = w->mark; !w->inside && mark < w->mark + w->nmarks; mark++) {
		const hg_set_node *first = NULL;
		for (const hg_set_node *kid = parent->kid; kid; kid = kid->next)
			if (meet(kid->span, mark->span)) {
				first = first ? first : kid;
				*last = kid;
			}
		if (first == at && !(first == *last && is_inside(first, mark->span)))
			return mark;
	}
	return NULL;
}

static void write_node(writing *w, const hg_set_node *node);

static void write_kids(writing *w, const hg_set_node *parent)
{
	const hg_set_node *last = NULL;
	bool outer = w->inside;
	for (const hg_set_node *kid = parent->kid; kid; kid = kid->next) {
		const hg_mathml_mark *mark = begins(w, parent, kid, &last);
		if (mark) {
			hg_markup_open(w->m, "mrow");
			hg_markup_attr(w->m, "class", mark->class);
			hg_markup_attr(w->m, "aria-label", mark->label);
			w->inside = true;
		}
		write_node(w, kid);
		if (w->inside && !outer && kid == last) {
			hg_markup_close(w->m);
			w->inside = false;
		}
	}
}

static void write_node(writing *w, const hg_set_node *node)
{
	hg_markup_open(w->m, node->element);
	hg_markup_attr(w->m, "class", node->class);
	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
		if (node->flags & attributes[i].flag)
			hg_markup_attr(w->m, attributes[i].name, attributes[i].value);
	hg_markup_str(w->m, node->text);
	write_kids(w, node);
	hg_markup_close(w->m);
}

void hg_mathml_write(hg_markup *m, const hg_formula *f, size_t from, size_t to, const hg_mathml_mark *mark,
                     size_t nmarks)
{
	hg_setter s = {.f = f, .i = from};
	writing w = {.m = m, .mark = mark, .nmarks = nmarks};
	hg_set_node *root = hg_set_new(&s, "mrow", 0, HG_STR(""));
	hg_set_add(root, hg_set_row(&s, to));
	if (s.failed) {
		size_t at = hg_set_token(&s, from)->span.at, end = hg_set_token(&s, to)->span.at;
		hg_markup_open(m, "code");
		hg_markup_str(m, hg_str_part(f->text, at, end > at ? end - at : 0));
		hg_markup_close(m);
		return;
	}
	hg_markup_open(m, "math");
	hg_markup_attr(m, "xmlns", "http://www.w3.org/1998/Math/MathML");
	write_kids(&w, root);
	hg_markup_close(m);
}

size_t hg_formula_row(const hg_formula *f, size_t from, size_t end)
{
	size_t i = from;
	while (i < end && f->tokens->at[i].kind != HG_T_ROW) {
		size_t match = f->tokens->at[i].match;
		i = match > i && match < end ? match + 1 : i + 1;
	}
	return i < end ? i : end;
}
