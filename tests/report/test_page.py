"""The HTML report as a browser sees it: parsed by a real parser, nothing foreign gets out of its place."""
import collections
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

PAGE, MADE = sys.argv[1:3]
MATHML = {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder",
    "mover", "munderover", "mtable", "mtr", "mtd",
}
X, M = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/1998/Math/MathML}"
NASTY = '<script>alert(1)</script>"\'><b onload=x>\x1b[31m\x07\u202e]]>&amp;=HYPERLINK("x")'


def output(*command, **how):
    return subprocess.run(command, check=True, capture_output=True, **how).stdout


def words(element):
    return " ".join("".join(element.itertext()).split())


def check_page(html, what):
    text = html.decode()
    root = ET.fromstring(text)  # well-formed, or an error
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    doubled = [i for i, n in collections.Counter(ids).items() if n > 1]
    assert not doubled, (what, "ids twice", doubled)
    for e in root.iter():
        tag = e.tag.split("}")[-1]
        assert tag != "script", (what, "a script")
        if e.tag.startswith(M):
            assert tag in MATHML, (what, "not MathML Core", tag)
        for name, value in e.attrib.items():
            assert not name.startswith("on"), (what, "an event handler", name)
            if name in {"href", "src"} or name.endswith("}href"):
                assert value.startswith(("#", "data:")), (what, "leads out of the page", value)
                if value.startswith("#"):
                    assert value[1:] in ids, (what, "a link to nowhere", value)
        if e.get("role") == "img":
            assert len(e.get("aria-label", "")) > 20, (what, "a picture without words")
        if "mark" in (e.get("class") or "").split() and tag == "a":
            assert len(words(e).split()) > 1 or e.get("aria-label"), (what, "a mark without words", words(e))
    for url in re.findall(r"url\(([^)]{0,40})|@import", text):
        assert url.startswith("data:"), (what, "a style that loads", url)
    assert not re.search(r"https?://(?!www\.w3\.org/)", text), (what, "an address")
    assert len(root.findall(f".//{X}h1")) == 1, (what, "one h1")
    assert not any(ord(c) < 32 and c not in "\n\t" for c in text), (what, "control characters")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\ufeff]", text), (what, "bidirectional controls")
    return root


def main():
    page = output(PAGE, "html", "document")
    assert page == output(PAGE, "html", "document"), "two runs differ"
    root = check_page(page, "document")
    marks = [words(e) for e in root.iter(f"{X}a") if "mark" in e.get("class", "").split()]
    for mark in "✓ agrees", "✗ disagrees", "✓ agrees up to notation", "? cannot be read":
        assert mark in marks, (mark, marks)
    wrong = [e for e in root.iter(f"{M}mrow") if e.get("class") == "wrong"]
    assert len(wrong) == 1 and wrong[0].get("aria-label"), "the wrong term is marked once"
    assert words(wrong[0]).replace(" ", "") == "(yi−ai)", words(wrong[0])
    assert [words(e) for e in root.iter(f"{X}mark")] == ["\\overset"]
    hints = [words(e) for e in root.iter(f"{X}p") if e.get("class") == "hint"]
    assert len(hints) == 1 and hints[0].endswith("?"), hints
    pictures = [e for e in root.iter() if e.get("role") == "img"]
    drawn = list(root.iter("{http://www.w3.org/2000/svg}svg"))
    missing = "No picture: gnuplot" in words(root)
    assert len(drawn) == len(pictures) == (0 if missing else 2), (len(drawn), len(pictures), missing)

    root = check_page(output(PAGE, "html", "document", env={**os.environ, "PATH": "/nonexistent"}), "without gnuplot")
    assert words(root).count("No picture: gnuplot is not installed.") == 1 and not list(root.iter("{http://www.w3.org/2000/svg}svg"))
    assert "the difference never falls below 1.3" in words(root), "what the picture would have shown is said"

    root = check_page(output(PAGE, "html", "document", NASTY), "hostile")
    assert "<script>alert(1)</script>" in words(root), "foreign text is shown"
    assert not [e for e in root.iter(f"{X}b") if e.attrib], "foreign markup is text"
    root = check_page(output(PAGE, "html", "derivation"), "derivation")
    assert "missing" in words(root)
    for name in "document", "hostile", "module", "stopped", "several":
        check_page(output(MADE, "html", name), name)


main()
