"""Holds that code for wide processors stays where it is called on purpose: an inline function compiled for AVX must not
become the copy that the linker keeps for everyone."""
import os
import pathlib
import subprocess
import tempfile
import unittest

WIDE = {"kernel_avx2.cpp.o": "Avx2", "kernel_avx512.cpp.o": "Avx512"}
SHARED_KINDS = "WwVvu"  # nm's letters for symbols of which the linker keeps any one copy


def symbols(archive):
    """{object file: [(kind, mangled name)]} of what the archive's objects define."""
    listing = subprocess.run(["nm", "--defined-only", str(archive)], capture_output=True, text=True, check=True).stdout
    found, member = {}, None
    for line in listing.splitlines():
        words = line.split()
        if line.endswith(":") and len(words) == 1:
            member = line[:-1]
            found[member] = []
        elif len(words) == 3 and member:
            found[member].append((words[1], words[2]))
    return found


def strays(archive, wide):
    """Symbols of wide objects that the linker might hand to narrow code."""
    defined = symbols(archive)
    return [f"{member}: {name}" for member, tag in wide.items() for kind, name in defined[member]
            if kind in SHARED_KINDS and tag not in name]


class WideSymbols(unittest.TestCase):
    def test_project(self):
        archive = os.environ["PARLEY_MODELS"]
        wide = {member: tag for member, tag in WIDE.items() if member in symbols(archive)}
        if not wide:
            self.skipTest("no wide kernels on this processor's architecture")
        if os.environ["PARLEY_BUILD_TYPE"] != "Release":
            self.skipTest("inlining is off, and nobody runs this build on another machine")
        self.assertEqual(strays(archive, wide), [])
        self.assertTrue(all(symbols(archive)[member] for member in wide))

    def test_planted_stray_is_found(self):
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder, "kernel_avx2.cpp")
            source.write_text("struct Avx2 {};\n"
                              "template <class T> __attribute__((noinline)) int shared(T x) { return x * 3; }\n"
                              "template <class T> __attribute__((noinline)) int own(int x) { return x * 5; }\n"
                              "int play(int x) { return shared(x) + own<Avx2>(x); }\n")
            subprocess.run(["c++", "-O1", "-c", source, "-o", f"{source}.o"], check=True)
            subprocess.run(["ar", "cr", f"{folder}/models.a", f"{source}.o"], check=True)
            found = strays(f"{folder}/models.a", {"kernel_avx2.cpp.o": "Avx2"})
        self.assertEqual(len(found), 1)
        self.assertIn("shared", found[0])


if __name__ == "__main__":
    unittest.main()
