"""The static program: below 4 MB, no loader, no library, and it runs where there is nothing else: in an empty root.

usage: test_static.py HANDGRAD SHEET
"""
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile

PROGRAM, SHEET = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
MOST = 4 << 20
PT_DYNAMIC, PT_INTERP = 2, 3
CHROOT = shutil.which("chroot", path="/usr/sbin:/usr/bin:/sbin:/bin")


def segments(elf):
    assert elf[:5] == b"\x7fELF\x02", "an ELF file of 64 bits"
    offset, = struct.unpack_from("<Q", elf, 32)
    size, n = struct.unpack_from("<HH", elf, 54)
    return {struct.unpack_from("<I", elf, offset + k * size)[0] for k in range(n)}


def in_root(root, *command):
    """In a root of its own: as root by chroot, else in a user namespace."""
    way = [CHROOT, root] if os.geteuid() == 0 else [shutil.which("unshare"), "-r", CHROOT, root]
    return subprocess.run([*way, *command], capture_output=True, text=True, env={}, stdin=subprocess.DEVNULL)


with tempfile.TemporaryDirectory() as root:
    stripped = pathlib.Path(root) / "handgrad"
    subprocess.run(["strip", "-o", stripped, PROGRAM], check=True)
    kinds = segments(stripped.read_bytes())
    assert not kinds & {PT_INTERP, PT_DYNAMIC}, "asks for a loader"
    print("stripped:", stripped.stat().st_size, "bytes")
    assert stripped.stat().st_size < MOST
    if os.geteuid() and subprocess.run(["unshare", "-r", "true"], capture_output=True).returncode:
        print("nobody may have a root of one's own here")
        sys.exit(77)
    shutil.copy(SHEET, root)
    assert len(list(pathlib.Path(root).iterdir())) == 2, "an empty root"
    done = in_root(root, "/handgrad", "check", "--json=r.json", "--html=r.html", "--junit=r.xml", "/" + SHEET.name)
    assert done.returncode == 1 and not done.stderr, done
    here = subprocess.run([PROGRAM, "check", SHEET.name], cwd=SHEET.parent, capture_output=True, text=True)
    there = in_root(root, "/handgrad", "check", SHEET.name)
    assert there.stdout == here.stdout and "disagrees" in there.stdout, (there, here)
    assert all((pathlib.Path(root) / f"r.{end}").stat().st_size for end in ("json", "html", "xml"))
    assert in_root(root, "/handgrad", "explain", "sign").stdout.startswith("sign: ")
    assert in_root(root, "/handgrad", "derive", "sigmoid").returncode == 0
