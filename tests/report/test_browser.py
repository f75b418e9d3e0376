"""The page in headless Chromium: no word in the console, no request that leaves, nothing wider than a phone, brackets and
sums that grow, and a PDF. Skipped where there is no Chromium.

usage: test_browser.py PAGE [FOLDER FOR THE PICTURES]
"""
import html as markup
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PAGE = sys.argv[1]
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-extensions", "--hide-scrollbars",
         "--virtual-time-budget=4000", "--enable-logging=stderr", "--v=0"]
MEASURE = """<script>
const wide = [...document.querySelectorAll("body *")].filter(e => !e.closest(".scroll, figure > div, .formula, pre, svg, .skip") &&
  e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + "." + e.className);
const box = s => { const e = document.querySelector(s); return e ? e.getBoundingClientRect().height : 0; };
const sums = [...document.querySelectorAll("mo")].filter(e => e.textContent == "\\u2211").map(e => e.getBoundingClientRect().height);
document.fonts.ready.then(() => { parent.document.title = JSON.stringify({width: innerWidth, scroll: document.documentElement.scrollWidth, wide,
  sum: Math.max(0, ...sums), letter: box("mi"), font: document.fonts.check("16px 'Handgrad Math'"),
  focusable: document.querySelectorAll("a[href], summary, [tabindex='0']").length}); });
</script>"""


def browse(url, profile, *more, quiet=True):
    done = subprocess.run([BROWSER, *QUIET, f"--user-data-dir={profile}", *more, url], capture_output=True, text=True, timeout=120)
    console = re.findall(r"CONSOLE.*", done.stderr)
    assert not (quiet and console), console
    return done.stdout


def requests(log):
    """Every address the page, not the browser itself, asked for."""
    data = json.loads(log.read_text())
    start = data["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    for event in data["events"]:
        params = event.get("params", {})
        if event["type"] == start and params.get("initiator", "not an origin") != "not an origin":
            yield params["url"]


def check_that_requests_are_seen(here):
    page, log = here / "leak.html", here / "leak.json"
    page.write_text('<img src="http://127.0.0.1:9/p.png">')
    browse(f"file://{page}", here / "p", f"--log-net-log={log}", "--dump-dom", quiet=False)
    assert any("127.0.0.1:9" in u for u in requests(log)), "this test could not fail"


def framed(page, width, height, here, script=""):
    """A page that shows the page in a frame: the browser's own window is never narrower than 500."""
    text = page.read_text()
    if script:
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*/?>', "", text).replace("</body>", script + "</body>")
    frame = here / "frame.html"
    frame.write_text(f'<!DOCTYPE html><body style="margin:0"><iframe srcdoc="{markup.escape(text)}" '
                     f'style="width:{width}px;height:{height}px;border:0"></iframe></body>')
    return f"file://{frame}"


def measured(page, width, here):
    dom = browse(framed(page, width, 900, here, MEASURE), here / "p", "--window-size=1200,900", "--dump-dom")
    return json.loads(markup.unescape(re.search(r"<title>(.*?)</title>", dom, re.S)[1]))


def check(name, html, here, pictures):
    page = here / f"{name}.html"
    page.write_bytes(html)
    log = here / "net.json"
    browse(f"file://{page}", here / "p", f"--log-net-log={log}", "--window-size=1000,1600",
           f"--screenshot={pictures / (name + '-light.png')}")
    left = [u for u in requests(log) if not u.startswith(("file:", "data:", "chrome:", "chrome-untrusted:", "about:"))]
    assert not left, ("requests leave", left)
    browse(f"file://{page}", here / "p", "--window-size=1000,1600", "--blink-settings=preferredColorScheme=0",
           f"--screenshot={pictures / (name + '-dark.png')}")
    browse(framed(page, 400, 3000, here), here / "p", "--window-size=500,3000",
           f"--screenshot={pictures / (name + '-phone.png')}")
    pdf = pictures / f"{name}.pdf"
    browse(f"file://{page}", here / "p", "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    assert pdf.read_bytes().startswith(b"%PDF") and pdf.stat().st_size > 10000
    for shot in "light", "dark", "phone":
        assert (pictures / f"{name}-{shot}.png").stat().st_size > 10000, shot
    light, dark = ((pictures / f"{name}-{shot}.png").read_bytes() for shot in ("light", "dark"))
    assert light != dark, "the dark page is the light one"
    phone = measured(page, 400, here)
    assert phone["scroll"] <= phone["width"] and not phone["wide"], phone
    assert phone["focusable"] > 5
    wide = measured(page, 1000, here)
    assert wide["font"], "the font of the page is not used"
    if wide["sum"]:
        assert wide["sum"] > 1.5 * wide["letter"], ("sums do not grow", wide)
    print(name, phone["width"], wide)


def main():
    if not BROWSER:
        print("no Chromium here")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as place:
        here = pathlib.Path(place)
        pictures = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else here
        pictures.mkdir(exist_ok=True)
        check_that_requests_are_seen(here)
        for name in "document", "derivation":
            html = subprocess.run([PAGE, "html", name], check=True, capture_output=True).stdout
            check(name, html, here, pictures)


main()
