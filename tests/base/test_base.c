#include "../trap.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

#include <stdint.h>
#include <string.h>

START_TEST(arena_memory_is_zeroed_and_aligned)
{
	hg_arena *arena = hg_arena_new();
	for (size_t n = 1; n < 100000; n = n * 3 + 1) {
		unsigned char *p = hg_arena_alloc(arena, n, 1);
		ck_assert_ptr_nonnull(p);
		ck_assert_uint_eq((uintptr_t)p % sizeof(double), 0);
		for (size_t i = 0; i < n; i++)
			ck_assert_uint_eq(p[i], 0);
		memset(p, 0xff, n);
	}
	ck_assert(!hg_arena_failed(arena));
	hg_arena_free(arena);
}
END_TEST

START_TEST(arena_refuses_a_size_that_overflows)
{
	hg_arena *arena = hg_arena_new();
	ck_assert_ptr_null(hg_arena_alloc(arena, SIZE_MAX / 2, 3));
	ck_assert(hg_arena_failed(arena));
	hg_arena_free(arena);
}
END_TEST

START_TEST(arena_release_gives_back_what_came_after_the_mark)
{
	hg_arena *arena = hg_arena_new();
	char *kept = hg_arena_print(arena, "W%d", 1);
	size_t before = hg_arena_size(arena);
	hg_mark mark = hg_arena_mark(arena);
	hg_arena_alloc(arena, 1 << 20, 1);
	hg_arena_release(arena, mark);
	ck_assert_uint_eq(hg_arena_size(arena), before);
	ck_assert_str_eq(kept, "W1");
	hg_arena_free(arena);
}
END_TEST

START_TEST(slices_compare_trim_and_find)
{
	ck_assert(hg_str_equal_nocase(HG_STR("ReLU"), HG_STR("RELU")));
	ck_assert(hg_str_is(hg_str_trim(HG_STR(" \t dW \n")), "dW"));
	ck_assert_uint_eq(hg_str_find(HG_STR("W1 x + b1"), HG_STR("x +")), 3);
	ck_assert_uint_eq(hg_str_find(HG_STR("x"), HG_STR("xx")), (size_t)-1);
	ck_assert_uint_eq(hg_str_distance(HG_STR("sigmiod"), HG_STR("sigmoid")), 2);
	ck_assert(hg_str_starts(HG_STR("\\frac"), "\\fr") && hg_str_ends(HG_STR("hw.md"), ".md"));
}
END_TEST

START_TEST(buffers_grow)
{
	hg_buf buf = {0};
	for (int i = 0; i < 1000; i++)
		hg_buf_print(&buf, "%d,", i % 10);
	ck_assert_uint_eq(buf.n, 2000);
	ck_assert(!buf.failed);
	hg_buf_free(&buf);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("base");
	TCase *tc = tcase_create("base");
	TRAP(tc);
	tcase_add_test(tc, arena_memory_is_zeroed_and_aligned);
	tcase_add_test(tc, arena_refuses_a_size_that_overflows);
	tcase_add_test(tc, arena_release_gives_back_what_came_after_the_mark);
	tcase_add_test(tc, slices_compare_trim_and_find);
	tcase_add_test(tc, buffers_grow);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
