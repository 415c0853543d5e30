"""Tests scripts/plot-explain: pictures of what `parley explain` says, in which no words overlap, and errors that are told."""
import importlib.machinery
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["PARLEY_SOURCE_DIR"])
sys.path.insert(0, str(ROOT / "scripts"))
sys.path.insert(0, str(ROOT / "tests" / "scripts"))


def load(name):
    loader = importlib.machinery.SourceFileLoader(name.replace("-", "_"), str(ROOT / "scripts" / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


plot_explain = load("plot-explain")
from plot_test import collisions  # noqa: E402
import matplotlib.pyplot as plt  # noqa: E402


def explain(path, *arguments):
    done = subprocess.run([os.environ["PARLEY_BINARY"], "explain", str(path), "--json", "--quiet", *arguments],
                          check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


class PlotExplain(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.whys = {path.stem: explain(path, "--runs", "60") for path in sorted((ROOT / "configs" / "classroom").glob("*.toml"))}
        cls.whys["start-values"] = explain(ROOT / "configs" / "start-values.toml", "--runs", "20")

    def test_no_words_overlap(self):
        for name, why in self.whys.items():
            with self.subTest(configuration=name):
                fig = plot_explain.draw(why)
                self.assertEqual(collisions(fig), [])
                plt.close(fig)

    def test_the_steps_lead_from_nothing_to_the_stalemate(self):
        for name, why in self.whys.items():
            with self.subTest(configuration=name):
                self.assertAlmostEqual(plot_explain.running(why)[-1], why["stalemate"], places=12)

    def test_pictures_are_written(self):
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder, "why.json")
            source.write_text(json.dumps(self.whys["start-values"]))
            for kind in ("svg", "png"):
                out = pathlib.Path(folder, "why." + kind)
                subprocess.run([ROOT / "scripts" / "plot-explain", source, "--out", out], check=True, stdout=subprocess.DEVNULL)
                self.assertGreater(out.stat().st_size, 10000)

    def test_what_cannot_be_drawn_is_told(self):
        with tempfile.TemporaryDirectory() as folder:
            for text, words in (("", "cannot be read"), ("[1]", "is not what"), ('{"stalemate": 1}', "is not what")):
                source = pathlib.Path(folder, "why.json")
                source.write_text(text)
                done = subprocess.run([ROOT / "scripts" / "plot-explain", source, "--out", folder + "/why.svg"], capture_output=True, text=True)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn(words, done.stderr)
                self.assertNotIn("Traceback", done.stderr)
            done = subprocess.run([ROOT / "scripts" / "plot-explain", source, "--out", "why.bmp"], capture_output=True, text=True)
            self.assertIn("cannot be drawn", done.stderr)


if __name__ == "__main__":
    unittest.main()
