"""A network's eight stages, each wrong in turn and carried on: the root is named once, what follows from it is inherited.

    stages.py HANDGRAD

Every line is written out down to values, so that a wrong one stands in all that follow from it. Lines that do not follow
from it are right and agree.
"""
import json
import subprocess
import sys
import tempfile

# stage: the one above it, and the line it takes its value to, {} standing for the one above
BATCH = {
    "dA2": (None, r"\frac{A_2 - Y}{A_2 \odot (1 - A_2)}"),
    "dZ2": ("dA2", r"({}) \odot A_2 \odot (1 - A_2)"),
    "dW2": ("dZ2", r"\frac{1}{m} ({}) A_1^T"),
    "db2": ("dZ2", r"\frac{1}{m} \text{np.sum}({}, \text{axis}=1, \text{keepdims}=\text{True})"),
    "dA1": ("dZ2", r"W_2^T ({})"),
    "dZ1": ("dA1", r"({}) \odot SLOPE"),
    "dW1": ("dZ1", r"\frac{1}{m} ({}) X^T"),
    "db1": ("dZ1", r"\frac{1}{m} \text{np.sum}({}, \text{axis}=1, \text{keepdims}=\text{True})"),
}
SAMPLE = {
    "dA2": (None, r"-\frac{y}{a_2} + \frac{1 - y}{1 - a_2}"),
    "dZ2": ("dA2", r"({}) a_2 (1 - a_2)"),
    "dW2": ("dZ2", r"({}) a_1^T"),
    "db2": ("dZ2", r"{}"),
    "dA1": ("dZ2", r"W_2^T ({})"),
    "dZ1": ("dA1", r"({}) \odot SLOPE"),
    "dW1": ("dZ1", r"({}) x^T"),
    "db1": ("dZ1", r"{}"),
}
HIDDEN = {"relu": (r"\text{ReLU}", r"\mathbb{1}\{Z_1 > 0\}"), "tanh": (r"\tanh", "(1 - A_1^2)"),
          "sigmoid": (r"\sigma", r"A_1 \odot (1 - A_1)")}
SLIPS = {"sign": "-({})", "constant-factor": "2 ({})"}


def follows(stages, stage, root):
    while stage and stage != root:
        stage = stages[stage][0]
    return stage == root


def sheet(stages, hidden, root, slip):
    """(text, {line number: stage})"""
    batch = stages is BATCH
    g, slope = HIDDEN[hidden]
    small = lambda s: s if batch else s.replace("Z", "z").replace("A", "a").replace("X", "x")
    lines = ["# Eight steps", "", "The $m$ samples are the columns of $X$." if batch else "One sample.", ""]
    cost = (r"J = -\frac{1}{m} \sum_{i=1}^m \left( y^{(i)} \log a_2^{(i)} + (1 - y^{(i)}) \log(1 - a_2^{(i)}) \right)" if batch
            else r"L = -y \log(a_2) - (1 - y) \log(1 - a_2)")
    for said in ("Z_1 = W_1 X + b_1", f"A_1 = {g}(Z_1)", "Z_2 = W_2 A_1 + b_2", r"A_2 = \sigma(Z_2)"):
        lines += [f"$$ {small(said)} $$", ""]
    lines += [f"$$ {cost} $$", ""]
    value, at = {}, {}
    for stage, (above, rule) in stages.items():
        right = rule.replace("{}", value[above] if above else "").replace("SLOPE", small(slope))
        value[stage] = SLIPS[slip].replace("{}", right) if stage == root else right
        letter, layer = stage[1], stage[2]
        left = f"d{letter}_{layer}" if batch else r"\frac{\partial L}{\partial %s}" % small(f"{letter}_{layer}")
        lines += [f"$$ {left} = {value[stage]} $$", ""]
        at[len(lines) - 1] = stage
    return "\n".join(lines), at


def check(program, stages, hidden, root, slip):
    text, at = sheet(stages, hidden, root, slip)
    with tempfile.NamedTemporaryFile("w", suffix=".md") as file:
        file.write(text)
        file.flush()
        ran = subprocess.run([program, "check", "--json", file.name], capture_output=True, text=True)
    of = {at[f["span"]["line"]]: f for f in json.loads(ran.stdout)["findings"] if f["span"]["line"] in at}
    wrong = []
    for stage in stages:
        f = of[stage]
        got = f["status"], (f["slip"] or {}).get("id"), f["inherited_from"]
        want = (("disagrees", slip, None) if stage == root else
                ("disagrees", None, of[root]["id"]) if follows(stages, stage, root) else ("agrees", None, None))
        if got != want:
            wrong.append(f"{hidden}, {root} {slip}: {stage} is {got}, not {want}: {f['written']}")
    return wrong


def main():
    wrong = []
    for stages in (BATCH, SAMPLE):
        for hidden in HIDDEN:
            for root in stages:
                for slip in SLIPS:
                    wrong += check(sys.argv[1], stages, hidden, root, slip)
    print("\n".join(wrong) or "the root is found for every stage")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
