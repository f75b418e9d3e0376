"""`handgrad explain notation` tells the truth: every line it shows is read, alone and together with the others, and none of
them is called wrong.

usage: test_notation.py PROGRAM
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
WRAP = {"latex": ("$$", "$$", ".md"), "plain": ("", "", ".txt"), "code": ("```python\n", "\n```", ".md")}


def findings(text, ending, place):
    path = pathlib.Path(place) / f"sheet{ending}"
    path.write_text(text + "\n")
    done = subprocess.run([PROGRAM, "check", str(path), "--json", "--exit-zero"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["findings"]


def main():
    page = subprocess.run([PROGRAM, "explain", "notation"], check=True, capture_output=True, text=True).stdout
    lines = [line.split(None, 1) for line in page.splitlines() if line.startswith("    ") and line.split()[0] in WRAP]
    assert len(lines) > 20 and {kind for kind, _ in lines} == set(WRAP), lines
    with tempfile.TemporaryDirectory() as place:
        for kind in WRAP:
            begin, end, ending = WRAP[kind]
            mine = [line for k, line in lines if k == kind]
            together = begin + "\n".join(mine) + end if kind == "code" else "\n\n".join(begin + line + end for line in mine)
            found = findings(together, ending, place)
            bad = [(f["written"], f["status"]) for f in found if f["status"] in {"disagrees", "cannot-read"}]
            assert not bad, (kind, bad)
            read = {f["span"]["line"] for f in found}
            for number, text in enumerate(together.splitlines(), 1):
                shown = any(line in text for line in mine)
                assert not shown or number in read, (kind, "is not seen", text)
        garbled = findings("$$\\frac{$$", ".md", place)
        assert all(f["status"] == "cannot-read" for f in garbled), "this test could not fail"


main()
