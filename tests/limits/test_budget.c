/* The budget itself: every row of limits.def holds at its limit and fails one past it. */
#include "../trap.h"

#include "base/limits.h"

#include <stdint.h>

START_TEST(each_limit_allows_its_value_and_refuses_one_more)
{
	hg_budget budget = hg_budget_of();
	hg_limit limit = (hg_limit)_i;
	size_t most = budget.most[limit];
	ck_assert_uint_gt(most, 0);
	ck_assert(hg_budget_allows(&budget, limit, most));
	ck_assert(!hg_budget_allows(&budget, limit, most + 1));
	ck_assert(!hg_budget_spend(&budget, limit, most + 1));
	ck_assert_uint_eq(budget.spent[limit], 0);
	ck_assert(hg_budget_spend(&budget, limit, most));
	ck_assert(!hg_budget_spend(&budget, limit, 1));
	ck_assert(!hg_budget_spend(&budget, limit, SIZE_MAX));
	hg_budget_return(&budget, limit, 1);
	ck_assert(hg_budget_spend(&budget, limit, 1));
}
END_TEST

START_TEST(products_that_overflow_are_refused)
{
	hg_budget budget = hg_budget_of();
	ck_assert(hg_budget_allows_product(&budget, HG_LIMIT_ELEMENTS, 1000, 1000));
	ck_assert(!hg_budget_allows_product(&budget, HG_LIMIT_ELEMENTS, 1001, 1000));
	ck_assert(!hg_budget_allows_product(&budget, HG_LIMIT_ELEMENTS, (size_t)1 << 32, (size_t)1 << 32));
	ck_assert(hg_budget_allows_product(&budget, HG_LIMIT_ELEMENTS, SIZE_MAX, 0));
}
END_TEST

START_TEST(options_name_a_limit)
{
	hg_budget budget = hg_budget_of();
	ck_assert(hg_budget_read(&budget, HG_STR("nesting=300")));
	ck_assert_uint_eq(budget.most[HG_LIMIT_NESTING], 300);
	static const char *const bad[] = {"nesting", "nesting=", "nesting=3x",
	                                  "nest=3",  "=3",       "nesting=99999999999999999999999"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert(!hg_budget_read(&budget, hg_str_of(bad[i])));
	ck_assert_uint_eq(budget.most[HG_LIMIT_NESTING], 300);
}
END_TEST

START_TEST(messages_name_the_limit)
{
	hg_arena *arena = hg_arena_new();
	hg_budget budget = hg_budget_of();
	ck_assert_str_eq(hg_limit_message(&budget, HG_LIMIT_MACROS, arena),
	                 "more than 500 macro definitions in a document (limit: macros)");
	hg_arena_free(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("budget");
	TCase *tc = tcase_create("budget");
	TRAP(tc);
	tcase_add_loop_test(tc, each_limit_allows_its_value_and_refuses_one_more, 0, HG_NLIMITS);
	tcase_add_test(tc, products_that_overflow_are_refused);
	tcase_add_test(tc, options_name_a_limit);
	tcase_add_test(tc, messages_name_the_limit);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
