"""Sheets with many more wrong lines than right ones: do the wrong ones teach the judge to pass them, or to refuse the right?

    crowded.py HANDGRAD [--most N] [--seed S] [--list] [--bar PERCENT]

A sheet is the forward lines of a network, 5 to 100 wrong lines of every kind and 0 to 10 right ones, shuffled, all in one
notation. Fails if a right line is called wrong or a wrong one passes. A wrong line may stay undecided, for a document that is
mostly wrong may not be understood; of those at least PERCENT are to be refused, not counting what only shapes speak against.
"""
import argparse
import collections
import random
import re
import sys

import mutants
from formula import CODE
from slips import by_shapes, names, reports
from sources import network_sources, sheet

SIZES = (5, 10, 20, 40, 70, 100)
LAYOUT = {"missing-transpose", "product-order", "product-kind"}


def families():
    """The lines of one network in one notation: {(network, notation): [sources]}."""
    out = collections.defaultdict(list)
    for source in network_sources():
        out[source.derivation, source.notation.name].append(source)
    return out


def write(source):
    return source.left + " = " + source.notation.write(source.right)


def crowded(most, seed):
    """(text, {line number: kinds; none of a right line})"""
    rng, all_of = random.Random(seed), families()
    wrong_of = {k: [m for s in of for m in mutants.mutants_of(s)] for k, of in all_of.items()}
    for k in range(most):
        key = sorted(all_of)[k % len(all_of)]
        of = all_of[key]
        wrong = rng.sample(wrong_of[key], min(SIZES[k // len(all_of) % len(SIZES)], len(wrong_of[key])))
        right = rng.choices(of, k=rng.randrange(11))
        turns = [t for t in [m.wrong for m in wrong] + [write(s) for s in right] if re.search(r"\^T|T\}|\.T|\{\(\d\)T", t)]
        if len(turns) < 2:  # who writes no transposes says nothing of how arrays lie
            wrong = [m for m in wrong if not m.kinds & LAYOUT]
        lines = [(m.wrong, frozenset(m.kinds)) for m in wrong] + [(write(s), frozenset()) for s in right]
        rng.shuffle(lines)
        note, head = of[0].notation, of[0].head
        text, at = sheet(note, head, [], [line for line, _ in lines[1:]])(lines[0][0])
        step = 1 if note is CODE else 2
        yield "/".join(key), text, {at + step * i: line for i, line in enumerate(lines)}


def main():
    args = argparse.ArgumentParser()
    args.add_argument("program")
    args.add_argument("--most", type=int, default=210)
    args.add_argument("--seed", type=int, default=4)
    args.add_argument("--list", action="store_true", help="print every miss")
    args.add_argument("--bar", type=float, default=80)
    args = args.parse_args()
    sheets = list(crowded(args.most, args.seed))
    tally, misses = collections.Counter(), []
    for (where, _, lines), report in zip(sheets, reports(args.program, [text for _, text, _ in sheets], 7)):
        found = collections.defaultdict(list)
        for f in report["findings"]:
            if f["span"] and f["kind"] != "definition":
                found[f["span"]["line"]].append(f)
        for at, (line, kinds) in lines.items():
            status = {f["status"] for f in found[at]}
            bad = "disagrees" in status
            result = ("refused" if bad else "agrees" if status & {"agrees", "agrees-up-to-notation"} else "open")
            tally["wrong" if kinds else "right", result] += 1
            tally["by shapes"] += bool(kinds) and by_shapes(found[at])
            named = [n for f in found[at] for n in names(f)]
            tally["named first"] += bool(kinds and named and named[0] in kinds)
            inherited = any(f["inherited_from"] for f in found[at])
            tally["named or inherited"] += bool(kinds) and (inherited or bool(named and named[0] in kinds))
            if result != ("refused" if kinds else "agrees"):
                reason = next((f["reason"] for f in found[at] if f.get("reason")), "")
                misses.append((result, ",".join(sorted(kinds)) or "right", where, len(lines), line, reason))
    wrong = sum(n for k, n in tally.items() if k[0] == "wrong")
    right = sum(n for k, n in tally.items() if k[0] == "right")
    print(f"{len(sheets)} sheets, seed {args.seed}: {wrong} wrong lines, refused {tally['wrong', 'refused']}, open "
          f"{tally['wrong', 'open']} ({tally['by shapes']} by shapes), passed {tally['wrong', 'agrees']}; named or inherited {tally['named or inherited']}")
    print(f"{right} right lines, agree {tally['right', 'agrees']}, open {tally['right', 'open']}, called wrong {tally['right', 'refused']}")
    if args.list:
        for miss in misses:
            print(*miss, sep=" | ")
    good = not tally["wrong", "agrees"] and not tally["right", "refused"] and tally["wrong", "refused"] >= args.bar / 100 * (wrong - tally["by shapes"])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
