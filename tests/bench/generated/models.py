"""Random networks and their derivations: every line a formula with its truth.

A network holds its forward equations as formulas, a loss, and the claims of its backward pass. The truth of a claim is checked in two worlds of
random values: against differences of the cost along random directions, with the evaluator of values.py alone.
"""
import math
from dataclasses import dataclass, field

import generated.values as v


@dataclass
class Claim:
    left: tuple          # ("g", role, layer), or ("gx", role, layer, indices)
    sides: list          # formulas, one for each sign of equality
    slips: list = field(default_factory=list)  # of each side: the kinds planted, an empty set if it is right
    must: bool = True    # false: other claims do not rest on it


@dataclass
class Model:
    layout: str          # one (a column), columns, rows, index
    layers: int
    acts: list           # of layer 1..n
    loss: str            # bce, half-square, square, classes
    cost: str            # one, sum, mean
    scaled: bool         # dZ is m times the derivative of the mean
    penalty: bool
    residual: set        # layers whose input is added to their output
    unit: bool           # one layer, one output, z = w^T x + b
    sizes: list          # n_0 .. n_L
    samples: int
    claims: list = field(default_factory=list)
    forward: list = field(default_factory=list)  # (("q", role, layer), formula)
    by_index: bool = False
    kind: str = "layers"  # or recurrent, normalised: see others.py
    free: dict = None     # where it is no network of layers, the shape of every free quantity by the names of its sizes


def q(role, layer=None):
    return "q", role, layer


def g(role, layer=None):
    return "g", role, layer


def draw(rng):
    layers = rng.choices([1, 2, 3, 4], [25, 50, 18, 7])[0]
    layout = rng.choices(["one", "columns", "rows", "index"], [34, 36, 14, 16])[0]
    loss = rng.choice(["bce", "bce", "half-square", "half-square", "square", "classes"])
    if layout == "index" and loss == "classes":
        loss = "half-square"
    single = layout != "index" and (loss == "bce" or layout == "one" and loss != "classes" and rng.random() < 0.3)
    sizes = rng.sample([2, 3, 4, 5, 6], layers + 1) if layers < 5 else []
    if single:
        sizes[-1] = 1
    acts = [rng.choice(["sigma", "tanh", "relu"]) for _ in range(layers - 1)]
    acts.append({"bce": "sigma", "classes": "softmax"}.get(loss) or rng.choice(["linear", "linear", "sigma", "tanh"]))
    cost = "one" if layout in ("one", "index") else rng.choice(["mean", "mean", "sum"])
    unit = layers == 1 and single and layout in ("one", "columns") and rng.random() < 0.6
    residual = set()
    if layers >= 3 and layout in ("one", "columns") and rng.random() < 0.3:
        sizes[2] = sizes[1]
        residual.add(2)
    return Model(layout, layers, acts, loss, cost, cost == "mean" and rng.random() < 0.5, rng.random() < 0.15 and layout != "index", residual, unit, sizes,
                 7 if cost != "one" else 1, by_index=layout == "index")


# ---- forward --------------------------------------------------------------------------------------------------------

def below(l):
    return q("x") if l == 1 else q("a", l - 1)


def forward(m):
    out = []
    for l in range(1, m.layers + 1):
        w = ("T", q("W", l)) if m.unit else q("W", l)
        product = ("mm", below(l), w) if m.layout == "rows" else ("mm", w, below(l))
        out.append((q("z", l), ("add", product, q("b", l))))
        value = q("z", l) if m.acts[l - 1] == "linear" else ("fn", m.acts[l - 1], q("z", l))
        out.append((q("a", l), ("add", value, below(l)) if l in m.residual else value))
    return out


def sizes_of(m):
    """The shape of every free quantity."""
    if m.free:
        size = {"1": 1, "n0": m.sizes[0], "n1": m.sizes[1]}
        return {name: (size[a], size[b]) for name, (a, b) in m.free.items()}
    s = 1 if m.cost == "one" else m.samples
    n = m.sizes
    lie = (lambda a, b: (b, a)) if m.layout == "rows" else (lambda a, b: (a, b))
    out = {("x", None): lie(n[0], s), ("y", None): lie(n[-1], s)}
    for l in range(1, m.layers + 1):
        out["W", l] = (n[0], 1) if m.unit else lie(n[l], n[l - 1])
        out["b", l] = lie(n[l], 1)
    return out


def world(m, rng):
    w = v.World({"2": 2.0, "1/2": 0.5, "-1": -1.0, "1/m": 1 / m.samples, "1/m^2": 1 / m.samples ** 2, "m": float(m.samples), "lambda": 0.37, "2lambda": 0.74,
                 "1/2m": 0.5 / m.samples, "2/m": 2 / m.samples, "class axis": 1 if m.layout == "rows" else 0})
    for name, (a, b) in sizes_of(m).items():
        w.q[name] = [[rng.uniform(0.2, 0.9) * rng.choice((-1, 1)) for _ in range(b)] for _ in range(a)]
    y = w.q["y", None]
    if m.loss == "classes":
        w.q["y", None] = v.softmax(y, w.numbers["class axis"])
    elif m.loss == "bce":
        w.q["y", None] = v.each(abs, y)
    run(m, w, {})
    return w


def run(m, w, bumps):
    """The forward pass; bumps are added to the quantities they name."""
    equations = m.forward or forward(m)
    computed = {left[1:] for left, _ in equations}
    bumped = lambda name, value: v.joined(lambda x, y: x + y, value, bumps[name], False) if name in bumps else value
    for name in set(w.q) - computed:
        w.q[name] = bumped(name, w.q[name])
    for left, formula in equations:
        w.q[left[1:]] = bumped(left[1:], w.value(formula))


def last(m):
    return None if m.kind == "normalised" else m.layers


def cost(m, w):
    a, y = w.q["a", last(m)], w.q["y", None]
    pairs = [(p, t) for r, s in zip(a, y) for p, t in zip(r, s)]
    if m.loss == "bce":
        total = -sum(t * math.log(p) + (1 - t) * math.log(1 - p) for p, t in pairs)
    elif m.loss == "classes":
        total = -sum(t * math.log(p) for p, t in pairs)
    else:
        total = sum((p - t) ** 2 for p, t in pairs) * (0.5 if m.loss == "half-square" else 1)
    total *= 1 / m.samples if m.cost == "mean" else 1
    if m.penalty:
        total += 0.37 / 2 * sum(x * x for l in range(1, m.layers + 1) for row in w.q["W", l] for x in row)
    return total


# ---- backward -------------------------------------------------------------------------------------------------------

def times(s, e):
    return e if s is None else ("scale", s, e)


def slopes(m, l):
    """Ways to write the derivative of the activation of layer l; none for a linear one."""
    z, a, f = q("z", l), q("a", l), m.acts[l - 1]
    plain = l not in m.residual
    return {"sigma": [("slope", f, z), ("had", ("fn", f, z), ("1-", ("fn", f, z)))] + [("had", a, ("1-", a))] * 3 * plain,
            "tanh": [("slope", f, z), ("1-", ("sq", ("fn", f, z)))] + [("1-", ("sq", a))] * 3 * plain,
            "relu": [("slope", f, z), ("step", z), ("step", z)], "linear": []}[f]


def signal(m, l, rng):
    """What dz_l is, for the last layer: from the loss."""
    n = m.layers
    a, y = q("a", n), q("y")
    rest = None if m.cost != "mean" or m.scaled else "1/m"
    e = ("sub", a, y)
    if m.loss in ("bce", "classes"):
        return times(rest, e)
    e = ("scale", "2", e) if m.loss == "square" else e
    s = slopes(m, n)
    e = ("had", e, rng.choice(s)) if s else e
    return times({None: None, "1/m": "1/m"}[rest], e)


def backward(m, rng):
    rows, n, claims = m.layout == "rows", m.layers, []
    inner = rng.random()  # how often dA is written apart
    for l in range(n, 0, -1):
        dz = ("g", "z", l)
        if l == n:
            claims.append(Claim(dz, [signal(m, l, rng)]))
        else:
            up = ("g", "z", l + 1)
            da = ("mm", up, ("T", q("W", l + 1))) if rows else ("mm", ("T", q("W", l + 1)), up)
            if l + 1 in m.residual:
                da = ("add", da, ("g", "a", l + 1))
            named = inner < 0.4 or l in m.residual or l + 1 in m.residual
            if named:
                claims.append(Claim(("g", "a", l), [da]))
            s = slopes(m, l)
            start = ("g", "a", l) if named else da
            sides = [("had", start, rng.choice(s)) if s else start]
            if rng.random() < 0.25 and len(s) > 1:
                sides.append(("had", da, rng.choice(s)))
            claims.append(Claim(dz, sides))
        below_, from_ = below(l), dz
        if l == n and rng.random() < 0.3 and m.loss in ("bce", "classes"):
            from_ = ("sub", q("a", n), q("y"))
        mean = "1/m" if m.cost == "mean" and (m.scaled or from_ != dz) else None
        if m.unit:
            dw = ("mm", below_, ("T", from_)) if m.layout == "columns" else ("mm", from_, below_)
        else:
            dw = ("mm", ("T", below_), from_) if rows else ("mm", from_, ("T", below_))
        dw = times(mean, dw)
        claims.append(Claim(("g", "W", l), [("add", dw, ("scale", "lambda", q("W", l))) if m.penalty else dw], must=False))
        db = from_ if m.cost == "one" else ("sum", from_, 0 if rows else 1)
        claims.append(Claim(("g", "b", l), [times(mean, db)], must=False))
    return claims


# ---- by index -------------------------------------------------------------------------------------------------------

def indices(m):
    """One letter's role for each layer: i0 counts the inputs, i1 the first layer."""
    return ["i%d" % l for l in range(m.layers + 1)]


def x_at(l):
    return ("ix", "x", None, ("i0",)) if l == 0 else ("ix", "a", l, ("i%d" % l,))


def index_forward(m):
    out = []
    for l in range(1, m.layers + 1):
        i, j = "i%d" % l, "i%d" % (l - 1)
        out.append((("ix", "z", l, (i,)), ("add", ("over", j, ("had", ("ix", "W", l, (i, j)), x_at(l - 1))), ("ix", "b", l, (i,)))))
        z = ("ix", "z", l, (i,))
        out.append((("ix", "a", l, (i,)), z if m.acts[l - 1] == "linear" else ("fn", m.acts[l - 1], z)))
    return out


def index_slope(m, l, rng):
    z, a = ("ix", "z", l, ("i%d" % l,)), ("ix", "a", l, ("i%d" % l,))
    f = m.acts[l - 1]
    return rng.choice({"sigma": [("slope", f, z), ("had", a, ("1-", a))], "tanh": [("slope", f, z), ("1-", ("sq", a))],
                       "relu": [("slope", f, z), ("step", z)], "linear": [None]}[f])


def index_backward(m, rng):
    claims = []
    for l in range(m.layers, 0, -1):
        i, j = "i%d" % l, "i%d" % (l - 1)
        dz, a, y = ("gx", "z", l, (i,)), ("ix", "a", l, (i,)), ("ix", "y", None, (i,))
        slope = index_slope(m, l, rng)
        if l == m.layers:
            e = ("sub", a, y)
            e = e if m.loss != "square" else ("scale", "2", e)
            e = e if m.loss == "bce" or slope is None else ("had", e, slope)
        else:
            k = "i%d" % (l + 1)
            e = ("over", k, ("had", ("ix", "W", l + 1, (k, i)), ("gx", "z", l + 1, (k,))))
            if rng.random() < 0.3:
                claims.append(Claim(("gx", "a", l, (i,)), [e]))
                e = ("gx", "a", l, (i,))
            e = e if slope is None else ("had", slope, e) if e[0] == "over" else ("had", e, slope)
        claims.append(Claim(dz, [e]))
        claims.append(Claim(("gx", "W", l, (i, j)), [("had", dz, x_at(l - 1))], must=False))
        claims.append(Claim(("gx", "b", l, (i,)), [dz], must=False))
    return claims


# ---- truth ----------------------------------------------------------------------------------------------------------

def gradients(m, w):
    """Every derivative of the cost by reverse accumulation, written here for matrices once; in the meaning of the document."""
    n, rows = m.layers, m.layout == "rows"
    mm, T = v.product, v.turned
    had = lambda a, b: v.joined(lambda x, y: x * y, a, b, False)
    a, y = w.q["a", n], w.q["y", None]
    part = 1 / m.samples if m.cost == "mean" else 1
    slope = {"bce": lambda p, t: (p - t) / (p * (1 - p)), "classes": lambda p, t: -t / p, "square": lambda p, t: 2 * (p - t),
             "half-square": lambda p, t: p - t}[m.loss]
    da = v.joined(lambda p, t: slope(p, t) * part, a, y, False)
    for l in range(n, 0, -1):
        w.g["a", l] = da
        z, f = w.q["z", l], m.acts[l - 1]
        if f == "softmax":
            p, d = (w.q["a", l], da) if rows else (T(w.q["a", l]), T(da))
            dz = [[pi * (di - sum(x * y for x, y in zip(r, s))) for pi, di in zip(r, s)] for r, s in zip(p, d)]
            dz = dz if rows else T(dz)
        else:
            dz = had(da, v.each(v.FUNCTIONS[f][1], z))
        w.g["z", l] = dz
        x = w.q["x", None] if l == 1 else w.q["a", l - 1]
        dw = mm(x, T(dz)) if m.unit else mm(T(x), dz) if rows else mm(dz, T(x))
        if m.penalty:
            dw = v.joined(lambda p, t: p + 0.37 * t, dw, w.q["W", l], False)
        w.g["W", l] = dw
        w.g["b", l] = [[sum(c) for c in zip(*dz)]] if rows else [[sum(r)] for r in dz]
        W = w.q["W", l]
        back = mm(dz, T(W)) if rows else mm(W if m.unit else T(W), dz)
        if l in m.residual:
            back = v.joined(lambda p, t: p + t, back, da, False)
        da = back
    w.g["x", None] = da


def claimed(m, w):
    """The derivatives as the claims say, in a model that is no network of layers; differences check them, too."""
    for claim in m.claims:
        w.g[claim.left[1:]] = w.value(claim.sides[-1])


def reach(m, w, name):
    """How far the entries of a quantity may be moved for a difference: of probabilities in logarithms a hundredth of the way to the edge."""
    if name != ("a", last(m)) or m.loss not in ("bce", "classes"):
        return 3e-5
    edge = min(min(p, 1 - p) if m.loss == "bce" else p for row in w.q[name] for p in row)
    return min(3e-5, edge / 100)


def differences_agree(m, rng, base):
    """Is every derivative what the cost does along a random direction?"""
    for (role, layer), d in base.g.items():
        step = [[rng.uniform(-1, 1) for _ in row] for row in d]
        slope = sum(x * y for r, s in zip(d, step) for x, y in zip(r, s))
        ends, far = [], reach(m, base, (role, layer))
        for h in (far, -far, 2 * far, -2 * far):  # of fourth order
            w = v.World(base.numbers)
            w.q = {k: base.q[k] for k in sizes_of(m)}
            run(m, w, {(role, layer): v.each(lambda x: h * x, step)})
            ends.append(cost(m, w))
        if abs((8 * (ends[0] - ends[1]) - (ends[2] - ends[3])) / (12 * far) - slope) > 1e-6 * (1 + abs(slope)):
            return False
    return True


def worlds(m, rng):
    """Two worlds with their derivatives, checked by differences; those of dZ scaled as the document means them."""
    out = []
    for _ in range(2):
        w = world(m, rng)
        if min(abs(x) for (role, _), z in w.q.items() if role == "z" for row in z for x in row) < 1e-3:
            return worlds(m, rng)  # a kink nearby
        (claimed if m.free else gradients)(m, w)
        assert out or differences_agree(m, rng, w), f"the generator's own derivative is wrong: {m}"
        if m.scaled:
            for name in w.g:
                if name[0] in "za":
                    w.g[name] = v.each(lambda x: m.samples * x, w.g[name])
        if m.by_index:
            w.size = {"i%d" % l: m.sizes[l] for l in range(m.layers + 1)}
        out.append(w)
    return out


def value(w, m, left, e):
    """A side of a claim in a world; None where the shapes do not meet."""
    try:
        return w.along(e, left[3]) if m.by_index else w.value(e)
    except (v.Misfit, KeyError):
        return None


def known(w, e):
    """Do all its names stand for something?"""
    if e[0] in ("q", "g", "ix", "gx"):
        return e[1:3] in (w.q if e[0] in ("q", "ix") else w.g)
    return all(known(w, k) for k in e[1:] if isinstance(k, tuple) and k and isinstance(k[0], str))


def holds(ws, m, left, e):
    for w in ws:
        said, true = value(w, m, left, e), value(w, m, left, left)
        if said is None or not v.near(said, true, 1e-9):
            return False
    return True


def differs(ws, m, left, e):
    """Wrong by much in every world, or of another shape."""
    for w in ws:
        if not known(w, e):
            return False
        said, true = value(w, m, left, e), value(w, m, left, left)
        if said is not None and v.near(said, true, 1e-3):
            return False
    return True
