"""The command line itself: help, names that nobody knows, values that make no sense, exit codes.

usage: test_usage.py PROGRAM [NAME OF A TEST]
"""
import json
import os
import pty
import sys

from command import main, refused, run

COMMANDS = ["check", "derive", "explain", "list"]


def test_help_and_version_succeed():
    assert run("--version").out.startswith("handgrad ")
    top = run("--help")
    assert top.returncode == 0 and all(f"\n  {c} " in top.out for c in COMMANDS)
    for command in COMMANDS:
        one = run(command, "--help")
        assert one.returncode == 0 and one.out.startswith(f"Usage: handgrad {command} "), one.out
        assert run("help", command).out == one.out
    assert all(len(line) <= 80 for line in top.out.splitlines())
    assert run("help").out == run("-h").out == top.out


def test_no_command_is_usage_trouble():
    refused(saying="which command? `handgrad --help' lists them")
    refused("derive", saying="derive which?")
    refused("explain", saying="explain what?")
    refused("check", saying="check which file?")


def test_unknown_names_are_answered_with_the_nearest():
    refused("chek", "x.md", saying="no command chek; did you mean check?")
    refused("frobnicate", saying="no command frobnicate\n")
    refused(__file__, saying=f"no command {__file__}; to check the file: handgrad check {__file__}\n")
    refused("derive", "sigmiod", saying="no derivation sigmiod; did you mean sigmoid?")
    refused("derive", "sigmoid", "--jsn", saying="no option --jsn; did you mean --json?")
    refused("derive", "sigmoid", "--detial=full", saying="no option --detial; did you mean --detail?")
    refused("explain", "missing-maen", saying="did you mean 'missing-mean'?")
    refused("list", "slip", saying="no list slip; did you mean slips?")
    refused("derive", "sigmoid", "--only=dss", saying="no finding dss; did you mean ")


def test_an_option_of_another_command_is_refused():
    refused("explain", "--junit", "sign", saying="--junit")
    refused("list", "--dump=doc", saying="--dump")


def test_values_are_checked():
    for bad in ("x", "", "-1", "1.5", "1e3", "9007199254740993", "99999999999999999999999", " 7"):
        refused("derive", "sigmoid", f"--seed={bad}", saying="--seed wants a whole number from 0")
    for bad in ("x", "", "-1", "1", "nan", "inf", "1e-3x"):
        refused("derive", "sigmoid", f"--rtol={bad}", saying="--rtol wants a number of at least 0 and below 1")
    refused("derive", "sigmoid", "--detail=all", saying="--detail wants none, where, evidence or full, not 'all'")
    refused("derive", "sigmoid", "--color=blue", saying="--color wants auto, always or never, not 'blue'")
    refused("check", "--dump=all", "x.md", saying="--dump wants doc, tokens, tree, names, model, readings or problems, not 'all'")
    refused("derive", "--all", "sigmoid", saying="either the named derivations or --all")


def test_a_name_with_an_escape_cannot_reach_the_terminal():
    done = refused("derive", "sig\x1b[31m\x07oid", saying="no derivation")
    assert "\x1b" not in done.err and "\x07" not in done.err


def test_list_names_what_there_is():
    everything = run("list")
    assert everything.returncode == 0
    for what in ("derivations", "slips", "formats"):
        names = run("list", what)
        assert names.returncode == 0 and names.out in everything.out and f"{what}:\n" in everything.out
    derivations = [line.split()[0] for line in run("list", "derivations").out.splitlines()]
    assert "sigmoid" in derivations and "relu_bce" in derivations


def test_the_formats_listed_are_the_options_there_are():
    shown = run("derive", "--help").out
    for line in run("list", "formats").out.splitlines():
        assert f"--{line.split()[0]}" in shown, line


def test_explain_prints_the_page_of_every_slip():
    for line in run("list", "slips").out.splitlines():
        slip = line.split()[0]
        page = run("explain", slip)
        assert page.returncode == 0 and page.out.startswith(f"{slip}: ") and page.out.count("\n") > 8, slip
    two = run("explain", "sign", "nothing-like-it", "missing-mean")
    assert two.returncode == 3 and "sign: " in two.out and "missing-mean: " in two.out


def test_only_keeps_one_finding():
    for name in ("relu_bce.dW2", "dW2"):
        report = json.loads(run("derive", "relu_bce", "--only", name, "--json").out)
        assert [f["id"] for f in report["findings"]] == ["relu_bce.dW2"]
        assert report["summary"]["agrees"] == 1


def test_the_seed_is_used_and_reported():
    one, two, again = (json.loads(run("derive", "sigmoid", "--json", "--seed", s).out) for s in ("1", "2", "1"))
    assert (one["seed"], two["seed"]) == (1, 2) and one == again
    assert one["findings"][0]["evidence"] != two["findings"][0]["evidence"]


def test_two_runs_print_the_same_bytes_in_any_locale():
    for form in ("--json", "--junit", "--github", "--detail=full"):
        first = run("derive", "--all", form)
        assert first.out and first.out == run("derive", "--all", form, env={"LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo"}).out


def on_a_terminal(*args, env):
    """What the program prints on a terminal."""
    pid, fd = pty.fork()
    if pid == 0:
        os.execve(sys.argv[1], [sys.argv[1], *args], {**os.environ, "TERM": "xterm", "NO_COLOR": "", **env})
    text = b""
    try:
        while True:
            more = os.read(fd, 65536)
            if not more:
                break
            text += more
    except OSError:
        pass
    os.close(fd)
    os.waitpid(pid, 0)
    return text.decode()


def test_colour_only_on_a_terminal_that_wants_it():
    escape = "\x1b["
    assert escape not in run("derive", "sigmoid").out
    assert escape in run("derive", "sigmoid", "--color=always").out
    try:
        os.close(pty.openpty()[1])
    except OSError:
        print("this machine has no terminals to try it on")
        return
    assert escape in on_a_terminal("derive", "sigmoid", env={})
    assert escape not in on_a_terminal("derive", "sigmoid", env={"NO_COLOR": "1"})
    assert escape not in on_a_terminal("derive", "sigmoid", env={"TERM": "dumb"})
    assert escape not in on_a_terminal("derive", "sigmoid", "--color=never", env={})
    assert escape in on_a_terminal("derive", "sigmoid", "--color=always", env={"NO_COLOR": "1"})


if __name__ == "__main__":
    main(globals(), sys.argv[2:])
