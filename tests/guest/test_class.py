"""A class that hands in C modules, against the instructor's: the function and the points are the instructor's, whatever a
student's file says of them.

usage: test_class.py PROGRAM
"""
import csv
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])


def run(folder, *args):
    return subprocess.run([PROGRAM, *args], cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def skeleton(folder):
    assert run(folder, "new", "hw").returncode == 0
    return (folder / "hw.c").read_text()


def claim(text, twin):
    return text.replace(".g = {.value = dw}", f".g = {{.value = {twin}}}")


def grade(folder, *options):
    done = run(folder, "grade", "in", "--assignment=hw.c", "--out=out", *options)
    with open(folder / "out/grades.csv", newline="") as file:
        return done, {row["student_id"]: row for row in csv.DictReader(file)}


def main(folder):
    right = skeleton(folder)
    (folder / "hw.c").write_text(right.replace("/* Stage, slip", "/* points: 3 for dw */\n/* Stage, slip"))
    own_function = right.replace("r * r / 2", "r * r").replace("dw_factor(x, params", "dw(x, params")
    only_gradient = right.replace("enum { POINTS = 12 };", "enum { POINTS = 0 };").replace(".f = {.value = f}, ", "")
    class_ = {
        "anna": right,
        "bela": claim(right, "dw_sign"),
        "cora": right.replace("gsl_matrix_sub(g[W], x[T]);", "__builtin_trap();"),
        "dora": right.replace('.name = "dw", .wrt', '.name = "dv", .wrt').replace('{"dw", ', '{"dv", '),
        "emil": only_gradient.replace("static int f(", "static int __attribute__((unused)) f("),
        "fred": claim(own_function, "dw_factor"),  # the gradient of a function of his own
        "gabi": "no C",
        "hans": right.replace("gsl_matrix_sub(g[W], x[T]);", "for (volatile int n = 0;;) n++;"),
    }
    (folder / "in").mkdir()
    for name, text in class_.items():
        (folder / "in" / f"{name}.c").write_text(text)
    (folder / "in" / "list.csv").write_text("anna,bela")
    done, rows = grade(folder, "--limit=module-ms=3000")
    assert set(rows) == set(class_), (rows, done)
    points = {name: row["score"] for name, row in rows.items()}
    assert points["anna"] == points["emil"] == "3", (points, done.stderr)
    assert points["bela"] == points["fred"] == "0", points
    for name in ("cora", "gabi", "hans"):
        assert points[name] not in ("0", "3"), (name, points[name])
    page = (folder / "out/students/bela.html").read_text()
    assert "opposite sign" in page
    assert "crashed" in (folder / "out/students/cora.html").read_text()
    assert "does not compile" in (folder / "out/students/gabi.html").read_text()
    again, same = grade(folder, "--limit=module-ms=3000")
    assert same == rows and again.returncode == done.returncode, again
    (folder / "hw.c").write_text("no C either")
    broken = run(folder, "grade", "in", "--assignment=hw.c", "--out=other")
    assert broken.returncode == 3 and "hw.c: it does not compile" in broken.stderr, broken
    print("ok", points)


with tempfile.TemporaryDirectory() as tmp:
    main(pathlib.Path(tmp))
