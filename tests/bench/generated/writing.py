"""How a formula is written: letters, marks, transposes, signs of derivatives; LaTeX, plain text or numpy."""
from dataclasses import dataclass

USUAL = {
    "x": ["x"], "y": ["y", "y", "t"], "W": ["W", "W", "w"], "b": ["b"], "z": ["z", "z", "u"], "a": ["a", "a", "h"], "J": ["J", "L", "C", "E"],
    "m": ["m", "m", "N", "n"], "s": ["i", "i", "n"], "lambda": [r"\lambda"], "n0": ["n", "d"], "n1": ["h", "k"], "n2": ["p", "q"], "n3": ["r"], "n4": ["s"], "U": ["U"],
}
OF_LAYERS = {"W": "WVUR", "b": "bcrt", "z": "zusq", "a": "ahpv"}  # where every layer has letters of its own
LATIN = "abchjkmnpqrsuvwxyz"  # f and g are functions, d and e signs
GREEK = [r"\alpha", r"\beta", r"\gamma", r"\zeta", r"\eta", r"\theta", r"\kappa", r"\mu", r"\nu", r"\xi", r"\rho", r"\tau", r"\omega", r"\psi", r"\chi"]
ROLES = ["x", "y", "W", "b", "z", "a", "J", "m", "s", "n0", "n1", "n2", "n3", "n4", "U"]
INDEX_LETTERS = {"usual": ["kji", "ijk", "jkl"], "random": ["pqr", "rsu", "uvw", "jmn", "bcf"]}
FUNCTION = {"sigma": r"\sigma", "tanh": r"\tanh", "relu": r"\mathrm{ReLU}", "softmax": r"\mathrm{softmax}"}
ADD, MUL, UNARY, ATOM = range(4)


@dataclass
class Notation:
    form: str        # latex, plain, numpy
    letters: dict
    marks: str       # of layers: brackets, round, below, none
    sign: str        # of a derivative: partial, d-over, d, nabla, delta
    turn: str        # the sign of a transpose
    entrywise: str
    bold: bool
    output: str      # a letter of its own for the last activation, or ""
    samples: str     # mark of a sample: above, below
    indices: dict
    usual: bool
    bare: bool = False      # nabla without brackets before another factor
    sums: str = "numpy"     # of samples: numpy's words, ones (a vector of them), samples (a sum over i)
    own: dict = None        # letters of each layer

    def lower(self, letter):
        return letter.lower() if len(letter) == 1 else letter


def letters(rng, usual, m):
    if usual:
        apart = ("J", "U", "n0", "n1", "n2", "n3", "n4")
        for _ in range(99):
            out = {role: rng.choice(USUAL[role]) for role in USUAL}
            if m.kind == "recurrent":
                out.update(z="z", a="h", W="W")
            if len({v.lower() for k, v in out.items() if k not in apart}) == len(out) - len(apart):
                taken = {v.lower() for k, v in out.items() if k[0] != "n"}
                free = [c for c in "dpqrskhuv" if c not in taken]
                out.update(zip(["n0", "n1", "n2", "n3", "n4"], free))
                return out
    pool = rng.sample(LATIN, len(ROLES))
    out = dict(zip(ROLES, pool))
    out["J"], out["m"] = out["J"].upper(), rng.choice([out["m"], out["m"].upper()])
    out["W"], out["U"] = rng.choice([out["W"].upper(), out["W"].upper(), out["W"]]), out["U"].upper()
    greek = rng.sample(GREEK, len(GREEK))
    if m.layout in ("one", "index"):
        for role in ("x", "y", "z", "a", "b"):
            if rng.random() < 0.25:
                out[role] = greek.pop()
    out["lambda"] = greek.pop()
    return out


def letters_of_layers(rng, usual, out):
    """{(role, layer): letter}, all different."""
    keep = {out[r].lower() for r in ("x", "y", "J", "m", "s", "n0", "n1", "n2")}
    if usual:
        own = {(role, l): OF_LAYERS[role][l - 1] for role in OF_LAYERS for l in (1, 2)}
        out.update(x="x", y="y", J="L", m="m", s="i", n0="n", n1="k", n2="r", W="W", b="b", z="z", a="a")
        return own
    free = [c for c in LATIN if c not in keep]
    names = rng.sample(free, 8)
    return {(role, l): names[2 * k + l - 1].upper() if role == "W" else names[2 * k + l - 1] for k, role in enumerate("Wbza") for l in (1, 2)}


def draw(rng, m, usual):
    form = rng.choices(["latex", "plain", "numpy"], [70, 12, 18])[0]
    if m.by_index or (form == "plain" and m.layout != "one") or m.kind == "normalised":
        form = "latex"
    marks = "none" if m.layers == 1 and rng.random() < 0.8 else rng.choice(["brackets", "round", "below", "below"])
    sign = rng.choice(["partial", "partial", "d-over", "d", "nabla", "delta"])
    if m.scaled:
        sign = "d"
    elif m.cost == "mean" and sign == "d":
        sign = "partial"
    if form == "numpy":
        sign, marks = "d", "below" if marks != "none" else marks
    if form == "plain":
        sign, marks = rng.choice(["d-over", "d"]) if m.cost != "mean" else "d-over", "below" if marks != "none" else marks
    if m.by_index:
        marks, sign = ("none" if m.layers == 1 else rng.choice(["brackets", "round"])), rng.choice(["partial", "partial", "delta"])
    if m.free:
        marks = "none" if m.kind == "normalised" else "below" if form != "latex" else rng.choice(["below", "below", "round"])
    out = letters(rng, usual, m)
    rank = rng.choice(INDEX_LETTERS["usual" if usual else "random"])
    taken = {v.lower() for k, v in out.items() if k not in ("m", "s", "U")}
    spare = [c for c in rank + "ijkpqrsuvn" + LATIN if c not in taken and c not in ("u",) * usual]
    indices = {"i%d" % k: c for k, c in enumerate(dict.fromkeys(spare))}
    output = ""
    if marks != "none" and rng.random() < 0.25:
        output = r"\hat " + out["y"] if usual and form != "numpy" else next((c for c in "pqrsvw" if c not in {v.lower() for v in out.values()}), "")
    if form == "plain" or m.free:
        output = ""
    own = None
    if m.layers == 2 and marks != "none" and m.kind == "layers" and not m.by_index and rng.random() < 0.15:
        own, marks, output = letters_of_layers(rng, usual, out), "none", ""
        sign = "partial" if sign == "delta" else sign  # without a mark one delta would be of both layers
    sums = rng.choice(["numpy", "samples", "ones"]) if form == "latex" else "numpy"
    return Notation(form, out, marks, sign, rng.choice(["T", "T", r"\top", r"\mathsf{T}"]) if form == "latex" else "T", rng.choice([r"\odot", r"\odot", r"\circ"]),
                    form == "latex" and rng.random() < 0.12, output, "below" if marks in ("round",) else "above", indices, usual, rng.random() < 0.5, sums, own)


class Writer:
    def __init__(self, note, m):
        self.note, self.m = note, m
        self.batch = m.layout in ("columns", "rows") and m.cost != "one"
        self.single = False  # while one sample of the batch is written

    # ---- names

    def letter(self, role, layer=None):
        """The letter of a role as it stands: a batch is a capital."""
        letter = self.note.own[role, layer] if self.note.own and (role, layer) in self.note.own else self.note.letters[role]
        if self.batch and not self.single and role in ("x", "y", "z", "a") and len(letter) == 1:
            letter = letter.upper()
        if role == "W" and not self.m.unit and not self.m.by_index and self.note.usual and self.note.form == "numpy":
            letter = letter.upper()
        return letter

    def bold(self, letter, role):
        return r"\mathbf{%s}" % letter if self.note.bold and role in ("x", "y", "z", "a", "W", "b") and len(letter) == 1 else letter

    def base(self, role, layer):
        if role == "a" and layer == self.m.layers and self.note.output:
            out = self.note.output
            letter = out.removeprefix(r"\hat ")
            letter = letter.upper() if self.batch and not self.single else letter
            return (r"\hat " if letter != out and out.startswith("\\") else "") + self.bold(letter, "a"), False
        return self.bold(self.letter(role, layer), role), layer is not None and self.note.marks != "none"

    def name(self, role, layer, indices=(), turned=False, prefix=""):
        if self.single and role in ("x", "y", "z", "a") and not indices:
            return prefix + self.of_sample(role, layer)
        base, marked = self.base(role, layer)
        note, above, below = self.note, "", ""
        if note.form == "numpy":
            return prefix + base.replace("\\", "") + (str(layer) if marked else "") + (".T" if turned else "")
        if marked:
            if note.marks == "below":
                below = str(layer)
            else:
                above = ("[%d]" if note.marks == "brackets" else "(%d)") % layer
        below += "".join(indices)
        if note.form == "plain":
            return prefix + base.replace("\\", "") + below + ("^T" if turned else "")
        text = prefix + (" " if prefix and base.startswith("\\") and prefix[0] == "\\" else "") + base
        if below:
            text += "_" + (below if len(below) == 1 else "{%s}" % below)
        if turned and above and self.note.turn == "T" and note.marks == "brackets":
            above, turned = above + "T", False
        if above:
            text += "^{%s}" % above
        if turned:
            text = ("(%s)" % text if above else text) + "^" + (self.note.turn if len(self.note.turn) == 1 or self.note.turn == r"\top" else "{%s}" % self.note.turn)
        return text

    def of_sample(self, role, layer):
        """The name of a quantity of one sample."""
        note, was, self.single = self.note, self.single, True
        base, marked = self.base(role, layer)
        self.single = was
        s = note.letters["s"]
        if not marked:
            return base + ("_" + s if note.samples == "below" else "^{(%s)}" % s)
        if note.marks == "brackets":
            return base + "^{[%d](%s)}" % (layer, s)
        return base + "_%d^{(%s)}" % (layer, s) if note.marks == "below" else base + "_%s^{(%d)}" % (s, layer)

    def gradient(self, role, layer, indices=(), turned=False):
        note, cost = self.note, self.note.letters["J"]
        of = self.name(role, layer, indices)
        if note.sign == "delta" and role == "z" and note.form == "latex":
            base = r"\Delta" if self.batch else r"\delta"
            return self.signal_name(base, layer, indices, turned)
        if note.form == "numpy":
            return self.name(role, layer, (), turned, "d")
        if note.sign == "d" and note.form == "plain":
            return self.name(role, layer, (), turned, "d")
        if note.form == "plain":
            text = "d%s/d%s" % (cost, of)
            return "(%s)^T" % text if turned else text
        if note.sign == "d":
            return self.name(role, layer, indices, turned, "d")
        if note.sign == "nabla":
            text = r"\nabla_{%s} %s" % (of, cost)
            return r"(%s)^%s" % (text, self.turning()) if turned else text
        d = "d" if note.sign == "d-over" else r"\partial "
        text = r"\frac{%s%s}{%s%s}" % (d, cost, d, of)
        return r"\left(%s\right)^%s" % (text, self.turning()) if turned else text

    def signal_name(self, base, layer, indices, turned):
        marked = self.note.marks != "none"
        below = (str(layer) if marked and self.note.marks == "below" else "") + "".join(indices)
        above = ("[%d]" if self.note.marks == "brackets" else "(%d)") % layer if marked and self.note.marks != "below" else ""
        text = base + ("_" + (below if len(below) == 1 else "{%s}" % below) if below else "") + ("^{%s}" % above if above else "")
        return ("(%s)^%s" if above else "%s^%s") % (text, self.turning()) if turned else text

    def turning(self):
        return self.note.turn if self.note.turn in ("T", r"\top") else "{%s}" % self.note.turn

    # ---- formulas: (text, how tightly it holds)

    def write(self, e):
        return getattr(self, self.note.form)(e)[0]

    def held(self, e, least):
        text, hold = getattr(self, self.note.form)(e)
        return text if hold >= least else "(%s)" % text

    def entry(self, e):
        indices = tuple(self.note.indices[i] for i in e[3])
        return (self.name if e[0] == "ix" else self.gradient)(e[1], e[2], indices), ATOM

    def latex(self, e):
        op, m, h = e[0], self.note.letters["m"], self.held
        if op == "q":
            return self.name(e[1], e[2]), ATOM
        if op == "g":
            return self.gradient(e[1], e[2]), ATOM
        if op in ("ix", "gx"):
            return self.entry(e)
        if op == "T":
            if e[1][0] == "q":
                return self.name(e[1][1], e[1][2], (), True), ATOM
            if e[1][0] == "g":
                return self.gradient(e[1][1], e[1][2], (), True), ATOM
            return "(%s)^%s" % (self.write(e[1]), self.turning()), ATOM
        if op == "mm":
            first, second = h(e[1], MUL), h(e[2], MUL)
            if first.startswith(r"\nabla") and e[1][0] == "g" and (second.startswith("(") or not self.note.bare):
                first = "(%s)" % first
            return first + " " + second, MUL
        if op == "norm":
            return r"\|%s\|" % self.write(e[1]), ATOM
        if op == "div":
            return r"\frac{%s}{%s}" % (self.write(e[1]), self.write(e[2])), MUL
        if op == "had":
            sign = r" \, " if self.m.by_index else " %s " % self.note.entrywise
            second = h(e[2], UNARY)
            first = h(e[1], MUL if e[1][0] != "over" else ATOM)
            return first + sign + second, MUL
        if op == "add" or op == "sub":
            return h(e[1], ADD) + (" + " if op == "add" else " - ") + h(e[2], MUL if op == "sub" else ADD), ADD
        if op == "neg":
            return "-" + h(e[1], MUL), ADD
        if op == "scale":
            s = {"1/m": r"\frac{1}{%s}" % m, "1/m^2": r"\frac{1}{%s^2}" % m, "2": "2", "lambda": self.note.letters["lambda"] + " "}[e[1]]
            return s + " " * (e[1] != "2") + h(e[2], MUL), MUL
        if op == "sum":
            s = self.note.letters["s"]
            return self.summed(e, s), MUL
        if op == "over":
            return r"\sum_{%s} %s" % (self.note.indices[e[1]], h(e[2], MUL)), MUL
        if op in ("1-", "1+"):
            return "1 %s " % op[1] + h(e[1], MUL), ADD
        if op == "sq":
            return self.square(e[1]), UNARY
        if op in ("step", "unstep"):
            return r"\mathbb{1}\{%s %s 0\}" % (self.write(e[1]), ">" if op == "step" else "<"), ATOM
        if op in ("fn", "slope"):
            return "%s%s(%s)" % (FUNCTION[e[1]], "'" * (op == "slope"), self.write(e[2])), ATOM
        raise AssertionError(op)

    def square(self, e):
        if e[0] == "fn":
            return "%s^2(%s)" % (FUNCTION[e[1]], self.write(e[2]))
        text = self.write(e)
        return ("%s^2" if e[0] in ("q", "ix") and "^" not in text else "(%s)^2") % text

    def summed(self, e, s):
        """A sum over samples; over the wrong axis it is written by a vector of ones, or in numpy's words."""
        right = e[2] == (0 if self.m.layout == "rows" else 1)
        if self.note.sums == "ones":
            return (r"\mathbf{1}^T %s" if e[2] == 0 else r"%s \mathbf{1}") % self.held(e[1], MUL)
        if self.note.sums == "samples" and right and not (self.note.sign in ("delta", "nabla") and e[1][0] == "g"):
            self.single = True
            text = r"\sum_{%s=1}^{%s} %s" % (s, self.note.letters["m"], self.held(e[1], MUL))
            self.single = False
            return text
        return r"\text{np.sum}(%s, \text{axis}=%d, \text{keepdims}=\text{True})" % (self.write(e[1]), e[2])

    def plain(self, e):
        op, h = e[0], self.held
        if op == "q":
            return self.name(e[1], e[2]), ATOM
        if op == "g":
            text = self.gradient(e[1], e[2])
            return text, ATOM
        if op == "T":
            if e[1][0] == "q":
                return self.name(e[1][1], e[1][2], (), True), ATOM
            if e[1][0] == "g":
                return self.gradient(e[1][1], e[1][2], (), True), ATOM
            return "(%s)^T" % self.write(e[1]), ATOM
        if op == "mm":
            return h(e[1], MUL) + " " + h(e[2], MUL), MUL
        if op == "had":
            return h(e[1], MUL) + " * " + h(e[2], UNARY), MUL
        if op in ("add", "sub"):
            return h(e[1], ADD) + (" + " if op == "add" else " - ") + h(e[2], MUL if op == "sub" else ADD), ADD
        if op == "neg":
            return "-" + h(e[1], MUL), ADD
        if op == "scale":
            return {"2": "2 ", "lambda": "lambda "}[e[1]] + h(e[2], MUL), MUL
        if op in ("1-", "1+"):
            return "1 %s " % op[1] + h(e[1], MUL), ADD
        if op == "sq":
            return h(e[1], ATOM) + "^2", UNARY
        if op in ("step", "unstep"):
            return "1{%s %s 0}" % (self.write(e[1]), ">" if op == "step" else "<"), ATOM
        if op in ("fn", "slope"):
            return "%s%s(%s)" % (e[1], "'" * (op == "slope"), self.write(e[2])), ATOM
        raise AssertionError(op)

    def numpy(self, e):
        op, h, m = e[0], self.held, self.note.letters["m"]
        if op in ("q", "g"):
            return (self.name if op == "q" else self.gradient)(e[1], e[2]), ATOM
        if op == "T":
            return h(e[1], ATOM) + ".T", ATOM
        if op == "mm":
            return h(e[1], MUL) + " @ " + h(e[2], UNARY), MUL
        if op == "had":
            return h(e[1], MUL) + " * " + h(e[2], UNARY), MUL
        if op in ("add", "sub"):
            return h(e[1], ADD) + (" + " if op == "add" else " - ") + h(e[2], MUL if op == "sub" else ADD), ADD
        if op == "neg":
            return "-" + h(e[1], MUL), ADD
        if op == "scale":
            if e[1] in ("1/m", "1/m^2"):
                return h(e[2], MUL) + " / " + (m if e[1] == "1/m" else m + "**2"), MUL
            return {"2": "2", "lambda": "lam"}[e[1]] + " * " + h(e[2], MUL), MUL
        if op == "sum":
            return "np.sum(%s, axis=%d, keepdims=True)" % (self.write(e[1]), e[2]), ATOM
        if op in ("1-", "1+"):
            return "1 %s " % op[1] + h(e[1], MUL), ADD
        if op == "sq":
            return h(e[1], ATOM) + "**2", UNARY
        if op in ("step", "unstep"):
            return "(%s %s 0)" % (self.write(e[1]), ">" if op == "step" else "<"), ATOM
        if op == "fn":
            return {"sigma": "sigmoid(%s)", "tanh": "np.tanh(%s)", "relu": "np.maximum(0, %s)", "softmax": "softmax(%s)"}[e[1]] % self.write(e[2]), ATOM
        if op == "slope":  # numpy has none: written out
            z = e[2]
            return self.numpy({"sigma": ("had", ("fn", "sigma", z), ("1-", ("fn", "sigma", z))), "tanh": ("1-", ("sq", ("fn", "tanh", z))),
                               "relu": ("step", z)}[e[1]])
        raise AssertionError(op)
