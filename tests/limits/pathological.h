/* Documents that nobody writes: one unit repeated up to the largest size, each an old way to make a reader slow. */
#ifndef HG_TESTS_PATHOLOGICAL_H
#define HG_TESTS_PATHOLOGICAL_H

#include <stddef.h>

typedef struct pathological {
	const char *path; /* the ending decides the format */
	const char *head, *unit, *tail;
} pathological;

static const pathological pathologies[] = {
    /* delimiters */
    {"a.md", "", "$", ""}, {"a.md", "", "$ ", ""}, {"a.md", "", "$a", ""}, {"a.md", "", "$$", ""}, {"a.md", "", "$$ ", ""},
    {"a.md", "", "$$a\n", ""}, {"a.md", "", "$$\n\n", ""}, {"a.md", "", "$$\n\nfour words stand here\n\n", ""},
    {"a.md", "", "\\(", ""}, {"a.md", "", "\\[", ""}, {"a.md", "", "\\\\(", ""}, {"a.md", "", "\\\\[", ""},
    {"a.md", "", "\\[", "\\]"}, {"a.md", "", "\\(a\\[b", "\\)\\]"}, {"a.md", "", "\\(\n\n", "\\)"}, {"a.md", "", "$`", ""},
    {"a.md", "", "\\)", ""}, {"a.md", "", "\\", ""}, {"a.md", "$", "{", ""}, {"a.md", "$", "\\text{$", ""},
    {"a.md", "", "$\\text{", ""}, {"a.md", "", "$\\text{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa$", ""}, {"a.md", "$", "{}", "$"},
    /* environments */
    {"a.md", "", "\\begin{align}", ""}, {"a.md", "", "\\begin{align}\\begin{equation*}", ""},
    {"a.md", "", "\\begin{align}\n\\begin{align*}\n", "\\end{align}"}, {"a.md", "", "\\end{align}", ""},
    {"a.md", "", "\\begin{", ""}, {"a.tex", "", "\\begin{tabular}{", ""}, {"a.tex", "", "\\begin{tabular}{c}&\\\\", ""},
    {"a.tex", "", "\\begin{verbatim}\n", ""}, {"a.tex", "", "\\item ", ""}, {"a.tex", "", "%\n", ""}, {"a.tex", "", "\\%", ""},
    {"a.tex", "\\begin{document}", "\\section{", ""}, {"a.tex", "", "\\begin{tikzpicture}\\begin{comment}", ""},
    /* macros */
    {"a.md", "", "\\newcommand{\\a}{", ""}, {"a.md", "", "\\def\\a{", ""}, {"a.md", "", "\\def\\a#1", ""}, {"a.md", "", "\\let\\a=", ""},
    {"a.md", "", "\\def\\a{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ""},
    {"a.md", "", "\\newcommand{\\a}[", ""}, {"a.md", "$", "\\def\\a{\\a}", "$"}, {"a.tex", "", "\\newcommand", "\\begin{document}"},
    /* blocks */
    {"a.md", "", "```\n", ""}, {"a.md", "", "```x\n", ""}, {"a.md", "", "~~~math\n", ""}, {"a.md", "", "> ", ""}, {"a.md", "", ">", ""},
    {"a.md", "", ">\n", ""}, {"a.md", "", "- ", ""}, {"a.md", "", "1. ", ""}, {"a.md", "", "1) $\n", ""}, {"a.md", "", "# $a\n", ""},
    {"a.md", "", "#", ""}, {"a.md", "", "---\n", ""}, {"a.md", "", "-", ""}, {"a.md", "", "\n", "x"}, {"a.md", "", "a\n", ""},
    {"a.rst", "", ".. math::\n", ""}, {"a.rst", "", ".. math::\n\n a\n\n", ""}, {"a.rst", "", " .. code::\n  x = (\n", ""},
    {"a.rst", "", ":math:`", ""}, {"a.rst", "", ":math:`a`", ""},
    /* tables */
    {"a.md", "", "|", ""}, {"a.md", "", "|-|\n", ""}, {"a.md", "", "| $a |\n|-|\n", ""}, {"a.md", "a|b\n-|-\n", "$|", ""},
    {"a.md", "", "\t", "x"}, {"a.md", "", "a\t", ""}, {"a.md", "", "$a\t", ""}, {"a.md", "", "$a\t\n", ""},
    /* spans, tags, links */
    {"a.md", "", "`", ""}, {"a.md", "", "` ", ""}, {"a.md", "", "`` ` ", ""}, {"a.md", "", "``` `` ` ", ""}, {"a.md", "", "`a=b+c` ", ""},
    {"a.md", "", "~~", ""}, {"a.md", "", "~~$a$", ""}, {"a.md", "", "<a", ""}, {"a.md", "", "<a>", ""}, {"a.md", "", "<a ", ">"},
    {"a.md", "", "<!--", ""}, {"a.md", "", "<!---->", ""}, {"a.md", "", "<script type=\"math/tex\">", ""},
    {"a.md", "", "<script type=\"math/tex", ""}, {"a.md", "", "](", ""}, {"a.md", "", "[](", ")"}, {"a.md", "", "](()", ""},
    /* plain text */
    {"a.txt", "", "a=b ", ""}, {"a.txt", "", "=", ""}, {"a.txt", "", "= ", ""}, {"a.txt", "", "(=", ""}, {"a.txt", "x = ", "(", ""},
    {"a.txt", "", "dW = x. ", ""}, {"a.txt", "", "dW = x\n", ""}, {"a.txt", "", "d/d", ""}, {"a.txt", "", "dl/dW = ", ""},
    {"a.txt", "x = ", "a.", ""}, {"a.txt", "x = ", "_", ""}, {"a.txt", "x = ", "__", ""}, {"a.txt", "x = ", "a_", ""},
    {"a.txt", "", "\xce\xb4", " = x"}, {"a.txt", "", "\xe2\x88\x82L/\xe2\x88\x82W = x ", ""}, {"a.txt", "x = ", "\xe2\x82\x81", ""},
    {"a.txt", "x = ", "if ", ""}, {"a.txt", "", "x=1 if ", ""}, {"a.txt", "x = ", "9", ""},
    /* code */
    {"a.md", "```\n", "dW = (\n", ""}, {"a.md", "```\n", "dW = '''\n", ""}, {"a.md", "```\n", "dW = '\n", ""}, {"a.md", "```\n", "dW[", ""},
    {"a.md", "```\n", "dW = dW + x\n", "```"}, {"a.md", "```\n", "dW = x @ y\n", "```"}, {"a.md", "```\ndW = ", "x.", ""},
    {"a.md", "```\ndW = ", "(", ""}, {"a.md", "```\n", "x = x", "```"}, {"a.md", "```\ndW = x", ".sum()", "\n```"}, {"a.md", "", "```\ndW=x\n```\n", ""},
    /* bytes */
    {"a.md", "words to begin with ", "\xff", ""}, {"a.md", "", "\r", "x"}, {"a.md", "", "\xc2\xa0", "x"}, {"a.md", "$", "\xef\xbc\x88", "$"},
    {"a.md", "$", "&lt;", "$"}, {"a.md", "$", "\\_", "$"}, {"a.md", "$$", "\n>", "$$"},
    /* notebooks */
    {"a.ipynb", "{\"cells\": ", "[", ""}, {"a.ipynb", "{\"cells\": [", "1,", "1]}"}, {"a.ipynb", "", "{\"a\":", ""},
    {"a.ipynb", "{\"outputs\": ", "[", ""}, {"a.ipynb", "", "\"outputs\": [", ""}, {"a.ipynb", "{\"cells\": [{\"cell_type\": \"markdown\", \"source\": \"", "$$", "\"}]}"},
    {"a.ipynb", "{\"a\": \"", "\\\"", "\"}"}, {"a.ipynb", "{\"cells\": [", "{\"cell_type\":\"code\",\"source\":\"\"},", "{}]}"},
    {"a.ipynb", "{\"cells\": [{\"cell_type\": \"markdown\", \"source\": \"$x$\", \"outputs\": [", "[],", "[]]}]}"},
};

enum { NPATHOLOGIES = sizeof pathologies / sizeof *pathologies };

#endif
