"""Sizes are the first aesthetic: files of about 300 lines, functions of about 40, headers of about 80.

What is over that is listed; what is far over it fails.
"""
import pathlib
import re
import sys

FILE, FUNCTION, HEADER = (300, 400), (40, 80), (80, 150)
PUBLIC = {"src/handgrad.h": (200, 250)}  # the one header that is also the manual of the library
INLINE = {"src/handgrad-check.h", "src/handgrad-gsl.h"}  # code, in headers so that a user's project links nothing more
BEGIN = re.compile(r"^[A-Za-z_].*[^;]$")


def functions(lines):
    """(name, number of lines) of every function: from its first line to the brace that ends it."""
    start = None
    for number, line in enumerate(lines):
        if start is None and BEGIN.match(line) and "(" in line and not line.startswith(("typedef", "#")):
            start = number
        elif line.endswith(";") and start is not None and not any(x.startswith("{") for x in lines[start:number]):
            start = None
        elif line == "}" and start is not None:
            yield re.sub(r"\(.*", "", lines[start]).split()[-1].lstrip("*"), number - start + 1
            start = None
        elif line.startswith("}"):
            start = None


def measured(root):
    """(place, size, budget) of everything that has one."""
    files = [p for d in ("src", "derivations", "tests") for p in (root / d).rglob("*")]
    for path in sorted(p for p in files if p.suffix in {".c", ".h", ".py"} and ".build" not in p.parts):
        lines = path.read_text().splitlines()
        name = str(path.relative_to(root))
        yield name, len(lines), PUBLIC.get(name, HEADER if path.suffix == ".h" and name not in INLINE else FILE)
        if path.suffix == ".c":
            for function, size in functions(lines):
                yield f"{name}: {function}()", size, FUNCTION


if __name__ == "__main__":
    every = list(measured(pathlib.Path(sys.argv[1])))
    assert len(every) > 100, "nothing was measured"
    over = sorted((size / wanted, place, size, wanted, most) for place, size, (wanted, most) in every if size > wanted)
    for _, place, size, wanted, most in reversed(over):
        print(f"{place}: {size} lines, {wanted} wanted" + (f", {most} is the end" if size > most else ""))
    print(f"{len(every)} measured, {len(over)} over what is wanted")
    sys.exit(any(size > most for _, _, size, _, most in over))
