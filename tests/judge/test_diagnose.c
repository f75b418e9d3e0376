/* Whole documents, from bytes to findings: the slip that was made is named, with its caret and its repair; nothing is named
 * where nothing is wrong. */
#include "../trap.h"

#include "verdict/judge.h"

#include <string.h>

static const char network[] = "The $m$ samples are the columns of $X$.\n\n"
                              "$$Z_1 = W_1 X + b_1, \\quad A_1 = \\tanh(Z_1), \\quad Z_2 = W_2 A_1 + b_2, \\quad "
                              "A_2 = \\sigma(Z_2)$$\n\n"
                              "$$J = -\\frac{1}{m} \\sum_{i=1}^m \\left( y^{(i)} \\log a_2^{(i)} + (1 - y^{(i)}) "
                              "\\log(1 - a_2^{(i)}) \\right)$$\n\n"
                              "$$dZ_2 = A_2 - Y$$\n\n$$dW_2 = \\frac{1}{m} dZ_2 A_1^T$$\n\n"
                              "$$dZ_1 = W_2^T dZ_2 \\odot (1 - A_1^2)$$\n\n";

static hg_arena *arena;
static hg_report report;
static hg_source source;

static void begin(void) { arena = hg_arena_new(); }
static void end(void) { hg_arena_free(arena); }

/* The network, and one more line; its last finding. */
static const hg_finding *judged(const char *line)
{
	static const hg_settings settings = {.seed = 7};
	static hg_doc doc;
	static hg_statements said;
	const char *trouble = NULL;
	char *text = hg_arena_print(arena, "%s%s\n", network, line);
	ck_assert_int_eq(hg_source_of("sheet.md", hg_str_of(text), NULL, arena, &source, &trouble), HG_OK);
	ck_assert_int_eq(hg_doc_scan(&source, arena, &doc), HG_OK);
	ck_assert_int_eq(hg_parse(&doc, arena, &said), HG_OK);
	ck_assert_int_eq(hg_judge_document(&said, NULL, NULL, &settings, arena, &report), HG_OK);
	ck_assert_uint_gt(report.nfindings, 0);
	return &report.finding[report.nfindings - 1];
}

START_TEST(each_line_is_named_with_its_caret_and_its_repair)
{
	static const struct {
		const char *line, *slip, *caret, *repaired;
	} cases[] = {
		{"$$dW_1 = dZ_1 X^T$$", "missing-mean", "dZ_1 X^T", "\\frac{1}{m} dZ_1 X^T"},
		{"$$dW_1 = \\frac{1}{m} dZ_1 A_1^T$$", "wrong-layer", "A_1^T", "\\frac{1}{m} dZ_1 X^T"},
		{"$$dZ_1 = W_2^T dZ_2 \\odot (1 - A_1)^2$$", "square-moved", "(1 - A_1)^2",
		 "W_2^T dZ_2 \\odot \\left(1 - A_1^2\\right)"},
		{"$$dZ_1 = W_2^T dZ_2$$", "lost-factor", "W_2^T dZ_2", NULL},
		{"$$dZ_1 = dZ_2 \\odot (1-A_1^2)$$", "lost-factor", "dZ_2 \\odot (1-A_1^2)", "W_2^T dZ_2 \\odot (1-A_1^2)"},
		{"```python\ndW1 = dZ1 @ X.T\n```", "missing-mean", "dZ1 @ X.T", NULL},
		{"```python\ndA1 = dZ2 @ W2.T\n```", "product-order", "dZ2 @ W2.T", "W2.T @ dZ2"},
		{"$$dZ_2 = Y - A_2$$", "sign", "Y - A_2", "A_2 - Y"},
		{"$$dA_1 = W_2 dZ_2$$", "missing-transpose", "W_2", "W_2^T dZ_2"},
	};
	for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
		const hg_finding *f = judged(cases[k].line);
		ck_assert_msg(f->status == HG_S_DISAGREES && f->nslips > 0, "%s", cases[k].line);
		ck_assert_str_eq(f->slip->id, cases[k].slip);
		hg_str caret = hg_source_text(&source, f->slip->at);
		ck_assert_msg(hg_str_is(caret, cases[k].caret), "%s: %.*s", cases[k].line, HG_STR_ARG(caret));
		if (cases[k].repaired)
			ck_assert_str_eq(f->slip->repaired, cases[k].repaired);
	}
}
END_TEST

START_TEST(two_slips_in_one_line_are_both_named)
{
	const hg_finding *f = judged("$$dW_1 = -\\frac{1}{m} dZ_1 A_1^T$$");
	ck_assert_int_eq(f->status, HG_S_DISAGREES);
	ck_assert_uint_gt(f->nslips, 0);
	ck_assert_str_eq(f->slip->id, "wrong-layer");
	ck_assert_str_eq(f->slip->with, "sign");
}
END_TEST

START_TEST(what_nothing_mends_has_no_name)
{
	const hg_finding *f = judged("$$dZ_2 = A_2 A_2 A_2 + 3 Y Y$$");
	ck_assert_int_eq(f->status, HG_S_DISAGREES);
	ck_assert_uint_eq(f->nslips, 0);
}
END_TEST

START_TEST(nothing_right_is_ever_named)
{
	static const char *const lines[] = {
		"$$dW_1 = \\frac{1}{m} dZ_1 X^T$$", "$$db_1 = \\frac{1}{m} \\text{np.sum}(dZ_1, \\text{axis}=1)$$",
		"$$dA_1 = W_2^T dZ_2$$",            "$$dZ_1 = W_2^T (A_2 - Y) \\odot (1 - A_1 \\odot A_1)$$",
		"$$dZ_2 = -(Y - A_2)$$",
	};
	for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
		const hg_finding *f = judged(lines[k]);
		ck_assert_msg(f->status == HG_S_AGREES || f->status == HG_S_NOTATION, "%s", lines[k]);
		for (size_t i = 0; i < report.nfindings; i++)
			ck_assert_uint_eq(report.finding[i].nslips, 0);
	}
}
END_TEST

/* m = 2, 5, 7 and weights of high entropy: what is planted in a right sheet is refused, but for what it leaves open. */
START_TEST(the_worlds_see_what_is_planted)
{
	judged("$$dW_1 = \\frac{1}{m} dZ_1 X^T$$");
	ck_assert_uint_gt(report.power.planted, 30);
	ck_assert_uint_ge(report.power.refused * 100, report.power.planted * 95);
	for (size_t k = 0; k < report.power.nblind; k++)
		ck_assert_msg(!strncmp(report.power.blind[k], "extra-mean", 10), "%s", report.power.blind[k]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("diagnose");
	TCase *tcase = tcase_create("documents");
	TRAP(tcase);
	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_test(tcase, each_line_is_named_with_its_caret_and_its_repair);
	tcase_add_test(tcase, two_slips_in_one_line_are_both_named);
	tcase_add_test(tcase, what_nothing_mends_has_no_name);
	tcase_add_test(tcase, nothing_right_is_ever_named);
	tcase_add_test(tcase, the_worlds_see_what_is_planted);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
