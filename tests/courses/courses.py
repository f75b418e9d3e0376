"""What courses ask students to derive, topic by topic in the notations people use, and how the program judges it.

*.sheets beside this file hold small sheets. `@@ TOPIC NOTATION TITLE` begins one; `OK| LINE` is a line that is right, `NO SLIP ...| LINE` below it
the same line gone wrong by one of these slips; all else is text, formulas and code as they stand. A sheet makes one document in which all is
right, and one for each wrong line, in which that line stands for the right one.

A right line is judged where all that is found in it agrees, accused where something disagrees, else open: a line without a finding is. A
disagreement with a line that is not marked is an accusation too. A wrong line is refused where something found in it disagrees, passed where
all agrees, else open.

usage: courses.py PROGRAM [--topic=WORD] [--show=STATE] [--ratchet] [--write] [--sheets=FILE ...]
  --show     accused, passed, open, missed (wrong and open), named (the slip is another): the lines with what was said of them
  --ratchet  fails where more is accused or passed than tests/laws/held.txt has
"""
import argparse
import pathlib
import sys
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "laws"))
import laws
import ratchet

RIGHT = {"agrees", "agrees-up-to-notation"}


@dataclass
class Sheet:
    topic: str
    notation: str
    title: str
    lines: list = field(default_factory=list)  # [text, None or the wrong twins: (slips, text)]

    def document(self, wrong=None):
        """The text, with the k-th twin of line n for wrong = (n, k)."""
        out = [twins[wrong[1]][1] if wrong and wrong[0] == n else text for n, (text, twins) in enumerate(self.lines)]
        return "\n".join(out) + "\n"

    def variants(self):
        yield None
        for n, (_, twins) in enumerate(self.lines):
            for k in range(len(twins or [])):
                yield n, k


def sheets(paths):
    out = []
    for path in paths:
        for line in pathlib.Path(path).read_text().splitlines():
            mark, _, rest = line.partition("|")
            if line.startswith("@@"):
                out.append(Sheet(*line[2:].split(None, 2)))
            elif mark == "OK":
                out[-1].lines.append([rest[1:], []])
            elif mark.split()[:1] == ["NO"]:
                out[-1].lines[-1][1].append((mark.split()[1:], rest[1:]))
            else:
                out[-1].lines.append([line, None])
    return out


def by_line(report):
    """{line from 0: [finding]}"""
    found = defaultdict(list)
    for f in report["findings"]:
        found[f["span"]["line"] - 1].append(f)
    return found


def state(found):
    said = [f["status"] for f in found if f["status"] != "defined"]
    if "disagrees" in said:
        return "disagrees"
    return "agrees" if said and set(said) <= RIGHT else "open"


def told(found):
    return "; ".join("%s%s %s" % (f["status"], "(%s)" % f["slip"]["id"] if f.get("slip") else "", f.get("reason") or "") for f in found) or "no finding"


def judge(sheet, wrong, report):
    """[(what, line, findings)] of one document."""
    found, out = by_line(report), []
    for n, (text, twins) in enumerate(sheet.lines):
        here = found.get(n, [])
        got = state(here)
        if wrong and n == wrong[0]:
            slips, text = twins[wrong[1]]
            named = any(f.get("slip") and f["slip"]["id"] in slips for f in here)
            what = {"disagrees": "refused" if named else "refused otherwise", "agrees": "passed", "open": "missed"}[got]
            out.append((what, text, here))
        elif got == "disagrees" and not all(f.get("inherited_from") for f in here if f["status"] == "disagrees"):
            out.append(("accused", text, here))
        elif twins is not None and not wrong:
            out.append(("judged" if got == "agrees" else "open", text, here))
    return out


BATCH = 20
SHOWN = {"named": "refused otherwise"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--topic", default="")
    parser.add_argument("--show", default="")
    parser.add_argument("--ratchet", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--sheets", nargs="*", default=sorted(HERE.glob("*.sheets")))
    args = parser.parse_args()
    jobs = [(s, v) for s in sheets(args.sheets) if s.topic.startswith(args.topic) for v in s.variants()]
    batches = [jobs[k:k + BATCH] for k in range(0, len(jobs), BATCH)]
    table, documents = defaultdict(Counter), Counter()
    with ThreadPoolExecutor(2) as pool:
        reports = pool.map(lambda batch: laws.reports(args.program, [(".md", s.document(v)) for s, v in batch], 1), batches)
        for (sheet, wrong), report in zip(jobs, (r for some in reports for r in some)):
            if not report:
                raise SystemExit("no report: %s, %s" % (sheet.title, wrong))
            documents[sheet.topic, sheet.notation] += 1
            for what, text, here in judge(sheet, wrong, report):
                table[sheet.topic, sheet.notation][what] += 1
                if what == SHOWN.get(args.show, args.show):
                    print("%s %s, %s: %s\n    %s" % (sheet.topic, sheet.notation, sheet.title, text.strip(), told(here)))
    total = sum(table.values(), Counter())
    print("%-14s %-9s %9s | %6s %5s %7s | %7s %6s %5s %6s" % ("topic", "notation", "documents", "judged", "open", "accused", "refused", "named", "open", "passed"))
    for (topic, notation), c in [*table.items(), (("all", ""), total)]:
        print("%-14s %-9s %9d | %6d %5d %7d | %7d %6d %5d %6d" % (topic, notation, documents[topic, notation] or len(jobs), c["judged"], c["open"],
              c["accused"], c["refused"] + c["refused otherwise"], c["refused"], c["missed"], c["passed"]))
    tallies = {"%s,%s" % key: c for key, c in table.items()}
    complaints = ratchet.held("courses", tallies, ["accused", "passed"], args.write) if args.ratchet or args.write else []
    print("\n".join(complaints), end="\n" if complaints else "")
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
