"""Pages and notebooks of real sheets, as `handgrad check` writes them: valid, every finding shown, the wrong ones with
pictures.

usage: test_sheets.py PROGRAM SCHEMA SHEET...
"""
import json
import os
import pathlib
import re
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
        card = finding["status"] in {"disagrees", "cannot-read", "cannot-tell"}
        assert not card or f"r0-f{i}" in ids, (sheet, "has no card", finding["id"])
    marks = [e.get("href") for e in root.iter(f"{X}a") if "mark" in e.get("class", "").split()]
    placed = {re.sub("-[ft]", "-", m) for m in marks}
    for i, finding in enumerate(report["findings"]):
        if finding["status"] not in {"defined", "skipped"}:
            assert f"#r0-{i}" in placed, (sheet, "no mark for", finding["id"])
    formulas = sum(1 for _ in root.iter(f"{M}math"))
    read = sum(f["status"] != "cannot-read" for f in report["findings"])
    assert formulas >= read or sheet.endswith((".ipynb", "numpy_code.md")), (sheet, formulas, read)
    wrong = [i for i, f in enumerate(report["findings"]) if f["status"] == "disagrees" and f["evidence"] and
             f["kind"] != "numeric"]
    missing = "No picture: gnuplot" in words(root)
    drawn = [len(list(e.iter(f"{S}svg"))) for e in root.iter(f"{X}section") if e.get("id") in {f"r0-f{i}" for i in wrong}]
    assert missing or all(drawn), (sheet, "wrong and no picture", drawn)
    jsonschema.Draft4Validator(SCHEMA).validate(json.loads(book.read_text()))
    return len(report["findings"]), len(wrong), sum(drawn)


for sheet in SHEETS:
    with tempfile.TemporaryDirectory() as place:
        print(pathlib.Path(sheet).name, *check_sheet(sheet, pathlib.Path(place)))
