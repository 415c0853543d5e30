"""Holds what makes results repeatable: no clock, no chance but the counter-based one, no libm in what decides a run."""
import re
import unittest

import source_tree

RESULTS = ("engine/core/", "engine/bargain/", "engine/sweep/", "models/")
LIBM = ("exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|sinh|cosh|tanh|asin|acos|atan|atan2|erf|erfc|tgamma|lgamma|"
        "cbrt|hypot|fma")

# (folders, pattern, what is wrong with it)
RULES = [
    (RESULTS, r"#\s*include\s*<(random|chrono|ctime|time\.h)>", "chance and time come only from counter-based streams"),
    (RESULTS, r"\bstd::(\w+_distribution|random_device|mt19937(_64)?|default_random_engine|chrono|time|clock|s?rand)\b",
     "chance and time come only from counter-based streams"),
    (RESULTS, r"(?<![\w.:>])(s?rand|clock|clock_gettime|gettimeofday|getenv)\s*\(", "results depend on nothing outside"),
    (RESULTS, r"\bstd::(format|bit_cast|source_location|jthread|views::filter|ranges::)", "clang 14 with libc++ 13 lacks it"),
    (("models/talks/", "engine/core/", "engine/bargain/"), rf"\b(std::|__builtin_|::)({LIBM})[fl]?\s*\(",
     "libm differs between processors; use engine/core/math.hpp"),
    (("models/talks/", "engine/core/"), r"#\s*include\s*<(cmath|math\.h)>",
     "libm differs between processors; use engine/core/math.hpp"),
    (RESULTS, r"#\s*pragma\s+(GCC|clang)\s+optimize|__attribute__\s*\(\(\s*optimize|#\s*pragma\s+STDC\s+FP_CONTRACT\s+ON",
     "floating-point rules are the same everywhere"),
    (("engine/", "models/"), r"\bthread_local\b|^\s*static\s+(?!constexpr|const|inline|_|assert)[\w:<>]+(\s|&|\*)+\w+\s*(=|;|\{)",
     "no mutable globals"),
]


def violations(root):
    found = []
    for path in source_tree.files(root):
        name = path.as_posix()
        if path.suffix not in source_tree.CODE:
            continue
        content = source_tree.code(path, root)
        for folders, pattern, why in RULES:
            if name.startswith(folders):
                for line, match in source_tree.lines_with(re.compile(pattern, re.MULTILINE), content):
                    found.append(f"{name}:{line}: {match.strip()} ({why})")
    return found


class ReproducibleCode(unittest.TestCase):
    def test_project(self):
        self.assertEqual(violations(source_tree.ROOT), [])

    def test_planted_violations_are_found(self):
        planted = [
            ("engine/core/a.hpp", "#include <random>\n"),
            ("engine/sweep/a.cpp", "std::mt19937_64 engine(7);\n"),
            ("engine/bargain/a.cpp", "const auto now = std::chrono::steady_clock::now();\n"),
            ("models/theory/a.cpp", "std::normal_distribution<double> draw;\n"),
            ("models/eum/a.cpp", "const int x = rand();\n"),
            ("models/talks/a.hpp", "const double y = std::exp(x);\n"),
            ("models/talks/b.hpp", "const double y = __builtin_log(x);\n"),
            ("models/talks/c.hpp", "#include <cmath>\n"),
            ("engine/core/b.hpp", "const double y = std::fma(a, b, c);\n"),
            ("engine/core/c.hpp", "#pragma GCC optimize (\"fast-math\")\n"),
            ("engine/analysis/a.cpp", "static int counter = 0;\n"),
            ("engine/sweep/b.cpp", "std::format(\"{}\", 1);\n"),
        ]
        for path, content in planted:
            with self.subTest(content=content), source_tree.Planted({path: content}) as root:
                self.assertEqual(len(violations(root)), 1)

    def test_harmless_code_passes(self):
        harmless = {
            "models/talks/a.hpp": "// std::exp would differ\nconst Real y = exp(x) + draws.log(x);\n",
            "models/theory/b.cpp": "#include <cmath>\nconst double y = std::exp(x);\n",
            "engine/sweep/c.cpp": "static constexpr int n = 3;\nstatic const char* name = \"clock()\";\nint rand_index(int);\n",
        }
        with source_tree.Planted(harmless) as root:
            found = [v for v in violations(root) if "clock" not in v]
            self.assertEqual(found, [])


if __name__ == "__main__":
    unittest.main()
