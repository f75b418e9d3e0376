"""Letters are named in src/letters.def and words in src/words.def, nowhere else: a test for one asks what it stands for.

A letter or a word is a string, or a character, that is compared, searched for, listed, or made a name of. What is printed is none; neither are
the ends of the alphabet, commands of LaTeX (rows of lang/commands.def), and ids of the catalogues.
"""
import pathlib
import re
import sys

ROOMS = ("text", "lang", "eval", "names", "model", "tables", "world", "claim", "slips", "verdict")
PARSED = ("text", "lang")  # there a command of LaTeX is grammar
TESTS = re.compile(r"\b(hg_str_(?:is|any|equal|equal_nocase|starts|ends|find|find_nocase)|HG_STR|strcmp|strncmp|strchr|strstr|strspn|strcspn|memmem"
                   r"|hg_model_there|hg_invent\w*|hg_is_open_var|one_of|is_constant|layer_name|hg_make_name|keyword|block_called|begins_later|hg_at_command"
                   r"|hg_is_first_word|hg_typed_accent|plus|without_tail)\s*\($")
LIST = re.compile(r"static const (?:char \*const \w+\[\][^=;]*|struct \{[^{}]*\} \w+\[\](?:\[\d\])?|char \w+\[\]|\w+ \w+\[\]) =\s*")
TOKEN = re.compile(r"/\*.*?\*/|//[^\n]*|\"((?:\\.|[^\"\\\n])*)\"|'((?:\\.|[^'\\\n]))'", re.S)
WORD = re.compile(r" ?(?:\\\\)?[A-Za-z][A-Za-z0-9'._ -]*[({]?")
ENDS = re.compile(r"(?:[<>]=?|[-+]|=|\()\s*$")  # c >= 'a', c - 'a'

LATEX = set(r"\\qqua spaces array align alignat alignedat tabular matrix cases math \\math command NewDocumentCommand DeclarePairedDelimiter minted IEEE"
            r" display \\parbox \\documentclass".split())  # its grammar, beside its commands

# What is listed or compared and is no letter and no word of a document: of a file which, as an expression, and why.
EXCEPT = {
    "lang/dump.c": (".*", "what --dump=tokens calls the relations"),
    "lang/latex_command.c": ("[bB]", "sizes of brackets: \\bigl"),
    "lang/macro.c": ("m|d|o?d|[op]?dv|do?d|dpd|pd|diffp?", "an argument of \\NewDocumentCommand; commands of packages"),
    "lang/parse/parser.c": ("raw", "marks a node that holds its source"),
    "lang/print/print_latex.c": ("raw", "marks a node that holds its source"),
    "lang/print/print_latex_name.c": (".*", "LaTeX that is printed"),
    "lang/print/print_tree.c": (".*", "what --dump=tree calls the accents"),
    "lang/typed_foreign.c": ("[A-Za-z]", "characters that look like a letter, and the letter"),
    "text/block.c": (".*", "names of languages behind a fence, commands that are headings"),
    "text/code_runs.c": (".*", "statements of Python that leave or fork"),
    "text/foreign.c": (".*", "first bytes of files"),
    "text/macro.c": (".*", "kinds of arguments of LaTeX's definitions"),
    "text/notebook.c": (".*", "keys of notebooks"),
    "text/python.c": (".*", "marks of cells in a script"),
    "text/unseen.c": (".*", "elements of HTML, conditions of TeX"),
    "names/customs.c": (".*", "what --dump=names calls the roles"),
    "claim/readings_dump.c": (".*", "what --dump=readings calls the readings"),
    "slips/power_points.c": (r"[a-z]+(-[a-z]+)+", "codes of warnings"),
    "slips/repairs_numbers.c": ("[mK] ", "printed in front of what was meant"),
    "verdict/weigh.c": ("taken|built-in|assignment", "values of fields of the report"),
}


def commands(root):
    rows = re.findall(r'HG_\w+\("(\w+)"', (root / "src/lang/commands.def").read_text())
    return set(rows) | LATEX


def is_command(word, room, known):
    return (room in PARSED or word.startswith("\\")) and (word in known or word.lstrip("\\") in known)


def in_list(text):
    """The stretches of the text that are initializers of lists."""
    for found in LIST.finditer(text):
        depth, at = 0, found.end()
        while at < len(text):
            depth += text[at] == "{"
            depth -= text[at] == "}"
            at += 1
            if depth == 0:
                break
        if text[found.end():found.end() + 1] in {"{", '"'}:
            yield found.end(), text.index(";", found.end()) if text[found.end()] == '"' else at


def opener(text, at):
    """What stands before the bracket that is open at this place."""
    depth = 0
    for i in range(at - 1, max(0, at - 600), -1):
        if text[i] == ")":
            depth += 1
        elif text[i] == "(":
            if depth == 0:
                return text[max(0, i - 60):i + 1]
            depth -= 1
        elif text[i] == ";":
            break
    return ""


def offences(root):
    known = commands(root)
    slips = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', (root / "src/slips.def").read_text()))
    slips |= set(re.findall(r"^HG_SLIP\(\w+,\s*([a-z-]+)", (root / "src/slips.def").read_text(), flags=re.M))
    for room in ROOMS:
        for path in sorted((root / "src" / room).rglob("*.[ch]")):
            name = str(path.relative_to(root / "src"))
            allowed, _ = EXCEPT.get(name, ("", ""))
            text = path.read_text()
            lists = list(in_list(re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.S)))
            for found in TOKEN.finditer(text):
                word, letter = found[1], found[2]
                line = text[text.rfind("\n", 0, found.start()) + 1:found.start()]
                if (word is None and letter is None) or line.lstrip().startswith("#"):
                    continue
                if letter is not None:
                    if not letter.isalpha() or re.fullmatch(allowed, letter) or (letter in "azAZ" and ENDS.search(line)):
                        continue
                elif not WORD.fullmatch(word) or re.fullmatch(allowed, word) or word in slips or is_command(word, room, known):
                    continue
                elif not any(a <= found.start() < b for a, b in lists) and not TESTS.search(opener(text, found.start())):
                    continue
                elif re.search(r"\] = $", line):  # a name for a value of an enumeration
                    continue
                yield f"src/{name}:{text.count(chr(10), 0, found.start()) + 1}: {found[0]}"


if __name__ == "__main__":
    bad = list(offences(pathlib.Path(sys.argv[1])))
    print("\n".join(bad) or "letters and words stand in their tables")
    print(f"{len(bad)} outside of letters.def and words.def")
    sys.exit(bool(bad))
