"""Installs the build into a folder of its own, builds the small project beside this file against that copy with make
and pkg-config, and runs it: once right, once wrong. consumer.py BUILD_DIR MESON"""

import os
import pathlib
import shutil
import subprocess
import sys

SKIP = 77


def run(command, env, **rest):
    return subprocess.run(command, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **rest)


def must(done):
    if done.returncode:
        sys.exit(f"{done.args}: {done.returncode}\n{done.stdout}")
    return done.stdout


def main(build, meson):
    if not all(shutil.which(tool) for tool in ("make", "pkg-config", "cc")):
        print("make, pkg-config or cc is missing")
        return SKIP
    here, build = pathlib.Path(__file__).parent, pathlib.Path(build)
    stage = build / "consumer"
    shutil.rmtree(stage, ignore_errors=True)
    env = dict(os.environ, LC_ALL="C")
    must(run([meson, "install", "-C", str(build), "--no-rebuild", "--destdir", str(stage / "root")], env))
    found = next((stage / "root").rglob("handgrad.pc"))
    env["PKG_CONFIG_PATH"] = str(found.parent)
    prefix = subprocess.check_output(["pkg-config", "--variable=prefix", "handgrad"], env=env, text=True).strip()
    env["PKG_CONFIG"] = f"pkg-config --define-variable=prefix={stage / 'root'}{prefix}"
    env["LD_LIBRARY_PATH"] = str(found.parent.parent)
    version = must(run([*env["PKG_CONFIG"].split(), "--modversion", "handgrad"], env)).strip()
    flags = must(run([*env["PKG_CONFIG"].split(), "--cflags", "--libs", "handgrad"], env))
    if str(stage) not in flags or "-lgsl" not in flags:
        sys.exit(f"pkg-config does not lead to the installed copy: {flags}")
    shutil.copytree(here, stage / "project")

    must(run(["make", "-C", str(stage / "project")], env))
    right = run([str(stage / "project" / "test_softmax")], env)
    if right.returncode:
        sys.exit(f"the right gradient failed:\n{right.stdout}")

    must(run(["make", "-C", str(stage / "project"), "-B", "EXTRA=-DWRONG"], env))
    wrong = run([str(stage / "project" / "test_softmax")], env)
    if wrong.returncode != 1:
        sys.exit(f"the wrong gradient ended with {wrong.returncode}:\n{wrong.stdout}")
    for line in ("disagrees: &gradient is not what differentiation gives", "--> &gradient: 1 of 12 entries", "yours  ", "numerical  ", "worst at  Z["):
        if line not in wrong.stdout:
            sys.exit(f"'{line}' is missing in the message:\n{wrong.stdout}")
    print(f"handgrad {version}, installed, is found and asserts\n{wrong.stdout}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
