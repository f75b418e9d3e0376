"""The right formulas the bench starts from: those of the built-in derivations, batch and single sample, in every notation."""
import random
from dataclasses import dataclass, field

import formula as f
from formula import CODE, NG, NG_PARTIAL, NG_SMALL, PAREN, SUB, SUB_SMALL
from matrix import M

q = lambda base, layer=None: ("q", base, layer)
num = lambda v: ("num", v)
T = lambda a: ("T", a)
mat = lambda *a: a[0] if len(a) == 1 else ("mat", mat(*a[:-1]), a[-1])
had = lambda a, b: ("had", a, b)
sub = lambda a, b: ("sub", a, b)
one_minus = lambda a: sub(num(1), a)
over_m = ("frac", num(1), ("m",))
mean = lambda a: ("mat", over_m, a)
X, Y, W1, W2, Z1, A1, Z2, A2 = q("X"), q("Y"), q("W", 1), q("W", 2), q("Z", 1), q("A", 1), q("Z", 2), q("A", 2)
dZ1, dA1, dZ2, dA2 = q("dZ", 1), q("dA", 1), q("dZ", 2), q("dA", 2)


@dataclass
class Source:
    """A right line: the document around it, and what it says."""
    derivation: str
    notation: object
    left: str
    right: tuple
    document: object  # a function of the line: the whole text, and the number of the line in it
    worlds: list = field(default_factory=list)
    hidden: str = ""
    stage: str = ""
    lefts: list = field(default_factory=list)  # other left sides of the document, with their right sides
    head: list = field(default_factory=list)  # the forward lines


# ---- networks ----------------------------------------------------------------------------------------------------

NETWORKS = {  # name: hidden activation, last activation, loss
    "relu_bce": ("relu", "sigma", "bce"), "tanh_bce": ("tanh", "sigma", "bce"), "relu_mse": ("relu", "id", "mse"),
    "sigmoid_mse": ("sigma", "sigma", "mse"), "sigmoid_bce": ("sigma", "sigma", "bce"),
}


def slope(hidden):
    return {"relu": ("step", Z1), "tanh": one_minus(("pow", A1, 2)), "sigma": had(A1, one_minus(A1))}[hidden]


def behind(error, hidden):
    back = mat(T(W2), error)
    return had(had(back, A1), one_minus(A1)) if hidden == "sigma" else had(back, slope(hidden))


def stages(hidden, last, loss, small):
    """Every stage of the backward pass, one or two ways to write it."""
    avg = (lambda a: a) if small else mean
    rowsum = (lambda a: a) if small else (lambda a: ("sum", a, 1))
    error = sub(A2, Y)
    dz2 = {("sigma", "bce"): error, ("id", "mse"): mat(num(2), error),
           ("sigma", "mse"): had(had(mat(num(2), error), A2), one_minus(A2))}[last, loss]
    short = error if loss == "bce" else dZ2
    e2, e1 = (short, behind(short, hidden)) if small and loss == "bce" else (dZ2, dZ1)
    out = [("dZ", 2, dz2)]
    if small:
        out += [("dA", 2, {"bce": ("add", ("neg", ("frac", Y, A2)), ("frac", one_minus(Y), one_minus(A2))),
                           "mse": mat(num(2), error)}[loss])]
        if loss == "bce":
            out += [("dA", 2, ("frac", error, had(A2, one_minus(A2))))]
    out += [("W", 2, avg(mat(e2, T(A1)))), ("b", 2, avg(rowsum(e2))), ("dA", 1, mat(T(W2), e2)),
            ("dZ", 1, behind(e2, hidden)), ("W", 1, avg(mat(e1, T(X)))), ("b", 1, avg(rowsum(e1)))]
    if not small:
        out += [("W", 2, mean(mat(short, T(A1)))), ("dZ", 1, behind(short, hidden))]
    return out


def worlds_of(hidden, last, loss, small, code, seed):
    rng = random.Random(seed)
    drawn = lambda r, c: M([[rng.uniform(-1.5, 1.5) for _ in range(c)] for _ in range(r)])
    out = []
    for n0, n1, n2, m in ((3, 4, 2, 5), (4, 3, 5, 2), (2, 5, 3, 7)):
        # what is right for one output must not be refused: a cross-entropy says nothing of more
        m, n2 = 1 if small else m, 1 if loss == "bce" or code else n2
        w = {("X", None): drawn(n0, m), ("Y", None): M([[rng.random() for _ in range(m)] for _ in range(n2)]),
             ("W", 1): drawn(n1, n0), ("b", 1): drawn(n1, 1), ("W", 2): drawn(n2, n1), ("b", 2): drawn(n2, 1), "m": m}
        w["Z", 1] = w["W", 1] @ w["X", None] + w["b", 1]
        w["A", 1] = w["Z", 1].map(f.FUNCTIONS[hidden])
        w["Z", 2] = w["W", 2] @ w["A", 1] + w["b", 2]
        w["A", 2] = w["Z", 2].map(f.FUNCTIONS[last])
        error = w["A", 2] - w["Y", None]
        ds = w["Z", 2].map(f.SLOPES[last])
        w["dA", 2] = 2 * error if loss == "mse" else error / (w["A", 2] * (1 - w["A", 2]))
        w["dZ", 2] = w["dA", 2] * ds
        w["dA", 1] = w["W", 2].T @ w["dZ", 2]
        w["dZ", 1] = w["dA", 1] * w["Z", 1].map(f.SLOPES[hidden])
        out.append(w)
    return out


def forward(hidden, last, loss, note):
    """The forward lines, as a list; in code without dollars."""
    g = {"relu": r"\text{ReLU}", "tanh": r"\tanh", "sigma": r"\sigma"}
    name = note.quantity
    x = "x" if note.small else "X"
    if note is CODE:
        g = {"relu": "relu", "tanh": "np.tanh", "sigma": "sigmoid"}
        lines = ["Z1 = W1 @ X + b1", "A1 = %s(Z1)" % g[hidden], "Z2 = W2 @ A1 + b2",
                 "A2 = Z2" if last == "id" else "A2 = sigmoid(Z2)"]
        cost = {"bce": "J = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m",
                "mse": "J = np.sum((A2 - Y)**2) / m"}[loss]
        return lines + [cost]
    z1, a1, z2, a2 = name("Z", 1), name("A", 1), name("Z", 2), name("A", 2)
    lines = [f"{z1} = {name('W', 1)} {x} + {name('b', 1)}", f"{a1} = {g[hidden]}({z1})",
             f"{z2} = {name('W', 2)} {a1} + {name('b', 2)}", f"{a2} = {z2}" if last == "id" else f"{a2} = \\sigma({z2})"]
    if note.small:
        cost = {"bce": rf"L = -y \log({a2}) - (1 - y) \log(1 - {a2})", "mse": rf"L = \|{a2} - y\|^2"}[loss]
        return lines + [cost]
    small = f.Notation("", note.layer, "", small=True).quantity("A", 2)
    at = small + "^{(i)}" if "^" not in small else "a^{[2](i)}" if "[" in small else "a^{(2)(i)}"
    cost = {"bce": rf"J = -\frac{{1}}{{m}} \sum_{{i=1}}^m \left( y^{{(i)}} \log {at} + (1 - y^{{(i)}}) \log(1 - {at}) \right)",
            "mse": rf"J = \frac{{1}}{{m}} \sum_{{i=1}}^m \| {at} - y^{{(i)}} \|^2"}[loss]
    return lines + [cost]


def sheet(note, head, before, after):
    """A document: the forward lines, right lines, the line in question, right lines."""
    def document(line):
        if note is CODE:
            rows = ["# Code", "", "With m samples as columns:", "", "```python"] + head + before
            return "\n".join(rows + [line] + after + ["```", ""]), len(rows) + 1
        rows = ["# Sheet", "", "One sample." if note.small else "The $m$ samples are the columns of $X$.", ""]
        for text in head + before:
            rows += ["$$" + text + "$$", ""]
        at = len(rows) + 1
        rows += ["$$" + line + "$$", ""]
        for text in after:
            rows += ["$$" + text + "$$", ""]
        return "\n".join(rows) + "\n", at
    return document


def left_side(note, base, layer):
    if base in ("dZ", "dA") and not note.small:
        return note.quantity(base, layer)
    return note.wrt(base[-1], layer)


def network_sources():
    for name, (hidden, last, loss) in NETWORKS.items():
        for note in (NG, NG_PARTIAL, SUB, PAREN, CODE, NG_SMALL, SUB_SMALL):
            worlds = worlds_of(hidden, last, loss, note.small, note is CODE, name + note.name)
            rows = stages(hidden, last, loss, note.small)
            said = [left_side(note, b, l) + " = " + note.write(e) for b, l, e in rows]
            head = forward(hidden, last, loss, note)
            for k, (base, layer, right) in enumerate(rows):
                stage = f"{base}{layer}"
                source = Source(name, note, left_side(note, base, layer), right, None, worlds, hidden, stage, head=head)
                source.lefts = [(left_side(note, b, l), e) for b, l, e in rows if (b, l) != (base, layer)]
                same = [i for i, (b, l, _) in enumerate(rows) if (b, l) == (base, layer)]
                others = [i for i in range(len(rows)) if i not in same]
                source.document = sheet(note, head, [said[i] for i in others if i < k], [said[i] for i in others if i > k])
                yield source


# ---- functions of one variable -----------------------------------------------------------------------------------

def scalar_sources():
    z, t, y = ("name", "z"), ("name", "t"), ("name", "y")
    sigma, tanh, exp = ("fn", "sigma", z), ("fn", "tanh", z), ("exp", ("neg", z))
    below = ("add", num(1), exp)
    lines = [
        ("sigmoid", r"\sigma(z) = \frac{1}{1 + e^{-z}}", r"\sigma'(z)", ("times0", sigma, one_minus(sigma))),
        ("sigmoid", r"\sigma(z) = \frac{1}{1 + e^{-z}}", r"\frac{d\sigma}{dz}", ("frac", exp, ("pow", below, 2))),
        ("sigmoid", r"\sigma(z) = \frac{1}{1 + e^{-z}}", r"\frac{d}{dz} \sigma(z)",
         ("times0", ("frac", num(1), below), one_minus(("frac", num(1), below)))),
        ("tanh", r"f(z) = \tanh(z)", r"f'(z)", one_minus(("pow", tanh, 2))),
        ("tanh", r"g(z) = \tanh(z)", r"\frac{dg}{dz}", one_minus(("pow", tanh, 2))),
        ("bce", r"L = -y \log(t) - (1 - y) \log(1 - t)", r"\frac{dL}{dt}",
         ("add", ("neg", ("frac", y, t)), ("frac", one_minus(y), one_minus(t)))),
        ("bce", r"L = -y \log(t) - (1 - y) \log(1 - t)", r"\frac{\partial L}{\partial t}",
         ("frac", sub(t, y), ("times0", t, one_minus(t)))),
        ("bce_logit", r"L = -y \log(\sigma(z)) - (1 - y) \log(1 - \sigma(z))", r"\frac{\partial L}{\partial z}",
         sub(sigma, y)),
        ("mse", r"L = (t - y)^2", r"\frac{\partial L}{\partial t}", ("mat", num(2), sub(t, y))),
    ]
    rng = random.Random("scalars")
    worlds = [{"z": rng.uniform(-2, 2), "t": rng.uniform(0.1, 0.9), "y": rng.uniform(0.1, 0.9)} for _ in range(4)]
    for name, head, left, right in lines:
        right = juxtaposed(right)
        yield Source(name, NG_SMALL, left, right, sheet(NG_SMALL, [head], [], []), worlds)


def juxtaposed(e):
    """times0: factors side by side."""
    if not isinstance(e, tuple):
        return e
    return tuple(["mat" if e[0] == "times0" else e[0]] + [juxtaposed(k) for k in e[1:]])


# ---- one layer: affine, and softmax with cross-entropy -----------------------------------------------------------

def softmax(column):
    top = [f.math.exp(v) for (v,) in column.rows]
    return M([[v / sum(top)] for v in top])


def layer_sources():
    W, b, x, z, p, y = (q(v) for v in "Wbxzpy")
    rng = random.Random("layers")
    column = lambda n: M([[rng.uniform(-1, 1)] for _ in range(n)])
    worlds = []
    for n, k in ((3, 4), (5, 2), (2, 3)):
        w = {("W", None): M([[rng.uniform(-1, 1) for _ in range(n)] for _ in range(k)]), ("b", None): column(k),
             ("x", None): column(n), ("y", None): column(k).map(abs)}
        w["z", None] = w["W", None] @ w["x", None] + w["b", None]
        w["p", None] = softmax(w["z", None])
        worlds.append(w)
    square, entropy = mat(num(2), sub(z, y)), sub(p, y)
    for note in (NG_SMALL, SUB_SMALL):
        for name, head, error in (
                ("affine", ["z = W x + b", r"L = \| z - y \|^2"], square),
                ("softmax_ce", ["z = W x + b", r"p = \text{softmax}(z)", r"L = -\sum_k y_k \log p_k"], entropy)):
            rows = [(z, error), (W, mat(error, T(x))), (b, error), (x, mat(T(W), error))]
            lefts = [r"\frac{\partial L}{\partial %s}" % by[1] for by, _ in rows]
            said = [left + " = " + note.write(right) for left, (_, right) in zip(lefts, rows)]
            if name == "softmax_ce":  # the labels of a sample add up to 1
                some = [{k: (v if k[0] != "y" else v * (1 / sum(r[0] for r in v.rows))) for k, v in w.items()}
                        for w in worlds]
            for k, (left, (_, right)) in enumerate(zip(lefts, rows)):
                yield Source(name, note, left, right, sheet(note, head, said[:k], said[k + 1:]),
                             worlds if name == "affine" else some)


# ---- chains and indices: lines of their own kind ---------------------------------------------------------

def chain_sources():
    for name, (hidden, last, loss) in NETWORKS.items():
        for note in (NG_SMALL, SUB_SMALL):
            n = note.quantity
            path = ["L", n("A", 2), n("Z", 2), n("A", 1), n("Z", 1)]
            for bottom in (n("W", 1), n("b", 1), n("W", 2), n("b", 2), n("A", 1), n("Z", 1)):
                way = path[:3] if bottom in (n("W", 2), n("b", 2), n("A", 1)) else path[:4] if bottom == n("Z", 1) else path
                way = way + [bottom]
                if last == "id":  # a2 is z2
                    way = [w for w in way if w != n("A", 2)]
                links = [("d", ("name", a), ("name", b)) for a, b in zip(way, way[1:])]
                left = r"\frac{\partial L}{\partial %s}" % bottom
                document = sheet(note, forward(hidden, last, loss, note), [], [])
                yield Source(name, note, left, mat(*links), document)


def raw_lines():
    """(derivation, notation, forward lines, right lines beside it, left, right, {kinds: wrong right sides})"""
    for layer in ("^{[%d]}", "^{(%d)}"):
        for name, (hidden, last, loss) in NETWORKS.items():
            if loss != "bce":
                continue
            note = f.Notation("index" + layer, layer, r"\odot", small=True, partial=True)
            W2, W1, a1, a2, z1 = (note.quantity(*v) for v in (("W", 2), ("W", 1), ("A", 1), ("A", 2), ("Z", 1)))
            by = lambda q, letters: r"\frac{\partial L}{\partial %s_%s}" % (q, letters)
            top = (by(W2, "{jk}"), f"({a2}_j - y_j) {a1}_k")
            below = (by(W1, "{jk}"), by(z1, "j") + " x_k")
            beside = [" = ".join(line) for line in (top, below, (by(note.quantity("b", 2), "j"), f"{a2}_j - y_j"))]
            head = forward(hidden, last, loss, note)
            yield (name, note, head, beside[1:], *top,
                   {"wrong-index": [f"({a2}_k - y_k) {a1}_j", f"({a2}_j - y_j) {a1}_j", f"({a2}_j - y_k) {a1}_k"],
                    "sign": [f"(y_j - {a2}_j) {a1}_k"], "lost-factor": [f"{a2}_j - y_j"],
                    "wrong-layer": [f"({a2}_j - y_j) x_k"]})
            yield (name, note, head, [beside[0], beside[2]], *below,
                   {"wrong-index": [by(z1, "k") + " x_j"], "lost-factor lost-chain-factor": [by(z1, "j")],
                    "wrong-layer": [by(z1, "j") + f" {a1}_k"]})


def sources():
    yield from network_sources()
    yield from scalar_sources()
    yield from layer_sources()
    yield from chain_sources()
