"""The headers are C11 and C++11, and later, without a warning: headers.py SOURCE_ROOT

Every compiler that is there compiles language.c in every standard it knows; one that is not there is said to be.
"""
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1])
HERE = pathlib.Path(__file__).parent
WARNINGS = ["-Wall", "-Wextra", "-pedantic", "-Wconversion", "-Wshadow", "-Werror"]
C, CXX = ["c11", "c17", "c2x", "gnu11"], ["c++11", "c++14", "c++17", "c++20", "gnu++11"]
COMPILERS = {"gcc": ("c", C), "clang": ("c", C), "g++": ("c++", CXX), "clang++": ("c++", CXX)}


def compiled(compiler, language, *flags, text=None):
    gsl = subprocess.check_output(["pkg-config", "--cflags", "gsl", "check"], text=True).split()
    source = "-" if text else str(HERE / "language.c")
    return subprocess.run([compiler, "-x", language, *flags, f"-I{ROOT / 'src'}", *gsl, "-fsyntax-only", source],
                          input=text, capture_output=True, text=True)


tried = 0
for compiler, (language, standards) in COMPILERS.items():
    if not shutil.which(compiler):
        print(f"{compiler} is not here: not tried")
        continue
    for standard in standards:
        done = compiled(compiler, language, f"-std={standard}", *WARNINGS)
        assert not done.returncode and not done.stderr, f"{compiler} -std={standard}\n{done.stderr}"
        tried += 1
    for header in "handgrad.h", "handgrad-document.h":
        alone = compiled(compiler, language, *WARNINGS, text=f"#include <{header}>\nhg_status s = HG_OK;\n")
        assert not alone.returncode, f"{compiler}: {header} does not stand alone\n{alone.stderr}"
    fast = compiled(compiler, language, "-ffast-math")
    assert fast.returncode and "IEEE arithmetic" in fast.stderr, f"{compiler} -ffast-math: {fast.stderr}"
assert tried, "no compiler was found"
print(f"{tried} compilers and standards, no warning")
