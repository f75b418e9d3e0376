"""Puts the page together: style, scripts, the packed program and the examples in the places that page.html keeps for them.

usage: assemble.py PACKED PAGE.HTML PAGE.CSS PROGRAM.JS WORKER.JS EDITOR.JS PAGE.JS --output FILE --examples SHEET...
"""
import argparse
import base64
import json
import pathlib
import re

EXPECT = re.compile(r"^(?:<!--|%|#)\s*expect:.*\n", re.M)
TITLE = re.compile(r"^(?:#+ +|\\(?:sub)*section\*?\{|\\title\{)([^}\n]+)", re.M)


def example(path):
    text = EXPECT.sub("", path.read_text())
    title = TITLE.search(text)
    return {"name": path.name, "title": title[1].strip() if title else text.split("\n", 1)[0], "text": text}


def script(text):
    """As it may stand inside <script>."""
    assert "</script" not in text.lower()
    return text


def main():
    args = argparse.ArgumentParser()
    args.add_argument("parts", nargs=7, type=pathlib.Path)
    args.add_argument("--output", type=pathlib.Path, required=True)
    args.add_argument("--examples", nargs="+", type=pathlib.Path, required=True)
    args = args.parse_args()
    packed, page, style, program, worker, editor, main_script = args.parts
    put = {
        "STYLE": style.read_text(),
        "EXAMPLES": script(json.dumps([example(p) for p in args.examples]).replace("</", "<\\/")),
        "PROGRAM": base64.b64encode(packed.read_bytes()).decode(),
        "WORKER": script(program.read_text() + worker.read_text()),
        "SCRIPT": script(editor.read_text() + main_script.read_text()),
    }
    args.output.write_text(re.sub(r"@([A-Z]+)@", lambda m: put[m[1]], page.read_text()))


main()
