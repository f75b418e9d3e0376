"""Relettering: a bijection of the free letters of a document, in its mathematics and code; words stay what they are.

A letter goes with its capital: X is the batch of the x. What is no free letter: d, e, the T of a transpose, I, sigma, pi and the
names of functions, sets and words.
"""
import re

FIXED = set("dei")
# words that stand bare in formulas and code
WORDS = set("""relu sigmoid tanh log ln exp max min sum prod mean softmax argmax diag trace tr det vec axis keepdims true false if else
for in is or and not where otherwise new old next np dot matmul multiply power sqrt sin cos cosh sinh abs sign outer zeros ones eye
shape with the of to on at by from let def return lambda range len import as print assert cost loss lr const bce mse ce hat elu gelu swish
softplus logistic step heaviside while square norm st iff""".split())
GREEK = "alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi rho tau chi omega varphi phi psi".split()
CAPITAL = {"Gamma", "Delta", "Theta", "Lambda", "Xi", "Phi", "Psi", "Omega"}
MATH = re.compile(r"""
  (?P<kept>%[^\n]*|\\(?:begin|end|label|tag|ref|eqref|color|hspace|vspace|mathbb|operatorname|mbox|text[a-z]*|DeclareMathOperator)\*?\s*\{[^{}]*\}(?:\{c+\})?
    |\\(?:mathrm|mathsf|mathtt|mathit)\{[A-Za-z.]{2,}\}|\\(?:mathrm|mathsf)\{[dT]\})
| (?P<command>\\[A-Za-z]+)
| (?P<letters>[A-Za-z]+)
| (?P<rest>\\.|.)
""", re.X | re.S)
TURNED = re.compile(r"\^\s*(?:T\b|\{[^{}]*T\}|\{T)|\\(?:mathrm|mathsf|text)\{T\}|\.T\b")
NAME = re.compile(r"(?<![A-Za-z0-9_.\\])[A-Za-z][A-Za-z0-9_]*")
PLAIN = re.compile(r"^(d?)([A-Za-z])((?:_?\d+|_[a-z]|_?hat|_?pred|_?true)?)$")
QUOTIENT = re.compile(r"^d([A-Za-z])(_?\d*)_d([A-Za-z])(_?\d*)$")


def symbol(token):
    """The pair a letter or a Greek command belongs to: 'x' for x and X, 'delta' for both deltas; None: not free."""
    if token.startswith("\\"):
        name = token[1:]
        base = name[0].lower() + name[1:]
        return "ell" if name == "ell" else base if name in GREEK or name in CAPITAL and base in GREEK else None
    return token.lower() if len(token) == 1 and token.isalpha() else None


class Letters:
    """The letters of a document and how to write them otherwise."""
    def __init__(self, doc):
        self.used, self.followed, self.capitals, fixed = set(), set(), set(), set(FIXED)
        for cell in doc.cells:
            for kind, text in cell.stretches(doc.suffix):
                if kind == "math":
                    self.see_math(text, fixed)
                elif kind == "code":
                    self.see_names(text, fixed)
                elif kind in ("plain", "prose"):
                    for line in text.split("\n"):
                        self.see_plain(line, fixed)
        self.fixed, self.free = fixed, self.used - fixed

    def see(self, token, fixed, after=""):
        base = symbol(token)
        if base is None:
            return
        self.used.add(base)
        if token[0].isupper() or token[1:2].isupper():
            self.capitals.add(base)
        if after.lstrip()[:1] == "(" or after[:1] == "'":
            self.followed.add(base)

    def see_math(self, text, fixed):
        if TURNED.search(text):
            fixed.add("t")
        if re.search(r"(?<![A-Za-z\\])I(?![A-Za-z])", text):
            fixed.add("i")
        for found in MATH.finditer(text):
            after = text[found.end():found.end() + 3]
            if found["command"]:
                self.see(found[0], fixed, after)
            for k, letter in enumerate(self.split(found["letters"] or "", fixed)):
                self.see(letter, fixed, after)

    def split(self, run, fixed=None):
        """The letters of a run in mathematics: wx is w x, dW is d W, max is a word."""
        if len(run) > 1 and (run.lower() in WORDS or len(run) > 3):
            return [run]
        if len(run) == 3 and run[0] != "d":
            if fixed is not None:
                fixed.update(run.lower())
            return [run]
        return list(run)

    def see_names(self, text, fixed):
        for found in NAME.finditer(text):
            name, after = found[0], text[found.end():found.end() + 3]
            quotient, plain = QUOTIENT.match(name), PLAIN.match(name)
            if quotient:
                self.see(quotient[1], fixed)
                self.see(quotient[3], fixed)
            elif plain and name.lower() not in WORDS:
                self.see(plain[2], fixed, after)

    def see_plain(self, line, fixed):
        if re.search(r"\^T|\^\{T\}|\)T\b", line):
            fixed.add("t")
        if re.search(r"[=+*/^∂·−]", line):
            for found in NAME.finditer(line):
                if found[0] not in ("a", "A", "I") or beside_operator(line, found):
                    self.see_names(found[0] + line[found.end():found.end() + 2], fixed)

    def rewritten(self, doc, to):
        """The document with symbols mapped by `to`."""
        return doc.mapped(math=lambda t: in_math(t, to, self), code=lambda t: in_names(t, to, True),
                          plain=lambda t: in_names(t, to, False), prose=lambda t: in_prose(t, to, doc.suffix))


def beside_operator(line, found):
    return bool(re.search(r"[-=+*/^(@∂·−⊙]\s*$", line[:found.start()]) or re.match(r"\s*[-=+*/^)@'·−⊙]", line[found.end():]))


def other(token, to):
    base = symbol(token)
    if base not in to:
        return token
    capital = token[0].isupper() or token[:1] == "\\" and token[1].isupper()
    new = to[base]
    if len(new) == 1:
        return new.upper() if capital else new
    return "\\" + (new[0].upper() + new[1:] if capital else new)


def in_math(text, to, letters):
    out = []
    for found in MATH.finditer(text):
        if found["kept"]:
            out.append(found[0])
        elif found["letters"]:
            run = letters.split(found[0])
            new = [other(t, to) for t in run]
            clear = len(new) > 1 and ("".join(new).lower() in WORDS or any(len(n) > 1 for n in new))
            out.append((" " if clear else "").join(new))
        else:
            out.append(other(found[0], to))
    return "".join(out)


def rename(name, to):
    quotient, plain = QUOTIENT.match(name), PLAIN.match(name)
    plainly = lambda letter: other(letter, to).lstrip("\\")
    if quotient:
        return "d" + plainly(quotient[1]) + quotient[2] + "_d" + plainly(quotient[3]) + quotient[4]
    if plain and name.lower() not in WORDS:
        return plain[1] + plainly(plain[2]) + plain[3]
    return name


def in_names(text, to, code):
    def one(found):
        lone = found[0] in ("a", "A", "I") and not beside_operator(text, found) and not code
        return found[0] if lone else rename(found[0], to)
    return NAME.sub(one, text)


def in_prose(text, to, suffix):
    """A lone letter among words, or one with a number, is a name; a, A and I are words."""
    def one(found):
        lone = found[0] in ("a", "A", "I") and not beside_operator(text, found)
        if lone or not re.fullmatch(r"d?[A-Za-z]\d*", found[0]):
            return found[0]
        if re.search(r"['’]$|\{$", text[:found.start()]) or suffix == ".tex" and len(found[0]) == 1:
            return found[0]
        return rename(found[0], to)
    return NAME.sub(one, text)


# ---- the bijections -------------------------------------------------------------------------------------------------

USUAL = [("x", "p"), ("m", "r"), ("l", "r"), ("l", "u"), ("w", "v"), ("w", "m"), ("w", "k"), ("y", "q"), ("z", "u"), ("z", "s"),
         ("j", "g"), ("a", "h"), ("a", "o"), ("b", "c"), ("m", "n"), ("i", "u"), ("w", "theta"), ("j", "c"), ("x", "s")]
CALLS = set("fgh")  # beside a bracket these are functions


def may_be(letters, base, new):
    return new not in letters.fixed and not (new in CALLS and base in letters.followed)


def one_letter(doc, rng):
    """One usual letter for another that the document does not use."""
    letters = Letters(doc)
    for old, new in USUAL:
        if old in letters.free and new not in letters.used and may_be(letters, old, new):
            yield f"{old} to {new}", letters.rewritten(doc, {old: new})


def any_letters(doc, rng, times=6):
    """All free letters at once: the latin ones among the latin, the greek ones among the greek."""
    letters = Letters(doc)
    latin = sorted(b for b in letters.free if len(b) == 1 or b == "ell")
    greek = sorted(b for b in letters.free if len(b) > 1 and b != "ell")
    for k in range(times if latin else 0):
        for _ in range(50):
            pool = [c for c in "abcfghjklmnpqrsuvwxyz" if c not in letters.fixed]
            others = [g for g in GREEK if g not in letters.fixed and g not in ("varepsilon", "varphi", "lambda")]
            if len(pool) < len(latin) or len(others) < len(greek):
                return
            to = dict(zip(latin, rng.sample(pool, len(latin)))) | dict(zip(greek, rng.sample(others, len(greek))))
            if all(may_be(letters, old, new) for old, new in to.items()):
                yield f"draw {k + 1}", letters.rewritten(doc, to)
                break


def turned_letters(doc, rng):
    """The letters of the document among themselves, one round: the usual letters in unusual places."""
    letters = Letters(doc)
    for k in range(3):
        latin = sorted(b for b in letters.free if len(b) == 1 and b not in "t")
        turned = latin[:]
        rng.shuffle(turned)
        to = dict(zip(latin, turned))
        if len(latin) > 2 and all(may_be(letters, old, new) for old, new in to.items()):
            yield f"round {k + 1}", letters.rewritten(doc, to)
