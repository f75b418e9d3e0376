"""How long does it take to name a slip? Processor seconds of whole runs, the least of several, so that other work does not count.

    slips_time.py HANDGRAD [--seed S]

For a wrong gradient of every kind in every network: a sheet with it, beside the same sheet with the right line in its place.
What the two differ by is the diagnosis; the bar is 50 ms for any. Then sheets of 100 wrong lines and nothing right among
them but the forward pass, and others with ten right ones: the bar is 3 s. Ratios to the right sheet in the same run tell
machines apart.
"""
import argparse
import os
import pathlib
import random
import statistics
import sys
import tempfile

import mutants
from crowded import families, write
from sources import sheet

RUNS = 5


def seconds(program, path):
    """Processor time of one whole process, the least of several."""
    least = float("inf")
    for _ in range(RUNS):
        pid = os.posix_spawn(program, [program, "check", "--json", str(path)], os.environ,
                             file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
        _, status, usage = os.wait4(pid, 0)
        assert os.waitstatus_to_exitcode(status) in (0, 1, 2)
        least = min(least, usage.ru_utime + usage.ru_stime)
    return least


def one_wrong(rng, all_of):
    """(network, kind, sheet with one wrong line, the same with the right one), one of every kind for every network."""
    for network in sorted({name for name, _ in all_of}):
        of_kind = {}
        for key in sorted(all_of):
            if key[0] == network:
                for source in all_of[key]:
                    for m in mutants.mutants_of(source):
                        of_kind.setdefault(min(m.kinds), []).append((m, source))
        for kind in sorted(of_kind):
            m, source = rng.choice(of_kind[kind])
            yield network, kind, m.text, source.document(write(source))[0]


def hundred(rng, of, right):
    wrong = rng.sample([m for s in of for m in mutants.mutants_of(s)], 100)
    lines = [m.wrong for m in wrong] + [write(s) for s in rng.choices(of, k=right)]
    rng.shuffle(lines)
    return sheet(of[0].notation, of[0].head, [], lines[1:])(lines[0])[0]


def main():
    args = argparse.ArgumentParser()
    args.add_argument("program")
    args.add_argument("--seed", type=int, default=5)
    args = args.parse_args()
    rng, all_of = random.Random(args.seed), families()
    with tempfile.TemporaryDirectory() as where:
        path = pathlib.Path(where) / "sheet.md"

        def timed(text):
            path.write_text(text)
            return seconds(args.program, path)

        taken, right = [], []
        for network, kind, wrong, good in one_wrong(rng, all_of):
            right.append(timed(good))
            taken.append((timed(wrong) - right[-1], network, kind))
        taken.sort()
        base = statistics.median(right)
        print(f"one right sheet: {1e3 * base:.1f} ms")
        median = statistics.median(t for t, _, _ in taken)
        worst, network, kind = taken[-1]
        print(f"diagnosis of one wrong gradient, {len(taken)} of them: median {1e3 * median:.1f} ms, worst {1e3 * worst:.1f} ms "
              f"({network}, {kind}), {worst / base:.1f} times the right sheet")
        slowest = 0.0
        for key in sorted(all_of):
            if sum(1 for s in all_of[key] for _ in mutants.mutants_of(s)) < 100:
                continue
            for good in (0, 10):
                slowest = max(slowest, timed(hundred(rng, all_of[key], good)))
        print(f"a document of 100 wrong lines: at most {slowest:.2f} s, {slowest / base:.1f} times the right sheet")
    return 0 if worst <= 0.05 and slowest <= 3 else 1


if __name__ == "__main__":
    sys.exit(main())
