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
    {"box.tex", "$\\fbox{$a$} = \\text{if $b$}$ and $c$", "1:2 inline: \\fbox{$a$} = \\text{if $b$}\n1:30 prose: and\n1:35 inline: c\n"},
    {"pieces.md", "$db = \\frac{1}{m}$ np.sum$(dZ)$ and $a$ = $b$; $c$, $d$ so $e$ is $f$",
     "1:2 inline: db = \\frac{1}{m}$ np.sum$(dZ)\n1:33 prose: and\n1:38 inline: a$ = $b\n1:46 prose: ;\n1:49 inline: c\n1:51 prose: ,\n"
     "1:54 inline: d\n1:57 prose: so\n1:61 inline: e\n1:64 prose: is\n1:68 inline: f\n"},
    {"base.tex", "the Linear$_1$ of np.sum$(z)$", "1:1 prose: the\n1:5 inline: Linear$_1\n1:16 prose: of\n1:19 inline: np.sum$(z)\n"},
    {"parens.md", "\\\\(1 - \\(z\\)\\\\)", "1:4 inline: 1 -  (z )\n"},
    /* what is not on the page */
    {"off.tex", "$a$ \\iffalse $b$ \\ifx\\x\\y $c$ \\fi $d$ \\else $e$ \\fi $f$ \\iff",
     "1:2 inline: a\n1:46 inline: e\n1:49 prose: \\fi\n1:54 inline: f\n1:57 prose: \\iff\n"
     "note 1:5 not-shown: what stands between \\iffalse and \\fi is not shown where the document is read, and is not read here\n"},
    {"hidden.md", "$a$ <span style='Display : none'>$b$ <span>$c$</span> $d$</span> $e$ <b style='opacity:0.9'>$f$</b>",
     "1:2 inline: a\n1:67 inline: e\n1:70 prose: <b style='opacity:0.9'>\n1:94 inline: f\n1:96 prose: </b>\n"
     "note 1:5 not-shown: a hidden element of the page is not shown where the document is read, and is not read here\n"},
    {"never.md", "```python\nif False:\n    dW = x\n\n    dV = y\ndU = z @ x\n```\n",
     "6:1 code: dU = z @ x\nnote 3:1 not-shown: what stands here never runs, and is not read\n"},
    /* plain text */
    {"plain.md", "dl/dW(1) = dl/dy * dy/dz3\n", "1:1 plain: dl/dW(1) = dl/dy * dy/dz3\n"},
    {"greek.txt", "\xe2\x88\x82L/\xe2\x88\x82W\xe2\x82\x81 = \xce\xb4\xe2\x82\x81 x", "1:1 plain: \xe2\x88\x82L/\xe2\x88\x82W\xe2\x82\x81 = \xce\xb4\xe2\x82\x81 x\n"},
    {"emphasis.md", "- __dZ[1]__ = dot(W[2].T, dZ[2]) * g[1]'(Z[1]), so it is", "1:5 plain: dZ[1]   = dot(W[2].T, dZ[2]) * g[1]'(Z[1])\n1:47 prose: , so it is\n"},
    {"label.md", "__Z__: 1 * m, m examples. Z = dot(W.T, X) + b", "1:1 prose: __Z__: 1 * m, m examples.\n1:27 plain: Z = dot(W.T, X) + b\n"},
    {"amid.md", "Then we get dW2 = dZ2 A1.T / m for the batch.", "1:1 prose: Then we get\n1:13 plain: dW2 = dZ2 A1.T / m\n1:32 prose: for the batch.\n"},
    {"words.md", "We set k = 5 and the learning rate alpha = 0.01; here a = b is x = y.", "1:1 prose: We set k = 5 and the learning rate alpha = 0.01; here a = b is x = y.\n"},
    {"cases.txt", "dz2/dz1 = 0 if z1 <= 0 and 1 if z1 > 0", "1:1 plain: dz2/dz1 = 0 if z1 <= 0 and 1 if z1 > 0\n"},
    {"span.md", "with `a = max(0, z)` and `f(x)`", "1:1 prose: with\n1:7 plain: a = max(0, z)\n1:22 prose: and `f(x)`\n"},
    {"url.md", "see http://x.y/?a=b*c and e = mc", "1:1 prose: see http://x.y/?a=b*c and e = mc\n"},
    {"lost.md", "So\n\\frac{\\partial L}{\\partial W} = \\delta x^T\nwhich is\nthe range of \\tanh is x = 1", "1:1 prose: So\n2:1 display: \\frac{\\partial L}{\\partial W} = \\delta x^T\n3:1 prose: which is\\nthe range of \\tanh is x = 1\n"},
    {"typed.md", "```\n\xe2\x88\x82L/\xe2\x88\x82W = x\nand so on\n```\n", "2:1 plain: \xe2\x88\x82L/\xe2\x88\x82W = x\n3:1 prose: and so on\n"},
    /* code */
    {"code1.md", "```python\nimport numpy as np\nZ = W @ X + b  # (n, m)\ndW = np.dot(dZ, X.T) / m\nm = X.shape[1]\n```\n",
     "3:1 code: Z = W @ X + b\n4:1 code: dW = np.dot(dZ, X.T) / m\n"},
    {"code2.md", "```\ndb = 0\nfor i in range(m):\n    dz[i] = a[i] - y[i]\n    db += dz[i]\nW -= alpha * dW\n```\n",
     "4:5 code: dz[i] = a[i] - y[i]\n5:5 code: db += dz[i]\n6:1 code: W -= alpha * dW\n"},
    {"code3.md", "```python\nx = load('a')\nz = np.dot(w, x)\n```\n", ""},
    {"code4.md", "```python\nself.dW2 = np.multiply(delta,\n    sigmoid_prime(z))  # two lines\n```\n",
     "2:1 code: self.dW2 = np.multiply(delta,\\n    sigmoid_prime(z))\n"},
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
