"""The Debian package: built of this build, unpacked into a root of its own, it has what it says, depends on what it uses, and the
program in it runs.

usage: test_deb.py DEB.SH BUILD
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

SCRIPT, BUILD = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
NEEDED = ["meson", "dpkg-deb", "dpkg-shlibdeps", "dpkg-architecture", "strip"]
HOLDS = ["usr/bin/handgrad", "usr/include/handgrad.h", "usr/include/handgrad-document.h", "usr/share/man/man1/handgrad.1.gz",
         "usr/share/man/man3/handgrad.3.gz", "usr/share/handgrad/report.schema.json", "usr/share/bash-completion/completions/handgrad",
         "usr/share/zsh/vendor-completions/_handgrad", "usr/share/fish/vendor_completions.d/handgrad.fish", "usr/share/doc/handgrad/copyright"]


def ran(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    assert done.returncode == 0, (command, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


missing = [tool for tool in NEEDED if not shutil.which(tool)]
if missing:
    print("no", *missing)
    sys.exit(77)
with tempfile.TemporaryDirectory() as tmp:
    here = pathlib.Path(tmp)
    deb = pathlib.Path(ran("sh", SCRIPT, BUILD, here).strip())
    assert deb.name.startswith("handgrad_") and deb.stat().st_size < 4 << 20, deb
    depends = ran("dpkg-deb", "--field", deb, "Depends")
    for library in ("libc6", "libgsl27", "libjansson4", "libmd4c0", "libmd0", "libutf8proc2"):
        assert library in depends, depends
    assert "libxml" not in depends
    root = here / "root"
    ran("dpkg-deb", "--extract", deb, root)
    for path in HOLDS:
        assert (root / path).is_file(), path
    owners = {line.split()[1] for line in ran("dpkg-deb", "--contents", deb).splitlines()}
    assert owners == {"root/root"}, owners
    libraries = next((root / "usr/lib").glob("*/libhandgrad.so.*")).parent
    assert {"libhandgrad.a", "libhandgrad.so", "libhandgrad-document.so"} <= {p.name for p in libraries.iterdir()}
    assert all("/usr/local" not in p.read_text() for p in libraries.glob("pkgconfig/*.pc"))
    assert ran(root / "usr/bin/handgrad", "--version").startswith("handgrad ")
    print(deb.name, deb.stat().st_size, "bytes; depends on", depends.strip())
