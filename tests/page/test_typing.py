"""The page in headless Chromium, opened from disk: a slip that is typed is marked where it stands, mended it is not; examples,
pages, files and repairs work; not a word on the console, not a request. Skipped where there is no Chromium.

usage: test_typing.py HANDGRAD.HTML [FOLDER FOR PICTURES]
"""
import json
import pathlib
import sys
import tempfile

import devtools

PAGE = pathlib.Path(sys.argv[1]).resolve()
STATE = "document.getElementById('state').textContent"
MARKS = "[...document.querySelectorAll('#under mark')].map(m => [m.className, m.textContent])"
RIGHT = "# A unit\n\n$z = w x + b$, $L = (z - y)^2$\n\n$$\\frac{dL}{dz} = 2 (z - y)$$\n"
WRONG = RIGHT.replace("2 (z", "(z")
BESIDE = RIGHT.replace("A unit", "Größe 𝛼 🙂").replace("2 (z - y)$$", "2 (z - y) \\quad \\text{é𝛼🙂}, \\quad \\frac{dL}{db} = 3 (z - y)$$")


def settled(b, n_marks):
    b.until("document.body.dataset.fresh == 'true'")
    assert b.run("document.querySelectorAll('#problems li').length") == n_marks, b.run("document.getElementById('problems').innerText")


def write(b, text):
    b.run("document.getElementById('text').focus(); document.getElementById('text').select()")
    b.type(text)


def click(b, selector):
    b.run(f"document.querySelector({json.dumps(selector)}).click()")


def in_report(b, script):
    return b.run(f"(d => {script})(document.getElementById('paper-report').contentDocument)")


def check_that_requests_and_words_are_seen(folder):
    leak = folder / "leak.html"
    leak.write_text('<img src="http://127.0.0.1:9/p.png"><script>console.log("heard"); fail()</script>')
    with devtools.Browser() as b:
        b.open(leak.as_uri())
        b.until("document.images[0].complete")
        assert any("127.0.0.1:9" in r for r in b.requests) and "heard" in b.console and any("fail" in c for c in b.console), "this test could not fail"


def check_typing(b):
    write(b, WRONG)
    settled(b, 1)
    assert b.run(MARKS) == [["error", "(z - y)"]], b.run(MARKS)
    assert "disagrees" in b.run(STATE)
    b.until("document.getElementById('paper-report').contentDocument.querySelector('[id=r0-f2]') != null")
    b.run("document.getElementById('text').setSelectionRange(%d, %d)" % (WRONG.index("(z - y)$$"), WRONG.index("(z - y)$$")))
    b.until("document.querySelector('#problems li.here') != null")
    b.type("2 ")  # mended by typing: the mark goes
    settled(b, 0)
    assert b.run(MARKS) == [] and b.run("document.getElementById('text').value") == RIGHT
    assert "disagree" not in b.run(STATE) and "agree" in b.run(STATE), b.run(STATE)
    assert in_report(b, "d.querySelectorAll('main').length") == 1, "the report was not replaced whole"


def check_that_marks_follow(b):
    """While nobody has looked again, a mark moves with the text before it."""
    write(b, WRONG)
    settled(b, 1)
    b.run("document.getElementById('text').setSelectionRange(0, 0)")
    b.type("X")
    assert b.run(MARKS) in ([["error", "(z - y)"]],), b.run(MARKS)
    settled(b, 1)


def check_places(b):
    """Columns count as JavaScript's strings do, whatever letters stand before."""
    write(b, BESIDE)
    settled(b, 1)
    assert b.run(MARKS) == [["error", "3"]] or b.run(MARKS) == [["error", "3 (z - y)"]], b.run(MARKS)


def check_repair(b):
    write(b, WRONG)
    settled(b, 1)
    assert not b.run("[...document.querySelectorAll('#problems button')].some(x => x.textContent == 'Repair')"), "given away unasked"
    b.run("(d => { d.value = 'full'; d.dispatchEvent(new Event('change')); })(document.getElementById('detail'))")
    b.until("[...document.querySelectorAll('#problems button')].some(x => x.textContent == 'Repair')")
    b.run("[...document.querySelectorAll('#problems button')].find(x => x.textContent == 'Repair').click()")
    b.until(f"document.getElementById('text').value == {json.dumps(RIGHT)}")
    settled(b, 0)
    b.run("(d => { d.value = 'evidence'; d.dispatchEvent(new Event('change')); })(document.getElementById('detail'))")


def check_examples(b):
    for name in b.run("[...document.getElementById('examples').options].map(o => o.value).filter(Boolean)"):
        b.run("(s => { s.value = %s; s.dispatchEvent(new Event('change')); })(document.getElementById('examples'))" % json.dumps(name))
        b.until(f"document.title.startsWith({json.dumps(name)}) && document.body.dataset.fresh == 'true' && {STATE}.includes('agree')")
        assert "expect:" not in b.run("document.getElementById('text').value"), name


def check_pages(b):
    click(b, "#help")
    b.until("document.getElementById('pages').open && document.getElementById('page-text').textContent.includes('Ask yourself')")
    codes = b.run("[...document.getElementById('codes').options].map(o => o.value)")
    assert len(codes) > 50, codes
    for code in (codes[1], codes[-1]):
        b.run("(s => { s.value = %s; s.dispatchEvent(new Event('change')); })(document.getElementById('codes'))" % json.dumps(code))
        b.until(f"document.getElementById('page-text').textContent.startsWith({json.dumps(code + ':')})")
    click(b, "#pages form button")
    assert not b.run("document.getElementById('pages').open")


def check_files(b, folder):
    b.say("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
    write(b, WRONG)
    settled(b, 1)
    click(b, "#save")
    click(b, "#keep-html")
    saved = folder / b.run("document.title.replace(/ - handgrad$/, '')")
    for path in (saved, saved.with_suffix(".html")):
        for _ in range(200):
            if path.exists() and path.stat().st_size:
                break
            b.run("new Promise(r => setTimeout(r, 50))")
        assert path.exists(), (path, list(folder.iterdir()))
    assert saved.read_text() == WRONG and saved.with_suffix(".html").read_text().startswith("<!DOCTYPE html>")
    opened = folder / "of-a-friend.txt"
    opened.write_text("z = w x + b\nL = (z - y)^2\ndL/dw = 2 (z - y)\n")
    b.say("DOM.enable")
    root = b.say("DOM.getDocument")["root"]["nodeId"]
    node = b.say("DOM.querySelector", nodeId=root, selector="#file")["nodeId"]
    b.say("DOM.setFileInputFiles", nodeId=node, files=[str(opened)])
    b.until("document.title == 'of-a-friend.txt - handgrad'")
    settled(b, 1)
    assert b.run(MARKS)[0][0] == "error", b.run(MARKS)


def check_hostile(b):
    """What is typed is text, in the sheet and in the report."""
    write(b, "<script>parent.hit = 1</script><img src=x onerror='parent.hit=1'> $z = w x$ <b>\n\n$$\\frac{dz}{dw} = 2x$$\n\n" + "(" * 3000)
    b.until(f"document.body.dataset.fresh == 'true' && document.querySelectorAll('#under mark').length > 0")
    assert b.run("window.hit === undefined && document.querySelectorAll('#under script, #under img, #problems img').length == 0")
    write(b, "")
    b.until(f"{STATE} == 'Nothing to check yet'")


def check_looks(b, pictures):
    b.run("(s => { s.value = 'relu_bce_batch.md'; s.dispatchEvent(new Event('change')); })(document.getElementById('examples'))")
    b.until(f"document.title.startsWith('relu_bce_batch.md') && {STATE}.includes('disagree')")
    for width, height in ((1280, 900), (400, 800)):
        for dark in (False, True):
            for side in ("sheet", "report"):
                b.look(width, height, dark, phone=width < 800)
                click(b, f"#tabs [data-side={side}]")
                wide = b.run("[...document.querySelectorAll('body *')].filter(e => !e.closest('#scroll, dialog, .sr') && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + e.id)")
                assert not wide and b.run("document.documentElement.scrollWidth <= innerWidth"), (width, side, wide)
                aligned = b.run("document.getElementById('under').offsetHeight == document.getElementById('text').offsetHeight && document.getElementById('text').scrollHeight <= document.getElementById('text').offsetHeight")
                assert aligned or side == "report" and width < 800, (width, "marks do not lie under their words")
                if pictures:
                    b.picture(pictures / f"page-{width}-{'dark' if dark else 'light'}-{side}.png")


def main():
    if not devtools.CHROMIUM:
        print("no Chromium: the page was not looked at")
        sys.exit(77)
    pictures = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder, devtools.Browser() as b:
        check_that_requests_and_words_are_seen(pathlib.Path(folder))
        b.open(PAGE.as_uri())
        b.until(f"{STATE}.includes('agree')")
        for check in (check_typing, check_that_marks_follow, check_places, check_repair, check_examples, check_pages, check_hostile):
            check(b)
        check_files(b, pathlib.Path(folder))
        check_looks(b, pictures)
        b.open(PAGE.as_uri())  # what was typed last is there again
        b.until(f"document.title.startsWith('relu_bce_batch.md') && {STATE}.includes('disagree')")
        assert not b.console, b.console
        left = [r for r in b.requests if not r.startswith((PAGE.as_uri(), "data:", "blob:", "about:"))]
        assert not left, ("requests leave", left)
    print("typed, marked, mended; no request, no word on the console")


main()
