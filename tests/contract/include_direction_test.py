"""Holds the layers: a folder includes only what stands below it, and an outside library only where it belongs."""
import re
import unittest

import source_tree

# What a folder may include of the project, itself included; the longest matching folder counts.
LAYERS = {
    "engine/core": ["engine/core"],
    "engine/bargain": ["engine/core", "engine/bargain"],
    "engine/sweep": ["engine/core", "engine/bargain", "engine/sweep"],
    "engine/analysis": ["engine/core", "engine/bargain", "engine/sweep", "engine/analysis"],
    "models": ["engine/core", "engine/bargain", "models"],
    "models/talks": ["engine/core", "engine/bargain", "models/watched.hpp", "models/talks"],
    "models/theory": ["engine/core", "engine/bargain", "models/theory"],
    "engine/drivers": ["engine", "models"],
}
# The drivers do not know the command line, nor each other.
for driver in ("store", "runner", "validate", "json", "web"):
    LAYERS[f"engine/drivers/{driver}"] = ["engine/core", "engine/bargain", "engine/sweep", "engine/analysis", "models",
                                          f"engine/drivers/{driver}"]
# The page shows the same JSON and the same fingerprints as the command line.
LAYERS["engine/drivers/web"] += ["engine/drivers/json", "engine/drivers/store"]

# Where a library from outside may be included.
LIBRARIES = {
    r"hdf5.*\.h|H5.*\.h": ["engine/drivers/store"],
    r"(tbb|oneapi)/.*": ["engine/drivers/runner"],
    r"boost/program_options.*": ["engine/drivers/cli"],
    r"boost/random/.*": ["engine/sweep"],
    r"nlohmann/.*": ["engine/analysis", "engine/drivers"],
    r"toml\+\+/.*": ["engine/sweep"],
    r"Eigen/.*": ["engine/bargain", "engine/analysis", "models/theory"],
    r"fmt/.*": ["engine/drivers"],
    r"xxh(ash|3)\.h|zlib\.h|isa-l/.*": ["engine/drivers/store"],
    r"(sys/.*|malloc|unistd|fcntl|signal|pthread|dlfcn|sched|stdlib|poll|termios|spawn|cerrno|errno)\.h": ["engine/drivers"],
    r"atomic": ["engine/drivers", "engine/sweep"],
    r"thread|mutex|condition_variable|future|shared_mutex|csignal": ["engine/drivers"],
    r"immintrin\.h|wasm_simd128\.h": ["engine/core"],
    r"emscripten/.*": ["engine/drivers/web"],
}
GENERATED = {"build_facts.hpp": "engine/drivers/cli"}
STANDARD = re.compile(r"[a-z0-9_]+")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def under(path, folders):
    return any(path == folder or path.startswith(folder + "/") for folder in folders)


def folder_of(name):
    return name.rpartition("/")[0]


def violations(root):
    found = []
    for path in source_tree.files(root):
        name = path.as_posix()
        layer = max((layer for layer in LAYERS if under(name, [layer])), key=len, default=None)
        if layer is None or path.suffix not in source_tree.CODE:
            continue
        content = source_tree.code(path, root)
        for match in INCLUDE.finditer(content):
            place = f"{name}:{content.count(chr(10), 0, match.start()) + 1}"
            quote, target = match.groups()
            if quote == '"':
                if GENERATED.get(target) != folder_of(name) and not under(target, LAYERS[layer]):
                    found.append(f"{place}: {layer} may not include {target} ({', '.join(LAYERS[layer])} only)")
                continue
            homes = next((homes for library, homes in LIBRARIES.items() if re.fullmatch(library, target)), None)
            if homes is None:
                if not STANDARD.fullmatch(target):
                    found.append(f"{place}: <{target}> is no library that the project knows")
            elif not under(name, homes):
                found.append(f"{place}: <{target}> belongs in {', '.join(homes) or 'no folder'}")
    return found


class IncludeDirection(unittest.TestCase):
    def test_project(self):
        self.assertGreater(len(source_tree.files()), 100)
        self.assertEqual(violations(source_tree.ROOT), [])

    def test_planted_violations_are_found(self):
        planted = {
            "engine/core/a.hpp": '#include "engine/bargain/b.hpp"\n',
            "engine/bargain/b.hpp": '#include "engine/sweep/c.hpp"\n',
            "engine/bargain/c.hpp": '#include "models/talks/talks.hpp"\n',
            "engine/sweep/d.hpp": '#include "models/talks/talks.hpp"\n',
            "engine/sweep/e.cpp": '# include "engine/analysis/f.hpp"\n',
            "engine/analysis/g.cpp": '#include "engine/drivers/store/h.hpp"\n',
            "engine/drivers/store/i.cpp": '#include "engine/drivers/cli/j.hpp"\n',
            "models/talks/k.hpp": '#include "engine/sweep/l.hpp"\n',
            "models/talks/l.hpp": '#include "models/theory/l.hpp"\n',
            "models/theory/m.hpp": '#include "k.hpp"\n',
            "engine/core/n.hpp": "#include <Eigen/Dense>\n",
            "models/talks/o.hpp": "#include <Eigen/Dense>\n",
            "engine/drivers/cli/p.cpp": "#include <hdf5.h>\n",
            "engine/drivers/store/q.cpp": "#include <tbb/parallel_for.h>\n",
            "engine/analysis/r.cpp": "#include <toml++/toml.h>\n",
            "engine/sweep/s.cpp": "#include <nlohmann/json.hpp>\n",
            "engine/drivers/runner/t.cpp": "#include <boost/program_options.hpp>\n",
            "engine/sweep/u.cpp": "#include <unistd.h>\n",
            "engine/bargain/v.cpp": "#include <thread>\n",
            "models/talks/w.cpp": "#include <immintrin.h>\n",
            "engine/core/x.hpp": "#include <boost/math/special.hpp>\n",
        }
        for path, content in planted.items():
            with self.subTest(path), source_tree.Planted({path: content}) as root:
                self.assertEqual(len(violations(root)), 1)

    def test_allowed_includes_pass(self):
        allowed = {
            "engine/core/a.hpp": "#include <vector>\n// #include <Eigen/Dense>\n",
            "engine/bargain/b.hpp": '#include "engine/core/a.hpp"\n#include <Eigen/Dense>\n',
            "engine/drivers/cli/c.cpp": '#include "engine/drivers/store/d.hpp"\n#include "models/catalog.hpp"\n',
            "engine/drivers/store/d.hpp": "#include <hdf5.h>\n#include <sys/file.h>\n",
        }
        with source_tree.Planted(allowed) as root:
            self.assertEqual(violations(root), [])


if __name__ == "__main__":
    unittest.main()
