"""A newcomer's path: installs a build into a folder of its own and uses that copy as a project of somebody else would.

usage: adopt.py BUILD SOURCE_ROOT MESON          of the build there is
       adopt.py --alone SOURCE_ROOT MESON        of the library built alone, with nothing beyond GSL
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

SKIP = 77
BUILD, ROOT, MESON = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), sys.argv[3]
ENV = dict(os.environ, LC_ALL="C.UTF-8")


def run(*command, **rest):
    return subprocess.run([str(c) for c in command], env=ENV, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **rest)


def must(*command, **rest):
    done = run(*command, **rest)
    if done.returncode:
        sys.exit(f"{done.args}: {done.returncode}\n{done.stdout}")
    return done.stdout


def install(stage):
    """Installs; the environment then leads pkg-config and the loader to the copy."""
    build = BUILD
    if build == "--alone":
        build = stage / "build"
        must(MESON, "setup", build, ROOT, "-Dauto_features=disabled", "--prefix=/usr")
        must(MESON, "compile", "-C", build)
    must(MESON, "install", "-C", build, "--no-rebuild", "--destdir", stage / "root")
    found = next((stage / "root").rglob("handgrad.pc"))
    ENV["PKG_CONFIG_PATH"] = str(found.parent)
    prefix = must("pkg-config", "--variable=prefix", "handgrad").strip()
    here = stage / "pkg-config"
    here.write_text(f'#!/bin/sh\nexec pkg-config --define-variable=prefix={stage / "root"}{prefix} "$@"\n')
    here.chmod(0o755)
    ENV["PKG_CONFIG"] = str(here)
    ENV["LD_LIBRARY_PATH"] = str(found.parent.parent)
    return stage / "root" / prefix.lstrip("/"), found.parent.parent


def flags(*names):
    return must(ENV["PKG_CONFIG"], "--cflags", "--libs", *names).split()


def version():
    return re.search(r"version : '([\d.]+)'", (ROOT / "meson.build").read_text())[1]


def the_example_passes_and_fails(stage, prefix):
    shutil.copytree(prefix / "share/doc/handgrad/example", stage / "example")
    must("make", "-C", stage / "example", "check")
    run("make", "-C", stage / "example", "clean")
    must("make", "-C", stage / "example", "EXTRA=-DWRONG")
    wrong = run(stage / "example/test_gradients")
    if wrong.returncode != 1:
        sys.exit(f"the wrong gradient ended with {wrong.returncode}:\n{wrong.stdout}")
    for line in ("disagrees: &gradient is not what differentiation gives", "--> &gradient: 1 of 12 entries", "yours  ",
                 "numerical  ", "worst at  Z[", "50%: Checks: 2, Failures: 1"):
        assert line in wrong.stdout, f"'{line}' is missing in the message:\n{wrong.stdout}"
    must(MESON, "setup", stage / "example/build", stage / "example")
    must(MESON, "test", "-C", stage / "example/build")


def first_check():
    """The example of the manual page, as it is printed."""
    page = (ROOT / "src/handgrad.3").read_text()
    text = re.search(r"^\.Ss A first check\n.*?^\.Bd -literal\n(.*?)^\.Ed", page, re.M | re.S)[1]
    return text.replace("\\e", "\\")


def the_first_check_of_the_manual_passes_and_fails(stage, prefix):
    text = first_check()
    own = [line for line in text.splitlines() if line.strip() and not line.startswith(("#include", "{", "}"))]
    assert len(own) <= 10, f"{len(own)} lines"
    for right in (True, False):
        (stage / "first.c").write_text(text if right else text.replace("2 * x[0] * x[1]", "x[0] * x[1]"))
        must("cc", "-std=c11", "-Wall", "-Wextra", "-pedantic", "-Werror", stage / "first.c", "-o", stage / "first",
             *flags("handgrad", "check"))
        done = run(stage / "first")
        assert done.returncode == (0 if right else 1), done.stdout
        assert right or "disagrees: df" in done.stdout and "yours / numerical = 0.5" in done.stdout, done.stdout


def the_library_needs_gsl_alone(stage, prefix):
    needed = re.findall(r"NEEDED.*\[(.*?)\]", must("readelf", "-d", next(prefix.rglob("libhandgrad.so"))))
    assert {re.sub(r"\.so.*", "", n) for n in needed} <= {"libgsl", "libgslcblas", "libm", "libc", "ld-linux-x86-64"}, needed
    if BUILD == "--alone":
        names = {p.name for p in (prefix / "share").rglob("*") if p.is_file()} | {p.name for p in (prefix / "bin").rglob("*")}
        assert names <= {"handgrad.3", "Makefile", "meson.build", "test_gradients.c"}, names


def header():
    """The two that declare; the others are code."""
    return (ROOT / "src/handgrad.h").read_text() + (ROOT / "src/handgrad-outputs.h").read_text()


def declared():
    return set(re.findall(r"HG_API [\w ]+?\*?(hg_\w+)\(", header()))


def the_symbols_are_those_of_the_header_and_of_the_list(stage, prefix):
    shared = must("nm", "-D", "--defined-only", next(prefix.rglob("libhandgrad.so")))
    exported = {line.split()[-1] for line in shared.splitlines()}
    listed = dict(line.split() for line in (ROOT / "tests/library/symbols.txt").read_text().splitlines() if line[:1] != "#")
    assert exported == declared() == set(listed), (exported ^ set(listed), declared() ^ set(listed))
    number = lambda text: [int(n) for n in text.split(".")]
    assert all(number(since) <= number(version()) for since in listed.values()), listed
    static = must("nm", "-g", "--defined-only", next(prefix.rglob("libhandgrad.a")))
    foreign = [n for n in re.findall(r" [A-Z] (\w+)$", static, re.M) if not n.startswith("hg_")]
    assert not foreign, foreign


def the_version_is_one(stage, prefix):
    want = version()
    assert must("pkg-config", "--modversion", "handgrad").strip() == want
    (stage / "v.c").write_text("#include <handgrad.h>\n#include <stdio.h>\nint main(void) { printf(\"%d.%d.%d %s\\n\", "
                               "HANDGRAD_VERSION_MAJOR, HANDGRAD_VERSION_MINOR, HANDGRAD_VERSION_PATCH, hg_version()); }\n")
    must("cc", stage / "v.c", "-o", stage / "v", *flags("handgrad"))
    assert must(stage / "v").split() == [want, want]
    soname = re.search(r"SONAME.*\[(.*?)\]", must("readelf", "-d", next(prefix.rglob("libhandgrad.so"))))[1]
    assert soname == "libhandgrad.so." + ".".join(want.split(".")[:2] if want.startswith("0.") else want.split(".")[:1]), soname


def the_manual_names_what_there_is(stage, prefix):
    page = (ROOT / "src/handgrad.3").read_text()
    adapters = set(re.findall(r"^static inline hg_status (hg_adapt_\w+)\(", (ROOT / "src/handgrad-gsl.h").read_text(), re.M))
    asserts = {a for a in re.findall(r"#define (hg_ck_assert_\w+)\(", (ROOT / "src/handgrad-check.h").read_text())
               if not a.endswith("_as")}
    words = set(re.findall(r"\w+", page))
    assert len(adapters) >= 5 and len(asserts) >= 7
    assert declared() | adapters | asserts <= words, (declared() | adapters | asserts) - words
    for name in ("status", "outcome", "class", "reason"):
        codes = set(re.findall(r"\bHG_[A-Z_]+\b", re.search(rf"typedef enum hg_{name} {{(.*?)}} hg_{name};", header(), re.S)[1]))
        assert codes and codes <= words, codes - words
    named = {w for w in words if re.match(r"HG_[A-Z]|hg_[a-z]", w)} - {"hg_derivation"}
    known = set(re.findall(r"\w+", header())) | adapters | asserts
    assert named <= known, named - known
    if shutil.which("mandoc"):
        lint = run("mandoc", "-T", "lint", "-W", "warning", ROOT / "src/handgrad.3").stdout
        assert not lint, lint


def main():
    missing = [tool for tool in ("make", "pkg-config", "cc", "nm", "readelf") if not shutil.which(tool)]
    if missing or subprocess.run(["pkg-config", "--exists", "check"]).returncode:
        print("missing:", *missing, "or Check")
        return SKIP
    with tempfile.TemporaryDirectory() as tmp:
        stage = pathlib.Path(tmp)
        began = time.monotonic()
        prefix, _ = install(stage)
        installed = time.monotonic()
        the_first_check_of_the_manual_passes_and_fails(stage, prefix)
        print(f"{'built and ' if BUILD == '--alone' else ''}installed in {installed - began:.2f} s; from there to a passing and a failing assertion: "
              f"{time.monotonic() - installed:.2f} s")
        for test in (the_example_passes_and_fails, the_library_needs_gsl_alone, the_version_is_one,
                     the_symbols_are_those_of_the_header_and_of_the_list, the_manual_names_what_there_is):
            test(stage, prefix)
            print("ok", test.__name__, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
