"""Slips: (kind, formula) for every way to spoil a side of a claim once. Kinds are ids of src/slips.def.

What is planted differs in every world. What could be read as right under another sensible reading of the notation is left out.
"""
from generated.models import q


def spots(e, path=()):
    yield path, e
    for k, kid in enumerate(e[1:], 1):
        if isinstance(kid, tuple) and kid and isinstance(kid[0], str) and e[0] not in ("q", "g", "ix", "gx"):
            yield from spots(kid, path + (k,))


def put(e, path, new):
    if not path:
        return new
    k = path[0]
    return e[:k] + (put(e[k], path[1:], new),) + e[k + 1:]


def other_layer(m, node):
    """The same role one layer off."""
    role, layer = node[1], node[2]
    n = m.layers
    if m.free:
        for t in (layer - 1, layer + 1) if layer is not None else ():
            yield node[:2] + (t,)
    elif role == "x":
        yield node[:1] + ("a", 1) + node[3:]
    elif role == "a":
        for l in (layer - 1, layer + 1):
            if l == 0:
                yield node[:1] + ("x", None) + node[3:]
            elif l <= n:
                yield node[:1] + ("a", l) + node[3:]
    elif layer is not None:
        for l in (layer - 1, layer + 1):
            if 1 <= l <= n:
                yield node[:1] + (role, l) + node[3:]


def has_mean(e):
    return e[0] == "scale" and e[1] == "1/m"


def spoiled(m, claim, e):
    """(kind, wrong side)"""
    _, role, layer = claim.left[:3]
    whole = claim.left[0]
    yield "sign", ("neg", e)
    if e[0] != "scale":
        yield "constant-factor", ("scale", "2", e)
    if m.cost == "mean" and role in ("W", "b") and not m.penalty:
        if has_mean(e):
            yield "missing-mean", e[2]
            yield "extra-mean", ("scale", "1/m^2", e[2])
        elif not m.scaled:
            yield "extra-mean", ("scale", "1/m", e)
    for path, n in spots(e):
        op = n[0]
        if op == "sub":
            yield "sign", put(e, path, ("sub", n[2], n[1]))
            yield "sign", put(e, path, ("add", n[1], n[2]))
            if m.kind == "normalised" and n[1][0] == "g":
                yield "lost-term", put(e, path, n[1])
        if op == "add":
            yield "sign", put(e, path, ("sub", n[1], n[2]))
            yield "lost-term", put(e, path, n[1])
            yield "lost-term", put(e, path, n[2])
        if op == "scale" and n[1] == "2":
            yield "constant-factor", put(e, path, n[2])
        if op == "div":
            yield "lost-factor", put(e, path, n[1])
        if op == "sum":
            yield "missing-sum-samples", put(e, path, n[1])
            yield "wrong-axis", put(e, path, ("sum", n[1], 1 - n[2]))
        if op == "T" and not m.unit:
            yield "missing-transpose", put(e, path, n[1])
        if op == "mm":
            yield "product-order", put(e, path, ("mm", n[2], n[1]))
            yield "product-kind", put(e, path, ("had", n[1], n[2]))
            for k in (1, 2):
                if n[k][0] in ("q", "g"):
                    yield "extra-transpose", put(e, path, n[:k] + (("T", n[k]),) + n[k + 1:])
        if op == "had":
            if n[2][0] != "1-" or n[1][:1] != n[2][1][:1]:
                yield "lost-factor", put(e, path, n[1])
            elif n[2][1] == n[1]:
                yield "value-for-derivative", put(e, path, n[1])
                yield "complement", put(e, path, ("had", n[1], n[1]))
                yield "lost-square", put(e, path, ("1-", ("sq", n[1])))
            if n[1][0] in ("ix", "slope"):
                yield "lost-factor", put(e, path, n[2])
        if op == "1-" and n[1][0] == "sq":
            yield "lost-square", put(e, path, ("1-", n[1][1]))
            yield "square-moved", put(e, path, ("sq", ("1-", n[1][1])))
            yield "value-for-derivative", put(e, path, n[1][1])
            yield "wrong-activation", put(e, path, ("had", n[1][1], ("1-", n[1][1])))
            yield "sign", put(e, path, ("1+", n[1]))
        elif op == "1-":
            yield "sign", put(e, path, ("1+", n[1]))
        if op == "step":
            yield "relu-derivative", put(e, path, ("unstep", n[1]))
            yield "value-for-derivative", put(e, path, ("fn", "relu", n[1]))
            yield "wrong-activation", put(e, path, ("slope", "tanh", n[1]))
        if op == "slope":
            yield "value-for-derivative", put(e, path, ("fn", n[1], n[2]))
            yield "wrong-activation", put(e, path, ("slope", "tanh" if n[1] == "sigma" else "sigma", n[2]))
        if op in ("q", "g", "ix", "gx"):
            for new in other_layer(m, n):
                if new != claim.left:
                    yield "wrong-layer", put(e, path, new)
                    if m.free:
                        yield "wrong-index", put(e, path, new)
            if n[1] == "a" and op in ("q", "ix"):
                yield "wrong-variable", put(e, path, (op, "z") + n[2:])
            if n[1] == "z" and op in ("gx", "g") and (m.free or m.acts[n[2] - 1] != "linear") and ((op, "a") + n[2:]) != claim.left:
                yield "wrong-variable", put(e, path, (op, "a") + n[2:])
        if op == "ix" and len(n[3]) == 2:
            yield "wrong-index", put(e, path, n[:3] + (n[3][::-1],))
    if whole == "g" and role == "z" and layer == m.layers and m.loss == "bce":
        a = q("a", layer)
        yield "extra-factor", ("had", e, ("had", a, ("1-", a)))
    if whole == "gx" and role == "W":
        i, j = claim.left[3]
        swap = {i: j, j: i}
        yield "wrong-index", rebound(e, swap)


def rebound(e, swap):
    if e[0] in ("ix", "gx"):
        return e[:3] + (tuple(swap.get(i, i) for i in e[3]),)
    return tuple(rebound(k, swap) if isinstance(k, tuple) else k for k in e)


ONE_VECTOR = {"missing-transpose", "extra-transpose", "product-order", "product-kind"}


def sure(m, claim, kind, others, form):
    """Is the line wrong under every sensible reading? Layouts and means of one line alone are conventions; what others say pins them."""
    _, role, layer = claim.left[:3]
    pinned = sum(c is not claim and c.left[1] == "W" for c in others)
    if kind == "product-kind" and form == "plain":
        return False  # there * is any product
    if kind == "product-kind" and form == "numpy" and (role in "WU" and m.layout == "one" or role in "az" and not m.free and 1 in m.sizes[layer:layer + 2]):
        return False  # what has one row or one column is spread over the other: the same array
    if kind in ONE_VECTOR and m.free:
        return m.kind == "recurrent" and (role == "a" or role in "WU" and any(c.left[1] == ("U" if role == "W" else "W") for c in others))
    if kind in ONE_VECTOR:
        rows, columns = (1, 1) if role == "b" else (m.sizes[layer], 2)
        if m.layout == "one" and (role != "W" or 1 in (rows, columns) or m.unit or not pinned):
            return role == "z" and layer < m.layers and 1 not in m.sizes[layer:layer + 2] and bool(pinned) or \
                role == "a" and 1 not in m.sizes[layer:layer + 2] and bool(pinned)
        return not m.unit
    if kind in ("missing-mean", "extra-mean"):
        return sum(c is not claim and c.left[1] in ("W", "b") for c in others) >= 2
    if kind in ("missing-sum-samples", "wrong-axis"):
        return m.cost != "one"
    return True
