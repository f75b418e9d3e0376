#include "../trap.h"
#include "report/mathml.h"

#include <string.h>

static char *mathml_of(const hg_expr *e, const hg_mathml_mark *mark)
{
	hg_buf out = {0};
	hg_markup *m = hg_markup_new(&out);
	hg_mathml_formula(m, HG_MATHML_INLINE, e, mark);
	ck_assert_int_eq(hg_markup_end(m), HG_OK);
	hg_buf_char(&out, '\0');
	return out.p;
}

/* Without <math>, rows and attributes: what is left shows the structure. */
static void strip(char *text)
{
	char *to = text;
	for (const char *p = text; *p;) {
		size_t tag = *p == '<' ? strcspn(p, ">") + 1 : 0;
		bool row = tag && (!strncmp(p, "<math", 5) || !strncmp(p, "</math", 6) || !strncmp(p, "<mrow", 5) ||
		                   !strncmp(p, "</mrow", 6));
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
	const char *latex, *mathml;
} written[] = {
	{"a+b", "<mi>a</mi><mo>+</mo><mi>b</mi>"},
	{"a-b", "<mi>a</mi><mo>\u2212</mo><mi>b</mi>"},
	{"-a", "<mo>\u2212</mo><mi>a</mi>"},
	{"2x", "<mn>2</mn><mo>\u2062</mo><mi>x</mi>"},
	{"\\frac{1}{m}", "<mfrac><mn>1</mn><mi>m</mi></mfrac>"},
	{"x^2", "<msup><mi>x</mi><mn>2</mn></msup>"},
	{"W_2", "<msub><mi>W</mi><mn>2</mn></msub>"},
	{"A^{[1]T}", "<msup><mi>A</mi><mo>[</mo><mn>1</mn><mo>]</mo><mi>T</mi></msup>"},
	{"W^T x", "<msup><mi>W</mi><mi>T</mi></msup><mo>\u2062</mo><mi>x</mi>"},
	{"\\sigma(z)", "<mi>\u03C3</mi><mo>\u2061</mo><mo>(</mo><mi>z</mi><mo>)</mo>"},
	{"\\hat{y}", "<mover><mi>y</mi><mo>^</mo></mover>"},
	{"\\mathcal{L}", "<mi>\u2112</mi>"},
	{"a \\odot b", "<mi>a</mi><mo>\u2299</mo><mi>b</mi>"},
	{"\\frac{\\partial L}{\\partial z}", "<mfrac><mi>\u2202</mi><mi>L</mi><mi>\u2202</mi><mi>z</mi></mfrac>"},
	{"\\sum_{i=1}^m x", "<munderover><mo>\u2211</mo><mi>i</mi><mo>=</mo><mn>1</mn><mi>m</mi></munderover><mi>x</mi>"},
	{"\\sqrt{x}", "<msqrt><mi>x</mi></msqrt>"},
	{"(a+b)c", "<mo>(</mo><mi>a</mi><mo>+</mo><mi>b</mi><mo>)</mo><mo>\u2062</mo><mi>c</mi>"},
	{"\\lVert x \\rVert", "<mo>\u2016</mo><mi>x</mi><mo>\u2016</mo>"},
};

START_TEST(formulas_are_written)
{
	hg_arena *arena = hg_arena_new();
	hg_expr *e = NULL;
	const char *trouble = NULL;
	ck_assert_int_eq(hg_parse_expression(hg_str_of(written[_i].latex), false, arena, &e, &trouble), HG_OK);
	ck_assert_ptr_nonnull(e);
	char *text = mathml_of(e, NULL);
	strip(text);
	ck_assert_str_eq(text, written[_i].mathml);
	free(text);
	hg_arena_free(arena);
}
END_TEST

/* A node of each kind, of leaves: none is forgotten, whatever is added to ops.def. */
START_TEST(every_node_is_written)
{
	hg_arena *arena = hg_arena_new();
	hg_expr *e = hg_expr_new(arena, (hg_op)_i, (hg_span){0, 0}, 4);
	e->name = HG_STR("q");
	e->word = HG_STR("d");
	e->rows = e->cols = 2;
	for (size_t i = 0; i < 4; i++) {
		e->kid[i] = hg_expr_new(arena, HG_OP_NAME, (hg_span){0, 0}, 0);
		e->kid[i]->name = HG_STR("k");
	}
	char *text = mathml_of(e, NULL);
	strip(text);
	ck_assert_msg(*text, "%s is not shown", hg_op_name((hg_op)_i));
	free(text);
	hg_arena_free(arena);
}
END_TEST

static char *marked(const char *latex, const char *part)
{
	hg_arena *arena = hg_arena_new();
	hg_expr *e = NULL;
	const char *trouble = NULL;
	hg_str text = hg_str_of(latex);
	ck_assert_int_eq(hg_parse_expression(text, false, arena, &e, &trouble), HG_OK);
	hg_mathml_mark mark = {.span = {hg_str_find(text, hg_str_of(part)), strlen(part)}, .class = "wrong", .label = "here"};
	char *out = mathml_of(e, &mark);
	hg_arena_free(arena);
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
	free(out);
	out = marked("a - b", "-"); /* no term is that small: the smallest around it */
	free(out);
	out = marked("W_2 x", "W_2");
	ck_assert(strstr(out, ">x<") > strstr(out, "class=\"wrong\""));
	free(out);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("mathml");
	TCase *tc = tcase_create("mathml");
	TRAP(tc);
	tcase_add_loop_test(tc, formulas_are_written, 0, (int)(sizeof written / sizeof *written));
	tcase_add_loop_test(tc, every_node_is_written, 0, HG_NOPS);
	tcase_add_test(tc, marks_stand_at_their_term);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
