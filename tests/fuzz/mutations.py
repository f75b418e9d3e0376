"""Ways to spoil a document that knows its grammar: each takes a generator of random numbers, the text and another document's, and gives a text or bytes."""
import json
import re

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[A-Za-z]+|\d+|\s+|.", re.S)
COMMANDS = r"""\frac \sum \prod \partial \nabla \left( \right) \begin{pmatrix} \end{pmatrix} \begin{aligned} \end{aligned} \\ & ^ _ { } \sqrt \text{ \mathrm{ \hat \bar \tilde \odot \otimes \circ
\cdot \times \max \min \exp \log \sigma \tanh \mathbb{1} \in \mathbb{R}^{n} \tag{1} \quad \, ' = := \leftarrow \approx \neq \le < > | \| \{ \} [ ] ( ) ^T ^\top ^{-1} ^{(i)} ^{[l]} _{ij} _{i=1}^n $ $$ \( \) \[ \] d
\mathrm{ReLU} \mathrm{softmax} \int \lim \infty \pm \dots \ldots \vdots \binom \det \operatorname{tr} \mathbf{ \boldsymbol{ \newcommand{\a}{\a} \newcommand{\b}[9]{#1#9} \input{x} \verb|x|
np.sum( np.dot( axis=0 .T @ ** // += == lambda def for if return ``` ~~~ <!-- --> | --- > - 1. # \item \hline""".split()
LETTERS = {"a": "а", "x": "х", "p": "р", "o": "ο", "A": "Α", "Z": "Ζ", "T": "Τ", "=": "＝", "-": "−", "'": "′", "(": "（", "1": "１", "^": "＾"}
MARKS = ["\u202e", "\u200b", "\u200d", "\ufeff", "\u00a0", "\u0301", "\u2028", "\x0b", "\x7f", "\U0001d417", "\t"]


def tokens(text):
    return TOKEN.findall(text)


def at_token(change):
    """A mutation of one token: change(rng, tokens, k) gives what stands there instead."""
    def mutation(rng, text, other):
        all_ = tokens(text)
        solid = [k for k, t in enumerate(all_) if not t.isspace()]
        if solid:
            k = rng.choice(solid)
            all_[k] = change(rng, all_, k)
        return "".join(all_)
    return mutation


def at_line(change):
    def mutation(rng, text, other):
        lines = text.split("\n")
        change(rng, lines, other)
        return "\n".join(lines)
    return mutation


def number(rng, all_, k):
    digits = [i for i, t in enumerate(all_) if t.isdigit()]
    new = rng.choice(["0", "2", "999999", str(2 ** 40), str(2 ** 64), "9" * 64, "1e308", "1e-320", "0.1", "-1", "00", "1/0"])
    if digits:
        all_[rng.choice(digits)] = new
    return all_[k]


def swap_tokens(rng, all_, k):
    j = rng.randrange(len(all_))
    all_[j], mine = all_[k], all_[j]
    return mine


def splice(rng, lines, other):
    theirs = other.split("\n")
    start = rng.randrange(len(theirs))
    at = rng.randrange(len(lines) + 1)
    lines[at:at] = theirs[start:start + rng.randint(1, 6)]


def shuffle(rng, lines, other):
    start = rng.randrange(len(lines))
    part = lines[start:start + 8]
    rng.shuffle(part)
    lines[start:start + 8] = part


def drop(rng, lines, other):
    start = rng.randrange(len(lines))
    del lines[start:start + rng.randint(1, 3)]


def double(rng, lines, other):
    start = rng.randrange(len(lines))
    lines[start:start] = lines[start:start + rng.randint(1, 8)] * rng.choice([1, 1, 2, 20])


def without(sign):
    """One delimiter less, or one more."""
    def mutation(rng, text, other):
        at = [m.start() for m in re.finditer(re.escape(sign), text)]
        if not at:
            return text
        k = rng.choice(at)
        return text[:k] + (sign * 2 if rng.random() < 0.3 else "") + text[k + len(sign):]
    return mutation


def deep(rng, text, other):
    n = rng.choice([20, 200, 400, 3000])
    opener, closer = rng.choice([("(", ")"), ("{", "}"), (r"\frac{1}{", "}"), (r"\sqrt{", "}"), ("-", ""), (r"\left(", r"\right)"), ("x^{", "}"), (r"\begin{pmatrix}", r"\end{pmatrix}"), ("> ", "")])
    return insert(rng, text, "$$ y = " + opener * n + "x" + closer * n + " $$")


def insert(rng, text, new):
    lines = text.split("\n")
    at = rng.randrange(len(lines) + 1)
    lines[at:at] = ["", new, ""]
    return "\n".join(lines)


def long_line(rng, text, other):
    n = rng.choice([100, 1000, 3000])
    term = rng.choice(["x + ", "x y ", "W_1 ", "1 + ", r"\frac{\partial L}{\partial x} ", "a = ", r"x \odot ", "[1] ", "x_1^2 - "])
    return insert(rng, text, r"$$ \frac{\partial L}{\partial w} = " + term * n + "x $$")


def matrix(rng, text, other):
    n, m = rng.choice([(1, 1), (2, 3), (9, 9), (40, 40), (1, 400)])
    rows = r" \\ ".join(" & ".join(rng.choice(["1", "x", "0", r"\dots", "", "-2.5"]) for _ in range(m)) for _ in range(n))
    return insert(rng, text, r"$$ M = \begin{bmatrix} %s \end{bmatrix} x $$" % rows)


def bomb(rng, text, other):
    lines = [r"\newcommand{\aa}{x x}"] + [r"\newcommand{\a%s}{\a%s \a%s}" % (chr(98 + k), chr(97 + k), chr(97 + k)) for k in range(rng.choice([4, 12, 24]))]
    return "$$" + "".join(lines) + "$$\n\n" + insert(rng, text, r"$$ y = \a%s $$" % chr(97 + rng.randrange(24)))


def circle(rng, text, other):
    """Definitions by themselves and by one another."""
    return insert(rng, text, rng.choice([
        "$$ x = f(x) $$", "$$ x = y + 1, \\quad y = x - 1 $$", "$$ x = (x_1, x_2), \\quad x_1 = x $$", "$$ z = (z_1, z_2, z_3), \\quad z_i = \\sigma(z_{i+1}) $$",
        "$$ L = L(L) $$", "$$ a_l = \\sigma(W_l a_{l}) $$", "$$ h_t = \\tanh(h_{t+1}) $$", "$$ \\sigma(x) = \\sigma(\\sigma(x)) $$", "$$ W = W^T W $$"]))


def collide(rng, text, other):
    """One letter becomes another that is there already."""
    found = sorted(set(re.findall(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])", text)))
    if len(found) < 2:
        return text
    a, b = rng.sample(found, 2)
    return re.sub(r"(?<![A-Za-z\\])%s(?![A-Za-z])" % a, b, text)


def confuse(rng, text, other):
    at = [k for k, c in enumerate(text) if c in LETTERS]
    for k in rng.sample(at, min(len(at), rng.choice([1, 3, 30]))):
        text = text[:k] + LETTERS[text[k]] + text[k + 1:]
    return text


def mark(rng, text, other):
    for _ in range(rng.choice([1, 5, 40])):
        k = rng.randrange(len(text) + 1)
        text = text[:k] + rng.choice(MARKS) + text[k:]
    return text


def newlines(rng, text, other):
    kinds = rng.choice([["\r\n"], ["\r"], ["\n", "\r\n", "\r"], ["\n\n"], [" "]])
    return re.sub("\n", lambda m: rng.choice(kinds), text)


def encoded(rng, text, other):
    raw = text.encode("utf-8", "surrogatepass")
    kind = rng.randrange(6)
    if kind == 0:
        return text.encode("utf-16", "replace")
    if kind == 1:
        return b"\xef\xbb\xbf" + raw
    if kind == 2:
        return text.encode("utf-32", "replace")
    if kind == 3:
        return text.encode("latin-1", "replace")
    k = rng.randrange(len(raw) + 1)
    return raw[:k] + rng.choice([b"\x00", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\x1b[2J", b"\x80" * 9]) + raw[k:]


def cut(rng, text, other):
    return text[:rng.randrange(len(text) + 1)] if rng.random() < 0.5 else text[rng.randrange(len(text) + 1):]


def wrapped(rng, text, other):
    opener, closer = rng.choice([("```python\n", "\n```"), ("$$\n", "\n$$"), ("\\begin{align}\n", "\n\\end{align}"), ("\\begin{tabular}{cc}\n", "\n\\end{tabular}"), ("<!--\n", ""),
                                 ("\\begin{verbatim}\n", ""), ("| a | b |\n|---|---|\n| ", " | x |"), ("\\iffalse\n", "\n\\fi"), ("---\ntitle: x\n", "\n---"), ("> ", "")])
    return opener + text + closer


def notebook(rng, text, other):
    """The text as cells of a notebook, perhaps an odd one."""
    parts = re.split(r"\n\n", text)
    cells = [{"cell_type": rng.choice(["markdown", "markdown", "code", "raw", "x"]), "metadata": {}, "source": rng.choice([p, p.splitlines(True)])} for p in parts]
    if rng.random() < 0.5:
        cells[rng.randrange(len(cells))] = rng.choice([None, {}, [], 7, {"cell_type": "markdown"}, {"cell_type": "markdown", "source": [1, None]}, {"cell_type": "code", "source": {"a": 1}}])
    raw = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": rng.choice([0, 5])})
    return raw if rng.random() < 0.8 else raw[:rng.randrange(len(raw))]


MUTATIONS = [
    at_token(lambda rng, all_, k: ""), at_token(lambda rng, all_, k: all_[k] * rng.choice([2, 2, 3, 50])), at_token(lambda rng, all_, k: rng.choice(COMMANDS)),
    at_token(lambda rng, all_, k: all_[k] + rng.choice(COMMANDS)), at_token(swap_tokens), at_token(number), at_token(lambda rng, all_, k: rng.choice(all_)),
    at_line(splice), at_line(shuffle), at_line(drop), at_line(double),
    without("$"), without("{"), without("}"), without("="), without("\\\\"), without("&"), without("^"), without("_"), without("\\begin{"),
    deep, long_line, matrix, bomb, circle, collide, confuse, mark, newlines, encoded, cut, wrapped, notebook]
