"""Wrong derivations for the bench: right formulas, each spoiled once, by a generator that knows nothing of the repairs.

Every mutant is a whole document with one wrong line, and the kind (or kinds, where two slips write the same line) that
made it. The right formulas are those of sources.py and the lines of the sheets.
"""
import pathlib
import random
import re
from dataclasses import dataclass

import formula as f
from formula import CODE
from sources import (A1, A2, Source, T, Y, Z1, had, mat, num, one_minus, over_m, q, raw_lines, sheet, slope, sources,
                     sub)

@dataclass
class Mutant:
    source: Source
    kinds: set
    text: str
    line: int
    wrong: str
    made: str = ""  # the one of its kinds that made it


# ---- the ways to go wrong -----------------------------------------------------------------------------------------

def is_mean(e):
    return e == over_m


def is_matrix(e):
    return e[0] == "q" and e[1] in ("W", "A", "X", "dZ", "dA", "Z") or (e[0] in ("sub",) and is_matrix(e[1]))


OTHER_LAYER = {("A", 1): [("X", None), ("A", 2)], ("X", None): [("A", 1)], ("dZ", 2): [("dZ", 1)], ("dZ", 1): [("dZ", 2)],
               ("W", 2): [("W", 1)], ("Z", 1): [("Z", 2)], ("A", 2): [("A", 1)]}
OTHER_VARIABLE = {("A", 1): [("Z", 1)], ("A", 2): [("Z", 2)], ("Y", None): [("Z", 2)],
                  "z": ["y"], "t": ["y"], "y": ["t"]}


def spoiled(source):
    """(kind, wrong tree) for every way to commit one slip in the right side."""
    e, small = source.right, source.notation.small
    put = lambda path, new: f.replaced(e, path, new)
    yield "sign", ("neg", e) if e[0] not in ("add", "sub") else ("neg", e)
    yield "constant-factor", ("mat", num(2), e)
    yield "constant-factor", ("mat", ("frac", num(1), num(2)), e)
    if source.stage[:1] in ("W", "b") and not small:
        if e[0] == "mat" and is_mean(e[1]):
            yield "missing-mean", e[2]
            yield "extra-mean", ("mat", ("frac", num(1), ("pow", ("m",), 2)), e[2]) if source.notation is not CODE \
                else ("frac", ("mat", over_m, e[2]), ("m",))
    for path, n in f.spots(e):
        op = n[0]
        if op == "sub" and n[1] != num(1):
            yield "sign", put(path, sub(n[2], n[1]))
            yield "sign", put(path, ("add", n[1], n[2]))
            yield "lost-term", put(path, n[1])
            yield "product-for-sum", put(path, had(n[1], n[2]) if not small or n[1][0] == "q" else mat(n[1], n[2]))
        if op == "add":
            yield "sign", put(path, sub(n[1], n[2]))
            if n[1] != num(1):
                yield "lost-term", put(path, n[1])
                yield "lost-term", put(path, n[2])
        if op == "neg" and n[1][0] != "name":
            yield "sign", put(path, n[1])
        if op == "sub" and n[1] == num(1):
            yield "complement", put(path, n[2])
            yield "sign", put(path, ("add", n[1], n[2]))
            if n[2][0] == "pow":
                yield "square-moved", put(path, ("pow", sub(n[1], n[2][1]), 2))
        if op == "num" and n[1] == 2 and path:
            pass
        if op == "mat" and n[1] == num(2):
            yield "constant-factor", put(path, n[2])
        if op == "sum":
            yield "missing-sum-samples", put(path, n[1])
            yield "wrong-axis", put(path, ("sum", n[1], 1 - n[2]))
        if op == "T":
            yield "missing-transpose", put(path, n[1])
        if op in ("mat", "had") and not is_mean(n[1]) and n[1] != num(2):
            matrices = "q" in (n[1][0], n[2][0]) or "T" in (n[1][0], n[2][0])
            yield "lost-factor", put(path, n[1])
            if n[1][0] not in ("mat", "had"):
                yield "lost-factor", put(path, n[2])
            if op == "mat" and matrices:
                yield "product-order", put(path, ("mat", n[2], n[1]))
                yield "product-kind", put(path, had(n[1], n[2]))
                for k in (1, 2):
                    if is_matrix(n[k]):
                        yield "extra-transpose", put(path, n[:k] + (T(n[k]),) + n[k + 1:])
            if op == "had" and matrices and source.notation is CODE:  # side by side is decided by shapes
                yield "product-kind", put(path, mat(n[1], n[2]))
            if op == "had" or not matrices:
                yield "sum-for-product", put(path, sub(n[1], n[2]))
                yield "sum-for-product", put(path, ("add", n[1], n[2]))
        if op == "pow":
            yield "lost-square", put(path, n[1])
        if op in ("q", "fn") and path and (op == "fn" or n[1] == "A"):
            yield "extra-square", put(path, ("pow", n, 2))
        if op == "exp":
            yield "exponent-sign", put(path, ("exp", n[1][1] if n[1][0] == "neg" else ("neg", n[1])))
        if op == "step":
            yield "relu-derivative", put(path, ("unstep", n[1]))
            yield "value-for-derivative", put(path, A1)
            yield "wrong-activation", put(path, one_minus(("pow", A1, 2)))
            yield "wrong-activation", put(path, had(A1, one_minus(A1)))
        if n == one_minus(("pow", A1, 2)):
            yield "value-for-derivative", put(path, A1)
            yield "wrong-activation", put(path, had(A1, one_minus(A1)))
            yield "wrong-activation", put(path, ("step", Z1))
        if op == "had" and n[1][0] == "had" and n[2] == one_minus(n[1][2]):
            yield "value-for-derivative", put(path, n[1])
        if op == "had" and n[2] == one_minus(A1) and n[1][0] == "had" and n[1][2] == A1:
            yield "wrong-activation", put(path, had(n[1][1], one_minus(("pow", A1, 2))))
            yield "lost-factor", put(path, n[1][1])
        if op == "q":
            for other in OTHER_LAYER.get(n[1:], []):
                yield "wrong-layer", put(path, ("q",) + other)
                if source.derivation == "relu_mse" and n[1] == "A":  # a2 is z2
                    yield "wrong-variable", put(path, ("q",) + other)
            for other in OTHER_VARIABLE.get(n[1:], []):
                yield "wrong-variable", put(path, ("q",) + other)
        if op == "name" and path:
            for other in OTHER_VARIABLE.get(n[1], []):
                if all(other in w for w in source.worlds) and source.derivation.startswith("bce"):
                    yield "wrong-variable", put(path, ("name", other))
        if op == "frac" and not is_mean(n):
            yield "inverted-factor", put(path, ("frac", n[2], n[1]))
            if n[2][0] == "had" or n[2][0] == "mat":
                yield "lost-factor", put(path, ("frac", n[1], n[2][1]))
                yield "lost-factor", put(path, ("frac", n[1], n[2][2]))
        if op == "fn" and path:
            yield "complement", put(path, one_minus(n))
            yield "wrong-variable", put(path, n[2])
    if e in (("mat", ("fn", "sigma", ("name", "z")), one_minus(("fn", "sigma", ("name", "z")))),):
        yield "value-for-derivative", e[1]
    if source.stage == "dZ2":
        yield "extra-factor", had(had(e, A2), one_minus(A2))
    if source.stage == "dA1":
        yield "extra-factor", had(e, slope(source.hidden))
        yield "extra-factor", had(e, A1)
    if source.stage == "dZ1":
        yield "extra-factor", had(e, A1)
    if source.stage in ("dA2", "dZ2"):
        yield "extra-term", ("add", e, Y)
    if source.stage in ("W1", "W2"):
        yield "extra-term", ("add", e, q("W", int(source.stage[1])))
    if source.stage in ("b1", "b2"):
        yield "extra-term", ("add", e, q("b", int(source.stage[1])))


def mutants_of(source):
    """The mutants of one line that differ in value, equal texts together."""
    texts = {}
    note = source.notation
    for kind, wrong in chain_mutants(source) if not source.worlds else spoiled(source):
        if source.worlds and not f.differs(wrong, source.right, source.worlds):
            continue
        text = note.write(wrong)
        if note is CODE and source.left in text:  # a second assignment, not a claim
            continue
        texts.setdefault(source.left + " = " + text, set()).add(kind)
    right = note.write(source.right)
    for left, other in source.lefts:
        if f.differs(source.right, other, source.worlds) and not (note is CODE and left in right):
            texts.setdefault(left + " = " + right, set()).add("wrong-left-side")
            if other[0] in ("mat", "had") and (not f.differs(other[1], source.right, source.worlds) or
                                               not f.differs(other[2], source.right, source.worlds)):
                texts[left + " = " + right].add("lost-factor")
    for wrong, kinds in texts.items():
        text, line = source.document(wrong)
        yield Mutant(source, kinds, text, line, wrong)


# ---- lines that are no trees

def chain_mutants(source):
    links, e = [], source.right
    while e[0] == "mat":
        links.insert(0, e[2])
        e = e[1]
    links.insert(0, e)
    for k in range(len(links)):
        if len(links) > 2 and not (k == len(links) - 1 and links[k][2][1].startswith("b")):  # dz/db is 1
            yield "lost-chain-factor", mat(*(links[:k] + links[k + 1:]))
        turned = ("d", links[k][2], links[k][1])
        yield "inverted-factor", mat(*(links[:k] + [turned] + links[k + 1:]))


def raw_mutants():
    for name, note, head, beside, left, right, wrong in raw_lines():
        source = Source(name, note, left, None, sheet(note, head, beside, []))
        for kind, texts in wrong.items():
            for w in texts:
                text, line = source.document(left + " = " + w)
                yield Mutant(source, set(kind.split()), text, line, left + " = " + w)


def arithmetic_mutants():
    rng = random.Random("arithmetic")
    note = f.Notation("numbers", "_%d", "")
    for _ in range(120):
        a, b, c, d = (rng.randint(2, 30) for _ in range(4))
        value = a * b + c - d
        shapes = [(rf"{a} \times {b} + {c} - {d}", value), (rf"{a} \cdot {b} - {d} + {c}", value),
                  (rf"[{a} \ {c}] \begin{{bmatrix}} {b} \\ -1 \end{{bmatrix}} + {d}", a * b - c + d)]
        left, right = shapes[rng.randrange(3)]
        off = right + rng.choice([1, -1, 10, -10, 2 * d, -2 * d, 100])
        source = Source("xnor", note, left, None, sheet(note, [], [], []))
        text, line = source.document(f"{left} = {off}")
        yield Mutant(source, {"arithmetic"}, text, line, f"{left} = {off}")


def sheet_mutants(folder):
    """One line of a sheet that is expected to agree, spoiled in its text; the rest as it stands."""
    for path in sorted(folder.glob("*.md")):
        lines = path.read_text().split("\n")
        for k, line in enumerate(lines[:-1]):
            whole = re.fullmatch(r"(\$\$ ?)([^=]+) = ([^=]+?)( ?\$\$)", line)
            if not whole or lines[k + 1] != "<!-- expect: agrees -->" or not re.search("[a-zA-Z]", whole[3]):
                continue
            opened, left, right, closed = whole.groups()
            spoiled = [("sign", f"-({right})"), ("constant-factor", f"2 ({right})")]
            if re.search(r"\\frac\{1\}\{m\}(\\,)? ?", right):
                spoiled.append(("missing-mean", re.sub(r"\\frac\{1\}\{m\}(\\,)? ?", "", right, count=1)))
            for kind, wrong in spoiled:
                text = lines[:k] + [f"{opened}{left} = {wrong}{closed}"] + lines[k + 1:]
                source = Source(path.stem, f.Notation("sheet", "", ""), left, None, None)
                yield Mutant(source, {kind}, "\n".join(text), k + 1, f"{left} = {wrong}")


# ---- all of them

def right_documents():
    """Every source as it is, and the raw lines: nothing in them may be called wrong."""
    for source in sources():
        text, line = source.document(source.left + " = " + source.notation.write(source.right))
        yield Mutant(source, set(), text, line, source.left + " = " + source.notation.write(source.right))
    for name, note, head, beside, left, right, _ in raw_lines():
        source = Source(name, note, left, None, sheet(note, head, beside, []))
        text, line = source.document(left + " = " + right)
        yield Mutant(source, set(), text, line, left + " = " + right)


def mutants(most, seed):
    """About `most` mutants, the kinds as even as the sources allow. The same line of one network in one notation may come
    about in more than one way, by its own slip or as the right side of another: it is of all those kinds."""
    sheets = pathlib.Path(__file__).resolve().parents[2] / "derivations/homework"
    made = [m for source in sources() for m in mutants_of(source)]
    made += [*raw_mutants(), *arithmetic_mutants(), *sheet_mutants(sheets)]
    alike, by_kind = {}, {}
    for m in made:
        alike.setdefault((m.source.derivation, m.source.notation.name, m.wrong), set()).update(m.kinds)
    for m in made:
        m.made = min(m.kinds)
        m.kinds = alike[m.source.derivation, m.source.notation.name, m.wrong]
        by_kind.setdefault(m.made, []).append(m)
    rng, chosen = random.Random(seed), []
    for kind in sorted(by_kind):
        rng.shuffle(by_kind[kind])
    while len(chosen) < most and any(by_kind.values()):
        for kind in sorted(by_kind):
            if by_kind[kind] and len(chosen) < most:
                chosen.append(by_kind[kind].pop())
    return chosen
