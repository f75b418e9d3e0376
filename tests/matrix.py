"""Small matrices as rows, for tests that compute by themselves; a number stands for itself wherever shapes allow."""


class M:
    def __init__(self, rows):
        self.rows = [list(map(float, r)) for r in rows]

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0])

    @property
    def T(self):
        return M(zip(*self.rows))

    def map(self, f):
        return M([[f(v) for v in r] for r in self.rows])

    def join(self, other, f):
        if not isinstance(other, M):
            return self.map(lambda v: f(v, other))
        r, c = (max(a, b) for a, b in zip(self.shape, other.shape))
        for m in (self, other):
            assert m.shape[0] in (1, r) and m.shape[1] in (1, c), "shapes do not fit"
        at = lambda m, i, j: m.rows[i % m.shape[0]][j % m.shape[1]]
        return M([[f(at(self, i, j), at(other, i, j)) for j in range(c)] for i in range(r)])

    def __add__(self, o): return self.join(o, lambda a, b: a + b)
    def __radd__(self, o): return self.join(o, lambda a, b: b + a)
    def __sub__(self, o): return self.join(o, lambda a, b: a - b)
    def __rsub__(self, o): return self.join(o, lambda a, b: b - a)
    def __mul__(self, o): return self.join(o, lambda a, b: a * b)
    def __rmul__(self, o): return self.join(o, lambda a, b: b * a)
    def __truediv__(self, o): return self.join(o, lambda a, b: a / b)
    def __rtruediv__(self, o): return self.join(o, lambda a, b: b / a)
    def __pow__(self, n): return self.map(lambda v: v**n)
    def __neg__(self): return self.map(lambda v: -v)

    def __matmul__(self, o):
        assert self.shape[1] == o.shape[0], "shapes do not meet"
        return M([[sum(a * b for a, b in zip(r, c)) for c in zip(*o.rows)] for r in self.rows])
