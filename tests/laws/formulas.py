"""Formulas that stand alone on a line: their sides, what they claim, and documents with some of them written otherwise."""
import re

from document import Cell, Line

SHOWN = re.compile(r"^(\s*(?:[-*] |\d+\. )?\s*)(\$\$|\\\[)\s*(.*?)\s*(\$\$|\\\])(\s*[.,;]?\s*)$")
DERIVATIVE = re.compile(r"^\s*(\\[dt]?frac\s*\{\s*(\\partial|d|\\mathrm\{d\})|\\partial|\\nabla|d[A-Za-z\\]|\{?\\partial)")
BROKEN = re.compile(r"\\\\|(?<!\\)&|\\q?quad|\\begin|\\end|\\text\{ ?(and|where|with|for)|[;]|\\tag|\\label")


def top_level(text, sign):
    """Where the sign stands outside of all brackets."""
    depth, at, k = 0, [], 0
    while k < len(text):
        if text[k] == "\\":
            depth += (text[k + 1:k + 2] == "{") - (text[k + 1:k + 2] == "}")
            k += 2 if not text[k + 1:k + 2].isalpha() else 1
            continue
        depth += text[k] in "{([" and 1 or text[k] in "})]" and -1 or 0
        if depth == 0 and text[k] == sign:
            at.append(k)
        k += 1
    return at


class Formula:
    """One displayed formula: what opens and closes it, and the sides of its equation."""
    def __init__(self, line):
        found = SHOWN.match(line)
        self.ok = bool(found) and "$$" not in (found[3] if found else "")
        if not self.ok:
            return
        self.before, self.opener, body, self.closer, self.after = found.groups()
        self.stop = body[-1:] if body[-1:] in (".", ",") and not body.endswith("\\,") else ""
        self.body = body[:len(body) - len(self.stop)].strip()
        cuts = top_level(self.body, "=")
        ends = [-1] + cuts + [len(self.body)]
        self.sides = [self.body[a + 1:b].strip() for a, b in zip(ends, ends[1:])]
        plain = cuts and not BROKEN.search(self.body) and not top_level(self.body, ",") and all(self.sides) and \
            not re.search(r"[<>:]$|\\(le|ge|neq|ne|approx|equiv|coloneqq|propto|text|triangleq)\b", "".join(s[-1:] for s in self.sides[:-1]))
        self.equation = bool(plain) and not re.search(r":=|\\approx|\\leftarrow|\\equiv|\\propto|\\gets|\\neq", self.body)
        self.claim = self.equation and bool(DERIVATIVE.match(self.sides[0]))

    def line(self, body, stop=None):
        return f"{self.before}{self.opener} {body}{self.stop if stop is None else stop} {self.closer}{self.after}"


def changed(doc, change, only="claim", most=None, rng=None):
    """The document with each claim (or equation) through change(formula): a list of lines instead, or None for as it is."""
    if doc.suffix == ".txt":
        return None
    some, cells = False, []
    pick = None
    if most is not None:
        every = [(n, k) for n, cell in enumerate(doc.cells) for k, line in enumerate(cell.lines) if eligible(cell, line, only)]
        pick = set(rng.sample(every, min(most, len(every))))
    for n, cell in enumerate(doc.cells):
        lines, fenced = [], False
        for k, line in enumerate(cell.lines):
            fenced ^= line.text.lstrip("> ").startswith("```")
            new = None
            if not fenced and eligible(cell, line, only) and (pick is None or (n, k) in pick):
                new = change(Formula(line.text))
            some |= new is not None
            lines += [line] if new is None else [Line(t, line.origin) for t in new]
        cells.append(Cell(cell.kind, lines))
    return doc.but(cells) if some else None


def eligible(cell, line, only):
    if cell.kind == "code":
        return False
    f = Formula(line.text)
    return f.ok and getattr(f, only)


def sides_of(doc):
    """(cell number, line number, formula) of every claim on a line of its own."""
    for n, cell in enumerate(doc.cells):
        fenced = False
        for k, line in enumerate(cell.lines):
            fenced ^= line.text.lstrip("> ").startswith("```")
            if not fenced and eligible(cell, line, "claim"):
                yield n, k, Formula(line.text)


def group(text):
    return r"\left( %s \right)" % text


def sum_inside(text):
    """Does a plus or minus stand outside of brackets?"""
    return bool(top_level(text, "+") or top_level(text, "-"))


def braced(text, at):
    """The end of the group that begins at `at`, and what is in it."""
    depth = 0
    for k in range(at, len(text)):
        if text[k] == "\\":
            continue
        depth += text[k] == "{" and text[k - 1] != "\\" or -(text[k] == "}" and text[k - 1] != "\\")
        if depth == 0:
            return k + 1, text[at + 1:k]
    return None, ""


def fractions(text, write):
    """Every \\frac{a}{b} of a formula as write(a, b) has it, from the inside out; None leaves it."""
    out, at = "", 0
    for found in re.finditer(r"\\[dt]?frac\s*(?=\{)", text):
        if found.start() < at:
            continue
        end, above = braced(text, found.end())
        if end is None or text[end:end + 1] != "{":
            continue
        end, below = braced(text, end)
        if end is None:
            continue
        above, below = fractions(above, write), fractions(below, write)
        new = write(above, below)
        out += text[at:found.start()] + (new if new is not None else r"\frac{%s}{%s}" % (above, below))
        at = end
    return out + text[at:]
