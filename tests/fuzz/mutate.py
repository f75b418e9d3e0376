"""Spoiled documents: does the program end well on each?

    mutate.py PROGRAM [FILES] [--most N] [--sample N] [--seed S] [--jobs 2] [--keep DIR] [--sanitized] [--ratchet FORM [--write]]

Right sheets (or FILES) are mutated one to four times and checked in batches. Looked for: an end by a signal or an exit code that is none, a report
of a sanitizer, JSON that is none, a span outside of the document, two runs that differ, more than 5 s of processor time or 512 MB for one document. Any build of the program
serves; --sample takes N of the documents; --sanitized says that it is a slow one and that its memory means nothing. The same seed, the same documents.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import re
import resource
import subprocess
import sys
import tempfile

from mutations import MUTATIONS

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/laws")]
import ratchet  # noqa: E402
import sample  # noqa: E402

BATCH, SECONDS, MEGABYTES = 10, 5, 512
HELD = ["crash", "sanitizer", "no JSON", "span outside", "two runs differ", "slow", "large"]


def sources(files):
    if files:
        return [(f.suffix, f.read_text(errors="replace")) for f in files]
    folders = [ROOT / "derivations/homework", ROOT / "tests/golden"]
    every = [p for d in folders for p in sorted(d.iterdir()) if p.suffix in (".md", ".tex", ".txt")]
    return [(p.suffix, re.sub(r"<!-- expect:.*?-->|[%#] expect:.*", "", p.read_text())) for p in every]


def made(k, seed, all_):
    """(suffix, bytes) of the k-th document."""
    rng = random.Random(f"{seed} {k}")
    suffix, text = rng.choice(all_)
    other = rng.choice(all_)[1]
    for _ in range(rng.choice([1, 1, 2, 2, 3, 4])):
        mutation = rng.choice(MUTATIONS)
        if text:
            text = mutation(rng, text, other)
        if isinstance(text, bytes):
            return suffix, text
        if text.startswith('{"cells"'):
            return ".ipynb", text.encode("utf-8", "replace")
    return suffix, text.encode("utf-8", "replace")


def ran(program, paths, slow):
    """(exit code, standard output, errors, seconds, megabytes)"""
    most = int(SECONDS * slow * (2 if len(paths) == 1 else 1 + len(paths) / 5)) + 1
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen([program, "check", "--json", *paths], stdout=out, stderr=err, stdin=subprocess.DEVNULL,
                                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1)))
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        return child.returncode, out.read(), err.read().decode(errors="replace"), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def lines_of(path, cell):
    """The lengths of the lines of a document, or of one cell of a notebook, in bytes and signs, whichever is more; None where that is not for us to say."""
    raw = path.read_bytes()
    if b"\x00" in raw or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None
    text = raw.decode("utf-8", "replace")
    if cell:
        try:
            source = json.loads(text)["cells"][cell - 1]["source"]
            text = "".join(source) if isinstance(source, list) else source
        except (ValueError, LookupError, TypeError):
            return None
    return [len(line.encode("utf-8", "replace")) for line in re.split(r"\r\n|\n|\r", text)]


def outside(path, report):
    """A span that does not lie in the document."""
    for thing in report.get("findings", []) + report.get("notes", []):
        span = thing.get("span")
        lines = span and lines_of(path, span.get("cell"))
        if not lines:
            continue
        ends = [(span["line"], span["column"]), (span["end_line"], span["end_column"])]
        if ends[0] > ends[1] or any(not 1 <= l <= len(lines) or not 1 <= c <= lines[l - 1] + 4 for l, c in ends):
            return f"{span} of {len(lines)} lines"
    return None


def refused(code, err):
    """A document that cannot be read at all: one sentence about each such file, and the exit code that says so."""
    return code == 3 and all(line.startswith("handgrad: ") for line in err.splitlines()) and bool(err)


def troubles(program, paths, args, again=False):
    """[(path, kind, what)] of a batch: a batch that is not well is looked at one by one."""
    slow = 12 if args.sanitized else 1
    code, out, err, seconds, megabytes = ran(program, paths, slow)
    try:
        reports = json.loads(out) if code in (0, 1, 2) or refused(code, err) and out else [] if refused(code, err) else None
    except ValueError:
        reports = None
    bad = reports is None or "Sanitizer" in err or "runtime error" in err or seconds > SECONDS * slow or megabytes > MEGABYTES and not args.sanitized
    if bad and len(paths) > 1:
        return [t for p in paths for t in troubles(program, [p], args)]
    found = []
    if "Sanitizer" in err or "runtime error" in err:
        found.append((paths[0], "sanitizer", err.strip()[:300]))
    elif code in (-24, -9) or seconds > SECONDS * slow:
        found.append((paths[0], "slow", f"{seconds:.1f} s"))
    elif code not in (0, 1, 2) and not refused(code, err):
        found.append((paths[0], "crash", f"exit {code} {err.strip()[-200:]}"))
    elif reports is None or len(reports if isinstance(reports, list) else [reports]) != len(paths):
        found.append((paths[0], "no JSON", out[-200:].decode(errors="replace")))
    if megabytes > MEGABYTES and not args.sanitized and len(paths) == 1:
        found.append((paths[0], "large", f"{megabytes:.0f} MB"))
    reports = reports if isinstance(reports, list) else [reports] * (reports is not None)
    at = {str(path): path for path in paths}
    for report in reports:
        path = at[report["source"]["path"]]
        why = outside(path, report)
        if why:
            found.append((path, "span outside", why))
    if again and not found and ran(program, paths, slow)[1] != out:
        found.append((paths[0], "two runs differ", ""))
    return found


def batch(job):
    program, ks, args, all_ = job
    with tempfile.TemporaryDirectory() as where:
        paths = []
        for k in ks:
            suffix, raw = made(k, args.seed, all_)
            paths.append(pathlib.Path(where, f"{k:06}{suffix}"))
            paths[-1].write_bytes(raw)
        found = troubles(program, paths, args, again=ks[0] % 8 == 0)
        out = []
        for path, kind, what in found:
            raw = path.read_bytes()
            out.append((kind, path.name, len(raw), what))
            if args.keep:
                pathlib.Path(args.keep, f"{kind.replace(' ', '-')}-{args.seed}-{path.name}").write_bytes(raw)
        return out


def main():
    args = argparse.ArgumentParser()
    args.add_argument("program")
    args.add_argument("files", nargs="*", type=pathlib.Path)
    args.add_argument("--most", type=int, default=2000)
    args.add_argument("--sample", type=int, metavar="N", help="so many of them")
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--jobs", type=int, default=2)
    args.add_argument("--keep")
    args.add_argument("--sanitized", action="store_true")
    args.add_argument("--ratchet", metavar="FORM")
    args.add_argument("--write", action="store_true")
    args = args.parse_args()
    if args.keep:
        pathlib.Path(args.keep).mkdir(parents=True, exist_ok=True)
    all_ = sources(args.files)
    ks = sorted(sample.draw().sample(range(args.most), args.sample)) if args.sample else range(args.most)
    jobs = [(args.program, ks[k:k + BATCH], args, all_) for k in range(0, len(ks), BATCH)]
    tally = collections.Counter()
    with concurrent.futures.ProcessPoolExecutor(args.jobs) as pool:
        for found in pool.map(batch, jobs):
            for kind, name, size, what in found:
                tally[kind] += 1
                print(f"{kind}: {name}, {size} bytes: {what}")
    print(f"{len(ks)} documents, seed {args.seed}: " + (", ".join(f"{n} {kind}" for kind, n in tally.items()) or "all well"))
    trouble = ratchet.held(args.ratchet, {"all": tally}, HELD, args.write) if args.ratchet else []
    print("\n".join(trouble), end="\n" * bool(trouble))
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
