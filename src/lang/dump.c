/* What --dump=tokens and --dump=tree show. */
#include "lang/print/print.h"
#include "lang/reader.h"
#include "lang/statement.h"

static const char *const relations[] = {"", "=", ":=", "<-", "~", "=>", "propto", "compare", "in", "other"};

static void place_out(const hg_doc *doc, hg_span span, hg_buf *out)
{
	hg_place at = hg_source_place(doc->source, span.at);
	if (at.cell)
		hg_buf_print(out, "cell %zu ", at.cell);
	hg_buf_print(out, "%zu:%zu", at.line, at.column);
}

static void words_out(const char *what, hg_str words, hg_buf *out)
{
	if (words.n == 0)
		return;
	hg_buf_print(out, "    %s: ", what);
	for (size_t i = 0; i < words.n; i++)
		hg_buf_char(out, (unsigned char)words.p[i] < 0x20 ? ' ' : words.p[i]);
	hg_buf_char(out, '\n');
}

static void side_out(const hg_statements *said, const hg_side *side, hg_buf *out)
{
	hg_buf_print(out, "  %-2s ", relations[side->rel]);
	if (side->e)
		hg_print_tree(side->e, out);
	else
		hg_buf_text(out, "(unread)");
	hg_buf_char(out, '\n');
	words_out("reason", side->reason, out);
	(void)said;
}

void hg_statements_dump(const hg_statements *said, hg_buf *out)
{
	for (size_t i = 0; i < said->n; i++) {
		const hg_statement *s = &said->at[i];
		hg_buf_print(out, "%zu ", s->id);
		place_out(said->doc, s->span, out);
		hg_buf_print(out, "%s%s%s\n", s->continues ? " continues" : "", s->unary_claim ? " result" : "",
		             s->in_reason ? " reminder" : "");
		for (size_t k = 0; k < s->nsides; k++)
			side_out(said, &s->side[k], out);
		words_out("where", s->where, out);
		if (s->unread.n) {
			hg_buf_text(out, "    unread ");
			place_out(said->doc, s->unread, out);
			hg_buf_print(out, ": %s\n", s->unread_text);
		}
	}
	for (size_t i = 0; i < said->nnotes; i++) {
		hg_buf_text(out, "note ");
		place_out(said->doc, said->note[i].span, out);
		hg_buf_print(out, " %s: %s\n", said->note[i].code, said->note[i].text);
	}
}
