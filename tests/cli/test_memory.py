"""Every allocation of a run fails once in turn: the outcome is the right bytes, or exit 3 and a line
that says so; never a crash.

usage: test_memory.py PROGRAM FAULTS ARGUMENT... (of the run)
"""
import pathlib
import sys
import tempfile

from command import run

FAULTS, ARGS = sys.argv[2], sys.argv[3:]


def count(env, folder):
    path = pathlib.Path(folder) / "count"
    done = run(*ARGS, env={"LD_PRELOAD": FAULTS, "FAULT_CALL": "malloc", "FAULT_COUNT": str(path), **env})
    return done, int(path.read_text()) if path.exists() else 0


def main():
    right = run(*ARGS)
    with tempfile.TemporaryDirectory() as folder:
        _, calls = count({}, folder)
        assert calls > 0, "the library of faults was not loaded"
        for how in ({}, {"FAULT_FOREVER": "1"}):
            refused = 0
            for k in range(1, calls + 1, 1 if not how else 7):
                done, _ = count({"FAULT_AT": str(k), **how}, folder)
                survived = done.returncode == right.returncode and done.out == right.out
                lines = done.err.splitlines()
                said = 0 < len(lines) <= 2 and all("out of memory" in x or "Cannot allocate" in x for x in lines)
                gave_up = done.returncode == 3 and said
                assert survived or gave_up, (k, done.returncode, done.out[-300:], done.err)
                refused += gave_up
            assert refused > 0
            print(f"{calls} allocations, {refused} of those that failed ended the run with exit 3")


if __name__ == "__main__":
    main()
