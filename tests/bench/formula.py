"""Formulas for the mutation bench: a tree of tuples, its value in numbers, and three ways to write it.

    ('q', 'dZ', 2)  a quantity and its layer      ('num', 2)  ('m',)  ('name', 'z')
    ('T', a)  ('neg', a)  ('add', a, b)  ('sub', a, b)  ('mat', a, b)  ('had', a, b)  ('times', a, b)
    ('frac', a, b)  ('pow', a, n)  ('sum', a, axis)  ('fn', 'sigma', a)  ('prime', 'sigma', a)  ('exp', a)
    ('step', a)  ('unstep', a)      1{a > 0}, 1{a < 0}
    ('d', a, b)                     da/db, a link of a chain; it has no value of its own
"""
import math
import sys
import pathlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from matrix import M  # noqa: E402

FUNCTIONS = {
    "sigma": lambda v: 1 / (1 + math.exp(-v)),
    "tanh": math.tanh,
    "relu": lambda v: max(v, 0.0),
    "id": lambda v: v,
}
SLOPES = {
    "sigma": lambda v: FUNCTIONS["sigma"](v) * (1 - FUNCTIONS["sigma"](v)),
    "tanh": lambda v: 1 - math.tanh(v) ** 2,
    "relu": lambda v: float(v > 0),
    "id": lambda v: 1.0,
}


class NoValue(Exception):
    """Shapes that do not meet: the formula cannot be right."""


def kids(e):
    return [k for k in e[1:] if isinstance(k, tuple)]


def with_kid(e, n, new):
    """The tree with its n-th subtree replaced."""
    where = [i for i, k in enumerate(e) if i and isinstance(k, tuple)][n]
    return e[:where] + (new,) + e[where + 1:]


def spots(e, path=()):
    """Every subtree with the function that puts something else in its place."""
    yield path, e
    for n, k in enumerate(kids(e)):
        yield from spots(k, path + (n,))


def replaced(e, path, new):
    if not path:
        return new
    return with_kid(e, path[0], replaced(kids(e)[path[0]], path[1:], new))


def entrywise(a, b, f):
    """As numpy does it: a row or a column is repeated along the axis it does not have."""
    if isinstance(a, M):
        try:
            return a.join(b, f)
        except AssertionError:
            raise NoValue
    return b.join(a, lambda x, y: f(y, x)) if isinstance(b, M) else f(a, b)


def value(e, world):
    op = e[0]
    if op == "q":
        return world[e[1:]]
    if op == "name":
        return world[e[1]]
    if op == "num":
        return float(e[1])
    if op == "m":
        return world["m"]
    if op in ("fn", "prime", "exp", "step", "unstep"):
        f = {"fn": lambda: FUNCTIONS[e[1]], "prime": lambda: SLOPES[e[1]], "exp": lambda: math.exp,
             "step": lambda: lambda v: float(v > 0), "unstep": lambda: lambda v: float(v < 0)}[op]()
        a = value(e[-1], world)
        return a.map(f) if isinstance(a, M) else f(a)
    a = value(e[1], world)
    if op == "T":
        return a.T if isinstance(a, M) else a
    if op == "neg":
        return -a
    if op == "pow":
        return a ** e[2]
    if op == "sum":
        if not isinstance(a, M):
            return a
        return M([[sum(r)] for r in a.rows]) if e[2] == 1 else M([[sum(c) for c in zip(*a.rows)]])
    b = value(e[2], world)
    if op in ("mat", "times"):
        if isinstance(a, M) and isinstance(b, M) and (1, 1) not in (a.shape, b.shape):
            if a.shape[1] != b.shape[0]:
                raise NoValue
            return a @ b
        return a * b  # a single number beside a matrix
    return entrywise(a, b, {"add": lambda x, y: x + y, "sub": lambda x, y: x - y, "had": lambda x, y: x * y,
                             "frac": lambda x, y: x / y}[op])


def differs(a, b, worlds):
    """Do two formulas differ in some world? One without a value differs from one with."""
    for world in worlds:
        try:
            x = value(a, world)
        except (NoValue, ZeroDivisionError, OverflowError):
            return True
        y = value(b, world)
        x, y = (v.rows if isinstance(v, M) else [[v]] for v in (x, y))
        if [len(r) for r in x] != [len(r) for r in y]:
            return True
        scale = max(abs(v) for r in y for v in r) or 1.0
        if any(abs(p - q) > 1e-6 * scale for r, s in zip(x, y) for p, q in zip(r, s)):
            return True
    return False


# ---- writing ---------------------------------------------------------------------------------------------------

TIGHT = {"pow": 3, "add": 1, "sub": 1, "neg": 1, "mat": 2, "had": 2, "times": 2, "sum": 4, "frac": 4}


class Notation:
    """LaTeX with layers as `layer` writes them; small letters for one sample."""

    def __init__(self, name, layer, odot, small=False, partial=False):
        self.name, self.layer, self.odot, self.small, self.partial = name, layer, odot, small, partial

    def quantity(self, base, layer):
        if self.small:
            base = {"Z": "z", "A": "a", "X": "x", "Y": "y", "dZ": "dz", "dA": "da", "Yhat": "\\hat{y}"}.get(base, base)
        elif base == "Yhat":
            base = "\\hat{Y}"
        return base if base in "XxYy" or layer is None else base + self.layer % layer

    def wrt(self, base, layer):
        """The left side: the derivative by a quantity."""
        if not self.partial:
            return "d" + self.quantity(base, layer)
        cost = "L" if self.small else "J"
        return r"\frac{\partial %s}{\partial %s}" % (cost, self.quantity(base, layer))

    def inside(self, e, needed):
        text = self.write(e)
        return text if TIGHT.get(e[0], 4) >= needed else "(" + text + ")"

    def write(self, e):
        op = e[0]
        if op == "q":
            return self.quantity(e[1], e[2])
        if op == "name":
            return e[1]
        if op == "num":
            return "%g" % e[1]
        if op == "m":
            return "m"
        if op == "T":
            base = self.inside(e[1], 4)
            if e[1][0] == "q" and "^" in base:
                return base[:-1] + "T}" if base.endswith("}") else base + "^T"
            return base + "^T"
        if op == "neg":
            return "-" + self.inside(e[1], 2)
        if op == "add":
            return self.write(e[1]) + " + " + self.inside(e[2], 2)
        if op == "sub":
            return self.write(e[1]) + " - " + self.inside(e[2], 2)
        if op in ("mat", "times"):
            return self.inside(e[1], 2) + (" " if op == "mat" else r" \cdot ") + self.inside(e[2], 3)
        if op == "had":
            return self.inside(e[1], 2) + " " + self.odot + " " + self.inside(e[2], 3)
        if op == "frac":
            return r"\frac{%s}{%s}" % (self.write(e[1]), self.write(e[2]))
        if op == "pow":
            base = self.inside(e[1], 4)
            if e[1][0] == "fn":
                name, arg = base.split("(", 1)
                return "%s^%d(%s" % (name, e[2], arg)
            return ("(" + base + ")" if "^" in base or e[1][0] == "frac" else base) + "^%d" % e[2]
        if op == "sum":
            return r"\text{np.sum}(%s, \text{axis}=%d, \text{keepdims}=\text{True})" % (self.write(e[1]), e[2])
        if op == "fn":
            return {"sigma": r"\sigma", "tanh": r"\tanh", "relu": r"\text{ReLU}"}[e[1]] + "(" + self.write(e[2]) + ")"
        if op == "prime":
            return {"sigma": r"\sigma", "tanh": r"\tanh", "relu": r"\text{ReLU}"}[e[1]] + "'(" + self.write(e[2]) + ")"
        if op == "exp":
            return "e^{%s}" % self.write(e[1])
        if op in ("step", "unstep"):
            return r"\mathbb{1}\{%s %s 0\}" % (self.write(e[1]), ">" if op == "step" else "<")
        if op == "d":
            return r"\frac{\partial %s}{\partial %s}" % (self.write(e[1]), self.write(e[2]))
        raise ValueError(op)


class Code:
    """The numpy dialect."""
    name, small, partial = "numpy", False, False

    def quantity(self, base, layer):
        return base if base in "XY" or layer is None else base + str(layer)

    def wrt(self, base, layer):
        return "d" + self.quantity(base, layer)

    def inside(self, e, needed):
        text = self.write(e)
        return text if TIGHT.get(e[0], 4) >= needed else "(" + text + ")"

    def write(self, e):
        op = e[0]
        if op == "q":
            return self.quantity(e[1], e[2])
        if op == "num":
            return "%g" % e[1]
        if op == "m":
            return "m"
        if op == "T":
            return self.inside(e[1], 4) + ".T"
        if op == "neg":
            return "-" + self.inside(e[1], 2)
        if op == "add":
            return self.write(e[1]) + " + " + self.inside(e[2], 2)
        if op == "sub":
            return self.write(e[1]) + " - " + self.inside(e[2], 2)
        if op == "mat":
            scalar = e[1][0] in ("num", "m") or e[1] == ("frac", ("num", 1), ("m",))
            if e[1] == ("frac", ("num", 1), ("m",)):
                return self.inside(e[2], 2) + " / m"
            return self.inside(e[1], 2) + (" * " if scalar else " @ ") + self.inside(e[2], 3)
        if op in ("had", "times"):
            return self.inside(e[1], 2) + " * " + self.inside(e[2], 3)
        if op == "frac":
            return self.inside(e[1], 2) + " / " + self.inside(e[2], 5)
        if op == "pow":
            return self.inside(e[1], 4) + "**%d" % e[2]
        if op == "sum":
            return "np.sum(%s, axis=%d, keepdims=True)" % (self.write(e[1]), e[2])
        if op == "fn":
            return {"sigma": "sigmoid", "tanh": "np.tanh", "relu": "relu"}[e[1]] + "(" + self.write(e[2]) + ")"
        if op == "exp":
            return "np.exp(%s)" % self.write(e[1])
        if op in ("step", "unstep"):
            return "(%s %s 0)" % (self.write(e[1]), ">" if op == "step" else "<")
        raise ValueError(op)


NG = Notation("ng", "^{[%d]}", r"\odot")
NG_PARTIAL = Notation("ng-partial", "^{[%d]}", r"\odot", partial=True)
SUB = Notation("subscript", "_%d", r"\circ", partial=True)
PAREN = Notation("paren", "^{(%d)}", r"\odot", partial=True)
NG_SMALL = Notation("ng-small", "^{[%d]}", r"\odot", small=True, partial=True)
SUB_SMALL = Notation("subscript-small", "_%d", r"\odot", small=True, partial=True)
CODE = Code()
