"""A whole document: forward equations, loss, shapes, words, and the claims; of every line its truth."""
from dataclasses import dataclass, field

from generated import models, others, planted
from generated.models import q
from generated.writing import Writer, draw


@dataclass
class Sheet:
    seed: object
    model: object
    note: object
    declared: bool
    suffix: str = ".md"
    lines: list = field(default_factory=list)    # text
    truth: dict = field(default_factory=dict)    # line number: [None of a definition, or the set of slips of each side]

    def text(self, expected=False):
        out = []
        for k, line in enumerate(self.lines, 1):
            out.append(line)
            if expected and k in self.truth:
                said = ["defined" if t is None else "right" if not t else "disagrees(%s)" % sorted(t)[0] for t in self.truth[k]]
                out.append("<!-- expect: %s -->" % " ".join(said) if self.note.form == "latex" else "# expect: " + " ".join(said))
        return "\n".join(out) + "\n"


class Paper:
    def __init__(self, seed, usual, declared):
        self.m, self.worlds, self.rng = others.build(seed)
        m, rng = self.m, self.rng
        self.note = note = draw(rng, m, usual)
        if m.loss == "classes" and m.layout != "one" and note.marks == "below" and note.form == "latex" and not note.output:
            note.marks = "brackets"
        if m.kind == "normalised" and note.sign == "d":
            note.sign = "partial"
        self.w = Writer(note, m)
        self.sheet = Sheet(seed, m, note, declared, ".txt" if note.form == "plain" else ".md")
        self.prose = usual and rng.random() < 0.6

    # ---- the loss

    def loss(self):
        m, note = self.m, self.note
        J, n = note.letters["J"], m.layers
        if note.form == "numpy":
            text = self.loss_in_code()
        elif m.by_index:
            text = self.loss_by_index()
        elif m.cost == "one":
            text = self.loss_of_one()
        else:
            text = self.loss_of_batch()
        if m.penalty:
            squares = [self.w.name("W", l) for l in range(1, n + 1)]
            if note.form == "numpy":
                text += " + lam / 2 * (%s)" % " + ".join("np.sum(%s**2)" % x for x in squares)
            elif note.form == "plain":
                text += " + lambda/2 (%s)" % " + ".join("||%s||^2" % x for x in squares)
            else:
                text += r" + \frac{%s}{2} (%s)" % (note.letters["lambda"], " + ".join(r"\|%s\|%s^2" % (x, "" if m.unit else "_F") for x in squares))
        return "%s = %s" % (J, text)

    def loss_in_code(self):
        m = self.m
        a, y, count = self.w.name("a", models.last(m)), self.w.name("y", None), self.note.letters["m"]
        mean = m.cost == "mean"
        if m.loss == "bce":
            return "-np.sum(%s * np.log(%s) + (1 - %s) * np.log(1 - %s))" % (y, a, y, a) + (" / " + count) * mean
        if m.loss == "classes":
            return "-np.sum(%s * np.log(%s))" % (y, a) + (" / " + count) * mean
        by = {(True, True): " / (2 * %s)" % count, (True, False): " / " + count, (False, True): " / 2", (False, False): ""}
        return "np.sum((%s - %s)**2)" % (a, y) + by[mean, m.loss == "half-square"]

    def loss_by_index(self):
        m, i = self.m, self.note.indices["i%d" % self.m.layers]
        a, y = self.w.name("a", models.last(m), (i,)), self.w.name("y", None, (i,))
        if m.loss == "bce":
            return r"-\sum_%s \left( %s \log %s + (1 - %s) \log(1 - %s) \right)" % (i, y, a, y, a)
        return (r"\frac{1}{2} " if m.loss == "half-square" else "") + r"\sum_%s (%s - %s)^2" % (i, a, y)

    def loss_of_one(self):
        m, tex = self.m, self.note.form == "latex"
        a, y = self.w.name("a", models.last(m)), self.w.name("y", None)
        if m.loss == "bce":
            return (r"-\left( %s \log %s + (1 - %s) \log(1 - %s) \right)" if tex else "-(%s log(%s) + (1 - %s) log(1 - %s))") % (y, a, y, a)
        if m.loss == "classes":
            return "-%s %s(%s)" % (self.w.name("y", None, (), True), r"\log" if tex else "log", a)
        half = (r"\frac{1}{2} " if tex else "1/2 ") if m.loss == "half-square" else ""
        if m.sizes[-1] == 1 and not m.free:
            return half + "(%s - %s)^2" % (a, y)
        return half + (r"\|%s - %s\|^2" if tex else "||%s - %s||^2") % (a, y)

    def loss_of_batch(self):
        m, note = self.m, self.note
        n, count, s = m.layers, note.letters["m"], note.letters["s"]
        mean = r"\frac{1}{%s} " % count if m.cost == "mean" else ""
        over = r"\sum_{%s=1}^{%s} " % (s, count)
        a, y = self.w.of_sample("a", n), self.w.of_sample("y", None)
        if m.loss == "bce":
            return r"-%s%s\left( %s \log %s + (1 - %s) \log(1 - %s) \right)" % (mean, over, y, a, y, a)
        if m.loss == "classes":
            k = next(c for c in "kjcqrpuvsbnmzxa" if c not in {x.lower() for r, x in note.letters.items() if r[0] != "n"} | {s})
            at = (s, k) if m.layout == "rows" else (k, s)
            return r"-%s%s\sum_{%s} %s \log %s" % (mean, over, k, self.w.name("y", None, at), self.w.name("a", n, at))
        half = {("mean", True): r"\frac{1}{2%s} " % count, ("mean", False): mean, ("sum", True): r"\frac{1}{2} ", ("sum", False): ""}[m.cost, m.loss == "half-square"]
        if m.layout == "columns" and self.rng.random() < 0.4:
            return half + over + r"\|%s - %s\|^2" % (a, y)
        return half + r"\|%s - %s\|_F^2" % (self.w.name("a", n), self.w.name("y", None))

    # ---- words and shapes

    def shapes(self):
        m, note, w = self.m, self.note, self.w
        size = {k: note.letters["n%d" % k] for k in range(max(m.layers, 1) + 1)}
        if m.sizes[-1] == 1 and not m.by_index:
            size[m.layers] = "1"
        if m.residual:
            size[2] = size[1]
        count = note.letters["m"]
        lie = (lambda a, b: (b, a)) if m.layout == "rows" else (lambda a, b: (a, b))
        if m.free:
            return self.said([(w.name(*name), *(size[int(k[1])] if k[0] == "n" else k for k in lie)) for name, lie in m.free.items()])
        every = {("x", None): lie(size[0], count), ("y", None): lie(size[m.layers], count)}
        for l in range(1, m.layers + 1):
            every["W", l] = (size[0], "1") if m.unit else lie(size[l], size[l - 1])
            every["b", l] = lie(size[l], "1")
        out = []
        for (role, layer), (a, b) in every.items():
            if m.cost == "one" and role in ("x", "y"):
                a, b = a if m.layout != "rows" else b, "1"
            out.append((w.name(role, layer), a, b))
        return self.said(out)

    def said(self, out):
        """A sentence (or a comment) of names and their shapes."""
        note = self.note
        if note.form == "numpy":
            return "# " + ", ".join("%s: (%s, %s)" % t for t in out)
        if note.form == "plain":
            return "Here " + ", ".join("%s is a number" % x if (a, b) == ("1", "1") else "%s is a vector of length %s" % (x, a) if b == "1" else
                                       "%s is a %s x %s matrix" % (x, a, b) for x, a, b in out) + "."
        tex = [r"$%s \in \mathbb{R}$" % x if (a, b) == ("1", "1") else r"$%s \in \mathbb{R}^{%s}$" % (x, a) if b == "1" else
               r"$%s \in \mathbb{R}^{%s \times %s}$" % (x, a, b) for x, a, b in out]
        return "Here " + ", ".join(tex) + "."

    # ---- the page

    def forward(self):
        m, w = self.m, self.w
        equations = m.forward or (models.index_forward(m) if m.by_index else models.forward(m))
        return ["%s = %s" % (w.write(left), w.write(right)) for left, right in equations]

    def claims(self):
        """(text, truths) of every claim."""
        for claim in self.m.claims:
            sides, slips = claim.sides, claim.slips
            if self.note.form == "numpy":
                sides, slips = sides[-1:], slips[-1:]
            yield " = ".join([self.w.write(claim.left)] + [self.w.write(s) for s in sides]), slips

    def signals(self):
        """delta is said to be the derivative by z."""
        m, note, w = self.m, self.note, self.w
        if note.sign != "delta":
            return
        i = lambda l: (note.indices["i%d" % l],) if m.by_index else ()
        for l in [None] if m.kind == "normalised" else range(m.layers, 0, -1):
            yield r"%s = \frac{\partial %s}{\partial %s}" % (w.gradient("z", l, i(l)), note.letters["J"], w.name("z", l, i(l)))

    def plant(self):
        """None, one or several slips."""
        m, rng = self.m, self.rng
        most = rng.choices([0, 1, 2, 3], [35, 45, 13, 7])[0]
        chosen = rng.sample(range(len(m.claims)), min(most, len(m.claims)))
        others = [c for k, c in enumerate(m.claims) if k not in chosen]
        for k in chosen:
            claim = m.claims[k]
            right = claim.sides[-1]
            options = [(kind, e) for kind, e in planted.spoiled(m, claim, right)
                       if planted.sure(m, claim, kind, others, self.note.form) and models.differs(self.worlds, m, claim.left, e)]
            if not options:
                continue
            kind = rng.choice(sorted({kind for kind, _ in options}))
            wrong = rng.choice([e for k, e in options if k == kind])
            text = self.w.write(wrong)
            kinds = {k for k, e in options if self.w.write(e) == text or self.same(claim, e, wrong)}
            claim.sides, claim.slips = claim.sides[:-1] + [wrong], claim.slips[:-1] + [kinds]

    def same(self, claim, a, b):
        values = [[models.value(w, self.m, claim.left, e) for w in self.worlds] for e in (a, b)]
        return None not in values[0] + values[1] and all(models.v.near(p, t, 1e-9) for p, t in zip(*values))

    def compose(self):
        self.plant()
        getattr(self, "page_" + self.note.form)()
        return self.sheet

    def put(self, text, truth=None):
        self.sheet.lines.append(text)
        if truth is not None:
            self.sheet.truth[len(self.sheet.lines)] = truth

    def page_latex(self):
        m, rng = self.m, self.rng
        show = rng.choice(["$$%s$$", "$$ %s $$", r"\[ %s \]"])
        def formula(text, truth):
            self.put(show % text, truth)
            self.put("")
        if self.prose:
            self.put("# One model" if m.free else "# A network of %d layers" % m.layers if m.layers > 1 else "# One layer")
            self.put("")
            if m.cost != "one":
                self.put("The %s of $%s$ are the samples, there are $%s$ of them." % (
                    "rows" if m.layout == "rows" else "columns", self.w.name("x", None), self.note.letters["m"]))
                self.put("")
        for text in self.forward():
            formula(text, [None])
        formula(self.loss(), [None])
        if m.loss == "classes":
            self.put("The labels are one-hot.")
            self.put("")
        if self.note.sums == "ones" and m.cost != "one":
            self.put(r"$\mathbf{1}$ is a vector of ones.")
            self.put("")
        if self.sheet.declared:
            self.put(self.shapes())
            self.put("")
        if m.scaled and rng.random() < 0.5:
            self.put("Here $%s$ stands for $%s$ times the derivative of $%s$ by $%s$." % (
                self.w.gradient("z", m.layers), self.note.letters["m"], self.note.letters["J"], self.w.name("z", m.layers)))
            self.put("")
        for text in self.signals():
            formula(text, [None])
        for text, slips in self.claims():
            formula(text, slips)

    def page_plain(self):
        for text in self.forward() + [self.loss()]:
            self.put(text, [None])
        self.put("")
        if self.m.loss == "classes":
            self.put("The labels are one-hot.")
        if self.sheet.declared:
            self.put(self.shapes())
        self.put("")
        for text, slips in self.claims():
            self.put(text, slips)

    def page_numpy(self):
        self.put("```python")
        if self.sheet.declared:
            self.put(self.shapes())
        if self.m.loss == "classes":
            self.put("# the labels are one-hot")
        if self.m.cost == "mean":
            self.put("%s = %s.shape[%d]" % (self.note.letters["m"], self.w.name("x", None), 0 if self.m.layout == "rows" else 1), [])
        for text in self.forward() + [self.loss()]:
            self.put(text, [None])
        for text, slips in self.claims():
            self.put(text, slips)
        self.put("```")


def sheet(seed, usual, declared):
    return Paper(seed, usual, declared).compose()
