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

/* ---- tables ------------------------------------------------------------------------------------------------- */

static void put_cells(hg_mathml *w, const hg_expr *e, size_t cols)
{
	hg_markup_open(w->m, "mtable");
	for (size_t i = 0; i < e->nkids; i += cols) {
		hg_markup_open(w->m, "mtr");
		for (size_t j = i; j < i + cols && j < e->nkids; j++) {
			hg_markup_open(w->m, "mtd");
			hg_mathml_row(w, e->kid[j]);
			close_element(w);
		}
		close_element(w);
	}
	close_element(w);
}

static void put_matrix(hg_mathml *w, const hg_expr *e)
{
	hg_mathml_fence(w, "[", true);
	put_cells(w, e, e->cols ? e->cols : 1);
	hg_mathml_fence(w, "]", true);
}

static void put_cases(hg_mathml *w, const hg_expr *e)
{
	hg_mathml_fence(w, "{", true);
	put_cells(w, e, 2);
}

/* ---- the rest --------------------------------------------------------------------------------------------- */

static const char *comparison(hg_str word)
{
	static const struct {
		const char *word, *sign;
	} signs[] = {{">=", "\u2265"}, {"<=", "\u2264"}, {"!=", "\u2260"}, {"in", "\u2208"}, {"==", "="},
	             {">", ">"},       {"<", "<"},       {"=", "="}};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (hg_str_is(word, signs[i].word))
			return signs[i].sign;
	return NULL;
}

static void put_comparison(hg_mathml *w, const hg_expr *e)
{
	hg_mathml_row(w, e->kid[0]);
	const char *sign = comparison(e->word);
	hg_markup_open(w->m, "mo");
	if (sign)
		hg_markup_text(w->m, sign);
	else
		hg_markup_str(w->m, e->word);
	close_element(w);
	hg_mathml_row(w, e->kid[1]);
}

static void around(hg_mathml *w, const char *open, const hg_expr *e, const char *close)
{
	bool tall = hg_mathml_is_tall(e);
	hg_mathml_fence(w, open, tall);
	hg_mathml_row(w, e);
	hg_mathml_fence(w, close, tall);
}

static void classed(hg_mathml *w, const char *class, const hg_expr *e)
{
	open_row(w);
	hg_markup_attr(w->m, "class", class);
	hg_mathml_row(w, e);
	close_element(w);
}

static void put_evaluated(hg_mathml *w, const hg_expr *e)
{
	open_row(w);
	hg_mathml_row(w, e->kid[0]);
	hg_markup_open(w->m, "msub");
	hg_mathml_fence(w, "|", true);
	hg_mathml_row(w, e->kid[1]);
	close_element(w);
	close_element(w);
}

static void put_braced(hg_mathml *w, const hg_expr *e)
{
	hg_markup_open(w->m, "munder");
	hg_markup_open(w->m, "munder");
	hg_mathml_row(w, e->kid[0]);
	hg_mathml_fence(w, "\u23DF", true);
	close_element(w);
	hg_mathml_row(w, e->kid[1]);
	close_element(w);
}

static void put_root(hg_mathml *w, const hg_expr *e)
{
	hg_markup_open(w->m, e->nkids > 1 ? "mroot" : "msqrt");
	hg_mathml_row(w, e->kid[0]);
	if (e->nkids > 1)
		hg_mathml_row(w, e->kid[1]);
	close_element(w);
}

static void put_norm(hg_mathml *w, const hg_expr *e)
{
	if (e->nkids > 1)
		hg_markup_open(w->m, "msub");
	open_row(w);
	around(w, "\u2016", e->kid[0], "\u2016");
	close_element(w);
	if (e->nkids > 1) {
		hg_mathml_row(w, e->kid[1]);
		close_element(w);
	}
}

static void put_conditions(hg_mathml *w, const hg_expr *e)
{
	for (size_t i = 0; i < e->nkids; i++) {
		if (i)
			hg_markup_put(w->m, "mtext", NULL, " and ");
		hg_mathml_row(w, e->kid[i]);
	}
}

static void put_fraction(hg_mathml *w, const hg_expr *e)
{
	hg_markup_open(w->m, "mfrac");
	hg_mathml_row(w, e->kid[0]);
	hg_mathml_row(w, e->kid[1]);
	close_element(w);
}

static void put_slice(hg_mathml *w, const hg_expr *e)
{
	hg_mathml_row(w, e->kid[0]);
	hg_mathml_list(w, e->kid + 1, e->nkids - 1, "[", "]");
}

static void put_leaf(hg_mathml *w, const char *element, hg_str text)
{
	hg_markup_open(w->m, element);
	hg_markup_str(w->m, text);
	close_element(w);
}

static void put_keyword(hg_mathml *w, const hg_expr *e)
{
	put_leaf(w, "mi", e->word);
	hg_mathml_operator(w, "=");
	hg_mathml_row(w, e->kid[0]);
}

static void put_indexed(hg_mathml *w, const hg_expr *e, const char *sign);

/* A sign behind the superscripts of a name, or above whatever else it is. */
static void put_postfix(hg_mathml *w, const hg_expr *e, const char *sign)
{
	bool marked = w->mark && e->span.n && e->span.at >= w->mark->span.at &&
	              e->span.at + e->span.n <= w->mark->span.at + w->mark->span.n;
	if (e->op == HG_OP_NAME && e->nindex && !e->bracketed && !marked)
		put_indexed(w, e, sign);
	else
		hg_mathml_scripted(w, "msup", e, NULL, sign);
}

/* What the node itself is, without indices, brackets and marks. */
static void put_node(hg_mathml *w, const hg_expr *e)
{
	switch (e->op) {
	case HG_OP_NUM: put_leaf(w, "mn", e->name); break;
	case HG_OP_NAME: hg_mathml_name(w, e); break;
	case HG_OP_TEXT: put_leaf(w, "mtext", e->name); break;
	case HG_OP_NEG:
		hg_markup_open(w->m, "mo");
		hg_markup_attr(w->m, "form", w->between ? "infix" : NULL);
		hg_markup_text(w->m, "\u2212");
		close_element(w);
		w->between = false;
		hg_mathml_fenced(w, e->kid[0], hg_mathml_is_sum(e->kid[0]));
		break;
	case HG_OP_SUM_OF: hg_mathml_sum(w, e); break;
	case HG_OP_PLUSMINUS:
		hg_mathml_row(w, e->kid[0]);
		hg_mathml_operator(w, "\u00B1");
		hg_mathml_row(w, e->kid[1]);
		break;
	case HG_OP_PRODUCT: hg_mathml_product(w, e); break;
	case HG_OP_FRAC: put_fraction(w, e); break;
	case HG_OP_POW: hg_mathml_scripted(w, "msup", e->kid[0], e->kid[1], NULL); break;
	case HG_OP_SQRT: put_root(w, e); break;
	case HG_OP_TRANSPOSE: put_postfix(w, e->kid[0], "T"); break;
	case HG_OP_INVERSE: put_postfix(w, e->kid[0], "\u22121"); break;
	case HG_OP_PRIME: put_postfix(w, e->kid[0], "\u2032"); break;
	case HG_OP_CALL: hg_mathml_call(w, e); break;
	case HG_OP_KWARG: put_keyword(w, e); break;
	case HG_OP_DERIV: hg_mathml_derivative(w, e); break;
	case HG_OP_DERIV_OP: hg_mathml_derivative_operator(w, e); break;
	case HG_OP_EVAL_AT: put_evaluated(w, e); break;
	case HG_OP_SUM: hg_mathml_big(w, e, "\u2211"); break;
	case HG_OP_PROD: hg_mathml_big(w, e, "\u220F"); break;
	case HG_OP_CASES: put_cases(w, e); break;
	case HG_OP_INDICATOR:
		put_leaf(w, "mn", HG_STR("\U0001D7D9"));
		around(w, "{", e->kid[0], "}");
		break;
	case HG_OP_MATRIX: put_matrix(w, e); break;
	case HG_OP_LIST: hg_mathml_list(w, e->kid, e->nkids, "(", ")"); break;
	case HG_OP_ABS: around(w, "|", e->kid[0], "|"); break;
	case HG_OP_NORM: put_norm(w, e); break;
	case HG_OP_COMPARE: put_comparison(w, e); break;
	case HG_OP_AND: put_conditions(w, e); break;
	case HG_OP_BOX: classed(w, "box", e->kid[0]); break;
	case HG_OP_BRACE: put_braced(w, e); break;
	case HG_OP_CANCEL: classed(w, "cancel", e->kid[0]); break;
	case HG_OP_ELLIPSIS: hg_mathml_operator(w, "\u22EF"); break;
	case HG_OP_SLICE: put_slice(w, e); break;
	case HG_OP_COLON: hg_mathml_operator(w, ":"); break;
	case HG_NOPS: break;
	}
}

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
	put_node(w, e);
	if (fence)
		hg_mathml_fence(w, ")", tall);
	close_element(w);
}

/* With its indices, and a sign behind the upper ones; NULL: none. */
static void put_indexed(hg_mathml *w, const hg_expr *e, const char *sign)
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
	put_indexed(w, e, NULL);
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
