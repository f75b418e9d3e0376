"""Chromium by its DevTools protocol, over a pipe: what a test of the page needs of it, with nothing but Python and Chromium."""
import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--disable-extensions", "--hide-scrollbars", "--remote-debugging-pipe"]


class Browser:
    """One page, and the workers it starts: what they ask of the network and say on the console is kept in `requests` and `console`."""

    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        theirs_in, self.out = os.pipe()
        self.into, theirs_out = os.pipe()

        def place():  # the pipe is looked for at 3 and 4
            spare_in, spare_out = os.dup(theirs_in), os.dup(theirs_out)
            os.dup2(spare_in, 3)
            os.dup2(spare_out, 4)

        self.process = subprocess.Popen([CHROMIUM, *FLAGS, f"--user-data-dir={self.profile.name}", "about:blank"], preexec_fn=place,
                                        pass_fds=(3, 4), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self.bytes, self.number, self.answers = b"", 0, {}
        self.requests, self.console, self.loaded = [], [], False
        targets = self.ask("Target.getTargets")["targetInfos"]
        page = next(t for t in targets if t["type"] == "page")
        self.session = self.ask("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        self.settle(self.session)
        self.say("Page.enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.into)
        os.close(self.out)
        self.profile.cleanup()

    def settle(self, session):
        for method in ("Network.enable", "Runtime.enable", "Log.enable"):
            self.post(method, session)
        self.post("Target.setAutoAttach", session, autoAttach=True, waitForDebuggerOnStart=True, flatten=True)
        self.post("Runtime.runIfWaitingForDebugger", session)

    def post(self, method, session=None, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        return self.number

    def hear(self, until):
        """Takes in one message, at the latest at a time."""
        while b"\0" not in self.bytes:
            if not select.select([self.into], [], [], max(0, until - time.monotonic()))[0]:
                raise TimeoutError("Chromium does not answer")
            more = os.read(self.into, 1 << 16)
            if not more:
                raise RuntimeError("Chromium has ended")
            self.bytes += more
        line, self.bytes = self.bytes.split(b"\0", 1)
        self.note(json.loads(line))

    def note(self, message):
        method, params = message.get("method"), message.get("params", {})
        if "id" in message:
            self.answers[message["id"]] = message
        elif method == "Target.attachedToTarget":
            self.settle(params["sessionId"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Page.loadEventFired":
            self.loaded = True
        elif method == "Runtime.exceptionThrown":
            self.console.append(params["exceptionDetails"].get("exception", params["exceptionDetails"]).get("description", "exception"))
        elif method == "Runtime.consoleAPICalled":
            self.console.append(" ".join(str(a.get("value", a)) for a in params["args"]))
        elif method == "Log.entryAdded":
            self.console.append(params["entry"]["text"])

    def ask(self, method, session=None, wait=60, **params):
        number, until = self.post(method, session, **params), time.monotonic() + wait
        while number not in self.answers:
            self.hear(until)
        answer = self.answers.pop(number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def say(self, method, **params):
        return self.ask(method, self.session, **params)

    def open(self, url):
        self.loaded = False
        self.say("Page.navigate", url=url)
        until = time.monotonic() + 60
        while not self.loaded:
            self.hear(until)

    def run(self, script):
        """The value of an expression in the page; a promise is waited for."""
        result = self.say("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in result, (script, result["exceptionDetails"])
        return result["result"].get("value")

    def until(self, script, wait=30):
        """Waits until an expression is true."""
        end = time.monotonic() + wait
        while not self.run(script):
            assert time.monotonic() < end, ("never", script, self.console)
            time.sleep(0.02)

    def type(self, text):
        self.say("Input.insertText", text=text)

    def key(self, name, code, modifiers=0):
        for kind in ("keyDown", "keyUp"):
            self.say("Input.dispatchKeyEvent", type=kind, key=name, windowsVirtualKeyCode=code, modifiers=modifiers)

    def look(self, width, height, dark=False, phone=False):
        self.say("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)
        self.say("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def picture(self, path):
        pathlib.Path(path).write_bytes(base64.b64decode(self.say("Page.captureScreenshot", format="png")["data"]))
