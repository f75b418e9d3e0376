/* Reading: what is refused and with which sentence, what is replaced, and where things stand. */
#include "../trap.h"

#include "text/source.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static hg_arena *arena;
static hg_source source;
static const char *trouble;

static void start(void) { arena = hg_arena_new(); }

static void end(void) { hg_arena_free(arena); }

static hg_status read_bytes(const char *path, const char *bytes, size_t n)
{
	return hg_source_of(path, (hg_str){bytes, n}, NULL, arena, &source, &trouble);
}

static hg_status read_text(const char *path, const char *text)
{
	return read_bytes(path, text, strlen(text));
}

/* ---- files that are not documents ---- */

static char folder[] = "/tmp/handgrad-test-XXXXXX";

static const char *in_folder(const char *name) { return hg_arena_print(arena, "%s/%s", folder, name); }

START_TEST(what_is_no_regular_file_is_refused)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	const char *fifo = in_folder("pipe.md");
	ck_assert_int_eq(mkfifo(fifo, 0600), 0);
	const struct {
		const char *path, *why;
	} cases[] = {
	    {folder, "is a directory, not a document"},
	    {fifo, "is a pipe, not a regular file"},
	    {"/dev/null", "is a device, not a regular file"},
	    {in_folder("missing.md"), "No such file or directory"},
	    {in_folder("bad\nname.md"), "bad?name.md: No such file or directory"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		ck_assert_int_eq(hg_source_read(cases[i].path, NULL, arena, &source, &trouble), HG_EIO);
		ck_assert_ptr_nonnull(strstr(trouble, cases[i].why));
	}
	unlink(fifo);
	rmdir(folder);
}
END_TEST

START_TEST(an_unreadable_file_is_refused)
{
	if (geteuid() == 0)
		return; /* root may read everything */
	ck_assert_ptr_nonnull(mkdtemp(folder));
	const char *path = in_folder("secret.md");
	close(open(path, O_CREAT | O_WRONLY, 0));
	ck_assert_int_eq(hg_source_read(path, NULL, arena, &source, &trouble), HG_EIO);
	ck_assert_ptr_nonnull(strstr(trouble, "Permission denied"));
	unlink(path);
	rmdir(folder);
}
END_TEST

START_TEST(a_file_is_read_and_hashed)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	const char *path = in_folder("abc.md");
	FILE *f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs("abc", f);
	fclose(f);
	ck_assert_int_eq(hg_source_read(path, NULL, arena, &source, &trouble), HG_OK);
	ck_assert(hg_str_is(source.text, "abc"));
	ck_assert_str_eq(source.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	unlink(path);
	rmdir(folder);
}
END_TEST

/* ---- bytes ---- */

static const struct {
	const char *path, *bytes;
	size_t n;
	const char *why;
} refused[] = {
    {"a.md", "", 0, "a.md: is empty"},
    {"a.md", " \n\t\n", 4, "a.md: is empty"},
    {"a.md", "\xef\xbb\xbf", 3, "a.md: is empty"},
    {"a.md",
     "\xff\xfe"
     "a\0=\0b\0",
     8, "a.md: is UTF-16; save it as UTF-8"},
    {"a.md", "\xfe\xff\0a\0=\0b", 8, "a.md: is UTF-16; save it as UTF-8"},
    {"a.md", "a\0 \0=\0 \0b\0\n\0", 12, "a.md: is UTF-16; save it as UTF-8"},
    {"a.md", "\0\0\xfe\xff\0\0\0a", 8, "a.md: is UTF-32; save it as UTF-8"},
    {"a.pdf", "%PDF\1\2\3\4\5\6\7\1\2\3\4\5\6\7", 18,
     "a.pdf: does not look like text: 14 of 18 bytes are control characters"},
    {"a.md", "%PDF-1.7\n", 9, "a.md: is a PDF: check the file it was made from, or save its text as Markdown or LaTeX"},
    {"a.docx", "PK\3\4\0\0[Content_Types].xml\0word/document.xml", 43,
     "a.docx: is a Word document: pandoc FILE -o hw.md makes Markdown of it, formulas and all"},
    {"a.odt", "PK\3\4\0\0mimetypeapplication/vnd.oasis.opendocument.text", 53,
     "a.odt: is an OpenDocument text: pandoc FILE -o hw.md makes Markdown of it, formulas and all"},
    {"a.zip", "PK\3\4\0\0hw.md", 11, "a.zip: is an archive (zip): unpack it first"},
    {"a.md", "\x89PNG\r\n\x1a\n", 8, "a.md: is a picture (PNG): write the formulas as Markdown or LaTeX (a photo is not read)"},
    {"a.jpg", "\xff\xd8\xff\xe0\0\x10JFIF", 10, "a.jpg: is a picture (JPEG): write the formulas as Markdown or LaTeX (a photo is not read)"},
    {"a.heic", "\0\0\0\x18" "ftypheic", 12, "a.heic: is a picture (HEIC): write the formulas as Markdown or LaTeX (a photo is not read)"},
    {"a.ipynb", "{\"cells\": [", 11,
     "a.ipynb:1:11: the notebook is broken JSON: ']' expected near end of file"},
    {"a.ipynb", "[1]", 3, "a.ipynb: is JSON but not a notebook: it has no list of cells"},
    {"a.ipynb", "{\"cells\": []}", 13, "a.ipynb: the notebook has no cells to read"},
    {"a.ipynb", "{\"cells\": [{\"cell_type\":\n \"code\"}]}", 35,
     "a.ipynb: cell 1 of the notebook has no source text"},
    {"a.ipynb", "{\"cells\": [{}]}", 15, "a.ipynb: cell 1 of the notebook has no cell_type"},
    {"a.ipynb", "{\"cells\": 1,\n\"cells\": 2}", 24,
     "a.ipynb:2:7: the notebook is broken JSON: duplicate object key"},
    {"a.ipynb", "{\"outputs\": [", 13, "a.ipynb:1:13: this bracket of the notebook is never closed"},
};

START_TEST(bytes_are_refused_with_one_sentence)
{
	ck_assert_int_eq(read_bytes(refused[_i].path, refused[_i].bytes, refused[_i].n), HG_EIO);
	ck_assert_str_eq(trouble, refused[_i].why);
}
END_TEST

START_TEST(what_is_not_utf8_is_replaced_in_place)
{
	static const char bytes[] = "so \xc3\xa9\n a\xff\xfe b \0 c \x1b[1m \xc0\x80\r\nx\ry";
	ck_assert_int_eq(read_bytes("a.md", bytes, sizeof bytes - 1), HG_OK);
	ck_assert(hg_str_is(source.text, "so \xc3\xa9\n a?? b ? c ?[1m ?? \nx\ny"));
	ck_assert_uint_eq(source.nnotes, 3);
	ck_assert_str_eq(source.note[0].code, "invalid-utf8");
	ck_assert_str_eq(source.note[0].text,
	                 "4 bytes are not UTF-8, the first of them here; they are read as ?");
	hg_place place = hg_source_place(&source, source.note[0].span.at);
	ck_assert_uint_eq(place.line, 2);
	ck_assert_uint_eq(place.column, 3);
	ck_assert_uint_eq(source.note[0].span.n, 2);
	ck_assert_str_eq(source.note[1].code, "nul-byte");
	ck_assert_str_eq(source.note[2].code, "control-character");
	ck_assert_uint_eq(source.nlines, 4);
}
END_TEST

START_TEST(a_byte_order_mark_is_no_text)
{
	ck_assert_int_eq(read_text("a.md", "\xef\xbb\xbfz = 1"), HG_OK);
	ck_assert(hg_str_is(source.text, "z = 1"));
}
END_TEST

/* ---- places ---- */

START_TEST(places_count_from_one)
{
	ck_assert_int_eq(read_text("a.md", "one\ntwo\n\nfour"), HG_OK);
	static const size_t expected[][3] = {{0, 1, 1}, {3, 1, 4},  {4, 2, 1}, {8, 3, 1},
	                                     {9, 4, 1}, {12, 4, 4}, {13, 4, 5}};
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
		hg_place place = hg_source_place(&source, expected[i][0]);
		ck_assert_uint_eq(place.line, expected[i][1]);
		ck_assert_uint_eq(place.column, expected[i][2]);
	}
	ck_assert(hg_str_is(hg_source_line(&source, 5), "two"));
	ck_assert(hg_str_is(hg_source_line(&source, 8), ""));
	ck_assert(hg_str_is(hg_source_line(&source, 13), "four"));
	ck_assert(hg_str_is(hg_source_text(&source, (hg_span){4, 3}), "two"));
}
END_TEST

/* ---- formats ---- */

START_TEST(the_ending_or_the_look_says_the_format)
{
	static const struct {
		const char *path, *text;
		hg_format format;
	} cases[] = {
	    {"a.md", "\\documentclass", HG_MARKDOWN},
	    {"a.TEX", "x", HG_TEX},
	    {"a.txt", "x", HG_PLAIN},
	    {"a.rst", "x", HG_RST},
	    {"a", "x", HG_MARKDOWN},
	    {"a", "\\documentclass{article}", HG_TEX},
	    {"README", ".. math::", HG_RST},
	    {"n", "{\"cells\": [{\"cell_type\": \"markdown\", \"source\": \"x\"}]}", HG_NOTEBOOK},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		ck_assert_int_eq(read_text(cases[i].path, cases[i].text), HG_OK);
		ck_assert_int_eq(source.format, cases[i].format);
	}
}
END_TEST

START_TEST(a_notebook_is_its_cells)
{
	ck_assert_int_eq(read_text("a.ipynb",
	                           "{\"metadata\": {\"a\": {}, \"b\": \"}\"}, \"cells\": ["
	                           "{\"cell_type\": \"markdown\", \"source\": [\"one\\n\", \"two \\u00e9\"]},"
	                           "{\"cell_type\": \"raw\", \"source\": \"no\"},"
	                           "{\"cell_type\": \"code\", \"outputs\": [{\"data\": \"]\\\"\"}], \"source\": "
	                           "\"z = 1\\r\\nx\"}]}"),
	                 HG_OK);
	ck_assert(hg_str_is(source.text, "one\ntwo \xc3\xa9\n\nz = 1 \nx"));
	ck_assert_uint_eq(source.ncells, 2);
	ck_assert_uint_eq(source.cell_number[1], 3);
	ck_assert(!source.cell_is_code[0] && source.cell_is_code[1]);
	hg_place place = hg_source_place(&source, source.text.n - 1);
	ck_assert_uint_eq(place.cell, 3);
	ck_assert_uint_eq(place.line, 2);
	ck_assert_uint_eq(place.column, 1);
}
END_TEST

START_TEST(a_notebook_of_the_third_format_is_read)
{
	ck_assert_int_eq(
	    read_text("a.ipynb",
	              "{\"worksheets\": [{\"cells\": [{\"cell_type\": \"code\", \"input\": [\"x = 1\"]}]}]}"),
	    HG_OK);
	ck_assert(hg_str_is(source.text, "x = 1"));
}
END_TEST

START_TEST(bad_bytes_of_a_notebook_are_named_by_their_place_in_the_file)
{
	ck_assert_int_eq(
	    read_text("a.ipynb", "{\"cells\": [\n{\"cell_type\": \"markdown\", \"source\": \"a \xff\"}]}"),
	    HG_OK);
	ck_assert(hg_str_is(source.text, "a ?"));
	ck_assert_uint_eq(source.nnotes, 1);
	ck_assert_str_eq(source.note[0].text, "one byte here is not UTF-8 and is read as ? (file:2:40)");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("source");
	TCase *tc = tcase_create("source");
	TRAP(tc);
	tcase_add_checked_fixture(tc, start, end);
	tcase_add_test(tc, what_is_no_regular_file_is_refused);
	tcase_add_test(tc, an_unreadable_file_is_refused);
	tcase_add_test(tc, a_file_is_read_and_hashed);
	tcase_add_loop_test(tc, bytes_are_refused_with_one_sentence, 0, sizeof refused / sizeof *refused);
	tcase_add_test(tc, what_is_not_utf8_is_replaced_in_place);
	tcase_add_test(tc, a_byte_order_mark_is_no_text);
	tcase_add_test(tc, places_count_from_one);
	tcase_add_test(tc, the_ending_or_the_look_says_the_format);
	tcase_add_test(tc, a_notebook_is_its_cells);
	tcase_add_test(tc, a_notebook_of_the_third_format_is_read);
	tcase_add_test(tc, bad_bytes_of_a_notebook_are_named_by_their_place_in_the_file);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
