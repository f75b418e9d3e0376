"""A homework sheet carries its expected findings beside its lines; this compares them with what the program says.

`expect: STATUS[(slip)] ...` in a comment covers, in order, the findings since the comment before it. Sheets in
which a line is expected that is not found, or a finding stands that nobody expects, fail. `right` stands for
agrees with or without a convention named, `open` for an honest cannot-tell, cannot-read or skipped.

usage: sheets.py PROGRAM SHEET... [--seeds=8] [--sample=N]: with every seed from 1 on the same findings; with N of them.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import sample  # noqa: E402

EXPECT = re.compile(r"(?:<!--|%|#)\s*expect:\s*(.*?)\s*(?:-->|$)")


def texts(path):
    """(cell, lines): cell 0 for a plain file, the 1-based cells of a notebook otherwise."""
    if path.suffix != ".ipynb":
        return [(0, path.read_text().splitlines())]
    cells = json.loads(path.read_text())["cells"]
    return [(n, "".join(c["source"]).splitlines()) for n, c in enumerate(cells, 1)]


def expectations(path):
    for cell, lines in texts(path):
        for number, line in enumerate(lines, 1):
            found = EXPECT.search(line)
            if found:
                yield (cell, number), found[1].split()


def described(finding):
    slip = finding.get("slip")
    text = finding["status"] + (f"({slip['id']})" if slip else "")
    return text + ("/inherited" if finding.get("inherited_from") else "")


ALIKE = {"right": {"agrees", "agrees-up-to-notation"}, "open": {"cannot-tell", "cannot-read", "skipped"}}


def matches(expected, got):
    bare = got.split("(")[0]
    return expected == got or expected == bare or bare in ALIKE.get(expected, ())


def place(finding):
    return finding["span"].get("cell") or 0, finding["span"]["line"]


def check(program, paths, seed):
    ran = subprocess.run([program, "check", "--json", f"--seed={seed}", *paths], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if ran.returncode not in (0, 1, 2):
        return [f"exit {ran.returncode}: {ran.stderr.strip()}"]
    reports = json.loads(ran.stdout)
    reports = reports if isinstance(reports, list) else [reports]
    assert len(reports) == len(paths), (len(reports), len(paths))
    return [line for path, report in zip(paths, reports) for line in compare(path, report)]


def compare(path, report):
    findings = sorted(report["findings"], key=place)
    wrong, at = [], 0
    for where, expected in expectations(path):
        here = []
        while at < len(findings) and place(findings[at]) <= where:
            here.append(findings[at])
            at += 1
        got = [described(f) for f in here]
        if len(got) != len(expected) or not all(map(matches, expected, got)):
            wrong.append(f"{path.name}:{where[1]}: expected {' '.join(expected)}, found {' '.join(got) or 'nothing'}")
            wrong += [f"    {f['written']}  ->  {described(f)}  {f.get('reason') or ''}" for f in here]
    wrong += [f"{path.name}:{place(f)[1]}: nobody expects {described(f)}: {f['written']}" for f in findings[at:]]
    return wrong


def main():
    args = argparse.ArgumentParser()
    args.add_argument("program")
    args.add_argument("sheets", nargs="+", type=pathlib.Path)
    args.add_argument("--seeds", type=int, default=1)
    args.add_argument("--sample", type=int, metavar="N", help="N of the seeds")
    args = args.parse_args()
    seeds = range(1, args.seeds + 1)
    if args.sample:
        seeds = sorted(sample.draw().sample(seeds, args.sample))
    trouble = [f"seed {seed}: {line}" for seed in seeds for line in check(args.program, args.sheets, seed)]
    print("\n".join(trouble) or "as expected")
    return bool(trouble)


if __name__ == "__main__":
    sys.exit(main())
