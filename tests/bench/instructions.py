"""What documents cost, in instructions, which do not depend on how busy the machine is.

    instructions.py PROGRAM [--write]

Fails where a document costs a twentieth more than instructions.txt holds for it; --write puts down what is less by as much. Counted by valgrind, from the start of the
program to its end, slips searched for and all. The numbers hold for one compiler and one C library: on another machine, --write them first.
"""
import argparse
import concurrent.futures
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
HELD = HERE / "instructions.txt"
MARGIN = 1.05


def cost(program, document):
    """Millions of instructions of one check."""
    with tempfile.TemporaryDirectory() as where:
        ran = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={where}/out", program, "check", "--json", document],
                             capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=600)
    found = re.search(r"Collected : (\d+)", ran.stderr)
    if ran.returncode not in (0, 1, 2) or not found:
        sys.exit(f"{document}: {ran.stderr}")
    return int(found[1]) / 1e6


def main():
    args = argparse.ArgumentParser()
    args.add_argument("program")
    args.add_argument("--write", action="store_true")
    args = args.parse_args()
    held = {name: float(most) for name, most in (line.split() for line in HELD.read_text().splitlines())}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        now = dict(zip(held, pool.map(lambda name: cost(args.program, HERE.parents[1] / name), held)))
    more = [name for name in held if now[name] > MARGIN * held[name]]
    for name, most in held.items():
        print(f"{name:45}{now[name]:9.1f} of {most:9.1f} million instructions{'   MORE' if name in more else ''}")
    if args.write:
        kept = {name: now[name] if MARGIN * now[name] < held[name] or name in more else held[name] for name in held}
        HELD.write_text("".join(f"{name} {most:.1f}\n" for name, most in kept.items()))
    return 1 if more and not args.write else 0


if __name__ == "__main__":
    sys.exit(main())
