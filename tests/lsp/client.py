"""A client that speaks the protocol to a language server, for tests."""
import json
import os
import selectors
import subprocess
import time


class Client:
    """handgrad lsp, started; `raw` sends bytes as they are."""

    def __init__(self, program, *options, cache="/dev/null/none"):
        env = {**os.environ, "XDG_CACHE_HOME": str(cache)}
        self.process = subprocess.Popen([program, "lsp", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
        self.bytes, self.asked, self.published = b"", 0, {}
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.process.stdout, selectors.EVENT_READ)

    def raw(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.raw(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def receive(self, seconds=120):
        """The next message; its head is read strictly."""
        ends = time.monotonic() + seconds
        while True:
            head, found, rest = self.bytes.partition(b"\r\n\r\n")
            if found:
                name, _, length = head.partition(b": ")
                assert name == b"Content-Length" and length.isdigit(), head
                if len(rest) >= int(length):
                    self.bytes = rest[int(length):]
                    message = json.loads(rest[:int(length)])
                    assert message["jsonrpc"] == "2.0", message
                    return message
            assert self.selector.select(max(0, ends - time.monotonic())), "the server says nothing"
            more = os.read(self.process.stdout.fileno(), 65536)
            assert more, f"the server went: {self.process.wait()} {self.process.stderr.read().decode()}"
            self.bytes += more

    def request(self, method, params=None):
        """The answer; diagnostics that come before it are kept."""
        self.asked += 1
        self.send({"id": self.asked, "method": method, **({} if params is None else {"params": params})})
        while True:
            message = self.receive()
            if message.get("method") == "textDocument/publishDiagnostics":
                self.published[message["params"]["uri"]] = message["params"]
                continue
            assert message["id"] == self.asked, message
            return message

    def notify(self, method, params=None):
        self.send({"method": method, **({} if params is None else {"params": params})})

    def begin(self, links=False):
        can = {"textDocument": {"publishDiagnostics": {"codeDescriptionSupport": links}}}
        answer = self.request("initialize", {"processId": None, "rootUri": None, "capabilities": can})
        self.notify("initialized", {})
        return answer["result"]

    def open(self, uri, text, language="markdown", version=1):
        self.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": language, "version": version, "text": text}})

    def change(self, uri, version, *changes):
        self.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": list(changes)})

    def diagnostics(self, uri, version=None):
        """What is published next for a document, of that version."""
        while True:
            kept = self.published.pop(uri, None)
            if kept and (version is None or kept.get("version") == version):
                return kept["diagnostics"]
            message = self.receive()
            assert message.get("method") == "textDocument/publishDiagnostics", message
            self.published[message["params"]["uri"]] = message["params"]

    def end(self, expected=0):
        assert self.request("shutdown")["result"] is None
        self.notify("exit")
        return self.gone(expected)

    def gone(self, expected):
        code = self.process.wait(timeout=60)
        said = self.process.stderr.read().decode()
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.stderr.close()
        assert code == expected and not said, (code, said)
