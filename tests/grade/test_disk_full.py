"""A disk that is full in the middle of a class: one sentence, whole files or none, and a second run that goes on from there.

The disk is a small file system of memory in a mount namespace of its own; where there can be none, the test is skipped.

usage: test_disk_full.py PROGRAM
"""
import os
import pathlib
import subprocess
import sys
import tempfile

import make_class

PROGRAM = os.path.abspath(sys.argv[1])
STUDENTS, SKIPPED, ENOUGH = 6, 77, "64m"
HERE = 'mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && '
SCRIPT = HERE + '''
"$@"; echo "first $?"
cp -r "$DISK/out" "$KEPT/first" 2>/dev/null
mount -o remount,size=''' + ENOUGH + ''' "$DISK"
"$@"; echo "second $?"
cp -r "$DISK/out" "$KEPT/second"
'''


def on_a_disk(size, here, *command):
    """Runs it there, gives it room, runs it again; what lay in out/ after each is kept in here/first and here/second."""
    disk = here / "disk"
    disk.mkdir()
    return subprocess.run(["unshare", "-rm", "sh", "-c", SCRIPT, "sh", size, disk, *command], capture_output=True, text=True,
                          env={**os.environ, "DISK": str(disk), "KEPT": str(here)})


def can_mount(here):
    try:
        trial = subprocess.run(["unshare", "-rm", "sh", "-c", HERE + "true", "sh", "64k", here], capture_output=True)
    except FileNotFoundError:
        return False
    return trial.returncode == 0


def files(out):
    return {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file() and p.name != ".lock"}


def whole(first, reference):
    """Every file but the journal, whose last line may be cut off, is as it should be or not there."""
    for name, content in first.items():
        assert not name.endswith((".tmp", "~")), name
        assert name == "journal.jsonl" or content == reference[name], f"{name} is broken"


def check(size, room, folder, reference):
    with tempfile.TemporaryDirectory() as where:
        here = pathlib.Path(where)
        done = on_a_disk(size, here, PROGRAM, "grade", folder / "in", f"--assignment={folder / 'hw.md'}",
                         f"--out={here / 'disk' / 'out'}", "--jobs=2")
        first, second = (int(line.split()[1]) for line in done.stdout.splitlines() if line.startswith(("first", "second")))
        assert first == (1 if room else 3), (size, first, done.stderr)
        assert second == 1, (size, second, done.stderr)
        assert room or (done.stderr.count("No space left on device") == 1 and len(done.stderr.splitlines()) == 1), done.stderr
        if (here / "first").exists():
            whole(files(here / "first"), reference)
        assert files(here / "second") == reference, size


def main():
    with tempfile.TemporaryDirectory() as where:
        folder = pathlib.Path(where)
        (folder / "mount").mkdir()
        if not can_mount(folder / "mount"):
            print("skipped: no file system can be mounted here")
            return SKIPPED
        make_class.main(folder, STUDENTS)
        out = folder / "reference"
        subprocess.run([PROGRAM, "grade", folder / "in", f"--assignment={folder / 'hw.md'}", f"--out={out}"],
                       capture_output=True)
        reference = files(out)
        needed = sum(-(-len(content) // 4096) * 4 for content in reference.values())
        for part in range(1, 8):
            size = max(4, needed * part // 8)
            check(f"{size}k", False, folder, reference)
        check(ENOUGH, True, folder, reference)
        print(f"ok: {needed} kB needed, seven smaller disks")
    return 0


if __name__ == "__main__":
    sys.exit(main())
