"""A made-up class, graded by the program: every planted slip is counted, nobody right loses a point, and the same bytes
come out however the run went.

usage: test_class.py PROGRAM STUDENTS SLIPS.DEF EXAMPLES
"""
import collections
import csv
import io
import json
import os
import pathlib
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ET

import make_class

PROGRAM, STUDENTS = os.path.abspath(sys.argv[1]), int(sys.argv[2])
X = "{http://www.w3.org/1999/xhtml}"


def grade(here, out, *more, **how):
    return subprocess.run([PROGRAM, "grade", here / "in", f"--assignment={here / 'hw.md'}", f"--out={out}", *more],
                          capture_output=True, text=True, **how)


def files(out):
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file() and p.name != ".lock"}


def same(a, b):
    x, y = files(a), files(b)
    assert x.keys() == y.keys(), x.keys() ^ y.keys()
    for name in x:
        assert x[name] == y[name], f"{name} differs between {a.name} and {b.name}"


class Memory:
    """The most memory that all children and grandchildren held at one time, in kB; what they share is counted once (PSS)."""

    def __enter__(self):
        self.most = self.looks = 0
        self.going = True
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.going = False
        self.thread.join()

    def watch(self):
        while self.going:
            self.most = max(self.most, sum(map(held, offspring(os.getpid()))))
            self.looks += 1
            time.sleep(0.005)


def offspring(pid):
    try:
        tasks = list(pathlib.Path(f"/proc/{pid}/task").iterdir())
        children = [int(c) for t in tasks for c in (t / "children").read_text().split()]
    except (OSError, ValueError):
        return []
    return children + [c for child in children for c in offspring(child)]


def held(pid):
    try:
        return int(re.search(r"(?m)^Pss:\s+(\d+)", pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text())[1])
    except (OSError, TypeError):
        return 0


def words(element):
    return " ".join("".join(element.itertext()).split())


def check_result(here, out):
    told = json.loads((here / "planted.json").read_text())
    rows = list(csv.DictReader(io.StringIO((out / "grades.csv").read_bytes().decode("utf-8-sig"), newline="")))
    by_name = {r["student_id"].lstrip("'"): r for r in rows}
    index = ET.parse(out / "index.html").getroot()
    counted = collections.Counter()
    for item in index.iter(f"{X}summary"):
        n, slip, number, step = re.fullmatch(r"(\d+) students?: (.*) in \((\d)\) (.*)", words(item)).groups()
        counted[int(number), slip] += int(n)
    titles = dict(re.findall(r'HG_SLIP\([A-Z_]+, "([a-z-]+)", "([^"]*)"', pathlib.Path(sys.argv[3]).read_text()))
    planted = collections.Counter((make_class.STEPS.index(step) + 1, titles[slip]) for step, slip in told["planted"].values())
    assert counted == planted, f"planted, not counted: {planted - counted}; counted, not planted: {counted - planted}"
    for name in told["right"]:
        assert float(by_name[name]["score"]) == 9, by_name[name]
        assert by_name[name]["needs_human"] == "no", by_name[name]
        page = ET.parse(out / "students" / f"{name}.html").getroot()
        assert words(page.find(f".//{X}title")).startswith(name), words(page.find(f".//{X}title"))
    for name in told["human"]:
        assert by_name[name]["needs_human"] == "yes" and by_name[name]["score"] == "", by_name[name]
    for name, (step, slip) in told["planted"].items():
        lost = 1 if step == "Z2" else 2
        assert by_name[name]["needs_human"] == "no" and float(by_name[name]["score"]) == 9 - lost, by_name[name]
    assert not [c for r in rows for c in r.values() if c[:1] in tuple("=+-@\t")], "a formula"
    assert len(rows) == len(list((here / "in").iterdir()))
    return by_name


def test_result_time_and_memory(here):
    out = here / "out1"
    begun = time.monotonic()
    with Memory() as memory:
        done = grade(here, out, "--jobs=2")
    took = time.monotonic() - begun
    assert done.returncode == 1, (done.returncode, done.stderr)
    assert "\x1b" not in done.stdout + done.stderr and "::error" not in re.sub(r"(?m)^(?!::).*", "", done.stdout)
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    check_result(here, out)
    print(f"  {len(list((here / 'in').iterdir()))} submissions in {took:.1f} s, largest process {largest:.0f} MB, all together "
          f"{memory.most / 1024:.0f} MB in {memory.looks} looks")
    assert largest < 200
    assert memory.most / 1024 < 200 or b"__asan_init" in pathlib.Path(PROGRAM).read_bytes()


def test_page(here):
    """What went wrong, hardest first, with lines as they were written; everybody in three orders, points beside the name."""
    out = here / "out1"
    rows = {r["student_id"].lstrip("'"): r for r in csv.DictReader(io.StringIO((out / "grades.csv").read_bytes().decode("utf-8-sig"), newline=""))}
    told = json.loads((here / "planted.json").read_text())
    index = ET.parse(out / "index.html").getroot()
    shares = [int(re.search(r"right: (\d+) of", words(p))[1]) for p in index.iter(f"{X}p") if p.find(f"{X}meter") is not None]
    assert len(shares) == 6 and shares == sorted(shares), shares
    for cluster in index.iter(f"{X}details"):
        n, _, number, _ = re.fullmatch(r"(\d+) students?: (.*) in \((\d)\) (.*)", words(cluster.find(f"{X}summary"))).groups()
        lines = [(c.find(f"{X}code").text, int((re.search(r"(\d+) times", words(c)) or [0, 1])[1])) for c in cluster.iter(f"{X}li")]
        written = [line.split("=", 1)[1].strip() for (step, _), all_ in make_class.SLIPS.items() if make_class.STEPS[int(number) - 1] == step for line in all_.values()]
        assert lines and all(line in written for line, _ in lines), (lines, written)
        assert sum(times for _, times in lines) <= int(n) and [t for _, t in lines] == sorted((t for _, t in lines), reverse=True), lines
        assert len([a for a in cluster.iter(f"{X}a")]) == int(n)
    matrix = next(t for t in index.iter(f"{X}table") if t.get("class") == "matrix")
    orders = {b.get("class"): [words(r.find(f"{X}th/{X}a")) for r in b] for b in matrix.iter(f"{X}tbody")}
    assert set(orders) == {"by-need", "by-points", "by-name"} and len({tuple(sorted(o)) for o in orders.values()}) == 1
    plain = [name for name in orders["by-name"] if name.isalnum()]
    assert plain == sorted(plain) and len(plain) > 20 and len(orders["by-name"]) == len(rows)
    for row in matrix.find(f"{X}tbody"):
        name, points = words(row.find(f"{X}th/{X}a")), words(row.find(f"{X}th/{X}span"))
        if name in told["right"] or name in told["planted"]:
            assert points == f"{rows[name]['score']} / 9" and row.get("class") == ("done" if name in told["right"] else "lost"), (name, points)
        if name in told["human"]:
            assert "waits" in points and row.get("class") == "waits"
    ids = [e.get("id") for e in index.iter() if e.get("id")]
    style = "".join(s.text or "" for s in index.iter(f"{X}style"))
    for choice in index.iter(f"{X}input"):
        assert ids.count(choice.get("id")) == 1 and (choice.get("id") == "show-all" or f"#{choice.get('id')}:checked ~ .scroll" in style)
    histogram = next(t for t in index.iter(f"{X}table") if t.get("class") == "histogram")
    assert sum(int(words(td)) for td in histogram.iter(f"{X}td")) == sum(r["needs_human"] == "no" for r in rows.values())


def test_same_bytes(here):
    for jobs in (1, 8):
        grade(here, here / f"out{jobs * 10}", f"--jobs={jobs}")
        same(here / "out1", here / f"out{jobs * 10}")
    shards = [here / f"shard{i}" for i in range(1, 5)]
    for i, shard in enumerate(shards, 1):
        grade(here, shard, f"--shard={i}/4")
    merged = here / "merged"
    done = subprocess.run([PROGRAM, "merge", *shards, f"--out={merged}"], capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    same(here / "out1", merged)


def test_kills(here):
    rng, killed = random.Random(5), here / "killed"
    kills = 5 if STUDENTS < 100 else 20
    for _ in range(kills):
        p = subprocess.Popen([PROGRAM, "grade", here / "in", f"--assignment={here / 'hw.md'}", f"--out={killed}", "--jobs=2"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.05, 0.5))
        p.send_signal(signal.SIGKILL)
        p.wait()
    for _ in range(50):
        if grade(here, killed).returncode == 1:
            break
        time.sleep(0.1)
    same(here / "out1", killed)


def test_gradebooks(here):
    told = json.loads((here / "planted.json").read_text())
    a, b, *_ = told["right"]
    wrong = next(iter(told["planted"]))
    canvas = ("\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,HW2 (1),HW3 (1234),Notes\r\n"
              "    Points Possible,,,,,10,9,(read only)\r\n"
              f'"Smith, Anna",17,s1,{a},"A, B",8,,=1+1\r\n'
              f'"Öz, Bob",18,{wrong},bob,A,7,3,"say ""hi"""\r\n'
              "Nobody,19,s3,nobody,A,,,\r\n").encode()
    (here / "canvas.csv").write_bytes(canvas)
    done = grade(here, here / "out1", f"--into={here / 'canvas.csv'}", "--column=HW3")
    filled = (here / "out1" / "canvas.filled.csv").read_bytes()
    lines, before = filled.split(b"\r\n"), canvas.split(b"\r\n")
    assert lines[2] == before[2].replace(b"8,,", b"8,9,"), lines[2]
    assert re.fullmatch(re.escape(before[3]).replace(rb",3,", rb",[0-9.]+,"), lines[3]), lines[3]
    assert lines[:2] + lines[4:] == before[:2] + before[4:]
    assert "in nobody's row" in done.stdout and f"{b}" in done.stdout and "Nobody" in done.stdout
    (here / "out1" / "canvas.filled.csv").unlink()
    done = grade(here, here / "out1", f"--into={here / 'canvas.csv'}", "--column=HW9")
    assert done.returncode == 3 and "no such column" in done.stderr


def test_moodle(here):
    """Folders and files as Moodle names them, and its worksheet: by the participant's number, or by the address."""
    told = json.loads((here / "planted.json").read_text())
    sheet = (here / "in" / f"{told['right'][0]}.md")
    sheet = (sheet if sheet.exists() else here / "in" / told["right"][0] / "hw.md").read_text()
    folder = here / "moodle"
    for name in "Anna Berg_7001_assignsubmission_file_", "Émile Öz_7002_assignsubmission_file":
        (folder / name).mkdir(parents=True)
        (folder / name / "sheet.md").write_text(sheet)
    (folder / "Cy Dee_7003_assignsubmission_file_sheet 3.md").write_text(sheet)
    (folder / "fay.md").write_text(sheet)
    (folder / "Ill_7005_assignsubmission_file_x.md").write_text("I was ill.\n")
    head = 'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed","Feedback comments"'
    people = [("Anna Berg", "a", 9), ("Émile Öz", "e", 9), ("Cy Dee", "c", 9), ("Fay Ek", "Fay", 9), ("Ill Lin", "i", ""), ("Nobody", "n", "")]
    before = [f'Participant {7001 + i},"{name}",{at}@uni.example,Submitted,,9.00,Yes,' for i, (name, at, _) in enumerate(people)]
    (here / "worksheet.csv").write_bytes(("\ufeff" + "\r\n".join([head, *before]) + "\r\n").encode())
    done = subprocess.run([PROGRAM, "grade", folder, f"--assignment={here / 'hw.md'}", f"--out={here / 'moodled'}",
                           f"--into={here / 'worksheet.csv'}", "--column=Grade"], capture_output=True, text=True)
    after = (here / "moodled" / "worksheet.filled.csv").read_bytes().decode().split("\r\n")
    assert after[0] == "\ufeff" + head, after
    for (name, _, points), was, now in zip(people, before, after[1:]):
        assert now == was.replace("Submitted,,", f"Submitted,{points},"), (now, done.stdout)


def test_gradescope(here):
    """The folder to upload, run as Gradescope runs it."""
    scripts = pathlib.Path(sys.argv[4]) / "gradescope"
    told = json.loads((here / "planted.json").read_text())
    root, bin_ = here / "autograder", here / "gradescope-bin"
    bin_.mkdir()
    (bin_ / "handgrad").symlink_to(PROGRAM)
    (root / "source").mkdir(parents=True)
    env = {**os.environ, "PATH": f"{bin_}:{os.environ['PATH']}", "AUTOGRADER": str(root)}

    def result():
        subprocess.run([scripts / "run_autograder"], check=True, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return json.loads((root / "results" / "results.json").read_text())

    (root / "submission").mkdir()
    assert result()["visibility"] == "hidden" and "assignment" in result()["output"]
    (root / "source" / "assignment.md").write_text((here / "hw.md").read_text())
    assert result()["visibility"] == "hidden" and result()["score"] == 0, "nothing handed in"
    flat = here / "in" / f"{told['right'][0]}.md"
    (root / "submission" / "my sheet.md").write_text((flat if flat.exists() else here / "in" / told["right"][0] / "hw.md").read_text())
    good = result()
    assert good["score"] == 9 and good["visibility"] == "visible" and len(good["tests"]) >= 6, good
    (root / "submission" / "another.md").write_text("also mine")
    assert result()["visibility"] == "hidden" and "several files" in result()["output"]
    (bin_ / "handgrad").unlink()
    (bin_ / "handgrad").write_text("#!/bin/sh\nexit 3\n")
    (bin_ / "handgrad").chmod(0o755)
    assert result()["visibility"] == "hidden" and "failed" in result()["output"]

    # setup.sh, with the programs it calls put in place by ones that write down how they were called
    (root / "source" / "handgrad").mkdir()
    for name in "apt-get", "pip3", "meson", "ninja":
        (bin_ / name).write_text(f'#!/bin/sh\necho "$(pwd) {name} $*" >>"$AUTOGRADER/calls"\n')
        (bin_ / name).chmod(0o755)
    subprocess.run([scripts / "setup.sh"], check=True, env=env)
    calls = (root / "calls").read_text()
    wanted = re.search(r"needed='([^']*)'", (scripts.parents[3] / ".ci/setup").read_text())[1].split()
    missing = [p for p in wanted if p not in calls and p not in ("meson", "python3-jsonschema")]
    assert not missing, f"setup.sh does not install {missing}"
    assert f"{root}/source/handgrad meson setup" in calls and "ninja -C build install" in calls and "pip3 install meson>=1.0" in calls


def test_limits(here):
    """A submission may cost more than usual where the teacher says so; what was graded by other limits is graded again."""
    folder, out = here / "deep", here / "deep-out"
    (folder / "in").mkdir(parents=True)
    (folder / "hw.md").write_text(make_class.ASSIGNMENT)
    (folder / "in" / "anna.md").write_text("$dZ^{[2]} = " + "(" * 250 + "A^{[2]} - Y" + ")" * 250 + "$\n")
    page = out / "students" / "anna.html"
    for option, over in ((), True), (("--limit=nesting=300",), False), ((), True):
        done = grade(folder, out, *option)
        assert done.returncode in (0, 2), done.stderr
        assert ("limit: nesting" in page.read_text()) == over, (option, over)
    assert grade(folder, out, "--limit=nest=300").returncode == 3


def test_examples(here):
    """The files to copy, run as their schedulers would run them."""
    examples = pathlib.Path(sys.argv[4])
    bin_ = here / "bin"
    bin_.mkdir()
    (bin_ / "handgrad").symlink_to(PROGRAM)
    env = {**os.environ, "PATH": f"{bin_}:{os.environ['PATH']}"}
    for i in range(1, 5):
        subprocess.run(["sh", examples / "slurm.sh", here / "in", here / "hw.md", here / "slurm"], check=True,
                       env={**env, "SLURM_ARRAY_TASK_ID": str(i), "SLURM_ARRAY_TASK_COUNT": "4"}, stdout=subprocess.DEVNULL)
    wrap = re.search(r'--wrap="(.*)"', (examples / "slurm.sh").read_text())[1].replace("OUT", str(here / "slurm"))
    subprocess.run(["sh", "-c", wrap], check=True, env=env, stdout=subprocess.DEVNULL)
    same(here / "out1", here / "slurm")

    if not any((pathlib.Path(p) / "parallel").exists() for p in os.environ["PATH"].split(":")):
        print("  no GNU parallel here: its jobs are run one after the other")
        (bin_ / "parallel").write_text('#!/bin/sh\nshift 2\ncmd=\nwhile [ "$1" != ::: ]; do cmd="$cmd \'$1\'"; shift; done\nshift\n'
                                       'for i; do eval "$(echo "$cmd" | sed "s/{}/$i/g")" || exit 1; done\n')
        (bin_ / "parallel").chmod(0o755)
    subprocess.run(["sh", examples / "parallel.sh", here / "in", here / "hw.md", here / "parallel"], check=True, env=env,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    same(here / "out1", here / "parallel")

    try:
        import yaml
    except ImportError:
        print("  no python3-yaml here: the workflow is not run")
        return
    flow = yaml.safe_load((examples / "github.yml").read_text())
    (here / "submitted").symlink_to(here / "in")
    for name in "shard", "merge":  # handgrad is fetched, built and installed before it is asked for
        steps = [s.get("run", s.get("uses", "")) for s in flow["jobs"][name]["steps"]]
        at = steps.index("meson install -C .handgrad/.build")
        assert steps[at - 1] == "sh .handgrad/.ci/setup" and steps[at - 2].startswith("actions/checkout")
        assert steps[-2].startswith("handgrad ") and at < len(steps) - 2
    for name in "shard", "merge":
        job = flow["jobs"][name]
        for shard in job.get("strategy", {"matrix": {"shard": [0]}})["matrix"]["shard"]:
            for step in job["steps"]:
                if step.get("run", "").startswith("handgrad "):
                    command = step["run"].replace("${{ matrix.shard }}", str(shard))
                    subprocess.run(["sh", "-ec", command], check=True, env=env, cwd=here, stdout=subprocess.DEVNULL)
    same(here / "out1", here / "graded")


with tempfile.TemporaryDirectory() as place:
    here = pathlib.Path(place)
    make_class.main(here, STUDENTS)
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            begun = time.monotonic()
            test(here)
            print(f"{name} {time.monotonic() - begun:.1f} s")
