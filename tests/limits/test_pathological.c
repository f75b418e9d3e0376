/* Every pathological document, as large as the first argument says: read to its end or refused with one
 * sentence, in bounded memory; what is read lies inside the document and in its order. */
#include "../trap.h"
#include "pathological.h"

#include "lang/statement.h"

#include <string.h>

static size_t bytes = 100000;

START_TEST(document_is_read_in_bounded_memory)
{
	const pathological *p = &pathologies[_i];
	hg_buf buf = {0};
	hg_buf_text(&buf, p->head);
	size_t unit = strlen(p->unit);
	while (buf.n + unit + strlen(p->tail) <= bytes)
		hg_buf_add(&buf, p->unit, unit);
	hg_buf_text(&buf, p->tail);
	hg_arena *arena = hg_arena_new();
	hg_source source;
	hg_doc doc;
	const char *trouble;
	hg_status status = hg_source_of(p->path, hg_buf_slice(&buf), NULL, arena, &source, &trouble);
	hg_buf_free(&buf);
	if (status == HG_OK) {
		ck_assert_int_eq(hg_doc_scan(&source, arena, &doc), HG_OK);
		for (size_t i = 0, at = 0; i < doc.nstretches; i++) {
			hg_span span = doc.stretch[i].span, outer = doc.stretch[i].outer;
			ck_assert_uint_le(span.at + span.n, source.text.n);
			ck_assert_uint_le(outer.at, span.at);
			ck_assert_uint_ge(outer.at + outer.n, span.at + span.n);
			ck_assert_uint_ge(span.at, at);
			at = span.at;
		}
		hg_statements said;
		ck_assert_int_eq(hg_parse(&doc, arena, &said), HG_OK);
	} else {
		ck_assert(status == HG_EIO || status == HG_ELIMIT);
		ck_assert_ptr_nonnull(trouble);
		ck_assert_ptr_null(strchr(trouble, '\n'));
	}
	ck_assert_uint_lt(hg_arena_size(arena), 256u << 20);
	hg_arena_free(arena);
}
END_TEST

int main(int argc, char **argv)
{
	if (argc > 1)
		bytes = strtoul(argv[1], NULL, 10);
	Suite *suite = suite_create("pathological");
	TCase *tc = tcase_create("pathological");
	TRAP(tc);
	tcase_set_timeout(tc, 30);
	tcase_add_loop_test(tc, document_is_read_in_bounded_memory, 0, NPATHOLOGIES);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
