/* LaTeX for names with accents and indices, and for what is written behind an operand. */
#include "lang/command.h"
#include "lang/function.h"
#include "lang/print/print_latex.h"

#include <string.h>

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* One letter with digits glued to it or not: z, z3. */
static bool is_plain_letter(hg_str name)
{
	for (size_t i = 1; i < name.n; i++)
		if (name.p[i] < '0' || name.p[i] > '9')
			return false;
	return name.n > 0 && is_letter(name.p[0]);
}

static void letters(hg_str name, hg_buf *out)
{
	hg_fn fn = hg_fn_find(name);
	bool one = name.n == 1 && !is_letter(name.p[0]);
	if (is_plain_letter(name) || one)
		hg_buf_str(out, name);
	else if (fn != HG_NFNS && hg_str_is(name, hg_fn_latex(fn) + (hg_fn_latex(fn)[0] == '\\')))
		hg_buf_print(out, "\\%.*s ", HG_STR_ARG(name));
	else if (hg_command_is_letter(name))
		hg_buf_print(out, "\\%.*s ", HG_STR_ARG(name));
	else
		hg_buf_print(out, "\\text{%.*s}", HG_STR_ARG(name));
}

static const struct {
	unsigned accent;
	const char *latex;
} accents[] = {
	{HG_HAT, "\\hat{"},   {HG_BAR, "\\bar{"},         {HG_TILDE, "\\tilde{"},       {HG_DOT_ABOVE, "\\dot{"}, {HG_VEC, "\\vec{"},
	{HG_CHECK, "\\check{"}, {HG_BOLD, "\\mathbf{"}, {HG_CALLIGRAPHIC, "\\mathcal{"}, {HG_BLACKBOARD, "\\mathbb{"},
};

static void accented(hg_str name, unsigned accent, hg_buf *out)
{
	size_t n = 0;
	for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
		if (accent & accents[i].accent) {
			hg_buf_text(out, accents[i].latex);
			n++;
		}
	letters(name, out);
	while (n--)
		hg_buf_char(out, '}');
}

/* dW, d\hat{y}, \partial z: the name of a gradient, its sign apart. */
static bool is_gradient(const hg_expr *e, hg_str rest)
{
	hg_str name = hg_expr_spelling(e);
	if (!hg_has_differential(name) || hg_command_is_letter(name) || hg_fn_find(name) != HG_NFNS)
		return false;
	return is_plain_letter(rest) || hg_command_is_letter(rest) || hg_str_is(e->word, HG_L_PARTIAL);
}

static void name(const hg_expr *e, hg_buf *out)
{
	hg_str own = hg_expr_spelling(e), rest = hg_str_part(own, 1, own.n);
	bool gradient = is_gradient(e, rest);
	if (gradient)
		hg_buf_text(out, hg_str_is(e->word, HG_L_PARTIAL) ? "\\partial " : "d");
	accented(gradient ? rest : own, e->accent, out);
}

void hg_latex_script(const hg_expr *e, hg_buf *out)
{
	if (e->op == HG_OP_LIST && e->nkids > 1)
		hg_latex_list(e, 0, out);
	else
		hg_latex_at(e, HG_BINDS_CONDITION, out);
}

/* ---- scripts ---- */

/* A superscript is kept open so that `[1](i)`, a transpose and a prime come to stand in one pair of braces. */
typedef struct scripts {
	hg_buf base;  /* all so far */
	bool open, used;
} scripts;

static void close_script(scripts *s)
{
	if (s->open)
		hg_buf_char(&s->base, '}');
	s->open = false;
}

static void open_superscript(scripts *s)
{
	if (s->open)
		return;
	if (s->used) { /* a second one: {x^{2}}^{T} */
		hg_buf whole = {0};
		hg_buf_char(&whole, '{');
		hg_buf_str(&whole, hg_buf_slice(&s->base));
		hg_buf_char(&whole, '}');
		hg_buf_free(&s->base);
		s->base = whole;
	}
	hg_buf_text(&s->base, "^{");
	s->open = s->used = true;
}

static bool is_word_index(const hg_expr *e)
{
	return e->op == HG_OP_TEXT || (e->op == HG_OP_NAME && e->name.n >= 3 && !hg_command_is_letter(e->name));
}

static void index_in(const hg_index *index, scripts *s)
{
	static const char *const opening[] = {"", "[", "(", "\\{"}, *const closing[] = {"", "]", ")", "\\}"};
	if (index->sup)
		open_superscript(s);
	else
		close_script(s);
	if (!index->sup && index->style == HG_INDEX_BARE)
		hg_buf_text(&s->base, "_{");
	hg_buf_text(&s->base, opening[index->style]);
	if (index->sup && index->style == HG_INDEX_BARE && index->e->op == HG_OP_TEXT && index->e->name.n == 1)
		hg_buf_str(&s->base, index->e->name);
	else
		hg_latex_script(index->e, &s->base);
	hg_buf_text(&s->base, closing[index->style]);
	if (!index->sup && index->style == HG_INDEX_BARE)
		hg_buf_char(&s->base, '}');
	else if (index->sup && index->style == HG_INDEX_BARE) {
		if (!is_word_index(index->e))
			hg_buf_char(&s->base, ',');
		close_script(s);
	}
}

static void indices_in(const hg_expr *e, scripts *s)
{
	for (size_t i = 0; i < e->nindex; i++)
		index_in(&e->index[i], s);
}

static void power_in(const hg_expr *e, scripts *s)
{
	const hg_expr *exponent = e->kid[1];
	if (s->open && exponent->op != HG_OP_NUM)
		close_script(s);
	bool behind = s->open;
	open_superscript(s);
	hg_buf_text(&s->base, behind ? " " : "");
	bool transposed = exponent->op == HG_OP_NAME && hg_str_is(exponent->name, HG_L_TRANSPOSED); /* not a transpose: bracketed */
	hg_buf_text(&s->base, transposed ? "{}" : "");
	hg_latex_at(exponent, HG_BINDS_CONDITION, &s->base);
	close_script(s);
}

static void decorated_in(const hg_expr *e, scripts *s);

static void operand_in(const hg_expr *e, scripts *s)
{
	if (hg_is_decoration(e) && !e->bracketed)
		decorated_in(e, s);
	else if (e->op == HG_OP_NAME && !e->bracketed) {
		name(e, &s->base);
		indices_in(e, s);
	} else if (e->op == HG_OP_CALL && !e->bracketed) {
		hg_latex_inside(e, &s->base);
	} else {
		hg_latex_at(e, e->op == HG_OP_FRAC || e->op == HG_OP_DERIV ? HG_BINDS_CONDITION : HG_BINDS_FACTOR, &s->base);
	}
}

static void decorated_in(const hg_expr *e, scripts *s)
{
	operand_in(e->kid[0], s);
	switch (e->op) {
	case HG_OP_TRANSPOSE:
		open_superscript(s);
		hg_buf_text(&s->base, "T");
		close_script(s);
		break;
	case HG_OP_PRIME:
		if (!s->open && !s->used) {
			hg_buf_text(&s->base, "'");
			break;
		}
		open_superscript(s);
		hg_buf_text(&s->base, "\\prime ");
		break;
	case HG_OP_INVERSE:
		open_superscript(s);
		hg_buf_text(&s->base, "-1");
		close_script(s);
		break;
	default:
		power_in(e, s);
		break;
	}
}

static void finish(scripts *s, hg_buf *out)
{
	close_script(s);
	hg_buf_str(out, hg_buf_slice(&s->base));
	out->failed = out->failed || s->base.failed;
	hg_buf_free(&s->base);
}

static void call(const hg_expr *e, hg_buf *out)
{
	const hg_expr *f = e->kid[0];
	if (f->op == HG_OP_NAME && hg_str_is(f->name, HG_L_DIFFERENTIAL) && f->word.n) { /* d(..), \partial(..) */
		hg_buf_text(out, hg_str_is(f->word, HG_L_PARTIAL) ? "\\partial {" : "d{");
		hg_latex_list(e, 1, out);
		hg_buf_text(out, "}");
	} else {
		hg_latex_at(f, HG_BINDS_FACTOR, out);
		hg_buf_text(out, "(");
		hg_latex_list(e, 1, out);
		hg_buf_text(out, ")");
	}
	hg_latex_indices(e, out);
}

static void slice(const hg_expr *e, hg_buf *out)
{
	hg_latex_at(e->kid[0], HG_BINDS_FACTOR, out);
	hg_buf_text(out, "[");
	hg_latex_list(e, 1, out);
	hg_buf_text(out, "]");
	hg_latex_indices(e, out);
}

void hg_latex_decorated(const hg_expr *e, hg_buf *out)
{
	scripts s = {0};
	if (e->op == HG_OP_CALL) {
		call(e, out);
	} else if (e->op == HG_OP_SLICE) {
		slice(e, out);
	} else if (hg_is_decoration(e)) {
		decorated_in(e, &s);
		finish(&s, out);
	} else {
		name(e, &s.base);
		indices_in(e, &s);
		finish(&s, out);
	}
}

void hg_latex_indices(const hg_expr *e, hg_buf *out)
{
	scripts s = {0};
	indices_in(e, &s);
	finish(&s, out);
}
