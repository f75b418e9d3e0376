/* A tree to LaTeX that reads back as an equal tree. Decorations of names are in print_latex_name.c. */
#include "lang/print/print_latex.h"

#include <string.h>

hg_binding hg_binding_of(const hg_expr *e)
{
	switch (e->op) {
	case HG_OP_COMPARE: case HG_OP_AND: case HG_OP_KWARG:
		return HG_BINDS_CONDITION;
	case HG_OP_SUM_OF: case HG_OP_PLUSMINUS: case HG_OP_NEG:
		return HG_BINDS_SUM;
	case HG_OP_PRODUCT:
		return HG_BINDS_PRODUCT;
	case HG_OP_SUM: case HG_OP_PROD: case HG_OP_DERIV_OP:
		return HG_BINDS_PREFIX;
	default:
		return HG_BINDS_FACTOR;
	}
}

bool hg_is_nothing(const hg_expr *e) { return e->op == HG_OP_LIST && e->nkids == 0; }

bool hg_is_decoration(const hg_expr *e)
{
	return e->op == HG_OP_TRANSPOSE || e->op == HG_OP_PRIME || e->op == HG_OP_POW || e->op == HG_OP_INVERSE;
}

static void in_brackets(const hg_expr *e, hg_buf *out)
{
	hg_buf_text(out, "\\left(");
	hg_latex_inside(e, out);
	hg_buf_text(out, "\\right)");
}

/* What brings its own brackets, or is one sign. */
static bool is_closed(const hg_expr *e)
{
	switch (e->op) {
	case HG_OP_LIST: case HG_OP_MATRIX: case HG_OP_ABS: case HG_OP_NORM: case HG_OP_BOX: case HG_OP_CANCEL: case HG_OP_TEXT:
	case HG_OP_NUM: case HG_OP_INDICATOR:
		return true;
	default:
		return false;
	}
}

void hg_latex_at(const hg_expr *e, hg_binding least, hg_buf *out)
{
	bool name = e->op == HG_OP_NAME || e->op == HG_OP_CALL || e->op == HG_OP_SLICE; /* these write their indices */
	bool own = e->op == HG_OP_LIST || e->op == HG_OP_MATRIX;
	bool indexed = e->nindex && !name;
	if ((e->bracketed && !own) || hg_binding_of(e) < least || (indexed && !is_closed(e)))
		in_brackets(e, out);
	else
		hg_latex_inside(e, out);
	if (indexed)
		hg_latex_indices(e, out);
}

static void items(const hg_expr *e, size_t from, const char *between, hg_buf *out)
{
	for (size_t i = from; i < e->nkids; i++) {
		if (i > from)
			hg_buf_text(out, between);
		hg_latex_at(e->kid[i], HG_BINDS_CONDITION, out);
	}
}

void hg_latex_list(const hg_expr *e, size_t from, hg_buf *out) { items(e, from, ", ", out); }

static void sum(const hg_expr *e, hg_buf *out)
{
	for (size_t i = 0; i < e->nkids; i++) {
		const hg_expr *term = e->kid[i];
		bool minus = term->op == HG_OP_NEG;
		hg_buf_text(out, minus ? (i ? " - " : "-") : i ? " + " : "");
		hg_latex_at(minus ? term->kid[0] : term, HG_BINDS_PRODUCT, out);
	}
}

static const char *const glues[] = {
	[HG_GLUE_NONE] = " ",         [HG_GLUE_CDOT] = " \\cdot ", [HG_GLUE_TIMES] = " \\times ", [HG_GLUE_STAR] = " * ",
	[HG_GLUE_ODOT] = " \\odot ", [HG_GLUE_CIRC] = " \\circ ", [HG_GLUE_OTIMES] = " \\otimes ", [HG_GLUE_DOT] = " . ",
	[HG_GLUE_AT] = " @ ",         [HG_GLUE_DIV] = " / ",
};

/* A bracket of ours behind a name must not read as a call of it: {\left(..\right)}. */
static void factor(const hg_expr *e, bool last, bool behind_name, hg_buf *out)
{
	bool open = hg_binding_of(e) < (last ? HG_BINDS_PREFIX : HG_BINDS_FACTOR);
	bool shielded = open && !e->bracketed && behind_name;
	hg_buf_text(out, shielded ? "{" : "");
	hg_latex_at(e, last ? HG_BINDS_PREFIX : HG_BINDS_FACTOR, out);
	hg_buf_text(out, shielded ? "}" : "");
}

static bool ends_in_name(const hg_expr *e)
{
	while (!e->bracketed && hg_is_decoration(e))
		e = e->kid[0];
	return e->op == HG_OP_NAME || e->op == HG_OP_DERIV;
}

static void product(const hg_expr *e, hg_buf *out)
{
	for (size_t i = 0; i < e->nkids; i++) {
		bool juxtaposed = i && e->glue[i - 1] == HG_GLUE_NONE;
		if (i)
			hg_buf_text(out, glues[e->glue[i - 1]]);
		bool d = e->kid[i]->op == HG_OP_NAME && hg_str_is(e->kid[i]->name, HG_L_DIFFERENTIAL) && !e->kid[i]->nindex;
		hg_buf_text(out, d ? "{" : "");
		factor(e->kid[i], i + 1 == e->nkids, juxtaposed && ends_in_name(e->kid[i - 1]), out);
		hg_buf_text(out, d ? "}" : "");
	}
}

static void derivative(const hg_expr *e, hg_buf *out)
{
	if (e->op == HG_OP_DERIV && e->nkids == 1 && hg_str_is(e->word, HG_L_DIFFERENTIAL)) { /* d(X Y) */
		hg_buf_text(out, "d");
		in_brackets(e->kid[0], out);
		return;
	}
	if (hg_str_is(e->word, HG_L_NABLA)) {
		const hg_expr *variable = e->op == HG_OP_DERIV_OP ? e->kid[0] : e->nkids > 1 ? e->kid[1] : NULL;
		hg_buf_text(out, "\\nabla");
		if (variable) {
			hg_buf_text(out, "_{");
			hg_latex_at(variable, HG_BINDS_CONDITION, out);
			hg_buf_text(out, "}");
		}
		hg_buf_text(out, " ");
		if (e->op == HG_OP_DERIV)
			hg_latex_at(e->kid[0], HG_BINDS_FACTOR, out);
		return;
	}
	const char *sign = hg_str_is(e->word, HG_L_DIFFERENTIAL) ? "d " : hg_str_is(e->word, HG_L_SIGNAL) ? "\\delta " : "\\partial ";
	hg_buf_print(out, "\\frac{%s", sign);
	if (e->op == HG_OP_DERIV)
		hg_latex_at(e->kid[0], HG_BINDS_FACTOR, out);
	hg_buf_print(out, "}{%s", sign);
	hg_latex_at(e->kid[e->op == HG_OP_DERIV], HG_BINDS_FACTOR, out);
	hg_buf_text(out, "}");
}

static void big(const hg_expr *e, hg_buf *out)
{
	const hg_expr *index = e->nkids > 1 ? e->kid[1] : NULL, *lower = e->nkids > 2 ? e->kid[2] : NULL;
	hg_buf_text(out, e->op == HG_OP_SUM ? "\\sum" : "\\prod");
	if (index && !hg_is_nothing(index)) {
		hg_buf_text(out, "_{");
		hg_latex_script(index, out);
		if (lower && !hg_is_nothing(lower)) {
			hg_buf_text(out, " = ");
			hg_latex_at(lower, HG_BINDS_SUM, out);
		}
		hg_buf_text(out, "}");
	}
	if (e->nkids > 3) {
		hg_buf_text(out, "^{");
		hg_latex_script(e->kid[3], out);
		hg_buf_text(out, "}");
	}
	hg_buf_text(out, " ");
	bool minus = e->kid[0]->op == HG_OP_NEG && !e->kid[0]->bracketed;
	hg_buf_text(out, minus ? "-" : "");
	hg_latex_at(minus ? e->kid[0]->kid[0] : e->kid[0], HG_BINDS_PRODUCT, out);
}

static void relation(hg_str word, hg_buf *out)
{
	static const struct {
		const char *word, *latex;
	} signs[] = {{"<=", "\\leq"}, {">=", "\\geq"}, {"!=", "\\neq"}};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (hg_str_is(word, signs[i].word)) {
			hg_buf_print(out, " %s ", signs[i].latex);
			return;
		}
	bool letters = word.n && ((word.p[0] | 0x20) >= 'a' && (word.p[0] | 0x20) <= 'z');
	hg_buf_print(out, letters ? " \\%.*s " : " %.*s ", HG_STR_ARG(word));
}

static void comparison(const hg_expr *e, hg_buf *out)
{
	hg_latex_at(e->kid[0], HG_BINDS_SUM, out);
	relation(e->word, out);
	hg_latex_at(e->kid[1], HG_BINDS_SUM, out);
}

/* a < b < c */
static void conjunction(const hg_expr *e, hg_buf *out)
{
	comparison(e->kid[0], out);
	for (size_t i = 1; i < e->nkids; i++) {
		relation(e->kid[i]->word, out);
		hg_latex_at(e->kid[i]->kid[1], HG_BINDS_SUM, out);
	}
}

static void rows(const hg_expr *e, const char *environment, size_t cols, hg_buf *out)
{
	hg_buf_print(out, "\\begin{%s} ", environment);
	for (size_t i = 0; i < e->nkids; i++) {
		if (i)
			hg_buf_text(out, i % cols ? " & " : " \\\\ ");
		if (!hg_is_nothing(e->kid[i]))
			hg_latex_at(e->kid[i], HG_BINDS_CONDITION, out);
	}
	hg_buf_print(out, " \\end{%s}", environment);
}

static void wrapped(const char *before, const hg_expr *e, const char *after, hg_buf *out)
{
	hg_buf_text(out, before);
	hg_latex_at(e, HG_BINDS_CONDITION, out);
	hg_buf_text(out, after);
}

static void labelled(const hg_expr *e, hg_buf *out)
{
	bool over = hg_str_is(e->word, "overbrace");
	wrapped(over ? "\\overbrace{" : "\\underbrace{", e->kid[0], over ? "}^{" : "}_{", out);
	hg_latex_script(e->kid[1], out);
	hg_buf_text(out, "}");
}

static void words(const hg_expr *e, hg_buf *out)
{
	if (hg_str_is(e->word, "raw"))
		hg_buf_str(out, e->name);
	else
		hg_buf_print(out, "\\text{%.*s}", HG_STR_ARG(e->name));
}

static void keyword(const hg_expr *e, hg_buf *out)
{
	hg_buf_print(out, "\\text{%.*s}=", HG_STR_ARG(e->word));
	hg_latex_at(e->kid[0], HG_BINDS_SUM, out);
}

static void root(const hg_expr *e, hg_buf *out)
{
	hg_buf_text(out, "\\sqrt");
	if (e->nkids > 1)
		wrapped("[", e->kid[1], "]", out);
	wrapped("{", e->kid[0], "}", out);
}

/* Without brackets, whatever its flag says; the indices of what is no name stand behind them. */
void hg_latex_inside(const hg_expr *e, hg_buf *out)
{
	switch (e->op) {
	case HG_OP_NUM: hg_buf_str(out, e->name); break;
	case HG_OP_TEXT: words(e, out); break;
	case HG_OP_NEG: hg_buf_text(out, "-"); hg_latex_at(e->kid[0], HG_BINDS_PRODUCT, out); break;
	case HG_OP_SUM_OF: sum(e, out); break;
	case HG_OP_PLUSMINUS:
		hg_latex_at(e->kid[0], HG_BINDS_SUM, out);
		hg_buf_text(out, " \\pm ");
		hg_latex_at(e->kid[1], HG_BINDS_PRODUCT, out);
		break;
	case HG_OP_PRODUCT: product(e, out); break;
	case HG_OP_FRAC:
		wrapped("\\frac{", e->kid[0], "}{", out);
		wrapped("", e->kid[1], "}", out);
		break;
	case HG_OP_SQRT: root(e, out); break;
	case HG_OP_KWARG: keyword(e, out); break;
	case HG_OP_DERIV: case HG_OP_DERIV_OP: derivative(e, out); break;
	case HG_OP_EVAL_AT:
		wrapped("\\left. ", e->kid[0], " \\right|_{", out);
		hg_latex_script(e->kid[1], out);
		hg_buf_text(out, "}");
		break;
	case HG_OP_SUM: case HG_OP_PROD: big(e, out); break;
	case HG_OP_CASES: rows(e, "cases", 2, out); break;
	case HG_OP_INDICATOR: wrapped("\\mathbb{1}_{", e->kid[0], "}", out); break;
	case HG_OP_MATRIX: rows(e, "bmatrix", e->cols, out); break;
	case HG_OP_LIST: hg_buf_text(out, "("); items(e, 0, ", ", out); hg_buf_text(out, ")"); break;
	case HG_OP_ABS: wrapped("\\left| ", e->kid[0], " \\right|", out); break;
	case HG_OP_NORM:
		wrapped("\\left\\| ", e->kid[0], " \\right\\|", out);
		if (e->nkids > 1) {
			hg_buf_text(out, "_{");
			hg_latex_script(e->kid[1], out);
			hg_buf_text(out, "}");
		}
		break;
	case HG_OP_COMPARE: comparison(e, out); break;
	case HG_OP_AND: conjunction(e, out); break;
	case HG_OP_BOX: wrapped(hg_str_is(e->word, "underline") ? "\\underline{" : "\\boxed{", e->kid[0], "}", out); break;
	case HG_OP_BRACE: labelled(e, out); break;
	case HG_OP_CANCEL: wrapped("\\cancel{", e->kid[0], "}", out); break;
	case HG_OP_ELLIPSIS: hg_buf_print(out, "\\%.*s", HG_STR_ARG(e->name)); break;
	case HG_OP_COLON: hg_buf_text(out, ":"); break;
	default: hg_latex_decorated(e, out); break;
	}
}

void hg_print_latex(const hg_expr *e, hg_buf *out) { hg_latex_at(e, HG_BINDS_CONDITION, out); }
