"""Holds what the project says of itself: nothing of one machine, nothing left undone, nothing outside its own folders."""
import re
import unittest

import source_tree

TOP_LEVEL = {
    ".ci", ".clang-format", ".clang-tidy", ".gitignore", "CHANGELOG.md", "CITATION.cff", "CMakeLists.txt",
    "CMakePresets.json", "CONTRIBUTING.md", "LICENSE", "README.md", "configs", "engine", "models", "results", "scripts",
    "tests",
}
# Assembled here, so that this file does not contain them.
ANYWHERE = [
    (r"\.\./" + "shared", "outside the project"),
    (r"\b(TO" + r"DO|FIX" + r"ME)\b", "left undone"),
    (r"(?<![\w./-])/(work|root|home/\w+)/", "a path of one machine"),
    (r"/tmp/(build|x)\b", "a path of one machine"),
    (r"\b(deb\.debian\.org|pypi\.org|registry\.npmjs\.org|proxy\.golang\.org|crates\.io)\b", "a package host"),
]
BUILT = [("ff" + "ast-math|f" + "unsafe-math|O" + "fast", "reorders arithmetic, so that results differ by compiler")]
BUILD_FILES = re.compile(r".*\.(cmake|json|cpp|hpp|sh)$|.*CMakeLists\.txt$|^scripts/.*|^\.ci/.*")


def violations(root):
    found = []
    for path in source_tree.files(root):
        name = path.as_posix()
        content = source_tree.text(path, root)
        rules = ANYWHERE + (BUILT if BUILD_FILES.match(name) else [])
        for pattern, why in rules:
            for line, match in source_tree.lines_with(pattern, content):
                found.append(f"{name}:{line}: {match} ({why})")
    return found


def strangers(root):
    entries = {entry.name for entry in root.iterdir()}
    return sorted(e for e in entries - TOP_LEVEL if not source_tree.SKIPPED.match(e))


class OwnWords(unittest.TestCase):
    def test_project(self):
        self.assertEqual(violations(source_tree.ROOT), [])

    def test_top_level(self):
        self.assertEqual(strangers(source_tree.ROOT), [])
        with source_tree.Planted({"notes.txt": "", "build/x": "", "README.md": ""}) as root:
            self.assertEqual(strangers(root), ["notes.txt"])

    def test_planted_violations_are_found(self):
        planted = {
            "README.md": "see .." + "/shared/design.md\n",
            "engine/core/a.hpp": "// TO" + "DO: mend\n",
            "scripts/run": "cd /wo" + "rk/main\n",
            "CONTRIBUTING.md": "look into /ro" + "ot/notes\n",
            "CMakeLists.txt": "add_compile_options(-ff" + "ast-math)\n",
            "scripts/install": "curl https://py" + "pi.org/simple\n",
        }
        for path, content in planted.items():
            with self.subTest(path), source_tree.Planted({path: content}) as root:
                self.assertEqual(len(violations(root)), 1)

    def test_harmless_text_passes(self):
        with source_tree.Planted({"README.md": "a framework/model, engine/roots/, shared luck, /usr/bin/python3"}) as root:
            self.assertEqual(violations(root), [])


if __name__ == "__main__":
    unittest.main()
