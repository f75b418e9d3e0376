#include "report/mathml_parts.h"

#include <string.h>

static const char INVISIBLE_TIMES[] = "\u2062", APPLY[] = "\u2061";

static void open_row(hg_mathml *w) { hg_markup_open(w->m, "mrow"); }
static void close_element(hg_mathml *w) { hg_markup_close(w->m); }

/* ---- brackets -------------------------------------------------------------------------------------------- */

bool hg_mathml_is_sum(const hg_expr *e) { return e->op == HG_OP_SUM_OF || e->op == HG_OP_NEG || e->op == HG_OP_PLUSMINUS; }

static bool is_wide(const hg_expr *e)
{
	return hg_mathml_is_sum(e) || e->op == HG_OP_PRODUCT || e->op == HG_OP_SUM || e->op == HG_OP_PROD || e->op == HG_OP_FRAC ||
	       e->op == HG_OP_DERIV || e->op == HG_OP_CALL || e->op == HG_OP_COMPARE;
}

static bool has_own_fence(const hg_expr *e)
{
	return e->op == HG_OP_LIST || e->op == HG_OP_MATRIX || e->op == HG_OP_ABS || e->op == HG_OP_NORM ||
	       e->op == HG_OP_CASES;
}

void hg_mathml_fenced(hg_mathml *w, const hg_expr *e, bool fence)
{
	if (!fence || e->bracketed || has_own_fence(e)) {
		hg_mathml_row(w, e);
		return;
	}
	bool tall = hg_mathml_is_tall(e);
	open_row(w);
	hg_mathml_fence(w, "(", tall);
	hg_mathml_row(w, e);
	hg_mathml_fence(w, ")", tall);
	close_element(w);
}

bool hg_mathml_is_tall(const hg_expr *e)
{
	switch (e->op) {
	case HG_OP_FRAC:
	case HG_OP_SUM:
	case HG_OP_PROD:
	case HG_OP_MATRIX:
	case HG_OP_CASES:
	case HG_OP_BRACE:
	case HG_OP_DERIV_OP:
		return true;
	case HG_OP_DERIV:
		return e->nkids > 1 && !hg_str_is(e->word, "nabla");
	default:
		break;
	}
	for (size_t i = 0; i < e->nkids; i++)
		if (hg_mathml_is_tall(e->kid[i]))
			return true;
	return false;
}

/* ---- sums and products -------------------------------------------------------------------------------------- */

void hg_mathml_sum(hg_mathml *w, const hg_expr *e)
{
	for (size_t i = 0; i < e->nkids; i++) {
		const hg_expr *term = e->kid[i];
		bool minus = term->op == HG_OP_NEG && !term->bracketed;
		if (i && !minus)
			hg_mathml_operator(w, "+");
		w->between = i && minus;
		hg_mathml_fenced(w, term, i && hg_mathml_is_sum(term) && !minus);
	}
}

void hg_mathml_product(hg_mathml *w, const hg_expr *e)
{
	static const char *const sign[] = {
		[HG_GLUE_NONE] = INVISIBLE_TIMES, [HG_GLUE_CDOT] = "\u22C5",  [HG_GLUE_TIMES] = "\u00D7",
		[HG_GLUE_STAR] = "\u2217",        [HG_GLUE_ODOT] = "\u2299",  [HG_GLUE_CIRC] = "\u2218",
		[HG_GLUE_OTIMES] = "\u2297",      [HG_GLUE_DOT] = ".",        [HG_GLUE_AT] = "@",
		[HG_GLUE_DIV] = "/",
	};
	for (size_t i = 0; i < e->nkids; i++) {
		if (i)
			hg_mathml_operator(w, sign[e->glue ? e->glue[i - 1] : HG_GLUE_NONE]);
		hg_mathml_fenced(w, e->kid[i], hg_mathml_is_sum(e->kid[i]) || e->kid[i]->op == HG_OP_PRODUCT);
	}
}

/* The sign with its limits, then the body. Kids: body, index or condition, lower, upper. */
void hg_mathml_big(hg_mathml *w, const hg_expr *e, const char *sign)
{
	static const char *const element[] = {NULL, NULL, "munder", "munder", "munderover"};
	const char *around = element[e->nkids < 4 ? e->nkids : 4];
	if (around)
		hg_markup_open(w->m, around);
	hg_markup_open(w->m, "mo");
	hg_markup_attr(w->m, "largeop", "true");
	hg_markup_text(w->m, sign);
	close_element(w);
	if (around) {
		open_row(w);
		hg_mathml_row(w, e->kid[1]);
		if (e->nkids > 2) {
			hg_mathml_operator(w, "=");
			hg_mathml_row(w, e->kid[2]);
		}
		close_element(w);
		if (e->nkids > 3)
			hg_mathml_row(w, e->kid[3]);
		close_element(w);
	}
	hg_mathml_fenced(w, e->kid[0], hg_mathml_is_sum(e->kid[0]));
}

/* ---- functions and derivatives ------------------------------------------------------------------------------ */

void hg_mathml_list(hg_mathml *w, hg_expr *const *kid, size_t n, const char *open, const char *close)
{
	bool tall = false;
	for (size_t i = 0; i < n; i++)
		tall |= hg_mathml_is_tall(kid[i]);
	hg_mathml_fence(w, open, tall);
	for (size_t i = 0; i < n; i++) {
		if (i)
			hg_mathml_operator(w, ",");
		hg_mathml_row(w, kid[i]);
	}
	hg_mathml_fence(w, close, tall);
}

void hg_mathml_call(hg_mathml *w, const hg_expr *e)
{
	hg_mathml_row(w, e->kid[0]);
	hg_mathml_operator(w, APPLY);
	const hg_expr *only = e->nkids == 2 ? e->kid[1] : NULL;
	bool bare = only && (only->bracketed || has_own_fence(only)); /* else in brackets, so that log(a)b is not log(ab) */
	if (bare)
		hg_mathml_row(w, only);
	else
		hg_mathml_list(w, e->kid + 1, e->nkids - 1, "(", ")");
}

static const char *differential(hg_str word)
{
	return hg_str_is(word, "d") ? "d" : hg_str_is(word, "delta") ? "\u03B4" : "\u2202";
}

static void put_differential(hg_mathml *w, const char *sign, const hg_expr *of)
{
	open_row(w);
	hg_markup_open(w->m, "mi");
	hg_markup_attr(w->m, "mathvariant", strcmp(sign, "d") == 0 ? NULL : "normal");
	hg_markup_text(w->m, sign);
	close_element(w);
	if (of)
		hg_mathml_fenced(w, of, hg_mathml_is_sum(of));
	close_element(w);
}

void hg_mathml_derivative(hg_mathml *w, const hg_expr *e)
{
	if (hg_str_is(e->word, "nabla")) {
		if (e->nkids > 1)
			hg_markup_open(w->m, "msub");
		hg_markup_open(w->m, "mi");
		hg_markup_attr(w->m, "mathvariant", "normal");
		hg_markup_text(w->m, "\u2207");
		close_element(w);
		if (e->nkids > 1) {
			hg_mathml_row(w, e->kid[1]);
			close_element(w);
		}
		hg_mathml_fenced(w, e->kid[0], hg_mathml_is_sum(e->kid[0]));
		return;
	}
	const char *sign = differential(e->word);
	if (e->nkids < 2) {
		put_differential(w, sign, e->kid[0]);
		return;
	}
	hg_markup_open(w->m, "mfrac");
	put_differential(w, sign, e->kid[0]);
	put_differential(w, sign, e->kid[1]);
	close_element(w);
}

void hg_mathml_derivative_operator(hg_mathml *w, const hg_expr *e)
{
	const char *sign = differential(e->word);
	hg_markup_open(w->m, "mfrac");
	put_differential(w, sign, NULL);
	put_differential(w, sign, e->kid[0]);
	close_element(w);
}

/* base and script inside one element, as in <msup>. */
void hg_mathml_scripted(hg_mathml *w, const char *element, const hg_expr *base, const hg_expr *script, const char *sign)
{
	hg_markup_open(w->m, element);
	hg_mathml_fenced(w, base, is_wide(base) && base->op != HG_OP_CALL);
	if (script) {
		hg_mathml_row(w, script);
	} else {
		hg_markup_open(w->m, "mi");
		hg_markup_attr(w->m, "mathvariant", "normal");
		hg_markup_text(w->m, sign);
		close_element(w);
	}
	close_element(w);
}
