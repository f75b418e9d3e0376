"""A document as lines that know where they come from, and as stretches of mathematics, code and prose.

A rewriting gives a new document whose lines remember the lines of the first, so that findings can be laid side by side.
"""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "golden"))
import sheets  # noqa: E402  (the reader of `expect:` comments)

ENVIRONMENTS = "align aligned alignat equation eqnarray gather gathered multline flalign split displaymath math".split()
STRETCH = re.compile(r"""
  (?P<comment><!--.*?-->)
| (?P<code>^[ >]*```[ \t]*(?:python|py|julia|octave|matlab)?[ \t]*\n.*?^[ >]*```[ \t]*$)
| (?P<fenced>^[ >]*```[ \t]*(?:math|latex|tex)[ \t]*\n.*?^[ >]*```[ \t]*$)
| (?P<other>^[ >]*```[^\n]*\n.*?^[ >]*```[ \t]*$)
| (?P<macro>\\(?:(?:re|provide)?newcommand|def|DeclareMathOperator)\b[^\n]*)
| (?P<environment>\\begin\{(?P<name>""" + "|".join(ENVIRONMENTS) + r""")(?P<star>\*?)\}.*?\\end\{(?P=name)(?P=star)\})
| (?P<display>\$\$.*?\$\$ | \\\[.*?\\\])
| (?P<inline>\\\(.*?\\\) | \$`.*?`\$ | (?<![\\$])\$(?![$`])[^$]*?[^$\\]\$(?!\$))
| (?P<ticks>`[^`\n]+`)
""", re.X | re.S | re.M)
MATH = {"fenced", "macro", "environment", "display", "inline"}
CODE = {"code", "ticks"}
TEX_COMMENT = re.compile(r"(?<!\\)%[^\n]*")


def stretches(text, tex):
    """(kind, text) in order; kinds are math, code, comment and prose; together they are the text."""
    at = 0
    for found in STRETCH.finditer(text):
        if found.start() > at:
            yield from prose(text[at:found.start()], tex)
        kind = found.lastgroup if found.lastgroup not in ("name", "star") else "environment"
        yield ("math" if kind in MATH else "code" if kind in CODE else "comment" if kind == "comment" else "prose", found[0])
        at = found.end()
    yield from prose(text[at:], tex)


def prose(text, tex):
    """Comments of LaTeX apart from the words around them."""
    at = 0
    for found in TEX_COMMENT.finditer(text) if tex else ():
        yield "prose", text[at:found.start()]
        yield "comment", found[0]
        at = found.end()
    if text[at:]:
        yield "prose", text[at:]


class Line:
    """One line of a document: its text, and (cell, number) of the line it was, or None where it is new."""
    def __init__(self, text, origin):
        self.text, self.origin = text, origin


class Both(Line):
    """One line that was two: its findings are those of the first, then those of the second."""
    def __init__(self, text, first, second):
        super().__init__(text, first)
        self.second = second


class Cell:
    def __init__(self, kind, lines):
        self.kind, self.lines = kind, lines

    @property
    def text(self):
        return "\n".join(line.text for line in self.lines)

    def with_text(self, text):
        """The same lines, written otherwise: as many as before."""
        new = text.split("\n")
        assert len(new) == len(self.lines), "a rewriting of stretches keeps the lines"
        return Cell(self.kind, [Line(t, line.origin) for t, line in zip(new, self.lines)])

    def stretches(self, suffix):
        if self.kind == "code":
            return [("code", self.text)]
        if suffix == ".txt":
            return [("code" if kind == "code" else "comment" if kind == "comment" else "plain", text)
                    for kind, text in stretches(self.text, False)]
        return list(stretches(self.text, suffix == ".tex"))


class Document:
    def __init__(self, name, suffix, cells, truth=None, frame=None):
        self.name, self.suffix, self.cells, self.truth, self.frame = name, suffix, cells, truth or {}, frame

    @classmethod
    def read(cls, path):
        text, frame = path.read_text(), None
        if path.suffix == ".ipynb":
            frame = json.loads(text)
            whole = [(c["cell_type"], "".join(c["source"])) for c in frame["cells"]]
        else:
            whole = [("markdown", text)]
        cells = [Cell(kind, [Line(t, (n if frame else 0, k)) for k, t in enumerate(source.split("\n"), 1)])
                 for n, (kind, source) in enumerate(whole, 1)]
        return cls(path.stem, path.suffix, cells, dict(sheets.expectations(path)), frame)

    @classmethod
    def of_text(cls, name, suffix, text):
        lines = text.split("\n")
        expected = {(0, k): found[1].split() for k, found in enumerate(map(sheets.EXPECT.search, lines), 1) if found}
        return cls(name, suffix, [Cell("markdown", [Line(t, (0, k)) for k, t in enumerate(lines, 1)])], expected)

    def but(self, cells):
        return Document(self.name, self.suffix, cells, self.truth, self.frame)

    def mapped(self, **of):
        """Every stretch of a kind through the function given for it, lines kept."""
        cells = []
        for cell in self.cells:
            parts = [of[kind](text) if kind in of else text for kind, text in cell.stretches(self.suffix)]
            cells.append(cell.with_text("".join(parts)))
        return self.but(cells)

    def written(self):
        if not self.frame:
            return self.cells[0].text
        frame = dict(self.frame)
        frame["cells"] = [dict(c, source=cell.text) for c, cell in zip(self.frame["cells"], self.cells)]
        return json.dumps(frame, ensure_ascii=False)

    def origins(self):
        """Of every line as the program counts them, the line it was."""
        return {(n if self.frame else 0, k): line.origin
                for n, cell in enumerate(self.cells, 1) for k, line in enumerate(cell.lines, 1)}

    def seconds(self):
        """{the line that was joined to another: that other one}"""
        return {line.second: line.origin for cell in self.cells for line in cell.lines if isinstance(line, Both)}
