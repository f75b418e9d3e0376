/* The limits of formulas and macros, each at its limit and one past it. What is past it costs its own formula
 * only: the one behind it is still read. */
#include "../trap.h"

#include "lang/statement.h"

#include <string.h>

static hg_arena *arena;
static hg_source source;
static hg_doc doc;
static hg_statements said;

static void start(void) { arena = hg_arena_new(); }

static void end(void) { hg_arena_free(arena); }

static hg_status read_text(const hg_buf *buf)
{
	const char *trouble;
	hg_status status = hg_source_of("a.md", hg_buf_slice(buf), NULL, arena, &source, &trouble);
	status = status == HG_OK ? hg_doc_scan(&source, arena, &doc) : status;
	return status == HG_OK ? hg_parse(&doc, arena, &said) : status;
}

/* before, unit n times, then `middle`, after n times, tail; then a formula of its own. */
static void read_nested(const char *before, const char *unit, const char *middle, const char *after,
                        const char *tail, size_t n)
{
	hg_buf buf = {0};
	hg_buf_text(&buf, before);
	for (size_t i = 0; i < n; i++)
		hg_buf_text(&buf, unit);
	hg_buf_text(&buf, middle);
	for (size_t i = 0; i < n; i++)
		hg_buf_text(&buf, after);
	hg_buf_text(&buf, tail);
	hg_buf_text(&buf, "\n\n$p = q$\n");
	ck_assert_int_eq(read_text(&buf), HG_OK);
	hg_buf_free(&buf);
	ck_assert_uint_ge(said.n, 1);
	const hg_statement *last = &said.at[said.n - 1];
	ck_assert_uint_eq(last->nsides, 2);
	ck_assert_uint_eq(last->unread.n, 0);
}

static bool is_read(void)
{
	for (size_t k = 0; k < said.at[0].nsides; k++)
		if (!said.at[0].side[k].e)
			return false;
	return said.at[0].nsides == 2;
}

static void ck_unread(const char *expected)
{
	ck_assert(!is_read());
	ck_assert_uint_gt(said.at[0].unread.n, 0);
	ck_assert_ptr_nonnull(strstr(said.at[0].unread_text, expected));
}

static const struct {
	const char *unit, *after;
} nests[] = {{"(", ")"},   {"{", "}"},  {"\\frac{1}{", "}"}, {"\\sqrt{", "}"}, {"\\left[", "\\right]"},
             {"x^{", "}"}, {"-(", ")"}, {"\\hat{", "}"}};

START_TEST(nesting)
{
	size_t most = hg_budget_of().most[HG_LIMIT_NESTING];
	read_nested("$a = ", nests[_i].unit, "1", nests[_i].after, "$", most);
	ck_assert(is_read());
	read_nested("$a = ", nests[_i].unit, "1", nests[_i].after, "$", most + 1);
	ck_unread("more than 200 groups, lists or JSON values inside one another (limit: nesting)");
	read_nested("$a = ", nests[_i].unit, "1", nests[_i].after, "$", 10000);
	ck_unread("(limit: nesting)");
}
END_TEST

/* What makes a tree high without a bracket. */
static const struct {
	const char *before, *unit;
} towers[] = {{"$a = x", "'"}, {"$a = x", "^2"},  {"$a = x", "^T"},
              {"$a = ", "-"},  {"$a = f", "(x)"}, {"$a = ", "\\hat "}};

START_TEST(height)
{
	size_t most = hg_budget_of().most[HG_LIMIT_HEIGHT];
	static const size_t sizes[] = {100, 1001, 30000};
	for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
		read_nested(towers[_i].before, towers[_i].unit, "x", "", "$", sizes[k]);
		if (is_read()) /* signs may cancel, a name takes a hat once */
			ck_assert_uint_le(hg_expr_height(said.at[0].side[1].e, arena), most);
	}
}
END_TEST

START_TEST(height_at_the_limit)
{
	size_t most = hg_budget_of().most[HG_LIMIT_HEIGHT];
	read_nested("$a = x", "'", "", "", "$", most - 1);
	ck_assert(is_read());
	ck_assert_uint_eq(hg_expr_height(said.at[0].side[1].e, arena), most);
	read_nested("$a = x", "'", "", "", "$", most);
	ck_unread("more than 1000 levels in the tree of one formula (limit: height)");
}
END_TEST

/* Anything at all, inside itself as often as a formula has room for. */
static const struct {
	const char *unit, *after;
} mazes[] = {
    {"\\text{", "}"},
    {"\\mathrm{", "}"},
    {"\\operatorname{", "}"},
    {"\\begin{bmatrix}", "\\end{bmatrix}"},
    {"\\begin{cases}", "\\end{cases}"},
    {"\\begin{aligned}", "\\end{aligned}"},
    {"\\boxed{", "}"},
    {"\\underbrace{", "}_{x}"},
    {"\\hat{", "}"},
    {"\\sum_{", "}^{x}"},
    {"\\frac", " 1"},
    {"x_{", "}"},
    {"|", "|"},
    {"\\|", "\\|"},
    {"f(", ")"},
    {"\\frac{\\partial ", "}{\\partial x}"},
    {"\\partial_{", "}"},
    {"\\frac{d}{dx}", ""},
    {"\\nabla_{", "}"},
    {"\\sqrt[", "]{x}"},
    {"\\cancel{", "}"},
    {"\\text{a $", "$}"},
    {"\\stackrel{", "}{=}"},
    {"\\tag{", "}"},
    {"\\color{", "}"},
    {"\\left.", "\\right|_{x}"},
    {"1_{\\{", "\\}}"},
    {"=", ""},
    {",", ""},
    {"\\\\", ""},
    {"&", ""},
    {"\\quad", ""},
    {"\\Rightarrow ", ""},
    {"d", ""},
    {"\\delta/", ""},
    {"\\because(", ")"},
    {"[\\because ", "]"},
    {"\\xrightarrow{", "}"},
    {"\\not", ""},
    {"a\\_", ""},
    {"^{\\prime", "}"},
    {"\\mathbb{", "}"},
};

START_TEST(mazes_end)
{
	size_t n = 100000 / (strlen(mazes[_i].unit) + strlen(mazes[_i].after));
	read_nested("$a = ", mazes[_i].unit, "1", mazes[_i].after, "$", n);
	read_nested("$a = ", mazes[_i].unit, "1", "", "$", n);
	read_nested("$a = ", "", "1", mazes[_i].after, "$", n);
	ck_assert_uint_lt(hg_arena_size(arena), 256u << 20);
}
END_TEST

START_TEST(nodes)
{
	size_t most = hg_budget_of().most[HG_LIMIT_NODES];
	read_nested("$$a = x", "+x", "", "\n", "$$", most - 2); /* the sum itself is a node */
	ck_assert(is_read());
	read_nested("$$a = x", "+x", "", "\n", "$$", most - 1);
	ck_unread("more than 100000 nodes in the tree of one formula (limit: nodes)");
}
END_TEST

START_TEST(digits)
{
	size_t most = hg_budget_of().most[HG_LIMIT_DIGITS];
	read_nested("$a = ", "1", "", "", "$", most);
	ck_assert(is_read());
	read_nested("$a = ", "1", "", "", "$", most + 1);
	ck_unread("more than 64 digits in a number (limit: digits)");
}
END_TEST

START_TEST(names)
{
	size_t most = hg_budget_of().most[HG_LIMIT_NAME_BYTES];
	read_nested("$a = \\mathrm{", "q", "", "", "}$", most);
	ck_assert(is_read());
	read_nested("```\ndW = x @ ", "q", "", "", "\n```", most);
	ck_assert(is_read());
	read_nested("```\ndW = x @ ", "q", "", "", "\n```", most + 1);
	ck_unread("more than 64 bytes in a name (limit: name-length)");
}
END_TEST

static void ck_note(const char *expected, size_t line)
{
	ck_assert_uint_eq(said.nnotes, 1);
	ck_assert_str_eq(said.note[0].code, "macro-limit");
	ck_assert_ptr_nonnull(strstr(said.note[0].text, expected));
	ck_assert_uint_eq(hg_source_place(&source, said.note[0].span.at).line, line);
}

START_TEST(numbers_are_finite)
{
	read_nested("$a = 1", "", "e308", "", "$", 1);
	ck_assert(is_read());
	read_nested("$a = 1", "", "e309", "", "$", 1);
	ck_unread("double");
}
END_TEST

START_TEST(expansions)
{
	size_t most = hg_budget_of().most[HG_LIMIT_EXPANSIONS];
	read_nested("\\newcommand{\\m}{+x}\n\n$a = x", "\\m", "", " ", "$", most);
	ck_assert(is_read());
	read_nested("\\newcommand{\\m}{+x}\n\n$a = x", "\\m", "", " ", "$", most + 1);
	ck_assert(!is_read());
	ck_note("more than 1000 macro expansions in a document (limit: expansions)", 3);
}
END_TEST

START_TEST(what_macros_make)
{
	size_t most = hg_budget_of().most[HG_LIMIT_MACRO_TOKENS]; /* counted in bytes of bodies */
	hg_buf body = {0};
	for (size_t i = 0; i < 500; i++)
		hg_buf_text(&body, "+x");
	hg_buf head = {0};
	hg_buf_print(&head, "\\newcommand{\\m}{%.*s}\n\n$a = x", HG_STR_ARG(hg_buf_slice(&body)));
	hg_buf_char(&head, 0);
	read_nested(head.p, "\\m", "", " ", "$", most / body.n);
	ck_assert(is_read());
	read_nested(head.p, "\\m", "", " ", "$", most / body.n + 1);
	ck_assert(!is_read());
	ck_note("(limit: macro-tokens)", 3);
	hg_buf_free(&body);
	hg_buf_free(&head);
}
END_TEST

/* n macros, each another; the last is used. */
static void define(size_t n, bool chained)
{
	hg_buf buf = {0};
	for (size_t i = 0; i < n; i++) {
		char name[4] = {(char)('a' + i / 676), (char)('a' + i / 26 % 26), (char)('a' + i % 26), 0};
		size_t k = i + 1;
		char next[4] = {(char)('a' + k / 676), (char)('a' + k / 26 % 26), (char)('a' + k % 26), 0};
		if (chained && k < n)
			hg_buf_print(&buf, "\\newcommand{\\q%s}{\\q%s}\n", name, next);
		else
			hg_buf_print(&buf, "\\newcommand{\\q%s}{x}\n", name);
	}
	size_t last = chained ? 0 : n - 1;
	char name[4] = {(char)('a' + last / 676), (char)('a' + last / 26 % 26), (char)('a' + last % 26), 0};
	hg_buf_print(&buf, "\n$a = \\q%s$\n\n$p = q$\n", name);
	ck_assert_int_eq(read_text(&buf), HG_OK);
	hg_buf_free(&buf);
	ck_assert_uint_eq(said.n, 2);
	ck_assert_uint_eq(said.at[1].unread.n, 0);
}

START_TEST(macros)
{
	size_t most = hg_budget_of().most[HG_LIMIT_MACROS];
	define(most, false);
	ck_assert(is_read());
	define(most + 1, false);
	ck_assert(!is_read());
	ck_note("more than 500 macro definitions in a document (limit: macros)", 501);
}
END_TEST

START_TEST(macro_depth)
{
	size_t most = hg_budget_of().most[HG_LIMIT_MACRO_DEPTH];
	define(most, true);
	ck_assert(is_read());
	define(most + 1, true);
	ck_assert(!is_read());
	ck_note("more than 50 macros inside one another (limit: macro-depth)", most + 3);
}
END_TEST

/* What doubles with every macro, what defines itself, what asks for a matrix wider than memory. */
static const char *const bombs[] = {
    ("\\def\\a{\\b\\b}\\def\\b{\\c\\c}\\def\\c{\\d\\d}\\def\\d{\\e\\e}\\def\\e{\\f\\f}\\def\\f{\\g\\g}"
    "\\def\\g{\\h\\h}\\def\\h{\\a\\a}\n\n$x = \\a$"),
    "\\def\\a{\\a\\a}\n\n$x = \\a$",
    "\\newcommand{\\a}[1]{#1#1#1#1#1#1#1#1#1}\n\n$x = \\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{y}}}}}}}}}$",
    "$x = \\begin{array}{*{1000000000}{c}} 1 \\end{array}$",
    "$x = \\sum_{i=1}^{1000000000} i^{10^{10^{10}}}$",
};

START_TEST(bombs_cost_no_more_than_a_document)
{
	hg_buf buf = {0};
	hg_buf_text(&buf, bombs[_i]);
	hg_buf_text(&buf, "\n\n$p = q$\n");
	ck_assert_int_eq(read_text(&buf), HG_OK);
	hg_buf_free(&buf);
	ck_assert_uint_lt(hg_arena_size(arena), 64u << 20);
	ck_assert_uint_eq(said.at[said.n - 1].unread.n, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("formula limits");
	TCase *tc = tcase_create("formula limits");
	TRAP(tc);
	tcase_add_checked_fixture(tc, start, end);
	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, nesting, 0, sizeof nests / sizeof *nests);
	tcase_add_loop_test(tc, height, 0, sizeof towers / sizeof *towers);
	tcase_add_test(tc, height_at_the_limit);
	tcase_add_loop_test(tc, mazes_end, 0, sizeof mazes / sizeof *mazes);
	tcase_add_test(tc, nodes);
	tcase_add_test(tc, digits);
	tcase_add_test(tc, names);
	tcase_add_test(tc, numbers_are_finite);
	tcase_add_test(tc, expansions);
	tcase_add_test(tc, what_macros_make);
	tcase_add_test(tc, macros);
	tcase_add_test(tc, macro_depth);
	tcase_add_loop_test(tc, bombs_cost_no_more_than_a_document, 0, sizeof bombs / sizeof *bombs);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
