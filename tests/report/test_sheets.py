"""Pages and notebooks of real sheets, as `handgrad check` writes them: valid, every finding shown, the wrong ones with
pictures.

usage: test_sheets.py PROGRAM SCHEMA SHEET...
"""
import json
import os
import pathlib
import re
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


def check_tex_notebook(tex, cells):
    """Split at its formulas, macros expanded, no line of the preamble: what MathJax can show."""
    text = "\n".join("".join(c["source"]) for c in cells)
    assert "\\documentclass" not in text and "\\begin{document}" not in text and "\\usepackage" not in text
    for macro in re.findall(r"\\(?:re)?newcommand\*?\{?\\(\w+)|\\def\\(\w+)|\\DeclareMathOperator\*?\{\\(\w+)", tex):
        assert not re.search(rf"\\{max(macro)}(?![a-zA-Z])", text), ("not expanded", macro)
    assert len(cells) > 3 and text.count("$") % 2 == 0


def check_kept_notebook(hers, cells):
    """Her cells in their order, code as it was, feedback only behind a cell of hers."""
    kinds = [c["cell_type"] for c in cells if not c["metadata"].get("tags") and not re.search("r0-(title|end)$", c["id"])]
    code = ["".join(c["source"]).strip() for c in hers if c["cell_type"] == "code"]
    assert kinds == [c["cell_type"] for c in hers], (kinds, "her cells, one for one")
    assert ["".join(c["source"]).strip() for c in cells if c["cell_type"] == "code"] == code, "her code, to the letter"
    assert not any(c.get("outputs") for c in cells), "nothing has run"


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
    cells = json.loads(book.read_text())["cells"]
    jsonschema.Draft4Validator(SCHEMA).validate(json.loads(book.read_text()))
    ours = [c for c in cells if "handgrad" in c["metadata"].get("tags", [])]
    assert bool(ours) and not any("definition" in "".join(c["source"]) for c in ours), (sheet, "definitions are not told")
    if sheet.endswith(".tex"):
        check_tex_notebook(pathlib.Path(sheet).read_text(), cells)
    if sheet.endswith(".ipynb"):
        check_kept_notebook(json.loads(pathlib.Path(sheet).read_text())["cells"], cells)
    return len(report["findings"]), len(wrong), sum(drawn)


pictures = 0
for sheet in SHEETS:
    with tempfile.TemporaryDirectory() as place:
        counts = check_sheet(sheet, pathlib.Path(place))
        pictures += counts[2]
        print(pathlib.Path(sheet).name, *counts)
assert pictures or not shutil.which("gnuplot"), "no picture at all"
