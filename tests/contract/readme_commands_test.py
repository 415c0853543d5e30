"""Runs what README.md tells people to type: every `sh` and `python` block, in order, in a copy of the project.

Left out are the entry commands scripts/run and scripts/test, getting the source (git clone, cd), and blocks after a
comment `<!-- longer than two minutes -->`. Anything else has two minutes.
"""
# labels: timing
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

import source_tree

LIMIT = 120
BLOCK = re.compile(r"(?P<comment><!--(?:(?!-->).)*-->\s*)?^(?P<indent>[ ]*)```(?P<language>\w+)[^\n]*\n(?P<body>.*?)^[ ]*```",
                   re.MULTILINE | re.DOTALL)
LEFT_OUT = re.compile(r"(\./)?scripts/(run|test)\b|git clone\b|cd\b|sudo\b|apt(-get)?\b")


def blocks(readme):
    """(language, body) of the blocks to run."""
    for match in BLOCK.finditer(readme):
        if match["language"] not in ("sh", "python") or "longer than two minutes" in (match["comment"] or ""):
            continue
        body = re.sub(rf"^{match['indent']}", "", match["body"], flags=re.MULTILINE)
        yield match["language"], body


def commands(readme):
    """(language, text) of everything to run: each line of a shell block, each Python block whole."""
    for language, body in blocks(readme):
        if language == "python":
            yield language, body
            continue
        if re.search(r"<<|\b(do|then)$", body, re.MULTILINE):
            yield language, body  # commands that span lines only make sense together
            continue
        for line in re.sub(r"\\\n\s*", "", body).splitlines():
            line = line.strip().removeprefix("$ ")
            if line and not line.startswith("#") and not LEFT_OUT.match(line):
                yield language, line


def run_all(readme, folder, environment):
    """What went wrong, with the output; empty where all went well."""
    problems = []
    for language, text in commands(readme):
        program = [sys.executable, "-c", text] if language == "python" else ["bash", "-euo", "pipefail", "-c", text]
        begun = time.monotonic()
        try:
            done = subprocess.run(program, cwd=folder, env=environment, timeout=LIMIT, text=True,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            print(f"{time.monotonic() - begun:6.1f} s  {text.splitlines()[0]}", flush=True)
            if done.returncode != 0:
                problems.append(f"{text}\nended with {done.returncode}:\n{done.stdout[-3000:]}")
        except subprocess.TimeoutExpired:
            problems.append(f"{text}\ntook longer than {LIMIT} s. Mark its block <!-- longer than two minutes -->.")
    return problems


def copy_project(target):
    """The project as a fresh clone with build/parley in it."""
    for path in source_tree.files():
        if path.parts[0] != "tests" or path.parts[1] in ("oracles", "transcripts"):
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source_tree.ROOT / path, target / path)
    (target / "build").mkdir()
    (target / "build" / "parley").symlink_to(os.environ["PARLEY_BINARY"])
    (target / "results").mkdir(exist_ok=True)


def leave_what_the_entry_command_leaves(folder):
    subprocess.run(["build/parley", "run", "configs/ukraine-2026-01.toml", "--out", "results/ukraine-2026-01.h5",
                    "--quiet"], cwd=folder, check=True)


class ReadmeCommands(unittest.TestCase):
    maxDiff = None

    def test_readme(self):
        readme = (source_tree.ROOT / "README.md").read_text()
        self.assertGreater(len(list(commands(readme))), 3, "the README shows hardly any commands")
        with tempfile.TemporaryDirectory() as folder:
            copy_project(pathlib.Path(folder))
            leave_what_the_entry_command_leaves(folder)
            environment = dict(os.environ, MPLBACKEND="Agg")
            # The README's Python is Debian's, as the entry commands install it.
            environment["PATH"] = f"{pathlib.Path(sys.executable).parent}:{environment['PATH']}"
            problems = run_all(readme, folder, environment)
        self.assertEqual("\n\n".join(problems), "")

    def test_what_is_run(self):
        readme = ("```sh\nscripts/run\nbuild/parley run x \\\n    --json  # short\n# a comment\n```\n"
                  "```\nnot a command\n```\n<!-- longer than two minutes -->\n```sh\nsleep 1000\n```\n"
                  "1. a list\n   ```python\n   if True:\n       print(1)\n   ```\n```sh\n$ true\n```\n"
                  "```sh\ncat <<END\nwords\nEND\n```\n")
        self.assertEqual(list(commands(readme)), [
            ("sh", "build/parley run x --json  # short"), ("python", "if True:\n    print(1)\n"), ("sh", "true"),
            ("sh", "cat <<END\nwords\nEND\n")])

    def test_failure_is_found(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(run_all("```sh\ntrue\n```\n", folder, None), [])
            self.assertEqual(len(run_all("```sh\necho a | false\n```\n", folder, None)), 1)
            self.assertEqual(len(run_all("```python\nraise SystemExit(3)\n```\n", folder, None)), 1)


if __name__ == "__main__":
    unittest.main()
