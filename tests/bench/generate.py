"""Documents that nobody wrote: random networks in random notations, of every line the truth; what does the program say?

    generate.py PROGRAM [--most N] [--sample N] [--seed S] [--jobs 2] [--keep DIR] [--show K] [--ratchet FORM [--write]]

A third of the documents has usual letters, a third random letters and shapes declared, a third random letters and nothing declared. Right lines are
judged, open or accused; wrong ones refused (their slip named first), open or passed. --show prints the K-th document and the verdicts beside its
lines; --sample takes N of the documents; --keep writes every offending document with its truth into DIR. --ratchet fails where more are accused or passed than tests/laws/held.txt knows. Its own code and its own differentiation, nothing
of the program's: see generated/.
"""
import argparse
import collections
import concurrent.futures
import json
import pathlib
import subprocess
import sys
import tempfile

from generated.paper import sheet

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "laws")]
import ratchet  # noqa: E402
import sample  # noqa: E402

BATCH = 50
CLASSES = [("usual letters", True, None), ("random, declared", False, True), ("random, undeclared", False, False)]
RIGHT = ("agrees", "agrees-up-to-notation")
HELD = ["accused", "passed", "definitions accused", "no report"]
HEADS = ["documents", "right", "judged", "open", "accused", "wrong", "refused", "named", "left open", "passed", "definitions accused", "apart"]


def made(k, seed):
    name, usual, declared = CLASSES[k % 3]
    return name, sheet(f"{seed} {k}", usual, (k // 3) % 2 == 0 if declared is None else declared)


def findings(program, paths):
    """The findings of every document, or None for one that ends the program."""
    try:
        ran = subprocess.run([program, "check", "--json", *paths], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=10 * len(paths) + 20)
        out = json.loads(ran.stdout) if ran.returncode in (0, 1, 2) else None
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        out = None
    if out is None:
        return [None] if len(paths) == 1 else [f for p in paths for f in findings(program, [p])]
    return [r["findings"] for r in (out if isinstance(out, list) else [out])]


def batch(job):
    """(class, seed, results, ...) of some documents; a worker process of its own."""
    program, ks, seed, keep = job
    out = []
    with tempfile.TemporaryDirectory() as where:
        sheets = [made(k, seed) for k in ks]
        paths = [pathlib.Path(where, f"{k:06}{s.suffix}") for k, (_, s) in zip(ks, sheets)]
        for path, (_, s) in zip(paths, sheets):
            path.write_text(s.text())
        for k, (name, s), found in zip(ks, sheets, findings(program, paths)):
            results = score(s, found)
            out.append((name, s.note.form, s.model.layout, results))
            bad = {r[0] for r in results} & {"accused", "passed", "definitions accused", "no report"}
            if keep and bad:
                path = pathlib.Path(keep, f"{min(bad).replace(' ', '-')}-{seed}-{k}{s.suffix}")
                path.write_text(s.text(True))
    return out


def slip_of(finding):
    return (finding.get("slip") or {}).get("id")


def score(s, found):
    """(result, kinds, named, written) of every line."""
    if found is None:
        return [("no report", set(), None, "")]
    by_line, out = collections.defaultdict(list), []
    for f in sorted(found, key=lambda f: (f["span"]["line"], f["span"]["column"])):
        by_line[f["span"]["line"]].append(f)
    for line, truths in s.truth.items():
        got = by_line[line]
        if len(got) != len(truths):
            out += [("apart" if t is not None else "definition apart", t or set(), None, s.lines[line - 1]) for t in truths]
            continue
        for truth, f in zip(truths, got):
            status = f["status"]
            if truth is None:
                out.append(("definitions accused" if status == "disagrees" else "defined", set(), None, s.lines[line - 1]))
            elif not truth:
                out.append(("judged" if status in RIGHT else "accused" if status == "disagrees" else "open", truth, slip_of(f), s.lines[line - 1]))
            elif status == "disagrees":
                named = slip_of(f) in truth or bool(f.get("inherited_from"))
                out.append(("named" if named else "refused", truth, slip_of(f), s.lines[line - 1]))
            else:
                out.append(("passed" if status in RIGHT else "left open", truth, None, s.lines[line - 1]))
    return out


def add(tally, results):
    tally["documents"] += 1
    for result, kinds, named, _ in results:
        tally[result] += 1
        tally["right"] += result in ("judged", "open", "accused") or result == "apart" and not kinds
        tally["wrong"] += result in ("named", "refused", "left open", "passed") or result == "apart" and bool(kinds)
        tally["refused"] += result == "named"


def table(tallies):
    print(f"{'':20}" + "".join(f"{h[:10]:>11}" for h in HEADS))
    for name, t in tallies.items():
        print(f"{name:20}" + "".join(f"{t[h]:11}" for h in HEADS))
    for name, t in tallies.items():
        if t["right"] and t["wrong"]:
            print(f"{name:20} right judged {100 * t['judged'] / t['right']:.1f} %, accused {100 * t['accused'] / t['right']:.2f} %; wrong refused "
                  f"{100 * t['refused'] / t['wrong']:.1f} %, passed {100 * t['passed'] / t['wrong']:.2f} %; named {100 * t['named'] / max(1, t['refused']):.1f} % of the refused")


def show(args, k):
    name, s = made(k, args.seed)
    with tempfile.TemporaryDirectory() as where:
        path = pathlib.Path(where, "shown" + s.suffix)
        path.write_text(s.text())
        found = findings(args.program, [path])[0] or []
    print(f"{name}; {s.model.layout}, {s.model.acts}, {s.model.loss}, cost {s.model.cost}; declared {s.declared}")
    for n, line in enumerate(s.lines, 1):
        print(line)
        for f in found:
            if f["span"]["line"] == n:
                print(f"      {f['status']} {slip_of(f) or ''} {f.get('reason') or ''}")
        if any(s.truth.get(n) or []):
            print("      PLANTED", s.truth[n])


def main():
    args = argparse.ArgumentParser()
    args.add_argument("program")
    args.add_argument("--most", type=int, default=10000)
    args.add_argument("--sample", type=int, metavar="N", help="so many of them")
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--jobs", type=int, default=2)
    args.add_argument("--keep")
    args.add_argument("--show", type=int)
    args.add_argument("--ratchet", metavar="FORM")
    args.add_argument("--write", action="store_true")
    args.add_argument("--kinds", action="store_true", help="the wrong lines by slip")
    args = args.parse_args()
    if args.show is not None:
        return show(args, args.show)
    if args.keep:
        pathlib.Path(args.keep).mkdir(parents=True, exist_ok=True)
    ks = sorted(sample.draw().sample(range(args.most), args.sample)) if args.sample else range(args.most)
    jobs = [(args.program, ks[k:k + BATCH], args.seed, args.keep) for k in range(0, len(ks), BATCH)]
    tallies, kinds = {name: collections.Counter() for name, _, _ in CLASSES}, collections.defaultdict(collections.Counter)
    finer = collections.defaultdict(collections.Counter)
    with concurrent.futures.ProcessPoolExecutor(args.jobs) as pool:
        for some in pool.map(batch, jobs):
            for name, form, layout, results in some:
                add(tallies[name], results)
                add(finer[f"{form} {layout}"], results)
                for result, slips, named, _ in results:
                    for kind in slips:
                        kinds[kind][result] += 1
    table(tallies)
    print()
    table(dict(sorted(finer.items())))
    if args.kinds:
        for kind, c in sorted(kinds.items()):
            print(f"{kind:22}", dict(c))
    trouble = ratchet.held(args.ratchet, tallies, HELD, args.write) if args.ratchet else []
    print("\n".join(trouble), end="\n" * bool(trouble))
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
