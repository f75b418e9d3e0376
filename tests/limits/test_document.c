/* The limits of reading, each at its limit and one past it, with the sentence and the place. */
#include "../trap.h"

#include "text/doc.h"

#include <stdio.h>
#include <string.h>

static hg_arena *arena;
static hg_source source;
static hg_doc doc;
static const char *trouble;

static void start(void) { arena = hg_arena_new(); }

static void end(void) { hg_arena_free(arena); }

/* head, then unit n times with `between` them, then tail. */
static hg_status read_repeated(const char *path, const char *head, const char *unit, const char *between,
                               const char *tail, size_t n)
{
	hg_buf buf = {0};
	hg_buf_text(&buf, head);
	for (size_t i = 0; i < n; i++) {
		hg_buf_text(&buf, i ? between : "");
		hg_buf_text(&buf, unit);
	}
	hg_buf_text(&buf, tail);
	hg_status status = hg_source_of(path, hg_buf_slice(&buf), NULL, arena, &source, &trouble);
	hg_buf_free(&buf);
	return status == HG_OK ? hg_doc_scan(&source, arena, &doc) : status;
}

static size_t count(hg_stretch_kind kind)
{
	size_t n = 0;
	for (size_t i = 0; i < doc.nstretches; i++)
		n += doc.stretch[i].kind == kind;
	return n;
}

static bool has_note(const char *code, const char *part)
{
	for (size_t i = 0; i < doc.nnotes; i++)
		if (strcmp(doc.note[i].code, code) == 0 && strstr(doc.note[i].text, part))
			return true;
	return false;
}

START_TEST(file_size)
{
	size_t most = hg_budget_of().most[HG_LIMIT_FILE_BYTES];
	ck_assert_int_eq(read_repeated("a.md", "", "x\n", "", "", most / 2), HG_OK);
	ck_assert_int_eq(read_repeated("a.md", "", "x\n", "", "x", most / 2), HG_ELIMIT);
	ck_assert_str_eq(trouble, "a.md: more than 8388608 bytes in a file (limit: file-size)");
}
END_TEST

START_TEST(file_size_of_a_real_file)
{
	char path[] = "/tmp/handgrad-test-XXXXXX";
	int fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(ftruncate(fd, (off_t)1 << 40),
	                 0); /* a hole: nothing is on the disk, nothing may be read */
	close(fd);
	ck_assert_int_eq(hg_source_read(path, NULL, arena, &source, &trouble), HG_ELIMIT);
	ck_assert_ptr_nonnull(strstr(trouble, "(limit: file-size)"));
	ck_assert_uint_lt(hg_arena_size(arena), 1 << 20);
	unlink(path);
}
END_TEST

START_TEST(notebook_size)
{
	static const char head[] = "{\"cells\": [{\"cell_type\": \"code\", \"source\": \"x\", \"outputs\": [\"",
	                  tail[] = "\"]}]}";
	size_t most = hg_budget_of().most[HG_LIMIT_NOTEBOOK_BYTES], room = most - strlen(head) - strlen(tail);
	ck_assert_int_eq(read_repeated("a.ipynb", head, "y", "", tail, room), HG_OK);
	ck_assert_uint_lt(hg_arena_size(arena), 256u << 20);
	ck_assert_int_eq(read_repeated("a.ipynb", head, "y", "", tail, room + 1), HG_ELIMIT);
	ck_assert_str_eq(trouble, "a.ipynb: more than 67108864 bytes in a notebook (limit: notebook-size)");
}
END_TEST

START_TEST(notebook_size_without_outputs)
{
	static const char head[] = "{\"cells\": [{\"cell_type\": \"code\", \"source\": \"", tail[] = "\"}]}";
	size_t most = hg_budget_of().most[HG_LIMIT_FILE_BYTES], room = most - strlen(head) - strlen(tail);
	ck_assert_int_eq(read_repeated("a.ipynb", head, "y", "", tail, room), HG_OK);
	ck_assert_int_eq(read_repeated("a.ipynb", head, "y", "", tail, room + 1), HG_ELIMIT);
	ck_assert_str_eq(
	    trouble,
	    "a.ipynb: without its outputs the notebook has more than 8388608 bytes in a file (limit: file-size)");
}
END_TEST

START_TEST(line_length)
{
	size_t most = hg_budget_of().most[HG_LIMIT_LINE_BYTES];
	ck_assert_int_eq(read_repeated("a.md", "$a$\n", "b ", "", "\n$c$", most / 2), HG_OK);
	ck_assert_uint_eq(count(HG_STRETCH_PROSE), 1);
	ck_assert_uint_eq(count(HG_STRETCH_INLINE), 2);
	ck_assert_int_eq(read_repeated("a.md", "$a$\n", "b ", "", "b\n$c$", most / 2), HG_OK);
	ck_assert_uint_eq(count(HG_STRETCH_PROSE), 0);
	ck_assert_uint_eq(count(HG_STRETCH_INLINE), 2);
	ck_assert(has_note("line-too-long", "more than 1048576 bytes in a line (limit: line-length)"));
	ck_assert_uint_eq(hg_source_place(&source, doc.note[0].span.at).line, 2);
}
END_TEST

START_TEST(nesting_of_json)
{
	size_t most = hg_budget_of().most[HG_LIMIT_NESTING];
	static const char head[] = "{\"cells\": [{\"cell_type\": \"code\", \"source\": \"x\", \"y\": \n";
	hg_buf close = {0};
	for (size_t i = 0; i < most - 3; i++)
		hg_buf_char(&close, ']');
	hg_buf_text(&close, "}]}");
	hg_buf_char(&close, 0);
	ck_assert_int_eq(read_repeated("a.ipynb", head, "[", "", close.p, most - 3), HG_OK);
	ck_assert_int_eq(read_repeated("a.ipynb", head, "[", "", close.p, most - 2), HG_ELIMIT);
	ck_assert_str_eq(
	    trouble,
	    "a.ipynb:2:198: more than 200 groups, lists or JSON values inside one another (limit: nesting)");
	hg_buf_free(&close);
}
END_TEST

START_TEST(values_of_json)
{
	size_t most = hg_budget_of().most[HG_LIMIT_JSON_VALUES];
	static const char head[] = "{\"cells\": [{\"cell_type\": \"code\", \"source\": \"x\", \"y\": [",
	                  tail[] = "]}]}";
	ck_assert_int_eq(read_repeated("a.ipynb", head, "1", ",", tail, most - 6 + 1), HG_OK);
	ck_assert_int_eq(read_repeated("a.ipynb", head, "1", ",", tail, most - 6 + 2), HG_ELIMIT);
	ck_assert_ptr_nonnull(strstr(trouble, "more than 300000 values in a notebook (limit: json-values)"));
}
END_TEST

START_TEST(formulas)
{
	size_t most = hg_budget_of().most[HG_LIMIT_FORMULAS];
	ck_assert_int_eq(read_repeated("a.md", "", "$a$\n", "", "", most), HG_OK);
	ck_assert_uint_eq(count(HG_STRETCH_INLINE), most);
	ck_assert_uint_eq(doc.nnotes, 0);
	ck_assert_int_eq(read_repeated("a.md", "", "$a$\n", "", "", most + 1), HG_OK);
	ck_assert_uint_eq(count(HG_STRETCH_INLINE), most);
	ck_assert(has_note("too-many-formulas", "more than 10000 formulas in a document (limit: formulas)"));
	ck_assert_uint_eq(hg_source_place(&source, doc.note[0].span.at).line, most + 1);
}
END_TEST

START_TEST(formula_size)
{
	size_t most = hg_budget_of().most[HG_LIMIT_FORMULA_BYTES];
	ck_assert_int_eq(read_repeated("a.md", "$$", "b\n", "", "c$$", most / 2 - 1), HG_OK);
	ck_assert_uint_eq(count(HG_STRETCH_DISPLAY), 1);
	ck_assert_int_eq(read_repeated("a.md", "$$", "b\n", "", "ccc$$", most / 2 - 1), HG_OK);
	ck_assert_uint_eq(count(HG_STRETCH_DISPLAY), 0);
	ck_assert(has_note("formula-too-long", "more than 262144 bytes in a formula (limit: formula-size)"));
}
END_TEST

START_TEST(parts)
{
	size_t most = hg_budget_of().most[HG_LIMIT_PARTS];
	ck_assert_int_eq(read_repeated("a.md", "", "a\n\n", "", "", most), HG_OK);
	ck_assert_uint_eq(doc.nstretches, most);
	ck_assert_uint_eq(doc.nnotes, 0);
	ck_assert_int_eq(read_repeated("a.md", "", "a\n\n", "", "", most + 1), HG_OK);
	ck_assert_uint_eq(doc.nstretches, most);
	ck_assert(has_note("too-many-parts", "more than 200000 pieces of text in a document (limit: parts)"));
}
END_TEST

START_TEST(notes)
{
	size_t most = hg_budget_of().most[HG_LIMIT_NOTES];
	ck_assert_int_eq(read_repeated("a.md", "", "\\( a\n\n", "", "", most), HG_OK);
	ck_assert_uint_eq(doc.nnotes, most);
	ck_assert(!has_note("too-many-notes", ""));
	ck_assert_int_eq(read_repeated("a.md", "", "\\( a\n\n", "", "", most + 1), HG_OK);
	ck_assert_uint_eq(doc.nnotes, most + 1);
	ck_assert_int_eq(read_repeated("a.md", "", "\\( a\n\n", "", "", 10 * most), HG_OK);
	ck_assert_uint_eq(doc.nnotes, most + 1);
	ck_assert_str_eq(doc.note[most].code, "too-many-notes");
	ck_assert(has_note("too-many-notes", "more than 200 notes on a document (limit: notes)"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("document limits");
	TCase *tc = tcase_create("document limits");
	TRAP(tc);
	tcase_add_checked_fixture(tc, start, end);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, file_size);
	tcase_add_test(tc, file_size_of_a_real_file);
	tcase_add_test(tc, notebook_size);
	tcase_add_test(tc, notebook_size_without_outputs);
	tcase_add_test(tc, line_length);
	tcase_add_test(tc, nesting_of_json);
	tcase_add_test(tc, values_of_json);
	tcase_add_test(tc, formulas);
	tcase_add_test(tc, formula_size);
	tcase_add_test(tc, parts);
	tcase_add_test(tc, notes);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
