"""The verdict of a line survives its spelling: documents written otherwise, and what the program says then.

    laws.py PROGRAM [FILES or --all] [--generated=N] [--laws=a,b] [--jobs=2] [--seed=1] [--part=1/N or any/N] [--worst=K] [--keep=DIR] [--ratchet=FORM [--write]]

Every law of laws.table rewrites a document so that its meaning stays. Findings are laid side by side by the lines they come
from. Counted per law: the same; `accused`, agrees before and disagrees now; `passed`, the other way round; `opened`, judged
before and undecided now; `settled`, the other way round; `apart`, findings that no longer pair up. And, where an `expect:` comment
knows the truth, right lines called wrong and wrong lines passed, whatever was said before. --part takes every N-th rewriting,
of `any` the sample that a printed seed draws.
--ratchet fails where a count is higher than in held.txt; --write writes there what was counted.
"""
import argparse
import collections
import concurrent.futures
import hashlib
import json
import pathlib
import random
import resource
import subprocess
import sys
import tempfile

import ratchet
import rewrites
from document import Document, sheets

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import sample  # noqa: E402
BATCH = 40
SORT = {"agrees": "R", "agrees-up-to-notation": "R", "disagrees": "W", "cannot-tell": "O", "cannot-read": "O", "skipped": "O"}
COUNTS = ["accused", "passed", "opened", "settled", "apart", "right accused", "wrong passed"]
HELD = ["accused", "passed", "right accused", "wrong passed", "no report"]


def fixtures():
    for folder in ("derivations/homework", "tests/golden"):
        for path in sorted((ROOT / folder).iterdir()):
            if path.suffix in (".md", ".tex", ".txt", ".ipynb"):
                yield Document.read(path)


def generated(most):
    """Documents of tests/bench/generate.py, a third each with usual letters, random ones and shapes declared, random ones."""
    sys.path.insert(0, str(ROOT / "tests/bench"))
    from generate import made
    for k in range(most):
        _, sheet = made(k, "laws")
        yield Document.of_text(f"generated-{k}", sheet.suffix, sheet.text(True))


def reports(program, texts, seed):
    """The reports of some documents, in order; None for one that ends the program."""
    with tempfile.TemporaryDirectory() as where:
        files = []
        for k, (suffix, text) in enumerate(texts):
            files.append(pathlib.Path(where) / f"{k:05}{suffix}")
            files[-1].write_text(text)
        return run(program, files, seed)


def run(program, files, seed):
    """Halved until the document that ends the program, or costs too much time, stands alone."""
    def bounded():
        most = 10 if len(files) == 1 else 4 + len(files) // 10
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
    ran = subprocess.run([program, "check", "--json", f"--seed={seed}", *files], capture_output=True, text=True,
                         stdin=subprocess.DEVNULL, preexec_fn=bounded)
    try:
        out = json.loads(ran.stdout) if ran.returncode in (0, 1, 2) else None
    except json.JSONDecodeError:
        out = None
    if out is not None:
        return out if isinstance(out, list) else [out]
    if len(files) == 1:
        return [None]
    half = len(files) // 2
    return run(program, files[:half], seed) + run(program, files[half:], seed)


def by_line(doc, report):
    """Of every line of the first document: its findings, in order."""
    origins, found = doc.origins(), collections.defaultdict(list)
    for finding in sorted(report["findings"], key=lambda f: sheets.place(f) + (f["span"]["column"],)):
        origin = origins.get(sheets.place(finding))
        if origin:
            found[origin].append(finding)
    return found


def truths(doc, found):
    """{line: ['R', 'W' or None of each finding]}, from the expectations; empty where they do not fit."""
    out, at, places = {}, 0, sorted((where, k) for where, fs in found.items() for k in range(len(fs)))
    for where in found:
        out[where] = [None] * len(found[where])
    for where, expected in sorted(doc.truth.items()):
        here = []
        while at < len(places) and places[at][0] <= where:
            here.append(places[at])
            at += 1
        if len(here) == len(expected):
            for (line, k), said in zip(here, expected):
                out[line][k] = "R" if said == "right" else SORT.get(said.split("(")[0].split("/")[0])
    return out


def compare(before, after, truth, seconds, tally, note):
    """Counts the findings of one rewriting; note(kind, finding before, finding after) for what is against the law.

    Of two lines that became one, `seconds` names the second and the first."""
    for second, first in seconds.items():
        before[first] += before.pop(second, [])
        truth[first] = truth.get(first, []) + truth.pop(second, [])
    for line, olds in before.items():
        news = after.get(line, [])
        if len(news) != len(olds):
            tally["apart"] += len(olds)
            continue
        for old, new, true in zip(olds, news, truth[line]):
            was, now = SORT.get(old["status"], "D"), SORT.get(new["status"], "D")
            kind = {"RW": "accused", "WR": "passed", "RO": "opened", "WO": "opened", "OR": "settled", "OW": "settled"}.get(was + now)
            tally["pairs"] += 1
            tally["judged"] += was in "RW"
            tally["same"] += was == now
            tally[kind] += kind is not None
            tally["right accused"] += true == "R" and now == "W"
            tally["wrong passed"] += true == "W" and now == "R"
            if kind in ("accused", "passed", "opened"):
                note(kind, old, new)


def rewritings(docs, laws, seed, part, of):
    """(law, how, document, rewritten); the same ones for the same seed, whatever other documents there are."""
    for doc in docs:
        for law in laws:
            rng = random.Random(f"{seed} {law.name} {doc.name}")
            for how, new in law.rewrite(doc, rng):
                if new.written() == doc.written() and not law.seeded:
                    continue
                key = hashlib.sha256(f"{seed} {doc.name} {law.name} {how}".encode()).digest()
                if int.from_bytes(key[:4], "big") % of == part - 1:
                    yield law, how, doc, new


def measure(program, docs, laws, args):
    part, of = args.part.split("/")
    of = int(of)
    part = sample.draw().randint(1, of) if part == "any" else int(part)
    todo = list(rewritings(docs, laws, args.seed, part, of))
    used = list({id(doc): doc for _, _, doc, _ in todo}.values())
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        def batches(texts, seed):
            parts = [texts[k:k + BATCH] for k in range(0, len(texts), BATCH)]
            return [r for some in pool.map(lambda p: reports(program, p, seed), parts) for r in some]
        first = dict(zip(map(id, used), batches([(d.suffix, d.written()) for d in used], 1)))
        after = [None] * len(todo)
        seed_of = [int(how.split()[-1]) if law.seeded else 1 for law, how, _, _ in todo]
        for seed in sorted(set(seed_of)):
            mine = [k for k in range(len(todo)) if seed_of[k] == seed]
            for k, report in zip(mine, batches([(todo[k][3].suffix, todo[k][3].written()) for k in mine], seed)):
                after[k] = report
    tallies, offences = collections.defaultdict(collections.Counter), []
    for (law, how, doc, new), report in zip(todo, after):
        tally = tallies[law.name]
        tally["documents"] += 1
        if report is None or first[id(doc)] is None:
            tally["no report"] += 1
            offences.append(("no report", law.name, how, doc, new, "", ""))
            continue
        before = by_line(doc, first[id(doc)])
        compare(before, by_line(new, report), truths(doc, before), new.seconds(), tally,
                lambda kind, old, now: offences.append((kind, law.name, how, doc, new, old, now)))
    return tallies, offences


def shown(tallies):
    heads = ["documents", "pairs", "judged", "same"] + COUNTS + ["no report"]
    print(f"{'law':18}" + "".join(f"{h:>14}" for h in heads))
    total = collections.Counter()
    for name, tally in list(tallies.items()) + [("all", total)]:
        print(f"{name:18}" + "".join(f"{tally[h]:14}" for h in heads))
        total.update(tally)
    if total["judged"]:
        print(f"opened {100 * total['opened'] / total['judged']:.2f} % of the judged")


def worst(offences, most, keep):
    crossing = sorted((o for o in offences if o[0] != "opened"), key=lambda o: len(o[4].written()))
    for n, (kind, law, how, doc, new, old, now) in enumerate(crossing[:most] if most else []):
        print(f"\n{kind}: {law} ({how}) of {doc.name}{new.suffix}, {len(new.written())} bytes")
        if old:
            print(f"  {old['written']}  ->  {now['written']}  {sheets.described(now)}  {now.get('reason') or ''}")
    for n, (kind, law, how, doc, new, old, now) in enumerate(crossing if keep else []):
        pathlib.Path(keep).mkdir(parents=True, exist_ok=True)
        name = f"{n:04}-{kind}-{law}-{doc.name}".replace(" ", "-")
        pathlib.Path(keep, name + new.suffix).write_text(new.written())
        if old:
            pathlib.Path(keep, name + ".why").write_text(f"{how}\n{old['written']}\n{now['span']['line']}: {now['written']}: {sheets.described(now)}\n")


def main():
    args = argparse.ArgumentParser()
    args.add_argument("program")
    args.add_argument("files", nargs="*", type=pathlib.Path)
    args.add_argument("--all", action="store_true", help="every fixture (also if no file is named)")
    args.add_argument("--generated", type=int, default=0, help="so many documents of the generator instead of the fixtures")
    args.add_argument("--laws", help="only these, by name, with commas")
    args.add_argument("--jobs", type=int, default=2)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--part", default="1/1", help="K/N: every N-th rewriting; any/N: by chance")
    args.add_argument("--worst", type=int, default=0, help="print the shortest offending documents")
    args.add_argument("--keep", help="write every offending document into this folder")
    args.add_argument("--ratchet", metavar="FORM", help="hold the counts to the rows of this form in held.txt")
    args.add_argument("--write", action="store_true")
    args = args.parse_args()
    docs = [Document.read(f) for f in args.files] or list(generated(args.generated)) or list(fixtures())
    laws = [law for law in rewrites.LAWS if not args.laws or law.name in args.laws.split(",")]
    tallies, offences = measure(args.program, docs, laws, args)
    shown(tallies)
    worst(offences, args.worst, args.keep)
    trouble = ratchet.held(args.ratchet, tallies, HELD, args.write) if args.ratchet else []
    print("\n".join(trouble), end="\n" if trouble else "")
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
