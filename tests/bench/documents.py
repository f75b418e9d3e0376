"""What checking a document costs, as ratios within one run.

    documents.py HANDGRAD SHEET...

For each sheet: the whole process, median of 20 runs, beside a yardstick of the same run (python3 that imports torch where it
is installed, else python3 that imports nothing), and its memory. Then growth: the first sheet repeated up to half a megabyte
and a whole one, t(2n)/t(n). Then a hundred wrong lines, each another. Fails where a bar is missed: a sheet slower than the
yardstick, growth of 2.3 or more, more than 64 MB for a sheet, more than a hundred sheets' time for a hundred wrong lines.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

RUNS, HALF = 20, 500_000
TORCH = subprocess.run([sys.executable, "-c", "import torch"], capture_output=True).returncode == 0
YARDSTICK = [sys.executable, "-c", "import torch" if TORCH else "pass"]


def spend(*command):
    """CPU seconds and MB of a process; exit codes up to 2 are verdicts."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert 0 <= process.returncode <= 2, (command, process.returncode)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def median(runs, *command):
    spent = [spend(*command) for _ in range(runs)]
    return statistics.median(t for t, _ in spent), max(m for _, m in spent)


def sheets(program, paths):
    """In turns with the yardstick, so that a busy machine slows both."""
    yard, _ = median(5, *YARDSTICK)
    slowest = 0
    for path in paths:
        t, memory = median(RUNS, program, "check", path)
        slowest = max(slowest, t)
        print(f"{path.name:20} {t * 1e3:7.1f} ms {memory:5.0f} MB  {t / yard:6.3f} of {' '.join(YARDSTICK[1:])}")
        assert memory < 64, path
        assert not TORCH or t < yard, path
    return slowest


def growth(program, path, folder):
    """The least of five runs each, in turns: what else the machine does only ever adds."""
    text = path.read_text() + "\n"
    spent = {}
    for turn in range(5):
        for size in HALF, 2 * HALF:
            big = folder / f"{size}{path.suffix}"
            big.write_text(text * (size // len(text.encode())))
            spent[size] = min(spent.get(size, (1e9, 0)), spend(program, "check", "--json", big))
    for size, (t, memory) in spent.items():
        print(f"{path.name:20} {size >> 10:5} kB {t:7.2f} s  {memory:5.0f} MB")
    ratio = spent[2 * HALF][0] / spent[HALF][0]
    print(f"{path.name:20} t(2n)/t(n) = {ratio:.2f}")
    return ratio


def wrong_lines(n):
    """Each wrong in a way of its own: a factor, a sign, a lost factor, the other layer."""
    forward = ("$$z_1 = W_1 x + b_1, \\quad a_1 = \\tanh(z_1)$$\n\n$$z_2 = W_2 a_1 + b_2, \\quad a_2 = \\sigma(z_2)$$\n\n"
               "$$L = -y \\log a_2 - (1 - y) \\log(1 - a_2)$$\n\n")
    ways = ["\\frac{{\\partial L}}{{\\partial z_2}} = {k} (a_2 - y)", "\\frac{{\\partial L}}{{\\partial z_2}} = y - {k} a_2",
            "\\frac{{\\partial L}}{{\\partial W_2}} = {k} (a_2 - y) a_1^T", "\\frac{{\\partial L}}{{\\partial b_2}} = \\frac{{a_2 - y}}{{{k}}}",
            "\\frac{{\\partial L}}{{\\partial a_1}} = {k} W_1^T (a_2 - y)"]
    return forward + "\n\n".join(f"$${ways[i % len(ways)].format(k=i // len(ways) + 2)}$$" for i in range(n)) + "\n"


def main():
    program, paths = sys.argv[1], [pathlib.Path(p) for p in sys.argv[2:]]
    slowest = sheets(program, paths)
    with tempfile.TemporaryDirectory() as where:
        folder = pathlib.Path(where)
        ratio = growth(program, paths[0], folder)
        path = folder / "wrong.md"
        path.write_text(wrong_lines(100))
        t, memory = median(3, program, "check", "--json", path)
        print(f"100 wrong lines      {t:7.2f} s  {memory:5.0f} MB  {t / slowest:.0f} times the slowest sheet")
    assert ratio < 2.3, ratio
    assert t < 100 * slowest, (t, slowest)


if __name__ == "__main__":
    main()
