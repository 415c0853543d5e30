"""The files of the project as the contract tests see them, and a scratch tree to plant violations in."""
import os
import pathlib
import re
import tempfile

ROOT = pathlib.Path(os.environ.get("PARLEY_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
SKIPPED = re.compile(r"^(build.*|results|\.git|__pycache__|\.cache|\.vscode|\.idea|node_modules)$")
CODE = {".hpp", ".cpp", ".h"}


def files(root=ROOT):
    """Every file of the project, as a path relative to its root; what is built or drawn is not part of it."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if not SKIPPED.match(f))
        found += [pathlib.Path(folder, name).relative_to(root) for name in names if not name.endswith(".pyc")]
    return sorted(found)


def text(path, root=ROOT):
    """The text of a file, or nothing where it is not a text."""
    raw = (pathlib.Path(root) / path).read_bytes()
    if b"\0" in raw:
        return ""
    return raw.decode("utf-8", errors="replace")


def code(path, root=ROOT):
    """The text of a C++ file without comments; strings stay, lines keep their numbers."""
    token = re.compile(r'R"\((?:.|\n)*?\)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*(?:.|\n)*?\*/')
    blank = lambda m: re.sub(r"[^\n]", "", m.group()) if m.group().startswith("/") else m.group()
    return token.sub(blank, text(path, root))


def lines_with(pattern, content):
    """(line number, match) of every match."""
    return [(content.count("\n", 0, m.start()) + 1, m.group()) for m in re.finditer(pattern, content)]


class Planted:
    """A scratch tree: Planted({"engine/core/x.hpp": "…"}), as a context manager that gives its root."""

    def __init__(self, contents):
        self.contents = contents

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        for path, content in self.contents.items():
            target = pathlib.Path(self.folder.name, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content)
        return pathlib.Path(self.folder.name)

    def __exit__(self, *_):
        self.folder.cleanup()
