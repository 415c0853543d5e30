"""Holds that a type's name means one type: two of one name in one namespace are merged by the linker, which says nothing."""
import re
import unittest

import source_tree

LAYERS = ("engine", "models")
# The code is clang-formatted: a namespace, and a type in it, begin their lines.
LINE = re.compile(r"^(?:namespace (?P<opened>[\w:]*) ?\{|\}  *// namespace ?(?P<closed>[\w:]*)|\}$"
                  r"|(?:template <[^\n]*>\s+)?(?:struct|class|enum class|union) (?P<type>[\w:]+)(?: final)?(?: : [^;{\n]*)?\s*\{)", re.MULTILINE)


def types(root):
    """(qualified name, place) of every type at the level of a namespace that other files can see."""
    for path in source_tree.files(root):
        if path.suffix not in source_tree.CODE or path.parts[0] not in LAYERS:
            continue
        opened = []
        content = source_tree.text(path, root)
        for match in LINE.finditer(content):
            if match["opened"] is not None:
                opened.append(match["opened"])
            elif match["closed"] is not None and opened:
                opened.pop()
            elif match["type"] and "::" not in match["type"] and "" not in opened:  # else it is a member
                yield "::".join(opened + [match["type"]]), f"{path.as_posix()}:{content.count(chr(10), 0, match.start()) + 1}"


def doubled(root):
    places = {}
    for name, place in types(root):
        places.setdefault(name, []).append(place)
    return {name: found for name, found in places.items() if len(found) > 1}


class OneDefinition(unittest.TestCase):
    def test_project(self):
        self.assertGreater(len(list(types(source_tree.ROOT))), 200)
        self.assertEqual(doubled(source_tree.ROOT), {})

    def test_planted_violations_are_found(self):
        planted = {
            "engine/core/a.hpp": "namespace parley {\n\nstruct Row {\n  int a;\n};\n\n}  // namespace parley\n",
            "models/talks/b.cpp": "namespace parley {\nclass Row final : Base {\n};\n}  // namespace parley\n",
        }
        with source_tree.Planted(planted) as root:
            self.assertEqual(doubled(root), {"parley::Row": ["engine/core/a.hpp:3", "models/talks/b.cpp:2"]})

    def test_names_that_nobody_else_sees_pass(self):
        allowed = {
            "engine/core/a.hpp": "namespace parley {\nstruct Row {\n};\n}  // namespace parley\nnamespace parley::talks {\nstruct Row {\n};\n}  // namespace parley::talks\n",
            "engine/core/a.cpp": "namespace parley {\nnamespace {\nstruct Row {\n};\n}  // namespace\n\nstruct Line {\n};\n}  // namespace parley\n",
        }
        with source_tree.Planted(allowed) as root:
            self.assertEqual(doubled(root), {})


if __name__ == "__main__":
    unittest.main()
