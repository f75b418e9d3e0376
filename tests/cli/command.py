"""What the tests of the command share: running it, and running the tests of a file by name."""
import os
import subprocess
import sys

PROGRAM = sys.argv[1]


def run(*args, env=None, **more):
    """The finished process; stdin empty, streams as bytes decoded."""
    clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "GITHUB_STEP_SUMMARY", "GITHUB_ACTIONS")}
    more.setdefault("stdout", subprocess.PIPE)
    more.setdefault("stderr", subprocess.PIPE)
    more.setdefault("stdin", subprocess.DEVNULL)
    done = subprocess.run([PROGRAM, *map(str, args)], env={**clean, **(env or {})}, timeout=60, **more)
    done.out = (done.stdout or b"").decode()
    done.err = (done.stderr or b"").decode()
    return done


def refused(*args, saying, **more):
    """Exit 3, nothing on standard output, the words on standard error, in lines that name the program."""
    done = run(*args, **more)
    assert done.returncode == 3, (args, done.returncode, done.out, done.err)
    assert not done.out, (args, done.out)
    assert saying in done.err, (args, done.err)
    assert all(line.startswith(("handgrad", "Try", "information")) for line in done.err.splitlines()), done.err
    return done


def main(names, wanted):
    tests = {n: f for n, f in names.items() if n.startswith("test_")}
    for test in [tests[n] for n in wanted] or tests.values():
        test()
        print("ok", test.__name__)
