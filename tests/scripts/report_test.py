"""scripts/report goes from the raw poll files to a page that has every part, and scripts/study draws its figure."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["PARLEY_SOURCE_DIR"])
PARLEY = os.environ["PARLEY_BINARY"]


def project(folder):
    """The project as scripts see it, with the program and an empty folder of results."""
    base = pathlib.Path(folder)
    for name in ("scripts", "configs"):
        shutil.copytree(ROOT / name, base / name, ignore=shutil.ignore_patterns("__pycache__"))
    (base / "build").mkdir()
    (base / "build" / "parley").symlink_to(PARLEY)
    return base


def run(base, *command):
    return subprocess.run(command, cwd=base, text=True, capture_output=True, timeout=900)


class Scripts(unittest.TestCase):
    def test_report(self):
        with tempfile.TemporaryDirectory() as folder:
            base = project(folder)
            done = run(base, "scripts/report", "--runs", "100")
            self.assertEqual(done.returncode, 0, done.stderr)
            page = (base / "results" / "ukraine-2026-01.html").read_text(encoding="utf-8")
            block = page.split('<script type="application/json" id="data">')[1].split("</script>")[0]
            for part in ('"history":{', '"explain":{', '"polls":{', '"sensitivity":{'):
                self.assertIn(part, block)

    def test_studies(self):
        with tempfile.TemporaryDirectory() as folder:
            base = project(folder)
            studies = sorted(path.stem for path in (base / "configs" / "studies").glob("*.toml"))
            self.assertEqual(studies, ["leverage", "poll", "realism", "seat"])
            for name in studies:
                done = run(base, "scripts/study", name, "--runs", "30")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertTrue((base / "results" / f"study-{name}.png").read_bytes().startswith(b"\x89PNG"))
            self.assertEqual(run(base, "scripts/study", "weather").returncode, 2)


if __name__ == "__main__":
    unittest.main()
