#include "lang/print/print.h"

static void index_out(const hg_index *index, hg_buf *out)
{
	static const char *const style[] = {"", "[", "(", "{"};
	hg_buf_print(out, " %s%s", index->sup ? "^" : "_", style[index->style]);
	hg_print_tree(index->e, out);
}

static void accents_out(unsigned accent, hg_buf *out)
{
	static const char *const names[] = {"hat", "bar", "tilde", "dot", "bold", "cal", "vec", "bb", "check"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (accent & (1u << i))
			hg_buf_print(out, " %s", names[i]);
}

static const char *glue_text(hg_glue glue)
{
	static const char *const text[] = {"", "cdot", "times", "*", "odot", "circ", "otimes", ".", "@", "/"};
	return text[glue];
}

void hg_print_tree(const hg_expr *e, hg_buf *out)
{
	hg_buf_print(out, "(%s", hg_op_name(e->op));
	if (e->name.n)
		hg_buf_print(out, " %.*s", HG_STR_ARG(e->name));
	accents_out(e->accent, out);
	if (e->word.n)
		hg_buf_print(out, " :%.*s", HG_STR_ARG(e->word));
	if (e->op == HG_OP_MATRIX)
		hg_buf_print(out, " %zux%zu", e->rows, e->cols);
	for (size_t i = 0; i < e->nindex; i++)
		index_out(&e->index[i], out);
	for (size_t i = 0; i < e->nkids; i++) {
		hg_buf_print(out, " %s", i && e->glue ? glue_text(e->glue[i - 1]) : "");
		if (i && e->glue && e->glue[i - 1] != HG_GLUE_NONE)
			hg_buf_char(out, ' ');
		hg_print_tree(e->kid[i], out);
	}
	hg_buf_char(out, ')');
}
