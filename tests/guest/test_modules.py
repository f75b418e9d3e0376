"""Modules of one's own through the command: the same verdicts as when they are built in, one clear line for what cannot be
judged, limits that hold.

usage: test_modules.py PROGRAM SOURCE_ROOT
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import hostile

PROGRAM, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])


def derive(*args, cwd=None, **env):
    return subprocess.run([PROGRAM, "derive", "--color=never", *map(str, args)], cwd=cwd, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8", **env})


def module(**parts):
    """The module of hostile.py without an attack: right, unless a part says otherwise."""
    text = hostile.MODULE
    for key, value in {**hostile.DEFAULTS, "FACTOR": "1", **parts}.items():
        text = text.replace(f"@{key}@", value)
    return text


def findings(*args):
    done = derive("--json", *args)
    reports = json.loads(done.stdout)
    reports = reports if isinstance(reports, list) else [reports]
    return done.returncode, {r_id(f): f["status"] for r in reports for f in r["findings"]}, reports


def r_id(finding):
    return finding["id"]


def test_a_folder_gives_what_the_same_modules_give_built_in(_):
    few = ["bce", "sigmoid", "softmax_ce"]
    with tempfile.TemporaryDirectory() as tmp:
        for source in [*(ROOT / "derivations").glob("*.[ch]")]:
            shared = source.suffix == ".h" or source.stem in few or "hg_derivation_" not in source.read_text()
            if shared:
                (pathlib.Path(tmp) / source.name).write_text(source.read_text())
        code, theirs, reports = findings(tmp)
        built_in_code, ours, built_in = findings(*few)
    assert code == built_in_code == 0
    assert theirs == ours and len(ours) > 4, (theirs, ours)
    assert [r["power"] for r in reports] == [r["power"] for r in built_in]


def test_a_wrong_twin_claimed_in_earnest_is_named(folder):
    text = (ROOT / "derivations/sigmoid.c").read_text().replace(".g = SLOPE(ds)", ".g = SLOPE(sign)").replace(
        "hg_derivation_sigmoid", "hg_derivation_mine")
    for name in ("draw.c", "draw.h", "scalar.c", "scalar.h"):
        (folder / name).write_text((ROOT / "derivations" / name).read_text())
    (folder / "mine.c").write_text(text)
    done = derive(folder)
    assert done.returncode == 1 and "disagrees[sign]" in done.stdout, done.stdout + done.stderr


def test_one_that_cannot_be_judged_costs_the_others_nothing(folder):
    (folder / "a.c").write_text(module(gradient="abort();"))
    (folder / "b.c").write_text(module())
    done = derive("a.c", "nowhere.c", "b.c", cwd=folder)
    assert done.returncode == 3 and "1 agrees" in done.stdout, done
    lines = done.stderr.splitlines()
    assert len(lines) == 2 and all(line.startswith("handgrad: ") for line in lines), lines
    assert any("nowhere.c: No such file" in line for line in lines), lines


def test_replay_says_how(folder):
    (folder / "a.c").write_text(module(FACTOR="2"))
    done = derive("a.c", "--limit=module-ms=9000", cwd=folder)
    command = re.search(r"^replay  handgrad (.*)$", done.stdout, re.M)[1].split()
    again = subprocess.run([PROGRAM, *command, "--color=never"], cwd=folder, capture_output=True, text=True)
    assert again.returncode == 1 and again.stdout == done.stdout, again.stdout


def test_the_compiler_is_cc(folder):
    (folder / "a.c").write_text(module(value="\n#ifndef BY_CC\n#error no\n#endif\n"))
    assert "does not compile: a.c:" in derive("a.c", cwd=folder, CC="").stderr
    assert derive("a.c", cwd=folder, CC="cc -DBY_CC").returncode == 0
    assert "no-such-compiler, is not installed" in derive("a.c", cwd=folder, CC="no-such-compiler").stderr


def test_a_module_sees_handgrad_h_alone(folder):
    (folder / "a.c").write_text(module(file='#include "base/arena.h"'))
    assert "does not compile" in derive("a.c", cwd=folder).stderr


def test_limits_hold_and_are_named(folder):
    (folder / "a.c").write_text(module())
    assert "(limit: module-calls)" in derive("a.c", "--limit=module-calls=50", cwd=folder).stderr
    assert derive("a.c", "--limit=module-calls=50000", cwd=folder).returncode == 0
    (folder / "a.c").write_text(module(value="usleep(300000);"))
    assert "(limit: module-ms)" in derive("a.c", "--limit=module-ms=200", cwd=folder).stderr
    (folder / "a.c").write_text(module(value=hostile.SPIN))
    assert "(limit: module-seconds)" in derive("a.c", "--limit=module-seconds=1", cwd=folder).stderr
    hungry = "char *p = malloc(200 << 20); if (!p) return 1; p[1] = 1; free((void *)p);"
    (folder / "a.c").write_text(module(value=hungry.replace("char", "volatile char")))
    unfilled = {"MALLOC_PERTURB_": "0"}  # which meson sets: 200 MB would be written at every call
    assert derive("a.c", cwd=folder, **unfilled).returncode == 0
    assert derive("a.c", "--limit=module-memory=150", cwd=folder, **unfilled).returncode == 2


def test_a_folder_without_modules_says_so(folder):
    (folder / "a.c").write_text("int x;")
    done = derive(folder)
    assert done.returncode == 3 and "names a record" in done.stderr, done.stderr


def test_a_name_nobody_knows_is_still_answered_with_the_nearest(_):
    assert "did you mean sigmoid" in derive("sigmoi").stderr


def test_new_writes_a_derivation_that_is_judged(folder):
    new = subprocess.run([PROGRAM, "new", "huber"], cwd=folder, capture_output=True, text=True)
    assert new.returncode == 0 and new.stdout == "huber.c: next, handgrad derive huber.c\n", new
    done = derive("huber.c", cwd=folder)
    assert done.returncode == 0 and "2 of 2 typical mistakes, put in on purpose, were noticed" in " ".join(done.stdout.split()), done
    text = (folder / "huber.c").read_text()
    assert "NAME" not in text and "hg_derivation_huber" in text
    flags = ["-Wall", "-Wextra", "-Wconversion", "-pedantic", "-Werror", f"-I{ROOT / 'src'}"]
    subprocess.run(["cc", "-std=c11", *flags, "-fsyntax-only", folder / "huber.c"], check=True)
    for twin in ("dw_sign", "dw_factor"):
        (folder / "huber.c").write_text(text.replace(".g = {.value = dw}", f".g = {{.value = {twin}}}"))
        wrong = derive("huber.c", cwd=folder)
        assert wrong.returncode == 1 and "disagrees[" in wrong.stdout, wrong


def test_new_writes_over_nothing(folder):
    (folder / "huber.c").write_text("mine")
    done = subprocess.run([PROGRAM, "new", "huber"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 3 and "File exists" in done.stderr and (folder / "huber.c").read_text() == "mine"
    for name in ("", "a b", "../x", "9a", "x" * 65):
        done = subprocess.run([PROGRAM, "new", name], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 3 and len(done.stderr.splitlines()) == 1, done
    assert [p.name for p in folder.iterdir()] == ["huber.c"]


if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            with tempfile.TemporaryDirectory() as tmp:
                test(pathlib.Path(tmp))
            print("ok", name, flush=True)
