/* The front ends for plain text and for code: a small document and the trees its statements must give. */
#include "../trap.h"

#include "lang/function.h"
#include "lang/print/print.h"
#include "lang/token.h"
#include "text/doc.h"
#include "text/scan.h"

#include <string.h>

static const struct {
	const char *written, *trees;
} plain[] = {
    {"dl/dW(1) = dl/dy^ * dy^/dz3", "(deriv :d (name l) (name W _((num 1)))|(product (deriv :d (name l) (name y hat)) * (deriv :d (name y hat) (name z3)))"},
    {"\xce\xb4l / \xce\xb4W(1) = \xce\xb4l / \xce\xb4y", "(deriv :delta (name l) (name W _((num 1)))|(deriv :delta (name l) (name y))"},
    {"\xe2\x88\x82L/\xe2\x88\x82W\xe2\x82\x81 = \xce\xb4\xe2\x82\x81 x\xe1\xb5\x80", "(deriv :partial (name L) (name W _(num 1)))|(product (name delta _(num 1)) (transpose (name x)))"},
    {"dZ[1] = W[2].T dZ[2] * g[1]'(Z[1])", "(name dZ _[(num 1))|(product (transpose (name W _[(num 2))) (name dZ _[(num 2)) * (call (prime (name g _[(num 1))) (name Z _[(num 1))))"},
    {"z = W(1)x + b(1)", "(name z)|(add (product (name W _((num 1)) (name x)) (name b _((num 1)))"},
    {"z = wx + b", "(name z)|(add (product (name w) (name x)) (name b))"},
    {"dz2/dz1 = 0 if z1 <= 0 and 1 if z1 > 0", "(deriv :d (name z2) (name z1))|(cases (num 0) (compare :<= (name z1) (num 0)) (num 1) (compare :> (name z1) (num 0)))"},
    {"dL/d\xc5\xb7 = 2(\xc5\xb7 - y)", "(deriv :d (name L) (name y hat))|(product (num 2) (add (name y hat) (neg (name y))))"},
    {"a = 1/(1+e^(-z))", "(name a)|(frac (num 1) (add (num 1) (pow (name e) (neg (name z)))))"},
    {"da = (1 - a^2) \xc2\xb7 z\xc2\xb2", "(name da)|(product (add (num 1) (neg (pow (name a) (num 2)))) cdot (pow (name z) (num 2)))"},
};

static const struct {
	const char *written, *trees;
} code[] = {
    {"dW2 = (1./m) * dZ2 @ A1.T", "(name dW2)|(product (frac (num 1) (name m)) * (name dZ2) @ (transpose (name A1)))"},
    {"db = np.sum(dZ, axis=1, keepdims=True) / m", "(name db)|(frac (call (name sum) (name dZ) (kwarg :axis (num 1)) (kwarg :keepdims (name True))) (name m))"},
    {"self.dW = (a1.T).dot(delta3)", "(name dW)|(product (transpose (name a1)) @ (name delta3))"},
    {"grads['dW1'] = cache[\"dZ1\"] @ X.transpose()", "(name dW1)|(product (name dZ1) @ (transpose (name X)))"},
    {"db = (a - y).sum(axis=0)", "(name db)|(call (name sum) (add (name a) (neg (name y))) (kwarg :axis (num 0)))"},
    {"dz = da * sigmoid_prime(z)", "(name dz)|(product (name da) * (call (prime (name sigmoid)) (name z)))"},
    {"dz = da * (z > 0)", "(name dz)|(product (name da) * (compare :> (name z) (num 0)))"},
    {"dz = a ** (n + 1) - b**-2", "(name dz)|(add (pow (name a) (add (name n) (num 1))) (neg (pow (name b) (neg (num 2)))))"},
    {"dW_1 = y_hat - y_true", "(name dW _(num 1))|(add (name y hat) (neg (name y _(name true))))"},
    {"dW = np.dot(dZ,\n    X.T)  # done", "(name dW)|(call (name dot) (name dZ) (transpose (name X)))"},
};

static void check_trees(const char *path, const char *text, const char *trees)
{
	hg_arena *arena = hg_arena_new();
	hg_source source;
	hg_doc doc;
	hg_statements said;
	const char *trouble;
	ck_assert_int_eq(hg_source_of(path, hg_str_of(text), NULL, arena, &source, &trouble), HG_OK);
	ck_assert_int_eq(hg_doc_scan(&source, arena, &doc), HG_OK);
	ck_assert_int_eq(hg_parse(&doc, arena, &said), HG_OK);
	ck_assert_uint_eq(said.n, 1);
	hg_buf out = {0};
	for (size_t k = 0; k < said.at[0].nsides; k++) {
		hg_buf_text(&out, k ? "|" : "");
		ck_assert_ptr_nonnull(said.at[0].side[k].e);
		hg_print_tree(said.at[0].side[k].e, &out);
	}
	hg_buf_char(&out, 0);
	ck_assert_str_eq(out.p, trees);
	hg_buf_free(&out);
	hg_arena_free(arena);
}

START_TEST(plain_text_gives_these_trees) { check_trees("a.txt", plain[_i].written, plain[_i].trees); }
END_TEST

START_TEST(code_gives_these_trees)
{
	hg_buf text = {0};
	hg_buf_print(&text, "```python\n%s\n```\n", code[_i].written);
	hg_buf_char(&text, 0);
	check_trees("a.md", text.p, code[_i].trees);
	hg_buf_free(&text);
}
END_TEST

START_TEST(an_update_is_written_out)
{
	hg_arena *arena = hg_arena_new();
	hg_tokens tokens[2] = {{0}, {0}};
	const char *written[2] = {"W -= lr * dW", "W <- W - {lr * dW}"};
	for (size_t i = 0; i < 2; i++)
		ck_assert_int_eq(hg_code_scan(hg_str_of(written[i]), (hg_span){0, strlen(written[i])}, arena, &tokens[i]), HG_OK);
	ck_assert_uint_eq(tokens[0].n, tokens[1].n);
	for (size_t k = 0; k < tokens[0].n; k++) {
		ck_assert_int_eq(tokens[0].at[k].kind, tokens[1].at[k].kind);
		ck_assert(hg_str_equal(tokens[0].at[k].text, tokens[1].at[k].text));
	}
	hg_arena_free(arena);
}
END_TEST

/* The words the scanner takes for functions are those of functions.def. */
START_TEST(the_scanner_knows_every_function)
{
	static const char *const spellings[] = {
#define HG_FUNCTION_ROW(id, name, least, most, apply, latex, written) written,
#include "lang/functions.def"
#undef HG_FUNCTION_ROW
	};
	for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
		hg_str rest = hg_str_trim(hg_str_of(spellings[i]));
		while (rest.n) {
			size_t end = hg_str_find(rest, HG_STR(" "));
			hg_str word = hg_str_part(rest, 0, end == (size_t)-1 ? rest.n : end);
			ck_assert_msg(word.n < 2 || word_is_function(word), "%.*s", HG_STR_ARG(word));
			rest = hg_str_trim(hg_str_part(rest, word.n, rest.n));
		}
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("typed");
	TCase *tc = tcase_create("typed");
	TRAP(tc);
	tcase_add_loop_test(tc, plain_text_gives_these_trees, 0, sizeof plain / sizeof *plain);
	tcase_add_loop_test(tc, code_gives_these_trees, 0, sizeof code / sizeof *code);
	tcase_add_test(tc, an_update_is_written_out);
	tcase_add_test(tc, the_scanner_knows_every_function);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
