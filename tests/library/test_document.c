/* A document's bytes into a report, through the header that other programs include, and the library they link. */
#include <handgrad-document.h>

#include "../trap.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char sheet[] = "$$z = w^T x + b, \\quad a = \\sigma(z), \\quad L = \\tfrac12 (a - t)^2$$\n\n"
                            "$$\\frac{\\partial L}{\\partial a} = a - t$$\n\n"
                            "$$\\frac{\\partial L}{\\partial z} = (t - a)\\, a (1 - a)$$\n";
static const char right[] = "$$z = w^T x + b, \\quad a = \\sigma(z), \\quad L = \\tfrac12 (a - t)^2$$\n\n"
                            "$$\\frac{\\partial L}{\\partial z} = (a - t)\\, a (1 - a)$$\n";

static hg_document *judged(const char *name, const char *text, hg_document_kind kind, const hg_document_options *options)
{
	hg_document *d = NULL;
	ck_assert_int_eq(hg_document_read(name, text, strlen(text), kind, options, &d), HG_OK);
	ck_assert_ptr_nonnull(d);
	ck_assert_int_eq(hg_document_judge(d, NULL, options), HG_OK);
	return d;
}

static char *written(const hg_document *d, hg_document_form form, const hg_document_options *options)
{
	char *bytes;
	size_t n;
	ck_assert_int_eq(hg_document_write(d, form, options, &bytes, &n), HG_OK);
	ck_assert_uint_eq(strlen(bytes), n);
	return bytes;
}

static void has(char *text, const char *part)
{
	ck_assert_msg(strstr(text, part) != NULL, "no \"%s\" in\n%s", part, text);
	free(text);
}

START_TEST(a_wrong_line_is_named_in_every_form)
{
	hg_document *d = judged("hw3.md", sheet, HG_DOCUMENT_BY_NAME, NULL);
	ck_assert_int_eq(hg_document_code(d), 1);
	ck_assert_ptr_null(hg_document_trouble(d));
	has(written(d, HG_DOCUMENT_TEXT, NULL), "disagrees[sign]: dL/dz");
	has(written(d, HG_DOCUMENT_JSON, NULL), "\"handgrad.report/v1\"");
	has(written(d, HG_DOCUMENT_HTML, NULL), "</html>");
	hg_document_free(d);
}
END_TEST

START_TEST(the_kind_that_is_told_decides_not_the_name)
{
	static const char notebook[] = "{\"cells\": [{\"cell_type\": \"markdown\", \"metadata\": {}, \"source\": [\"$y = x^2$\\n\", "
	                               "\"$\\\\frac{dy}{dx} = 3x$\"]}], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 5}";
	hg_document *d = judged("hw3", notebook, HG_DOCUMENT_NOTEBOOK, NULL);
	ck_assert_int_eq(hg_document_code(d), 1);
	hg_document_free(d);
	d = judged("a.ipynb", sheet, HG_DOCUMENT_MARKDOWN, NULL);
	ck_assert_int_eq(hg_document_code(d), 1);
	hg_document_free(d);
	d = judged("a.ipynb", sheet, HG_DOCUMENT_BY_NAME, NULL);
	ck_assert_int_eq(hg_document_code(d), 3);
	hg_document_free(d);
}
END_TEST

START_TEST(what_cannot_be_read_is_trouble_with_a_report)
{
	static const char *const bad[] = {"", " \n\n", "%PDF-1.4", "\xff\xfe\x61"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		hg_document *d = judged("bad.md", bad[i], HG_DOCUMENT_BY_NAME, NULL);
		ck_assert_int_eq(hg_document_code(d), 3);
		ck_assert_int_eq(strncmp(hg_document_trouble(d), "bad.md: ", 8), 0);
		has(written(d, HG_DOCUMENT_JSON, NULL), "\"trouble\": \"bad.md: ");
		hg_document_free(d);
	}
}
END_TEST

START_TEST(arguments_that_cannot_be_are_refused)
{
	hg_document *d = NULL;
	char *bytes;
	size_t n;
	ck_assert_int_eq(hg_document_read(NULL, "x", 1, HG_DOCUMENT_BY_NAME, NULL, &d), HG_EINVAL);
	ck_assert_int_eq(hg_document_read("x", NULL, 1, HG_DOCUMENT_BY_NAME, NULL, &d), HG_EINVAL);
	ck_assert_int_eq(hg_document_read("x", "x", 1, (hg_document_kind)77, NULL, &d), HG_EINVAL);
	ck_assert_ptr_null(d);
	ck_assert_int_eq(hg_document_read("a.md", sheet, sizeof sheet - 1, HG_DOCUMENT_BY_NAME, NULL, &d), HG_OK);
	ck_assert_int_eq(hg_document_code(d), 3);
	ck_assert_int_eq(hg_document_write(d, HG_DOCUMENT_JSON, NULL, &bytes, &n), HG_EINVAL);
	hg_document_free(d);
	hg_document_free(NULL);
}
END_TEST

START_TEST(options_are_those_of_the_command)
{
	hg_document_options *o = hg_document_options_new();
	ck_assert_ptr_nonnull(o);
	ck_assert_ptr_null(hg_document_set(o, "seed", "7"));
	ck_assert_ptr_null(hg_document_set(o, "take", "layout=rows"));
	ck_assert_ptr_null(hg_document_set(o, "detail", "none"));
	ck_assert_ptr_nonnull(strstr(hg_document_set(o, "take", "layout=diagonal"), "layout=rows"));
	ck_assert_ptr_nonnull(hg_document_set(o, "seed", "-1"));
	ck_assert_ptr_nonnull(hg_document_set(o, "colour", "red"));
	hg_document *d = judged("a.md", sheet, HG_DOCUMENT_BY_NAME, o);
	has(written(d, HG_DOCUMENT_JSON, o), "\"seed\": 7");
	char *text = written(d, HG_DOCUMENT_TEXT, o);
	ck_assert_ptr_null(strstr(text, "numerical"));
	free(text);
	hg_document_free(d);
	ck_assert_ptr_null(hg_document_set(o, "limit", "file-size=20"));
	d = judged("a.md", sheet, HG_DOCUMENT_BY_NAME, o);
	ck_assert_ptr_nonnull(strstr(hg_document_trouble(d), "limit: file-size"));
	hg_document_free(d);
	hg_document_options_free(o);
}
END_TEST

/* The network stands in the assignment alone; what is wrong with an assignment is trouble of the document. */
START_TEST(an_assignment_is_the_truth)
{
	static const char truth[] = "$$z = w^T x + b, \\quad a = \\sigma(z), \\quad L = \\tfrac12 (a - t)^2$$\n",
	                  lines[] = "$$\\frac{\\partial L}{\\partial z} = (a - t)\\, a$$\n";
	hg_document *assignment = NULL, *d = NULL;
	ck_assert_int_eq(hg_document_read("hw.md", truth, sizeof truth - 1, HG_DOCUMENT_BY_NAME, NULL, &assignment), HG_OK);
	ck_assert_int_eq(hg_document_read("a.md", lines, sizeof lines - 1, HG_DOCUMENT_BY_NAME, NULL, &d), HG_OK);
	ck_assert_int_eq(hg_document_judge(d, assignment, NULL), HG_OK);
	ck_assert_int_eq(hg_document_code(d), 1);
	hg_document_free(d);
	hg_document_free(assignment);
	ck_assert_int_eq(hg_document_read("hw.md", "", 0, HG_DOCUMENT_BY_NAME, NULL, &assignment), HG_OK);
	ck_assert_int_eq(hg_document_read("a.md", lines, sizeof lines - 1, HG_DOCUMENT_BY_NAME, NULL, &d), HG_OK);
	ck_assert_int_eq(hg_document_judge(d, assignment, NULL), HG_OK);
	ck_assert_str_eq(hg_document_trouble(d), "hw.md: is empty");
	hg_document_free(d);
	hg_document_free(assignment);
}
END_TEST

static void *in_a_thread(void *kept)
{
	char **report = kept;
	hg_document *d = NULL;
	size_t n;
	if (hg_document_read("a.md", right, sizeof right - 1, HG_DOCUMENT_BY_NAME, NULL, &d) == HG_OK && hg_document_judge(d, NULL, NULL) == HG_OK)
		hg_document_write(d, HG_DOCUMENT_JSON, NULL, report, &n);
	hg_document_free(d);
	return NULL;
}

START_TEST(threads_say_the_same)
{
	enum { THREADS = 4 };
	pthread_t thread[THREADS];
	char *report[THREADS] = {NULL};
	for (int i = 0; i < THREADS; i++)
		ck_assert_int_eq(pthread_create(&thread[i], NULL, in_a_thread, &report[i]), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	for (int i = 0; i < THREADS; i++) {
		ck_assert_ptr_nonnull(report[i]);
		ck_assert_str_eq(report[i], report[0]);
	}
	for (int i = 0; i < THREADS; i++)
		free(report[i]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("document");
	TCase *tc = tcase_create("document");
	TRAP(tc);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, a_wrong_line_is_named_in_every_form);
	tcase_add_test(tc, the_kind_that_is_told_decides_not_the_name);
	tcase_add_test(tc, what_cannot_be_read_is_trouble_with_a_report);
	tcase_add_test(tc, arguments_that_cannot_be_are_refused);
	tcase_add_test(tc, options_are_those_of_the_command);
	tcase_add_test(tc, an_assignment_is_the_truth);
	tcase_add_test(tc, threads_say_the_same);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
