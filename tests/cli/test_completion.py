"""What bash completes: commands, options and names that the program has, and files.

usage: test_completion.py PROGRAM BASH COMPLETION
"""
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM, BASH, COMPLETION = map(os.path.abspath, sys.argv[1:4])


def completed(folder, *words):
    """What is offered for the last word."""
    script = 'source "$1"; shift; COMP_WORDS=(handgrad "$@"); COMP_CWORD=$#; _handgrad; printf "%s\\n" "${COMPREPLY[@]}"'
    env = {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}
    done = subprocess.run([BASH, "-c", script, "bash", COMPLETION, *words], capture_output=True, text=True, cwd=folder, env=env)
    assert not done.returncode and not done.stderr, done
    return set(done.stdout.split("\n")) - {""}


with tempfile.TemporaryDirectory() as tmp:
    here = pathlib.Path(tmp)
    (here / "bin").mkdir()
    (here / "bin/handgrad").symlink_to(PROGRAM)
    (here / "sheet one.md").write_text("$a$")
    commands = completed(here, "")
    assert {"check", "derive", "explain", "grade", "list", "lsp", "merge", "new", "watch"} == commands, commands
    assert completed(here, "ch") == {"check"}
    options = completed(here, "check", "--")
    assert {"--json", "--html", "--seed=", "--exit-zero", "--take="} <= options and "--jobs=" not in options, options
    assert "--jobs=" in completed(here, "grade", "--j")
    assert completed(here, "check", "--det") == {"--detail="}
    assert "softmax_ce" in completed(here, "derive", "soft")
    assert "missing-mean" in completed(here, "explain", "miss")
    assert completed(here, "check", "sh") == {"sheet one.md"}
    assert completed(here, "check", "a.md", "sheet") == {"sheet one.md"}
    assert completed(here, "nonsense", "--") == set()
