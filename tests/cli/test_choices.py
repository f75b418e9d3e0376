"""--take and the comments that take: what is chosen settles what a document leaves open, and says that it does."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

HEAD = r"""
$$Z_1 = W_1 X + b_1, \quad A_1 = \tanh(Z_1), \quad Z_2 = W_2 A_1 + b_2, \quad A_2 = \sigma(Z_2)$$
$$J = -\frac{1}{m} \sum_{i=1}^m \left( y^{(i)} \log a_2^{(i)} + (1 - y^{(i)}) \log(1 - a_2^{(i)}) \right)$$
"""
FORM = "$f(x) = x^T A x$\n\n$$\\frac{\\partial f}{\\partial x} = 2 A x$$\n"
UNSAID = r"""
$$Z = W X + b, \quad A = \sigma(Z)$$
$$\frac{\partial L}{\partial Z} = 2 (A - Y) \odot A \odot (1 - A)$$
"""
CODES = {0, 1, 2}


class Sheets:
    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)

    def write(self, text, name="sheet.md"):
        path = self.folder / name
        path.write_text(text)
        return path

    def run(self, *args):
        return subprocess.run([self.program, *map(str, args)], capture_output=True, text=True)

    def report(self, path, *args):
        run = self.run("check", path, "--json=-", *args)
        assert run.returncode in CODES, run.stderr
        return json.loads(run.stdout)


def last(report):
    return report["findings"][-1]


def chosen(report):
    return {c["id"]: (c["value"], c["from"]) for c in report["model"]["choices"]}


def check_option(s):
    sheet = s.write(FORM)
    open_line = last(s.report(sheet))
    assert (open_line["status"], open_line["reason_id"]) == ("cannot-tell", "symmetric"), open_line
    assert open_line["reason"] == "right if the matrix is symmetric, wrong if the matrix is not symmetric", open_line["reason"]
    assert "--take symmetric=yes|no" in open_line["way_out"]
    right, wrong = s.report(sheet, "--take=symmetric=yes"), s.report(sheet, "--take", "symmetric=no")
    assert last(right)["status"] == "agrees" and last(right)["reason_id"] is None
    assert chosen(right)["symmetric"] == ("yes", "taken")
    assert last(wrong)["status"] == "disagrees"
    assert any("called wrong by what was taken (--take symmetric=no)" in n for n in last(wrong)["notes"]), last(wrong)["notes"]
    text = s.run("check", sheet, "--take", "symmetric=no")
    assert "--take symmetric=no --seed" in text.stdout, text.stdout
    loss = s.write(UNSAID)
    assert last(s.report(loss, "--take", "loss=square"))["status"] == "agrees"
    assert last(s.report(loss, "--take", "loss=entropy"))["status"] == "disagrees"
    assert last(s.report(loss))["status"] == "agrees"  # found to fit
    said = " ".join(s.run("check", s.write(FORM)).stdout.split())
    assert "right if the matrix is symmetric, wrong if" in said and "= way out" in said and "handgrad explain symmetric" in said, said


def check_refused(s):
    sheet = s.write(FORM)
    for value, words in (("flavour=sweet", "layout=columns|rows"), ("symmetric=perhaps", "symmetric=yes or symmetric=no"), ("layout", "layout=")):
        run = s.run("check", sheet, "--take", value)
        assert run.returncode == 3 and not run.stdout, (value, run.returncode)
        assert words in run.stderr and f"not '{value}'" in run.stderr, run.stderr
    sheet = s.write(FORM + "\n<!-- take: symmetric=perhaps, layout=rows -->\n")
    report = s.report(sheet)
    assert [(n["code"], n["span"]["line"], n["span"]["column"]) for n in report["notes"]] == [("unknown-choice", 5, 12)], report["notes"]
    assert "symmetric=yes or symmetric=no" in report["notes"][0]["text"]
    assert last(report)["reason_id"] == "symmetric" and chosen(report)["layout"] == ("rows", "taken")


def check_comments(s):
    assert last(s.report(s.write(FORM + "\n<!-- take: symmetric=yes -->\n")))["status"] == "agrees"
    tex = "\\documentclass{article}\n\\begin{document}\n% take: symmetric=yes\n" + FORM.replace("$$", "$") + "\\end{document}\n"
    assert chosen(s.report(s.write(tex, "sheet.tex")))["symmetric"] == ("yes", "taken")
    both = s.write(FORM + "\n<!-- take: symmetric=yes -->\n")
    assert chosen(s.report(both, "--take", "symmetric=no"))["symmetric"] == ("no", "taken")
    unclosed = s.write(UNSAID + "\n<!-- take: loss=entropy " + "<!-- " * 2000)
    assert last(s.report(unclosed))["status"] == "agrees"


def check_assignment(s):
    """The assignment chooses for a class; what a submission takes for itself counts for nothing."""
    given = "$$f(x) = x^T A x$$\n"
    theirs = s.write("$$\\frac{\\partial f}{\\partial x} = 2 A x$$\n\n<!-- take: symmetric=yes -->\n")
    plain, taking = s.write(given, "plain.md"), s.write(given + "\n<!-- take: symmetric=yes -->\n", "taking.md")
    assert "symmetric" not in chosen(s.report(theirs, "--assignment", plain))
    assert last(s.report(theirs, "--assignment", taking))["status"] == "agrees"
    spoilt = s.write(given + "\n<!-- take: symmetric=often -->\n", "spoilt.md")
    refused = s.run("check", theirs, "--assignment", spoilt)
    assert refused.returncode == 3 and "spoilt.md:3:12: take wants symmetric=yes or symmetric=no" in refused.stderr, refused.stderr


def check_class(s):
    """A choice in the assignment, or on the command line, settles a step for everybody."""
    folder = s.folder / "class"
    (folder / "ann").mkdir(parents=True)
    (folder / "ann" / "hw.md").write_text("$$\\frac{\\partial f}{\\partial x} = 2 A x$$\n\n<!-- take: symmetric=yes -->\n")
    hw = "$$f(x) = x^T A x$$\n\nDerive $\\frac{\\partial f}{\\partial x}$. <!-- points: 2 for df/dx -->\n"
    for text, take, row in ((hw, (), "yes,ann,,2,"), (hw, ("--take", "symmetric=yes"), "no,ann,2,2,"),
                            (hw + "\n<!-- take: symmetric=yes -->\n", (), "no,ann,2,2,")):
        out = s.folder / "graded"
        shutil.rmtree(out, ignore_errors=True)
        run = s.run("grade", folder, f"--assignment={s.write(text, 'hw.md')}", f"--out={out}", *take)
        assert run.returncode in CODES, run.stderr
        assert any(line.startswith(row) for table in out.glob("*.csv") for line in table.read_text().splitlines()), (row, run.stdout)


def check_tables(s):
    listed = s.run("list", "choices").stdout
    for line in listed.splitlines():
        ident, value = line.split()[0].split("=")
        page = s.run("explain", ident)
        assert page.returncode == 0 and f"--take {ident}={value}" in page.stdout, ident


def check_dumps(s):
    sheet = s.write(HEAD + "$$dZ_2 = A_2 - Y$$\n\n$W_2 \\in \\mathbb{R}^{1 \\times k}$\n")
    model = s.run("check", sheet, "--dump=model", "--take", "dz=of-cost").stdout
    assert "W_2      weight, 1 x k: its shape is declared" in model and "dz=of-cost (taken)" in model and "open: dj" in model, model
    readings = s.run("check", sheet, "--dump=readings").stdout
    assert "dZ_2 = A_2 - Y\n  all samples, by parameters mean, by data sum, dZ of the sum: agrees" in readings, readings
    names = {n["name"]: n for n in s.report(sheet)["model"]["names"]}
    assert names["X"]["role"] == "input" and names["J"]["role"] == "cost of all samples" and names["m"]["role"] == "number of samples"
    assert names["W_2"]["shape"] == "1 x k" and names["b_1"]["why"] == "Z_1 = W_1 X + b_1", names
    assert "how it was understood" in s.run("check", sheet, "--detail=full").stdout


def check_dz(s):
    open_dz = HEAD + r"""
$$dZ_2 = A_2 - Y$$
$$dZ_2 = \frac{1}{m} (A_2 - Y)$$
$$dW_2 = dZ_2 A_1^T$$
"""
    sheet = s.write(open_dz)
    line = last(s.report(sheet))
    assert line["reason_id"] == "dz" and line["reason"].startswith("right if dZ is the derivative of the cost"), line
    assert last(s.report(sheet, "--take", "dz=of-cost"))["status"] == "agrees"
    assert last(s.report(sheet, "--take", "dz=of-sum"))["status"] == "disagrees"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for check in (check_option, check_refused, check_comments, check_assignment, check_class, check_tables, check_dumps, check_dz):
            check(Sheets(sys.argv[1], folder))
    print("what is chosen holds, and is said")
