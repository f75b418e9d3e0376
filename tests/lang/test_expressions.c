#include "../trap.h"

#include "base/buf.h"
#include "cases.h"
#include "lang/command.h"
#include "lang/function.h"
#include "lang/print/print.h"
#include "lang/statement.h"

static hg_arena *kept;

static hg_expr *parsed(hg_str latex, hg_arena *arena)
{
	const char *trouble;
	hg_expr *e;
	ck_assert_int_eq(hg_parse_expression(latex, false, arena, &e, &trouble), HG_OK);
	ck_assert_msg(e != NULL, "%.*s: expected %s", HG_STR_ARG(latex), trouble ? trouble : "?");
	return e;
}

static const char *printed(const hg_expr *e, void (*print)(const hg_expr *, hg_buf *), hg_arena *arena)
{
	hg_buf out = {0};
	print(e, &out);
	const char *text = hg_arena_copy(arena, out.p, out.n);
	hg_buf_free(&out);
	return text;
}

START_TEST(what_is_written_gives_its_tree)
{
	const test_case *c = &cases[_i];
	hg_arena *arena = hg_arena_new();
	const hg_expr *e = parsed(hg_str_trim(c->input), arena);
	hg_str tree = hg_str_of(printed(e, hg_print_tree, arena)), expected = hg_str_trim(hg_str_of(c->expected));
	ck_assert_msg(hg_str_equal(tree, expected), "line %zu: %.*s\n  gives    %.*s\n  expected %.*s", c->line,
	              HG_STR_ARG(c->input), HG_STR_ARG(tree), HG_STR_ARG(expected));
	hg_arena_free(arena);
}
END_TEST

START_TEST(a_tree_printed_as_latex_reads_back_as_an_equal_tree)
{
	const test_case *c = &cases[_i];
	hg_arena *arena = hg_arena_new();
	const hg_expr *e = parsed(hg_str_trim(c->input), arena);
	const char *latex = printed(e, hg_print_latex, arena);
	const hg_expr *again = parsed(hg_str_of(latex), arena);
	ck_assert_msg(hg_expr_equal(e, again), "line %zu: %s reads back as %s", c->line, latex,
	              printed(again, hg_print_tree, arena));
	const hg_expr *copy = hg_expr_copy(arena, e);
	ck_assert(hg_expr_equal(e, copy));
	hg_arena_free(arena);
}
END_TEST

/* Every prefix of what can be read: a tree or a sentence, never a crash. */
START_TEST(what_is_cut_off_is_reported)
{
	hg_str latex = hg_str_trim(cases[_i].input);
	for (size_t n = 0; n < latex.n; n++) {
		hg_arena *arena = hg_arena_new();
		const char *trouble;
		hg_expr *e;
		ck_assert_int_eq(hg_parse_expression(hg_str_part(latex, 0, n), false, arena, &e, &trouble), HG_OK);
		ck_assert(e || trouble);
		hg_arena_free(arena);
	}
}
END_TEST

START_TEST(other_trees_are_not_equal)
{
	hg_arena *arena = hg_arena_new();
	ck_assert(!hg_expr_equal(parsed(HG_STR("W_1"), arena), parsed(HG_STR("W_2"), arena)));
	ck_assert(!hg_expr_equal(parsed(HG_STR("W_1"), arena), parsed(HG_STR("W^{(1)}"), arena)));
	ck_assert(!hg_expr_equal(parsed(HG_STR("a b"), arena), parsed(HG_STR("a \\odot b"), arena)));
	ck_assert(!hg_expr_equal(parsed(HG_STR("\\hat y"), arena), parsed(HG_STR("y"), arena)));
	ck_assert(hg_expr_equal(parsed(HG_STR("\\mathbf{x}"), arena), parsed(HG_STR("x"), arena)));
	ck_assert(hg_expr_equal(parsed(HG_STR("(a) b"), arena), parsed(HG_STR("a b"), arena)));
	hg_arena_free(arena);
}
END_TEST

START_TEST(spans_point_into_the_source)
{
	hg_arena *arena = hg_arena_new();
	hg_str latex = HG_STR("a + \\frac{u}{v} W^{[2]T} (s - t)");
	const hg_expr *e = parsed(latex, arena), *product = e->kid[1];
	ck_assert(hg_str_is(hg_str_part(latex, product->kid[0]->span.at, product->kid[0]->span.n), "\\frac{u}{v}"));
	ck_assert(hg_str_is(hg_str_part(latex, product->kid[0]->kid[1]->span.at, product->kid[0]->kid[1]->span.n), "v"));
	ck_assert(hg_str_is(hg_str_part(latex, product->kid[1]->span.at, product->kid[1]->span.n), "W^{[2]T}"));
	ck_assert(hg_str_is(hg_str_part(latex, product->kid[2]->span.at, product->kid[2]->span.n), "(s - t)"));
	hg_arena_free(arena);
}
END_TEST

START_TEST(people_read_trees_on_one_line)
{
	static const char *const rows[][2] = {
		{"\\frac{\\partial J}{\\partial W^{[1]}}", "dJ/dW1"},
		{"\\frac{1}{m} dZ^{[1]} X^T", "(1/m) dZ1 X^T"},
		{"-(y \\log a + (1 - y) \\log(1 - a))", "-(y log(a) + (1 - y) log(1 - a))"},
		{"W^{[2]T} dz_2 \\odot (1 - A^{[1]} \\odot A^{[1]})", "W2^T dz_2 \u2299 (1 - A1 \u2299 A1)"},
		{"\\sum_{i=1}^m (\\hat y_i - y_i)^2", "sum[i=1..m] (yhat_i - y_i)^2"},
		{"\\begin{cases} 1 & u > 0 \\\\ 0 & \\text{otherwise} \\end{cases}", "{1 if u > 0; 0 otherwise}"},
		{"\\boxed{a - y}", "a - y"},
		{"a_j^{[1](i)}", "a1_j(i)"},
	};
	hg_arena *arena = hg_arena_new();
	for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
		ck_assert_str_eq(printed(parsed(hg_str_of(rows[k][0]), arena), hg_print_plain, arena), rows[k][1]);
	hg_arena_free(arena);
}
END_TEST

START_TEST(tables_are_in_order)
{
	for (size_t i = 1; i < hg_command_count(); i++)
		ck_assert_str_lt(hg_command_at(i - 1)->name, hg_command_at(i)->name);
	for (size_t i = 0; i < hg_command_count(); i++)
		ck_assert_ptr_eq(hg_command_find(hg_str_of(hg_command_at(i)->name)), hg_command_at(i));
	for (hg_fn fn = 0; fn < HG_NFNS; fn++)
		ck_assert_int_eq(hg_fn_find(hg_str_of(hg_fn_name(fn))), fn);
	ck_assert_int_eq(hg_fn_find(HG_STR("np.maximum")), HG_FN_MAX);
	ck_assert_int_eq(hg_fn_find(HG_STR("RELU")), HG_FN_RELU);
	ck_assert_int_eq(hg_fn_find(HG_STR("W")), HG_NFNS);
}
END_TEST

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	kept = hg_arena_new();
	cases_read(argv[1], kept);
	int n = (int)ncases;
	Suite *suite = suite_create("expressions");
	TCase *tc = tcase_create("expressions");
	TRAP(tc);
	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, what_is_written_gives_its_tree, 0, n);
	tcase_add_loop_test(tc, a_tree_printed_as_latex_reads_back_as_an_equal_tree, 0, n);
	tcase_add_loop_test(tc, what_is_cut_off_is_reported, 0, n);
	tcase_add_test(tc, other_trees_are_not_equal);
	tcase_add_test(tc, spans_point_into_the_source);
	tcase_add_test(tc, people_read_trees_on_one_line);
	tcase_add_test(tc, tables_are_in_order);
	suite_add_tcase(suite, tc);
	int failed = run_suite(suite);
	hg_arena_free(kept);
	return failed;
}
