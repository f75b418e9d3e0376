"""Small matrices and formulas of them, for the generator alone: it shares nothing with what it tries.

A formula is a tuple: a node and its operands.
  ("q", role, layer)      a quantity      ("g", role, layer)   the derivative of the cost by it
  ("T", e)                transposed      ("mm", a, b)         matrix product      ("had", a, b)  entry by entry
  ("add", a, b) ("sub", a, b) ("neg", e)  ("scale", s, e)      s names a number: "2", "1/2", "1/m", "lambda", ...
  ("sum", e, axis)        over the samples, the axis kept      ("1-", e) ("1+", e) ("sq", e) ("step", e) ("unstep", e)
  ("norm", e) ("div", a, number)
  ("fn", f, e) ("slope", f, e)            a function or its derivative, entry by entry
By index, where every quantity stands with its indices and every value is a number:
  ("ix", role, layer, indices)  ("gx", role, layer, indices)  ("over", index, e)   a sum over an index
"""
import math


class Misfit(Exception):
    """Shapes that do not meet."""


def sigmoid(t):
    return 1 / (1 + math.exp(-t)) if t > -700 else 0.0


FUNCTIONS = {
    "sigma": (sigmoid, lambda t: sigmoid(t) * (1 - sigmoid(t))),
    "tanh": (math.tanh, lambda t: 1 - math.tanh(t) ** 2),
    "relu": (lambda t: max(t, 0.0), lambda t: float(t > 0)),
    "linear": (lambda t: t, lambda t: 1.0),
}


def shape(a):
    return len(a), len(a[0])


def each(f, a):
    return [[f(x) for x in row] for row in a]


def turned(a):
    return [list(col) for col in zip(*a)]


def joined(f, a, b, spread):
    """Entry by entry; with `spread` a row or column of the one goes along the other."""
    (n, m), (p, q) = shape(a), shape(b)
    if (n, m) == (p, q):
        return [[f(x, y) for x, y in zip(r, s)] for r, s in zip(a, b)]
    if not spread or (n != p and 1 not in (n, p)) or (m != q and 1 not in (m, q)):
        raise Misfit
    return [[f(a[i % n][j % m], b[i % p][j % q]) for j in range(max(m, q))] for i in range(max(n, p))]


def product(a, b):
    if shape(a) == (1, 1):
        return each(lambda x: a[0][0] * x, b)
    if shape(b) == (1, 1):
        return each(lambda x: b[0][0] * x, a)
    if len(a[0]) != len(b):
        raise Misfit
    return [[sum(x * y for x, y in zip(row, col)) for col in zip(*b)] for row in a]


def softmax(a, axis):
    """Over the entries of a sample: down the columns (axis 0) or along the rows (axis 1)."""
    a = turned(a) if axis == 0 else a
    out = []
    for row in a:
        top = [math.exp(x - max(row)) for x in row]
        out.append([x / sum(top) for x in top])
    return turned(out) if axis == 0 else out


class World:
    """Values of quantities and derivatives; numbers by name; for index formulas the size of every index."""
    def __init__(self, numbers):
        self.q, self.g, self.numbers, self.at, self.size = {}, {}, numbers, {}, {}

    def value(self, e):
        return getattr(self, "do_" + NAMES.get(e[0], e[0]))(*e[1:])

    def do_q(self, role, layer):
        return self.q[role, layer]

    def do_g(self, role, layer):
        return self.g[role, layer]

    def do_T(self, e):
        return turned(self.value(e))

    def do_mm(self, a, b):
        return product(self.value(a), self.value(b))

    def do_had(self, a, b):
        return joined(lambda x, y: x * y, self.value(a), self.value(b), False)

    def do_add(self, a, b):
        return joined(lambda x, y: x + y, self.value(a), self.value(b), True)

    def do_sub(self, a, b):
        return joined(lambda x, y: x - y, self.value(a), self.value(b), True)

    def do_neg(self, e):
        return each(lambda x: -x, self.value(e))

    def do_scale(self, s, e):
        return each(lambda x: self.numbers[s] * x, self.value(e))

    def do_sum(self, e, axis):
        a = self.value(e)
        return [[sum(col) for col in zip(*a)]] if axis == 0 else [[sum(row)] for row in a]

    def do_one_minus(self, e):
        return each(lambda x: 1 - x, self.value(e))

    def do_one_plus(self, e):
        return each(lambda x: 1 + x, self.value(e))

    def do_sq(self, e):
        return each(lambda x: x * x, self.value(e))

    def do_norm(self, e):
        return [[math.sqrt(sum(x * x for row in self.value(e) for x in row))]]

    def do_div(self, a, b):
        by = self.value(b)
        return each(lambda x: x / by[0][0], self.value(a))

    def do_step(self, e):
        return each(lambda x: float(x > 0), self.value(e))

    def do_unstep(self, e):
        return each(lambda x: float(x < 0), self.value(e))

    def do_fn(self, f, e):
        return softmax(self.value(e), self.numbers["class axis"]) if f == "softmax" else each(FUNCTIONS[f][0], self.value(e))

    def do_slope(self, f, e):
        return each(FUNCTIONS[f][1], self.value(e))

    def entry(self, of, indices):
        a, at = of, [self.at[i] for i in indices]
        at = at + [0] * (2 - len(at))
        if at[0] >= len(a) or at[1] >= len(a[0]):
            raise Misfit
        return [[a[at[0]][at[1]]]]

    def do_ix(self, role, layer, indices):
        return self.entry(self.q[role, layer], indices)

    def do_gx(self, role, layer, indices):
        return self.entry(self.g[role, layer], indices)

    def do_over(self, index, e):
        total, before = 0.0, self.at.get(index)
        for self.at[index] in range(self.size[index]):
            total += self.value(e)[0][0]
        if before is None:
            del self.at[index]
        else:
            self.at[index] = before
        return [[total]]

    def along(self, e, free):
        """The values of an index formula for all values of its free indices, as one row."""
        out = []
        def go(k):
            if k == len(free):
                out.append(self.value(e)[0][0])
                return
            for value in range(self.size[free[k]]):
                self.at[free[k]] = value
                go(k + 1)
            del self.at[free[k]]
        go(0)
        return [out]


NAMES = {"1-": "one_minus", "1+": "one_plus"}


def near(a, b, tol):
    """Equal in shape and, within tol of the largest entry, in value."""
    if shape(a) != shape(b):
        return False
    scale = max(max(abs(x) for row in m for x in row) for m in (a, b)) + 1e-12
    return all(abs(x - y) <= tol * scale for r, s in zip(a, b) for x, y in zip(r, s))
