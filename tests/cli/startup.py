"""Start-up: the whole process of `handgrad list`, median of 100 runs, beside that of true in the same run."""
import statistics
import subprocess
import sys
import time


def milliseconds(*command):
    times = []
    for _ in range(100):
        begin = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=True)
        times.append(1e3 * (time.perf_counter() - begin))
    return statistics.median(times)


if __name__ == "__main__":
    ours, nothing = milliseconds(sys.argv[1], "list"), milliseconds("true")
    print(f"handgrad list {ours:.2f} ms, true {nothing:.2f} ms, difference {ours - nothing:.2f} ms; wanted: under 5 ms")
