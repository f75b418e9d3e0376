"""Every row of the table of limits, through the whole command: at the limit nothing is said, one below what a document needs
the limit is named with a place, and what has nothing to do with it is judged as before.

The least limit that is enough is found by halving, so that a row that bounds nothing, or bounds something else, fails.

usage: test_limits.py PROGRAM limits.def
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

PROGRAM, TABLE = sys.argv[1], pathlib.Path(sys.argv[2])
ROW = re.compile(r'HG_LIMIT_ROW\((\w+),\s*"([\w-]+)",\s*(\w+)(?:\s*<<\s*(\d+))?,')
GOOD = "$$\\frac{d}{dx} x^2 = 2x$$\n"
NET = "$$z = W x + b$$\n$$a = \\tanh(z)$$\n$$L = \\frac12 \\sum_i (a_i - y_i)^2$$\n"
MACRO = "\\newcommand{\\m}{x}\n\n"


def notebook(*cells):
    return json.dumps({"cells": [{"cell_type": "markdown", "source": c} for c in cells], "nbformat": 4})


# name: (ending, text, how much of it the text needs; None: only that there is such a number)
NEEDS = {
    "file-size": ("md", GOOD + "x" * 100, len(GOOD) + 100),
    "notebook-size": ("ipynb", notebook(GOOD), len(notebook(GOOD))),
    "line-length": ("md", "x" * 90 + "\n\n" + GOOD, 90),
    "nesting": ("md", "$a = " + "(" * 30 + "1" + ")" * 30 + "$\n\n" + GOOD, 30),
    "json-values": ("ipynb", notebook(GOOD, "words"), 8),
    "nodes": ("md", "$a = x" + "+x" * 50 + "$\n\n" + GOOD, 52),
    "height": ("md", "$a = x" + "'" * 40 + "$\n\n" + GOOD, 41),
    "expansions": ("md", MACRO + "$a = \\m + \\m + \\m$\n\n" + GOOD, 3),
    "macro-tokens": ("md", MACRO + "$a = \\m + \\m + \\m$\n\n" + GOOD, 3),
    "macros": ("md", MACRO + "\\newcommand{\\n}{y}\n\n$a = \\m + \\n$\n\n" + GOOD, 2),
    "macro-depth": ("md", MACRO + "\\newcommand{\\n}{\\m}\n\n\\newcommand{\\o}{\\n}\n\n$a = \\o$\n\n" + GOOD, 3),
    "formulas": ("md", GOOD + "\n$p = q$\n\n$r = s$\n", 3),
    "formula-size": ("md", "$$p = q" + " + q" * 20 + "$$\n\n" + GOOD, 85),
    "parts": ("md", GOOD + "\na\n\nb\n\nc\n", None),
    "elements": ("md", NET + "$$\\frac{\\partial a}{\\partial z} = 1 - a^2$$\n", None),
    "live-elements": ("md", NET + "$$\\frac{\\partial L}{\\partial a} = a - y$$\n", None),
    "values": ("md", GOOD + "$$\\frac{d}{dx} x^2 = \\sum_{i=1}^{40} \\frac{i x}{410}$$\n", None),
    "terms": ("md", GOOD + "$$\\frac{d}{dx} x^2 = \\sum_{i=1}^{40} \\frac{i x}{410}$$\n", 40),
    "steps": ("md", GOOD + "$$\\frac{d}{dx} x^2 = \\sum_{i=1}^{40} \\frac{i x}{410}$$\n", None),
    "document-steps": ("md", GOOD + GOOD.replace("2x", "2x y"), None),
    "power": ("md", NET.replace("\\tanh(z)", "z^7") + "$$\\frac{\\partial a}{\\partial z} = 7 z^6$$\n", 7),
    "name-length": ("md", "$a = \\sigma(z)$\n\n```\ndW = x @ " + "q" * 30 + "\n```\n\n" + GOOD, 30),
    "digits": ("md", "$a = 0." + "3" * 28 + "$\n\n" + GOOD, 30),
    "notes": ("md", "\\( a\n\n" * 3 + GOOD, 3),
    "repairs": ("md", "".join(GOOD.replace("2x", f"{k}x") for k in (3, 4)) + GOOD, None),
    "messages": ("md", "".join(GOOD.replace("2x", f"{k}x") for k in (3, 4, 5)) + GOOD, 3),
}
BY_THE_CLOCK = {"cpu-ms"}
OF_MODULES = {"module-ms", "module-seconds", "module-memory", "module-calls"}  # tests/guest tries them
WHOLE_FILE = {"file-size", "notebook-size", "json-values"}  # what is over these is not read at all


def rows():
    return {name: int(value.rstrip("u")) << int(shift or 0) for _, name, value, shift in ROW.findall(TABLE.read_text())}


def run(path, *options):
    result = subprocess.run([PROGRAM, "check", "--color=never", "--exit-zero", *options, path], capture_output=True, text=True)
    assert result.returncode in (0, 3), (options, result.returncode, result.stderr)
    return " ".join((result.stdout + result.stderr).split())


def says(name, n, path):
    return f"(limit: {name})" in run(path, f"--limit={name}={n}")


def least(name, path, most):
    """The least limit under which it is not named."""
    low, high = -1, most
    assert not says(name, most, path), name
    while high - low > 1:
        middle = (low + high) // 2
        if says(name, middle, path):
            low = middle
        else:
            high = middle
    return high


def check_row(name, most, folder):
    ending, text, need = NEEDS[name]
    path = folder / f"{name}.{ending}"
    path.write_text(text)
    n = least(name, path, min(most, 10_000_000))
    assert 0 < n < most and (need is None or n == need), (name, n, need)
    at, past = run(path, f"--limit={name}={n}"), run(path, f"--limit={name}={n - 1}")
    default = run(path)
    if name == "document-steps":  # how many planted slips would be refused is asked last, as far as it goes
        at, default = (re.sub("power: .*? at these points ", "", said) for said in (at, default))
    assert at.replace(f" --limit={name}={n}", "") == default, (name, at, default)
    assert re.search(rf"{path}(:\d+:\d+)?", past), past
    if name not in WHOLE_FILE | {"elements", "live-elements", "power"}:
        assert "1 agrees" in past, (name, past)
    return n


def test_the_table_is_tested_whole(_):
    assert set(rows()) == set(NEEDS) | BY_THE_CLOCK | OF_MODULES, rows()


def test_each_row_holds_at_its_limit_and_not_one_below(folder):
    print({name: check_row(name, most, folder) for name, most in rows().items() if name in NEEDS})


def test_time_stands_behind_steps(folder):
    path = folder / "time.md"
    path.write_text(GOOD)
    assert says("cpu-ms", 0, path)
    assert not says("cpu-ms", rows()["cpu-ms"], path)


def test_what_runs_out_of_steps_is_never_called_wrong(folder):
    path = folder / "steps.md"
    path.write_text(NET + "$$\\frac{\\partial L}{\\partial W} = ((a - y) \\circ (1 - a^2)) x^T$$\n")
    for n in range(0, 40000, 997):
        for limit in "steps", "document-steps":
            said = run(path, f"--limit={limit}={n}")
            assert "disagrees" not in said, (n, said)


def test_sums_of_sums_end(folder):
    path = folder / "sums.md"
    path.write_text("$$\\frac{d}{dx} x^2 = \\sum_{i=1}^{900} \\sum_{j=1}^{900} \\sum_{k=1}^{900} i j k x$$\n\n" + GOOD)
    said = run(path)
    assert "(limit: values)" in said and f"{path}:1:" in said and "1 agrees" in said, said


if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            with tempfile.TemporaryDirectory() as where:
                test(pathlib.Path(where))
            print(f"ok {name}", flush=True)
