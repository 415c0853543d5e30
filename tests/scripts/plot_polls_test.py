"""Tests scripts/plot-polls: pictures of what `parley polls` says, in which no words overlap, and errors that are told."""
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

from plot_explain_test import load  # noqa: E402
from plot_test import collisions  # noqa: E402
import matplotlib.pyplot as plt  # noqa: E402

plot_polls = load("plot-polls")
CONFIGURATION = ROOT / "configs" / "ukraine-2026-01.toml"


def polls(*arguments):
    tables = sorted(str(path) for path in (ROOT / "configs" / "polls").glob("*.csv"))
    done = subprocess.run([os.environ["PARLEY_BINARY"], "polls", *tables, "--config", str(CONFIGURATION), "--json", *arguments],
                          check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


class PlotPolls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.plain = polls("--as-of", "2026-01-31")
        cls.moved = polls("--as-of", "2026-01-31", "--sensitivity", "--runs", "200")

    def test_no_words_overlap(self):
        for name, said, every in (("plain", self.plain, False), ("every question", self.plain, True), ("sensitivity", self.moved, False)):
            with self.subTest(picture=name):
                fig = plot_polls.draw(said, every)
                self.assertEqual(collisions(fig), [])
                plt.close(fig)

    def test_every_poll_is_a_dot(self):
        fig = plot_polls.draw(self.plain, True)
        wanted = sum(len(s["polls"]) for p in self.plain["publics"] for s in p["series"])
        dots = sum(len(container[0].get_xdata()) for ax in fig.axes for container in ax.containers)
        self.assertEqual(dots, wanted)
        plt.close(fig)

    def test_pictures_are_written(self):
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder, "polls.json")
            source.write_text(json.dumps(self.plain))
            for kind in ("svg", "png"):
                out = pathlib.Path(folder, "polls." + kind)
                subprocess.run([ROOT / "scripts" / "plot-polls", source, "--out", out], check=True, stdout=subprocess.DEVNULL)
                self.assertGreater(out.stat().st_size, 10000)

    def test_what_cannot_be_drawn_is_told(self):
        with tempfile.TemporaryDirectory() as folder:
            for text, words in (("", "cannot be read"), ("[1]", "is not what"), ('{"as_of": 1}', "is not what")):
                source = pathlib.Path(folder, "polls.json")
                source.write_text(text)
                done = subprocess.run([ROOT / "scripts" / "plot-polls", source, "--out", folder + "/polls.svg"], capture_output=True, text=True)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn(words, done.stderr)
                self.assertNotIn("Traceback", done.stderr)


if __name__ == "__main__":
    unittest.main()
