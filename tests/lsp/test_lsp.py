"""handgrad lsp, spoken to as editors do, and as nobody should.

usage: test_lsp.py PROGRAM
"""
import json
import pathlib
import sys
import tempfile
import urllib.parse

from client import Client

PROGRAM = sys.argv[1]
NETWORK = "$$z = w^T x + b, \\quad a = \\sigma(z), \\quad L = \\tfrac12 (a - t)^2$$\n\n"
WRONG = NETWORK + "für 𝒟: $\\frac{\\partial L}{\\partial z} = (t - a)\\, a (1 - a)$\n"
RIGHT = WRONG.replace("(t - a)", "(a - t)")
URI = "file:///sheets/hw%203.md"


def started(*options, links=False, **more):
    client = Client(PROGRAM, *options, **more)
    client.begin(links)
    return client


def units(text):
    return len(text.encode("utf-16-le")) // 2


def at(text, line, part, end=False):
    """The position of a part of a line, as the protocol counts."""
    before = text.split("\n")[line].partition(part)[0]
    return {"line": line, "character": units(before + (part if end else ""))}


def span(text, line, part):
    return {"start": at(text, line, part), "end": at(text, line, part, end=True)}


def applied(text, edit):
    """The text with one edit done, by rules of this test's own."""
    def offset(p):
        lines = text.split("\n")
        line = lines[p["line"]].encode("utf-16-le")[:2 * p["character"]].decode("utf-16-le")
        return sum(len(l) + 1 for l in lines[:p["line"]]) + len(line)
    return text[:offset(edit["range"]["start"])] + edit["newText"] + text[offset(edit["range"]["end"]):]


def test_what_it_can_is_said():
    client = Client(PROGRAM)
    result = client.begin()
    assert result["capabilities"]["hoverProvider"] and result["serverInfo"]["name"] == "handgrad", result
    client.end()


def test_typing_a_slip_marks_it_and_mending_it_clears_it():
    client = started()
    client.open(URI, RIGHT)
    assert client.diagnostics(URI) == []
    client.change(URI, 2, {"range": span(RIGHT, 2, "a - t"), "text": "t - a"})
    [one] = client.diagnostics(URI, 2)
    assert one["severity"] == 1 and one["code"] == "sign" and one["source"] == "handgrad", one
    assert one["message"].startswith("dL/dz: opposite sign"), one
    assert one["range"] == span(WRONG, 2, "(t - a)\\, a (1 - a)"), (one, span(WRONG, 2, "(t - a)\\, a (1 - a)"))
    client.change(URI, 3, {"text": RIGHT})
    assert client.diagnostics(URI, 3) == []
    client.notify("textDocument/didClose", {"textDocument": {"uri": URI}})
    assert client.diagnostics(URI) == []
    client.end()


def test_lines_end_in_three_ways():
    for end in "\n", "\r\n", "\r":
        client = started()
        client.open(URI, WRONG.replace("\n", end))
        [one] = client.diagnostics(URI)
        assert one["range"] == span(WRONG, 2, "(t - a)\\, a (1 - a)"), (end, one)
        client.end()
    client = started()
    client.open(URI, "\ufeff" + WRONG.split("\n\n")[1].replace("$\\frac", NETWORK.strip() + "\n$\\frac").replace("für 𝒟: ", ""))
    [one] = client.diagnostics(URI)
    assert one["range"]["start"]["line"] == 1, one
    client.end()


def test_hover_has_the_numbers_and_the_page():
    client = started()
    client.open(URI, WRONG)
    found = client.request("textDocument/hover", {"textDocument": {"uri": URI}, "position": at(WRONG, 2, "- a)")})["result"]
    text = found["contents"]["value"]
    assert found["contents"]["kind"] == "markdown" and "yours" in text and "numerical" in text and "Usual cause" in text, text
    assert found["range"] == span(WRONG, 2, "(t - a)\\, a (1 - a)"), found
    assert client.request("textDocument/hover", {"textDocument": {"uri": URI}, "position": {"line": 1, "character": 0}})["result"] is None
    client.change(URI, 2, {"text": RIGHT})
    found = client.request("textDocument/hover", {"textDocument": {"uri": URI}, "position": at(RIGHT, 2, "- t)")})["result"]
    assert "agrees" in found["contents"]["value"], found
    assert client.diagnostics(URI, 2) == []
    client.end()


def actions(client, uri, where):
    context = {"diagnostics": []}
    return client.request("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": where, "context": context})["result"]


def test_the_repaired_line_is_put_in_and_then_agrees():
    client = started("--detail=full")
    client.open(URI, WRONG)
    [one] = actions(client, URI, span(WRONG, 2, "t - a"))
    assert one["kind"] == "quickfix" and one["diagnostics"][0]["code"] == "sign", one
    [edit] = one["edit"]["changes"][URI]
    client.diagnostics(URI)
    client.change(URI, 2, {"text": applied(WRONG, edit)})
    assert client.diagnostics(URI, 2) == [], applied(WRONG, edit)
    assert actions(client, URI, span(RIGHT, 2, "a - t")) == []
    client.end()
    client = started()  # the teacher decides how much is given away
    client.open(URI, WRONG)
    assert actions(client, URI, span(WRONG, 2, "t - a")) == []
    client.end()


def test_a_power_in_code_is_not_put_in():
    sheet = "$$Z = W X, \\quad A = \\tanh(Z), \\quad J = \\frac{1}{2}\\sum (A - Y)^2$$\n\n```python\ndA = A - Y\ndZ = dA * (1 - A)**2\n```\n"
    client = started("--detail=full")
    client.open(URI, sheet)
    found = client.diagnostics(URI)
    assert [d["range"]["start"]["line"] for d in found if d["severity"] == 1] == [4], found
    for one in actions(client, URI, {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}):
        assert "^" not in next(iter(one["edit"]["changes"].values()))[0]["newText"], one
    client.end()


def test_notebooks_are_marked_in_their_json():
    uri = "file:///sheets/hw.ipynb"
    first = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": ["x = \"\\u00e9\"\n"]}
    for source in [WRONG.splitlines(True), WRONG]:
        cell = {"cell_type": "markdown", "metadata": {"source": ["no"]}, "source": source}
        for ascii in True, False:
            text = json.dumps({"metadata": {"a": [1, {"b": "}"}]}, "cells": [first, cell], "nbformat": 4, "nbformat_minor": 5}, indent=1, ensure_ascii=ascii)
            client = started("--detail=full")
            client.open(uri, text, "json")
            [one] = client.diagnostics(uri)
            lines = text.split("\n")
            line = next(n for n, l in enumerate(lines) if "(t - a)" in l)
            assert one["range"] == span(text, line, "(t - a)\\\\, a (1 - a)"), (one, lines[line])
            [act] = actions(client, uri, one["range"])
            [edit] = act["edit"]["changes"][uri]
            client.change(uri, 2, {"text": applied(text, edit)})
            assert client.diagnostics(uri, 2) == []
            client.end()


def test_tex_and_text_are_read_by_name_or_language():
    tex = "\\begin{equation} y = x^2 \\end{equation}\n% comment\n\\[ \\frac{dy}{dx} = 3x \\]\n"
    for uri, language in ("file:///a/b.tex", "latex"), ("untitled:Untitled-1", "latex"), ("file:///a/b.tex", "plaintext"):
        client = started()
        client.open(uri, tex, language)
        assert [d["range"]["start"]["line"] for d in client.diagnostics(uri)] == [2]
        client.end()
    client = started()
    client.open("file:///a/b.txt", "L = (a - t)^2\na = s(z)\ndL/da = 3 (a - t)\n", "plaintext")
    assert [d["range"]["start"]["line"] for d in client.diagnostics("file:///a/b.txt") if d["severity"] == 1] == [2]
    client.end()


def test_codes_link_to_pages():
    with tempfile.TemporaryDirectory() as cache:
        client = started(links=True, cache=cache + "/a folder")
        client.open(URI, WRONG)
        [one] = client.diagnostics(URI)
        link = urllib.parse.urlparse(one["codeDescription"]["href"])
        page = pathlib.Path(urllib.parse.unquote(link.path))
        assert link.scheme == "file" and page.name == "sign.md" and "opposite sign" in page.read_text(), link
        client.end()
    for more in {"links": True}, {"links": False, "cache": "/tmp"}:  # nowhere to write; nobody follows
        client = started(**more)
        client.open(URI, WRONG)
        assert "codeDescription" not in client.diagnostics(URI)[0]
        client.end()


def test_what_cannot_be_read_is_said_at_its_beginning():
    client = started()
    for n, text in enumerate(["", "%PDF-1.4 x", "{\"cells\"", "x" * 3_000_000, "\0\0\0 $a$", "$" * 999 + "\ud7ff"]):
        uri = f"file:///a/{n}.{'ipynb' if n == 2 else 'md'}"
        client.open(uri, text)
        found = client.diagnostics(uri)
        assert all(d["severity"] > 1 for d in found), found
        assert n > 3 or len(found) == 1, (n, found)
    client.end()


def test_a_huge_document_ends():
    client = started("--limit=cpu-ms=300")
    client.open(URI, NETWORK + "$\\frac{\\partial L}{\\partial z} = (a - t)$\n\n" * 3000)
    client.diagnostics(URI)
    client.end()


def test_many_changes_in_a_row_are_judged_at_their_end():
    client = started()
    client.open(URI, RIGHT)
    client.diagnostics(URI)
    for version in range(2, 400):
        client.change(URI, version, {"text": WRONG if version % 2 else RIGHT})
    seen = 0
    while True:
        message = client.receive()
        seen += 1
        if message["params"]["version"] == 399:
            break
    assert len(message["params"]["diagnostics"]) == 1
    client.end()


def test_changes_out_of_every_bound_are_clipped():
    client = started()
    client.open(URI, RIGHT)
    far = 2 ** 62
    for start, end in ((9, 9), (9, 9)), ((0, far), (far, far)), ((-5, -5), (0, 0)), ((3, 3), (0, 0)):
        client.change(URI, 2, {"range": {"start": {"line": start[0], "character": start[1]}, "end": {"line": end[0], "character": end[1]}}, "text": "x"})
    client.change(URI, 3, {"range": {}, "text": ""}, {"range": 7, "text": 7}, {}, 7, {"text": WRONG})
    assert len(client.diagnostics(URI, 3)) == 1
    client.end()


def error_of(client):
    message = client.receive()
    assert message["id"] is None, message
    return message["error"]["code"]


def test_broken_messages_cost_themselves_alone():
    client = started()
    for body in b"{", b"", b"[1, 2", b"\xff\xfe", b"{}{}", b"[" * 100000, b'{"id": 1e999}', b'{"id": "\xc0"}':
        client.raw(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        assert error_of(client) == -32700, body
    for body in b"[]", b"{}", b"7", b"null", b'{"id": 4.5, "method": "shutdown"}', b'{"id": {}, "method": "shutdown"}', b'{"method": 7}':
        client.raw(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        code = client.receive()["error"]["code"]
        assert code in (-32600, -32700), (body, code)
    for head in b"X: 1\r\n\r\n", b"Content-Length: -3\r\n\r\n", b"Content-Length: 1x\r\n\r\n", b"Content-Length:\r\n\r\n", b"Content-Length: %d\r\n\r\n" % 10 ** 30:
        client.raw(head)
        assert error_of(client) == -32700, head
    client.raw(b"y" * 10000)
    assert error_of(client) == -32700
    client.raw(b"\r\n\r\n")
    assert error_of(client) == -32700
    big = (64 << 20) + 5
    client.raw(b"Content-Length: %d\r\n\r\n" % big)
    assert error_of(client) == -32700
    client.raw(b"z" * big)
    client.open(URI, WRONG)
    assert len(client.diagnostics(URI)) == 1
    body = json.dumps({"jsonrpc": "2.0", "id": 99, "method": "shutdown"}).encode()
    client.raw(b"Content-Length: %d\r\n\r\n" % (len(body) - 4) + body)  # too short: what is left over stands before the next head
    assert error_of(client) == -32700
    client.raw(b"content-type: a\ncontent-length: %d\n\n" % len(body) + body)  # and this is no way to write it
    assert client.receive()["id"] == 99
    client.notify("exit")
    client.gone(0)


def test_requests_out_of_turn_are_refused():
    client = Client(PROGRAM)
    assert client.request("textDocument/hover", {})["error"]["code"] == -32002
    client.open(URI, WRONG)  # not heard
    client.begin()
    assert client.request("initialize", {})["error"]["code"] == -32600
    assert client.request("textDocument/hover", {})["result"] is None
    assert client.request("textDocument/codeAction", {"textDocument": {"uri": URI}})["result"] == []
    assert client.request("textDocument/hover", [1])["error"]["code"] == -32602
    assert client.request("textDocument/rename", {})["error"]["code"] == -32601
    assert client.request("$/nothing")["error"]["code"] == -32601
    for method in "$/setTrace", "textDocument/didSave", "textDocument/didOpen", "textDocument/didClose", "textDocument/didChange", "shutdown":
        client.notify(method, {"textDocument": 7, "contentChanges": 7})
        client.notify(method, {"textDocument": {"uri": 7, "text": "x"}})
        client.notify(method)
    client.send({"id": "a name", "result": None})
    assert client.request("shutdown")["result"] is None
    assert client.request("textDocument/hover", {})["error"]["code"] == -32600
    client.notify("exit")
    client.gone(0)


def test_leaving_without_shutdown_is_exit_1():
    client = started()
    client.notify("exit")
    client.gone(1)
    client = started()
    client.open(URI, WRONG)
    client.process.stdin.close()
    code = client.process.wait(timeout=60)
    assert code == 1 and not client.process.stderr.read(), code
    client = started()
    client.raw(b"Content-Length: 100\r\n\r\n{")  # half a message, and gone
    client.process.stdin.close()
    assert client.process.wait(timeout=60) == 1


if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test()
            print("ok", name, flush=True)
