/* One function for each kind of node, and the table of them. */
#include "report/mathml_parts.h"

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

/* A sign behind the superscripts of a name, or above whatever else it is. */
static void put_postfix(hg_mathml *w, const hg_expr *e, const char *sign)
{
	bool marked = w->mark && e->span.n && e->span.at >= w->mark->span.at &&
	              e->span.at + e->span.n <= w->mark->span.at + w->mark->span.n;
	if (e->op == HG_OP_NAME && e->nindex && !e->bracketed && !marked)
		hg_mathml_indexed(w, e, sign);
	else
		hg_mathml_scripted(w, "msup", e, NULL, sign);
}

static void put_number(hg_mathml *w, const hg_expr *e) { put_leaf(w, "mn", e->name); }
static void put_text(hg_mathml *w, const hg_expr *e) { put_leaf(w, "mtext", e->name); }
static void put_transpose(hg_mathml *w, const hg_expr *e) { put_postfix(w, e->kid[0], "T"); }
static void put_inverse(hg_mathml *w, const hg_expr *e) { put_postfix(w, e->kid[0], "\u22121"); }
static void put_prime(hg_mathml *w, const hg_expr *e) { put_postfix(w, e->kid[0], "\u2032"); }
static void put_sum_sign(hg_mathml *w, const hg_expr *e) { hg_mathml_big(w, e, "\u2211"); }
static void put_product_sign(hg_mathml *w, const hg_expr *e) { hg_mathml_big(w, e, "\u220F"); }
static void put_bracketed_list(hg_mathml *w, const hg_expr *e) { hg_mathml_list(w, e->kid, e->nkids, "(", ")"); }
static void put_abs(hg_mathml *w, const hg_expr *e) { around(w, "|", e->kid[0], "|"); }
static void put_boxed(hg_mathml *w, const hg_expr *e) { classed(w, "box", e->kid[0]); }
static void put_cancelled(hg_mathml *w, const hg_expr *e) { classed(w, "cancel", e->kid[0]); }

static void put_dots(hg_mathml *w, const hg_expr *e)
{
	(void)e;
	hg_mathml_operator(w, "\u22EF");
}

static void put_colon(hg_mathml *w, const hg_expr *e)
{
	(void)e;
	hg_mathml_operator(w, ":");
}

static void put_power(hg_mathml *w, const hg_expr *e) { hg_mathml_scripted(w, "msup", e->kid[0], e->kid[1], NULL); }

static void put_minus(hg_mathml *w, const hg_expr *e)
{
	hg_markup_open(w->m, "mo");
	hg_markup_attr(w->m, "form", w->between ? "infix" : NULL);
	hg_markup_text(w->m, "\u2212");
	close_element(w);
	w->between = false;
	hg_mathml_fenced(w, e->kid[0], hg_mathml_is_sum(e->kid[0]));
}

static void put_plus_minus(hg_mathml *w, const hg_expr *e)
{
	hg_mathml_row(w, e->kid[0]);
	hg_mathml_operator(w, "\u00B1");
	hg_mathml_row(w, e->kid[1]);
}

static void put_indicator(hg_mathml *w, const hg_expr *e)
{
	put_leaf(w, "mn", HG_STR("\U0001D7D9"));
	around(w, "{", e->kid[0], "}");
}

/* What each node is, without indices, brackets and marks; the rows of lang/ops.def. */
void hg_mathml_node(hg_mathml *w, const hg_expr *e)
{
	static void (*const put[HG_NOPS])(hg_mathml *w, const hg_expr *e) = {
		[HG_OP_NUM] = put_number,        [HG_OP_NAME] = hg_mathml_name,
		[HG_OP_TEXT] = put_text,         [HG_OP_NEG] = put_minus,
		[HG_OP_SUM_OF] = hg_mathml_sum,  [HG_OP_PLUSMINUS] = put_plus_minus,
		[HG_OP_PRODUCT] = hg_mathml_product, [HG_OP_FRAC] = put_fraction,
		[HG_OP_POW] = put_power,         [HG_OP_SQRT] = put_root,
		[HG_OP_TRANSPOSE] = put_transpose, [HG_OP_INVERSE] = put_inverse,
		[HG_OP_PRIME] = put_prime,       [HG_OP_CALL] = hg_mathml_call,
		[HG_OP_KWARG] = put_keyword,     [HG_OP_DERIV] = hg_mathml_derivative,
		[HG_OP_DERIV_OP] = hg_mathml_derivative_operator, [HG_OP_EVAL_AT] = put_evaluated,
		[HG_OP_SUM] = put_sum_sign,      [HG_OP_PROD] = put_product_sign,
		[HG_OP_CASES] = put_cases,       [HG_OP_INDICATOR] = put_indicator,
		[HG_OP_MATRIX] = put_matrix,     [HG_OP_LIST] = put_bracketed_list,
		[HG_OP_ABS] = put_abs,           [HG_OP_NORM] = put_norm,
		[HG_OP_COMPARE] = put_comparison, [HG_OP_AND] = put_conditions,
		[HG_OP_BOX] = put_boxed,         [HG_OP_BRACE] = put_braced,
		[HG_OP_CANCEL] = put_cancelled,  [HG_OP_ELLIPSIS] = put_dots,
		[HG_OP_SLICE] = put_slice,       [HG_OP_COLON] = put_colon,
	};
	if (e->op < HG_NOPS && put[e->op])
		put[e->op](w, e);
}
