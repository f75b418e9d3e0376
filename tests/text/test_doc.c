/* What the scanner takes for mathematics: each case is a small document and the dump it must give. */
#include "../trap.h"

#include "text/doc.h"

static const struct {
	const char *path, *text, *dump;
} cases[] = {
    {"inline.md", "Let $a = 1$ and $ b $.", "1:1 prose: Let\n1:6 inline: a = 1\n1:13 prose: and\n1:19 inline: b\n1:22 prose: .\n"},
    {"price.md", "It costs $5 and then $10.", "1:1 prose: It costs $5 and then $10.\n"},
    {"lone.md", "I paid $5 for $x$ once.", "1:1 prose: I paid $5 for\n1:16 inline: x\n1:19 prose: once.\n"},
    {"escaped.md", "a \\$ sign $x$", "1:1 prose: a \\$ sign\n1:12 inline: x\n"},
    {"display.md", "$$ a\n\n= b $$\nso", "1:4 display: a\\n\\n= b\n4:1 prose: so\n"},
    {"unclosed.md", "$$ a = b\n\nSome words follow here now.\n\n$$c = d$$\n",
     "3:1 prose: Some words follow here now.\n5:3 display: c = d\n"
     "note 1:1 unclosed-math: $$ opens mathematics here and is never closed\n"},
    {"paren.md", "so \\(x\\) and \\\\(y\\\\) and\n\\[z\n\\]",
     "1:1 prose: so\n1:6 inline: x\n1:10 prose: and\n1:17 inline: y\n1:22 prose: and\n2:3 display: z\n"},
    {"bare.md", "Then\n\\begin{align*}\na &= b \\\\\n&= c\n\\end{align*}\n", "1:1 prose: Then\n3:1 display align*: a &= b \\\\\\n&= c\n"},
    {"fence.md", "```math\nx = y\n```\n```sh\necho $HOME $x\n```\n", "2:1 display: x = y\n"},
    {"quote.md", "> $$\n> x = y\n> + z\n> $$\n", "2:3 display: x = y\\n  + z\n"},
    {"pipes.md", "| a | $b|c$ |\n|---|---|\n| d | e |\n",
     "1:3 prose cell(1,0): a\n1:8 inline cell(1,1): b|c\n3:3 prose cell(2,0): d\n3:7 prose cell(2,1): e\n"},
    {"tabs.txt", "W\t$dW$\n", "1:1 prose cell(1,0): W\n1:4 inline cell(1,1): dW\n"},
    {"struck.md", "~~$x$~~ $y$", "1:4 inline struck: x\n1:10 inline: y\n"},
    {"heading.md", "# The $L$\n---\n1. one\n", "1:1 heading: # The\n1:8 inline: L\n2:1 heading: ---\n3:1 heading: 1.\n3:4 prose: one\n"},
    {"macro.md", "\\newcommand{\\R}{\\mathbb{R}}\n$\\def\\x#1{#1} \\x y$",
     "1:1 macro: \\newcommand{\\R}{\\mathbb{R}}\n2:2 macro: \\def\\x#1{#1}\n2:15 inline: \\x y\n"},
    {"text.tex", "\\newcommand\\v[1]{#1} lost $x$\n\\begin{document}\n% $no$\n$a$ 50\\% \\begin{tikzpicture}$n$\\end{tikzpicture}\n"
     "\\begin{tabular}{c|c}\n$p$ & $q$ \\\\\n\\end{tabular}\n\\end{document} $z$",
     "1:1 macro: \\newcommand\\v[1]{#1}\n4:2 inline: a\n4:5 prose: 50\\%\n6:2 inline cell(1,0): p\n6:8 inline cell(1,1): q\n"
     "7:6 prose: tabular}\n"},
    {"math.rst", "So :math:`a` is\n\n.. math::\n   :label: one\n\n   a = b\n\n   c = d\n\nend\n",
     "1:1 prose: So\n1:11 inline: a\n1:14 prose: is\n6:4 display: a = b\n8:4 display: c = d\n10:1 prose: end\n"},
    {"script.md", "<script type=\"math/tex; mode=display\">x</script>", "1:39 display: x\n"},
    {"jekyll.md", "$$y\\_i = \\text{rate\\_new} \\\\\\\nz$$", "1:3 display: y _i = \\text{rate\\_new} \\\\ \\nz\n"},
    {"code.md", "Use `$x$` or $y$.", "1:1 prose: Use `$x$` or\n1:15 inline: y\n1:17 prose: .\n"},
    {"link.md", "[a](http://x/$1/$2) $y$", "1:1 prose: [a](http://x/$1/$2)\n1:22 inline: y\n"},
};

START_TEST(document_gives_these_stretches)
{
	hg_arena *arena = hg_arena_new();
	hg_source source;
	hg_doc doc;
	const char *trouble;
	ck_assert_int_eq(hg_source_of(cases[_i].path, hg_str_of(cases[_i].text), NULL, arena, &source, &trouble), HG_OK);
	ck_assert_int_eq(hg_doc_scan(&source, arena, &doc), HG_OK);
	hg_buf out = {0};
	hg_doc_dump(&doc, &out);
	hg_buf_char(&out, 0);
	ck_assert_str_eq(out.p, cases[_i].dump);
	hg_buf_free(&out);
	hg_arena_free(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("doc");
	TCase *tc = tcase_create("doc");
	TRAP(tc);
	tcase_add_loop_test(tc, document_gives_these_stretches, 0, sizeof cases / sizeof *cases);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
