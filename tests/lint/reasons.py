"""Every reason a finding can carry is a row of src/reasons.def: none stands elsewhere as a sentence, no row is idle."""
import pathlib
import re
import sys

ROW = re.compile(r'^HG_CAUSE(?:_OF)?\((\w+), "([^"]*)",\s+"((?:[^"\\]|\\.)*)"', flags=re.M)
ROOMS = ("lang", "eval", "names", "finding", "model", "tables", "world", "claim", "slips", "derive", "verdict", "cli")
SENTENCE = re.compile(r'(?:\breason = |\bhg_(?:eval_)?(?:fail|misfit)\([^;"]*|\bhg_finding_(?:leave|because)\([^;"]*)"[^"]')


def offences(root):
    rows = ROW.findall((root / "src/reasons.def").read_text())
    sources = {p: p.read_text() for room in ROOMS for p in sorted((root / "src" / room).rglob("*.[ch]"))}
    everything = "".join(sources.values())
    pages = re.findall(r"^## ([\w-]+)", (root / "src/finding/REASONS.md").read_text(), flags=re.M)
    pages += re.findall(r"^## ([\w-]+):", (root / "src/finding/NOTES.md").read_text(), flags=re.M)  # the engine's own
    for symbol, ident, words in rows:
        if not re.search(rf"\bHG_CAUSE_{symbol}\b", everything):
            yield f"reasons.def: nobody gives {ident}"
        if not re.fullmatch(r"[a-z]+(-[a-z]+)*", ident) or sum(ident == other for _, other, _ in rows) > 1:
            yield f"reasons.def: '{ident}' is no id of its own in small letters and hyphens"
        if ident not in pages:
            yield f"REASONS.md: no page on {ident}"
        if not words or words.endswith("."):
            yield f"reasons.def: {ident}: its words are no clause behind a colon"
    for path, text in sources.items():
        for found in SENTENCE.finditer(text):
            yield f"{path.relative_to(root)}:{text.count(chr(10), 0, found.start()) + 1}: a reason that is no row of reasons.def"
        for _, ident, words in rows:
            if len(words) > 20 and f'"{words}"' in text:
                yield f"{path.relative_to(root)}: the words of {ident} once more"


if __name__ == "__main__":
    bad = list(offences(pathlib.Path(sys.argv[1])))
    print("\n".join(bad) or "every reason is a row")
    sys.exit(bool(bad))
