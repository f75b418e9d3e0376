"""Grading, with a judge that does what the submission says (made_judge): whatever a submission does, the run goes on,
and however the run went, the same bytes come out.

usage: test_machinery.py MADE_JUDGE quick|slow
"""
import csv
import fcntl
import filecmp
import io
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET

PROGRAM, SIZE = sys.argv[1], sys.argv[2]
ASSIGNMENT = """# Two layers
Derive $\\frac{\\partial J}{\\partial W_2}$ <!-- points: 2 -->

$$\\frac{\\partial L}{\\partial z_1} = W_2^T (a - y)$$
<!-- points: 1.5 -->
The last one: <!-- points: 1 for db2 -->
"""
NASTY = ['=HYPERLINK("x")', "<script>alert(1)<", "::error::x", "\x1b[31mred", "a,b;c", "-rf", "n\nl", "\u202eevil", "%41"]


def run(folder, assignment, out, jobs=2, shard=1, shards=1, check=True):
    done = subprocess.run([PROGRAM, "grade", folder, assignment, out, str(jobs), str(shard), str(shards)],
                          capture_output=True, text=True)
    assert not check or done.returncode == 0, (done.returncode, done.stderr)
    return done


def files(out):
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(pathlib.Path(out).rglob("*")) if p.is_file()}


def same(a, b):
    x, y = files(a), files(b)
    assert x.keys() == y.keys(), x.keys() ^ y.keys()
    for name in x:
        assert x[name] == y[name], (name, "differs between", a, b)


def grades(out):
    text = (pathlib.Path(out) / "grades.csv").read_bytes().decode("utf-8-sig")
    return {row["student_id"].lstrip("'"): row for row in csv.DictReader(io.StringIO(text, newline=""))}


def make_class(folder, n, bad=True):
    rng = random.Random(7)
    for i in range(n):
        lines = []
        for of in "dJ/dW_2", "dL/dz1", "db2":
            kind = rng.choice(["agrees", "agrees", "disagrees sign", "disagrees missing-mean", "disagrees", "cannot-tell"])
            lines.append(f"{of}: {kind}")
        (folder / f"student{i:03}.md").write_text("\n".join(lines) + "\n")
    if bad:
        for name, text in ("crash", "crash\n"), ("hang", "hang\n"), ("eat", "eat\n"), ("empty", ""):
            (folder / f"{name}.md").write_text(text)
        (folder / "link.md").symlink_to("/etc/passwd")
        os.mkfifo(folder / "fifo.md")
        (folder / "folder.md").mkdir()
        (folder / "none").mkdir()
        (folder / "two").mkdir()
        for name in "a.md", "b.tex":
            (folder / "two" / name).write_text("dW2: agrees\n")
        (folder / "named").mkdir()
        for name in "a.md", "hw.md":
            (folder / "named" / name).write_text("dW2: agrees\n")
        (folder / "twice.md").write_text("dW2: agrees\n")
        (folder / "twice.tex").write_text("dW2: agrees\n")
        (folder / "list of names.csv").write_text("no submission")
        (folder / "paper.pdf").write_text("a scan")
        (folder / ".hidden.md").write_text("dW2: agrees\n")
        (folder / "..x.md").write_text("dW2: agrees\n")
        (folder / ".DS_Store").write_text("x")
        (folder / "__MACOSX").mkdir()
        for name in NASTY:
            (folder / f"{name}.md").write_text("dW2: disagrees sign\n")


def test_scores(here):
    folder, out = here / "in", here / "out"
    folder.mkdir()
    (folder / "right.md").write_text("dJ/dW_2: agrees\ndL/dz1: agrees-up-to-notation\ndb2: agrees\n")
    (folder / "wrong.md").write_text("dW2: disagrees sign\ndW2: agrees\ndL/dz1: agrees\ndb2: agrees\n")
    (folder / "doubt.md").write_text("dW2: cannot-tell\ndL/dz1: cannot-read\ndb2: agrees\n")
    (folder / "gap.md").write_text("dW2: agrees\ndL/dz1: agrees\n")
    (folder / "gap2.md").write_text("dW2: agrees\ndL/dz1: agrees\n?: cannot-read\n")
    run(folder, here / "hw.md", out)
    got = {k: (r["score"], r["needs_human"]) for k, r in grades(out).items()}
    assert got == {"right": ("4.5", "no"), "wrong": ("2.5", "no"), "doubt": ("", "yes"), "gap": ("3.5", "no"),
                   "gap2": ("", "yes")}, got
    (out / "overrides.csv").write_text("student,step,points,reason\nwrong,dJ/dW_2,1,half of it is right\ndoubt,W2,0,no\n")
    before = (out / "students" / "right.html").stat().st_mtime_ns
    run(folder, here / "hw.md", out)
    got = {k: (r["score"], r["needs_human"]) for k, r in grades(out).items()}
    assert got["wrong"] == ("3.5", "no") and got["doubt"] == ("", "yes"), got
    assert (out / "students" / "right.html").stat().st_mtime_ns == before, "what did not change is not done again"
    assert "half of it is right" in (out / "students" / "wrong.html").read_text()
    (out / "overrides.csv").write_text("wrong,W2,many\n")
    done = run(folder, here / "hw.md", out, check=False)
    assert done.returncode == 3 and "overrides.csv:1:" in done.stderr, done.stderr


def test_bad_submissions(here):
    folder, out = here / "in", here / "out"
    folder.mkdir()
    make_class(folder, 6)
    run(folder, here / "hw.md", out)
    got = grades(out)
    assert len(got) == 6 + 4 + 2 + 5 + 3 + len(NASTY), sorted(got)
    assert "signal 11" in got["crash"]["summary"] or "could not handle" in got["crash"]["summary"]  # under a sanitizer
    for name, reason in {"crash": "", "hang": "1 s of computing", "eat": "", "empty": "empty", "link": "link",
                         "fifo": "regular file", "two": "several files", "twice": "several submissions",
                         "none": "no file", "paper.pdf": "no file that is read", ".hidden": "begins with a dot",
                         "..x": "begins with a dot"}.items():
        row = got[name]
        assert row["needs_human"] == "yes" and row["score"] == "" and reason in row["summary"], (name, row)
    assert got["named"]["needs_human"] == "no"
    assert not list(out.rglob("*.tmp"))
    text = "".join(p.read_text() for p in out.rglob("*.html"))
    assert "root:" not in text, "a link was followed"
    index = ET.parse(out / "index.html").getroot()
    links = [a.get("href") for a in index.iter("{http://www.w3.org/1999/xhtml}a") if a.get("href", "").startswith("stud")]
    from urllib.parse import unquote
    assert len(set(links)) == len(got) and all((out / unquote(l)).is_file() for l in links), links
    for page in out.rglob("*.html"):
        root = ET.parse(page).getroot()
        assert not [e for e in root.iter() if e.tag.endswith("script")]
        assert "\x1b" not in page.read_text() and "\u202e" not in page.read_text()
    rows = list(csv.reader(io.StringIO((out / "grades.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert len({len(r) for r in rows}) == 1
    assert not [c for r in rows for c in r if c[:1] in "=+-@\t" and c], "a formula"
    junit = ET.parse(out / "junit.xml").getroot()
    cases = list(junit.iter("testcase"))
    assert len(cases) == int(junit.get("tests"))
    assert sum(1 for _ in junit.iter("failure")) == int(junit.get("failures")) > 0
    names = [(c.get("classname"), c.get("name")) for c in cases]
    assert all(a and b for a, b in names)
    for page in (out / "gradescope").iterdir():
        result = json.loads(page.read_text())
        waits = result["extra_data"]["needs_human"]
        assert result["visibility"] == ("hidden" if waits else "visible")
        assert abs(sum(t.get("score", 0) for t in result["tests"]) - result["score"]) < 1e-9
        assert not waits or not any("score" in t for t in result["tests"]) and "Not graded yet" in result["output"]


def test_same_bytes(here):
    folder = here / "in"
    folder.mkdir()
    make_class(folder, 12 if SIZE == "quick" else 120)
    for name in ("hang", "eat") if SIZE == "quick" else ():
        (folder / f"{name}.md").unlink()
    outs = [here / f"out{jobs}" for jobs in (1, 2, 8)]
    for out, jobs in zip(outs, (1, 2, 8)):
        run(folder, here / "hw.md", out, jobs)
        same(outs[0], out)
    shards = []
    for i in range(1, 5):
        shards.append(here / f"shard{i}")
        run(folder, here / "hw.md", shards[-1], 2, i, 4)
    merged = here / "merged"
    subprocess.run([PROGRAM, "merge", merged, *shards], check=True)
    same(outs[0], merged)
    done = subprocess.run([PROGRAM, "merge", here / "less", *shards[:3]], capture_output=True, text=True)
    assert done.returncode == 3 and "4 shards" in done.stderr, done.stderr
    done = subprocess.run([PROGRAM, "merge", here / "less", *shards[:3], shards[0]], capture_output=True, text=True)
    assert done.returncode == 3 and "twice" in done.stderr, done.stderr

    killed, rng = here / "killed", random.Random(3)
    kills = 4 if SIZE == "quick" else 20
    for _ in range(kills):
        p = subprocess.Popen([PROGRAM, "grade", folder, here / "hw.md", killed, "2", "1", "1"], stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.02, 0.25))
        p.send_signal(signal.SIGKILL)
        p.wait()
        if rng.random() < 0.5 and (killed / "journal.jsonl").exists():
            with open(killed / "journal.jsonl", "ab") as journal:
                journal.write(b'0123456789abcdef {"student":"torn')
    for _ in range(50):  # the last child ends with its parent, and gives the lock back
        if run(folder, here / "hw.md", killed, check=False).returncode == 0:
            break
        time.sleep(0.1)
    same(outs[0], killed)


def test_folders(here):
    folder, out = here / "in", here / "out"
    folder.mkdir()
    (folder / "a.md").write_text("dW2: agrees\n")
    out.mkdir()
    (out / "thesis.tex").write_text("mine")
    done = run(folder, here / "hw.md", out, check=False)
    assert done.returncode == 3 and "empty folder" in done.stderr and sorted(p.name for p in out.iterdir() if p.name[0] != ".") == ["thesis.tex"]
    (out / "thesis.tex").unlink()
    (out / "journal.jsonl").write_text('{"schema":"handgrad.journal/v9"}\n')
    done = run(folder, here / "hw.md", out, check=False)
    assert done.returncode == 3 and "version" in done.stderr, done.stderr
    (out / "journal.jsonl").unlink()
    with open(out / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = run(folder, here / "hw.md", out, check=False)
        assert done.returncode == 3 and "another run" in done.stderr, done.stderr
    run(folder, here / "hw.md", out)
    done = run(folder, here / "hw.md", out, shard=1, shards=2, check=False)
    assert done.returncode == 3 and "another shard" in done.stderr
    done = run(here / "nowhere", here / "hw.md", here / "o2", check=False)
    assert done.returncode == 3 and "nowhere" in done.stderr
    (here / "bad.md").write_text("x <!-- points: many -->\n")
    done = run(folder, here / "bad.md", here / "o3", check=False)
    assert done.returncode == 3 and "bad.md:1:" in done.stderr, done.stderr


def test_shards_are_not_trusted(here):
    """What a journal calls a page is a name, never a path; a line that says otherwise is no line."""
    folder = here / "in"
    folder.mkdir()
    make_class(folder, 4, bad=False)
    shards = [here / "shard1", here / "shard2"]
    for i, shard in enumerate(shards, 1):
        run(folder, here / "hw.md", shard, 2, i, 2)
    journal = shards[1] / "journal.jsonl"
    head, first, *rest = journal.read_text().splitlines()
    for page in "../../evil", "/tmp/evil", "..", ".hidden", "a/b", "", "x" * 400, "a\\u0000b":
        forged = re.sub('"page":"[^"]*"', lambda _: f'"page":"{page}"', first[17:])
        assert forged != first[17:]
        total = 14695981039346656037
        for byte in forged.encode():
            total = (total ^ byte) * 1099511628211 % 2**64
        journal.write_text("\n".join([head, f"{total:016x} {forged}", *rest]) + "\n")
        before = sorted(str(p) for p in here.rglob("*"))
        done = subprocess.run([PROGRAM, "merge", here / "merged", *shards], capture_output=True, text=True)
        assert done.returncode == 3, (page, done.stderr)
        assert sorted(str(p) for p in here.rglob("*")) == before, page


def test_a_pipe_is_no_file(here):
    folder, out = here / "in", here / "out"
    folder.mkdir()
    (folder / "a.md").write_text("dW2: agrees\n")
    run(folder, here / "hw.md", out)
    (out / "journal.jsonl").unlink()
    os.mkfifo(out / "journal.jsonl")
    done = subprocess.run([PROGRAM, "grade", folder, here / "hw.md", out, "2", "1", "1"], capture_output=True, text=True, timeout=20)
    assert done.returncode == 3 and "not a regular file" in done.stderr, done


def test_a_first_write_that_fails(here):
    """Nothing is left that keeps the next run out."""
    folder, out = here / "in", here / "out"
    folder.mkdir()
    out.mkdir()
    (folder / "a.md").write_text("dW2: agrees\n")
    (out / "students").write_text("in the way")
    done = run(folder, here / "hw.md", out, check=False)
    assert done.returncode == 3
    (out / "students").unlink()
    limited = subprocess.run(["sh", "-c", 'ulimit -f 0; trap "" XFSZ; exec "$0" "$@"', PROGRAM, "grade", folder, here / "hw.md", out, "2", "1", "1"],
                             capture_output=True, text=True)
    assert limited.returncode == 3, limited
    run(folder, here / "hw.md", out)
    assert (out / "students" / "a.html").exists()


def test_no_student_is_lost(here):
    """A stat or a readdir that fails (strace makes it fail) loses nobody without a word."""
    if not shutil.which("strace"):
        print("  no strace here: not tried")
        return
    folder = here / "in"
    folder.mkdir()
    for name in "anna", "bert", "cleo":
        (folder / f"{name}.md").write_text("dW2: agrees\ndL/dz1: agrees\ndb2: agrees\n")
    probe = subprocess.run(["strace", "-o", "/dev/null", "-e", "trace=none", "true"], capture_output=True)
    if probe.returncode != 0:
        print("  strace may not trace here: not tried")
        return
    tried = 0
    for call in "newfstatat", "getdents64":
        for k in range(1, 12):
            out = here / f"{call}{k}"
            done = subprocess.run(["strace", "-o", here / "log", "-P", folder, "-e", f"trace={call}", "-e", f"inject={call}:error=EIO:when={k}", PROGRAM,
                                   "grade", folder, here / "hw.md", out, "2", "1", "1"], capture_output=True, text=True)
            if "INJECTED" not in (here / "log").read_text():
                break
            tried += 1
            if done.returncode == 0:
                got = grades(out)
                assert {n.removesuffix(".md") for n in got} == {"anna", "bert", "cleo"}, (call, k, sorted(got))
            else:
                assert done.returncode == 3 and done.stderr, (call, k, done)
    assert tried >= 3, tried


def test_stopping(here):
    folder, out = here / "in", here / "out"
    folder.mkdir()
    make_class(folder, 40, bad=False)
    for i in range(4):
        (folder / f"hang{i}.md").write_text("hang\n")
    p = subprocess.Popen([PROGRAM, "grade", folder, here / "hw.md", out, "2", "1", "1"], stderr=subprocess.PIPE, text=True)
    time.sleep(0.4)
    p.send_signal(signal.SIGINT)
    _, said = p.communicate(timeout=5)
    assert p.returncode == 130 and "run it again" in said, (p.returncode, said)
    left = subprocess.run(["pgrep", "-f", str(out)], capture_output=True, text=True).stdout
    assert not left, "processes are left"


for name, test in list(globals().items()):
    if name.startswith("test_"):
        with tempfile.TemporaryDirectory() as place:
            here = pathlib.Path(place)
            (here / "hw.md").write_text(ASSIGNMENT)
            begun = time.monotonic()
            test(here)
            print(f"{name} {time.monotonic() - begun:.1f} s")
