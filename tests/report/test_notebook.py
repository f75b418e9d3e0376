"""The notebook report: valid by the schema of nbformat 4.5, and readable in a notebook nobody trusts.

usage: test_notebook.py PAGE WRITE_MADE SCHEMA
"""
import base64
import json
import re
import subprocess
import sys
import tempfile

import jsonschema

PAGE, MADE, SCHEMA = sys.argv[1], sys.argv[2], json.load(open(sys.argv[3]))
FORMULAS = r"""\newcommand{\q}{<script>alert(1)</script>![p](http://x.example/p.png)}
\[ \frac{d}{dx} x^2 = 2x<img src=x onerror=y> \]
\begin{align} a <b &= c<!--d \end{align} and $x<y$
"""
NASTY = '<script>alert(1)</script><img src=x onerror=y>![p](http://x.example/p.png) `` | $x$ \x1b[31m\u202e'


def output(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout


def source(cell):
    return "".join(cell["source"])


def outside_code(text):
    """What Markdown reads as Markdown: without fences and code spans."""
    text = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.S | re.M)
    return re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", text)


def check_notebook(data, what):
    nb = json.loads(data)
    jsonschema.Draft4Validator(SCHEMA).validate(nb)
    ids = [c["id"] for c in nb["cells"]]
    assert len(ids) == len(set(ids)), (what, "ids twice")
    for cell in nb["cells"]:
        assert cell["cell_type"] == "markdown", "nothing to run, nothing to trust"
        text = outside_code(source(cell))
        assert "<" not in text, (what, "HTML", text)
        for alt, target in re.findall(r"!\[(.*?)\]\((.*?)\)", text):
            name = target.removeprefix("attachment:")
            assert name != target and name in cell["attachments"], (what, "a picture from elsewhere", target)
            assert len(alt) > 20, (what, "a picture without words")
            for form, content in cell["attachments"][name].items():
                assert form == "image/png" and base64.b64decode(content).startswith(b"\x89PNG"), (what, form)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", source(cell)), (what, "controls")
    return nb


def main():
    data = output(PAGE, "ipynb", "document")
    assert data == output(PAGE, "ipynb", "document"), "two runs differ"
    nb = check_notebook(data, "document")
    text = "\n".join(source(c) for c in nb["cells"])
    assert "$$z_1 = W_1 x + b_1$$" in text and "$\\sigma' = \\sigma (1 - \\sigma)$" in text
    assert "\\underbrace{(y_i - a_i)}_{\\text{wrong here}}" in text
    tags = [t for c in nb["cells"] for t in c["metadata"].get("tags", [])]
    assert "handgrad-disagrees" in tags and "handgrad-cannot-read" in tags, tags
    drawn = sum(len(c.get("attachments", {})) for c in nb["cells"])
    assert drawn == (0 if "No pictures" in text else 1), drawn
    order = [text.index(s) for s in ("z_1 = W_1", "Going back", "wrong here", "At the kink", "What is this")]
    assert order == sorted(order), "findings follow the steps they speak of"

    check_notebook(output(PAGE, "ipynb", "document", NASTY), "hostile")
    with tempfile.NamedTemporaryFile("w", suffix=".tex") as file:
        file.write(FORMULAS)
        file.flush()
        for cell in json.loads(output(PAGE, "ipynb", "read", file.name))["cells"]:
            assert not re.search(r"<[A-Za-z/!?]|!\[", source(cell)), ("a formula that is HTML", source(cell))
    check_notebook(output(PAGE, "ipynb", "derivation"), "derivation")
    for name in "document", "hostile", "module", "stopped", "several":
        check_notebook(output(MADE, "ipynb", name), name)


main()
