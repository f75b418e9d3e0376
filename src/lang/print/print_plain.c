/* A tree on one line, for people: dJ/dW1 = (1/m) dZ1 X^T. */
#include "lang/print/printer.h"

#include <string.h>

static void inside(const hg_expr *e, hg_buf *out);
static void indices(const hg_expr *e, hg_buf *out);

static void at(const hg_expr *e, hg_binding least, hg_buf *out)
{
	while (e->op == HG_OP_BOX || e->op == HG_OP_BRACE) /* marks for the eye */
		e = e->kid[0];
	bool own = e->op == HG_OP_LIST || e->op == HG_OP_MATRIX;
	bool brackets = hg_binding_of(e) < least || (e->bracketed && !own && hg_binding_of(e) < HG_BINDS_PREFIX);
	brackets = brackets || (e->nindex && hg_binding_of(e) < HG_BINDS_FACTOR);
	hg_buf_text(out, brackets ? "(" : "");
	inside(e, out);
	hg_buf_text(out, brackets ? ")" : "");
	indices(e, out);
}

static void items(const hg_expr *e, size_t from, size_t to, const char *between, hg_buf *out)
{
	for (size_t i = from; i < to; i++) {
		hg_buf_text(out, i > from ? between : "");
		at(e->kid[i], HG_BINDS_CONDITION, out);
	}
}

static bool is_layer(const hg_index *index) { return index->style == HG_INDEX_BRACKET && index->e->op == HG_OP_NUM; }

static void index_out(const hg_index *index, hg_buf *out)
{
	bool round = index->style == HG_INDEX_PAREN, square = index->style == HG_INDEX_BRACKET;
	bool several = index->e->op == HG_OP_LIST && index->e->nkids > 1;
	bool wide = !round && !square && (several || hg_binding_of(index->e) < HG_BINDS_FACTOR);
	hg_buf_text(out, round ? "(" : square ? "[" : index->sup ? "^" : "_");
	hg_buf_text(out, wide ? "{" : "");
	if (index->e->op == HG_OP_LIST)
		items(index->e, 0, index->e->nkids, ",", out);
	else
		at(index->e, HG_BINDS_CONDITION, out);
	hg_buf_text(out, wide ? "}" : "");
	hg_buf_text(out, round ? ")" : square ? "]" : "");
}

/* A layer's number is glued to the name (W1_jk), the other indices keep their brackets. */
static void indices(const hg_expr *e, hg_buf *out)
{
	for (size_t i = 0; i < e->nindex; i++)
		if (is_layer(&e->index[i]))
			hg_buf_str(out, e->index[i].e->name);
	for (size_t i = 0; i < e->nindex; i++)
		if (!is_layer(&e->index[i]))
			index_out(&e->index[i], out);
}

static void name(const hg_expr *e, hg_buf *out)
{
	static const struct {
		unsigned accent;
		const char *word;
	} accents[] = {{HG_HAT, "hat"}, {HG_BAR, "bar"}, {HG_TILDE, "tilde"}, {HG_DOT_ABOVE, "dot"}, {HG_CHECK, "check"}};
	hg_buf_str(out, hg_expr_spelling(e));
	for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
		if (e->accent & accents[i].accent)
			hg_buf_text(out, accents[i].word);
}

static void sum(const hg_expr *e, hg_buf *out)
{
	for (size_t i = 0; i < e->nkids; i++) {
		const hg_expr *term = e->kid[i];
		bool minus = term->op == HG_OP_NEG;
		hg_buf_text(out, minus ? (i ? " - " : "-") : i ? " + " : "");
		at(minus ? term->kid[0] : term, HG_BINDS_PRODUCT, out);
	}
}

static void product(const hg_expr *e, hg_buf *out)
{
	static const char *const glues[] = {
		[HG_GLUE_NONE] = " ",   [HG_GLUE_CDOT] = " * ", [HG_GLUE_TIMES] = " * ",     [HG_GLUE_STAR] = " * ", [HG_GLUE_ODOT] = " \u2299 ",
		[HG_GLUE_CIRC] = " \u2218 ", [HG_GLUE_DOT] = " . ",  [HG_GLUE_OTIMES] = " \u2297 ", [HG_GLUE_AT] = " @ ",   [HG_GLUE_DIV] = "/",
	};
	for (size_t i = 0; i < e->nkids; i++) {
		hg_buf_text(out, i ? glues[e->glue[i - 1]] : "");
		bool fraction = e->kid[i]->op == HG_OP_FRAC && !e->kid[i]->bracketed;
		hg_buf_text(out, fraction ? "(" : "");
		at(e->kid[i], i + 1 == e->nkids ? HG_BINDS_PREFIX : HG_BINDS_FACTOR, out);
		hg_buf_text(out, fraction ? ")" : "");
	}
}

static void quotient(const hg_expr *above, const char *sign, const hg_expr *below, hg_buf *out)
{
	hg_buf_text(out, sign);
	if (above)
		at(above, above->op == HG_OP_FRAC ? HG_BINDS_FACTOR + 1 : HG_BINDS_FACTOR, out);
	hg_buf_print(out, "/%s", sign);
	at(below, below->op == HG_OP_FRAC ? HG_BINDS_FACTOR + 1 : HG_BINDS_FACTOR, out);
}

static void derivative(const hg_expr *e, hg_buf *out)
{
	if (e->op == HG_OP_DERIV && e->nkids == 1 && hg_str_is(e->word, HG_L_DIFFERENTIAL)) { /* d(X Y) */
		hg_buf_text(out, HG_L_DIFFERENTIAL "(");
		at(e->kid[0], HG_BINDS_CONDITION, out);
		hg_buf_text(out, ")");
		return;
	}
	if (!hg_str_is(e->word, HG_L_NABLA)) {
		quotient(e->op == HG_OP_DERIV ? e->kid[0] : NULL, "d", e->kid[e->op == HG_OP_DERIV], out);
		return;
	}
	const hg_expr *variable = e->op == HG_OP_DERIV_OP ? e->kid[0] : e->nkids > 1 ? e->kid[1] : NULL;
	hg_buf_text(out, "grad");
	if (variable) {
		hg_buf_text(out, "_");
		at(variable, HG_BINDS_FACTOR, out);
	}
	hg_buf_text(out, " ");
	if (e->op == HG_OP_DERIV)
		at(e->kid[0], HG_BINDS_FACTOR, out);
}

static void big(const hg_expr *e, hg_buf *out)
{
	hg_buf_text(out, e->op == HG_OP_SUM ? "sum" : "prod");
	if (e->nkids > 1 && !hg_is_nothing(e->kid[1])) {
		hg_buf_text(out, "[");
		at(e->kid[1], HG_BINDS_CONDITION, out);
		if (e->nkids > 2 && !hg_is_nothing(e->kid[2])) {
			hg_buf_text(out, "=");
			at(e->kid[2], HG_BINDS_SUM, out);
		}
		if (e->nkids > 3) {
			hg_buf_text(out, "..");
			at(e->kid[3], HG_BINDS_SUM, out);
		}
		hg_buf_text(out, "]");
	}
	hg_buf_text(out, " ");
	at(e->kid[0], HG_BINDS_PRODUCT, out);
}

static void cases(const hg_expr *e, hg_buf *out)
{
	for (size_t i = 0; i + 1 < e->nkids; i += 2) {
		hg_buf_text(out, i ? "; " : "{");
		at(e->kid[i], HG_BINDS_CONDITION, out);
		hg_buf_text(out, e->kid[i + 1]->op == HG_OP_TEXT ? " " : " if ");
		at(e->kid[i + 1], HG_BINDS_CONDITION, out);
	}
	hg_buf_text(out, "}");
}

static void matrix(const hg_expr *e, hg_buf *out)
{
	hg_buf_text(out, "[");
	for (size_t i = 0; i < e->rows; i++) {
		hg_buf_text(out, i ? "; " : "");
		items(e, i * e->cols, (i + 1) * e->cols, ", ", out);
	}
	hg_buf_text(out, "]");
}

static void wrapped(const char *before, const hg_expr *e, const char *after, hg_buf *out)
{
	hg_buf_text(out, before);
	at(e, HG_BINDS_CONDITION, out);
	hg_buf_text(out, after);
}

static void comparison(const hg_expr *e, hg_buf *out)
{
	at(e->kid[0], HG_BINDS_SUM, out);
	hg_buf_print(out, " %.*s ", HG_STR_ARG(e->word));
	at(e->kid[1], HG_BINDS_SUM, out);
}

static void behind(const hg_expr *e, const char *mark, hg_buf *out)
{
	const hg_expr *operand = e->kid[0];
	bool open = operand->op == HG_OP_FRAC || operand->op == HG_OP_DERIV;
	at(operand, open ? HG_BINDS_FACTOR + 1 : HG_BINDS_FACTOR, out);
	hg_buf_text(out, mark);
	if (e->op == HG_OP_POW)
		at(e->kid[1], HG_BINDS_FACTOR, out);
}

static void inside(const hg_expr *e, hg_buf *out)
{
	switch (e->op) {
	case HG_OP_NUM: hg_buf_str(out, e->name); break;
	case HG_OP_NAME: name(e, out); break;
	case HG_OP_TEXT: hg_buf_str(out, e->name); break;
	case HG_OP_NEG: hg_buf_text(out, "-"); at(e->kid[0], HG_BINDS_PRODUCT, out); break;
	case HG_OP_SUM_OF: sum(e, out); break;
	case HG_OP_PLUSMINUS: at(e->kid[0], HG_BINDS_SUM, out); hg_buf_text(out, " +- "); at(e->kid[1], HG_BINDS_PRODUCT, out); break;
	case HG_OP_PRODUCT: product(e, out); break;
	case HG_OP_FRAC: quotient(e->kid[0], "", e->kid[1], out); break;
	case HG_OP_POW: behind(e, "^", out); break;
	case HG_OP_TRANSPOSE: behind(e, "^T", out); break;
	case HG_OP_INVERSE: behind(e, "^-1", out); break;
	case HG_OP_PRIME: behind(e, "'", out); break;
	case HG_OP_SQRT: wrapped("sqrt(", e->kid[0], ")", out); break;
	case HG_OP_CALL: at(e->kid[0], HG_BINDS_FACTOR, out); hg_buf_text(out, "("); items(e, 1, e->nkids, ", ", out); hg_buf_text(out, ")"); break;
	case HG_OP_KWARG: hg_buf_str(out, e->word); wrapped("=", e->kid[0], "", out); break;
	case HG_OP_DERIV: case HG_OP_DERIV_OP: derivative(e, out); break;
	case HG_OP_EVAL_AT: wrapped("", e->kid[0], " at ", out); wrapped("", e->kid[1], "", out); break;
	case HG_OP_SUM: case HG_OP_PROD: big(e, out); break;
	case HG_OP_CASES: cases(e, out); break;
	case HG_OP_INDICATOR: wrapped("1{", e->kid[0], "}", out); break;
	case HG_OP_MATRIX: matrix(e, out); break;
	case HG_OP_LIST: hg_buf_text(out, "("); items(e, 0, e->nkids, ", ", out); hg_buf_text(out, ")"); break;
	case HG_OP_ABS: wrapped("|", e->kid[0], "|", out); break;
	case HG_OP_NORM: wrapped("||", e->kid[0], "||", out); break;
	case HG_OP_COMPARE: comparison(e, out); break;
	case HG_OP_AND: items(e, 0, e->nkids, " and ", out); break;
	case HG_OP_BOX: case HG_OP_BRACE: at(e->kid[0], HG_BINDS_CONDITION, out); break;
	case HG_OP_CANCEL: wrapped("~", e->kid[0], "~", out); break;
	case HG_OP_ELLIPSIS: hg_buf_text(out, "..."); break;
	case HG_OP_SLICE: at(e->kid[0], HG_BINDS_FACTOR, out); hg_buf_text(out, "["); items(e, 1, e->nkids, ", ", out); hg_buf_text(out, "]"); break;
	case HG_OP_COLON: hg_buf_text(out, ":"); break;
	case HG_NOPS: break;
	}
}

void hg_print_plain(const hg_expr *e, hg_buf *out) { at(e, HG_BINDS_CONDITION, out); }

const char *hg_plain_of(const hg_expr *e, hg_arena *arena)
{
	hg_buf out = {0};
	if (e)
		hg_print_plain(e, &out);
	const char *text = out.failed || !e ? NULL : hg_arena_copy(arena, out.p ? out.p : "", out.n);
	hg_buf_free(&out);
	return text;
}
