#include "../trap.h"
#include "lang/command.h"
#include "report/mathml/mathml.h"

#include <string.h>

static char *mathml_of(const char *text, bool plain, const hg_mathml_mark *mark, size_t nmarks)
{
	hg_arena *arena = hg_arena_new();
	hg_budget budget = hg_budget_of();
	hg_macros macros = {.budget = &budget};
	hg_tokens tokens = {0};
	hg_str s = hg_str_of(text);
	hg_buf out = {0};
	hg_markup *m = hg_markup_new(&out);
	hg_span all = {0, s.n};
	ck_assert_int_eq(plain ? hg_plain_scan(s, all, arena, &tokens) : hg_latex_scan(s, all, &macros, arena, &tokens), HG_OK);
	ck_assert_int_eq(hg_tokens_match(&tokens, arena), HG_OK);
	const hg_formula f = {.text = s, .tokens = &tokens, .macros = &macros, .arena = arena};
	hg_mathml_write(m, &f, 0, tokens.n, mark, nmarks);
	ck_assert_int_eq(hg_markup_end(m), HG_OK);
	hg_buf_char(&out, '\0');
	hg_arena_free(arena);
	return out.p;
}

/* Without <math>, rows, spaces and attributes: what is left shows the structure. */
static void strip(char *text)
{
	char *to = text;
	for (const char *p = text; *p;) {
		size_t tag = *p == '<' ? strcspn(p, ">") + 1 : 0;
		const char *name = p + 1 + (tag && p[1] == '/');
		bool row = tag && (!strncmp(name, "math", 4) || !strncmp(name, "mrow", 4) || !strncmp(name, "mspace", 6));
		size_t keep = tag ? strcspn(p, " >") : 1;
		if (!row) {
			memmove(to, p, keep);
			to += keep;
			if (tag)
				*to++ = '>';
		}
		p += tag ? tag : 1;
	}
	while (to > text && to[-1] == '\n')
		to--;
	*to = '\0';
}

static const struct {
	const char *written, *mathml;
	bool plain;
} formulas[] = {
	{"a+b", "<mi>a</mi><mo>+</mo><mi>b</mi>", false},
	{"a-b", "<mi>a</mi><mo>\u2212</mo><mi>b</mi>", false},
	{"2x", "<mn>2</mn><mi>x</mi>", false},
	{"\\frac{1}{m}", "<mfrac><mn>1</mn><mi>m</mi></mfrac>", false},
	{"\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>", false},
	{"{a \\over b}", "<mfrac><mi>a</mi><mi>b</mi></mfrac>", false},
	{"x^2", "<msup><mi>x</mi><mn>2</mn></msup>", false},
	{"W_{jk}", "<msub><mi>W</mi><mi>j</mi><mi>k</mi></msub>", false},
	{"A^{[1]T}", "<msup><mi>A</mi><mo>[</mo><mn>1</mn><mo>]</mo><mi>T</mi></msup>", false},
	{"W_2^T x", "<msubsup><mi>W</mi><mn>2</mn><mi>T</mi></msubsup><mi>x</mi>", false},
	{"\\sigma'(z)[1-\\sigma(z)]",
	 "<mi>\u03C3</mi><mo>\u2032</mo><mo>(</mo><mi>z</mi><mo>)</mo><mo>[</mo><mn>1</mn><mo>\u2212</mo><mi>\u03C3</mi><mo>(</mo><mi>z</mi>"
	 "<mo>)</mo><mo>]</mo>", false},
	{"[-1, 1]", "<mo>[</mo><mo>\u2212</mo><mn>1</mn><mo>,</mo><mn>1</mn><mo>]</mo>", false},
	{"W(1)", "<mi>W</mi><mo>(</mo><mn>1</mn><mo>)</mo>", false},
	{"\\tanh^2(z)", "<msup><mi>tanh</mi><mn>2</mn></msup><mo>(</mo><mi>z</mi><mo>)</mo>", false},
	{"\\hat{y}", "<mover><mi>y</mi><mo>^</mo></mover>", false},
	{"\\mathcal{L}", "<mi>\u2112</mi>", false},
	{"\\mathbb{R}^n", "<msup><mi>\u211D</mi><mi>n</mi></msup>", false},
	{"\\mathbf{1}", "<mn>\U0001D7CF</mn>", false},
	{"\\partial z_2", "<mi>\u2202</mi><msub><mi>z</mi><mn>2</mn></msub>", false},
	{"a \\odot b \\gg c", "<mi>a</mi><mo>\u2299</mo><mi>b</mi><mo>\u226B</mo><mi>c</mi>", false},
	{"\\vdots \\cdots", "<mo>\u22EE</mo><mo>\u22EF</mo>", false},
	{"\\frac{\\partial L}{\\partial z}", "<mfrac><mi>\u2202</mi><mi>L</mi><mi>\u2202</mi><mi>z</mi></mfrac>", false},
	{"\\frac{d}{dz}[z]", "<mfrac><mi>d</mi><mi>d</mi><mi>z</mi></mfrac><mo>[</mo><mi>z</mi><mo>]</mo>", false},
	{"\\sum_{i=1}^m x", "<munderover><mo>\u2211</mo><mi>i</mi><mo>=</mo><mn>1</mn><mi>m</mi></munderover><mi>x</mi>", false},
	{"\\max_i x", "<munder><mi>max</mi><mi>i</mi></munder><mi>x</mi>", false},
	{"\\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>", false},
	{"\\lVert x \\rVert", "<mo>\u2016</mo><mi>x</mi><mo>\u2016</mo>", false},
	{"30 + -2", "<mn>30</mn><mo>+</mo><mo>\u2212</mo><mn>2</mn>", false},
	{"\\underbrace{a}_{b}", "<munder><munder><mi>a</mi><mo>\u23DF</mo></munder><mi>b</mi></munder>", false},
	{"x \\xrightarrow[b]{W} z", "<mi>x</mi><munderover><mo>\u2192</mo><mi>b</mi><mi>W</mi></munderover><mi>z</mi>", false},
	{"\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}",
	 "<mo>(</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr>"
	 "</mtable><mo>)</mo>", false},
	{"\\text{Now, } a", "<mtext>Now,</mtext><mi>a</mi>", false},
	{"\\newcommand{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}}\\pd{L}{z}",
	 "<mfrac><mi>\u2202</mi><mi>L</mi><mi>\u2202</mi><mi>z</mi></mfrac>", false},
	{"A.T \\textrm{prod}", "<mi>A</mi><mo>.T</mo><mi>prod</mi>", false},
	{"\\delta2 + \\varepsilon_1", "<mi>\u03B4</mi><mn>2</mn><mo>+</mo><msub><mi>\u03B5</mi><mn>1</mn></msub>", false},
	{"\u00BD x\u2082", "<mn>\u00BD</mn><msub><mi>x</mi><mn>2</mn></msub>", true},
	{"dL/dW1 = W2^T * y_hat", "<mi>d</mi><mi>L</mi><mo>/</mo><mi>d</mi><mi>W</mi><mn>1</mn><mo>=</mo><msup><mi>W</mi><mn>2</mn><mi>T</mi></msup>"
	 "<mo>\u2217</mo><mover><mi>y</mi><mo>^</mo></mover>", true},
};

START_TEST(formulas_are_set_as_written)
{
	char *text = mathml_of(formulas[_i].written, formulas[_i].plain, NULL, 0);
	strip(text);
	ck_assert_str_eq(text, formulas[_i].mathml);
	free(text);
}
END_TEST

/* Every command of the scanner shows something, or is layout: none is shown as its name with a backslash. */
START_TEST(every_command_is_set)
{
	const hg_command *c = hg_command_at((size_t)_i);
	char written[80];
	if (c->action != HG_COMMAND_TOKEN || c->kind == HG_T_COMMAND)
		return;
	snprintf(written, sizeof written, "a \\%s b", c->name);
	char *text = mathml_of(written, false, NULL, 0);
	ck_assert_ptr_null(strchr(text, '\\'));
	bool layout = c->kind == HG_T_WIDE || c->kind == HG_T_ROW || c->kind == HG_T_AMP;
	bool word = c->kind == HG_T_NAME && strstr(text, c->text);
	strip(text);
	const char *sign = strstr(text, "<mi>a</mi>");
	ck_assert_ptr_nonnull(sign);
	snprintf(written, sizeof written, ">%s<", c->name);
	bool named = strstr(text, written) && !word; /* an operator shown as a word */
	ck_assert_msg(layout || !named, "\\%s is shown as a word: %s", c->name, text);
	ck_assert_msg(layout || strcmp(sign, "<mi>a</mi><mi>b</mi>") != 0, "\\%s is not shown", c->name);
	free(text);
}
END_TEST

static hg_mathml_mark at_part(const char *latex, const char *part)
{
	return (hg_mathml_mark){.span = {(size_t)(strstr(latex, part) - latex), strlen(part)}, .class = "wrong", .label = "here"};
}

static char *marked(const char *latex, const char *part)
{
	hg_mathml_mark mark = at_part(latex, part);
	char *out = mathml_of(latex, false, &mark, 1);
	const char *begin = strstr(out, "class=\"wrong\"");
	ck_assert_msg(begin, "%s: %s is not marked in %s", latex, part, out);
	ck_assert_ptr_null(strstr(begin + 1, "class=\"wrong\""));
	return out;
}

START_TEST(marks_stand_at_their_term)
{
	char *out = marked("W^T (y - a) x", "(y - a)");
	ck_assert_ptr_nonnull(strstr(out, "aria-label=\"here\""));
	const char *begin = strstr(out, "class=\"wrong\"");
	ck_assert(strstr(out, ">W<") < begin && strstr(out, ">y<") > begin);
	free(out);
	out = marked("\\frac{1}{m} A", "1"); /* a leaf */
	ck_assert(strstr(out, "<mfrac") < strstr(out, "class=\"wrong\""));
	free(out);
	out = marked("\\frac{1 + a}{m} A", "1 + a}{m"); /* of both places: the whole */
	ck_assert(strstr(out, "<mfrac") > strstr(out, "class=\"wrong\""));
	free(out);
	out = marked("W_2 x", "W_2");
	ck_assert(strstr(out, ">x<") > strstr(out, "class=\"wrong\""));
	free(out);
	out = marked("a + b c + d", "b c");
	begin = strstr(out, "class=\"wrong\"");
	ck_assert(strstr(out, ">a<") < begin && strstr(out, ">b<") > begin && strstr(out, ">d<") > strstr(begin, "</mrow>"));
	free(out);
}
END_TEST

START_TEST(several_marks_stand_side_by_side)
{
	const char *latex = "a = \\frac{b}{c} + d";
	const hg_mathml_mark mark[] = {at_part(latex, "b"), at_part(latex, "d"), at_part(latex, "\\frac{b}{c}")};
	char *out = mathml_of(latex, false, mark, 2);
	const char *first = strstr(out, "class=\"wrong\"");
	ck_assert_ptr_nonnull(strstr(first + 1, "class=\"wrong\""));
	free(out);
	out = mathml_of(latex, false, mark, 3); /* the third meets the first: none inside another */
	for (const char *p = out, *open = NULL; (p = strstr(p, "class=\"wrong\"")); open = p, p++)
		ck_assert(!open || strstr(open, "</mrow>") < p);
	free(out);
}
END_TEST

START_TEST(what_is_nested_without_end_is_shown_as_it_stands)
{
	enum { DEEP = 4000 };
	char *latex = malloc(2 * DEEP + 2);
	memset(latex, '{', DEEP);
	latex[DEEP] = 'x';
	memset(latex + DEEP + 1, '}', DEEP);
	latex[2 * DEEP + 1] = '\0';
	char *out = mathml_of(latex, false, NULL, 0);
	ck_assert_ptr_nonnull(strstr(out, "<code>"));
	ck_assert_ptr_null(strstr(out, "<math"));
	free(out);
	free(latex);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("mathml");
	TCase *tc = tcase_create("mathml");
	TRAP(tc);
	tcase_add_loop_test(tc, formulas_are_set_as_written, 0, (int)(sizeof formulas / sizeof *formulas));
	tcase_add_loop_test(tc, every_command_is_set, 0, (int)hg_command_count());
	tcase_add_test(tc, marks_stand_at_their_term);
	tcase_add_test(tc, several_marks_stand_side_by_side);
	tcase_add_test(tc, what_is_nested_without_end_is_shown_as_it_stands);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
