"""What the documents say is so: examples of README.md run, the man page names the options and commands there are.

usage: documents.py ROOT PROGRAM         tests them
       documents.py ROOT PROGRAM write   runs the examples and writes what they print into README.md, to be read in review
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT, PROGRAM = pathlib.Path(sys.argv[1]), os.path.abspath(sys.argv[2])
MAN = ROOT / "src/cli/handgrad.1"
OPTION = re.compile(r"^ +(?:-., )?--([a-z-]+)")
# Figures that depend on the last bits of the machine's arithmetic: how fine a bound, how many digits, how large a step.
FIGURES = re.compile(r"to \d+ digits|uncertain by \S+|steps of about \S+(?=[,;\n])|steps of about \S+$")


def ran(*args, **more):
    return subprocess.run([PROGRAM, *args], capture_output=True, text=True, stdin=subprocess.DEVNULL, **more)


def commands():
    lines = ran("--help").stdout.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    return [line.split()[0] for line in lines if re.match(r"  \S", line)]


def options_of(command):
    shown = ran(command, "--help").stdout
    return {m[1] for m in map(OPTION.match, shown.splitlines()) if m}


def test_the_man_page_names_the_options_there_are():
    real = set().union(*(options_of(c) for c in commands()))
    named = set(re.findall(r"\bFl -([a-z-]+)", " ".join(
        line for line in MAN.read_text().splitlines() if line.startswith(".It Fl"))))
    assert real == named, f"only in --help: {sorted(real - named)}; only in the man page: {sorted(named - real)}"
    assert {"json", "seed", "help"} <= real


def test_the_man_page_names_the_commands_there_are():
    text = MAN.read_text()
    described = re.findall(r"^\.It Cm ([a-z]+)$", text, re.M)
    assert set(described) == set(commands()), (described, commands())
    assert set(re.findall(r"^\.Nm\n\.Cm ([a-z]+)$", text, re.M)) == set(commands())


def test_the_man_page_is_well_formed():
    if shutil.which("mandoc"):
        lint = subprocess.run(["mandoc", "-T", "lint", MAN], capture_output=True, text=True)
        assert not lint.stdout, lint.stdout


CONSOLE = re.compile(r"^```console\n\$ (.*?)\n(.*?)^```", re.M | re.S)


def printed(command):
    """What an example's command prints, run where the README stands."""
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(PROGRAM, pathlib.Path(folder) / "handgrad")
        env = {**os.environ, "PATH": folder + os.pathsep + os.environ["PATH"]}
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd=ROOT, env=env,
                              stdin=subprocess.DEVNULL)
    return re.sub(r" +$", "", done.stdout + done.stderr, flags=re.M)


def write_examples():
    readme = ROOT / "README.md"
    readme.write_text(CONSOLE.sub(lambda m: f"```console\n$ {m[1]}\n{printed(m[1])}```", readme.read_text()))


def in_short(text):
    """Without the figures of this machine."""
    return FIGURES.sub("#", text).strip("\n")


def test_the_examples_of_the_readme_are_true():
    shown = CONSOLE.findall((ROOT / "README.md").read_text())
    assert len(shown) >= 4
    for command, output in shown:
        now = printed(command)
        assert in_short(now) == in_short(output), f"{command}\n{now}\n(documents.py ROOT PROGRAM write takes it over)"


def test_the_readme_has_its_two_commands_and_ci_runs_them():
    blocks = re.findall(r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text(), re.M | re.S)
    two = blocks[0].splitlines()
    assert len(two) == 2, two
    ci = (ROOT / ".ci/run").read_text().splitlines()
    assert all(command in ci for command in two), two


def test_files_named_in_the_map_exist():
    text = (ROOT / "src/README.md").read_text()
    for name in re.findall(r"`((?:src|derivations|tests)/[\w./-]+\.[a-z]+)`", text):
        assert (ROOT / name).exists(), name
    for layer in (p.name for p in (ROOT / "src").iterdir() if p.is_dir()):
        assert f"\n| {layer} |" in text, f"the map does not know {layer}"


if __name__ == "__main__":
    if sys.argv[3:] == ["write"]:
        write_examples()
        sys.exit()
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test()
            print("ok", name)
