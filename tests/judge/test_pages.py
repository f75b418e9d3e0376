"""The pages of `handgrad explain`: one for each row of the tables and no other; their numbers are right."""
import math
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from matrix import M  # noqa: E402

FAULTS = (AssertionError, ArithmeticError, ValueError, NameError, TypeError, AttributeError, SyntaxError)


def each(f):
    return lambda v: v.map(f) if isinstance(v, M) else f(v)


def rows_of(v):
    return v.rows if isinstance(v, M) else [[v]]


def total(v):
    return sum(map(sum, rows_of(v)))


def scalar(v):
    return total(v) if isinstance(v, M) and v.shape == (1, 1) else v


def slope_of(f, x):
    """Central differences, Richardson once; entry by entry of a matrix."""
    def along(step):
        d = lambda h: (scalar(f(step(h))) - scalar(f(step(-h)))) / (2 * h)
        return (4 * d(5e-4) - d(1e-3)) / 3
    if not isinstance(x, M):
        return along(lambda h: x + h)

    def moved(i, j, h):
        m = M(x.rows)
        m.rows[i][j] += h
        return m
    r, c = x.shape
    return M([[along(lambda h: moved(i, j, h)) for j in range(c)] for i in range(r)])


WORDS = {
    "sigma": each(lambda v: 1 / (1 + math.exp(-v))), "tanh": each(math.tanh), "exp": each(math.exp),
    "log": each(math.log), "relu": each(lambda v: max(v, 0.0)), "step": each(lambda v: float(v > 0)),
    "sum": total, "slope": slope_of, "entry": lambda m, i, j: m.rows[i - 1][j - 1],
    "columnvector": lambda m: M([[sum(r)] for r in m.rows]), "rowvector": lambda m: M([[sum(c) for c in zip(*m.rows)]]),
}


def value_of(text, names):
    text = re.sub(r"\[\[.*?\]\]", lambda m: f"M({m[0]})", text)
    return scalar(eval(text, {"__builtins__": {}, "M": M, **WORDS}, names))


def agree_as_shown(computed, shown):
    """To the digits that are printed."""
    numbers = re.findall(r"-?\d+(?:\.\d+)?", shown)
    entries = [v for r in rows_of(computed) for v in r]
    assert len(numbers) == len(entries), f"{len(entries)} entries, {shown} shown"
    for v, n in zip(entries, numbers):
        digits = len(n.partition(".")[2])
        assert abs(v - float(n)) <= 0.5000001 * 10.0**-digits, f"{v:.9g} is shown as {n}"


def work(lines):
    """Runs an example line by line; returns its names."""
    names = {}
    for line in lines:
        parts = [p.strip() for p in re.split(r"(?<![=<>])=(?!=)", line)]
        function = re.fullmatch(r"(\w+)\((\w+)\)", parts[0])
        if function and function[1] not in WORDS and len(parts) == 2:
            names[function[1]] = lambda v, var=function[2], body=parts[1]: value_of(body, {**names, var: v})
        elif re.fullmatch(r"\w+", parts[0]):
            names[parts[0]] = value_of(parts[1], names)
            if len(parts) == 3:
                agree_as_shown(names[parts[0]], parts[2])
        else:
            agree_as_shown(value_of(parts[0], names), parts[1])
    return names


def differ(a, b):
    a, b = rows_of(a), rows_of(b)
    if [len(r) for r in a] != [len(r) for r in b]:
        return math.inf
    return max(abs(x - y) for r, s in zip(a, b) for x, y in zip(r, s))


def pages_of(path):
    found = re.split(r"^## (.+)\n", path.read_text(), flags=re.M)[1:]
    return dict(zip(found[::2], found[1::2]))


def example_of(page):
    return [line.strip() for line in page.splitlines() if line.startswith("    ")]


def check_slip(ident, page):
    for part in ("Symptom:", "Usual cause:", "By hand:"):
        assert part in page, f"no {part}"
    names = work(example_of(page))
    for name in ("numerical", "yours", "right"):
        assert name in names, f"the example has no {name}"
    assert differ(names["right"], names["numerical"]) < 1e-7, "right is not right"
    assert differ(names["yours"], names["numerical"]) > 1e-2, "yours is not wrong"


def codes_of(root):
    """Every code of the tables and enumerations a report can show."""
    public = (root / "src/handgrad.h").read_text()
    enums = "".join(re.findall(r"typedef enum hg_(?:class|reason) \{(.*?)\}", public, flags=re.S))
    enums = re.sub(r"/\*.*?\*/", "", enums, flags=re.S)
    codes = {w[3:].lower().replace("_", "-") for w in re.findall(r"HG_\w+", enums)}
    points = (root / "src/slips/power_points.c").read_text()
    codes |= set(re.findall(r'^\t\{"([\w-]+)", "\w+",', points, flags=re.M)) | set(re.findall(r'"([\w-]+): ', points))
    notation = root / "src/claim/notation.def"
    if notation.exists():
        codes |= set(re.findall(r'^HG_NOTATION\(\w+,\s*"([\w-]+)"', notation.read_text(), flags=re.M))
    for source in [*(root / "src/text").glob("*.c"), *(root / "src/lang").glob("*.c")]:  # the notes of the reader
        codes |= set(re.findall(r'(?:(?:note|remark|report)\w*\([^;]*?|\bcode = )"([a-z0-9]+(?:-[a-z0-9]+)+)"', source.read_text()))
    statuses = (root / "src/finding/statuses.def").read_text()
    return codes | set(re.findall(r'^HG_STATUS_ROW\(\w+,\s*"([\w-]+)"', statuses, flags=re.M))


def check_notes(root, pages, slips):
    for code in sorted(codes_of(root)):
        if code not in pages and code not in slips:
            yield f"NOTES.md: no page on {code}"
    for code, page in pages.items():
        if code == "notation":  # lines of documents, tried by tests/cli/test_notation.py
            continue
        try:
            work(example_of(page))
        except FAULTS as e:
            yield f"NOTES.md, {code}: {type(e).__name__}: {e}"


def main(root):
    slips = re.findall(r'^HG_SLIP\(\w+, "([\w-]+)"', (root / "src/slips.def").read_text(), flags=re.M)
    pages = pages_of(root / "src/slips/SLIPS.md")
    bad = [f"{i}: no page" for i in slips if i not in pages] + [f"{i}: no such slip" for i in pages if i not in slips]
    if list(pages) != slips and not bad:
        bad.append("the pages do not stand in the order of the table")
    for ident, page in pages.items():
        try:
            check_slip(ident, page)
        except FAULTS as e:
            bad.append(f"SLIPS.md, {ident}: {type(e).__name__}: {e}")
    notes = {code.partition(":")[0]: page for code, page in pages_of(root / "src/finding/NOTES.md").items()}
    bad += check_notes(root, notes, slips)
    print("\n".join(bad) or f"{len(pages) + len(notes)} pages hold")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
