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
        if e.get("role") == "img" and e.tag != f"{X}span":
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


LEVELS = {f"{X}h{n}": n for n in range(1, 7)}


def check_order(root, what):
    """Headings go down one level at a time; what needs her stands before the document, the question right under her line."""
    levels = [LEVELS[e.tag] for e in root.iter() if e.tag in LEVELS]
    assert levels[0] == 1 and all(b <= a + 1 for a, b in zip(levels, levels[1:])), (what, "headings jump", levels)
    everything = list(root.iter())
    for nav in root.iter(f"{X}nav"):
        targets = [a.get("href")[1:] for a in nav.iter(f"{X}a")]
        cards = [e for e in everything if e.get("id") in targets]
        assert len(cards) == len(targets), (what, "a problem without its card")
        assert all(everything.index(nav) < everything.index(card) for card in cards), (what, "the list comes first")
    for card in root.iter(f"{X}section"):
        if not (card.get("class") or "").startswith("card"):
            continue
        names = [(e.tag.split("}")[-1], e.get("class")) for e in card]
        hint = names.index(("p", "hint")) if ("p", "hint") in names else None
        assert hint is None or names[hint - 1][0] == "h3", (what, "the question stands right under the title", names)
        folds = [e for e in card.iter(f"{X}details")]
        for e in card.iter():
            inside = any(e in set(fold.iter()) for fold in folds)
            assert inside or e.tag not in {f"{X}table", f"{X}figure"}, (what, "numbers stand in a fold")


def of_class(root, tag, name):
    return [e for e in root.iter(f"{X}{tag}") if name in (e.get("class") or "").split()]


def check_first_screen(root):
    assert words(root.find(f".//{X}h1")) == "Homework 3", "her title"
    assert [words(e) for e in root.iter() if e.tag in LEVELS].count("Homework 3") == 1, "the title stands once"
    assert words(of_class(root, "p", "verdict")[0]) == "1 of 5 steps needs you; 2 I cannot tell."
    items = [words(e) for e in of_class(root, "ol", "needs")[0]]
    assert len(items) == 1 and items[0].startswith("✗ line 9: opposite sign") and "∑" in items[0], items
    assert [words(e.find(f"{X}summary")) for e in root.iter(f"{X}details")][:2] == ["? 2 I cannot tell", "✓ 2 agree"]


def main():
    page = output(PAGE, "html", "document")
    assert page == output(PAGE, "html", "document"), "two runs differ"
    root = check_page(page, "document")
    check_order(root, "document")
    check_first_screen(root)
    marks = [(words(e), e.get("aria-label")) for e in of_class(root, "a", "mark")]
    assert [m for m, _ in marks] == ["✗", "?", "? cannot be read"], marks
    assert marks[0][1].endswith(": disagrees"), marks
    assert [e.get("aria-label") for e in of_class(root, "span", "tick")] == ["agrees", "agrees, up to notation"]
    wrong = [e for e in root.iter(f"{M}mrow") if e.get("class") == "wrong"]
    assert len(wrong) == 2 and all(e.get("aria-label") for e in wrong), "the wrong term is marked in the list and in its place"
    assert words(wrong[0]).replace(" ", "") == "(yi−ai)", words(wrong[0])
    assert [words(e) for e in root.iter(f"{M}mrow") if e.get("class") == "doubtful"] == ["=!"] * 3, "what was not understood is marked"
    hints = [words(e) for e in root.iter(f"{X}p") if e.get("class") == "hint"]
    assert len(hints) == 1 and hints[0].endswith("?"), hints
    pictures = [e for e in root.iter() if e.get("role") == "img"]
    drawn = list(root.iter("{http://www.w3.org/2000/svg}svg"))
    missing = "No picture: gnuplot" in words(root)
    assert len(drawn) == len([e for e in pictures if e.tag == f"{X}div"]) == (0 if missing else 1), (len(drawn), len(pictures), missing)

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
