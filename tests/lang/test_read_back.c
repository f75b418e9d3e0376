/* What we print on one line for people is read back: printed, read as plain text and printed again, a side of a statement is the
 * same line. Kept out is what has no place on a line: words, dots, cases, marks of the pen, tables. */
#include "../trap.h"

#include "lang/print/print.h"
#include "lang/statement.h"

#include <stdio.h>
#include <string.h>

static int nsheets;
static char **sheets;

static bool has_no_place(const hg_expr *e)
{
	static const hg_op out[] = {HG_OP_TEXT, HG_OP_ELLIPSIS, HG_OP_CASES, HG_OP_CANCEL, HG_OP_MATRIX, HG_OP_EVAL_AT, HG_OP_DERIV_OP,
	                            HG_OP_COLON, HG_OP_SLICE, HG_OP_KWARG, HG_OP_AND, HG_OP_PLUSMINUS};
	for (size_t i = 0; i < sizeof out / sizeof *out; i++)
		if (e->op == out[i])
			return true;
	for (size_t i = 0; i < e->nkids; i++)
		if (has_no_place(e->kid[i]))
			return true;
	for (size_t i = 0; i < e->nindex; i++)
		if (e->index[i].e && has_no_place(e->index[i].e))
			return true;
	return false;
}

static void print_plain(const hg_expr *e, char line[static 4096])
{
	hg_buf out = {0};
	hg_print_plain(e, &out);
	snprintf(line, 4096, "%.*s", (int)out.n, out.n ? out.p : "");
	hg_buf_free(&out);
}

static bool comes_back(const hg_expr *e, hg_arena *arena)
{
	char line[4096], again[4096] = "";
	const char *trouble = NULL;
	hg_expr *back = NULL;
	print_plain(e, line);
	ck_assert_int_eq(hg_parse_expression(hg_str_of(line), true, arena, &back, &trouble), HG_OK);
	if (back)
		print_plain(back, again);
	if (strcmp(line, again) != 0)
		printf("%s | %s\n", line, back ? again : trouble);
	return strcmp(line, again) == 0;
}

START_TEST(what_is_printed_is_read)
{
	size_t n = 0, lost = 0;
	for (int i = 0; i < nsheets; i++) {
		hg_arena *arena = hg_arena_new();
		hg_source source;
		hg_doc doc;
		hg_statements said;
		const char *trouble = NULL;
		ck_assert_int_eq(hg_source_read(sheets[i], NULL, arena, &source, &trouble), HG_OK);
		ck_assert_int_eq(hg_doc_scan(&source, arena, &doc), HG_OK);
		ck_assert_int_eq(hg_parse(&doc, arena, &said), HG_OK);
		for (size_t k = 0; k < said.n; k++)
			for (size_t j = 0; j < said.at[k].nsides; j++) {
				const hg_expr *e = said.at[k].side[j].e;
				if (!e || has_no_place(e))
					continue;
				n++;
				lost += !comes_back(e, arena);
			}
		hg_arena_free(arena);
	}
	printf("%zu sides, %zu do not come back\n", n, lost);
	fflush(stdout);
	ck_assert_uint_gt(n, 100);
	ck_assert_uint_eq(lost, 0);
}
END_TEST

int main(int argc, char **argv)
{
	Suite *suite = suite_create("read back");
	TCase *tc = tcase_create("read back");
	nsheets = argc - 1;
	sheets = argv + 1;
	TRAP(tc);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, what_is_printed_is_read);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
