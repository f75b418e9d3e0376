"""What zsh and fish complete: commands, options and names that the program has. A shell that is not there is passed over; where
neither is, the test is skipped.

usage: test_completion_others.py PROGRAM HANDGRAD.ZSH HANDGRAD.FISH
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PROGRAM, ZSH, FISH = map(os.path.abspath, sys.argv[1:4])


def ran(folder, *command):
    env = {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=env, stdin=subprocess.DEVNULL)
    assert not done.returncode and not done.stderr, done
    return {line.split("\t")[0] for line in done.stdout.splitlines()} - {""}


def by_fish(folder, *words):
    return ran(folder, "fish", "--no-config", "-c", f"source {FISH}; complete -C '{' '.join(('handgrad', *words))}'")


def by_zsh(folder, *words):
    """Its function, with zsh's own ones that only work at a prompt in the place of which the words are printed."""
    script = """
compadd() { local -a all; [[ $1 == -a ]] && all=(${(P)2}) || { while [[ $1 != -- ]]; do shift; done; shift; all=($@) }; print -l -- ${(M)all:#$PREFIX*} }
_files() { print -l -- *(N) }
local file=$1; shift
words=(handgrad "$@"); CURRENT=$#words; PREFIX=$words[-1]
source $file"""
    return {w for w in ran(folder, "zsh", "-f", "-c", "f() {" + script + '\n}; f "$@"', "zsh", ZSH, *words) if w.startswith(words[-1])}


with tempfile.TemporaryDirectory() as tmp:
    here = pathlib.Path(tmp)
    (here / "bin").mkdir()
    (here / "bin/handgrad").symlink_to(PROGRAM)
    (here / "sheet.md").write_text("$a$")
    shells = [f for name, f in (("zsh", by_zsh), ("fish", by_fish)) if shutil.which(name)]
    for completed in shells:
        commands = completed(here, "")
        assert {"check", "derive", "explain", "grade", "list", "lsp", "merge", "new", "watch"} == commands, (completed, commands)
        assert completed(here, "ch") == {"check"}
        options = completed(here, "check", "--")
        assert {"--json", "--html", "--seed=", "--exit-zero", "--take="} <= options and "--jobs=" not in options, options
        assert "softmax_ce" in completed(here, "derive", "soft")
        assert "missing-mean" in completed(here, "explain", "miss")
        assert completed(here, "check", "she") == {"sheet.md"}, completed(here, "check", "she")
        assert completed(here, "list", "sl") == {"slips"}
    print(len(shells), "of 2 shells tried")
    sys.exit(0 if shells else 77)
