"""The files for CI servers, run as they would run them: each step of a workflow in a folder with a right sheet and a wrong one.
A program stands in for what a server brings along: the checkout, the setup, git and apt-get.

usage: test_ci.py PROGRAM ROOT
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

try:
    import yaml
except ImportError:
    print("no python3-yaml here")
    sys.exit(77)

PROGRAM, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
RIGHT = "$L = (t - y)^2$\n\n$$\\frac{dL}{dt} = 2 (t - y)$$\n"
WRONG, DOUBT = RIGHT.replace("2 (t", "-2 (t"), RIGHT.replace("2 (t", "2 \\heartsuit (t")


def shell(command, folder, **variables):
    env = {k: v for k, v in os.environ.items() if not k.startswith("GITHUB_")}
    return subprocess.run(["sh", "-ec", command], capture_output=True, text=True, cwd=folder,
                          env={**env, "PATH": f"{folder}/bin:{env['PATH']}", **variables})


def folder_of(place, name, sheet):
    """A checkout with one sheet, and handgrad beside it as its setup would leave it."""
    folder = pathlib.Path(place) / name
    for part in ("homework", "bin", ".handgrad/.ci", ".handgrad/.build/src/cli"):
        (folder / part).mkdir(parents=True)
    (folder / "homework/hw.md").write_text(sheet)
    (folder / ".handgrad/.ci/setup").write_text("exit 0\n")
    (folder / ".handgrad/.build/src/cli/handgrad").symlink_to(PROGRAM)
    (folder / "bin/handgrad").symlink_to(PROGRAM)
    for tool in ("git", "apt-get"):
        (folder / "bin" / tool).write_text("#!/bin/sh\nexit 0\n")
        (folder / "bin" / tool).chmod(0o755)
    return folder


def steps_pass(commands, folder, variables):
    return all(shell(command, folder, **variables).returncode == 0 for command in commands)


def test_github(place):
    flow = yaml.safe_load((ROOT / "src/cli/examples/github.yml").read_text())
    steps = flow["jobs"]["check"]["steps"]
    assert all(re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", s["uses"]) for s in steps if "uses" in s)
    assert flow["jobs"]["check"]["permissions"]["security-events"] == "write" and True in flow  # YAML reads `on` as true
    for sheet, passes in ((RIGHT, True), (WRONG, False), (DOUBT, True)):
        folder = folder_of(place, f"github-{passes}-{len(sheet)}", sheet)
        assert steps_pass([s["run"] for s in steps if "run" in s], folder, flow["env"]) == passes, sheet
        uploaded = [s["with"]["sarif_file"] for s in steps if s.get("uses", "").startswith("github/codeql-action/upload-sarif")]
        results = json.loads((folder / uploaded[0]).read_text())["runs"][0]["results"]
        assert [r["level"] for r in results] == ([] if sheet == RIGHT else ["warning"] if passes else ["error"])


def test_the_project_itself(place):
    flow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())
    runs = [s["run"] for s in flow["jobs"]["test"]["steps"] if "run" in s]
    assert runs[0] == "sh .ci/setup" and (ROOT / ".ci/setup").exists()
    assert runs[1].startswith("meson test -C .build") and runs[2].startswith(".build/src/cli/handgrad ")
    done = shell(runs[2].replace(".build/src/cli/handgrad", PROGRAM), place)
    assert done.returncode == 0, done.stderr
    assert int(ET.parse(pathlib.Path(place) / "gradients.xml").getroot().get("failures")) == 0


def test_gitlab(place):
    job = yaml.safe_load((ROOT / "src/cli/examples/gitlab-ci.yml").read_text())["handgrad"]
    for sheet, passes in ((RIGHT, True), (WRONG, False)):
        folder = folder_of(place, f"gitlab-{passes}", sheet)
        commands = job["before_script"] + job["script"]
        assert steps_pass(commands, folder, {**job["variables"], "HANDGRAD": "nowhere"}) == passes
        cases = list(ET.parse(folder / job["artifacts"]["reports"]["junit"]).getroot().iter("testcase"))
        assert cases and all(c.get("file") == "homework/hw.md" for c in cases), "GitLab links the file"


def test_pre_commit(place):
    hook = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())[0]
    assert {"id", "name", "entry", "language", "files"} <= set(hook)
    assert all(re.search(hook["files"], f) for f in ("a/hw.md", "hw.tex", "hw.ipynb")) and not re.search(hook["files"], "hw.mdx")
    for sheet, code in ((RIGHT, 0), (WRONG, 1), (DOUBT, 0), ("# Nothing\n\nHere is nothing to check.\n", 0)):
        folder = folder_of(place, f"hook-{code}-{len(sheet)}", sheet)
        done = shell(hook["entry"] + " homework/hw.md", folder)
        assert done.returncode == code, (sheet, done.returncode, done.stderr)
        assert code == 0 or re.match(r"homework/hw.md:3:\d+: error: .* \[sign\]\n", done.stdout), done.stdout


with tempfile.TemporaryDirectory() as there:
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test(there)
            print("ok", name)
