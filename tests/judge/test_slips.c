/* The catalogue: ids are unique and findable, hints are questions that give nothing away. */
#include "handgrad.h"
#include "lang/cause.h"
#include "model/choice.h"
#include "slips/explain.h"
#include "slips/slips.h"
#include "../trap.h"

#include <ctype.h>
#include <string.h>

START_TEST(every_slip_is_found_by_its_id)
{
	for (size_t i = 0; i < HG_NSLIPS; i++)
		ck_assert_ptr_eq(hg_slip_find(hg_str_of(hg_slips[i].id)), &hg_slips[i]); /* the first: so ids differ */
	ck_assert_ptr_null(hg_slip_find(HG_STR("sing")));
	ck_assert_ptr_null(hg_slip_find(HG_STR("")));
}
END_TEST

START_TEST(ids_are_lower_case_words_joined_by_hyphens)
{
	for (size_t i = 0; i < HG_NSLIPS; i++)
		for (const char *c = hg_slips[i].id; *c; c++)
			ck_assert_msg(islower((unsigned char)*c) || (*c == '-' && c > hg_slips[i].id && islower(c[1])), "%s",
			              hg_slips[i].id);
}
END_TEST

START_TEST(a_hint_is_one_question_without_a_formula)
{
	for (size_t i = 0; i < HG_NSLIPS; i++) {
		const char *hint = hg_slips[i].hint;
		ck_assert_msg(hint[strlen(hint) - 1] == '?', "%s", hint);
		ck_assert_msg(strchr(hint, '?') == hint + strlen(hint) - 1, "%s", hint);
		ck_assert_msg(!strchr(hint, '\\'), "%s", hint);
	}
}
END_TEST

START_TEST(every_slip_has_a_page_with_its_title_and_its_question)
{
	for (size_t i = 0; i < HG_NSLIPS; i++) {
		hg_buf out = {0};
		ck_assert_int_eq(hg_explain(hg_str_of(hg_slips[i].id), &out), HG_OK);
		hg_buf_char(&out, '\0');
		ck_assert_ptr_nonnull(strstr(out.p, hg_slips[i].title));
		ck_assert_ptr_nonnull(strstr(out.p, hg_slips[i].hint));
		ck_assert_ptr_nonnull(strstr(out.p, "By hand:"));
		hg_buf_free(&out);
	}
}
END_TEST

START_TEST(pages_on_notes_carry_their_own_title)
{
	hg_buf out = {0};
	ck_assert_int_eq(hg_explain(HG_STR("at-kink"), &out), HG_OK);
	ck_assert(hg_str_starts(hg_buf_slice(&out), "at-kink: between the one-sided slopes\n"));
	hg_buf_free(&out);
}
END_TEST

START_TEST(an_unknown_code_is_an_error_that_offers_the_nearest)
{
	hg_buf out = {0};
	ck_assert_int_eq(hg_explain(HG_STR("mising-mean"), &out), HG_EINVAL);
	ck_assert(hg_str_is(hg_buf_slice(&out), "there is no page on 'mising-mean'; did you mean 'missing-mean'?"));
	hg_buf_free(&out);
	ck_assert_int_eq(hg_explain(HG_STR("quaternion"), &out), HG_EINVAL);
	ck_assert(hg_str_is(hg_buf_slice(&out), "there is no page on 'quaternion'"));
	hg_buf_free(&out);
}
END_TEST

START_TEST(pages_are_walked_over_once_each)
{
	size_t n = 0, slips = 0;
	for (hg_page page = {0}; hg_page_next(&page); n++) {
		slips += hg_slip_find(page.code) != NULL;
		bool reason = hg_cause_find(page.code) != HG_CAUSE_NONE && !page.title.n; /* titled by its row, as slips are */
		ck_assert_msg(page.body.n > (reason ? 20 : 40), "%.*s", HG_STR_ARG(page.code));
		ck_assert_int_eq(!hg_slip_find(page.code) && !reason, page.title.n > 0);
	}
	ck_assert_uint_eq(slips, HG_NSLIPS);
	ck_assert_uint_gt(n, HG_NSLIPS + 20);
}
END_TEST

/* The engine is a library of its own: its words stand in it, and once more in the rows of the same id. */
START_TEST(reasons_of_the_engine_say_what_it_says)
{
	static const struct {
		hg_cause cause;
		hg_reason reason;
	} same[] = {{HG_CAUSE_LOW_RESOLUTION, HG_LOW_RESOLUTION}, {HG_CAUSE_CLAIM_NOISY, HG_CLAIM_NOISY}, {HG_CAUSE_AT_KINK, HG_AT_KINK},
	            {HG_CAUSE_NO_DERIVATIVE, HG_NO_DERIVATIVE}, {HG_CAUSE_OUT_OF_BUDGET, HG_OUT_OF_BUDGET},
	            {HG_CAUSE_NOT_OF_X_ALONE, HG_NOT_OF_X_ALONE}, {HG_CAUSE_WITHIN_TOLERANCE, HG_WITHIN_TOLERANCE}};
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		ck_assert_str_eq(hg_cause_words(same[i].cause), hg_reason_text(same[i].reason));
	for (hg_choice c = 0; c < HG_NCHOICES; c++) /* every choice has its row, and so its page */
		ck_assert_int_ne(hg_cause_find(hg_str_of(hg_choice_id(c))), HG_CAUSE_NONE);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("slips");
	TCase *tcase = tcase_create("catalogue");
	TRAP(tcase);
	tcase_add_test(tcase, reasons_of_the_engine_say_what_it_says);
	tcase_add_test(tcase, every_slip_is_found_by_its_id);
	tcase_add_test(tcase, ids_are_lower_case_words_joined_by_hyphens);
	tcase_add_test(tcase, a_hint_is_one_question_without_a_formula);
	tcase_add_test(tcase, every_slip_has_a_page_with_its_title_and_its_question);
	tcase_add_test(tcase, pages_on_notes_carry_their_own_title);
	tcase_add_test(tcase, an_unknown_code_is_an_error_that_offers_the_nearest);
	tcase_add_test(tcase, pages_are_walked_over_once_each);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
