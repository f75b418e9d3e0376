#include "report/mathml_parts.h"

void hg_mathml_operator(hg_mathml *w, const char *sign) { hg_markup_put(w->m, "mo", NULL, sign); }

void hg_mathml_fence(hg_mathml *w, const char *sign, bool tall)
{
	hg_markup_open(w->m, "mo");
	hg_markup_attr(w->m, "fence", "true");
	hg_markup_attr(w->m, "stretchy", tall ? "true" : "false");
	hg_markup_text(w->m, sign);
	hg_markup_close(w->m);
}

static void open_row(hg_mathml *w) { hg_markup_open(w->m, "mrow"); }
static void close_element(hg_mathml *w) { hg_markup_close(w->m); }

/* ---- indices, brackets, marks ----------------------------------------------------------------------------- */

static void put_indices(hg_mathml *w, const hg_expr *e, bool sup, const char *sign)
{
	static const char *const bracket[][2] = {
		[HG_INDEX_BARE] = {NULL, NULL}, [HG_INDEX_BRACKET] = {"[", "]"},
		[HG_INDEX_PAREN] = {"(", ")"},  [HG_INDEX_BRACE] = {"{", "}"},
	};
	open_row(w);
	for (size_t i = 0, shown = 0; i < e->nindex; i++) {
		const hg_index *index = &e->index[i];
		if (index->sup != sup || !index->e)
			continue;
		const char *const *b = bracket[index->style];
		if (shown++ && !b[0])
			hg_mathml_operator(w, ",");
		if (b[0])
			hg_mathml_fence(w, b[0], false);
		for (size_t k = 0; index->e->op == HG_OP_LIST && k < index->e->nkids; k++) { /* W_ij: no brackets */
			if (k)
				hg_mathml_operator(w, ",");
			hg_mathml_row(w, index->e->kid[k]);
		}
		if (index->e->op != HG_OP_LIST)
			hg_mathml_row(w, index->e);
		if (b[1])
			hg_mathml_fence(w, b[1], false);
	}
	if (sign) {
		hg_markup_open(w->m, "mi");
		hg_markup_attr(w->m, "mathvariant", "normal");
		hg_markup_text(w->m, sign);
		close_element(w);
	}
	close_element(w);
}

static void put_bracketed(hg_mathml *w, const hg_expr *e)
{
	bool fence = e->bracketed && e->op != HG_OP_LIST && e->op != HG_OP_MATRIX && e->op != HG_OP_NAME;
	open_row(w);
	bool tall = fence && hg_mathml_is_tall(e);
	if (fence)
		hg_mathml_fence(w, "(", tall);
	hg_mathml_node(w, e);
	if (fence)
		hg_mathml_fence(w, ")", tall);
	close_element(w);
}

void hg_mathml_indexed(hg_mathml *w, const hg_expr *e, const char *sign)
{
	static const char *const element[] = {NULL, "msub", "msup", "msubsup"};
	bool sub = false, sup = sign != NULL;
	for (size_t i = 0; i < e->nindex; i++)
		*(e->index[i].sup ? &sup : &sub) = true;
	const char *script = element[sub + 2 * sup];
	if (script)
		hg_markup_open(w->m, script);
	put_bracketed(w, e);
	if (sub)
		put_indices(w, e, false, NULL);
	if (sup)
		put_indices(w, e, true, sign);
	if (script)
		close_element(w);
}

static bool within(hg_span a, hg_span b) { return a.n && a.at >= b.at && a.at + a.n <= b.at + b.n; }

void hg_mathml_row(hg_mathml *w, const hg_expr *e)
{
	const hg_mathml_mark *mark = w->mark;
	bool here = mark && within(e->span, mark->span);
	if (here) {
		w->mark = NULL;
		open_row(w);
		hg_markup_attr(w->m, "class", mark->class);
		hg_markup_attr(w->m, "aria-label", mark->label);
	}
	hg_mathml_indexed(w, e, NULL);
	if (here) {
		close_element(w);
		w->mark = mark;
	}
}

/* The smallest node around the span; NULL when the span is not in the tree. *holds: some node lies inside the span. */
static const hg_expr *around_span(const hg_expr *e, hg_span span, bool *holds)
{
	*holds |= within(e->span, span);
	const hg_expr *found = within(span, e->span) ? e : NULL;
	for (size_t i = 0; i < e->nkids; i++) {
		const hg_expr *inner = around_span(e->kid[i], span, holds);
		found = inner ? inner : found;
	}
	return found;
}

/* A mark that shows: where it lies between the leaves, it grows to the term around it. */
static hg_mathml_mark shown(const hg_expr *e, const hg_mathml_mark *mark)
{
	bool holds = false;
	const hg_expr *term = around_span(e, mark->span, &holds);
	hg_mathml_mark grown = *mark;
	if (!holds && term)
		grown.span = term->span;
	return grown;
}

static const char *relation(hg_rel rel)
{
	switch (rel) {
	case HG_REL_NONE: return NULL;
	case HG_REL_EQ: return "=";
	case HG_REL_DEFINED: return "\u2254";
	case HG_REL_ASSIGN: return "\u2190";
	case HG_REL_APPROX: return "\u2248";
	case HG_REL_IMPLIES: return "\u21D2";
	case HG_REL_PROPTO: return "\u221D";
	case HG_REL_COMPARE: return "<";
	case HG_REL_IN: return "\u2208";
	case HG_REL_OTHER: return "\u223C";
	}
	return NULL;
}

void hg_mathml_relation(hg_markup *m, hg_mathml_display display, const hg_expr *left, hg_rel rel, const hg_expr *right,
                        const hg_mathml_mark *mark)
{
	hg_mathml w = {.m = m};
	hg_markup_open(m, "math");
	hg_markup_attr(m, "xmlns", "http://www.w3.org/1998/Math/MathML");
	if (display == HG_MATHML_BLOCK)
		hg_markup_attr(m, "display", "block");
	open_row(&w);
	if (left)
		hg_mathml_row(&w, left);
	if (relation(rel))
		hg_mathml_operator(&w, relation(rel));
	if (right) {
		hg_mathml_mark grown = mark ? shown(right, mark) : (hg_mathml_mark){0};
		w.mark = mark ? &grown : NULL;
		hg_mathml_row(&w, right);
	}
	close_element(&w);
	hg_markup_close(m);
}

void hg_mathml_formula(hg_markup *m, hg_mathml_display display, const hg_expr *e, const hg_mathml_mark *mark)
{
	hg_mathml_relation(m, display, NULL, HG_REL_NONE, e, mark);
}
