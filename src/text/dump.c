#include "text/doc.h"

/* On one line, whatever it holds. */
static void add_line(hg_buf *out, hg_str text)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if (c == '\n')
			hg_buf_text(out, "\\n");
		else if (c < 0x20 || c == 0x7f)
			hg_buf_char(out, ' ');
		else
			hg_buf_char(out, text.p[i]);
	}
}

void hg_doc_dump(const hg_doc *doc, hg_buf *out)
{
	for (size_t i = 0; i < doc->nstretches; i++) {
		const hg_stretch *st = &doc->stretch[i];
		hg_place at = hg_source_place(doc->source, st->span.at);
		if (at.cell)
			hg_buf_print(out, "cell %zu ", at.cell);
		hg_buf_print(out, "%zu:%zu %s", at.line, at.column, hg_stretch_kind_text(st->kind));
		if (st->environment.n)
			hg_buf_print(out, " %.*s", HG_STR_ARG(st->environment));
		if (st->table_cell)
			hg_buf_print(out, " cell(%zu,%zu)", st->row, st->column);
		hg_buf_text(out, st->struck ? " struck: " : ": ");
		add_line(out, hg_doc_text(doc, st->span));
		hg_buf_char(out, '\n');
	}
	for (size_t i = 0; i < doc->nnotes; i++) {
		hg_place at = hg_source_place(doc->source, doc->note[i].span.at);
		hg_buf_print(out, "note %zu:%zu %s: %s\n", at.line, at.column, doc->note[i].code, doc->note[i].text);
	}
}
