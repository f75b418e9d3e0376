"""The program of the page, run by node, against the command: the same findings at the same places, of the same status and slip.
WebAssembly has one rounding mode; where the engine needs the others to be sure, the page may say that it cannot tell, never more.

usage: test_same.py HANDGRAD NODE RUN.JS PROGRAM.JS HANDGRAD.WASM SHEET... [--weaker=N]: of 1000 findings so many may be weaker
"""
import argparse
import json
import pathlib
import subprocess

WEAKER = {"cannot-tell"}


def asked(node, run, program, wasm, questions):
    lines = "\n".join(json.dumps(q) for q in questions) + "\n"
    done = subprocess.run([node, run, program, wasm], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def by_page(args):
    questions = []
    for sheet in args.sheets:
        questions.append({"ask": "check", "name": sheet.name, "text": sheet.read_bytes().decode("utf-8", "replace"), "options": {}})
        questions.append({"ask": "report", "form": "json"})
    answers = asked(args.node, args.run, args.program, args.wasm, questions)
    assert len(answers) == len(questions), "the program of the page ended"
    for sheet, checked, report in zip(args.sheets, answers[::2], answers[1::2]):
        assert not checked.get("failed") and not report.get("failed"), (sheet, checked.get("why"), report.get("why"))
        yield checked, json.loads(report["bytes"])


def by_command(command, sheet):
    done = subprocess.run([command, "check", "--json", sheet], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode in (0, 1, 2), (sheet, done.stderr)
    return done.returncode, json.loads(done.stdout)


def what(finding):
    slip = finding.get("slip") or {}
    return finding["status"], slip.get("id"), slip.get("at")


def compare(sheet, code, theirs, checked, ours):
    """How many findings are weaker; anything else that differs is an error."""
    assert [(f["id"], f["span"], f["written"]) for f in theirs["findings"]] == [(f["id"], f["span"], f["written"]) for f in ours["findings"]], sheet
    assert theirs["source"]["sha256"] == ours["source"]["sha256"] or "\ufffd" in sheet.read_bytes().decode("utf-8", "replace"), sheet
    weaker = 0
    for native, page in zip(theirs["findings"], ours["findings"]):
        if what(native) == what(page):
            continue
        assert page["status"] in WEAKER and native["status"] not in WEAKER, (sheet.name, native["id"], what(native), what(page))
        print(f"{sheet.name} {native['id']}: {native['status']} by the command, {page['status']} in the page")
        weaker += 1
    assert weaker or checked["code"] == code, (sheet, code, checked["code"])
    marked = sum(s in ("disagrees", "cannot-tell", "cannot-read") for s in (f["status"] for f in ours["findings"]))
    assert len(checked["marks"]) == marked + len(ours["notes"]), (sheet, "a mark for each that needs her, and each note")
    return weaker


def check_questions(args):
    """What nobody asks, and what is no question, gets an answer, and the next question too."""
    questions = [{"ask": "nothing"}, {"ask": "report", "form": "json"}, {"ask": "explain", "code": "sign"}, {"ask": "explain", "code": "sing"}, {},
                 {"ask": "check", "name": "a.md", "text": "(" * 200000, "options": {"detail": "loud", "seed": "5"}}, {"ask": "pages"},
                 {"ask": "check", "name": "", "text": "\ud83d\ude42 $x = \u0000$", "options": {"seed": "9007199254740992"}}]
    nothing, too_early, sign, sing, empty, deep, pages, odd = asked(args.node, args.run, args.program, args.wasm, questions)
    assert nothing["failed"] and too_early["failed"] and empty["failed"]
    assert sign["page"].startswith("sign: ") and "did you mean 'sign'" in sing["page"]
    assert not deep.get("failed") and deep["refused"].startswith("none, where"), deep
    assert len(pages["codes"]) > 50 and odd["refused"] == "a smaller number here", odd.get("refused")


def main():
    args = argparse.ArgumentParser()
    for name in ("command", "node", "run", "program", "wasm"):
        args.add_argument(name)
    args.add_argument("sheets", nargs="+", type=pathlib.Path)
    args.add_argument("--weaker", type=int, default=4)
    args = args.parse_args()
    args.sheets = [f for s in args.sheets for f in (sorted(x for x in s.iterdir() if x.suffix in (".md", ".tex", ".ipynb", ".txt")) if s.is_dir() else [s])]
    check_questions(args)
    n = weaker = 0
    for sheet, (checked, ours) in zip(args.sheets, by_page(args)):
        code, theirs = by_command(args.command, sheet)
        weaker += compare(sheet, code, theirs, checked, ours)
        n += len(ours["findings"])
    print(f"{len(args.sheets)} sheets, {n} findings, {weaker} weaker in the page")
    assert n > 0 and 1000 * weaker <= args.weaker * n


main()
