/* Macros expanded as text: what the tokens say of the expanded text is what they say of the text itself. */
#include "../trap.h"

#include "lang/token.h"

#include <string.h>

static const struct {
	const char *defined, *written, *expanded;
} uses[] = {
	{"\\newcommand{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}}", "\\pd{L}{z} = t", "\\frac{\\partial L}{\\partial z} = t"},
	{"\\newcommand{\\loss}{\\mathcal{L}}", "\\loss + \\lossy", "\\mathcal{L} + \\lossy"},
	{"\\newcommand{\\a}{b}", "\\frac{\\a}{c}", "\\frac{b}{c}"},
	{"\\newcommand{\\w}[2][1]{W_{#1} #2}", "\\w{x} + \\w[2]{a}", "W_{1} x + W_{2} a"},
	{"\\DeclareMathOperator{\\sig}{sigmoid}", "\\sig(z)", "\\operatorname{sigmoid}(z)"},
	{"\\def\\dz#1{\\delta^{#1}}", "\\dz2 + \\dz{3}", "\\delta^{2} + \\delta^{3}"},
	{"\\newcommand{\\a}{b}", "x \\newcommand{\\c}{d} \\c \\% % \\a a remark\ny", "x  d \\% \ny"},
	{"\\newcommand{\\a}{\\a x}", "\\a", NULL}, /* without end: the budget ends it */
};

static char *expanded(const char *defined, const char *written, hg_arena *arena)
{
	hg_budget budget = hg_budget_of();
	hg_macros macros = {.budget = &budget};
	hg_buf out = {0};
	size_t past;
	hg_str definition = hg_str_of(defined);
	ck_assert_int_eq(hg_macro_read(&macros, definition, (hg_span){0, definition.n}, arena, &past), HG_OK);
	ck_assert_int_eq(hg_macros_expand(&macros, hg_str_of(written), arena, &out), HG_OK);
	char *text = hg_arena_copy(arena, out.n ? out.p : "", out.n);
	hg_buf_free(&out);
	return text;
}

START_TEST(uses_become_what_they_say)
{
	hg_arena *arena = hg_arena_new();
	char *text = expanded(uses[_i].defined, uses[_i].written, arena);
	if (uses[_i].expanded)
		ck_assert_str_eq(text, uses[_i].expanded);
	else
		ck_assert_uint_lt(strlen(text), 1000000);
	hg_arena_free(arena);
}
END_TEST

static size_t scanned(const char *defined, const char *written, hg_arena *arena, hg_tokens *tokens)
{
	hg_budget budget = hg_budget_of();
	hg_macros macros = {.budget = &budget};
	size_t past;
	hg_str definition = hg_str_of(defined), text = hg_str_of(written);
	ck_assert_int_eq(hg_macro_read(&macros, definition, (hg_span){0, definition.n}, arena, &past), HG_OK);
	ck_assert_int_eq(hg_latex_scan(text, (hg_span){0, text.n}, &macros, arena, tokens), HG_OK);
	return tokens->n;
}

START_TEST(the_tokens_are_the_same)
{
	hg_arena *arena = hg_arena_new();
	hg_tokens a = {0}, b = {0};
	if (uses[_i].expanded) {
		scanned(uses[_i].defined, uses[_i].written, arena, &a);
		scanned("\\newcommand{\\none}{}", expanded(uses[_i].defined, uses[_i].written, arena), arena, &b);
		ck_assert_uint_eq(a.n, b.n);
		for (size_t i = 0; i < a.n; i++) {
			ck_assert_int_eq(a.at[i].kind, b.at[i].kind);
			ck_assert(hg_str_equal(a.at[i].text, b.at[i].text));
		}
	}
	hg_arena_free(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("expand");
	TCase *tc = tcase_create("expand");
	TRAP(tc);
	tcase_add_loop_test(tc, uses_become_what_they_say, 0, (int)(sizeof uses / sizeof *uses));
	tcase_add_loop_test(tc, the_tokens_are_the_same, 0, (int)(sizeof uses / sizeof *uses));
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
