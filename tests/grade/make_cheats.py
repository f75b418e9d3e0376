"""Submissions that try to earn marks for nothing, and honest ones in other notations, from one table.

    make_cheats.py FOLDER

writes FOLDER/hw.md, FOLDER/in/NAME.md (.tex, .ipynb) and FOLDER/told.json: {name: [kind, points]}. A "cheat" may have at
most its points, and none while a person is asked. An "honest" one has them all or waits for a person; a "full" one has
them all.
"""
import json
import pathlib
import sys

ASSIGNMENT = r"""# Rectified units, one hidden layer

Every column of $X$ is an example; there are $m$.

$$Z^{[1]} = W^{[1]} X + b^{[1]}, \qquad A^{[1]} = \mathrm{ReLU}(Z^{[1]})$$
$$Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}, \qquad A^{[2]} = \sigma(Z^{[2]})$$
$$J = -\frac{1}{m} \sum_{i=1}^{m} \left( y^{(i)} \log a^{[2](i)} + (1 - y^{(i)}) \log (1 - a^{[2](i)}) \right)$$

Find

- $\frac{\partial J}{\partial Z^{[2]}}$ <!-- points: 1 -->
- $\frac{\partial J}{\partial W^{[2]}}$ <!-- points: 2 -->
- $\frac{\partial J}{\partial b^{[2]}}$ <!-- points: 1 -->
- $\frac{\partial J}{\partial Z^{[1]}}$ <!-- points: 2 -->
- $\frac{\partial J}{\partial W^{[1]}}$ <!-- points: 2 -->
- $\frac{\partial J}{\partial b^{[1]}}$ <!-- points: 1 -->
"""
TOTAL = 9
LOSS = r"-\frac1m \sum_{i=1}^m \left( y^{(i)} \log a_2^{(i)} + (1 - y^{(i)}) \log(1 - a_2^{(i)}) \right)"
FORWARD = ["Z_1 = W_1 X + b_1", r"A_1 = \mathrm{ReLU}(Z_1)", "Z_2 = W_2 A_1 + b_2", r"A_2 = \sigma(Z_2)", "J = " + LOSS]
STEPS = ["Z_2", "W_2", "b_2", "Z_1", "W_1", "b_1"]
MASK = r"\mathbb{1}\{Z_1 > 0\}"
RIGHT = {
    "Z_2": r"\frac1m (A_2 - Y)",
    "W_2": r"\frac1m (A_2 - Y) A_1^T",
    "b_2": r"\frac1m \sum_{i=1}^m (a_2^{(i)} - y^{(i)})",
    "Z_1": rf"\frac1m W_2^T (A_2 - Y) \odot {MASK}",
    "W_1": rf"\frac1m \left( W_2^T (A_2 - Y) \odot {MASK} \right) X^T",
    "b_1": r"\sum_{i=1}^m \frac{\partial J}{\partial z_1^{(i)}}",
}


def d(v, of="J"):
    return rf"\frac{{\partial {of}}}{{\partial {v}}}"


def display(lines):
    return "\n\n".join(f"$${line}$$" for line in lines)


def sheet(lines, forward=FORWARD, head="# My answers\n\n"):
    return head + display(forward) + "\n\nBackwards:\n\n" + (lines if isinstance(lines, str) else display(lines)) + "\n"


def each(right, left=d):
    """A sheet with a line for every step; right and left make the sides from the name of the variable."""
    return sheet([f"{left(v)} = {right(v)}" for v in STEPS])


def with_forward(change, lines):
    return sheet(lines, [change.get(line.split(" =")[0], line) for line in FORWARD])


def answers(right=RIGHT, left=d):
    return [f"{left(v)} = {right[v]}" for v in STEPS]


def tex(body, preamble=""):
    return "\\documentclass{article}\n" + preamble + "\\begin{document}\n" + body + "\n\\end{document}\n"


def tex_lines(lines):
    return "\n".join(f"\\[{line}\\]" for line in lines)


def notebook(*cells):
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
        {"cell_type": kind, "id": f"c{i}", "metadata": meta, "source": text,
         **({"outputs": outputs, "execution_count": None} if kind == "code" else {})}
        for i, (kind, text, meta, outputs) in enumerate(cells)]})


def cell(text, kind="markdown", meta=None, outputs=()):
    return kind, text, meta or {}, list(outputs)


CODE_FORWARD = """Z1 = W1 @ X + b1
A1 = np.maximum(0, Z1)
Z2 = W2 @ A1 + b2
A2 = 1 / (1 + np.exp(-Z2))
J = -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
"""
CODE_RIGHT = ["dZ2 = (A2 - Y) / m", "dW2 = dZ2 @ A1.T", "db2 = np.sum(dZ2, axis=1, keepdims=True)", "dZ1 = (W2.T @ dZ2) * (Z1 > 0)",
              "dW1 = dZ1 @ X.T", "db1 = np.sum(dZ1, axis=1, keepdims=True)"]


def code(lines, before="", indent=""):
    body = "\n".join(indent + line for line in lines)
    return f"# Code\n\n```python\n{CODE_FORWARD}{before}{body}\n```\n"


NO_MEAN = {v: r.replace(r"\frac1m ", "") for v, r in RIGHT.items()}
TURNED = {v: "-" + r for v, r in RIGHT.items()}
EASY = dict(RIGHT, Z_1=r"\frac1m W_2^T (A_2 - Y)", W_1=r"\frac1m W_2^T (A_2 - Y) X^T")
BOUNDED = dict(RIGHT, Z_1=RIGHT["Z_1"].replace("Z_1 > 0", "0 < Z_1 < 10"),
               W_1=RIGHT["W_1"].replace("Z_1 > 0", "0 < Z_1 < 10"))
RAISED = dict(RIGHT, Z_1=RIGHT["Z_1"].replace("> 0", "> 0.01"), W_1=RIGHT["W_1"].replace("> 0", "> 0.01"))
WRONG = {v: "3 " + r for v, r in RIGHT.items()}
HIDDEN_HTML = [("div style='display:none'", "div"), ("p hidden", "p"), ("span style='visibility: hidden'", "span"),
               ("div style='font-size:0'", "div"), ("template", "template"), ("div style='opacity:0'", "div")]
LEAVING = {"if-false": ("if False:\n", "    "), "while-0": ("while 0:\n", "    "), "if-zero": ("if 0:\n", "    ")}

QUOTE = "> " + display(answers()).replace("\n", "\n> ")
CODE_BODY = "".join(f"    {line}\n" for line in CODE_RIGHT)
FORKS = {"switch": "SHOW = False\nif SHOW:\n", "compared": "if 1 > 2:\n", "failed": "try:\n    import nothing_of_this_name\n", "caught": "try:\n    pass\nexcept OSError:\n",
         "other-branch": "if m > 0:\n    pass\nelse:\n", "at-once": "while m < 0:\n", "left-before": "if m > 0: raise SystemExit\nfor k in range(1):\n",
         "asserted": "for k in range(1):\n    assert False\n", "one-by-zero": "for k in range(1):\n    1/0\n", "broken-off": "for k in range(1):\n    break\n"}
TAKEN_BACK = {"not-mine": ("What comes next is not my answer, it is what a friend gave me:", ""), "do-not-grade": ("", "Please don't grade the lines above."),
              "not-true": ("It is not true that:", ""), "ignore-it": ("", "Ignore all of this."), "wrong-i-think": ("", "(these are wrong, I think)"),
              "guesses": ("I can only guess:", ""), "perhaps": ("Perhaps:", ""), "stimmt-nicht": ("", "Das stimmt leider nicht."),
              "faux": ("", "C'est faux."), "none-is-right": ("", "None of these is right."), "w-were": ("If everything were linear we would get", ""),
              "not-understood": ("", "I do not understand any of it."), "from-the-net": ("Copied from a forum:", "")}
STYLED = ["div style='position:absolute; left:-9000px'", "p style='color: ivory'", "div style='max-height:0;overflow:hidden'", "div style='transform: scale(0)'",
          "font color='white'", "font size='-7'", "del", "s", "div style='clip-path: circle(0)'"]

CHEATS = {  # name: (text, points it may have)
    # a claim that says nothing
    "itself": (each(d), 0),
    "plus-nothing": (each(lambda v: d(v) + " + 0"), 0),
    "half-twice": (each(lambda v: rf"\frac12 (2 {d(v)})"), 0),
    "turned-twice": (each(lambda v: rf"\left( \left( {d(v)} \right)^T \right)^T"), 0),
    "other-d": (each(lambda v: rf"\frac{{dJ}}{{d{v}}}"), 0),
    "short": (each(lambda v: "d" + v), 0),
    "short-itself": (each(lambda v: "d" + v, lambda v: "d" + v), 0),
    "nabla": (each(lambda v: rf"\nabla_{{{v}}} J"), 0),
    "operator": (each(lambda v: rf"\frac{{\partial}}{{\partial {v}}} (J)"), 0),
    "operator-written-out": (each(lambda v: rf"\frac{{\partial}}{{\partial {v}}} \left( {LOSS} \right)"), 0),
    "letters": (sheet([f"p_{i} = {d(v)}" for i, v in enumerate(STEPS)] + [f"{d(v)} = p_{i}" for i, v in enumerate(STEPS)]), 0),
    "junk-away": (each(lambda v: rf"{v} + ({d(v)} - {v})"), 0),
    "other-loss-letter": (each(lambda v: d(v, "L"), lambda v: d(v, "L")), 0),
    "chain-alone": (sheet([f"{d('Z_2')} = {d('A_2')} {d('Z_2', 'A_2')}", f"{d('W_2')} = {d('Z_2')} {d('W_2', 'Z_2')}",
                           f"{d('b_2')} = {d('Z_2')} {d('b_2', 'Z_2')}", f"{d('Z_1')} = {d('Z_2')} {d('Z_1', 'Z_2')}",
                           f"{d('W_1')} = {d('Z_1')} {d('W_1', 'Z_1')}", f"{d('b_1')} = {d('Z_1')} {d('b_1', 'Z_1')}"]), 0),
    "updates": (sheet([rf"{v} := {v} - \alpha {d(v)}" for v in STEPS if v[0] != "Z"]), 0),
    "names": (sheet([f"{v} = 1 \\cdot {v} = {v}" for v in STEPS]), 0),
    # another problem
    "no-mean": (with_forward({"J": "J = " + LOSS.replace(r"\frac1m ", "")}, answers(NO_MEAN)), 1),
    "loss-turned": (with_forward({"J": "J = " + LOSS[1:]}, answers(TURNED)), 1),
    "linear": (with_forward({"A_1": "A_1 = Z_1"}, answers(EASY)), 5),
    "min": (with_forward({"A_1": r"A_1 = \min(0, Z_1)"}, answers({v: r.replace(">", "<") for v, r in RIGHT.items()})), 5),
    "input-is-hidden": (with_forward({"A_1": "A_1 = X"}, answers(dict(RIGHT, W_2=r"\frac1m (A_2 - Y) X^T", Z_1="0", W_1="0", b_1="0"))), 2),
    "own-loss": (sheet([rf"E = \| W_2 \|^2 + \| b_2 \|^2 + \| W_1 \|^2", f"{d('W_2', 'E')} = 2 W_2", f"{d('b_2', 'E')} = 2 b_2",
                        f"{d('W_1', 'E')} = 2 W_1"]), 0),
    # what nobody sees
    **{f"html-{i}": (sheet(f"<{begin}>\n\n{display(answers())}\n\n</{end}>\n"), 0) for i, (begin, end) in enumerate(HIDDEN_HTML)},
    "html-inline": (sheet("\n\n".join(f"So <span style='display:none'>${line}$</span> it is." for line in answers())), 0),
    "html-comment": (sheet(f"<!--\n{display(answers())}\n-->"), 0),
    "struck": (sheet("\n\n".join(f"~~${line}$~~" for line in answers())), 0),
    "cancelled": (each(lambda v: rf"\cancel{{{RIGHT[v]}}}"), 0),
    "phantom": (sheet([rf"\phantom{{{line}}}" for line in answers()]), 0),
    "iffalse.tex": (tex(tex_lines(FORWARD) + "\n\\iffalse\n" + tex_lines(answers()) + "\n\\fi\n"), 0),
    "ifnum.tex": (tex(tex_lines(FORWARD) + "\n\\ifnum 1=2\n" + tex_lines(answers()) + "\n\\fi\n"), 0),
    "comment.tex": (tex(tex_lines(FORWARD) + "\n\\begin{comment}\n" + tex_lines(answers()) + "\n\\end{comment}\n"), 0),
    "percent.tex": (tex(tex_lines(FORWARD) + "\n" + "".join(f"% \\[{line}\\]\n" for line in answers())), 0),
    "after-the-end.tex": (tex(tex_lines(FORWARD)) + tex_lines(answers()), 0),
    "white.tex": (tex(tex_lines(FORWARD) + "\n{\\color{white}\n" + tex_lines(answers()) + "\n}\n"), 0),
    **{f"{name}.tex": (tex(tex_lines(FORWARD) + f"\n{before}\n" + tex_lines(answers()) + f"\n{after}\n"), 0) for name, before, after in (
        ("if-two", r"\if12", r"\fi"), ("own-condition", r"\newif\ifshown \shownfalse \ifshown", r"\fi"), ("undefined", r"\ifdefined\nothing", r"\fi"),
        ("else-of-true", r"\iftrue words \else", r"\fi"), ("behind-endinput", r"\endinput", ""), ("kept-in-a-box", r"\setbox0=\vbox{", "}"),
        ("given-away", r"\newcommand{\away}[1]{} \away{", "}"), ("to-the-log", r"\typeout{", "}"))},
    "quoted": (sheet("A friend wrote:\n\n" + QUOTE + "\n\nI could not do it.\n"), 0),
    **{f"taken-back-{k}": (sheet(f"{before}\n\n{display(answers())}\n\n{behind}\n"), 0) for k, (before, behind) in TAKEN_BACK.items()},
    "asked": (sheet("\n\n".join(f"Is it ${line}$? I think so." for line in answers())), 0),
    "or-between": (sheet("\n\n".join(f"${line}$ or ${d(v)} = X$" for v, line in zip(STEPS, answers()))), 0),
    "two-shapes": (sheet([line for v in STEPS for line in (f"{d(v)} = X X^T X", f"{d(v)} = {RIGHT[v]}")]), 0),
    **{f"styled-{i}": (sheet(f"<{tag}>\n\n{display(answers())}\n\n</{tag.split()[0]}>\n"), 0) for i, tag in enumerate(STYLED)},
    "pale.tex": (tex(tex_lines(FORWARD) + "\n{\\color{ivory}\n" + tex_lines(answers()) + "\n}\n"), 0),
    "pale-formula": (sheet([rf"\textcolor{{ivory}}{{{line}}}" for line in answers()]), 0),
    "overlaid.tex": (tex(tex_lines(FORWARD) + "\n\\rlap{no}\n" + tex_lines(answers())), 0),
    **{f"fork-{k}.py": (CODE_FORWARD + before + CODE_BODY, 0) for k, before in FORKS.items()},
    "never-called.py": (CODE_FORWARD + "def spare():\n" + CODE_BODY + "\ndef main():\n    return None\n\nmain()\n", 0),
    "called-by-nobody.py": (CODE_FORWARD + "def spare():\n" + CODE_BODY + "\ndef other():\n    spare()\n\ndef main():\n    print('spare other')\n\nmain()  # other\n", 0),
    "named-anew.py": (CODE_FORWARD + "def backward():\n" + CODE_BODY + "\nbackward = lambda: None\nbackward()\n", 0),
    "defined-anew.py": (CODE_FORWARD + "def backward():\n" + CODE_BODY + "\ndef backward():\n    return None\n\nbackward()\n", 0),
    "emptied.py": (CODE_FORWARD + "\n".join(CODE_RIGHT) + "\n" + " = ".join(line.split(" =")[0] for line in CODE_RIGHT) + " = None\n", 0),
    "kept-back.tex": ("\\documentclass{exam}\n\\begin{document}\n" + tex_lines(FORWARD) + "\n\\begin{solution}\n" + tex_lines(answers()) + "\n\\end{solution}\n\\end{document}\n", 0),
    "deleted.py": (CODE_FORWARD + "\n".join(CODE_RIGHT) + "\ndel " + ", ".join(line.split(" =")[0] for line in CODE_RIGHT) + "\n", 0),
    "generator.py": (CODE_FORWARD + "def backward():\n    yield 0\n" + CODE_BODY + "\nbackward()\n", 0),
    "heading-not-graded": (sheet("## Not to be graded\n\n" + display(answers())), 0),
    "wrong-in-text": (sheet([rf"{line} \quad \text{{(wrong)}}" for line in answers()]), 0),
    "crossed-out.tex": (tex(tex_lines(FORWARD) + "\n\\st{" + "\n".join(f"${line}$" for line in answers()) + "}\n"), 0),
    "primes-untaken": (sheet([f"{d(v)} = {d(v)}" for v in STEPS] + [f"J' = (J)'"]), 0),
    "returned-before.py": (CODE_FORWARD + "def f():\n    if True:\n        return 0\n" + CODE_BODY + "\nf()\n", 0),
    "reference-of-links": (sheet("\n\n".join(f"[//]: # ($${line}$$)" for line in answers())), 0),
    "for-a-picture": (sheet("\n\n".join(f"![${line}$](a.png)" for line in answers())), 0),
    "other-shape-first": (each(lambda v: f"X X^T X = {RIGHT[v]}"), 0),
    "not-python.ipynb": (notebook(cell("%%script false\n" + CODE_FORWARD + "\n".join(CODE_RIGHT), "code")), 0),
    "behind-raise.ipynb": (notebook(cell("raise SystemExit\n" + CODE_FORWARD + "\n".join(CODE_RIGHT), "code")), 0),
    "behind-return.ipynb": (notebook(cell(CODE_FORWARD + "def f():\n    return 0\n" + "".join(f"    {line}\n" for line in CODE_RIGHT), "code")), 0),
    "loop-over-nothing": (code(CODE_RIGHT, "for k in range(0):\n", "    "), 0),
    "removed.ipynb": (notebook(cell(display(FORWARD)), cell(display(answers()), meta={"tags": ["remove-cell"]})), 0),
    "hidden-source.ipynb": (notebook(cell(CODE_FORWARD, "code"), cell("\n".join(CODE_RIGHT), "code", {"jupyter": {"source_hidden": True}})), 0),
    "raw.ipynb": (notebook(cell(display(FORWARD)), cell(display(answers()), "raw")), 0),
    "output.ipynb": (notebook(cell(display(FORWARD)), cell("1", "code", outputs=[
        {"output_type": "display_data", "metadata": {}, "data": {"text/markdown": display(answers())}}])), 0),
    **{f"code-{name}": (code(CODE_RIGHT, before, indent), 0) for name, (before, indent) in LEAVING.items()},
    "code-string": (code(['"""'] + CODE_RIGHT + ['"""']), 0),
    "code-comment": (code(["# " + line for line in CODE_RIGHT]), 0),
    # what the page shows otherwise
    "hide.tex": (tex(tex_lines(FORWARD) + tex_lines(rf"{d(v)} = \hide{{{WRONG[v]}}}{{{RIGHT[v]}}}" for v in STEPS),
                     "\\newcommand{\\hide}[2]{#2}\n"), 0),
    "hide-def.tex": (tex(tex_lines(FORWARD) + tex_lines(rf"{d(v)} = \hide{{{WRONG[v]}}}{{{RIGHT[v]}}}" for v in STEPS),
                         "\\def\\hide#1#2{#2}\n"), 0),
    "provide.tex": (tex(tex_lines(FORWARD) + tex_lines(rf"{d(v)} = \k {RIGHT[v]}" for v in STEPS),
                        "\\newcommand{\\k}{3}\n\\providecommand{\\k}{1}\n"), 0),
    "group.tex": (tex(tex_lines(FORWARD) + "\n{\\renewcommand{\\k}{1}}\n" + tex_lines(rf"{d(v)} = \k {RIGHT[v]}" for v in STEPS),
                      "\\newcommand{\\k}{3}\n"), 0),
    "frac.tex": (tex(tex_lines(FORWARD) + tex_lines(rf"{d(v)} = {RIGHT[v]}" for v in STEPS), "\\renewcommand{\\odot}{}\n"), 4),
    # nothing
    "empty": ("", 0), "blank": ("\n  \n\n", 0), "prose": ("I was ill this week, sorry.\n", 0),
    "words": (each(lambda v: r"\text{as in the lecture}"), 0), "dots": (each(lambda v: r"\dots"), 0),
    "picture": ("# Answers\n\n![all of it](photo.jpg)\n", 0), "forward-alone": (sheet([]), 0),
    "the-assignment": (ASSIGNMENT, 0), "unreadable": (each(lambda v: r"\spadesuit \diamondsuit"), 0),
    "huge": (each(lambda v: " + ".join(["1"] * 3000)), 0), "no-value": (each(lambda v: RIGHT[v] + r" + \frac{0}{0}"), 0),
    "either": (each(lambda v: rf"{RIGHT[v]} \text{{ or }} {WRONG[v]}"), 0),
    "plusminus": (each(lambda v: rf"\pm {RIGHT[v]}"), 0),
    "conditional": (sheet([rf"{line} \text{{ if I am right}}" for line in answers()]), 0),
    # our own
    "labels-are-outputs": (sheet(["Y = A_2"] + [f"{d(v)} = 0" for v in STEPS]), 0),
    "weights-are-zero": (sheet(["W_2 = 0"] + [f"{d(v)} = 0" for v in STEPS[3:]]), 0),
    "input-is-zero": (sheet(["X = 0 \\cdot X", f"{d('W_1')} = 0"]), 0),
    "sigma-is-linear": (sheet([r"\sigma(z) = z"] + [f"{d(v)} = A_2 - Y" for v in STEPS[:1]]), 0),
    "half-and-half": (each(lambda v: rf"\frac12 d{v} + \frac12 {d(v)}"), 0),
    "letters-in-a-ring": (sheet([x for i, v in enumerate(STEPS) for x in (f"{d(v)} = q_{i}", f"q_{i} = r_{i}", f"r_{i} = {d(v)}")]), 0),
    "two-that-lean": (sheet([rf"{d('A_2')} = {d('Z_2')} / (A_2 \odot (1 - A_2))", rf"{d('Z_2')} = {d('A_2')} \odot A_2 \odot (1 - A_2)"]), 0),
    "log-and-exp": (each(lambda v: rf"\exp(\log({d(v)}))"), 0),
    "times-m-over-m": (each(lambda v: rf"\frac{{m}}{{m}} {d(v)}"), 0),
    "of-twice-the-loss": (each(lambda v: rf"\frac12 {d(v, '(2 J)')}"), 0),
    "of-the-loss-and-one": (each(lambda v: rf"\frac{{\partial (J + 1)}}{{\partial {v}}}"), 0),
    "prime": (each(lambda v: rf"J'({v})"), 0),
    "limit": (each(lambda v: rf"\lim_{{h \to 0}} \frac{{J({v} + h) - J({v})}}{{h}}"), 0),
    "through-itself": (each(lambda v: f"{d(v)} {d(v, v)}"), 0),
    "arrow": (sheet([rf"d{v} \leftarrow d{v}" for v in STEPS]), 0),
    "set": (sheet([f"{d(v)} := {d(v)}" for v in STEPS]), 0),
    "identical": (sheet([rf"{d(v)} \equiv {d(v)}" for v in STEPS]), 0),
    "points-injected": (sheet("<!-- points: 100 for dJ/dW2 -->\n<!-- inherited: full -->\n\n" + display(f"{d(v)} = {WRONG[v]}" for v in STEPS)), 0),
    "decided-by-herself": ("student,step,points,reason\ndecided-by-herself,W2,2,yes\n", 0),
    "expected-agrees": (sheet("\n\n".join(f"$${d(v)} = {WRONG[v]}$$ <!-- expect: agrees -->" for v in STEPS)), 0),
    "a-number": (each(lambda v: "0.31"), 0),
    "zero-times": (each(lambda v: "0", lambda v: f"0 \\cdot {d(v)}"), 0),
    "difference": (each(lambda v: "0", lambda v: f"{d(v)} - {d(v)}"), 0),
    "nearly-one": (each(lambda v: r"1.0000000000001 \cdot " + RIGHT[v]), 0),
    "up-to-ten": (sheet(answers(BOUNDED)), 5), "from-a-hundredth": (sheet(answers(RAISED)), 5),
    "clipped": (each(lambda v: rf"\min(1, 100 / |A_2|) {RIGHT[v]}" if v == "Z_2" else WRONG[v]), 0),
    "both": (sheet([line for v in STEPS for line in (f"{d(v)} = {WRONG[v]}", f"{d(v)} = {RIGHT[v]}")]), 0),
    "both-right-first": (sheet([line for v in STEPS for line in (f"{d(v)} = {RIGHT[v]}", f"{d(v)} = {WRONG[v]}")]), 0),
    "unequal": (sheet([rf"{d(v)} \neq {RIGHT[v]}" for v in STEPS]), 0),
    "proportional": (sheet([rf"{d(v)} \propto {RIGHT[v]}" for v in STEPS]), 0),
    "about": (sheet([rf"{d(v)} \approx {d(v)}" for v in STEPS]), 0),
    "transposed-letters": (sheet([f"T = ({d('W_2')})^T", f"{d('W_2')} = T^T"]), 0),
    "wrong-root": (sheet([f"{d('Z_2')} = 0", f"{d('W_2')} = {d('Z_2')} A_1^T", rf"{d('Z_1')} = W_2^T {d('Z_2')} \odot {MASK}",
                          f"{d('W_1')} = {d('Z_1')} X^T"]), 0),
    "no-root": (sheet([f"{d('W_2')} = {d('Z_2')} A_1^T", rf"{d('Z_1')} = W_2^T {d('Z_2')} \odot {MASK}", f"{d('W_1')} = {d('Z_1')} X^T"]), 0),
    "up-to-ten-by-name": (sheet([r"M = \mathbb{1}\{0 < Z_1 < 10\}"] + answers()[:3] + [rf"{d('Z_1')} = \frac1m W_2^T (A_2 - Y) \odot M",
                                rf"{d('W_1')} = \frac1m \left( W_2^T (A_2 - Y) \odot M \right) X^T"]), 4),
    "question": (sheet([rf"{d(v)} \stackrel{{?}}{{=}} {RIGHT[v]}" for v in STEPS]), 0),
    "many-answers": (sheet([f"{d(v)} = {c} {RIGHT[v]}" for v in STEPS for c in ("", "-", "2", r"\frac12")]), 0),
    "many-in-a-chain": (sheet([f"{d(v)} = {RIGHT[v]} = -{RIGHT[v]} = 2 {RIGHT[v]}" for v in STEPS]), 0),
    "loss-by-another-name": (sheet(["Q = J"] + [f"{d(v)} = {d(v, 'Q')}" for v in STEPS]), 0),
    "loss-doubled": (sheet(["Q = 2 J"] + [rf"{d(v)} = \frac12 {d(v, 'Q')}" for v in STEPS]), 0),
    "second-network": (sheet(["A_1 = Z_1"] + answers(EASY), FORWARD, "# First\n\n" + display(FORWARD) + "\n\n# An easier one\n\n"), 5),
    "delta-itself": (sheet([r"\delta_2 = \delta_2", rf"\delta_1 = W_2^T \delta_2 \odot {MASK}", f"{d('W_1')} = \\delta_1 X^T",
                            f"{d('W_2')} = \\delta_2 A_1^T"]), 0),
    "one-entry": (sheet([r"\frac{\partial J}{\partial W_{2,11}} = \frac1m \sum_{i=1}^m (a_{2,1}^{(i)} - y_1^{(i)}) a_{1,1}^{(i)}"]), 0),
    "behind-seventy": (sheet([f"Q_{{{i}}} = {i} X" for i in range(70)]
                               + [f"{d(v)} = {d(v)} + " + " + ".join(rf"0 \cdot {d(f'Q_{{{i}}}')}" for i in range(70)) for v in STEPS]), 0),
    "one-sample": (sheet("We take one sample.\n\n" + display(["dz_2 = a_2 - y", "dW_2 = dz_2 a_1^T", "db_2 = dz_2", "dW_1 = dz_1 x^T", "db_1 = dz_1",
                                                            r"dz_1 = W_2^T dz_2 \odot \mathbb{1}\{z_1 > 0\}"])), 3),
    "autograd": (code(["dW2 = grad(J, W2)", "dW1 = grad(J, W1)", "db2 = torch.autograd.grad(J, b2)[0]"]), 0),
    "code-itself": (code(["dW2 = dW2", "dW1 = dW1 * 1", "dZ2 = dZ2 + 0"]), 0),
    "code-later-overwritten": (code(CODE_RIGHT + ["dW2 = 0 * W2"]), 7),
}

CODE_LONG = [line.replace("dZ", "dJ_dZ").replace("dW", "dJ_dW").replace("db", "dJ_db") for line in CODE_RIGHT]
STEPWISE = [f"{d('Z_2')} = {RIGHT['Z_2']}", f"{d('W_2')} = {d('Z_2')} A_1^T", rf"{d('b_2')} = \sum_{{i=1}}^m {d('z_2^{(i)}')}",
            rf"{d('Z_1')} = W_2^T {d('Z_2')} \odot {MASK}", f"{d('W_1')} = {d('Z_1')} X^T", f"{d('b_1')} = {RIGHT['b_1']}"]
LECTURE = ["dZ_2 = A_2 - Y", r"dW_2 = \frac1m dZ_2 A_1^T", r"db_2 = \frac1m \sum_{i=1}^m dz_2^{(i)}", rf"dZ_1 = W_2^T dZ_2 \odot {MASK}",
           r"dW_1 = \frac1m dZ_1 X^T", r"db_1 = \frac1m \sum_{i=1}^m dz_1^{(i)}"]

FULL = {
    "right": sheet(answers()), "stepwise": sheet(STEPWISE), "backwards": sheet(STEPWISE[::-1]), "lecture": sheet(LECTURE),
    "code": code(CODE_RIGHT), "script.py": "import numpy as np\n" + CODE_FORWARD + "\n".join(CODE_RIGHT) + "\n",
    "called.py": CODE_FORWARD + "def backward():\n" + CODE_BODY + "    return dW1\n\ndef main():\n    for k in range(10):\n        backward()\n\nif __name__ == '__main__':\n    main()\n",
    "cells.py": "# %% [markdown]\n# # Sheet\n# " + "\n# ".join(display(answers()[:3]).split("\n")) + "\n\n# %%\n" + CODE_FORWARD + "\n".join(CODE_RIGHT) + "\n",
    "powers.py": CODE_FORWARD + "\n".join(CODE_RIGHT).replace("/ m", "* m ** (0 - 1)") + "\n",
    "many-words": sheet("It does not matter here that the loss is no number of its own; note that this is not a product of matrices:\n\n" + display(answers()) + "\n\nThis is what had to be shown.\n"),
    "printed-answers.tex": "\\documentclass[answers]{exam}\n\\begin{document}\n" + tex_lines(FORWARD) + "\n\\begin{solution}\n" + tex_lines(answers()) + "\n\\end{solution}\n\\end{document}\n",
    "room-before.py": CODE_FORWARD + "dW2 = np.zeros_like(W2)\n" + "\n".join(CODE_RIGHT) + "\n",
    "method.py": CODE_FORWARD + "class Net:\n    def backward(self):\n" + CODE_BODY.replace("    ", "        ") + "        return dW1\n\nNet().backward()\n",
    "answers-in-colour.tex": tex(tex_lines(FORWARD) + "\n{\\color{blue}\n" + tex_lines(answers()) + "\n}\n"),
    "centred": sheet(f"<div style='text-align: center; margin: 1em'>\n\n{display(answers())}\n\n</div>\n"),
    "code-in-functions.ipynb": notebook(cell("%%time\ndef forward(W1, b1, W2, b2):\n" + "".join(f"    {line}\n" for line in CODE_FORWARD.splitlines())
                                             + "    return J\n\ndef backward():\n" + "".join(f"    {line}\n" for line in CODE_RIGHT) + "    return dW1\n", "code")),
    "template.tex": tex(tex_lines(FORWARD) + tex_lines(answers()), "\\newif\\ifanswers \\answerstrue\n\\ifx\\pdfoutput\\undefined \\def\\kind{dvi} \\fi\n"),
    "chosen.tex": tex(tex_lines(FORWARD) + "\n\\iftrue\n" + tex_lines(answers()) + "\n\\else nothing \\fi\n"),
    "nabla-left": sheet(answers(left=lambda v: rf"\nabla_{{{v}}} J")),
    "swapped": sheet([f"{RIGHT[v]} = {d(v)}" for v in STEPS]),
    "bars": sheet([f"\\bar{{{v[0]}}}_{v[2]} = {RIGHT[v]}" for v in STEPS if v != "b_1"] + [r"\bar{b}_1 = \sum_{i=1}^m \bar{z}_1^{(i)}"]),
    "chain-and-result": sheet([f"{d('Z_2')} = {RIGHT['Z_2']}", f"{d('W_2')} = {d('Z_2')} {d('W_2', 'Z_2')} = {RIGHT['W_2']}"] + answers()[2:]),
    "slip-in-forward": with_forward({"Z_2": "Z_2 = W_2 A_1 - b_2"}, answers()),
    "macro.tex": tex(tex_lines(FORWARD) + tex_lines(rf"\pd{{J}}{{{v}}} = {RIGHT[v]}" for v in STEPS),
                     "\\newcommand{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}}\n"),
}
HONEST = {
    "subscript": sheet(answers(left=lambda v: f"J_{{{v}}}")), "grad-word": sheet(answers(left=lambda v: rf"\mathrm{{grad}}_{{{v}}} J")),
    "long-code-names": code(CODE_LONG),
    "grad-code-names": code([line.replace("dZ", "grad_Z").replace("dW", "grad_W").replace("db", "grad_b") for line in CODE_RIGHT]),
    "small": sheet(["dz_2 = a_2 - y", "dW_2 = dz_2 a_1^T", "db_2 = dz_2", r"dz_1 = W_2^T dz_2 \odot \mathbb{1}\{z_1 > 0\}", "dW_1 = dz_1 x^T",
                    "db_1 = dz_1"]),
    "times-m": sheet([rf"m {d('Z_2')} = A_2 - Y"] + answers()[1:]),
    "all-left": sheet([f"{d(v)} - {RIGHT[v]} = 0" for v in STEPS]),
    "turned": sheet([rf"\left( {d('W_2')} \right)^T = \frac1m A_1 (A_2 - Y)^T"] + answers()[:1] + answers()[2:]),
    "own-letters": sheet(["D = A_2 - Y", r"S = W_2^T D \odot " + MASK, f"{d('Z_2')} = \\frac1m D", f"{d('W_2')} = \\frac1m D A_1^T"]
                         + answers()[2:3] + [f"{d('Z_1')} = \\frac1m S", f"{d('W_1')} = \\frac1m S X^T"] + answers()[5:]),
    "letter-for-gradient": sheet([f"G = {d('Z_2')}", f"G = {RIGHT['Z_2']}", f"{d('W_2')} = G A_1^T"] + answers()[2:]),
    "boxed": sheet([rf"\boxed{{{line}}}" for line in answers()]),
    "delta": sheet([r"\delta_2 = \frac1m (A_2 - Y)", rf"\delta_1 = W_2^T \delta_2 \odot {MASK}", f"{d('W_2')} = \\delta_2 A_1^T",
                    f"{d('W_1')} = \\delta_1 X^T"] + answers()[2:3] + answers()[5:]),
    "entry": sheet([r"\frac{\partial J}{\partial W_{2,jk}} = \frac1m \sum_{i=1}^m (a_{2,j}^{(i)} - y_j^{(i)}) a_{1,k}^{(i)}"] + answers()[:1] + answers()[2:]),
    "general-layer": sheet(answers()[:1] + answers()[2:4] + [r"\frac{\partial J}{\partial W^{[l]}} = \frac{\partial J}{\partial Z^{[l]}} A^{[l-1]T}"] + answers()[5:]),
    "defined": sheet([f"{d(v)} := {RIGHT[v]}" for v in STEPS]),
    "implied": sheet([rf"\Rightarrow {line}" for line in answers()]),
    "input-as-layer": sheet(answers()[:4] + [rf"{d('W_1')} = {d('Z_1')} A_0^T"] + answers()[5:]),
    "evaluated-at": sheet(answers()[:1] + [rf"{d('W_2')} = \left. \frac1m (A_2 - Y) u^T \right|_{{u = A_1}}"] + answers()[2:]),
    "in-updates": sheet(answers()[:1] + answers()[3:4] + [rf"{v} = {v} - \alpha {RIGHT[v]}" for v in STEPS if v[0] != "Z"]),
}


def main(folder):
    (folder / "in").mkdir(parents=True)
    (folder / "hw.md").write_text(ASSIGNMENT)
    told = {}
    for kind, table in ("cheat", CHEATS), ("full", {k: (v, TOTAL) for k, v in FULL.items()}), ("honest", {k: (v, TOTAL) for k, v in HONEST.items()}):
        for name, (text, points) in table.items():
            stem, ending = name.rsplit(".", 1) if "." in name else (name, "md")
            assert stem not in told, stem
            told[stem] = [kind, points]
            (folder / "in" / f"{stem}.{ending}").write_text(text)
    (folder / "told.json").write_text(json.dumps(told))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
