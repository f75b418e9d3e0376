"""The picture in the README is what the program says today, but for figures that hang on the last bits of a machine.

usage: test_picture.py PICTURE.PY HANDGRAD SHEET TERMINAL.SVG
"""
import pathlib
import re
import subprocess
import sys

SCRIPT, PROGRAM, SHEET, PICTURE = sys.argv[1:5]
FIGURES = re.compile(r"uncertain\xa0by\xa0\S+?\)|textLength=\"[\d.]+\"| x=\"[\d.]+\"")


def words(svg):
    return FIGURES.sub("", svg)


now = subprocess.run([sys.executable, SCRIPT, PROGRAM, SHEET], capture_output=True, text=True, check=True).stdout
kept = pathlib.Path(PICTURE).read_text()
assert "opposite\xa0sign" in now
assert words(now) == words(kept), f"it says something else now: {SCRIPT} {PROGRAM} {SHEET} >{PICTURE}"
