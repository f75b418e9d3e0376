/* A formula with a slip undone, in the writer's own spelling: what did not change stands as it is written in the source,
 * what did is printed. It must read as the formula again, or it is printed as a whole. */
#include "slips/diagnose_parts.h"
#include "slips/repairs_edit.h"

#include "lang/print/print.h"
#include "lang/statement.h"

typedef struct spelling {
	const hg_search *in;
	const hg_expr *written; /* the side as it stands in the source */
	bool plain, code;       /* no LaTeX; the numpy dialect, where a transpose is .T */
} spelling;

static bool holds(const hg_expr *tree, const hg_expr *node)
{
	if (tree == node)
		return true;
	for (size_t k = 0; k < tree->nkids; k++)
		if (holds(tree->kid[k], node))
			return true;
	return false;
}

static bool reads_as(const spelling *s, hg_str text, const hg_expr *e)
{
	hg_expr *again = NULL;
	const char *trouble = NULL;
	return text.n && hg_parse_expression(text, s->plain, s->in->scratch, &again, &trouble) == HG_OK && again && hg_expr_equal(again, e);
}

/* A leaf that is printed as this text: a number is printed as it was written. */
static hg_expr *leaf(const spelling *s, const hg_expr *like, hg_str text)
{
	hg_expr *e = hg_expr_new(s->in->scratch, HG_OP_NUM, like->span, 0);
	if (e)
		e->name = text;
	return e;
}

static hg_expr *spelled(const spelling *s, const hg_expr *e);

/* A.T of A, in code. */
static hg_expr *code_transpose(const spelling *s, const hg_expr *e)
{
	hg_buf text = {0};
	hg_expr *of = spelled(s, e->kid[0]);
	if (of)
		hg_print_plain(of, &text);
	bool open = e->kid[0]->op == HG_OP_PRODUCT || e->kid[0]->op == HG_OP_SUM_OF;
	const char *turned = of && !text.failed ? hg_arena_print(s->in->scratch, open && !e->kid[0]->bracketed ? "(%.*s).T" : "%.*s.T",
	                                                         (int)text.n, text.p) : NULL;
	hg_buf_free(&text);
	return turned ? leaf(s, e, hg_str_of(turned)) : NULL;
}

/* A_1^T, A_1^2 of A_1; but of A^{[1]} it is not that, for LaTeX has one superscript, not two: (A^{[1]})^2. */
static hg_expr *raised(const spelling *s, const hg_expr *e)
{
	const hg_expr *of = e->kid[0];
	hg_str base = hg_source_text(s->in->source, of->span), up = e->op == HG_OP_POW ? e->kid[1]->name : HG_STR(HG_L_TRANSPOSED);
	bool plain = of->op == HG_OP_NAME && up.n == 1 && hg_str_find(base, HG_STR("^")) == (size_t)-1 && reads_as(s, base, of);
	const char *text = plain ? hg_arena_print(s->in->scratch, "%.*s^%.*s", HG_STR_ARG(base), HG_STR_ARG(up)) : NULL;
	if (!plain && e->op == HG_OP_POW && of->op == HG_OP_NAME && up.n == 1 && reads_as(s, base, of))
		text = hg_arena_print(s->in->scratch, "(%.*s)^%.*s", HG_STR_ARG(base), HG_STR_ARG(up));
	return text ? leaf(s, e, hg_str_of(text)) : hg_expr_copy(s->in->scratch, e);
}

/* A copy whose unchanged parts are leaves of their own text. NULL: out of memory. */
static hg_expr *spelled(const spelling *s, const hg_expr *e)
{
	hg_str text = hg_source_text(s->in->source, e->span);
	bool unchanged = e->op != HG_OP_NEG && holds(s->written, e); /* a sum looks for the sign of its terms */
	if (unchanged || (e->op == HG_OP_NAME && reads_as(s, text, e)))
		return leaf(s, e, text);
	if (!s->code && (e->op == HG_OP_TRANSPOSE || e->op == HG_OP_POW))
		return raised(s, e);
	if (s->code && e->op == HG_OP_TRANSPOSE)
		return code_transpose(s, e);
	hg_expr *copy = hg_expr_new(s->in->scratch, e->op, e->span, e->nkids);
	if (!copy)
		return NULL;
	hg_expr **kid = copy->kid;
	*copy = *e;
	copy->kid = kid;
	for (size_t k = 0; k < e->nkids; k++)
		if (!(kid[k] = spelled(s, e->kid[k])))
			return NULL;
	return copy;
}

const char *hg_search_respell(const hg_search *in, const hg_expr *tree, bool plain)
{
	const spelling s = {.in = in, .written = in->claim->right, .plain = plain, .code = hg_writes_code(in->claim->right)};
	hg_buf text = {0};
	hg_expr *own = in->source ? spelled(&s, tree) : NULL;
	if (own && plain)
		hg_print_plain(own, &text);
	else if (own)
		hg_print_latex(own, &text);
	bool good = own && !text.failed && reads_as(&s, hg_buf_slice(&text), tree);
	const char *said = good ? hg_arena_copy(in->arena, text.p, text.n) : NULL;
	hg_buf_free(&text);
	return said;
}
