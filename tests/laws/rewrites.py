"""The laws, one row each: a name and a rewriting that keeps the meaning of a document.

A rewriting takes a document and a generator of random numbers and yields (how, new document); what does not apply yields nothing.
"""
import re
from collections import namedtuple

import letters
from document import Both, Cell, Line
from formulas import changed, fractions, group, sides_of, sum_inside

Law = namedtuple("Law", "name rewrite seeded", defaults=[False])


def some(*pairs):
    """Those that apply, of (how, document or None)."""
    return ((how, new) for how, new in pairs if new is not None)


def in_math(doc, change):
    return doc.mapped(math=change) if doc.suffix != ".txt" else None


def math_of(doc):
    return "\n".join(text for cell in doc.cells for kind, text in cell.stretches(doc.suffix) if kind == "math")


# ---- sides ----------------------------------------------------------------------------------------------------------

def swapped(doc, rng):
    return some(("R = L", changed(doc, lambda f: [f.line(" = ".join(f.sides[::-1]))] if len(f.sides) == 2 else None)))


def to_the_left(doc, rng):
    return some(("L - (R) = 0", changed(doc, lambda f: [f.line("%s - %s = 0" % (f.sides[0], group(f.sides[1])))] if len(f.sides) == 2 else None)))


def scaled(doc, rng):
    def by(factor):
        def one(f):
            return [f.line(" = ".join(factor + (group(s) if k or sum_inside(s) else s) for k, s in enumerate(f.sides)))]
        return changed(doc, one)
    return some(("times 2", by("2 ")), ("minus", by("-")))


def turned(doc, rng):
    text = math_of(doc)
    sign = r"^\top" if r"^\top" in text else "^T"
    def one(f):  # what has lower indices alone is a number
        if re.search(r"_\{?[a-z]{1,2}\}?", f.sides[0]) or not re.search(r"T|\\top|[A-Z]", f.body):
            return None
        return [f.line(" = ".join(group(s) + sign for s in f.sides))]
    return some(("transposed", changed(doc, one)))


# ---- lines ----------------------------------------------------------------------------------------------------------

def split(doc, rng):
    def one(f):  # a number that was rounded belongs to the side before it
        if any(re.fullmatch(r"[-\d.\s]+", s) for s in f.sides):
            return None
        return [l for s in f.sides[1:] for l in (f.line("%s = %s" % (f.sides[0], s)), "")][:-1] if len(f.sides) > 2 else None
    return some(("a chain in pieces", changed(doc, one)))


def joined(doc, rng):
    """Two claims that follow one another, on one line."""
    claims = {(n, k): f for n, k, f in sides_of(doc)}
    for n, k in sorted(claims):
        after = next((j for j in range(k + 1, len(doc.cells[n].lines)) if doc.cells[n].lines[j].text.strip()), None)
        if (n, after) in claims and len(claims[n, k].sides) == len(claims[n, after].sides) == 2:
            lines = list(doc.cells[n].lines)
            f, g = claims[n, k], claims[n, after]
            lines[k] = Both(f.line(f.body + r", \qquad " + g.body, ""), lines[k].origin, lines[after].origin)
            lines[after] = Line("", None)
            yield f"lines {k + 1} and {after + 1}", doc.but([Cell(c.kind, lines) if i == n else c for i, c in enumerate(doc.cells)])
            return


def independent(f, g):
    left, other = f.sides[0], g.sides[0]
    name = re.sub(r"\\(partial|frac|nabla|left|right)|[{}\s]", "", left)
    return left != other and left not in " ".join(g.sides) and other not in " ".join(f.sides) and bool(name)


def reordered(doc, rng):
    """Two neighbouring claims of which neither uses the other, one after the other way round."""
    claims = list(sides_of(doc))
    pairs = [(a, b) for a, b in zip(claims, claims[1:]) if a[0] == b[0] and independent(a[2], b[2]) and
             all(not l.text.strip() or l.text.startswith("<!--") for l in doc.cells[a[0]].lines[a[1] + 1:b[1]])]
    for (n, j, _), (_, k, _) in rng.sample(pairs, min(3, len(pairs))):
        lines = list(doc.cells[n].lines)
        lines[j], lines[k] = lines[k], lines[j]
        yield f"lines {j + 1} and {k + 1}", doc.but([Cell(c.kind, lines) if i == n else c for i, c in enumerate(doc.cells)])


# ---- marks ----------------------------------------------------------------------------------------------------------

LAYER = re.compile(r"\^\{?\[(\d|l|L|l-1|l\+1|L-1)\]")


def marks(doc, rng):
    text = math_of(doc)
    brackets = LAYER.search(text)
    if brackets and not re.search(r"\^\{?\(", text) and not re.search(r"\]\(", text):
        yield from some(("[l] to (l)", in_math(doc, lambda t: re.sub(r"\^\{\[([^\]]*)\]", r"^{(\1)", re.sub(r"\^\[([^\]]*)\]", r"^{(\1)}", t)))))
    if brackets and not re.search(r"_", re.sub(r"\\(sum|prod|text\{[^}]*\})_", "", text)):
        def below(t):
            t = re.sub(r"\^\{\[([^\]]*)\]\}", r"_{\1}", t)
            t = re.sub(r"\^\{\[([^\]]*)\]\s*(T|\\top)\}", r"_{\1}^{\2}", t)
            return re.sub(r"\^\{\[([^\]]*)\]\s*(\([^)]*\))\}", r"_{\1}^{\2}", t)
        yield from some(("[l] to _l", in_math(doc, below)))
    layers = re.search(r"[A-Za-z]_\{?2\}?\s*=\s*[A-Za-z\\]+_\{?2\}?[^=]*_\{?1\}?", text)
    if layers and not LAYER.search(text) and not re.search(r"_\{?[a-z0-9]{2}|_[a-z]|\\sum_[^{]", text):
        def above(t):
            t = re.sub(r"_\{?(\d)\}?\^\{?(T|\\top)\}?(?![A-Za-z])", r"^{[\1]\2}", t)
            t = re.sub(r"_\{?(\d)\}?\^\{(\([a-z]\))\}", r"^{[\1]\2}", t)
            t = re.sub(r"(\\?[A-Za-z]+)_\{?(\d)\}?\^\{?2\}?", r"(\1^{[\2]})^2", t)
            return re.sub(r"_\{?(\d)\}?", r"^{[\1]}", t)
        yield from some(("_l to [l]", in_math(doc, above)))
    samples = re.search(r"\(i\)", text)
    if samples and not re.search(r"_", re.sub(r"\\sum_", "", text)):
        def below_sample(t):
            t = re.sub(r"\^\{\(i\)\}", "_i", t)
            return re.sub(r"\^\{(\[[^\]]*\])\s*\(i\)\}", r"^{\1}_i", t)
        yield from some(("(i) to _i", in_math(doc, below_sample)))
    if re.search(r"_\{[a-z]{2}\}", text):
        yield from some(("W_{jk} to W_{j,k}", in_math(doc, lambda t: re.sub(r"_\{([a-z])([a-z])\}", r"_{\1,\2}", t))))


# ---- words ----------------------------------------------------------------------------------------------------------

SENTENCES = ["The ascent of the hill is on Sunday.", "In all likelihood the exam is in July.", "Softmax is the subject of another sheet.",
             "A vector has a length and a direction.", "One-hot labels will be explained later.", "The letter from the department is symmetric to the last one.",
             "We maximise our free time.", "The squared error of the thermometer does not matter here.", "Entropy was the topic of the physics course.",
             "The rows of the lecture hall are numbered.", "There will be a sigmoid curve in the next sheet.", "We take the mean of both marks."]


def between(doc, first, last):
    """The document with lines put before it and after it."""
    cells = [Cell(c.kind, list(c.lines)) for c in doc.cells]
    start, end = cells[0].lines, cells[-1].lines
    if cells[0].kind == "code" or cells[-1].kind == "code":
        return None
    at = next((k + 1 for k, l in enumerate(start) if r"\begin{document}" in l.text), 0)
    until = next((k for k, l in enumerate(end) if r"\end{document}" in l.text), len(end))
    end[until:until] = [Line(t, None) for t in last]
    start[at:at] = [Line(t, None) for t in first]
    return doc.but(cells)


def reworded(doc, rng):
    for k, sentence in enumerate(SENTENCES):
        yield f"after: {sentence}", between(doc, [], ["", sentence, ""])
    for sentence in rng.sample(SENTENCES, 4):
        yield f"before: {sentence}", between(doc, [sentence, ""], [])


def unrelated(doc, rng):
    """A section about something else, with letters of its own."""
    used = letters.Letters(doc)
    if doc.suffix == ".txt":
        return
    spare = [c for c in "pqruvkscnh" if c not in used.used and c not in used.fixed]
    if len(spare) < 3:
        return
    p, q, r = spare[:3]
    head = "# %s" if doc.suffix != ".tex" else r"\section*{%s}"
    section = [head % "A line and its slope", "", f"$${p} = 3 {q} + {r}$$", "", rf"$$\frac{{d{p}}}{{d{q}}} = 3$$", ""]
    yield from ((how, new) for how, new in [("after", between(doc, [], [""] + section)),
                                            ("before", between(doc, section + [head % "The derivation", ""], []))] if new)


# ---- form -----------------------------------------------------------------------------------------------------------

def slashes(doc, rng):
    number = lambda a, b: "(%s/%s)" % (a, b) if re.fullmatch(r"\w", a) and re.fullmatch(r"\w", b) else None
    slope = lambda a, b: r"(%s/%s)" % (a, b) if re.match(r"\\partial|d", a) and re.match(r"\\partial|d", b) and not re.search(r"[-+()]", a + b) else None
    yield from some(("1/m", in_math(doc, lambda t: fractions(t, number) if "#1" not in t else t)),
                    ("dL/dW", in_math(doc, lambda t: fractions(t, slope) if "#1" not in t else t)))


def macros(doc, rng):
    """A macro for a letter, and one for a derivative."""
    if doc.suffix == ".txt" or doc.frame:
        return
    def defined(doc, line):
        cells = [Cell(c.kind, list(c.lines)) for c in doc.cells]
        at = next((k for k, l in enumerate(cells[0].lines) if r"\begin{document}" in l.text), 0)
        cells[0].lines[at:at] = [Line(line if doc.suffix == ".tex" else "$$" + line + "$$", None), Line("", None)]
        return doc.but(cells)
    used = letters.Letters(doc)
    for base in sorted(used.free):
        if len(base) == 1 and rng.random() < 0.4:
            letter = base.upper() if base in used.capitals else base
            new = in_math(doc, lambda t: re.sub(r"(?<![A-Za-z\\])(d?)%s(?![A-Za-z])" % letter, r"\1\\mine", t) if r"newcommand" not in t else t)
            if "\\mine" in new.written():
                yield f"for {letter}", defined(new, r"\newcommand{\mine}{%s}" % letter)
    slope = lambda a, b: r"\slopeof{%s}{%s}" % (a[8:].strip(), b[8:].strip()) if a.startswith(r"\partial") and b.startswith(r"\partial") else None
    new = in_math(doc, lambda t: fractions(t, slope) if "#1" not in t else t)
    if r"\slopeof" in new.written():
        yield "for a derivative", defined(new, r"\newcommand{\slopeof}[2]{\frac{\partial #1}{\partial #2}}")


def containers(doc, rng):
    """Where a formula stands: a quote, a list, a line of the text, an environment, a box."""
    if doc.suffix == ".md":
        quoted = doc.but([Cell(c.kind, [Line("> " + l.text if l.text else ">", l.origin) for l in c.lines]) for c in doc.cells])
        yield "block quote", quoted
    single = lambda f: "\\\\" not in f.body and "&" not in f.body and "\\begin" not in f.body and "newcommand" not in f.body
    only_if = lambda write: lambda f: [write(f)] if single(f) else None
    if doc.suffix == ".md":
        yield from some(("list items", changed(doc, only_if(lambda f: "- " + f.line(f.body).strip() if not f.before.strip() else f.line(f.body)), "ok")))
    yield from some(
        ("inline", changed(doc, only_if(lambda f: f"{f.before}${f.body}{f.stop}${f.after}"), "ok")),
        ("$$ or \\[", changed(doc, lambda f: [f.before + (r"\[ %s \]" if f.opener == "$$" else "$$ %s $$") % (f.body + f.stop) + f.after], "ok")),
        ("aligned", changed(doc, only_if(lambda f: f.line(r"\begin{aligned} %s &= %s \end{aligned}" % (f.sides[0], " = ".join(f.sides[1:])))), "equation")),
        ("boxed", changed(doc, only_if(lambda f: f.line(r"\boxed{%s}" % f.body)))),
        ("boxed right side", changed(doc, only_if(lambda f: f.line(r"%s = \boxed{%s}" % (" = ".join(f.sides[:-1]), f.sides[-1]))))),
        ("tag", changed(doc, only_if(lambda f: f.line(f.body + r" \tag{7}")), "ok")))


def signs(doc, rng):
    """Other signs for the same thing."""
    text = math_of(doc)
    one = lambda how, pattern, new, on=None: (how, in_math(doc, lambda t: re.sub(pattern, lambda m: m.expand(new), t)) if re.search(on or pattern, text) else None)
    yield from some(
        one("otimes", r"\\odot(?![a-z])", r"\\otimes"), one("circ", r"\\odot(?![a-z])", r"\\circ"), one("thin spaces", r"(?<![:<>!])=", r"\\;=\\,"),
        one("spaces at dots", r"\\odot(?![a-z])", r"\\;\\odot\\;"), one("dfrac", r"\\frac(?![a-z])", r"\\dfrac"), one("ln", r"\\log(?![a-z_])", r"\\ln"),
        one("top", r"\^T(?![A-Za-z])", r"^\\top"), one("mathsf T", r"\^T(?![A-Za-z])", r"^{\\mathsf{T}}"))
    if "\\mathbf" not in text and "\\bm" not in text and "newcommand" not in text:
        yield from some(one("bold capitals", r"(?<![A-Za-z\\{[(^])(d?)([WXZAY])(?![A-Za-z])", r"\1\\mathbf{\2}"))
    if not re.search(r"(?<![A-Za-z\\])d(?![A-Za-z])", text):
        yield from some(("d for partial", in_math(doc, lambda t: re.sub(r"\\partial\s*", "d", t)) if r"\partial" in text else None))


def reseed(doc, rng):
    """Other random points."""
    for seed in (2, 3, 4):
        yield f"seed {seed}", doc


LAWS = [
    Law("one-letter", letters.one_letter),
    Law("any-letters", letters.any_letters),
    Law("turned-letters", letters.turned_letters),
    Law("marks", marks),
    Law("words", reworded),
    Law("unrelated-section", unrelated),
    Law("sides-swapped", swapped),
    Law("to-the-left", to_the_left),
    Law("scaled", scaled),
    Law("transposed", turned),
    Law("split", split),
    Law("joined", joined),
    Law("reordered", reordered),
    Law("slashes", slashes),
    Law("macros", macros),
    Law("containers", containers),
    Law("signs", signs),
    Law("reseed", reseed, True),
]
