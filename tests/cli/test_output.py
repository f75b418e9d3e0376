"""Where reports go, and what happens when they cannot: whole files or none, one clear line, exit 3.

usage: test_output.py PROGRAM FAULTS [NAME OF A TEST]; FAULTS is faults.so, or - where it cannot be loaded
"""
import errno
import json
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

from command import PROGRAM, main, refused, run

FAULTS = sys.argv[2]


def in_folder(test):
    def wrapped():
        with tempfile.TemporaryDirectory() as name:
            test(pathlib.Path(name))
    wrapped.__name__ = test.__name__
    return wrapped


def only_file(folder, name, text):
    """The folder holds this one file with this text: the old report, and no temporary beside it."""
    assert [p.name for p in folder.iterdir()] == [name], list(folder.iterdir())
    assert (folder / name).read_text() == text


@in_folder
def test_reports_go_where_they_are_asked_for(folder):
    done = run("derive", "sigmoid", f"--json={folder}/r.json", f"--junit={folder}/r.xml")
    assert done.returncode == 0 and "sigmoid" in done.out  # the text for people still appears
    assert json.load(open(folder / "r.json"))["schema"] == "handgrad.report/v1"
    assert xml.etree.ElementTree.parse(folder / "r.xml").getroot().tag == "testsuites"
    assert len(list(folder.iterdir())) == 2


@in_folder
def test_out_names_a_folder(folder):
    done = run("derive", "sigmoid", "--json", "--junit", f"--out={folder}/a/b")
    assert done.returncode == 0 and {p.name for p in (folder / "a/b").iterdir()} == {"sigmoid.json", "sigmoid.xml"}
    assert not list(folder.glob("*.json"))
    run("derive", "--all", "--json", f"--out={folder}/all")
    assert [p.name for p in (folder / "all").iterdir()] == ["handgrad.json"]
    (folder / "file").write_text("")
    refused("derive", "sigmoid", "--json", f"--out={folder}/file", saying="file: ")


def test_a_dash_is_standard_output():
    assert json.loads(run("derive", "sigmoid", "--json=-").out) == json.loads(run("derive", "sigmoid", "--json").out)


def test_two_reports_cannot_share_standard_output():
    refused("derive", "sigmoid", "--json", "--junit", saying="two reports cannot both go to standard output")


@in_folder
def test_places_that_cannot_be_written(folder):
    long = folder / ("x" * 300)
    for place, why in ((folder, "Is a directory"), (folder / "no/such/r.json", "No such file"), (long, "too long"),
                       ("/dev/full", "No space left")):
        done = run("derive", "sigmoid", f"--json={place}")
        assert done.returncode == 3 and why in done.err and done.err.count("\n") == 1, done.err
        assert "sigmoid" in done.out  # what can be shown is shown
    assert not list(folder.iterdir())
    refused("derive", "sigmoid", "--json=", saying="not the name of a file")


def small_files():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


@in_folder
def test_a_full_disk_leaves_the_old_report_alone(folder):
    (folder / "r.json").write_text("old")
    done = run("derive", "sigmoid", f"--json={folder}/r.json", preexec_fn=small_files)
    assert done.returncode == 3 and "File too large" in done.err, done.err
    only_file(folder, "r.json", "old")


@in_folder
def test_every_call_that_can_fail_leaves_the_old_report_alone(folder):
    if FAULTS == "-":
        return
    (folder / "r.json").write_text("old")
    for call in ("write", "fsync", "rename"):
        env = {"LD_PRELOAD": FAULTS, "FAULT_CALL": call, "FAULT_AT": "1", "FAULT_ERRNO": str(errno.ENOSPC)}
        done = run("derive", "sigmoid", f"--json={folder}/r.json", env=env)
        assert done.returncode == 3 and "r.json: No space left on device\n" in done.err, (call, done.err)
        only_file(folder, "r.json", "old")
    done = run("derive", "sigmoid", f"--json={folder}/r.json", env={"LD_PRELOAD": FAULTS, "FAULT_CALL": "short-write"})
    assert done.returncode == 0 and json.load(open(folder / "r.json"))


def test_standard_output_that_is_full():
    for args in (("derive", "--all"), ("derive", "sigmoid", "--json"), ("list",), ("--help",), ("explain", "sign")):
        done = run(*args, stdout=open("/dev/full", "w"))
        assert done.returncode == 3, args
        assert done.err == "handgrad: standard output: No space left on device\n", done.err


def shell(words):
    return subprocess.run(["sh", "-c", words], capture_output=True, stdin=subprocess.DEVNULL, timeout=60)


def test_standard_streams_that_are_closed():
    done = shell(f"{PROGRAM} list >&-")
    assert done.returncode == 3 and done.stderr == b"handgrad: standard output: Bad file descriptor\n", done.stderr
    assert shell(f"{PROGRAM} derive sigmoid 2>&-").returncode == 0
    assert shell(f"{PROGRAM} derive sigmoid <&-").returncode == 0
    assert shell(f"{PROGRAM} derive sigmiod 2>&-").returncode == 3


@in_folder
def test_a_closed_stream_lends_its_number_to_no_report(folder):
    done = shell(f"{PROGRAM} derive sigmoid --json={folder}/r.json >&-")
    assert done.returncode == 3 and json.load(open(folder / "r.json"))["summary"]["agrees"] == 1


def test_a_reader_who_has_gone_away_hears_nothing():
    for args in (("derive", "--all"), ("list",), ("--help",)):
        read, write = os.pipe()
        os.close(read)
        done = run(*args, stdout=write)
        os.close(write)
        assert done.returncode == 141 and done.err == "", (args, done.returncode, done.err)


@in_folder
def test_files_are_written_even_if_the_reader_has_gone_away(folder):
    read, write = os.pipe()
    os.close(read)
    run("derive", "sigmoid", f"--json={folder}/r.json", stdout=write)
    os.close(write)
    assert json.load(open(folder / "r.json"))


@in_folder
def test_the_step_summary_is_appended(folder):
    page = folder / "summary.md"
    page.write_text("before\n")
    done = run("derive", "sigmoid", "--github", env={"GITHUB_STEP_SUMMARY": str(page)})
    assert done.returncode == 0 and page.read_text().startswith("before\n### handgrad: 1 agrees")
    missing = run("derive", "sigmoid", "--github", env={"GITHUB_STEP_SUMMARY": str(folder / "no/such")})
    assert missing.returncode == 3 and "No such file" in missing.err


if __name__ == "__main__":
    main(globals(), sys.argv[3:])
