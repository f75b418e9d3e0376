"""Choices change nothing by being said: what the report of a sheet says was understood, taken, gives the same verdicts. And
none accuses in silence: a line that is called wrong because of what was taken says so."""
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor


def report_of(program, sheet, takes=()):
    run = subprocess.run([program, "check", sheet, "--json=-", *(f"--take={t}" for t in takes)], capture_output=True, text=True)
    assert run.returncode < 3, run.stderr
    return json.loads(run.stdout)


def values(program):
    listed = subprocess.run([program, "list", "choices"], capture_output=True, text=True, check=True).stdout
    return [line.split()[0] for line in listed.splitlines()]


def compared(a, b):
    return zip(a["findings"], b["findings"], strict=True)


def faults(program, sheet, every):
    plain = report_of(program, sheet)
    understood = [f"{c['id']}={c['value']}" for c in (plain["model"] or {"choices": []})["choices"]]
    if understood:
        for before, after in compared(plain, report_of(program, sheet, understood)):
            said = (before["status"], after["status"]) == ("agrees-up-to-notation", "agrees")  # the convention is said now
            if before["status"] != after["status"] and not said:
                yield f"{sheet}: {before['written']}: {before['status']}, and {after['status']} with {' '.join(understood)}"
    open_to_others = {t.split("=")[0] for t in understood} | ({f["reason_id"] for f in plain["findings"]} & {t.split("=")[0] for t in every})
    for take in every:
        if take in understood or take.split("=")[0] not in open_to_others:
            continue
        for before, after in compared(plain, report_of(program, sheet, [take])):
            loud = any("called wrong by what was taken" in note for note in after["notes"])
            if after["status"] == "disagrees" and before["status"] != "disagrees" and not loud:
                yield f"{sheet}: {before['written']}: {before['status']}, and wrong without a word with {take}"


if __name__ == "__main__":
    program, sheets = sys.argv[1], sys.argv[2:]
    every = values(program)
    with ThreadPoolExecutor(2) as pool:
        bad = [fault for found in pool.map(lambda sheet: list(faults(program, sheet, every)), sheets) for fault in found]
    print("\n".join(bad) or f"{len(sheets)} sheets mean what they are understood to mean")
    sys.exit(bool(bad))
