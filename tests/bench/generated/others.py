"""Models that are no layers: a recurrence over a few steps, and a unit vector of an affine map. Their claims define their derivatives; differences check them."""
import random

from generated import models
from generated.models import Claim, Model, q


def g(role, layer=None):
    return "g", role, layer


def total(terms):
    out = terms[0]
    for t in terms[1:]:
        out = ("add", out, t)
    return out


def recurrent(rng):
    steps, f = rng.randint(2, 4), rng.choice(["tanh", "sigma"])
    loss = rng.choice(["half-square", "square"])
    m = Model("one", steps, [f] * steps, loss, "one", False, False, set(), False, rng.sample([2, 3, 4, 5], 2), 1, kind="recurrent")
    n = ("n1", "1")
    m.free = {("W", None): ("n1", "n1"), ("U", None): ("n1", "n0"), ("b", None): n, ("a", 0): n, ("y", None): n}
    m.free.update({("x", t): ("n0", "1") for t in range(1, steps + 1)})
    for t in range(1, steps + 1):
        m.forward.append((q("z", t), ("add", ("add", ("mm", q("W"), q("a", t - 1)), ("mm", q("U"), q("x", t))), q("b"))))
        m.forward.append((q("a", t), ("fn", f, q("z", t))))
    e = ("sub", q("a", steps), q("y"))
    m.claims.append(Claim(g("a", steps), [("scale", "2", e) if loss == "square" else e]))
    for t in range(steps, 0, -1):
        a = q("a", t)
        slope = rng.choice([("slope", f, q("z", t)), ("1-", ("sq", a)) if f == "tanh" else ("had", a, ("1-", a))])
        m.claims.append(Claim(g("z", t), [("had", g("a", t), slope)]))
        m.claims.append(Claim(g("a", t - 1), [("mm", ("T", q("W")), g("z", t))]))
    every = range(1, steps + 1)
    m.claims.append(Claim(g("W"), [total([("mm", g("z", t), ("T", q("a", t - 1))) for t in every])]))
    m.claims.append(Claim(g("U"), [total([("mm", g("z", t), ("T", q("x", t))) for t in every])]))
    m.claims.append(Claim(g("b"), [total([g("z", t) for t in every])]))
    return m


def normalised(rng):
    m = Model("one", 1, ["unit"], "half-square", "one", False, False, set(), False, rng.sample([2, 3, 4, 5], 2), 1, kind="normalised")
    n = ("n1", "1")
    m.free = {("W", None): ("n1", "n0"), ("x", None): ("n0", "1"), ("b", None): n, ("y", None): n}
    z, a, da = q("z"), q("a"), g("a")
    m.forward = [(z, ("add", ("mm", q("W"), q("x")), q("b"))), (a, ("div", z, ("norm", z)))]
    along = ("mm", a, ("mm", ("T", a), da))
    m.claims = [Claim(da, [("sub", a, q("y"))]), Claim(g("z"), [("div", ("sub", da, along), ("norm", z))]),
                Claim(g("W"), [("mm", g("z"), ("T", q("x")))]), Claim(g("b"), [g("z")])]
    return m


def draw(rng):
    return recurrent(rng) if rng.random() < 0.7 else normalised(rng)


def build(seed):
    """(model with its claims, two worlds, the numbers to draw the rest)"""
    rng = random.Random(seed)
    m = draw(rng) if rng.random() < 0.12 else models.draw(rng)
    if not m.free:
        m.claims = models.index_backward(m, rng) if m.by_index else models.backward(m, rng)
    ws = models.worlds(m, rng)
    for claim in m.claims:
        claim.slips = [set() for _ in claim.sides]
        for side in claim.sides:
            assert models.holds(ws, m, claim.left, side), f"a right line that is none: {claim} of {m}"
    return m, ws, rng
