"""Formulas of a page beside their source: what is to be seen in the one is to be seen in the other, nothing lost, nothing added,
nothing in another formula's place. The source is read here by a few rules of its own.

usage: test_as_written.py PROGRAM SIGNS.DEF SHEET.md... ; of a folder every third sheet
"""
import collections
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ET

PROGRAM, SIGNS = sys.argv[1:3]
SHEETS = [s for a in map(pathlib.Path, sys.argv[3:]) for s in (sorted(a.glob("*.md"))[::3] if a.is_dir() else [a])]
X, M = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/1998/Math/MathML}"
CHARACTER = {name: c[1] if c[0] == "'" else chr(int(c, 16))
             for name, c in re.findall(r"""HG_SIGN\("([^"]+)", (0x[0-9A-Fa-f]+|'.')\)""", pathlib.Path(SIGNS).read_text())}
MARKS = "\u23df\u23de\u0304\u0302\u0303\u0307^~\u2192\u00af\u02d9"  # braces and accents, which have no place in a row of characters
SILENT = set("""text mathrm operatorname left right frac dfrac tfrac boxed cancel underline mathcal mathbf mathbb bm boldsymbol quad qquad
hat bar tilde vec dot overline widehat underbrace overbrace sqrt displaystyle limits big bigl bigr Big Bigl Bigr xrightarrow mathit
textbf textit textrm mbox label""".split()) | set(",;! :")
FENCES = {"bmatrix": "[]", "pmatrix": "()", "vmatrix": "||", "cases": ("\\{", "")}


def plain(text):
    """Without spaces, accents, kinds of type."""
    text = unicodedata.normalize("NFKC", text).replace("'", "\u2032").replace("\u2033", "\u2032\u2032")
    text = text.replace("-", "\u2212").replace("*", "\u2217").replace("\u2026", "...")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not c.isspace() and c not in MARKS + "\u2061\u2062")


def seen(tex):
    tex = re.sub(r"\\begin\{(\w+)\*?\}(\{[lcr|]*\})?", lambda m: FENCES.get(m[1], ("", ""))[0], tex)
    tex = re.sub(r"\\end\{(\w+)\*?\}", lambda m: FENCES.get(m[1], ("", ""))[1], tex)
    tex = re.sub(r"\\xrightarrow\[((?:[^][]|\[[^]]*\])*)\]", r"\\xrightarrow \1", tex)
    tex = re.sub(r"%.*", "", tex.replace("\\%", "")).replace("\\\\", "").replace("\\&", "\u2227").replace("&", "")

    def command(m):
        name = m[1]
        return name if name in "{}" else "\u2016" if name == "|" else "" if name in SILENT else CHARACTER.get(name, name)
    tex = re.sub(r"\\([A-Za-z]+|.)", lambda m: {"{": "\ue000", "}": "\ue001"}.get(command(m), command(m)), tex, flags=re.S)
    return plain(re.sub(r"[{}$_]|\^", "", tex).replace("\ue000", "{").replace("\ue001", "}"))


def page_of(sheet, place):
    page = pathlib.Path(place) / "page.html"
    subprocess.run([PROGRAM, "check", sheet, f"--html={page}", "--exit-zero"], check=True, capture_output=True)
    document = [s for s in ET.parse(page).getroot().iter(f"{X}section") if s.get("aria-label", "").startswith("The document")][0]
    for parent in list(document.iter()):
        for child in list(parent):
            if "card" in child.get("class", "").split():
                parent.remove(child)
    return plain("".join("".join(m.itertext()) for m in document.iter(f"{M}math")))


def check(sheet, place):
    if re.search(r"^\d+:\d+ plain:", subprocess.run([PROGRAM, "check", sheet, "--dump=doc"], capture_output=True, text=True).stdout, re.M):
        return 0  # formulas without dollars are not found by the rules here
    source = re.sub(r"```.*?```|<!--.*?-->|`[^`]*`", "", pathlib.Path(sheet).read_text(), flags=re.S)
    if "\\begin{" in re.sub(r"\$\$.*?\$\$|\$[^$]+\$", "", source, flags=re.S):
        return 0  # the same
    formulas = [a or b for a, b in re.findall(r"\$\$(.*?)\$\$|\$([^$]+)\$", source, re.S)]
    shown, at, n = page_of(sheet, place), 0, 0
    for formula in formulas:
        wanted = seen(formula)
        got = shown[at : at + len(wanted)]
        # scripts and limits stand in another order in the tree than on the line: within a formula the characters count
        assert collections.Counter(got) == collections.Counter(wanted), (sheet, formula, "source", wanted, "page", got)
        at += len(wanted)
        n += 1
    assert at == len(shown), (sheet, "more on the page", shown[at : at + 80])
    return n


total = 0
with tempfile.TemporaryDirectory() as there:
    for path in SHEETS:
        total += check(path, there)
print(total, "formulas are shown as they were written")
assert total > 100
