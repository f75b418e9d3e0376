"""Pages and notebooks of real sheets, as `handgrad check` writes them: valid, every finding shown, the wrong ones with
pictures.

usage: test_sheets.py PROGRAM SCHEMA SHEET...
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

import jsonschema

PROGRAM, SCHEMA, SHEETS = os.path.abspath(sys.argv[1]), json.load(open(sys.argv[2])), sys.argv[3:]
X, M, S = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/1998/Math/MathML}", "{http://www.w3.org/2000/svg}"


def words(element):
    return " ".join("".join(element.itertext()).split())


def check_sheet(sheet, place):
    page, book, data = place / "page.html", place / "book.ipynb", place / "data.json"
    done = subprocess.run([PROGRAM, "check", sheet, f"--html={page}", f"--ipynb={book}", f"--json={data}", "--exit-zero"],
                          capture_output=True, text=True, cwd=place)
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in place.iterdir()) == ["book.ipynb", "data.json", "page.html"], "nothing else is written"
    report = json.loads(data.read_text())
    root = ET.fromstring(page.read_text())
    ids = {e.get("id") for e in root.iter()}
    for i, finding in enumerate(report["findings"]):
        assert f"r0-t{i}" in ids, (sheet, "not in the table", finding["id"])
        card = not finding["inherited_from"] and finding["status"] in {"disagrees", "cannot-read", "cannot-tell"}
        assert not card or f"r0-f{i}" in ids, (sheet, "has no card", finding["id"])
    marks = {e.get("href") for e in root.iter(f"{X}a") if "mark" in e.get("class", "").split()}
    ticks = sum("tick" in e.get("class", "").split() for e in root.iter(f"{X}span"))
    for i, finding in enumerate(report["findings"]):
        alone = finding["status"] in {"disagrees", "cannot-read", "cannot-tell"} and not finding["inherited_from"]
        assert not alone or f"#r0-f{i}" in marks, (sheet, "no mark for", finding["id"])
    agree = sum(f["status"] in {"agrees", "agrees-up-to-notation"} for f in report["findings"])
    assert (ticks > 0) == (agree > 0) and ticks <= agree, (sheet, "a tick for what agrees", ticks, agree)
    formulas = sum(1 for _ in root.iter(f"{M}math"))
    read = sum(f["status"] != "cannot-read" for f in report["findings"])
    assert formulas >= read or sheet.endswith((".ipynb", "numpy_code.md")), (sheet, formulas, read)
    wrong = [i for i, f in enumerate(report["findings"]) if f["status"] == "disagrees" and f["evidence"] and
             f["kind"] != "numeric"]
    cards = {e.get("id"): e for e in root.iter(f"{X}section")}
    drawn = []
    for i in wrong:
        card = cards[f"r0-f{i}"] if not report["findings"][i]["inherited_from"] else None
        drawn.append(len(list(card.iter(f"{S}svg"))) if card is not None else 0)
        assert card is None or "numerical" in words(card), (sheet, "wrong and no numbers", i)
    jsonschema.Draft4Validator(SCHEMA).validate(json.loads(book.read_text()))
    return len(report["findings"]), len(wrong), sum(drawn)


pictures = 0
for sheet in SHEETS:
    with tempfile.TemporaryDirectory() as place:
        counts = check_sheet(sheet, pathlib.Path(place))
        pictures += counts[2]
        print(pathlib.Path(sheet).name, *counts)
assert pictures or not shutil.which("gnuplot"), "no picture at all"
