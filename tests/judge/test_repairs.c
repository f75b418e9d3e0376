/* Repairs of formulas: the example of each row of slips.def is mended by the repair that the row names. */
#include "../trap.h"

#include "slips/repairs.h"
#include "lang/print/print.h"

#include <stdio.h>
#include <string.h>

static hg_arena *arena;
static hg_claim_name names[40];
static hg_claim claim;

static const hg_expr *parsed(const char *text, size_t n)
{
	hg_expr *e = NULL;
	const char *trouble = NULL;
	hg_status status = hg_parse_expression((hg_str){text, n}, false, arena, &e, &trouble);
	ck_assert_msg(status == HG_OK && e, "%.*s: %s", (int)n, text, trouble ? trouble : "");
	return e;
}

static void know(const char *text, hg_role role, int layer, bool batch, const char *slope)
{
	names[claim.nnames++] = (hg_claim_name){.spelled = parsed(text, strlen(text)), .role = role, .layer = layer,
	                                        .batch = batch, .slope = slope ? parsed(slope, strlen(slope)) : NULL};
}

/* A two-layer network, for all samples and for one; `slope` is how the derivative of the activation is written. */
static void meet(const char *slope)
{
	claim = (hg_claim){.name = names, .batch = true};
	know("X", HG_ROLE_INPUT, 0, true, NULL);
	know("A_0", HG_ROLE_INPUT, 0, true, NULL);
	know("W_1", HG_ROLE_WEIGHT, 1, false, NULL);
	know("Z_1", HG_ROLE_PREACTIVATION, 1, true, slope);
	know("A_1", HG_ROLE_ACTIVATION, 1, true, NULL);
	know("W_2", HG_ROLE_WEIGHT, 2, false, NULL);
	know("dZ_1", HG_ROLE_GRADIENT, 1, true, NULL);
	know("dZ_2", HG_ROLE_GRADIENT, 2, true, NULL);
	know("z_2", HG_ROLE_PREACTIVATION, 2, false, NULL);
	know("a_2", HG_ROLE_ACTIVATION, 2, false, NULL);
	know("y", HG_ROLE_LABEL, -1, false, NULL);
	know("m", HG_ROLE_COUNT, -1, false, NULL);
}

static void begin(void) { arena = hg_arena_new(); }
static void end(void) { hg_arena_free(arena); }

/* The two sides of an example. */
static void set_sides(const char *text)
{
	const char *equals = strstr(text, " = ");
	ck_assert_ptr_nonnull(equals);
	claim.left = parsed(text, (size_t)(equals - text));
	claim.right = parsed(equals + 3, strlen(equals + 3));
	claim.target = claim.left->op == HG_OP_DERIV ? claim.left->kid[0] : NULL;
	claim.variable = claim.left->op == HG_OP_DERIV ? claim.left->kid[1] : NULL;
}

/* Is there an edit of the wrong formula under this slip that gives the right one? */
static bool mended_to(hg_slip_id slip, const char *wrong, const char *right)
{
	hg_edits edits;
	const char *equals = strstr(right, " = ");
	const hg_expr *want = parsed(equals + 3, strlen(equals + 3));
	set_sides(wrong);
	ck_assert_int_eq(hg_repairs_of(&claim, claim.right, NULL, arena, &edits), HG_OK);
	for (size_t k = 0; k < edits.n; k++)
		if (edits.at[k].slip == slip && hg_expr_equal(edits.at[k].tree, want))
			return true;
	return false;
}

/* These are not in the side that is judged. */
static bool outside(hg_slip_id slip)
{
	return slip == HG_SLIP_WRONG_LEFT_SIDE || slip == HG_SLIP_MISSING_DIFFERENTIAL || slip == HG_SLIP_STALE_WEIGHTS ||
	       slip == HG_SLIP_ARITHMETIC;
}

START_TEST(the_example_of_each_row_is_mended_by_its_repair)
{
	for (hg_slip_id slip = 0; slip < HG_NSLIPS; slip++) {
		if (outside(slip))
			continue;
		bool mended = false;
		for (int spelling = 0; spelling < 2 && !mended; spelling++) {
			meet(spelling ? "g'(Z_1)" : "1\\{Z_1 > 0\\}");
			mended = mended_to(slip, hg_slips[slip].wrong, hg_slips[slip].right);
		}
		ck_assert_msg(mended, "%s: %s", hg_slips[slip].id, hg_slips[slip].wrong);
	}
}
END_TEST

START_TEST(other_places_are_tried_too)
{
	static const struct {
		hg_slip_id slip;
		const char *wrong, *right;
	} cases[] = {
		{HG_SLIP_SIGN, "L = \\frac{y}{a} + b", "L = -\\frac{y}{a} + b"},
		{HG_SLIP_SIGN, "L = -(a - y)", "L = a - y"},
		{HG_SLIP_EXTRA_MEAN, "L = \\frac{A_1}{m}", "L = A_1"},
		{HG_SLIP_CONSTANT_FACTOR, "L = 2 (a - y)", "L = a - y"},
		{HG_SLIP_MISSING_TRANSPOSE, "L = dZ_2 A_1", "L = dZ_2 A_1^T"},
		{HG_SLIP_PRODUCT_ORDER, "L = A_1^T dZ_2 \\odot b", "L = dZ_2 A_1^T \\odot b"},
		{HG_SLIP_SQUARE_MOVED, "L = 1 - \\tanh^2(z)", "L = (1 - \\tanh(z))^2"},
		{HG_SLIP_LOST_SQUARE, "L = \\frac{e^{-z}}{1 + e^{-z}}", "L = \\frac{e^{-z}}{(1 + e^{-z})^2}"},
		{HG_SLIP_EXTRA_SQUARE, "L = 3 x^3", "L = 3 x^2"},
		{HG_SLIP_RELU_DERIVATIVE, "L = \\begin{cases} 0 & z > 0 \\\\ 1 & z \\le 0 \\end{cases}",
		 "L = \\begin{cases} 1 & z > 0 \\\\ 0 & z \\le 0 \\end{cases}"},
		{HG_SLIP_VALUE_FOR_DERIVATIVE, "L = dZ_2 \\odot A_1", "L = dZ_2 \\odot 1\\{Z_1 > 0\\}"},
		{HG_SLIP_WRONG_ACTIVATION, "L = dZ_2 \\odot (1 - A_1^2)", "L = dZ_2 \\odot 1\\{Z_1 > 0\\}"},
		{HG_SLIP_WRONG_LAYER, "L = W_1^T dZ_2", "L = W_2^T dZ_2"},
		{HG_SLIP_WRONG_LAYER, "L = X dZ_2", "L = A_1 dZ_2"},
		{HG_SLIP_LOST_FACTOR, "L = \\frac{1}{m} W_2^T X^T", "L = \\frac{1}{m} W_2^T dZ_2 X^T"},
		{HG_SLIP_LOST_FACTOR, "L = W_2^T dZ_2 X^T", "L = W_2^T dZ_2 \\odot 1\\{Z_1 > 0\\} X^T"},
		{HG_SLIP_EXTRA_FACTOR, "L = \\frac{a - y}{a (1 - a)}", "L = a - y"},
		{HG_SLIP_LOST_CHAIN_FACTOR, "\\frac{\\partial L}{\\partial W} = \\frac{\\partial L}{\\partial z}",
		 "L = \\frac{\\partial L}{\\partial z} \\frac{\\partial z}{\\partial W}"},
		{HG_SLIP_INVERTED_FACTOR, "L = \\frac{t (1 - t)}{t - y}", "L = \\frac{t - y}{t (1 - t)}"},
	};
	meet("1\\{Z_1 > 0\\}");
	for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
		ck_assert_msg(mended_to(cases[k].slip, cases[k].wrong, cases[k].right), "%s", cases[k].wrong);
}
END_TEST

START_TEST(the_caret_is_under_the_smallest_term)
{
	static const struct {
		hg_slip_id slip;
		const char *wrong, *right, *caret;
	} cases[] = {
		{HG_SLIP_SIGN, "dW_2 = \\frac{1}{m} (Y - A_2) A_1^T", "dW_2 = \\frac{1}{m} (A_2 - Y) A_1^T", "(Y - A_2)"},
		{HG_SLIP_WRONG_LAYER, "dW_2 = \\frac{1}{m} dZ_2 A_0^T", "dW_2 = \\frac{1}{m} dZ_2 A_1^T", "A_0^T"},
		{HG_SLIP_SQUARE_MOVED, "dZ_1 = W_2^T dZ_2 \\odot (1 - A_1)^2", "dZ_1 = W_2^T dZ_2 \\odot (1 - A_1^2)", "(1 - A_1)^2"},
		{HG_SLIP_EXPONENT_SIGN, "s = \\frac{e^{z}}{(1 + e^{-z})^2}", "s = \\frac{e^{-z}}{(1 + e^{-z})^2}", "z"},
	};
	meet("1\\{Z_1 > 0\\}");
	for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
		hg_edits edits;
		const char *side = strstr(cases[c].wrong, " = ") + 3;
		const hg_expr *want = parsed(strstr(cases[c].right, " = ") + 3, strlen(strstr(cases[c].right, " = ") + 3));
		set_sides(cases[c].wrong);
		ck_assert_int_eq(hg_repairs_of(&claim, claim.right, NULL, arena, &edits), HG_OK);
		size_t k = 0;
		while (k < edits.n && !(edits.at[k].slip == cases[c].slip && hg_expr_equal(edits.at[k].tree, want)))
			k++;
		ck_assert_msg(k < edits.n, "%s", cases[c].wrong);
		hg_span at = edits.at[k].at;
		ck_assert_msg(at.n == strlen(cases[c].caret) && !strncmp(side + at.at, cases[c].caret, at.n), "%.*s",
		              (int)at.n, side + at.at);
	}
}
END_TEST

START_TEST(edits_are_sorted_new_and_inside_the_formula)
{
	hg_edits edits;
	const char *text = "dW_1 = \\frac{1}{m} (W_2^T dZ_2 \\odot 1\\{Z_1 > 0\\}) X^T";
	meet("1\\{Z_1 > 0\\}");
	set_sides(text);
	ck_assert_int_eq(hg_repairs_of(&claim, claim.right, NULL, arena, &edits), HG_OK);
	ck_assert_uint_gt(edits.n, 50);
	ck_assert_uint_lt(edits.n, 1500);
	for (size_t k = 0; k < edits.n; k++) {
		ck_assert(!hg_expr_equal(edits.at[k].tree, claim.right));
		ck_assert_uint_le(edits.at[k].at.at + edits.at[k].at.n, strlen(text));
		ck_assert_uint_gt(edits.at[k].at.n, 0);
		if (k > 0)
			ck_assert_uint_ge(edits.at[k].size, edits.at[k - 1].size);
	}
}
END_TEST

/* The repaired formula is shown in LaTeX, and that LaTeX says the same: nothing gets lost on the way back. */
START_TEST(every_edit_can_be_written_down_and_read_again)
{
	static const char *const lines[] = {
		"dW_1 = \\frac{1}{m} (W_2^T dZ_2 \\odot 1\\{Z_1 > 0\\}) X^T",
		"L = -\\frac{y}{a_2} + \\frac{1 - y}{1 - a_2}",
		"s = \\frac{e^{-z}}{(1 + e^{-z})^2}",
		"db = \\frac{1}{m} \\text{np.sum}(dZ_2, \\text{axis}=1)",
		"dZ_1 = W_2^T dZ_2 \\odot (1 - A_1^2)",
	};
	size_t lost = 0, all = 0;
	meet("1\\{Z_1 > 0\\}");
	for (size_t c = 0; c < sizeof lines / sizeof *lines; c++) {
		hg_edits edits;
		set_sides(lines[c]);
		ck_assert_int_eq(hg_repairs_of(&claim, claim.right, NULL, arena, &edits), HG_OK);
		for (size_t k = 0; k < edits.n; k++, all++) {
			hg_buf text = {0}, tree = {0}, again = {0};
			hg_print_latex(edits.at[k].tree, &text);
			const hg_expr *back = parsed(text.p, text.n);
			hg_print_tree(edits.at[k].tree, &tree);
			hg_print_tree(back, &again);
			if (!hg_str_equal(hg_buf_slice(&tree), hg_buf_slice(&again)) && lost++ < 12)
				fprintf(stderr, "%s %.*s\n  %.*s\n  %.*s\n", hg_slips[edits.at[k].slip].id, (int)text.n, text.p, (int)tree.n,
				        tree.p, (int)again.n, again.p);
			hg_buf_free(&text);
			hg_buf_free(&tree);
			hg_buf_free(&again);
		}
	}
	ck_assert_msg(lost == 0, "%zu of %zu", lost, all);
}
END_TEST

/* Committing and undoing are opposite: what is planted can be mended back. */
START_TEST(a_planted_slip_is_mended_by_the_repair_of_the_same_row)
{
	hg_edits planted, back;
	size_t tried = 0;
	meet("1\\{Z_1 > 0\\}");
	set_sides("dW_1 = \\frac{1}{m} (W_2^T dZ_2 \\odot 1\\{Z_1 > 0\\}) X^T");
	const hg_expr *right = claim.right;
	ck_assert_int_eq(hg_plants_of(&claim, right, NULL, arena, &planted), HG_OK);
	for (size_t k = 0; k < planted.n; k += 7) {
		hg_slip_id slip = planted.at[k].slip;
		bool found = false;
		claim.right = planted.at[k].tree;
		ck_assert_int_eq(hg_repairs_of(&claim, claim.right, NULL, arena, &back), HG_OK);
		for (size_t j = 0; j < back.n && !found; j++)
			found = hg_expr_equal(back.at[j].tree, right);
		bool two_ways = slip == HG_SLIP_LOST_FACTOR || slip == HG_SLIP_LOST_TERM || slip == HG_SLIP_SUM_FOR_PRODUCT ||
		                slip == HG_SLIP_EXTRA_TERM || slip == HG_SLIP_PRODUCT_FOR_SUM || slip == HG_SLIP_INVERTED_FACTOR ||
		                slip == HG_SLIP_PRODUCT_ORDER || slip == HG_SLIP_VALUE_FOR_DERIVATIVE;
		tried += found;
		hg_buf text = {0};
		hg_print_tree(planted.at[k].tree, &text);
		ck_assert_msg(found || two_ways || planted.at[k].size > 1, "%s: %.*s", hg_slips[slip].id, (int)text.n, text.p);
		hg_buf_free(&text);
	}
	ck_assert_uint_gt(tried, 10);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("repairs");
	TCase *tcase = tcase_create("formulas");
	TRAP(tcase);
	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_test(tcase, the_example_of_each_row_is_mended_by_its_repair);
	tcase_add_test(tcase, other_places_are_tried_too);
	tcase_add_test(tcase, the_caret_is_under_the_smallest_term);
	tcase_add_test(tcase, edits_are_sorted_new_and_inside_the_formula);
	tcase_add_test(tcase, every_edit_can_be_written_down_and_read_again);
	tcase_add_test(tcase, a_planted_slip_is_mended_by_the_repair_of_the_same_row);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
