"""handgrad check: files of every kind, good and bad, beside each other.

usage: test_check.py PROGRAM SCHEMA SHEETS [NAME OF A TEST]; SHEETS is the folder of homework sheets
"""
import json
import os
import pathlib
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree

import jsonschema
from command import main, refused, run

SCHEMA, SHEETS = json.load(open(sys.argv[2])), sorted(p for p in pathlib.Path(sys.argv[3]).iterdir() if p.is_file())
RIGHT = "$L = (t - y)^2$\n\n$$\\frac{dL}{dt} = 2 (t - y)$$\n"
WRONG = "$L = (t - y)^2$\n\n$$\\frac{dL}{dt} = 2 (y - t)$$\n"
UNREAD = "$L = (t - y)^2$\n\n$$\\frac{dL}{dt} = 2 \\heartsuit (t - y)$$\n"


def in_folder(test):
    def wrapped():
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for file, text in (("right.md", RIGHT), ("wrong.md", WRONG), ("unread.md", UNREAD)):
                (folder / file).write_text(text)
            test(folder)
    wrapped.__name__ = test.__name__
    return wrapped


def width(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@in_folder
def test_the_exit_code_says_how_it_went(folder):
    assert run("check", folder / "right.md").returncode == 0
    assert run("check", folder / "wrong.md").returncode == 1
    assert run("check", folder / "unread.md").returncode == 2
    assert run("check", folder / "right.md", folder / "unread.md", folder / "wrong.md").returncode == 1
    assert run("check", "--exit-zero", folder / "wrong.md").returncode == 0
    (folder / "prose.md").write_text("# Nothing\n\nHere is nothing to check.\n")
    nothing = run("check", folder / "prose.md")
    assert nothing.returncode == 2 and "nothing to check" in nothing.out


@in_folder
def test_a_wrong_line_gets_the_whole_message(folder):
    out = run("check", folder / "wrong.md").out
    for part in ("disagrees[sign]: ", f"{folder}/wrong.md:3:", "yours", "numerical", "uncertain by",
                 "^", "= help", "replay  handgrad check ", "--seed 1 --only "):
        assert part in out, (part, out)


@in_folder
def test_the_end_is_one_line_a_problem(folder):
    (folder / "both.md").write_text(WRONG + "\n$$\\frac{dL}{dy} = 2 (y - t)$$\n\n$$\\frac{dL}{dt} = 3 (t - y)$$\n")
    lines = run("check", folder / "both.md").out.splitlines()
    at = lines.index("2 of 3 steps need you.")
    assert [line.split()[0] for line in lines[at + 1 : at + 3]] == ["3", "7"] and "opposite sign" in lines[at + 1], lines[at:]
    assert lines[at + 3].startswith("next "), lines[at:]
    assert "agree by line 5: dL/dy" in lines, "what agrees is one row"
    assert "digits" not in "\n".join(lines) and "How sharp" not in "\n".join(lines)
    full = run("check", next(s for s in SHEETS if s.name == "one_unit.md"), "--detail=full").out
    assert " digits" in full and "typical mistakes, put in on purpose, were noticed" in " ".join(full.split())
    for detail in ("none", "where"):
        assert "opposite sign" not in run("check", folder / "both.md", f"--detail={detail}").out
    green = run("check", folder / "right.md", "--color=always").out
    assert "\x1b[32mThe one step agrees.\n\x1b[0m" in green, green


def test_standard_input_is_read():
    for text, code in ((WRONG, 1), (RIGHT, 0)):
        with tempfile.TemporaryFile() as file:
            file.write(text.encode())
            file.seek(0)
            done = run("check", "-", "--format=line", stdin=file)
            assert done.returncode == code and not done.err, done.err
            assert code == 0 or done.out.startswith("-:3:"), done.out
    reading, writing = os.pipe()
    os.write(writing, b"\\documentclass{article}\\begin{document}$L = (t - y)^2$, $\\frac{dL}{dt} = 2 (y - t)$\\end{document}")
    os.close(writing)
    done = run("check", "-", stdin=reading)
    assert done.returncode == 1 and "opposite sign" in done.out, "a pipe, and TeX by its look"
    refused("check", "-", saying="-: is empty")


@in_folder
def test_one_bad_file_never_stops_the_others(folder):
    (folder / "empty.md").write_text("")
    (folder / "broken.ipynb").write_text('{"cells": [')
    (folder / "utf16.md").write_bytes("L = t".encode("utf-16"))
    bad = [folder / "missing.md", folder, folder / "empty.md", folder / "broken.ipynb", folder / "utf16.md", "/dev/full"]
    done = run("check", folder / "right.md", *bad, folder / "wrong.md", "--json")
    assert done.returncode == 3 and done.err.count("\n") == len(bad), done.err
    reports = json.loads(done.out)
    jsonschema.validate(reports, SCHEMA)
    assert [r["source"]["path"] for r in reports] == [str(folder / "right.md"), *map(str, bad), str(folder / "wrong.md")]
    assert [bool(r["trouble"]) for r in reports] == [False] + [True] * len(bad) + [False]
    assert reports[0]["summary"]["agrees"] and reports[-1]["summary"]["disagrees"]
    for path, line in zip(bad, done.err.splitlines()):
        assert line.startswith("handgrad: ") and str(path) in line, line
    suites = xml.etree.ElementTree.fromstring(run("check", folder / "right.md", *bad, "--junit").out)
    assert int(suites.get("errors")) == len(bad)
    text = run("check", folder / "right.md", folder / "missing.md", folder / "wrong.md")
    assert "1 could not be checked at all" in text.out and "disagrees[sign]" in text.out


@in_folder
def test_a_doubled_digit_is_mended_only_where_layers_have_one(folder):
    chain = r"$$\frac{\partial z^{[%s]}}{\partial a^{[%s]}} = W^{[%s]}$$"
    layer = r"$$z^{[%s]} = W^{[%s]} a^{[%s]} + b^{[%s]}, \quad a^{[%s]} = \tanh(z^{[%s]})$$"
    deep = [layer % (n, n, n - 1, n, n, n) for n in (10, 11)] + [chain % (11, 10, 11)]
    flat = [layer % (n, n, n - 1, n, n, n) for n in (1, 2)] + [chain % (2, 1, 22)]
    for name, lines, status in (("deep.md", deep, "agrees"), ("flat.md", flat, "agrees-up-to-notation")):
        (folder / name).write_text("\n\n".join(lines))
        last = json.loads(run("check", folder / name, "--json").out)["findings"][-1]
        assert last["status"] == status, last


@in_folder
def test_an_assignment_that_cannot_be_read_is_trouble(folder):
    refused("check", "--assignment", folder / "missing.md", folder / "right.md", saying="missing.md")


@in_folder
def test_only_and_seed_replay_what_the_last_lines_say(folder):
    first = run("check", folder / "wrong.md").out.splitlines()
    words = [line for line in first if line.startswith("replay  ")][0].split()[2:]
    again = run(*words)
    assert again.returncode == 1 and "1 disagrees" in again.out, again.out
    assert [line for line in again.out.splitlines() if "yours" in line] == [line for line in first if "yours" in line]
    refused("check", folder / "wrong.md", "--only", "99.9", saying="no finding 99.9")


@in_folder
def test_dumps_show_the_stages(folder):
    for stage, shown in (("doc", "inline"), ("tokens", "frac"), ("tree", "(deriv"), ("names", "\t")):
        done = run("check", f"--dump={stage}", folder / "right.md", folder / "wrong.md")
        assert done.returncode == 0 and shown in done.out, (stage, done.out)
    assert run("check", "--dump=tree", folder / "missing.md", folder / "right.md").returncode == 3


@in_folder
def test_a_hostile_name_and_text_stay_harmless(folder):
    name = folder / "a\x1b[31m\n::error::x,%.md"
    name.write_text(WRONG.replace("2 (y", "\x1b[2J\u202e2 (y"))
    for form in ((), ("--github",), ("--junit",), ("--detail=full",)):
        done = run("check", name, *form)
        assert done.returncode in (1, 2) and "\x1b" not in done.out and "\u202e" not in done.out, done.out
        outside = done.out.split("::stop-commands::")[0] + done.out.rpartition("handgrad-report-0::")[2]
        assert "\n::error::x" not in outside


def test_the_sheets_are_reported_by_the_schema_and_fit_the_screen():
    done = run("check", "--json", *SHEETS)
    assert len(SHEETS) >= 5 and done.returncode in (1, 2) and not done.err
    jsonschema.validate(json.loads(done.out), SCHEMA)
    for report in json.loads(done.out):
        ids = [f["id"] for f in report["findings"]]
        assert len(set(ids)) == len(ids) > 0 and report["model"], report["source"]
        assert all(f["span"] and f["written"] for f in report["findings"])
    for line in run("check", *SHEETS, "--detail=full").out.splitlines():
        assert width(line) <= 80 or line.lstrip().startswith(("replay", "-->")), line


def test_the_sheets_give_the_same_bytes_twice():
    for form in ("--json", "--junit", "--github", "--detail=full"):
        assert run("check", *SHEETS, form).out == run("check", *SHEETS, form, env={"LC_ALL": "de_DE.UTF-8"}).out


def test_sheets_are_read_from_any_folder():
    here, there = SHEETS[0], os.path.relpath(SHEETS[0], SHEETS[0].parent)
    assert run("check", here, "--json").returncode == run("check", there, "--json", cwd=SHEETS[0].parent,
                                                          executable=os.path.abspath(sys.argv[1])).returncode


if __name__ == "__main__":
    main(globals(), sys.argv[4:])
