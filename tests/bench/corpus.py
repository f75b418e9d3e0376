"""Scores reading and judging on documents: corpus.py HANDGRAD [--list STATUS] DOCUMENT-OR-FOLDER...

For each document and in total, of all statements and of those with a derivative in them: how many were read, bound
(their values were computed, or they define something), judged (agrees, up to notation, or disagrees), and each status.
With --list every finding of that status is printed with its place, to be gone through by hand.
"""
import json
import pathlib
import re
import subprocess
import sys
import time

STATUSES = ["agrees", "agrees-up-to-notation", "disagrees", "cannot-read", "cannot-tell", "defined", "skipped"]
JUDGED = set(STATUSES[:3])
ENDINGS = {".md", ".markdown", ".tex", ".rst", ".ipynb", ".txt"}
DERIVATIVE = re.compile(r"""\\partial | ∂ | \\nabla | ∇ | \\Delta\b
    | \\d?frac\s*\{\s*(\\mathrm\s*)?(\{d\}|d|\\delta)(?![a-z]{3}) | \\delta | δ     # dL over dW, delta_l
    | (^|[^a-zA-Z\\])d[A-Za-z](?![a-z]{2})                                          # dW, dz_2
    | \\sigma' | '\s*\( | '\} | \\prime""", re.VERBOSE)


def documents(arguments):
    for path in map(pathlib.Path, arguments):
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.suffix in ENDINGS and p.name != "INDEX.md")
        else:
            yield path


def check(handgrad, path):
    start = time.monotonic()
    run = subprocess.run([handgrad, "check", "--json", "--exit-zero", str(path)], capture_output=True, timeout=300)
    seconds = time.monotonic() - start
    try:
        report = json.loads(run.stdout)
    except ValueError:
        sys.exit(f"{path}: no report (exit code {run.returncode}): {run.stderr.decode(errors='replace')[:500]}")
    return report[0] if isinstance(report, list) else report, seconds


def score(findings):
    row = {"all": len(findings), "read": 0, "bound": 0, "judged": 0, **dict.fromkeys(STATUSES, 0)}
    for f in findings:
        row[f["status"]] += 1
        row["read"] += f["status"] != "cannot-read"
        row["judged"] += f["status"] in JUDGED
        row["bound"] += f["status"] in JUDGED or f["status"] == "defined" or bool(f.get("evidence"))
    return row


def with_derivative(findings):
    return [f for f in findings if DERIVATIVE.search(" ".join(str(f.get(k) or "") for k in ("written", "of")))]


def print_row(name, row, seconds=None):
    cells = [f"{row[k]:5d}" for k in ("all", "read", "bound", "judged", *STATUSES)]
    print(f"{name[:44]:44s}", *cells, "" if seconds is None else f"{seconds:7.3f} s")


def add(total, row):
    for key, value in row.items():
        total[key] = total.get(key, 0) + value


def main(arguments):
    listed = None
    if "--list" in arguments:
        at = arguments.index("--list")
        listed = arguments[at + 1]
        del arguments[at:at + 2]
    if len(arguments) < 2:
        sys.exit(__doc__)
    everything, derivatives = {}, {}
    print(f"{'statements with a derivative':44s}", *(f"{k[:5]:>5s}" for k in ("all", "read", "bound", "judged")),
          *(f"{k:>5s}" for k in ("agree", "notat", "disag", "unrd", "unsure", "defin", "skip")))
    for path in documents(arguments[1:]):
        report, seconds = check(arguments[0], path)
        row = score(with_derivative(report["findings"]))
        add(everything, score(report["findings"]))
        add(derivatives, row)
        print_row(path.name, row, seconds)
        for f in report["findings"]:
            if f["status"] == listed:
                span = f["span"]
                print(f"    {span['line']}:{span['column']} [{f['id']}] {f['written']}")
                for key in ("of", "reads", "reason"):
                    if f.get(key):
                        print(f"        {key}: {f[key]}")
    print_row("TOTAL, with a derivative", derivatives)
    print_row("TOTAL, all statements", everything)
    if derivatives.get("all"):
        share = {k: 100 * derivatives[k] / derivatives["all"] for k in ("read", "bound", "judged")}
        print("of those with a derivative:", ", ".join(f"{k} {v:.1f} %" for k, v in share.items()))


if __name__ == "__main__":
    main(sys.argv[1:])
