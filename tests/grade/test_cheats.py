"""What tries to earn marks for nothing earns none, and what is right in another notation is never a silent zero
(make_cheats.py has the table). Nothing goes to a gradebook or to Gradescope while a person is asked.

usage: test_cheats.py PROGRAM [SEEDS SAMPLE]: with seed 1, and with so many of the others up to SEEDS
"""
import csv
import io
import json
import pathlib
import subprocess
import sys
import tempfile

import make_cheats

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import sample  # noqa: E402

PROGRAM = sys.argv[1]
SEEDS, SAMPLE = map(int, sys.argv[2:]) if sys.argv[2:] else (1, 0)


def grade(here, out, *more):
    done = subprocess.run([PROGRAM, "grade", here / "in", f"--assignment={here / 'hw.md'}", f"--out={here / out}", *more],
                          capture_output=True, text=True)
    assert done.returncode == 1, (done.returncode, done.stderr)
    return here / out


def rows_of(out):
    text = (out / "grades.csv").read_bytes().decode("utf-8-sig")
    return {r["student_id"]: r for r in csv.DictReader(io.StringIO(text, newline=""))}


def steps_of(row):
    return {k: v for k, v in row.items() if k.startswith("dJ/")}


def check(told, rows):
    wrong = []
    assert rows.keys() == told.keys(), rows.keys() ^ told.keys()
    for name, (kind, points) in told.items():
        row = rows[name]
        asked, score = row["needs_human"] == "yes", row["score"]
        given = sum(float(v) for v in steps_of(row).values() if v)
        if asked != (score == "") or (not asked and abs(float(score) - given) > 1e-9):
            wrong.append(f"{name}: asked {asked}, score {score!r}, steps {given}")
        if kind == "cheat" and given > points:
            wrong.append(f"{name}: {given} points, and it may have {points}: {row['summary']}")
        if kind == "full" and (asked or float(score) != points):
            wrong.append(f"{name}: {score!r} of {points}, asked {asked}: {row['summary']}")
        if kind == "honest" and not asked and float(score) != points:
            wrong.append(f"{name}: a silent {score} of {points}: {row['summary']}")
    assert not wrong, "\n".join(wrong)


def check_gradescope(out, rows):
    for name, row in rows.items():
        result = json.loads((out / "gradescope" / f"{name}.json").read_text())
        if row["needs_human"] == "yes":
            assert result["visibility"] == "hidden" and result["score"] == 0 and "Not graded yet" in result["output"], name
            assert not [t for t in result["tests"] if "score" in t or t["visibility"] != "hidden"], name
        else:
            assert result["visibility"] == "visible" and result["score"] == float(row["score"]), name


def test_cheats(here, told):
    for seed in [1, *(sample.draw().sample(range(2, SEEDS + 1), SAMPLE) if SAMPLE else [])]:
        out = grade(here, f"out{seed}", f"--seed={seed}")
        check(told, rows_of(out))
        check_gradescope(out, rows_of(out))


def test_gradebook(here, told):
    """Whoever waits keeps the cell that is there."""
    book = "Student,ID,HW (1)\r\n" + "".join(f"{name},{i},before\r\n" for i, name in enumerate(told))
    (here / "canvas.csv").write_text(book)
    out = grade(here, "out1", f"--into={here / 'canvas.csv'}", "--column=HW")
    filled = list(csv.DictReader(io.StringIO((out / "canvas.filled.csv").read_text())))
    rows = rows_of(out)
    for line in filled:
        row = rows[line["Student"]]
        assert line["HW (1)"] == (row["score"] if row["needs_human"] == "no" else "before"), line


def test_decisions(here, told):
    """One line decides for all who made one slip; what cannot be meant is said, and the rest holds."""
    name = "both"
    (here / "decisions.csv").write_text("student,step,slip,points,reason\n"
                                        f"*,dJ/dW2,unshown,0,a tautology\n{name},dJ/dZ2,,1,seen\n"
                                        f"nobody,dJ/dZ2,1,no\n{name},dJ/dQ,1,no\n{name},dJ/dZ2,7,too many\n")
    before = rows_of(here / "out1")
    done = subprocess.run([PROGRAM, "grade", here / "in", f"--assignment={here / 'hw.md'}", f"--out={here / 'decided'}",
                           f"--overrides={here / 'decisions.csv'}"], capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    for line, what in (4, "nobody"), (5, "dJ/dQ"), (6, "7 points"):
        assert any(f"decisions.csv:{line}:" in l and what in l and "left out" in l for l in done.stderr.splitlines()), done.stderr
    after = rows_of(here / "decided")
    assert after[name]["dJ/dZ2"] == "1"
    decided = [n for n in before if "dJ/dW2 holds, and is not derived" in before[n]["summary"]]
    assert len(decided) > 20 and all(after[n]["dJ/dW2"] == "0" and before[n]["dJ/dW2"] == "" for n in decided)


def test_points_in_parts(here, _):
    """points: 3, sign: -1; and what follows from a mistake: full, half, none, or a person."""
    forward = make_cheats.FORWARD
    for name, lines in {"sign": ["dJ/dZ_2", "-"], "mean": ["dJ/dZ_2", "m"], "other": ["dJ/dZ_2", "A_2 + Y"]}.items():
        side = {"-": r"\frac1m (Y - A_2)", "m": "A_2 - Y"}.get(lines[1], lines[1])
        carried = r"\frac{\partial J}{\partial W_2} = \frac{\partial J}{\partial Z_2} A_1^T"
        (here / "parts").mkdir(exist_ok=True)
        (here / "parts" / f"{name}.md").write_text(make_cheats.sheet([r"\frac{\partial J}{\partial Z_2} = " + side, carried], forward))
    for inherited, second in ("", ""), ("full", 2), ("half", 1), ("none", 0):
        text = make_cheats.ASSIGNMENT.split("- $")[0] + (f"<!-- inherited: {inherited} -->\n" if inherited else "")
        text += "- $\\frac{\\partial J}{\\partial Z^{[2]}}$ <!-- points: 3, sign: -1, missing-mean: -0.5 -->\n"
        text += "- $\\frac{\\partial J}{\\partial W^{[2]}}$ <!-- points: 2 -->\n"
        (here / "parts.md").write_text(text)
        out = here / f"parts-{inherited}"
        done = subprocess.run([PROGRAM, "grade", here / "parts", f"--assignment={here / 'parts.md'}", f"--out={out}"], capture_output=True, text=True)
        assert done.returncode == 1, done.stderr
        assert ("3 steps wait only for the assignment" in done.stdout) == (inherited == ""), done.stdout
        rows = rows_of(out)
        first = {name: row["dJ/dZ2"] for name, row in rows.items()}
        assert first == {"sign": "2", "mean": "2.5", "other": "0"}, first
        assert all(row["dJ/dW2"] == str(second) and (row["needs_human"] == "yes") == (inherited == "") for row in rows.values()), rows
    for bad in "points: 3, sing: -1", "points: 3, sign: 1", "points: 3, sign: -1, sign: -1", "inherited: most", "points: 3, sign":
        (here / "bad.md").write_text(text.replace("points: 2", bad))
        done = subprocess.run([PROGRAM, "grade", here / "parts", f"--assignment={here / 'bad.md'}", f"--out={here / 'bad'}"], capture_output=True, text=True)
        assert done.returncode == 3 and "bad.md:" in done.stderr, (bad, done.stderr)


with tempfile.TemporaryDirectory() as place:
    here = pathlib.Path(place)
    make_cheats.main(here)
    told = json.loads((here / "told.json").read_text())
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test(here, told)
            print(name)
