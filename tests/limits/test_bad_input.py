"""Bad input through the whole command: one clear line with a place, nothing else lost, bounded memory, no crash.

usage: test_bad_input.py PROGRAM
"""
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
MEMORY, STACK = 256 << 20, 256 << 10
GOOD = "$$\\frac{d}{dx} x^2 = 2x$$\n"
SANITIZED = b"__asan_init" in pathlib.Path(PROGRAM).read_bytes()


def small_stack():
    resource.setrlimit(resource.RLIMIT_STACK, (STACK, STACK))


def run(*arguments):
    """Exit code, output, errors, and the most memory it held; on a stack no larger than a thread's in a small place."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen([PROGRAM, "check", "--color=never", *map(str, arguments)], stdout=out, stderr=err,
                                   stdin=subprocess.DEVNULL, preexec_fn=None if SANITIZED else small_stack)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return process.returncode, out.read().decode(), err.read().decode(), usage.ru_maxrss * 1024


def bad_files(folder):
    """(path, the sentence behind it)"""
    (folder / "good.md").write_text(GOOD)
    (folder / "folder.md").mkdir()
    os.mkfifo(folder / "pipe.md")
    for name, content in {
        "empty.md": b"", "blank.txt": b" \n\t\n", "utf16.md": "$a = b$".encode("utf-16"), "broken.ipynb": b'{"cells": [\n {"a" 1}]}',
        "list.ipynb": b"[]", "deep.ipynb": b'{"cells": ' + b"[" * 300 + b"]" * 300 + b"}", "picture.md": bytes(range(256)) * 40,
        "twice.ipynb": b'{"cells": [], "cells": []}', "big.md": b"x" * ((8 << 20) + 1),
    }.items():
        (folder / name).write_bytes(content)
    return [("missing.md", "No such file or directory"), ("folder.md", "is a directory, not a document"),
            ("pipe.md", "is a pipe, not a regular file"), ("empty.md", "is empty"), ("blank.txt", "is empty"),
            ("utf16.md", "is UTF-16; save it as UTF-8"), ("broken.ipynb:2:", "the notebook is broken JSON"),
            ("list.ipynb", "is JSON but not a notebook"), ("deep.ipynb:1:", "(limit: nesting)"),
            ("picture.md", "does not look like text"), ("twice.ipynb:1:", "duplicate object key"),
            ("big.md", "more than 8388608 bytes in a file (limit: file-size)")]


def test_bad_files_cost_one_line_each_and_the_others_go_on(folder):
    expected = bad_files(folder)
    names = [name.split(":")[0] for name, _ in expected]
    code, out, err, memory = run(*(folder / n for n in names[:6]), folder / "good.md", *(folder / n for n in names[6:]))
    assert code == 3, code
    assert "1 agrees" in out, out
    lines = err.splitlines()
    assert len(lines) == len(expected), err
    for line, (name, why) in zip(lines, expected):
        assert f"{folder}/{name}" in line and why in line, (line, name, why)
    assert SANITIZED or memory < MEMORY, memory


REPEATED = {  # unit, after, how often
    "braces": ("{", "}", 10000), "brackets": ("(", ")", 10000), "fractions": ("\\frac{1}{", "}", 10000), "primes": ("'", "", 200000),
    "powers": ("x^{", "}", 10000), "sums": ("+x", "", 100000), "products": ("x ", "", 100000), "signs": ("-", "", 200000),
    "matrices": ("\\begin{bmatrix}", "\\end{bmatrix}", 1000), "cases": ("\\begin{cases}", "\\end{cases}", 4000), "digits": ("9", "", 200000), "relations": ("=x", "", 20000),
    "rows": ("\\\\ x &= y ", "", 2000), "words": ("\\text{a ", "}", 10000), "operators": ("\\frac{d}{dx} ", "", 10000),
    "calls": ("f(", ")", 10000), "subscripts": ("x_", "", 100000), "open": ("(", "", 200000), "close": ("", ")", 200000),
}
WHOLE = {
    "wide": "$x = \\begin{array}{*{1000000000}{c}} 1 \\end{array}$", "power": "$x = 2^{2^{2^{2^{2^{99}}}}}$",
    "long sum": "$L = \\sum_{i=1}^{1000000000} \\sum_{j=1}^{1000000000} x_i x_j$ and $\\frac{\\partial L}{\\partial x} = 1$",
    "bomb": "".join(f"\\def\\{a}{{\\{b}\\{b}}}" for a, b in zip("abcdefgh", "bcdefgha")) + "\n\n$x = \\a$",
    "arguments": "\\newcommand{\\a}[1]{#1#1#1#1#1#1#1#1#1}\n\n$x = " + "\\a{" * 9 + "y" + "}" * 9 + "$",
    "layers": "$$z^{[99999]} = W^{[99999]} a^{[99998]} + b^{[99999]}$$\n$$dW^{[99999]} = dz^{[99999]} a^{[99998]T}$$",
    "dollars": "$" * 100000, "delimiters": "\\(\\[$$" * 30000, "environments": "\\begin{align}" * 30000,
    "terms": "$z = w x$, $L = (z - y)^2$\n\n$$\\frac{dL}{dw} = " + "1 + " * 20000 + "x$$",
    "no value": "$x_i = x{1}$\n\n$J=Lh=_$\n\n$\\frac{\\partial L}{W}=Z{[1]}b[1]$",
    "own entries": "".join(f"${a} = [{a}_1, {a}_2, {b}_1, {b}_2]^T$\n\n" for a, b in zip("uvwpq", "vwpqu")) + "$h = \\sigma(u)$\n\n$\\frac{\\partial h}{\\partial u} = h$",
    "fences": "```\n" * 50000, "quotes": "> " * 100000, "backticks": "` `` ``` " * 30000,
}


def test_pathological_documents_end_with_a_good_one_behind_them(folder):
    documents = {f"{name}.md": f"$a = {unit * n}1{after * n}$" for name, (unit, after, n) in REPEATED.items()}
    documents |= {f"{name}-190.md": f"$a = {unit * 190}1{after * 190}$" for name, (unit, after, n) in REPEATED.items()}
    documents |= {f"{name}.md": text for name, text in WHOLE.items()}
    (folder / "good.md").write_text(GOOD)
    worst = 0
    for name, text in documents.items():
        (folder / name).write_text(text + "\n\n" + GOOD)
        code, out, err, memory = run("--exit-zero", folder / name, folder / "good.md")
        worst = max(worst, memory)
        assert code == 0, (name, code, err[:500])
        assert "in all 2" in out and err == "", (name, out[-500:], err[:500])
        assert SANITIZED or memory < MEMORY, (name, memory)
    print(f"{len(documents)} documents, at most {worst >> 20} MB")


def test_every_limit_has_an_option(folder):
    (folder / "nested.md").write_text("$a = " + "(" * 250 + "1" + ")" * 250 + "$\n")
    code, out, _, _ = run(folder / "nested.md")
    assert code == 2 and "limit: nesting" in out, (code, out)
    code, out, _, _ = run("--limit=nesting=300", folder / "nested.md")
    assert "limit: nesting" not in out, out
    code, _, err, _ = run("--limit=nest=300", folder / "nested.md")
    assert code == 3 and "--limit wants a limit" in err, err


def test_what_is_not_text_is_shown_as_text(folder):
    (folder / "bytes.md").write_bytes(b"caf\xe9 \x1b[31m\x00 ::error:: $\\frac{d}{dx} x^2 = 3x$ \xe2\x80\xae\n")
    code, out, err, _ = run(folder / "bytes.md")
    assert code == 1 and "invalid-utf8" in out and "nul-byte" in out, (code, out)
    assert "\x1b" not in out and "\u202e" not in out, repr(out)


if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            with tempfile.TemporaryDirectory() as where:
                test(pathlib.Path(where))
            print(f"ok {name}")
