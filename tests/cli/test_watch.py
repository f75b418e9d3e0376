"""handgrad watch: checks again after every save, on a screen it clears.

usage: test_watch.py PROGRAM
"""
import os
import pathlib
import pty
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

PROGRAM = os.path.abspath(sys.argv[1])
RIGHT, WRONG = "a_2 - y", "y - a_2"
CLEAR, END = "\x1b[H\x1b[2J", "Ctrl-C ends"


def sheet(line):
    return ("$$z_1 = W_1 x + b_1, \\quad a_1 = \\tanh(z_1), \\quad z_2 = W_2 a_1 + b_2, \\quad a_2 = \\sigma(z_2)$$\n"
            "$$L = -(y \\log a_2 + (1 - y) \\log(1 - a_2))$$\n\n"
            f"$$\\frac{{\\partial L}}{{\\partial z_2}} = {line}$$\n")


def until(fd, word, seconds=30):
    """What comes until the word has come."""
    seen, end = "", time.monotonic() + seconds
    while word not in seen:
        assert time.monotonic() < end, f"no {word!r} in {seen!r}"
        if select.select([fd], [], [], 0.2)[0]:
            try:
                seen += os.read(fd, 65536).decode(errors="replace")
            except OSError:
                raise AssertionError(f"ended after {seen!r}")
    return seen


def test_on_a_terminal(folder):
    page = folder / "hw.md"
    page.write_text(sheet(WRONG))
    master, slave = pty.openpty()
    watch = subprocess.Popen([PROGRAM, "watch", page], stdout=slave, stderr=slave, stdin=subprocess.DEVNULL)
    os.close(slave)
    seen = until(master, END)
    assert CLEAR in seen and "opposite sign" in seen, seen
    page.write_text(sheet(RIGHT))  # written in place
    seen = until(master, END)
    assert CLEAR in seen and "opposite sign" not in seen and "1 agrees" in seen, seen
    (folder / "other.md").write_text("not watched")
    beside = folder / "hw.md~"
    beside.write_text(sheet(WRONG))
    beside.rename(page)  # as editors do
    seen = until(master, END)
    assert seen.count(CLEAR) == 1 and "opposite sign" in seen, seen
    page.unlink()
    page.write_text("")  # nothing to check does not end the watch
    until(master, END)
    assert watch.poll() is None
    watch.send_signal(signal.SIGINT)
    assert watch.wait(timeout=5) == -signal.SIGINT
    os.close(master)


def test_says_what_changed(folder):
    page = folder / "hw.md"
    right, wrong = sheet(RIGHT), sheet(WRONG)
    second = "\n$$\\frac{{\\partial L}}{{\\partial W_2}} = {} a_1^T$$\n"
    page.write_text(wrong + second.format("(a_2 - y)"))
    watch = subprocess.Popen([PROGRAM, "watch", page], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    fd = watch.stdout.fileno()
    said = "since the last save: "
    assert said not in until(fd, END), "there was no save before"
    for text, words in ((right + second.format("(y - a_2)"), "mended 6.1; new 7.1"),
                        (right + second.format("2 (y - a_2)"), None),  # another line, still wrong
                        ("Some words.\n\n$$q = 1$$\n\n" + right + second.format("2 (y - a_2)"), None),  # its number has changed
                        (right + second.format("(a_2 - y)"), "mended 8.1")):
        page.write_text(text)
        seen = until(fd, END)
        assert (f"{said}{words}\n" in seen) if words else said not in seen, (words, seen)
    watch.kill()
    watch.wait()


def ask(port, path, host=None):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, ""


def test_serves_a_page_that_loads_itself_anew(folder):
    page, html = folder / "hw.md", folder / "pages/hw.html"
    page.write_text(sheet(WRONG))
    html.parent.mkdir()
    watch = subprocess.Popen([PROGRAM, "watch", page, f"--html={html}"], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    seen = until(watch.stdout.fileno(), END)
    port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", seen)[1])
    code, text = ask(port, "/")
    assert code == 200 and "1 of 1 step needs you" in text and "fetch('/changed')" in text, text[:300]
    assert "connect-src 'self'" in text and "<script" not in html.read_text(), "the file itself has no script"
    assert ask(port, "/../hw.md")[0] == 404 and ask(port, "/hw.md")[0] == 404
    assert ask(port, "/", "evil.example")[0] == 403, "another name that leads here is not answered"
    answers = []
    waiting = threading.Thread(target=lambda: answers.append(ask(port, "/changed")))
    waiting.start()
    time.sleep(0.5)
    assert not answers, "nothing has changed"
    page.write_text(sheet(RIGHT))
    until(watch.stdout.fileno(), END)
    waiting.join(20)
    assert answers == [(200, "changed")], answers
    assert "The one step agrees." in ask(port, "/")[1]
    with socket.create_connection(("127.0.0.1", port)):  # who says nothing holds nobody up for long
        assert ask(port, "/")[0] == 200
    watch.kill()
    watch.wait()


def test_into_a_pipe(folder):
    page = folder / "hw.md"
    page.write_text(sheet(RIGHT))
    watch = subprocess.Popen([PROGRAM, "watch", page], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    seen = until(watch.stdout.fileno(), END)
    assert "\x1b" not in seen and "1 agrees" in seen, seen
    watch.stdout.close()
    page.write_text(sheet(RIGHT))
    assert watch.wait(timeout=20) in (0, -signal.SIGPIPE, 141), "ends when nobody reads"


def test_usage(folder):
    done = subprocess.run([PROGRAM, "watch"], capture_output=True, text=True)
    assert done.returncode == 3 and "which" in done.stderr or "what" in done.stderr
    done = subprocess.run([PROGRAM, "watch", folder / "no" / "hw.md"], capture_output=True, text=True)
    assert done.returncode == 3 and "hw.md" in done.stderr, done.stderr


for name, test in list(globals().items()):
    if name.startswith("test_"):
        with tempfile.TemporaryDirectory() as place:
            test(pathlib.Path(place))
            print(name)
