"""Draws, as SVG, what a terminal shows of a sheet: for the README.

usage: picture.py HANDGRAD SHEET >FILE
"""
import html
import pathlib
import re
import subprocess
import sys

COLUMNS, CELL, LINE, EDGE = 80, 8.4, 19, 16
INK = {"": "#e8e8ec", "31": "#ff9c9c", "32": "#7fd8a0", "33": "#f0c36a", "94": "#8ab4f8", "35": "#d6a6ff", "36": "#8ad8e0", "2": "#a6a6b2"}
PART = re.compile(r"\x1b\[([0-9;]*)m|([^\x1b]+)")


def spans(line):
    """(text, colour, bold) of a line with its escapes."""
    codes = []
    for escape, text in PART.findall(line):
        if text:
            yield text, next((INK[c] for c in codes if c in INK), INK[""]), "1" in codes
        else:
            codes = [] if escape in ("", "0") else codes + escape.split(";")


def drawn(lines):
    width, height = COLUMNS * CELL + 2 * EDGE, len(lines) * LINE + 2 * EDGE
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" viewBox="0 0 {width:.0f} {height}" role="img" '
           'aria-label="handgrad check in a terminal">')
    yield f'<rect width="{width:.0f}" height="{height}" rx="8" fill="#17171b"/>'
    yield '<g font-family="ui-monospace, Menlo, DejaVu Sans Mono, monospace" font-size="14">'
    for row, line in enumerate(lines):
        column = 0
        for text, ink, bold in spans(line):
            if text.strip():
                weight = ' font-weight="bold"' if bold else ""
                yield (f'<text x="{EDGE + column * CELL:.1f}" y="{EDGE + row * LINE + 14}" fill="{ink}"{weight} textLength="{len(text) * CELL:.1f}">'
                       f"{html.escape(text).replace(chr(32), chr(160))}</text>")  # SVG folds spaces
            column += len(text)
    yield "</g>"
    yield "</svg>"


def main():
    program, sheet = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    done = subprocess.run([pathlib.Path(program).resolve(), "check", "--color=always", sheet.name], cwd=sheet.parent, capture_output=True, text=True)
    lines = [f"\x1b[2m$\x1b[0m \x1b[1mhandgrad check {sheet.name}\x1b[0m", *done.stdout.rstrip("\n").split("\n")]
    print("\n".join(drawn(lines)))


main()
