"""handgrad check --assignment: its equations are the truth, and a student's that differ are findings.

usage: test_assignment.py PROGRAM [NAME OF A TEST]
"""
import json
import pathlib
import sys
import tempfile

from command import main, run

TASK = r"""
A network with one hidden layer, for m samples as columns:

$$Z^{[1]} = W^{[1]} X + b^{[1]}$$
$$A^{[1]} = \tanh(Z^{[1]})$$
$$Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}$$
$$A^{[2]} = \sigma(Z^{[2]})$$
$$J = -\frac{1}{m} \sum_{i=1}^m \left( y^{(i)} \log a^{[2](i)} + (1 - y^{(i)}) \log(1 - a^{[2](i)}) \right)$$
"""


def checked(answer, task=TASK):
    """(status, slip, reason, inherited from) of every finding, and the report."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "task.md").write_text(task)
        (folder / "answer.md").write_text(answer)
        ran = run("check", "--json", "--assignment", folder / "task.md", folder / "answer.md")
    report = json.loads(ran.out)
    return [(f["status"], (f["slip"] or {}).get("id"), f["reason"] or "", f["inherited_from"]) for f in report["findings"]], report


def statuses(answer, task=TASK):
    return [status for status, *_ in checked(answer, task)[0]]


def test_the_model_is_the_assignments_where_the_answer_writes_none():
    found, report = checked(r"""
$$dZ^{[2]} = A^{[2]} - Y$$
$$dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]T}$$
$$db^{[2]} = \text{np.sum}(dZ^{[2]}, axis=1)$$
$$dZ^{[1]} = W^{[2]T} dZ^{[2]} \odot (1 - A^{[1]} \odot A^{[1]})$$
""")
    assert report["model"]["from"] == "assignment", report["model"]
    assert [status for status, *_ in found] == ["agrees", "agrees", "disagrees", "agrees"], found
    assert found[2][1] == "missing-mean", found


def test_another_activation_is_a_finding_and_what_follows_from_it_is_inherited():
    found, _ = checked(r"""
$$Z^{[1]} = W^{[1]} X + b^{[1]}$$
$$A^{[1]} = \text{ReLU}(Z^{[1]})$$
$$Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}$$
$$A^{[2]} = \sigma(Z^{[2]})$$
$$dZ^{[2]} = A^{[2]} - Y$$
$$dZ^{[1]} = W^{[2]T} dZ^{[2]} \odot 1\{Z^{[1]} > 0\}$$
$$dZ^{[1]} = W^{[2]T} dZ^{[2]} \odot (1 + A^{[1]} \odot A^{[1]})$$
""")
    assert [status for status, *_ in found] == ["defined", "disagrees", "defined", "defined", "agrees", "disagrees", "disagrees"], found
    assert found[1][2] == "the assignment says: A1 = tanh(Z1)", found[1]
    assert found[5][3] == "2.1" and found[6][3] is None and found[6][1] == "sign", found


def test_the_same_network_in_other_marks_is_the_same():
    answer = r"""
$$z_1 = W_1 x + b_1, \quad a_1 = \tanh(z_1), \quad z_2 = W_2 a_1 + b_2, \quad a_2 = \sigma(z_2)$$
$$L = -(y \log a_2 + (1-y) \log(1-a_2))$$
$$\frac{\partial L}{\partial W_2} = (a_2 - y) a_1^T$$
$$\frac{\partial L}{\partial z_1} = W_2^T (a_2 - y) \odot (1 - a_1^2)$$
"""
    assert statuses(answer) == ["defined"] * 5 + ["agrees", "agrees"]
    for marks in ("W_1 b_1 z_1 a_1", "W^{(1)} b^{(1)} z^{(1)} a^{(1)}"):
        style = marks.split()[0][1:].replace("1", "%d")
        task = "".join("$$%s$$\n" % line for line in (
            "z1 = W1 x + b1", r"a1 = \tanh(z1)", "z2 = W2 a1 + b2", r"a2 = \sigma(z2)", r"L = -(y \log a2 + (1-y) \log(1-a2))"))
        for letter in "Wzab":
            for layer in (1, 2):
                task = task.replace(f"{letter}{layer}", letter + style % layer)
        assert statuses(answer, task) == ["defined"] * 5 + ["agrees", "agrees"], (task, checked(answer, task)[0])


def test_a_layer_fed_by_the_input_and_another_loss_are_findings():
    found, _ = checked(r"""
$$Z_1 = W_1 X + b_1$$
$$A_1 = \tanh(Z_1)$$
$$Z_2 = W_2 X + b_2$$
$$A_2 = \sigma(Z_2)$$
$$L = \|a_2 - y\|^2$$
$$dZ_2 = A_2 - Y$$
""")
    assert [status for status, *_ in found] == ["defined", "defined", "disagrees", "defined", "disagrees", "agrees"], found
    assert found[2][1] == "wrong-layer" and found[2][2].startswith("the assignment says: Z2 = "), found[2]
    assert found[4][2].startswith("the assignment says: J = "), found[4]


def test_another_function_under_the_same_letter_is_a_finding():
    task = r"""
$$z_1 = W_1 x + b_1, \quad a_1 = g(z_1), \quad z_2 = W_2 a_1 + b_2, \quad a_2 = \sigma(z_2)$$
$$g(z) = \max(0, z)$$
$$L = -(y \log a_2 + (1-y) \log(1-a_2))$$
"""
    answer = r"""
$$g = \tanh$$
$$\frac{\partial L}{\partial z_1} = W_2^T (a_2 - y) \odot g'(z_1)$$
"""
    found, _ = checked(answer, task)
    assert [status for status, *_ in found] == ["disagrees", "agrees"], found


def test_a_table_may_be_the_assignment():
    task = """
Layer\tInput\tOutput
Linear1\tx\t$W(1)x + b(1)$
f\t$W(1)x + b(1)$\t$\\text{ReLU}(W(1)x + b(1))$
Linear2\t$\\text{ReLU}(W(1)x + b(1))$\t$W(2) \\text{ReLU}(W(1)x + b(1)) + b(2)$
g\t$W(2) \\text{ReLU}(W(1)x + b(1)) + b(2)$\t$W(2) \\text{ReLU}(W(1)x + b(1)) + b(2)$

$$l = \\|\\hat{y} - y\\|^2$$
"""
    answer = """
dl/dy^ = 2(y^ - y)

dl/dW2 = 2(y^ - y) a1^T

dl/dz1 = 2 W2^T (y^ - y) * 1{z1 > 0}

dl/dz1 = W2^T (y^ - y) * 1{z1 > 0}
"""
    found, report = checked(answer, task)
    assert report["model"]["from"] == "assignment", report["model"]
    assert [status for status, *_ in found] == ["agrees", "agrees", "agrees", "disagrees"], found
    assert found[3][1] == "constant-factor", found


if __name__ == "__main__":
    main(globals(), sys.argv[2:])
