"""A file may include only what its layer is allowed to: the table of src/README.md."""
import pathlib
import re
import sys

FLOORS = ["base", "text", "lang", "num", "eval", "names", "finding", "model", "tables", "world", "claim", "slips", "derive", "verdict"]
ALLOWED = {room: set(FLOORS[: n + 1]) for n, room in enumerate(FLOORS)}
ALLOWED |= {
    "num": {"base", "num"},
    "report": {"base", "text", "lang", "num", "finding", "slips", "report"},
    "document": {*FLOORS, "report", "document"},
    "lsp": {*FLOORS, "report", "document", "lsp"},
    "guest": {"base", "num", "finding", "slips", "derive", "report", "guest"},
    "grade": {"base", "text", "lang", "finding", "slips", "verdict", "report", "guest", "grade"},
    "page": {"base", "slips", "report", "document", "lsp", "page"},
    "cli": {*FLOORS, "report", "document", "lsp", "guest", "grade", "cli"},
    "derivations": set(),
}
ANYWHERE = {"handgrad.h", "handgrad-document.h", "handgrad-outputs.h", "slips.def", "reasons.def", "letters.def", "words.def", "derivations.inc"}
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')


def offences(root):
    files = [p for p in (root / "src").rglob("*") if p.suffix in {".c", ".h", ".def"}]
    files += (root / "derivations").glob("*.c")
    for path in sorted(files):
        parts = path.relative_to(root).parts
        layer = "derivations" if parts[0] == "derivations" else parts[1]
        if layer not in ALLOWED:
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = INCLUDE.match(line)
            if not found or found[1] in ANYWHERE:
                continue
            target = found[1].split("/")[0] if "/" in found[1] else layer
            if target not in ALLOWED[layer] and not (layer == "derivations" and "/" not in found[1]):
                yield f"{path.relative_to(root)}:{number}: {layer} may not include {found[1]}"


if __name__ == "__main__":
    bad = list(offences(pathlib.Path(sys.argv[1])))
    print("\n".join(bad) or "every include stays inside its layer")
    sys.exit(bool(bad))
