"""The writer of XML and HTML: whatever tree it is told, real parsers read that tree back, with the text a reader may see.

usage: test_xml.py XML
"""
import html.parser
import random
import subprocess
import sys
import xml.etree.ElementTree as ET

XML = sys.argv[1]
VOID = ["br", "hr", "img", "input", "meta", "link", "col"]
NAMES = ["div", "p", "span", "td", "math", "mi", "failure", "x-y", "a"]
PARTS = ["a", "Z", " ", "<", ">", "&", '"', "'", "]]>", "&amp;", "<!--", "-->", "</div>", "<b x=1>", "é", "∂", "𝛼", "=", "--", "%s"]
BAD = ["\x00", "\x1b", "\x07", "\x7f", "\u202e", "\ufffe"]


def text(rng, bad):
    return "".join(rng.choice(PARTS + (BAD if bad else [])) for _ in range(rng.randrange(1, 9)))


def tree(rng, markup, bad, depth=0):
    """[name, {attributes}, [children]]; a child is a tree or a text."""
    name = rng.choice(NAMES + (VOID if markup and depth else []))
    attributes = {rng.choice(["class", "id", "title", "data-x"]): text(rng, bad) for _ in range(rng.randrange(3))}
    children = []
    for _ in range(0 if name in VOID or depth > 6 else rng.randrange(4)):
        is_text = rng.random() < 0.4 and not (children and isinstance(children[-1], str))
        if not markup and children and (is_text or isinstance(children[0], str)):
            break  # an element of an indented document has elements or a text
        children.append(text(rng, bad) if is_text else tree(rng, markup, bad, depth + 1))
    return [name, attributes, children]


def orders(node):
    if isinstance(node, str):
        yield f"t {node.encode().hex()}"
        return
    yield f"b {node[0]}"
    yield from (f"a {name} {value.encode().hex()}" for name, value in node[1].items())
    for child in node[2]:
        yield from orders(child)
    yield "e"


def written(kind, lines):
    done = subprocess.run([XML, kind], input="\n".join(lines) + "\n", capture_output=True, text=True)
    return done.returncode, done.stdout


def read_back(element, keep):
    """The tree that ElementTree saw; white space between elements, which a document is indented with, is no text."""
    children = [element.text] if element.text else []
    for child in element:
        children += [read_back(child, keep)] + ([child.tail] if child.tail else [])
    if not keep and any(isinstance(c, list) for c in children):
        children = [c for c in children if isinstance(c, list) or c.strip("\n ")]
    return [element.tag, dict(element.attrib), children]


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.top = ["", {}, []]
        self.open = [self.top]

    def handle_starttag(self, tag, attributes):
        node = [tag, dict(attributes), []]
        self.open[-1][2].append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attributes):
        assert tag in VOID, f"<{tag}/> is open in HTML"
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag, "ends what is not open"

    def handle_data(self, data):
        children = self.open[-1][2]
        if children and isinstance(children[-1], str):
            children[-1] += data
        else:
            children.append(data)


def html_tree(out):
    page = Page()
    page.feed(out)
    page.close()
    assert page.open == [page.top], "something is left open"
    return page.top[2][0]


def check(seed):
    rng = random.Random(seed)
    markup, bad = seed % 2 == 1, seed % 5 == 0
    made = tree(rng, markup, bad)
    lines = list(orders(made))
    if seed % 3 == 0:  # the writer ends what is open
        while lines[-1] == "e":
            lines.pop()
    code, out = written("markup" if markup else "document", lines)
    assert code == 0 and out.endswith("\n"), (seed, code)
    assert not any(c in out for c in BAD[:-1]), (seed, "a control character got through")
    seen = ET.fromstring(out)
    if bad:
        return  # well-formed is what is asked for; what it shows instead, hg_safe()'s tests say
    assert read_back(seen, markup) == made, (seed, out, made)
    if markup:
        assert html_tree(out) == made, (seed, out, made)
    else:
        assert out.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')


for seed in range(400):
    check(seed)
for wrong in (["e"], ["b p", "t 61", "a id 61"], ["b p", "e", "e"]):
    assert written("document", wrong)[0] == 2, ("what is no tree is refused", wrong)
assert written("document", ["b a", "b b", "e", "b c", "t 61", "b d", "e"])[1].split("\n", 1)[1] == "<a>\n <b/>\n <c>a<d/></c>\n</a>\n"
assert written("markup", ["b p", "r 3c62723e"])[1] == "<p><br></p>\n"
deep = ["b div"] * 5000
assert written("markup", deep)[1] == "<div>" * 5000 + "</div>" * 5000 + "\n", "nesting"
print("400 trees read back")
