"""A class of our own making: right derivations, planted slips in three notations, unreadable and hostile submissions.

    make_class.py FOLDER N

writes FOLDER/hw.md, FOLDER/in/STUDENT.md ... and FOLDER/planted.json: {student: [step, slip]}, and of the students
that must wait for a human, and of those who are right.
"""
import json
import pathlib
import random
import sys

ASSIGNMENT = r"""# Two layers, in words of a lecture

Columns of $X$ are samples, there are $m$ of them.

$$Z^{[1]} = W^{[1]} X + b^{[1]}, \qquad A^{[1]} = \mathrm{ReLU}(Z^{[1]})$$
$$Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}, \qquad A^{[2]} = \sigma(Z^{[2]})$$
$$J = -\frac{1}{m} \sum_{i=1}^{m} \left( y^{(i)} \log a^{[2](i)} + (1 - y^{(i)}) \log (1 - a^{[2](i)}) \right)$$

As in the lecture, $dZ$ is $m$ times the derivative of $J$. Derive, with your reasons: <!-- inherited: full -->

1. $dZ^{[2]}$ <!-- points: 1 -->
2. $dW^{[2]}$ <!-- points: 2 -->
3. $db^{[2]}$ <!-- points: 1 -->
4. $dZ^{[1]}$ <!-- points: 2 -->
5. $dW^{[1]}$ <!-- points: 2 -->
6. $db^{[1]}$ <!-- points: 1 -->
"""

FORWARD = {
    "bracket": r"""$$Z^{[1]} = W^{[1]} X + b^{[1]}, \quad A^{[1]} = \mathrm{ReLU}(Z^{[1]})$$
$$Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}, \quad A^{[2]} = \sigma(Z^{[2]})$$
$$J = -\frac{1}{m} \sum_{i=1}^m \left( y^{(i)} \log a^{[2](i)} + (1 - y^{(i)}) \log(1 - a^{[2](i)}) \right)$$
""",
    "index": r"""$$Z_1 = W_1 X + b_1, \quad A_1 = \mathrm{ReLU}(Z_1)$$
$$Z_2 = W_2 A_1 + b_2, \quad A_2 = \sigma(Z_2)$$
$$J = -\frac{1}{m} \sum_{i=1}^m \left( y^{(i)} \log a_2^{(i)} + (1 - y^{(i)}) \log(1 - a_2^{(i)}) \right)$$
""",
    "code": r"""```python
Z1 = W1 @ X + b1
A1 = np.maximum(0, Z1)
Z2 = W2 @ A1 + b2
A2 = sigmoid(Z2)
J = -1 / m * np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
```
""",
}

STEPS = ["Z2", "W2", "b2", "Z1", "W1", "b1"]
RIGHT = {
    "bracket": {
        "Z2": r"dZ^{[2]} = A^{[2]} - Y", "W2": r"dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]T}",
        "b2": r"db^{[2]} = \frac{1}{m} \sum_{i=1}^m dz^{[2](i)}",
        "Z1": r"dZ^{[1]} = W^{[2]T} dZ^{[2]} \odot \mathbb{1}\{Z^{[1]} > 0\}",
        "W1": r"dW^{[1]} = \frac{1}{m} dZ^{[1]} X^T", "b1": r"db^{[1]} = \frac{1}{m} \sum_{i=1}^m dz^{[1](i)}",
    },
    "index": {
        "Z2": r"dZ_2 = A_2 - Y", "W2": r"dW_2 = \frac{1}{m} dZ_2 A_1^T",
        "b2": r"db_2 = \frac{1}{m} \text{np.sum}(dZ_2, \text{axis}=1)",
        "Z1": r"dZ_1 = W_2^T dZ_2 \odot \mathbb{1}\{Z_1 > 0\}", "W1": r"dW_1 = \frac{1}{m} dZ_1 X^T",
        "b1": r"db_1 = \frac{1}{m} \text{np.sum}(dZ_1, \text{axis}=1)",
    },
    "code": {
        "Z2": "dZ2 = A2 - Y", "W2": "dW2 = 1 / m * dZ2 @ A1.T", "b2": "db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)",
        "Z1": "dZ1 = W2.T @ dZ2 * (Z1 > 0)", "W1": "dW1 = 1 / m * dZ1 @ X.T",
        "b1": "db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)",
    },
}
# (step, slip): the wrong line in each notation
SLIPS = {
    ("Z2", "sign"): {"bracket": r"dZ^{[2]} = Y - A^{[2]}", "index": r"dZ_2 = Y - A_2", "code": "dZ2 = Y - A2"},
    ("W2", "missing-mean"): {"bracket": r"dW^{[2]} = dZ^{[2]} A^{[1]T}", "index": r"dW_2 = dZ_2 A_1^T", "code": "dW2 = dZ2 @ A1.T"},
    ("W2", "wrong-layer"): {"bracket": r"dW^{[2]} = \frac{1}{m} dZ^{[2]} X^T", "index": r"dW_2 = \frac{1}{m} dZ_2 X^T",
                            "code": "dW2 = 1 / m * dZ2 @ X.T"},
    ("Z1", "lost-factor"): {"bracket": r"dZ^{[1]} = W^{[2]T} dZ^{[2]}", "index": r"dZ_1 = W_2^T dZ_2", "code": "dZ1 = W2.T @ dZ2"},
    ("Z1", "relu-derivative"): {"bracket": r"dZ^{[1]} = W^{[2]T} dZ^{[2]} \odot \mathbb{1}\{Z^{[1]} < 0\}",
                                "index": r"dZ_1 = W_2^T dZ_2 \odot \mathbb{1}\{Z_1 < 0\}",
                                "code": "dZ1 = W2.T @ dZ2 * (Z1 < 0)"},
    ("W1", "sign"): {"bracket": r"dW^{[1]} = -\frac{1}{m} dZ^{[1]} X^T", "index": r"dW_1 = -\frac{1}{m} dZ_1 X^T",
                     "code": "dW1 = -1 / m * dZ1 @ X.T"},
}
NAMES = ['=HYPERLINK("x")', "<script>alert(1)<", "::error::boo", "\x1b[31mred", "a,b;c", "-rf", "n\nl",
         "\u202eevil", "%41%42", "a..b", "+1", "@here", "x" * 200]
HOSTILE = [
    "$$dW_2 = " + "{" * 5000 + "1" + "}" * 5000 + "$$\n",
    r"\def\a{\b\b}\def\b{\c\c}\def\c{\d\d}\def\d{\e\e}\def\e{\f\f}\def\f{\g\g}\def\g{\a\a}$$dW_2 = \a$$" + "\n",
    "$$dW_2 = " + r"\left(" * 3000 + "\n",
    "\x1b[2J\x1b]0;owned\x07$$dW_2 = 1$$ ::error::injected\n<script>alert(1)</script><img src=x onerror=alert(1)>\n",
    "$$dW_2 = " + "+".join(["x"] * 20000) + "$$\n",
    "[a](javascript:alert(1)) ![p](http://x.example/p.png) <iframe src='http://x.example'></iframe> $dZ_2 = 10^{10^{10}}$\n",
    "|a|b|\n|-|-|\n" * 2000,
    "$$ \\begin{pmatrix} " + " & ".join(["1"] * 3000) + r" \end{pmatrix} = dW_2 $$" + "\n",
]
UNREADABLE = [b"", b"\xff\xfe\x00\x01binary", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "дз\n".encode("utf-16")]


def sheet(notation, lines, rng):
    if notation == "code":
        return "# Homework\n\n" + FORWARD[notation] + "\n```python\n" + "\n".join(lines) + "\n```\n"
    words = ["With the chain rule,", "Hence", "So we get", "Going one step back,", "And", "It follows that"]
    body = "\n\n".join(f"{rng.choice(words)}\n\n$${line}$$" for line in lines)
    return "# Homework\n\n" + FORWARD[notation] + "\n" + body + "\n"


def main(folder, n):
    rng = random.Random(20)
    place = folder / "in"
    place.mkdir(parents=True)
    (folder / "hw.md").write_text(ASSIGNMENT)
    planted, human, right = {}, [], []
    notations, slips = list(FORWARD), list(SLIPS)
    for i in range(n):
        student, kind = f"student{i:03}", rng.random()
        notation = rng.choice(notations)
        lines = dict(RIGHT[notation])
        if kind < 0.35:
            right.append(student)
        elif kind < 0.86:
            step, slip = slips[len(planted) % len(slips)]
            lines[step] = SLIPS[step, slip][notation]
            planted[student] = [step, slip]
        elif kind < 0.92:
            student = f"unreadable{i:03}"
            (place / f"{student}.md").write_bytes(UNREADABLE[len(human) % len(UNREADABLE)])
            human.append(student)
            continue
        else:
            student = f"hostile{i:03}"
            (place / f"{student}.md").write_text(HOSTILE[i % len(HOSTILE)])
            continue
        text = sheet(notation, [lines[s] for s in STEPS], rng)
        if i % 5 == 4:
            (place / student).mkdir()
            (place / student / "hw.md").write_text(text)
        else:
            (place / f"{student}.md").write_text(text)
    for name in NAMES:
        (place / f"{name}.md").write_text(sheet("index", [RIGHT["index"][s] for s in STEPS], rng))
    (folder / "planted.json").write_text(json.dumps({"planted": planted, "human": human, "right": right}))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), int(sys.argv[2]))
