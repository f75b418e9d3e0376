"""The pages of src/finding/REASONS.md: one for each row of src/reasons.def; every example gives the reason it is of."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap

ROW = re.compile(r'^HG_CAUSE(?:_OF)?\(\w+, "([^"]*)",\s+"((?:[^"\\]|\\.)*)"', flags=re.M)


def pages_of(path):
    found = re.split(r"^## (.+)\n", path.read_text(), flags=re.M)[1:]
    return dict(zip(found[::2], found[1::2]))


def example_of(page):
    lines = [line for line in page.splitlines() if line.startswith("    ") or not line.strip()]
    return textwrap.dedent("\n".join(lines)).strip()


def findings_of(program, example, folder):
    sheet = pathlib.Path(folder) / "example.md"
    sheet.write_text(example + "\n")
    run = subprocess.run([program, "check", str(sheet), "--json=-"], capture_output=True, text=True)
    assert run.returncode < 3, run.stderr
    return json.loads(run.stdout)["findings"]


def explained(program, ident):
    run = subprocess.run([program, "explain", ident], capture_output=True, text=True, env=os.environ | {"COLUMNS": "80"})
    assert run.returncode == 0, run.stderr
    return " ".join(run.stdout.split())


def faults(root, program, least):
    rows = dict(ROW.findall((root / "src/reasons.def").read_text()))
    pages = pages_of(root / "src/finding/REASONS.md")
    elsewhere = {h.partition(":")[0] for h in pages_of(root / "src/finding/NOTES.md")}  # the engine's own
    slips = re.findall(r'^HG_SLIP\(\w+, "([\w-]+)"', (root / "src/slips.def").read_text(), flags=re.M)
    yield from (f"{i}: no page" for i in rows if i not in pages and i not in elsewhere)
    yield from (f"{i}: a page and no row" for i in pages if i not in rows)
    yield from (f"{i}: two pages" for i in pages if i in elsewhere or i in slips)
    if [i for i in rows if i in pages] != list(pages):
        yield "the pages do not stand in the order of the rows"
    shown = 0
    with tempfile.TemporaryDirectory() as folder:
        for ident, words in rows.items():
            told = explained(program, ident)
            if ident in pages and " ".join(words.replace("\\\\", "\\").replace('\\"', '"').split()) not in told:
                yield f"{ident}: explain does not say its words"
            example = example_of(pages.get(ident, ""))
            if not example:
                continue
            shown += 1
            found = findings_of(program, example, folder)
            mine = [f for f in found if f["reason_id"] == ident]
            if not mine:
                yield f"{ident}: its example gives {[f['reason_id'] for f in found]}"
            elif mine[0]["way_out"] and " ".join(mine[0]["way_out"].split()) not in told:
                yield f"{ident}: explain does not say the way out"
    if shown < least:
        yield f"{shown} examples, there were {least}"


if __name__ == "__main__":
    bad = list(faults(pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
    print("\n".join(bad) or "every reason has its page, every example gives it")
    sys.exit(bool(bad))
