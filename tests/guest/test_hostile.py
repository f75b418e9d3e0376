"""Every module of hostile.py, through the command: nothing of an attack passes, and a right module is not accused.

usage: test_hostile.py PROGRAM            all of them
       test_hostile.py PROGRAM --every N  the first of every N
       test_hostile.py PROGRAM NAME       that one
"""
import concurrent.futures
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

import hostile

PROGRAM = os.path.abspath(sys.argv[1])
LIMITS = ["--limit=module-ms=4000", "--limit=module-seconds=4", "--limit=module-memory=600"]
MOST_SECONDS = 220  # compiling has 200 by the clock


def in_session(leader):
    """Processes of the session that the command led."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(stat[3]) == leader and stat[0] != "Z":
                found.append(int(entry.name))
    return found


def run(row, folder):
    (folder / "m.c").write_text(hostile.source_of(row))
    (folder / "victim").write_text("untouched")
    (folder / "secret").write_text("SECRET is 42 and no C\n")
    (folder / "tmp").mkdir()
    began = time.monotonic()
    child = subprocess.Popen([PROGRAM, "derive", "--color=never", *LIMITS, "m.c"], cwd=folder, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
                             env={**os.environ, "TMPDIR": str(folder / "tmp"), "LC_ALL": "C.UTF-8"})
    try:
        out, err = child.communicate(timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        raise AssertionError("it took for ever")
    return child, out.decode(), err.decode(), time.monotonic() - began


def check(row):
    name, _, _, comes, words, *_ = row
    with tempfile.TemporaryDirectory() as tmp:
        folder = pathlib.Path(tmp)
        child, out, err, seconds = run(row, folder)
        code, said = child.returncode, f"exit {child.returncode}, {seconds:.1f} s\n{out}{err}"
        assert code in (0, 1, 2, 3), said
        assert "FORGED" not in out.replace("\\033[2J", "") or name == "a formula that writes", said
        assert "\033" not in out + err and "SECRET is" not in out, said
        assert len(err.splitlines()) <= 1, said
        if comes == "agrees":
            assert code == 0 and "1 agrees" in out and not err, said
        elif comes == "refused":
            assert code == 1 and re.search(r"^disagrees", out, re.M), said
        elif comes == "trouble":
            assert code == 3 and err.startswith("handgrad: m.c: ") and re.search(words, err), said
        else:
            assert code != 0 and "1 agrees" not in out, said
        left = {p.name for p in folder.iterdir()}
        assert left == {"m.c", "victim", "secret", "tmp"}, (left, said)
        assert not list((folder / "tmp").iterdir()), said
        assert (folder / "victim").read_text() == "untouched" and (folder / "victim").stat().st_mode & 0o600, said
        assert not in_session(child.pid), said
    return seconds


def main(wanted):
    rows = [row for row in hostile.ROWS if not wanted or row[0] == wanted]
    if wanted.startswith("--every "):
        rows = hostile.ROWS[::int(wanted.split()[1])]
    assert rows and len({row[0] for row in rows}) == len(rows)
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for row, future in [(row, pool.submit(check, row)) for row in rows]:
            try:
                print(f"ok   {future.result():6.1f} s  {row[0]}: {row[3]}", flush=True)
            except AssertionError as why:
                bad += 1
                print(f"FAIL {row[0]} ({row[3]} {row[4]}): {why}", flush=True)
    print(f"{len(rows)} modules, {bad} got through")
    return bad != 0


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[2:])))
