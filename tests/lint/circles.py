"""No circle among the files of a room, and no call upward: read off the symbols that object files define and take (nm).

usage: circles.py ROOT LIBRARY...           the static libraries of the program
       circles.py ROOT LIBRARY... --write   writes circles.txt, to be read in review: it may only fall

A recursion over trees that is spread over files is a circle; those that are left stand in circles.txt, each on a line.
"""
import pathlib
import subprocess
import sys

from layers import ALLOWED

HELD = pathlib.Path(__file__).with_name("circles.txt")


def symbols(library):
    """Of every object file: the symbols it defines, and those it takes."""
    out, name = {}, None
    for line in subprocess.run(["nm", "-g", str(library)], capture_output=True, text=True, check=True).stdout.splitlines():
        if line.endswith(".o:"):
            name = pathlib.Path(line[:-3]).name
            out[name] = (set(), set())
        elif name and line.strip():
            kind, symbol = line.split()[-2:]
            out[name][kind in "Uvw"].add(symbol)
    return out


def sources(root):
    """The file of every object: its path with its bars made of underscores."""
    return {str(p.relative_to(root / "src")).replace("/", "_"): str(p.relative_to(root / "src")) for p in (root / "src").rglob("*.c")}


def arrows(root, libraries):
    """{file: {file it calls: symbols}}"""
    files, objects = sources(root), {}
    for library in libraries:
        objects |= {files[o]: s for o, s in symbols(library).items() if o in files}
    owner = {symbol: file for file, (defined, _) in objects.items() for symbol in defined}
    out = {file: {} for file in objects}
    for file, (_, taken) in objects.items():
        for symbol in taken & owner.keys():
            if owner[symbol] != file:
                out[file].setdefault(owner[symbol], set()).add(symbol)
    return out


def circles(graph):
    """The strongly connected components of more than one file (Tarjan)."""
    index, low, stack, out = {}, {}, [], []

    def visit(v):
        index[v] = low[v] = len(index)
        stack.append(v)
        for w in graph[v]:
            if w not in index:
                visit(w)
                low[v] = min(low[v], low[w])
            elif w in stack:
                low[v] = min(low[v], index[w])
        if low[v] == index[v]:
            at = stack.index(v)
            if len(stack) - at > 1:
                out.append(sorted(stack[at:]))
            del stack[at:]

    sys.setrecursionlimit(10000)
    for v in graph:
        if v not in index:
            visit(v)
    return sorted(out)


def offences(graph, held):
    for file, taken in sorted(graph.items()):
        for other, names in sorted(taken.items()):
            if other.split("/")[0] not in ALLOWED[file.split("/")[0]]:
                yield f"{file} calls upward, {other}: {', '.join(sorted(names))}"
    found = circles(graph)
    for circle in found:
        if not any(set(circle) <= set(other) for other in held):
            yield "a new circle: " + " ".join(circle)
            for file in circle:
                for other in sorted(graph[file].keys() & set(circle)):
                    yield f"    {file} -> {other}: {', '.join(sorted(graph[file][other]))}"
    for other in held:
        if other not in found:
            yield "no longer a circle, or a smaller one (--write): " + " ".join(other)


if __name__ == "__main__":
    root, *libraries = [pathlib.Path(a) for a in sys.argv[1:] if a != "--write"]
    graph = arrows(root, libraries)
    assert len(graph) > 250, "few objects were found"
    if "--write" in sys.argv:
        HELD.write_text("".join(" ".join(circle) + "\n" for circle in circles(graph)))
    bad = list(offences(graph, [line.split() for line in HELD.read_text().splitlines()]))
    print("\n".join(bad) or f"{len(graph)} files, {sum(map(len, graph.values()))} arrows, none upward, no new circle")
    sys.exit(bool(bad))
