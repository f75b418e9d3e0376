"""The mutation bench: are wrong derivations refused, and is the slip named that made them?

    slips.py HANDGRAD [--most N] [--seed S] [--list] [--short]

Judges N mutants and right documents through `handgrad check --json`, counts, and fails if a bar is missed: every mutant
refused, but one that only shapes speak against, which no number does; the right slip first in 90 %, among the first three in 97 %; a wrong name (none of
the first three is right) in at most 1 %; on right lines no slip and no `disagrees` at all. --short takes every eighth right
document.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

import mutants

BATCH = 100


def reports(program, texts, seed):
    """The reports of many documents, in order, by few runs of the program."""
    with tempfile.TemporaryDirectory() as where:
        files = []
        for k, text in enumerate(texts):
            path = pathlib.Path(where) / f"{k:05}.md"
            path.write_text(text)
            files.append(path)
        for k in range(0, len(files), BATCH):
            some = files[k:k + BATCH]
            run = subprocess.run([program, "check", "--json", f"--seed={seed}", *some], capture_output=True, text=True)
            assert run.returncode in (0, 1, 2), f"exit code {run.returncode}: {run.stderr[-400:]}"
            out = json.loads(run.stdout)
            out = out if isinstance(out, list) else [out]
            assert len(out) == len(some)
            yield from out


def names(finding):
    """The slips of a finding, best first."""
    first = [finding["slip"]] if finding.get("slip") else []
    return [s["id"] if isinstance(s, dict) else s for s in first + (finding.get("also") or [])]


def by_shapes(found):
    """Whether a line is left open because the shapes of its factors do not fit, which is no number."""
    return bool(found) and all(f["status"] == "cannot-tell" and "shape" in (f.get("reason") or "") for f in found)


def judged(report, line):
    return [f for f in report["findings"] if f["span"] and f["span"]["line"] == line and f["kind"] != "definition"]


def score(program, most, seed):
    chosen = mutants.mutants(most, seed)
    notations = {m.source.notation.name for m in chosen}
    tally = collections.Counter(mutants=len(chosen), notations=len(notations))
    by_kind, misses = collections.defaultdict(collections.Counter), []
    for mutant, report in zip(chosen, reports(program, [m.text for m in chosen], seed)):
        found = judged(report, mutant.line)
        wrong = [f for f in found if f["status"] == "disagrees"]
        slips = names(wrong[0]) if wrong else []
        undecided = bool(found) and all(f["status"] == "cannot-tell" for f in found)
        result = ("undecided" if undecided else "passed" if not wrong else "unnamed" if not slips else "first" if slips[0] in mutant.kinds else
                  "third" if mutant.kinds & set(slips[:3]) else "misnamed")
        tally[result] += 1
        tally["by shapes"] += by_shapes(found)
        by_kind[mutant.made][result] += 1
        own = mutant.source.notation.name == "sheet"  # has slips of its own
        beside = [f for f in report["findings"] if f not in found and names(f) and not own]
        tally["false names"] += len(beside)
        misses += [("beside", sorted(mutant.kinds), names(f), f["written"], mutant.wrong, f["id"]) for f in beside]
        if result != "first":
            status = ", ".join(f["status"] for f in found) or "nothing judged"
            misses.append((result, sorted(mutant.kinds), slips, status, mutant.source.derivation,
                           mutant.source.notation.name, mutant.wrong))
    return tally, by_kind, misses


def score_right(program, seed, every):
    right = list(mutants.right_documents())[::every]
    tally, misses = collections.Counter(right=len(right)), []
    for line, report in zip(right, reports(program, [m.text for m in right], seed)):
        found = judged(report, line.line)
        good = bool(found) and all(f["status"] in ("agrees", "agrees-up-to-notation") for f in found)
        named = sum(bool(names(f)) for f in report["findings"])
        tally["agrees"] += good
        tally["named"] += named
        tally["called wrong"] += any(f["status"] == "disagrees" for f in report["findings"])
        if not good or named:
            status = ", ".join(f["status"] for f in found) or "nothing judged"
            misses.append(("right", named, status, line.source.derivation, line.source.notation.name, line.wrong))
    return tally, misses


def main():
    args = argparse.ArgumentParser()
    args.add_argument("program")
    args.add_argument("--most", type=int, default=2600)
    args.add_argument("--seed", type=int, default=20261)
    args.add_argument("--list", action="store_true", help="print every miss")
    args.add_argument("--short", action="store_true", help="fewer right documents")
    args = args.parse_args()
    tally, by_kind, misses = score(args.program, args.most, args.seed)
    right, right_misses = score_right(args.program, args.seed, 8 if args.short else 1)

    n = tally["mutants"]
    refused, third = n - tally["passed"] - tally["undecided"], tally["first"] + tally["third"]
    print(f"{n} mutants of {len(by_kind)} kinds in {tally['notations']} notations, seed {args.seed}")
    print(f"{'kind':22}{'mutants':>8}{'refused':>9}{'first':>7}{'in 3':>6}{'wrong':>7}{'none':>6}")
    for kind, c in sorted(by_kind.items()):
        total = sum(c.values())
        print(f"{kind:22}{total:8}{total - c['passed'] - c['undecided']:9}{c['first']:7}{c['first'] + c['third']:6}"
              f"{c['misnamed']:7}{c['unnamed']:6}")
    print(f"refused {refused} of {n}, not decided {tally['undecided']}, by shapes {tally['by shapes']}; named first {100 * tally['first'] / n:.2f} %, among three "
          f"{100 * third / n:.2f} %, wrongly {100 * tally['misnamed'] / n:.2f} %, not at all {100 * tally['unnamed'] / n:.2f} %")
    print(f"right lines beside a wrong one with a slip named: {tally['false names']}")
    print(f"right documents: {right['right']}, agree {right['agrees']}, called wrong {right['called wrong']}, "
          f"slips named {right['named']}")
    if args.list:
        for miss in misses + right_misses:
            print(*miss, sep=" | ")
    good = (refused + tally["by shapes"] == n and tally["by shapes"] <= 0.02 * n and tally["first"] >= 0.9 * n and third >= 0.97 * n and tally["misnamed"] <= 0.01 * n and
            right["named"] == 0 and right["called wrong"] == 0 and tally["false names"] == 0)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
