"""How big the page is, and how long it takes in headless Chromium: from opening to the first report, and then, for each
example, the check alone and from the last key to the marks. A benchmark; what it must keep is asserted.

usage: speed.py HANDGRAD.HTML HANDGRAD.WASM.DEFLATE [--slow=F]: times may be F times as long, on a busy machine
"""
import argparse
import gzip
import json
import pathlib
import statistics
import time

import devtools

MOST_PACKED, SMALL_MS, HOMEWORK_MS, TIMES = 450_000, 50, 500, 7
CHECKED = "document.body.dataset.fresh == 'true'"


def opened(b, page):
    began = time.monotonic()
    b.open(page.as_uri())
    b.until(f"document.querySelector('#report iframe').contentDocument?.querySelector('article') && {CHECKED}")
    return 1000 * (time.monotonic() - began)


def measure(b, name):
    """Milliseconds of the check, and from a key to the marks with the pause of the page, warm: medians."""
    b.run("(s => { s.value = %s; s.dispatchEvent(new Event('change')); })(document.getElementById('examples'))" % json.dumps(name))
    b.until(f"document.title.startsWith({json.dumps(name)}) && {CHECKED}")
    inside, whole = [], []
    for _ in range(TIMES):
        whole.append(b.run("""new Promise(done => { const began = performance.now(), text = document.getElementById('text');
          text.focus(); text.setSelectionRange(text.value.length, text.value.length); document.execCommand('insertText', false, '\\n');
          new MutationObserver((_, o) => { if (document.body.dataset.fresh == 'true') { o.disconnect(); done(performance.now() - began); } })
            .observe(document.body, { attributes: true }); })"""))
        inside.append(float(b.run("document.getElementById('state').dataset.ms")))
    return statistics.median(inside), statistics.median(whole)


def main():
    args = argparse.ArgumentParser()
    args.add_argument("page", type=pathlib.Path)
    args.add_argument("packed", type=pathlib.Path)
    args.add_argument("--slow", type=float, default=1)
    args = args.parse_args()
    page = args.page.resolve()
    print(f"program packed {args.packed.stat().st_size} bytes; page {page.stat().st_size}, {len(gzip.compress(page.read_bytes()))} as a server would send it")
    with devtools.Browser() as b:
        print(f"from opening to the first report: {opened(b, page):.0f} ms")
        times = {name: measure(b, name) for name in b.run("[...document.getElementById('examples').options].map(o => o.value).filter(Boolean)")}
    for name, (inside, whole) in times.items():
        print(f"{name:24} {inside:6.0f} ms   {whole:6.0f} ms from the key to the marks")
    assert args.packed.stat().st_size <= MOST_PACKED
    assert times["one_unit.md"][0] <= SMALL_MS * args.slow
    assert max(inside for inside, _ in times.values()) <= HOMEWORK_MS * args.slow


main()
