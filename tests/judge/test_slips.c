/* The catalogue: ids are unique and findable, hints are questions that give nothing away. */
#include "judge/slips.h"
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

int main(void)
{
	Suite *suite = suite_create("slips");
	TCase *tcase = tcase_create("catalogue");
	TRAP(tcase);
	tcase_add_test(tcase, every_slip_is_found_by_its_id);
	tcase_add_test(tcase, ids_are_lower_case_words_joined_by_hyphens);
	tcase_add_test(tcase, a_hint_is_one_question_without_a_formula);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
