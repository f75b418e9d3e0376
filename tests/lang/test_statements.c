#include "../trap.h"

#include "cases.h"
#include "lang/print/print.h"
#include "lang/statement.h"

#include <time.h>

static hg_arena *kept;

static hg_statements read_from(hg_str text, hg_doc *doc, hg_source *source, hg_arena *arena)
{
	const char *trouble;
	hg_statements said;
	ck_assert_int_eq(hg_source_of("test.md", text, NULL, arena, source, &trouble), HG_OK);
	ck_assert_int_eq(hg_doc_scan(source, arena, doc), HG_OK);
	ck_assert_int_eq(hg_parse(doc, arena, &said), HG_OK);
	return said;
}

START_TEST(a_document_gives_its_statements)
{
	const test_case *c = &cases[_i];
	hg_arena *arena = hg_arena_new();
	hg_source source;
	hg_doc doc;
	hg_buf out = {0};
	hg_statements said = read_from(c->input, &doc, &source, arena);
	hg_statements_dump(&said, &out);
	hg_str got = out.n ? hg_buf_slice(&out) : HG_STR("(nothing)\n");
	ck_assert_msg(hg_str_is(got, c->expected), "line %zu: %.*s  gives\n%.*s", c->line, HG_STR_ARG(c->input),
	              HG_STR_ARG(got));
	hg_buf_free(&out);
	hg_arena_free(arena);
}
END_TEST

/* ---- what is long or deep costs in proportion, and a limit is reported where it is passed ---- */

static char *repeated(hg_arena *arena, const char *before, const char *what, size_t n, const char *after)
{
	size_t b = strlen(before), w = strlen(what), a = strlen(after);
	char *text = hg_arena_alloc(arena, b + n * w + a + 1, 1), *p = text;
	memcpy(p, before, b);
	p += b;
	for (size_t i = 0; i < n; i++, p += w)
		memcpy(p, what, w);
	memcpy(p, after, a);
	return text;
}

static const struct {
	const char *name, *before, *what, *after;
} long_ones[] = {
	{"braces", "$$u = ", "{", "$$"},
	{"braces closed", "$$u = ", "{x}", "$$"},
	{"brackets", "$$u = ", "(", "$$"},
	{"calls", "$$u = ", "y(", "$$"},
	{"fractions", "$$u = ", "\\frac{", "$$"},
	{"derivatives", "$$u = ", "\\frac{\\partial ", "$$"},
	{"scripts", "$$u = x", "^{a", "$$"},
	{"subscripts", "$$u = x", "_{a", "$$"},
	{"primes", "$$u = x", "'", "$$"},
	{"indices", "$$u = x", "_1", "$$"},
	{"signs", "$$u = ", "-", "x$$"},
	{"terms", "$$u = x", " + x", "$$"},
	{"factors", "$$u = x", " x", "$$"},
	{"links", "$$u", " = x", "$$"},
	{"rows", "$$\\begin{aligned} u &= x", " \\\\ u &= x", "\\end{aligned}$$"},
	{"commas", "$$u = x", ", u = x", "$$"},
	{"spaces", "$$u = x", " \\quad u = x", "$$"},
	{"bars", "$$u = ", "|x", "$$"},
	{"environments", "$$u = ", "\\begin{cases} ", "$$"},
	{"cells", "$$u = \\begin{matrix} x", " & x", "\\end{matrix}$$"},
	{"closing", "$$u = x", "}", "$$"},
	{"logs", "$$u = ", "\\log ", "x$$"},
	{"sums", "$$u = ", "\\sum_i ", "x$$"},
	{"nablas", "$$u = ", "\\nabla ", "x$$"},
	{"hats", "$$u = ", "\\hat ", "x$$"},
	{"deltas", "$$u = ", "\\delta x ", "$$"},
	{"words", "$$u = x", " \\text{ if } x", "$$"},
	{"unknown", "$$u = ", "\\nothing ", "$$"},
	{"left", "$$u = ", "\\left( x", "$$"},
	{"stacks", "$$u ", "\\stackrel{x}{=} x ", "$$"},
	{"boxes", "$$", "\\boxed{ u = ", "$$"},
	{"letters", "$$u = ", "x", "$$"},
	{"arrays", "$$u = ", "\\begin{array}{c}", "$$"},
	{"digits", "$$u = ", "1", "$$"},
};

static double seconds_for(const char *text, size_t *statements)
{
	hg_arena *arena = hg_arena_new();
	hg_source source;
	hg_doc doc;
	clock_t begun = clock();
	hg_statements said = read_from(hg_str_of(text), &doc, &source, arena);
	double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
	*statements = said.n;
	ck_assert(hg_arena_size(arena) < (size_t)256 << 20);
	hg_arena_free(arena);
	return seconds;
}

/* Ten times as long may take no more than a generous multiple; what grows with the square takes a hundred times. */
START_TEST(long_and_deep_formulas_cost_in_proportion)
{
	hg_arena *arena = hg_arena_new();
	size_t n;
	char *small = repeated(arena, long_ones[_i].before, long_ones[_i].what, 5000, long_ones[_i].after);
	char *large = repeated(arena, long_ones[_i].before, long_ones[_i].what, 50000, long_ones[_i].after);
	double first = seconds_for(small, &n), second = seconds_for(large, &n);
	ck_assert_msg(second < 40 * (first + 0.005), "%s: %g s for 5,000, %g s for 50,000", long_ones[_i].name, first, second);
	hg_arena_free(arena);
}
END_TEST

/* Levels that are read, and one more. */
START_TEST(nesting_ends_at_its_limit)
{
	hg_arena *arena = hg_arena_new();
	for (int over = 0; over < 2; over++) {
		size_t levels = 200 + (size_t)over;
		char *open = repeated(arena, "$$u = ", "(", levels, "x");
		char *text = repeated(arena, open, ")", levels, "$$");
		hg_source source;
		hg_doc doc;
		hg_statements said = read_from(hg_str_of(text), &doc, &source, arena);
		ck_assert_uint_eq(said.n, 1);
		ck_assert_int_eq(said.at[0].unread.n > 0, over);
		if (over)
			ck_assert_ptr_nonnull(strstr(said.at[0].unread_text, "inside one another"));
	}
	hg_arena_free(arena);
}
END_TEST

START_TEST(nodes_end_at_their_limit)
{
	hg_arena *arena = hg_arena_new();
	for (int over = 0; over < 2; over++) {
		char *text = repeated(arena, "$$u = x", "+x", over ? 100000 : 99998, "$$");
		hg_source source;
		hg_doc doc;
		hg_statements said = read_from(hg_str_of(text), &doc, &source, arena);
		ck_assert_int_eq(said.at[0].unread.n > 0, over);
	}
	hg_arena_free(arena);
}
END_TEST

/* A bomb of macros costs its budget; the formulas without macros behind it are read. */
START_TEST(macros_end_at_their_budget)
{
	static const char bomb[] = "\\def\\a{xx}\n\\def\\b{\\a\\a\\a\\a\\a\\a\\a\\a\\a\\a}\n\\def\\c{\\b\\b\\b\\b\\b\\b\\b\\b\\b\\b}\n"
	                           "\\def\\e{\\c\\c\\c\\c\\c\\c\\c\\c\\c\\c}\n\n$$u = \\a$$\n\n$$u = \\e$$\n\n$$v = x$$\n";
	hg_arena *arena = hg_arena_new();
	hg_source source;
	hg_doc doc;
	hg_statements said = read_from(hg_str_of(bomb), &doc, &source, arena);
	ck_assert_uint_eq(said.n, 3);
	ck_assert_uint_eq(said.at[0].unread.n, 0);
	ck_assert_uint_gt(said.at[1].unread.n, 0);
	ck_assert_uint_eq(said.at[2].unread.n, 0);
	ck_assert(source.budget->spent[HG_LIMIT_EXPANSIONS] <= source.budget->most[HG_LIMIT_EXPANSIONS]);
	hg_arena_free(arena);
}
END_TEST

/* The last token of a statement, and none behind it, is what is pointed at. */
START_TEST(what_is_not_read_is_pointed_at)
{
	hg_arena *arena = hg_arena_new();
	hg_source source;
	hg_doc doc;
	hg_statements said = read_from(HG_STR("$$u = a + \\strange b = c$$"), &doc, &source, arena);
	ck_assert_uint_eq(said.n, 1);
	ck_assert_uint_eq(said.at[0].nsides, 3);
	ck_assert_ptr_null(said.at[0].side[1].e);
	ck_assert_ptr_nonnull(said.at[0].side[2].e);
	ck_assert(hg_str_is(hg_source_text(&source, said.at[0].unread), "\\strange"));
	ck_assert(hg_str_is(hg_str_trim(hg_source_text(&source, said.at[0].side[1].span)), "a + \\strange b"));
	hg_arena_free(arena);
}
END_TEST

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	kept = hg_arena_new();
	cases_read(argv[1], kept);
	Suite *suite = suite_create("statements");
	TCase *tc = tcase_create("statements");
	TRAP(tc);
	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, a_document_gives_its_statements, 0, (int)ncases);
	tcase_add_loop_test(tc, long_and_deep_formulas_cost_in_proportion, 0, (int)(sizeof long_ones / sizeof *long_ones));
	tcase_add_test(tc, nesting_ends_at_its_limit);
	tcase_add_test(tc, nodes_end_at_their_limit);
	tcase_add_test(tc, macros_end_at_their_budget);
	tcase_add_test(tc, what_is_not_read_is_pointed_at);
	suite_add_tcase(suite, tc);
	int failed = run_suite(suite);
	hg_arena_free(kept);
	return failed;
}
